"""A workbook sent back: every finding with a cell is marked, commented and linked, and nothing else is changed."""

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
import python_calamine
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from outcomes.errors import OutputError
from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult
from outcomes.intake.template.asking import asked_of
from outcomes.intake.template.writing import template_workbook
from outcomes.report.fault_titles import fault_title
from outcomes.report.result_advice import as_said
from outcomes.vocabulary import Severity, Verdict
from outcomes.workflows import returning
from outcomes.workflows.returning import returned_workbook
from tests.corpus.world import as_of, partnership_from, read_world
from tests.shared import SHARED, needs_shared, shared_path
from tests.template_filling import filled
from tests.unit.intake.returns_world import AS_OF, WORLD, sent

# once, on one Python, is enough of these
pytestmark = pytest.mark.slow

LIST = "What to mend"
# what cannot be opened without danger or doubt, holds nothing, or holds what must not be copied
NOT_RETURNED = {
    *("shape-010-empty-file", "xlsx-010-bomb-like", "xlsx-011-png-named-xlsx", "xlsx-105-ole-container"),
    *("txt-003-nhs-number", "txt-007-nhs-number-column", "file-001-html-named-csv", "file-003-truncated-parquet"),
    "file-106-truncated-xlsx",
}


def corpus() -> list[dict[str, Any]]:
    if SHARED is None:
        return []
    lines = shared_path("corpus", "expectations.jsonl").read_text(encoding="utf-8").splitlines()
    cases: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [case for case in cases if not case.get("generated")]


@pytest.fixture(scope="module")
def checked() -> Iterator[Any]:
    world = read_world(shared_path("corpus"))
    partnership, day = partnership_from(world), as_of(world)

    def check_case(case: dict[str, Any]) -> tuple[Path, CheckResult]:
        path = shared_path("corpus", *case["file"].split("/"))
        return path, check(path, partnership, partner=case["partner"], as_of=day)

    yield check_case


def links_of(page: Any) -> dict[str, str]:
    """The place to which each cell leads."""
    return {cell.coordinate: cell.hyperlink.location for row in page.iter_rows() for cell in row if cell.hyperlink}


def target(book: Any, location: str) -> Any:
    sheet, _, address = location.rpartition("!")
    return book[sheet[1:-1].replace("''", "'")][address]


def listed(page: Any) -> tuple[int, list[dict[str, Any]]]:
    """The row of the list's header, and its rows by column."""
    rows = list(page.iter_rows(values_only=True))
    head = next(at for at, row in enumerate(rows) if row[0] == "No.")
    named = [dict(zip(rows[head], row, strict=True)) | {"at": at} for at, row in enumerate(rows, 1) if at > head + 1]
    # between them stand the headings of what is to be mended, to be looked at and to be known
    return head + 1, [row for row in named if isinstance(row["No."], int)]


@needs_shared
@pytest.mark.parametrize("case", corpus(), ids=lambda case: case["id"])
def test_every_finding_of_the_corpus_is_marked_and_listed_and_nothing_else_is_changed(
    case: dict[str, Any], checked: Any
) -> None:
    path, result = checked(case)
    if case["id"] in NOT_RETURNED:
        with pytest.raises(OutputError) as refused:
            returned_workbook(path, result)
        assert path.name in str(refused.value)
        return
    content = returned_workbook(path, result)
    assert returned_workbook(path.read_bytes(), result) == content
    assert python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names[0].startswith(LIST)
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    _, problems = listed(page)
    findings = list(as_said(result.all_findings(), is_on_record=False))
    assert [row["No."] for row in problems] == list(range(1, len(findings) + 1))
    said = sorted(f"{fault_title(finding)}.\n{finding.text}" for finding in findings)
    assert all(text.startswith(one) for text, one in zip(sorted(map(wrong, problems)), said, strict=True))
    # what is to be mended stands on top, what is about the whole file before its cells
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    kinds = [row["Cell"] == "whole file" for row in problems[:errors]]
    assert kinds == sorted(kinds, reverse=True)

    links = links_of(page)
    for row in problems:
        if row["Cell"] == "whole file":
            assert f"B{row['at']}" not in links
            continue
        cell = target(book, links[f"B{row['at']}"])
        assert cell.comment is not None
        assert wrong(row).partition("\n")[2][:100] in cell.comment.text or cell.comment.text.endswith("…")
        assert {cell.border.left.style, cell.border.right.style} <= {"thick", "mediumDashed"}
        assert cell.fill.fill_type == "solid"
        if not str(row["Cell"]).rpartition("\n")[2].startswith("row "):
            assert cell.coordinate == str(row["Cell"]).rpartition("\n")[2]
    for other in book.worksheets[1:]:
        for location in links_of(other).values():
            back = target(book, location)
            assert back.parent.title == page.title
            assert isinstance(back.value, int)
    unchanged(path, book, {row["Cell"] for row in problems})


