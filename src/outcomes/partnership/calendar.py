"""Calendar: what is due when."""

from datetime import date, timedelta

from pydantic import Field

from outcomes.period import Period
from outcomes.scalars import Day, Definition, Slug, Whole
from outcomes.vocabulary import PeriodKind

__all__ = ["Calendar", "DueRule"]


class DueRule(Definition):
    """How many days after its last day a period is due."""

    days_after_period: Whole = Field(ge=0)


class Calendar(Definition):
    """When returns are due.

    Attributes:
        due: By period kind.
        indicators: Indicator id to its own rule.
        returns_from: The first day of periods for which returns are expected at all.
    """

    due: dict[PeriodKind, DueRule] = Field(default_factory=dict)
    indicators: dict[Slug, DueRule] = Field(default_factory=dict)
    returns_from: Day | None = None

    def due_on(self, indicator_id: str, period: Period) -> date:
        """Return the day by which the figure of a period is due; 60 days after it where no rule says."""
        rule = self.indicators.get(indicator_id) or self.due.get(period.kind) or DueRule(days_after_period=60)
        return period.last + timedelta(days=rule.days_after_period)
