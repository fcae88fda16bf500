"""Sees in a worksheet's XML what the workbook reader is silent about: errors, formulas without a result, hidden rows,
percent formats, and how far the cells reach."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field, replace
from posixpath import join, normpath
from typing import IO, Final
from xml.parsers import expat

import polars as pl

from outcomes.intake.reading.grid import Refusal
from outcomes.intake.reading.plain_sheet import PlainSheet, condensed, plain_sheet
from outcomes.intake.remark import Remark

__all__ = ["SheetMarks", "sheet_marks", "sheet_parts", "spread"]

_ADDRESS: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z", re.ASCII)
_ROW: Final = re.compile(r"[1-9][0-9]{0,6}\Z", re.ASCII)
# how far a sheet of Excel reaches; a reader makes room for every cell up to the last one
_MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 16_384
# a larger worksheet is read piece by piece
_AT_ONE_LOOK: Final = 1 << 27
# number formats 9 and 10 are Excel's own 0% and 0.00%
_BUILT_IN_PERCENT: Final = frozenset({"9", "10"})


@dataclass
class SheetMarks:
    """What stands in one worksheet's XML beside its values; places are (row from 0, column from 0).

    Of a worksheet in which nothing but values and formulas stands, `plain` holds its cells, and `of_contents` what is
    to be said of its contents: of each the row is its position. The places of cells are then empty.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    percent: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: list[int] = field(default_factory=list)
    height: int = 0
    width: int = 0
    plain: PlainSheet | None = field(default=None, repr=False, compare=False)
    of_contents: "SheetMarks | None" = None


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the worksheets' names, in order, each with the name of its part in the archive."""
    targets: dict[str, str] = {}
    named: list[tuple[str, str]] = []

    def on_relation(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            targets[attributes.get("Id", "")] = path

    def on_sheet(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            key = next((value for key, value in attributes.items() if _local(key) == "id"), "")
            named.append((attributes.get("name", ""), key))

    _parse(archive, "xl/_rels/workbook.xml.rels", on_relation)
    _parse(archive, "xl/workbook.xml", on_sheet)
    return {name: targets[key] for name, key in named if targets.get(key, "") in archive.namelist()}


def sheet_marks(archive: zipfile.ZipFile, part: str) -> SheetMarks:
    """Return what stands in one worksheet's XML beside its values."""
    percent_styles = _percent_styles(archive)
    plain = _plain(archive, part)
    if plain is not None:
        try:
            if _walked(archive, plain.before + plain.after, frozenset()) == SheetMarks():
                seen = _marks_of_contents(archive, plain, percent_styles)
                return SheetMarks(height=plain.height, width=plain.width, plain=plain, of_contents=seen)
        except Refusal:
            # what is wrong is said of the whole
            pass
    return _walked(archive, part, percent_styles)


def spread(marks: SheetMarks) -> SheetMarks:
    """Return the marks of a worksheet with the places of its cells, where it has them by their contents."""
    if marks.plain is None or marks.of_contents is None:
        return marks
    of = marks.of_contents
    marked = sorted({position for position, _ in (*of.errors, *of.uncalculated, *of.percent)})
    cells = pl.DataFrame((marks.plain.rows, marks.plain.columns.alias("column"), marks.plain.positions.alias("at")))
    standing = cells.filter(pl.col("at").is_in(marked)).rows()
    return replace(
        marks,
        errors={(row, column): of.errors[at, 0] for row, column, at in standing if (at, 0) in of.errors},
        uncalculated={(row, column) for row, column, at in standing if (at, 0) in of.uncalculated},
        percent={(row, column) for row, column, at in standing if (at, 0) in of.percent},
        of_contents=None,
    )


def _plain(archive: zipfile.ZipFile, part: str) -> PlainSheet | None:
    """The worksheet at one look, where nothing but values and formulas stands in it."""
    try:
        return plain_sheet(archive.read(part)) if archive.getinfo(part).file_size <= _AT_ONE_LOOK else None
    except (KeyError, zipfile.BadZipFile, zlib.error):
        return None


def _marks_of_contents(
    archive: zipfile.ZipFile, plain: PlainSheet, percent_styles: frozenset[str]
) -> SheetMarks | None:
    is_shown_so = bool(plain.styles & percent_styles)
    return _walked(archive, condensed(plain, ""), percent_styles) if is_shown_so or len(plain.calculated) else None


def _walked(archive: zipfile.ZipFile, part: str | bytes, percent_styles: frozenset[str]) -> SheetMarks:
    """What stands in a worksheet's XML, tag by tag."""
    marks = SheetMarks()
    here: tuple[int, int] = (-1, -1)
    is_row_told = True
    kind = style = ""
    has_formula = has_result = is_in_value = False
    words: list[str] = []

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal here, is_row_told, kind, style, has_formula, has_result, is_in_value, words
        local = _local(name)
        if local == "c":
            here, is_row_told = _place(attributes.get("r"), here, is_row_told), True
            kind, style = attributes.get("t", "n"), attributes.get("s", "")
            has_formula = has_result = is_in_value = False
            words = []
            marks.height, marks.width = max(marks.height, here[0] + 1), max(marks.width, here[1] + 1)
        elif local == "v":
            is_in_value = True
        elif local == "f":
            has_formula = True
        elif local == "is" and kind != "inlineStr":
            # Excel shows nothing there, and a reader shows the text
            raise _damaged("a cell holds a text, and says that it holds something else")
        elif local == "row":
            here, is_row_told = (_row_of(attributes.get("r"), here[0]), -1), "r" in attributes
            if attributes.get("hidden") in ("1", "true"):
                marks.hidden_rows.append(here[0] + 1)

    def on_text(text: str) -> None:
        nonlocal has_result
        if is_in_value and text.strip():
            has_result = True
            if kind == "e":
                words.append(text)

    def on_end(name: str) -> None:
        nonlocal is_in_value
        local = _local(name)
        if local == "v":
            is_in_value = False
        elif local == "c":
            if kind == "e":
                marks.errors[here] = "".join(words)[:20] or "#ERROR"
            elif has_formula and not has_result and kind not in ("str", "inlineStr"):
                marks.uncalculated.add(here)
            elif style in percent_styles and kind == "n" and has_result:
                marks.percent.add(here)

    _parse(archive, part, on_start, on_end, on_text)
    return marks


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    formats = set(_BUILT_IN_PERCENT)
    styles: list[str] = []
    is_in_cells = False

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal is_in_cells
        local = _local(name)
        if local == "numFmt" and "%" in attributes.get("formatCode", ""):
            formats.add(attributes.get("numFmtId", ""))
        elif local == "cellXfs":
            is_in_cells = True
        elif local == "xf" and is_in_cells:
            styles.append(attributes.get("numFmtId", ""))

    def on_end(name: str) -> None:
        nonlocal is_in_cells
        if _local(name) == "cellXfs":
            is_in_cells = False

    _parse(archive, "xl/styles.xml", on_start, on_end)
    return frozenset(str(index) for index, number_format in enumerate(styles) if number_format in formats)


def _parse(
    archive: zipfile.ZipFile, part: str | bytes, on_start: object, on_end: object = None, on_text: object = None
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = on_start  # type: ignore[assignment]
    parser.EndElementHandler = on_end  # type: ignore[assignment]
    parser.CharacterDataHandler = on_text  # type: ignore[assignment]
    try:
        with _stream(archive, part) as stream:
            parser.ParseFile(stream)
    except (expat.ExpatError, KeyError, zipfile.BadZipFile, UnicodeError, LookupError):
        raise Refusal(Remark(code="OUT-007", details={"what": "a part of it is not well-formed"})) from None


def _stream(archive: zipfile.ZipFile, part: str | bytes) -> IO[bytes]:
    if isinstance(part, bytes):
        return io.BytesIO(part)
    is_small = archive.getinfo(part).file_size <= _AT_ONE_LOOK
    return io.BytesIO(archive.read(part)) if is_small else archive.open(part)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _place(address: str | None, before: tuple[int, int], is_row_told: bool) -> tuple[int, int]:
    if address is None:
        # a cell without an address follows the one before it
        return (before[0], before[1] + 1)
    found = _ADDRESS.match(address)
    column = 0
    for letter in found[1] if found else "":
        column = column * 26 + ord(letter) - 64
    row = int(found[2]) - 1 if found else _MOST_ROWS
    if row >= _MOST_ROWS or column > _MOST_COLUMNS or row < before[0] or (row > before[0] and is_row_told):
        raise _damaged("a cell has an address outside its row")
    # a cell that is there twice could be read two ways
    if column - 1 <= before[1]:
        raise _damaged("the cells of a row are not in order")
    return (row, column - 1)


def _row_of(said: str | None, before: int) -> int:
    if said is None:
        # a row without a number follows the one before it
        return before + 1
    if not _ROW.match(said) or int(said) > _MOST_ROWS:
        raise _damaged("a row has a number that no sheet has")
    if int(said) - 1 <= before:
        raise _damaged("its rows are not in order")
    return int(said) - 1


def _damaged(what: str) -> Refusal:
    return Refusal(Remark(code="OUT-007", details={"what": what}))
