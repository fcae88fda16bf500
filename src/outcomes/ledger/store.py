"""Opens a ledger, and answers what is in it as known at a number."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

import polars as pl

from outcomes.errors import LedgerError, UnreadableFileError
from outcomes.intake.model import Receipt
from outcomes.intake.observations import Observations
from outcomes.ledger.connection import checked, connected, plain_errors, prepare_journal, read_log
from outcomes.ledger.durable import sync_folder
from outcomes.ledger.entries import EntryKind, given_period_of, publication_of, read_entries, receipt_of
from outcomes.ledger.folder import APPLICATION_ID, FORMAT, LOG, SCHEMA, observations_path
from outcomes.ledger.model import Publication
from outcomes.ledger.seal import seal_log
from outcomes.ledger.trusting import Held, read_trusted
from outcomes.ledger.versions import join_versions, newest, read_versions

__all__ = ["BUSY_SECONDS", "Ledger", "open_ledger"]

T = TypeVar("T")

# how long a program waits for another one that writes
BUSY_SECONDS: Final = 60.0


@dataclass(frozen=True)
class Ledger:
    """An append-only record in a folder. It holds nothing open: every question opens the log, asks and closes it.

    Attributes:
        folder: Where it lies.
        busy_seconds: How long it waits for another program that writes.
    """

    folder: Path
    busy_seconds: float = BUSY_SECONDS
    # what was read last, and at which number: submissions are never changed, so later ones are only added
    _seen: dict[str, tuple[int, pl.DataFrame]] = field(default_factory=dict, repr=False, compare=False)
    _held: Held = field(default_factory=Held, repr=False, compare=False)

    @property
    def number(self) -> int:
        """The number of the last entry; 0 of an empty ledger."""
        return self._ask(_last_number)

    @property
    def format_number(self) -> int:
        """The number of the format that the ledger's folder is written in."""
        return self._ask(
            lambda connection: int(connection.execute("PRAGMA user_version").fetchone()[0]),
        )

    def number_at(self, moment: datetime) -> int:
        """Return the ledger number at a moment: of the last entry before the first one that came later.

        Arguments:
            moment: With a time zone.

        Raises:
            ValueError: It has no time zone.
        """
        if moment.tzinfo is None:
            raise ValueError("the moment needs a time zone, as in 2026-11-20T09:00:00+00:00")
        number = 0
        for receipt in self.receipts():
            if receipt.received_at > moment:
                break
            number = receipt.number
        return number

    def observations(self, known_at: int | None = None) -> Observations:
        """Return the newest accepted figure of each key, as known at a ledger number.

        Two partners or sources that give a figure for the same place are both here: the record does not decide.

        Arguments:
            known_at: A ledger number, from 0 to `number`; None for the last.

        Raises:
            LedgerError: There is no such number, or the record is damaged.
        """
        number = self._number_known(known_at)
        seen, frame = self._seen.get("newest", (-1, None))
        if frame is None or seen != number:
            frame = newest(self._versions(number))
            self._seen["newest"] = (number, frame)
        return Observations(frame, known_at=number)

    def versions(self, known_at: int | None = None) -> pl.DataFrame:
        """Return every version of every figure, revised ones too: columns `OBSERVATION_COLUMNS`, by submission."""
        return self._versions(self._number_known(known_at))

    def receipts(self, known_at: int | None = None) -> tuple[Receipt, ...]:
        """Return the receipt of every file, rejected ones too, in order of their numbers."""
        number = self._number_known(known_at)
        wanted = (EntryKind.SUBMISSION, EntryKind.REJECTED)
        return self._ask(
            lambda connection: tuple(
                receipt_of(entry)
                for entry in read_entries(connection, "WHERE number <= ? ORDER BY number", number)
                if entry.kind in wanted
            ),
        )

    def publications(self) -> tuple[Publication, ...]:
        """Return every act of publication, in order of their numbers."""
        return self._ask(
            lambda connection: tuple(
                publication_of(entry)
                for entry in read_entries(connection, "WHERE kind = ? ORDER BY number", EntryKind.PUBLICATION.value)
            ),
        )

    def submission_of_content(self, sha256: str, partner_code: str, given_period: str = "") -> int | None:
        """Return the number under which this partner's very same bytes were accepted first, or None.

        A file that names no period is another submission with each period that is given with it.
        """
        return self._ask(
            lambda connection: next(
                (
                    entry.number
                    for entry in read_entries(connection, ACCEPTED_BEFORE, sha256, partner_code)
                    if given_period_of(entry) == given_period
                ),
                None,
            ),
        )

    def _ask(self, question: Callable[[sqlite3.Connection], T]) -> T:
        return read_trusted(self.folder, self.busy_seconds, self._held, question)

    def _number_known(self, known_at: int | None) -> int:
        last = self.number
        if known_at is None:
            return last
        if not 0 <= known_at <= last:
            raise LedgerError(f"{self.folder}: there is no entry {known_at}. Name a number from 0 to {last}.")
        return known_at

    def _versions(self, number: int) -> pl.DataFrame:
        seen, versions = self._seen.get("versions", (0, join_versions(())))
        if seen > number:
            return versions.filter(pl.col("submission") <= number)
        files = self._ask(
            lambda connection: [observations_path(sha256) for (sha256,) in connection.execute(_FILES, (seen, number))],
        )
        if files:
            versions = join_versions((versions, read_versions(self.folder, files)))
        self._seen["versions"] = (number, versions)
        return versions


