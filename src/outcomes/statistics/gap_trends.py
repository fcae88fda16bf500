"""Whether a gap between groups narrows or widens, over the same points and by the same rule as a recent trend."""

import math
from collections.abc import Sequence
from typing import Final

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.statistics.trends import CRITICAL_CHI_SQUARE, recent_trend
from outcomes.vocabulary import Reason, Word

__all__ = ["GAP_TREND_METHODS", "gap_trend"]

# the names of the line fitted to gaps, and of the rule by which its points are chosen and it is tested
GAP_TREND_METHODS: Final = {
    "gap_trend_fingertips_2020": "trend_fingertips_2020",
    "gap_trend_fingertips_next": "trend_fingertips_next",
}

_CHANGED_SIDES: Final = "the gap changed sides"
_NEAR_NONE: Final = "the line changes sides, and chance could explain the gap at either end"


def gap_trend(
    frame: pl.DataFrame,
    *,
    by: str | Sequence[str],
    order: str,
    gap: str = "value",
    lower_ci_95: str = "lower_ci_95",
    upper_ci_95: str = "upper_ci_95",
    method: str = "gap_trend_fingertips_2020",
) -> pl.DataFrame:
    """Return whether the gap of each series narrows or widens: a straight line through its newest five points.

    The gap has an interval of its own at each point, so the national rule for a recent trend can be asked of it as of
    any value: the line is weighted by these intervals, passes chi-squared 9.54953570608324 (p = 0.002) and keeps its
    sign when any one point is left out. Two ends compared alone would leave three points unused, and intervals that
    overlap or not would miss most real changes. A significant line whose height is nearer to no gap at its end than
    at its start narrows; one that is further away widens.

    Args:
        frame: One row a point of a series; the points a year apart and not overlapping.
        by: The column or columns that make a series.
        order: The column of the period's running number (whole; one more for each next year).
        gap: The column of gaps with their sign, 0 where there is none: an absolute gap, a slope index, or the
            logarithm of a relative gap or index.
        lower_ci_95: The column of their lower 95 % limits.
        upper_ci_95: The column of their upper 95 % limits.
        method: `gap_trend_fingertips_2020` needs the newest five periods unbroken; `gap_trend_fingertips_next`
            passes over a period without a gap.

    Returns:
        The series, sorted, with `slope` (the gap's change a step, with its sign), `chi_square`, `change` (a `Word`:
        `narrowing`, `widening`, `no significant change`, `cannot tell`), `first_height` and `last_height` (of the
        line), `least_change` (how much the line must have moved from its first to its last point to be called, given
        the intervals), `points`, `first_order`, `last_order`, and where it cannot tell `reason`, `detail` and
        `obstacle`. A line that crosses from one side to the other narrows where the last interval alone holds no gap,
        widens where the first alone does, and else `cannot tell` (`not comparable`).

    Raises:
        TableError: A column is absent or holds no numbers, or the order is not whole.
        UnknownNameError: No method has the name.

    Source: OHID, Fingertips public health technical guidance: trend markers, which tells them of gaps and slope indices
    too; narrowing, widening and what is said of a line that changes sides are the project's own. Limits of use: it says
    how a difference between groups of areas moves, not whose lives changed; people move between areas, and areas
    between groups.

    >>> years = pl.DataFrame({
    ...     "area_code": ["E1"] * 5, "year": [2016, 2017, 2018, 2019, 2020], "value": [-8.0, -6.0, -5.0, -3.0, -1.0]})
    >>> years = years.with_columns(lower_ci_95=pl.col("value") - 2, upper_ci_95=pl.col("value") + 2)
    >>> gap_trend(years, by="area_code", order="year").select("change", pl.col("slope").round(3)).rows()
    [('narrowing', 1.7)]
    """
    if method not in GAP_TREND_METHODS:
        raise UnknownNameError(
            f"method: found {method!r}, expected one of {', '.join(GAP_TREND_METHODS)}. Use the one whose points are "
            "those of the recent trend beside it."
        )
    trends = recent_trend(
        frame,
        by=by,
        order=order,
        value=gap,
        lower_ci_95=lower_ci_95,
        upper_ci_95=upper_ci_95,
        numerator=None,
        denominator=None,
        method=GAP_TREND_METHODS[method],
    )
    groups = [by] if isinstance(by, str) else list(by)
    number = pl.struct(groups).rank("dense")
    # series by number: a column of the frame may have any name
    points = pl.DataFrame(
        {
            "series": frame.select(number.alias("series")).to_series(),
            "order": frame[order],
            "gap": frame[gap],
            "lower": frame[lower_ci_95],
            "upper": frame[upper_ci_95],
        }
    ).cast({"order": pl.Int64, "gap": pl.Float64, "lower": pl.Float64, "upper": pl.Float64})
    used = (
        points.drop_nulls()
        .sort("series", "order")
        .group_by("series", maintain_order=True)
        .agg("order", "gap", "lower", "upper")
    )
    series = {row[0]: row[1:] for row in used.iter_rows()}
    heights: list[tuple[float | None, float | None, bool | None, bool | None, float | None]] = []
    numbers = trends.select(number.alias("series")).to_series()
    spans = trends.select("slope", "first_order", "last_order").iter_rows()
    for key, (slope, first, last) in zip(numbers, spans, strict=True):
        heights.append((None,) * 5 if slope is None else _heights(slope, first, last, *series[key]))
    found = trends.hstack(
        pl.DataFrame(
            heights,
            schema={
                "first_height": pl.Float64,
                "last_height": pl.Float64,
                "may_start_at_none": pl.Boolean,
                "may_end_at_none": pl.Boolean,
                "least_change": pl.Float64,
            },
            orient="row",
        )
    )
    first_height, last_height = pl.col("first_height"), pl.col("last_height")
    is_trend = pl.col("direction").is_in([Word.INCREASING.value, Word.DECREASING.value])
    may_start, may_end = pl.col("may_start_at_none"), pl.col("may_end_at_none")
    crosses = first_height * last_height < 0
    # a gap that was closed to within chance narrowed, one that was opened from there widened
    has_changed_sides = is_trend & crosses & (may_start == may_end)
    change = (
        pl.when(~is_trend)
        .then("direction")
        .when(has_changed_sides)
        .then(pl.lit(Word.CANNOT_TELL.value))
        .when(pl.when(crosses).then(may_start).otherwise(last_height.abs() > first_height.abs()))
        .then(pl.lit(Word.WIDENING.value))
        .otherwise(pl.lit(Word.NARROWING.value))
    )
    return found.select(
        *groups,
        "slope",
        "chi_square",
        change.alias("change"),
        "first_height",
        "last_height",
        "least_change",
        "points",
        "first_order",
        "last_order",
        pl.when(has_changed_sides).then(pl.lit(Reason.NOT_COMPARABLE.value)).otherwise("reason").alias("reason"),
        "detail",
        pl.when(has_changed_sides & may_start)
        .then(pl.lit(_NEAR_NONE))
        .when(has_changed_sides)
        .then(pl.lit(_CHANGED_SIDES))
        .otherwise("obstacle")
        .alias("obstacle"),
    )


