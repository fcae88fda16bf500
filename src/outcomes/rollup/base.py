"""The one sum over many rows: codes become integers, rows become one exact sum for each figure, area and colour.

A *figure* is a place key without its area (indicator, version, period, breakdown); a *colour* says what stands in a row
(which numbers, which marker, which qualifier), so that rows are told apart after they were summed and never before.
A *sender* is a pair of partner and source. Each has one bit; the bits of a key's senders are summed like everything
else, and a sum of distinct bits has as many ones as rows went into it: so the sum also proves that no key came twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from outcomes.errors import TableError, UnknownNameError
from outcomes.framework.model import IndicatorKey
from outcomes.vocabulary import PeriodKind, Qualifier, RowStatus

__all__ = [
    "BITS_OF_A_WORD",
    "FIGURE_KEY",
    "QUALIFIERS",
    "STATUSES",
    "BaseSums",
    "base_sums",
    "checked_int64",
    "own_source_named",
    "sender_columns",
]

FIGURE_KEY: Final = ("indicator_id", "indicator_version", "period_kind", "period_start", "breakdown")
STATUSES: Final = tuple(status.value for status in RowStatus)
QUALIFIERS: Final = tuple(qualifier.value for qualifier in Qualifier)

_SENDER: Final = ("partner_code", "source_code")
_NAMED_SENDER: Final = ("sender_partner", "sender_source")
# the sum of all bits of one word must stay a positive Int64
BITS_OF_A_WORD: Final = 62
_KINDS: Final = tuple(sorted(kind.value for kind in PeriodKind))
# so that no day is a negative number
_DAYS_BEFORE_1970: Final = -date.min.toordinal() + date(1970, 1, 1).toordinal()
_DAYS_BITS: Final = 22
_LARGEST: Final = 2**63 - 1
_TEXT: Final = (pl.String, pl.Categorical, pl.Enum)


@dataclass(frozen=True)
class BaseSums:
    """The small table that everything after works on.

    Attributes:
        frame: figure, area (position in the list of area codes), has_numerator, has_denominator, has_sum_of_squares,
            is_revision, has_interval, status, value_status, numerator, denominator, sum_of_squares, rows, and one
            column of sender bits for every 62 senders.
        figures: figure (0, 1, …) with the columns of `FIGURE_KEY`, sorted by them.
        senders: partner_code and source_code; a sender's bit is its row's place.
    """

    frame: pl.DataFrame
    figures: pl.DataFrame
    senders: pl.DataFrame


@dataclass(frozen=True)
class _Code:
    """One field of the packed key: an expression of whole numbers from 0, and the bits that it needs."""

    name: str
    expression: pl.Expr
    bits: int


def base_sums(
    rows: pl.LazyFrame,
    indicators: Iterable[IndicatorKey],
    area_codes: Sequence[str],
    expected_senders: Iterable[tuple[str, str]] = (),
) -> BaseSums:
    """Sum rows of observations into one row for each figure, area and colour, in one streaming pass.

    Arguments:
        rows: The key's columns, numerator and denominator; of the others, those that there are are read.
        indicators: Every indicator's (id, version) that may stand in the rows.
        area_codes: Every area code that may stand in them.
        expected_senders: Pairs of partner and source that should be there; each has a bit, sent or not.

    Returns:
        Exact sums, sorted by figure and area.

    Raises:
        TableError: A column is missing or of a wrong type, a key stands twice, a key is empty, or a sum is too great.
        UnknownNameError: An indicator, version, area, kind of period or marker that nobody defined.
    """
    schema = rows.collect_schema()
    _hold_to_key(schema)
    # one narrow pass for the two columns whose codes nobody declares
    due = pl.DataFrame(sorted(expected_senders), schema=dict.fromkeys(_SENDER, pl.String), orient="row")
    pairs = _distinct(rows, list(_SENDER))
    senders = pl.concat([own_source_named(pairs), due]).unique().sort(_SENDER)
    breakdowns = _distinct(rows, ["breakdown"])["breakdown"].to_list()
    known = sorted(indicators)
    ids = sorted({indicator_id for indicator_id, _ in known})
    newest = max((version for _, version in known), default=0)
    version = pl.col("indicator_version")
    codes = [
        _Code("indicator_id", _position("indicator_id", ids), _bits(len(ids))),
        _Code("indicator_version", pl.when(version.is_between(0, newest)).then(version), _bits(newest + 1)),
        _Code("period_kind", _position("period_kind", _KINDS), _bits(len(_KINDS))),
        _Code("period_start", pl.col("period_start").to_physical() + _DAYS_BEFORE_1970, _DAYS_BITS),
        _Code("breakdown", _position("breakdown", breakdowns), _bits(len(breakdowns))),
        _Code("area", _position("area_code", area_codes), _bits(len(area_codes))),
        _Code("colour", _colour(schema), 11),
    ]
    keys = _packed(codes)
    words = [pl.col(name).sum() for name in sender_columns(senders.height)]
    sums = (
        rows.with_columns(**_sender_bits(pairs, senders))
        .group_by([key.alias(f"key_{place}") for place, (key, _) in enumerate(keys)])
        .agg(
            # a sum in 128 bits cannot wrap, and is held against the 64 bits of the table afterwards
            *(pl.col(name).cast(pl.Int128).sum() for name in _numbers(schema)),
            pl.len().alias("rows"),
            *words,
        )
        .collect(engine="streaming")
    )
    if sums.select(pl.any_horizontal(pl.col(f"key_{place}").is_null().any() for place in range(len(keys)))).item():
        raise _unknown(rows, known, area_codes)
    for place, (_, packed) in enumerate(keys):
        sums = _unpacked(sums, f"key_{place}", packed)
    _refuse_undeclared(sums, known, ids)
    _refuse_twice(sums, senders.height)
    if "sum_of_squares" not in schema:
        sums = sums.with_columns(sum_of_squares=pl.lit(0, pl.Int128))
    sums = checked_int64(sums, ["numerator", "denominator", "sum_of_squares"], "the base sum")
    return _with_figures(_with_colours(sums), senders, ids, breakdowns)


def sender_columns(senders: int) -> list[str]:
    """Return the names of the columns that hold the bits of so many senders.

    >>> sender_columns(63)
    ['senders_0', 'senders_1']
    """
    return [f"senders_{word}" for word in range(max(1, -(-senders // BITS_OF_A_WORD)))]


def checked_int64(frame: pl.DataFrame, columns: Sequence[str], where: str) -> pl.DataFrame:
    """Return the frame with 128-bit sums as Int64; TableError where one does not fit.

    >>> checked_int64(pl.DataFrame({"n": [1]}, schema={"n": pl.Int128}), ["n"], "the sum").schema["n"]
    Int64
    """
    too_great = frame.select(pl.any_horizontal((pl.col(name).abs() > _LARGEST).any() for name in columns)).item()
    if too_great:
        names = ", ".join(
            name for name in columns if frame.select((pl.col(name).abs() > _LARGEST).any().fill_null(False)).item()
        )
        raise TableError(
            f"{where}: {names} adds up to more than a table can hold ({_LARGEST:,}); the figures, or the indicator's "
            "numerator_scale and denominator_scale, are too great. Check the rows with the largest numbers."
        )
    return frame.with_columns(pl.col(name).cast(pl.Int64) for name in columns)


def _hold_to_key(schema: pl.Schema) -> None:
    needed = ("partner_code", "source_code", *FIGURE_KEY, "area_code", "numerator", "denominator")
    faults = [f"{name} is missing" for name in needed if name not in schema]
    texts = ("partner_code", "source_code", "indicator_id", "area_code", "period_kind", "breakdown")
    faults += [f"{name} is {schema[name]}, expected text" for name in texts if _is_other(schema, name, _TEXT)]
    whole = ("indicator_version", "numerator", "denominator", "sum_of_squares")
    faults += [
        f"{name} is {schema[name]}, expected whole numbers"
        for name in whole
        if name in schema and not schema[name].is_integer()
    ]
    faults += [
        f"{name} is {schema[name]}, expected {expected}"
        for name, expected in (("period_start", pl.Date), ("is_revision", pl.Boolean))
        if _is_other(schema, name, (expected,))
    ]
    if faults:
        raise TableError("the table of observations does not hold: " + "; ".join(faults))


def _is_other(schema: pl.Schema, name: str, expected: tuple[type[pl.DataType], ...]) -> bool:
    return name in schema and schema[name].base_type() not in expected


def _distinct(rows: pl.LazyFrame, columns: list[str]) -> pl.DataFrame:
    found = rows.select(pl.col(columns).cast(pl.String)).unique().collect(engine="streaming")
    return found.drop_nulls(columns[0]).with_columns(pl.col(columns).fill_null("")).sort(columns)


def _bits(codes: int) -> int:
    return max(1, (codes - 1).bit_length())


def _position(column: str, codes: Sequence[str]) -> pl.Expr:
    """The place of a text among the known codes; null where it is none of them."""
    return pl.col(column).cast(pl.String).cast(pl.Enum(list(codes)), strict=False).to_physical()


def _numbers(schema: pl.Schema) -> list[str]:
    return [name for name in ("numerator", "denominator", "sum_of_squares") if name in schema]


def _colour(schema: pl.Schema) -> pl.Expr:
    """What stands in a row, as one small number; `_with_colours` reads it back."""
    colour = pl.col("numerator").is_null().cast(pl.Int64) + pl.col("denominator").is_null().cast(pl.Int64) * 2
    if "sum_of_squares" in schema:
        colour += pl.col("sum_of_squares").is_null().cast(pl.Int64) * 4
    else:
        colour += 4
    if "is_revision" in schema:
        colour += pl.col("is_revision").fill_null(False).cast(pl.Int64) * 8
    if {"value", "lower_ci_95", "upper_ci_95"} <= set(schema):
        has_interval = pl.all_horizontal(pl.col("value", "lower_ci_95", "upper_ci_95").is_not_null())
        colour += has_interval.cast(pl.Int64) * 16
    for column, words, shift in (("status", STATUSES, 5), ("value_status", QUALIFIERS, 7)):
        if column in schema:
            # 0 where the cell is empty; an unknown word makes the colour, and so the key, null
            place = pl.when(pl.col(column).is_null()).then(0).otherwise(_position(column, words).cast(pl.Int64) + 1)
            colour += place * 2**shift
    return colour


def _with_colours(sums: pl.DataFrame) -> pl.DataFrame:
    colour = pl.col("colour")
    status, qualifier = colour // 32 % 4, colour // 128
    return sums.with_columns(
        has_numerator=colour % 2 == 0,
        has_denominator=colour // 2 % 2 == 0,
        has_sum_of_squares=colour // 4 % 2 == 0,
        is_revision=colour // 8 % 2 == 1,
        has_interval=colour // 16 % 2 == 1,
        # 0 for none, else the place in STATUSES or QUALIFIERS plus 1
        status=status.cast(pl.UInt8),
        value_status=qualifier.cast(pl.UInt8),
    ).drop("colour")


def _packed(codes: Sequence[_Code]) -> list[tuple[pl.Expr, list[_Code]]]:
    """Pack the fields into as few Int64 keys as hold them: one, unless there are very many codes."""
    keys: list[tuple[pl.Expr, list[_Code]]] = []
    used = BITS_OF_A_WORD + 1
    for code in codes:
        if used + code.bits > BITS_OF_A_WORD:
            keys.append((code.expression.cast(pl.Int64), [code]))
            used = code.bits
        else:
            key, members = keys[-1]
            keys[-1] = (key * 2**code.bits + code.expression.cast(pl.Int64), [*members, code])
            used += code.bits
    return keys


def _unpacked(sums: pl.DataFrame, key: str, codes: Sequence[_Code]) -> pl.DataFrame:
    shift = 0
    fields = {}
    for code in reversed(codes):
        fields[code.name] = pl.col(key) // 2**shift % 2**code.bits
        shift += code.bits
    return sums.with_columns(**fields).drop(key)


def own_source_named(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return pairs of partner and source with the partner's code as source where it sends its own figures."""
    own = pl.when(pl.col("source_code").fill_null("") == "").then("partner_code").otherwise("source_code")
    return pairs.with_columns(own.alias("source_code"))


