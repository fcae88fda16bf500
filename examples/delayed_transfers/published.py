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
# in how many top rows the month may stand
_TOP = 20
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
    months: dict[str, date] = {}
    for sheet, ending in _ENDINGS.items():
        name = next(
            (name for name in workbook.sheet_names if " ".join(name.lower().split()) == f"la - by {ending}"), None
        )
        if name is None:
            raise PublishedError(
                f"{path.name}: no sheet is named LA - by {ending}; there are {', '.join(workbook.sheet_names)}. "
                "Give the workbook by local authority, with its three sheets"
            )
        cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        months[name] = _month(cells, f"{path.name}, {name}")
        yield from ((path.name, months[name], sheet, *figure) for figure in _figures(cells, f"{path.name}, {name}"))
    if len(set(months.values())) > 1:
        said = ", ".join(f"{name} {month:%B %Y}" for name, month in months.items())
        raise PublishedError(
            f"{path.name}: its sheets name different months beside Period: ({said}). They divide the same days, so one "
            "of them is wrong; correct the cell"
        )


def _month(cells: Sequence[Sequence[object]], where: str) -> date:
    for row in cells[:_TOP]:
        if len(row) > 2 and str(row[1]).strip() == "Period:":
            if isinstance(row[2], date):
                # a date and time is a date too
                return date(row[2].year, row[2].month, 1)
            text = " ".join(str(row[2]).replace("-", " ").split())
            for form in ("%B %Y", "%b %Y", "%b %y"):
                try:
                    return datetime.strptime(text, form).date()
                except ValueError:
                    continue
            raise PublishedError(
                f"{where}: {str(row[2])!r} stands beside Period:, where a month such as May 2013 should"
            )
    raise PublishedError(f"{where}: no month such as May 2013 stands beside Period: in the first {_TOP} rows")


def _figures(cells: Sequence[Sequence[object]], where: str) -> Iterator[tuple[object, ...]]:
    top = next((place for place, row in enumerate(cells) if "Code" in row and "Name" in row), None)
    if top is None:
        raise PublishedError(f"{where}: no row holds the headers Code and Name; give the workbook as it was published")
    header = [str(cell).strip() for cell in cells[top]]
    code, name = header.index("Code"), header.index("Name")
    total = next((place for place, text in enumerate(header) if text.lower() == "total"), None)
    if total is None:
        raise PublishedError(f"{where}: no column is headed Total; give the workbook as it was published")
    # beds stand in the same columns once more, after one that is empty
    shift = total - name + 1 if header.count(header[total]) > 1 else 0
    for number_of_row, row in enumerate(cells[top + 1 :], top + 2):
        number = _code(row[code])
        # a blank row, or one of notes below the table
        if not number or not any(str(cell).strip() for cell in row[name + 1 : total + 1]):
            continue
        ons_code = str(row[header.index("ONS Geography")]).strip() if "ONS Geography" in header else ""
        for place in range(name + 1, total + 1):
            beds = row[place + shift] if shift else None
            category = "Total" if place == total else header[place]
            days = _whole(row[place], f"{where}, row {number_of_row}, {header[place]}")
            yield (number, ons_code, str(row[name]).strip(), category, days, _number(beds))


def _code(cell: object) -> str:
    """A council's number, also where the cell holds it as a number."""
    return f"{cell:.0f}" if isinstance(cell, float) else str(cell).strip()


def _whole(cell: object, where: str) -> int:
    text = str(cell).strip().replace(",", "")
    # nobody waited: the total beside it is 0 or that of the other columns
    if text == "-":
        return 0
    try:
        days = float(text)
    except ValueError:
        days = -1.0
    if days < 0 or not days.is_integer():
        raise PublishedError(
            f"{where}: {cell!r} stands where a whole number of days, or -, is expected; correct the cell"
        )
    return int(days)


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
        raise PublishedError(
            f"no council of that month has this code or name: {shown}. If the workbook writes a council's name in "
            "another way, add it to published_names.csv beside this run; if it is newer than the look-ups, give newer "
            "ones"
        )
    return Named({code: ";".join(sorted(known)) for code, known in sorted(numbers.items())}, outside)
