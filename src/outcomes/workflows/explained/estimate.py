"""Explains a value and its intervals: the method's formula, with the counts of this figure put in."""

from collections.abc import Callable, Iterator
from typing import Final

import polars as pl

from outcomes.scorecard.model import ExplanationTable, Working
from outcomes.statistics import normal_quantile
from outcomes.statistics.means import student_quantile
from outcomes.vocabulary import AS_PUBLISHED, Statistic
from outcomes.workflows.explained.case import Case
from outcomes.workflows.explained.counts import LEVELS, SIDES, poisson_limits
from outcomes.workflows.explained.strata import of_lives, of_standardised_rate, of_standardised_ratio
from outcomes.workflows.explained.working import working

__all__ = ["estimate_workings"]

Found = tuple[tuple[ExplanationTable, ...], tuple[Working, ...]]

_WILSON: Final = (
    "multiplier × (2 × numerator + z² {sign} z × √(z² + 4 × numerator × (1 − numerator / denominator))) "
    "/ (2 × (denominator + z²))"
)


def estimate_workings(case: Case) -> Found:
    """Return the rows and the workings of the chosen value and both its intervals.

    Nothing is worked out of a value that is missing or published, nor of a limit that is not given.
    """
    chosen = case.chosen
    if chosen["value"] is None or chosen["method"] == AS_PUBLISHED:
        return (), ()
    statistic = case.indicator.statistic
    if statistic is Statistic.DIRECTLY_STANDARDISED_RATE:
        return of_standardised_rate(case)
    if statistic is Statistic.INDIRECTLY_STANDARDISED_RATIO:
        return of_standardised_ratio(case)
    if statistic is Statistic.LIFE_EXPECTANCY:
        return of_lives(case)
    return (), tuple(one for one in (_value(case), *_LIMITS[statistic](case)) if one is not None)


def _value(case: Case) -> Working | None:
    numerator, denominator = case.chosen["numerator"], case.chosen["denominator"]
    inputs = {"multiplier": case.indicator.multiplier, "numerator": numerator}
    if case.indicator.statistic is Statistic.COUNT:
        return working("value", "multiplier × numerator", inputs, case.chosen["value"])
    formula = "multiplier × numerator / denominator"
    return working("value", formula, {**inputs, "denominator": denominator}, case.chosen["value"])


def _nothing(_case: Case) -> Iterator[Working | None]:
    return iter(())


def _wilson(case: Case) -> Iterator[Working | None]:
    effect = case.indicator.design_effect
    chosen, (count, base) = case.chosen, _effective(case)
    numerator, denominator = ("numerator", "denominator") if effect == 1 else ("effective count", "effective base")
    if effect != 1:
        yield from _effective_counts(case)
    for side, sign in SIDES:
        formula = _WILSON.format(sign=sign).replace("numerator", numerator).replace("denominator", denominator)
        for said, column, level in LEVELS:
            inputs = {"multiplier": case.indicator.multiplier, numerator: count, denominator: base}
            yield working(
                f"{side} {said} limit",
                formula,
                {**inputs, "z": normal_quantile(level)},
                chosen[f"{side}_ci_{column}"],
            )


def _poisson(case: Case) -> Iterator[Working | None]:
    chosen, (count, base) = case.chosen, _effective(case)
    inputs: dict[str, float | None] = {"multiplier": case.indicator.multiplier}
    over = ""
    if case.indicator.statistic is Statistic.CRUDE_RATE:
        if case.indicator.design_effect != 1:
            yield from _effective_counts(case)
        inputs["denominator"] = base
        over = " / denominator"
    yield from poisson_limits(
        chosen["method"], count, inputs, lambda side, column: chosen[f"{side}_ci_{column}"], after=over
    )


def _student(case: Case) -> Iterator[Working | None]:
    chosen, measure = case.chosen, case.measure()
    number, total = chosen["denominator"], chosen["numerator"]
    if measure is None or measure["sum_of_squares"] is None or number is None or number < 2:
        return
    squares = measure["sum_of_squares"] / case.indicator.numerator_scale**2
    deviation = max((squares - total * total / number) / (number - 1), 0.0) ** 0.5
    yield working(
        "standard deviation",
        "√((sum of squares − sum × sum / number) / (number − 1))",
        {"sum of squares": squares, "sum": total, "number": number},
        deviation,
    )
    for side, sign in SIDES:
        for said, column, level in LEVELS:
            yield working(
                f"{side} {said} limit",
                f"multiplier × (sum / number {sign} t × standard deviation / √(number))",
                {
                    "multiplier": case.indicator.multiplier,
                    "sum": total,
                    "number": number,
                    "t": pl.select(student_quantile(pl.lit(number - 1), level)).item(),
                    "standard deviation": deviation,
                },
                chosen[f"{side}_ci_{column}"],
            )


def _effective(case: Case) -> tuple[float | None, float | None]:
    """The counts that the interval is of: fewer, where several of those counted stand for one."""
    effect = case.indicator.design_effect
    count, base = case.chosen["numerator"], case.chosen["denominator"]
    if case.indicator.statistic is Statistic.COUNT:
        return count, base
    return (None if count is None else count / effect), (None if base is None else base / effect)


def _effective_counts(case: Case) -> Iterator[Working | None]:
    count, base = _effective(case)
    for what, part, found in (("effective count", "numerator", count), ("effective base", "denominator", base)):
        inputs = {part: case.chosen[part], "design effect": case.indicator.design_effect}
        yield working(what, f"{part} / design effect", inputs, found)


_LIMITS: Final[dict[Statistic, Callable[[Case], Iterator[Working | None]]]] = {
    Statistic.PROPORTION: _wilson,
    Statistic.CRUDE_RATE: _poisson,
    Statistic.COUNT: _poisson,
    Statistic.MEAN: _student,
    Statistic.RATIO: _nothing,
    Statistic.PUBLISHED_VALUE: _nothing,
}
