"""What a fault is told with: the name beside the code, the place that is missing, the period the other rows have."""

import io
from dataclasses import replace

import openpyxl
import pytest

from outcomes.finding import Finding
from outcomes.framework.model import Indicator
from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult
from outcomes.intake.number_words import number_example, number_in_words
from outcomes.intake.template.asking import asked_of
from outcomes.intake.template.mark import MARK_SHEET
from outcomes.intake.template.writing import template_workbook
from outcomes.vocabulary import Verdict
from tests.unit.intake.returns_world import (
    AS_OF,
    HEADER,
    INDICATORS,
    Record,
    codes,
    found,
    indicator,
    returns_world,
    sent,
    sheet,
)

NAMED = "indicator_id,indicator_name,place_code,place_name,period,numerator,denominator"
NUMBER = "999 123 4578"
FEW = returns_world(indicators=INDICATORS[:2])


def only(result: CheckResult, code: str) -> Finding:
    (finding,) = found(result, code)
    return finding


def test_a_name_for_a_code_is_held_against_the_name_beside_it() -> None:
    rows = ("stay,,Castlewick,Dunmere,2026-04,10,20", "stay,,P1,Castlewick,2026-04,11,20")
    finding = only(sent(sheet(*rows, header=NAMED)), "OUT-205")
    assert finding.text == (
        "No place has the code “Castlewick”. That is the name of Castlewick (P1); the name beside it is Dunmere (P2). "
        "Check which of the two is meant. Row 3 is Castlewick (P1) already. "
        "No other row of this indicator and period is for Dunmere (P2)."
    )


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("stay,,Dunmere,Dunmere,2026-04,10,20", "That is a name; its code is P2."),
        ("stay,,dunmere,,2026-04,10,20", "That is a name; its code is P2."),
        (
            "stay,,X9,Dunmere,2026-04,10,20",
            "The name beside it is Dunmere (P2). No other row of this indicator and period is for Dunmere (P2).",
        ),
        ("stay,,X9,Nowhere,2026-04,10,20", "No other row of this indicator and period is for Dunmere (P2)."),
        ("stay,,X9,Nowhere,soon,10,20", ""),
    ],
)
def test_an_unknown_code_is_told_by_what_else_is_known(row: str, told: str) -> None:
    result = sent(sheet(row, "stay,,P1,Castlewick,2026-04,11,20", header=NAMED))
    text = only(result, "OUT-205").text.partition(". ")[2]
    assert text == told


def test_the_place_that_a_code_is_like_is_to_be_written_though_its_name_has_brackets() -> None:
    world = returns_world()
    named = world.areas.frame["name"].replace("Castlewick", "Castlewick, old (C)")
    world = replace(world, areas=replace(world.areas, frame=world.areas.frame.with_columns(name=named)))
    finding = only(sent(sheet("stay,P1X,2026-04,10,20", "stay,P2,2026-04,11,20"), partnership=world), "OUT-205")
    assert "Did you mean P1 (Castlewick, old (C))?" in finding.text
    assert finding.fix is not None
    assert finding.fix.startswith("Write P1 (Castlewick, old (C)): the code alone.")


def test_a_missing_code_is_told_by_the_name_beside_it_and_an_unknown_indicator_too() -> None:
    rows = (
        "stay,,,Dunmere,2026-04,10,20",
        "home,The indicator visits,P1,,2026-04,11,20",
        ",The indicator visits,P1,,2026-04,11,20",
    )
    result = sent(sheet(*rows, header=NAMED))
    assert "The name beside it is Dunmere (P2)." in only(result, "OUT-206").text
    assert only(result, "OUT-201").text.endswith("The name beside it is The indicator visits (visits).")
    assert only(result, "OUT-203").text.endswith("The name beside it is The indicator visits (visits).")


def test_a_code_and_another_name_beside_it_are_asked_about_and_the_code_counts() -> None:
    rows = ("stay,The indicator visits,P1,castlewick,2026-04,10,20", "stay,,P2,Castlewick,2026-04,11,20")
    result = sent(sheet(*rows, header=NAMED))
    assert result.verdict is Verdict.ACCEPTED_WITH_WARNING
    assert [(one.row, one.column) for one in found(result, "OUT-259")] == [(2, "indicator_id"), (3, "place_code")]
    assert found(result, "OUT-259")[1].text == (
        "The code P2 is that of Dunmere; the name beside it is that of Castlewick (P1). The code counts."
    )
    assert result.frame["area_code"].to_list() == ["P1", "P2"]


