"""Finds the cell that names the period of a whole sheet: by its address, or right of a label above the header."""

import re
from dataclasses import dataclass
from typing import Final

from outcomes.intake.codes import fold_header, trimmed
from outcomes.intake.headers import Header, spellings_of_header
from outcomes.intake.quoting import quoted
from outcomes.intake.reading.grid import Refusal
from outcomes.intake.remark import Remark

__all__ = ["NamedPeriod", "named_period"]

_ADDRESS: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")


@dataclass(frozen=True)
class NamedPeriod:
    """The cell that names the period of a sheet: its text and kind, and where it stands."""

    text: str
    kind: str
    place: int
    row: int


def named_period(header: Header) -> NamedPeriod | None:
    """Return the cell that names the period of the sheet; None where the description names no cell.

    Raises:
        Refusal: There is no such cell, or nothing in it.
    """
    reading = header.description.period
    if not reading.cell and not reading.beside:
        return None
    found = _at_address(header, reading.cell) if reading.cell else _beside(header, reading.beside)
    if found is None:
        where = f"cell {reading.cell}" if reading.cell else f"the cell right of “{quoted(reading.beside)}”"
        raise Refusal(Remark(code="OUT-305", details={"where": where}))
    return found


def _at_address(header: Header, address: str) -> NamedPeriod | None:
    found = _ADDRESS.match(address.upper())
    if found is None:
        return None
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - 64
    at = header.grid.rows.index_of(int(found[2]))
    return None if at is None else _cell(header, place - 1, at)


def _beside(header: Header, label: str) -> NamedPeriod | None:
    spellings = {spelling.rstrip(":") for spelling in spellings_of_header(label)}
    rows = header.grid.cells.slice(0, max(header.first, 0)).rows()
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            if text and fold_header(text).rstrip(":") in spellings:
                return next((cell for right in range(place + 1, len(row)) if (cell := _cell(header, right, at))), None)
    return None


def _cell(header: Header, place: int, at: int) -> NamedPeriod | None:
    if not 0 <= place < header.grid.cells.width:
        return None
    text = header.grid.cells[str(place)][at]
    if not trimmed(text or ""):
        return None
    kinds = header.grid.kinds.get(str(place))
    return NamedPeriod(text, "text" if kinds is None else str(kinds[at]), place, int(header.grid.rows[at]))
