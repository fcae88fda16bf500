"""The nouns of the ledger that later stages read: ReturnsStatus, Arrival, Publication, Withdrawal and Tombstone."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

import polars as pl

from outcomes.table import empty_table, hold_to_table

__all__ = [
    "SOURCE_STATUS_COLUMNS",
    "STATUS_COLUMNS",
    "Arrival",
    "Publication",
    "ReturnsStatus",
    "Tombstone",
    "Withdrawal",
]

STATUS_COLUMNS: Final[dict[str, pl.DataType]] = {
    "partner_code": pl.String(),
    "indicator_id": pl.String(),
    # the version of the definition that holds for the period
    "indicator_version": pl.Int64(),
    "area_code": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "period": pl.String(),
    "due_on": pl.Date(),
    # the day the first accepted figure came; null where none did
    "received_on": pl.Date(),
    # a DataStatus
    "status": pl.String(),
    # the ledger number of the latest submission (or rejected attempt) that concerns it; of what was withdrawn or
    # expunged, of that act; null where none did
    "submission": pl.Int64(),
}


SOURCE_STATUS_COLUMNS: Final[dict[str, pl.DataType]] = {
    "partner_code": pl.String(),
    # whose figure it is, where the partner sends it for somebody else
    "source_code": pl.String(),
    **{name: dtype for name, dtype in STATUS_COLUMNS.items() if name not in ("partner_code", "submission")},
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file that came and was not taken back: whose it is, its ledger number, and what the check said of it.

    Attributes:
        number: The ledger number.
        partner_code, file: Who sent it, and its name.
        received_on: The day on which it came, where files are received.
        is_accepted: Whether its figures count.
        codes: The codes of what the check found, sorted, each once; of a file that was not accepted those that barred
            it.
        indicators: The ids of the indicators that it names, sorted.
    """

    number: int
    partner_code: str
    file: str
    received_on: date
    is_accepted: bool
    codes: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReturnsStatus:
    """Who has sent and who has not: one row for each expected figure.

    Attributes:
        frame: Columns `STATUS_COLUMNS`, sorted by partner, indicator, area and period.
        as_of: The date that it speaks for.
        known_at: The ledger number that it is known at.
        arrivals: Every file that came and was not taken back, in the order of the ledger.
        sources: Columns `SOURCE_STATUS_COLUMNS`: one row for each figure that a partner is to send for somebody else,
            such as a lead provider for its subcontractors. In `frame` the figure has come when any of them is in.
    """

    frame: pl.DataFrame
    as_of: date
    known_at: int
    arrivals: tuple[Arrival, ...] = ()
    sources: pl.DataFrame = field(default_factory=lambda: empty_table(SOURCE_STATUS_COLUMNS))

    def __post_init__(self) -> None:
        """Refuse a frame that is not of the status table."""
        hold_to_table(self.frame, STATUS_COLUMNS, "returns status")
        hold_to_table(self.sources, SOURCE_STATUS_COLUMNS, "returns status of sources")


@dataclass(frozen=True, slots=True)
class Publication:
    """One act of publication, as the ledger keeps it."""

    number: int
    published_at: datetime
    as_of: date
    known_at: int
    policy_id: str
    decision: str
    protected_sha256: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One submission that its partner, or the keeper of the record, took back: from this number on it does not count.

    Attributes:
        number: The ledger number of the withdrawal.
        submission: The number of what was withdrawn.
        partner_code, file: Of that submission.
        withdrawn_at: As given.
        reason, by: Why, and who said so; `by` may be empty.
        unsure_of: Later submissions of the partner, copied from format 1, that said some figures again: which, that
            format did not keep. Sent again, they count anew.
    """

    number: int
    submission: int
    partner_code: str
    file: str
    withdrawn_at: datetime
    reason: str
    by: str = ""
    unsure_of: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a submission whose bytes and figures were destroyed.

    Attributes:
        number: The ledger number of the tombstone.
        submission: The number of what was destroyed; its entry (file name, hash, time, counts) stays.
        partner_code, file: Of that submission.
        expunged_at: As given.
        reason, authority, by: Why, on whose authority or by which rule, and who did it; `by` may be empty.
        is_content_shared_with: Other submissions with the very same bytes, which still need them.
        figures_also_in: Other submissions that hold some of the same figures, and still do.
        unsure_of: As of a withdrawal.
    """

    number: int
    submission: int
    partner_code: str
    file: str
    expunged_at: datetime
    reason: str
    authority: str
    by: str = ""
    is_content_shared_with: tuple[int, ...] = ()
    figures_also_in: tuple[int, ...] = ()
    unsure_of: tuple[int, ...] = ()
