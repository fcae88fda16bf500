"""Puts numbers from protected counts beside words that were judged on true ones."""

from typing import Final

import polars as pl

from outcomes.judgement.judging import JUDGEMENT_ORDER, TARGET_ORDER
from outcomes.judgement.model import JUDGEMENT_COLUMNS, TARGET_COLUMNS, Judgements
from outcomes.vocabulary import BenchmarkKind, Reason, Signal

__all__ = ["renumbered"]

_ADJUSTED: Final = ("adjusted_areas", "overdispersion", "lower_adjusted_limit", "upper_adjusted_limit")
_NUMBERS: Final = ("against_value", "amount", "test_statistic", "p_value", *_ADJUSTED)
_TARGET_NUMBERS: Final = ("baseline_value", "end_value", "measured_value", "lower_amount", "upper_amount")
_TERMS: Final = [name for name in TARGET_COLUMNS if name not in _TARGET_NUMBERS]
# which judgement it is; the period too: a figure that moved to another period is another judgement
_KEY: Final = (*JUDGEMENT_ORDER, "period_kind", "period_start")


def renumbered(words: Judgements, numbers: Judgements) -> Judgements:
    """Return the words of one judgement with the numbers of another, row by row.

    Words are judged on true counts, but every printed number comes from protected ones: judge the estimates of the
    protected measures once more, and take its levels, distances, slopes, test statistics and p-values. A confidential
    row has no number, and a row that the other judgement does not have, or has no number for, has none either. Nor
    has a comparison with other places of which some have since been hidden: their level would not be what was judged.
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
    found = numbers.frame.select(
        *_KEY, *(pl.col(name).alias(f"{name}_found") for name in (*_NUMBERS, "because", "points"))
    )
    is_hidden = (pl.col("reason") == Reason.CONFIDENTIAL.value).fill_null(value=False)
    joined = words.frame.join(
        found.unique(_KEY, keep="first", maintain_order=True),
        on=_KEY,
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    # the sentence says how many of the others have figures
    is_of_others = (pl.col("signal") == Signal.COMPARISON.value) & pl.col("against").is_in(
        [BenchmarkKind.OTHER_PLACES.value, BenchmarkKind.STATISTICAL_NEIGHBOURS.value]
    )
    is_of_fewer = is_of_others & pl.col("because").ne_missing(pl.col("because_found"))
    # the other areas among which a target has a place
    is_of_fewer |= (pl.col("signal") == Signal.TARGET.value) & pl.col("points").ne_missing(pl.col("points_found"))
    frame = joined.with_columns(
        pl.when(~(is_hidden | is_of_fewer)).then(f"{name}_found").alias(name) for name in _NUMBERS
    )
    # limits that the true counts or the shown ones do not have, where the others do, belong to no word
    is_of_one_kind = pl.col("adjusted_word").is_null() == pl.col("lower_adjusted_limit").is_null()
    frame = frame.with_columns(pl.when(is_of_one_kind).then(name).alias(name) for name in _ADJUSTED)
    # of targets that keep their numbers, what they are held against
    kept = joined.filter((pl.col("signal") == Signal.TARGET.value) & ~(is_hidden | is_of_fewer))
    targets = words.targets.select(_TERMS).join(
        numbers.targets.join(kept, on=TARGET_ORDER, how="semi").select(*TARGET_ORDER, *_TARGET_NUMBERS),
        on=TARGET_ORDER,
        how="left",
        maintain_order="left",
    )
    # limits and flags are numbers, and what they say of: those of the protected figures alone
    return Judgements(
        frame.select(list(JUDGEMENT_COLUMNS)),
        words.as_of,
        words.known_at,
        numbers.process_points,
        numbers.gaps,
        targets.select(list(TARGET_COLUMNS)),
        words.overdue,
    )
