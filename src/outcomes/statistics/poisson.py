"""Poisson limits of a count of events: exact, and Byar's approximation."""

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.statistics.confidence import normal_quantile
from outcomes.statistics.estimate_columns import on_distinct_values

__all__ = [
    "COUNT_METHODS",
    "EXACT_BELOW",
    "byar_limits",
    "checked_count_method",
    "exact_limits",
    "poisson_limits",
]

EXACT_BELOW = 10.0
"""Counts below this have exact limits by `exact_or_byar`; the count itself decides, whole or not."""

COUNT_METHODS = ("exact_or_byar", "byar", "exact")


def checked_count_method(method: str) -> str:
    """Return the name of a method for counts, refusing one that is none.

    Args:
        method: A method's name.

    Returns:
        The same name.

    Raises:
        UnknownNameError: No method for counts has the name.

    >>> checked_count_method("byar")
    'byar'
    """
    if method not in COUNT_METHODS:
        raise UnknownNameError(
            f"method: found {method!r}, expected one of {', '.join(COUNT_METHODS)}. "
            "Use exact_or_byar unless an older extract must be matched."
        )
    return method


def byar_limits(count: pl.Expr, confidence: float) -> tuple[pl.Expr, pl.Expr]:
    """Return Byar's approximate limits of a Poisson count.

    Args:
        count: The count, Float64, 0 or more.
        confidence: The confidence level as a fraction.

    Returns:
        The lower limit (never below 0) and the upper limit, as counts.

    Source: Breslow NE, Day NE, Statistical methods in cancer research, volume II, IARC 1987.

    >>> lower, upper = byar_limits(pl.lit(20.0), 0.95)
    >>> pl.select(lower.round(4).alias("lower"), upper.round(4).alias("upper")).row(0)
    (12.2114, 30.8899)
    """
    z = normal_quantile(confidence)
    # a plain product: a cube by pow() differs between machines in the last bit
    root = 1.0 - 1.0 / (9.0 * count) - z / (3.0 * count.sqrt())
    # below about four events the root goes under 0, and a count cannot
    lower = pl.when(root > 0).then(count * (root * root * root)).otherwise(pl.when(count >= 0).then(0.0))
    above = count + 1.0
    upper_root = 1.0 - 1.0 / (9.0 * above) + z / (3.0 * above.sqrt())
    return lower, above * (upper_root * upper_root * upper_root)


def exact_limits(count: pl.Expr, confidence: float) -> tuple[pl.Expr, pl.Expr]:
    """Return the exact limits of a Poisson count, by the chi-squared (gamma) quantile.

    Args:
        count: The count, Float64, 0 or more; missing stays missing.
        confidence: The confidence level as a fraction.

    Returns:
        The lower limit (0 for a count of 0) and the upper limit, as counts.

    Source: Armitage P, Berry G, Statistical methods in medical research, 4th edition, Blackwell 2002.

    >>> lower, upper = exact_limits(pl.lit(5.0), 0.95)
    >>> pl.select(lower.round(4).alias("lower"), upper.round(4).alias("upper")).row(0)
    (1.6235, 11.6683)
    """
    tail = (1.0 - confidence) / 2.0

    def lower_of(counts: pl.Series) -> pl.Series:
        from scipy import special

        return pl.Series(special.gammaincinv(counts.to_numpy(), tail), dtype=pl.Float64)

    def upper_of(counts: pl.Series) -> pl.Series:
        from scipy import special

        return pl.Series(special.gammainccinv((counts + 1.0).to_numpy(), tail), dtype=pl.Float64)

    # the lower quantile has no meaning at a count of 0, where the limit is 0
    positive = pl.when(count > 0).then(count)
    lower = pl.when(count == 0).then(0.0).otherwise(on_distinct_values(positive, lower_of))
    return lower, on_distinct_values(count, upper_of)


def poisson_limits(count: pl.Expr, confidence: float, method: str) -> tuple[pl.Expr, pl.Expr]:
    """Return the limits of a Poisson count by a named method.

    Args:
        count: The count, Float64; limits of a negative or not finite count are missing or have no meaning.
        confidence: The confidence level as a fraction.
        method: `exact_or_byar` (exact below 10 events, else Byar), `byar` (plain) or `exact` (whatever the count).

    Returns:
        The lower and the upper limit, as counts.

    Raises:
        UnknownNameError: No method for counts has the name.

    >>> lower, upper = poisson_limits(pl.lit(5.0), 0.95, "byar")
    >>> pl.select(lower.round(4).alias("lower"), upper.round(4).alias("upper")).row(0)
    (1.6113, 11.6682)
    """
    approximate_lower, approximate_upper = byar_limits(count, confidence)
    if checked_count_method(method) == "byar":
        return approximate_lower, approximate_upper
    if method == "exact":
        return exact_limits(pl.when(count >= 0).then(count), confidence)
    is_small = (count >= 0) & (count < EXACT_BELOW)
    small = pl.when(is_small).then(count)
    exact_lower, exact_upper = exact_limits(small, confidence)
    return (
        pl.when(is_small).then(exact_lower).otherwise(approximate_lower),
        pl.when(is_small).then(exact_upper).otherwise(approximate_upper),
    )
