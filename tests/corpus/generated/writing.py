"""Writes a sheet as CSV, XLSX (two writers) or Parquet; the same bytes each time."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

import openpyxl
import polars as pl
import xlsxwriter

from tests.corpus.generated.sheet import ErrorCell, Formula, Percent, Sheet

__all__ = ["csv_bytes", "csv_text", "openpyxl_bytes", "parquet_bytes", "repacked", "xlsxwriter_bytes"]

_MOMENT: Final = datetime(2026, 1, 5, tzinfo=UTC).replace(tzinfo=None)
_STAMP: Final = (2026, 1, 5, 0, 0, 0)


def csv_text(
    sheet: Sheet, *, separator: str = ",", line_end: str = "\r\n", quote_all: bool = False, last_line_end: bool = True
) -> str:
    """Return the sheet as separated text; a cell is quoted where it must be."""

    def field(cell: object) -> str:
        text = str(cell)
        if quote_all or any(mark in text for mark in (separator, '"', "\r", "\n")):
            return '"' + text.replace('"', '""') + '"'
        return text

    text = line_end.join(separator.join(field(cell) for cell in line) for line in sheet.lines)
    return text + (line_end if last_line_end else "")


def csv_bytes(sheet: Sheet, *, encoding: str = "utf-8", mark: bytes = b"", **form: Any) -> bytes:
    """Return the sheet as bytes of separated text, after a byte order mark if one is given."""
    return mark + csv_text(sheet, **form).encode(encoding)


def xlsxwriter_bytes(
    sheet: Sheet,
    *,
    at: tuple[int, int] = (0, 0),
    name: str = "Return",
    options: Mapping[str, Any] | None = None,
    tweak: Callable[[Any, Any], None] | None = None,
    before: Callable[[Any], None] | None = None,
) -> bytes:
    """Return the sheet as a workbook, its top left cell `at` (row, column from 0); `tweak` gets both objects."""
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, **(options or {})}
    )
    workbook.set_properties({"created": _MOMENT})
    if before:
        before(workbook)
    worksheet = workbook.add_worksheet(name)
    percent = workbook.add_format({"num_format": "0.0%"})
    day = workbook.add_format({"num_format": "mmm-yy"})
    for row, line in enumerate(sheet.lines, start=at[0]):
        for column, cell in enumerate(line, start=at[1]):
            if cell == "":
                continue
            if isinstance(cell, Formula):
                # the writer itself keeps 0 where no result is given
                worksheet.write_formula(row, column, cell.text, None, cell.shown)
            elif isinstance(cell, ErrorCell):
                worksheet.write_formula(row, column, "=1/0", None, cell.text)
            elif isinstance(cell, Percent):
                worksheet.write_number(row, column, cell.number, percent)
            elif isinstance(cell, bool):
                worksheet.write_boolean(row, column, cell)
            elif isinstance(cell, date):
                worksheet.write_datetime(row, column, cell, day)
            elif isinstance(cell, int | float):
                worksheet.write_number(row, column, cell)
            else:
                worksheet.write_string(row, column, str(cell))
    if tweak:
        tweak(workbook, worksheet)
    workbook.close()
    return stream.getvalue()


def openpyxl_bytes(
    sheet: Sheet,
    *,
    at: tuple[int, int] = (0, 0),
    name: str = "Return",
    tweak: Callable[[Any, Any], None] | None = None,
) -> bytes:
    """Return the sheet as a workbook of the other writer, which keeps no result beside a formula."""
    workbook = openpyxl.Workbook()
    worksheet = workbook.active
    worksheet.title = name
    for row, line in enumerate(sheet.lines, start=at[0] + 1):
        for column, cell in enumerate(line, start=at[1] + 1):
            if cell == "":
                continue
            there = worksheet.cell(row, column)
            if isinstance(cell, (Formula, ErrorCell)):
                there.value = cell.text
            elif isinstance(cell, Percent):
                there.value = cell.number
                there.number_format = "0.0%"
            else:
                there.value = cell
                if isinstance(cell, str):
                    # a text that looks like a formula is still a text
                    there.data_type = "s"
    if tweak:
        tweak(workbook, worksheet)
    stream = io.BytesIO()
    workbook.save(stream)
    return repacked(stream.getvalue(), {"docProps/core.xml": _settled})


def _settled(xml: bytes) -> bytes:
    return re.sub(rb">\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<", b">2026-01-05T00:00:00Z<", xml)


def repacked(
    content: bytes,
    changes: Mapping[str, Callable[[bytes], bytes]] | None = None,
    added: Mapping[str, bytes] | None = None,
    dropped: tuple[str, ...] = (),
) -> bytes:
    """Return a zip file packed anew with members changed, added or dropped, every one of them of one moment."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name in dropped:
                continue
            member = old.read(name)
            if changes and name in changes:
                member = changes[name](member)
            new.writestr(_dated(name), member, zipfile.ZIP_DEFLATED)
        for name, member in (added or {}).items():
            new.writestr(_dated(name), member, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _dated(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, date_time=_STAMP)


_TYPES: Final[dict[str, Any]] = {
    "numerator": pl.Int64(),
    "denominator": pl.Int64(),
    "value": pl.Float64(),
    "deprivation_decile": pl.Int64(),
}


def parquet_bytes(sheet: Sheet, types: Mapping[str, Any] | None = None, **options: Any) -> bytes:
    """Return the sheet as Parquet: text, whole numbers and floats unless another type is given; empty is null."""
    schema = {name: (types or {}).get(name, _TYPES.get(name, pl.String())) for name in sheet.columns}
    rows = [[None if cell == "" else cell for cell in line] for line in sheet.lines[1:]]
    stream = io.BytesIO()
    series = [
        pl.Series(name, [row[place] for row in rows], dtype=kind) for place, (name, kind) in enumerate(schema.items())
    ]
    pl.DataFrame(series).write_parquet(stream, **options)
    return stream.getvalue()
