"""Reads the published workbooks apart from the library, so that its figures can be held against them."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl
import python_calamine

__all__ = ["NotTheWorkbookError", "Sender", "Workbook", "read_workbook"]

PUBLISHED: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "sheet": pl.String,
    "part": pl.String,
    "indicator_id": pl.String,
    # the publisher's code; empty in a row for England
    "code": pl.String,
    # the groups as published, without those that mean everybody
    "groups": pl.List(pl.String),
    # in half patients, so that they are whole numbers
    "numerator_halves": pl.Int64,
    "denominator_halves": pl.Int64,
    # a fraction; null where the sheet gives none
    "fraction": pl.Float64,
}
# how a sheet's title begins, and what is counted in it
_MEASURES: Final = (
    (re.compile(r"28[- ]DAY", re.I), "cwt-28", "WITHIN 28 DAYS", "TOLD WITHIN 28 DAYS"),
    (re.compile(r"31[- ]DAY", re.I), "cwt-31", "WITHIN 31 DAYS", "TREATED WITHIN 31 DAYS"),
    (re.compile(r"62[- ]DAY", re.I), "cwt-62", "WITHIN 62 DAYS", "TREATED WITHIN 62 DAYS"),
    (re.compile(r"USC\b", re.I), "cwt-usc-14", "WITHIN 14 DAYS", ""),
    (re.compile(r"UBS\b", re.I), "cwt-ubs-14", "WITHIN 14 DAYS", ""),
)
_GROUPED_BY: Final = ("REFERRAL ROUTE", "TREATMENT STAGE", "CANCER TYPE", "TREATMENT MODALITY", "SUSPECTED")
_EVERYBODY: Final = ("ALL ROUTES", "ALL STAGES", "ALL CANCERS")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class NotTheWorkbookError(Exception):
    """A file is no cancer waits workbook, or cannot be read."""


@dataclass(frozen=True)
class Sender:
    """A board, hub or provider as the workbook names it."""

    code: str
    name: str


@dataclass(frozen=True)
class Workbook:
    """What one workbook publishes.

    Attributes:
        file: Its name.
        is_by_provider: Whether it is of providers; else of commissioners.
        period: The month, as 2025-03.
        rows: Columns `PUBLISHED`.
        senders: Every board, hub or provider, by code.
    """

    file: str
    is_by_provider: bool
    period: str
    rows: pl.DataFrame
    senders: tuple[Sender, ...]


def read_workbook(path: Path) -> Workbook:
    """Return what a workbook publishes.

    Raises:
        NotTheWorkbookError: It cannot be opened, or has none of the sheets.
    """
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    except (OSError, python_calamine.CalamineError) as error:
        raise NotTheWorkbookError(
            f"{path}: it cannot be opened as a workbook ({error}). Give the .xlsx as published."
        ) from error
    rows: list[dict[str, Any]] = []
    senders: dict[str, str] = {}
    periods: set[str] = set()
    is_by_provider = False
    for sheet in book.sheet_names:
        measure = next((found for found in _MEASURES if found[0].match(sheet.strip())), None)
        if measure is None:
            continue
        cells = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        periods.add(_month(cells[1][0] if len(cells) > 1 and cells[1] else ""))
        is_by_provider = is_by_provider or any(
            "PROVIDER" in str(cell).upper() for row in cells[:12] for cell in row[1:4]
        )
        rows += _rows_of(sheet, cells, measure, senders)
    if not rows or not periods - {""}:
        raise NotTheWorkbookError(
            f"{path}: no sheet for 28, 31 or 62 days with a month in A2 was found. "
            "Give the commissioner or provider workbook of NHS England's cancer waiting times."
        )
    if len(periods) > 1:
        named = ", ".join(sorted(period or "no month" for period in periods))
        raise NotTheWorkbookError(
            f"{path}: its sheets are of different months, by their cells A2: {named}. One month is expected; correct "
            "the cell, or give the workbook as it was published."
        )
    found = tuple(Sender(code, name) for code, name in sorted(senders.items()))
    return Workbook(path.name, is_by_provider, periods.pop(), pl.DataFrame(rows, schema=PUBLISHED), found)


def _rows_of(
    sheet: str, cells: list[list[Any]], measure: tuple[Any, str, str, str], senders: dict[str, str]
) -> list[dict[str, Any]]:
    """Every row of a sheet, each part by its own header."""
    _, indicator_id, within, percentage = measure
    header: list[str] = []
    found = []
    for row in cells:
        texts = [str(cell).strip() for cell in row]
        if any(text.upper().startswith("ODS CODE") for text in texts):
            header = [text.upper() for text in texts]
            continue
        if not header:
            continue
        code = next(place for place, text in enumerate(header) if text.startswith("ODS CODE"))
        name = next(place for place, text in enumerate(header) if "COMMISSION" in text or "PROVIDER" in text)
        total = row[header.index("TOTAL")]
        if not texts[name] or not isinstance(total, int | float):
            continue
        groups = [texts[place] for place, text in enumerate(header) if text.startswith(_GROUPED_BY)]
        if texts[code]:
            senders[texts[code]] = texts[name]
        found.append(
            {
                "sheet": sheet,
                "part": groups[0] if len(groups) > 1 and indicator_id != "cwt-28" else "",
                "indicator_id": indicator_id,
                "code": texts[code],
                "groups": [text for text in groups if text not in _EVERYBODY],
                "numerator_halves": _halves(row[header.index(within)]),
                "denominator_halves": _halves(total),
                "fraction": float(row[header.index(percentage)]) if percentage else None,
            }
        )
    return found


def _halves(cell: float) -> int:
    doubled = cell * 2
    if doubled != int(doubled):
        raise NotTheWorkbookError(f"the count {cell} is no whole number of half patients")
    return int(doubled)


def _month(cell: object) -> str:
    if hasattr(cell, "strftime"):
        return f"{cell.year:04d}-{cell.month:02d}"  # type: ignore[attr-defined]
    found = re.match(r"\s*([a-z]{3})[a-z]*[- ](\d{2}|\d{4})\s*\Z", str(cell), re.I)
    if not found or found[1].lower() not in _MONTHS:
        return ""
    year = int(found[2]) + (2000 if len(found[2]) == 2 else 0)
    return f"{year:04d}-{_MONTHS.index(found[1].lower()) + 1:02d}"
