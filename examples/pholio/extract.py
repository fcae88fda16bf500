"""Reads an extract of PHOLIO as it was published, apart from the library: numbers, and how many decimals they have."""

import csv
import io
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
}
_OPTIONAL: Final = {"CategoryType": "category_type", "Category": "category", "Trend": "trend"}


class NotTheExtractError(Exception):
    """A file is no extract of PHOLIO."""


def read_extract(path: Path) -> pl.DataFrame:
    """Return the different rows of an extract in their order, columns of `SERIES`, year, trend and `NUMBERS`.

    Beside each number stands how many decimals its text has (`count_decimals`, …). The letter n that some codes of
    NHS areas begin with is left out; an extract without categories or trends has empty ones.

    Raises:
        NotTheExtractError: The file has other columns, or a number that is none.
    """
    try:
        content = path.read_bytes()
        try:
            lines = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            # as a program may save it; the library says that it was read so
            lines = content.decode("cp1252")
        header, *rows = list(csv.reader(io.StringIO(lines, newline=""))) or [[]]
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
    for name, kind in {"year": pl.Int64, **dict.fromkeys(NUMBERS, pl.Float64)}.items():
        wrong = text[name].filter((text[name] != "") & text[name].cast(kind, strict=False).is_null())
        if len(wrong):
            raise NotTheExtractError(
                f"{path.name}: “{wrong[0]}” stands where a number is expected ({name}, {len(wrong)} times). Give the "
                "file as it was published; what is not available is an empty cell."
            )
    return text.with_columns(
        pl.col("year").cast(pl.Int64),
        pl.col("area_code").str.replace(r"^n(E\d{8})$", "$1"),
        pl.col("trend").str.to_lowercase(),
        *(pl.when(pl.col(name) != "").then(pl.col(name)).cast(pl.Float64).alias(name) for name in NUMBERS),
        *(_decimals(name).alias(f"{name}_decimals") for name in NUMBERS),
    )


def _decimals(name: str) -> pl.Expr:
    return pl.col(name).str.extract(r"\.(\d+)$").str.len_chars().fill_null(0).cast(pl.Float64)
