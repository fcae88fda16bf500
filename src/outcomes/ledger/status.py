"""Holds what was expected against what the record has: who has sent, and who has not."""

import sqlite3
from datetime import date, datetime
from pathlib import Path
from typing import Final

import polars as pl

from outcomes.errors import LedgerError
from outcomes.intake.observations import revised_by_successors
from outcomes.ledger.entries import Entry, EntryKind, indicators_of, read_entries, submission_meant
from outcomes.ledger.model import STATUS_COLUMNS, Arrival, ReturnsStatus
from outcomes.ledger.passing_on import passed_on
from outcomes.ledger.source_status import source_status
from outcomes.ledger.standing import Acts, acts_until, said_files
from outcomes.ledger.store import Ledger
from outcomes.ledger.trusting import Held, read_trusted
from outcomes.ledger.versions import read_versions
from outcomes.partnership.model import Partnership
from outcomes.partnership.supplies import expected_figures
from outcomes.table import hold_to_table
from outcomes.vocabulary import DataStatus

__all__ = ["returns_status"]

_FIGURE: Final = ("partner_code", "indicator_id", "area_code", "period_kind", "period_start")
# the codes of a destroyed and of a withdrawn file that comes again
_CAME_BACK: Final = frozenset({"OUT-601", "OUT-602"})
_ATTEMPTS: Final[dict[str, pl.DataType]] = {
    "partner_code": pl.String(),
    "indicator_ids": pl.List(pl.String()),
    "submission": pl.Int64(),
    "received_on": pl.Date(),
    "is_rejected": pl.Boolean(),
    "is_history": pl.Boolean(),
}

_TAKEN_BACK: Final[dict[str, pl.DataType]] = {
    "partner_code": pl.String(),
    "indicator_id": pl.String(),
    "area_code": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    # the ledger number of the withdrawal or tombstone
    "act": pl.Int64(),
    # a DataStatus
    "state": pl.String(),
}


def returns_status(
    partnership: Partnership, ledger: Ledger, *, as_of: date, known_at: int | datetime | None = None
) -> ReturnsStatus:
    """Say of every figure that was expected by a date where it stands.

    A figure has come when an accepted file had any row of the partner for that indicator, area and period: a breakdown
    counts, and so does a marker in place of a number. Of one that came, `revised` (the record has had another figure
    of it) comes before `late` (it first came after the day it was due; never of a file imported as history), and that
    before `received`. Of one that did not come and is due, the last act that concerns it tells: `rejected` (the last
    file of its partner that names its indicator was rejected, and that file came after the figure's period had ended),
    `withdrawn` (a submission that had it was), `expunged` (one that had it was destroyed, at whatever number), else
    `missing`. What was withdrawn or expunged counts as if it had not come. What a partner that has
    ended did not send is owed by the one that followed it. Of a rejected file nothing is kept but which
    indicators it names; one that names none, such as an unreadable one, changes nothing. Days are those of the place
    where the files were received.

    Arguments:
        partnership: Says what is expected, and when it is due.
        ledger: The record.
        as_of: The date that the answer speaks for: periods that ended by then are expected, and are overdue when their
            due date lies before it.
        known_at: The ledger number to look at, or a moment that stands for one; None for the last.

    Returns:
        One row for each expected figure; all `missing` or `not yet due` where the ledger is empty.

    Raises:
        LedgerError: There is no such number, or the record is damaged.
    """
    number = ledger.number_known(known_at)
    versions = ledger.versions(number)
    # what a successor sent again is a revision of what its predecessor had sent
    revised = revised_by_successors(ledger.observations(number).frame, partnership)
    versions = pl.concat([versions, revised]) if revised.height else versions
    arrivals = _arrivals(ledger, number)
    attempts = pl.DataFrame(
        [
            (one.partner_code, list(one.indicators), one.number, one.received_on, not one.is_accepted, is_history)
            for one, is_history in arrivals
        ],
        schema=_ATTEMPTS,
        orient="row",
    )
    taken_back = (
        _taken_back(ledger, number)
        .group_by(_FIGURE)
        .agg(pl.all().sort_by("act").last())
        .rename({"state": "taken_back_state", "act": "taken_back_by"})
    )
    days = attempts.select("submission", "received_on", "is_history")
    received = (
        versions.group_by(_FIGURE)
        .agg(
            first_submission=pl.col("submission").min(),
            last_submission=pl.col("submission").max(),
            is_revised=pl.col("is_revision").any(),
        )
        .join(days, left_on="first_submission", right_on="submission", how="left")
    )
    rejected = (
        # an old workbook that was sent back says nothing of who owes what now
        attempts.filter(~(pl.col("is_rejected") & pl.col("is_history")))
        .explode("indicator_ids")
        .rename({"indicator_ids": "indicator_id"})
        .drop_nulls("indicator_id")
        .group_by("partner_code", "indicator_id")
        .agg(pl.all().sort_by("submission").last())
        .filter(pl.col("is_rejected"))
        .select("partner_code", "indicator_id", rejected_submission="submission", rejected_on="received_on")
    )
    has_come = pl.col("last_submission").is_not_null()
    is_due = pl.lit(as_of) > pl.col("due_on")
    # what is not due yet is owed by nobody, whatever was sent back
    was_rejected = ~has_come & is_due & (pl.col("rejected_on") > pl.col("period_end")).fill_null(value=False)
    # of a rejection and a taking back, the later one says where the figure stands
    was_taken_back = (
        ~has_come
        & is_due
        & (pl.col("taken_back_by") > pl.when(was_rejected).then("rejected_submission").otherwise(0)).fill_null(
            value=False
        )
    )
    frame = (
        passed_on(partnership, expected_figures(partnership, as_of), received, _FIGURE, as_of)
        .join(received, on=_FIGURE, how="left")
        .join(rejected, on=["partner_code", "indicator_id"], how="left")
        .join(taken_back, on=_FIGURE, how="left")
        .with_columns(
            status=pl.when(has_come & pl.col("is_revised"))
            .then(pl.lit(DataStatus.REVISED.value))
            .when(has_come & (pl.col("received_on") > pl.col("due_on")) & ~pl.col("is_history"))
            .then(pl.lit(DataStatus.LATE.value))
            .when(has_come)
            .then(pl.lit(DataStatus.RECEIVED.value))
            .when(was_taken_back)
            .then(pl.col("taken_back_state"))
            .when(was_rejected)
            .then(pl.lit(DataStatus.REJECTED.value))
            .when(is_due)
            .then(pl.lit(DataStatus.MISSING.value))
            .otherwise(pl.lit(DataStatus.NOT_YET_DUE.value)),
            submission=pl.when(was_taken_back)
            .then("taken_back_by")
            .when(was_rejected)
            .then("rejected_submission")
            .otherwise("last_submission"),
        )
        .select(list(STATUS_COLUMNS))
        .sort(_FIGURE)
    )
    came = tuple(one for one, _ in arrivals)
    sources = source_status(partnership, versions, days, as_of=as_of)
    return ReturnsStatus(hold_to_table(frame, STATUS_COLUMNS, "returns status"), as_of, number, came, sources)


