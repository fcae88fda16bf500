"""Sums of floats that do not depend on the order of the rows or the number of threads."""

import math

import polars as pl

__all__ = ["exact_sums"]


def exact_sums(numbers: pl.Series) -> pl.Series:
    """Return the correctly rounded sum of each list of numbers.

    A float sum inside a threaded `group_by` differs from run to run; this one is the float nearest to the true
    sum, so any order of the same numbers gives the same bits.

    Args:
        numbers: A series of lists of Float64; a missing or not finite number makes its sum missing.

    Returns:
        The sums, Float64, under the same name.

    Source: Shewchuk JR, Discrete and Computational Geometry 1997;18:305-63 (as in Python's `math.fsum`).

    >>> exact_sums(pl.Series("number", [[0.1] * 10, [1.0, None]])).to_list()
    [1.0, None]
    """
    sums: list[float | None] = []
    for row in numbers.to_list():
        if any(number is None or not math.isfinite(number) for number in row):
            sums.append(None)
            continue
        try:
            sums.append(math.fsum(row))
        except OverflowError:
            sums.append(None)
    return pl.Series(numbers.name, sums, dtype=pl.Float64)
