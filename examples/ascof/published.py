"""Reads the published workbook apart from the library: one row a figure, every number as it was written."""

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

__all__ = ["NUMBERS", "SURVEYS", "figures_of", "rows_of"]

# what the workbook calls a number of a figure, and what we call it
NUMBERS = {
    "Outcome": "outcome",
    "Numerator": "numerator",
    "Denominator": "denominator",
    "Margin Of Error": "margin",
    "Base": "base",
}
# measures of the survey of people who use services: weighted answers with a margin of error
SURVEYS = ("1A", "1B", "1I1", "1J", "3A", "3D1", "4A", "4B")
_HEADERS = {
    "Geographical Level": "level",
    "Geographical Description": "name",
    "ONS Code": "area_code",
    "Measure Group": "measure",
    "ASCOF Measure Code": "measure_code",
    "Disaggregation Level": "group",
    "Measure Type": "number",
    "Measure Value": "text",
}
# how workbooks of other years head a column
_OTHER_NAMES = {"ONS Area Code": "ONS Code"}
# in how many top rows the header may stand
_TOP = 20
_SEXES = ("Female", "Male")


def rows_of(workbook: Path) -> pl.DataFrame:
    """Return the rows of the workbook, one a number, all as text.

    Raises:
        ValueError: It is no such workbook.
    """
    where, header, cells = next(
        (found for sheet in _sheets(workbook) if (found := _under_header(*sheet)) is not None), ("", [], [])
    )
    if not where:
        raise ValueError(
            f"{workbook.name}: no sheet has the columns {', '.join(_HEADERS)} in one of its first {_TOP} rows; give "
            "the open data file of the Adult Social Care Outcomes Framework (.csv or .xlsx)"
        )
    places = [header.index(name) for name in _HEADERS]
    rows = [tuple(_text(row[place]) for place in places) for row in cells if any(str(cell).strip() for cell in row)]
    read = pl.DataFrame(rows, schema=dict.fromkeys(_HEADERS.values(), pl.String), orient="row")
    # 1I(1) in some years, 1I1 in others
    return read.with_columns(pl.col("measure").str.replace_all(r"[()]", ""))


def _sheets(workbook: Path) -> Iterator[tuple[str, list[list[object]]]]:
    if workbook.suffix.lower() == ".csv":
        content = workbook.read_bytes()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            # as the years before 2020-21 were published
            text = content.decode("cp1252")
        yield workbook.name, [list(row) for row in csv.reader(io.StringIO(text, newline=""))]
        return
    try:
        book = CalamineWorkbook.from_path(str(workbook))
    except (CalamineError, zipfile.BadZipFile) as error:
        raise ValueError(
            f"{workbook.name}: it cannot be opened as a workbook ({error}); give it as published"
        ) from error
    for name in book.sheet_names:
        yield name, [list(row) for row in book.get_sheet_by_name(name).to_python()]


def _under_header(name: str, cells: list[list[object]]) -> tuple[str, list[str], list[list[object]]] | None:
    """The header of a sheet and the rows below it, where it has one of these."""
    for number, row in enumerate(cells[:_TOP]):
        header = [_OTHER_NAMES.get(str(cell).strip(), str(cell).strip()) for cell in row]
        if set(_HEADERS) <= set(header):
            return name, header, cells[number + 1 :]
    return None


def figures_of(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row a figure: its measure, area and group, the breakdown in our words, and its numbers as text."""
    key = [name for name in _HEADERS.values() if name not in ("number", "text")]
    numbers = [
        pl.col("text").filter(pl.col("number").str.to_lowercase() == theirs.lower()).first().alias(ours)
        for theirs, ours in NUMBERS.items()
    ]
    dimension = pl.when(pl.col("group").is_in(_SEXES)).then(pl.lit("sex=")).otherwise(pl.lit("age_band="))
    return (
        rows.group_by(key, maintain_order=True)
        .agg(numbers)
        .with_columns(
            breakdown=pl.when(pl.col("group") == "Total").then(pl.lit("")).otherwise(dimension + pl.col("group"))
        )
        .with_columns(is_survey=pl.col("measure").is_in(SURVEYS))
    )


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell).strip()
