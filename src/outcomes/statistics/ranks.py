"""Ranks of areas, ties together, each with the interval that its true rank may lie in."""

from collections.abc import Sequence

import polars as pl

from outcomes.errors import TableError
from outcomes.statistics.confidence import checked_levels, normal_quantile
from outcomes.statistics.estimate_columns import as_number
from outcomes.statistics.frame_columns import checked_groups, checked_numbers
from outcomes.vocabulary import Detail, Reason

__all__ = ["rank_words", "ranks"]

_RESULTS = ("rank_first", "rank_last", "rank_lower", "rank_upper", "rank", "reason", "detail")
# of an interval: that on the side of the first rank, and the other
_ENDS = ("near", "far")


def rank_words(first: int, last: int) -> str:
    """Return a rank in words: areas that tie share the ranks from the first to the last of them.

    Args:
        first: The rank of the first of those that tie, from 1.
        last: The rank of the last of them; `first` where none ties.

    Returns:
        The words, as they are printed.

    >>> rank_words(4, 4), rank_words(4, 6), rank_words(21, 22)
    ('4th', 'joint 4th–6th', 'joint 21st–22nd')
    """
    return _ordinal(first) if first == last else f"joint {_ordinal(first)}–{_ordinal(last)}"


def ranks(
    frame: pl.DataFrame,
    *,
    value: str,
    lower: str,
    upper: str,
    by: str | Sequence[str] = (),
    highest_first: bool = True,
    confidence: float = 0.95,
    joint_confidence: float = 0.95,
) -> pl.DataFrame:
    """Return the areas with their rank and the interval of the rank, in which all true ranks lie together.

    Each area's limits are first widened so that all areas' intervals hold their true values at once with the joint
    confidence (Šidák: each at `joint_confidence` to the power of 1 / areas; a limit moves by the ratio of the normal
    quantiles). Areas whose widened interval lies wholly before another's come before it for sure; the others may
    come before or after. It is worked out, not simulated, so it is the same each time; it errs on the wide side.

    Args:
        frame: One row an area.
        value: The column of the values.
        lower: The column of the lower limits, at `confidence`.
        upper: The column of the upper limits.
        by: The column or columns within which areas are ranked; empty for all rows together.
        highest_first: Whether the highest value is 1st.
        confidence: The confidence level of the limits, as a fraction.
        joint_confidence: How sure it is that every area's rank is in its interval, as a fraction.

    Returns:
        The frame with `rank_first` and `rank_last` (the same unless areas tie), `rank_lower` and `rank_upper` (the
        interval), `rank` in words, `reason` and `detail`. An area without a value has no rank and a reason, and is
        not counted. One without an interval (`no spread`), or with one that does not hold its value (`impossible
        input`), has a rank alone; its true place is taken to be anywhere.

    Raises:
        TableError: A column is absent, is not numeric, or has the name of a result.
        ValueError: A confidence level is none.

    Limits of use: areas are taken to be independent of each other. Ranks are no judgement; most differences between
    neighbours in the order are chance.

    Source: Klein M, Wright T, Wieczorek J, Journal of the Royal Statistical Society C 2020;69:589-606. Šidák Z,
    Journal of the American Statistical Association 1967;62:626-33.

    >>> areas = pl.DataFrame({
    ...     "area_code": ["A", "B", "C"], "value": [9.0, 5.0, 5.0],
    ...     "lower_ci_95": [8.0, 4.0, 4.5], "upper_ci_95": [10.0, 6.0, 5.5]})
    >>> table = ranks(areas, value="value", lower="lower_ci_95", upper="upper_ci_95")
    >>> table.select("area_code", "rank", "rank_lower", "rank_upper").rows()
    [('A', '1st', 1, 1), ('B', 'joint 2nd–3rd', 2, 3), ('C', 'joint 2nd–3rd', 2, 3)]
    """
    (level,) = checked_levels((confidence,))
    (joint,) = checked_levels((joint_confidence,))
    groups = checked_groups(frame, by, ()) if by else []
    checked_numbers(frame, [value, lower, upper])
    clashing = sorted(set(frame.columns) & set(_RESULTS))
    if clashing:
        raise TableError(f"column {', '.join(clashing)}: found already, expected a free name. Rename or drop it first.")

    sign = -1.0 if highest_first else 1.0
    # a rank counts from the small end: what is first is small from here on
    ends = (lower, upper) if sign > 0 else (upper, lower)
    # groups by number: a column of the frame may have any name
    number = pl.struct(groups).rank("dense").cast(pl.UInt32) if groups else pl.lit(0, dtype=pl.UInt32)
    areas = frame.select(
        number.alias("group"),
        pl.int_range(pl.len()).alias("row"),
        (as_number(value) * sign).alias("value"),
        *((as_number(end) * sign).alias(name) for end, name in zip(ends, _ENDS, strict=True)),
    )
    table = _ranked(areas, level, joint).sort("row")
    return frame.hstack(table.select(_RESULTS))


