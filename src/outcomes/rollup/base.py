"""The one sum over many rows: codes become integers, rows become one exact sum for each figure, area and colour.

A *figure* is a place key without its area (indicator, version, period, breakdown); a *colour* says what stands in a row
(which numbers, which marker, which qualifier), so that rows are told apart after they were summed and never before.
A *sender* is a pair of partner and source. Each has one bit; the bits of a key's senders are summed like everything
else, and a sum of distinct bits has as many ones as rows went into it: so the sum also proves that no key came twice.

Codes that are declared are tried first; only where a row has another are the rows asked which codes there are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from outcomes.errors import TableError, UnknownNameError
from outcomes.rollup.packing import QUALIFIERS, STATUSES, Codes, bounds_of, fields_of, packed, unpacked
from outcomes.vocabulary import PeriodKind

__all__ = [
    "BITS_OF_A_WORD",
    "FIGURE_KEY",
    "BaseSums",
    "base_sums",
    "checked_int64",
    "own_source_named",
    "sender_columns",
]

FIGURE_KEY: Final = ("indicator_id", "indicator_version", "period_kind", "period_start", "breakdown")
# the sum of all bits of one word must stay a positive Int64
BITS_OF_A_WORD: Final = 62

_SENDER: Final = ("partner_code", "source_code")
_KINDS: Final = tuple(sorted(kind.value for kind in PeriodKind))
_LARGEST: Final = 2**63 - 1
_NUMBERS: Final = ("numerator", "denominator", "sum_of_squares")
_TEXT: Final = (pl.String, pl.Categorical, pl.Enum)


@dataclass(frozen=True)
class BaseSums:
    """The small table that everything after works on.

    Attributes:
        frame: figure, area (position in the list of area codes), has_numerator, has_denominator, has_sum_of_squares,
            is_revision, has_interval, status and value_status (0 for none, else the place in `STATUSES` or
            `QUALIFIERS` and 1), numerator, denominator, sum_of_squares, rows, and one column of sender bits for every
            62 senders.
        figures: figure (0, 1, …) with the columns of `FIGURE_KEY`, sorted by them.
        senders: partner_code and source_code; a sender's bit is its row's place.
    """

    frame: pl.DataFrame
    figures: pl.DataFrame
    senders: pl.DataFrame


def base_sums(rows: pl.LazyFrame, codes: Codes) -> BaseSums:
    """Sum rows of observations into one row for each figure, area and colour, by the streaming engine.

    Arguments:
        rows: The key's columns, numerator and denominator; of the others, those that there are are read.
        codes: Every indicator and area that may stand in the rows, and the period kinds, breakdowns and senders that
            are expected there; others of these three are found.

    Returns:
        Exact sums, sorted by figure and area.

    Raises:
        TableError: A column is missing or of a wrong type, a key stands twice, a key is empty, or a sum is too great.
        UnknownNameError: An indicator, version, area, kind of period or marker that nobody defined.
    """
    _hold_to_key(rows.collect_schema())
    sums = _summed(rows, codes)
    if sums is None:
        codes = _found(rows, codes)
        sums = _summed(rows, codes)
        if sums is None:
            raise _fault(rows, codes)
    _refuse_undeclared(sums, codes)
    return _with_figures(sums, codes)


def sender_columns(senders: int) -> list[str]:
    """Return the names of the columns that hold the bits of so many senders.

    >>> sender_columns(63)
    ['senders_0', 'senders_1']
    """
    return [f"senders_{word}" for word in range(max(1, -(-senders // BITS_OF_A_WORD)))]


def own_source_named(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return pairs of partner and source with the partner's code as source where it sends its own figures."""
    own = pl.when(pl.col("source_code").fill_null("") == "").then("partner_code").otherwise("source_code")
    return pairs.with_columns(own.alias("source_code"))


def checked_int64(frame: pl.DataFrame, columns: Sequence[str], where: str) -> pl.DataFrame:
    """Return the frame with 128-bit sums as Int64; TableError where one does not fit.

    >>> checked_int64(pl.DataFrame({"n": [1]}, schema={"n": pl.Int128}), ["n"], "the sum").schema["n"]
    Int64
    """
    wide = [name for name in columns if frame.schema[name] == pl.Int128]
    for name in wide:
        if frame.select((pl.col(name).abs() > _LARGEST).any()).item():
            raise TableError(
                f"{where}: {name} adds up to more than a table can hold ({_LARGEST:,}); the figures, or the "
                "indicator's numerator_scale and denominator_scale, are too great. Check the rows with the largest "
                "numbers."
            )
    return frame.with_columns(pl.col(name).cast(pl.Int64) for name in wide)


