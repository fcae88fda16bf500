"""A worksheet of plain cells, of which each content is read once, is the worksheet that is read cell by cell."""

import io
import zipfile
from typing import Final
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.intake.reading import distinct_cells, sheet_marks
from outcomes.intake.reading.grid import Refusal
from outcomes.intake.reading.workbook import read_workbook
from outcomes.partnership.layout import Limits

_MAIN: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGES: Final = "http://schemas.openxmlformats.org/package/2006"
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TEXTS: Final = (
    "<si><t>indicator_id</t></si>",
    '<si><t xml:space="preserve"> in spaces </t></si>',
    "<si><r><t>two </t></r><r><t>parts</t></r><rPh sb='0' eb='1'><t>unread</t></rPh></si>",
    "<si><t>_x0041_ and &amp;</t></si>",
    "<si><t/></si>",
    "<si><t>943 476 5919</t></si>",
)
# General, Excel's own percent, a date, a time of day, a percent of its own, whole numbers with separators
_STYLES: Final = ("0", "9", "14", "20", "164", "3")
_CONTENTS: Final = (
    *("/>", ' s="1"/>', "></c>", "><v></v></c>", ' t="s"><v>0</v></c>', ' t="s"><v>1</v></c>', ' t="s"><v>2</v></c>'),
    *(' t="s"><v>3</v></c>', ' t="s"><v>4</v></c>', ' t="s"><v>5</v></c>', ' s="2" t="s"><v>0</v></c>'),
    *("><v>12</v></c>", "><v>12.50</v></c>", "><v>1E3</v></c>", "><v>0.1</v></c>", "><v>-0</v></c>", "><v>007</v></c>"),
    *("><v>9434765919</v></c>", "><v>12345678901234567890</v></c>", ' t="n"><v>5</v></c>', "><v> 5</v></c>"),
    *(' s="1"><v>0.5</v></c>', ' s="4"><v>0.25</v></c>', ' s="1" t="s"><v>0</v></c>', ' s="5"><v>1050</v></c>'),
    *(' s="2"><v>45000</v></c>', ' s="2"><v>45000.25</v></c>', ' s="3"><v>0.75</v></c>', ' s="2"><v>-1</v></c>'),
    *(' t="b"><v>1</v></c>', ' t="b"><v>0</v></c>', ' t="str"><v>a &lt; b</v></c>', ' t="str"><v> c </v></c>'),
    *(' t="inlineStr"><is><t>York &amp; Leeds é</t></is></c>', ' t="inlineStr"><is><t> d </t></is></c>'),
    *(' t="inlineStr"><is><t xml:space="preserve"> e\n</t></is></c>', ' t="inlineStr"><is><t></t></is></c>'),
    *("><f>1+1</f><v>2</v></c>", "><f>1+1</f></c>", "><f>1+1</f><v></v></c>", "><f>1+1</f><v> </v></c>", "><f/></c>"),
    *(' t="str"><f>"a"&amp;A1</f><v>a</v></c>', ' t="str"><f>""</f></c>', ' s="4"><f>1/4</f><v>0.25</v></c>'),
    *(
        ' t="e"><v>#N/A</v></c>',
        ' t="e"></c>',
        ' s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        ' t="b"><f>1=1</f><v>1</v></c>',
    ),
    *('><f t="shared" ref="A1:A9" si="0">B1*2</f><v>4</v></c>', '><f t="shared" si="0"/><v>6</v></c>'),
    *(' t="s"><f>9434765919</f><v>0</v></c>', '><f>LEN("9434765919")</f><v>10</v></c>'),
)
# what the reader cannot read, and what is not plain
_OTHERS: Final = (
    *(' t="s"><v>99</v></c>', "><v>abc</v></c>", ' t="b"><v>x</v></c>', ' t="s"><v>-1</v></c>', ' s="77"><v>4</v></c>'),
    *(' t="e"><v>nonsense</v></c>', '><f t="array" ref="A1">1</f><v>1</v></c>', ' t="d"><v>2026-01-01</v></c>'),
)


def _workbook(*sheets: str, is_1904: bool = False, is_swapped: bool = False) -> bytes:
    named = "".join(f'<sheet name="S{at}" sheetId="{at}" r:id="rId{at}"/>' for at in range(1, len(sheets) + 1))
    targets = [f"worksheets/sheet{at}.xml" for at in range(1, len(sheets) + 1)]
    if is_swapped:
        targets.reverse()
    related = "".join(
        f'<Relationship Id="rId{at}" Type="{_RELATIONS}/worksheet" Target="{target}"/>'
        for at, target in enumerate(targets, 1)
    )
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in _STYLES)
    types = f'<Types xmlns="{_PACKAGES}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    root = f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    relations = f"{_PACKAGES}/relationships"
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": f'<Relationships xmlns="{relations}">{root}</Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_RELATIONS}"><workbookPr date1904="{int(is_1904)}"/>'
        f"<sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}">{related}</Relationships>',
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{''.join(_TEXTS)}</sst>",
        "xl/styles.xml": f'<styleSheet {_MAIN}><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>'
        f"<cellXfs>{styles}</cellXfs></styleSheet>",
        **{f"xl/worksheets/sheet{at}.xml": rows for at, rows in enumerate(sheets, 1)},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, _XML + xml)
    return buffer.getvalue()


