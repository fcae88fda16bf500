"""Works once for each distinct text, not once for each row: rows carry whole numbers that point into small tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod
from operator import add
from typing import Final

import polars as pl
from polars.datatypes import IntegerType

__all__ = [
    "Coded",
    "as_said",
    "coded",
    "coded_together",
    "crossed",
    "packed",
    "packed_by_table",
    "pieces_of",
    "ranked",
    "spread",
    "the_same",
    "whole_number",
]

# rows that are looked at together: few enough to stay at hand; more would only take more memory
_AT_ONCE: Final = 1 << 18
# tables of so many places are looked up by place; larger ones by a join
_MOST_PACKED: Final = 1 << 62
_MOST_PLACES: Final = 1 << 24
# a column of a table of so many rows is not asked whether it says the same throughout
_MOST_COMPARED: Final = 1 << 17
_WHOLE_NUMBERS: Final[Mapping[int, IntegerType]] = {8: pl.UInt8(), 16: pl.UInt16(), 32: pl.UInt32(), 64: pl.UInt64()}
# so many rows are looked at first
_FIRST_LOOK: Final = 1 << 18
# where each stands about as often as any other, all were seen when so many rows for each were
_LOOKS_FOR_EACH: Final = 16
_SAID: Final = ("_form", "_hint", "_expected", "_example", "_read", "validity")


@dataclass(frozen=True)
class Coded:
    """Columns of texts as whole numbers.

    Attributes:
        at: For each row its place in `distinct`, in whole numbers that are large enough.
        distinct: Each set of values once, in the order of the rows in which it first stands; from `crossed`, in that
            of its two columns, with sets that stand in no row.
    """

    at: pl.Series
    distinct: pl.DataFrame

    def of(self, at: pl.Series) -> "Coded":
        """Return the same, as `coded` gave it, of rows that say by their number which of its rows each of them means.

        Arguments:
            at: For each row its place among the rows that were coded.

        >>> spellings = pl.Series("place", ["york", "york", "leeds"])
        >>> coded(spellings).of(pl.Series([2, 1, 0, 0])).at.to_list()
        [1, 0, 0, 0]
        """
        # where each is another, its place is its number
        is_each_another = self.distinct.height == len(self.at)
        return Coded(at if is_each_another else self.at.gather(at), self.distinct)


def coded(values: pl.Series) -> Coded:
    """Return a column as whole numbers; a missing value is a value of its own.

    >>> found = coded(pl.Series("place", ["York", None, "York", "Leeds"]))
    >>> found.at.to_list(), found.distinct["place"].to_list()
    ([0, 1, 0, 2], ['York', None, 'Leeds'])
    """
    if isinstance(values.dtype, pl.Enum):
        most = len(values.dtype.categories) + (values.null_count() > 0)
        return _dense(values.to_physical(), most, lambda firsts: values.gather(firsts).cast(pl.String).to_frame())
    places = values if values.dtype.is_integer() else _numbered(values.cast(pl.String)).to_physical()
    return _dense(places, len(places), lambda firsts: values.gather(firsts).to_frame())


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


def crossed(left: Coded, right: Coded) -> Coded:
    """Return two columns as one, with every set of values that might stand together, whether it does or not.

    To be asked what holds of each; where these are not far fewer than the rows, only those that do stand together, as
    from `coded_together`.

    >>> sex, place = coded(pl.Series("sex", ["F", "M"] * 32)), coded(pl.Series("place", ["York", "Leeds"] * 32))
    >>> found = crossed(sex, place)
    >>> found.at.unique().to_list(), found.distinct.rows()
    ([0, 3], [('F', 'York'), ('F', 'Leeds'), ('M', 'York'), ('M', 'Leeds')])
    """
    width = right.distinct.height
    room = left.distinct.height * width
    if room * _LOOKS_FOR_EACH > len(left.at):
        return coded_together([left, right])
    every = pl.int_range(room, dtype=pl.UInt32, eager=True)
    distinct = pl.concat([left.distinct[every // width], right.distinct[every % width]], how="horizontal")
    return Coded(left.at.cast(_packing(room)) * width + right.at, distinct)


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
    found = _each_once(packed, room, lambda some: some.unique(maintain_order=True))
    distinct = pl.concat(
        [left.distinct[(found // width).cast(pl.UInt32)], right.distinct[(found % width).cast(pl.UInt32)]],
        how="horizontal",
    )
    return Coded(_places_of(packed, found, room), distinct)


def _repeated(one: pl.DataFrame, height: int) -> pl.DataFrame:
    return one[pl.repeat(0, height, dtype=pl.UInt32, eager=True)]


def _dense(places: pl.Series, most: int, values_at: Callable[[pl.Series], pl.DataFrame]) -> Coded:
    """Return whole numbers, of which so many differ at most, possibly missing ones, as 0, 1, … in the rows' order."""
    firsts = _each_once(places, most, lambda some: some.arg_unique())
    found = places.gather(firsts)
    count = len(found)
    if found.null_count() == 0 and count and int(found[0]) == 0 and int(found[-1]) == count - 1 and found.is_sorted():
        at = places.cast(whole_number(count))
    else:
        top = int(found.max() or 0) + 1  # type: ignore[arg-type]
        # what is missing is one more
        dtype = whole_number(top + 1)
        places, found = places.cast(dtype).fill_null(top), found.cast(dtype).fill_null(top)
        at = _places_of(places, found, top + 1)
    return Coded(at, values_at(firsts))


