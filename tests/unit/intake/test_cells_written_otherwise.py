"""Workbooks that no usual program writes: a cell that readers take for different things is refused, never guessed."""

import io
import zipfile
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from outcomes.intake.reading.grid import Refusal
from outcomes.intake.reading.typed_table import read_frame, read_parquet
from outcomes.intake.reading.workbook import read_workbook
from outcomes.partnership.layout import Limits
from outcomes.vocabulary import Verdict
from tests.unit.intake.returns_world import codes, found, sent
from tests.unit.intake.test_workbooks import NAMES, P1, P2, PLAIN, refused, repacked, workbook

_SHEET = "xl/worksheets/sheet1.xml"
_NUMBER = b'<c r="D2"><v>10</v></c>'
# a row that no usual program writes has the sheet looked at tag by tag
_WALKED = (b"</sheetData>", b'<row r="9" thickBot="1"/></sheetData>')


def _part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def _with(cell: bytes, *, content: bytes = PLAIN, is_walked: bool = False, old: bytes = _NUMBER) -> bytes:
    """A workbook in which the cell of the first numerator is written in another way."""
    xml = _part(content, _SHEET)
    assert old in xml
    changed = xml.replace(old, cell)
    return repacked(content, xl__worksheets__sheet1_xml=changed.replace(*_WALKED) if is_walked else changed)


def _first_number(content: bytes) -> tuple[str | None, str]:
    (grid,) = read_workbook(content, Limits()).grids
    return grid.cells["3"][1], grid.kinds["3"][1]


@pytest.mark.parametrize("is_walked", [False, True])
@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="D2"><v>4&#49;2</v></c>',
        b'<c r="D2"><v>4&#x31;2</v></c>',
        b'<c r="D2"><v>4&amp;2</v></c>',
        b'<c r="D2"><v>4<![CDATA[1]]>2</v></c>',
        b'<c r="D2"><v>4<!-- 1 -->12</v></c>',
        b'<c r="D2"><v>4<?x y?>12</v></c>',
        b'<c r="D2"><v>4<x>1</x>2</v></c>',
        b'<c r="D2" t="str"><v>4<![CDATA[1]]>2</v></c>',
        b'<c r="D2"><v>4</v><v>5</v></c>',
        b'<c r="D2" t="inlineStr"><is><t>4</t></is><v>5</v></c>',
        b'<c r="D2" t="inlineStr"><is><t>4</t></is><is><t>5</t></is></c>',
        b'<c r="D2" t="s"><v>x1</v></c>',
        b'<c r="D2" t="s"><v>-1</v></c>',
        b'<c r="D2" t="s"><v>1.0</v></c>',
        b'<c r="D"><v>10</v></c>',
    ],
)
def test_a_number_that_is_written_in_pieces_or_twice_is_refused(cell: bytes, is_walked: bool) -> None:
    assert refused(_with(cell, is_walked=is_walked)) == "OUT-007"


@pytest.mark.parametrize("is_walked", [False, True])
def test_letters_that_are_written_by_their_codes_are_read_where_a_cell_is_text(is_walked: bool) -> None:
    written = b'<c r="D2" t="str"><v>4&#49;2 &amp; 5</v></c>'
    assert _first_number(_with(written, is_walked=is_walked)) == ("412 & 5", "text")


@pytest.mark.parametrize("is_walked", [False, True])
@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("0%", "percent"),
        ("0.00%;[Red]-0.00%", "percent"),
        ('0.0"%"', "number"),
        (r"0.0\%", "number"),
        ("0.0_%", "number"),
        ("0*%", "number"),
        ("[$%-809]0.0", "number"),
        ('0.0" of "%', "percent"),
    ],
)
def test_a_percent_sign_that_is_only_shown_multiplies_nothing(code: str, kind: str, is_walked: bool) -> None:
    def touch(book: Any, page: Any) -> None:
        page.write_number(1, 3, 10, book.add_format({"num_format": code}))

    content = workbook(("Data", [NAMES, P1, P2]), touch=touch)
    if is_walked:
        xml = _part(content, _SHEET).replace(*_WALKED)
        content = repacked(content, xl__worksheets__sheet1_xml=xml)
    assert _first_number(content) == ("10", kind)