def _heights(
    slope: float,
    first: int,
    last: int,
    orders: Sequence[int],
    gaps: Sequence[float],
    lower: Sequence[float],
    upper: Sequence[float],
) -> tuple[float, float, bool, bool, float]:
    """Return the line's height at its first and last point, whether their intervals hold no gap, the least change."""
    used = [
        (gap, low, high)
        for order, gap, low, high in zip(orders, gaps, lower, upper, strict=True)
        if first <= order <= last
    ]
    points = [(gap, (3.92 / (high - low)) ** 2) for gap, low, high in used]
    total = math.fsum(weight for _, weight in points)
    # the rule counts its points one by one
    centre = math.fsum(step * weight for step, (_, weight) in enumerate(points)) / total
    level = math.fsum(gap * weight for gap, weight in points) / total
    holds_none = [low <= 0.0 <= high for _, low, high in (used[0], used[-1])]
    # the variance of the slope is the inverse of this
    spread = math.fsum(weight * (step - centre) ** 2 for step, (_, weight) in enumerate(points))
    least_change = (len(points) - 1) * math.sqrt(CRITICAL_CHI_SQUARE / spread)
    last_height = level + slope * (len(points) - 1 - centre)
    return (level - slope * centre, last_height, holds_none[0], holds_none[1], least_change)
