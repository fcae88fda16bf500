"""Reads the published workbook apart from the library: one row a figure, every number as it was written."""

import csv
from pathlib import Path

import polars as pl
from python_calamine import CalamineWorkbook

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
_SEXES = ("Female", "Male")


def rows_of(workbook: Path) -> pl.DataFrame:
    """Return the rows of the workbook, one a number, all as text.

    Raises:
        ValueError: It is no such workbook.
    """
    cells: list[list[object]]
    if workbook.suffix.lower() == ".csv":
        with workbook.open(encoding="utf-8-sig", newline="") as stream:
            cells = [list(row) for row in csv.reader(stream)]
    else:
        cells = [list(row) for row in CalamineWorkbook.from_path(str(workbook)).get_sheet_by_index(0).to_python()]
    header = [_OTHER_NAMES.get(str(cell), str(cell)) for cell in cells[0]] if cells else []
    missing = [name for name in _HEADERS if name not in header]
    if missing:
        raise ValueError(f"{workbook.name}: the columns {', '.join(missing)} are expected, and not there")
    places = [header.index(name) for name in _HEADERS]
    rows = [tuple(_text(row[place]) for place in places) for row in cells[1:]]
    return pl.DataFrame(rows, schema=dict.fromkeys(_HEADERS.values(), pl.String), orient="row")


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
    return str(cell)
