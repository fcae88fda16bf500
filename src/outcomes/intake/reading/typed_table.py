"""Reads tables whose columns have types, Parquet and polars frames: types are seen and carried along, not trusted."""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time
from decimal import Decimal
from typing import Final, TypeVar

import polars as pl

from outcomes.intake.personal_numbers import has_nhs_number
from outcomes.intake.reading.grid import KIND, Grid, Reading, Refusal
from outcomes.intake.reading.text_size import hold_text_size
from outcomes.intake.remark import Remark
from outcomes.intake.shared_texts import shared_categories, shared_texts
from outcomes.partnership.layout import Limits

__all__ = ["read_frame", "read_parquet"]

Read = TypeVar("Read")

_MAGIC: Final = b"PAR1"
# the columns' types once more, as letters and digits that mean nothing by themselves
_OWN_NOTE: Final = "ARROW:schema"
_CELL_BYTES: Final = 16
_UNPACKED_FACTOR: Final = 4
# a whole number of fewer digits than this has is read as it is written
_MOST_WHOLE: Final = 10**18


def read_parquet(content: bytes, limits: Limits) -> Reading:
    """Return the table of a Parquet file.

    Raises:
        Refusal: It is damaged or cut off, or has too many rows or columns.
    """
    if len(content) < 12 or not content.endswith(_MAGIC):
        raise Refusal(Remark(code="OUT-008"))
    schema, rows, notes = _held(
        lambda: (
            pl.read_parquet_schema(io.BytesIO(content)),
            pl.scan_parquet(io.BytesIO(content)).select(pl.len()).collect().item(),
            pl.read_parquet_metadata(io.BytesIO(content)),
        )
    )
    _hold_extent(rows, len(schema), limits)
    _hold_cells(rows, len(schema), limits)
    # of the columns only one at a time is held as it is read: a text takes eight times the bytes of its number
    table = pl.scan_parquet(io.BytesIO(content))
    reading = _reading(schema, rows, lambda place, dtype: _held(lambda: _cells(_column(table, place), dtype)), limits)
    if any(has_nhs_number(f"{name}: {text}") for name, text in notes.items() if name != _OWN_NOTE):
        remark = Remark(code="OUT-701", details={"where": ", in the notes that the file keeps about itself"})
        return replace(reading, remarks=(*reading.remarks, remark))
    return reading


def read_frame(frame: pl.DataFrame, limits: Limits) -> Reading:
    """Return the table of a frame; its first record counts as row 2, under the header.

    Raises:
        Refusal: It has too many rows or columns, or a column whose cells are no single values.
    """
    _hold_extent(frame.height, frame.width, limits)
    lazy = frame.lazy()
    return _reading(frame.schema, frame.height, lambda place, dtype: _cells(_column(lazy, place), dtype), limits)


def _reading(
    schema: Mapping[str, pl.DataType],
    height: int,
    cells_of: Callable[[int, pl.DataType], pl.Series],
    limits: Limits,
) -> Reading:
    cells: dict[str, pl.Series] = {}
    kinds: dict[str, pl.Series] = {}
    remarks = []
    for place, (name, dtype) in enumerate(schema.items()):
        kind = _kind_of(dtype)
        if kind is None:
            remarks.append(Remark(code="OUT-109", row=1, column=name, details={"type": str(dtype)}))
            continue
        cells[str(place)] = cells_of(place, dtype)
        if kind != "text":
            kinds[str(place)] = pl.repeat(kind, height, dtype=KIND, eager=True)
    if remarks:
        raise Refusal(remarks[0])
    hold_text_size(tuple(cells.values()), limits)
    grid = Grid(
        cells=pl.DataFrame(cells) if cells else pl.DataFrame({"0": pl.Series([], dtype=pl.String)}),
        rows=pl.int_range(2, height + 2, dtype=pl.Int32, eager=True).alias("row"),
        kinds=kinds,
        header=tuple(schema),
        has_addresses=False,
    )
    return Reading((grid,))


