"""Says which places of a sender's footprint have no figure, for each indicator and period of the file."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from outcomes.intake.remark import Remark
from outcomes.intake.terms import Terms

__all__ = ["missing_places"]

_LISTED: Final = 40


def missing_places(entries: pl.DataFrame, terms: Terms) -> Iterator[Remark]:
    """Yield a remark for each indicator and period of the file for which a place is missing that existed then.

    Any row counts, whatever its breakdown, and a marker too.

    Arguments:
        entries: With identity.
        terms: Who sends, and for which places.
    """
    if terms.partner is None:
        return
    group = ["indicator_id", "period", "period_start", "period_end", "expected_level"]
    there = entries.filter(pl.col("area_code").is_not_null() & pl.col("period").is_not_null())
    asked = there.filter("is_entitled").select(group).unique()
    areas = terms.partnership.areas.frame.select("area_code", "level", "valid_from", "valid_to")
    expected = (
        asked.join(terms.supplied.select("indicator_id", "area_code").unique(), on="indicator_id")
        .join(areas, on="area_code")
        .filter(
            pl.col("level") == pl.col("expected_level"),
            pl.col("valid_from").is_null() | (pl.col("valid_from") <= pl.col("period_start")),
            pl.col("valid_to").is_null() | (pl.col("period_end") <= pl.col("valid_to")),
        )
    )
    counts = expected.group_by("indicator_id", "period").agg(pl.len().alias("expected"))
    missing = expected.join(
        there.select("indicator_id", "period", "area_code"), on=["indicator_id", "period", "area_code"], how="anti"
    ).join(counts, on=["indicator_id", "period"])
    for (indicator_id, period), rows in missing.sort("indicator_id", "period_start", "area_code").group_by(
        ["indicator_id", "period"], maintain_order=True
    ):
        codes = rows["area_code"].to_list()
        more = f" and {len(codes) - _LISTED} more" if len(codes) > _LISTED else ""
        details = {
            "indicator": str(indicator_id),
            "period": str(period),
            "places": ", ".join(codes[:_LISTED]) + more,
            "found": str(len(codes)),
            "expected": str(rows["expected"][0]),
            "partner": terms.partner.code,
        }
        yield Remark(code="OUT-555", details=details)
