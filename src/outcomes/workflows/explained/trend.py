"""Explains the second signal: the points of the line, their weights, its slope and chi-squared, and each left out."""

import math
from collections.abc import Sequence
from typing import Final

from outcomes.scorecard.model import ExplanationStep, ExplanationTable, Working
from outcomes.statistics.trends import CRITICAL_CHI_SQUARE, POINTS_USED
from outcomes.vocabulary import Qualifier
from outcomes.workflows.explained.case import Case, Row
from outcomes.workflows.explained.working import figure, table, working

__all__ = ["TERMS_OF_VALUES", "explained_trend", "line_workings", "slopes_left_out"]

_BY_COUNTS: Final = "chi_square_proportions"
_SKIPS_GAPS: Final = "trend_fingertips_next"
# twice the standard normal quantile of 95 %, as the national rule writes it
_WIDTH: Final = 3.92

TERMS_OF_VALUES: Final = (
    "S0, S1, S2 are the sums of weight, weight × place, weight × place²; Y0, Y1 those of weight × value, "
    "weight × place × value; the places are 1 to 5, the weight is (3.92 / (upper − lower))²"
)
_TERMS_OF_COUNTS: Final = (
    "X, Xt are the sums of numerator, numerator × place; N, Nt, Ntt those of denominator, denominator × place, "
    "denominator × place²; the places are 1 to 5"
)

Point = tuple[float, float, float]
Found = tuple[tuple[ExplanationTable, ...], tuple[Working, ...]]


def explained_trend(case: Case, row: Row, step: ExplanationStep) -> ExplanationStep:
    """Return the step of a trend with the points that entered, and the line's workings where there is a line."""
    step = case.with_method(step, row["against"] or "")
    if not row["against"]:
        return step
    rows = _points(case, row["against"])
    threshold = ("chi-squared above which it is a trend", figure(CRITICAL_CHI_SQUARE))
    terms = _TERMS_OF_COUNTS if row["against"] == _BY_COUNTS else TERMS_OF_VALUES
    tables, workings = (_counts if row["against"] == _BY_COUNTS else _values)(case, row, rows)
    return step.model_copy(
        update={
            "figures": (*step.figures, threshold, ("in the formulas", terms)),
            "tables": tables,
            "workings": (*step.workings, *workings),
        }
    )


def _counts(case: Case, row: Row, rows: Sequence[Row]) -> Found:
    shown = [(one["period"], one["numerator"], one["denominator"]) for one in rows]
    tables = table("The newest points", ("period", "numerator", "denominator"), shown)
    if row["test_statistic"] is None:
        return tables, ()
    counts = [(float(place), one["numerator"], one["denominator"]) for place, one in enumerate(rows, 1)]
    return tables, _of_counts(case, row, counts)


def _values(_case: Case, row: Row, rows: Sequence[Row]) -> Found:
    weights = [_weight(one) for one in rows]
    shown = [
        (one["period"], one["value"], one["lower_ci_95"], one["upper_ci_95"], weight)
        for one, weight in zip(rows, weights, strict=True)
    ]
    tables = table("The newest points", ("period", "value", "lower 95 %", "upper 95 %", "weight"), shown)
    if row["test_statistic"] is None or len(rows) < POINTS_USED:
        return tables, ()
    line = [
        (float(place), one["value"], weight or 0.0)
        for place, (one, weight) in enumerate(zip(rows, weights, strict=True), 1)
    ]
    return (*tables, *slopes_left_out([one["period"] for one in rows], line)), line_workings(row, line)


def _points(case: Case, method: str) -> list[Row]:
    """The newest five points since the latest break, as the method chooses them, earliest first."""
    rows = case.series()
    breaks = [one["period_start"] for one in rows if Qualifier.BREAK_IN_SERIES in (one["qualifiers"] or ())]
    rows = [one for one in rows if not breaks or one["period_start"] >= max(breaks)]
    if method == _SKIPS_GAPS:
        rows = [one for one in rows if None not in (one["value"], one["lower_ci_95"], one["upper_ci_95"])]
    return rows[-POINTS_USED:]


def _weight(row: Row) -> float | None:
    lower, upper = row["lower_ci_95"], row["upper_ci_95"]
    return None if lower is None or upper is None or upper == lower else (_WIDTH / (upper - lower)) ** 2


def _sums(line: Sequence[Point]) -> dict[str, float]:
    return {
        "S0": math.fsum(weight for _, _, weight in line),
        "S1": math.fsum(weight * place for place, _, weight in line),
        "S2": math.fsum(weight * place * place for place, _, weight in line),
        "Y0": math.fsum(weight * value for _, value, weight in line),
        "Y1": math.fsum(weight * place * value for place, value, weight in line),
    }


def _slope(line: Sequence[Point]) -> float:
    sums = _sums(line)
    spread = sums["S0"] * sums["S2"] - sums["S1"] ** 2
    return (sums["S0"] * sums["Y1"] - sums["S1"] * sums["Y0"]) / spread


def line_workings(row: Row, line: Sequence[Point]) -> tuple[Working, ...]:
    """Return the slope and chi-squared of a weighted line, as its judgement has them.

    Arguments:
        row: The judgement; its `amount` is the slope.
        line: Place, value and weight of each point.
    """
    sums = _sums(line)
    places = {name: sums[name] for name in ("S0", "S1", "S2")}
    found = (
        working("slope a year", "(S0 × Y1 − S1 × Y0) / (S0 × S2 − S1 × S1)", sums, row["amount"]),
        working(
            "chi-squared",
            "slope² × (S0 × S2 − S1 × S1) / S0",
            {"slope": row["amount"], **places},
            row["test_statistic"],
        ),
    )
    return tuple(one for one in found if one is not None)


def slopes_left_out(names: Sequence[str], line: Sequence[Point]) -> tuple[ExplanationTable, ...]:
    """Return the slope without each of the points: all must have one sign."""
    without = [
        (name, _slope([point for place, point in enumerate(line) if place != left])) for left, name in enumerate(names)
    ]
    return table("The slope with one point left out", ("without", "slope"), without)


def _of_counts(case: Case, row: Row, counts: Sequence[Point]) -> tuple[Working, ...]:
    """The slope and chi-squared of Cochran and Armitage, from events and persons."""
    sums = {
        "N": math.fsum(base for _, _, base in counts),
        "X": math.fsum(count for _, count, _ in counts),
        "Xt": math.fsum(place * count for place, count, _ in counts),
        "Nt": math.fsum(place * base for place, _, base in counts),
        "Ntt": math.fsum(place * place * base for place, _, base in counts),
    }
    spread = "(N × Ntt − Nt × Nt)"
    found = (
        working(
            "slope a year",
            f"multiplier × (N × Xt − X × Nt) / {spread}",
            {"multiplier": case.indicator.multiplier, **sums},
            row["amount"],
        ),
        working(
            "chi-squared",
            f"N × (N × Xt − X × Nt)² / (X × (N − X) × {spread})",
            sums,
            row["test_statistic"],
        ),
    )
    return tuple(one for one in found if one is not None)
