"""Looks for NHS numbers where a workbook keeps texts that no cell shows: comments, properties, formulas, links."""

import html
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from outcomes.intake.reading.plain_sheet import PlainSheet, apart_from_values
from outcomes.intake.reading.unseen_bytes import CODE, OFFSET
from outcomes.intake.remark import Remark
from outcomes.personal_numbers import GAP, has_nhs_number

__all__ = ["SHARED_TEXTS", "unseen_numbers"]

SHARED_TEXTS: Final = "xl/sharedStrings.xml"
_CANDIDATE: Final = rf"[0-9]{{3}}{GAP}[0-9]{{3}}{GAP}[0-9]{{4}}"
_TEXTS: Final = re.compile(r">([^<]+)|=\s*\"([^\"]*)\"|=\s*'([^']*)'")
# a text of which a part is bold is written in pieces
_BETWEEN_RUNS: Final = re.compile(
    r"</(?:\w+:)?t>\s*</(?:\w+:)?r>\s*<(?:\w+:)?r(?:\s[^<>]*)?>\s*"
    r"(?:<(?:\w+:)?rPr(?:\s[^<>]*)?(?:/>|>\s*"
    r"(?:</?(?:\w+:)?(?!(?:t|r|rPr)\b)\w+(?:\s[^<>]*)?/?>\s*){0,40}</(?:\w+:)?rPr>)\s*)?"
    r"<(?:\w+:)?t(?:\s[^<>]*)?>"
)
_INSCRIPTIONS: Final = re.compile(r">([^<]+)")
# the axes of a chart, and a round of review by mail, have numbers of ten digits
_NUMBERED: Final = re.compile(
    r"<(?:\w+:)?(?:axId|crossAx)\s+val=\"[0-9]+\"|name=\"_(?:Previous)?AdHocReviewCycleID\"[^<>]*>\s*<vt:i4>-?[0-9]+<"
)
# so has each document of a SharePoint library
_LIBRARY: Final = "_dlc_DocId"
_DOCUMENT: Final = re.compile(r"(?:^|(?<=ID=))[A-Z0-9]{4,12}-[0-9]{1,10}-[0-9]{1,10}$")
_FORMULA: Final = re.compile(rb"<(?:[A-Za-z0-9]+:)?f[ >][^<]*")
_CELLS_BEGIN: Final = re.compile(rb"<((?:[A-Za-z0-9]+:)?sheetData)[\s>]")
_MARKUP: Final = (".xml", ".rels", ".vml", ".svg")
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


def unseen_numbers(
    archive: zipfile.ZipFile, sheets: Mapping[str, str], plain: Mapping[str, PlainSheet]
) -> Iterator[tuple[str, Remark]]:
    """Yield the name of each part in which an NHS number stands outside the cells, with the remark that says where.

    Arguments:
        archive: A workbook that was found safe.
        sheets: The worksheets' names, each with the name of its part.
        plain: The worksheets, by name, in whose rows nothing but values and formulas stands.
    """
    names = {part: sheet for sheet, part in sheets.items()}
    for part in archive.namelist():
        if part.lower().startswith(_PASSED_OVER):
            continue
        found = plain.get(names.get(part, ""))
        content = archive.read(part) if found is None else apart_from_values(found)
        if part in names:
            formulas = b"".join(_FORMULA.findall(content))
            for where, xml in ((_IN_FORMULA, formulas), (_AROUND, _around_cells(content))):
                if _has_number(xml, part):
                    yield part, Remark(code="OUT-701", sheet=names[part], details={"where": f", {where}"})
        elif _has_number(content, part):
            yield part, Remark(code="OUT-701", details={"where": f", {_place(part.lower())}"})


def _place(part: str) -> str:
    if part.endswith(".rels"):
        return _IN_LINK
    return next((place for begins, place in _PLACES.items() if part.startswith(begins)), _ELSEWHERE)


def _around_cells(xml: bytes) -> bytes:
    begin = _CELLS_BEGIN.search(xml)
    # each is looked for once; one pattern for both would look for the end from every beginning
    last = xml.rfind(b"</" + begin[1]) if begin else -1
    end = xml.find(b">", last) if last >= 0 else -1
    return xml[: begin.start()] + xml[end + 1 :] if begin and end >= 0 else xml


def _has_number(content: bytes, part: str) -> bool:
    name = part.lower()
    is_markup = name.endswith(_MARKUP)
    if not is_markup:
        # texts of two bytes a letter are read as well
        content = content.replace(b"\x00", b"")
    text = content.decode("utf-8" if is_markup else "latin-1", "replace")
    if "&#" in text:
        text = html.unescape(text)
    if is_markup:
        text = _BETWEEN_RUNS.sub("", text)
    # most parts hold nothing of the kind, and are not taken apart
    if not pl.Series([text], dtype=pl.String).str.contains(_CANDIDATE)[0]:
        return False
    if not is_markup:
        return has_nhs_number(OFFSET.sub("", CODE.sub("", text)))
    # the attributes of a drawn picture say where its lines run
    found = _INSCRIPTIONS.finditer(text) if name.endswith(".svg") else _TEXTS.finditer(_NUMBERED.sub("", text))
    pieces = (CODE.sub("", piece) for one in found for piece in one.groups() if piece)
    if _LIBRARY in text:
        pieces = (_DOCUMENT.sub("", piece.strip()) for piece in pieces)
    return any(map(has_nhs_number, pieces))
