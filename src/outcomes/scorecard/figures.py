"""An index of estimates and judgements by what a line asks for, made once for all places."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import polars as pl

from outcomes.breakdown import WHOLE
from outcomes.estimates.model import Estimates
from outcomes.framework.model import IndicatorKey
from outcomes.judgement.model import Judgements
from outcomes.partnership.model import KnownTarget, Partnership
from outcomes.reference_series import SeriesKind
from outcomes.rollup.model import PLACE_MEASURE_KEY
from outcomes.scorecard.model import SubmittedWhole, Value
from outcomes.vocabulary import BenchmarkKind, Detail, Qualifier, Reason

__all__ = ["Figures", "Row", "rows_with_submitted", "value_of"]

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Figures:
    """Rows of the small tables, ready to be looked up.

    Attributes:
        estimates: Protected estimates of every area.
        judgements: Protected words of every area.
        partnership: The world.
        areas: The areas that can be asked for; a nation of small areas has many more than its pages show. None for all.
    """

    estimates: Estimates
    judgements: Judgements
    partnership: Partnership
    areas: frozenset[str] | None = None

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of every source, partner and area by its code."""
        sources = {code: name for partner in self.partnership.partners for code, name in partner.sources.items()}
        partners = {partner.code: partner.name for partner in self.partnership.partners}
        return sources | partners | {area.code: area.name for area in self.partnership.areas}

    def _asked(self, frame: pl.DataFrame) -> pl.DataFrame:
        return frame if self.areas is None else frame.filter(pl.col("area_code").is_in(sorted(self.areas)))

    @cached_property
    def _estimates(self) -> dict[tuple[str, int, str], list[Row]]:
        found: dict[tuple[str, int, str], list[Row]] = {}
        asked = self._asked(self.estimates.frame).sort("period_start", "breakdown")
        for row in rows_with_submitted(asked, self._asked(self.estimates.submitted)):
            found.setdefault((row["indicator_id"], row["indicator_version"], row["area_code"]), []).append(row)
        return found

    @cached_property
    def _judgements(self) -> dict[tuple[str, str, int, str], list[Row]]:
        found: dict[tuple[str, str, int, str], list[Row]] = {}
        # what is said of a group stands with the group; a target for one is one of the measure's targets
        is_shown = (pl.col("breakdown") == WHOLE) | pl.col("target_key").is_not_null()
        asked = self._asked(self.judgements.frame.filter(is_shown))
        for row in asked.iter_rows(named=True):
            key = (row["framework_id"], row["indicator_id"], row["indicator_version"], row["area_code"])
            found.setdefault(key, []).append(row)
        return found

    @cached_property
    def targets(self) -> dict[str, KnownTarget]:
        """Every target known on the date, by where it stands in the partnership's files."""
        return {known.key: known for known in self.partnership.targets_known(self.judgements.as_of)}

    @cached_property
    def _held(self) -> dict[tuple[str, str, int, str, str], Row]:
        return {
            (
                row["framework_id"],
                row["indicator_id"],
                row["indicator_version"],
                row["area_code"],
                row["target_key"],
            ): row
            for row in self._asked(self.judgements.targets).iter_rows(named=True)
        }

    def held_against(self, judgement: Row) -> Row | None:
        """What the figure of a judgement of a target was held against (`TARGET_COLUMNS`); None without one."""
        names = ("framework_id", "indicator_id", "indicator_version", "area_code", "target_key")
        return self._held.get(tuple(judgement[name] for name in names))

    @cached_property
    def _process_points(self) -> dict[tuple[str, str, int, str], dict[date, Row]]:
        found: dict[tuple[str, str, int, str], dict[date, Row]] = {}
        asked = self._asked(self.judgements.process_points.filter(pl.col("breakdown") == WHOLE))
        for row in asked.iter_rows(named=True):
            key = (row["framework_id"], row["indicator_id"], row["indicator_version"], row["area_code"])
            found.setdefault(key, {})[row["period_start"]] = row
        return found

    @cached_property
    def _gaps(self) -> dict[tuple[str, str, int, str], dict[date, Row]]:
        found: dict[tuple[str, str, int, str], dict[date, Row]] = {}
        for row in self._asked(self.judgements.gaps).iter_rows(named=True):
            key = (row["framework_id"], row["indicator_id"], row["indicator_version"], row["area_code"])
            found.setdefault(key, {})[row["period_start"]] = row
        return found

    @cached_property
    def _overdue(self) -> dict[tuple[str, int, str], Row]:
        asked = self._asked(self.judgements.overdue.filter(pl.col("breakdown") == WHOLE))
        return {
            (row["indicator_id"], row["indicator_version"], row["area_code"]): row
            for row in asked.iter_rows(named=True)
        }

    @cached_property
    def _published(self) -> dict[tuple[str, str], dict[Any, float]]:
        """Benchmarks published by the date: (indicator, area) to first day of the period to the latest released."""
        known = [
            series
            for series in self.partnership.series.values()
            if series.description.kind is SeriesKind.BENCHMARK
            and series.description.released_on <= self.judgements.as_of
        ]
        found: dict[tuple[str, str], dict[Any, float]] = {}
        for series in sorted(known, key=lambda one: (one.description.released_on, one.description.id)):
            rows = series.frame.filter((pl.col("breakdown") == WHOLE) & pl.col("value").is_not_null())
            for indicator, area, start, value in rows.select(
                "indicator_id", "area_code", "period_start", "value"
            ).iter_rows():
                found.setdefault((indicator, area), {})[start] = value
        return found

    def estimates_of(self, key: IndicatorKey, area_code: str) -> list[Row]:
        """Every row of an indicator for an area, by period, then group."""
        return self._estimates.get((*key, area_code), [])

    def judgements_of(self, framework_id: str, key: IndicatorKey, area_code: str) -> list[Row]:
        """Every word on an indicator for an area, on a framework's terms."""
        return self._judgements.get((framework_id, *key, area_code), [])

    def overdue_of(self, key: IndicatorKey, area_code: str) -> Row | None:
        """What should have followed an indicator's current figure for an area by now; None where nothing."""
        return self._overdue.get((*key, area_code))

    def process_points_of(self, framework_id: str, key: IndicatorKey, area_code: str) -> Mapping[date, Row]:
        """An indicator's process control chart for an area, by first day of the period; empty where there is none."""
        return self._process_points.get((framework_id, *key, area_code), {})

    def gaps_of(self, framework_id: str, key: IndicatorKey, area_code: str) -> Mapping[date, Row]:
        """An indicator's gaps by deprivation for an area, by first day of the period; empty where there are none."""
        return self._gaps.get((framework_id, *key, area_code), {})

    def benchmark_values(self, key: IndicatorKey, area_code: str, kind: BenchmarkKind) -> dict[Any, float]:
        """An area's values by first day of the period; as in comparison, a system's own come before published ones."""
        rolled_up = {
            row["period_start"]: row["value"]
            for row in self.estimates_of(key, area_code)
            if row["breakdown"] == WHOLE and row["value"] is not None
        }
        published = self._published.get((key[0], area_code), {})
        return published | rolled_up if kind is BenchmarkKind.SYSTEM else rolled_up | published


