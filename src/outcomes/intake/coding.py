"""Works once for each distinct text, not once for each row: rows carry whole numbers that point into small tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Final

import polars as pl

__all__ = [
    "Coded",
    "as_said",
    "coded",
    "coded_together",
    "packed",
    "packed_by_table",
    "ranked",
    "shared_texts",
    "spread",
    "the_same",
    "whole_number",
]

# tables of so many places are looked up by place; larger ones by a join
_MOST_PACKED: Final = 1 << 62
_MOST_PLACES: Final = 1 << 24
# a column of a table of so many rows is not asked whether it says the same throughout
_MOST_COMPARED: Final = 1 << 17
_WHOLE_NUMBERS: Final = {8: pl.UInt8(), 16: pl.UInt16(), 32: pl.UInt32(), 64: pl.UInt64()}
# of a column of texts so many rows are looked at first, and no more different texts are kept apart from the rows
_FIRST_LOOK: Final = 1 << 16
_MOST_SHARED: Final = (1 << 16) - 1
_SAID: Final = ("_form", "_hint", "_expected", "_example", "_read", "validity")


@dataclass(frozen=True)
class Coded:
    """Columns of texts as whole numbers.

    Attributes:
        at: UInt32; for each row its place in `distinct`.
        distinct: Each set of values once, in the order of the rows in which it first stands.
    """

    at: pl.Series
    distinct: pl.DataFrame


def coded(values: pl.Series) -> Coded:
    """Return a column as whole numbers; a missing value is a value of its own.

    >>> found = coded(pl.Series("place", ["York", None, "York", "Leeds"]))
    >>> found.at.to_list(), found.distinct["place"].to_list()
    ([0, 1, 0, 2], ['York', None, 'Leeds'])
    """
    if values.dtype == pl.Enum:
        numbers = values.to_physical().cast(pl.UInt32)
        return _dense(numbers, lambda firsts: values.gather(firsts).cast(pl.String).to_frame())
    places = values if values.dtype.is_integer() else _numbered(values.cast(pl.String)).to_physical().cast(pl.UInt32)
    return _dense(places, lambda firsts: values.gather(firsts).to_frame())


def shared_texts(texts: pl.Series) -> pl.Series:
    """Return a column of texts that many rows share as an Enum of these, and any other as it is.

    Of ten million rows that speak of a thousand places a text takes 16 bytes in each, its number two.

    >>> shared_texts(pl.Series("place", ["York", None, "York", "Leeds", "York", "York"])).dtype
    Enum(categories=['York', 'Leeds'])
    """
    first = texts.head(_FIRST_LOOK)
    if first.n_unique() * 2 > len(first):
        return texts
    numbered = _numbered(texts)
    numbers = numbered.to_physical()
    count = 0 if numbers.null_count() == len(numbers) else int(numbers.max()) + 1  # type: ignore[arg-type]
    if not 0 < count <= _MOST_SHARED:
        return texts
    different = pl.int_range(count, dtype=pl.UInt32, eager=True).cat.to(numbered.dtype).cast(pl.String)
    # one number more stands for nothing
    return numbers.cast(whole_number(count + 1)).cat.to(pl.Enum(different))


def _numbered(texts: pl.Series) -> pl.Series:
    # categories of its own: nothing is kept of them once it is gone, and their numbers start at 0
    return texts.cast(pl.Categorical(pl.Categories.random()))


def the_same(name: str, value: object, dtype: pl.DataType) -> Coded:
    """Return a column that says the same in every row, to be taken together with others: it tells no two apart."""
    return Coded(pl.Series([], dtype=pl.UInt32), pl.Series(name, [value], dtype).to_frame())


def coded_together(parts: Sequence[Coded]) -> Coded:
    """Return several columns as one: each set of values that stands together in a row once.

    >>> sex, place = coded(pl.Series("sex", ["F", "M", "F"])), coded(pl.Series("place", ["York"] * 3))
    >>> found = coded_together([sex, place])
    >>> found.at.to_list(), found.distinct.rows()
    ([0, 1, 0], [('F', 'York'), ('M', 'York')])
    """
    together = parts[0]
    for part in parts[1:]:
        together = _paired(together, part)
    return together


def _paired(left: Coded, right: Coded) -> Coded:
    if min(left.distinct.height, right.distinct.height) <= 1:
        # what is the same throughout tells no two rows apart
        many = right if right.distinct.height > 1 else left
        height = many.distinct.height
        sides = [
            one.distinct if one.distinct.height == height else _repeated(one.distinct, height) for one in (left, right)
        ]
        return Coded(many.at, pl.concat(sides, how="horizontal"))
    width = right.distinct.height
    room = left.distinct.height * width
    packed = left.at.cast(_packing(room)) * width + right.at
    found = packed.unique(maintain_order=True)
    distinct = pl.concat(
        [left.distinct[(found // width).cast(pl.UInt32)], right.distinct[(found % width).cast(pl.UInt32)]],
        how="horizontal",
    )
    return Coded(_places_of(packed, found, room), distinct)


def _repeated(one: pl.DataFrame, height: int) -> pl.DataFrame:
    return one[pl.repeat(0, height, dtype=pl.UInt32, eager=True)]


def _dense(places: pl.Series, values_at: Callable[[pl.Series], pl.DataFrame]) -> Coded:
    """Return any whole numbers, possibly missing, as 0, 1, … in the order of the rows."""
    firsts = places.arg_unique()
    found = places.gather(firsts)
    count = len(found)
    if found.null_count() == 0 and count and int(found[0]) == 0 and int(found[-1]) == count - 1 and found.is_sorted():
        at = places
    else:
        top = int(found.max() or 0) + 1  # type: ignore[arg-type]
        if found.null_count():
            places, found = places.fill_null(top), found.fill_null(top)
            top += 1
        dtype = _packing(top)
        at = _places_of(places.cast(dtype), found.cast(dtype), top)
    return Coded(at, values_at(firsts))


def _places_of(packed: pl.Series, found: pl.Series, top: int) -> pl.Series:
    """Return for each row the place of its number among the numbers found."""
    numbers = pl.int_range(len(found), dtype=pl.UInt32, eager=True)
    if top <= _MOST_PLACES:
        return pl.repeat(0, top, dtype=pl.UInt32, eager=True).scatter(found, numbers).gather(packed)
    places = pl.DataFrame({"packed": found, "at": numbers})
    return packed.to_frame("packed").join(places, on="packed", how="left", maintain_order="left")["at"]


def ranked(table: pl.DataFrame) -> tuple[pl.Series, pl.DataFrame]:
    """Return the rank of each row of a small table among its different rows, and these in their order."""
    names = table.columns
    order = table.unique().sort(names)
    ranks = order.with_row_index("rank")
    return table.join(ranks, on=names, how="left", nulls_equal=True, maintain_order="left")["rank"], order


def packed(parts: Sequence[tuple[pl.Series, int]]) -> pl.Series:
    """Return one whole number for several, in the same order: the first counts most.

    Arguments:
        parts: Whole numbers, and how many different ones there may be (each is less than that).

    >>> packed([(pl.Series([1, 0], dtype=pl.UInt32), 2), (pl.Series([5, 9], dtype=pl.UInt32), 10)]).to_list()
    [15, 9]
    """
    if prod(max(size, 1) for _, size in parts) >= _MOST_PACKED:
        found = coded_together([coded(at.alias(str(place))) for place, (at, _) in enumerate(parts)])
        return ranked(found.distinct)[0].gather(found.at).cast(pl.UInt64)
    together = parts[0][0].cast(_packing(prod(max(size, 1) for _, size in parts)))
    for at, size in parts[1:]:
        if size > 1:
            together = together * size + at
    return together


def packed_by_table(parts: Sequence[tuple[pl.Series, pl.Series, pl.DataFrame]]) -> pl.Series:
    """Return one whole number for several that small tables tell, in the same order: the first counts most.

    Arguments:
        parts: For each row its place in a table, the rank of each row of the table, and the different ranks in order.
    """
    room = prod(max(order.height, 1) for _, _, order in parts)
    if room >= _MOST_PACKED:
        return packed([(ranks.gather(at), order.height) for at, ranks, order in parts])
    together = pl.repeat(0, len(parts[0][0]), dtype=_packing(room), eager=True)
    for at, ranks, order in parts:
        # what a table adds to the number is worked out in the table
        room //= max(order.height, 1)
        together = together + (ranks.cast(together.dtype) * room).gather(at)
    return together


def spread(table: pl.DataFrame, at: pl.Series) -> list[pl.Expr | pl.Series]:
    """Return the columns of a small table for every row; what is the same throughout is kept once.

    Arguments:
        table: One row for each number.
        at: UInt32; for each row its place in the table.
    """
    columns: list[pl.Expr | pl.Series] = []
    for values in table.get_columns():
        if 0 < len(values) <= min(len(at), _MOST_COMPARED) and _is_same(values):
            columns.append(pl.lit(values.head(1)).first().alias(values.name))
        else:
            columns.append(values.gather(at))
    return columns


def as_said(table: pl.DataFrame) -> pl.DataFrame:
    """Return a small table in which what is only said, or compared with words, is kept as numbers for the texts."""
    texts = [name for name, dtype in table.schema.items() if dtype == pl.String and name.endswith(_SAID)]
    return table.with_columns(pl.col(name).cast(pl.Categorical(pl.Categories.random())) for name in texts)


def _is_same(values: pl.Series) -> bool:
    if len(values) == 1:
        return True
    if values.null_count():
        return values.null_count() == len(values)
    if values.dtype.is_nested():
        first, *others = values.to_list()
        return all(other == first for other in others)
    return values.n_unique() == 1


def _packing(room: int) -> pl.DataType:
    # what is multiplied has to be held, too
    return pl.UInt32() if room < 1 << 32 else pl.UInt64()


def whole_number(room: int) -> pl.DataType:
    """Return the smallest type of whole numbers below so many.

    >>> whole_number(256), whole_number(257)
    (UInt8, UInt16)
    """
    return next(dtype for bits, dtype in _WHOLE_NUMBERS.items() if room <= 1 << bits)
