"""Explains a comparison's p-value: the score, from what the value's interval was made of, and its tails."""

import math
from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from outcomes.scorecard.model import ExplanationStep, Working
from outcomes.statistics import METHODS, normal_quantile
from outcomes.statistics.means import student_quantile
from outcomes.statistics.poisson import EXACT_BELOW
from outcomes.vocabulary import AS_PUBLISHED, BenchmarkKind, Statistic
from outcomes.workflows.explained.benchmark import earlier_figure
from outcomes.workflows.explained.case import Case, Row
from outcomes.workflows.explained.working import working

__all__ = ["with_p_value"]

_TERMS: Final = (
    "p is the p-value; Φ(z) is the chance that a standard normal number lies below z, F(x; k) that chi-squared on k "
    "degrees of freedom lies below x, T(t; k) that Student's t on k degrees of freedom lies below t"
)
_TAILS: Final = "min(1; 2 × Φ(−z))"
_OVER: Final = "3 × √({0} + 1) × (∛(expected / ({0} + 1)) − 1 + 1 / (9 × ({0} + 1)))"
_UNDER: Final = "3 × √({0}) × (1 − 1 / (9 × {0}) − ∛(expected / {0}))"
_BYAR_OF_95: Final = {
    "lower": "events × (1 − 1 / (9 × events) − z / (3 × √(events)))³",
    "upper": "(events + 1) × (1 − 1 / (9 × (events + 1)) + z / (3 × √(events + 1)))³",
}
_COUNTS: Final = ("byar", "exact", "exact_or_byar")

Workings = list[Working | None]


def with_p_value(case: Case, row: Row, step: ExplanationStep) -> ExplanationStep:
    """Return the step of a comparison with its p-value worked out; as it is where the comparison has none.

    Arguments:
        case: The figure.
        row: Its comparison.
        step: What is told of it so far.
    """
    if row["p_value"] is None:
        return step
    is_earlier = row["against"] == BenchmarkKind.OWN_EARLIER_VALUE
    method = case.chosen["method"] or ""
    approximate = is_earlier or method == AS_PUBLISHED
    name = "p_by_normal_approximation" if approximate else "p_by_inversion"
    told = next(one for one in METHODS if one.name == name)
    ways: Mapping[str, Callable[[Case, Row], Workings]] = _BY_METHOD
    workings = (_of_difference if is_earlier else ways.get(method, _nothing))(case, row)
    figures = (("p-value", f"{row['p_value']:.10g}"), ("p-value by", told.title))
    return step.model_copy(
        update={
            "figures": (*step.figures, *figures, *((("in the formulas", _TERMS),) if workings else ())),
            "references": tuple(dict.fromkeys((*step.references, *case.numbered(told.references)))),
            "workings": (*step.workings, *(one for one in workings if one is not None)),
        }
    )


def _nothing(_case: Case, _row: Row) -> Workings:
    return []


def _tails(z: float, row: Row) -> Working | None:
    return working("p", _TAILS, {"z": z}, row["p_value"])


def _effective(case: Case, part: str) -> float:
    """A count as the interval counts it: events that come together tell chance as much as so many fewer."""
    count: float = case.chosen[part]
    statistic = case.indicator.statistic
    return count / case.indicator.design_effect if statistic in (Statistic.PROPORTION, Statistic.CRUDE_RATE) else count


def _score(case: Case, row: Row) -> Workings:
    """The score test of a proportion, of which Wilson's interval is the inversion."""
    share = row["against_value"] / case.indicator.multiplier
    if not 0 < share < 1:
        # beyond 0 or the whole, or at one of them, nothing is left to chance
        return []
    x, n = _effective(case, "numerator"), _effective(case, "denominator")
    z = abs(x - n * share) / math.sqrt(n * share * (1 - share))
    formula = "|numerator − denominator × share| / √(denominator × share × (1 − share))"
    return [
        *_thinned(case, ("numerator", x), ("denominator", n)),
        working(
            "share of the benchmark",
            "benchmark / multiplier",
            {"benchmark": row["against_value"], "multiplier": case.indicator.multiplier},
            share,
        ),
        working("z", formula, {"numerator": x, "denominator": n, "share": share}, z),
        _tails(z, row),
    ]


