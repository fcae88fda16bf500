"""From a table of texts to entries on which every rule can be held: the steps in their order."""

from typing import Final

import polars as pl

from outcomes.intake.breakdowns import with_breakdown
from outcomes.intake.entries import Entries
from outcomes.intake.entries_model import ADDED, TEXT_COLUMNS, Table
from outcomes.intake.identifying import with_identity
from outcomes.intake.measuring import with_numbers
from outcomes.intake.observations import OBSERVATION_COLUMNS
from outcomes.intake.relations import with_relations
from outcomes.intake.terms import Terms

__all__ = ["observations_frame", "prepared"]

_MOST_SORTED: Final = 1 << 62


def prepared(table: Table, terms: Terms) -> Entries:
    """Return the entries of a table with every column that the rules look at.

    Arguments:
        table: The partner's rows.
        terms: What the check holds them against.
    """
    entries = Entries(table.entries)
    if ADDED not in entries.columns:
        entries = entries.with_columns(pl.lit(False).alias(ADDED))
    entries = with_identity(entries, terms, table.readings)
    entries = with_breakdown(entries, terms)
    entries = with_numbers(entries, terms, refuses_commas=table.refuses_commas)
    entries = _with_texts(entries, terms)
    return with_relations(entries, terms)


def _with_texts(entries: Entries, terms: Terms) -> Entries:
    for column in TEXT_COLUMNS:
        if f"{column}_text" not in entries.columns:
            entries = entries.with_columns(pl.lit(None, dtype=pl.String).alias(column))
            continue
        text = pl.col(f"{column}_text")
        folded = text.str.strip_chars().str.to_lowercase()
        is_null_word = folded.is_in(sorted(terms.null_words)).fill_null(False)
        entries = entries.with_columns(
            pl.when(is_null_word).then(pl.lit("null_word")).otherwise(pl.lit("text")).alias(f"{column}_form"),
            pl.when(~is_null_word).then(text).alias(column),
        )
    return entries


def observations_frame(entries: Entries, table: Table, terms: Terms) -> pl.DataFrame:
    """Return the observations' frame of entries that broke no rule; exact repeats once."""
    kept = entries.only([*OBSERVATION_COLUMNS, "key", "address_at"])
    if not entries["is_kept"].all():
        kept = kept.at(entries["is_kept"].arg_true())
    kept = kept.at(_order(kept["key"]))
    columns: list[pl.Expr | pl.Series] = [
        pl.lit(terms.partner.code if terms.partner else "").alias("partner_code"),
        _sheets(kept, table).alias("sheet"),
        pl.lit(0, dtype=pl.Int64).alias("submission"),
    ]
    if "is_revision" not in kept.columns:
        columns.append(pl.lit(False).alias("is_revision"))
    return kept.with_columns(columns).select(pl.col(name).cast(dtype) for name, dtype in OBSERVATION_COLUMNS.items())


def _sheets(kept: Entries, table: Table) -> pl.Expr | pl.Series:
    sheets = [address.sheet for address in table.addresses]
    if "address_at" not in kept.columns or len(set(sheets)) == 1:
        return pl.lit(sheets[0], dtype=pl.String)
    return pl.Series(sheets, dtype=pl.String).gather(kept["address_at"].cast(pl.UInt32))


def _order(keys: pl.Series) -> pl.Series:
    """Return the rows in the order of their keys, of which no two are the same."""
    count = max(len(keys), 1)
    if not len(keys) or int(keys.max()) >= _MOST_SORTED // count:  # type: ignore[arg-type]
        return keys.arg_sort()
    rows = pl.int_range(len(keys), dtype=pl.UInt64, eager=True)
    return ((keys.cast(pl.UInt64) * count + rows).sort() % count).cast(pl.UInt32)