def _sheet(rows: list[tuple[int, list[str | None]]], around: str = "<pageMargins/>") -> str:
    """A worksheet's XML of rows, each with how many are left out before it; None is a place without a cell."""
    written, number = [], 0
    for skipped, contents in rows:
        number += skipped + 1
        cells = (f'<c r="{"ABCDE"[at]}{number}"{text}' for at, text in enumerate(contents) if text is not None)
        written.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f"<worksheet {_MAIN}><sheetData>{''.join(written)}</sheetData>{around}</worksheet>"


def _read(content: bytes) -> object:
    try:
        reading = read_workbook(content, Limits())
    except Refusal as refusal:
        return str(refusal.remark)
    grids = [
        (one.sheet, one.cells.rows(), one.rows.to_list(), {at: k.to_list() for at, k in one.kinds.items()})
        for one in reading.grids
    ]
    return grids, [one.hidden_rows for one in reading.grids], [str(remark) for remark in reading.remarks]


def _read_cell_by_cell(content: bytes) -> object:
    with patch.object(sheet_marks, "plain_sheet", lambda _: None):
        return _read(content)


_rows = st.lists(
    st.tuples(st.integers(0, 2), st.lists(st.one_of(st.none(), st.sampled_from(_CONTENTS)), max_size=5)), max_size=5
)


@given(_rows, _rows, st.booleans(), st.booleans())
@settings(max_examples=250, deadline=None)
def test_plain_worksheets_are_read_as_they_are_cell_by_cell(
    first: list[tuple[int, list[str | None]]],
    second: list[tuple[int, list[str | None]]],
    is_1904: bool,
    is_swapped: bool,
) -> None:
    content = _workbook(_sheet(first), _sheet(second), is_1904=is_1904, is_swapped=is_swapped)
    assert _read(content) == _read_cell_by_cell(content)


@given(_rows, st.integers(0, 10**6), st.sampled_from((*_OTHERS, "<", '"', "r=", "</row>", "<row>", ' hidden="1"')))
@settings(max_examples=250, deadline=None)
def test_what_is_not_plain_is_read_or_refused_as_it_is_cell_by_cell(
    rows: list[tuple[int, list[str | None]]], place: int, other: str
) -> None:
    xml = _sheet([*rows, (0, [other, ' t="s"><v>0</v></c>'])] if other in _OTHERS else [*rows, (0, ["/>"])])
    at = place % (len(xml) + 1)
    content = _workbook(xml if other in _OTHERS else xml[:at] + other + xml[at:])
    assert _read(content) == _read_cell_by_cell(content)


def test_every_plain_content_is_read_by_itself() -> None:
    seen = []
    values_of_contents = distinct_cells.values_of_contents

    def noted(*of: object) -> object:
        seen.append(values_of_contents(*of))  # type: ignore[arg-type]
        return seen[-1]

    with patch("outcomes.intake.reading.workbook.values_of_contents", noted):
        for text in _CONTENTS:
            _read(_workbook(_sheet([(0, [text])])))
            assert list(seen.pop()) == ["S1"], text


@pytest.mark.parametrize("text", _OTHERS)
def test_what_no_reader_can_make_sense_of_stays_as_it_is_cell_by_cell(text: str) -> None:
    content = _workbook(_sheet([(0, [text, ' t="s"><v>0</v></c>'])]))
    assert _read(content) == _read_cell_by_cell(content)


def test_a_sheet_that_the_reader_takes_from_another_part_is_read_cell_by_cell() -> None:
    content = _workbook(_sheet([(0, ["><v>1</v></c>"])]), _sheet([(0, ["><v>2</v></c>"])]))
    parts = {"S1": "xl/worksheets/sheet2.xml", "S2": "xl/worksheets/sheet1.xml"}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        plain = {name: sheet_marks.sheet_marks(archive, part).plain for name, part in parts.items()}
        assert all(plain.values())
        assert distinct_cells.values_of_contents(archive, parts, plain) == {}  # type: ignore[arg-type]


@pytest.mark.parametrize("around", ['<row r="9" hidden="1"/>', '<c r="B7"/>', "<c/>", "<v>5</v>"])
def test_cells_outside_of_the_rows_are_looked_at_tag_by_tag(around: str) -> None:
    content = _workbook(_sheet([(0, ["><v>1</v></c>"])], around))
    assert _read(content) == _read_cell_by_cell(content)
