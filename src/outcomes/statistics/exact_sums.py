"""Sums of floats that do not depend on the order of the rows or the number of threads."""

import math
from itertools import accumulate, pairwise
from typing import Final

import polars as pl

__all__ = ["exact_sums"]

_LARGEST_WHOLE: Final = 2.0**53
"""Up to here every whole number is a float, so sums of whole numbers are exact in any order."""


def exact_sums(numbers: pl.Series) -> pl.Series:
    """Return the correctly rounded sum of each list of numbers.

    A float sum inside a threaded `group_by` differs from run to run; this one is the float nearest to the true
    sum, so any order of the same numbers gives the same bits.

    Args:
        numbers: A series of lists of Float64; a missing or not finite number makes its sum missing.

    Returns:
        The sums, Float64, under the same name; never a negative zero.

    Source: Shewchuk JR, Discrete and Computational Geometry 1997;18:305-63 (as in Python's `math.fsum`).

    >>> exact_sums(pl.Series("number", [[0.1] * 10, [1.0, None]])).to_list()
    [1.0, None]
    """
    is_finite = numbers.list.eval(pl.element().is_finite().fill_null(value=False)).list.all()
    is_finite = is_finite.fill_null(value=False)
    if not is_finite.all():
        whole = pl.Series(numbers.name, [None] * len(numbers), dtype=pl.Float64)
        positions = is_finite.arg_true()
        return whole.scatter(positions, exact_sums(numbers.gather(positions)))
    lengths = numbers.list.len()
    flat = numbers.filter(lengths > 0).explode().cast(pl.Float64)
    # counts are whole: then nothing rounds, and polars may add in any order
    if (flat == flat.round()).all() and flat.abs().sum() < _LARGEST_WHOLE:
        sums = numbers.list.sum().cast(pl.Float64)
        # polars leaves -0.0 as it is, even where 0.0 is added to it
        return sums.set(sums == 0, 0.0)
    ends = accumulate(lengths.to_list(), initial=0)
    values = flat.to_list()
    exact = [_sum(values[start:end]) for start, end in pairwise(ends)]
    return pl.Series(numbers.name, exact, dtype=pl.Float64)


def _sum(numbers: list[float]) -> float | None:
    try:
        return math.fsum(numbers) + 0.0
    except OverflowError:
        return None
