"""Qualifiers and reasons as small whole numbers, so that they travel with the sums."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from outcomes.rollup.base import BITS_OF_A_WORD
from outcomes.rollup.packing import QUALIFIERS, STATUSES
from outcomes.vocabulary import Reason, RowStatus

__all__ = [
    "NOT_APPLICABLE_STATUS",
    "QUALIFIER_BITS",
    "REASONS",
    "ones_of",
    "qualifier_bit",
    "reason_of_status",
    "reason_place",
    "with_texts_of_bits",
]

# a set of qualifiers is a whole number, one bit each
QUALIFIER_BITS: Final[Mapping[str, int]] = {word: 1 << place for place, word in enumerate(QUALIFIERS)}
# a reason is its place here
REASONS: Final = tuple(Reason)
_REASON_OF: Final[Mapping[RowStatus, Reason]] = {
    RowStatus.SUPPRESSED: Reason.CONFIDENTIAL,
    RowStatus.NOT_AVAILABLE: Reason.NOT_AVAILABLE,
    RowStatus.NOT_APPLICABLE: Reason.NOT_APPLICABLE,
}
NOT_APPLICABLE_STATUS: Final = 1 + STATUSES.index(RowStatus.NOT_APPLICABLE.value)


def reason_place(reason: Reason) -> pl.Expr:
    """The place of a reason, as a literal."""
    return pl.lit(REASONS.index(reason), pl.UInt8)


def reason_of_status(status: pl.Expr) -> pl.Expr:
    """The reason that a row without a number gives: 0 for no marker, else the marker's place and 1."""
    reasons = (Reason.MISSING, *(_REASON_OF[RowStatus(word)] for word in STATUSES))
    return pl.lit(pl.Series([REASONS.index(reason) for reason in reasons], dtype=pl.UInt8)).gather(status)


def qualifier_bit(value_status: pl.Expr) -> pl.Expr:
    """The bit of a row's own qualifier: 0 for none, else the qualifier's place and 1."""
    return pl.lit(pl.Series([0, *QUALIFIER_BITS.values()], dtype=pl.UInt16)).gather(value_status)


def ones_of(columns: list[str]) -> pl.Expr:
    """How many bits are set over all of the columns."""
    return pl.sum_horizontal(pl.col(name).bitwise_count_ones() for name in columns).cast(pl.Int32)


def with_texts_of_bits(frame: pl.DataFrame, columns: list[str], texts: list[str], name: str) -> pl.DataFrame:
    """Return a frame with a list column: of each row the sorted texts whose bits are set, each text once.

    Arguments:
        frame: Any columns, and those of the bits.
        columns: The columns of bits, each holding so many of the texts, in their order.
        texts: What the bits stand for.
        name: The new column.

    >>> with_texts_of_bits(pl.DataFrame({"w": [5, 0]}), ["w"], ["a", "b", "a"], "who")["who"].to_list()
    [['a'], []]
    """
    # rows are many, sets are few
    sets = frame.select(columns).unique().sort(columns)
    said = [
        sorted({text for place, text in enumerate(texts) if row[place // BITS_OF_A_WORD] >> place % BITS_OF_A_WORD & 1})
        for row in sets.iter_rows()
    ]
    lists = pl.Series(name, said, dtype=pl.List(pl.String))
    if sets.height == 1:
        return frame.with_columns(pl.lit(lists).first().alias(name))
    places = frame.select(columns).join(
        sets.with_row_index("place"), on=columns, how="left", maintain_order="left", nulls_equal=True
    )
    return frame.with_columns(lists.gather(places["place"]))
