"""Packing: the codes of a row as the fields of one whole number, so that rows are grouped by an integer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from outcomes.framework.model import IndicatorKey
from outcomes.vocabulary import Qualifier, RowStatus

__all__ = [
    "QUALIFIERS",
    "STATUSES",
    "Bounds",
    "Codes",
    "Field",
    "bounds_of",
    "fields_of",
    "packed",
    "position",
    "unpacked",
]

STATUSES: Final = tuple(status.value for status in RowStatus)
QUALIFIERS: Final = tuple(qualifier.value for qualifier in Qualifier)

# bits of a positive Int64, one kept free
_BITS_OF_A_KEY: Final = 62
_NUMBERS: Final = ("numerator", "denominator", "sum_of_squares")
_INTERVAL: Final = ("value", "lower_ci_95", "upper_ci_95")
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True)
class Codes:
    """The names that rows may hold; a name's number is its place.

    Attributes:
        indicators: (id, version) of each, sorted.
        area_codes, period_kinds, breakdowns: Sorted.
        senders: Pairs of partner and source, sorted; the source is the partner's own code where it sends its own.
    """

    indicators: tuple[IndicatorKey, ...]
    area_codes: tuple[str, ...]
    period_kinds: tuple[str, ...]
    breakdowns: tuple[str, ...]
    senders: tuple[tuple[str, str], ...]

    @property
    def indicator_ids(self) -> tuple[str, ...]:
        """Every id once, sorted."""
        return tuple(sorted({indicator_id for indicator_id, _ in self.indicators}))


@dataclass(frozen=True)
class Bounds:
    """What the numbers of the rows are like, from one narrow pass.

    Attributes:
        rows: How many there are.
        first, last: The days between which periods begin, as days since 1970.
        largest: Of each column of numbers, the greatest distance from 0.
        is_mixed: The parts of a row's colour that are not the same in all rows.
    """

    rows: int
    first: int
    last: int
    largest: dict[str, int]
    is_mixed: frozenset[str]

    def may_overflow(self, name: str) -> bool:
        """Whether a sum of all rows might not fit an Int64."""
        return self.largest[name] * self.rows >= 2**63


@dataclass(frozen=True)
class Field:
    """One field of the packed key: an expression of whole numbers from 0 (null: an unknown name), and its bits."""

    name: str
    expression: pl.Expr
    bits: int


def position(column: str, names: Sequence[str]) -> pl.Expr:
    """The place of a text among names; null where it is none of them."""
    text = pl.col(column).cast(pl.String)
    if len(names) <= 3:
        # a few comparisons are cheaper than a look-up
        found = pl.lit(None, pl.Int64)
        for place, name in enumerate(names):
            found = pl.when(text == name).then(pl.lit(place, pl.Int64)).otherwise(found)
        return found
    return text.cast(pl.Enum(list(names)), strict=False).to_physical().cast(pl.Int64)


def bounds_of(rows: pl.LazyFrame) -> Bounds:
    """Ask the rows, in one pass over whole numbers and null masks, how much room they need."""
    schema = rows.collect_schema()
    numbers = [name for name in _NUMBERS if name in schema]
    asked = [
        pl.len().alias("rows"),
        pl.col("period_start").min().alias("first"),
        pl.col("period_start").max().alias("last"),
    ]
    for name in numbers:
        asked += [pl.col(name).min().alias(f"least {name}"), pl.col(name).max().alias(f"most {name}")]
    for name in (*_NUMBERS, "status", "value_status", *_INTERVAL):
        if name in schema:
            asked.append(pl.col(name).null_count().alias(f"nulls {name}"))
    if "is_revision" in schema:
        asked.append(pl.col("is_revision").fill_null(False).any().alias("is_revision"))
    said = rows.select(asked).collect(engine="streaming").row(0, named=True)
    count = int(said["rows"])
    mixed = {name for name in numbers if said[f"nulls {name}"]}
    mixed |= {name for name in ("status", "value_status") if name in schema and said[f"nulls {name}"] < count}
    mixed |= {"is_revision"} if said.get("is_revision") else set()
    mixed |= {"interval"} if all(said.get(f"nulls {name}", count) < count for name in _INTERVAL) else set()
    first, last = ((said[name] - _EPOCH).days if said[name] else 0 for name in ("first", "last"))
    largest = {name: max(abs(said[f"least {name}"] or 0), abs(said[f"most {name}"] or 0)) for name in numbers}
    return Bounds(count, first, last, largest, frozenset(mixed))


def fields_of(codes: Codes, bounds: Bounds) -> list[Field]:
    """Return the fields that identify a figure, an area and a colour; one for each that can differ.

    A field that is the same in all rows is left out of the key, and comes back as 0.
    """
    ids = codes.indicator_ids
    versions = sorted({version for _, version in codes.indicators})
    version = pl.col("indicator_version").cast(pl.Int64)
    newest = versions[-1] if versions else 0
    found = [
        Field("indicator_id", position("indicator_id", ids), _bits(len(ids))),
        Field("indicator_version", pl.when(version.is_between(0, newest)).then(version), _bits(newest + 1)),
        Field("period_kind", position("period_kind", codes.period_kinds), _bits(len(codes.period_kinds))),
        Field(
            "period_start",
            pl.col("period_start").to_physical().cast(pl.Int64) - bounds.first,
            _bits(bounds.last - bounds.first + 1),
        ),
        Field("breakdown", position("breakdown", codes.breakdowns), _bits(len(codes.breakdowns))),
        Field("area", position("area_code", codes.area_codes), _bits(len(codes.area_codes))),
    ]
    for name in _NUMBERS:
        if name in bounds.is_mixed:
            found.append(Field(f"lacks {name}", pl.col(name).is_null().cast(pl.Int64), 1))
    if "is_revision" in bounds.is_mixed:
        found.append(Field("is_revision", pl.col("is_revision").fill_null(False).cast(pl.Int64), 1))
    if "interval" in bounds.is_mixed:
        has_interval = pl.all_horizontal(pl.col(name).is_not_null() for name in _INTERVAL)
        found.append(Field("has_interval", has_interval.cast(pl.Int64), 1))
    for name, words in (("status", STATUSES), ("value_status", QUALIFIERS)):
        if name in bounds.is_mixed:
            # 0 for an empty cell, else the place and 1
            place = pl.when(pl.col(name).is_null()).then(pl.lit(0, pl.Int64)).otherwise(position(name, words) + 1)
            found.append(Field(name, place, _bits(len(words) + 1)))
    return found


def packed(fields: Sequence[Field]) -> list[tuple[pl.Expr, list[Field]]]:
    """Pack fields into as few Int64 as hold them: one, unless there are very many codes."""
    keys: list[tuple[pl.Expr, list[Field]]] = []
    used = _BITS_OF_A_KEY + 1
    for field in fields:
        if used + field.bits > _BITS_OF_A_KEY:
            keys.append((field.expression, [field]))
            used = field.bits
        else:
            key, members = keys[-1]
            keys[-1] = (key * 2**field.bits + field.expression, [*members, field])
            used += field.bits
    return keys


def unpacked(frame: pl.DataFrame, keys: Sequence[Sequence[Field]]) -> pl.DataFrame:
    """Return a frame with key_0, key_1, … taken apart into a column for each field.

    >>> parts = [Field("a", pl.col("a"), 2), Field("b", pl.col("b"), 3)]
    >>> unpacked(pl.DataFrame({"key_0": [2 * 8 + 5]}), [parts]).row(0, named=True)
    {'b': 5, 'a': 2}
    """
    for place, fields in enumerate(keys):
        shift, columns = 0, {}
        for field in reversed(fields):
            columns[field.name] = pl.col(f"key_{place}") // 2**shift % 2**field.bits
            shift += field.bits
        frame = frame.with_columns(**columns).drop(f"key_{place}")
    return frame


def _bits(codes: int) -> int:
    return max(1, (codes - 1).bit_length())
