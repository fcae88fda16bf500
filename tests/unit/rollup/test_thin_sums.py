"""A count of too few of its areas gives way to what somebody gave for the whole."""

from tests.unit.rollup.world import COUNT, indicator, measured, rolled, sent, world

COUNTED = world(indicator(statistic=COUNT, multiplier=1))
BOTH = (sent("A", "N1", 100), sent("B", "N2", 50))


def test_a_whole_that_was_given_stands_before_a_count_of_half_its_areas() -> None:
    measures = measured(COUNTED, BOTH[0], sent("NHSE", "P1", 148))
    assert rolled(COUNTED, BOTH[0], sent("NHSE", "P1", 148))["P1"]["numerator"] == 148
    # a sum of too little is nothing to hold it against
    assert measures.submitted.is_empty()


def test_a_count_of_all_of_them_stands_and_the_whole_is_beside_it() -> None:
    measures = measured(COUNTED, *BOTH, sent("NHSE", "P1", 148))
    assert rolled(COUNTED, *BOTH, sent("NHSE", "P1", 148))["P1"]["numerator"] == 150
    assert measures.submitted["numerator"].to_list() == [148]


def test_a_count_of_half_its_areas_stands_where_nobody_gave_the_whole() -> None:
    found = rolled(COUNTED, BOTH[0])["P1"]
    assert (found["numerator"], found["qualifiers"]) == (100, ["partial"])


def test_a_marker_for_the_whole_does_not_take_its_place() -> None:
    assert rolled(COUNTED, BOTH[0], sent("NHSE", "P1", None, status="suppressed"))["P1"]["numerator"] == 100
