"""Keeps a column of texts that many rows share as an Enum of these texts, from the reading on."""

from contextlib import suppress
from typing import Final

import polars as pl

from outcomes.intake.coding import whole_number

__all__ = ["shared_categories", "shared_texts"]

# so many rows are looked at first
_FIRST_LOOK: Final = 1 << 18
# no more different texts are kept apart from the rows
_MOST_SHARED: Final = (1 << 16) - 1
# of so many in the first rows, all may well be no more than one byte counts
_FEW_SHARED: Final = 1 << 7


def shared_texts(texts: pl.LazyFrame) -> pl.Series:
    """Return a column of texts that many rows share as an Enum of these, and any other as it is.

    Of ten million rows that speak of a thousand places a text takes 16 bytes in each, its number two; and the texts of
    all rows are never held together.

    Arguments:
        texts: One column of String, to be read.

    >>> shared_texts(pl.LazyFrame({"place": ["York", None, "York", "Leeds", "York", "York"]})).dtype
    Enum(categories=['York', 'Leeds'])
    """
    first = texts.head(_FIRST_LOOK).collect().to_series()
    different = first.n_unique()
    if different <= min(_MOST_SHARED, len(first) // 2):
        # of a few in the first rows there may be more in all
        for physical in dict.fromkeys((pl.UInt8() if different <= _FEW_SHARED else pl.UInt16(), pl.UInt16())):
            found = _shared_by(pl.Categories.random(physical=physical), texts, first)
            if found is not None:
                return found
    return texts.collect().to_series()


def shared_categories(values: pl.Series) -> pl.Series:
    """Return a column of categories as `shared_texts` gives the same column of texts, without writing a text out twice.

    Arguments:
        values: Categorical or Enum.

    >>> shared_categories(pl.Series("place", ["York", None, "Leeds", "York"], dtype=pl.Categorical)).dtype
    Enum(categories=['York', 'Leeds'])
    """
    numbers = values.to_physical()
    is_first = numbers.is_first_distinct() & numbers.is_not_null()
    found, different = numbers.filter(is_first), values.filter(is_first).cast(pl.String)
    if not 0 < len(found) <= _MOST_SHARED:
        return values.cast(pl.String)
    ranks = pl.int_range(len(found), dtype=pl.UInt32, eager=True).cast(whole_number(len(found) + 1))
    top = int(found.max() or 0) + 1  # type: ignore[arg-type]
    places = pl.repeat(0, top, dtype=ranks.dtype, eager=True).scatter(found, ranks)
    return places.gather(numbers).cat.to(pl.Enum(different)).alias(values.name)


def _shared_by(categories: pl.Categories, texts: pl.LazyFrame, first: pl.Series) -> pl.Series | None:
    """Return the texts as an Enum, in the order of the rows in which each first stands; None where they are too many.

    Those of the first rows are numbered in that order; of all rows several are looked at together, in any order.
    """
    numbers: pl.Series | None = None
    with suppress(pl.exceptions.ComputeError):
        # held to the end: a text keeps its number only as long as there is a column of such numbers
        of_first = first.cast(pl.Categorical(categories))
        numbered = texts.select(pl.all().cast(pl.Categorical(categories))).collect(engine="streaming").to_series()
        numbers, different = numbered.to_physical(), categories.to_series()
    if numbers is None or not 0 < len(different) <= _MOST_SHARED:
        return None
    if len(different) > int(of_first.to_physical().max() or 0) + 1:  # type: ignore[arg-type]
        found = numbers.unique(maintain_order=True).drop_nulls()
        ranks = pl.int_range(len(found), dtype=pl.UInt32, eager=True).cast(numbers.dtype)
        different, numbers = different.gather(found), ranks.gather(found.arg_sort()).gather(numbers)
    # one number more stands for nothing
    return numbers.cast(whole_number(len(different) + 1)).cat.to(pl.Enum(different)).alias(first.name)
