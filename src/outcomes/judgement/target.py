"""The fourth signal: each current value beside the national and local targets that hold for it."""

from datetime import date
from typing import Final

import polars as pl

from outcomes.breakdown import spoken_group
from outcomes.estimates.model import Estimates
from outcomes.judgement.current import as_judgements
from outcomes.judgement.expectation import changed_by, expectation, frozen_level
from outcomes.judgement.model import TARGET_COLUMNS
from outcomes.judgement.target_baselines import against_own_baseline, against_the_gap_of_a_baseline
from outcomes.judgement.target_benchmarks import against_a_benchmark
from outcomes.judgement.target_words import with_words
from outcomes.partnership.model import KnownTarget, Partnership
from outcomes.period import period_from_text, period_starting
from outcomes.vocabulary import PeriodKind, QuantileRule, Signal, TargetKind, Word

__all__ = ["targets"]

_TARGETS: Final[dict[str, pl.DataType]] = {
    "target_number": pl.Int64(),
    "target_key": pl.String(),
    "kind": pl.String(),
    "framework_id": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    # empty on a national target, which holds for every area
    "target_area": pl.String(),
    # of a gap the first group
    "breakdown": pl.String(),
    "against": pl.String(),
    "against_code": pl.String(),
    "target_period": pl.String(),
    "target_start": pl.Date(),
    # of a level or path
    "target_value": pl.Float64(),
    "is_by_interval": pl.Boolean(),
    "is_standard": pl.Boolean(),
    # whether a later version of the agreement changed or dropped it
    "is_replaced": pl.Boolean(),
    # of a gap the other group, of a benchmark what is matched
    "compared_with": pl.String(),
    "match": pl.String(),
    "quantile_rule": pl.String(),
    "fewest_others": pl.Int64(),
    # how the two groups are called in a sentence
    "group_name": pl.String(),
    "compared_name": pl.String(),
    # of a baseline as now known its first day, of a frozen one its value
    "baseline_start": pl.Date(),
    "baseline_period": pl.String(),
    "frozen_value": pl.Float64(),
    # what is expected at the end: times the baseline, and more; with a frozen baseline or points as a level
    "end_factor": pl.Float64(),
    "end_shift": pl.Float64(),
    "agreed_end": pl.Float64(),
}
_EXPECTED: Final[dict[str, pl.DataType]] = {
    "target_number": pl.Int64(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "agreed_level": pl.Float64(),
    "is_due": pl.Boolean(),
    "expectation_obstacle": pl.String(),
    "expectation_reason": pl.String(),
    "factor": pl.Float64(),
    "shift": pl.Float64(),
}
# what the kinds add to their rows
_FOUND: Final[dict[str, pl.DataType]] = {
    "against_value": pl.Float64(),
    "lower_amount": pl.Float64(),
    "upper_amount": pl.Float64(),
    "measured_value": pl.Float64(),
    "baseline_value": pl.Float64(),
    "end_value": pl.Float64(),
    "compared_code": pl.String(),
    "points": pl.Int32(),
    "obstacle": pl.String(),
    "obstacle_reason": pl.String(),
    "obstacle_detail": pl.String(),
}
_HELD: Final = ("framework_id", "indicator_id", "indicator_version", "breakdown")
_EVERYBODY: Final = "everybody"


def targets(
    current: pl.DataFrame, estimates: Estimates, partnership: Partnership, as_of: date
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return one row for each current figure and target that holds for it; without one, a row `no target`.

    National targets (of the inclusion) and local ones (of the place's agreement) are both there; neither overrides.
    The whole 95 % interval on the good side is *met* (before the target's period, against its path: *on track*), on
    the bad side *not met* (*off track*), else *cannot tell*. Beside the word stand *reached* by the target-setter's
    own rule (the point, or the whole interval), *clear* or *within chance* (the interval holds what is expected), and
    the distance. What has no path expects nothing before its period: `cannot tell`. A target whose period has come
    stays, until a later one of the same setter and sort has come too; a standing standard stays until a later standard
    has.

    What a later version of an agreement changed or dropped is judged on until it ends, beside what stands now.

    Whose chance enters: against a level, a path, a benchmark or a frozen baseline that of the value alone; against a
    baseline as now known that of both; of a gap that of both groups.

    Arguments:
        current: The current figures with their terms (`current_figures`).
        estimates: Every period, for baselines and benchmarks.
        partnership: Its inclusions' and agreements' targets; those agreed after the date are not known yet.
        as_of: The date that the judgement speaks for.

    Returns:
        The judgements' columns (`against` is the level that set the target, `against_code` the decision behind it),
        and beside them, of every target that holds, what it was held against: columns `TARGET_COLUMNS`.

    Raises:
        ValueError: A period of a target is not written in its indicator's rhythm.
    """
    known = partnership.targets_known(as_of)
    described = pl.DataFrame(
        [_described(number, one, partnership) for number, one in enumerate(known)], schema=_TARGETS, orient="row"
    )
    national, local = described.filter(target_area=""), described.filter(pl.col("target_area") != "")
    held = pl.concat(
        [
            current.join(national.drop("target_area"), on=_HELD),
            current.join(local, left_on=[*_HELD, "area_code"], right_on=[*_HELD, "target_area"]),
        ]
    )
    held = _still_standing(held)
    # what was dropped is shown beside that there is none now
    standing = held.filter(~pl.col("is_replaced"))
    free = current.join(standing.select("area_code", *_HELD).unique(), on=["area_code", *_HELD], how="anti")
    without = free.with_columns(
        pl.lit(Word.NO_TARGET.value).alias("word"),
        pl.lit("No target is agreed for it.").alias("because"),
        pl.lit(None, dtype=pl.String).alias("reason"),
        pl.lit(None, dtype=pl.String).alias("detail"),
    )
    expected = _expected(held, known, partnership)
    asked = held.join(expected, on=["target_number", "period_kind", "period_start"], how="left")
    judged = with_words(_held_against(asked, estimates, partnership, as_of))
    terms = judged.select(pl.col(name).cast(dtype) for name, dtype in TARGET_COLUMNS.items())
    return pl.concat([as_judgements(judged, Signal.TARGET), as_judgements(without, Signal.TARGET)]), terms


def _described(number: int, known: KnownTarget, partnership: Partnership) -> tuple[object, ...]:
    target, indicator = known.target, partnership.indicators[known.indicator]
    kind, ordered = indicator.period, indicator.by_deprivation
    baseline = target.baseline
    is_computed = baseline is not None and baseline.value is None
    factor, shift = changed_by(target.by)
    return (
        number,
        known.key,
        target.kind.value,
        known.framework_id,
        *known.indicator,
        known.area_code,
        target.speaks_for,
        target.set_by.value,
        target.decision,
        target.last_period,
        period_from_text(kind, target.last_period).first,
        target.points[-1].value if target.points else None,
        target.reached_by == "interval",
        target.is_standard,
        known.change is not None,
        target.match.value if target.match else target.compared_with,
        target.match.value if target.match else None,
        (target.quantile_rule or QuantileRule.PHE_QUANTILE).value if target.match else None,
        target.fewest_others,
        spoken_group(target.speaks_for, ordered) or _EVERYBODY,
        spoken_group(target.compared_with, ordered) or _EVERYBODY,
        period_from_text(kind, baseline.period).first if baseline and is_computed else None,
        period_from_text(kind, baseline.period).spoken if baseline else None,
        baseline.value if baseline else None,
        factor,
        shift,
        target.points[-1].value if target.points else frozen_level(target),
    )


def _still_standing(held: pl.DataFrame) -> pl.DataFrame:
    """Drop the targets whose period has come, where a later one of the same setter, standing and sort has come too.

    One that a later version of the agreement changed or dropped stands until its own period has been judged, and takes
    no other's place.
    """
    is_over = pl.col("is_replaced") & (pl.col("target_start") < pl.col("period_start"))
    held = held.filter(~is_over)
    # a path may follow a level; a gap, a benchmark or a change says something else
    is_level = pl.col("kind").is_in([TargetKind.LEVEL.value, TargetKind.PATH.value])
    held = held.with_columns(
        pl.when(is_level)
        .then(pl.lit(""))
        .otherwise(pl.concat_str("kind", "compared_with", separator=" "))
        .alias("sort")
    )
    come = held.filter((pl.col("target_start") <= pl.col("period_start")) & ~pl.col("is_replaced"))
    key = ["area_code", *_HELD, "period_start", "against", "is_standard", "sort"]
    latest = come.group_by(key).agg(latest_start=pl.col("target_start").max())
    is_past = (pl.col("target_start") < pl.col("latest_start")) & ~pl.col("is_replaced")
    return held.join(latest, on=key, how="left").filter(is_past.fill_null(False).not_()).drop("latest_start", "sort")


def _expected(held: pl.DataFrame, known: tuple[KnownTarget, ...], partnership: Partnership) -> pl.DataFrame:
    """Return what each target expects of each period that it is held against: few, whatever the number of areas."""
    asked = held.select("target_number", "period_kind", "period_start").unique().sort(pl.all())
    rows = []
    for number, kind, start in asked.iter_rows():
        rhythm = partnership.indicators[known[number].indicator].period
        found = expectation(known[number].target, rhythm, period_starting(PeriodKind(kind), start))
        told = (found.obstacle, found.reason, found.factor, found.shift)
        rows.append((number, kind, start, found.level, found.is_due, *told))
    return pl.DataFrame(rows, schema=_EXPECTED, orient="row")


def _held_against(rows: pl.DataFrame, estimates: Estimates, partnership: Partnership, as_of: date) -> pl.DataFrame:
    """Return the rows with what each is held against and the interval of its distance, by its kind."""
    kind = pl.col("kind")
    is_own = (kind == TargetKind.CHANGE.value) & pl.col("frozen_value").is_null()
    is_gap, is_benchmark = kind == TargetKind.GAP.value, kind == TargetKind.BENCHMARK.value
    fixed = rows.filter(~(is_own | is_gap | is_benchmark))
    parts = [
        fixed.with_columns(
            pl.col("agreed_level").alias("against_value"),
            pl.col("frozen_value").alias("baseline_value"),
            pl.col("agreed_end").alias("end_value"),
            (pl.col("lower_ci_95") - pl.col("agreed_level")).alias("lower_amount"),
            (pl.col("upper_ci_95") - pl.col("agreed_level")).alias("upper_amount"),
            pl.lit("").alias("obstacle"),
        )
    ]
    if own := _some(rows.filter(is_own)):
        parts.append(against_own_baseline(own[0], estimates))
    if gaps := _some(rows.filter(is_gap)):
        parts.append(against_the_gap_of_a_baseline(gaps[0], estimates))
    if matched := _some(rows.filter(is_benchmark)):
        parts.append(against_a_benchmark(matched[0], estimates, partnership, as_of))
    names = dict.fromkeys((*rows.columns, *_FOUND))
    together = [
        part.with_columns(
            pl.lit(None, dtype=dtype).alias(name) for name, dtype in _FOUND.items() if name not in part.columns
        ).select(pl.col(name).cast(_FOUND[name]) if name in _FOUND else pl.col(name) for name in names)
        for part in parts
    ]
    return pl.concat(together)


def _some(rows: pl.DataFrame) -> list[pl.DataFrame]:
    return [] if rows.is_empty() else [rows]
