"""Calendar: what is due when."""

from datetime import date, timedelta
from typing import Final

from pydantic import Field

from outcomes.period import Period
from outcomes.scalars import Day, Definition, Slug, Whole
from outcomes.vocabulary import PeriodKind

__all__ = ["USUAL_RELEASE_DAYS", "Calendar", "DueRule"]

USUAL_RELEASE_DAYS: Final[dict[PeriodKind, int]] = {
    PeriodKind.MONTH: 90,
    PeriodKind.QUARTER: 180,
    PeriodKind.CALENDAR_YEAR: 540,
    PeriodKind.FINANCIAL_YEAR: 540,
    PeriodKind.ACADEMIC_YEAR: 540,
    PeriodKind.THREE_CALENDAR_YEARS: 540,
    PeriodKind.THREE_FINANCIAL_YEARS: 540,
}
"""So many days after its last day a period's published figure is there at the latest, where nobody says otherwise."""


class DueRule(Definition):
    """When a return is due.

    Attributes:
        days_after_period: How many days after its last day a period is due.
    """

    # ten years: more is a slip of the pen, and might be no day at all
    days_after_period: Whole = Field(ge=0, le=3_653)


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

    def rule_for(self, indicator_id: str, period: Period, *, is_published: bool) -> DueRule | None:
        """Return the rule that says when a figure is due; None where the calendar says nothing.

        Arguments:
            indicator_id: Its indicator; a rule of its own comes first.
            period: Its period; of one that began before returns are expected nothing is said.
            is_published: Whether it is taken as published: the rule of a rhythm is for what partners send.
        """
        if self.returns_from is not None and period.first < self.returns_from:
            return None
        return self.indicators.get(indicator_id) or (None if is_published else self.due.get(period.kind))

    def expected_on(self, indicator_id: str, period: Period, *, is_published: bool) -> date:
        """Return the day by which the figure of a period should be there, by a rule or as figures usually come.

        >>> from outcomes.period import period_from_text
        >>> spring = period_from_text(PeriodKind.QUARTER, "2026/27 Q1")
        >>> Calendar().expected_on("falls", spring, is_published=True)
        datetime.date(2026, 12, 27)
        """
        rule = self.rule_for(indicator_id, period, is_published=is_published)
        return period.last + timedelta(days=rule.days_after_period if rule else USUAL_RELEASE_DAYS[period.kind])
