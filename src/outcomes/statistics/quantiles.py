"""Quantiles: which fifth or tenth of the areas a value lies in, by three named rules that differ."""

from collections.abc import Callable, Sequence

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.statistics.estimate_columns import Column, as_number
from outcomes.vocabulary import Detail, Reason

__all__ = ["FEWEST_AREAS", "QUANTILE_METHODS", "quantile"]

FEWEST_AREAS = 10
"""Of fewer areas than this no quantile is given, unless asked for."""

_MOST_QUANTILES = 100


def _phe_quantile(rank: pl.Expr, areas: pl.Expr, classes: int) -> pl.Expr:
    # counted from the last class; a first rank that falls out at the front stays in
    return (classes + 1 - _ceiling((areas + 1 - rank) * classes, areas)).clip(lower_bound=1)


def _fingertips_quintile(rank: pl.Expr, areas: pl.Expr, classes: int) -> pl.Expr:
    # as many cut points lie below a value as whole steps of (N - 1) / k before its rank; exact, without the cuts
    return _ceiling((rank - 1) * classes, (areas - 1).clip(lower_bound=1)).clip(lower_bound=1)


def _ntile(rank: pl.Expr, areas: pl.Expr, classes: int) -> pl.Expr:
    size, larger = areas // classes, areas % classes
    within = larger * (size + 1)
    # the first classes take one of those that are left over each
    return (
        pl.when(rank <= within)
        .then(_ceiling(rank, size + 1))
        .otherwise(larger + _ceiling(rank - within, size.clip(lower_bound=1)))
    )


def _ceiling(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """Return a quotient of whole numbers rounded up, without a float on the way."""
    return (numerator + denominator - 1) // denominator


_RULES: dict[str, Callable[[pl.Expr, pl.Expr, int], pl.Expr]] = {
    "phe_quantile": _phe_quantile,
    "fingertips_quintile": _fingertips_quintile,
    "ntile": _ntile,
}

QUANTILE_METHODS = tuple(_RULES)


def quantile(
    value: Column,
    *,
    quantiles: int = 5,
    method: str = "phe_quantile",
    highest_first: bool = False,
    by: str | Sequence[str] = (),
    fewest_areas: int = FEWEST_AREAS,
) -> pl.Expr:
    """Return which quantile of the areas each value lies in; areas with the same value are in the same one.

    The rules differ by which class has the areas that are left over: of the values 1 to 7 in fifths,
    `fingertips_quintile` makes 1 1 2 3 4 5 5 (cut points between the values, those on a cut below it), `ntile`
    1 1 2 2 3 4 5 (the first classes are the larger), and `phe_quantile` 1 1 2 3 3 4 5.

    Args:
        value: The value of each area; one without a value has no quantile and is not counted.
        quantiles: How many classes: 5 for fifths, 10 for tenths.
        method: `phe_quantile`, `fingertips_quintile` or `ntile`. A tied value ranks as the first of those it ties
            with, by each.
        highest_first: Whether quantile 1 holds the highest values.
        by: The column or columns within which areas are ranked; empty for all rows together.
        fewest_areas: Of fewer areas with a value (or fewer than there are quantiles) no quantile is given.

    Returns:
        A struct of `quantile` (from 1), `reason` and `detail`: `missing`, or `cannot be calculated` for a value that
        is not finite (`impossible input`) and for too few areas (`too few points`).

    Raises:
        UnknownNameError: No rule has the name.
        ValueError: The number of quantiles is not from 2 to 100, or `fewest_areas` is below 1.

    Limits of use: a quantile is a place in an order, not a judgement; neighbours in the order may differ by chance.

    Source: Hyndman RJ, Fan Y, American Statistician 1996;50:361-5 (definition 7, the cut points of
    `fingertips_quintile`). ISO/IEC 9075-2 (`ntile`). OHID, Fingertips public health technical guidance.

    >>> areas = pl.DataFrame({"value": [1, 2, 3, 4, 5, 6, 7]})
    >>> for rule in QUANTILE_METHODS:
    ...     fifth = quantile("value", method=rule, fewest_areas=5).struct.field("quantile")
    ...     print(rule, areas.select(fifth)["quantile"].to_list())
    phe_quantile [1, 1, 2, 3, 3, 4, 5]
    fingertips_quintile [1, 1, 2, 3, 4, 5, 5]
    ntile [1, 1, 2, 2, 3, 4, 5]
    """
    if method not in _RULES:
        raise UnknownNameError(
            f"method: found {method!r}, expected one of {', '.join(_RULES)}. Use phe_quantile unless another is named."
        )
    if not 2 <= quantiles <= _MOST_QUANTILES:
        raise ValueError(
            f"quantiles: found {quantiles}, expected 2 to {_MOST_QUANTILES}. Write 5 for fifths, 10 for tenths."
        )
    if fewest_areas < 1:
        raise ValueError(f"fewest_areas: found {fewest_areas}, expected 1 or more. Leave it out for {FEWEST_AREAS}.")
    number = as_number(value)
    ranked = pl.when(number.is_finite()).then(number)
    rank = _within(ranked.rank("min", descending=highest_first), by).cast(pl.Int64)
    areas = _within(ranked.count(), by).cast(pl.Int64)
    is_given = rank.is_not_null() & (areas >= max(quantiles, fewest_areas))
    return pl.struct(
        pl.when(is_given).then(_RULES[method](rank, areas, quantiles)).cast(pl.Int32).alias("quantile"),
        pl.when(number.is_null())
        .then(pl.lit(Reason.MISSING.value))
        .when(~is_given)
        .then(pl.lit(Reason.CANNOT_BE_CALCULATED.value))
        .alias("reason"),
        pl.when(number.is_null() | is_given)
        .then(pl.lit(None, dtype=pl.String))
        .when(rank.is_null())
        .then(pl.lit(Detail.IMPOSSIBLE_INPUT.value))
        .otherwise(pl.lit(Detail.TOO_FEW_POINTS.value))
        .alias("detail"),
    ).alias("quantile")


def _within(window: pl.Expr, by: str | Sequence[str]) -> pl.Expr:
    groups = [by] if isinstance(by, str) else list(by)
    return window.over(groups) if groups else window
