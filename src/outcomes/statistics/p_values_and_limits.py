"""Holds p-values to the limits that they belong to: rounding must not let them contradict each other."""

import math
from typing import Final

import polars as pl

from outcomes.statistics.estimate_columns import Column, as_number, on_numbers

__all__ = ["agreeing_with_limits"]

# what the 99.8 % and the 95 % limits leave outside, and the largest number below it
_LEVELS: Final = ((0.002, math.nextafter(0.002, 0.0)), (0.05, math.nextafter(0.05, 0.0)))


def agreeing_with_limits(
    p_value: pl.Expr,
    benchmark: Column | float,
    *,
    lower_ci_95: Column = "lower_ci_95",
    upper_ci_95: Column = "upper_ci_95",
    lower_ci_99_8: Column = "lower_ci_99_8",
    upper_ci_99_8: Column = "upper_ci_99_8",
) -> pl.Expr:
    """Return p-values that say the same as the limits, to the bit.

    A benchmark that lies on a limit has a p-value of 0.05 or 0.002 but for rounding, and rounding must not let the
    p-value and the word contradict each other: the limits decide on which side of 0.05 and 0.002 it lies.

    Args:
        p_value: P-values of the method that made the limits.
        benchmark: What is held against.
        lower_ci_95: The lower 95 % limit.
        upper_ci_95: The upper 95 % limit.
        lower_ci_99_8: The lower 99.8 % limit; missing where there is none.
        upper_ci_99_8: The upper 99.8 % limit; likewise.

    Returns:
        Below 0.05 exactly where the benchmark is outside the 95 % interval, and below 0.002 exactly where it is
        outside the 99.8 % one. Missing where the p-value or the 95 % interval is.

    >>> rows = pl.DataFrame({"p": [0.0500000001], "lower_ci_95": [8.0], "upper_ci_95": [12.0],
    ...     "lower_ci_99_8": [6.0], "upper_ci_99_8": [14.0]})
    >>> rows.select(agreeing_with_limits(pl.col("p"), 12.5)).item() < 0.05
    True
    """
    given = {
        "found": p_value,
        "mark": as_number(benchmark),
        "lower_95": as_number(lower_ci_95),
        "upper_95": as_number(upper_ci_95),
        "lower_99_8": as_number(lower_ci_99_8),
        "upper_99_8": as_number(upper_ci_99_8),
    }
    found, mark = pl.col("found"), pl.col("mark")
    # the 95 % interval has the last word
    for name, (level, below) in zip(("99_8", "95"), _LEVELS, strict=True):
        lower, upper = pl.col(f"lower_{name}"), pl.col(f"upper_{name}")
        is_outside = (lower > mark) | (upper < mark)
        is_known = lower.is_finite() & upper.is_finite()
        found = (
            pl.when(found.is_null() | ~is_known.fill_null(value=False))
            .then(found)
            .when(is_outside)
            .then(pl.min_horizontal(found, pl.lit(below)))
            .otherwise(pl.max_horizontal(found, pl.lit(level)))
        )
    is_bounded = pl.all_horizontal(pl.col(name).is_finite() for name in ("lower_95", "upper_95", "mark"))
    return on_numbers(given, pl.when(is_bounded).then(found).alias("p_value")).alias("p_value")