@pytest.mark.parametrize("name", ["Castlewick Borough", "", "  CASTLEWICK ", "n/a"])
def test_a_name_that_is_nobody_elses_is_not_spoken_of(name: str) -> None:
    rows = (f"stay,,P1,{name},2026-04,10,20", "stay,,P2,Dunmere,2026-04,11,20")
    assert "OUT-259" not in codes(sent(sheet(*rows, header=NAMED)))


def test_of_rows_that_contradict_the_place_that_is_missing_is_named() -> None:
    both = "stay,P1,2026-04,10,20", "stay,P1,2026-04,11,20"
    assert (
        "There is no row for Dunmere (P2). It may be meant in one of these rows."
        in found(sent(sheet(*both)), "OUT-505")[0].text
    )
    for there in ("stay,P2,2026-04,11,20", "stay,P 2 x,2026-04,11,20"):
        # the second is Dunmere's with a wrong code: no other row is
        nothing = found(sent(sheet(*both, there)), "OUT-505")
        assert nothing
        assert all(one.text.endswith("period and group: row 2 says 10, row 3 says 11.") for one in nothing)


@pytest.mark.parametrize(
    ("rows", "how"),
    [
        (
            ("stay,P1,Q2 26,10,20", "stay,P2,2026-05,11,20"),
            "Write 2026-05, as the other rows of this indicator have it.",
        ),
        (
            ("stay,P1,04/2026,10,20", "stay,P2,2026-05,11,20"),
            "Write 2026-04, if that is the one that is meant; the other rows of this indicator have 2026-05.",
        ),
        # the row names a month itself, and it is another one
        (
            ("stay,P1,15/04/2026,10,20", "stay,P2,2026-05,11,20"),
            "Write the period that is meant, in its exact form; the other rows of this indicator have 2026-05.",
        ),
        (
            ("stay,P1,46113,10,20", "stay,P2,2026-05,11,20"),
            "Write the period that is meant, in its exact form; the other rows of this indicator have 2026-05.",
        ),
        (
            ("stay,P1,46113,10,20", "stay,P2,2026-04,11,20"),
            "Write 2026-04, as the other rows of this indicator have it.",
        ),
        # the place has one of two months already
        (
            ("stay,P1,Q2,1,20", "stay,P1,2026-04,1,20", "stay,P2,2026-04,1,20", "stay,P2,2026-05,1,20"),
            "Write 2026-05, as the other rows of this indicator have it.",
        ),
        (
            ("stay,P1,Q2,1,20", "stay,P2,2026-04,1,20", "stay,P2,2026-05,1,20"),
            "Write the period in its exact form, for example 2026-10.",
        ),
        (
            ("stay,,Q2,1,20", "stay,P2,2026-04,1,20", "stay,P2,2026-05,1,20"),
            "Write the period in its exact form, for example 2026-10.",
        ),
        (("stay,P1,Q2,10,20", "visits,P1,2026-05,1,20"), "Write the period in its exact form, for example 2026-10."),
    ],
)
def test_a_period_that_cannot_be_read_is_told_the_one_that_is_meant(rows: tuple[str, ...], how: str) -> None:
    assert only(sent(sheet(*rows), partnership=FEW), "OUT-302").fix == how


def returned(*, is_old: bool = False, **changes: str) -> CheckResult:
    """The filled template of T1, with some cells changed; an old one does not say what it asked for."""
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(asked_of(FEW, "T1", as_of=AS_OF))))
    page = book["Return"]
    for row in range(2, page.max_row + 1):
        for head in page[1]:
            if head.value in ("numerator", "denominator"):
                page.cell(row, head.column).value = 10
    for cell, value in changes.items():
        page[cell].value = value
    if is_old:
        mark = book[MARK_SHEET]
        mark.delete_rows(4, mark.max_row)
    buffer = io.BytesIO()
    book.save(buffer)
    return check(buffer.getvalue(), FEW, as_of=AS_OF, file_name="back.xlsx")


def test_a_row_about_a_period_that_the_sheet_did_not_ask_for_is_let_in_and_asked_about() -> None:
    assert returned().verdict is Verdict.ACCEPTED
    result = returned(E2="2026-04")
    assert result.verdict is Verdict.ACCEPTED_WITH_WARNING
    finding = only(result, "OUT-354")
    assert (finding.cell, finding.value) == ("E2", "2026-04")
    assert finding.text == "This sheet asks for October 2026 (2026-10); this row says April 2026 (2026-04)."
    assert finding.fix.startswith("Write 2026-10, if that is meant. If the cell is locked: choose Review")
    # of the period that was asked the place is missing; of the other one nothing was asked
    assert "The indicator stay (stay), 2026-10: no figure for 1 of 2 places" in only(result, "OUT-555").text


