"""Holds a figure that is sent for a larger area against the sum of the smaller areas in the same file."""

from typing import Final

import polars as pl

from outcomes.intake.entries import Entries
from outcomes.intake.terms import Terms

__all__ = ["with_area_sums"]

_NUMBERS: Final = ("numerator", "denominator")
# all of a figure's key but the place
_FIGURE: Final = ("indicator_id", "indicator_version", "period_start", "period_end", "source_code", "breakdown")


def with_area_sums(entries: Entries, terms: Terms) -> Entries:
    """Return the entries with is_<column>_off_areas and, in words, <column>_areas: how many parts, and their sum.

    A whole is compared where every part of it that exists in the period has a number in the file, each with its full
    weight; the parts are the areas below it at the level at which the indicator is collected.

    Arguments:
        entries: With identity, numbers and relations.
        terms: The areas and what lies in what.
    """
    is_compared = pl.col("is_whole") & pl.col("is_kept") & ~pl.col("is_published")
    if not entries["is_whole"].fill_null(value=False).any():
        return entries
    wholes = entries.filter(is_compared).select(
        "at", *_FIGURE, "expected_level", pl.col("area_code").alias("whole"), *_NUMBERS
    )
    parts = _parts(wholes["whole"], terms)
    if parts.is_empty():
        return entries
    held = (
        wholes.lazy()
        .join(parts.lazy(), on=["whole", "expected_level"])
        .filter(
            pl.col("valid_from").is_null() | (pl.col("valid_from") <= pl.col("period_start")),
            pl.col("valid_to").is_null() | (pl.col("period_end") <= pl.col("valid_to")),
        )
        .join(
            entries.filter("is_kept")
            .select(*_FIGURE, "area_code", *(pl.col(name).alias(f"{name}_part") for name in _NUMBERS))
            .lazy(),
            on=[*_FIGURE, "area_code"],
            how="left",
        )
        .group_by("at")
        .agg(
            pl.len().alias("parts"),
            *(pl.col(name).first() for name in _NUMBERS),
            *(
                expression
                for name in _NUMBERS
                for expression in (
                    pl.col(f"{name}_part").sum().alias(f"{name}_sum"),
                    pl.col(f"{name}_part").null_count().alias(f"{name}_gaps"),
                )
            ),
        )
        .collect()
    )
    for name in _NUMBERS:
        is_off = (pl.col(f"{name}_gaps") == 0) & (pl.col(name) != pl.col(f"{name}_sum"))
        found = held.filter(is_off)
        found = found.with_columns(entries.at(found["at"]).select(f"{name}_scale"))
        total = pl.col(f"{name}_sum")
        scale = pl.col(f"{name}_scale")
        shown = (
            pl.when(total % scale == 0)
            .then((total // scale).cast(pl.String))
            .otherwise((total / scale).cast(pl.String))
        )
        words = pl.format("its {} areas in this file add up to {}", "parts", shown).alias(f"{name}_areas")
        told = found.select(words, pl.lit(True).alias(f"is_{name}_off_areas"))
        entries = entries.with_some(f"{name}_areas_at", found["at"], told)
    return entries


def _parts(wholes: pl.Series, terms: Terms) -> pl.DataFrame:
    """Return whole, expected_level, area_code and its dates, of wholes all of which lies in them for good and fully."""
    frame = terms.partnership.footprints.frame
    is_plain = (pl.col("weight") == 1.0) & pl.col("valid_from").is_null() & pl.col("valid_to").is_null()
    shared = set(frame.filter(~is_plain)["member_code"].to_list())
    pairs = []
    for whole in wholes.unique().sort():
        below = list(terms.partnership.footprints.descendants(whole))
        if shared.isdisjoint(below):
            pairs += [(whole, part) for part in below]
    areas = terms.partnership.areas.frame.select(
        "area_code", pl.col("level").alias("expected_level"), "valid_from", "valid_to"
    )
    return pl.DataFrame(pairs, schema={"whole": pl.String(), "area_code": pl.String()}, orient="row").join(
        areas, on="area_code"
    )
