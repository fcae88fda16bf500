"""The fifth signal: whether the gap between the most and the least deprived narrows or widens."""

from typing import Final

import polars as pl

from outcomes.breakdown import WHOLE
from outcomes.judgement.current import CURRENT_KEY, as_judgements, why_no_value
from outcomes.judgement.gaps import YEARS, Gaps
from outcomes.judgement.model import JUDGEMENT_COLUMNS
from outcomes.judgement.obstacles import Obstacle, first_obstacle
from outcomes.judgement.sides import DOWN, LEVEL, UP
from outcomes.table import empty_table
from outcomes.vocabulary import Detail, Polarity, Reason, Signal, Statistic, Word

__all__ = ["group_name", "inequalities"]

_POINT: Final = (*CURRENT_KEY, "period_kind", "period_start")
_PARTS: Final = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 10: "tenth"}
_DIRECTIONS: Final = {
    Word.NARROWING.value: DOWN,
    Word.WIDENING.value: UP,
    Word.NO_SIGNIFICANT_CHANGE.value: LEVEL,
}


def group_name(groups: int) -> str:
    """Return what one of so many groups by deprivation is called.

    >>> group_name(5), group_name(10), group_name(7)
    ('fifth', 'tenth', 'group')
    """
    return _PARTS.get(groups, "group")


