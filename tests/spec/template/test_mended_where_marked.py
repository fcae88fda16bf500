"""A workbook that was sent back marked is mended where it is: it comes back as if the list were not there."""

import io
from typing import Any

import openpyxl
import pytest

from outcomes.intake.checking import check
from outcomes.intake.template.asking import asked_of
from outcomes.intake.template.writing import template_workbook
from outcomes.vocabulary import Severity, Verdict
from outcomes.workflows.returning import returned_workbook
from tests.spec.template.marked import (
    LIST,
    SMALL,
    listed,
    returned,
    small_check,
    words_above,
    workbook,
)
from tests.template_filling import filled
from tests.unit.intake.returns_world import AS_OF, WORLD

# once, on one Python, is enough of these
pytestmark = pytest.mark.slow


def test_a_template_that_was_sent_back_marked_may_be_mended_where_it_is() -> None:
    asked = asked_of(WORLD, "T1", as_of=AS_OF)
    good = {"numerator": 10, "denominator": 20, "value": 5}

    def written(row: int, known: Any) -> dict[str, Any]:
        open_ones = {name: number for name, number in good.items() if known.get(name, "") is None}
        return open_ones | ({"numerator": "ten"} if row == 2 else {})

    content = filled(template_workbook(asked), written)
    result = check(content, WORLD, as_of=AS_OF)
    assert [finding.code for finding in result.findings if finding.severity is Severity.ERROR] == ["OUT-402"]
    back = openpyxl.load_workbook(io.BytesIO(returned_workbook(content, result)))
    page = back["Return"]
    (address,) = [cell.coordinate for row in page.iter_rows() for cell in row if cell.value == "ten"]
    page[address].value = 10
    buffer = io.BytesIO()
    back.save(buffer)
    mended = check(buffer.getvalue(), WORLD, as_of=AS_OF)
    assert (mended.partner_code, mended.verdict, mended.findings) == ("T1", Verdict.ACCEPTED, ())


def test_a_workbook_that_was_mended_where_it_is_marked_comes_back_as_if_the_list_were_not_there() -> None:
    back = returned(workbook(None, Data=SMALL))
    back["Data"]["D2"].value = 10
    buffer = io.BytesIO()
    back.save(buffer)
    mended = small_check(buffer.getvalue())
    assert (mended.verdict, mended.findings) == (Verdict.ACCEPTED, ())
    # a sheet of that name without our list is read like any other
    other = small_check(
        workbook(
            None,
            What_to_mend=[["our own notes"], ["and more"]],
            Data=[*SMALL[:1], ["stay", "P1", "2026-04", 3, 20], SMALL[2]],
        )
    )
    assert {finding.code for finding in other.findings} == {"OUT-161"}


def test_an_nhs_number_in_the_list_is_found_though_no_figure_is_read_there() -> None:
    back = returned(workbook(None, Data=SMALL))
    back["Data"]["D2"].value = 10
    back[LIST]["F9"].value = "999 123 4578"
    buffer = io.BytesIO()
    back.save(buffer)
    assert "OUT-701" in {finding.code for finding in small_check(buffer.getvalue()).findings}


def test_marked_again_it_has_one_list_and_no_mark_of_the_time_before() -> None:
    first = returned(workbook(None, Data=[*SMALL, ["stay", "P1", "2026-05", 50, 20]]))
    first["Data"]["D2"].value = 10
    buffer = io.BytesIO()
    first.save(buffer)
    book = returned(buffer.getvalue())
    assert book.sheetnames == [LIST, "Data"]
    page = book["Data"]
    assert (page["D2"].comment, page["D2"].fill.fill_type, page["D2"].border.left) == (None, None, None)
    assert page["D4"].comment.text.count("No. ") == 1
    assert page["D4"].border.left.style == "thick"
    assert listed(book[LIST])[1][0]["Cell"] == "D4"


def test_a_cell_to_mend_can_be_typed_into_unless_a_password_keeps_the_sheet() -> None:
    for password, is_locked in (("", False), ("secret", True)):

        def touch(book: Any, password: str = password) -> None:
            book["Data"].protection.sheet = True
            if password:
                book["Data"].protection.password = password

        page = returned(workbook(touch, Data=SMALL))["Data"]
        assert page.protection.sheet
        assert page["D2"].protection.locked is is_locked
        assert page["D3"].protection.locked


def test_a_sheet_with_a_row_to_delete_is_no_longer_protected_unless_by_a_password() -> None:
    twice = [*SMALL[:1], ["stay", "P1", "2026-04", 3, 20], ["stay", "P1", "2026-04", 4, 20]]
    for password, is_protected in (("", False), ("secret", True)):

        def touch(book: Any, password: str = password) -> None:
            book["Data"].protection.sheet = True
            if password:
                book["Data"].protection.password = password

        book = returned(workbook(touch, Data=twice))
        assert book["Data"].protection.sheet is is_protected
        # both rows are one thing to mend, with one number
        _, problems = listed(book[LIST])
        assert [row["No."] for row in problems if row["Cell"].startswith("row ")] == [1, 1]
        assert "1 thing to mend" in words_above(book)
        assert "Delete rows last, from the bottom up" in words_above(book)


def test_the_list_says_what_the_row_is_about_by_name_and_fits_a_page_across() -> None:
    content = workbook(None, Data=SMALL)
    names = {"indicator_id": {"stay": "Length of stay"}, "place_code": {"P1": "Castlewick"}}
    book = openpyxl.load_workbook(io.BytesIO(returned_workbook(content, small_check(content), names)))
    (row,) = listed(book[LIST])[1]
    assert row["What the row is about"] == "Length of stay\nCastlewick\n2026-04\ncolumn numerator"
    assert len(row) - 1 == 6
    setup = book[LIST].page_setup
    assert (setup.orientation, setup.fitToWidth, setup.fitToHeight) == ("landscape", 1, 0)
    assert words_above(book).splitlines()[0] == "T1_return.xlsx: not accepted yet"
