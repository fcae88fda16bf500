"""The fourth signal: each current value beside the national and local targets that hold for it."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl

from outcomes.judgement.current import as_judgements, why_no_value
from outcomes.judgement.expectation import expectation
from outcomes.judgement.sides import DOWN, LEVEL, UP, direction_beside
from outcomes.partnership.model import Partnership
from outcomes.period import period_from_text, period_starting
from outcomes.target import Target
from outcomes.vocabulary import Certainty, PeriodKind, Polarity, Reached, Reason, Signal, Word

__all__ = ["targets"]

_TARGETS: Final[dict[str, pl.DataType]] = {
    "target_number": pl.Int64(),
    "framework_id": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    # empty on a national target, which holds for every area
    "target_area": pl.String(),
    "breakdown": pl.String(),
    "against": pl.String(),
    "against_code": pl.String(),
    "target_period": pl.String(),
    "target_start": pl.Date(),
    "target_value": pl.Float64(),
    "is_by_interval": pl.Boolean(),
    "is_standard": pl.Boolean(),
}
_EXPECTED: Final[dict[str, pl.DataType]] = {
    "target_number": pl.Int64(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "against_value": pl.Float64(),
    "is_due": pl.Boolean(),
    "obstacle": pl.String(),
    "obstacle_reason": pl.String(),
}
_HELD: Final = ("framework_id", "indicator_id", "indicator_version", "breakdown")


def targets(current: pl.DataFrame, partnership: Partnership, as_of: date) -> pl.DataFrame:
    """Return one row for each current figure and target that holds for it; without one, a row `no target`.

    National targets (of the inclusion) and local ones (of the place's agreement) are both there; neither overrides.
    The whole 95 % interval on the good side is *met* (before the target's period, against its path: *on track*), on
    the bad side *not met* (*off track*), else *cannot tell*. Beside the word stand *reached* by the target-setter's
    own rule (the point, or the whole interval), *clear* or *within chance* (the interval holds the level), and the
    distance. A level whose period has not come, with no path agreed, is `cannot tell`: nothing was expected yet. A
    target whose period has come stays, until a later one of the same setter has come too; a standing standard stays
    until a later standard has.

    Arguments:
        current: The current figures with their terms (`current_figures`).
        partnership: Its inclusions' and agreements' targets; those agreed after the date are not known yet.
        as_of: The date that the judgement speaks for.

    Returns:
        The judgements' columns; `against` is the level that set the target, `against_code` the decision behind it.

    Raises:
        ValueError: A period of a target is not written in its indicator's rhythm.
    """
    listed = list(_listed(partnership, as_of))
    described = pl.DataFrame(
        [
            (
                number,
                framework_id,
                *key,
                area_code,
                target.breakdown,
                target.set_by.value,
                target.decision,
                target.points[-1].period,
                period_from_text(partnership.indicators[key].period, target.points[-1].period).first,
                target.points[-1].value,
                target.reached_by == "interval",
                target.is_standard,
            )
            for number, (framework_id, key, area_code, target) in enumerate(listed)
        ],
        schema=_TARGETS,
        orient="row",
    )
    national, local = described.filter(target_area=""), described.filter(pl.col("target_area") != "")
    held = pl.concat(
        [
            current.join(national.drop("target_area"), on=_HELD),
            current.join(local, left_on=[*_HELD, "area_code"], right_on=[*_HELD, "target_area"]),
        ]
    )
    held = _still_standing(held)
    free = current.join(held.select("area_code", *_HELD).unique(), on=["area_code", *_HELD], how="anti")
    without = free.with_columns(
        pl.lit(Word.NO_TARGET.value).alias("word"),
        pl.lit("No target is agreed for it.").alias("because"),
        pl.lit(None, dtype=pl.String).alias("reason"),
        pl.lit(None, dtype=pl.String).alias("detail"),
    )
    expected = _expected(held, listed, partnership)
    judged = _judged(held.join(expected, on=["target_number", "period_kind", "period_start"], how="left"))
    return pl.concat([as_judgements(judged, Signal.TARGET), as_judgements(without, Signal.TARGET)])


def _listed(partnership: Partnership, as_of: date) -> Iterator[tuple[str, tuple[str, int], str, Target]]:
    """Give every target known on the date: its framework, indicator, area (empty for every area) and itself."""
    for framework, inclusion in partnership.inclusions:
        for target in inclusion.targets:
            if target.agreed_on <= as_of:
                yield framework.id, inclusion.key, target.area_code, target
    for area_code in sorted({agreement.area_code for agreement in partnership.agreements}):
        agreement = partnership.agreement_for(area_code, as_of)
        for target in agreement.targets if agreement else ():
            if target.agreed_on > as_of:
                continue
            for framework, inclusion in partnership.inclusions:
                if inclusion.indicator == target.indicator:
                    yield framework.id, inclusion.key, target.area_code or area_code, target


def _still_standing(held: pl.DataFrame) -> pl.DataFrame:
    """Drop the targets whose period has come, where a later one of the same setter and standing has come too."""
    come = held.filter(pl.col("target_start") <= pl.col("period_start"))
    key = ["area_code", *_HELD, "period_start", "against", "is_standard"]
    latest = come.group_by(key).agg(latest_start=pl.col("target_start").max())
    is_past = pl.col("target_start") < pl.col("latest_start")
    return held.join(latest, on=key, how="left").filter(is_past.fill_null(False).not_()).drop("latest_start")


def _expected(
    held: pl.DataFrame, listed: list[tuple[str, tuple[str, int], str, Target]], partnership: Partnership
) -> pl.DataFrame:
    """Return what each target expects of each period that it is held against: few, whatever the number of areas."""
    asked = held.select("target_number", "period_kind", "period_start").unique().sort(pl.all())
    rows = []
    for number, kind, start in asked.iter_rows():
        _, key, _, target = listed[number]
        found = expectation(target, partnership.indicators[key].period, period_starting(PeriodKind(kind), start))
        rows.append((number, kind, start, found.level, found.is_due, found.obstacle, found.reason))
    return pl.DataFrame(rows, schema=_EXPECTED, orient="row")


def _judged(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with their word, what is said beside it, and why it cannot be told."""
    rows = rows.with_columns(direction_beside("against_value").alias("direction"))
    value, level, side = pl.col("value"), pl.col("against_value"), pl.col("direction")
    is_up_good = pl.col("polarity") == Polarity.HIGHER_IS_BETTER.value
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
    nearest = pl.when(is_up_good).then("lower_ci_95").otherwise("upper_ci_95")
    tested = pl.when(pl.col("is_by_interval")).then(nearest).otherwise(value)
    is_reached = pl.when(is_up_good).then(tested >= level).otherwise(tested <= level)
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
        (value - level).alias("amount"),
        because.alias("because"),
        reason.alias("reason"),
        detail.alias("detail"),
    )


def _obstacle(has_polarity: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Return why a word cannot be told (a sentence, missing where it can), the Reason and its Detail."""
    is_without_value = pl.col("value").is_null()
    no_value = pl.format("There is no value for {}: {}.", pl.col("period"), why_no_value())
    is_obstructed = pl.col("obstacle") != ""
    is_without_interval = pl.col("lower_ci_95").is_null() | pl.col("upper_ci_95").is_null()
    because = (
        pl.when(is_without_value)
        .then(no_value)
        .when(~has_polarity)
        .then(pl.lit("Nobody agreed which direction is good, so a target cannot be met or missed."))
        .when(is_obstructed)
        .then("obstacle")
        .when(is_without_interval)
        .then(pl.lit("The value has no confidence interval, so chance cannot be told from a difference."))
        .when(pl.col("direction") == LEVEL)
        .then(pl.lit("The interval holds the target, so chance alone could explain the difference."))
    )
    reason = (
        pl.when(is_without_value)
        .then("reason")
        .when(~has_polarity)
        .then(pl.lit(Reason.NOT_APPLICABLE.value))
        .when(is_obstructed)
        .then("obstacle_reason")
        .when(is_without_interval)
        .then(pl.lit(Reason.CANNOT_BE_CALCULATED.value))
    )
    # the estimate's own Detail, where it is the estimate that stands in the way
    is_of_estimate = is_without_value | (has_polarity & ~is_obstructed & is_without_interval)
    return because, reason, pl.when(is_of_estimate).then("detail")


def _word(due: Word, on_the_way: Word) -> pl.Expr:
    return pl.when(pl.col("is_due")).then(pl.lit(due.value)).otherwise(pl.lit(on_the_way.value))