def test_a_template_that_does_not_say_what_it_asks_is_read_as_ever() -> None:
    result = returned(is_old=True, E2="2026-04")
    assert result.verdict is Verdict.ACCEPTED_WITH_WARNING
    assert codes(result) == {"OUT-555"}


def test_in_a_template_the_list_and_the_lock_and_the_period_asked_are_named() -> None:
    result = returned(C2="Farland", E3="soon")
    place, period = only(result, "OUT-205"), only(result, "OUT-302")
    assert "the sheet “Places” of your workbook. If the cell is locked: choose Review" in place.fix
    assert period.fix.startswith("Write 2026-10, as this sheet asks. If the cell is locked")


@pytest.mark.parametrize(
    ("numerator", "scale", "words", "example"),
    [
        ("count", 1, "a whole number, 0 or more", "412"),
        ("number", 1, "a whole number, 0 or more", "412"),
        ("number", 2, "a number in steps of 0.5, 0 or more", "412.5"),
        ("number", 10, "a number with at most one decimal, 0 or more", "412.1"),
        ("number", 100, "a number with at most two decimals, 0 or more", "412.01"),
        ("number", 3, "a number in steps of 1/3, 0 or more", "412"),
    ],
)
def test_the_kind_of_number_and_an_example_follow_the_definition(
    numerator: str, scale: int, words: str, example: str
) -> None:
    made: Indicator = indicator("one", statistic="mean", multiplier=1, numerator=numerator, numerator_scale=scale)
    assert (number_in_words(made, "numerator"), number_example(made, "numerator")) == (words, example)
    world = returns_world(indicators=(made, *INDICATORS[:2]))
    assert sent(sheet(f"one,P1,2026-04,{example},20", "one,P2,2026-04,1,2"), partnership=world).verdict is (
        Verdict.ACCEPTED
    )


def test_a_comma_before_decimals_never_leads_to_a_number_without_it() -> None:
    result = sent(sheet('stay,P1,2026-04,"381,5",2000', 'half,P1,2026-04,"1,5",20', 'half,P2,2026-04,"1,25",20'))
    whole, half, quarter = found(result, "OUT-405")
    assert whole.text == "“381,5” reads as 381.5, and this column takes whole numbers."
    assert whole.fix == "Look the number up, and write the whole number, without a comma."
    assert "3815" not in whole.text + whole.fix + whole.example
    assert (half.text, half.fix) == ("“1,5” reads as 1.5.", "Write 1.5, without a comma, if that is the number.")
    assert quarter.text.endswith("reads as 1.25, and this column takes a number in steps of 0.5, 0 or more.")


def test_a_comma_before_three_digits_is_told_with_both_of_its_readings() -> None:
    # in a file with semicolons a comma may stand before decimals
    finding = only(sent(sheet("half,P1,2026-04,1.050,2000").replace(",", ";").replace(".", ",")), "OUT-405")
    assert "two different numbers, 1050 or 1.05: the comma may stand between thousands or before" in finding.text
    assert finding.fix == "Write the one that is meant without a comma: a number in steps of 0.5, 0 or more."


def test_commas_that_can_be_no_number_are_said_to_be_none() -> None:
    (finding,) = found(sent(sheet('stay,P1,2026-04,"1,2,3",20')), "OUT-405")
    assert finding.text == "“1,2,3” has commas that cannot be read."
    assert finding.fix == "Write a whole number, 0 or more, without a comma."


@pytest.mark.parametrize(
    ("text", "example"), [("not yet known", "[x]"), ("awaited", "[x]"), ("about 50", ""), ("notion", "")]
)
def test_a_number_that_is_not_known_yet_is_shown_its_marker_and_no_other_number(text: str, example: str) -> None:
    finding = only(sent(sheet(f"stay,P1,2026-04,{text},20")), "OUT-402")
    assert finding.example == example
    begin = "Write [x] until the number is known; then a whole number" if example else "Write a whole number"
    assert finding.fix.startswith(begin)


def test_a_code_that_is_nearly_a_place_leads_with_the_code_to_write() -> None:
    near = only(sent(sheet("stay,,X9,Dunmere,2026-04,10,20", "stay,,P1,,2026-04,11,20", header=NAMED)), "OUT-205")
    assert near.fix.startswith("Write P2 (Dunmere): the code alone.")
    # the place has its row already: then it is not the one that is meant
    both = ("stay,,X9,Castlewick,2026-04,10,20", "stay,,P1,,2026-04,11,20")
    assert only(sent(sheet(*both, header=NAMED)), "OUT-205").fix.startswith("Write the place's code, as text")
    doubt = "stay,,Castlewick,Dunmere,2026-04,10,20"
    assert only(sent(sheet(doubt, header=NAMED)), "OUT-205").fix.startswith("Write the place's code, as text")


