"""Says which places of a sender's footprint have no figure, for each indicator and period of the file."""

from collections.abc import Collection, Iterator
from typing import Final

import polars as pl

from outcomes.intake.coding import packed, ranked
from outcomes.intake.entries import Entries
from outcomes.intake.history import of_sender
from outcomes.intake.names_beside import with_name
from outcomes.intake.naming import not_in_doubt
from outcomes.intake.observations import Observations
from outcomes.intake.remark import Remark
from outcomes.intake.terms import Terms

__all__ = ["missing_figures", "missing_places"]

_LISTED: Final = 40
_NEVER: Final = "what comes in no file is shown as missing, never as zero."
# so many pairs of figures and places are marked one by one
_MOST_MARKED: Final = 1 << 26
_MISSING: Final = dict.fromkeys(("indicator_id", "period", "area_code"), pl.String())
_GROUP: Final = ("indicator_id", "period", "period_start", "period_end", "expected_level")


def missing_places(
    missing: pl.DataFrame,
    entries: Entries,
    terms: Terms,
    unread: Collection[str] = (),
    known: Observations | None = None,
) -> Iterator[Remark]:
    """Yield a remark for each indicator and period of the file for which a place is missing that existed then.

    Any row counts, whatever its breakdown, and a marker too; so does one that is wrong in another way (`not_in_doubt`).
    Of a period for which a template did not ask, one figure may be all that is meant.

    Arguments:
        missing: As from `missing_figures`.
        entries: With identity.
        terms: Who sends, and for which places.
        unread: The codes of places in rows of which nothing was read.
        known: What the record holds; None where it is not asked.
    """
    if terms.partner is None or missing.is_empty():
        return
    if terms.periods_asked:
        figures = entries.different(["indicator_id", "period", "is_period_unasked"])
        missing = missing.join(figures.filter("is_period_unasked"), on=["indicator_id", "period"], how="anti")
    missing = _with_record(not_in_doubt(missing, entries, unread), known, terms)
    for (indicator_id, period), rows in missing.sort("indicator_id", "period_start", "area_code").group_by(
        ["indicator_id", "period"], maintain_order=True
    ):
        codes = rows["area_code"].to_list()
        more = f" and {len(codes) - _LISTED} more" if len(codes) > _LISTED else ""
        details = {
            "indicator": with_name(str(indicator_id), "indicator_id", terms),
            "period": str(period),
            "places": ", ".join(with_name(code, "place_code", terms) for code in codes[:_LISTED]) + more,
            "found": str(len(codes)),
            "expected": str(rows["expected"][0]),
            "partner": terms.partner.code,
            **_of_record(rows, terms),
        }
        yield Remark(code="OUT-555", details=details)


def _with_record(missing: pl.DataFrame, known: Observations | None, terms: Terms) -> pl.DataFrame:
    """Return the missing figures with is_on_record: whether the record holds one of the sender already."""
    if known is None:
        return missing.with_columns(pl.lit(False).alias("is_on_record"))
    key = ["indicator_id", "period", "area_code"]
    held = of_sender(known, terms).select(key).unique().with_columns(pl.lit(True).alias("is_on_record"))
    found = missing.join(held, on=key, how="left", maintain_order="left")
    return found.with_columns(pl.col("is_on_record").fill_null(False))


def _of_record(rows: pl.DataFrame, terms: Terms) -> dict[str, str]:
    """What is said of the places whose figures the record holds already, and what is to be done."""
    held = rows["area_code"].filter(rows["is_on_record"]).to_list()
    left = rows.height - len(held)
    if not held:
        return {"how": f"Send {'it when it is' if left == 1 else 'them when they are'} known; {_NEVER}"}
    if not left:
        each, one = ("It is", "it") if len(held) == 1 else ("All of them are", "one of them")
        return {
            "hint": f"{each} on record already, from what you sent before, and stay{'s' * (len(held) == 1)} there.",
            "how": f"Nothing needs doing, unless {one} has changed.",
        }
    more = f" and {len(held) - _LISTED} more" if len(held) > _LISTED else ""
    named = ", ".join(with_name(code, "place_code", terms) for code in held[:_LISTED]) + more
    return {
        "hint": f"On record already, from what you sent before: {named}.",
        "how": f"Send the {'other when it is' if left == 1 else 'others when they are'} known; {_NEVER}",
    }


def missing_figures(entries: Entries, terms: Terms) -> pl.DataFrame:
    """Return what is missing: for each indicator and period of the file the places that have no row.

    Arguments:
        entries: With identity.
        terms: Who sends, and for which places.

    Returns:
        indicator_id, period, period_start, area_code and expected (of how many places), one row a missing figure.
    """
    if terms.partner is None:
        return pl.DataFrame(schema=_MISSING)
    # whole numbers stand for figures and places until it is known what is missing
    figures = entries.tables["figure_at"].select(*_GROUP, "is_entitled", "is_future", "is_too_early")
    ranks, order = ranked(figures.select("indicator_id", "period"))
    figures = figures.with_columns(ranks.alias("figure"))
    named = entries.tables["place_at"].select("area_code")
    areas = terms.partnership.areas.frame.select("area_code", "level", "valid_from", "valid_to").with_row_index("area")
    places = named.join(areas.select("area_code", "area"), on="area_code", how="left", maintain_order="left")["area"]
    there = _pairs(entries, figures["period"].is_not_null(), places.is_not_null())
    sent = there["figure_at"].unique(maintain_order=True)
    both_there = packed(
        [
            (ranks.gather(there["figure_at"]), order.height),
            (places.gather(there["place_at"]), areas.height),
        ]
    )
    # of a period that is refused nothing is to be sent
    is_asked = pl.col("is_entitled") & ~pl.col("is_future") & ~pl.col("is_too_early")
    asked = figures[sent].filter(is_asked).select(*_GROUP, "figure").unique()
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
    missing = expected.filter(~both.is_in(both_there.implode()))
    return (
        missing.join(counts, on="figure")
        .join(areas.select("area", "area_code"), on="area")
        .join(order.with_row_index("figure"), on="figure")
    )


def _pairs(entries: Entries, has_period: pl.Series, is_place: pl.Series) -> pl.DataFrame:
    """Return figure_at and place_at of the figures that are there: each pair once."""
    # what is said of wholes alone asks for no part
    is_whole = entries["is_whole"].fill_null(value=False)
    rows = entries.select("figure_at", "place_at")
    if is_whole.any():
        rows = rows.filter(~is_whole)
    wide, high = len(is_place), len(has_period)
    if wide * high <= _MOST_MARKED:
        marks = pl.repeat(False, wide * high, dtype=pl.Boolean, eager=True)
        at = rows["figure_at"].cast(pl.UInt32) * wide + rows["place_at"]
        marked = marks.scatter(at, True).arg_true()
        pairs = pl.DataFrame({"figure_at": marked // wide, "place_at": marked % wide})
    else:
        pairs = rows.unique()
    return pairs.filter(has_period.gather(pairs["figure_at"]) & is_place.gather(pairs["place_at"]))
