"""Tests of indirectly standardised ratios and rates."""

import math
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from outcomes import statistics
from outcomes.errors import TableError, UnknownNameError

STRATA = pl.DataFrame(
    {
        "area_code": ["E1"] * 3 + ["E2"] * 3,
        "age_band": ["0-39", "40-74", "75+"] * 2,
        "deaths": [4, 10, 30, 0, 2, 5],
        "population": [1000, 800, 400, 500, 900, 800],
        "england_deaths": [20, 100, 600] * 2,
        "england_population": [10_000, 8000, 6000] * 2,
    }
)
NAMES = ["0-39", "40-74", "75+"]
LIMITS = ("lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8")


def _arguments(options: dict[str, Any]) -> dict[str, Any]:
    columns = {
        "numerator": "deaths",
        "denominator": "population",
        "reference_numerator": "england_deaths",
        "reference_denominator": "england_population",
    }
    return {**columns, "by": "area_code", **options}


def ratios(strata: pl.DataFrame = STRATA, **options: Any) -> pl.DataFrame:
    return statistics.indirectly_standardised_ratio(strata, **_arguments(options))


def rates(strata: pl.DataFrame = STRATA, **options: Any) -> pl.DataFrame:
    return statistics.indirectly_standardised_rate(strata, **_arguments(options))


def with_cell(column: str, content: float | None, row: int = 1) -> pl.DataFrame:
    cells: list[float | None] = [float(cell) for cell in STRATA[column]]
    cells[row] = content
    return STRATA.with_columns(pl.Series(column, cells, dtype=pl.Float64))


def reason_of_first(table: pl.DataFrame) -> tuple[str | None, str | None]:
    row = table.row(0, named=True)
    assert {row[name] is not None for name in ("value", *LIMITS)} == {row["reason"] is None}
    return row["reason"], row["detail"]


def test_a_ratio_is_events_observed_over_those_expected_with_the_limits_of_the_count() -> None:
    row = ratios(stratum="age_band", strata_expected=NAMES).row(0, named=True)
    expected = 1000 * 20 / 10_000 + 800 * 100 / 8000 + 400 * 600 / 6000
    assert row["denominator"] == pytest.approx(expected, rel=1e-15)
    assert row["value"] == pytest.approx(100 * 44 / expected, rel=1e-14)
    count = pl.DataFrame({"x": [44]}).select(statistics.count("x").struct.unnest()).row(0, named=True)
    for name in LIMITS:
        assert row[name] == pytest.approx(100 * count[name] / expected, rel=1e-13)


def test_fewer_than_ten_events_have_exact_limits_and_a_named_method_is_kept_to() -> None:
    (seven,) = ratios().filter(pl.col("area_code") == "E2").rows(named=True)
    expected = 500 * 20 / 10_000 + 900 * 100 / 8000 + 800 * 600 / 6000
    # exact Poisson limits of 7 events from tables: 2.8144 and 14.4227
    assert seven["lower_ci_95"] == pytest.approx(100 * 2.8144 / expected, rel=1e-4)
    assert seven["upper_ci_95"] == pytest.approx(100 * 14.4227 / expected, rel=1e-4)
    assert ratios(method="byar")["upper_ci_95"][1] != seven["upper_ci_95"]
    assert ratios(method="exact")["upper_ci_95"].to_list()[1] == seven["upper_ci_95"]


def test_a_rate_is_the_ratio_times_the_crude_rate_of_the_reference() -> None:
    table = rates(multiplier=1000).row(0, named=True)
    crude = (20 + 100 + 600) / (10_000 + 8000 + 6000)
    assert table["reference_rate"] == pytest.approx(crude, rel=1e-15)
    for name in ("value", *LIMITS):
        assert table[name] == pytest.approx(ratios(multiplier=1)[name][0] * crude * 1000, rel=1e-13)


def test_the_reference_set_against_itself_is_100() -> None:
    itself = STRATA.with_columns(deaths=pl.col("england_deaths"), population=pl.col("england_population"))
    assert ratios(itself)["value"].to_list() == [100.0, 100.0]


def test_an_absent_stratum_is_told_by_its_name_or_by_the_number() -> None:
    lacking = STRATA.filter(~((pl.col("area_code") == "E1") & (pl.col("age_band") == "75+")))
    for options in ({"stratum": "age_band", "strata_expected": NAMES}, {"strata_expected": 3}):
        table = ratios(lacking, **options)
        assert reason_of_first(table) == ("cannot be calculated", "missing stratum")
        assert table["value"].is_null().to_list() == [True, False]
    twice = STRATA.with_columns(pl.col("age_band").replace("40-74", "0-39"))
    assert reason_of_first(ratios(twice, stratum="age_band")) == ("cannot be calculated", "impossible input")


