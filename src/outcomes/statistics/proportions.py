"""Proportions with Wilson score intervals."""

from collections.abc import Sequence

import polars as pl

from outcomes.statistics.confidence import DEFAULT_CONFIDENCE, checked_levels, normal_quantile
from outcomes.statistics.estimate_columns import (
    LARGEST_INPUT,
    Column,
    Multiplier,
    as_number,
    estimate_struct,
    on_numbers,
)
from outcomes.statistics.multipliers import checked_multiplier
from outcomes.vocabulary import Detail

__all__ = ["proportion"]


def proportion(
    numerator: Column,
    denominator: Column,
    *,
    multiplier: Multiplier = 100.0,
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.Expr:
    """Return proportions with their Wilson score intervals, row by row.

    Args:
        numerator: How many have the property: from 0 to the denominator, whole or not.
        denominator: How many there are, more than 0.
        multiplier: What a whole is: 100 gives per cent, 1 the bare proportion; or a column of them.
        confidence: Confidence levels as fractions.

    Returns:
        A struct of `value`, `lower_ci_95`, `upper_ci_95`, `lower_ci_99_8`, `upper_ci_99_8` (one pair a level,
        between 0 and the multiplier), `reason` and `detail`. A missing input gives the reason `missing`; 0 in
        the denominator, a numerator outside 0 to denominator, or a number that is not finite gives `cannot be
        calculated` with its detail. No other row is touched.

    Raises:
        ValueError: A confidence level or the multiplier is none.

    Source: Wilson EB, J Am Stat Assoc 1927;22:209-12. Newcombe RG, Altman DG, in Statistics with confidence,
    2nd edition, BMJ Books 2000.

    >>> smokers = pl.DataFrame({"smokers": [20, 6], "asked": [100, 5]})
    >>> estimates = smokers.select(proportion("smokers", "asked").struct.unnest())
    >>> estimates.select("value", pl.col("lower_ci_95", "upper_ci_95").round(4), "detail").rows()
    [(20.0, 13.3367, 28.8829, None), (None, None, None, 'impossible input')]
    """
    levels = checked_levels(confidence)
    whole = checked_multiplier(multiplier)
    numbers = {"x": as_number(numerator), "n": as_number(denominator)}
    if not isinstance(multiplier, int | float):
        numbers["whole"] = whole
        whole = pl.col("whole")
    x, n = pl.col("x"), pl.col("n")

    limits: list[tuple[pl.Expr, pl.Expr]] = []
    for level in levels:
        z = normal_quantile(level)
        root = z * (z**2 + pl.col("spread")).sqrt()
        centre = 2.0 * x + z**2
        # the two roots multiply to x²/(n(n + z²)): so the lower limit has no difference of near equals
        lower = whole * pl.col("squares") / (centre + root)
        upper = whole * (centre + root) / (2.0 * (n + z**2))
        # the last bit can carry an upper limit past the whole
        limits.append((lower, pl.when(upper > whole).then(whole).otherwise(upper)))

    estimate = estimate_struct(
        value=x * whole / n,
        limits=limits,
        levels=levels,
        is_missing=x.is_null() | n.is_null() | whole.is_null(),
        refusals=[
            # NaN counts as above every number
            (
                (x < 0) | (n < 0) | (n > LARGEST_INPUT) | (whole <= 0) | (whole > LARGEST_INPUT),
                Detail.IMPOSSIBLE_INPUT,
            ),
            (n == 0, Detail.ZERO_DENOMINATOR),
            (x.is_nan() | (x > n), Detail.IMPOSSIBLE_INPUT),
        ],
    )
    terms = {"spread": 4.0 * x * (n - x) / n, "squares": 2.0 * x * (x / n)}
    own = {name: pl.col(name) for name in numbers}
    return on_numbers(numbers, on_numbers({**own, **terms}, estimate), in_slices=True).alias("proportion")