def wrong(row: dict[str, Any]) -> str:
    """What is said, without the code at its end."""
    return re.sub(r" \(OUT-[0-9]+\)\Z", "", str(row["What is wrong"]))


def unchanged(path: Path, book: Any, marked: set[Any]) -> None:
    if path.read_bytes()[:2] == b"PK":
        own = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
        assert book.sheetnames[1:] == own.sheetnames
        for page in own:
            copy = book[page.title]
            assert copy.dimensions == page.dimensions or marked
            assert str(copy.merged_cells) == str(page.merged_cells)
            assert copy.sheet_state == page.sheet_state
            assert str(copy.data_validations.dataValidation) == str(page.data_validations.dataValidation)
            for row in page.iter_rows():
                for cell in row:
                    there = copy[cell.coordinate]
                    assert (there.value, there.data_type) == (cell.value, cell.data_type), cell.coordinate
                    assert there.number_format == cell.number_format
                    assert repr(there.font) == repr(cell.font)
                    # the frame of a merged cell runs around all of it
                    if there.comment is None and type(cell).__name__ != "MergedCell":
                        assert repr((there.fill, there.border)) == repr((cell.fill, cell.border))
        return
    # a file without formats: every cell is the text that stood there, and no program takes it for a formula
    page = book.worksheets[1]
    assert all(isinstance(cell.value, str | None) and cell.data_type in ("s", "n") for row in page for cell in row)
    content = path.read_bytes()
    if path.suffix == ".csv" and content.isascii() and not set(b'";|\t') & set(content) and b"\r" not in content:
        there = [[cell.value or "" for cell in row] for row in page.iter_rows()]
        lines = [line.split(",") for line in content.decode("ascii").split("\n")]
        width = max(map(len, there), default=0)
        padded = [[*line, *([""] * (width - len(line)))] for line in lines[: len(there)]]
        assert [[_printable(text) for text in line] for line in padded] == there
        assert not any(map(any, lines[len(there) :]))


