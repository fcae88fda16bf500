"""Explains the word that allows for overdispersion: the areas that entered, how they differ, and the limits."""

import math
from typing import Final

import polars as pl

from outcomes.judgement.overdispersion import areas_of_level, funnel_of_areas
from outcomes.scorecard.model import ExplanationStep, Working
from outcomes.statistics import METHODS, OVERDISPERSION_METHODS, normal_quantile
from outcomes.statistics.overdispersion import left_by_chance, winsorised
from outcomes.vocabulary import Statistic
from outcomes.workflows.explained.case import Case, Row
from outcomes.workflows.explained.working import table, working

__all__ = ["with_overdispersed_word"]

_CORRECTED: Final = "funnel_additive_corrected"
_MULTIPLICATIVE: Final = "funnel_multiplicative"
_FIGURE: Final = ("indicator_id", "indicator_version", "period_kind", "period_start", "breakdown", "level")
_COLUMNS: Final = ("area", "count", "size", "z-score", "z-score drawn in")
_TERMS: Final = (
    "φ is how much more the areas' z-scores spread than chance makes them, τ² the variance between areas that chance "
    "does not explain; counts are as chance counts them"
)
# the angle whose sine is 1; beyond it a limit is the whole
_RIGHT_ANGLE: Final = math.pi / 2

Workings = list[Working | None]


def with_overdispersed_word(case: Case, row: Row, step: ExplanationStep) -> ExplanationStep:
    """Return the step of a comparison with what its second word rests on; as it is where none was asked for.

    Arguments:
        case: The figure.
        row: Its comparison.
        step: What is told of it so far.
    """
    if row["adjusted_areas"] is None:
        return step
    chosen = case.inclusion(row["framework_id"]).overdispersion
    name = OVERDISPERSION_METHODS[0] if chosen == "auto" else chosen
    method = next(one for one in METHODS if one.name == name)
    areas = _areas(case, row, name)
    figures: tuple[tuple[str, str], ...] = (
        ("word that allows for overdispersion", row["adjusted_word"] or "none: fewer than ten areas have figures"),
        ("limits by", method.title),
        ("areas that entered", str(row["adjusted_areas"])),
    )
    scores, workings = _scores(case, areas), []
    drawn = dict(zip(sorted(range(len(scores)), key=scores.__getitem__), winsorised(scores), strict=True))
    rows = [
        (case.names.get(one["area_code"], one["area_code"]), one["numerator"], one["size"], score, drawn[place])
        for place, (one, score) in enumerate(zip(areas, scores, strict=True))
    ]
    if row["overdispersion"] is not None:
        workings = _spread(name, areas, scores, row) + _limits(case, row, name, areas[0])
        figures = (*figures, ("in these formulas", _TERMS))
    return step.model_copy(
        update={
            "figures": (*step.figures, *figures),
            "references": tuple(dict.fromkeys((*step.references, *case.numbered(method.references)))),
            "tables": (*step.tables, *table("The areas whose differences are measured", _COLUMNS, rows)),
            "workings": (*step.workings, *(one for one in workings if one is not None)),
        }
    )


def _areas(case: Case, row: Row, method: str) -> list[Row]:
    statistic, schema = case.indicator.statistic.value, case.estimates.frame.schema
    asked = pl.DataFrame(
        [
            {
                **{name: row[name] for name in _FIGURE},
                "statistic": statistic,
                "multiplier": case.indicator.multiplier,
                "design_effect": case.indicator.design_effect,
            }
        ],
        schema={
            **{name: schema[name] for name in _FIGURE},
            "statistic": pl.String(),
            "multiplier": pl.Float64(),
            "design_effect": pl.Float64(),
        },
    )
    areas = areas_of_level(asked, case.estimates, case.partnership, case.as_of)
    return list(funnel_of_areas(areas, statistic, method).sort("area_code").iter_rows(named=True))


def _is_proportion(case: Case) -> bool:
    return case.indicator.statistic is Statistic.PROPORTION


def _scores(case: Case, areas: list[Row]) -> list[float]:
    """How far each area lies from the average of all, in standard errors of chance, on the scale of the method."""

    def scaled(share: float) -> float:
        return math.asin(math.sqrt(share)) if _is_proportion(case) else math.sqrt(share)

    return [
        (scaled(one["numerator"] / one["size"]) - scaled(one["average"])) * 2 * math.sqrt(one["size"]) for one in areas
    ]