ACCEPTED_BEFORE: Final = "WHERE kind = 'submission' AND sha256 = ? AND partner_code = ? ORDER BY number"
_FILES: Final = (
    "SELECT observations_sha256 FROM entries WHERE observations_sha256 <> '' AND kind = 'submission' "
    "AND number > ? AND number <= ? ORDER BY number"
)


def open_ledger(folder: str | Path, *, create: bool = True, busy_seconds: float = BUSY_SECONDS) -> Ledger:
    """Open a ledger folder, or make an empty one.

    Arguments:
        folder: The ledger's folder. A new one is made only where there is none, or an empty one.
        create: Whether to make it where it is not.
        busy_seconds: How long to wait for another program that writes.

    Returns:
        The ledger. A folder that may only be read can be read.

    Raises:
        UnreadableFileError: The folder is not there (and not to be made), is a file, or may not be opened.
        LedgerError: It is not a ledger's folder, is damaged, or is of a newer format.
    """
    path = Path(folder)
    if path.exists() and not path.is_dir():
        raise UnreadableFileError(f"{path}: this is a file; a ledger is a folder. Name the ledger's folder.")
    log = path / LOG
    try:
        # the names first: another program that makes the ledger just now makes the log before all else
        others = sorted(name for name in _names(path) if not name.startswith((".", LOG)))
        is_new = not log.exists() or log.stat().st_size == 0
    except OSError as error:
        raise UnreadableFileError(f"{path}: the folder cannot be opened ({error.strerror}).") from error
    if is_new:
        if others:
            raise LedgerError(
                f"{path}: the folder holds {others[0]}, but no log of a ledger ({LOG}). "
                "Name the ledger's own folder, or an empty one; if the log was lost, restore it from a backup."
            )
        if not create:
            raise UnreadableFileError(f"{path}: there is no ledger here. Name the folder of a ledger.")
        _make(path, busy_seconds)
    ledger = Ledger(path, busy_seconds)
    # a ledger that is damaged can still be opened, to be verified
    read_log(path, busy_seconds, _last_number)
    return ledger


def _make(folder: Path, busy_seconds: float) -> None:
    with plain_errors(folder):
        missing = [level for level in (folder, *folder.parents) if not level.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        with closing(connected(folder, "mode=rwc", busy_seconds)) as connection:
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute("BEGIN IMMEDIATE")
            # another program may have made it meanwhile
            if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                for statement in SCHEMA.values():
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {FORMAT}")
            connection.execute("COMMIT")
            checked(connection, folder)
            prepare_journal(connection, folder)
        for level in (folder, *(level.parent for level in missing)):
            sync_folder(level)
    seal_log(folder, busy_seconds)


def _names(folder: Path) -> list[str]:
    return [member.name for member in folder.iterdir()] if folder.is_dir() else []


def _last_number(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM entries").fetchone()[0])
