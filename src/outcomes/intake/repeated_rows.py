"""Tells rows that speak of the same thing several times: whether they say the same, or contradict one another."""

from typing import Final

import polars as pl

from outcomes.intake.entries import Entries
from outcomes.intake.entries_model import ROW_SAID, TEXT_COLUMNS
from outcomes.vocabulary import RowStatus

__all__ = ["first_rows", "with_ambiguous", "with_repeats"]

_FIGURE: Final = ("numerator", "denominator", "status")
_PUBLISHED_FIGURE: Final = ("value", "lower_ci_95", "upper_ci_95")
_COMPARED: Final = (
    *("at", "row", "key", "is_published", *_FIGURE, *_PUBLISHED_FIGURE),
    *("needs_numerator", "needs_denominator", "needs_value"),
    *("numerator_form", "denominator_form", "value_form", "value_mantissa"),
)
# what a row says beside its figure
_BESIDE: Final = ("value", *TEXT_COLUMNS)
_DROPPED: Final = [f"is_{name}_dropped" for name in _BESIDE]
_STATUSES: Final = [status.value for status in RowStatus]
_SHOWN_ROWS: Final = 10
# so many keys are marked one by one; of more the different ones are counted
_MOST_MARKED: Final = 1 << 26


def _repeated(keys: pl.Series) -> pl.Series:
    """Return for each key whether it stands in another row, too."""
    places = int(keys.max()) + 1 if len(keys) else 0  # type: ignore[arg-type]
    if places <= _MOST_MARKED and pl.repeat(False, places, eager=True).scatter(keys, True).sum() == len(keys):
        return pl.repeat(False, len(keys), eager=True)
    # in order, keys that are the same stand side by side
    ordered = keys.sort()
    several = ordered.slice(1).filter(ordered.slice(1) == ordered.head(max(len(keys) - 1, 0)))
    return keys.is_in(several.implode())


def with_repeats(entries: Entries) -> Entries:
    """Return the entries with what rows are to others with the same key.

    Arguments:
        entries: With identity, breakdown, numbers and texts, and `at`, `has_key` and `key`.

    Returns:
        New columns is_repeat, is_conflict, partners (the rows concerned, as text), is_first_of_figure (of rows that
        contradict one another the first of each different figure: it is named before the others), is_kept (the first
        of its key), and of repeats is_<column>_dropped and kept_row, where the first row does not say it.
    """
    has_key, keys = entries["has_key"], entries["key"]
    if has_key.all():
        repeated = _repeated(keys).arg_true()
    else:
        repeated = has_key.arg_true().gather(_repeated(keys.filter(has_key)).arg_true())
    if repeated.is_empty():
        flags = ("is_repeat", "is_conflict", "is_first_of_figure", *_DROPPED)
        return entries.with_columns(
            *(pl.lit(False).alias(flag) for flag in flags),
            pl.lit(None, dtype=pl.String).alias("partners"),
            pl.lit(None, dtype=pl.String).alias("kept_row"),
            pl.col("has_key").alias("is_kept"),
        )
    found = _compared(entries.only([*_COMPARED, "address_at", ROW_SAID]).at(repeated))
    told = found.select("is_repeat", "is_conflict", "is_first_of_figure", "partners")
    entries = entries.with_some("repeat_at", repeated, told)
    entries = entries.with_columns(has_key.scatter(repeated, found["is_kept"]).alias("is_kept"))
    return _with_dropped(entries, found.filter(pl.col("is_repeat") & ~pl.col("is_kept")))


def _with_dropped(entries: Entries, later: pl.DataFrame) -> Entries:
    """Say what stands in a repeated row and not in the first one, which alone is kept."""
    held = [name for name in _BESIDE if entries[name].null_count() < entries.height]
    names = [*held, "row", ROW_SAID] if ROW_SAID in entries.columns else [*held, "row"]
    own, first = (
        entries.only(names).at(later[at]).select(names).with_columns(pl.col(pl.String, pl.Enum).cast(pl.String))
        for at in ("at", "first_at")
    )
    told = pl.DataFrame(
        [
            _is_dropped(own[name], first[name]) if name in held else pl.repeat(False, later.height, eager=True)
            for name in _BESIDE
        ],
        schema=_DROPPED,
    ).with_columns(first[names[-1]].cast(pl.String).alias("kept_row"))
    is_any = told.select(pl.any_horizontal(_DROPPED)).to_series()
    return entries.with_some("dropped_at", later["at"].filter(is_any), told.filter(is_any))


