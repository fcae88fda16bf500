"""Knows the sheet that we put before the others of a workbook that goes back marked, when that workbook returns."""

import re
from collections.abc import Iterable
from typing import Final

from outcomes.intake.reading.grid import Grid
from outcomes.partner_words import LIST_COLUMNS, LIST_SHEET

__all__ = ["without_marked_list"]

_NAME: Final = re.compile(rf"{re.escape(LIST_SHEET)}(?: \([0-9]+\))?\Z")
# the header of the list stands within so many rows
_FIRST_ROWS: Final = 20


def without_marked_list(grids: Iterable[Grid]) -> tuple[Grid, ...]:
    """Return worksheets without lists of ours: of our name, with the header of our list.

    What stands in such a list are our own words and quotations; no figure is ever read from it.

    Arguments:
        grids: The worksheets of a file that was found safe.
    """
    every = tuple(grids)
    return tuple(grid for grid in every if not _is_list(grid)) or every


def _is_list(grid: Grid) -> bool:
    if grid.sheet is None or not _NAME.match(grid.sheet) or grid.cells.width < len(LIST_COLUMNS):
        return False
    rows = grid.texts(0, _FIRST_ROWS).rows()
    return any(tuple(row[: len(LIST_COLUMNS)]) == LIST_COLUMNS for row in rows)
