"""Tests of directly standardised rates and standard populations."""

import math
from typing import Any

import polars as pl
import pytest

from outcomes import statistics
from outcomes.errors import TableError

STRATA = pl.DataFrame(
    {
        "area_code": ["E1"] * 3 + ["E2"] * 3,
        "age_band": ["0-39", "40-74", "75+"] * 2,
        "deaths": [4, 10, 30, 2, 20, 60],
        "population": [1000, 800, 400, 500, 900, 800],
        "weight": [50_000, 40_000, 10_000] * 2,
    }
)
NAMES = ["0-39", "40-74", "75+"]


def rates(strata: pl.DataFrame = STRATA, **options: Any) -> pl.DataFrame:
    columns = {"numerator": "deaths", "denominator": "population", "standard_population": "weight"}
    return statistics.directly_standardised_rate(strata, **{**columns, "by": "area_code", **options})


def with_cell(column: str, content: float | None, row: int = 1) -> pl.DataFrame:
    cells: list[float | None] = [float(cell) for cell in STRATA[column]]
    cells[row] = content
    return STRATA.with_columns(pl.Series(column, cells, dtype=pl.Float64))


def reason_of_first(table: pl.DataFrame) -> tuple[str | None, str | None]:
    row = table.row(0, named=True)
    is_given = [row[name] is not None for name in row if name.startswith(("value", "lower", "upper", "variance"))]
    assert set(is_given) == {row["reason"] is None}
    return row["reason"], row["detail"]


def test_a_rate_is_the_weighted_mean_of_the_strata_with_dobsons_limits() -> None:
    row = rates(stratum="age_band", strata_expected=NAMES).row(0, named=True)
    weighted = (50_000 * 4 / 1000 + 40_000 * 10 / 800 + 10_000 * 30 / 400) / 100_000
    variance = (50_000**2 * 4 / 1000**2 + 40_000**2 * 10 / 800**2 + 10_000**2 * 30 / 400**2) / 100_000**2
    assert row["value"] == pytest.approx(100_000 * weighted, rel=1e-14)
    assert row["variance"] == pytest.approx(variance, rel=1e-14)
    z, events = 1.959963984540054, 44
    lower = events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3
    expected = 100_000 * (weighted + math.sqrt(variance / events) * (lower - events))
    assert row["lower_ci_95"] == pytest.approx(expected, rel=1e-13)
    assert (row["numerator"], row["denominator"]) == (44.0, 2200.0)


def test_with_equal_strata_it_is_the_crude_rate() -> None:
    strata = STRATA.with_columns(pl.lit(12).alias("deaths"), pl.lit(600).alias("population"), pl.lit(1).alias("weight"))
    standardised = rates(strata, multiplier=1000).row(0, named=True)
    crude = pl.DataFrame({"x": [36], "n": [1800]}).select(
        statistics.crude_rate("x", "n", multiplier=1000).struct.unnest()
    )
    for name in ("value", "lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8"):
        assert standardised[name] == pytest.approx(crude[name].item(), rel=1e-13)


def test_the_groups_are_sorted_and_may_have_several_columns() -> None:
    strata = STRATA.reverse().with_columns(pl.lit("Female").alias("sex"))
    assert rates(strata, by=["sex", "area_code"])["area_code"].to_list() == ["E1", "E2"]


def test_an_absent_stratum_is_told_by_its_name_or_by_the_number() -> None:
    lacking = STRATA.filter(~((pl.col("area_code") == "E1") & (pl.col("age_band") == "75+")))
    for options in ({"stratum": "age_band", "strata_expected": NAMES}, {"strata_expected": 3}):
        table = rates(lacking, **options)
        assert reason_of_first(table) == ("cannot be calculated", "missing stratum")
        assert table["value"].is_null().to_list() == [True, False]


def test_a_stratum_that_comes_twice_or_is_not_expected_is_impossible() -> None:
    twice = STRATA.with_columns(pl.col("age_band").replace("40-74", "0-39"))
    assert reason_of_first(rates(twice, stratum="age_band")) == ("cannot be calculated", "impossible input")
    strange = pl.concat([STRATA, STRATA.head(1).with_columns(pl.lit("all").alias("age_band"))])
    assert reason_of_first(rates(strange, stratum="age_band", strata_expected=NAMES))[1] == "impossible input"
    assert reason_of_first(rates(strange, strata_expected=3))[1] == "impossible input"
    nameless = STRATA.with_columns(pl.col("age_band").replace("75+", None))
    assert reason_of_first(rates(nameless, stratum="age_band"))[1] == "impossible input"


