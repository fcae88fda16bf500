"""Tests of what makes a series seasonal and of yearly differences: small values, half-years, places without a name."""

import math
from typing import Any

import polars as pl
import pytest

from outcomes import statistics

WAVE = [1.0, 2.0, 4.0, 5.0, 4.0, 2.0, 1.0, 0.5, 0.0, 0.0, 0.0, 0.5]


def months(values: list[Any], trust: str | None = "R1") -> pl.DataFrame:
    return pl.DataFrame(
        {"trust": [trust] * len(values), "month": range(len(values)), "value": values},
        schema={"trust": pl.String, "month": pl.Int64, "value": pl.Float64},
    )


def season(frame: pl.DataFrame, periods_a_year: int = 12) -> dict[str, Any]:
    found = statistics.seasonal_series(frame, by="trust", order="month", periods_a_year=periods_a_year)
    return found.row(0, named=True)


def differences(frame: pl.DataFrame) -> list[float | None]:
    return statistics.yearly_differences(frame, by="trust", order="month")["yearly_difference"].to_list()


def test_a_season_of_small_values_is_that_of_the_same_values_in_other_units() -> None:
    values = [value + month / 50 for month, value in enumerate(WAVE * 3)]
    plain, small = season(months(values)), season(months([value / 1024 for value in values]))
    assert plain["is_seasonal"] is True
    assert small == plain


def test_half_years_are_two_a_year_and_both_ratios_are_to_half_a_year() -> None:
    halves = months([float(half % 2) * 10 + half * half for half in range(14)])
    row = season(halves, periods_a_year=2)
    assert (row["is_seasonal"], row["pairs"]) == (False, 12)
    assert row["ratio"] == row["ratio_of_any"]


def test_a_series_too_short_for_any_pair_is_named_without_a_word() -> None:
    assert season(months([1.0] * 12)) == {
        "trust": "R1",
        "is_seasonal": None,
        "ratio": None,
        "ratio_of_any": None,
        "pairs": 0,
    }


def test_a_series_without_a_name_is_a_series() -> None:
    named, unnamed = months(WAVE * 3), months(WAVE * 3, None)
    assert season(unnamed) == {**season(named), "trust": None}
    assert differences(unnamed) == differences(named) == [None] * 12 + [0.0] * 24


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_largest_values_are_points_and_any_larger_are_left_out(sign: float) -> None:
    largest, beyond = sign * 1e15, sign * math.nextafter(1e15, math.inf)
    pairs = [season(months([0.0] * 23 + [value]))["pairs"] for value in (largest, beyond, sign * math.inf)]
    assert pairs == [12, 11, 11]
    assert [differences(months([value, *[0.0] * 12]))[-1] for value in (largest, beyond)] == [-largest, None]
    assert [differences(months([*[0.0] * 12, value]))[-1] for value in (largest, beyond)] == [largest, None]


def test_where_the_year_before_has_two_points_at_the_place_there_is_no_difference() -> None:
    frame = pl.concat([months([1.0, 2.0, *[3.0] * 12]), months([7.0])])
    # month 0 was told twice, month 1 once
    assert differences(frame)[12:14] == [None, 1.0]
