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
from outcomes.intake.model import Receipt, TakenBack
from outcomes.intake.observations import KEY, Observations
from outcomes.ledger.connection import checked, connected, format_of, plain_errors, prepare_journal, read_log
from outcomes.ledger.durable import sync_folder
from outcomes.ledger.entries import Entry, EntryKind, moment_of, read_entries
from outcomes.ledger.folder import APPLICATION_ID, FORMAT, LOG, SCHEMA
from outcomes.ledger.model import Publication, Tombstone, Withdrawal
from outcomes.ledger.reading_back import publication_of, receipt_of
from outcomes.ledger.seal import seal_log
from outcomes.ledger.standing import (
    Acts,
    acts_until,
    content_taken_back,
    latest_acts,
    new_files,
    replayed,
    said_files,
    standing_files,
    standing_of_content,
)
from outcomes.ledger.trusting import Held, read_trusted
from outcomes.ledger.versions import join_versions, newest, read_versions
from outcomes.personal_numbers import masked

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
    # what was read last, and as of which number and acts: files are never changed, so later ones are only added
    _seen: dict[str, tuple[tuple[int, int], pl.DataFrame]] = field(default_factory=dict, repr=False, compare=False)
    _held: Held = field(default_factory=Held, repr=False, compare=False)

    @property
    def number(self) -> int:
        """The number of the last entry; 0 of an empty ledger."""
        return self._ask(_last_number)

    @property
    def format_number(self) -> int:
        """The number of the format that the ledger's folder is written in."""
        return self._ask(format_of)

    def number_at(self, moment: datetime) -> int:
        """Return the ledger number at a moment: of the last entry before the first one that was made later.

        Entries are ordered by their numbers, never by a clock. Where a clock went back, or a file was recorded under an
        earlier time, the entry counts from the time of those before it; where a clock was ahead, the entries after it
        wait until that time. So the number never falls as the moment moves on, and no later entry with an
        ordinary time changes the answer for a moment that has passed.

        Arguments:
            moment: With a time zone.

        Raises:
            ValueError: It has no time zone.
        """
        if moment.tzinfo is None:
            raise ValueError("the moment needs a time zone, as in 2026-11-20T09:00:00+00:00")

        def asked(connection: sqlite3.Connection) -> int:
            number = 0
            for entry in read_entries(connection):
                if moment_of(entry) > moment:
                    break
                number = entry.number
            return number

        return self._ask(asked)

    def observations(self, known_at: int | datetime | None = None) -> Observations:
        """Return the newest accepted figure of each key, as known at a ledger number.

        Two partners or sources that give a figure for the same place are both here: the record does not decide. What
        was withdrawn by then does not count; what was expunged, whenever, is not here (`destroyed_since` says so).

        Arguments:
            known_at: A ledger number, from 0 to `number`, or a moment, which stands for `number_at` it; None for the
                last.

        Raises:
            LedgerError: There is no such number, or the record is damaged.
            ValueError: A moment has no time zone.
        """
        number = self.number_known(known_at)
        versions, acts = self._versions(number)
        state = (number, len(acts.tombstones))
        seen, frame = self._seen.get("newest", ((-1, 0), versions))
        if seen != state:
            frame = newest(versions)
            self._seen["newest"] = (state, frame)
        since = tuple(sorted(stone.submission for stone in _destroyed_since(acts, number)))
        return Observations(frame, known_at=number, destroyed_since=since)

    def versions(self, known_at: int | datetime | None = None) -> pl.DataFrame:
        """Return every version of every figure that counts, revised ones too: `OBSERVATION_COLUMNS`, by submission."""
        return self._versions(self.number_known(known_at))[0]

    def receipts(self, known_at: int | datetime | None = None) -> tuple[Receipt, ...]:
        """Return the receipt of every file, rejected, withdrawn and expunged ones too, in order of their numbers."""
        number = self.number_known(known_at)

        def asked(connection: sqlite3.Connection) -> tuple[Receipt, ...]:
            gone = acts_until(connection, number).tombstones
            wanted = (EntryKind.SUBMISSION, EntryKind.REJECTED)
            return tuple(
                receipt_of(entry, None if entry.number in gone else self.folder)
                for entry in read_entries(connection, "WHERE number <= ? ORDER BY number", number)
                if entry.kind in wanted
            )

        return self._settled(number, lambda _: self._ask(asked))

    def kept_of(self, submission: int) -> tuple[Receipt, pl.DataFrame]:
        """Return what is kept of a submission: its receipt with the findings, and all that it said, by key.

        Arguments:
            submission: Its number.

        Raises:
            LedgerError: There is no submission of that number, it was expunged, or the record is damaged.
        """

        def asked(connection: sqlite3.Connection) -> tuple[Receipt, list[Path]]:
            clause = "WHERE kind = 'submission' AND number = ?"
            for entry in read_entries(connection, clause, submission):
                return receipt_of(entry, self.folder), said_files(entry)
            raise LedgerError(f"{self.folder}: there is no submission {submission}.")

        receipt, files = self._ask(asked)
        return receipt, read_versions(self.folder, files).sort(KEY)

    def withdrawals(self, known_at: int | datetime | None = None) -> tuple[Withdrawal, ...]:
        """Return every withdrawal up to a ledger number, in order of their numbers."""
        acts = self._acts(self.number_known(known_at))
        return tuple(sorted(acts.withdrawals.values(), key=lambda act: act.number))

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Return what is left of every submission that was expunged, in order of the tombstones' numbers."""
        return tuple(sorted(self._acts(self.number).tombstones.values(), key=lambda act: act.number))

    def destroyed_since(self, known_at: int | datetime | None = None) -> tuple[Tombstone, ...]:
        """Return the tombstones of what counted at a ledger number and was expunged after it, so is shown no more."""
        number = self.number_known(known_at)
        return _destroyed_since(self._acts(number), number)

    def publications(self) -> tuple[Publication, ...]:
        """Return every act of publication, in order of their numbers."""
        return self._ask(
            lambda connection: tuple(
                publication_of(entry)
                for entry in read_entries(connection, "WHERE kind = ? ORDER BY number", EntryKind.PUBLICATION.value)
            ),
        )

    def submission_of_content(self, sha256: str, partner_code: str, given_period: str = "") -> int | None:
        """Return the number under which this partner's very same bytes were accepted first and count still, or None.

        A file that names no period is another submission with each period that is given with it.
        """

        def asked(connection: sqlite3.Connection) -> Entry | None:
            acts = latest_acts(connection)
            return standing_of_content(connection, sha256, partner_code, given_period, acts)

        entry = self._ask(asked)
        return entry.number if entry else None

    def content_taken_back(self, sha256: str, partner_code: str, given_period: str = "") -> TakenBack | None:
        """Return what took this partner's very same bytes back, where they do not count any more; else None."""
        act = self._ask(
            lambda connection: content_taken_back(
                connection, sha256, partner_code, given_period, latest_acts(connection)
            )
        )
        if act is None:
            return None
        is_destroyed = isinstance(act, Tombstone)
        return TakenBack(act.number, act.authority if isinstance(act, Tombstone) else act.reason, is_destroyed)

    def number_known(self, known_at: int | datetime | None) -> int:
        """Return the ledger number that a number, a moment or None (the last) stands for.

        Raises:
            LedgerError: There is no such number.
            ValueError: A moment has no time zone.
        """
        if isinstance(known_at, datetime):
            return self.number_at(known_at)
        last = self.number
        if known_at is None:
            return last
        if not 0 <= known_at <= last:
            raise LedgerError(
                f"{self.folder}: there is no entry {masked(str(known_at))}. Name a number from 0 to {last}."
            )
        return known_at

    def _ask(self, question: Callable[[sqlite3.Connection], T]) -> T:
        replacements = self._held.replacements
        answer = read_trusted(self.folder, self.busy_seconds, self._held, question)
        if self._held.replacements != replacements:
            # the folder was put back from a backup: what was read before is not what it holds
            self._seen.clear()
        return answer

    def _acts(self, number: int) -> Acts:
        return self._ask(lambda connection: acts_until(connection, number))

    def _versions(self, number: int) -> tuple[pl.DataFrame, Acts]:
        return self._settled(number, lambda acts: (self._read_versions(number, acts), acts))

    def _settled(self, number: int, question: Callable[[Acts], T]) -> T:
        while True:
            acts = self._acts(number)
            try:
                return question(acts)
            except LedgerError:
                # another program may have expunged a file between the log and the reading of it
                if len(self._acts(number).tombstones) == len(acts.tombstones):
                    raise

    def _read_versions(self, number: int, acts: Acts) -> pl.DataFrame:
        (seen, _), versions = self._seen.get("versions", ((0, 0), join_versions(())))
        if seen > number:
            versions = versions.filter(pl.col("submission") <= number)
        else:
            files = self._ask(lambda connection: new_files(connection, seen, number, acts))
            if files:
                versions = join_versions((versions, read_versions(self.folder, files)))
            self._seen["versions"] = ((number, 0), versions)
        if not acts.partners:
            return versions
        # whose files were taken back: what the others say is told anew
        said = self._ask(
            lambda connection: [
                path for code in acts.partners for path in standing_files(connection, code, number, acts)
            ]
        )
        others = versions.filter(~pl.col("partner_code").is_in(acts.partners))
        theirs = replayed(read_versions(self.folder, said))
        return join_versions((others, theirs)).sort("submission", maintain_order=True)


def _destroyed_since(acts: Acts, number: int) -> tuple[Tombstone, ...]:
    found = [
        stone
        for stone in acts.tombstones.values()
        if stone.number > number and stone.submission not in acts.withdrawals
    ]
    return tuple(sorted(found, key=lambda stone: stone.number))


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
