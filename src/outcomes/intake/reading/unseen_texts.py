"""Looks for NHS numbers where a workbook keeps texts that no cell shows: comments, properties, formulas, links."""

import html
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from outcomes.intake.remark import Remark
from outcomes.personal_numbers import GAP, has_nhs_number

__all__ = ["SHARED_TEXTS", "unseen_numbers"]

SHARED_TEXTS: Final = "xl/sharedStrings.xml"
_CANDIDATE: Final = rf"[0-9]{{3}}{GAP}[0-9]{{3}}{GAP}[0-9]{{4}}"
_TEXTS: Final = re.compile(r">([^<]+)|=\s*\"([^\"]*)\"|=\s*'([^']*)'")
# programs name parts of a workbook by such codes; ten of their digits may stand together by chance
_CODE: Final = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_FORMULA: Final = re.compile(rb"<(?:[A-Za-z0-9]+:)?f[ >][^<]*")
_CELLS: Final = re.compile(rb"<(?:[A-Za-z0-9]+:)?sheetData[ >].*</(?:[A-Za-z0-9]+:)?sheetData>", re.DOTALL)
_MARKUP: Final = (".xml", ".rels", ".vml")
# what a part holds, by how its name begins
_PLACES: Final = {
    "xl/comments": "in a comment on a cell",
    "xl/threadedcomments": "in a comment on a cell",
    "xl/persons": "in the name of somebody who commented",
    "docprops/": "in the properties of the document (File, Info)",
    "xl/charts": "in a chart",
    "xl/drawings": "in a text box, a shape or a comment on a cell",
    "xl/pivot": "in the data kept behind a pivot table",
    "xl/externallinks": "in the values kept of another workbook",
    "xl/tables": "in the names of a table",
    "xl/workbook.xml": "in the name of a worksheet or of a range",
    "customxml/": "in data kept beside the worksheets",
    SHARED_TEXTS.lower(): "in a text that is kept although no cell shows it any more",
}
_ELSEWHERE: Final = "in a part of the workbook that no worksheet shows"
_IN_LINK: Final = "in a link"
_IN_FORMULA: Final = "in a formula"
_AROUND: Final = "in a page header, a drop-down list, a prompt or a condition of the worksheet"
# the colours and typefaces of a theme are codes throughout
_PASSED_OVER: Final = ("xl/theme/",)


def unseen_numbers(archive: zipfile.ZipFile, sheets: Mapping[str, str]) -> Iterator[tuple[str, Remark]]:
    """Yield the name of each part in which an NHS number stands outside the cells, with the remark that says where.

    Arguments:
        archive: A workbook that was found safe.
        sheets: The worksheets' names, each with the name of its part.
    """
    names = {part: sheet for sheet, part in sheets.items()}
    for part in archive.namelist():
        if part.lower().startswith(_PASSED_OVER):
            continue
        content = archive.read(part)
        if part in names:
            formulas = b"".join(_FORMULA.findall(content))
            for where, xml in ((_IN_FORMULA, formulas), (_AROUND, _CELLS.sub(b"", content, count=1))):
                if _has_number(xml, is_markup=True):
                    yield part, Remark(code="OUT-701", sheet=names[part], details={"where": f", {where}"})
        elif _has_number(content, is_markup=part.lower().endswith(_MARKUP)):
            yield part, Remark(code="OUT-701", details={"where": f", {_place(part.lower())}"})


def _place(part: str) -> str:
    if part.endswith(".rels"):
        return _IN_LINK
    return next((place for begins, place in _PLACES.items() if part.startswith(begins)), _ELSEWHERE)


def _has_number(content: bytes, *, is_markup: bool) -> bool:
    if not is_markup:
        # texts of two bytes a letter are read as well
        content = content.replace(b"\x00", b"")
    text = content.decode("utf-8" if is_markup else "latin-1", "replace")
    if "&#" in text:
        text = html.unescape(text)
    # most parts hold nothing of the kind, and are not taken apart
    if not pl.Series([text], dtype=pl.String).str.contains(_CANDIDATE)[0]:
        return False
    pieces = (piece for found in _TEXTS.findall(text) for piece in found if piece) if is_markup else iter((text,))
    return any(has_nhs_number(_CODE.sub("", piece)) for piece in pieces)