def _each_once(numbers: pl.Series, most: int, find: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Return what tells each different number in the order of the rows; no more rows are looked at than need be.

    Arguments:
        numbers: Whole numbers.
        most: How many different ones there are at most.
        find: What looks at rows.
    """
    looked_at = max(_FIRST_LOOK, most * _LOOKS_FOR_EACH)
    if looked_at * 4 <= len(numbers) and len(found := find(numbers.head(looked_at))) == most:
        return found
    return find(numbers)


def _places_of(packed: pl.Series, found: pl.Series, top: int) -> pl.Series:
    """Return for each row the place of its number among the numbers found."""
    dtype = whole_number(len(found))
    numbers = pl.int_range(len(found), dtype=pl.UInt32, eager=True).cast(dtype)
    if top <= _MOST_PLACES:
        return pl.repeat(0, top, dtype=dtype, eager=True).scatter(found, numbers).gather(packed)
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


def packed_by_table(rows: pl.DataFrame, parts: Sequence[tuple[str, pl.Series, pl.DataFrame]]) -> pl.Series:
    """Return one whole number for several that small tables tell, in the same order: the first counts most.

    Arguments:
        rows: For each row its place in each of the tables.
        parts: The column of the places, the rank of each row of its table, and the different ranks in order.
    """
    room = prod(max(order.height, 1) for *_, order in parts)
    if room >= _MOST_PACKED:
        return packed([(ranks.gather(rows[name]), order.height) for name, ranks, order in parts])
    dtype, added = _packing(room), dict[str, pl.Series]()
    for name, ranks, order in parts:
        # what a table adds to the number is worked out in the table
        room //= max(order.height, 1)
        adds = ranks.cast(dtype) * room
        added[name] = added[name] + adds if name in added else adds
    of_tables = [pl.lit(adds).gather(pl.col(name)) for name, adds in added.items()]
    together = reduce(add, of_tables).alias("packed")
    # each piece on a core of its own
    return pl.concat(piece.lazy().select(together) for _, piece in pieces_of(rows)).collect().to_series()


def pieces_of(rows: pl.DataFrame) -> Iterator[tuple[int, pl.DataFrame]]:
    """Yield some rows after the other, each time with the number of the first: what is made of them stays small.

    >>> [(first, piece.height) for first, piece in pieces_of(pl.DataFrame({"place": ["York", "Leeds"]}))]
    [(0, 2)]
    """
    for first in range(0, max(rows.height, 1), _AT_ONCE):
        yield first, rows.slice(first, _AT_ONCE)


def spread(table: pl.DataFrame, at: pl.Expr | pl.Series, height: int) -> list[pl.Expr]:
    """Return the columns of a small table for every row; what is the same throughout is kept once.

    Arguments:
        table: One row for each number.
        at: For each row its place in the table.
        height: How many rows there are.
    """
    columns: list[pl.Expr] = []
    for values in table.get_columns():
        is_asked = 0 < len(values) <= height and (len(values) <= _MOST_COMPARED or values.dtype == pl.Boolean)
        if is_asked and _is_same(values):
            columns.append(pl.lit(values.head(1)).first().alias(values.name))
        else:
            columns.append(pl.lit(values).gather(at).alias(values.name))
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


def whole_number(room: int) -> IntegerType:
    """Return the smallest type of whole numbers below so many.

    >>> whole_number(256), whole_number(257)
    (UInt8, UInt16)
    """
    return next(dtype for bits, dtype in _WHOLE_NUMBERS.items() if room <= 1 << bits)
