"""Says the word of a figure held against a target, and beside it whether it is reached, how clearly and how far off."""

import polars as pl

from outcomes.judgement.current import why_no_value
from outcomes.judgement.sides import DOWN, LEVEL, UP
from outcomes.vocabulary import Certainty, Detail, Polarity, Reached, Reason, TargetKind, Word

__all__ = ["with_words"]

# what is left of a difference of equal numbers after some arithmetic
_DUST = 1e-12


def with_words(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with their word, what is said beside it, and why it cannot be told.

    One rule for all kinds: the distance to what is expected has a 95 % interval; wholly on the good side of 0 the
    target is met (before its end, against its path: on track), wholly on the bad side not met (off track), else it
    cannot be told.

    Arguments:
        rows: Figures held against a target, with `kind`, `against_value`, `measured_value` (of a gap its size),
            `lower_amount`, `upper_amount`, `is_due`, `is_by_interval`, `expectation_obstacle`, `expectation_reason`,
            `obstacle`, `obstacle_reason` and `obstacle_detail`.
    """
    measured = pl.when(_is_gap()).then("measured_value").otherwise("value")
    is_exact = pl.col("kind").is_in([TargetKind.LEVEL.value, TargetKind.PATH.value])
    scale = _DUST * (measured.abs() + pl.col("against_value").abs())
    distance = measured - pl.col("against_value")
    rows = rows.with_columns(
        pl.when(~is_exact & (distance.abs() <= scale)).then(0.0).otherwise(distance).alias("amount"),
        *(
            pl.when(~is_exact & (pl.col(name).abs() <= scale)).then(0.0).otherwise(name).alias(name)
            for name in ("lower_amount", "upper_amount")
        ),
    ).with_columns(_side().alias("direction"))
    side = pl.col("direction")
    # the size of a gap is good where it is small, whichever way its measure is
    is_up_good = (pl.col("polarity") == Polarity.HIGHER_IS_BETTER.value) & ~_is_gap()
    has_polarity = pl.col("polarity") != Polarity.NO_JUDGEMENT.value
    good_side = pl.when(is_up_good).then(pl.lit(UP)).otherwise(pl.lit(DOWN))
    because, reason, detail = _obstacle(has_polarity)
    is_free = because.is_null() & side.is_not_null()
    on_good, on_bad = is_free & (side == good_side), is_free & (side != good_side) & (side != LEVEL)
    word = (
        pl.when(on_good)
        .then(_word(Word.MET, Word.ON_TRACK))
        .when(on_bad)
        .then(_word(Word.NOT_MET, Word.OFF_TRACK))
        .otherwise(pl.lit(Word.CANNOT_TELL.value))
    )
    # the end of the interval that is nearest to the bad side
    nearest = pl.when(is_up_good).then("lower_amount").otherwise("upper_amount")
    tested = pl.when(pl.col("is_by_interval")).then(nearest).otherwise("amount")
    is_reached = pl.when(is_up_good).then(tested >= 0).otherwise(tested <= 0)
    return rows.with_columns(
        word.alias("word"),
        pl.when(has_polarity & is_reached)
        .then(pl.lit(Reached.REACHED.value))
        .when(has_polarity & ~is_reached)
        .then(pl.lit(Reached.NOT_REACHED.value))
        .alias("reached"),
        pl.when(side == LEVEL)
        .then(pl.lit(Certainty.WITHIN_CHANCE.value))
        .when(side.is_not_null())
        .then(pl.lit(Certainty.CLEAR.value))
        .alias("certainty"),
        because.alias("because"),
        reason.alias("reason"),
        detail.alias("detail"),
    )


def _is_gap() -> pl.Expr:
    return pl.col("kind") == TargetKind.GAP.value


def _side() -> pl.Expr:
    """Return on which side of 0 the interval of the distance lies; missing where it has none."""
    is_known = pl.col("lower_amount").is_not_null() & pl.col("upper_amount").is_not_null()
    return (
        pl.when(~is_known)
        .then(pl.lit(None, dtype=pl.String))
        .when(pl.col("lower_amount") > 0)
        .then(pl.lit(UP))
        .when(pl.col("upper_amount") < 0)
        .then(pl.lit(DOWN))
        .otherwise(pl.lit(LEVEL))
    )


def _obstacle(has_polarity: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Return why a word cannot be told (a sentence, missing where it can), the Reason and its Detail."""
    is_without_value = pl.col("value").is_null()
    no_value = pl.format("There is no value for {}: {}.", pl.col("period"), why_no_value())
    is_too_early = pl.col("expectation_obstacle") != ""
    is_obstructed = pl.col("obstacle") != ""
    is_without_interval = pl.col("lower_amount").is_null() | pl.col("upper_amount").is_null()
    has_own_interval = pl.col("lower_ci_95").is_not_null() & pl.col("upper_ci_95").is_not_null()
    without_interval = (
        pl.when(has_own_interval)
        .then(pl.lit("A figure that it is held against has no confidence interval, so chance cannot be told."))
        .otherwise(pl.lit("The value has no confidence interval, so chance cannot be told from a difference."))
    )
    because = (
        pl.when(is_without_value)
        .then(no_value)
        .when(~has_polarity)
        .then(pl.lit("Nobody agreed which direction is good, so a target cannot be met or missed."))
        .when(is_too_early)
        .then("expectation_obstacle")
        .when(is_obstructed)
        .then("obstacle")
        .when(is_without_interval)
        .then(without_interval)
        .when(pl.col("direction") == LEVEL)
        .then(pl.lit("The interval holds the target, so chance alone could explain the difference."))
    )
    reason = (
        pl.when(is_without_value)
        .then("reason")
        .when(~has_polarity)
        .then(pl.lit(Reason.NOT_APPLICABLE.value))
        .when(is_too_early)
        .then("expectation_reason")
        .when(is_obstructed)
        .then("obstacle_reason")
        .when(is_without_interval)
        .then(pl.lit(Reason.CANNOT_BE_CALCULATED.value))
    )
    detail = (
        # the estimate's own Detail, where it is the estimate that stands in the way
        pl.when(is_without_value)
        .then("detail")
        .when(~has_polarity | is_too_early)
        .then(pl.lit(None, dtype=pl.String))
        .when(is_obstructed)
        .then("obstacle_detail")
        .when(is_without_interval & has_own_interval)
        .then(pl.lit(Detail.NO_SPREAD.value))
        .when(is_without_interval)
        .then("detail")
    )
    return because, reason, detail


def _word(due: Word, on_the_way: Word) -> pl.Expr:
    return pl.when(pl.col("is_due")).then(pl.lit(due.value)).otherwise(pl.lit(on_the_way.value))
