"""Which submissions are past the partnership's period of retention, and expunging them."""

import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from typing import Final

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.ledger.entries import Entry, read_entries
from outcomes.ledger.expunging import expunge
from outcomes.ledger.model import Tombstone
from outcomes.ledger.standing import acts_until
from outcomes.ledger.store import Ledger
from outcomes.ledger.trusting import Held, read_trusted
from outcomes.partnership.model import Partnership, Retention
from outcomes.table import hold_to_table

__all__ = ["PAST_RETENTION_COLUMNS", "expunge_past_retention", "past_retention"]

PAST_RETENTION_COLUMNS: Final[dict[str, pl.DataType]] = {
    "submission": pl.Int64(),
    "partner_code": pl.String(),
    "file": pl.String(),
    "received_on": pl.Date(),
    # the last day on which it is kept
    "retained_until": pl.Date(),
    # how many figures the file had, and of how many the record has no newer one: these go from the scorecards
    "figures": pl.Int64(),
    "figures_that_count": pl.Int64(),
}


def past_retention(ledger: Ledger, partnership: Partnership, *, as_of: date) -> pl.DataFrame:
    """Return the submissions that the record keeps though their period of retention is over.

    A submission is kept to the day that many years after the one on which it came, that day included; the 29th of
    February has the 28th in other years. Rejected files are not listed: of them nothing is kept.

    Arguments:
        ledger: The record.
        partnership: Its `retention` says how many years.
        as_of: The day.

    Returns:
        Columns `PAST_RETENTION_COLUMNS`, by number.

    Raises:
        UnknownNameError: The partnership names no period of retention.
        LedgerError: The record is damaged.
    """
    years = _rule(partnership).years
    number = ledger.number

    def asked(connection: sqlite3.Connection) -> list[Entry]:
        gone = acts_until(connection, number).tombstones
        clause = "WHERE kind = 'submission' AND number <= ? ORDER BY number"
        entries = read_entries(connection, clause, number)
        return [entry for entry in entries if entry.number not in gone and _until(entry, years) < as_of]

    kept = read_trusted(ledger.folder, ledger.busy_seconds, Held(), asked)
    counting = dict(ledger.observations(number).frame.group_by("submission").len().iter_rows())
    rows = [
        (
            entry.number,
            entry.partner_code,
            entry.fields["file"],
            _received_on(entry),
            _until(entry, years),
            entry.fields["loaded_rows"],
            counting.get(entry.number, 0),
        )
        for entry in kept
    ]
    frame = pl.DataFrame(rows, schema=PAST_RETENTION_COLUMNS, orient="row")
    return hold_to_table(frame, PAST_RETENTION_COLUMNS, "submissions past retention")


def expunge_past_retention(
    ledger: Ledger,
    partnership: Partnership,
    *,
    as_of: date,
    at: datetime,
    by: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Tombstone, ...]:
    """Expunge every submission that `past_retention` lists, on the partnership's authority; one act each.

    Arguments:
        ledger, partnership, as_of: As for `past_retention`.
        at: When, with a time zone.
        by: Who does it.
        progress: Called before each with its place from 1 and how many there are.

    Returns:
        The tombstones. Broken off, those that were made stand, and the next run goes on.
    """
    rule = _rule(partnership)
    found = past_retention(ledger, partnership, as_of=as_of)
    made = []
    for place, row in enumerate(found.iter_rows(named=True), start=1):
        if progress is not None:
            progress(place, found.height)
        years = "1 year" if rule.years == 1 else f"{rule.years} years"
        reason = f"kept for {years} after it came on {row['received_on']}; the period ended on {row['retained_until']}"
        made.append(expunge(ledger, row["submission"], reason=reason, authority=rule.authority, at=at, by=by))
    return tuple(made)


def _rule(partnership: Partnership) -> Retention:
    rule = partnership.description.retention
    if rule is None:
        raise UnknownNameError(
            "the partnership names no period of retention, so nothing is ever past it; write `retention:` with "
            "`years:` and `authority:` into partnership.yaml"
        )
    return rule


def _received_on(entry: Entry) -> date:
    return date.fromisoformat(entry.fields["received_on"])


def _until(entry: Entry, years: int) -> date:
    came = _received_on(entry)
    try:
        return came.replace(year=came.year + years)
    except ValueError:
        return came.replace(year=came.year + years, day=28)
