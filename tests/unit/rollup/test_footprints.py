"""Footprints: overlapping, dated and weighted; nothing is counted twice and nothing is lost."""

from datetime import date

import pytest

from outcomes.errors import TableError
from outcomes.rollup.ladder import Terrain
from outcomes.vocabulary import AreaLevel, Qualifier
from tests.unit.rollup.world import COUNT, counts_of, indicator, population, rolled, sent, world

PLACES = (("S1", "system"), ("P1", "place"), ("P2", "place"), ("N1", "neighbourhood"), ("N2", "neighbourhood"))


def test_an_area_that_reaches_a_whole_by_two_routes_counts_once() -> None:
    steps = (("P1", "N1"), ("P2", "N1"), ("P2", "N2"), ("S1", "P1"), ("S1", "P2"))
    found = rolled(world(indicator(), areas=PLACES, footprints=steps), sent("A", "N1", 1, 10), sent("A", "N2", 2, 20))
    assert counts_of(found) == {"N1": (1, 10), "N2": (2, 20), "P1": (1, 10), "P2": (3, 30), "S1": (3, 30)}
    assert (found["S1"]["parts_expected"], found["S1"]["parts_contributed"]) == (2, 2)


def test_a_direct_step_beside_the_way_through_a_place_counts_once() -> None:
    steps = (("P1", "N1"), ("P2", "N2"), ("S1", "P1"), ("S1", "P2"), ("S1", "N1"))
    found = rolled(world(indicator(), areas=PLACES, footprints=steps), sent("A", "N1", 1, 10), sent("A", "N2", 2, 20))
    assert counts_of(found)["S1"] == (3, 30)


def test_a_split_area_is_conserved_to_the_unit_and_says_so() -> None:
    steps = (("P1", "N1", 0.6), ("P2", "N1", 0.4), ("P2", "N2"), ("S1", "P1"), ("S1", "P2"))
    found = rolled(world(indicator(), areas=PLACES, footprints=steps), sent("A", "N1", 7, 11), sent("A", "N2", 1, 5))
    # 4.2 and 2.8 of 7, 2.4 and 1.6 of the other 4
    assert counts_of(found) == {"N1": (7, 11), "N2": (1, 5), "P1": (4, 6), "P2": (4, 10), "S1": (8, 16)}
    assert found["P1"]["qualifiers"] == found["P2"]["qualifiers"] == [Qualifier.APPORTIONED]
    # the system holds the whole of the split area
    assert found["S1"]["qualifiers"] == []
    assert (found["S1"]["parts_expected"], found["P2"]["parts_expected"]) == (2, 2)


def test_thirds_typed_with_few_decimals_make_a_whole() -> None:
    areas = (*PLACES, ("P3", "place"))
    steps = (*((code, "N1", 0.333333) for code in ("P1", "P2", "P3")), *(("S1", code) for code in ("P1", "P2", "P3")))
    found = rolled(world(indicator(statistic=COUNT), areas=areas, footprints=steps), sent("A", "N1", 10_000_001))
    assert sum(found[code]["numerator"] for code in ("P1", "P2", "P3")) == 10_000_001
    assert found["S1"]["numerator"] == 10_000_001


@pytest.mark.parametrize(("number", "inside"), [(8, 2), (9, 2), (10, 3), (11, 3)])
def test_what_lies_outside_is_not_given_to_anybody(number: int, inside: int) -> None:
    found = rolled(
        world(indicator(statistic=COUNT), areas=PLACES, footprints=(("P1", "N1", 0.25), ("S1", "P1"))),
        sent("A", "N1", number),
    )
    # 2.25 and 6.75 of 9: the last one lies outside; 2.5 and 7.5 of 10: a tie goes to the place
    assert counts_of(found) == {"N1": (number, None), "P1": (inside, None), "S1": (inside, None)}
    assert found["S1"]["qualifiers"] == [Qualifier.APPORTIONED]


def test_a_place_split_between_systems_is_conserved() -> None:
    areas = (*PLACES, ("S2", "system"), ("R1", "region"))
    steps = (("P1", "N1"), ("P1", "N2"), ("S1", "P1", 0.5), ("S2", "P1", 0.5), ("R1", "S1"), ("R1", "S2"))
    found = rolled(
        world(indicator(statistic=COUNT), areas=areas, footprints=steps), sent("A", "N1", 2), sent("A", "N2", 3)
    )
    assert {code: row["numerator"] for code, row in found.items() if code[0] != "N"} == {
        "P1": 5,
        "S1": 3,
        "S2": 2,
        "R1": 5,
    }


def test_two_partitions_of_one_area_count_it_once() -> None:
    areas = (*PLACES, ("L1", "other"), ("L2", "other"))
    steps = (
        *(("P1", "N1", 0.6), ("P2", "N1", 0.4), ("L1", "N1", 0.3), ("L2", "N1", 0.7)),
        *(("S1", code) for code in ("P1", "P2", "L1", "L2")),
    )
    found = rolled(world(indicator(statistic=COUNT), areas=areas, footprints=steps), sent("A", "N1", 10))
    assert {code: row["numerator"] for code, row in found.items()} == {
        "N1": 10,
        "P1": 6,
        "P2": 4,
        "L1": 3,
        "L2": 7,
        "S1": 10,
    }


