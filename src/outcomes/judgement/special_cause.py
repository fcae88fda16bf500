"""The third signal: what each current figure shows beside its process limits, and where its targets lie."""

from typing import Final

import polars as pl

from outcomes.judgement.current import CURRENT_KEY, as_judgements, why_no_value
from outcomes.judgement.obstacles import Obstacle, first_obstacle
from outcomes.judgement.process_points import CHARTED_KINDS
from outcomes.judgement.sides import LEVEL
from outcomes.statistics.special_cause import assurance
from outcomes.vocabulary import Detail, Reason, Signal, TargetKind, Variation, Word

__all__ = ["FEWEST_USABLE_POINTS", "special_causes", "with_assurance"]

FEWEST_USABLE_POINTS: Final = 8
"""Below so many points with a value since the limits began, a special cause cannot be told from chance."""

_POINT: Final = (*CURRENT_KEY, "period_kind", "period_start")
_WITHOUT_ASSURANCE: Final = (TargetKind.GAP.value, TargetKind.BENCHMARK.value)
_LIMITS: Final = ("process_mean", "lower_process_limit", "upper_process_limit")


def special_causes(current: pl.DataFrame, points: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each current figure of which a framework asks it: what its last point shows, or why not.

    A special cause is improving or getting worse by the polarity, and higher or lower (rising or falling too) where
    nobody says which way is good; common cause is *no significant change*, which is never said for *cannot tell*.

    Arguments:
        current: The current figures with their terms (`current_figures`).
        points: Their charts (`process_points`).

    Returns:
        The judgements' columns; `against` is the method, `against_value` the process mean, `amount` the distance from
        it and `points` how many have a value since the limits began.

    Source: NHS England, Making Data Count.
    """
    asked = current.filter(pl.col("special_cause_method") != "").with_columns(against=pl.col("special_cause_method"))
    held = asked.join(
        points.select(*_POINT, *_LIMITS, "variation", pl.col("direction").alias("moved"), pl.col("points")),
        on=list(_POINT),
        how="left",
        maintain_order="left",
    )
    judged = held.with_columns(_obstacles().alias("obstacle")).unnest("obstacle")
    is_told = pl.col("because").is_null()
    has_mean = is_told | (pl.col("detail_not") == Detail.NO_SPREAD.value).fill_null(value=False)
    return as_judgements(
        judged.with_columns(
            pl.when(is_told).then(_word()).otherwise(pl.lit(Word.CANNOT_TELL.value)).alias("word"),
            pl.when(is_told).then(pl.coalesce("moved", pl.lit(LEVEL))).alias("direction"),
            pl.when(has_mean).then("process_mean").alias("against_value"),
            pl.when(has_mean).then(pl.col("value") - pl.col("process_mean")).alias("amount"),
            pl.when(~is_told).then("reason_not").alias("reason"),
            pl.when(~is_told).then("detail_not").alias("detail"),
        ),
        Signal.SPECIAL_CAUSE,
    )


def with_assurance(
    targets: pl.DataFrame, held: pl.DataFrame, current: pl.DataFrame, points: pl.DataFrame
) -> pl.DataFrame:
    """Return the judgements of targets with what the process limits say of them.

    Arguments:
        targets: Judgements of the fourth signal.
        held: What they were held against (`TARGET_COLUMNS`): a gap is none of the process, and a benchmark moves.
        current: The current figures with their terms.
        points: Their charts (`process_points`).

    Returns:
        The same rows; `assurance` where there are limits of enough points and a level to hold beside them.

    Source: NHS England, Making Data Count: assurance icons.
    """
    limits = points.filter(
        pl.col("lower_process_limit").is_not_null() & (pl.col("points") >= FEWEST_USABLE_POINTS)
    ).select(*_POINT, "lower_process_limit", "upper_process_limit")
    if limits.is_empty():
        return targets
    beside = targets.drop("assurance").join(limits, on=list(_POINT), how="left", maintain_order="left")
    polarities = current.select(*CURRENT_KEY, "polarity")
    beside = beside.join(polarities, on=list(CURRENT_KEY), how="left", maintain_order="left")
    without = held.filter(pl.col("kind").is_in(_WITHOUT_ASSURANCE))["target_key"].unique().to_list()
    told = beside.with_columns(
        pl.when(pl.col("lower_process_limit").is_not_null() & ~pl.col("target_key").is_in(without))
        .then(assurance(target="against_value", polarity="polarity"))
        .alias("assurance")
    )
    return told.select(targets.columns)


def _word() -> pl.Expr:
    words = {
        Variation.IMPROVEMENT.value: Word.IMPROVING.value,
        Variation.CONCERN.value: Word.GETTING_WORSE.value,
        Variation.COMMON_CAUSE.value: Word.NO_SIGNIFICANT_CHANGE.value,
    }
    unjudged = pl.when(pl.col("moved") == "up").then(pl.lit(Word.HIGHER.value)).otherwise(pl.lit(Word.LOWER.value))
    return (
        pl.when(pl.col("variation") == Variation.NOT_JUDGED.value)
        .then(unjudged)
        .otherwise(pl.col("variation").replace_strict(words, default=None, return_dtype=pl.String))
    )


def _obstacles() -> pl.Expr:
    """Return what stands in the way of a word, the first that does: a Reason, its Detail, a sentence."""
    value, mean = pl.col("value"), pl.col("process_mean")
    has_limits = pl.col("lower_process_limit").is_not_null()
    is_level = (value - mean).abs() <= 1e-12 * mean.abs()
    none = pl.lit(None, dtype=pl.String)
    cannot = pl.lit(Reason.CANNOT_BE_CALCULATED.value)
    cases: list[Obstacle] = [
        (
            ~pl.col("period_kind").is_in(list(CHARTED_KINDS)),
            pl.lit(Reason.NOT_APPLICABLE.value),
            none,
            pl.lit("Special cause is told only of monthly and quarterly figures."),
        ),
        (
            value.is_null(),
            pl.col("reason"),
            pl.col("detail"),
            pl.format("There is no value for {}: {}.", pl.col("period"), why_no_value()),
        ),
        (
            pl.col("variation").is_null(),
            pl.lit(Reason.NOT_COMPARABLE.value),
            none,
            pl.format(
                "A part of the figure for {} is missing, so it does not compare with those before.", pl.col("period")
            ),
        ),
        (
            pl.col("points") < FEWEST_USABLE_POINTS,
            cannot,
            pl.lit(Detail.TOO_FEW_POINTS.value),
            pl.format(
                "Too few points: {} with a value since the limits begin, {} are needed.",
                pl.col("points"),
                pl.lit(FEWEST_USABLE_POINTS),
            ),
        ),
        (
            # too much apart to have limits, or too much alike
            ~has_limits & ~is_level,
            cannot,
            pl.lit(Detail.NO_SPREAD.value),
            pl.lit("Most neighbouring points do not differ, so there are no limits to hold the others against."),
        ),
    ]
    return first_obstacle(cases)
