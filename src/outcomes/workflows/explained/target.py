"""Explains the fourth signal: what was agreed, the level that is expected, and the distance to it."""

import math
from itertools import pairwise

from outcomes.period import Period, period_from_text, period_starting
from outcomes.scorecard.model import ExplanationStep, Working
from outcomes.target import Target
from outcomes.vocabulary import PeriodKind
from outcomes.workflows.explained.case import Case, Row
from outcomes.workflows.explained.target_terms import (
    INTERVAL_SOURCES,
    held_against,
    judged_figure,
    terms_told,
    terms_worked_out,
)
from outcomes.workflows.explained.working import figure, table, working

__all__ = ["explained_target"]


def explained_target(case: Case, row: Row, step: ExplanationStep) -> ExplanationStep:
    """Return the step of a target with what was agreed, the arithmetic of its path, and the distance."""
    if not row["target_period"]:
        return step
    target = _agreed(case, row)
    held, own = held_against(case, row), judged_figure(case, row)
    figures = [*step.figures, ("decision", row["against_code"] or "")]
    tables = step.tables
    workings: list[Working | None] = list(step.workings)
    if target is not None:
        figures.append(("agreed on", target.agreed_on.isoformat()))
        figures.append(("reached by", "the value alone" if target.reached_by == "point" else "the whole interval"))
        figures += terms_told(case, row, target, held)
        agreed = [(point.period, point.value) for point in target.points]
        tables += table("The points agreed", ("period", "level"), agreed)
        workings.append(_on_the_path(case, row, target))
    said = (("by the setter's own rule", row["reached"]), ("beside chance", row["certainty"]))
    figures += [(name, word) for name, word in said if word]
    references: tuple[int, ...] = ()
    if target is not None and not target.points:
        workings += terms_worked_out(case, row, target, held)
        if target.match is None:
            references = case.numbered(INTERVAL_SOURCES)
    else:
        if None not in (own.get("lower_ci_95"), own.get("upper_ci_95"), row["against_value"]):
            ends = own["lower_ci_95"], own["upper_ci_95"]
            holds = "holds" if ends[0] <= row["against_value"] <= ends[1] else "leaves out"
            between = f"{figure(ends[0])} to {figure(ends[1])}"
            figures.append(("95 % interval", f"{between}, which {holds} {figure(row['against_value'])}"))
        inputs = {"value": own.get("value"), "level expected": row["against_value"]}
        workings.append(working("distance", "value − level expected", inputs, row["amount"]))
    return step.model_copy(
        update={
            "figures": tuple(figures),
            "references": (*step.references, *references),
            "tables": tables,
            "workings": tuple(one for one in workings if one is not None),
        }
    )


def _agreed(case: Case, row: Row) -> Target | None:
    """The target as agreed, found by where it stands."""
    known = (one for one in case.partnership.targets_known(case.as_of) if one.key == row["target_key"])
    return next((one.target for one in known), None)


def _on_the_path(case: Case, row: Row, target: Target) -> Working | None:
    """The straight line between the two agreed points around the period; None where it lies between none."""
    if row["against_value"] is None or len(target.points) < 2:
        return None
    period = period_starting(PeriodKind(row["period_kind"]), row["period_start"])
    points: list[tuple[Period, float]] = [
        (period_from_text(case.indicator.period, point.period), point.value) for point in target.points
    ]
    for (start, level), (end, later) in pairwise(points):
        if not (start <= period < end and start.kind is period.kind):
            continue
        gone, between = period.ordinal - start.ordinal, end.ordinal - start.ordinal
        expected = level + (later - level) * gone / between
        if not math.isclose(expected, row["against_value"], rel_tol=1e-9, abs_tol=1e-12):
            return None
        return working(
            "level expected",
            "first level + (next level − first level) × periods gone / periods between",
            {"first level": level, "next level": later, "periods gone": gone, "periods between": between},
            row["against_value"],
        )
    return None
