"""A suppressed number that the value beside the other one gives away is said, and one that it does not is not."""

import pytest

from tests.unit.intake.returns_world import HEADER, found, sent, sheet

VALUED = HEADER + ",value"


def given_away(row: str) -> set[str | None]:
    """Return the columns of which it is said that a number in them is given away."""
    return {one.column for one in found(sent(sheet(row, header=VALUED)), "OUT-554")}


@pytest.mark.parametrize(
    ("row", "is_given_away"),
    [
        ("stay,P1,2026-04,*,480,85.8", True),
        # 411 to 415, as many as rounding to fives leaves; with one place more a single number
        ("stay,P1,2026-04,*,480,86", True),
        ("stay,P1,2026-04,*,600,86", False),
        ("stay,P1,2026-04,*,600,86.0", True),
        ("stay,P1,2026-04,*,4800,86", False),
        ("stay,P1,2026-04,*,480,0.0", True),
        ("stay,P1,2026-04,*,4,100", True),
        # no part is so large: this value says nothing of it
        ("stay,P1,2026-04,*,480,250", False),
        ("visits,P1,2026-04,*,2000,3.5", True),
        ("visits,P1,2026-04,*,20000,3.5", True),
        ("visits,P1,2026-04,*,200000,3.5", False),
        ("beds,P1,2026/27 Q1,*,,12", True),
        ("stay,P1,2026-04,..,480,85.8", False),
        ("stay,P1,2026-04,*,0,85.8", False),
    ],
)
def test_a_numerator(row: str, is_given_away: bool) -> None:
    assert given_away(row) == ({"numerator"} if is_given_away else set())


@pytest.mark.parametrize(
    ("row", "is_given_away"),
    [
        ("stay,P1,2026-04,412,*,85.8333", True),
        ("stay,P1,2026-04,412,*,85.8", True),
        ("stay,P1,2026-04,412,*,86", True),
        ("stay,P1,2026-04,812,*,86", False),
        ("stay,P1,2026-04,2,*,50.0", True),
        ("stay,P1,2026-04,4,*,100", True),
        ("stay,P1,2026-04,0,*,0.0", False),
        # half of one in a hundred may be nothing
        ("stay,P1,2026-04,1,*,0", False),
        ("half,P1,2026-04,2011.5,*,4.190625", True),
        ("stay,P1,2026-04,*,*,50", False),
        ("stay,P1,2026-04,412,..,85.8", False),
        ("beds,P1,2026/27 Q1,12,*,12", False),
    ],
)
def test_a_denominator(row: str, is_given_away: bool) -> None:
    assert given_away(row) == ({"denominator"} if is_given_away else set())


def test_the_sentence_names_what_gives_it_away_and_not_the_number() -> None:
    (finding,) = found(sent(sheet("stay,P1,2026-04,412,*,85.8333", header=VALUED)), "OUT-554")
    assert "(the value and the numerator in the same row)" in finding.text
    assert "480" not in finding.text + finding.fix
    (alone,) = found(sent(sheet("beds,P1,2026/27 Q1,*,,12", header=VALUED)), "OUT-554")
    assert "(the value in the same row)" in alone.text
