"""Explains figures made of strata: a standardised rate or ratio, and a life expectancy, stratum by stratum."""

import math
from collections.abc import Sequence
from typing import Final

from outcomes.breakdown import breakdown_from_text
from outcomes.estimates.standards import band_starts, standard_rates, standard_weights
from outcomes.scorecard.model import ExplanationTable, Working
from outcomes.statistics import normal_quantile
from outcomes.statistics.life_table import BAND_STARTS
from outcomes.workflows.explained.case import Case
from outcomes.workflows.explained.counts import LEVELS, SIDES, poisson_limits
from outcomes.workflows.explained.working import table, working

__all__ = ["of_lives", "of_standardised_rate", "of_standardised_ratio"]

Found = tuple[tuple[ExplanationTable, ...], tuple[Working, ...]]
_BORN: Final = 100_000.0


def of_standardised_rate(case: Case) -> Found:
    """Return the strata of a directly standardised rate with their weights, and the workings of Dobson and Byar."""
    weights = standard_weights(case.indicator, case.partnership)
    rows = [
        (stratum, events, persons, weights[stratum], weights[stratum] * events / persons)
        for stratum, events, persons in _strata(case)
        if stratum in weights and persons
    ]
    if not rows:
        return (), ()
    weighed = math.fsum(row[4] for row in rows)
    spread = math.fsum(weight * weight * events / persons / persons for _, events, persons, weight, _ in rows)
    total = math.fsum(row[3] for row in rows)
    events = math.fsum(row[1] for row in rows)
    chosen, multiplier = case.chosen, case.indicator.multiplier
    variance = spread / total / total
    found: list[Working | None] = [
        working(
            "value",
            "multiplier × sum of weighted rates / sum of weights",
            {"multiplier": multiplier, "sum of weighted rates": weighed, "sum of weights": total},
            chosen["value"],
        ),
        working(
            "variance of the rate",
            "sum of weights² × events / persons² / (sum of the weights)²",
            {"sum of weights² × events / persons²": spread, "sum of the weights": total},
            variance,
        ),
    ]
    for side, sign in SIDES:
        for said, column, level in LEVELS:
            z = normal_quantile(level)
            count = events if side == "lower" else events + 1
            root = 1 - 1 / (9 * count) + (-z if side == "lower" else z) / (3 * math.sqrt(count))
            limit = count * root**3
            plus = "" if side == "lower" else " + 1"
            found.append(
                working(
                    f"{side} {said} limit of the events",
                    f"(events{plus}) × (1 − 1 / (9 × (events{plus})) {sign} z / (3 × √(events{plus})))³",
                    {"events": events, "z": z},
                    limit,
                )
            )
            found.append(
                working(
                    f"{side} {said} limit",
                    "value + multiplier × √(variance / events) × (limit of the events − events)",
                    {
                        "value": chosen["value"],
                        "multiplier": multiplier,
                        "variance": variance,
                        "limit of the events": limit,
                        "events": events,
                    },
                    chosen[f"{side}_ci_{column}"],
                )
            )
    columns = (case.indicator.strata, "events", "persons", "weight", "weight × events / persons")
    standard = case.indicator.standard_population
    return table(f"Strata, with the weights of {standard}", columns, rows), tuple(one for one in found if one)


def of_standardised_ratio(case: Case) -> Found:
    """Return the strata of an indirectly standardised ratio with the rates of the standard, and its workings."""
    rates = standard_rates(case.indicator, case.partnership)
    rows = [
        (stratum, events, persons, *rates[stratum], persons * rates[stratum][0] / rates[stratum][1])
        for stratum, events, persons in _strata(case)
        if stratum in rates
    ]
    expected = math.fsum(row[5] for row in rows)
    observed = math.fsum(row[1] for row in rows)
    if not rows or not expected:
        return (), ()
    chosen = case.chosen
    inputs: dict[str, float | None] = {"multiplier": case.indicator.multiplier, "expected": expected}
    value = working("value", "multiplier × observed / expected", {**inputs, "observed": observed}, chosen["value"])
    limits = poisson_limits(
        chosen["method"],
        observed,
        inputs,
        lambda side, column: chosen[f"{side}_ci_{column}"],
        after=" / expected",
    )
    columns = (case.indicator.strata, "events", "persons", "standard events", "standard persons", "expected")
    title = f"Strata, with the rates of {case.indicator.standard_population}"
    return table(title, columns, rows), tuple(one for one in (value, *limits) if one)


