"""Says what an import of history read: how many figures of each indicator, place and year, with gaps and revisions."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from outcomes.breakdown import WHOLE
from outcomes.intake.model import CheckResult
from outcomes.intake.observations import FIGURE, KEY, new_versions
from outcomes.partnership.model import Partnership
from outcomes.period import Period, period_starting
from outcomes.vocabulary import PeriodKind

__all__ = ["REVISION_COLUMNS", "SERIES_COLUMNS", "revisions_of", "series_of"]

SERIES_COLUMNS: Final[dict[str, pl.DataType]] = {
    "indicator_id": pl.String(),
    "indicator": pl.String(),
    "area_code": pl.String(),
    "area": pl.String(),
    # the year in which the periods begin: 2023/24 of months, quarters and financial years, 2023 of calendar years
    "year": pl.String(),
    # of everybody and of groups together, and how many of them have no number
    "figures": pl.Int64(),
    "without_number": pl.Int64(),
    "first": pl.String(),
    "last": pl.String(),
    # periods of the year between the first and last of the whole series that have no figure, joined by ", "
    "gaps": pl.String(),
}
REVISION_COLUMNS: Final[dict[str, pl.DataType]] = {
    "file": pl.String(),
    "indicator_id": pl.String(),
    "area_code": pl.String(),
    "period": pl.String(),
    "breakdown": pl.String(),
    "submission_before": pl.Int64(),
    "numerator_before": pl.Float64(),
    "numerator": pl.Float64(),
    "denominator_before": pl.Float64(),
    "denominator": pl.Float64(),
    "value_before": pl.Float64(),
    "value": pl.Float64(),
}
_SERIES: Final = ("indicator_id", "area_code", "period_kind")
_FIRST_MONTH: Final = {
    PeriodKind.CALENDAR_YEAR: 1,
    PeriodKind.THREE_CALENDAR_YEARS: 1,
    PeriodKind.ACADEMIC_YEAR: 9,
}


def series_of(figures: pl.DataFrame, partnership: Partnership) -> pl.DataFrame:
    """Return what was read, one row for each indicator, place and year.

    Arguments:
        figures: The figures read, columns `OBSERVATION_COLUMNS`.
        partnership: For the names.

    Returns:
        Columns `SERIES_COLUMNS`, sorted by indicator, place and year. A year between the first and the last that has
        no figure at all has a row too.
    """
    has_number = pl.any_horizontal(pl.col(name).is_not_null() for name in ("numerator", "value"))
    rows: list[tuple[object, ...]] = []
    counted = (
        figures.group_by(*_SERIES, "period_start")
        .agg(figures=pl.len(), without_number=(~has_number).sum(), is_whole=(pl.col("breakdown") == WHOLE).any())
        .sort(*_SERIES, "period_start")
    )
    for (indicator_id, area_code, kind), periods in counted.group_by(_SERIES, maintain_order=True):
        name = max(
            (one for one in partnership.indicators.values() if one.id == indicator_id), key=lambda one: one.version
        ).name
        area = partnership.areas[str(area_code)].name
        found = {
            period_starting(PeriodKind(kind), start): (count, without)
            for start, count, without in periods.select("period_start", "figures", "without_number").iter_rows()
        }
        for year, members in _years(min(found, key=_order), max(found, key=_order)):
            here = [one for one in members if one in found]
            rows.append(
                (
                    indicator_id,
                    name,
                    area_code,
                    area,
                    year,
                    sum(found[one][0] for one in here),
                    sum(found[one][1] for one in here),
                    str(here[0]) if here else None,
                    str(here[-1]) if here else None,
                    ", ".join(str(one) for one in members if one not in found),
                )
            )
    return pl.DataFrame(rows, schema=SERIES_COLUMNS, orient="row").sort("indicator_id", "area_code", "year")


def revisions_of(result: CheckResult, known: pl.DataFrame) -> pl.DataFrame:
    """Return the figures of a file that differ from what the record has of the same sender for the same key.

    Arguments:
        result: What was read.
        known: The newest version of each key in the record.

    Returns:
        Columns `REVISION_COLUMNS`, sorted by key.
    """
    before = known.select(*KEY, *(pl.col(name).alias(f"{name}_before") for name in (*FIGURE, "submission")))
    changed = new_versions(result.frame, known)
    pairs = changed.join(before, on=list(KEY), how="inner", maintain_order="left")
    is_other = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_before")) for name in FIGURE)
    return (
        pairs.filter(is_other)
        .with_columns(file=pl.lit(result.file, dtype=pl.String))
        .select(pl.col(name).cast(dtype) for name, dtype in REVISION_COLUMNS.items())
    )


def _order(period: Period) -> int:
    return period.ordinal


def _years(first: Period, last: Period) -> Iterator[tuple[str, list[Period]]]:
    """Yield each year from the first to the last period, with the periods that begin in it."""
    years: dict[str, list[Period]] = {}
    for step in range(last.ordinal - first.ordinal + 1):
        period = first.shifted(step)
        years.setdefault(_year_of(period), []).append(period)
    yield from years.items()


def _year_of(period: Period) -> str:
    month = _FIRST_MONTH.get(period.kind, 4)
    start = period.first.year - (period.first.month < month)
    return str(start) if month == 1 else f"{start}/{(start + 1) % 100:02}"