def _hold_cells(rows: int, columns: int, limits: Limits) -> None:
    # a packed column may say the same a billion times in a few bytes; each cell costs 16 bytes once it is read
    if rows * columns * _CELL_BYTES > _UNPACKED_FACTOR * limits.xlsx_max_unpacked_bytes:
        details = {"found": f"{rows:,} rows of {columns} columns", "limit": f"{limits.max_rows:,}"}
        raise Refusal(Remark(code="OUT-011", details=details))


def _hold_extent(rows: int, columns: int, limits: Limits) -> None:
    if rows > limits.max_rows:
        details = {"found": f"{rows:,}", "limit": f"{limits.max_rows:,}"}
        raise Refusal(Remark(code="OUT-011", details=details))
    if columns > limits.max_columns:
        details = {"found": f"{columns:,}", "limit": f"{limits.max_columns:,}"}
        raise Refusal(Remark(code="OUT-012", details=details))


def _held(read: Callable[[], Read]) -> Read:
    # the reader's error may quote a cell: the refusal is raised when it is gone, and does not carry it along
    try:
        return read()
    except BaseException as error:
        refusal = _refusal_of(error)
    raise refusal


def _refusal_of(error: BaseException) -> BaseException:
    # the reader is written in Rust: what it cannot read may arrive as a panic, which is no Exception
    if isinstance(error, Exception) or type(error).__name__ == "PanicException":
        return Refusal(Remark(code="OUT-008"))
    return error


def _kind_of(dtype: pl.DataType) -> str | None:
    if dtype in (pl.String, pl.Categorical, pl.Enum, pl.Null):
        return "text"
    if dtype.is_numeric():
        return "number"
    if dtype in (pl.Date, pl.Datetime):
        return "date"
    if dtype in (pl.Boolean, pl.Time, pl.Duration):
        return "boolean" if dtype == pl.Boolean else "other"
    return None


def _column(table: pl.LazyFrame, place: int) -> pl.LazyFrame:
    # polars takes names such as * and ^x$ for patterns
    return table.select(pl.nth(place).alias(str(place)))


def _cells(column: pl.LazyFrame, dtype: pl.DataType) -> pl.Series:
    """Return a column as it is kept: whole numbers that are sure to be read as they stand stay numbers; what many rows
    share is kept once."""
    if dtype in (pl.Categorical, pl.Enum):
        return _without_empty(shared_categories(column.collect().to_series()))
    if dtype != pl.String:
        values = column.collect().to_series()
        if dtype.is_integer():
            least, most = values.min(), values.max()
            if least is None or (int(least) > -_MOST_WHOLE and int(most or 0) < _MOST_WHOLE):  # type: ignore[arg-type]
                return values.cast(pl.Int64)
        column = _texts(values, dtype).to_frame().lazy()
    return _without_empty(shared_texts(column))


def _without_empty(texts: pl.Series) -> pl.Series:
    if isinstance(texts.dtype, pl.Enum) and "" not in texts.dtype.categories:
        return texts
    # an empty cell holds nothing
    is_empty = texts == ""
    return texts.set(is_empty, None) if is_empty.any() else texts


def _texts(values: pl.Series, dtype: pl.DataType) -> pl.Series:
    if dtype == pl.Decimal:
        # in its shortest form: every number of a decimal column has as many decimals as any other
        texts = values.cast(pl.String)
        has_point = texts.str.contains(".", literal=True).fill_null(False)
        return texts.str.strip_chars_end("0").str.strip_suffix(".").zip_with(has_point, texts)
    if dtype.is_float():
        texts = values.cast(pl.String)
        # the shortest decimal form, never the scientific one
        scientific = texts.str.contains("e", literal=True).fill_null(False)
        if scientific.any():
            spelled = [format(Decimal(text), "f") for text in texts.filter(scientific)]
            texts = texts.scatter(scientific.arg_true(), spelled)
        return texts
    if isinstance(dtype, pl.Datetime):
        moments = values.dt.replace_time_zone(None)
        days, is_midnight = moments.dt.date().cast(pl.String), moments.dt.time() == time(0)
        return days.zip_with(is_midnight.fill_null(True), moments.cast(pl.String))
    if dtype == pl.Duration:
        # no number and no date: only to be quoted
        return values.dt.to_string("iso")
    return values.cast(pl.String)
