"""Explains the fourth signal: the points agreed, the level that the path expects, and the distance to it."""

import math
from itertools import pairwise

from outcomes.period import Period, period_from_text, period_starting
from outcomes.scorecard.model import ExplanationStep, Working
from outcomes.target import Target
from outcomes.vocabulary import PeriodKind
from outcomes.workflows.explained.case import Case, Row
from outcomes.workflows.explained.working import figure, table, working

__all__ = ["explained_target"]


def explained_target(case: Case, row: Row, step: ExplanationStep) -> ExplanationStep:
    """Return the step of a target with what was agreed, the arithmetic of its path, and the distance."""
    if not row["target_period"]:
        return step
    target = _agreed(case, row)
    figures = [*step.figures, ("decision", row["against_code"] or "")]
    tables = step.tables
    workings: list[Working | None] = list(step.workings)
    if target is not None:
        figures.append(("agreed on", target.agreed_on.isoformat()))
        figures.append(("reached by", "the value alone" if target.reached_by == "point" else "the whole interval"))
        agreed = [(point.period, point.value) for point in target.points]
        tables += table("The points agreed", ("period", "level"), agreed)
        workings.append(_on_the_path(case, row, target))
    said = (("by the setter's own rule", row["reached"]), ("beside chance", row["certainty"]))
    figures += [(name, word) for name, word in said if word]
    if None not in (case.chosen["lower_ci_95"], case.chosen["upper_ci_95"], row["against_value"]):
        ends = case.chosen["lower_ci_95"], case.chosen["upper_ci_95"]
        holds = "holds" if ends[0] <= row["against_value"] <= ends[1] else "leaves out"
        between = f"{figure(ends[0])} to {figure(ends[1])}"
        figures.append(("95 % interval", f"{between}, which {holds} {figure(row['against_value'])}"))
    inputs = {"value": case.chosen["value"], "level expected": row["against_value"]}
    workings.append(working("distance", "value − level expected", inputs, row["amount"]))
    return step.model_copy(
        update={
            "figures": tuple(figures),
            "tables": tables,
            "workings": tuple(one for one in workings if one is not None),
        }
    )


def _agreed(case: Case, row: Row) -> Target | None:
    """The target as agreed: by who set it, the decision, and its last point."""
    agreement = case.partnership.agreement_for(row["area_code"], case.as_of)
    for target in (*(agreement.targets if agreement else ()), *case.inclusion(row["framework_id"]).targets):
        if (
            target.indicator == case.indicator.id
            and target.breakdown == row["breakdown"]
            and target.area_code in ("", row["area_code"])
            and target.set_by.value == row["against"]
            and target.decision == row["against_code"]
            and target.points
            and target.points[-1].period == row["target_period"]
            and target.points[-1].value == row["target_value"]
        ):
            return target
    return None


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
