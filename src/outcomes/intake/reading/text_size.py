"""Holds a table to a size in memory: packed, a text that a million cells share takes no more than one."""

from collections.abc import Iterable

import polars as pl

from outcomes.intake.quoting import size_in_words
from outcomes.intake.reading.grid import Refusal
from outcomes.intake.remark import Remark
from outcomes.partnership.layout import Limits

__all__ = ["hold_text_size"]


def hold_text_size(columns: Iterable[pl.Series], limits: Limits) -> int:
    """Return the bytes of the texts in all cells together.

    Arguments:
        columns: The columns as they are kept: texts, an Enum of texts, or numbers, which take no room.
        limits: How large a file may be unpacked.

    Raises:
        Refusal: They are larger than that.

    >>> hold_text_size([pl.Series(["York", None, "Leeds"]), pl.Series([1, 2, 3])], Limits())
    9
    """
    size = sum(_bytes_of(column) for column in columns)
    if size > limits.xlsx_max_unpacked_bytes:
        limit = f"{size_in_words(limits.xlsx_max_unpacked_bytes)} when it is unpacked"
        raise Refusal(Remark(code="OUT-002", details={"limit": limit}))
    return size


def _bytes_of(column: pl.Series) -> int:
    if isinstance(column.dtype, pl.Enum):
        # each text once, and how often it stands
        sizes = column.dtype.categories.str.len_bytes()
        return int(sizes.gather(column.to_physical().drop_nulls()).cast(pl.UInt64).sum())
    return int(column.str.len_bytes().cast(pl.UInt64).sum()) if column.dtype == pl.String else 0
