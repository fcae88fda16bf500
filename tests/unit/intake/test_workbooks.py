"""Workbooks: what is read, what the reader is silent about, and what is refused before it is unpacked."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter

from outcomes.intake.reading.grid import Refusal
from outcomes.intake.reading.workbook import read_workbook
from outcomes.partnership.layout import Limits
from outcomes.vocabulary import Verdict
from tests.unit.intake.returns_world import HEADER, WORLD, codes, found, returns_world, row_of, sent

NAMES = HEADER.split(",")
P1: list[Any] = ["stay", "P1", "2026-04", 10, 20]
P2: list[Any] = ["stay", "P2", "2026-04", 11, 20]


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]]], touch: Callable[[Any, Any], None] | None = None) -> bytes:
    """Return a workbook of the sheets' rows; `touch` may add to the workbook and its first sheet."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    first = None
    for name, rows in sheets:
        page = book.add_worksheet(name)
        first = first or page
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                page.write(row, column, cell)
    if touch:
        touch(book, first)
    book.close()
    return buffer.getvalue()


def repacked(content: bytes, **parts: bytes) -> bytes:
    """Return a workbook with parts replaced or added (`__` stands for `/`)."""
    given = {name.replace("__", "/").replace("_xml", ".xml"): body for name, body in parts.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in given:
                new.writestr(name, old.read(name))
        for name, body in given.items():
            new.writestr(name, body)
    return buffer.getvalue()


PLAIN = workbook(("Data", [NAMES, P1, P2]))


def refused(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Refusal) as caught:
        read_workbook(content, limits or Limits())
    return caught.value.remark.code


def test_a_plain_workbook_is_accepted_and_keeps_sheet_and_row() -> None:
    result = sent(PLAIN, file_name="T1_return.xlsx")
    assert result.verdict is Verdict.ACCEPTED
    assert [(row["sheet"], row["row"], row["numerator"]) for row in result.frame.iter_rows(named=True)] == [
        ("Data", 2, 10),
        ("Data", 3, 11),
    ]


def test_blank_rows_and_columns_before_the_table_do_not_move_addresses() -> None:
    rows = [[], [], ["", *NAMES], ["", *P1[:3], 30, 20]]
    result = sent(workbook(("Data", rows)), file_name="T1_return.xlsx")
    (finding,) = found(result, "OUT-501")
    assert (finding.sheet, finding.row, finding.cell, finding.header) == ("Data", 4, "E4", "numerator")


def test_error_cells_are_seen_although_the_reader_gives_them_as_empty() -> None:
    def touch(book: Any, page: Any) -> None:
        page.write_formula(1, 3, "=1/0", None, "#DIV/0!")

    result = sent(workbook(("Data", [NAMES, P1, P2]), touch=touch), file_name="T1_return.xlsx")
    (finding,) = found(result, "OUT-411")
    assert (finding.row, finding.column, finding.value) == (2, "numerator", "#DIV/0!")


def test_a_formula_without_a_result_is_refused_and_one_with_a_result_is_read() -> None:
    def touch(book: Any, page: Any) -> None:
        page.write_formula(1, 3, "=5+5", None, "")
        page.write_formula(2, 3, "=5+6", None, 11)

    content = workbook(("Data", [NAMES, P1, P2]), touch=touch)
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    sheet = sheet.replace(b'<c r="D2" t="str"><f>5+5</f><v></v></c>', b'<c r="D2"><f>5+5</f></c>')
    result = sent(repacked(content, xl__worksheets__sheet1_xml=sheet), file_name="T1_return.xlsx")
    assert [(finding.row, finding.column) for finding in found(result, "OUT-412")] == [(2, "numerator")]


@pytest.mark.parametrize(("place", "column"), [("A", "indicator_id"), ("B", "place_code"), ("C", "period")])
def test_a_formula_without_a_result_is_no_code(place: str, column: str) -> None:
    content = workbook(("Data", [NAMES, P1, P2]), touch=lambda _, page: page.write_formula(f"{place}2", "=Z9", None, 7))
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    cell = f'<c r="{place}2"><f>Z9</f>'.encode()
    assert cell + b"<v>7</v>" in sheet
    result = sent(
        repacked(content, xl__worksheets__sheet1_xml=sheet.replace(cell + b"<v>7</v>", cell)),
        file_name="T1_return.xlsx",
    )
    assert {(one.code, one.row, one.column) for one in result.findings} == {("OUT-412", 2, column)}
    assert "no result" not in "".join(one.text + one.fix for one in result.findings)


@pytest.mark.parametrize("cell", [datetime(2026, 4, 1), True], ids=["date", "boolean"])
def test_dates_and_booleans_are_no_numbers(cell: object) -> None:
    def touch(book: Any, page: Any) -> None:
        if isinstance(cell, datetime):
            page.write_datetime(1, 3, cell, book.add_format({"num_format": "yyyy-mm-dd"}))
        else:
            page.write_boolean(1, 3, cell)

    result = sent(workbook(("Data", [NAMES, P1, P2]), touch=touch), file_name="T1_return.xlsx")
    assert [(finding.row, finding.column) for finding in found(result, "OUT-413")] == [(2, "numerator")]


@pytest.mark.parametrize(("held", "shown"), [(0.55, "55%"), (0.125, "12.5%"), (12, "1200%")])
def test_a_percentage_in_place_of_a_count_is_quoted_as_it_is_shown_and_compared_with_nothing(
    held: float, shown: str
) -> None:
    def touch(book: Any, page: Any) -> None:
        page.write_number(1, 3, held, book.add_format({"num_format": "0%"}))

    cells = workbook(("Data", [[*NAMES, "value"], ["stay", "P1", "2026-04", 0, 10, 50], P2]), touch=touch)
    result = sent(cells, file_name="T1.xlsx")
    (finding,) = [finding for finding in result.findings if finding.row == 2]
    assert (finding.code, finding.cell, finding.value) == ("OUT-410", "D2", shown)
    assert finding.text.startswith(f"The cell shows {shown}, a percentage;")
    assert "Write how many, not the share" in finding.fix
    assert [row.cells[3] for row in result.excerpts[0].rows] == ["numerator", shown, "11"]


def test_a_percent_format_is_a_percentage_of_a_proportion_only() -> None:
    def touch(book: Any, page: Any) -> None:
        percent = book.add_format({"num_format": "0.0%"})
        page.write_number(1, 5, 0.5, percent)
        page.write_number(2, 3, 0.11, percent)

    result = sent(workbook(("Data", [[*NAMES, "value"], P1, P2]), touch=touch), file_name="T1_return.xlsx")
    assert [(finding.row, finding.column) for finding in found(result, "OUT-457")] == [(2, "value")]
    assert [(finding.row, finding.column) for finding in found(result, "OUT-410")] == [(3, "numerator")]
    # as the cell shows it, not as the file keeps it
    assert found(result, "OUT-410")[0].text.startswith("The cell shows 11%, a percentage;")
    assert not found(result, "OUT-503")


def test_hidden_rows_are_read_and_named() -> None:
    result = sent(
        workbook(("Data", [NAMES, P1, P2]), touch=lambda _, page: page.set_row(2, None, None, {"hidden": True})),
        file_name="T1_return.xlsx",
    )
    assert [finding.row for finding in found(result, "OUT-162")] == [3]
    assert result.loaded_rows == 2


def test_of_several_sheets_the_one_with_the_header_is_read_and_named() -> None:
    result = sent(workbook(("Notes", [["Hello"]]), ("Data", [NAMES, P1, P2])), file_name="T1_return.xlsx")
    assert "“Data”" in found(result, "OUT-161")[0].text
    assert result.loaded_rows == 2


def test_two_sheets_with_the_header_are_refused() -> None:
    result = sent(workbook(("A", [NAMES, P1]), ("B", [NAMES, P2])), file_name="T1_return.xlsx")
    assert codes(result) == {"OUT-105"}


def test_a_layout_may_name_the_sheet() -> None:
    layout = WORLD.layouts["native"].model_copy(update={"id": "b", "sheet": "B"})
    partnership = returns_world(layouts={"b": layout})
    both = workbook(("A", [NAMES, P1]), ("B", [NAMES, P2]))
    assert sent(both, partnership=partnership, layout="b", file_name="T1_.xlsx").frame["area_code"].to_list() == ["P2"]
    only = workbook(("A", [NAMES, P1]))
    assert codes(sent(only, partnership=partnership, layout="b", file_name="T1_.xlsx")) == {"OUT-110"}


def test_a_workbook_named_as_text_is_read_and_said() -> None:
    result = sent(PLAIN, file_name="T1_return.csv")
    assert codes(result) == {"OUT-055"}


def test_a_document_type_declaration_is_refused() -> None:
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst/>'
    assert refused(repacked(PLAIN, xl__sharedStrings_xml=evil)) == "OUT-006"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "xl\\evil.xml", "C:/x.xml"])
