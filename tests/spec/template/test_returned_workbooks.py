"""A workbook sent back stays the partner's own: only marks and the list are added, and what is lost is said."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.spec.template.marked import (
    HEADER,
    LIST,
    SMALL,
    links_of,
    listed,
    returned,
    target,
    words_above,
    workbook,
)

# once, on one Python, is enough of these
pytestmark = pytest.mark.slow


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
