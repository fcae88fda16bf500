"""Tests of life expectancy and its life table."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from outcomes import statistics
from outcomes.errors import TableError
from outcomes.statistics.life_expectancy import BAND_STARTS

DEATHS = [5, 1, 1, 1, 2, 4, 5, 6, 8, 12, 18, 28, 40, 60, 90, 130, 190, 260, 280, 340]
PERSONS = [1000, 4000] + [5000] * 13 + [4000, 3000, 2000, 1500, 1300]
LIMITS = ("lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8")


def bands(deaths: list[Any] = DEATHS, persons: list[Any] = PERSONS, area_code: str = "E1") -> pl.DataFrame:
    return pl.DataFrame(
        {
            "area_code": [area_code] * len(deaths),
            "age": BAND_STARTS[: len(deaths)],
            "deaths": deaths,
            "persons": persons,
        },
        schema_overrides={"deaths": pl.Float64, "persons": pl.Float64},
    )


def years(frame: pl.DataFrame, **options: Any) -> pl.DataFrame:
    arguments = {"deaths": "deaths", "population": "persons", "band_start": "age", "by": "area_code"}
    return statistics.life_expectancy(frame, **{**arguments, **options})


def replaced(values: list[int], place: int, content: Any) -> list[Any]:
    return [content if at == place else value for at, value in enumerate(values)]


def said(table: pl.DataFrame) -> set[tuple[str | None, str | None]]:
    for row in table.rows(named=True):
        assert {row[name] is not None for name in ("value", *LIMITS)} == {row["reason"] is None}
    return set(table.select("reason", "detail").rows())


def by_hand(deaths: Sequence[float], persons: Sequence[float]) -> tuple[float, float]:
    """The life expectancy at birth and its variance, one band after the other, as the textbooks write it."""
    widths = [1, 4] + [5] * 17
    lived = [0.1] + [0.5] * 19
    alive = [100_000.0]
    chances = []
    for place, width in enumerate(widths):
        rate = deaths[place] / persons[place]
        chances.append(width * rate / (1 + width * (1 - lived[place]) * rate))
        alive.append(alive[-1] * (1 - chances[-1]))
    spent = [
        width * (alive[place + 1] + lived[place] * (alive[place] - alive[place + 1]))
        for place, width in enumerate(widths)
    ]
    last_rate = deaths[19] / persons[19]
    spent.append(alive[19] / last_rate)
    expected = [sum(spent[place:]) / alive[place] for place in range(20)]
    variance = (alive[19] / 2) ** 2 * 4 / (deaths[19] * last_rate**2)
    for place in range(19):
        if deaths[place]:
            of_chance = chances[place] ** 2 * (1 - chances[place]) / deaths[place]
            variance += of_chance * (alive[place] * (widths[place] * (1 - lived[place]) + expected[place + 1])) ** 2
    return expected[0], variance / alive[0] ** 2


def test_life_expectancy_at_birth_is_the_textbooks() -> None:
    row = years(bands()).row(0, named=True)
    expected, variance = by_hand(DEATHS, PERSONS)
    assert row["value"] == pytest.approx(expected, rel=1e-13)
    assert row["upper_ci_95"] == pytest.approx(expected + 1.959963984540054 * variance**0.5, rel=1e-13)
    assert row["lower_ci_99_8"] == pytest.approx(expected - 3.090232306167813 * variance**0.5, rel=1e-13)
    assert (row["age"], row["numerator"], row["denominator"]) == (0, sum(DEATHS), sum(PERSONS))


def test_each_group_has_twenty_rows_in_order_of_age_and_the_last_is_one_over_its_rate() -> None:
    table = years(pl.concat([bands(area_code="E2"), bands()]).reverse())
    assert table["area_code"].to_list() == ["E1"] * 20 + ["E2"] * 20
    assert table["age"].to_list() == [*BAND_STARTS, *BAND_STARTS]
    assert table["value"][19] == pytest.approx(1300 / 340, rel=1e-14)
    assert table["numerator"][19] == 340.0


def test_a_band_without_deaths_adds_no_variance() -> None:
    none = replaced(DEATHS, 3, 0)
    row = years(bands(none)).row(0, named=True)
    expected, variance = by_hand(none, PERSONS)
    assert row["value"] == pytest.approx(expected, rel=1e-13)
    assert row["upper_ci_95"] == pytest.approx(expected + 1.959963984540054 * variance**0.5, rel=1e-13)


def test_where_a_whole_band_dies_nobody_is_alive_above_it() -> None:
    # 1,500 deaths a year among 1,500: the chance of dying within five years is held at 1
    table = years(bands(replaced(DEATHS, 18, 1500)))
    assert table["value"][18] == pytest.approx(5 * 0.5, rel=1e-14)
    assert table.filter(pl.col("age") == 90).select("value", "reason", "detail").row(0) == (
        None,
        "cannot be calculated",
        "too few events",
    )
    assert said(table.filter(pl.col("age") < 90)) == {(None, None)}


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (bands(replaced(DEATHS, 4, None)), ("missing", None)),
        (bands(persons=replaced(PERSONS, 4, None)), ("missing", None)),
        (bands(replaced(DEATHS, 4, -1)), ("cannot be calculated", "impossible input")),
        (bands(replaced(DEATHS, 4, 5001)), ("cannot be calculated", "impossible input")),
        (bands(replaced(DEATHS, 4, float("nan"))), ("cannot be calculated", "impossible input")),
        (bands(persons=replaced(PERSONS, 4, float("inf"))), ("cannot be calculated", "impossible input")),
        (bands(persons=replaced(PERSONS, 4, -5)), ("cannot be calculated", "impossible input")),
        (bands(replaced(DEATHS, 4, 0), replaced(PERSONS, 4, 0)), ("cannot be calculated", "zero denominator")),
        (bands(DEATHS[:19], PERSONS[:19]), ("cannot be calculated", "missing stratum")),
        (bands([1] * 20, [250] * 20), ("cannot be calculated", "population too small")),
        (bands(replaced(DEATHS, 19, 0)), ("cannot be calculated", "too few events")),
        (bands([0] * 20), ("cannot be calculated", "too few events")),
        (bands().with_columns(age=pl.col("age").replace(5, 1)), ("cannot be calculated", "impossible input")),
        (bands().with_columns(age=pl.col("age").replace(5, 7)), ("cannot be calculated", "impossible input")),
    ],
)
def test_a_table_that_cannot_be_made_has_its_reason_at_every_age(
    frame: pl.DataFrame, expected: tuple[str, str | None]
) -> None:
    table = years(pl.concat([frame, bands(area_code="E2")]))
    assert said(table.filter(pl.col("area_code") == "E1")) == {expected}
    assert said(table.filter(pl.col("area_code") == "E2")) == {(None, None)}


def test_only_the_ages_with_an_interval_wider_than_twenty_years_are_withheld() -> None:
    # one death among ten persons of 90 and above: 10 years give or take 20 of them at 90, far less at birth
    table = years(bands(replaced(DEATHS, 19, 1), replaced(PERSONS, 19, 10)))
    withheld = table.filter(pl.col("value").is_null())
    assert 90 in withheld["age"].to_list()
    assert 0 not in withheld["age"].to_list()
    assert said(withheld) == {("cannot be calculated", "interval too wide")}
    assert said(table.filter(pl.col("value").is_not_null())) == {(None, None)}


def test_what_is_withheld_does_not_hang_on_the_levels_that_are_asked_for() -> None:
    frame = bands(replaced(DEATHS, 19, 1), replaced(PERSONS, 19, 10))
    narrow = years(frame, confidence=[0.5])
    assert narrow["value"].is_null().to_list() == years(frame)["value"].is_null().to_list()


def test_just_over_five_thousand_persons_are_enough() -> None:
    frame = bands([20] * 20, [250] * 19 + [251])
    assert (None, None) in said(years(frame))


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(TableError, match="column start: found only"):
        years(bands(), band_start="start")
    with pytest.raises(TableError, match="column age: found String, expected numbers"):
        years(bands().with_columns(pl.col("age").cast(pl.String)))
    with pytest.raises(TableError, match="band_start: found value"):
        years(bands().rename({"age": "value"}), band_start="value")
    with pytest.raises(TableError, match="by: found age"):
        years(bands(), by="age")


def test_an_interval_of_just_under_20_years_is_given_and_one_of_just_over_is_not() -> None:
    def of_width(wanted: float) -> dict[str, Any]:
        # the fewer die, the less is known of how long life lasts: halve the bounds until the width is as wanted
        few, many = 1e-3, 1.0
        for _ in range(60):
            share = (few + many) / 2
            variance = by_hand([each * share for each in DEATHS], PERSONS)[1]
            few, many = (share, many) if 2 * 1.959963984540054 * variance**0.5 > wanted else (few, share)
        return years(bands([each * many for each in DEATHS])).row(0, named=True)

    under, over = of_width(19.99), of_width(20.01)
    assert under["upper_ci_95"] - under["lower_ci_95"] == pytest.approx(19.99, rel=1e-6)
    assert (over["value"], over["detail"]) == (None, "interval too wide")


def test_a_band_without_a_start_refuses_its_group() -> None:
    extra = bands([3.0], [900.0]).with_columns(age=pl.lit(None, dtype=pl.Int64))
    assert said(years(pl.concat([bands(), extra]))) == {("cannot be calculated", "impossible input")}
