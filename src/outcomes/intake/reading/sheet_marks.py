"""Sees in a workbook's XML what the workbook reader is silent about: which worksheets there are, errors, formulas
without a result, hidden rows, percent formats, and how far the cells reach."""

import re
import zipfile
import zlib
from dataclasses import replace
from posixpath import join, normpath
from typing import Final

import polars as pl

from outcomes.intake.quoting import quoted
from outcomes.intake.reading.grid import Refusal
from outcomes.intake.reading.plain_sheet import PlainSheet, condensed, plain_sheet
from outcomes.intake.reading.sheet_walk import SheetMarks, walked
from outcomes.intake.reading.xml_events import AT_ONE_LOOK, local_name, parser_of, read_by
from outcomes.intake.remark import Remark

__all__ = ["sheet_marks", "sheet_parts", "spread"]

# number formats 9 and 10 are Excel's own 0% and 0.00%
_BUILT_IN_PERCENT: Final = frozenset({"9", "10"})
# what a number format says in words, letter by letter, or in brackets: a percent sign there is only shown
_ONLY_SHOWN: Final = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]', re.DOTALL)


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the worksheets' names, in order, each with the name of its part in the archive.

    Raises:
        Refusal: The list of them is not well-formed, or one of them is not there.
    """
    targets: dict[str, str] = {}
    named: list[tuple[str, str]] = []

    def on_relation(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            targets[attributes.get("Id", "")] = path

    def on_sheet(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "sheet":
            key = next((value for key, value in attributes.items() if local_name(key) == "id"), "")
            named.append((attributes.get("name", ""), key))

    read_by(parser_of(on_relation), archive, "xl/_rels/workbook.xml.rels")
    read_by(parser_of(on_sheet), archive, "xl/workbook.xml")
    there = set(archive.namelist())
    for name, key in named:
        if targets.get(key, "") not in there:
            what = f"it names a worksheet “{quoted(name, 31)}” that is not in it"
            raise Refusal(Remark(code="OUT-007", details={"what": what}))
    return {name: targets[key] for name, key in named}


def sheet_marks(archive: zipfile.ZipFile, part: str) -> SheetMarks:
    """Return what stands in one worksheet's XML beside its values."""
    percent_styles = _percent_styles(archive)
    plain = _plain(archive, part)
    if plain is not None:
        try:
            if walked(archive, plain.before + plain.after, frozenset()) == SheetMarks():
                seen = _marks_of_contents(archive, plain, percent_styles)
                return SheetMarks(height=plain.height, width=plain.width, plain=plain, of_contents=seen)
        except Refusal:
            # what is wrong is said of the whole
            pass
    return walked(archive, part, percent_styles)


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
        return plain_sheet(archive.read(part)) if archive.getinfo(part).file_size <= AT_ONE_LOOK else None
    except (KeyError, zipfile.BadZipFile, zlib.error):
        return None


def _marks_of_contents(
    archive: zipfile.ZipFile, plain: PlainSheet, percent_styles: frozenset[str]
) -> SheetMarks | None:
    is_shown_so = bool(plain.styles & percent_styles)
    return walked(archive, condensed(plain, ""), percent_styles) if is_shown_so or len(plain.calculated) else None


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    formats = set(_BUILT_IN_PERCENT)
    styles: list[str] = []
    is_in_cells = False

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal is_in_cells
        local = local_name(name)
        if local == "numFmt" and "%" in _ONLY_SHOWN.sub("", attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif local == "cellXfs":
            is_in_cells = True
        elif local == "xf" and is_in_cells:
            styles.append(attributes.get("numFmtId", ""))

    def on_end(name: str) -> None:
        nonlocal is_in_cells
        if local_name(name) == "cellXfs":
            is_in_cells = False

    read_by(parser_of(on_start, on_end), archive, "xl/styles.xml")
    return frozenset(str(index) for index, number_format in enumerate(styles) if number_format in formats)