def _sender_bits(pairs: pl.DataFrame, senders: pl.DataFrame) -> dict[str, pl.Expr]:
    """The expressions of the bits of each row's sender, in as many words as there must be."""
    columns = sender_columns(senders.height)
    placed = (
        pairs.with_row_index("pair")
        .with_columns(own_source_named(pairs).rename(dict(zip(_SENDER, _NAMED_SENDER, strict=True))))
        .join(senders.with_row_index("place"), left_on=_NAMED_SENDER, right_on=_SENDER)
        .sort("pair")
    )
    places = placed["place"].to_list()
    partner, source = (pl.col(name).cast(pl.String).fill_null("") for name in _SENDER)
    if pairs["partner_code"].n_unique() == pairs.height:
        texts, sent_by = pairs["partner_code"].to_list(), partner
    else:
        # the unit separator stands in no code
        texts = [f"{of_partner}\x1f{of_source}" for of_partner, of_source in pairs.iter_rows()]
        sent_by = pl.concat_str(partner, source, separator="\x1f")
    bits = {}
    for word, column in enumerate(columns):
        of_word = [place - word * BITS_OF_A_WORD for place in places]
        values = [1 << place if 0 <= place < BITS_OF_A_WORD else 0 for place in of_word]
        bits[column] = (
            sent_by.replace_strict(texts, values, return_dtype=pl.Int64) if pairs.height > 1 else pl.lit(sum(values), pl.Int64)
        )
    return bits


