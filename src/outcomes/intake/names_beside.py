"""Holds the names that stand beside codes, for the eye, against these codes; no figure is read by a name."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from outcomes.intake.codes import folded_name
from outcomes.intake.coding import coded, coded_together
from outcomes.intake.entries import Entries
from outcomes.intake.entries_model import ADDED, Table
from outcomes.intake.headers import Header
from outcomes.intake.template.mark import HELPER_COLUMNS
from outcomes.intake.terms import Terms

__all__ = ["name_of", "named_by", "with_name", "with_names_beside"]

# our column to the helper column with the name of what its code stands for, and to the column of the code that was read
_BESIDE: Final = {"indicator_id": HELPER_COLUMNS[0], "place_code": HELPER_COLUMNS[1]}
_CODES: Final = {"indicator_id": "indicator_id", "place_code": "area_code"}


def with_names_beside(entries: Entries, table: Table, headers: Sequence[Header], terms: Terms) -> Entries:
    """Return the entries with the names that stand beside their codes, where a sheet has such columns.

    Arguments:
        entries: With identity.
        table: Where the columns stand.
        headers: The header of each table.
        terms: What the codes stand for.

    Returns:
        For each column of names: `<column>_beside` (the name, as sent), `is_<column>_beside_off` (whether it is the
        name of something else than the code is read as) and, for the sentence, `<column>_named` and `<column>_other`.
    """
    for column, helper in _BESIDE.items():
        places = {at: place for at, header in enumerate(headers) if (place := _place(header, helper)) is not None}
        if places:
            entries = _compared(entries, _texts(entries, table, headers, places), column, terms)
    return entries


def _place(header: Header, helper: str) -> int | None:
    """The place of a column of names that is not described as anything else."""
    place = header.places.get(helper)
    return None if place in header.columns.values() else place


def _texts(entries: Entries, table: Table, headers: Sequence[Header], places: Mapping[int, int]) -> pl.Series:
    """What stands in the column of names, for each entry."""
    at = entries["address_at"] if "address_at" in entries.columns else pl.repeat(0, entries.height, eager=True)
    of_table = pl.Series([address.table for address in table.addresses], dtype=pl.UInt32).gather(at.cast(pl.UInt32))
    found = pl.repeat(None, entries.height, dtype=pl.String, eager=True)
    for number, place in places.items():
        grid = headers[number].grid
        # an entry that stands for a row which is not there has no name beside it
        mine = ((of_table == number) & ~entries[ADDED]).arg_true()
        rows = entries["row"].gather(mine).cast(grid.rows.dtype)
        positions = grid.rows.search_sorted(rows).cast(pl.UInt32)
        found = found.scatter(mine, grid.cells[str(place)].gather(positions).cast(pl.String))
    return found


def _compared(entries: Entries, beside: pl.Series, column: str, terms: Terms) -> Entries:
    pairs = coded_together([coded(entries[_CODES[column]]), coded(beside.alias(f"{column}_beside"))])
    told = [_told(code, name, column, terms) for code, name in pairs.distinct.iter_rows()]
    schema = {f"is_{column}_beside_off": pl.Boolean(), f"{column}_named": pl.String(), f"{column}_other": pl.String()}
    looked_up = pl.DataFrame(told, schema=schema, orient="row")
    return entries.with_table(f"{column}_beside_at", pairs.at, pairs.distinct.drop(_CODES[column]).hstack(looked_up))


def _told(code: str | None, name: str | None, column: str, terms: Terms) -> tuple[bool, str | None, str | None]:
    others = named_by(name, column, terms)
    if code is None or not others or code in others:
        return False, None, None
    return True, name_of(code, column, terms), " or ".join(f"{name_of(one, column, terms)} ({one})" for one in others)


def named_by(name: str | None, column: str, terms: Terms) -> tuple[str, ...]:
    """Return the codes of what has a name, at most three; the sender's own where any of them has it.

    Arguments:
        name: As it was sent.
        column: `indicator_id` or `place_code`.
        terms: What the codes stand for.
    """
    known = terms.indicators_by_name if column == "indicator_id" else terms.places_by_name
    found = known.get(folded_name((name or "")[:400]), ())
    own = terms.supplied_indicators if column == "indicator_id" else terms.area_titles
    return (tuple(code for code in found if code in own) or found)[:3]


def name_of(code: str, column: str, terms: Terms) -> str:
    """Return the name of what a code stands for.

    Arguments:
        code: As read.
        column: `indicator_id` or `place_code`.
        terms: What the codes stand for.
    """
    titles = terms.indicator_titles if column == "indicator_id" else terms.place_titles
    return titles.get(code, code)


def with_name(code: str, column: str, terms: Terms, group: str = "") -> str:
    """Return a code with the name of what it stands for, as in a sentence; a code without a name alone.

    Arguments:
        code: As read.
        column: `indicator_id` or `place_code`.
        terms: What the codes stand for.
        group: A group of people within it, such as `sex=Male`; may be empty.
    """
    name = name_of(code, column, terms)
    if name == code:
        return f"{code} ({group})" if group else code
    return f"{name} ({code}, {group})" if group else f"{name} ({code})"
