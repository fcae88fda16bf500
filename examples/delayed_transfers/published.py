"""Reads the workbooks of delayed transfers apart from the library: what the run holds the library's figures against."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl
from examples.delayed_transfers.geography import Council, plain_name, published_names
from python_calamine import CalamineWorkbook

__all__ = ["COLUMNS", "SHEETS", "Named", "PublishedError", "named", "published_rows"]

COLUMNS = {
    "file": pl.String,
    "month": pl.Date,
    # of type of care, responsible organisation and reason: which way the sheet divides the days
    "sheet": pl.String,
    # the council's number for social services, or of residents outside England; "-" for England
    "number": pl.String,
    "ons_code": pl.String,
    "name": pl.String,
    # the column's header; "Total" for all of them
    "category": pl.String,
    "days": pl.Int64,
    # the days divided by the days of the month, in the years that print it
    "beds": pl.Float64,
}
# how the three sheets divide the days, each with the end of its name
_ENDINGS = {"type_of_care": "type of care", "responsible_organisation": "responsible org", "reason_for_delay": "reason"}
SHEETS = tuple(_ENDINGS)
_OUTSIDE = re.compile(r"resident (in|outside) ", re.IGNORECASE)


class PublishedError(Exception):
    """A workbook is not one of these."""


@dataclass(frozen=True)
class Named:
    """Whose rows the workbooks hold.

    Attributes:
        numbers: Council code → its numbers in the workbooks, separated by ";".
        outside: Number → name, of patients who live outside England.
    """

    numbers: dict[str, str]
    outside: dict[str, str]


def published_rows(paths: Iterable[Path]) -> pl.DataFrame:
    """Return every figure of the three sheets of each workbook.

    Raises:
        PublishedError: A workbook cannot be opened, lacks a sheet, its month or its header, or holds other cells.
    """
    rows = [row for path in sorted(paths) for row in _rows_of(path)]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def _rows_of(path: Path) -> Iterator[tuple[object, ...]]:
    try:
        workbook = CalamineWorkbook.from_path(path)
    except Exception as error:
        raise PublishedError(f"{path.name}: it cannot be opened as an Excel workbook ({error})") from error
    for sheet, ending in _ENDINGS.items():
        name = next((name for name in workbook.sheet_names if name.lower() == f"la - by {ending}"), None)
        if name is None:
            raise PublishedError(f"{path.name}: no sheet is named LA - by {ending}; there are {workbook.sheet_names}")
        cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        month = _month(cells, f"{path.name}, {name}")
        yield from ((path.name, month, sheet, *figure) for figure in _figures(cells, f"{path.name}, {name}"))


def _month(cells: Sequence[Sequence[object]], where: str) -> date:
    for row in cells[:13]:
        if len(row) > 2 and str(row[1]).strip() == "Period:":
            try:
                return datetime.strptime(str(row[2]).strip(), "%B %Y").date()
            except ValueError:
                break
    raise PublishedError(f"{where}: no month such as May 2013 stands beside Period:")


def _figures(cells: Sequence[Sequence[object]], where: str) -> Iterator[tuple[object, ...]]:
    top = next((place for place, row in enumerate(cells) if "Code" in row and "Name" in row), None)
    if top is None:
        raise PublishedError(f"{where}: no row holds the headers Code and Name")
    header = [str(cell).strip() for cell in cells[top]]
    code, name = header.index("Code"), header.index("Name")
    total = next(place for place, text in enumerate(header) if text.lower() == "total")
    # beds stand in the same columns once more, after one that is empty
    shift = total - name + 1 if header.count(header[total]) > 1 else 0
    for row in cells[top + 1 :]:
        number = str(row[code]).strip()
        if not number:
            continue
        ons_code = str(row[header.index("ONS Geography")]).strip() if "ONS Geography" in header else ""
        for place in range(name + 1, total + 1):
            beds = row[place + shift] if shift else None
            category = "Total" if place == total else header[place]
            yield (number, ons_code, str(row[name]).strip(), category, _whole(row[place], where), _number(beds))


def _whole(cell: object, where: str) -> int:
    # nobody waited: the total beside it is 0 or that of the other columns
    if cell == "-":
        return 0
    if not isinstance(cell, float | int) or cell != int(cell):
        raise PublishedError(f"{where}: {cell!r} stands where a number of days is expected")
    return int(cell)


def _number(cell: object) -> float | None:
    return float(cell) if isinstance(cell, float | int) else None


def named(rows: pl.DataFrame, councils: Mapping[str, Council]) -> Named:
    """Return which council each number is: by the code that stands beside it, else by its name.

    Raises:
        PublishedError: A row is of nobody that the look-ups know.
    """
    by_name = published_names()
    numbers: dict[str, set[str]] = {}
    outside: dict[str, str] = {}
    unknown: list[str] = []
    whose = rows.filter(pl.col("number") != "-").select("month", "number", "ons_code", "name").unique().sort(pl.all())
    for month, number, ons_code, name in whose.iter_rows():
        if _OUTSIDE.match(name):
            outside.setdefault(number, name)
            continue
        plain = by_name.get(plain_name(name), plain_name(name))
        valid = [
            council.code
            for council in councils.values()
            if (council.valid_from is None or council.valid_from <= month)
            and (council.valid_to is None or month <= council.valid_to)
            and (council.code == ons_code if ons_code.startswith("E") else plain_name(council.name) == plain)
        ]
        if len(valid) == 1:
            numbers.setdefault(valid[0], set()).add(number)
        else:
            unknown.append(f"{number} {name} ({month:%B %Y})")
    if unknown:
        shown = "; ".join(unknown[:8]) + (f"; and {len(unknown) - 8} more" if len(unknown) > 8 else "")
        raise PublishedError(f"no council of that month has this code or name: {shown}")
    return Named({code: ";".join(sorted(known)) for code, known in sorted(numbers.items())}, outside)
