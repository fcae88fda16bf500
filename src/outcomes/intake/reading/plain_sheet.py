"""Sees the cells of a worksheet whose XML holds values and formulas alone, all at once and each content once."""

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

__all__ = [
    "MOST_COLUMNS",
    "MOST_ROWS",
    "PlainSheet",
    "apart_from_values",
    "condensed",
    "plain_sheet",
    "with_known_errors",
]

_BEGIN, _END = b"<sheetData>", b"</sheetData>"
# what stands before the address of a row and of a cell alike; the tag's name is left at the end of the piece before
_ADDRESSED: Final = ' r="'
_OPENS_ROW, _OPENS_CELL = "<row", "<c"
_PROLOGUE: Final = re.compile(
    rb'(<\?xml version="1\.0" encoding="(UTF-8|utf-8)"( standalone="(yes|no)")?\?>\s*)?<[a-zA-Z]'
)
# what XML lets stand in a text, written out; anything else is for the parser to judge
_TEXT: Final = r"(?:[^<>&\x00-\x08\x0b\x0c\x0e-\x1f\x{FFFE}\x{FFFF}]|&(?:amp|lt|gt|quot|apos);)*"
_NUMBER: Final = "^[1-9][0-9]{0,6}$"
# the attributes in the order in which the usual programs write them, so that none stands twice
_ROW: Final = (
    r'^(?: spans="[0-9:]*")?(?: s="[0-9]+")?(?: customFormat="(?:1|0|true|false)")?(?: ht="[0-9.]+")?'
    r'(?: hidden="(?:0|false)")?(?: customHeight="(?:1|0|true|false)")?(?: outlineLevel="[0-9]")?'
    r'(?: collapsed="(?:1|0|true|false)")?(?: x14ac:dyDescent="[0-9.]+")?(?:><c|(?:></row>|/>)(?:<row)?)$'
)
_FORMULA: Final = rf'<f(?: t="shared")?(?: ref="[A-Z0-9:]+")?(?: si="[0-9]+")?(?:/>|>{_TEXT}</f>)'
# what is no text is written letter by letter: readers stop at one that is written by its code
_LETTERS_ALONE: Final = r"[^<>&\x00-\x08\x0b\x0c\x0e-\x1f\x{FFFE}\x{FFFF}]*"
_CELL: Final = (
    r'^(?: s="[0-9]+")?'
    rf'(?:/>|(?: t="(?:n|b|e)")?>(?:{_FORMULA})?(?:<v>{_LETTERS_ALONE}</v>)?</c>'
    rf'| t="s">(?:{_FORMULA})?(?:<v>[0-9]{{1,9}}</v>)?</c>'
    rf'| t="str">(?:{_FORMULA})?(?:<v>{_TEXT}</v>)?</c>'
    rf'| t="inlineStr"><is><t(?: xml:space="preserve")?>{_TEXT}</t></is></c>)'
    r"(?:<c|</row>(?:<row)?)$"
)
_STYLE: Final = '^ s="([0-9]+)"'
# a value, empty or not, a formula or a text
_HELD: Final = r'<v>|<f|<is>|^[^>]* t="e"'
# of what calculates, or has failed to
_CALCULATED: Final = r'<f|^[^>]* t="e"'
_ERROR: Final = '^((?: s="[0-9]+")? t="e">(?:<f.*)?<v>)#[A-Z_]+!?</v>'
_LETTERS: Final = "^[A-Z]{1,3}$"
# how far a sheet of Excel reaches; a reader makes room for every cell up to the last one
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384


@dataclass(frozen=True)
class PlainSheet:
    """A worksheet in which only values and formulas stand; places are counted from 0.

    Attributes:
        height, width: How far the cells reach that hold anything.
        before, after: The XML around the rows, which is still to be parsed.
        contents: What cells hold, each once: the XML of a cell behind its address.
        calculated: The contents in which there is a formula or an error.
        styles: The numbers of the styles of the cells.
        rows, columns, positions: Of each cell that holds anything, in its order, the row, the column and the position
            of its content.
    """

    height: int
    width: int
    before: bytes
    after: bytes
    contents: pl.Series
    calculated: pl.Series
    styles: frozenset[str]
    rows: pl.Series
    columns: pl.Series
    positions: pl.Series


def plain_sheet(xml: bytes) -> PlainSheet | None:
    """Return what stands in a worksheet of values and formulas; None where anything else may be in it.

    There is nothing else where every row and cell is written in the one form of the usual programs: nothing hidden,
    every address in its order.

    Arguments:
        xml: The worksheet's part of the archive.
    """
    pieces = _pieces(xml)
    if pieces.is_empty():
        return None
    tags = pieces.str.splitn('"', 2).struct.unnest()
    addresses, distinct = tags.to_series(0), _told_apart(tags.to_series(1).fill_null(""))
    is_row = _are_rows(distinct)
    if is_row is None or is_row.all():
        return None
    is_cell, told = ~is_row, addresses.filter(is_row)
    # the row of which each cell is: the one that is opened before it
    opened = is_row.cast(pl.UInt32).cum_sum().filter(is_cell) - 1
    of_cells = pl.DataFrame({"address": addresses.filter(is_cell), "row": told.gather(opened)})
    if not of_cells.select(pl.col("address").str.ends_with(pl.col("row")).all()).item():
        return None
    columns = _columns(of_cells.select(pl.col("address").str.strip_suffix(pl.col("row"))).to_series())
    if columns is None or not told.str.contains(_NUMBER).all():
        return None
    numbers = told.cast(pl.Int32) - 1
    rows = numbers.gather(opened)
    is_ordered = (numbers.diff().slice(1) > 0).all() and ((columns.diff() > 0) | (rows.diff() != 0)).slice(1).all()
    if not is_ordered or int(numbers[-1]) >= MOST_ROWS or int(columns.max()) >= MOST_COLUMNS:  # type: ignore[arg-type]
        return None
    contents, positions = _contents(distinct)
    positions = positions.gather(distinct.positions.filter(is_cell))
    # of cells that only have a format there may be a million below the last one that has more
    is_held = contents.str.contains(_HELD).gather(positions)
    if not is_held.all():
        rows, columns, positions = (of.filter(is_held) for of in (rows, columns, positions))
    height, width = (int(of.max()) + 1 if len(of) else 0 for of in (rows, columns))  # type: ignore[arg-type]
    first, last = xml.find(_BEGIN) + len(_BEGIN), xml.rfind(_END)
    return PlainSheet(
        height=height,
        width=width,
        before=xml[:first],
        after=xml[last:],
        contents=contents,
        calculated=contents.filter(contents.str.contains(_CALCULATED)),
        styles=frozenset(contents.str.extract(_STYLE).drop_nulls()),
        rows=rows,
        columns=columns,
        positions=positions,
    )


