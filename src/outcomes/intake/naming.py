"""Says what rows that are wrong name all the same: indicators, and places that are therefore not missing."""

from collections.abc import Collection, Sequence

import polars as pl

from outcomes.intake.codes import ascii_folded, trimmed
from outcomes.intake.entries import Entries
from outcomes.intake.entries_model import Table
from outcomes.intake.figures import figures_of
from outcomes.intake.headers import Header
from outcomes.intake.terms import Terms

__all__ = ["indicators_named", "not_in_doubt", "places_of_unread_rows"]

# of these rows nothing is read: a number may have slipped into the next column
_UNREAD: frozenset[str] = frozenset({"OUT-106", "OUT-107", "OUT-108"})


def indicators_named(headers: Sequence[Header], table: Table | None, terms: Terms) -> tuple[str, ...]:
    """Return the ids of the indicators that the rows under headers name, sorted; unknown and doubtful names are none.

    Arguments:
        headers: The headers of the tables.
        table: The rows of all tables, where they were read.
        terms: Which indicators there are, and by which names.
    """
    texts: set[str] = set()
    for header in headers:
        codes = header.description.codes.get("indicator_id", {})
        texts |= {codes.get(text.strip(), text) for text in _texts_under(header, "indicator_id")}
        if "indicator_id" not in header.columns:
            texts.add(header.description.constants.get("indicator_id", ""))
        texts |= {figure.constants.get("indicator_id", "") for figure in figures_of(header)}
    if table is not None and table.has("indicator_id"):
        texts |= set(table.entries["indicator_id_text"].unique().drop_nulls())
    named: set[str] = set()
    for text in texts:
        bare = trimmed(text)
        ids = terms.partnership.names_of_indicators.get(bare) or terms.indicator_names.get(ascii_folded(bare), ())
        if len(ids) == 1:
            named.update(ids)
    return tuple(sorted(named))


def places_of_unread_rows(headers: Sequence[Header], table: Table, terms: Terms) -> frozenset[str]:
    """Return the codes of the places that stand in rows that are too long, cut short or cut off."""
    unread = [remark for remark in table.remarks if remark.code in _UNREAD]
    texts: set[str] = set()
    for header in headers if unread else ():
        sheet = header.grid.sheet
        rows = {remark.row for remark in unread if table.addresses[remark.address].sheet == sheet}
        is_unread = header.grid.rows.is_in(sorted(row for row in rows if row is not None))
        texts |= {ascii_folded(text) for text in _texts_under(header, "place_code", is_unread)}
    return frozenset(area.code for text in texts for area in terms.areas_by_folded_code.get(text, ()))


def not_in_doubt(missing: pl.DataFrame, entries: Entries, unread: Collection[str]) -> pl.DataFrame:
    """Return the missing figures without those whose row may be there and only be wrong: its fault is said already.

    A row whose period or indicator cannot be read may be any figure of its place, one whose place cannot be read any
    of its indicator and period.

    Arguments:
        missing: indicator_id, period and area_code.
        entries: With identity.
        unread: The codes of places in rows of which nothing was read.
    """
    if missing.is_empty():
        return missing
    is_named, has_period = pl.col("indicator_id").is_not_null(), pl.col("period").is_not_null()
    told = entries.only(["indicator_id", "period", "area_code", "place_form"])
    without_period = told.filter(has_period.not_() & pl.col("area_code").is_not_null())
    any_figure = {*unread, *without_period.filter(is_named.not_()).different(["area_code"])["area_code"]}
    any_period = without_period.filter(is_named).different(["indicator_id", "area_code"])
    any_place = told.filter(has_period & pl.col("place_form").is_in(["blank", "unknown", "uncalculated"]))
    return (
        missing.filter(pl.col("area_code").is_in(sorted(any_figure)).not_())
        .join(any_period, on=["indicator_id", "area_code"], how="anti", maintain_order="left")
        .join(
            any_place.different(["indicator_id", "period"]),
            on=["indicator_id", "period"],
            how="anti",
            maintain_order="left",
        )
    )


def _texts_under(header: Header, column: str, is_meant: pl.Series | None = None) -> list[str]:
    """The distinct texts below the header in a column of ours; of the rows that are meant, where some are."""
    place = header.columns.get(column)
    if place is None:
        return []
    cells = header.grid.cells[str(place)]
    if is_meant is not None:
        cells = cells.filter(is_meant)
    return [str(text) for text in cells.slice(header.position + 1 if is_meant is None else 0).drop_nulls().unique()]