def _refuse_twice(sums: pl.DataFrame, senders: int) -> None:
    place_key = [*FIGURE_KEY, "area"]
    ones = sum((pl.col(name).bitwise_count_ones() for name in sender_columns(senders)), start=pl.lit(0, pl.UInt32))
    # the same sender may stand under two colours, so each word is summed over the colours first
    words = [pl.col(name).sum() for name in sender_columns(senders)]
    if sums.select(pl.struct(place_key).is_duplicated().any()).item():
        sums = sums.group_by(place_key).agg(pl.col("rows").sum(), *words)
    twice = sums.filter(ones != pl.col("rows")).height
    if twice:
        raise TableError(
            f"the table of observations does not hold: {twice} place key{'s have' if twice > 1 else ' has'} two rows "
            "of the same partner and source; one row for each partner, source, indicator, version, area, period and "
            "breakdown is expected. Keep the row that counts."
        )


def _refuse_undeclared(sums: pl.DataFrame, known: Sequence[IndicatorKey], ids: Sequence[str]) -> None:
    declared = set(known)
    for position, version in sums.select("indicator_id", "indicator_version").unique().sort(pl.all()).iter_rows():
        if (ids[position], version) not in declared:
            raise UnknownNameError(f"indicator {ids[position]!r} has no version {version} in this partnership")


