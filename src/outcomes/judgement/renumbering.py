"""Puts numbers from protected counts beside words that were judged on true ones."""

from typing import Final

import polars as pl

from outcomes.judgement.judging import JUDGEMENT_ORDER
from outcomes.judgement.model import JUDGEMENT_COLUMNS, Judgements
from outcomes.vocabulary import BenchmarkKind, Reason, Signal

__all__ = ["renumbered"]

_NUMBERS: Final = ("against_value", "amount", "test_statistic")
# which judgement it is; the period too: a figure that moved to another period is another judgement
_KEY: Final = (*JUDGEMENT_ORDER, "period_kind", "period_start")


def renumbered(words: Judgements, numbers: Judgements) -> Judgements:
    """Return the words of one judgement with the numbers of another, row by row.

    Words are judged on true counts, but every printed number comes from protected ones: judge the estimates of the
    protected measures once more, and take its levels, distances, slopes and test statistics. A confidential row has
    no number, and a row that the other judgement does not have, or has no number for, has none either. Nor has a
    comparison with other places of which some have since been hidden: their level would be another than was judged.
    Process control charts (`process_points`) and gaps between groups (`gaps`) are those of the protected figures
    throughout.

    Arguments:
        words: Protected judgements (`Protected.judgements`).
        numbers: `judge` of the estimates of the protected measures, for the same date.

    Raises:
        ValueError: The two speak for different dates.
    """
    if words.as_of != numbers.as_of:
        raise ValueError(
            f"judgements: found numbers as of {numbers.as_of}, expected {words.as_of}, the date of the words. "
            "Judge both for one date."
        )
    found = numbers.frame.select(*_KEY, *(pl.col(name).alias(f"{name}_found") for name in (*_NUMBERS, "because")))
    is_hidden = (pl.col("reason") == Reason.CONFIDENTIAL.value).fill_null(value=False)
    joined = words.frame.join(
        found.unique(_KEY, keep="first", maintain_order=True),
        on=_KEY,
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    # the sentence says how many of the others have figures
    is_of_others = (pl.col("signal") == Signal.COMPARISON.value) & (
        pl.col("against") == BenchmarkKind.OTHER_PLACES.value
    )
    is_of_fewer = is_of_others & pl.col("because").ne_missing(pl.col("because_found"))
    frame = joined.with_columns(
        pl.when(~(is_hidden | is_of_fewer)).then(f"{name}_found").alias(name) for name in _NUMBERS
    )
    # limits and flags are numbers, and what they say of: those of the protected figures alone
    return Judgements(
        frame.select(list(JUDGEMENT_COLUMNS)), words.as_of, words.known_at, numbers.process_points, numbers.gaps
    )