def _is_dropped(own: pl.Series, first: pl.Series) -> pl.Series:
    if own.dtype == pl.String:
        own, first = own.str.strip_chars(), first.str.strip_chars()
        return (own != "").fill_null(False) & own.ne_missing(first)
    return own.is_not_null() & own.ne_missing(first)


def _compared(entries: Entries) -> pl.DataFrame:
    """Return of rows whose key stands several times what they are to the others with it, in their order."""
    published = [pl.when(pl.col("is_published")).then(pl.col(name)).alias(name) for name in _PUBLISHED_FIGURE]
    figure = pl.struct(*(pl.col(name) for name in _FIGURE), *published)
    # a number that could not be read is its own fault, and contradicts no other row
    told = [name for name in ("address_at", ROW_SAID) if name in entries.columns]
    repeated = entries.select("at", "row", "key", *told, figure.alias("figure"), _is_read().alias("is_read"))
    read = repeated.filter("is_read")
    groups = (
        repeated.group_by("key")
        .agg(pl.col("at").min().alias("first_at"))
        .join(
            read.group_by("key").agg(
                pl.len().alias("group_size"),
                pl.col("figure").n_unique().alias("figures"),
                first_rows(read).alias("group_rows"),
            ),
            on="key",
            how="left",
        )
    )
    conflicting = groups.filter(pl.col("figures") > 1)["key"]
    firsts, rows_told = _told_apart(read.filter(pl.col("key").is_in(conflicting.implode())))
    groups = groups.join(rows_told, on="key", how="left")
    joined = repeated.select("at", "key", "is_read").join(groups, on="key", how="left", maintain_order="left")
    is_group = (pl.col("group_size") > 1).fill_null(False) & pl.col("is_read")
    rows = pl.coalesce("rows_told", "group_rows").list.join(", ")
    more = pl.when(pl.col("group_size") > _SHOWN_ROWS).then(pl.lit(" and others")).otherwise(pl.lit(""))
    return joined.select(
        "at",
        "first_at",
        (is_group & (pl.col("figures") == 1)).alias("is_repeat"),
        (is_group & (pl.col("figures") > 1)).alias("is_conflict"),
        pl.col("at").is_in(firsts.implode()).alias("is_first_of_figure"),
        (rows + more).alias("partners"),
        (pl.col("at") == pl.col("first_at")).alias("is_kept"),
    )


def _told_apart(conflicting: pl.DataFrame) -> tuple[pl.Series, pl.DataFrame]:
    """Return where rows that contradict one another first say something else, and of each key the rows to be named:
    those first, then others; a row that differs from a thousand like it is never left out."""
    firsts = conflicting.unique(["key", "figure"], keep="first", maintain_order=True)["at"]
    is_first = pl.col("at").is_in(firsts.implode())
    named = conflicting.sort(~is_first, "at").group_by("key", maintain_order=True).head(_SHOWN_ROWS)
    return firsts, named.group_by("key").agg(first_rows(named).alias("rows_told"))


def _is_read() -> pl.Expr:
    """Whether every number that the indicator needs is there, or a marker in place of it."""

    def is_lacking(column: str, number: str) -> pl.Expr:
        is_empty = pl.col(number).is_null() & pl.col(f"{column}_form").cast(pl.String).is_in(_STATUSES).not_()
        return pl.col(f"needs_{column}") & is_empty

    lacking = (is_lacking("numerator", "numerator"), is_lacking("denominator", "denominator"))
    is_blank_read = pl.col("status").is_not_null() & pl.col("is_published")
    return is_blank_read | pl.any_horizontal(*lacking, is_lacking("value", "value_mantissa")).not_()


def first_rows(entries: pl.DataFrame) -> pl.Expr:
    """The first rows of a group, as they are said; a row that holds several figures once."""
    if ROW_SAID in entries.columns:
        return pl.col(ROW_SAID).sort_by("row", ROW_SAID).unique(maintain_order=True).head(_SHOWN_ROWS)
    rows = pl.col("row").unique() if "address_at" in entries.columns else pl.col("row")
    return rows.sort().head(_SHOWN_ROWS).cast(pl.String)


def with_ambiguous(entries: Entries, *, is_let_in: bool) -> Entries:
    """Set rows aside that contradict one another, where the layout says that they cannot be told apart."""
    if not is_let_in:
        return entries.with_columns(pl.lit(False).alias("is_ambiguous"))
    return entries.with_columns(
        pl.col("is_conflict").alias("is_ambiguous"),
        pl.lit(False).alias("is_conflict"),
        (pl.col("is_kept") & pl.col("is_conflict").not_()).alias("is_kept"),
    )
