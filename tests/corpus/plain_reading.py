"""Reads what a file plainly says with csv, openpyxl and duckdb, to hold what the product read against it."""

import csv
import io
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import openpyxl
import polars as pl

__all__ = ["PlainRow", "lost_or_changed", "plain_rows"]

_SEPARATORS: Final = (",", "\t", ";", "|")
_NAMES: Final = ("indicator_id", "place_code", "period", "numerator", "denominator")
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_GROUPS: Final = re.compile(r"[0-9]{1,3}(?:([, \u00a0\u202f])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]+)?\Z")
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z", re.ASCII)


@dataclass(frozen=True)
class PlainRow:
    """A row as it plainly stands: each named column's cell."""

    sheet: str | None
    row: int
    cells: dict[str, object]


def plain_rows(content: bytes) -> list[PlainRow] | None:
    """Return the rows under every header found, or None where the plain readers cannot read the file."""
    try:
        if content.startswith(b"PK\x03\x04"):
            return _of_workbook(content)
        if content.startswith(b"PAR1"):
            return _of_parquet(content)
        return _of_text(content)
    except Exception:
        # what these readers cannot read is not compared
        return None


def _fold(text: object) -> str:
    plain = "".join(letter for letter in str(text) if letter not in _INVISIBLE)
    return re.sub(r"[\s-]", "_", plain.strip()).lower()


def _named(sheet: str | None, lines: list[tuple[int, list[object]]]) -> list[PlainRow]:
    for at, (_, line) in enumerate(lines[:40]):
        names = [_fold(cell) if cell is not None else "" for cell in line]
        if sum(name in names for name in _NAMES) >= 3:
            return [
                PlainRow(sheet, row, {name: cell for name, cell in zip(names, cells, strict=False) if name})
                for row, cells in lines[at + 1 :]
            ]
    return []


def _of_text(content: bytes) -> list[PlainRow] | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            # the mark of UTF-8 is no letter, whatever follows it
            text = content.removeprefix(b"\xef\xbb\xbf").decode("cp1252")
    for separator in _SEPARATORS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        lines: list[tuple[int, list[object]]] = [(row, list(line)) for row, line in enumerate(reader, start=1)]
        found = _named(None, lines)
        if found:
            return found
    return None


def _of_workbook(content: bytes) -> list[PlainRow] | None:
    workbook = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    found, is_anything_seen = [], False
    for sheet in workbook.worksheets:
        lines = [
            (row, list(cells))
            for row, cells in enumerate(sheet.iter_rows(min_row=1, min_col=1, max_row=3000, values_only=True), start=1)
        ]
        is_anything_seen |= any(cell is not None for _, cells in lines for cell in cells)
        found += _named(sheet.title, lines)
    # it passes over a worksheet, or its cells, whose tags are of a namespace that it does not know
    return found if is_anything_seen else None


def _of_parquet(content: bytes) -> list[PlainRow]:
    import tempfile
    from pathlib import Path

    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "frame.parquet"
        file.write_bytes(content)
        with duckdb.connect() as connection:
            answer = connection.execute(f"select * from read_parquet('{file}')")
            names = [_fold(column[0]) for column in answer.description]
            rows = answer.fetchall()
    return [PlainRow(None, row, dict(zip(names, cells, strict=True))) for row, cells in enumerate(rows, start=2)]


def _number(cell: object) -> Decimal | None:
    """What a cell says as a number, by the listed forms; None where it says none."""
    if cell is None or isinstance(cell, bool):
        return None
    if isinstance(cell, int | float | Decimal):
        return Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
    text = str(cell).strip().strip(_INVISIBLE).strip()
    sign = -1 if text[:1] in ("-", "\u2212") else 1
    bare = text[1:] if text[:1] in ("-", "\u2212", "+") else text
    found = _GROUPS.match(bare)
    if found:
        bare = bare.replace(found[1], "")
    if not _NUMBER.match(bare):
        return None
    try:
        return sign * Decimal(bare)
    except InvalidOperation:
        return None


def _code(cell: object) -> str:
    return str(cell).strip().strip(_INVISIBLE).strip().lower()


def lost_or_changed(rows: list[PlainRow], frame: pl.DataFrame, scales: dict[str, int], named: set[int]) -> list[str]:
    """Return where figures that were let in differ from what plainly stands in their rows.

    Arguments:
        rows: What plainly stands in the file.
        frame: The observations that were let in.
        scales: Each indicator's scale of numerators.
        named: The rows of which some message speaks.
    """
    by_place: dict[tuple[str | None, int], PlainRow] = {(row.sheet, row.row): row for row in rows}
    wrong = []
    taken = set()
    for one in frame.iter_rows(named=True):
        place = (one["sheet"], one["row"])
        row = by_place.get(place)
        if row is None:
            wrong.append(f"row {place} does not plainly stand in the file")
            continue
        taken.add(place)
        wrong += _differences(row, one, scales.get(one["indicator_id"], 1))
    for place, row in by_place.items():
        is_figure = _number(row.cells.get("numerator")) is not None
        if is_figure and place not in taken and place[1] not in named:
            wrong.append(f"row {place} has a figure, was not read, and no message speaks of it")
    return wrong


def _differences(row: PlainRow, one: dict[str, Any], scale: int) -> list[str]:
    wrong = []
    for column, scaled in (("numerator", scale), ("denominator", 1)):
        said = _number(row.cells.get(column))
        read = None if one[column] is None else Decimal(one[column]) / scaled
        # a count's denominator is not kept
        if said != read and not (column == "denominator" and read is None and one["status"] is None):
            wrong.append(f"row {row.row}: {column} is {row.cells.get(column)!r} and was read as {read}")
    for column, read in (("indicator_id", one["indicator_id"]), ("place_code", one["area_code"])):
        if _code(row.cells.get(column)) != read.lower():
            wrong.append(f"row {row.row}: {column} is {row.cells.get(column)!r} and was read as {read!r}")
    return wrong
