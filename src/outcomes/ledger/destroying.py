"""Destroys the files of expunged submissions, and finishes what a killed program began to destroy."""

import json
import sqlite3
from pathlib import Path
from typing import Final

from outcomes.ledger.durable import replace_file, sync_folder
from outcomes.ledger.entries import read_entries, recorded_files, submission_meant
from outcomes.ledger.folder import INCOMING

__all__ = ["announce_destroying", "destroyed_files", "finish_destroying", "is_destroying_announced"]

# the note that files are to be destroyed; which, the tombstones of the log say
_NOTE: Final = Path(INCOMING, "expunging")


def announce_destroying(folder: Path, submission: int) -> None:
    """Note, before the tombstone is committed, that files will have to go after it."""
    (folder / INCOMING).mkdir(exist_ok=True)
    replace_file(folder, _NOTE, json.dumps({"submission": submission}).encode())


def is_destroying_announced(folder: Path) -> bool:
    """Tell whether somebody is about to destroy files, or was stopped while doing so."""
    return (folder / _NOTE).exists()


def destroyed_files(connection: sqlite3.Connection) -> frozenset[Path]:
    """Return the files that must be gone: named by expunged submissions, and needed by no other."""
    numbers = {submission_meant(entry) for entry in read_entries(connection, "WHERE kind = 'tombstone'")}
    if not numbers:
        return frozenset()
    named = {
        path
        for entry in read_entries(connection, "WHERE kind = 'submission'")
        if entry.number in numbers
        for path in entry.files()
    }
    return frozenset(named - set(recorded_files(connection)))


def finish_destroying(connection: sqlite3.Connection, folder: Path) -> None:
    """Destroy what committed tombstones say, where it was announced. Only for the holder of the log's lock."""
    if not is_destroying_announced(folder):
        return
    for path in sorted(destroyed_files(connection)):
        if (folder / path).exists():
            (folder / path).unlink()
            sync_folder((folder / path).parent)
    (folder / _NOTE).unlink()
    sync_folder(folder / INCOMING)
