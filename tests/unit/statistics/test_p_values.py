"""Tests of p-values by inversion: values by hand and from the textbooks' tests, edges, and the order of magnitude."""

import math

import polars as pl
import pytest
from scipy import stats

from outcomes.statistics import (
    agreeing_with_limits,
    difference_p_value,
    mean_p_value,
    poisson_p_value,
    proportion_p_value,
    published_p_value,
    standardised_p_value,
    symmetric_p_value,
)


def one(expression: pl.Expr) -> float | None:
    found: float | None = pl.select(expression).item()
    return found


def number(value: float | None) -> pl.Expr:
    return pl.lit(value, dtype=pl.Float64)


def test_a_proportion_has_the_p_value_of_the_score_test_by_hand() -> None:
    # 20 of 100 beside 13 %: z = 7 / √(100 · 0.13 · 0.87) = 2.0814, and 2 (1 - Φ(2.0814)) = 0.0374
    found = one(proportion_p_value(number(20.0), number(100.0), 13.0))
    assert found == pytest.approx(math.erfc(7.0 / math.sqrt(11.31) / math.sqrt(2.0)), rel=1e-9)
    assert found == pytest.approx(0.0374, abs=5e-5)


@pytest.mark.parametrize(
    ("count", "asked", "mark", "p_value"),
    [
        (0.0, 50.0, 0.0, 1.0),
        (1.0, 50.0, 0.0, 0.0),
        (50.0, 50.0, 100.0, 1.0),
        (49.0, 50.0, 100.0, 0.0),
        (20.0, 50.0, 101.0, 0.0),
        (20.0, 50.0, -1.0, 0.0),
        (20.0, 50.0, 40.0, 1.0),
        (51.0, 50.0, 40.0, None),
        (-1.0, 50.0, 40.0, None),
        (1.0, 0.0, 40.0, None),
        (None, 50.0, 40.0, None),
        (1.0, 50.0, math.nan, None),
        (1.0, 50.0, math.inf, None),
    ],
)
def test_the_edges_of_a_proportion(count: float | None, asked: float, mark: float, p_value: float | None) -> None:
    assert one(proportion_p_value(number(count), number(asked), number(mark))) == p_value


@pytest.mark.parametrize(("count", "expected"), [(3.0, 8.0), (9.0, 4.0), (0.0, 3.0), (7.0, 6.9)])
def test_an_exact_count_has_the_doubled_tail_of_poisson(count: float, expected: float) -> None:
    tail = stats.poisson.sf(count - 1, expected) if expected < count else stats.poisson.cdf(count, expected)
    assert one(poisson_p_value(number(count), number(expected))) == pytest.approx(min(1.0, 2 * tail), rel=1e-9)


def test_byar_is_turned_round_by_hand() -> None:
    # 20 events beside 12: z = 3√20 (1 - 1/180 - (12/20)^⅓) = 2.0264
    z = 3 * math.sqrt(20) * (1 - 1 / 180 - 0.6 ** (1 / 3))
    assert one(poisson_p_value(number(20.0), number(12.0))) == pytest.approx(2 * stats.norm.sf(z), rel=1e-9)


@pytest.mark.parametrize(
    ("count", "expected", "p_value"),
    [
        (0.0, 0.0, 1.0),
        (0.0, -1.0, 0.0),
        (5.0, 0.0, 0.0),
        (20.0, 20.0, 1.0),
        (20.0, 19.9, 1.0),
        (-1.0, 3.0, None),
        (1e16, 3.0, None),
        (3.0, math.nan, None),
        (None, 3.0, None),
    ],
)
def test_the_edges_of_a_count(count: float | None, expected: float, p_value: float | None) -> None:
    assert one(poisson_p_value(number(count), number(expected))) == p_value


def test_a_count_that_no_interval_of_byar_lets_reach_zero_has_a_small_p_value_there() -> None:
    found = one(poisson_p_value(number(20.0), number(0.0)))
    assert found is not None
    assert 0.0 < found < 1e-30


def test_a_mean_has_the_p_value_of_the_t_test() -> None:
    values = [1.0, 2.0, 2.0, 5.0, 7.5, 3.0]
    test = stats.ttest_1samp(values, 6.0)
    low, high = test.confidence_interval(0.95)
    middle = sum(values) / 6
    found = one(mean_p_value(number(middle), number(low), number(high), number(6.0), 6.0))
    assert found == pytest.approx(test.pvalue, rel=1e-9)


