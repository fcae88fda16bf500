"""What every explanation of a stage is given: the world, the figures, and the one figure that is asked about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from outcomes.estimates.model import Estimates
from outcomes.framework.model import Inclusion, Indicator
from outcomes.judgement.model import Judgements
from outcomes.partnership.model import Partnership
from outcomes.rollup.model import PlaceMeasures
from outcomes.scorecard.model import ExplanationStep, Scorecard
from outcomes.statistics import METHODS
from outcomes.statistics.evidence import evidence_of

__all__ = ["Case", "Row"]

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """One figure, and everything that was worked out beside it.

    Attributes:
        partnership: The world.
        indicator: The figure's definition.
        chosen: Its row of the estimates.
        measures, estimates, judgements: Of its indicator, every area and period; judgements as of `as_of`.
        as_of: The date that the figure speaks for.
        names: Code of every area and partner to its name.
        page: The unprotected page that the figure stands on, for what is said of all comparisons of it; None where not
            asked for.
        references: Filled as steps are made: the references, in the order in which they are first named.
    """

    partnership: Partnership
    indicator: Indicator
    chosen: Row
    measures: PlaceMeasures
    estimates: Estimates
    judgements: Judgements
    as_of: date
    names: Mapping[str, str]
    page: Scorecard | None = None
    references: dict[str, int] = field(default_factory=dict)

    def inclusion(self, framework_id: str) -> Inclusion:
        """The terms on which a framework judges the figure."""
        return next(
            inclusion
            for framework, inclusion in self.partnership.inclusions
            if framework.id == framework_id and inclusion.key == self.indicator.key
        )

    def series(self) -> list[Row]:
        """Every period of the figure's own area and group, earliest first, up to the date."""
        return self._rows(self.estimates.frame, pl.col("breakdown") == self.chosen["breakdown"])

    def strata(self) -> list[Row]:
        """The place measures of the chosen period whose breakdown names only the dimension of the strata."""
        starts = pl.col("breakdown").str.starts_with(f"{self.indicator.strata}=")
        is_one = ~pl.col("breakdown").str.contains("; ", literal=True)
        rows = self._rows(self.measures.frame, starts & is_one & self._is_chosen_period())
        order = {
            category: place
            for breakdown in self.indicator.breakdowns
            if breakdown.dimension == self.indicator.strata
            for place, category in enumerate(breakdown.categories)
        }
        return sorted(rows, key=lambda row: order.get(row["breakdown"].partition("=")[2], len(order)))

    def measure(self) -> Row | None:
        """The place measure that the chosen figure was estimated from; None where it was made of strata."""
        is_same = (pl.col("breakdown") == self.chosen["breakdown"]) & self._is_chosen_period()
        return next(iter(self._rows(self.measures.frame, is_same)), None)

    def with_method(self, step: ExplanationStep, method_name: str) -> ExplanationStep:
        """Return a step with its method, the numbers of its references, and what the method is held against."""
        method = next((method for method in METHODS if method.name == method_name), None)
        if method is None:
            return step
        return step.model_copy(
            update={
                "method": method.name,
                "method_title": method.title,
                "method_formula": method.formula,
                "references": self.numbered(method.references),
                "evidence": evidence_of(method.name).texts,
            }
        )

    def numbered(self, references: Iterable[str]) -> tuple[int, ...]:
        """The numbers of references; one that is named for the first time gets the next."""
        return tuple(self.references.setdefault(text, len(self.references) + 1) for text in references)

    def _is_chosen_period(self) -> pl.Expr:
        return pl.col("period_start") == pl.lit(self.chosen["period_start"])

    def _rows(self, frame: pl.DataFrame, condition: pl.Expr) -> list[Row]:
        found: list[Row] = list(
            frame.filter(
                (pl.col("indicator_id") == self.indicator.id)
                & (pl.col("indicator_version") == self.indicator.version)
                & (pl.col("area_code") == self.chosen["area_code"])
                & (pl.col("period_kind") == self.chosen["period_kind"])
                & (pl.col("period_end") <= self.as_of)
                & condition
            )
            .sort("period_start")
            .iter_rows(named=True)
        )
        return found
