"""Succession of areas: chains on a day, shares, what meets again, and where areas of then lay."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import polars as pl
import pytest

from outcomes.geography.areas import AREA_COLUMNS, Areas
from outcomes.geography.footprints import FOOTPRINT_COLUMNS, Footprints
from outcomes.geography.succession import Origin, Succession, change_of, with_former_areas_placed
from outcomes.vocabulary import AreaChange

NOW = date(2024, 6, 1)
IN_2015, IN_2020 = date(2015, 5, 1), date(2020, 5, 1)
# code, year of the first day (1 April), year of the day after the last, successors
AreaOf = tuple[str, int | None, int | None, str]


def succession(
    areas: Sequence[AreaOf], shares: Sequence[tuple[str, str, float]] = (), steps: Sequence[tuple[str, str]] = ()
) -> Succession:
    rows = [
        (
            code,
            code,
            "council",
            date(begins, 4, 1) if begins else None,
            date(ends, 3, 31) if ends else None,
            successors.split(),
        )
        for code, begins, ends, successors in areas
    ]
    return Succession(
        Areas(pl.DataFrame(rows, schema=AREA_COLUMNS, orient="row").sort("area_code")),
        Footprints(
            pl.DataFrame(
                [(whole, part, 1.0, None, None) for whole, part in steps], schema=FOOTPRINT_COLUMNS, orient="row"
            ),
            pl.DataFrame(
                [(after, before, share, None, None) for after, before, share in shares],
                schema=FOOTPRINT_COLUMNS,
                orient="row",
            ),
        ),
    )


def origins(found: Succession, code: str, day: date = IN_2015) -> dict[str, Fraction | None]:
    return {origin.code: origin.share for origin in found.origins(code, day, NOW)}


def test_a_recode_is_the_whole_of_one_area() -> None:
    found = succession([("OLD", None, 2023, "NEW"), ("NEW", 2023, None, "")])
    assert origins(found, "NEW") == {"OLD": 1}
    assert origins(found, "NEW", NOW) == origins(found, "OLD") == {}
    assert change_of(found.origins("NEW", IN_2015, NOW)) is AreaChange.RECODE


def test_a_merger_is_the_whole_of_several_areas() -> None:
    found = succession([("A", None, 2019, "C"), ("B", None, 2019, "C"), ("C", 2019, None, "")])
    assert origins(found, "C") == {"A": 1, "B": 1}
    assert change_of(found.origins("C", IN_2015, NOW)) is AreaChange.MERGER
    assert origins(found, "C", IN_2020) == {}


def test_a_split_is_of_unknown_shares_until_footprints_give_them() -> None:
    areas: list[AreaOf] = [("A", None, 2021, "B C"), ("B", 2021, None, ""), ("C", 2021, None, "")]
    assert origins(succession(areas), "B") == {"A": None}
    assert change_of(succession(areas).origins("B", IN_2015, NOW)) is AreaChange.SPLIT
    shared = succession(areas, [("B", "A", 0.4), ("C", "A", 0.6)])
    assert origins(shared, "B") == {"A": Fraction(2, 5)}
    assert change_of(shared.origins("B", IN_2015, NOW)) is AreaChange.APPORTIONED
    # one share alone does not say how it was divided
    assert origins(succession(areas, [("B", "A", 0.4)]), "B") == {"A": None}


def test_a_mixture_of_whole_areas_and_a_part_is_a_split() -> None:
    # as Bournemouth and Poole with Christchurch, a district of Dorset
    areas: list[AreaOf] = [
        *(
            ("BOURNEMOUTH", None, 2019, "BCP"),
            ("POOLE", None, 2019, "BCP"),
            ("DORSET OF THEN", None, 2019, "BCP DORSET"),
        ),
        *(("BCP", 2019, None, ""), ("DORSET", 2019, None, "")),
    ]
    found = succession(areas)
    assert origins(found, "BCP") == {"BOURNEMOUTH": 1, "POOLE": 1, "DORSET OF THEN": None}
    assert (
        change_of(found.origins("BCP", IN_2015, NOW))
        is change_of(found.origins("DORSET", IN_2015, NOW))
        is AreaChange.SPLIT
    )


def test_chains_of_several_steps_are_followed_from_the_day_that_is_asked_for() -> None:
    found = succession(
        [
            ("A", None, 2013, "B"),
            ("B", 2013, 2019, "D"),
            ("C", None, 2019, "D"),
            ("D", 2019, 2023, "E"),
            ("E", 2023, None, ""),
        ]
    )
    assert origins(found, "E", date(2012, 1, 1)) == {"A": 1, "C": 1}
    assert origins(found, "E", IN_2015) == {"B": 1, "C": 1}
    assert origins(found, "E", IN_2020) == {"D": 1}
    # looked at from 2020, the merged area is the one of that day
    assert found.origins("D", IN_2015, IN_2020) == (Origin("B", Fraction(1)), Origin("C", Fraction(1)))
    assert found.origins("E", IN_2015, IN_2020) == ()


def test_parts_that_meet_again_are_the_whole() -> None:
    found = succession(
        [("A", None, 2019, "B C"), ("B", 2019, 2023, "D"), ("C", 2019, 2023, "D"), ("D", 2023, None, "")]
    )
    assert origins(found, "D") == {"A": 1}
    assert origins(found, "D", IN_2020) == {"B": 1, "C": 1}


def test_parts_of_which_one_ended_for_good_do_not_meet_again() -> None:
    areas: list[AreaOf] = [
        *(("A", None, 2019, "B C"), ("B", 2019, 2023, "D"), ("C", 2019, 2023, "D E"), ("E", 2023, 2024, "")),
        ("D", 2023, None, ""),
    ]
    assert origins(succession(areas), "D") == {"A": None}
    ended: list[AreaOf] = [
        ("A", None, 2019, "B C"),
        ("B", 2019, 2023, "D"),
        ("C", 2019, 2023, ""),
        ("D", 2023, None, ""),
    ]
    assert origins(succession(ended), "D") == {"A": None}


def test_shares_multiply_along_a_chain_and_add_over_its_routes() -> None:
    areas: list[AreaOf] = [
        *(("A", None, 2019, "B C"), ("B", 2019, 2023, "D"), ("C", 2019, 2023, "D E")),
        *(("D", 2023, None, ""), ("E", 2023, None, "")),
    ]
    found = succession(areas, [("B", "A", 0.5), ("C", "A", 0.5), ("D", "C", 0.2), ("E", "C", 0.8)])
    assert origins(found, "D") == {"A": Fraction(3, 5)}
    assert origins(found, "E") == {"A": Fraction(2, 5)}


def test_shares_of_few_decimals_make_a_whole() -> None:
    thirds = [(code, "A", 0.333333) for code in "BCD"]
    found = succession([("A", None, 2019, "B C D"), *((code, 2019, None, "") for code in "BCD")], thirds)
    assert sum(share or 0 for code in "BCD" for share in origins(found, code).values()) == 1


def test_an_area_that_existed_before_takes_others_in_and_has_no_origins() -> None:
    found = succession([("SMALL", None, 2019, "BIG"), ("BIG", None, None, "")])
    assert found.taken_in("BIG") == {date(2019, 4, 1): ("SMALL",)}
    assert origins(found, "BIG") == {}


def test_an_area_without_successors_became_nothing() -> None:
    found = succession([("A", None, 2019, "")])
    assert found.became("A", NOW) == {}
    assert found.became("A", IN_2015) == {"A": 1}
    assert found.predecessors == {}


def test_a_circle_of_successors_comes_to_an_end() -> None:
    # lint refuses it; made by hand it must not go on for ever
    found = succession([("A", None, 2019, "B"), ("B", 2019, 2020, "A")])
    assert found.became("A", NOW) == {"A": 1}


@pytest.mark.parametrize("order", [1, -1])
def test_areas_of_then_lay_where_their_successors_lie(order: int) -> None:
    areas: list[AreaOf] = [
        *(("A", None, 2013, "B"), ("B", 2013, 2019, "C D"), ("E", None, 2019, "C"), ("F", None, 2019, "D G")),
        *(("C", 2019, None, ""), ("D", 2019, None, ""), ("G", 2019, None, "")),
    ]
    steps = [("NORTH", "C"), ("NORTH", "D"), ("SOUTH", "G"), ("WEST", "E"), ("ALL", "D"), ("ALL", "G")][::order]
    found = succession(areas, steps=steps)
    placed = with_former_areas_placed(found)
    added = set(placed.frame.rows()) - set(found.footprints.frame.rows())
    assert added == {
        ("NORTH", "A", 1.0, None, None),
        ("NORTH", "B", 1.0, date(2013, 4, 1), None),
        # E has a place of its own; F's successors lie in two
        ("ALL", "F", 1.0, None, None),
    }


def test_where_an_area_lay_when_it_ended_it_lies_for_good() -> None:
    found = succession([("A", None, 2019, "B"), ("B", 2019, None, "")])
    rows = [("NORTH", "A", 1.0, None, date(2010, 3, 31)), ("SOUTH", "A", 1.0, date(2010, 4, 1), date(2019, 3, 31))]
    given = Footprints(pl.DataFrame(rows, schema=FOOTPRINT_COLUMNS, orient="row"))
    placed = with_former_areas_placed(Succession(found.areas, given)).frame
    assert placed.rows() == [rows[0], ("SOUTH", "A", 1.0, date(2010, 4, 1), None)]


def test_where_an_area_lay_when_it_began_it_lay_ever() -> None:
    found = succession([("A", None, 2019, "B"), ("B", 2019, None, "")])
    rows = [("NORTH", "B", 1.0, date(2019, 4, 1), date(2021, 3, 31)), ("SOUTH", "B", 1.0, date(2021, 4, 1), None)]
    placed = with_former_areas_placed(
        Succession(found.areas, Footprints(pl.DataFrame(rows, schema=FOOTPRINT_COLUMNS, orient="row")))
    )
    # and the area of then lay where it did
    assert placed.frame.rows() == [
        ("NORTH", "A", 1.0, None, None),
        ("NORTH", "B", 1.0, None, date(2021, 3, 31)),
        rows[1],
    ]


def test_where_nothing_followed_anything_the_footprints_are_as_given() -> None:
    found = succession([("A", None, None, "")], steps=[("NORTH", "A")])
    assert with_former_areas_placed(found) is found.footprints