def test_values_that_are_all_alike_differ_surely_or_not_at_all() -> None:
    alike = (number(4.0), number(4.0), number(4.0), number(5.0))
    assert one(mean_p_value(*alike, 4.0)) == 1.0
    assert one(mean_p_value(*alike, 4.1)) == 0.0
    assert one(mean_p_value(number(4.0), number(4.0), number(4.0), number(1.0), 4.1)) is None


def test_a_standardised_rate_of_one_band_is_a_crude_rate() -> None:
    crude = one(poisson_p_value(number(20.0), number(13.0)))
    standardised = one(
        standardised_p_value(number(200.0), number(122.11402606), number(308.89866855), number(20.0), 130.0)
    )
    assert standardised == pytest.approx(crude, rel=1e-5)


def test_a_rate_without_width_has_none() -> None:
    assert one(standardised_p_value(number(20.0), number(20.0), number(20.0), number(20.0), 21.0)) is None


def test_a_symmetric_interval_is_that_of_a_normal_variable() -> None:
    found = one(symmetric_p_value(number(80.0), number(79.02), number(80.98), 78.5))
    assert found == pytest.approx(2 * stats.norm.sf(1.5 / 0.98 * stats.norm.ppf(0.975)), rel=1e-9)


def test_a_published_ratio_is_read_on_the_scale_of_logarithms() -> None:
    # an interval of 1 to 4 around 2 is symmetric there: 0.5 lies as far below its lower limit as that below 2
    found = one(published_p_value(number(2.0), number(1.0), number(4.0), 0.5))
    assert found == pytest.approx(2 * stats.norm.sf(2 * stats.norm.ppf(0.975)), rel=1e-9)


def test_a_published_value_below_zero_is_read_on_its_own_scale() -> None:
    found = one(published_p_value(number(-2.0), number(-3.0), number(-1.0), 0.0))
    assert found == pytest.approx(2 * stats.norm.sf(2 * stats.norm.ppf(0.975)), rel=1e-9)


def test_a_published_limit_that_is_the_value_itself_tells_no_p_value() -> None:
    assert one(published_p_value(number(2.0), number(2.0), number(2.4), 1.9)) is None
    assert one(published_p_value(number(2.0), number(2.0), number(2.4), 2.4)) == pytest.approx(0.05)


def test_a_difference_whose_limit_is_zero_has_five_per_cent() -> None:
    assert one(difference_p_value(number(-3.0), number(-5.0), number(0.0))) == pytest.approx(0.05)


def test_rounding_never_lets_a_p_value_contradict_its_limits() -> None:
    limits = {"lower_ci_95": 8.0, "upper_ci_95": 12.0, "lower_ci_99_8": 7.0, "upper_ci_99_8": 13.0}

    def agreeing(p_value: float | None, benchmark: float, **others: float | None) -> float | None:
        row = pl.DataFrame([{**limits, **others}], schema=dict.fromkeys(limits, pl.Float64))
        found: float | None = row.select(agreeing_with_limits(number(p_value), benchmark)).item()
        return found

    assert agreeing(0.0499999, 12.0) == 0.05
    assert agreeing(0.0500001, 12.1) == math.nextafter(0.05, 0.0)
    assert agreeing(0.0019999, 13.0) == 0.002
    assert agreeing(0.0020001, 13.1) == math.nextafter(0.002, 0.0)
    assert agreeing(0.01, 12.5) == 0.01
    assert agreeing(0.0001, 14.0, lower_ci_99_8=None, upper_ci_99_8=None) == 0.0001
    assert agreeing(0.3, 10.0, lower_ci_95=None) is None
    assert agreeing(None, 10.0) is None


@pytest.mark.parametrize("mark", [math.inf, -math.inf, math.nan])
def test_beside_what_is_no_finite_number_nothing_has_a_p_value(mark: float) -> None:
    value, lower, upper, size = (number(each) for each in (50.0, 40.0, 60.0, 20.0))
    for p_value in (
        proportion_p_value(number(20.0), number(100.0), mark),
        poisson_p_value(number(20.0), number(mark)),
        standardised_p_value(value, lower, upper, size, mark),
        mean_p_value(value, lower, upper, size, mark),
        symmetric_p_value(value, lower, upper, mark),
        published_p_value(value, lower, upper, mark),
    ):
        assert one(p_value) is None


def test_a_published_interval_that_is_symmetric_is_not_taken_for_one_of_logarithms() -> None:
    # ± 10 around 100: 95 lies half a half-width away
    found = one(published_p_value(number(100.0), number(90.0), number(110.0), 95.0))
    assert found == pytest.approx(2 * stats.norm.sf(1.959963984540054 / 2), rel=1e-9)