def _summed(rows: pl.LazyFrame, codes: Codes) -> pl.DataFrame | None:
    """The sums by packed key, taken apart; None where a row has a name that is none of the codes, or a key is twice."""
    bounds = bounds_of(rows)
    keys = packed(fields_of(codes, bounds))
    words = sender_columns(len(codes.senders))
    numbers = [
        # a sum in 128 bits cannot wrap; it is held against the 64 bits of the table afterwards
        pl.col(name).cast(pl.Int128 if bounds.may_overflow(name) else pl.Int64).sum()
        for name in bounds.largest
    ]
    named_keys = [key.alias(f"key_{place}") for place, (key, _) in enumerate(keys)]
    sums = (
        rows.with_columns(**_sender_bits(codes.senders))
        .group_by(named_keys)
        .agg(*numbers, pl.len().alias("rows"), *(pl.col(name).sum() for name in words))
        .collect(engine="streaming")
    )
    if sums.select(pl.any_horizontal(pl.col(f"key_{place}").is_null().any() for place in range(len(keys)))).item():
        return None
    sums = _with_colours(unpacked(sums, [fields for _, fields in keys]), bounds.first)
    sums = checked_int64(sums, _NUMBERS, "the base sum")
    return None if _has_twice(sums, words) else sums


def _sender_bits(senders: Sequence[tuple[str, str]]) -> dict[str, pl.Expr]:
    """The bits of each row's sender, in as many words as there must be; 0 where the sender is none of these."""
    partner, source = (pl.col(name).cast(pl.String).fill_null("") for name in _SENDER)
    if all(of_partner == of_source for of_partner, of_source in senders):
        texts, sent_by = [of_partner for of_partner, _ in senders], partner
        is_sender = (source == "") | (source == partner)
    else:
        # the unit separator stands in no code
        texts = [f"{of_partner}\x1f{of_source}" for of_partner, of_source in senders]
        sent_by = pl.concat_str(partner, pl.when(source == "").then(partner).otherwise(source), separator="\x1f")
        is_sender = pl.lit(True)
    place = sent_by.cast(pl.Enum(texts), strict=False).to_physical().cast(pl.UInt32)
    bits = {}
    for word, column in enumerate(sender_columns(len(senders))):
        of_word = (number - word * BITS_OF_A_WORD for number in range(len(senders)))
        values = [1 << number if 0 <= number < BITS_OF_A_WORD else 0 for number in of_word]
        bit = pl.lit(pl.Series(values, dtype=pl.Int64)).gather(place) if values else pl.lit(0, pl.Int64)
        bits[column] = pl.when(is_sender).then(bit).otherwise(0).fill_null(0)
    return bits


def _with_colours(sums: pl.DataFrame, first: int) -> pl.DataFrame:
    """Read the colour back; what was left out of the key is the same in all rows."""

    def of(name: str) -> pl.Expr:
        return pl.col(name) if name in sums.columns else pl.lit(0, pl.Int64)

    has_squares = (of("lacks sum_of_squares") == 0) if "sum_of_squares" in sums.columns else pl.lit(False)
    squares = pl.col("sum_of_squares") if "sum_of_squares" in sums.columns else pl.lit(0, pl.Int64)
    return sums.with_columns(
        period_start=(pl.col("period_start") + first).cast(pl.Int32).cast(pl.Date),
        area=pl.col("area").cast(pl.UInt32),
        sum_of_squares=squares,
        has_numerator=of("lacks numerator") == 0,
        has_denominator=of("lacks denominator") == 0,
        has_sum_of_squares=has_squares,
        is_revision=of("is_revision") == 1,
        has_interval=of("has_interval") == 1,
        status=of("status").cast(pl.UInt8),
        value_status=of("value_status").cast(pl.UInt8),
    ).drop("lacks numerator", "lacks denominator", "lacks sum_of_squares", strict=False)


def _has_twice(sums: pl.DataFrame, words: list[str]) -> bool:
    """Whether a key has more rows than senders: one came twice, or is not among the senders."""
    place_key = [*FIGURE_KEY, "area"]
    # the same sender may stand under two colours, so each word is summed over the colours first
    if sums.select(pl.struct(place_key).is_duplicated().any()).item():
        sums = sums.group_by(place_key).agg(pl.col("rows", *words).sum())
    ones = pl.sum_horizontal(pl.col(name).bitwise_count_ones() for name in words)
    return bool(sums.select((ones != pl.col("rows")).any()).item())