def _ranked(areas: pl.DataFrame, level: float, joint: float) -> pl.DataFrame:
    """Return the areas with the columns of the result; the smallest value of each group is first."""
    is_number = pl.col("value").is_finite().fill_null(value=False)
    limits = pl.col(_ENDS)
    holds = (
        pl.all_horizontal(limits.is_finite()) & (pl.col("near") <= pl.col("value")) & (pl.col("value") <= pl.col("far"))
    )
    areas = areas.with_columns(
        is_number.alias("is_ranked"),
        (is_number & holds.fill_null(value=False)).alias("is_bounded"),
    ).with_columns(pl.col("is_ranked", "is_bounded").sum().over("group").cast(pl.Int64).name.replace("^is", "number"))
    bounded = areas.filter("is_bounded")
    stretch = _stretches(bounded["number_bounded"], level, joint)
    ends = [(pl.col("value") + (pl.col(name) - pl.col("value")) * pl.col("stretch")).alias(name) for name in _ENDS]
    bounded = bounded.with_columns(stretch.alias("stretch")).with_columns(ends)
    intervals = _passed(bounded).select(
        "row",
        (1 + pl.col("surely_before")).alias("rank_lower"),
        (pl.col("number_ranked") - pl.col("surely_after")).alias("rank_upper"),
    )
    order = pl.when("is_ranked").then("value")
    has_limit = pl.any_horizontal(limits.is_not_null())
    none = pl.lit(None, dtype=pl.String)
    table = areas.join(intervals, on="row", how="left", maintain_order="left").with_columns(
        order.rank("min").over("group").cast(pl.Int64).alias("rank_first"),
        order.rank("max").over("group").cast(pl.Int64).alias("rank_last"),
        pl.when(pl.col("value").is_null())
        .then(pl.lit(Reason.MISSING.value))
        .when(~pl.col("is_ranked"))
        .then(pl.lit(Reason.CANNOT_BE_CALCULATED.value))
        .alias("reason"),
        pl.when(pl.col("value").is_null() | pl.col("is_bounded"))
        .then(none)
        .when(~pl.col("is_ranked") | has_limit)
        .then(pl.lit(Detail.IMPOSSIBLE_INPUT.value))
        .otherwise(pl.lit(Detail.NO_SPREAD.value))
        .alias("detail"),
    )
    pairs = table.select("rank_first", "rank_last").unique().drop_nulls()
    words = [rank_words(first, last) for first, last in pairs.iter_rows()]
    told = pairs.with_columns(pl.Series("rank", words, dtype=pl.String))
    return table.join(told, on=["rank_first", "rank_last"], how="left", maintain_order="left")


def _stretches(numbers: pl.Series, level: float, joint: float) -> pl.Series:
    """Return by how much the limits of so many areas are widened for all to hold at once."""
    distinct = numbers.unique().sort()
    single = normal_quantile(level)
    widened = [normal_quantile(joint ** (1.0 / number)) / single for number in distinct]
    return numbers.replace_strict(distinct, pl.Series(widened, dtype=pl.Float64), return_dtype=pl.Float64)


def _passed(bounded: pl.DataFrame) -> pl.DataFrame:
    """Add how many intervals of an area's group lie wholly before its own, and how many wholly after."""
    # all ends in one order; where two meet, the near one comes first, so that intervals that touch do not pass
    ends = pl.concat(
        [
            bounded.select("row", "group", pl.col(name).alias("end"), pl.lit(name == "far").alias("is_far"))
            for name in _ENDS
        ]
    ).sort("group", "end", "is_far")
    ends = ends.with_columns(
        pl.col("is_far").cum_sum().over("group").cast(pl.Int64).alias("surely_before"),
        ((~pl.col("is_far")).sum().over("group") - (~pl.col("is_far")).cum_sum().over("group"))
        .cast(pl.Int64)
        .alias("surely_after"),
    )
    before = ends.filter(~pl.col("is_far")).select("row", "surely_before")
    after = ends.filter("is_far").select("row", "surely_after")
    return bounded.join(before, on="row", maintain_order="left").join(after, on="row", maintain_order="left")


def _ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else endings.get(number % 10, 'th')}"
