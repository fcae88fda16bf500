"""Tests of quantiles by their three rules."""

from typing import Any

import polars as pl
import pytest

from outcomes import statistics
from outcomes.errors import UnknownNameError
from outcomes.statistics.quantiles import QUANTILE_METHODS
from outcomes.vocabulary import Signal


def classes(values: list[Any], **options: Any) -> list[int | None]:
    areas = pl.DataFrame({"value": values}, schema={"value": pl.Float64})
    estimate = statistics.quantile("value", **{"fewest_areas": 1, **options})
    return areas.select(estimate.struct.field("quantile"))["quantile"].to_list()


def reasons(values: list[Any], **options: Any) -> list[tuple[str | None, str | None]]:
    areas = pl.DataFrame({"value": values}, schema={"value": pl.Float64})
    return areas.select(statistics.quantile("value", **options).struct.unnest()).select("reason", "detail").rows()


SEVEN = [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("fingertips_quintile", [1, 1, 2, 3, 4, 5, 5]),
        ("ntile", [1, 1, 2, 2, 3, 4, 5]),
        ("phe_quantile", [1, 1, 2, 3, 3, 4, 5]),
    ],
)
def test_the_three_rules_give_their_published_answers_for_one_to_seven(method: str, expected: list[int]) -> None:
    assert classes(SEVEN, method=method) == expected
    assert classes(SEVEN[::-1], method=method) == expected[::-1]
    assert classes([-value for value in SEVEN], method=method, highest_first=True) == expected


def test_a_value_on_a_cut_point_lies_below_it() -> None:
    # of eleven values the cut points of fifths are the 3rd, 5th, 7th and 9th
    assert classes(list(range(11)), method="fingertips_quintile") == [1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_the_cut_points_are_those_of_linear_interpolation() -> None:
    values = [3.0, 3.0, 4.5, 7.0, 7.0, 7.0, 8.0, 11.0, 13.0, 13.0, 20.0, 21.0, 21.0]
    areas = pl.DataFrame({"value": values})
    cuts = [areas["value"].quantile(share / 10, "linear") for share in range(1, 10)]
    expected = [1 + sum(value > cut for cut in cuts if cut is not None) for value in values]
    assert classes(values, method="fingertips_quintile", quantiles=10) == expected


@pytest.mark.parametrize("method", QUANTILE_METHODS)
def test_a_multiple_of_the_classes_is_cut_evenly_and_equal_values_share(method: str) -> None:
    assert classes(list(range(10)), method=method) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert len(set(classes([4.0] * 12, method=method))) == 1
    tied = classes([1, 2, 2, 2, 3, 4, 5, 6, 7, 8], method=method)
    assert tied[1] == tied[2] == tied[3]


@pytest.mark.parametrize("method", QUANTILE_METHODS)
def test_no_quintile_is_given_of_fewer_than_ten_areas(method: str) -> None:
    nine = [float(value) for value in range(9)]
    assert set(reasons(nine, method=method)) == {("cannot be calculated", "too few points")}
    assert set(reasons([*nine, 9.0], method=method)) == {(None, None)}
    assert set(reasons([*nine, None], method=method)) == {("cannot be calculated", "too few points"), ("missing", None)}


def test_fewer_areas_than_classes_have_none_whatever_is_asked() -> None:
    assert classes(SEVEN, quantiles=10) == [None] * 7
    assert classes(SEVEN, quantiles=7) == SEVEN


def test_an_area_without_a_value_has_its_reason_and_is_not_counted() -> None:
    values = [*SEVEN, None, float("nan"), float("inf")]
    assert classes(values) == [1, 1, 2, 3, 3, 4, 5, None, None, None]
    assert reasons(values, fewest_areas=5)[6:] == [
        (None, None),
        ("missing", None),
        ("cannot be calculated", "impossible input"),
        ("cannot be calculated", "impossible input"),
    ]


def test_areas_are_ranked_within_their_groups() -> None:
    areas = pl.DataFrame({"region": ["N"] * 5 + ["S"] * 5, "value": [1, 2, 3, 4, 5, 50, 40, 30, 20, 10]})
    found = areas.select(statistics.quantile("value", by="region", fewest_areas=5).struct.field("quantile"))
    assert found["quantile"].to_list() == [1, 2, 3, 4, 5, 5, 4, 3, 2, 1]


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="method: found 'quintile', expected one of phe_quantile"):
        statistics.quantile("value", method="quintile")
    for number in (1, 101):
        with pytest.raises(ValueError, match=f"quantiles: found {number}, expected 2 to 100"):
            statistics.quantile("value", quantiles=number)
    with pytest.raises(ValueError, match="fewest_areas: found 0"):
        statistics.quantile("value", fewest_areas=0)


def test_every_rule_is_registered() -> None:
    assert {statistics.method_named(name).signal for name in QUANTILE_METHODS} == {Signal.COMPARISON}