def test_an_apportioned_numerator_never_passes_its_denominator() -> None:
    areas = (*PLACES, ("P3", "place"))
    steps = (("P1", "N1", 0.45), ("P2", "N1", 0.45), ("P3", "N1", 0.1))
    pairs = [(numerator, denominator) for denominator in range(1, 30) for numerator in range(denominator + 1)]
    # one pair a year
    years = [f"{1100 + place}/{(1101 + place) % 100:02d}" for place in range(len(pairs))]
    rows = [sent("A", "N1", *pair, period=year) for pair, year in zip(pairs, years, strict=True)]
    found = counts_of(rolled(world(indicator(), areas=areas, footprints=steps), *rows))
    for (numerator, denominator), year in zip(pairs, years, strict=True):
        pieces = [found[code, year] for code in ("P1", "P2", "P3")]
        assert all(0 <= part <= whole for part, whole in pieces)
        assert (sum(part for part, _ in pieces), sum(whole for _, whole in pieces)) == (numerator, denominator)


def test_negative_numbers_are_conserved_too() -> None:
    change = indicator(statistic=COUNT, allow_negative=True)
    found = rolled(world(change, areas=PLACES, footprints=(("P1", "N1", 0.6), ("P2", "N1", 0.4))), sent("A", "N1", -7))
    assert (found["P1"]["numerator"], found["P2"]["numerator"]) == (-4, -3)


def test_a_missing_split_area_is_missing_in_every_place_that_has_a_share() -> None:
    steps = (("P1", "N1", 0.6), ("P2", "N1", 0.4), ("P2", "N2"), ("S1", "P1"), ("S1", "P2"))
    persons = population([("N1", 100), ("N2", 960)])
    partnership = world(indicator(), areas=PLACES, footprints=steps, series={"persons": persons})
    found = rolled(partnership, sent("A", "N2", 1, 10))
    # 40 of the 100 persons belong to this place: 960 of 1,000 came
    assert (found["P2"]["coverage"], found["P2"]["missing_parts"]) == (0.96, ["N1"])
    assert found["S1"]["coverage"] == 960 / 1060


def test_footprints_are_those_of_the_last_day_of_the_period() -> None:
    steps = (
        *(("P1", "N1", 1.0, None, date(2025, 3, 31)), ("P2", "N1", 1.0, date(2025, 4, 1), None)),
        *(("S1", "P1"), ("S1", "P2")),
    )
    partnership = world(indicator(), areas=PLACES, footprints=steps)
    rows = [sent("A", "N1", 1, 10, period="2024/25"), sent("A", "N1", 2, 20, period="2025/26")]
    found = counts_of(rolled(partnership, *rows))
    assert found["P1", "2024/25"] == (1, 10)
    assert found["P2", "2025/26"] == (2, 20)
    assert ("P1", "2025/26") not in found
    assert found["S1", "2024/25"] == (1, 10)
    assert found["S1", "2025/26"] == (2, 20)


def test_retired_codes_are_not_mapped_to_their_successors() -> None:
    areas = (*PLACES[:3], ("N1", "neighbourhood", None, date(2025, 3, 31)), ("N2", "neighbourhood", date(2025, 4, 1)))
    steps = (("P1", "N1"), ("P1", "N2"), ("S1", "P1"))
    found = rolled(world(indicator(), areas=areas, footprints=steps), sent("A", "N2", 1, 10))
    assert "N1" not in found
    assert (found["P1"]["parts_expected"], found["P1"]["coverage"]) == (1, 1.0)


def test_an_indicator_collected_at_place_climbs_from_place() -> None:
    found = rolled(world(indicator(level="place")), sent("A", "P1", 1, 10), sent("A", "P2", 2, 20))
    assert set(found) == {"P1", "P2", "S1", "R1", "E92"}
    assert found["S1"]["parts_expected"] == 2


def test_a_figure_below_the_level_of_collection_stands_for_itself() -> None:
    found = rolled(world(indicator(level="place")), sent("A", "N1", 1, 10))
    assert counts_of(found) == {"N1": (1, 10)}


def test_the_sum_of_areas_stands_before_a_figure_that_somebody_sent_for_the_whole() -> None:
    rows = [sent("A", "N1", 1, 10), sent("A", "N2", 2, 20), sent("X", "P1", 99, 100)]
    assert counts_of(rolled(world(indicator()), *rows))["P1"] == (3, 30)


def test_a_figure_sent_for_the_whole_stands_where_too_little_came_from_below() -> None:
    rows = [sent("A", "N1", 1, 10), sent("X", "P1", 99, 100)]
    found = rolled(world(indicator()), *rows)["P1"]
    assert (found["numerator"], found["partner_codes"]) == (99, ["X"])