def inequalities(current: pl.DataFrame, gaps: Gaps, trends: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each figure of everybody that is collected by deprivation: how its gap moves, or why not.

    The absolute gap is asked for its trend by the named rule, over the newest five yearly periods. *Improving,
    unequally* is said where the gap widens while the recent trend of the average, over the same periods, is improving;
    a special cause speaks of months or quarters, of which the change of a gap is never told. Where nobody has said
    which way is good, nothing is judged. *No significant change* is not said where the intervals are so wide that
    even a gap opening from nothing to the whole of the higher end would not have been called.

    Arguments:
        current: The current figures with their terms (`current_figures`).
        gaps: What was measured (`measured_gaps`).
        trends: The second signal of the same figures.

    Returns:
        The judgements' columns; `against` is the method, `amount` the gap's slope a year (with the gap's sign),
        `test_statistic` chi-squared, `points` how many periods entered, `direction` that of the gap's size.

    Source: OHID, Fingertips public health technical guidance: trend markers. Limits of use: it compares areas by their
    deprivation, not persons.
    """
    if gaps.terms.is_empty():
        return empty_table(JUDGEMENT_COLUMNS)
    asked = current.filter(
        (pl.col("breakdown") == WHOLE)
        & pl.col("indicator_id").is_in(gaps.terms["indicator_id"].unique().sort().to_list())
    ).join(gaps.terms, on=["framework_id", "indicator_id", "indicator_version"], how="inner", maintain_order="left")
    improving = trends.filter(pl.col("word") == Word.IMPROVING.value).select(
        *CURRENT_KEY, pl.lit(value=True).alias("is_improving")
    )
    gap_columns = ("dimension", "groups", "most_deprived_value", "least_deprived_value", "absolute_gap")
    held = (
        asked.join(
            gaps.points.select(
                *_POINT,
                *gap_columns,
                pl.col("absolute_gap_lower_ci_95").alias("gap_lower"),
                pl.col("reason").alias("gap_reason"),
                pl.col("detail").alias("gap_detail"),
            ),
            on=list(_POINT),
            how="left",
            maintain_order="left",
        )
        .join(
            gaps.changes.select(
                *CURRENT_KEY,
                "period_kind",
                "change",
                "slope",
                "chi_square",
                "least_change",
                pl.col("points").cast(pl.Int32).alias("gap_points"),
                pl.col("reason").alias("change_reason"),
                pl.col("detail").alias("change_detail"),
                "obstacle",
            ),
            on=[*CURRENT_KEY, "period_kind"],
            how="left",
            maintain_order="left",
        )
        .join(improving, on=list(CURRENT_KEY), how="left", maintain_order="left")
    )
    judged = held.with_columns(_obstacles().alias("told")).unnest("told")
    is_told = pl.col("because").is_null()
    is_unequal = (pl.col("change") == Word.WIDENING.value) & pl.col("is_improving").fill_null(value=False)
    word = pl.when(is_unequal).then(pl.lit(Word.IMPROVING_UNEQUALLY.value)).otherwise("change")
    return as_judgements(
        judged.with_columns(
            pl.col("inequality_method").alias("against"),
            pl.when(is_told).then(word).otherwise(pl.lit(Word.CANNOT_TELL.value)).alias("word"),
            pl.when(is_told)
            .then(pl.col("change").replace_strict(_DIRECTIONS, default=None, return_dtype=pl.String))
            .alias("direction"),
            pl.when(is_told).then("slope").alias("amount"),
            pl.when(is_told).then("chi_square").alias("test_statistic"),
            pl.when(pl.col("absolute_gap").is_not_null()).then("gap_points").alias("points"),
            pl.when(~is_told).then("reason_not").alias("reason"),
            pl.when(~is_told).then("detail_not").alias("detail"),
        ),
        Signal.INEQUALITY,
    )


def _obstacles() -> pl.Expr:
    """Return what stands in the way of a word, the first that does: a Reason, its Detail, a sentence."""
    none = pl.lit(None, dtype=pl.String)
    not_applicable, cannot = pl.lit(Reason.NOT_APPLICABLE.value), pl.lit(Reason.CANNOT_BE_CALCULATED.value)
    gap, because_of = pl.col("absolute_gap"), pl.col("gap_reason")
    part = pl.col("groups").replace_strict(_PARTS, default="group", return_dtype=pl.String)
    end = pl.when(pl.col("most_deprived_value").is_null()).then(pl.lit("most")).otherwise(pl.lit("least"))
    why = pl.coalesce(pl.format("{} ({})", because_of, "gap_detail"), because_of)
    said = pl.concat_str(
        pl.col("obstacle").str.slice(0, 1).str.to_uppercase(), pl.col("obstacle").str.slice(1), pl.lit(".")
    )
    cases: list[Obstacle] = [
        (
            pl.col("statistic") == Statistic.COUNT.value,
            not_applicable,
            none,
            pl.lit("A gap between counts has no meaning without the populations behind them."),
        ),
        (
            pl.col("is_gap") & gap.is_null(),
            pl.col("reason"),
            pl.col("detail"),
            pl.format("There is no value for {}: {}.", pl.col("period"), why_no_value()),
        ),
        (
            pl.col("dimension").is_null(),
            pl.lit(Reason.MISSING.value),
            none,
            pl.format("No figure by deprivation was received for {}.", pl.col("period")),
        ),
        (
            gap.is_null() & (because_of == Reason.CONFIDENTIAL.value),
            because_of,
            none,
            pl.lit("A figure that the gap is made of is hidden."),
        ),
        (
            gap.is_null() & pl.col("most_deprived_value").is_not_null() & pl.col("least_deprived_value").is_not_null(),
            because_of,
            pl.col("gap_detail"),
            pl.format(
                "Both ends have a value for {}, but one of them lies outside its own interval.", pl.col("period")
            ),
        ),
        (
            gap.is_null(),
            because_of,
            pl.col("gap_detail"),
            pl.format("The {} deprived {} has no value for {}: {}.", end, part, pl.col("period"), why),
        ),
        (
            pl.col("gap_lower").is_null(),
            cannot,
            pl.coalesce(pl.col("gap_detail"), pl.lit(Detail.NO_SPREAD.value)),
            pl.lit("The gap has no confidence interval, so chance cannot be told from a change."),
        ),
        (
            pl.col("polarity") == Polarity.NO_JUDGEMENT.value,
            not_applicable,
            none,
            pl.lit("Nobody has said which way is good, so the gap is shown and not judged."),
        ),
        (
            ~pl.col("period_kind").is_in(YEARS),
            not_applicable,
            none,
            pl.lit("The change of a gap is told only of periods of one year."),
        ),
        (
            pl.col("change") == Word.CANNOT_TELL.value,
            pl.col("change_reason"),
            pl.col("change_detail"),
            pl.concat_str(pl.lit("The gap is shown, its change is not told. "), said),
        ),
        (
            (pl.col("change") == Word.NO_SIGNIFICANT_CHANGE.value) & (pl.col("least_change") > _largest_gap()),
            cannot,
            pl.lit(Detail.INTERVAL_TOO_WIDE.value),
            pl.lit(
                "The intervals are too wide: even a gap that opened from nothing to the whole of the higher end would "
                "not have been told from chance."
            ),
        ),
    ]
    return first_obstacle(cases)


def _largest_gap() -> pl.Expr:
    """Return the largest gap that could open between the two ends if one fell to nothing.

    A proportion may as well be counted by those who are not in it: the nearer side counts. Missing of a measure that is
    itself a gap: nobody knows what lies behind it.
    """
    ends = [pl.col("most_deprived_value"), pl.col("least_deprived_value")]
    higher = pl.max_horizontal(end.abs() for end in ends)
    others = pl.max_horizontal((pl.col("multiplier") - end).abs() for end in ends)
    is_proportion = pl.col("statistic") == Statistic.PROPORTION.value
    return pl.when(is_proportion).then(pl.min_horizontal(higher, others)).otherwise(higher)
