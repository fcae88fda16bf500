"""What moved since an earlier ledger number: in the record, and in the words and values of the scorecards."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from outcomes.ledger.moving import RecordChanges, record_changes
from outcomes.ledger.status import returns_status
from outcomes.ledger.store import Ledger
from outcomes.partnership.model import Partnership
from outcomes.protection.model import WORKING_COPY
from outcomes.scorecard.changes import changes
from outcomes.scorecard.collection import Scorecards
from outcomes.workflows.scoring import scorecards

__all__ = ["Moved", "changes_since"]


@dataclass(frozen=True)
class Moved:
    """What moved since an earlier ledger number. From true counts: for partners, never public.

    Attributes:
        as_of: The date that both sets of scorecards speak for.
        record: Figures, files and acts.
        scorecards: Columns `CHANGE_COLUMNS`: each value and word that was added, is gone or has changed.
    """

    as_of: date
    record: RecordChanges
    scorecards: pl.DataFrame


def changes_since(
    partnership: Partnership,
    ledger: Ledger,
    *,
    as_of: date,
    since: int | datetime | None = None,
    known_at: int | datetime | None = None,
) -> Moved:
    """Return what moved since an earlier ledger number; both numbers are seen with one partnership on one date.

    Arguments:
        partnership: The world.
        ledger: The record.
        as_of: The date that the scorecards speak for, so that only the record moves between the two.
        since: A ledger number or moment; None for the last publication's, else for the number before.
        known_at: Up to which number, or moment; None for the last.

    Raises:
        LedgerError: There is no such number, or the record is damaged.
        ValueError: `since` comes after `known_at`, or a moment has no time zone.
    """
    record = record_changes(ledger, since=since, known_at=known_at)
    earlier, later = (_cards(partnership, ledger, as_of, number) for number in (record.since, record.known_at))
    return Moved(as_of, record, changes(earlier, later))


def _cards(partnership: Partnership, ledger: Ledger, as_of: date, number: int) -> Scorecards:
    returns = returns_status(partnership, ledger, as_of=as_of, known_at=number)
    return scorecards(partnership, ledger.observations(number), as_of=as_of, policy=WORKING_COPY, returns=returns)
