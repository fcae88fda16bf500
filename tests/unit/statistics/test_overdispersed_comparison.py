"""Tests of limits around a benchmark that allow for overdispersion, with numbers by hand."""

import math

import polars as pl
import pytest

from outcomes.errors import UnknownNameError
from outcomes.framework.comparison_rules import OVERDISPERSION_CHOICES
from outcomes.statistics import OVERDISPERSION_METHODS, compare_beyond_overdispersion, overdispersed_limits
from outcomes.vocabulary import Polarity

AREA = pl.DataFrame({"mark": [36.0], "size": [100.0], "overdispersion": [4.0], "variance_between": [0.0075]})

SIDES = (("lower", -1.0), ("upper", 1.0))


def limits(method: str, *, is_proportion: bool, frame: pl.DataFrame = AREA) -> dict[str, float | None]:
    found = overdispersed_limits("mark", "size", is_proportion=is_proportion, method=method)
    return frame.select(found.struct.unnest()).row(0, named=True)


def test_the_variance_between_areas_is_added_to_that_of_chance() -> None:
    # 1 / (4 · 100) = 0.0025, and 0.0025 + 0.0075 = 0.1²
    found = limits("funnel_additive", is_proportion=True)
    half = 1.959963984540054 * 0.1
    assert found["lower_limit_95"] == pytest.approx(100 * math.sin(math.asin(0.6) - half) ** 2, rel=1e-12)
    assert found["upper_limit_95"] == pytest.approx(100 * math.sin(math.asin(0.6) + half) ** 2, rel=1e-12)


def test_the_limits_of_chance_are_twice_as_wide_with_four_times_the_spread() -> None:
    # √4 · 1 / (2 √100) = 0.1, on the scale of the root of 0.36
    found = limits("funnel_multiplicative", is_proportion=False)
    half = 3.090232306167813 * 0.1
    assert found["lower_limit_99_8"] == pytest.approx(100 * (0.6 - half) ** 2, rel=1e-12)
    assert found["upper_limit_99_8"] == pytest.approx(100 * (0.6 + half) ** 2, rel=1e-12)


def test_less_spread_than_chance_is_no_reason_for_narrower_limits() -> None:
    closer = AREA.with_columns(overdispersion=0.2, variance_between=0.0)
    assert limits("funnel_multiplicative", is_proportion=True, frame=closer) == limits(
        "funnel_additive", is_proportion=True, frame=closer
    )


def test_without_a_spread_there_are_no_limits() -> None:
    nothing = pl.lit(None, dtype=pl.Float64)
    few = AREA.with_columns(overdispersion=nothing, variance_between=nothing)
    for method in OVERDISPERSION_METHODS:
        assert set(limits(method, is_proportion=True, frame=few).values()) == {None}


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="found 'funnel_chance', expected one of funnel_additive_corrected, fu"):
        limits("funnel_chance", is_proportion=True)


def test_the_framework_offers_exactly_the_methods_that_there_are() -> None:
    assert set(OVERDISPERSION_CHOICES) == {"auto", "none", *OVERDISPERSION_METHODS}


def test_an_upper_limit_beyond_the_whole_is_the_whole_and_a_lower_one_below_0_is_0() -> None:
    most, least = AREA.with_columns(mark=99.0, size=4.0), AREA.with_columns(mark=1.0, size=4.0)
    assert limits("funnel_additive", is_proportion=True, frame=most)["upper_limit_95"] == 100.0
    for is_proportion in (True, False):
        assert limits("funnel_additive", is_proportion=is_proportion, frame=least)["lower_limit_95"] == 0.0


def test_areas_that_expect_less_than_one_event_have_limits_and_those_of_no_size_have_none() -> None:
    for size, has_limits in ((0.5, True), (0.0, False), (-1.0, False)):
        found = limits("funnel_additive", is_proportion=False, frame=AREA.with_columns(size=size))
        assert {limit is not None for limit in found.values()} == {has_limits}
    # without chance's part nothing would tell that there is no size
    level = AREA.with_columns(size=0.0, variance_between=0.0, overdispersion=0.0, mark=0.0)
    for method in OVERDISPERSION_METHODS:
        assert set(limits(method, is_proportion=True, frame=level).values()) == {None}


@pytest.mark.parametrize(
    ("value", "word"), [(50.0, "similar"), (64.0, "similar"), (66.0, "higher"), (36.0, "similar"), (34.0, "lower")]
)
def test_a_value_is_beyond_chance_only_outside_the_limits_on_either_side(value: float, word: str) -> None:
    # an interval of ±1 has the benchmark outside of it everywhere but at 50
    area = pl.DataFrame(
        {
            "seen": [value],
            **{f"{end}_ci_{label}": [value + sign] for label in ("95", "99_8") for end, sign in SIDES},
            **{f"{end}_limit_95": [50.0 + 15.0 * sign] for end, sign in SIDES},
            **{f"{end}_limit_99_8": [50.0 + 25.0 * sign] for end, sign in SIDES},
        }
    )
    found = compare_beyond_overdispersion(benchmark=50.0, polarity=Polarity.NO_JUDGEMENT, value="seen")
    assert area.select(found).item() == word