def test_missing_events_are_refused_unless_they_are_said_to_be_none() -> None:
    for column in ("deaths", "england_deaths"):
        assert reason_of_first(ratios(with_cell(column, None))) == ("missing", None)
        as_zero = ratios(with_cell(column, None), missing_events="zero")
        assert as_zero.equals(ratios(with_cell(column, 0.0)))
    assert reason_of_first(ratios(with_cell("population", None), missing_events="zero")) == ("missing", None)


def test_a_stratum_of_nobody_expects_nothing_and_may_have_no_events() -> None:
    nobody = with_cell("population", 0.0)
    assert reason_of_first(ratios(nobody)) == ("cannot be calculated", "impossible input")
    none = nobody.with_columns(pl.when(pl.col("population") > 0).then("deaths").otherwise(0).alias("deaths"))
    assert ratios(none)["denominator"][0] == pytest.approx(2 + 40, rel=1e-15)


@pytest.mark.parametrize(
    ("column", "content", "reason", "detail"),
    [
        ("population", -1.0, "cannot be calculated", "impossible input"),
        ("deaths", -1.0, "cannot be calculated", "impossible input"),
        ("deaths", float("nan"), "cannot be calculated", "impossible input"),
        ("england_deaths", float("inf"), "cannot be calculated", "impossible input"),
        ("england_population", 0.0, "cannot be calculated", "zero denominator"),
        ("england_population", 1e-320, "cannot be calculated", "impossible input"),
        ("england_population", None, "missing", None),
    ],
)
def test_one_wrong_stratum_refuses_its_group_and_no_other(
    column: str, content: float | None, reason: str, detail: str | None
) -> None:
    for method in (ratios, rates):
        table = method(with_cell(column, content))
        assert reason_of_first(table) == (reason, detail)
        assert table["value"][1] == method()["value"][1]


def test_a_reference_without_any_event_has_no_ratio() -> None:
    assert reason_of_first(ratios(STRATA.with_columns(england_deaths=0))) == (
        "cannot be calculated",
        "zero denominator",
    )


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(ValueError, match="missing_events: found 'ignore'"):
        ratios(missing_events="ignore")
    with pytest.raises(UnknownNameError, match="method: found 'wilson'"):
        ratios(method="wilson")
    with pytest.raises(TableError, match="column age_band: found String, expected numbers"):
        rates(reference_numerator="age_band")
    with pytest.raises(ValueError, match="multiplier: found 0"):
        rates(multiplier=0)
    with pytest.raises(TableError, match="by: found reference_rate"):
        ratios(STRATA.rename({"area_code": "reference_rate"}), by="reference_rate")


def test_a_rate_takes_all_that_a_ratio_takes_and_is_per_100_000_unless_another_number_is_named() -> None:
    assert_frame_equal(rates(), rates(multiplier=100_000), check_exact=True)
    of_ratio, of_rate = ratios(STRATA[1:], strata_expected=3), rates(STRATA[1:], strata_expected=3)
    assert reason_of_first(of_ratio) == reason_of_first(of_rate) == ("cannot be calculated", "missing stratum")
    twice = STRATA.with_columns(age_band=pl.Series(["75+"] * 3 + NAMES))
    assert reason_of_first(rates(twice, stratum="age_band")) == ("cannot be calculated", "impossible input")
    assert reason_of_first(ratios(twice, stratum="age_band")) == ("cannot be calculated", "impossible input")


@pytest.mark.parametrize("column", ["deaths", "population", "england_deaths", "england_population"])
def test_the_largest_numbers_that_can_be_told_apart_are_taken_and_any_larger_is_refused(column: str) -> None:
    assert reason_of_first(ratios(with_cell(column, 1e15)))[1] is None
    assert reason_of_first(ratios(with_cell(column, math.nextafter(1e15, math.inf))))[1] == "impossible input"


def test_not_even_one_event_can_be_of_nobody() -> None:
    nobody = with_cell("population", 0.0).with_columns(deaths=pl.Series([4, 1, 30, 0, 2, 5]))
    assert reason_of_first(ratios(nobody)) == ("cannot be calculated", "impossible input")


def test_expected_events_next_to_0_make_no_rate() -> None:
    hardly = STRATA.with_columns(england_deaths=pl.lit(1e-250))
    assert reason_of_first(rates(hardly)) == ("cannot be calculated", "impossible input")