def _spread(method: str, areas: list[Row], scores: list[float], row: Row) -> Workings:
    """φ from the scores drawn in, and τ² by the method."""
    drawn = winsorised(scores)
    counts = math.fsum(one["numerator"] for one in areas), math.fsum(one["size"] for one in areas)
    sums = {"sum of counts": counts[0], "sum of sizes": counts[1]}
    squares, many = math.fsum(score * score for score in drawn), len(areas)
    between, found = areas[0]["variance_between"], {"sum of squares drawn in": squares, "areas": float(many)}
    workings = [working("average of the areas", "sum of counts / sum of sizes", sums, areas[0]["average"])]
    if method != _CORRECTED:
        workings.append(working("φ", "sum of squares drawn in / areas", found, row["overdispersion"]))
        return workings if method == _MULTIPLICATIVE else [*workings, _of_weights(areas, row, between)]
    chance = left_by_chance(many)
    formula = "sum of squares drawn in / areas / left by chance"
    workings.append(working("φ", formula, {**found, "left by chance": chance}, row["overdispersion"]))
    if between > 0:
        # τ² is found by trying: this is what it is to bring about
        roots = [math.sqrt(1 + 4 * one["size"] * between) for one in areas]
        tamed = winsorised([score / root for score, root in zip(scores, roots, strict=True)])
        again = math.fsum(score * score for score in tamed)
        told = {"sum of squares with τ² allowed for": again, "areas": float(many)}
        workings.append(working("left by chance", "sum of squares with τ² allowed for / areas", told, chance))
    return workings


def _of_weights(areas: list[Row], row: Row, between: float) -> Working | None:
    weights = [4 * one["size"] for one in areas]
    inputs = {
        "areas": float(len(areas)),
        "φ": row["overdispersion"],
        "sum of weights": math.fsum(weights),
        "sum of squared weights": math.fsum(weight * weight for weight in weights),
    }
    formula = "max(0; areas × φ − (areas − 1)) / (sum of weights − sum of squared weights / sum of weights)"
    return working("τ²", formula, inputs, between)


def _limits(case: Case, row: Row, method: str, any_area: Row) -> Workings:
    """The standard error with what areas differ by, and the 95 % limits around the benchmark."""
    per, chosen = case.indicator.multiplier, case.chosen
    workings: Workings = []
    size = chosen["denominator"]
    if case.indicator.statistic is Statistic.DIRECTLY_STANDARDISED_RATE:
        size = chosen["numerator"] * per / chosen["value"]
        inputs = {"events": chosen["numerator"], "multiplier": per, "value": chosen["value"]}
        workings.append(working("size", "events × multiplier / value", inputs, size))
    elif case.indicator.design_effect != 1 and case.indicator.statistic is not Statistic.INDIRECTLY_STANDARDISED_RATIO:
        size = chosen["denominator"] / case.indicator.design_effect
        inputs = {"denominator": chosen["denominator"], "effect": case.indicator.design_effect}
        workings.append(working("size", "denominator / effect", inputs, size))
    if method == _MULTIPLICATIVE:
        error = math.sqrt(max(1.0, row["overdispersion"]) / (4 * size))
        inputs = {"φ": row["overdispersion"], "size": size}
        workings.append(working("standard error", "√(max(1; φ) / (4 × size))", inputs, error))
    else:
        between = any_area["variance_between"]
        error = math.sqrt(1 / (4 * size) + between)
        inputs = {"size": size, "τ²": between}
        workings.append(working("standard error", "√(1 / (4 × size) + τ²)", inputs, error))
    z = normal_quantile(0.95)
    inputs = {"multiplier": per, "benchmark": row["against_value"], "z": z, "error": error}
    for side, sign in (("lower", "−"), ("upper", "+")):
        if _is_proportion(case):
            at = f"asin(√(benchmark / multiplier)) {sign} z × error"
            kept = f"max(0; {at})" if side == "lower" else f"min(right angle; {at})"
            formula = f"multiplier × sin({kept})²"
            numbers = inputs if side == "lower" else {**inputs, "right angle": _RIGHT_ANGLE}
        else:
            formula, numbers = f"multiplier × max(0; √(benchmark / multiplier) {sign} z × error)²", inputs
        workings.append(working(f"{side} limit of usual differences", formula, numbers, row[f"{side}_adjusted_limit"]))
    return workings