def _arrivals(ledger: Ledger, number: int) -> list[tuple[Arrival, bool]]:
    """Return every file that came and was not taken back, and whether it brought figures of before the record began."""

    def asked(connection: sqlite3.Connection) -> list[tuple[Arrival, bool]]:
        gone = acts_until(connection, number).taken_back
        found = []
        for entry in read_entries(connection, "WHERE number <= ? ORDER BY number", number):
            if entry.kind not in (EntryKind.SUBMISSION, EntryKind.REJECTED) or entry.number in gone:
                continue
            fields = entry.fields
            # what was taken back and still lies in the inbox says nothing new of who owes what
            if _CAME_BACK.intersection(fields.get("error_codes", ())):
                continue
            arrival = Arrival(
                number=entry.number,
                partner_code=entry.partner_code,
                file=fields["file"],
                received_on=date.fromisoformat(fields["received_on"]),
                is_accepted=entry.kind is EntryKind.SUBMISSION,
                codes=tuple(sorted(fields.get("error_codes") or fields.get("codes", ()))),
                indicators=tuple(sorted(indicators_of(entry))),
            )
            found.append((arrival, bool(fields.get("is_history"))))
        return found

    return read_trusted(ledger.folder, ledger.busy_seconds, Held(), asked)


def _taken_back(ledger: Ledger, number: int) -> pl.DataFrame:
    """Return every figure of the submissions that were taken back, with the act and what it makes of the figure."""

    def asked(connection: sqlite3.Connection) -> tuple[Acts, list[tuple[int, list[Path]]], list[Entry]]:
        acts = acts_until(connection, number)
        withdrawn = [
            (acts.withdrawals[entry.number].number, said_files(entry))
            for entry in read_entries(connection, "WHERE kind = 'submission' AND number <= ? ORDER BY number", number)
            if entry.number in acts.withdrawals and entry.number not in acts.tombstones
        ]
        return acts, withdrawn, list(read_entries(connection, "WHERE kind = 'tombstone' ORDER BY number"))

    while True:
        acts, withdrawn, stones = read_trusted(ledger.folder, ledger.busy_seconds, Held(), asked)
        try:
            found = [
                read_versions(ledger.folder, files)
                .select(_FIGURE)
                .with_columns(act=pl.lit(act, pl.Int64), state=pl.lit(DataStatus.WITHDRAWN.value))
                for act, files in withdrawn
            ]
            break
        except LedgerError:
            # another program may have expunged a file between the log and the reading of it
            if len(ledger.tombstones()) == len(stones):
                raise
    rows = [
        (stone.partner_code, indicator, area, kind, date.fromisoformat(start), stone.number, DataStatus.EXPUNGED.value)
        for stone in stones
        if submission_meant(stone) in acts.tombstones
        for indicator, kinds in stone.fields["figures"].items()
        for kind, starts in kinds.items()
        for start, areas in starts.items()
        for area in areas
    ]
    return pl.concat([pl.DataFrame(rows, schema=_TAKEN_BACK, orient="row"), *found])
