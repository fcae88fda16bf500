"""Explains the fifth signal: the groups and their values, the gap of each period, and how its change is told."""

import math
from typing import Final

import polars as pl

from outcomes.scorecard.model import ExplanationStep, ExplanationTable, Working
from outcomes.statistics.trends import CRITICAL_CHI_SQUARE
from outcomes.workflows.explained.case import Case, Row
from outcomes.workflows.explained.trend import TERMS_OF_VALUES, line_workings, slopes_left_out
from outcomes.workflows.explained.working import figure, table, working

__all__ = ["explained_inequality"]

# twice the standard normal quantile of 95 %, as the national rule writes it
_WIDTH: Final = 3.92
_GROUP_COLUMNS: Final = ("group", "value", "lower 95 %", "upper 95 %", "population")
_GAP_COLUMNS: Final = (
    *("period from", "most deprived", "least deprived", "gap", "lower 95 %", "upper 95 %", "weight", "relative gap"),
)


def explained_inequality(case: Case, row: Row, step: ExplanationStep) -> ExplanationStep:
    """Return the step of inequality with the groups of the period, the gaps that entered, and the gap's workings."""
    step = case.with_method(step, row["against"] or "")
    gaps = _gaps(case, row)
    now = next((gap for gap in gaps if gap["period_start"] == row["period_start"]), None)
    if now is None:
        return step
    entered = [gap for gap in gaps if gap["is_in_change"]]
    shown = [_shown(gap) for gap in entered or [now]]
    groups = _groups(case, now)
    without, line = _change(row, entered)
    slope = ("Slope index of inequality", "slope_index"), ("Relative index of inequality", "relative_index")
    # two percentages differ by points
    unit = "percentage points" if case.indicator.unit.startswith("%") else case.indicator.unit
    figures = [("gap and slope index in", unit)] if unit else []
    figures += [
        (title, f"{figure(now[name])} ({_interval(now, name)})") for title, name in slope if now[name] is not None
    ]
    figures.append(("chi-squared above which it is a change", figure(CRITICAL_CHI_SQUARE)))
    if line:
        figures.append(("in the formulas", TERMS_OF_VALUES))
    return step.model_copy(
        update={
            "figures": (*step.figures, *figures),
            "tables": (
                *table("Groups by deprivation, the most deprived first", _GROUP_COLUMNS, groups),
                *table("The gap, period by period", _GAP_COLUMNS, shown),
                *without,
            ),
            "workings": (*step.workings, *_workings(now), *_limits(now, groups), *line),
        }
    )


def _gaps(case: Case, row: Row) -> list[Row]:
    found: list[Row] = list(
        case.judgements.gaps.filter(
            (pl.col("framework_id") == row["framework_id"])
            & (pl.col("indicator_id") == row["indicator_id"])
            & (pl.col("indicator_version") == row["indicator_version"])
            & (pl.col("area_code") == row["area_code"])
        )
        .sort("period_start")
        .iter_rows(named=True)
    )
    return found


def _groups(case: Case, now: Row) -> list[tuple[str | float | None, ...]]:
    """The groups of the period, most deprived first."""
    categories = next(
        (b.most_deprived_first for b in case.indicator.breakdowns if b.dimension == now["dimension"] and b.deprivation),
        (),
    )
    rows = case.estimates.frame.filter(
        (pl.col("indicator_id") == now["indicator_id"])
        & (pl.col("indicator_version") == now["indicator_version"])
        & (pl.col("area_code") == now["area_code"])
        & (pl.col("period_start") == now["period_start"])
        & (pl.col("period_kind") == now["period_kind"])
    )
    by_group = {row["breakdown"]: row for row in rows.iter_rows(named=True)}
    names = ("value", "lower_ci_95", "upper_ci_95", "denominator")
    return [
        (category, *(by_group[text][name] for name in names))
        for category in categories
        if (text := f"{now['dimension']}={category}") in by_group
    ]


def _shown(gap: Row) -> tuple[str | float | None, ...]:
    lower, upper = gap["absolute_gap_lower_ci_95"], gap["absolute_gap_upper_ci_95"]
    weight = (_WIDTH / (upper - lower)) ** 2 if lower is not None and upper > lower else None
    ends = (gap["most_deprived_value"], gap["least_deprived_value"])
    return (str(gap["period_start"]), *ends, gap["absolute_gap"], lower, upper, weight, gap["relative_gap"])


def _interval(gap: Row, name: str) -> str:
    lower, upper = gap[f"{name}_lower_ci_95"], gap[f"{name}_upper_ci_95"]
    return "no interval" if lower is None else f"95 % interval {figure(lower)} to {figure(upper)}"


def _workings(now: Row) -> list[Working]:
    most, least = now["most_deprived_value"], now["least_deprived_value"]
    ends = {"most deprived": most, "least deprived": least}
    found = [
        working("gap", "most deprived − least deprived", ends, now["absolute_gap"]),
        working("relative gap", "most deprived / least deprived", ends, now["relative_gap"]),
    ]
    return [one for one in found if one is not None and math.isfinite(one.result)]


def _limits(now: Row, groups: list[tuple[str | float | None, ...]]) -> list[Working]:
    """The 95 % limits of the gap, joined from those of both ends."""
    ends = {
        name: row for row in groups if (name := row[0]) in (now["most_deprived_group"], now["least_deprived_group"])
    }
    if len(ends) < 2:
        return []
    most, least = ends[now["most_deprived_group"]], ends[now["least_deprived_group"]]
    found = []
    for side, sign, own, other in (("lower", "−", 2, 3), ("upper", "+", 3, 2)):
        numbers = {
            "gap": now["absolute_gap"],
            "most deprived": most[1],
            "its limit": most[own],
            "least deprived": least[1],
            "the limit of that": least[other],
        }
        inputs = {name: number for name, number in numbers.items() if not isinstance(number, str)}
        formula = f"gap {sign} √((most deprived − its limit)² + (the limit of that − least deprived)²)"
        found.append(working(f"{side} 95 % limit of the gap", formula, inputs, now[f"absolute_gap_{side}_ci_95"]))
    return [one for one in found if one is not None]


def _change(row: Row, gaps: list[Row]) -> tuple[tuple[ExplanationTable, ...], tuple[Working, ...]]:
    """The line through the gaps that the change is told from; nothing where none was drawn."""
    limits = [(gap["absolute_gap_lower_ci_95"], gap["absolute_gap_upper_ci_95"]) for gap in gaps]
    if row["test_statistic"] is None or not gaps or any(None in ends or ends[0] == ends[1] for ends in limits):
        return (), ()
    line = [
        (float(place), gap["absolute_gap"], (_WIDTH / (upper - lower)) ** 2)
        for place, (gap, (lower, upper)) in enumerate(zip(gaps, limits, strict=True), 1)
    ]
    return slopes_left_out([str(gap["period_start"]) for gap in gaps], line), line_workings(row, line)