def _thinned(case: Case, *counts: tuple[str, float]) -> Workings:
    effect = case.indicator.design_effect
    if effect == 1:
        return []
    return [
        working(f"{part} as chance counts it", f"{part} / effect", {part: case.chosen[part], "effect": effect}, count)
        for part, count in counts
    ]


def _poisson(case: Case, row: Row) -> Workings:
    """A count beside the events that the benchmark would make: the tail of its exact limit, or Byar's turned round."""
    mark, per, statistic = row["against_value"], case.indicator.multiplier, case.indicator.statistic
    count = _effective(case, "numerator")
    inputs = {"benchmark": mark, "multiplier": per}
    formula = "benchmark / multiplier"
    workings = _thinned(case, ("numerator", count)) if statistic is Statistic.CRUDE_RATE else []
    expected = mark / per
    if statistic is not Statistic.COUNT:
        base = _effective(case, "denominator")
        if statistic is Statistic.CRUDE_RATE:
            workings += _thinned(case, ("denominator", base))
        inputs, formula = {**inputs, "denominator": base}, "benchmark × denominator / multiplier"
        expected = mark * base / per
    if expected < 0 or expected == count:
        return []
    workings.append(working("expected events", formula, inputs, expected))
    method = case.chosen["method"]
    if method != "exact" and (method == "byar" or count >= EXACT_BELOW):
        return [*workings, *_by_byar(count, expected, row, "count")]
    tail = "F(2 × expected; 2 × count)" if expected < count else "1 − F(2 × expected; 2 × count + 2)"
    terms = {"expected": expected, "count": count}
    return [*workings, working("p", f"min(1; 2 × ({tail}))", terms, row["p_value"])]


def _by_byar(count: float, expected: float, row: Row, name: str) -> Workings:
    """The z at which Byar's limit of a count is the events expected, and its tails."""
    if expected < count:
        z = 3 * math.sqrt(count) * (1 - 1 / (9 * count) - (expected / count) ** (1 / 3))
        formula = _UNDER.format(name)
    else:
        above = count + 1
        z = 3 * math.sqrt(above) * ((expected / above) ** (1 / 3) - 1 + 1 / (9 * above))
        formula = _OVER.format(name)
    return [working("z", formula, {name: count, "expected": expected}, z), _tails(z, row)]


def _standardised(case: Case, row: Row) -> Workings:
    """The benchmark as a number of events, by the scale of the interval, of which Byar's limits are turned round."""
    chosen, events = case.chosen, case.chosen["numerator"]
    if not events or row["against_value"] == chosen["value"]:
        return []
    z = normal_quantile(0.95)
    ends = {
        "lower": events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3,
        "upper": (events + 1) * (1 - 1 / (9 * (events + 1)) + z / (3 * math.sqrt(events + 1))) ** 3,
    }
    scale = (chosen["upper_ci_95"] - chosen["lower_ci_95"]) / (ends["upper"] - ends["lower"])
    expected = events + (row["against_value"] - chosen["value"]) / scale
    workings = [
        working(f"{side} 95 % limit of the events", formula, {"events": events, "z": z}, ends[side])
        for side, formula in _BYAR_OF_95.items()
    ]
    workings.append(
        working(
            "scale",
            "(upper limit − lower limit) / (upper limit of the events − lower limit of the events)",
            {
                "upper limit": chosen["upper_ci_95"],
                "lower limit": chosen["lower_ci_95"],
                "upper limit of the events": ends["upper"],
                "lower limit of the events": ends["lower"],
            },
            scale,
        )
    )
    inputs = {"events": events, "benchmark": row["against_value"], "value": chosen["value"], "scale": scale}
    workings.append(working("the benchmark as events", "events + (benchmark − value) / scale", inputs, expected))
    return workings if expected < 0 else [*workings, *_by_byar(events, expected, row, "events")]


