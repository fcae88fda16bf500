"""Coverage: which parts came, how much of the population they are, and what is still said of the whole."""

from datetime import date

import pytest

from outcomes.vocabulary import Qualifier, Reason
from tests.unit.rollup.world import (
    TREE,
    TREE_FOOTPRINTS,
    counts_of,
    indicator,
    partner,
    population,
    rolled,
    sent,
    world,
)

THREE = (("S1", "system"), ("P1", "place"), ("P2", "place"), ("P3", "place"))
OF_S1 = (("S1", "P1"), ("S1", "P2"), ("S1", "P3"))
PLACE = indicator(level="place")


def test_a_whole_is_the_exact_sum_of_its_parts_at_every_level() -> None:
    found = rolled(world(indicator()), sent("A", "N1", 1, 10), sent("A", "N2", 2, 20), sent("A", "N3", 4, 40))
    expected = {"N1": (1, 10), "N2": (2, 20), "N3": (4, 40), "P1": (3, 30), "P2": (4, 40)}
    expected |= dict.fromkeys(("S1", "R1", "E92"), (7, 70))
    assert counts_of(found) == expected
    assert {row["coverage"] for code, row in found.items() if code[0] != "N"} == {1.0}
    assert {row["coverage"] for code, row in found.items() if code[0] == "N"} == {None}


@pytest.mark.parametrize(("small", "is_given"), [(100, True), (101, False)])
def test_a_rate_is_given_from_ninety_per_cent_of_the_population(small: int, is_given: bool) -> None:
    persons = population([("P1", 500), ("P2", 500 - small), ("P3", small)])
    partnership = world(PLACE, areas=THREE, footprints=OF_S1, series={"persons": persons})
    found = rolled(partnership, sent("A", "P1", 1, 10), sent("A", "P2", 2, 20))["S1"]
    assert found["coverage"] == (1000 - small) / 1000
    assert (found["parts_expected"], found["parts_contributed"], found["missing_parts"]) == (3, 2, ["P3"])
    if is_given:
        assert (found["numerator"], found["denominator"], found["qualifiers"]) == (3, 30, [Qualifier.PARTIAL])
    else:
        assert (found["numerator"], found["reason"]) == (None, Reason.CANNOT_BE_CALCULATED)
        assert (found["detail"], found["qualifiers"]) == ("coverage too low", [])


def test_the_share_that_must_be_covered_can_be_set() -> None:
    partnership = world(PLACE, areas=THREE, footprints=OF_S1)
    rows = [sent("A", "P1", 1, 10), sent("A", "P2", 2, 20)]
    assert rolled(partnership, *rows, minimum_coverage=0.6)["S1"]["numerator"] == 3
    assert rolled(partnership, *rows, minimum_coverage=0.7)["S1"]["numerator"] is None


def test_without_a_population_parts_weigh_alike() -> None:
    found = rolled(world(PLACE, areas=THREE, footprints=OF_S1), sent("A", "P1", 1, 10), sent("A", "P2", 2, 20))["S1"]
    assert (found["coverage"], found["reason"]) == (2 / 3, Reason.CANNOT_BE_CALCULATED)


def test_a_population_that_lacks_one_expected_part_weighs_nothing() -> None:
    persons = population([("P1", 500), ("P2", 500)])
    partnership = world(PLACE, areas=THREE, footprints=OF_S1, series={"persons": persons})
    assert rolled(partnership, sent("A", "P1", 1, 10), sent("A", "P2", 2, 20))["S1"]["coverage"] == 2 / 3


def test_a_bare_count_with_a_missing_part_is_partial_whatever_the_coverage() -> None:
    count = indicator(statistic="count", level="place")
    persons = population([("P1", 10), ("P2", 10), ("P3", 10_000)])
    partnership = world(count, areas=THREE, footprints=OF_S1, series={"persons": persons})
    low = rolled(partnership, sent("A", "P1", 3))["S1"]
    assert (low["numerator"], low["qualifiers"]) == (3, [Qualifier.PARTIAL])
    high = rolled(partnership, sent("A", "P1", 3), sent("A", "P3", 4))["S1"]
    assert (high["numerator"], high["qualifiers"]) == (7, [Qualifier.PARTIAL])
    assert high["coverage"] == 10_010 / 10_020


@pytest.mark.parametrize(
    ("statuses", "reason"),
    [
        (("suppressed", "suppressed", "suppressed"), Reason.CONFIDENTIAL),
        (("not_applicable", "not_applicable", "not_applicable"), Reason.NOT_APPLICABLE),
        (("suppressed", "suppressed", "not_applicable"), Reason.CONFIDENTIAL),
        (("suppressed", "suppressed", "not_available"), Reason.MISSING),
    ],
)
def test_a_whole_without_any_number_gives_the_reason_that_all_parts_give(
    statuses: tuple[str, ...], reason: Reason
) -> None:
    rows = [sent("A", code, None, status=status) for code, status in zip(("P1", "P2", "P3"), statuses, strict=True)]
    found = rolled(world(PLACE, areas=THREE, footprints=OF_S1), *rows)["S1"]
    assert (found["numerator"], found["reason"], found["detail"]) == (None, reason, None)


