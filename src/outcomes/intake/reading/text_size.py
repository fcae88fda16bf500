"""Holds a table to a size in memory: packed, a text that a million cells share takes no more than one."""

from collections.abc import Sequence

import polars as pl

from outcomes.intake.quoting import size_in_words
from outcomes.intake.reading.grid import Refusal
from outcomes.intake.remark import Remark
from outcomes.partnership.layout import Limits

__all__ = ["hold_text_size"]


def hold_text_size(columns: Sequence[pl.Series], limits: Limits) -> None:
    """Refuse a table whose texts, all cells together, are larger than a file may be unpacked.

    Arguments:
        columns: The columns as they are kept: texts, an Enum of texts, or numbers, which take no room.
        limits: How large a file may be unpacked.

    Raises:
        Refusal: They are larger than that.

    >>> hold_text_size([pl.Series(["York", None, "Leeds"]), pl.Series([1, 2, 3])], Limits())
    """
    most = limits.xlsx_max_unpacked_bytes
    # nearly always it is seen at once that there is room, were all texts as long as the longest
    if sum(map(_most_bytes_of, columns)) > most and sum(map(_bytes_of, columns)) > most:
        limit = f"{size_in_words(most)} when it is unpacked"
        raise Refusal(Remark(code="OUT-002", details={"limit": limit}))


def _most_bytes_of(column: pl.Series) -> int:
    if not isinstance(column.dtype, pl.Enum):
        return _bytes_of(column)
    return len(column) * int(column.dtype.categories.str.len_bytes().max() or 0)  # type: ignore[arg-type]


def _bytes_of(column: pl.Series) -> int:
    if isinstance(column.dtype, pl.Enum):
        # each text once, and how often it stands
        sizes = column.dtype.categories.str.len_bytes()
        return int(sizes.gather(column.to_physical().drop_nulls()).cast(pl.UInt64).sum())
    return int(column.str.len_bytes().cast(pl.UInt64).sum()) if column.dtype == pl.String else 0
