"""Says which places of a sender's footprint have no figure, for each indicator and period of the file."""

from collections.abc import Collection, Iterator
from typing import Final

import polars as pl

from outcomes.intake.coding import coded, packed, ranked, table_of_codes
from outcomes.intake.naming import not_in_doubt
from outcomes.intake.remark import Remark
from outcomes.intake.terms import Terms

__all__ = ["missing_places"]

_LISTED: Final = 40
_GROUP: Final = ("indicator_id", "period", "period_start", "period_end", "expected_level")


def missing_places(entries: pl.DataFrame, terms: Terms, unread: Collection[str] = ()) -> Iterator[Remark]:
    """Yield a remark for each indicator and period of the file for which a place is missing that existed then.

    Any row counts, whatever its breakdown, and a marker too; so does one that is wrong in another way (`not_in_doubt`).

    Arguments:
        entries: With identity.
        terms: Who sends, and for which places.
        unread: The codes of places in rows of which nothing was read.
    """
    if terms.partner is None:
        return
    missing = not_in_doubt(_missing(entries, terms), entries, unread)
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


def _missing(entries: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """Return indicator_id, period, period_start, area_code and expected (how many places) for each missing figure.

    Whole numbers stand for figures and places until it is known what is missing.
    """
    figures = table_of_codes(entries, "figure_at", [*_GROUP, "is_entitled"])
    ranks, order = ranked(figures.select("indicator_id", "period"))
    figures = figures.with_columns(ranks.alias("figure"))
    named = table_of_codes(entries, "place_at", ["area_code"])
    areas = terms.partnership.areas.frame.select("area_code", "level", "valid_from", "valid_to").with_row_index("area")
    places = named.join(areas.select("area_code", "area"), on="area_code", how="left", maintain_order="left")["area"]
    is_there = (figures["period"].is_not_null().gather(entries["figure_at"])) & places.is_not_null().gather(
        entries["place_at"]
    )
    rows = entries.select("figure_at", "place_at")
    # what is said of wholes alone asks for no part
    is_there = is_there & ~entries["is_whole"].fill_null(value=False)
    rows = rows if is_there.all() else rows.filter(is_there)
    sent = coded(rows["figure_at"]).distinct["figure_at"]
    there = packed(
        [
            (ranks.gather(rows["figure_at"]), order.height),
            (places.gather(rows["place_at"]), areas.height),
        ]
    ).unique()
    asked = figures[sent].filter("is_entitled").select(*_GROUP, "figure").unique()
    # a remainder may have nobody in it: nothing is missing where it is absent
    is_remainder = pl.col("area_code").is_in(sorted(terms.partnership.areas.remainders))
    supplied = terms.supplied.filter(~is_remainder).select("indicator_id", "area_code").unique()
    supplied = supplied.join(areas, on="area_code")
    expected = (
        asked.lazy()
        .select("figure", "indicator_id", "period_start", "period_end", pl.col("expected_level").alias("level"))
        .join(supplied.lazy().drop("area_code"), on=["indicator_id", "level"])
        .filter(
            pl.col("valid_from").is_null() | (pl.col("valid_from") <= pl.col("period_start")),
            pl.col("valid_to").is_null() | (pl.col("period_end") <= pl.col("valid_to")),
        )
        .select("figure", "area", "period_start")
        .collect()
    )
    counts = expected.group_by("figure").agg(pl.len().alias("expected"))
    both = packed([(expected["figure"], order.height), (expected["area"], areas.height)])
    missing = expected.filter(~both.is_in(there.implode()))
    return (
        missing.join(counts, on="figure")
        .join(areas.select("area", "area_code"), on="area")
        .join(order.with_row_index("figure"), on="figure")
    )
