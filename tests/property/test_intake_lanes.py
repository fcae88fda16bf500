"""What is read at one look is what is read piece by piece: even text, plain worksheets, columns of whole numbers."""

import io
import zipfile
from itertools import product
from typing import Final
from unittest.mock import patch

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.intake.numbers import NumberSpellings, numbers_from_text
from outcomes.intake.personal_numbers import rows_with_nhs_number
from outcomes.intake.reading import sheet_marks as marks_of_sheets
from outcomes.intake.reading import text as text_reading
from outcomes.intake.reading.grid import Grid, Refusal
from outcomes.intake.reading.plain_sheet import plain_sheet
from outcomes.intake.reading.sheet_walk import SheetMarks, walked
from outcomes.intake.reading.text import read_text
from outcomes.intake.reading.workbook import _as_text, _column
from outcomes.partnership.layout import Limits

_SPELLINGS: Final = NumberSpellings({}, frozenset())
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet><sheetViews/><sheetData>'
    '<row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" s="2" t="s"><v>1</v></c></row>'
    '<row r="3" ht="12.8" hidden="false"><c r="A3" t="inlineStr"><is><t>York &amp; Leeds é</t></is></c>'
    '<c r="C3" s="2"><v>4.5</v></c><c r="AA3" s="2"/></row></sheetData><pageMargins left="0.7"/></worksheet>'
)
_PIECES: Final = st.sampled_from(
    (
        "<f>A1</f>", '<row r="4"/>', '<row r="2">', "</row>", '<c r="B3"/>', '<c r="A9"><v>1</v></c>', ' hidden="1"',
        "<!-- -->", "&", "&lt;", "<", ">", '"', "<sheetData>", "</sheetData>", "<v></v>", ' t="e"', " ", "\x01",
        'r="A1"', "\ufffe", "1", "B", "<v> </v>",
    )
)  # fmt: skip


def _evenly(content: bytes) -> tuple[object, ...] | None:
    """The cells and counts of the lane for even text; None where it does not take the text."""
    reading = text_reading._read_evenly(content, Limits(), lambda rows: True)
    return None if reading is None else _said(reading.grids[0])


def _said(grid: Grid) -> tuple[object, ...]:
    assert grid.field_counts is not None
    return (grid.cells.rows(), grid.field_counts.to_list(), grid.rows.to_list(), grid.is_cut_off_possible)


