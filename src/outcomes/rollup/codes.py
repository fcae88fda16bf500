"""Qualifiers and reasons as small whole numbers, so that they travel with the sums."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from outcomes.rollup.base import QUALIFIERS, STATUSES
from outcomes.vocabulary import Reason, RowStatus

__all__ = [
    "NOT_APPLICABLE_STATUS",
    "QUALIFIER_BITS",
    "REASONS",
    "ones_of",
    "qualifier_bit",
    "reason_of_status",
    "reason_place",
    "texts_of_bits",
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


def texts_of_bits(bits: pl.DataFrame, texts: list[str], bits_of_a_word: int) -> pl.Series:
    """Return, for each row of bit columns, the sorted texts whose bits are set; each text once.

    >>> texts_of_bits(pl.DataFrame({"w": [5, 0]}), ["a", "b", "a"], 62).to_list()
    [['a'], []]
    """
    # rows are many, sets are few
    sets = bits.unique()
    words = [
        sorted(
            {text for place, text in enumerate(texts) if row[place // bits_of_a_word] >> (place % bits_of_a_word) & 1}
        )
        for row in sets.iter_rows()
    ]
    named = sets.with_columns(pl.Series("words", words, dtype=pl.List(pl.String)))
    return bits.join(named, on=bits.columns, how="left", maintain_order="left")["words"]
