"""The nouns of reading: a Grid of cells with the partner's own row numbers, and the Refusal of a file."""

from dataclasses import dataclass, field
from typing import Final

import polars as pl

from outcomes.intake.remark import Remark

__all__ = ["KIND", "KINDS", "NO_RESULT", "Grid", "Reading", "Refusal", "cell_address", "column_letter", "no_kinds"]

# what a cell was in the file; a text cell is what every cell of a CSV file is
KINDS: Final = ("text", "number", "percent", "date", "boolean", "error", "uncalculated", "other")
KIND: Final = pl.Enum(KINDS)
# what is read of a cell with a formula whose result is not in the file
NO_RESULT: Final = "= (no result)"


class Refusal(Exception):  # noqa: N818  (the file is refused; not a fault of ours)
    """The file cannot be read as a table; carries the remark that says why."""

    def __init__(self, remark: Remark) -> None:
        self.remark = remark
        super().__init__(remark.code)


@dataclass(frozen=True)
class Grid:
    """One table of cells, as text, with the address of each.

    Attributes:
        cells: String columns named "0", "1", … by their place in the sheet; an empty cell is null. Of a typed table a
            column of whole numbers is Int64, and one of texts that many rows share an Enum of these (`texts`).
        rows: The 1-based row of the partner's own sheet for each row of `cells`.
        kinds: For columns that are not all text: the kind of each cell.
        sheet: The worksheet's name; None in a file without sheets.
        header: The names of the columns where the file itself says them (Parquet, a frame); else None,
            and the header is one of the rows.
        field_counts: How many fields each row of a text file really has; None where rows cannot be ragged.
        is_cut_off_possible: Whether the last row has no line end.
        uses_decimal_comma_settings: Whether the file comes from settings in which a comma may be a decimal point.
        hidden_rows: Rows that the sender's program does not show.
        has_addresses: Whether a cell has an address such as D14.
        is_lenient_text: Whether the text was decoded by the fallback, so that the first touched cell is to be named.
    """

    cells: pl.DataFrame
    rows: pl.Series
    kinds: dict[str, pl.Series] = field(default_factory=dict)
    sheet: str | None = None
    header: tuple[str, ...] | None = None
    field_counts: pl.Series | None = None
    is_cut_off_possible: bool = False
    uses_decimal_comma_settings: bool = False
    hidden_rows: tuple[int, ...] = ()
    has_addresses: bool = True
    is_lenient_text: bool = False

    def texts(self, first: int = 0, count: int | None = None) -> pl.DataFrame:
        """Return some rows of cells, every one as text."""
        return self.cells.slice(first, count).with_columns((~pl.selectors.string()).cast(pl.String))


@dataclass(frozen=True)
class Reading:
    """What reading a file gave: its tables, and what is to be said about its form."""

    grids: tuple[Grid, ...]
    remarks: tuple[Remark, ...] = ()


def column_letter(index: int) -> str:
    """Return the letters of a column counted from 0.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, remainder = divmod(index - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


def cell_address(index: int, row: int) -> str:
    """Return the address of a cell, column counted from 0 and row from 1.

    >>> cell_address(3, 14)
    'D14'
    """
    return f"{column_letter(index)}{row}"


def no_kinds(height: int) -> pl.Series:
    """Return the kinds of a column in which every cell is text."""
    return pl.repeat("text", height, dtype=KIND, eager=True)
