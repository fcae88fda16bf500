"""Sees how far the cells of a worksheet reach where its XML holds nothing but values, all of its cells at once."""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import polars as pl

__all__ = ["PlainSheet", "plain_sheet"]

_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_CELL: Final = '<c r="'
_PROLOGUE: Final = re.compile(
    rb'(<\?xml version="1\.0" encoding="(UTF-8|utf-8)"( standalone="(yes|no)")?\?>\s*)?<[a-zA-Z]'
)
# what XML lets stand in a text, written out; anything else is for the parser to judge
_TEXT: Final = r"(?:[^<>&\x00-\x08\x0b\x0c\x0e-\x1f\x{FFFE}\x{FFFF}]|&(?:amp|lt|gt|quot|apos);)*"
_NUMBER: Final = "[1-9][0-9]{0,6}"
# the attributes in the order in which the usual programs write them, so that none stands twice
_ROW: Final = (
    rf'<row r="{_NUMBER}"(?: spans="[0-9:]*")?(?: s="[0-9]+")?(?: customFormat="(?:1|0|true|false)")?(?: ht="[0-9.]+")?'
    r'(?: hidden="(?:0|false)")?(?: customHeight="(?:1|0|true|false)")?(?: outlineLevel="[0-9]")?'
    r'(?: collapsed="(?:1|0|true|false)")?(?: x14ac:dyDescent="[0-9.]+")?>'
)
_PIECE: Final = (
    rf'^[A-Z]{{1,3}}{_NUMBER}"(?: s="[0-9]+")?'
    rf'(?:/>|(?: t="(?:n|s|b|str)")?>(?:<v>{_TEXT}</v>)?</c>'
    rf'| t="inlineStr"><is><t(?: xml:space="preserve")?>{_TEXT}</t></is></c>)'
    rf"(?:</row>(?:{_ROW})?)?$"
)
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 16_384


@dataclass(frozen=True)
class PlainSheet:
    """A worksheet in which only values stand.

    Attributes:
        height, width: How far the cells reach.
        around: The XML without its cells, which is still to be parsed.
        styles: The numbers of the styles of its cells.
    """

    height: int
    width: int
    around: bytes
    styles: frozenset[str]


def plain_sheet(xml: bytes) -> PlainSheet | None:
    """Return what stands in a worksheet of plain values; None where anything else may be in it.

    There are values alone where every row and cell is written in the one form of the usual programs: no formula, no
    error, nothing hidden, every address in its order.

    Arguments:
        xml: The worksheet's part of the archive.
    """
    pieces = _pieces(xml)
    cells = pieces.slice(1)
    if cells.is_empty() or not re.fullmatch(_ROW, str(pieces[0])) or not cells.str.contains(_PIECE).all():
        return None
    opens, closes = cells.str.contains("<row ", literal=True), cells.str.ends_with("</row>")
    if not closes[-1] or closes.sum() != 1:
        return None
    addresses = cells.str.extract('^([A-Z]+[0-9]+)"')
    rows = addresses.str.strip_chars_start(_LETTERS).cast(pl.Int32)
    columns = _columns(addresses.str.strip_chars_end("0123456789"))
    # the row of which each cell is: the one that is opened before it
    told = pl.concat([pieces.head(1), cells.filter(opens)]).str.extract(rf'<row r="({_NUMBER})"').cast(pl.Int32)
    begins = pl.concat([pl.Series([True]), opens.head(len(opens) - 1)])
    is_right = told.gather(begins.cast(pl.UInt32).cum_sum() - 1) == rows
    is_next = (columns.diff() > 0) | begins
    height, width = int(told[-1]), int(columns.max()) + 1  # type: ignore[arg-type]
    is_ordered = is_right.all() and is_next.all() and bool((told.diff().slice(1) > 0).all())
    if not is_ordered or height > _MOST_ROWS or width > _MOST_COLUMNS:
        return None
    styles = cells.str.extract('^[A-Z]+[0-9]+" s="([0-9]+)"').unique().drop_nulls() if b' s="' in xml else ()
    first, last = xml.find(_BEGIN) + len(_BEGIN), xml.rfind(_END)
    return PlainSheet(height, width, xml[:first] + xml[last:], frozenset(styles))


def _pieces(xml: bytes) -> pl.Series:
    """Return what stands before the first cell, and each cell with what follows it; no text where that is not sure."""
    first, last = xml.find(_BEGIN), xml.rfind(_END)
    text = ""
    # a comment or a section of data could hide what looks like a tag
    if 0 <= first < last and b"<!" not in xml and _PROLOGUE.match(xml):
        with suppress(UnicodeDecodeError):
            text = xml[first + len(_BEGIN) : last].decode()
    return pl.Series([text], dtype=pl.String).str.split(_CELL).explode()


def _columns(letters: pl.Series) -> pl.Series:
    """Return the places of columns, counted from 0, of their letters."""
    distinct = letters.unique()
    places = []
    for text in distinct:
        place = 0
        for letter in text:
            place = place * 26 + ord(letter) - 64
        places.append(place - 1)
    return letters.replace_strict(distinct, pl.Series(places, dtype=pl.Int32), return_dtype=pl.Int32)