def _student(case: Case, row: Row) -> Workings:
    chosen, mark = case.chosen, row["against_value"]
    half = (chosen["upper_ci_95"] - chosen["lower_ci_95"]) / 2
    if not half or mark == chosen["value"]:
        return []
    quantile = pl.select(student_quantile(pl.lit(chosen["denominator"] - 1), 0.95)).item()
    inputs = {"value": chosen["value"], "benchmark": mark, "quantile": quantile}
    t = quantile * abs(chosen["value"] - mark) / half
    limits = {"upper limit": chosen["upper_ci_95"], "lower limit": chosen["lower_ci_95"]}
    return [
        working("t", "quantile × |value − benchmark| / ((upper limit − lower limit) / 2)", {**inputs, **limits}, t),
        working("p", "2 × T(−t; number − 1)", {"t": t, "number": chosen["denominator"]}, row["p_value"]),
    ]


def _symmetric(case: Case, row: Row) -> Workings:
    """A normal interval: the distance to the benchmark, in distances to the limit on its side."""
    return _distances(case.chosen["value"], _limits(case.chosen), row["against_value"], row, ("value", "benchmark"))


def _published(case: Case, row: Row) -> Workings:
    """As a normal interval, on the scale of the value or of logarithms, whichever makes its sides more alike."""
    value, mark, (lower, upper) = case.chosen["value"], row["against_value"], _limits(case.chosen)
    is_logarithmic = (
        min(lower, value, mark) > 0
        and value != mark
        and _unlike(math.log(value), math.log(lower), math.log(upper)) < _unlike(value, lower, upper)
    )
    return _distances(value, (lower, upper), mark, row, ("value", "benchmark"), in_logarithms=is_logarithmic)


def _of_difference(case: Case, row: Row) -> Workings:
    """How far 0 lies from the difference, in distances to its own limit on that side."""
    earlier = earlier_figure(case, row)
    if earlier is None or None in (earlier["value"], *_limits(earlier)):
        return []
    now, then = case.chosen["value"], earlier["value"]
    (low, high), (other_low, other_high) = _limits(case.chosen), _limits(earlier)
    difference = now - then
    limits = (
        difference - math.hypot(now - low, other_high - then),
        difference + math.hypot(high - now, then - other_low),
    )
    return _distances(difference, limits, 0.0, row, ("difference", "no difference"))


def _limits(found: Row) -> tuple[float, float]:
    return found["lower_ci_95"], found["upper_ci_95"]


def _unlike(middle: float, lower: float, upper: float) -> float:
    """How far from 1 the two sides of an interval are, one over the other."""
    down, up = middle - lower, upper - middle
    return max(down, up) / min(down, up) if min(down, up) > 0 else math.inf


def _distances(
    middle: float,
    limits: tuple[float, float],
    mark: float,
    row: Row,
    names: tuple[str, str],
    *,
    in_logarithms: bool = False,
) -> Workings:
    side, limit = ("lower", limits[0]) if mark < middle else ("upper", limits[1])
    if middle in (mark, limit):
        return []
    own, other, end = names[0], names[1], f"{side} limit"
    numbers = {own: middle, other: mark, end: limit}
    shown = [f"ln({name})" if in_logarithms else name for name in numbers]
    scaled = [math.log(number) if in_logarithms else number for number in (middle, mark, limit)]
    score = normal_quantile(0.95)
    z = score * abs(scaled[1] - scaled[0]) / abs(scaled[2] - scaled[0])
    formula = f"score × |{shown[1]} − {shown[0]}| / |{shown[2]} − {shown[0]}|"
    return [working("z", formula, {**numbers, "score": score}, z), _tails(z, row)]


_BY_METHOD: Final[dict[str, Callable[[Case, Row], Workings]]] = {
    AS_PUBLISHED: _published,
    "wilson": _score,
    "dobson_byar": _standardised,
    "student_t": _student,
    "chiang_silcocks": _symmetric,
    **dict.fromkeys(_COUNTS, _poisson),
}
"""Of each method of an interval how its p-value is worked out; any other has none."""