def test_an_area_that_says_outright_where_it_lies_is_no_part_of_the_others_that_share_its_place() -> None:
    areas = (*PLACES[1:], ("S1", "system"), ("S2", "system"), ("N3", "neighbourhood"))
    # P1 lies in both systems; its neighbourhoods lie in one each, P2 and what is in it in the first
    steps = (
        *(("P1", "N1"), ("P1", "N2"), ("P2", "N3"), ("S1", "P2")),
        *(("S1", "P1", 0.9), ("S2", "P1", 0.1), ("S1", "N1"), ("S2", "N2")),
    )
    partnership = world(indicator(statistic=COUNT), areas=areas, footprints=steps)
    found = rolled(partnership, sent("A", "N1", 10), sent("A", "N2", 20), sent("A", "N3", 40))
    assert {code: row["numerator"] for code, row in found.items() if code[0] in "PS"} == {
        "P1": 30,
        "P2": 40,
        "S1": 50,
        "S2": 20,
    }
    assert all(row["qualifiers"] == [] for row in found.values())
    assert (found["S1"]["parts_expected"], found["S2"]["parts_expected"]) == (2, 1)


def test_a_third_route_does_not_bring_back_an_area_that_lies_in_another_whole() -> None:
    wholes = (("P1", "place"), ("S1", "system"), ("S2", "system"), ("R1", "region"), ("R2", "region"), ("L1", "other"))
    areas = (*wholes, ("N1", "neighbourhood"), ("N2", "neighbourhood"))
    steps = (
        *(("P1", "N1"), ("P1", "N2"), ("S1", "P1", 0.9), ("S2", "P1", 0.1), ("S1", "N1"), ("S2", "N2")),
        # a network of the first system has people in the second; another partition of the same level is not meant
        *(("L1", "N1"), ("L1", "N2"), ("S1", "L1"), ("R1", "P1"), ("R2", "S1"), ("R2", "S2")),
    )
    found = rolled(
        world(indicator(statistic=COUNT), areas=areas, footprints=steps), sent("A", "N1", 10), sent("A", "N2", 20)
    )
    sums = {code: row["numerator"] for code, row in found.items()}
    assert sums == {"N1": 10, "N2": 20, "P1": 30, "L1": 30, "S1": 10, "S2": 20, "R1": 30, "R2": 30}


def test_a_whole_holds_the_areas_that_count_in_it_and_no_others() -> None:
    areas = (("P1", "place"), ("S1", "system"), ("S2", "system"), ("N1", "neighbourhood"), ("N2", "neighbourhood"))
    steps = (("P1", "N1"), ("P1", "N2"), ("S1", "P1", 0.9), ("S2", "P1", 0.1), ("S1", "N1"), ("S2", "N2"))
    partnership = world(indicator(), areas=areas, footprints=steps)
    terrain = Terrain(partnership.areas, partnership.footprints)
    level, day = AreaLevel.NEIGHBOURHOOD, date(2025, 1, 1)
    assert {code: terrain.held_by(code, level, day) for code in ("S1", "S2", "P1", "N1", "gone")} == {
        "S1": ("N1",),
        "S2": ("N2",),
        "P1": ("N1", "N2"),
        "N1": (),
        "gone": (),
    }


def test_two_partitions_at_one_level_do_not_take_areas_from_each_other() -> None:
    areas = (("P1", "place"), ("S1", "system"), ("S2", "system"), ("R1", "region"), ("R2", "region"))
    steps = (("S1", "P1", 0.9), ("S2", "P1", 0.1), ("R1", "P1"), ("R2", "S1"), ("R2", "S2"))
    partnership = world(indicator(statistic=COUNT, level="place"), areas=areas, footprints=steps)
    found = rolled(partnership, sent("A", "P1", 101))
    assert {code: row["numerator"] for code, row in found.items()} == {
        "P1": 101,
        "S1": 91,
        "S2": 10,
        "R1": 101,
        "R2": 101,
    }


def test_a_figure_of_the_shared_place_itself_is_apportioned_by_its_weights() -> None:
    areas = (*PLACES[1:], ("S1", "system"), ("S2", "system"))
    steps = (("P1", "N1"), ("P1", "N2"), ("S1", "P1", 0.9), ("S2", "P1", 0.1), ("S1", "N1"), ("S2", "N2"))
    partnership = world(indicator(statistic=COUNT, level="place"), areas=areas, footprints=steps)
    found = rolled(partnership, sent("A", "P1", 101))
    assert (found["S1"]["numerator"], found["S2"]["numerator"]) == (91, 10)
    assert found["S1"]["qualifiers"] == found["S2"]["qualifiers"] == [Qualifier.APPORTIONED]


def test_footprints_in_a_circle_are_refused() -> None:
    steps = (("P1", "N1"), ("S1", "P1"), ("P1", "S1"))
    with pytest.raises(TableError, match="go round in a circle: P1, S1"):
        rolled(world(indicator(), areas=PLACES, footprints=steps), sent("A", "N1", 1, 10))