def condensed(sheet: PlainSheet, label: str) -> bytes:
    """Return the XML of a worksheet that holds each content once, one below the other, and under them a label."""
    rows = [f'<row r="{row}"><c r="A{row}"{content}</row>' for row, content in enumerate(sheet.contents, 1)]
    last = len(rows) + 1
    rows.append(f'<row r="{last}"><c r="A{last}" t="inlineStr"><is><t>{label}</t></is></c></row>')
    return sheet.before + "".join(rows).encode() + sheet.after


def with_known_errors(sheet: PlainSheet) -> PlainSheet:
    """Return a worksheet in which every error is one that all readers know, such as newer ones (#SPILL!) are not."""
    return replace(sheet, contents=sheet.contents.str.replace(_ERROR, "${1}#N/A</v>"))


def apart_from_values(sheet: PlainSheet) -> bytes:
    """Return the XML of a worksheet without the cells that only have a value."""
    return sheet.before + "".join(sheet.calculated).encode() + sheet.after


@dataclass(frozen=True)
class _Distinct:
    """The distinct texts among some, and for each of these the position of its own."""

    texts: pl.Series
    positions: pl.Series


def _told_apart(texts: pl.Series) -> _Distinct:
    kept = texts.cast(pl.Categorical(pl.Categories.random()))
    once = kept.unique()
    codes, places = kept.to_physical().cast(pl.UInt32), pl.int_range(len(once), dtype=pl.UInt32, eager=True)
    most = int(codes.max() or 0)  # type: ignore[arg-type]
    position_of = pl.repeat(0, most + 1, dtype=pl.UInt32, eager=True).scatter(
        once.to_physical().cast(pl.UInt32), places
    )
    return _Distinct(once.cast(pl.String), position_of.gather(codes))


def _contents(distinct: _Distinct) -> tuple[pl.Series, pl.Series]:
    """Return what cells hold, each once, and for each distinct text the position of what it holds."""
    is_cell = distinct.texts.str.contains(_CELL)
    texts = distinct.texts.filter(is_cell)
    # the last of a row is followed by something else
    for end in (_OPENS_CELL, _OPENS_ROW, "</row>"):
        texts = texts.str.strip_suffix(end)
    held = _told_apart(texts)
    positions = pl.repeat(0, len(is_cell), dtype=pl.UInt32, eager=True)
    return held.texts, positions.scatter(is_cell.arg_true(), held.positions)


def _are_rows(distinct: _Distinct) -> pl.Series | None:
    """Say of each piece whether it is a row's, not a cell's; None where one is neither, or follows what it may not."""
    texts = distinct.texts
    is_row, is_cell = texts.str.contains(_ROW), texts.str.contains(_CELL)
    if not (is_row | is_cell).all():
        return None
    opens_row = texts.str.ends_with(_OPENS_ROW)
    is_last = ~(opens_row | texts.str.ends_with(_OPENS_CELL))
    rows, opens = is_row.gather(distinct.positions), opens_row.gather(distinct.positions)
    lasts = is_last.gather(distinct.positions)
    is_announced = rows[0] and (rows.slice(1) == opens.head(len(opens) - 1)).all()
    return rows if is_announced and lasts[-1] and lasts.sum() == 1 else None


def _pieces(xml: bytes) -> pl.Series:
    """Return what follows each address that stands in the rows; nothing where that is not sure."""
    first, last = xml.find(_BEGIN), xml.rfind(_END)
    # a comment or a section of data could hide what looks like a tag
    if 0 <= first < last and (b"!" not in xml or b"<!" not in xml) and _PROLOGUE.match(xml):
        with suppress(UnicodeDecodeError):
            text = str(memoryview(xml)[first + len(_BEGIN) : last], "utf-8")
            if text.startswith(_OPENS_ROW + _ADDRESSED):
                return pl.Series([text], dtype=pl.String).str.split(_ADDRESSED).explode().slice(1)
    return pl.Series([], dtype=pl.String)


def _columns(letters: pl.Series) -> pl.Series | None:
    """Return the places of columns, counted from 0, of their letters; None where anything else stands there."""
    distinct = _told_apart(letters)
    if not distinct.texts.str.contains(_LETTERS).all():
        return None
    places = []
    for text in distinct.texts:
        place = 0
        for letter in text:
            place = place * 26 + ord(letter) - 64
        places.append(place - 1)
    return pl.Series(places, dtype=pl.Int32).gather(distinct.positions)
