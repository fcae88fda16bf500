"""Works out what a target of a gap, a benchmark or a change expects, and how far off what is judged is."""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from outcomes.breakdown import spoken_group
from outcomes.judgement.expectation import expectation
from outcomes.period import period_starting
from outcomes.scorecard.model import Working
from outcomes.target import Target
from outcomes.vocabulary import PeriodKind, TargetKind
from outcomes.workflows.explained.case import Case, Row
from outcomes.workflows.explained.working import figure, working

__all__ = ["INTERVAL_SOURCES", "held_against", "judged_figure", "terms_told", "terms_worked_out"]

INTERVAL_SOURCES: Final = (
    "Newcombe RG, Statistics in Medicine 1998;17:873-90",
    "Zou GY, Donner A, Statistics in Medicine 2008;27:1693-702",
)
"""How the chance of a value and of a baseline, or of two groups, is joined."""

_NOTHING: Final[Mapping[str, Any]] = {}


def held_against(case: Case, row: Row) -> Row:
    """Return what a judgement's figure was held against (`TARGET_COLUMNS`); an empty row without one."""
    found = case.judgements.targets.filter(
        (pl.col("target_key") == row["target_key"])
        & (pl.col("framework_id") == row["framework_id"])
        & (pl.col("area_code") == row["area_code"])
        & (pl.col("indicator_version") == row["indicator_version"])
    )
    return next(iter(found.iter_rows(named=True)), _NOTHING)


def judged_figure(case: Case, row: Row, breakdown: str | None = None) -> Row:
    """Return the estimate that a judgement is about, or that of another group in its period."""
    group = row["breakdown"] if breakdown is None else breakdown
    found = case.estimates.frame.filter(
        (pl.col("indicator_version") == row["indicator_version"])
        & (pl.col("area_code") == row["area_code"])
        & (pl.col("period_kind") == row["period_kind"])
        & (pl.col("period_start") == row["period_start"])
        & (pl.col("breakdown") == group)
    )
    return next(iter(found.iter_rows(named=True)), _NOTHING)


def terms_told(case: Case, row: Row, target: Target, held: Row) -> list[tuple[str, str]]:
    """Return the terms of a target in words: its kind, groups, baseline, what it matches, and the interval."""
    ordered = case.indicator.by_deprivation
    told = [("kind", target.kind.value)]
    if row["breakdown"]:
        told.append(("group", spoken_group(row["breakdown"], ordered)))
    if target.kind is TargetKind.GAP:
        told.append(("held beside", spoken_group(target.compared_with, ordered) or "everybody"))
    if target.match is not None:
        code = held.get("compared_code") or ""
        told.append(("matched", case.names.get(code, code) or target.match.value.replace("_", " ")))
        told.append(("chance of the benchmark", "none: it counts as exact, as in comparison"))
    if row["points"] is not None:
        told.append(("other areas with a figure", str(row["points"])))
    if target.baseline is not None:
        frozen = target.baseline.value is not None
        source = f"frozen in the agreement, from {target.baseline.source}" if frozen else "the figure as now known"
        told.append(("baseline", f"{target.baseline.period}, {source}"))
    lower, upper = held.get("lower_amount"), held.get("upper_amount")
    if lower is not None and upper is not None:
        told.append(("95 % interval of the distance", f"{figure(lower)} to {figure(upper)}"))
    return told


def terms_worked_out(case: Case, row: Row, target: Target, held: Row) -> list[Working | None]:
    """Return the level expected, of a gap its size, the distance, and of an own baseline the distance's limits."""
    period = period_starting(PeriodKind(row["period_kind"]), row["period_start"])
    asked = expectation(target, case.indicator.period, period)
    level, baseline = row["against_value"], held.get("baseline_value")
    own = judged_figure(case, row)
    found: list[Working | None] = []
    if target.baseline is not None:
        terms = {"factor": asked.factor, "baseline": baseline, "shift": asked.shift}
        found.append(working("level expected", "factor × baseline + shift", terms, level))
    if target.kind is TargetKind.GAP:
        ends = {"first group": own.get("value"), "second group": _other(case, row, target)}
        size = held.get("measured_value")
        found.append(working("gap", "|first group − second group|", ends, size))
        found.append(working("distance", "gap − level expected", {"gap": size, "level expected": level}, row["amount"]))
        return found
    value = own.get("value")
    found.append(
        working("distance", "value − level expected", {"value": value, "level expected": level}, row["amount"])
    )
    if target.kind is TargetKind.CHANGE and held.get("baseline_start") is not None:
        found += _limits(case, row, held, asked.factor)
    return found


def _other(case: Case, row: Row, target: Target) -> float | None:
    value: float | None = judged_figure(case, row, target.compared_with).get("value")
    return value


def _limits(case: Case, row: Row, held: Row, factor: float | None) -> list[Working | None]:
    """The limits of the distance to a share of the own baseline: the root of the squares of both sides' distances."""
    own = judged_figure(case, row)
    base = judged_figure(case, {**row, "period_start": held["baseline_start"]})
    value, then = own.get("value"), base.get("value")
    lower = {"distance": row["amount"], "value": value, "lower limit": own.get("lower_ci_95")}
    upper = {"distance": row["amount"], "value": value, "upper limit": own.get("upper_ci_95")}
    return [
        working(
            "lower 95 % limit of the distance",
            "distance − √((value − lower limit)² + (factor × (baseline's upper limit − baseline))²)",
            {**lower, "factor": factor, "baseline's upper limit": base.get("upper_ci_95"), "baseline": then},
            held.get("lower_amount"),
        ),
        working(
            "upper 95 % limit of the distance",
            "distance + √((upper limit − value)² + (factor × (baseline − baseline's lower limit))²)",
            {**upper, "factor": factor, "baseline's lower limit": base.get("lower_ci_95"), "baseline": then},
            held.get("upper_amount"),
        ),
    ]