def _printable(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", text)


def workbook(touch: Any = None, **sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name.replace("_", " "))
        for row in rows:
            page.append(row)
    if touch is not None:
        touch(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


HEADER = ["indicator_id", "place_code", "period", "numerator", "denominator"]
SMALL: list[list[Any]] = [HEADER, ["stay", "P1", "2026-04", 30, 20], ["stay", "P2", "2026-04", 11, 20]]


def small_check(content: bytes, file_name: str = "T1_return.xlsx") -> CheckResult:
    return sent(content, file_name=file_name)


def returned(content: bytes, file_name: str = "T1_return.xlsx") -> Any:
    return openpyxl.load_workbook(io.BytesIO(returned_workbook(content, small_check(content, file_name))))


def words_above(book: Any) -> str:
    page = book.worksheets[0]
    head, _ = listed(page)
    return "\n".join(str(page.cell(row, 1).value) for row in range(1, head))


def test_formulas_formats_lists_names_and_other_sheets_stay_as_they_were() -> None:
    def touch(book: Any) -> None:
        page = book["Our return"]
        page["G1"], page["G2"] = "check", "=D2/E2"
        page["D3"].number_format = "0.00"
        page.column_dimensions["A"].width = 33
        page.freeze_panes = "B2"
        page.merge_cells("H1:I2")
        rule = DataValidation(type="list", formula1='"a,b"')
        rule.add("F2:F9")
        page.add_data_validation(rule)
        page.protection.sheet = True
        book["Notes"]["A1"].comment = Comment("ours", "somebody")
        book["Notes"].sheet_state = "hidden"
        book.defined_names["ours"] = DefinedName("ours", attr_text="'Our return'!$A$1")

    content = workbook(touch, Our_return=SMALL, Notes=[["=1+1 is text here"], ["nothing"]])
    book = returned(content)
    assert book.sheetnames == [LIST, "Our return", "Notes"]
    page = book["Our return"]
    assert (page["G2"].value, page["G2"].data_type) == ("=D2/E2", "f")
    assert page["D3"].number_format == "0.00"
    assert page.column_dimensions["A"].width == 33
    assert page.freeze_panes == "B2"
    assert [str(area) for area in page.merged_cells.ranges] == ["H1:I2"]
    assert [str(one.sqref) for one in page.data_validations.dataValidation] == ["F2:F9"]
    assert page.protection.sheet
    assert book["Notes"].sheet_state == "hidden"
    assert book["Notes"]["A1"].comment.text == "ours"
    assert book.defined_names["ours"].attr_text == "'Our return'!$A$1"
    assert "until then its formulas have no results" in words_above(book)
    # only the list is selected, so that nobody types into two sheets at once
    assert [bool(one.sheet_view.tabSelected) for one in book.worksheets] == [True, False, False]


def test_a_comment_of_theirs_stays_and_ours_follows_it() -> None:
    def touch(book: Any) -> None:
        book["Data"]["D2"].comment = Comment("To be confirmed by Ann", "Ben")

    book = returned(workbook(touch, Data=SMALL))
    comment = book["Data"]["D2"].comment
    assert comment.author == "Ben"
    own, _, ours = comment.text.partition("\n\n")
    assert own == "To be confirmed by Ann"
    assert ours.startswith("No. 1: To mend. A part is larger than its whole\nThe numerator 30 is above")
    assert "What to do: Check both numbers" in ours


def test_a_sheet_that_is_called_like_the_list_already_gets_no_other_name() -> None:
    book = returned(workbook(None, What_to_mend=[["old"]], Data=SMALL))
    assert book.sheetnames == [f"{LIST} (2)", LIST, "Data"]
    assert book[LIST]["A1"].value == "old"


def test_names_of_sheets_with_apostrophes_and_blanks_are_linked() -> None:
    def touch(book: Any) -> None:
        book["Data"].title = "Ann's data, May"

    book = returned(workbook(touch, Data=SMALL))
    (link,) = [one for cell, one in links_of(book[LIST]).items() if cell.startswith("B")]
    assert link == "'Ann''s data, May'!D2"
    assert target(book, link).value == 30


def test_a_marked_cell_within_a_merged_one_is_marked_at_its_first() -> None:
    def touch(book: Any) -> None:
        book["Data"].merge_cells("B2:B3")

    book = returned(workbook(touch, Data=[HEADER, ["stay", "P1", "2026-04", 3, 20], ["stay", None, "2026-04", 5, 20]]))
    assert any("(OUT-206)" in row["What is wrong"] for row in listed(book[LIST])[1])
    assert "To mend" in book["Data"]["B2"].comment.text


def test_what_the_copy_lacks_is_said_on_it() -> None:
    content = workbook(None, Data=SMALL)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        for name in ("xl/media/image1.png", "xl/charts/chart1.xml", "xl/vbaProject.bin", "xl/pivotTables/p.xml"):
            new.writestr(name, b"<x/>")
        new.writestr("xl/drawings/drawing1.xml", b"<xdr:sp macro=''/>")
    book = returned(buffer.getvalue())
    said = "lacks what your own file has: charts, macros, pictures, pivot tables, shapes and text boxes."
    assert said in words_above(book)
    assert "You may mend it here" not in words_above(book)


def test_real_charts_and_pictures_are_seen() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
        page = made.add_worksheet("Data")
        for row, cells in enumerate(SMALL):
            page.write_row(row, 0, cells)
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": "=Data!$D$2:$D$3"})
        page.insert_chart("H2", chart)
        page.insert_textbox("H20", "note")
        page.add_sparkline("G2", {"range": "Data!D2:E2"})
    book = returned(buffer.getvalue())
    assert "your own file has: charts, shapes and text boxes, sparklines." in words_above(book)


def test_of_a_text_file_a_workbook_is_made_with_every_cell_at_its_address() -> None:
    rows = ["indicator_id;place_code;period;numerator;denominator;comment"]
    rows += ["stay;P1;2026-04;30;20;=1+1", 'stay;P2;2026-04;11;20;"@a;b"', "", "stay;P9;2026-04;1;20;#N/A"]
    content = ("\r\n".join(rows) + "\r\n").encode()
    book = returned(content, "T1_return.csv")
    page = book["Your file"]
    assert [cell.value for cell in page[2]] == ["stay", "P1", "2026-04", "30", "20", "=1+1"]
    assert [cell.value for cell in page[3]] == ["stay", "P2", "2026-04", "11", "20", "@a;b"]
    assert [cell.value for cell in page[5]] == ["stay", "P9", "2026-04", "1", "20", "#N/A"]
    assert {cell.data_type for row in page for cell in row if cell.value is not None} == {"s"}
    assert page["F2"].quotePrefix
    assert page["D2"].comment.text.startswith("No. ")
    assert page["B5"].border.left.style == "thick"
    assert page["D1"].hyperlink.location.startswith(f"'{LIST}'!A")
    assert "made of the rows of your file, as texts" in words_above(book)


def test_of_a_frame_and_a_parquet_file_the_names_of_the_columns_are_row_one(tmp_path: Path) -> None:
    frame = pl.DataFrame(SMALL[1:], schema=HEADER, orient="row")
    frame.write_parquet(tmp_path / "T1_return.parquet")
    for content in (frame, tmp_path / "T1_return.parquet"):
        result = check(content, WORLD, partner="T1", as_of=AS_OF)
        book = openpyxl.load_workbook(io.BytesIO(returned_workbook(content, result)))
        page = book["Your file"]
        assert [cell.value for cell in page[1]] == HEADER
        assert [cell.value for cell in page[2]] == ["stay", "P1", "2026-04", "30", "20"]
        assert page["D2"].comment is not None


def test_what_a_partner_wrote_is_quoted_as_text_never_as_a_formula() -> None:
    rows: list[list[Any]] = [HEADER, ["=HYPERLINK(1)", "P1", "2026-04", 3, 20], ["@cmd", "P1", "2026-04", 4, 20]]

    def touch(book: Any) -> None:
        # text that looks like a formula, as a text cell
        book["Data"]["A2"].data_type = "s"

    book = returned(workbook(touch, Data=rows))
    assert (book["Data"]["A2"].value, book["Data"]["A2"].data_type) == ("=HYPERLINK(1)", "s")
    page = book[LIST]
    assert "=HYPERLINK(1)" in {row["What you wrote"] for row in listed(page)[1]}
    assert "f" not in {cell.data_type for row in page.iter_rows() for cell in row}


def test_a_file_with_an_nhs_number_is_not_sent_back_even_where_nobody_looked_for_one() -> None:
    content = workbook(None, Data=[*SMALL, ["stay", "9991234578", "2026-04", 1, 2]])
    result = small_check(content)
    with pytest.raises(OutputError, match="an NHS number stands in it") as refused:
        returned_workbook(content, result)
    assert "9991234578" not in str(refused.value)
    # of a file whose sender is unknown no cell was looked at
    unknown = check(content, WORLD, as_of=AS_OF, file_name="x.xlsx")
    assert {finding.code for finding in unknown.findings} == {"OUT-014"}
    with pytest.raises(OutputError, match="an NHS number stands in it"):
        returned_workbook(content, unknown)


def test_a_file_that_is_too_large_is_not_marked_and_the_message_says_what_to_ask_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(returning, "MOST_CELLS", 14)
    content = workbook(None, Data=SMALL)
    with pytest.raises(OutputError, match=r"15 cells, and at most 14 can be marked; .*--report"):
        returned_workbook(content, small_check(content))


def test_every_row_with_the_same_fault_is_marked_and_what_is_beyond_the_limit_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows: list[list[Any]] = [
        HEADER,
        *(["stay", "P1", f"{2020 + month // 12}-{month % 12 + 1:02}", 30, 20] for month in range(60)),
    ]
    content = workbook(None, Data=rows)
    book = returned(content)
    assert all(book["Data"].cell(row, 4).comment is not None for row in range(2, 62))
    monkeypatch.setattr(returning, "MOST_MARKED", 10)
    book = returned(content)
    assert [book["Data"].cell(row, 4).comment is not None for row in range(2, 62)].count(True) <= 10
    assert "more are not listed here" in words_above(book)


def test_without_the_extra_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(OutputError, match=r"pip install 'outcomes\[return-workbook\]'"):
        returned_workbook(b"", small_check(b""))


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


def test_of_a_workbook_that_cannot_be_copied_the_texts_are_sent_back_and_that_is_said() -> None:
    content = workbook(None, Data=SMALL)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                strange = b'<dataValidations count="1"><dataValidation type="strange" sqref="A1"/></dataValidations>'
                body = body.replace(b"</sheetData>", b"</sheetData>" + strange)
            new.writestr(name, body)
    with pytest.raises(ValueError, match="Unable to read workbook"):
        openpyxl.load_workbook(io.BytesIO(buffer.getvalue()))
    book = returned(buffer.getvalue())
    assert "could not be copied as it is; these are its texts" in words_above(book)
    assert [cell.value for cell in book["Data"][2]] == ["stay", "P1", "2026-04", "30", "20"]
    assert book["Data"]["D2"].comment is not None


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


def test_a_workbook_with_a_part_missing_is_sent_back_as_its_texts() -> None:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    content = workbook(None, Data=SMALL)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                drawing = f'<drawing xmlns:r="{space}" r:id="rId1"/>'.encode()
                body = body.replace(b"</worksheet>", drawing + b"</worksheet>")
            new.writestr(name, body)
        new.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{space}/drawing" Target="/xl/drawings/drawing9.xml"/></Relationships>',
        )
    with pytest.raises(KeyError, match="drawing9"):
        openpyxl.load_workbook(io.BytesIO(buffer.getvalue()))
    book = returned(buffer.getvalue())
    assert "could not be copied as it is; these are its texts" in words_above(book)
    assert book["Data"]["D2"].comment is not None
