"""Looks for NHS numbers in bytes that no reader takes apart: parts of old workbooks, and what lies between them."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

import polars as pl

from outcomes.intake.remark import Remark
from outcomes.personal_numbers import GAP, has_nhs_number

__all__ = ["CODE", "OFFSET", "has_number_in_bytes", "numbers_in_parts"]

_CANDIDATE: Final = rf"[0-9]{{3}}{GAP}[0-9]{{3}}{GAP}[0-9]{{4}}"
# texts in these forms stand anywhere among numbers and marks; one of two bytes a letter may begin at an odd place
_FORMS: Final = (("cp1252", 0), ("utf-8", 0), ("utf-16-le", 0), ("utf-16-le", 1))
# programs name parts of a workbook by such codes; ten of their digits may stand together by chance
CODE: Final = re.compile(
    r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|(?<![0-9A-Za-z])(?:0x)?[0-9A-Fa-f]{16,}(?![0-9A-Za-z])"
)
# of a PDF that is embedded, where its parts begin
OFFSET: Final = re.compile(r"(?<![0-9])[0-9]{10} [0-9]{5} [fn](?![a-z])")
# places counted one by one, kept as numbers of two bytes, look like all letters in their order
_COUNTED: Final = re.compile(r"(?<=:)9876543210(?=/)|(?<=/)0123456789(?=:)")
_PROPERTIES: Final = "\x05"
_IN_PROPERTIES: Final = "in the properties of the document (File, Info)"
_ELSEWHERE: Final = "in a part of the workbook that no worksheet shows"
_IN_SHEETS: Final = "in a comment, a text box, a page header, a formula or another text that no cell shows"


def numbers_in_parts(
    content: bytes, parts: Iterable[tuple[str, bytes]], *, names_of_sheets: tuple[str, ...], is_in_cells: bool
) -> Iterator[Remark]:
    """Yield a remark for each kind of place in which an NHS number stands outside the cells; none has the number.

    Arguments:
        content: The whole file, with what no part of it holds any more.
        parts: The names of its parts, and their bytes.
        names_of_sheets: The names of parts that hold the worksheets' own cells.
        is_in_cells: Whether a cell shows one: then it is said of that cell, and not of the part that holds it.
    """
    said: set[str] = set()
    is_known = is_in_cells
    for name, part in parts:
        if not has_number_in_bytes(part):
            continue
        is_known = True
        where = _IN_PROPERTIES if name.startswith(_PROPERTIES) else _ELSEWHERE
        if name in names_of_sheets:
            if is_in_cells:
                continue
            where = _IN_SHEETS
        said.add(where)
    if not is_known and has_number_in_bytes(content):
        said.add(_ELSEWHERE)
    for where in sorted(said):
        yield Remark(code="OUT-701", details={"where": f", {where}"})


def has_number_in_bytes(content: bytes) -> bool:
    """Return whether an NHS number stands anywhere in bytes, as text of one or two bytes a letter.

    >>> has_number_in_bytes("NHS 999 123 4578".encode("utf-16-le")), has_number_in_bytes(b"NHS 999 123 4579")
    (True, False)
    """
    for encoding, begin in _FORMS:
        text = content[begin:].decode(encoding, "replace")
        # most parts hold nothing of the kind, and are not taken apart
        if not pl.Series([text], dtype=pl.String).str.contains(_CANDIDATE)[0]:
            continue
        if has_nhs_number(_COUNTED.sub("", OFFSET.sub("", CODE.sub("", text)))):
            return True
    return False
