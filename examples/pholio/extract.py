"""Reads an extract of PHOLIO as it was published, apart from the library: numbers, and how many decimals they have."""

import csv
from pathlib import Path
from typing import Final

import polars as pl

__all__ = ["NUMBERS", "SERIES", "NotTheExtractError", "read_extract"]

NUMBERS: Final = ("count", "denominator", "value", "lower", "upper")
SERIES: Final = ("indicator_id", "area_code", "sex", "age", "category_type", "category")
_COLUMNS: Final = {
    "IndicatorId": "indicator_id",
    "Year": "year",
    "AreaCode": "area_code",
    "Sex": "sex",
    "Age": "age",
    "Count": "count",
    "Denominator": "denominator",
    "Value": "value",
    "LowerCI": "lower",
    "UpperCI": "upper",
    "Trend": "trend",
}
_OPTIONAL: Final = {"CategoryType": "category_type", "Category": "category"}


class NotTheExtractError(Exception):
    """A file is no extract of PHOLIO."""


def read_extract(path: Path) -> pl.DataFrame:
    """Return the different rows of an extract in their order, columns of `SERIES`, year, trend and `NUMBERS`.

    Beside each number stands how many decimals its text has (`count_decimals`, …). The letter n that some codes of
    NHS areas begin with is left out; an extract without categories has empty ones.

    Raises:
        NotTheExtractError: The file has other columns, or a number that is none.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header, *rows = list(csv.reader(stream)) or [[]]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise NotTheExtractError(f"{path.name}: the file cannot be read ({error}); a CSV is expected.") from None
    missing = [name for name in _COLUMNS if name not in header]
    if missing:
        raise NotTheExtractError(
            f"{path.name}: found no column {', '.join(missing)}; the columns of an extract of PHOLIO are expected. "
            "Give the file as it was published."
        )
    names = _COLUMNS | {name: ours for name, ours in _OPTIONAL.items() if name in header}
    places = [header.index(name) for name in names]
    text = pl.DataFrame(
        [[row[place] for place in places] for row in rows if len(row) == len(header)],
        schema=dict.fromkeys(names.values(), pl.String),
        orient="row",
    ).unique(maintain_order=True)
    for name in _OPTIONAL.values():
        if name not in text.columns:
            text = text.with_columns(pl.lit("").alias(name))
    try:
        return text.with_columns(
            pl.col("year").cast(pl.Int64),
            pl.col("area_code").str.replace(r"^n(E\d{8})$", "$1"),
            pl.col("trend").str.to_lowercase(),
            *(pl.when(pl.col(name) != "").then(pl.col(name)).cast(pl.Float64).alias(name) for name in NUMBERS),
            *(_decimals(name).alias(f"{name}_decimals") for name in NUMBERS),
        )
    except pl.exceptions.InvalidOperationError as error:
        raise NotTheExtractError(f"{path.name}: a year or number is none ({error}).") from None


def _decimals(name: str) -> pl.Expr:
    return pl.col(name).str.extract(r"\.(\d+)$").str.len_chars().fill_null(0).cast(pl.Float64)
