"""Tests of absolute and relative gaps: published vectors, textbook formulas, and what is refused."""

import math
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from outcomes import statistics
from outcomes.errors import UnknownNameError
from outcomes.vocabulary import Detail, Reason

LIMITS = ("lower_ci_95", "upper_ci_95")


def pair(
    most: tuple[float | None, float | None, float | None], least: tuple[float | None, float | None, float | None]
) -> pl.DataFrame:
    names = ("value", *LIMITS)
    columns = {f"most_deprived_{name}": number for name, number in zip(names, most, strict=True)}
    columns |= {f"least_deprived_{name}": number for name, number in zip(names, least, strict=True)}
    return pl.DataFrame([columns], schema=dict.fromkeys(columns, pl.Float64))


def gap(frame: pl.DataFrame, expression: pl.Expr | None = None) -> dict[str, Any]:
    asked = statistics.absolute_gap(confidence=[0.95]) if expression is None else expression
    return frame.select(asked.struct.unnest()).row(0, named=True)


# Newcombe 1998, table II, method 10: the published limits of 56/70 - 48/80, 9/10 - 3/10, 10/10 - 0/20
@pytest.mark.parametrize(
    ("counts", "published"),
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((10, 10, 0, 20), (0.6791, 1.0000)),
        ((0, 10, 0, 20), (-0.1611, 0.2775)),
    ],
)
def test_a_difference_of_proportions_has_newcombes_published_interval(
    counts: tuple[int, int, int, int], published: tuple[float, float]
) -> None:
    ends = []
    for x, n in (counts[:2], counts[2:]):
        row = pl.DataFrame({"x": [x], "n": [n]}).select(statistics.proportion("x", "n", multiplier=1).struct.unnest())
        ends.append(row.select("value", *LIMITS).row(0))
    found = gap(pair(*ends))
    assert (round(found["lower_ci_95"], 4), round(found["upper_ci_95"], 4)) == published


def test_a_ratio_has_the_interval_of_the_textbooks_formula() -> None:
    (first, low, high), (second, other_low, other_high) = (30.0, 25.0, 36.0), (20.0, 16.0, 25.0)
    product = first * second
    lower = (product - math.sqrt(product**2 - low * other_high * (2 * first - low) * (2 * second - other_high))) / (
        other_high * (2 * second - other_high)
    )
    upper = (product + math.sqrt(product**2 - high * other_low * (2 * first - high) * (2 * second - other_low))) / (
        other_low * (2 * second - other_low)
    )
    found = gap(pair((first, low, high), (second, other_low, other_high)), statistics.relative_gap(confidence=[0.95]))
    assert found["value"] == 1.5
    assert found["lower_ci_95"] == pytest.approx(lower, rel=1e-13)
    assert found["upper_ci_95"] == pytest.approx(upper, rel=1e-13)


@pytest.mark.parametrize("narrow", [1e-3, 1e-7, 1e-11])
def test_a_ratio_of_narrow_intervals_keeps_its_own_interval(narrow: float) -> None:
    most = (1.0, 1.0 - 2 * narrow, 1.0 + narrow)
    least = (0.75, 0.75 - narrow, 0.75 + 2 * narrow)
    (first, low, high), (second, other_low, other_high) = ([Decimal(end) for end in ends] for ends in (most, least))
    product = first * second
    roots = [
        (product + sign * (product**2 - end * other_end * (2 * first - end) * (2 * second - other_end)).sqrt())
        / (other_end * (2 * second - other_end))
        for sign, end, other_end in ((-1, low, other_high), (1, high, other_low))
    ]
    found = gap(pair(most, least), statistics.relative_gap(confidence=[0.95]))
    assert [found[name] - found["value"] for name in LIMITS] == pytest.approx(
        [float(root - first / second) for root in roots], rel=1e-9, abs=1e-15
    )


def test_a_mover_ratio_excludes_1_exactly_where_the_difference_excludes_0() -> None:
    # Donner and Zou's limits are the ratios whose difference from the numerator just touches 0
    frame = pair((30.0, 25.0, 36.0), (20.0, 16.0, 25.0))
    limit = gap(frame, statistics.relative_gap(confidence=[0.95]))["upper_ci_95"]
    scaled = pair((30.0, 25.0, 36.0), (20.0 * limit, 16.0 * limit, 25.0 * limit))
    assert gap(scaled)["upper_ci_95"] == pytest.approx(0.0, abs=1e-9)


def test_a_ratio_of_symmetrical_logarithms_has_the_usual_interval_by_logarithms() -> None:
    error, other_error, z = 0.1, 0.2, 1.959963984540054
    ends = [
        (value, value * math.exp(-z * e), value * math.exp(z * e)) for value, e in ((30.0, error), (20.0, other_error))
    ]
    found = gap(pair(ends[0], ends[1]), statistics.relative_gap(method="gap_ratio_log", confidence=[0.95]))
    half = z * math.hypot(error, other_error)
    assert found["lower_ci_95"] == pytest.approx(1.5 * math.exp(-half), rel=1e-13)
    assert found["upper_ci_95"] == pytest.approx(1.5 * math.exp(half), rel=1e-13)