def _unknown(rows: pl.LazyFrame, known: Sequence[IndicatorKey], area_codes: Sequence[str]) -> Exception:
    """Find out which name made a key null, and say so."""
    offered: dict[str, Iterable[str]] = {
        "indicator_id": {indicator_id for indicator_id, _ in known},
        "area_code": area_codes,
        "period_kind": _KINDS,
        "status": STATUSES,
        "value_status": QUALIFIERS,
    }
    schema = rows.collect_schema()
    empty = [name for name in (*FIGURE_KEY, "area_code") if rows.select(pl.col(name).is_null().any()).collect().item()]
    if empty:
        return TableError(f"the table of observations does not hold: {', '.join(empty)} is empty in some rows")
    for column, names in offered.items():
        if column in schema:
            found = _distinct(rows, [column])[column]
            unknown = sorted(set(found) - set(names))
            if unknown:
                return UnknownNameError(
                    f"{column}: nobody defined {', '.join(map(repr, unknown[:10]))}"
                    f"{f' and {len(unknown) - 10} more' if len(unknown) > 10 else ''}; "
                    "the names that this partnership's files define are expected"
                )
    newest = max(version for _, version in known)
    return UnknownNameError(f"indicator_version: 1 to {newest} is expected, the newest that a framework defines")


def _with_figures(sums: pl.DataFrame, senders: pl.DataFrame, ids: Sequence[str], breakdowns: Sequence[str]) -> BaseSums:
    keys = sums.select(FIGURE_KEY).unique().sort(FIGURE_KEY).with_row_index("figure")
    frame = sums.join(keys, on=FIGURE_KEY, how="left").drop(FIGURE_KEY).with_columns(pl.col("area").cast(pl.UInt32))
    figures = keys.select(
        "figure",
        _named("indicator_id", ids),
        pl.col("indicator_version").cast(pl.Int32),
        _named("period_kind", _KINDS),
        (pl.col("period_start") - _DAYS_BEFORE_1970).cast(pl.Int32).cast(pl.Date).alias("period_start"),
        _named("breakdown", breakdowns),
    )
    # codes stand in the order of their texts, so figures sorted by code are sorted by text
    return BaseSums(frame.sort("figure", "area"), figures, senders)


def _named(column: str, codes: Sequence[str]) -> pl.Expr:
    names = pl.lit(pl.Series(codes, dtype=pl.String))
    return names.gather(pl.col(column)).alias(column) if codes else pl.lit(None, pl.String).alias(column)
