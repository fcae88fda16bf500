"""The seal: beside the log, what it ended with and the hash of its file, so that a lost end or a flipped byte shows.

A chain alone cannot tell that its last entries were cut off, and a database file has bytes that no query reads.
"""

import json
import logging
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from outcomes.errors import LedgerError
from outcomes.fingerprint import sha256_of_bytes
from outcomes.ledger.connection import connected, format_of, log_bytes, plain_errors, prepare_journal
from outcomes.ledger.durable import replace_file
from outcomes.ledger.entries import first_hash, last_entry
from outcomes.ledger.folder import LOG, SEAL

__all__ = ["Seal", "hash_at", "is_as_sealed", "read_seal", "refuse_broken_seal", "seal_log"]

# bytes 18 and 19 of an SQLite file: 1 for the rollback journal, 2 for WAL (https://www.sqlite.org/fileformat.html)
_MOST_TURNS: Final = 16
_OTHER_JOURNAL: Final = {b"\x01\x01": b"\x02\x02", b"\x02\x02": b"\x01\x01"}


@dataclass(frozen=True, slots=True)
class Seal:
    """What the log was when it was last sealed: its last number, that entry's hash, and the hash of its file."""

    number: int
    entry_hash: str
    log_sha256: str

    def as_bytes(self) -> bytes:
        """Return the seal as the file holds it."""
        return json.dumps(asdict(self), separators=(",", ":")).encode() + b"\n"


def read_seal(folder: Path) -> Seal | None:
    """Return the seal, or None where there is none; ValueError where the file is not a whole seal."""
    try:
        content = (folder / SEAL).read_bytes()
    except FileNotFoundError:
        return None
    try:
        seal = Seal(**json.loads(content))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{SEAL} is not a seal") from error
    if seal.as_bytes() != content or not isinstance(seal.number, int):
        raise ValueError(f"{SEAL} is not a seal")
    return seal


def refuse_broken_seal(connection: sqlite3.Connection, folder: Path) -> None:
    """Refuse to write to a log that does not go on from what was sealed, or whose file has other bytes.

    A log that is longer than its seal is in order: its last writer was stopped before it sealed.
    """
    try:
        seal = read_seal(folder)
    except ValueError as error:
        raise LedgerError(f"{folder}: {error}. Nothing was recorded. Run `outcomes verify`.") from error
    if seal is not None and hash_at(connection, seal.number) != seal.entry_hash:
        raise LedgerError(
            f"{folder}: the log does not go on from entry {seal.number}, with which it was last sealed: entries were "
            "lost or changed. Nothing was recorded. Restore the folder from a backup, then run `outcomes verify`."
        )
    last = last_entry(connection)
    is_sealed = seal is not None and seal.number == (last.number if last else 0) and is_at_rest(folder)
    if seal is not None and is_sealed and not is_as_sealed(log_bytes(connection, folder), seal):
        raise LedgerError(
            f"{folder}: {LOG} is not the file that was sealed: bytes were changed. Nothing was recorded. "
            "Restore the folder from a backup, then run `outcomes verify`."
        )


def hash_at(connection: sqlite3.Connection, number: int) -> str:
    """Return the hash of an entry as the log has it, that before the first for 0, and an empty text where none is."""
    if number == 0:
        return first_hash(format_of(connection))
    found = connection.execute("SELECT entry_hash FROM entries WHERE number = ?", (number,)).fetchone()
    return str(found[0]) if found else ""


def seal_log(folder: Path, busy_seconds: float) -> None:
    """Seal the log as it stands now.

    What is recorded is recorded: where the seal cannot be written (another program is in the log, the disk is full),
    the old one stays, which holds up to its own number, and the next writer seals.
    """
    try:
        with plain_errors(folder):
            _seal(folder, busy_seconds)
    except LedgerError:
        logging.getLogger("outcomes").info("the ledger was not sealed; the next writer will")


def _seal(folder: Path, busy_seconds: float) -> None:
    connection = connected(folder, "mode=rw", busy_seconds)
    try:
        prepare_journal(connection, folder)
        # everything of the WAL goes into the file itself, so that the file alone is the log
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute("BEGIN IMMEDIATE")
        if is_at_rest(folder):
            last = last_entry(connection)
            number, entry_hash = (last.number, last.entry_hash) if last else (0, hash_at(connection, 0))
            content = log_bytes(connection, folder)
            # a file that is longer than its database says is damaged, and nothing vouches for it
            if content:
                replace_file(folder, Path(SEAL), Seal(number, entry_hash, sha256_of_bytes(content)).as_bytes())
        connection.execute("ROLLBACK")
    finally:
        connection.close()


def is_at_rest(folder: Path) -> bool:
    """Tell whether the log's file holds everything, with nothing left in a WAL beside it."""
    journal = folder / f"{LOG}-wal"
    return not journal.exists() or journal.stat().st_size == 0


def is_as_sealed(content: bytes, seal: Seal) -> bool:
    """Tell whether the bytes of the log's file are those that were sealed.

    A writer that turned to the other journal (the folder was moved to or from a share) and then wrote no entry has
    changed the head alone: the two bytes of the journal, and a counter that stands there twice. That may have happened
    a few times.
    """
    if sha256_of_bytes(content) == seal.log_sha256:
        return True
    journal, counter = content[18:20], int.from_bytes(content[24:28], "big")
    if len(content) < 100 or journal not in _OTHER_JOURNAL or content[24:28] != content[92:96]:
        return False
    before = bytearray(content)
    for turns in range(1, min(counter, _MOST_TURNS) + 1):
        before[18:20] = _OTHER_JOURNAL[bytes(before[18:20])]
        before[24:28] = before[92:96] = (counter - turns).to_bytes(4, "big")
        if sha256_of_bytes(before) == seal.log_sha256:
            return True
    return False
