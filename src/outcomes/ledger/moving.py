"""Says what moved in the record between two ledger numbers: figures that came, changed or went, and the acts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import polars as pl

from outcomes.intake.model import Receipt
from outcomes.intake.observations import FIGURE, KEY
from outcomes.ledger.model import Tombstone, Withdrawal
from outcomes.ledger.store import Ledger
from outcomes.table import hold_to_table

__all__ = ["MOVED_COLUMNS", "RecordChanges", "record_changes"]

MOVED_COLUMNS: Final[dict[str, pl.DataType]] = {
    "partner_code": pl.String(),
    "source_code": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "area_code": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "breakdown": pl.String(),
    "period": pl.String(),
    # new, revised, or gone (withdrawn, or expunged)
    "change": pl.String(),
    "numerator_before": pl.Int64(),
    "numerator_after": pl.Int64(),
    "denominator_before": pl.Int64(),
    "denominator_after": pl.Int64(),
    "value_before": pl.Float64(),
    "value_after": pl.Float64(),
    "status_before": pl.String(),
    "status_after": pl.String(),
    "submission_before": pl.Int64(),
    "submission_after": pl.Int64(),
}


@dataclass(frozen=True)
class RecordChanges:
    """What moved in the record between two of its numbers.

    Attributes:
        since, known_at: The numbers; what came after the first, up to the second.
        figures: Columns `MOVED_COLUMNS`, sorted by key: each figure that says something else at the later number.
        receipts: Of the files that came between, rejected ones too.
        withdrawals, tombstones: The acts between.
        destroyed_since: Tombstones of what counted at the earlier number and is shown no more, so cannot be compared.
    """

    since: int
    known_at: int
    figures: pl.DataFrame
    receipts: tuple[Receipt, ...]
    withdrawals: tuple[Withdrawal, ...]
    tombstones: tuple[Tombstone, ...]
    destroyed_since: tuple[Tombstone, ...]

    def __post_init__(self) -> None:
        """Refuse a frame that is not of the table of moved figures."""
        hold_to_table(self.figures, MOVED_COLUMNS, "moved figures")


def record_changes(
    ledger: Ledger, *, since: int | datetime | None = None, known_at: int | datetime | None = None
) -> RecordChanges:
    """Return what moved in the record.

    Arguments:
        ledger: The record.
        since: A ledger number, or a moment that stands for one; None for that of the last publication before
            `known_at`, else for the number before `known_at`.
        known_at: Up to which number, or moment; None for the last.

    Raises:
        LedgerError: There is no such number, or the record is damaged.
        ValueError: `since` comes after `known_at`, or a moment has no time zone.
    """
    until = ledger.number_known(known_at)
    if since is None:
        published = [one.number for one in ledger.publications() if one.number < until]
        start = published[-1] if published else max(until - 1, 0)
    else:
        start = ledger.number_known(since)
    if start > until:
        raise ValueError(f"since {start} comes after {until}; give the earlier ledger number as since")
    before, after = ledger.observations(start).frame, ledger.observations(until).frame
    between = range(start + 1, until + 1)
    return RecordChanges(
        since=start,
        known_at=until,
        figures=_moved(before, after),
        receipts=tuple(receipt for receipt in ledger.receipts(until) if receipt.number in between),
        withdrawals=tuple(act for act in ledger.withdrawals(until) if act.number in between),
        tombstones=tuple(stone for stone in ledger.tombstones() if stone.number in between),
        destroyed_since=ledger.destroyed_since(start),
    )


def _moved(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    columns = dict.fromkeys((*FIGURE, "submission", "period"))
    left = before.select(*KEY, *(pl.col(name).alias(f"{name}_before") for name in columns), was=pl.lit(value=True))
    right = after.select(*KEY, *(pl.col(name).alias(f"{name}_after") for name in columns), is_now=pl.lit(value=True))
    both = left.join(right, on=list(KEY), how="full", coalesce=True, nulls_equal=True)
    is_other = pl.any_horizontal(pl.col(f"{name}_before").ne_missing(pl.col(f"{name}_after")) for name in FIGURE)
    frame = (
        both.with_columns(
            change=pl.when(pl.col("was").is_null())
            .then(pl.lit("new"))
            .when(pl.col("is_now").is_null())
            .then(pl.lit("gone"))
            .when(is_other)
            .then(pl.lit("revised")),
            period=pl.coalesce("period_after", "period_before"),
        )
        .filter(pl.col("change").is_not_null())
        .sort(KEY)
    )
    return hold_to_table(frame.select(list(MOVED_COLUMNS)), MOVED_COLUMNS, "moved figures")
