"""Multipliers: what a rate is given per."""

import math

import polars as pl

from outcomes.statistics.estimate_columns import Multiplier, as_number

__all__ = ["checked_multiplier"]


def checked_multiplier(multiplier: Multiplier) -> pl.Expr:
    """Return a multiplier as a Float64 expression, refusing one that is not a number above 0.

    Args:
        multiplier: One number for all rows, or a column of them (checked row by row by the method).

    Returns:
        The expression.

    Raises:
        ValueError: The number is not finite, or not above 0.

    >>> pl.select(checked_multiplier(1000)).item()
    1000.0
    """
    if isinstance(multiplier, int | float) and not (math.isfinite(multiplier) and multiplier > 0):
        raise ValueError(
            f"multiplier: found {multiplier}, expected a number above 0. Use 100 for per cent, 100000 for a rate per 100,000."
        )
    return as_number(multiplier)
