"""Multipliers: what a rate is given per."""

import polars as pl

from outcomes.statistics.estimate_columns import LARGEST_INPUT, Multiplier, as_number

__all__ = ["checked_multiplier"]


def checked_multiplier(multiplier: Multiplier) -> pl.Expr:
    """Return a multiplier as a Float64 expression, refusing one that is not a number above 0.

    Args:
        multiplier: One number for all rows, or a column of them (checked row by row by the method).

    Returns:
        The expression.

    Raises:
        ValueError: The number is not above 0, or too large to be meant.

    >>> pl.select(checked_multiplier(1000)).item()
    1000.0
    """
    if isinstance(multiplier, int | float) and not 0 < multiplier <= LARGEST_INPUT:
        raise ValueError(
            f"multiplier: found {multiplier}, expected a number above 0. "
            "Use 100 for per cent, 100000 for a rate per 100,000."
        )
    return as_number(multiplier)
