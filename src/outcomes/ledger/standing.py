"""Which submissions count at a ledger number, and what the versions of their figures are once others were taken back.

The record without a withdrawn submission is what it would be had that file never come: a later file that said the same
figure again stands for it, an earlier one that it had revised counts again.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from outcomes.intake.observations import FIGURE, KEY, WORDS
from outcomes.ledger.connection import format_of
from outcomes.ledger.entries import Entry, EntryKind, last_entry, read_entries
from outcomes.ledger.folder import observations_path
from outcomes.ledger.model import Tombstone, Withdrawal
from outcomes.ledger.reading_back import tombstone_of, withdrawal_of

__all__ = [
    "Acts",
    "acts_until",
    "content_taken_back",
    "latest_acts",
    "new_files",
    "replayed",
    "said_files",
    "standing_files",
    "standing_of_content",
]

ACCEPTED_BEFORE = "WHERE kind = 'submission' AND sha256 = ? AND partner_code = ? ORDER BY number"


@dataclass(frozen=True, slots=True)
class Acts:
    """What was taken back, as known at a number: withdrawals up to it, and what was expunged at any time.

    Attributes:
        withdrawals: By the number of the submission.
        tombstones: By the number of the submission; what is destroyed is gone at every number.
    """

    withdrawals: dict[int, Withdrawal]
    tombstones: dict[int, Tombstone]

    @property
    def taken_back(self) -> frozenset[int]:
        """The submissions that do not count."""
        return frozenset(self.withdrawals) | frozenset(self.tombstones)

    @property
    def all(self) -> tuple[Withdrawal | Tombstone, ...]:
        """Every act; of a submission that was withdrawn and then expunged, both."""
        return (*self.withdrawals.values(), *self.tombstones.values())

    @property
    def partners(self) -> tuple[str, ...]:
        """The senders of what was taken back, sorted."""
        return tuple(sorted({act.partner_code for act in self.all}))


def acts_until(connection: sqlite3.Connection, number: int) -> Acts:
    """Return what was taken back, as known at a number."""
    # format 1 knows no such acts
    if format_of(connection) < 2:
        return Acts({}, {})
    withdrawn = read_entries(connection, "WHERE kind = 'withdrawal' AND number <= ? ORDER BY number", number)
    expunged = read_entries(connection, "WHERE kind = 'tombstone' ORDER BY number")
    withdrawals = [withdrawal_of(entry) for entry in withdrawn]
    # what came after the number was never known at it
    tombstones = [stone for entry in expunged if (stone := tombstone_of(entry)).submission <= number]
    return Acts({act.submission: act for act in withdrawals}, {act.submission: act for act in tombstones})


def latest_acts(connection: sqlite3.Connection) -> Acts:
    """Return what was taken back up to now."""
    last = last_entry(connection)
    return acts_until(connection, last.number if last else 0)


def new_files(connection: sqlite3.Connection, after: int, until: int, acts: Acts) -> list[Path]:
    """Return the files of the figures that were new, of the submissions after one number up to another, in order."""
    found = connection.execute(
        "SELECT number, observations_sha256 FROM entries NOT INDEXED WHERE observations_sha256 <> '' "
        "AND kind = 'submission' AND number > ? AND number <= ? ORDER BY number",
        (after, until),
    )
    return [observations_path(sha256) for number, sha256 in found if number not in acts.tombstones]


def said_files(entry: Entry) -> list[Path]:
    """Return the files of all figures that a submission holds: those that were new, and those said again."""
    hashes = (entry.observations_sha256, entry.fields.get("restated_sha256", ""))
    return [observations_path(sha256) for sha256 in hashes if sha256]


def standing_files(connection: sqlite3.Connection, partner_code: str, until: int, acts: Acts) -> list[Path]:
    """Return the files of all figures of a partner's submissions that count at a number."""
    clause = "WHERE partner_code = ? AND kind = 'submission' AND number <= ? ORDER BY number"
    return [
        path
        for entry in read_entries(connection, clause, partner_code, until)
        if entry.number not in acts.taken_back
        for path in said_files(entry)
    ]


def replayed(said: pl.DataFrame) -> pl.DataFrame:
    """Return the versions that figures make when they come one submission after the other.

    Arguments:
        said: All figures of the submissions that count, columns `OBSERVATION_COLUMNS`; each key once a submission.

    Returns:
        Of each key the first, and those that say something else than the one before; sorted by submission and key.
    """
    ordered = said.sort(*KEY, "submission")
    is_first = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in KEY) | (
        pl.int_range(pl.len()) == 0
    )
    marked = ordered.with_columns(is_first=is_first, is_other=_differs(FIGURE), is_news=_differs((*FIGURE, *WORDS)))
    return (
        marked.with_columns(is_revision=(pl.col("is_other") & ~pl.col("is_first")).cum_max().over(KEY))
        .filter(pl.col("is_first") | pl.col("is_news"))
        .select(said.columns)
        .sort("submission", *KEY)
    )


def _differs(names: tuple[str, ...]) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in names)


def standing_of_content(
    connection: sqlite3.Connection, sha256: str, partner_code: str, given_period: str, acts: Acts
) -> Entry | None:
    """Return the first submission of this very content that counts without a doubt, or None."""
    doubted = {number for act in acts.all for number in act.unsure_of}
    for entry in _of_content(connection, sha256, partner_code, given_period):
        if entry.number not in acts.taken_back and entry.number not in doubted:
            return entry
    return None


def content_taken_back(
    connection: sqlite3.Connection, sha256: str, partner_code: str, given_period: str, acts: Acts
) -> Withdrawal | Tombstone | None:
    """Return the act that took this very content back last, where it does not count; a tombstone before others."""
    entries = tuple(_of_content(connection, sha256, partner_code, given_period))
    if any(entry.number not in acts.taken_back for entry in entries):
        return None
    # bytes that were destroyed are not taken in again, whatever else became of them and whatever period is given
    same_bytes = read_entries(connection, ACCEPTED_BEFORE, sha256, partner_code)
    stones: list[Withdrawal | Tombstone] = [
        acts.tombstones[entry.number] for entry in same_bytes if entry.number in acts.tombstones
    ]
    withdrawals = [acts.withdrawals[entry.number] for entry in entries if entry.number in acts.withdrawals]
    return next(iter((*reversed(stones), *reversed(withdrawals))), None)


def _of_content(connection: sqlite3.Connection, sha256: str, partner_code: str, given_period: str) -> Iterator[Entry]:
    for entry in read_entries(connection, ACCEPTED_BEFORE, sha256, partner_code):
        if entry.kind is EntryKind.SUBMISSION and str(entry.fields.get("given_period", "")) == given_period:
            yield entry