def test_rows_that_contradict_are_told_with_their_numbers() -> None:
    rows = ("stay,P1,2026-04,166,200", "stay,P2,2026-04,11,20", "stay,P1,2026-04,173,200")
    one, other = found(sent(sheet(*rows)), "OUT-505")
    assert "Rows 2 and 4 give different figures" in one.text
    assert "period and group: row 2 says 166, row 4 says 173." in one.text
    assert (one.text, one.fix) == (other.text, other.fix)
    assert one.fix.startswith("Keep the right one and delete the other row.")
    both = ("stay,P1,2026-04,166,200", "stay,P1,2026-04,173,210")
    assert "row 2 says numerator 166 and denominator 200, row 3 says numerator 173 and denominator 210" in (
        found(sent(sheet(*both)), "OUT-505")[0].text
    )


def test_rows_that_contradict_are_told_without_numbers_where_one_row_is_about_a_person() -> None:
    rows = (f"stay,P1,2026-04,166,200,{NUMBER}", "stay,P1,2026-04,173,200,")
    result = sent(sheet(*rows, header=HEADER + ",comment"))
    assert found(result, "OUT-505")
    assert not [one for one in result.findings if "166" in one.text or "173" in one.text or NUMBER in one.text]


@pytest.mark.parametrize(
    ("part", "whole", "is_slip"), [("35480", "4727", True), ("200", "199", False), ("35481", "4727", False)]
)
def test_a_part_above_its_whole_asks_for_a_zero_too_many_only_where_it_may_be_one(
    part: str, whole: str, is_slip: bool
) -> None:
    finding = only(sent(sheet(f"stay,P1,2026-04,{part},{whole}")), "OUT-501")
    assert f"numerator {part} is above the denominator {whole} in E2;" in finding.text
    others = "be swapped, mistyped, or of different groups."
    asked = f"is there a zero too many in {part}? They may also" if is_slip else "they may"
    assert finding.fix == f"Check both numbers: {asked} {others}"


def test_a_total_beside_one_hidden_number_is_said_to_give_it_away_and_the_number_is_not_worked_out() -> None:
    rows = ("stay,P1,2026-04,[c],20", "stay,P2,2026-04,45,60", "stay,Total,2026-04,49,80")
    finding = only(sent(sheet(*rows)), "OUT-210")
    assert finding.text.endswith("This total lets a reader work out the number that you hid in row 2.")
    assert finding.fix == "Delete the whole row 4: totals are worked out here."
    # of two hidden numbers neither follows, and a total without a number says nothing
    two = ("stay,P1,2026-04,[c],20", "stay,P2,2026-04,[c],60", "stay,Total,2026-04,49,80")
    none = ("stay,P1,2026-04,[c],20", "stay,P2,2026-04,45,60", "stay,Total,2026-04,[c],")
    other = ("visits,P1,2026-04,[c],20", "stay,P2,2026-04,45,60", "stay,Total,2026-04,49,80")
    for rows in (two, none, other):
        assert "work out the number" not in only(sent(sheet(*rows)), "OUT-210").text


def test_too_many_decimals_are_told_how_many_there_may_be() -> None:
    finding = only(sent(sheet("half,P1,2026-04,10.25,20", "half,P2,2026-04,1,20")), "OUT-407")
    assert finding.text.endswith("the numerator of this indicator is a number in steps of 0.5, 0 or more.")
    assert "The numerator is: people counted." in finding.fix


@pytest.mark.parametrize(("text", "code"), [("", "OUT-401"), ("n/a", "OUT-414")])
def test_the_number_comes_first_and_no_marker_is_the_example(text: str, code: str) -> None:
    finding = only(sent(sheet(f"stay,P1,2026-04,{text},20", "stay,P2,2026-04,1,20")), code)
    assert finding.fix.startswith("If you have the number, type it. If you counted and found none, write 0. Where")
    assert finding.fix.index("[x] (there is no number yet") < finding.fix.index("[c] (there is a number, and you may")
    assert finding.example == ""


def test_hints_are_bounded_however_many_rows_are_wrong() -> None:
    rows = [f"stay,P{at}x,2026-04,1,2" for at in range(500)]
    result = sent(sheet("stay,P1,2026-04,1,2", *rows), ledger=Record())
    told = [one.text for one in result.all_findings() if one.code == "OUT-205"]
    assert len(told) == 500
    assert sum("No other row of this indicator and period is for Dunmere" in text for text in told) == 100