def test_a_suppressed_part_beside_one_that_never_came_leaves_it_at_missing() -> None:
    found = rolled(world(PLACE, areas=THREE, footprints=OF_S1), sent("A", "P1", None, status="suppressed"))["S1"]
    assert (found["reason"], found["parts_expected"], found["parts_contributed"]) == (Reason.MISSING, 3, 0)
    assert found["missing_parts"] == ["P1", "P2", "P3"]


def test_a_part_to_which_the_figure_does_not_apply_is_not_expected() -> None:
    rows = [sent("A", "P1", 1, 10), sent("A", "P2", 2, 20), sent("A", "P3", None, status="not_applicable")]
    found = rolled(world(PLACE, areas=THREE, footprints=OF_S1), *rows)["S1"]
    assert (found["numerator"], found["coverage"], found["qualifiers"]) == (3, 1.0, [])
    assert (found["parts_expected"], found["parts_contributed"], found["missing_parts"]) == (2, 2, [])


def test_an_area_that_was_not_valid_throughout_the_period_is_not_expected() -> None:
    areas = (*THREE[:3], ("P3", "place", None, date(2025, 6, 30)))
    found = rolled(world(PLACE, areas=areas, footprints=OF_S1), sent("A", "P1", 1, 10), sent("A", "P2", 2, 20))["S1"]
    assert (found["parts_expected"], found["coverage"], found["qualifiers"]) == (2, 1.0, [])


def test_an_area_that_was_not_expected_is_not_named_beside_one_that_is_missing() -> None:
    areas = (*THREE[:3], ("P3", "place", None, date(2025, 6, 30)))
    found = rolled(world(PLACE, areas=areas, footprints=OF_S1), sent("A", "P1", 1, 10))["S1"]
    assert (found["parts_expected"], found["coverage"], found["missing_parts"]) == (2, 0.5, ["P2"])


def test_a_figure_of_an_area_that_was_not_expected_hides_no_missing_part() -> None:
    areas = (*THREE[:3], ("P3", "place", None, date(2025, 6, 30)))
    found = rolled(world(PLACE, areas=areas, footprints=OF_S1), sent("A", "P1", 1, 10), sent("A", "P3", 2, 20))["S1"]
    assert (found["parts_expected"], found["parts_contributed"], found["missing_parts"]) == (3, 2, ["P2"])


def test_a_part_of_which_a_source_is_missing_counts_for_its_share() -> None:
    summed = indicator(statistic="count", combine="sum_of_sources", level="place")
    partners = [partner("A", ["checks"]), partner("B", ["checks"])]
    persons = population([("P1", 300), ("P2", 700)])
    partnership = world(summed, areas=THREE[:3], footprints=OF_S1[:2], partners=partners, series={"persons": persons})
    found = rolled(partnership, sent("A", "P1", 1), sent("A", "P2", 2), sent("B", "P2", 3))["S1"]
    assert (found["numerator"], found["coverage"], found["qualifiers"]) == (6, 0.85, [Qualifier.PARTIAL])
    assert (found["missing_parts"], found["parts_contributed"]) == (["P1"], 2)


def test_one_system_is_never_taken_for_the_nation_it_lies_in() -> None:
    persons = population([("N1", 10), ("N2", 10), ("N3", 10), ("E92", 5_000)])
    partnership = world(indicator(), areas=TREE, footprints=TREE_FOOTPRINTS, series={"persons": persons})
    found = rolled(partnership, *(sent("A", code, 1, 10) for code in ("N1", "N2", "N3")))
    assert found["S1"]["coverage"] == 1.0
    assert (found["E92"]["coverage"], found["E92"]["detail"]) == (30 / 5_000, "coverage too low")
    assert found["E92"]["numerator"] is None


def test_no_row_is_made_where_nobody_sent_anything() -> None:
    found = rolled(world(indicator()), sent("A", "N3", 1, 10))
    assert set(found) == {"N3", "P2", "S1", "R1", "E92"}


def test_groups_are_covered_each_on_its_own() -> None:
    sexes = [sent("A", "P1", 1, 10, breakdown="sex=Female"), sent("A", "P2", 1, 10, breakdown="sex=Male")]
    partnership = world(indicator(level="place", breakdowns=({"dimension": "sex", "categories": ("Female", "Male")},)))
    found = rolled(partnership, *sexes)
    assert found["S1", "sex=Female"]["missing_parts"] == ["P2"]
    assert found["S1", "sex=Male"]["missing_parts"] == ["P1"]


def test_a_mean_without_spread_in_one_part_has_none_in_the_whole() -> None:
    mean = indicator(statistic="mean", level="place", numerator="number", optional_columns=("sum_of_squares",))
    known = [sent("A", "P1", 30, 3, sum_of_squares=310), sent("A", "P2", 20, 2, sum_of_squares=205)]
    found = rolled(world(mean), *known)["S1"]
    assert (found["numerator"], found["denominator"], found["sum_of_squares"]) == (50, 5, 515)
    unknown = rolled(world(mean), known[0], sent("A", "P2", 20, 2))["S1"]
    assert (unknown["numerator"], unknown["sum_of_squares"]) == (50, None)
