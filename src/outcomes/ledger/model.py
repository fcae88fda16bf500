"""The nouns of the ledger that later stages read: ReturnsStatus and Publication."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import polars as pl

from outcomes.table import hold_to_table

__all__ = ["STATUS_COLUMNS", "Publication", "ReturnsStatus"]

STATUS_COLUMNS: Final[dict[str, pl.DataType]] = {
    "partner_code": pl.String(),
    "indicator_id": pl.String(),
    "area_code": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "period": pl.String(),
    "due_on": pl.Date(),
    # the day the first accepted figure came; null where none did
    "received_on": pl.Date(),
    # a DataStatus
    "status": pl.String(),
    # the ledger number of the latest submission (or rejected attempt) that concerns it; null where none did
    "submission": pl.Int64(),
}


@dataclass(frozen=True)
class ReturnsStatus:
    """Who has sent and who has not: one row for each expected figure.

    Attributes:
        frame: Columns `STATUS_COLUMNS`, sorted by partner, indicator, area and period.
        as_of: The date that it speaks for.
        known_at: The ledger number that it is known at.
    """

    frame: pl.DataFrame
    as_of: date
    known_at: int

    def __post_init__(self) -> None:
        """Refuse a frame that is not of the status table."""
        hold_to_table(self.frame, STATUS_COLUMNS, "returns status")


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
