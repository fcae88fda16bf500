"""What is said of a value: how far it is off, what a marker in it means, what is new where it alone was added."""

import pytest

from tests.unit.intake.returns_world import HEADER, Record, codes, found, sent, sheet

VALUED = HEADER + ",value"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("88", "85.8"),
        ("86.0", "85.8"),
        ("85.80", "85.83"),
        ("85.83336", "85.83333"),
        ("85.833335", "85.833333"),
        ("85.83333501", "85.833333"),
        ("0.8583", "85.8333 (yours is 100 times smaller: is it a fraction instead of a percentage?)"),
    ],
)
def test_what_the_numbers_give_is_shown_with_the_decimals_that_show_the_difference(value: str, shown: str) -> None:
    (finding,) = found(sent(sheet(f"stay,P1,2026-04,412,480,{value}", header=VALUED)), "OUT-503")
    assert finding.text.endswith(f"which give {shown}.")


def test_a_marker_in_the_value_alone_means_that_none_is_given() -> None:
    result = sent(sheet("stay,P1,2026-04,412,480,[c]", "stay,P2,2026-04,11,20,", header=VALUED))
    (finding,) = result.findings
    assert (finding.code, finding.column) == ("OUT-254", "value")
    assert finding.text == "“[c]” was read as not given."
    assert result.frame["value"].to_list() == [None, None]
    assert result.frame["status"].to_list() == [None, None]


@pytest.mark.parametrize("numbers", ["[c],480", "412,[c]", "[c],[c]"])
def test_beside_a_marker_in_a_number_it_counts_as_that_one_does(numbers: str) -> None:
    result = sent(sheet(f"stay,P1,2026-04,{numbers},[c]", "stay,P2,2026-04,11,20,", header=VALUED))
    assert codes(result) == {"OUT-458"}
    assert "value" in {one.column for one in found(result, "OUT-458")}


def test_where_a_value_alone_was_added_the_revision_says_so() -> None:
    record = Record()
    record.keep(sent(sheet("stay,P1,2026-04,10,20,", "stay,P2,2026-04,11,20,55", header=VALUED)))
    again = sent(sheet("stay,P1,2026-04,10,20,50", "stay,P2,2026-04,11,20,55.0", header=VALUED), ledger=record)
    (finding,) = found(again, "OUT-651")
    assert (finding.row, finding.column) == (2, "value")
    assert "sent before (10/20, without a value)." in finding.text
    other = sent(sheet("stay,P1,2026-04,9,20,45", "stay,P2,2026-04,11,20,", header=VALUED), ledger=record)
    assert ["(10/20)" in one.text for one in found(other, "OUT-651")] == [True, False]
    assert "(11/20, value 55.0)" in found(other, "OUT-651")[1].text


@pytest.mark.parametrize(("numbers", "code"), [("5,0", "OUT-502"), ("5,-10", "OUT-409")])
def test_events_without_anybody_are_one_fault(numbers: str, code: str) -> None:
    assert {one.code for one in sent(sheet(f"stay,P1,2026-04,{numbers}", "stay,P2,2026-04,11,20")).findings} == {code}
