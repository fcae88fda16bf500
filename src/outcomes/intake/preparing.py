"""From a table of texts to entries on which every rule can be held: the steps in their order."""

import polars as pl

from outcomes.intake.breakdowns import with_breakdown
from outcomes.intake.entries_model import TEXT_COLUMNS, Table
from outcomes.intake.identifying import with_identity
from outcomes.intake.measuring import with_numbers
from outcomes.intake.observations import KEY, OBSERVATION_COLUMNS
from outcomes.intake.relations import with_relations
from outcomes.intake.terms import Terms

__all__ = ["observations_frame", "prepared"]


def prepared(table: Table, terms: Terms) -> pl.DataFrame:
    """Return the entries of a table with every column that the rules look at.

    Arguments:
        table: The partner's rows.
        terms: What the check holds them against.
    """
    entries = with_identity(table.entries, terms)
    entries = with_breakdown(entries, terms)
    entries = with_numbers(entries, terms, refuses_commas=table.refuses_commas)
    entries = _with_texts(entries, terms)
    return with_relations(entries, terms)


def _with_texts(entries: pl.DataFrame, terms: Terms) -> pl.DataFrame:
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


def observations_frame(entries: pl.DataFrame, table: Table, terms: Terms) -> pl.DataFrame:
    """Return the observations' frame of entries that broke no rule; exact repeats once."""
    if "is_revision" not in entries.columns:
        entries = entries.with_columns(pl.lit(False).alias("is_revision"))
    return (
        entries.filter("is_kept")
        .with_columns(
            pl.lit(terms.partner.code if terms.partner else "").alias("partner_code"),
            pl.lit(table.sheet, dtype=pl.String).alias("sheet"),
            pl.lit(0, dtype=pl.Int64).alias("submission"),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in OBSERVATION_COLUMNS.items())
        .sort(KEY)
    )
