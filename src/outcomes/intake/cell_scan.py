"""Looks at every cell of every sheet, read or not: personal numbers, cells that are too long, decoded letters."""

from array import array
from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from outcomes.intake.codes import fold_header
from outcomes.intake.personal_numbers import has_nhs_number, rows_with_nhs_number
from outcomes.intake.quoting import quoted
from outcomes.intake.reading.grid import Grid, column_letter
from outcomes.intake.remark import Remark
from outcomes.partnership.layout import Limits

__all__ = ["scan"]

_SHOWN: Final = 20
# of a cell that is a whole number, with its sign
_MOST_DIGITS: Final = 20


def scan(grid: Grid, names: Mapping[int, str], limits: Limits) -> Iterator[Remark]:
    """Yield what is to be said about single cells of a sheet, whatever they are for.

    Arguments:
        grid: The sheet.
        names: The columns' names, by place, where the header is known.
        limits: How long a cell may be.
    """
    if grid.sheet and has_nhs_number(grid.sheet):
        yield Remark(code="OUT-701", sheet=grid.sheet)
    for place, cells in enumerate(grid.cells.get_columns()):
        name = quoted(names.get(int(cells.name), "") or column_letter(int(cells.name)))
        yield from _bounded("OUT-701", grid, name, rows_with_nhs_number(cells), {})
        if grid.header and has_nhs_number(grid.header[place]):
            yield Remark(code="OUT-701", row=1, column=name, sheet=grid.sheet)
        if cells.dtype.is_integer() and limits.max_cell_chars > _MOST_DIGITS:
            continue
        different = cells.dtype.categories if isinstance(cells.dtype, pl.Enum) else cells.cast(pl.String)
        if (different.str.len_bytes() > limits.max_cell_chars).any():
            texts = cells.cast(pl.String)
            long = (texts.str.len_chars() > limits.max_cell_chars).fill_null(False).arg_true().to_list()
            yield from _bounded("OUT-013", grid, name, long, {"limit": f"{limits.max_cell_chars:,}"})
    if grid.is_lenient_text:
        yield from _first_decoded(grid, names)


def _bounded(code: str, grid: Grid, name: str, positions: list[int], details: Mapping[str, str]) -> Iterator[Remark]:
    shown = positions[:_SHOWN]
    for number, position in enumerate(shown, 1):
        repeats = len(positions) - len(shown) if number == len(shown) else 0
        row = int(grid.rows[position])
        further = array("q", grid.rows.gather(positions[_SHOWN:]).to_list()) if repeats else ()
        yield Remark(
            code=code, row=row, column=name, sheet=grid.sheet, details=details, repeats=repeats, further_rows=further
        )


def _first_decoded(grid: Grid, names: Mapping[int, str]) -> Iterator[Remark]:
    touched: list[tuple[int, int]] = []
    for cells in grid.cells.get_columns():
        found = cells.str.contains(r"[^\x00-\x7f]").fill_null(False).arg_true()
        if not found.is_empty():
            touched.append((int(found[0]), int(cells.name)))
    if touched:
        position, place = min(touched)
        text = grid.cells[str(place)][position]
        name = names.get(place) or fold_header(column_letter(place))
        yield Remark(code="OUT-052", row=int(grid.rows[position]), column=quoted(name), value=text)
    else:
        yield Remark(code="OUT-052")