def test_fewer_than_ten_events_give_no_rate() -> None:
    nine = STRATA.with_columns(pl.Series("deaths", [0, 1, 8, 0, 2, 8]))
    table = rates(nine)
    assert reason_of_first(table) == ("cannot be calculated", "too few events")
    assert table["numerator"].to_list() == [9.0, 10.0]
    assert table["value"].is_null().to_list() == [True, False]


def test_missing_events_are_refused_unless_they_are_said_to_be_none() -> None:
    missing = with_cell("deaths", None)
    assert reason_of_first(rates(missing)) == ("missing", None)
    as_zero = rates(missing, missing_events="zero")
    assert as_zero.equals(rates(with_cell("deaths", 0.0)))
    assert as_zero["numerator"].to_list()[0] == 34.0


@pytest.mark.parametrize("missing_events", ["refuse", "zero"])
@pytest.mark.parametrize(
    ("column", "content", "reason", "detail"),
    [
        ("population", None, "missing", None),
        ("weight", None, "missing", None),
        ("population", 0.0, "cannot be calculated", "zero denominator"),
        ("population", -1.0, "cannot be calculated", "impossible input"),
        ("population", 1e-300, "cannot be calculated", "impossible input"),
        ("weight", -1.0, "cannot be calculated", "impossible input"),
        ("deaths", -1.0, "cannot be calculated", "impossible input"),
        ("deaths", float("nan"), "cannot be calculated", "impossible input"),
        ("population", float("inf"), "cannot be calculated", "impossible input"),
    ],
)
def test_one_wrong_stratum_refuses_its_group_and_no_other(
    column: str, content: float | None, reason: str, detail: str | None, missing_events: str
) -> None:
    table = rates(with_cell(column, content), missing_events=missing_events)
    assert reason_of_first(table) == (reason, detail)
    assert table["value"][1] == rates()["value"][1]


@pytest.mark.parametrize("column", ["deaths", "population", "weight"])
def test_the_largest_number_that_can_be_told_from_its_neighbour_is_taken_and_any_larger_refused(column: str) -> None:
    assert reason_of_first(rates(with_cell(column, 1e15))) == (None, None)
    beyond = with_cell(column, math.nextafter(1e15, math.inf))
    assert reason_of_first(rates(beyond)) == ("cannot be calculated", "impossible input")


def test_a_rate_is_per_100_000_unless_another_number_is_named() -> None:
    assert rates()["value"].to_list() == rates(multiplier=100_000)["value"].to_list()


def test_weights_of_nothing_but_zero_have_no_rate() -> None:
    weightless = STRATA.with_columns(pl.lit(0).alias("weight"))
    assert reason_of_first(rates(weightless)) == ("cannot be calculated", "zero denominator")
    assert rates(with_cell("weight", 0.0))["reason"].to_list() == [None, None]


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(ValueError, match="missing_events: found 'ignore', expected refuse or zero"):
        rates(missing_events="ignore")
    with pytest.raises(ValueError, match="stratum: found none"):
        rates(strata_expected=NAMES)
    with pytest.raises(TableError, match="column age: found none"):
        rates(stratum="age")
    with pytest.raises(TableError, match="column age_band: found String, expected numbers"):
        rates(numerator="age_band")
    with pytest.raises(TableError, match="by: found value"):
        rates(STRATA.rename({"area_code": "value"}), by="value")


def test_the_european_standard_population_has_nineteen_bands_of_100_000_persons() -> None:
    standard = statistics.european_standard_population_2013()
    assert standard.schema == {"age_band": pl.String, "standard_population": pl.Int64}
    assert standard.height == standard["age_band"].n_unique() == 19
    assert standard["standard_population"].sum() == 100_000
    assert standard.row(0) == ("0-4", 5000)
    assert standard.row(18) == ("90+", 1000)
