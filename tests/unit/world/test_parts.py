"""Which areas a whole is shown by: no area twice, as itself and within another part."""

import polars as pl

from outcomes.geography.footprints import FOOTPRINT_COLUMNS, Footprints


def footprints(*steps: tuple[str, str]) -> Footprints:
    rows = [(whole, part, 1.0, None, None) for whole, part in steps]
    return Footprints(pl.DataFrame(rows, schema=FOOTPRINT_COLUMNS, orient="row"))


def test_a_member_that_lies_in_another_member_is_no_part_of_its_own() -> None:
    shared = footprints(("ICB", "C1"), ("ICB", "C2"), ("C1", "W1"), ("W1", "A1"), ("ICB", "A1"), ("ICB", "W1"))
    assert shared.parts("ICB") == ("C1", "C2")
    assert shared.members["ICB"] == ("A1", "C1", "C2", "W1")
    # on the council's own page its ward is a part, and the area in the ward is not
    assert shared.parts("C1") == ("W1",)


def test_members_that_hold_none_of_each_other_are_all_parts() -> None:
    assert footprints(("P", "B"), ("P", "A"), ("Q", "A")).parts("P") == ("A", "B")
    assert footprints(("P", "A")).parts("A") == ()
