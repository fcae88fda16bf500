"""Tests of the registry of methods, confidence levels and the sums."""

import dataclasses
import math

import polars as pl
import pytest

from outcomes import statistics
from outcomes.errors import UnknownNameError
from outcomes.statistics.exact_sums import exact_sums
from outcomes.statistics.poisson import COUNT_METHODS
from outcomes.statistics.special_cause import SPECIAL_CAUSE_METHODS
from outcomes.statistics.trends import TREND_METHODS
from outcomes.vocabulary import Signal, Statistic


def test_every_method_is_printed_explained_and_sourced() -> None:
    for method in statistics.METHODS:
        assert method.title
        assert method.formula.endswith(".")
        assert method.references
        assert bool(method.statistics) != (method.signal is not None)


def test_names_are_sorted_unique_and_found() -> None:
    names = [method.name for method in statistics.METHODS]
    assert names == sorted(set(names))
    assert [statistics.method_named(name).name for name in names] == names


def test_every_method_that_a_function_takes_is_registered_and_no_other() -> None:
    trends = {method.name for method in statistics.METHODS if method.signal is Signal.TREND}
    counts = {method.name for method in statistics.METHODS if Statistic.CRUDE_RATE in method.statistics}
    assert trends == set(TREND_METHODS)
    assert counts == set(COUNT_METHODS)
    causes = {method.name for method in statistics.METHODS if method.signal is Signal.SPECIAL_CAUSE}
    assert causes == set(SPECIAL_CAUSE_METHODS)


def test_an_unknown_method_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="found 'phe_quintile', expected one of as_published, benj"):
        statistics.method_named("phe_quintile")


def test_a_method_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        statistics.method_named("wilson").name = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("level", "quantile"), [(0.95, 1.959963984540054), (0.998, 3.090232306167813), (0.5, 0.674489750196082)]
)
def test_the_normal_quantile_is_the_published_one(level: float, quantile: float) -> None:
    assert statistics.normal_quantile(level) == pytest.approx(quantile, rel=1e-14)


def test_limits_are_named_by_their_level_in_per_cent() -> None:
    assert statistics.limit_names(0.95) == ("lower_ci_95", "upper_ci_95")
    assert statistics.limit_names(0.999) == ("lower_ci_99_9", "upper_ci_99_9")


def test_a_sum_is_the_float_nearest_to_the_true_one() -> None:
    lists = pl.Series("x", [[1e100, 1.0, -1e100], [0.1] * 10, [], [1.0, math.inf], [1e308, 1e308], [None]])
    assert exact_sums(lists).to_list() == [1.0, 1.0, 0.0, None, None, None]


def test_every_public_name_is_documented_with_an_example() -> None:
    for name in statistics.__all__:
        thing = getattr(statistics, name)
        if callable(thing) and not isinstance(thing, type):
            assert ">>>" in (thing.__doc__ or ""), name
