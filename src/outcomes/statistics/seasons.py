"""Tells which series go up and down with the year, so that a process control chart is read with care."""

from collections.abc import Sequence
from functools import reduce
from operator import add

import polars as pl

from outcomes.errors import TableError
from outcomes.statistics.estimate_columns import LARGEST_INPUT, as_number
from outcomes.statistics.exact_sums import exact_sums
from outcomes.statistics.frame_columns import checked_groups, checked_numbers

__all__ = ["ANY_PATTERN_RATIO", "FEWEST_PAIRS", "SEASONAL_RATIO", "seasonal_series", "yearly_differences"]

FEWEST_PAIRS = 12
"""So many pairs of points a year apart are needed: 24 months, or 16 quarters."""

SEASONAL_RATIO = 0.57
"""Below this share of the differences half a year apart, those a year apart speak of a yearly wave."""

ANY_PATTERN_RATIO = 0.6
"""Below this share of the differences 2, 4, … periods apart, those a year apart speak of a pattern in the year."""

_RESULTS = ("is_seasonal", "ratio", "ratio_of_any", "pairs")


def seasonal_series(
    frame: pl.DataFrame, *, by: str | Sequence[str], order: str, value: str = "value", periods_a_year: int = 12
) -> pl.DataFrame:
    """Return whether each series goes up and down with the year.

    Of a series with a season, points a year apart are alike and points less than a year apart are not. It is seasonal
    if the average difference (without its sign) of those a year apart is less than 0.57 of that of points half a year
    apart (a yearly wave), or less than 0.6 of the mean of such averages over the even distances below a year (any
    pattern that comes again each year: two waves a year, one for each quarter, an odd month). Even ones: a series that
    only goes to and fro has no season. Of quarters both look half a year back, so a pattern of half a year is not told.

    Args:
        frame: One row a point.
        by: The column or columns that make a series.
        order: The column of the period's running number (whole; one more for each next period), each once a series.
        value: The column of values; missing ones, and those that are no finite number, are left out.
        periods_a_year: 12 for months, 4 for quarters.

    Returns:
        One row a series, sorted: `is_seasonal` (missing below 12 pairs of points a year apart), `ratio` (to half a
        year) and `ratio_of_any` (to the even distances), both missing where no points differ, and `pairs` (a year
        apart).

    Raises:
        TableError: A column is absent or holds no numbers, or the order is not whole.
        ValueError: A year has not an even number of periods, 2 or more.

    Limits of use: at 24 months it finds a yearly wave that rises two standard deviations of the noise above its middle
    nine times in ten, two waves a year seven times in ten, and an odd month (each December) of five standard deviations
    four times in ten; waves half as large twice in ten, or once of 60 months. A drift hides a season: of 0.1 standard
    deviations a month half of yearly waves, of 0.2 nearly all. In quarters it finds a yearly wave and an odd quarter,
    but a pattern that comes twice a year is a mere to and fro there, and is not found. Of series without a season 1 in
    50 is called seasonal at 24 points, fewer of longer ones; of counts of 1 on average 1 in 20, and of counts that are
    mostly 0 1 in 10 (`docs/chance.md`).

    Source: none; the rule is the project's own, a warning and no test, and its limits were measured by simulation.

    >>> year = [9, 9, 8, 7, 6, 5, 4, 4, 5, 6, 7, 8]
    >>> months = pl.DataFrame({"trust": ["R1"] * 36, "month": range(36), "value": year * 3})
    >>> seasonal_series(months, by="trust", order="month").rows()
    [('R1', True, 0.0, 0.0, 24)]
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
    year = _differences(points, groups, periods_a_year)
    found = series.join(year.rename({"average": "_year"}), on=groups, how="left", nulls_equal=True)
    shorter = range(2, periods_a_year, 2) or range(1, 2)
    for steps in shorter:
        nearer = _differences(points, groups, steps).rename({"average": f"_{steps}"}).drop("pairs")
        found = found.join(nearer, on=groups, how="left", nulls_equal=True)
    # added one after the other: the same bits on any number of threads
    of_any = reduce(add, (pl.col(f"_{steps}") for steps in shorter)) / len(shorter)
    has_all = pl.all_horizontal(pl.col(f"_{steps}").is_not_null() for steps in shorter)
    half = pl.col(f"_{periods_a_year // 2}")
    return (
        found.with_columns(
            pl.col("pairs").fill_null(0),
            pl.when(half > 0).then(pl.col("_year") / half).alias("ratio"),
            pl.when(has_all & (of_any > 0)).then(pl.col("_year") / of_any).alias("ratio_of_any"),
        )
        .with_columns(
            pl.when(pl.col("pairs") >= FEWEST_PAIRS)
            .then(
                (pl.col("ratio") < SEASONAL_RATIO).fill_null(value=False)
                | (pl.col("ratio_of_any") < ANY_PATTERN_RATIO).fill_null(value=False)
            )
            .alias("is_seasonal")
        )
        .select(*groups, *_RESULTS)
        .sort(groups)
    )


def yearly_differences(
    frame: pl.DataFrame, *, by: str | Sequence[str], order: str, value: str = "value", periods_a_year: int = 12
) -> pl.DataFrame:
    """Return how far each point lies above the same month or quarter of the year before: the season is taken out.

    What comes again each year drops out of the differences, so that a process control chart may be made of them
    (`special_cause_points` with `value="yearly_difference"`). They vary 1.4 times as much as the points, and an odd
    point shows twice, the second time a year later and upside down.

    Args:
        frame: One row a point; its other columns are kept.
        by: The column or columns that make a series.
        order: The column of the period's running number, each once a series.
        value: The column of values.
        periods_a_year: 12 for months, 4 for quarters.

    Returns:
        The frame, in its order, with `yearly_difference`; missing in the first year, where either value
        is missing or no finite number, and where the year before has two points at the place.

    Raises:
        TableError: A column is absent or holds no numbers.

    >>> months = pl.DataFrame({"trust": ["R1"] * 14, "month": range(14), "value": [9.0] * 12 + [8.0, 9.0]})
    >>> yearly_differences(months, by="trust", order="month")["yearly_difference"].to_list()[-3:]
    [None, -1.0, 0.0]
    """
    groups = checked_groups(frame, by, ("yearly_difference",))
    if "yearly_difference" in frame.columns:
        raise TableError("columns: found yearly_difference, expected names that no result has. Rename it.")
    checked_numbers(frame, [order, value])
    number = as_number(value)
    usable = pl.when(number.abs() <= LARGEST_INPUT).then(number)
    earlier = frame.select(*groups, (pl.col(order) + periods_a_year).alias(order), usable.alias("_earlier"))
    # of two points at one place neither is the one of the year before
    earlier = earlier.unique(subset=[*groups, order], keep="none")
    joined = frame.join(earlier, on=[*groups, order], how="left", nulls_equal=True, maintain_order="left")
    return joined.with_columns((usable - pl.col("_earlier")).alias("yearly_difference")).drop("_earlier")


def _differences(points: pl.DataFrame, groups: list[str], steps: int) -> pl.DataFrame:
    """Return the average difference, without its sign, of each series' points so many steps apart."""
    earlier = points.select(*groups, pl.col("_order") + steps, pl.col("_y").alias("_earlier"))
    pairs = points.join(earlier, on=[*groups, "_order"], how="inner", nulls_equal=True, maintain_order="left")
    sums = pairs.group_by(groups, maintain_order=True).agg((pl.col("_y") - pl.col("_earlier")).abs().alias("_apart"))
    lengths = sums["_apart"].list.len()
    return sums.select(
        *groups, (exact_sums(sums["_apart"]) / lengths).alias("average"), lengths.cast(pl.Int64).alias("pairs")
    )
