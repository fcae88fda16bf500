"""Tests of directly standardised rates of events that one person may have several times."""

import math
from typing import Any

import polars as pl
import pytest

from outcomes import statistics
from outcomes.errors import TableError

ADMISSIONS = pl.DataFrame(
    {
        "area_code": ["E1"] * 4 + ["E2"] * 2,
        "age_band": ["0-64", "0-64", "65+", "65+", "0-64", "65+"],
        "persons": [20, 5, 10, 2, 6, 8],
        "each": [1, 2, 1, 3, 1, 1],
        "population": [1000, 1000, 400, 400, 500, 600],
        "weight": [8, 8, 2, 2, 8, 2],
    }
)


def rates(rows: pl.DataFrame = ADMISSIONS, **options: Any) -> pl.DataFrame:
    columns = {
        "persons": "persons",
        "events_each": "each",
        "denominator": "population",
        "standard_population": "weight",
        "stratum": "age_band",
    }
    return statistics.directly_standardised_rate_of_repeat_events(rows, **{**columns, "by": "area_code", **options})


def with_cell(column: str, content: float | None, row: int = 1) -> pl.DataFrame:
    cells: list[float | None] = [float(cell) for cell in ADMISSIONS[column]]
    cells[row] = content
    return ADMISSIONS.with_columns(pl.Series(column, cells, dtype=pl.Float64))


def test_the_rate_is_of_events_and_each_persons_square_goes_into_the_variance() -> None:
    row = rates(strata_expected=["0-64", "65+"]).row(0, named=True)
    assert (row["numerator"], row["denominator"]) == (46.0, 1400.0)
    rate = (8 * (20 + 10) / 1000 + 2 * (10 + 6) / 400) / 10
    variance = (8**2 * (20 + 4 * 5) / 1000**2 + 2**2 * (10 + 9 * 2) / 400**2) / 10**2
    assert row["value"] == pytest.approx(100_000 * rate, rel=1e-14)
    assert row["variance"] == pytest.approx(variance, rel=1e-14)
    z = 1.959963984540054
    upper = 47 * (1 - 1 / (9 * 47) + z / (3 * math.sqrt(47))) ** 3
    assert row["upper_ci_95"] == pytest.approx(100_000 * (rate + math.sqrt(variance / 46) * (upper - 46)), rel=1e-13)


def test_with_one_event_each_it_is_the_directly_standardised_rate() -> None:
    single = ADMISSIONS.filter(pl.col("each") == 1)
    plain = statistics.directly_standardised_rate(
        single, numerator="persons", denominator="population", standard_population="weight", by="area_code"
    )
    assert rates(single).equals(plain)


def test_repeat_events_widen_the_interval_of_the_same_events() -> None:
    events = ADMISSIONS.with_columns(persons=pl.col("persons") * pl.col("each"), each=1)
    summed = events.group_by("area_code", "age_band", "each", "population", "weight").agg(pl.col("persons").sum())
    repeat, single = rates().row(0, named=True), rates(summed).row(0, named=True)
    assert repeat["value"] == pytest.approx(single["value"], rel=1e-14)
    assert repeat["lower_ci_95"] < single["lower_ci_95"]
    assert repeat["upper_ci_95"] > single["upper_ci_95"]


def test_fewer_than_ten_events_give_no_rate_and_the_events_are_counted_not_the_persons() -> None:
    few = ADMISSIONS.filter(pl.col("area_code") == "E2").with_columns(persons=pl.Series([2, 3]))
    assert rates(few).select("numerator", "value", "detail").row(0) == (5.0, None, "too few events")
    assert rates(few.with_columns(each=pl.Series([2, 2])))["numerator"].to_list() == [10.0]
    assert rates(few.with_columns(each=pl.Series([2, 2])))["reason"].to_list() == [None]


@pytest.mark.parametrize(
    ("column", "content", "said"),
    [
        ("persons", None, ("missing", None)),
        ("each", None, ("missing", None)),
        ("population", None, ("missing", None)),
        ("weight", None, ("missing", None)),
        ("persons", -1.0, ("cannot be calculated", "impossible input")),
        ("each", 0.0, ("cannot be calculated", "impossible input")),
        ("each", 1.5, ("cannot be calculated", "impossible input")),
        ("each", 1.0, ("cannot be calculated", "impossible input")),
        ("each", float("nan"), ("cannot be calculated", "impossible input")),
        ("population", 999.0, ("cannot be calculated", "impossible input")),
        ("weight", 7.0, ("cannot be calculated", "impossible input")),
        ("population", float("inf"), ("cannot be calculated", "impossible input")),
    ],
)
def test_one_wrong_row_refuses_its_group_and_no_other(
    column: str, content: float | None, said: tuple[str, str | None]
) -> None:
    table = rates(with_cell(column, content))
    assert table.select("reason", "detail").row(0) == said
    assert table["value"][0] is None
    assert table["value"][1] == rates()["value"][1]


def test_missing_persons_may_be_said_to_be_none() -> None:
    assert rates(with_cell("persons", None), missing_events="zero").equals(rates(with_cell("persons", 0.0)))


def test_an_absent_stratum_is_noticed_where_the_strata_are_named() -> None:
    lacking = ADMISSIONS.filter((pl.col("area_code") == "E2") | (pl.col("age_band") == "65+"))
    table = rates(lacking, strata_expected=["0-64", "65+"])
    assert table["detail"].to_list() == ["missing stratum", None]
    with pytest.raises(TableError, match="column band: found none"):
        rates(stratum="band")
