"""Disputes and partial sums as they stand in the record, held against what roll-up makes of the same figures."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from outcomes.partnership.model import Partner, Partnership, Supply
from outcomes.rollup.positions import DISPUTE_COLUMNS, PARTIAL_SUM_COLUMNS, disputes, partial_sums
from outcomes.rollup.rolling import roll_up
from outcomes.vocabulary import PartnerType, Qualifier
from tests.small_world import indicator, world
from tests.unit.ledger.handmade import figure, observations

DAY = date(2026, 8, 1)


@pytest.fixture
def partnership() -> Partnership:
    """RXX is to supply falls (one source); RXX and RYY each a part of visits (a sum)."""
    falls = indicator("falls", period="month")
    visits = indicator("visits", period="month", combine="sum_of_sources")
    partners = (
        Partner(code="RAA", name="RAA", type=PartnerType.NHS_TRUST, footprint=("PL1",)),
        *(
            Partner(
                code=code,
                name=code,
                type=PartnerType.NHS_TRUST,
                footprint=("PL1",),
                supplies=(Supply(indicators=supplied),),
            )
            for code, supplied in (("RXX", ("falls", "visits")), ("RYY", ("visits",)))
        ),
    )
    return replace(world([falls, visits]), partners=partners)


def of(partner: str, numerator: int | None, **terms: Any) -> dict[str, Any]:
    return figure(numerator, **{"partner_code": partner, "source_code": partner, "area_code": "PL1", **terms})


def test_every_position_of_a_dispute_is_there_and_the_one_taken_is_that_of_roll_up(partnership: Partnership) -> None:
    given = observations([of("RAA", 4, submission=1), of("RXX", 5, submission=2), of("RYY", 6, submission=3)])
    found = disputes(given, partnership, as_of=DAY)
    assert found.schema == dict(DISPUTE_COLUMNS)
    # first who is to supply it, then by code
    assert found.select("partner_code", "numerator", "submission", "is_taken").rows() == [
        ("RXX", 5, 2, True),
        ("RAA", 4, 1, False),
        ("RYY", 6, 3, False),
    ]
    (measure,) = roll_up(given, partnership, as_of=DAY).frame.filter(pl.col("area_code") == "PL1").rows(named=True)
    assert (measure["numerator"], measure["qualifiers"]) == (5, [Qualifier.DISPUTED])


def test_the_same_number_twice_and_a_marker_beside_a_number_dispute_nothing(partnership: Partnership) -> None:
    same = observations([of("RAA", 5), of("RXX", 5)])
    marked = observations([of("RAA", None, status="not_available", denominator=None), of("RXX", 5)])
    for given in (same, marked, observations([of("RXX", 5)]), observations([])):
        assert disputes(given, partnership, as_of=DAY).is_empty()


def test_another_place_period_or_group_is_no_dispute(partnership: Partnership) -> None:
    given = observations([of("RXX", 5), of("RYY", 6, period="2026-05"), of("RYY", 7, breakdown="sex=Female")])
    assert disputes(given, partnership, as_of=DAY).is_empty()


def test_parts_of_a_sum_are_no_dispute_and_who_is_missing_is_named(partnership: Partnership) -> None:
    both = [of("RXX", 5, indicator_id="visits"), of("RYY", 6, indicator_id="visits")]
    assert disputes(observations(both), partnership, as_of=DAY).is_empty()
    assert partial_sums(observations(both), partnership, as_of=DAY).is_empty()
    found = partial_sums(observations(both[:1]), partnership, as_of=DAY)
    assert found.schema == dict(PARTIAL_SUM_COLUMNS)
    assert found.select("indicator_id", "area_code", "parts_expected", "parts_contributed", "missing_parts").rows() == [
        ("visits", "PL1", 2, 1, ["RYY"])
    ]
    # a source that says it cannot give a number is missing in the sum all the same
    marked = of("RYY", None, indicator_id="visits", status="not_available", denominator=None)
    assert partial_sums(observations([both[0], marked]), partnership, as_of=DAY)["missing_parts"].to_list() == [["RYY"]]


def test_a_sum_that_nobody_began_and_a_figure_of_one_source_are_no_partial_sums(partnership: Partnership) -> None:
    assert partial_sums(observations([of("RXX", 5)]), partnership, as_of=DAY).is_empty()
    assert partial_sums(observations([]), partnership, as_of=DAY).is_empty()