def test_a_worksheet_that_is_named_and_not_there_is_not_passed_over() -> None:
    content = workbook(("Data", [NAMES, P1, P2]), ("More", [NAMES, P1]))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if name != "xl/worksheets/sheet2.xml":
                new.writestr(name, old.read(name))
    with pytest.raises(Refusal) as caught:
        read_workbook(buffer.getvalue(), Limits())
    assert caught.value.remark.code == "OUT-007"
    assert "“More”" in caught.value.remark.details["what"]


@pytest.mark.parametrize("is_walked", [False, True])
def test_cells_that_only_have_a_format_do_not_make_a_table_longer(is_walked: bool) -> None:
    far = b'<row r="1048576"><c r="A1048576" s="0"/><c r="XFD1048576" s="0"/></row></sheetData>'
    content = _with(far, is_walked=False, old=b"</sheetData>")
    if is_walked:
        xml = _part(content, _SHEET).replace(b'<row r="1048576">', b'<row r="1048576" thickBot="1">')
        content = repacked(content, xl__worksheets__sheet1_xml=xml)
    (grid,) = read_workbook(content, Limits()).grids
    assert (grid.cells.height, grid.cells.width) == (3, len(NAMES))
    assert sent(content, file_name="T1_return.xlsx").verdict is Verdict.ACCEPTED


@pytest.mark.parametrize("is_walked", [False, True])
@pytest.mark.parametrize(
    "cell",
    [
        b' t="str"><v/></c>',
        b' t="str"><v></v></c>',
        b' t="d"><v></v></c>',
        b' t="inlineStr"><is/></c>',
        b"><v> </v></c>",
    ],
)
def test_of_a_cell_for_which_a_reader_makes_room_it_is_known_how_far_away_it_is(cell: bytes, is_walked: bool) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"' + cell + b"</row></sheetData>"
    assert refused(_with(far, old=b"</sheetData>", is_walked=False)) in ("OUT-006", "OUT-012")
    if is_walked:
        xml = _part(_with(far, old=b"</sheetData>"), _SHEET).replace(b"<row r=", b'<row thickBot="1" r=')
        assert refused(repacked(PLAIN, xl__worksheets__sheet1_xml=xml)) in ("OUT-006", "OUT-012")


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!", "#BLOCKED!"])
def test_an_error_of_newer_programs_is_named_as_any_other(error: str) -> None:
    cell = f'<c r="D2" t="e"><f>X()</f><v>{error}</v></c>'.encode()
    (finding,) = found(sent(_with(cell), file_name="T1_return.xlsx"), "OUT-411")
    assert (finding.row, finding.column, finding.value) == (2, "numerator", error)
    # beside the table it is nobody's business
    beside = b'<c r="E2"><v>20</v></c>'
    content = _with(beside + f'<c r="H2" t="e"><v>{error}</v></c>'.encode(), old=beside)
    assert sent(content, file_name="T1_return.xlsx").verdict is not Verdict.REJECTED
    # in a sheet that is read cell by cell it cannot be passed over, and is named
    (finding,) = found(sent(_with(cell, is_walked=True), file_name="T1_return.xlsx"), "OUT-007")
    assert finding.row == 2
    assert f"D2 holds the error “{error}”" in finding.text


@pytest.mark.parametrize("is_walked", [False, True])
def test_what_an_error_is_not_called_by_any_program_is_not_quoted(is_walked: bool) -> None:
    cell = b'<c r="D2" t="e"><v>xxxxxxxxxxx9990000018</v></c>'
    result = sent(_with(cell, is_walked=is_walked), file_name="T1_return.xlsx")
    assert result.verdict is Verdict.REJECTED
    assert "999000001" not in str(result.findings)


