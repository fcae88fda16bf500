"""Holds what was expected against what the record has: who has sent, and who has not."""

from datetime import date
from typing import Final

import polars as pl

from outcomes.ledger.entries import EntryKind, indicators_of, read_entries
from outcomes.ledger.model import STATUS_COLUMNS, ReturnsStatus
from outcomes.ledger.store import Ledger
from outcomes.ledger.trusting import Held, read_trusted
from outcomes.partnership.model import Partnership
from outcomes.partnership.supplies import expected_figures
from outcomes.table import hold_to_table
from outcomes.vocabulary import DataStatus

__all__ = ["returns_status"]

_FIGURE: Final = ("partner_code", "indicator_id", "area_code", "period_kind", "period_start")
_ATTEMPTS: Final[dict[str, pl.DataType]] = {
    "partner_code": pl.String(),
    "indicator_ids": pl.List(pl.String()),
    "submission": pl.Int64(),
    "received_on": pl.Date(),
    "is_rejected": pl.Boolean(),
}


def returns_status(
    partnership: Partnership, ledger: Ledger, *, as_of: date, known_at: int | None = None
) -> ReturnsStatus:
    """Say of every figure that was expected by a date where it stands.

    A figure has come when an accepted file had any row of the partner for that indicator, area and period: a breakdown
    counts, and so does a marker in place of a number. Of one that came, `revised` (the record has had another figure
    of it) comes before `late` (it first came after the day it was due), and that before `received`. Of one that did
    not come, `rejected` comes before `missing`: it is due, the last file of its partner that names its indicator was
    rejected, and that file came after the figure's period had ended. Of a rejected file nothing is kept but which
    indicators it names; one that names none, such as an unreadable one, changes nothing. Days are those of the place
    where the files were received.

    Arguments:
        partnership: Says what is expected, and when it is due.
        ledger: The record.
        as_of: The date that the answer speaks for: periods that ended by then are expected, and are overdue when their
            due date lies before it.
        known_at: The ledger number to look at; None for the last.

    Returns:
        One row for each expected figure; all `missing` or `not yet due` where the ledger is empty.

    Raises:
        LedgerError: There is no such number, or the record is damaged.
    """
    number = ledger.number if known_at is None else known_at
    versions = ledger.versions(number)
    attempts = _attempts(ledger, number)
    days = attempts.select("submission", "received_on")
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
        attempts.explode("indicator_ids")
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
    frame = (
        expected_figures(partnership, as_of)
        .join(received, on=_FIGURE, how="left")
        .join(rejected, on=["partner_code", "indicator_id"], how="left")
        .with_columns(
            status=pl.when(has_come & pl.col("is_revised"))
            .then(pl.lit(DataStatus.REVISED.value))
            .when(has_come & (pl.col("received_on") > pl.col("due_on")))
            .then(pl.lit(DataStatus.LATE.value))
            .when(has_come)
            .then(pl.lit(DataStatus.RECEIVED.value))
            .when(was_rejected)
            .then(pl.lit(DataStatus.REJECTED.value))
            .when(is_due)
            .then(pl.lit(DataStatus.MISSING.value))
            .otherwise(pl.lit(DataStatus.NOT_YET_DUE.value)),
            submission=pl.when(was_rejected).then("rejected_submission").otherwise("last_submission"),
        )
        .select(list(STATUS_COLUMNS))
        .sort(_FIGURE)
    )
    return ReturnsStatus(hold_to_table(frame, STATUS_COLUMNS, "returns status"), as_of, number)


def _attempts(ledger: Ledger, number: int) -> pl.DataFrame:
    """Return every file that came: its sender, the indicators it names, its number and day, whether it was rejected."""
    rows = read_trusted(
        ledger.folder,
        ledger.busy_seconds,
        Held(),
        lambda connection: [
            (
                entry.partner_code,
                list(indicators_of(entry)),
                entry.number,
                date.fromisoformat(entry.fields["received_on"]),
                entry.kind is EntryKind.REJECTED,
            )
            for entry in read_entries(connection, "WHERE number <= ? ORDER BY number", number)
            if entry.kind in (EntryKind.SUBMISSION, EntryKind.REJECTED)
        ],
    )
    return pl.DataFrame(rows, schema=_ATTEMPTS, orient="row")