def _found(rows: pl.LazyFrame, codes: Codes) -> Codes:
    """The codes with the senders and breakdowns that the rows have, and every kind of period."""
    pairs = _distinct(rows, list(_SENDER))
    senders = {*codes.senders, *own_source_named(pairs).iter_rows()}
    breakdowns = _distinct(rows, ["breakdown"])["breakdown"]
    return replace(codes, senders=tuple(sorted(senders)), breakdowns=tuple(sorted(breakdowns)), period_kinds=_KINDS)


def _distinct(rows: pl.LazyFrame, columns: list[str]) -> pl.DataFrame:
    found = rows.select(pl.col(columns).cast(pl.String)).unique().collect(engine="streaming")
    return found.drop_nulls(columns[0]).with_columns(pl.col(columns).fill_null("")).sort(columns)


def _hold_to_key(schema: pl.Schema) -> None:
    needed = ("partner_code", "source_code", *FIGURE_KEY, "area_code", "numerator", "denominator")
    faults = [f"{name} is missing" for name in needed if name not in schema]
    texts = ("partner_code", "source_code", "indicator_id", "area_code", "period_kind", "breakdown")
    faults += [f"{name} is {schema[name]}, expected text" for name in texts if _is_other(schema, name, _TEXT)]
    whole = ("indicator_version", *_NUMBERS)
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


def _refuse_undeclared(sums: pl.DataFrame, codes: Codes) -> None:
    declared = set(codes.indicators)
    ids = codes.indicator_ids
    for place, version in sums.select("indicator_id", "indicator_version").unique().sort(pl.all()).iter_rows():
        if (ids[place], version) not in declared:
            raise UnknownNameError(f"indicator {ids[place]!r} has no version {version} in this partnership")


def _fault(rows: pl.LazyFrame, codes: Codes) -> Exception:
    """Find out which name nobody knows, or else say that a key came twice."""
    schema = rows.collect_schema()
    empty = [name for name in (*FIGURE_KEY, "area_code") if rows.select(pl.col(name).is_null().any()).collect().item()]
    if empty:
        return TableError(f"the table of observations does not hold: {', '.join(empty)} is empty in some rows")
    offered: dict[str, Iterable[str]] = {
        "indicator_id": codes.indicator_ids,
        "area_code": codes.area_codes,
        "period_kind": _KINDS,
        "status": STATUSES,
        "value_status": QUALIFIERS,
    }
    for column, names in offered.items():
        if column in schema:
            unknown = sorted(set(_distinct(rows, [column])[column]) - set(names))
            if unknown:
                return UnknownNameError(
                    f"{column}: nobody defined {', '.join(map(repr, unknown[:10]))}"
                    f"{f' and {len(unknown) - 10} more' if len(unknown) > 10 else ''}; "
                    "the names that this partnership's files define are expected"
                )
    newest = max(version for _, version in codes.indicators)
    if rows.select(~pl.col("indicator_version").is_between(0, newest).all()).collect().item():
        return UnknownNameError(f"indicator_version: 1 to {newest} is expected, the newest that a framework defines")
    return TableError(
        "the table of observations does not hold: some keys have two rows of the same partner and source; one row for "
        "each partner, source, indicator, version, area, period and breakdown is expected. Keep the row that counts."
    )


def _with_figures(sums: pl.DataFrame, codes: Codes) -> BaseSums:
    keys = sums.select(FIGURE_KEY).unique().sort(FIGURE_KEY).with_row_index("figure")
    frame = sums.join(keys, on=FIGURE_KEY, how="left").drop(FIGURE_KEY)
    figures = keys.with_columns(
        pl.col("indicator_version").cast(pl.Int32),
        *(
            pl.lit(pl.Series(names, dtype=pl.String)).gather(name).alias(name)
            for name, names in (
                ("indicator_id", codes.indicator_ids),
                ("period_kind", codes.period_kinds),
                ("breakdown", codes.breakdowns),
            )
            if names
        ),
    )
    senders = pl.DataFrame(list(codes.senders), schema=dict.fromkeys(_SENDER, pl.String), orient="row")
    # codes stand in the order of their texts, so figures sorted by code are sorted by text
    return BaseSums(frame.sort("figure", "area"), figures, senders)
