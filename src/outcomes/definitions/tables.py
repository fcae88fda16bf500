"""Reads one CSV definition file: every cell as text with its line, then typed column by column, all faults at once."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

import polars as pl

from outcomes.definitions.located import quoted
from outcomes.definitions.nearest import nearest
from outcomes.definitions.opening import open_definition, relative_name
from outcomes.errors import Fault

__all__ = ["LINE", "MAX_BYTES", "Column", "TableFile", "framed_table", "read_table_file", "typed_columns"]

# a population by age, sex and small area is the largest file of definitions there is
MAX_BYTES: Final = 500_000_000
# the same fault in every row is listed so many times, then counted
MAX_LISTED: Final = 20
# the column that holds each row's 1-based line
LINE: Final = "line"


class Column(Enum):
    """The type of a column of a definition file."""

    TEXT = "text"
    WHOLE = "a whole number such as 5 or 100000, in digits only"
    NUMBER = "a number such as 12 or 66.5, in digits with at most one point"
    DAY = "a date, year-month-day, such as 2026-03-31"


_FORM: Final = {
    Column.WHOLE: r"^[+-]?[0-9]{1,18}$",
    Column.NUMBER: r"^[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)$",
    Column.DAY: r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
}
_DTYPE: Final[dict[Column, pl.DataType]] = {
    Column.TEXT: pl.String(),
    Column.WHOLE: pl.Int64(),
    Column.NUMBER: pl.Float64(),
    Column.DAY: pl.Date(),
}


@dataclass(frozen=True)
class TableFile:
    """One CSV file as it was read.

    Attributes:
        file: Its name in faults.
        frame: One column of text per header, trimmed, null where empty, and `line`.
        faults: What is wrong with the file as a table.
    """

    file: str
    frame: pl.DataFrame
    faults: tuple[Fault, ...] = ()


def read_table_file(path: Path, root: Path, *, known: tuple[str, ...], required: tuple[str, ...] = ()) -> TableFile:
    """Return the cells of a CSV file as text.

    Arguments:
        path: The file; it need not exist.
        root: The folder that faults name it relative to.
        known: The columns that it may have; those that are absent are filled with nulls.
        required: The columns that it must have.

    Returns:
        The known columns and `line`; nothing is raised.
    """
    name = relative_name(path, root)
    nothing = pl.DataFrame(schema={column: pl.String() for column in known} | {LINE: pl.Int64()})
    text, faults = open_definition(path, name, MAX_BYTES)
    if faults:
        return TableFile(name, nothing, faults)
    if separator := _other_separator(text, known):
        message = f"the columns are separated by {separator}s; commas are expected."
        fix = "Save it as CSV with commas: CSV UTF-8 in a spreadsheet set to English, or replace every separator."
        return TableFile(name, nothing, (Fault(name, 1, "wrong-separator", message, fix),))
    # not splitlines: that would also break at signs that are no line ends
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[Fault] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    header: list[str] | None = None
    line = 1
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                pass
            elif header is None:
                header = [cell.strip() for cell in row]
                found += _header_faults(name, line, header, known, required)
            elif len(row) != len(header):
                found.append(_ragged(name, line, len(row), len(header)))
            else:
                rows.append(row)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error:
        found.append(Fault(name, line, "csv-syntax", "this row is no CSV.", "Look for a quote that is not closed."))
    if header is None:
        found += [Fault(name, 0, "missing-column", "the file is empty.", f"Add the header: {','.join(known)}.")]
        return TableFile(name, nothing, tuple(found))
    columns = dict(zip(header, zip(*rows, strict=True) if rows else ((),) * len(header), strict=True))
    frame = pl.DataFrame(
        {column: pl.Series(column, columns.get(column, [None] * len(rows)), pl.String()) for column in known}
        | {LINE: pl.Series(LINE, lines, pl.Int64())}
    )
    stripped = pl.col(*known).str.strip_chars()
    frame = frame.with_columns(pl.when(stripped != "").then(stripped))
    return TableFile(name, frame, tuple(found[: 10 * MAX_LISTED]))


def framed_table(
    frame: pl.DataFrame, name: str, *, known: tuple[str, ...], required: tuple[str, ...] = ()
) -> TableFile:
    """Return a frame given in Python as if it were a file of definitions: its rows are numbered from 1.

    Arguments:
        frame: Columns of a CSV file of definitions, as text or already typed.
        name: How it is named in faults.
        known: The columns that it may have; those that are absent are filled with nulls.
        required: The columns that it must have.
    """
    faults = tuple(_header_faults(name, 0, frame.columns, known, required))
    own = frame.with_row_index(LINE, 1) if LINE not in frame.columns else frame
    columns = [
        (
            _as_text(pl.col(column), frame.schema[column]) if column in frame.columns else pl.lit(None, pl.String())
        ).alias(column)
        for column in known
    ]
    return TableFile(name, own.select(*columns, pl.col(LINE).cast(pl.Int64)), faults)


def _as_text(cells: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    # a float keeps its type: its text may be in the scientific form, which no file of definitions may have
    if dtype == pl.Float64:
        return cells
    text = cells.cast(pl.String).str.strip_chars()
    return pl.when(text != "").then(text)


def typed_columns(table: TableFile, kinds: Mapping[str, Column], required: tuple[str, ...] = ()) -> TableFile:
    """Return a table with typed columns: a cell that is not of its column's type is a fault and becomes null.

    Arguments:
        table: As read, all text.
        kinds: The type of each column.
        required: The columns that every row must fill.
    """
    faults = list(table.faults)
    frame = table.frame
    for column in required:
        empty = frame.filter(pl.col(column).is_null())[LINE].to_list()
        said = [(line, f"{column} is empty.") for line in empty]
        faults += _listed(table.file, said, "missing-key", f"Add {column}.")
    typed = []
    for column, kind in kinds.items():
        cells = pl.col(column)
        if frame.schema[column] == pl.Float64:
            is_held = cells.is_finite() & ((cells == cells.floor()) if kind is Column.WHOLE else pl.lit(True))
            cells = pl.when(is_held).then(cells).cast(_DTYPE[kind], strict=False)
        elif kind is Column.DAY:
            cells = pl.when(cells.str.contains(_FORM[kind])).then(cells).str.to_date("%Y-%m-%d", strict=False)
        elif kind is not Column.TEXT:
            cells = pl.when(cells.str.contains(_FORM[kind])).then(cells).cast(_DTYPE[kind], strict=False)
        typed.append(cells.alias(column))
    result = frame.with_columns(typed)
    for column, kind in kinds.items():
        is_wrong = frame[column].is_not_null() & result[column].is_null()
        wrong = frame.filter(is_wrong).select(LINE, column).rows()
        said = [(line, f"{column} is {quoted(cell)}; {kind.value} is expected.") for line, cell in wrong]
        faults += _listed(table.file, said, "wrong-value", "")
    return TableFile(table.file, result, tuple(faults))


def _listed(file: str, said: list[tuple[int, str]], rule: str, fix: str) -> list[Fault]:
    faults = [Fault(file, line, rule, message, fix) for line, message in said[:MAX_LISTED]]
    if len(said) > MAX_LISTED:
        further = f"{len(said) - MAX_LISTED} further rows have the same fault."
        faults.append(Fault(file, said[MAX_LISTED][0], rule, further, fix))
    return faults


def _other_separator(text: str, known: tuple[str, ...]) -> str:
    """Return the name of the sign, not a comma, that separates two known columns or more in the header."""
    header = next((line for line in text.split("\n") if line.strip()), "")
    for sign, name in {";": "semicolon", "\t": "tab", "|": "bar"}.items():
        if sum(cell.strip(" \"'") in known for cell in header.split(sign)) > 1:
            return name
    return ""


def _header_faults(
    file: str, line: int, header: list[str], known: tuple[str, ...], required: tuple[str, ...]
) -> list[Fault]:
    known_list = f"The columns are: {', '.join(known)}."

    def meant(name: str) -> str:
        near = nearest(name, known)
        return f"Did you mean {' or '.join(near)}?" if near else known_list

    faults = [
        Fault(file, line, "unknown-column", f"the column {quoted(name)} is not known here.", meant(name))
        for name in header
        if name not in known
    ]
    faults += [
        Fault(file, line, "missing-column", f"the column {name} is missing.", "Add it.")
        for name in required
        if name not in header
    ]
    twice = sorted({name for name in header if header.count(name) > 1})
    faults += [Fault(file, line, "duplicate-key", f"the column {quoted(name)} stands twice.", "") for name in twice]
    return faults


def _ragged(file: str, line: int, cells: int, expected: int) -> Fault:
    message = f"the row has {cells} cells where the header has {expected}."
    return Fault(file, line, "ragged-row", message, "Put text that holds a comma in double quotes.")