def test_a_name_that_reaches_outside_is_refused(name: str) -> None:
    buffer = io.BytesIO(PLAIN)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, "x")
    assert refused(buffer.getvalue()) == "OUT-006"


def test_a_part_packed_too_tightly_is_refused_and_never_unpacked() -> None:
    bomb = repacked(PLAIN, xl__media__x_xml=b"0" * 12_000_000)
    assert len(bomb) < 40_000
    assert refused(bomb) == "OUT-006"


def test_a_workbook_that_unpacks_beyond_the_limit_is_refused() -> None:
    assert refused(PLAIN, Limits(xlsx_max_unpacked_bytes=1000)) == "OUT-006"


def test_a_cell_far_away_is_refused_before_room_is_made_for_all_between() -> None:
    far = workbook(("Data", [NAMES, P1]), touch=lambda _, page: page.write(1_048_575, 16_000, "x"))
    assert refused(far) in {"OUT-011", "OUT-012"}
    assert refused(workbook(("Data", [NAMES, P1, P2, P1])), Limits(max_rows=1)) == "OUT-011"
    # within the limits of rows and columns, but room for all of it would end the program
    corner = workbook(("Data", [NAMES, P1]), touch=lambda _, page: page.write(999_999, 150, "x"))
    assert refused(corner) == "OUT-006"
    # a note far below a small table is no trap
    below = workbook(("Data", [NAMES, P1, P2]), touch=lambda _, page: page.write(99_999, 0, "x"))
    assert read_workbook(below, Limits()).grids[0].cells.height == 100_000


