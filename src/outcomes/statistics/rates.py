"""Crude rates and counts with Poisson intervals."""

from collections.abc import Sequence

import polars as pl

from outcomes.statistics.confidence import DEFAULT_CONFIDENCE, checked_levels
from outcomes.statistics.estimate_columns import (
    LARGEST_INPUT,
    Column,
    Multiplier,
    as_number,
    estimate_struct,
    on_numbers,
)
from outcomes.statistics.multipliers import checked_multiplier
from outcomes.statistics.poisson import checked_count_method, poisson_limits
from outcomes.vocabulary import Detail

__all__ = ["count", "crude_rate"]

LARGEST_RATE = 1e200
"""The largest rate per event that leaves every limit finite."""


def crude_rate(
    numerator: Column,
    denominator: Column,
    *,
    multiplier: Multiplier = 100_000.0,
    method: str = "exact_or_byar",
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.Expr:
    """Return crude rates with their Poisson intervals, row by row.

    Args:
        numerator: The events, 0 or more, whole or not; they may outnumber the denominator.
        denominator: The population or person-years, more than 0.
        multiplier: What the rate is per, such as 100000; or a column of them.
        method: `exact_or_byar` (exact below 10 events, else Byar), `byar` (plain, as older Fingertips extracts) or
            `exact` (whatever the count, as some publications).
        confidence: Confidence levels as fractions.

    Returns:
        A struct of `value`, `lower_ci_95`, `upper_ci_95`, `lower_ci_99_8`, `upper_ci_99_8` (one pair a level),
        `reason` and `detail`. A missing input gives the reason `missing`; 0 in the denominator, a negative
        number or one that is not finite gives `cannot be calculated` with its detail.

    Raises:
        ValueError: A confidence level or the multiplier is none.
        UnknownNameError: No method for counts has the name.

    Source: Breslow NE, Day NE, Statistical methods in cancer research, volume II, IARC 1987 (Byar). Armitage P,
    Berry G, Statistical methods in medical research, 4th edition, Blackwell 2002 (exact).

    >>> deaths = pl.DataFrame({"deaths": [5, 20], "population": [100, 100]})
    >>> estimates = deaths.select(crude_rate("deaths", "population", multiplier=100).struct.unnest())
    >>> estimates.select("value", pl.col("lower_ci_95", "upper_ci_95").round(4)).rows()
    [(5.0, 1.6235, 11.6683), (20.0, 12.2114, 30.8899)]
    """
    levels = checked_levels(confidence)
    checked_count_method(method)
    per = checked_multiplier(multiplier)
    numbers = {"x": as_number(numerator), "n": as_number(denominator)}
    if not isinstance(multiplier, int | float):
        numbers["per"] = per
        per = pl.col("per")
    x, n = pl.col("x"), pl.col("n")
    bounds, limits_of_counts = _limits_of_counts(x, levels, method)
    estimate = estimate_struct(
        value=x * per / n,
        limits=[(lower * per / n, upper * per / n) for lower, upper in bounds],
        levels=levels,
        is_missing=x.is_null() | n.is_null() | per.is_null(),
        refusals=[
            # NaN counts as above every number
            ((x < 0) | (x > LARGEST_INPUT) | (n < 0) | (n > LARGEST_INPUT), Detail.IMPOSSIBLE_INPUT),
            ((per <= 0) | (per > LARGEST_INPUT), Detail.IMPOSSIBLE_INPUT),
            (n == 0, Detail.ZERO_DENOMINATOR),
            # a denominator next to 0 makes a rate that is no number
            (per / n > LARGEST_RATE, Detail.IMPOSSIBLE_INPUT),
        ],
    )
    own = {name: pl.col(name) for name in numbers}
    return on_numbers(numbers, on_numbers({**own, **limits_of_counts}, estimate, in_slices=True)).alias("crude_rate")


def count(
    numerator: Column,
    *,
    method: str = "exact_or_byar",
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.Expr:
    """Return counts of events with their Poisson intervals, row by row.

    Args:
        numerator: The events, 0 or more.
        method: `exact_or_byar` (exact below 10 events, else Byar), `byar` (plain) or `exact` (whatever the count).
        confidence: Confidence levels as fractions.

    Returns:
        A struct of `value` (the count as Float64), one pair of limits a level, `reason` and `detail`. The
        interval describes the underlying number of events that such a place would see, not a miscount.

    Raises:
        ValueError: A confidence level is none.
        UnknownNameError: No method for counts has the name.

    Source: as for `crude_rate`.

    >>> admissions = pl.DataFrame({"admissions": [0, -1]})
    >>> estimates = admissions.select(count("admissions").struct.unnest())
    >>> estimates.select("value", "lower_ci_95", pl.col("upper_ci_95").round(4), "detail").rows()
    [(0.0, 0.0, 3.6889, None), (None, None, None, 'impossible input')]
    """
    levels = checked_levels(confidence)
    checked_count_method(method)
    x = pl.col("x")
    bounds, limits_of_counts = _limits_of_counts(x, levels, method)
    estimate = estimate_struct(
        value=x,
        limits=bounds,
        levels=levels,
        is_missing=x.is_null(),
        refusals=[((x < 0) | (x > LARGEST_INPUT), Detail.IMPOSSIBLE_INPUT)],
    )
    return on_numbers({"x": as_number(numerator)}, on_numbers({"x": x, **limits_of_counts}, estimate)).alias("count")


def _limits_of_counts(
    x: pl.Expr, levels: Sequence[float], method: str
) -> tuple[list[tuple[pl.Expr, pl.Expr]], dict[str, pl.Expr]]:
    """Return the columns of a count's limits at each level, and what each of them holds."""
    worked_out: dict[str, pl.Expr] = {}
    bounds: list[tuple[pl.Expr, pl.Expr]] = []
    for place, level in enumerate(levels):
        names = (f"lower_{place}", f"upper_{place}")
        worked_out |= zip(names, poisson_limits(x, level, method), strict=True)
        bounds.append((pl.col(names[0]), pl.col(names[1])))
    return bounds, worked_out
