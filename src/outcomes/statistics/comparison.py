"""Compares a value with a benchmark through the value's confidence intervals."""

import polars as pl

from outcomes.statistics.estimate_columns import Column, as_number
from outcomes.vocabulary import Polarity, Word

__all__ = ["compare_with_benchmark"]


def compare_with_benchmark(
    *,
    benchmark: Column | float = "benchmark",
    polarity: Polarity | str | pl.Expr = "polarity",
    value: Column = "value",
    lower_ci_95: Column = "lower_ci_95",
    upper_ci_95: Column = "upper_ci_95",
    lower_ci_99_8: Column | None = "lower_ci_99_8",
    upper_ci_99_8: Column | None = "upper_ci_99_8",
) -> pl.Expr:
    """Return the word that compares each value with its benchmark.

    A benchmark inside the 95 % interval, bounds included, is *similar*. Outside it the value is higher or lower,
    which polarity turns into better or worse; outside the 99.8 % interval too, it is much so. With `no_judgement`
    it stays (much) higher or lower.

    Args:
        benchmark: What is compared with: a column, or one number for all rows, in the value's unit.
        polarity: One `Polarity` for all rows, or a column of their texts.
        value: The value that is compared.
        lower_ci_95: Its lower 95 % limit.
        upper_ci_95: Its upper 95 % limit.
        lower_ci_99_8: Its lower 99.8 % limit; None where there is none, and then nothing is *much*.
        upper_ci_99_8: Its upper 99.8 % limit; likewise.

    Returns:
        The `Word`, as text: `similar`, `better`, `worse`, `much better`, `much worse`, `higher`, `lower`, `much
        higher`, `much lower`; `not compared` where the value, its 95 % interval, the benchmark or the polarity is
        missing or is none (a limit above the other, a number that is not finite, an unknown polarity).

    Source: OHID, Fingertips public health technical guidance: comparisons by confidence intervals.

    >>> places = pl.DataFrame({
    ...     "value": [10.0, 10.0, None], "lower_ci_95": [8.0, 8.0, None], "upper_ci_95": [12.0, 12.0, None],
    ...     "lower_ci_99_8": [6.0, 6.0, None], "upper_ci_99_8": [14.0, 14.0, None], "benchmark": [13.0, 15.0, 9.0]})
    >>> places.select(compare_with_benchmark(polarity=Polarity.LOWER_IS_BETTER))["comparison"].to_list()
    ['better', 'much better', 'not compared']
    """
    mark, middle = as_number(benchmark), as_number(value)
    lower, upper = as_number(lower_ci_95), as_number(upper_ci_95)
    missing = pl.lit(None, dtype=pl.Float64)
    outer_lower = missing if lower_ci_99_8 is None else as_number(lower_ci_99_8)
    outer_upper = missing if upper_ci_99_8 is None else as_number(upper_ci_99_8)

    known = [word.value for word in Polarity]
    stated = (
        pl.lit(polarity.value)
        if isinstance(polarity, Polarity)
        else (pl.col(polarity) if isinstance(polarity, str) else polarity).cast(pl.String)
    )
    is_comparable = pl.all_horizontal(
        *(number.is_not_null() & number.is_finite() for number in (mark, middle, lower, upper)),
        (lower <= upper).fill_null(value=False),
        stated.is_in(known).fill_null(value=False),
    )
    is_higher, is_lower = lower > mark, upper < mark
    # a limit that is missing or NaN is no evidence of much
    is_much = (
        pl.when(is_higher)
        .then(outer_lower.is_finite() & (outer_lower > mark))
        .otherwise(outer_upper.is_finite() & (outer_upper < mark))
        .fill_null(value=False)
    )
    judged = stated != Polarity.NO_JUDGEMENT.value
    is_better = is_higher == (stated == Polarity.HIGHER_IS_BETTER.value)
    return (
        pl.when(~is_comparable)
        .then(pl.lit(Word.NOT_COMPARED.value))
        .when(~(is_higher | is_lower))
        .then(pl.lit(Word.SIMILAR.value))
        .when(judged & is_better)
        .then(_two_levels(is_much, Word.MUCH_BETTER, Word.BETTER))
        .when(judged)
        .then(_two_levels(is_much, Word.MUCH_WORSE, Word.WORSE))
        .when(is_higher)
        .then(_two_levels(is_much, Word.MUCH_HIGHER, Word.HIGHER))
        .otherwise(_two_levels(is_much, Word.MUCH_LOWER, Word.LOWER))
        .alias("comparison")
    )


def _two_levels(is_much: pl.Expr, much: Word, plain: Word) -> pl.Expr:
    return pl.when(is_much).then(pl.lit(much.value)).otherwise(pl.lit(plain.value))