def test_a_personal_number_in_pieces_of_a_comment_or_an_unused_text_is_found() -> None:
    first, last = "999000", "0018"
    runs = f"<r><t>{first}</t></r><r><rPr><b/><sz val='9'/></rPr><t xml:space='preserve'>{last}</t></r>"
    xml = _part(PLAIN, "xl/sharedStrings.xml").replace(b"</sst>", f"<si>{runs}</si></sst>".encode())
    assert "OUT-701" in codes(sent(repacked(PLAIN, xl__sharedStrings_xml=xml), file_name="T1_return.xlsx"))
    comments = f"<comments><commentList><comment ref='A1'><text>{runs}</text></comment></commentList></comments>"
    with_comment = repacked(PLAIN, xl__comments1_xml=comments.encode())
    assert "OUT-701" in codes(sent(with_comment, file_name="T1_return.xlsx"))
    drawn = (
        f"<xdr:sp><a:p><a:r><a:t>{first}</a:t></a:r><a:r><a:rPr lang='en'><a:solidFill><a:srgbClr val='FF0000'/>"
        f"</a:solidFill></a:rPr><a:t>{last}</a:t></a:r></a:p></xdr:sp>"
    )
    assert "OUT-701" in codes(sent(repacked(PLAIN, xl__drawings__drawing1_xml=drawn.encode()), file_name="T1.xlsx"))
    # two texts are not one
    apart = f"<si><t>{first}</t></si><si><t>{last}</t></si></sst>".encode()
    xml = _part(PLAIN, "xl/sharedStrings.xml").replace(b"</sst>", apart)
    assert "OUT-701" not in codes(sent(repacked(PLAIN, xl__sharedStrings_xml=xml), file_name="T1_return.xlsx"))


def test_a_long_comment_in_the_xml_costs_no_time_and_parts_packed_together_too_tightly_are_a_trap() -> None:
    limits = Limits(xlsx_ratio_applies_above_bytes=1 << 20, xlsx_max_ratio=50)
    parts = {f"xl__media__{number}.png": bytes(900_000) for number in range(4)}
    assert refused(repacked(PLAIN, **parts), limits) == "OUT-006"
    # of a comment that comes in pieces the parser would begin anew with each: minutes
    xml = _part(PLAIN, _SHEET).replace(b"<sheetData>", b"<!--" + b" " * (1 << 23) + b"--><sheetData>")
    content = repacked(PLAIN, xl__worksheets__sheet1_xml=xml)
    assert len(read_workbook(content, Limits(xlsx_max_ratio=100_000)).grids) == 1


def test_a_text_that_many_cells_share_takes_as_much_room_as_it_would_unpacked() -> None:
    limits = Limits(xlsx_max_unpacked_bytes=100_000)
    long = [["x" * 9_000] for _ in range(20)]
    assert refused(workbook(("Data", long)), limits) == "OUT-002"
    assert len(read_workbook(workbook(("Data", long[:10])), limits).grids) == 1


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical, pl.Enum(["x" * 30_000, "other"])])
def test_a_table_of_types_is_held_to_the_same_room(dtype: Any) -> None:
    frame = pl.DataFrame({"comment": pl.Series(["x" * 30_000] * 20_000, dtype=dtype)})
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    assert len(buffer.getvalue()) < 100_000
    with pytest.raises(Refusal) as of_file:
        read_parquet(buffer.getvalue(), Limits())
    with pytest.raises(Refusal) as of_frame:
        read_frame(frame, Limits())
    assert (of_file.value.remark.code, of_frame.value.remark.code) == ("OUT-002", "OUT-002")


def test_a_column_of_categories_is_kept_as_a_column_of_texts_is() -> None:
    texts = ["York", None, "", "Leeds", "York"] * 3
    grids = [
        read_frame(pl.DataFrame({"place": pl.Series(texts, dtype=dtype)}), Limits()).grids[0]
        for dtype in (pl.String, pl.Categorical, pl.Enum(["", "Leeds", "Hull", "York"]))
    ]
    expected = [text or None for text in texts]
    assert [grid.texts()["0"].to_list() for grid in grids] == [expected] * 3


def test_numbers_of_a_decimal_column_have_the_decimals_of_their_shortest_form() -> None:
    numbers = [Decimal("85.80"), Decimal("85.00"), Decimal("100.00"), Decimal("0.00"), Decimal("-1.50"), None]
    frame = pl.DataFrame({"value": pl.Series(numbers, dtype=pl.Decimal(7, 2))})
    cells = read_frame(frame, Limits()).grids[0].texts()["0"].to_list()
    assert cells == ["85.8", "85", "100", "0", "-1.5", None]
    whole = pl.DataFrame({"value": pl.Series([Decimal(100)], dtype=pl.Decimal(7, 0))})
    assert read_frame(whole, Limits()).grids[0].texts()["0"].to_list() == ["100"]
