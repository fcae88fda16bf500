"""Of a row whose indicator is not known every other fault is said that is one whichever indicator is meant."""

import pytest

from outcomes.finding import Finding
from tests.unit.intake.returns_world import HEADER, INDICATORS, found, indicator, returns_world, sent, sheet

GROUPED = HEADER + ",sex,age_band,deprivation_decile"
CLEAR = "stay,P1,2026-04,10,20"
# every indicator of the sender is a share of people, by month
ALIKE = returns_world(indicators=(indicator("stay"), indicator("leave"), indicator("elsewhere")))


def of_row(*rows: str, header: str = HEADER, row: int = 3) -> set[tuple[str, str | None]]:
    """Return code and column of what is said of a row."""
    findings = sent(sheet(*rows, header=header), partnership=ALIKE).findings
    return {(one.code, one.column) for one in findings if one.row == row}


def only(findings: tuple[Finding, ...]) -> Finding:
    (finding,) = findings
    return finding


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("what,P1,soon,10,20", "OUT-302", "period"),
        ("what,P1,,10,20", "OUT-301", "period"),
        ("what,P1,2031-04,10,20", "OUT-304", "period"),
        ("what,P1,2026-04,,20", "OUT-401", "numerator"),
        ("what,P1,2026-04,10,", "OUT-401", "denominator"),
        ("what,P1,2026-04,10,n/a", "OUT-414", "denominator"),
        ("what,P1,2026-04,10.5,20", "OUT-406", "numerator"),
        ("what,P1,2026-04,-1,20", "OUT-409", "numerator"),
        ("what,P1,2026-04,21,20", "OUT-501", "numerator"),
        ("what,P9,2026-04,10,20", "OUT-208", "place_code"),
        ("what,P77,2026-04,10,20", "OUT-205", "place_code"),
        (",P9,2026-04,10,20", "OUT-208", "place_code"),
    ],
)
def test_what_is_wrong_in_any_case_is_said_with_the_unknown_code(row: str, code: str, column: str) -> None:
    unknown = "OUT-203" if row.startswith(",") else "OUT-201"
    assert of_row(CLEAR, row) == {(unknown, "indicator_id"), (code, column)}


@pytest.mark.parametrize("groups", ["Boys,,", ",65 plus,", ",,11"])
def test_a_group_that_no_indicator_has_is_said(groups: str) -> None:
    column = ("sex", "age_band", "deprivation_decile")[[bool(one) for one in groups.split(",")].index(True)]
    said = of_row(CLEAR + ",,,", f"what,P1,2026-04,10,20,{groups}", header=GROUPED)
    assert said == {("OUT-201", "indicator_id"), ("OUT-221", column)}


@pytest.mark.parametrize("groups", ["Male,,", "persons,,", ",5-9,", ",All ages,", ",,10", ",,10.0"])
def test_a_group_that_some_indicator_has_is_not(groups: str) -> None:
    assert of_row(CLEAR + ",,,", f"what,P1,2026-04,10,20,{groups}", header=GROUPED) == {("OUT-201", "indicator_id")}


@pytest.mark.parametrize(
    "row",
    [
        # a year, a quarter, and a number that is too large for its whole: right of some indicator of the sender
        "what,P1,2025/26,10,20",
        "what,P1,2026/27 Q1,10,20",
        "what,P1,2026-04,21,20",
        "what,P1,2026-04,10.5,20",
        "what,P1,2026-04,-1,20",
        "what,P1,2026-04,10,",
        "what,0101,2026-04,10,20",
        # "2026" is a year to some, and ends after the day of the check to none that have not begun
        "what,P1,2026,10,20",
        # of a total it is said that it is one, and that is enough
        "Total,P1,soon,,",
    ],
)
def test_what_may_be_right_once_the_indicator_is_known_is_not_said(row: str) -> None:
    findings = sent(sheet(CLEAR, row)).findings
    assert {one.column for one in findings if one.row == 3} <= {"indicator_id"}


def test_the_sentences_speak_of_no_indicator() -> None:
    rows = ("what,P1,soon,10,20", "what,P1,,10,20", "what,P9,Aprl 2026,10,20", "elsewhere,P9,2026-04,1,2")
    result = sent(sheet(CLEAR, *rows), partnership=ALIKE)
    soon, april = found(result, "OUT-302")
    assert soon.text == "“soon” cannot be read as a period."
    assert soon.fix == "Write the period in its exact form, for example 2026-04."
    assert april.text.endswith("Did you mean 2026-04?")
    assert only(found(result, "OUT-301")).fix.endswith("for example 2026-04.")
    unknown, of_another = found(result, "OUT-208")
    assert unknown.text == of_another.text == "The place P9 is not one for which T1 supplies any figures."
    own = only(found(sent(sheet("stay,P9,2026-04,1,2")), "OUT-208"))
    assert own.text.endswith("T1 supplies this indicator.")


def test_the_groups_that_there_are_are_listed() -> None:
    finding = only(found(sent(sheet("what,P1,2026-04,1,2,Femal,,", header=GROUPED)), "OUT-221"))
    assert finding.text.endswith("Did you mean Female? There are: Persons, Male, Female.")


def test_an_indicator_of_another_does_not_hide_a_place_of_another() -> None:
    assert of_row(CLEAR, "elsewhere,P9,2026-04,1,2") == {("OUT-204", "indicator_id"), ("OUT-208", "place_code")}
    assert of_row(CLEAR, "elsewhere,P1,2026-04,1,2") == {("OUT-204", "indicator_id")}


def test_rows_without_a_known_indicator_leave_the_others_as_they_are() -> None:
    assert len(INDICATORS) > 2
    result = sent(sheet(CLEAR, CLEAR.replace("P1", "P2"), "what,P1,2026-04,10,20", "what,P1,2026-04,11,20"))
    assert {one.code for one in result.findings} == {"OUT-201"}


@pytest.mark.parametrize("period", ["2026-12", "2031-04"])
def test_of_a_period_that_has_not_begun_nothing_is_missing(period: str) -> None:
    assert {one.code for one in sent(sheet(f"stay,P1,{period},10,20")).findings} == {"OUT-304"}
    assert {one.code for one in sent(sheet("stay,P1,2026-11,10,20")).findings} == {"OUT-352", "OUT-555"}
