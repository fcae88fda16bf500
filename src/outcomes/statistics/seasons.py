"""Tells which series go up and down with the year, so that a process control chart is read with care."""

from collections.abc import Sequence

import polars as pl

from outcomes.errors import TableError
from outcomes.statistics.estimate_columns import LARGEST_INPUT, as_number
from outcomes.statistics.exact_sums import exact_sums
from outcomes.statistics.frame_columns import checked_groups, checked_numbers

__all__ = ["FEWEST_PAIRS", "SEASONAL_RATIO", "seasonal_series"]

FEWEST_PAIRS = 12
"""So many pairs of points a year apart are needed: 24 months, or 16 quarters."""

SEASONAL_RATIO = 0.6
"""Below this share of the differences half a year apart, those a year apart speak of a season."""

_RESULTS = ("is_seasonal", "ratio", "pairs")


def seasonal_series(
    frame: pl.DataFrame, *, by: str | Sequence[str], order: str, value: str = "value", periods_a_year: int = 12
) -> pl.DataFrame:
    """Return whether each series goes up and down with the year.

    Of a series with a season, points a year apart are alike and points half a year apart are not: it is seasonal if
    the average difference (without its sign) of the first is less than 0.6 of that of the second.

    Args:
        frame: One row a point.
        by: The column or columns that make a series.
        order: The column of the period's running number (whole; one more for each next period), each once a series.
        value: The column of values; missing ones, and those that are no finite number, are left out.
        periods_a_year: 12 for months, 4 for quarters.

    Returns:
        One row a series, sorted: `is_seasonal` (missing below 12 pairs of points a year apart), `ratio` (of the two
        averages; missing where no points differ) and `pairs` (a year apart).

    Raises:
        TableError: A column is absent or holds no numbers, or the order is not whole.
        ValueError: A year has not an even number of periods, 2 or more.

    Limits of use: it finds a yearly wave that rises two standard deviations of the noise above its middle more than
    nine times in ten, one half as large about once in four, and one odd month (each December) or two waves a year
    hardly. A drift hides a season: of 0.1 standard deviations a month a third of such waves, of 0.2 nearly all. Of
    series without a season about 1 in 50 is called seasonal at 24 points, fewer of longer ones.

    Source: none; the rule is the project's own, a warning and no test, and its limits were measured by simulation.

    >>> year = [9, 9, 8, 7, 6, 5, 4, 4, 5, 6, 7, 8]
    >>> months = pl.DataFrame({"trust": ["R1"] * 36, "month": range(36), "value": year * 3})
    >>> seasonal_series(months, by="trust", order="month").rows()
    [('R1', True, 0.0, 24)]
    """
    if periods_a_year < 2 or periods_a_year % 2:
        raise ValueError(f"periods_a_year: found {periods_a_year}, expected an even number, such as 12. Correct it.")
    groups = checked_groups(frame, by, _RESULTS)
    checked_numbers(frame, [order, value])
    if not (frame.schema[order].is_integer() or frame.schema[order] == pl.Null):
        raise TableError(
            f"column {order}: found {frame.schema[order]}, expected whole running numbers. Number the periods."
        )
    number = as_number(value)
    is_number = (number.is_finite() & (number.abs() <= LARGEST_INPUT)).fill_null(value=False)
    points = (
        frame.select(*groups, pl.col(order).cast(pl.Int64).alias("_order"), number.alias("_y"), is_number.alias("_is"))
        .filter("_is")
        .sort([*groups, "_order"])
    )
    series = frame.select(groups).unique().sort(groups)
    year, half = (_differences(points, groups, steps) for steps in (periods_a_year, periods_a_year // 2))
    found = (
        series.join(year.rename({"average": "_year"}), on=groups, how="left", nulls_equal=True)
        .join(half.rename({"average": "_half"}).drop("pairs"), on=groups, how="left", nulls_equal=True)
        .with_columns(pl.col("pairs").fill_null(0))
    )
    ratio = pl.when(pl.col("_half") > 0).then(pl.col("_year") / pl.col("_half"))
    return (
        found.with_columns(ratio.alias("ratio"))
        .with_columns(
            pl.when(pl.col("pairs") >= FEWEST_PAIRS)
            .then((pl.col("ratio") < SEASONAL_RATIO).fill_null(value=False))
            .alias("is_seasonal")
        )
        .select(*groups, *_RESULTS)
        .sort(groups)
    )


def _differences(points: pl.DataFrame, groups: list[str], steps: int) -> pl.DataFrame:
    """Return the average difference, without its sign, of each series' points so many steps apart."""
    earlier = points.select(*groups, pl.col("_order") + steps, pl.col("_y").alias("_earlier"))
    pairs = points.join(earlier, on=[*groups, "_order"], how="inner", nulls_equal=True, maintain_order="left")
    sums = pairs.group_by(groups, maintain_order=True).agg((pl.col("_y") - pl.col("_earlier")).abs().alias("_apart"))
    lengths = sums["_apart"].list.len()
    return sums.select(
        *groups, (exact_sums(sums["_apart"]) / lengths).alias("average"), lengths.cast(pl.Int64).alias("pairs")
    )
