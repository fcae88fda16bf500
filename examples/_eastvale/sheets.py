"""Writes a partner's sheet: CSV, TSV, XLSX or Parquet, in the long form, each partner in its own manner."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl
import xlsxwriter
from examples._eastvale.figures import Figure

__all__ = ["Manner", "cells_of", "write_sheet"]

# column, and what stands in it
_COLUMNS: Final = {
    "indicator_id": "indicator",
    "place_code": "area",
    "period": "period",
    "source_code": "source",
    "sex": "sex",
    "age_band": "age_band",
    "deprivation_quintile": "deprivation_quintile",
    "numerator": "numerator",
    "denominator": "denominator",
    "value": "value",
    "lower_ci_95": "lower",
    "upper_ci_95": "upper",
    "sum_of_squares": "sum_of_squares",
    "value_status": "value_status",
    "value_note": "value_note",
    "comment": "comment",
}
_ALWAYS: Final = ("indicator_id", "place_code", "period", "numerator", "denominator")
Cell = str | int | float | None


@dataclass(frozen=True)
class Manner:
    """How a partner writes its sheet, where that is not our way.

    Attributes:
        encoding, line_end: Of text files.
        above: Lines above the header.
        headers: Our column to the partner's header.
        names: Our indicator to what the partner calls it.
        sheet: The worksheet's name.
    """

    encoding: str = "utf-8"
    line_end: str = "\n"
    above: tuple[str, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    sheet: str = "Figures"


def cells_of(figures: Sequence[Figure], manner: Manner) -> tuple[list[str], list[list[Cell]]]:
    """Return the header and the rows of a sheet: only columns in which something stands, and those always asked."""
    rows = [[_cell(figure, column, manner) for column in _COLUMNS] for figure in figures]
    used = [
        place
        for place, column in enumerate(_COLUMNS)
        if column in _ALWAYS or any(row[place] not in (None, "") for row in rows)
    ]
    header = [manner.headers.get(column, column) for column in _COLUMNS]
    return [header[place] for place in used], [[row[place] for place in used] for row in rows]


def _cell(figure: Figure, column: str, manner: Manner) -> Cell:
    if column == "indicator_id":
        return manner.names.get(figure.indicator, figure.indicator)
    if column == "period":
        return str(figure.period)
    given: Cell = getattr(figure, _COLUMNS[column])
    # 155.0 halves are whole: written without a point
    return (
        int(given)
        if isinstance(given, float) and column in ("numerator", "denominator") and given.is_integer()
        else given
    )


def write_sheet(path: Path, figures: Sequence[Figure], manner: Manner) -> None:
    """Write a partner's file; the ending of its name says which kind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    header, rows = cells_of(figures, manner)
    if path.suffix == ".xlsx":
        _write_workbook(path, header, rows, manner)
    elif path.suffix == ".parquet":
        _columns(header, rows).write_parquet(path, compression="zstd", statistics=False)
    else:
        text = io.StringIO()
        for line in manner.above:
            text.write(line + manner.line_end)
        writer = csv.writer(text, delimiter="\t" if path.suffix == ".tsv" else ",", lineterminator=manner.line_end)
        writer.writerow(header)
        writer.writerows(rows)
        path.write_bytes(text.getvalue().encode(manner.encoding))


def _columns(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> pl.DataFrame:
    whole = ("numerator", "denominator")
    columns = dict(zip(header, zip(*rows, strict=True), strict=True))
    return pl.DataFrame(
        [pl.Series(name, cells, pl.Int64() if name in whole else pl.String()) for name, cells in columns.items()]
    )


def _write_workbook(path: Path, header: Sequence[str], rows: Sequence[Sequence[Cell]], manner: Manner) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as workbook:
        # xlsxwriter would write the time of day
        workbook.set_properties({"created": datetime(2026, 1, 1)})
        sheet = workbook.add_worksheet(manner.sheet)
        for place, line in enumerate(manner.above):
            sheet.write_string(place, 0, line)
        start = len(manner.above)
        for across, name in enumerate(header):
            sheet.write_string(start, across, name, workbook.add_format({"bold": True}))
        for down, row in enumerate(rows, start + 1):
            for across, cell in enumerate(row):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, str):
                    sheet.write_string(down, across, cell)
                else:
                    sheet.write_number(down, across, cell)
        sheet.set_column(0, len(header) - 1, 16)