@pytest.mark.parametrize("kind", ["", ' t="n"', ' t="s"', ' t="b"'])
def test_a_text_in_a_cell_that_says_it_holds_something_else_is_refused(kind: str) -> None:
    def with_text(kind: str) -> bytes:
        sheet = zipfile.ZipFile(io.BytesIO(PLAIN)).read("xl/worksheets/sheet1.xml").decode()
        changed = re.sub('(<c r="A2").*?</c>', rf"\1{kind}><is><t>other</t></is></c>", sheet)
        return repacked(PLAIN, xl__worksheets__sheet1_xml=changed.encode())

    assert refused(with_text(kind)) == "OUT-007"
    assert read_workbook(with_text(' t="inlineStr"'), Limits()).grids[0].cells["0"][1] == "other"


def test_an_encrypted_member_is_refused() -> None:
    content = bytearray(PLAIN)
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    assert refused(bytes(content)) == "OUT-005"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.75, 0.99])
def test_a_workbook_that_is_cut_off_is_refused(share: float) -> None:
    assert refused(PLAIN[: int(len(PLAIN) * share)]) == "OUT-007"


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refused(buffer.getvalue()) == "OUT-007"


def test_a_number_cell_that_lost_its_zeros_gets_a_hint_and_no_guess() -> None:
    rows: list[list[Any]] = [NAMES, ["local", 101, "2026-04", 1, 2], ["local", 1000, "2026-04", 1, 2]]
    result = sent(workbook(("Data", rows)), file_name="T1_return.xlsx")
    first, second = found(result, "OUT-205")
    assert "0101" in first.text
    assert "1E03" in second.text


def test_a_value_read_from_a_sheet_keeps_its_status() -> None:
    result = sent(workbook(("Data", [NAMES, [*P1[:3], "[c]", 20], P2])), file_name="T1_return.xlsx")
    assert (row_of(result, 2)["numerator"], row_of(result, 2)["status"]) == (None, "suppressed")
