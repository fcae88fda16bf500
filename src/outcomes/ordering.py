"""Gives each row one whole number by which rows compare as by several columns: integers sort and group far faster."""

from collections.abc import Sequence
from typing import Final

import polars as pl

__all__ = ["in_order", "order_numbers"]

# what an Int64 holds
_ROOM: Final = 2**63
# a column of whole numbers that spans more than this is numbered by rank
_WIDEST_SPAN: Final = 2**31


def order_numbers(frame: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """Return a number for each row: equal where all the columns are equal, less where the row sorts before.

    Arguments:
        frame: The rows.
        columns: What they are ordered by, the first first; missing sorts before everything, text by its characters.

    Returns:
        Int64 from 0, with gaps; the numbers of two frames do not compare with each other.

    >>> rows = pl.DataFrame({"area_code": ["B", "A", "B"], "year": [1, 9, 1]})
    >>> order_numbers(rows, ["area_code", "year"]).to_list()
    [9, 8, 9]
    """
    numbers, room = pl.repeat(0, frame.height, dtype=pl.Int64, eager=True), 1
    for name in columns:
        codes, span = _codes(frame[name])
        if span <= 1:
            continue
        if room * span >= _ROOM:
            # ranks leave no gaps: there are at most as many as rows
            numbers, room = _ranks(numbers), frame.height
        numbers = codes if room == 1 else numbers * span + codes
        room *= span
    return numbers.alias("order_number")


def in_order(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Return the frame sorted by several columns; rows that are equal in them stay as they came.

    Arguments:
        frame: The rows; those that are in order already are not moved.
        columns: As of `order_numbers`.

    >>> in_order(pl.DataFrame({"area_code": ["B", None, "A"]}), ["area_code"])["area_code"].to_list()
    [None, 'A', 'B']
    """
    numbers = order_numbers(frame, columns)
    if numbers.is_sorted():
        return frame
    numbered = numbers.to_frame().with_row_index("row")
    return frame[numbered.sort(numbers.name, maintain_order=True)["row"]]


def _codes(column: pl.Series) -> tuple[pl.Series, int]:
    """Return a column as whole numbers from 0 in its own order, missing as 0, and how many numbers there may be."""
    if column.dtype == pl.String:
        distinct = column.unique().drop_nulls().sort()
        if len(distinct) == 1 and not column.has_nulls():
            return column.clear(), 1
        codes, span = column.cast(pl.Enum(distinct)).to_physical().cast(pl.Int64), len(distinct)
    else:
        whole = column.to_physical() if column.dtype.is_temporal() else column
        least, most = (whole.min(), whole.max()) if whole.dtype.is_integer() else (None, None)
        if isinstance(least, int) and isinstance(most, int) and most - least < _WIDEST_SPAN:
            codes, span = whole.cast(pl.Int64) - least, most - least + 1
        else:
            codes, span = _ranks(whole), len(whole)
    if codes.has_nulls():
        codes, span = (codes + 1).fill_null(0), span + 1
    return codes, span


def _ranks(column: pl.Series) -> pl.Series:
    return column.rank("dense").cast(pl.Int64) - 1