@given(
    st.lists(
        st.lists(st.text("ab1# \t\u2028\u0085é\ufeff'", max_size=3), min_size=2, max_size=4), min_size=1, max_size=6
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.binary(max_size=2),
)
@settings(max_examples=400, deadline=None)
def test_even_text_is_read_at_one_look_as_it_is_line_by_line(
    rows: list[list[str]], line_end: str, is_ended: bool, last: bytes
) -> None:
    content = line_end.join(",".join(row) for row in rows).encode() + (line_end.encode() if is_ended else b"") + last
    found = _evenly(content)
    if found is None:
        return
    with patch.object(text_reading, "_read_evenly", lambda *_: None):
        grid = read_text(content, Limits(), lambda rows: True).grids[0]
    assert found == _said(grid)


def test_every_short_text_of_cells_and_line_ends_is_read_as_it_is_line_by_line() -> None:
    taken = 0
    for begin in ("", "a,b\n", "a,b,\r\n"):
        for count in range(1, 6):
            for tokens in product(("a", ",", "\n", "\r\n"), repeat=count):
                content = (begin + "".join(tokens)).encode()
                found = _evenly(content)
                if found is not None:
                    taken += 1
                    with patch.object(text_reading, "_read_evenly", lambda *_: None):
                        assert found == _said(read_text(content, Limits(), lambda rows: True).grids[0]), content
    assert taken > 200


def test_the_lane_for_even_text_is_taken_where_every_line_is_alike_and_nowhere_else() -> None:
    lines = [f"{at},x{at},{at % 7}" for at in range(20_000)]
    assert _evenly("\n".join(lines).encode()) is not None
    assert _evenly("\r\n".join([*lines, ""]).encode("utf-8-sig")) is not None
    for at in (0, 9_999, 19_998):
        for other in ("1,2", "1,2,3,4", "1,2,3,", "", '1,"2",3', "1,2\r,3", "1,\x00,3"):
            assert _evenly("\n".join([*lines[:at], other, *lines[at + 1 :]]).encode()) is None
    assert _evenly("\n".join([*lines, "1,2,3,"]).encode()) is None
    # polars passes over an empty cell too many at the very end, and another line may be one too short
    assert _evenly("\n".join([*lines, "1,2", "1,2,3,"]).encode()) is None
    assert _evenly("\n".join([*lines, "1,2", "1,2,3,", ""]).encode()) is None
    # a line too short and a line too long are as many separators as two even ones
    assert _evenly("\n".join([*lines, "1,2", "1,2,3,4"]).encode()) is None
    assert _evenly("\n".join([*lines, "1,2,3,4", "1,2"]).encode()) is None


def _archive(xml: bytes) -> zipfile.ZipFile:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("sheet", xml)
    return zipfile.ZipFile(buffer)


def _marks(xml: bytes, *, is_walked: bool) -> SheetMarks | str:
    try:
        if is_walked:
            return walked(_archive(xml), "sheet", frozenset())
        return marks_of_sheets.spread(marks_of_sheets.sheet_marks(_archive(xml), "sheet"))
    except Refusal as refusal:
        return str(refusal.remark)


@given(st.lists(st.tuples(st.integers(0, len(_HEAD)), st.integers(0, 3), _PIECES), max_size=3))
@settings(max_examples=600, deadline=None)
def test_a_worksheet_is_seen_at_one_look_as_it_is_tag_by_tag(changes: list[tuple[int, int, str]]) -> None:
    xml = _HEAD
    for at, length, piece in changes:
        xml = xml[:at] + piece + xml[at + length :]
    raw = xml.encode()
    assert _marks(raw, is_walked=False) == _marks(raw, is_walked=True)


def test_a_plain_worksheet_is_seen_at_one_look_with_its_extent_and_styles() -> None:
    found = plain_sheet(_HEAD.encode())
    assert found is not None
    assert (found.height, found.width, found.styles) == (3, 3, frozenset({"2"}))
    for old, new in (
        ("<v>4.5</v>", "<f t='array'>1+1</f><v>2</v>"),
        (' hidden="false"', ' hidden="1"'),
        (' r="A3"', ' r="A2"'),
        ('<row r="3"', '<row r="1"'),
        ('r="C3"', 'r="A3"'),
        ("York", "<!-- -->"),
        (' s="2" t="s"', ' t="d"'),
        ("UTF-8", "UTF-16"),
        ("York", "\x02"),
    ):
        assert old in _HEAD
        assert plain_sheet(_HEAD.replace(old, new).encode()) is None


@given(
    st.lists(
        st.one_of(
            st.text("1e.a -", max_size=4),
            st.floats(allow_nan=False, allow_infinity=False),
            st.integers(-(10**17), 10**17).map(float),
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(deadline=None)
def test_a_column_of_a_worksheet_is_read_as_each_cell_is_read_alone(values: list[object]) -> None:
    texts, kinds = _column(tuple(values))
    alone = [_as_text(value) for value in values]
    assert texts.to_list() == [text for text, _ in alone]
    assert (["text"] * len(values) if kinds is None else kinds.to_list()) == [kind for _, kind in alone]


@given(st.lists(st.one_of(st.none(), st.integers(-(2**62), 2**62), st.just(9_434_765_919)), max_size=12))
@settings(deadline=None)
def test_whole_numbers_are_read_and_searched_as_their_texts_are(values: list[int | None]) -> None:
    numbers = pl.Series(values, dtype=pl.Int64)
    texts = numbers.cast(pl.String)
    assert numbers_from_text(numbers, None, _SPELLINGS).equals(numbers_from_text(texts, None, _SPELLINGS))
    assert rows_with_nhs_number(numbers) == rows_with_nhs_number(texts)
