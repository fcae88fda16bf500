"""Explains the third signal: the points of the chart, its moving ranges, which were dropped, its mean and limits."""

import math
from itertools import pairwise

import polars as pl

from outcomes.scorecard.model import ExplanationStep, Working
from outcomes.statistics.special_cause import LIMIT_FACTOR, SCREENING_FACTOR
from outcomes.vocabulary import Qualifier, Statistic
from outcomes.workflows.explained.case import Case, Row
from outcomes.workflows.explained.working import table, working

__all__ = ["explained_special_cause"]


def explained_special_cause(case: Case, row: Row, step: ExplanationStep) -> ExplanationStep:
    """Return the step of special cause with the points since the limits began, and how mean and limits were made."""
    step = case.with_method(step, row["against"] or "")
    chart = _chart(case, row)
    if not chart:
        return step
    values = _values(case)
    last = chart[-1]
    points = [(one["period_start"], values.get(one["period_start"])) for one in chart]
    ranges = [
        None if before is None or after is None else abs(after - before) for (_, before), (_, after) in pairwise(points)
    ]
    counted = [one for one in ranges if one is not None]
    average = math.fsum(counted) / len(counted) if counted else 0.0
    screens = row["against"] == "ptd"
    kept = [one for one in counted if not screens or not average or one < SCREENING_FACTOR * average]
    shown = [
        (
            day.isoformat(),
            value,
            moved,
            _said(moved, kept=not screens or not average or (moved or 0.0) < SCREENING_FACTOR * average),
        )
        for (day, value), moved in zip(points, [None, *ranges], strict=True)
    ]
    title = "The points since the limits began"
    rule = f"{last['rule']}, {last['direction']}" if last["rule"] else "none applies"
    figures = (
        *step.figures,
        ("points with a value", str(last["points"])),
        ("moving ranges dropped", str(len(counted) - len(kept))),
        ("rule of the last point", rule),
        ("limits", "provisional: fewer than 13 points" if last["is_provisional"] else "of 13 points or more"),
    )
    return step.model_copy(
        update={
            "figures": figures,
            "tables": table(title, ("first day", "value", "moving range", "counts"), shown),
            "workings": (*step.workings, *_workings(last, points, counted, kept, average)),
        }
    )


def _said(moved: float | None, *, kept: bool) -> str | None:
    if moved is None:
        return None
    return "yes" if kept else "dropped"


def _chart(case: Case, row: Row) -> list[Row]:
    """The process points of the framework's chart from where the limits of the judged period began, earliest first."""
    points = case.judgements.process_points
    found = points.filter(
        (pl.col("framework_id") == row["framework_id"])
        & (pl.col("indicator_id") == case.indicator.id)
        & (pl.col("indicator_version") == case.indicator.version)
        & (pl.col("area_code") == row["area_code"])
        & (pl.col("breakdown") == row["breakdown"])
        & (pl.col("period_kind") == row["period_kind"])
        & (pl.col("period_start") <= row["period_start"])
    ).sort("period_start")
    if found.is_empty():
        return []
    return list(found.filter(pl.col("segment") == found["segment"][-1]).iter_rows(named=True))


def _values(case: Case) -> dict[object, float | None]:
    """The value of each period; a count of which a part is missing would look like a fall, and has none."""
    is_count = case.indicator.statistic is Statistic.COUNT
    return {
        one["period_start"]: None if is_count and Qualifier.PARTIAL in (one["qualifiers"] or ()) else one["value"]
        for one in case.series()
    }


def _workings(
    last: Row, points: list[tuple[object, float | None]], counted: list[float], kept: list[float], average: float
) -> tuple[Working, ...]:
    values = [value for _, value in points if value is not None]
    total = {"sum of values": math.fsum(values), "points": len(values)}
    mean = last["process_mean"]
    found = [working("process mean", "sum of values / points", total, mean)]
    if not counted:
        return tuple(one for one in found if one is not None)
    every = {"sum of moving ranges": math.fsum(counted), "moving ranges": len(counted)}
    found.append(working("average moving range", "sum of moving ranges / moving ranges", every, average))
    if len(kept) < len(counted):
        found.append(
            working(
                "moving range from which one is dropped",
                "factor × average moving range",
                {"factor": SCREENING_FACTOR, "average moving range": average},
                SCREENING_FACTOR * average,
            )
        )
        again = {"sum of those kept": math.fsum(kept), "kept": len(kept)}
        average = math.fsum(kept) / len(kept)
        found.append(working("average of those kept", "sum of those kept / kept", again, average))
    for side, sign in (("lower", "−"), ("upper", "+")):
        found.append(
            working(
                f"{side} process limit",
                f"mean {sign} factor × average moving range",
                {"mean": mean, "factor": LIMIT_FACTOR, "average moving range": average},
                last[f"{side}_process_limit"],
            )
        )
    return tuple(one for one in found if one is not None)
