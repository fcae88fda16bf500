"""Denominators that are taken once, from a reference series."""

from datetime import date

import pytest

from outcomes.errors import UnknownNameError
from outcomes.vocabulary import Qualifier, Reason
from tests.unit.rollup.world import (
    SEX,
    counts_of,
    indicator,
    partner,
    population,
    population_of,
    rolled,
    sent,
    world,
)

RATE = indicator(statistic="crude_rate", level="place", denominator="reference:persons")


def test_a_sum_of_sources_is_over_one_population() -> None:
    rate = indicator(statistic="crude_rate", level="place", denominator="reference:persons", combine="sum_of_sources")
    partners = [partner("A", ["checks"]), partner("B", ["checks"])]
    partnership = world(rate, partners=partners, series={"persons": population([("P1", 1000), ("P2", 500)])})
    rows = [sent("A", "P1", 3), sent("B", "P1", 4), sent("A", "P2", 1), sent("B", "P2", 2)]
    found = rolled(partnership, *rows)
    assert counts_of(found) == {
        "P1": (7, 1000),
        "P2": (3, 500),
        "S1": (10, 1500),
        "R1": (10, 1500),
        "E92": (10, 1500),
    }


def test_a_rate_over_a_whole_population_needs_every_source() -> None:
    rate = indicator(statistic="crude_rate", level="place", denominator="reference:persons", combine="sum_of_sources")
    codes = [f"T{number:02d}" for number in range(20)]
    partnership = world(
        rate,
        partners=[partner(code, ["checks"]) for code in codes],
        series={"persons": population([("P1", 1000), ("P2", 19_000)])},
    )
    rows = [sent(code, "P1", 1) for code in codes[1:]] + [sent(code, "P2", 1) for code in codes]
    found = rolled(partnership, *rows)
    # nineteen of twenty came, but the population cannot be cut by a twentieth
    assert (found["P1"]["numerator"], found["P1"]["detail"]) == (None, "coverage too low")
    assert found["P1"]["missing_parts"] == ["T00"]
    # and the place enters the system with neither its numerator nor its population
    assert (found["S1"]["numerator"], found["S1"]["denominator"]) == (20, 19_000)
    assert (found["S1"]["coverage"], found["S1"]["missing_parts"]) == (0.95, ["P1"])
    assert found["S1"]["qualifiers"] == [Qualifier.PARTIAL]


def test_a_submitted_denominator_gives_way_to_the_reference() -> None:
    found = rolled(world(RATE, series={"persons": population([("P1", 1000)])}), sent("A", "P1", 3, 7))["P1"]
    assert (found["numerator"], found["denominator"]) == (3, 1000)


def test_a_missing_part_takes_its_population_away_with_it() -> None:
    persons = population([("P1", 950), ("P2", 50), ("S1", 1000)])
    found = rolled(world(RATE, series={"persons": persons}), sent("A", "P1", 3))["S1"]
    assert (found["numerator"], found["denominator"], found["coverage"]) == (3, 950, 0.95)


def test_the_population_of_the_whole_serves_where_its_parts_have_none() -> None:
    persons = population([("P1", 1000), ("P2", 500)])
    rate = indicator(statistic="crude_rate", denominator="reference:persons")
    rows = [sent("A", code, 1) for code in ("N1", "N2", "N3")]
    found = rolled(world(rate, series={"persons": persons}), *rows)
    assert found["N1"]["reason"] == Reason.MISSING
    assert (found["P1"]["numerator"], found["P1"]["denominator"]) == (2, 1000)
    assert (found["S1"]["numerator"], found["S1"]["reason"]) == (None, Reason.MISSING)


def test_the_population_of_the_very_period_is_taken_before_the_latest_that_began_by_its_end() -> None:
    def year(first: int) -> tuple[date, date, str]:
        return date(first, 4, 1), date(first + 1, 3, 31), "financial_year"

    persons = population_of(
        [
            ("P1", *year(2023), "", 100),
            ("P1", *year(2024), "", 200),
            ("P1", date(2025, 1, 1), date(2025, 12, 31), "calendar_year", "", 300),
        ]
    )
    partnership = world(RATE, series={"persons": persons})
    periods = ("2022/23", "2023/24", "2024/25", "2025/26")
    found = rolled(partnership, *(sent("A", "P1", 1, period=period) for period in periods))
    assert [found["P1", period]["denominator"] for period in periods] == [None, 100, 200, 300]
    assert found["P1", "2022/23"]["reason"] == Reason.MISSING


def test_each_group_has_its_own_population() -> None:
    persons = population_of(
        [
            ("P1", date(2025, 4, 1), date(2026, 3, 31), "financial_year", breakdown, number)
            for breakdown, number in (("", 100), ("sex=Female", 60))
        ]
    )
    rate = indicator(statistic="crude_rate", level="place", denominator="reference:persons", breakdowns=(SEX,))
    rows = [sent("A", "P1", 1), sent("A", "P1", 1, breakdown="sex=Female"), sent("A", "P1", 1, breakdown="sex=Male")]
    found = rolled(world(rate, series={"persons": persons}), *rows)
    assert found["P1", "sex=Female"]["denominator"] == 60
    assert found["P1", "sex=Male"]["reason"] == Reason.MISSING
    assert found["P1", ""]["denominator"] == 100


def test_persons_are_held_in_the_indicators_own_scale() -> None:
    rate = indicator(statistic="crude_rate", level="place", denominator="reference:persons", denominator_scale=10)
    assert rolled(world(rate, series={"persons": population([("P1", 100)])}), sent("A", "P1", 1))["P1"][
        "denominator"
    ] == (1000)


def test_a_series_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownNameError, match="no reference series is called 'persons'; there are: none"):
        rolled(world(RATE), sent("A", "P1", 1))