def test_nobody_in_the_most_deprived_group_is_a_ratio_of_0_with_an_upper_limit() -> None:
    frame = pair((0.0, 0.0, 4.0), (20.0, 16.0, 25.0))
    found = gap(frame, statistics.relative_gap(confidence=[0.95]))
    assert (found["value"], found["lower_ci_95"]) == (0.0, 0.0)
    assert found["upper_ci_95"] == pytest.approx(4 / math.sqrt(16 * 24), rel=1e-13)
    by_logarithm = gap(frame, statistics.relative_gap(method="gap_ratio_log", confidence=[0.95]))
    assert (by_logarithm["value"], by_logarithm["upper_ci_95"]) == (0.0, None)
    assert by_logarithm["detail"] == Detail.NO_SPREAD


def test_a_group_that_may_be_nothing_bounds_no_ratio() -> None:
    found = gap(pair((5.0, 2.0, 9.0), (2.0, 0.0, 6.0)), statistics.relative_gap(confidence=[0.95]))
    assert (found["value"], found["lower_ci_95"], found["detail"]) == (2.5, None, Detail.NO_SPREAD)


def test_equal_groups_have_no_gap() -> None:
    same = (20.0, 16.0, 25.0)
    found = gap(pair(same, same))
    assert found["value"] == 0.0
    assert found["lower_ci_95"] == pytest.approx(-found["upper_ci_95"], rel=1e-14)
    assert gap(pair(same, same), statistics.relative_gap(confidence=[0.95]))["value"] == 1.0


@pytest.mark.parametrize(
    ("most", "least", "difference", "ratio"),
    [
        ((None, 1.0, 2.0), (1.0, 0.5, 2.0), (Reason.MISSING, None), (Reason.MISSING, None)),
        (
            (1.0, 0.5, 2.0),
            (0.0, 0.0, 2.0),
            (None, None),
            (Reason.CANNOT_BE_CALCULATED, Detail.ZERO_DENOMINATOR),
        ),
        ((1.0, None, None), (1.0, 0.5, 2.0), (None, Detail.NO_SPREAD), (None, Detail.NO_SPREAD)),
        (
            (-1.0, -2.0, 0.0),
            (1.0, 0.5, 2.0),
            (None, None),
            (Reason.CANNOT_BE_CALCULATED, Detail.IMPOSSIBLE_INPUT),
        ),
        (
            (1.0, 1.5, 2.0),
            (1.0, 0.5, 2.0),
            (Reason.CANNOT_BE_CALCULATED, Detail.IMPOSSIBLE_INPUT),
            (Reason.CANNOT_BE_CALCULATED, Detail.IMPOSSIBLE_INPUT),
        ),
        (
            (float("nan"), 0.5, 2.0),
            (1.0, 0.5, 2.0),
            (Reason.CANNOT_BE_CALCULATED, Detail.IMPOSSIBLE_INPUT),
            (Reason.CANNOT_BE_CALCULATED, Detail.IMPOSSIBLE_INPUT),
        ),
    ],
)
def test_a_gap_without_value_or_interval_says_why(
    most: tuple[float | None, float | None, float | None],
    least: tuple[float | None, float | None, float | None],
    difference: tuple[str | None, str | None],
    ratio: tuple[str | None, str | None],
) -> None:
    frame = pair(most, least)
    found = gap(frame)
    assert (found["reason"], found["detail"]) == difference
    found = gap(frame, statistics.relative_gap(confidence=[0.95]))
    assert (found["reason"], found["detail"]) == ratio


def test_an_unknown_method_of_a_ratio_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="expected one of gap_ratio_log, gap_ratio_mover"):
        statistics.relative_gap(method="wilson")


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_largest_values_and_limits_are_taken_and_any_larger_refused(sign: float) -> None:
    largest, beyond = sign * 1e15, sign * math.nextafter(1e15, math.inf)
    ordinary = (2.0, 1.0, 3.0)
    assert gap(pair((largest,) * 3, ordinary))["value"] == largest - 2.0
    assert gap(pair(ordinary, (largest,) * 3))["value"] == 2.0 - largest
    # each of the three beyond in turn, in the order that an interval has
    lower, upper = sorted((0.0, beyond))
    for wrong in ((beyond, beyond, beyond), (0.0, lower, upper)):
        for found in (gap(pair(wrong, ordinary)), gap(pair(ordinary, wrong))):
            assert (found["value"], found["detail"]) == (None, Detail.IMPOSSIBLE_INPUT)
