"""Finds an area's own earlier value, and the difference from it with its interval."""

from typing import Final

import polars as pl

from outcomes.estimates.model import Estimates
from outcomes.period import period_starting
from outcomes.statistics import absolute_gap
from outcomes.vocabulary import PeriodKind, Qualifier

__all__ = ["DIFFERENCE", "with_own_earlier"]

_SERIES: Final = ("indicator_id", "indicator_version", "area_code", "breakdown", "period_kind")
_LIMITS: Final = ("lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8")
# the columns of the difference, named as those of a value
DIFFERENCE: Final = {name: f"difference_{name}" for name in ("value", *_LIMITS)}


def with_own_earlier(rows: pl.DataFrame, estimates: Estimates) -> pl.DataFrame:
    """Return the rows with their own value some periods before, and how much the current one lies above it.

    The earlier value is of the same definition (indicator and version), area, group and rhythm. The difference has an
    interval joined from both (`absolute_gap`): unlike another area's, the earlier value does not count as exact. That
    the two periods share no one is taken for granted.

    Arguments:
        rows: Current figures, `against` own_earlier_value, with `periods_back`.
        estimates: Every period of every area.

    Returns:
        The rows with `against_code` (the earlier period, canonical text), `against_value`, `is_overlapping` (the two
        periods share days), `has_break` (the series begins anew between them), and the `DIFFERENCE` columns.

    Source: Newcombe RG, Statistics in Medicine 1998;17:873-90. Zou GY, Donner A, Statistics in Medicine
    2008;27:1693-702.
    """
    earlier = _earlier_periods(rows)
    values = estimates.frame.select(
        *_SERIES,
        pl.col("period_start").alias("earlier_start"),
        *(pl.col(name).alias(f"earlier_{name}") for name in ("value", *_LIMITS)),
    )
    found = (
        rows.join(earlier, on=["period_kind", "period_start", "periods_back"], how="left", maintain_order="left")
        .join(values, on=[*_SERIES, "earlier_start"], how="left", maintain_order="left")
        .join(_breaks(estimates), on=_SERIES, how="left", maintain_order="left")
        .with_columns(
            pl.col("earlier_value").alias("against_value"),
            (pl.col("earlier_end") >= pl.col("period_start")).alias("is_overlapping"),
            *(pl.col(name).alias(f"current_{name}") for name in ("value", *_LIMITS)),
        )
    )
    inside = [
        start is not None and any(start < day <= end for day in days or ())
        for start, end, days in found.select("earlier_start", "period_start", "breaks").iter_rows()
    ]
    inner = absolute_gap("current", "earlier", confidence=(0.95,))
    outer = absolute_gap("current", "earlier", confidence=(0.998,))
    differences = found.select(inner.alias("inner"), outer.alias("outer"))
    columns = {
        name: differences[part].struct.field(name).alias(DIFFERENCE[name])
        for name, part in (
            ("value", "inner"),
            *((name, "outer" if "99_8" in name else "inner") for name in _LIMITS),
        )
    }
    return found.with_columns(pl.Series("has_break", inside, dtype=pl.Boolean), *columns.values()).drop(
        "earlier_start",
        "earlier_end",
        "breaks",
        *(f"{when}_{name}" for when in ("current", "earlier") for name in ("value", *_LIMITS)),
    )


def _earlier_periods(rows: pl.DataFrame) -> pl.DataFrame:
    """Return each period that is asked for with the one so many before it."""
    asked = rows.select("period_kind", "period_start", "periods_back").unique().drop_nulls()
    found = []
    for kind, start, back in asked.iter_rows():
        period = period_starting(PeriodKind(kind), start).shifted(-back)
        found.append((kind, start, back, period.first, period.last, str(period)))
    return pl.DataFrame(
        found,
        schema={
            "period_kind": pl.String,
            "period_start": pl.Date,
            "periods_back": pl.Int32,
            "earlier_start": pl.Date,
            "earlier_end": pl.Date,
            "against_code": pl.String,
        },
        orient="row",
    )


def _breaks(estimates: Estimates) -> pl.DataFrame:
    """Return the first days from which a series begins anew, a list for each series that has any."""
    marked = estimates.frame.filter(pl.col("qualifiers").list.contains(Qualifier.BREAK_IN_SERIES.value))
    return marked.group_by(_SERIES).agg(pl.col("period_start").alias("breaks"))
