"""Rows that speak of the same thing: the one that differs is never left out, and what is dropped is said."""

import pytest

from outcomes.vocabulary import Verdict
from tests.unit.intake.returns_world import HEADER, Record, codes, found, sent, sheet

BESIDE = HEADER + ",value,value_note,comment"
SAME, OTHER = "stay,P1,2026-04,5,20", "stay,P1,2026-04,6,20"
CLEAR = "stay,P2,2026-04,11,20"


def test_of_many_rows_that_agree_the_one_that_differs_is_named_and_quoted() -> None:
    result = sent(sheet(*[SAME] * 30, OTHER, SAME, CLEAR))
    findings = found(result, "OUT-505")
    assert [one.row for one in findings] == [*range(2, 21), 32]
    assert [one.repeats for one in findings] == [0] * 19 + [12]
    text = findings[0].text
    assert text.startswith("Rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 32 and others give different figures")
    assert ": row 2 says 5, row 32 says 6, row 3 says 5, row 4 says 5 and so on." in text
    assert {one.text.split(" The same holds")[0] for one in findings} == {text}


def test_the_one_that_differs_is_found_behind_thousands() -> None:
    rows = [f"stay,P1,{2020 + at % 5}-04,5,20" for at in range(20_000)]
    rows[17_001] = "stay,P1,2021-04,6,20"
    result = sent(sheet(*rows), ledger=Record())
    shown = found(result, "OUT-505")
    assert (len(shown), shown[0].row, shown[-1].row, shown[-1].repeats) == (20, 3, 17_003, 3_980)
    assert "row 3 says 5, row 17003 says 6, row 8 says 5" in shown[0].text
    assert len([one for one in result.all_findings() if one.code == "OUT-505"]) == 4_000


def test_of_more_figures_than_are_named_the_first_rows_are_named() -> None:
    result = sent(sheet(*[f"stay,P1,2026-04,{at // 2},20" for at in range(40)]))
    text = found(result, "OUT-505")[0].text
    assert text.startswith("Rows 2, 4, 6, 8, 10, 12, 14, 16, 18, 20 and others give")
    assert ": row 2 says 0, row 4 says 1, row 6 says 2, row 8 says 3 and so on." in text


@pytest.mark.parametrize(
    ("first", "second", "column", "value"),
    [
        (",,", ",,again", "comment", "again"),
        (",,", "25,,", "value", "25"),
        (",,one", ",two,one", "value_note", "two"),
        ("25,,", "25.0,,other", "comment", "other"),
    ],
)
def test_what_only_a_repeated_row_says_is_said_to_be_dropped(first: str, second: str, column: str, value: str) -> None:
    result = sent(sheet(f"{SAME},{first}", CLEAR + ",,,", f"{SAME},{second}", header=BESIDE))
    assert result.verdict is Verdict.ACCEPTED_WITH_WARNING
    (finding,) = found(result, "OUT-560")
    assert (finding.row, finding.column, finding.value) == (4, column, value)
    assert finding.text.startswith(f"“{value}” is not kept: row 2 gives the same figure,")
    assert result.frame["row"].to_list() == [2, 3]


@pytest.mark.parametrize("second", [",,", "25,,", "25.0,,", ",, one ", ",,N/A"])
def test_a_repeat_that_says_nothing_else_drops_nothing(second: str) -> None:
    result = sent(sheet(f"{SAME},25,,one", f"{SAME},{second}", CLEAR + ",,,", header=BESIDE))
    assert "OUT-552" in codes(result)
    assert "OUT-560" not in codes(result)
