"""Finds the cell that names the period of a whole sheet: by its address, or right of a label above the header."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from outcomes.intake.codes import fold_header, trimmed
from outcomes.intake.headers import Header, spellings_of_header
from outcomes.intake.period_spellings import around_period, is_period
from outcomes.intake.quoting import quoted
from outcomes.intake.reading.grid import Grid, Refusal
from outcomes.intake.remark import Remark

__all__ = ["PERIOD_ALONE", "NamedPeriod", "named_period", "period_of_sheet"]

# a worksheet's name that is the period and nothing else
PERIOD_ALONE: Final = "{period}"
_ADDRESS: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")


@dataclass(frozen=True)
class NamedPeriod:
    """The cell that names the period of a sheet: its text and kind, and where it stands (-1: in no cell)."""

    text: str
    kind: str
    place: int
    row: int
    is_given: bool = False


def named_period(header: Header) -> NamedPeriod | None:
    """Return the cell that names the period of the sheet; None where the description names no cell.

    Raises:
        Refusal: There is no such cell, or nothing in it; or the label stands in the sheet again, with another period.
    """
    reading = header.description.period
    if reading.sheet:
        return NamedPeriod(period_of_sheet(header.grid, reading.sheet) or "", "text", -1, header.row)
    if not reading.cell and not reading.beside:
        return None
    found = _at_address(header, reading.cell) if reading.cell else _beside(header, reading.beside)
    if found is None:
        where = f"cell {reading.cell}" if reading.cell else f"the cell right of “{quoted(reading.beside)}”"
        raise Refusal(Remark(code="OUT-305", details={"where": where}))
    return found


def period_of_sheet(grid: Grid, written: str) -> str | None:
    """Return what the name of a worksheet says in the place of `{period}`; None where it is not so written."""
    found = around_period(written).fullmatch(trimmed(grid.sheet or ""))
    return trimmed(found[1]) if found else None


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
    above: list[NamedPeriod | None] = []
    for at, row in _rows_that_may_hold(header, spellings):
        for place, text in enumerate(row):
            if not text or fold_header(text).rstrip(":") not in spellings:
                continue
            named = next((cell for right in range(place + 1, len(row)) if (cell := _cell(header, right, at))), None)
            if at < header.first:
                above.append(named)
            if not above or above[0] is None or named is None:
                continue
            # below the header the label may be a word of the table: only another period is another period
            is_other = fold_header(named.text) != fold_header(above[0].text)
            if is_other and (at < header.first or is_period(" ".join(named.text.split()))):
                raise Refusal(
                    Remark(
                        code="OUT-306",
                        row=named.row,
                        value=named.text,
                        details={"first": quoted(above[0].text), "where": f"row {above[0].row}"},
                        place=named.place,
                        sheet=header.grid.sheet,
                    )
                )
    return above[0] if above else None


def _rows_that_may_hold(header: Header, spellings: Collection[str]) -> Iterator[tuple[int, tuple[str | None, ...]]]:
    """The rows with the first word of a label in them, and their places."""
    words = sorted({re.split(r"[^a-z0-9]", spelling)[0] for spelling in spellings})
    cells = header.grid.texts()
    has_word = pl.any_horizontal(
        pl.col(name).str.to_lowercase().str.contains(word, literal=True).fill_null(False)
        for name in cells.columns
        for word in words
    )
    found = cells.select(has_word.alias("has_word"))["has_word"].arg_true()
    yield from zip(found.to_list(), cells[found].iter_rows(), strict=True)


def _cell(header: Header, place: int, at: int) -> NamedPeriod | None:
    if not 0 <= place < header.grid.cells.width:
        return None
    text = header.grid.texts(at, 1)[str(place)][0]
    if not trimmed(text or ""):
        return None
    kinds = header.grid.kinds.get(str(place))
    return NamedPeriod(text, "text" if kinds is None else str(kinds[at]), place, int(header.grid.rows[at]))
