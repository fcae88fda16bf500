"""Means with Student t intervals, from sums or from the values themselves."""

from collections.abc import Sequence

import polars as pl

from outcomes.statistics.confidence import DEFAULT_CONFIDENCE, checked_levels, limit_names
from outcomes.statistics.estimate_columns import (
    LARGEST_INPUT,
    Column,
    Multiplier,
    as_number,
    estimate_struct,
    on_distinct_values,
    on_numbers,
)
from outcomes.statistics.exact_sums import exact_sums
from outcomes.statistics.frame_columns import checked_groups, checked_numbers
from outcomes.statistics.multipliers import checked_multiplier
from outcomes.vocabulary import Detail

__all__ = ["mean", "mean_of_values", "student_quantile"]

LEAST_SPREAD = 1e-9
"""Of sums that are not whole numbers: a spread below this share of the squares is lost in their rounding."""

LARGEST_SQUARES = 1e30
"""No sum of squares is larger; an interval from it would not be finite."""


def mean(
    total: Column,
    sum_of_squares: Column | None,
    n: Column,
    *,
    multiplier: Multiplier = 1.0,
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.Expr:
    """Return means with their Student t intervals, row by row, from the sums of values and of squares.

    Whole numbers are worked out exactly, however large their squares. Of other numbers, an interval is given only
    where the spread is more than rounding of the sums could have made.

    Args:
        total: The sum of the values.
        sum_of_squares: The sum of their squares; None where nobody has it.
        n: How many values there are: a whole number from 1.
        multiplier: What the mean is multiplied by; 1 / 10 for values that were summed in tenths.
        confidence: Confidence levels as fractions.

    Returns:
        A struct of `value`, one pair of limits a level, `reason` and `detail`. One value alone, or values without
        a sum of squares, have a mean and no interval: `value` is given, the limits and `reason` are missing, and
        `detail` is `no spread`. Sums that contradict each other are `impossible input`.

    Raises:
        ValueError: A confidence level or the multiplier is none.

    Source: Student, Biometrika 1908;6:1-25. Altman DG et al., Statistics with confidence, 2nd edition, BMJ Books
    2000.

    >>> stays = pl.DataFrame({"days": [6, 4], "squares": [14, 16], "stays": [3, 1]})
    >>> estimates = stays.select(mean("days", "squares", "stays").struct.unnest())
    >>> estimates.select("value", pl.col("lower_ci_95", "upper_ci_95").round(4), "detail").rows()
    [(2.0, -0.4841, 4.4841, None), (4.0, None, None, 'no spread')]
    """
    levels = checked_levels(confidence)
    scale = checked_multiplier(multiplier)
    given_total, given_n = _expression(total), _expression(n)
    given_squares = pl.lit(None, dtype=pl.Float64) if sum_of_squares is None else _expression(sum_of_squares)
    # n·Σx² − (Σx)² is a difference of near equals: exact in 128 bits, guarded otherwise
    is_whole = pl.all_horizontal(
        (column.cast(pl.Int64, strict=False) == column).fill_null(value=False)
        for column in (given_total, given_squares, given_n)
    )
    whole_total, whole_squares, whole_n = (
        column.cast(pl.Int64, strict=False).cast(pl.Int128) for column in (given_total, given_squares, given_n)
    )
    numbers = {
        "x": as_number(given_total),
        "squares": as_number(given_squares),
        "n": as_number(given_n),
        "exact_spread": pl.when(is_whole).then((whole_n * whole_squares - whole_total * whole_total).cast(pl.Float64)),
    }
    if not isinstance(multiplier, int | float):
        numbers["scale"] = scale
        scale = pl.col("scale")
    sum_x, squares, size, exact_spread = (pl.col(name) for name in ("x", "squares", "n", "exact_spread"))
    rounded_spread = size * squares - sum_x * sum_x
    is_whole = exact_spread.is_not_null()
    spread = pl.when(is_whole).then(exact_spread).otherwise(rounded_spread)
    rounding = pl.when(is_whole).then(0.0).otherwise(LEAST_SPREAD * size * squares)
    is_contradictory = squares.is_not_null() & ((spread < -rounding) | ((size == 1) & (spread > rounding)))
    has_spread = (size > 1) & squares.is_not_null() & (is_whole | (spread > rounding))
    standard_error = (spread.clip(lower_bound=0.0) / (size - 1.0)).sqrt() / size
    half_widths = {
        f"half_{place}": student_quantile(size - 1.0, level) * standard_error for place, level in enumerate(levels)
    }
    value = sum_x * scale / size
    estimate = estimate_struct(
        value=value,
        limits=[(value - pl.col(half) * scale, value + pl.col(half) * scale) for half in half_widths],
        levels=levels,
        is_missing=sum_x.is_null() | size.is_null() | scale.is_null(),
        refusals=[
            # NaN counts as above every number
            (
                (sum_x.abs() > LARGEST_INPUT) | (squares < 0) | (squares > LARGEST_SQUARES),
                Detail.IMPOSSIBLE_INPUT,
            ),
            ((scale <= 0) | (scale > LARGEST_INPUT), Detail.IMPOSSIBLE_INPUT),
            ((size < 0) | (size > LARGEST_INPUT) | (size != size.floor()), Detail.IMPOSSIBLE_INPUT),
            (size == 0, Detail.ZERO_DENOMINATOR),
            (is_contradictory, Detail.IMPOSSIBLE_INPUT),
        ],
        has_spread=has_spread.fill_null(value=False),
    )
    own = {name: pl.col(name) for name in numbers}
    return on_numbers(numbers, on_numbers({**own, **half_widths}, estimate)).alias("mean")


def mean_of_values(
    frame: pl.DataFrame,
    *,
    value: str,
    by: str | Sequence[str],
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.DataFrame:
    """Return the mean of each group of values with its Student t interval, one row a group.

    The spread is taken from the distances to the mean, so a large common part of the values costs no digits.

    Args:
        frame: One row a value.
        value: The column of values. A missing one makes its group's mean missing.
        by: The column or columns that make a group.
        confidence: Confidence levels as fractions.

    Returns:
        The groups, sorted, with `numerator` (the sum), `denominator` (how many rows), `standard_deviation`,
        `value`, one pair of limits a level, `reason` and `detail` as from `mean`. The same rows in any order give
        the same bits.

    Raises:
        TableError: A column is absent, or the values are not numbers.
        ValueError: A confidence level is none.

    Source: as for `mean`.

    >>> stays = pl.DataFrame({"ward": ["A", "A", "B"], "days": [1.0, 3.0, 4.0]})
    >>> mean_of_values(stays, value="days", by="ward").select("ward", "value", "standard_deviation", "detail").rows()
    [('A', 2.0, 1.4142135623730951, None), ('B', 4.0, None, 'no spread')]
    """
    levels = checked_levels(confidence)
    limit_columns = [name for level in levels for name in limit_names(level)]
    results = ["numerator", "denominator", "standard_deviation", "value", *limit_columns, "reason", "detail"]
    groups = checked_groups(frame, by, results)
    checked_numbers(frame, [value])

    measured = frame.select(*groups, as_number(value).alias("numerator"))
    grouped = measured.group_by(groups, maintain_order=True).agg(
        pl.col("numerator"),
        pl.len().cast(pl.Float64).alias("denominator"),
        pl.col("numerator").is_null().any().alias("is_missing"),
        # NaN counts as above every number
        (pl.col("numerator").abs() > LARGEST_INPUT).any().fill_null(value=False).alias("is_impossible"),
    )
    numbers = grouped["numerator"]
    grouped = grouped.with_columns(exact_sums(numbers))
    centre = grouped["numerator"] / grouped["denominator"]
    distances = pl.Series(
        "distance",
        [
            [None if number is None or middle is None else number - middle for number in row]
            for row, middle in zip(numbers.to_list(), centre.to_list(), strict=True)
        ],
        dtype=pl.List(pl.Float64),
    )
    drift = exact_sums(distances)
    squares = exact_sums(distances.list.eval(pl.element() * pl.element()))
    size = pl.col("denominator")
    # the mean was rounded: what the distances leave over is taken out again
    spread = (squares - drift * drift / grouped["denominator"]).clip(lower_bound=0.0).alias("spread")
    deviation = (pl.col("spread") / (size - 1.0)).sqrt()
    standard_error = deviation / size.sqrt()
    middle_value = pl.col("numerator") / size
    estimate = estimate_struct(
        value=middle_value,
        limits=[
            (middle_value - half, middle_value + half)
            for half in (student_quantile(size - 1.0, level) * standard_error for level in levels)
        ],
        levels=levels,
        is_missing=pl.col("is_missing"),
        refusals=[(pl.col("is_impossible"), Detail.IMPOSSIBLE_INPUT)],
        has_spread=size > 1,
    )
    return (
        grouped.with_columns(spread)
        .with_columns(
            pl.when(size > 1).then(deviation).alias("standard_deviation"),
            estimate.alias("estimate"),
        )
        .unnest("estimate")
        .select(*groups, *results)
        .sort(groups)
    )


def _expression(column: Column) -> pl.Expr:
    if isinstance(column, int | float):
        return pl.lit(column)
    return pl.col(column) if isinstance(column, str) else column


def student_quantile(degrees_of_freedom: pl.Expr, confidence: float) -> pl.Expr:
    """Return the quantile of Student's t that leaves (1 - confidence) / 2 above it; missing below one degree."""

    def quantiles(degrees: pl.Series) -> pl.Series:
        from scipy import special

        # the lower tail keeps its digits where a level near to 1 would lose them
        return pl.Series(-special.stdtrit(degrees.to_numpy(), (1.0 - confidence) / 2.0), dtype=pl.Float64)

    usable = (degrees_of_freedom >= 1.0) & (degrees_of_freedom <= LARGEST_INPUT)
    return on_distinct_values(pl.when(usable).then(degrees_of_freedom), quantiles)