def rows_with_submitted(estimates: pl.DataFrame, submitted: pl.DataFrame) -> Iterator[Row]:
    """Yield the rows of estimates, each with what was submitted for the whole (a row too) under `submitted`, or None.

    Arguments:
        estimates: Columns `ESTIMATE_COLUMNS`, in any order.
        submitted: The same columns.
    """
    given = {tuple(row[name] for name in PLACE_MEASURE_KEY): row for row in submitted.iter_rows(named=True)}
    for row in estimates.iter_rows(named=True):
        row["submitted"] = given.get(tuple(row[name] for name in PLACE_MEASURE_KEY)) if given else None
        yield row


def value_of(row: Row, names: Mapping[str, str], further: Iterable[Qualifier] = ()) -> Value:
    """Return an estimate's row as a value; codes of missing parts become names where they are known."""
    qualifiers = {Qualifier(text) for text in row["qualifiers"] or ()} | set(further)
    return Value(
        value=row["value"],
        lower_ci_95=row["lower_ci_95"],
        upper_ci_95=row["upper_ci_95"],
        lower_ci_99_8=row["lower_ci_99_8"],
        upper_ci_99_8=row["upper_ci_99_8"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        reason=Reason(row["reason"]) if row["reason"] else None,
        detail=Detail(row["detail"]) if row["detail"] else None,
        qualifiers=tuple(sorted(qualifiers)),
        coverage=row["coverage"],
        parts_expected=row["parts_expected"],
        parts_contributed=row["parts_contributed"],
        missing_parts=tuple(names.get(code, code) for code in row["missing_parts"] or ()),
        # beside a number only: with a Reason there is nothing to hold it against
        submitted=_submitted_of(row, names),
    )


def _submitted_of(row: Row, names: Mapping[str, str]) -> SubmittedWhole | None:
    given = row.get("submitted")
    if given is None or row["value"] is None:
        return None
    return SubmittedWhole(
        value=given["value"],
        numerator=given["numerator"],
        denominator=given["denominator"],
        value_difference=_less(given["value"], row["value"]),
        numerator_difference=_less(given["numerator"], row["numerator"]),
        denominator_difference=_less(given["denominator"], row["denominator"]),
        partners=tuple(sorted(names.get(code, code) for code in given["partner_codes"] or ())),
    )


def _less(given: float | None, added_up: float | None) -> float | None:
    """The difference of two numbers as they are written, without the dust of binary fractions."""
    if given is None or added_up is None:
        return None
    return float(Decimal(repr(given)) - Decimal(repr(added_up)))