def of_lives(case: Case) -> Found:
    """Return the life table of a life expectancy at birth, and the workings of Chiang and Silcocks."""
    starts = band_starts(case.indicator)
    bands = sorted((starts[stratum], events, persons) for stratum, events, persons in _strata(case))
    if [start for start, _, _ in bands] != list(BAND_STARTS) or not all(persons for _, _, persons in bands):
        return (), ()
    alive, rows = [_BORN], []
    for place, (start, deaths, persons) in enumerate(bands):
        lived = 0.1 if place == 0 else 0.5
        width = bands[place + 1][0] - start if place + 1 < len(bands) else 0
        at_risk = deaths / persons * width
        chance = min(at_risk / (1 + at_risk * (1 - lived)), 1.0) if width else 1.0
        alive.append(alive[place] * (1 - chance))
        lost = alive[place] - alive[place + 1]
        years = width * (alive[place + 1] + lived * lost) if width else alive[place] / (deaths / persons)
        rows.append((start, deaths, persons, chance, alive[place], years, width, lived))
    to_come = math.fsum(row[5] for row in rows)
    spread = _spread(rows)
    chosen, multiplier = case.chosen, case.indicator.multiplier
    error = math.sqrt(spread) / _BORN
    found = [
        working(
            "value",
            "multiplier × years lived / born",
            {"multiplier": multiplier, "years lived": to_come, "born": _BORN},
            chosen["value"],
        ),
        working("standard error", "√(sum of variances) / born", {"sum of variances": spread, "born": _BORN}, error),
    ]
    for side, sign in SIDES:
        for said, column, level in LEVELS:
            inputs = {"value": chosen["value"], "z": normal_quantile(level), "standard error": error}
            found.append(
                working(
                    f"{side} {said} limit",
                    f"value {sign} z × standard error × multiplier",
                    {**inputs, "multiplier": multiplier},
                    chosen[f"{side}_ci_{column}"],
                )
            )
    columns = ("first age", "deaths", "persons", "chance of dying", "alive at its start", "years lived")
    shown = [row[:6] for row in rows]
    return table("Life table of 100,000 born", columns, shown), tuple(one for one in found if one)


def _spread(rows: Sequence[tuple[float, ...]]) -> float:
    """The variance of the years to come of all that were born: each band's part, from the chance of dying in it."""
    parts = []
    after = 0.0
    for place in reversed(range(len(rows))):
        _, deaths, persons, chance, alive, years, width, lived = rows[place]
        if not deaths:
            part = 0.0
        elif not width:
            part = (alive / 2) ** 2 * 4 / deaths / (deaths / persons) ** 2
        else:
            expected = after / rows[place + 1][4] if rows[place + 1][4] else 0.0
            part = alive**2 * ((1 - lived) * width + expected) ** 2 * chance**2 * (1 - chance) / deaths
        parts.append(part)
        after += years
    return math.fsum(parts)


def _strata(case: Case) -> list[tuple[str, float, float]]:
    """The name, events and persons of each stratum that has both, in the order of the breakdown."""
    numerator_scale, denominator_scale = case.indicator.numerator_scale, case.indicator.denominator_scale
    return [
        (
            breakdown_from_text(row["breakdown"])[case.indicator.strata],
            row["numerator"] / numerator_scale,
            row["denominator"] / denominator_scale,
        )
        for row in case.strata()
        if row["numerator"] is not None and row["denominator"] is not None
    ]
