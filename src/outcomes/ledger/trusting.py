"""Holds the log to its chain and its seal before anything is read of it, so that no damage is read in silence."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from outcomes.errors import LedgerError
from outcomes.ledger.connection import read_log
from outcomes.ledger.entries import FIRST_HASH, read_entries
from outcomes.ledger.seal import Seal, hash_at, read_seal

__all__ = ["Held", "hold_to_chain", "read_trusted"]

T = TypeVar("T")


@dataclass
class Held:
    """Up to which entry a log was held to its chain: what was held once is not held again by the same reader.

    Attributes:
        number, entry_hash: Of that entry.
        replacements: How often the log was found to be another one than before.
    """

    number: int = 0
    entry_hash: str = FIRST_HASH
    replacements: int = 0


def read_trusted(folder: Path, busy_seconds: float, held: Held, question: Callable[[sqlite3.Connection], T]) -> T:
    """Return the answer of a question to a log whose chain holds, from one consistent moment.

    Arguments:
        folder: The ledger folder.
        busy_seconds: How long to wait for another program.
        held: What this reader has held to its chain; brought up to the last entry.
        question: Given the connection, in a transaction.

    Raises:
        LedgerError: An entry was changed or lost, or the log cannot be read.
    """
    # before the log: what is recorded between the two would make the log look shorter than its seal
    seal = None
    # a seal that cannot be read changes no number: `verify` names it, and nothing is written meanwhile
    with suppress(ValueError, OSError):
        seal = read_seal(folder)

    def asked(connection: sqlite3.Connection) -> T:
        hold_to_chain(connection, folder, held, seal)
        return question(connection)

    return read_log(folder, busy_seconds, asked)


def hold_to_chain(connection: sqlite3.Connection, folder: Path, held: Held, seal: Seal | None) -> None:
    """Refuse a log whose entries are not 1, 2, 3 …, each with its own hash and the one before, as far as its seal."""
    number, entry_hash = held.number, held.entry_hash
    is_other = hash_at(connection, number) != entry_hash
    if is_other:
        # another log than before, such as a backup: all of it is held anew
        number, entry_hash = 0, hash_at(connection, 0)
    try:
        for entry in read_entries(connection, "WHERE number > ? ORDER BY number", number):
            if (entry.number, entry.previous_hash) != (number + 1, entry_hash):
                raise _broken(folder, f"entry {entry.number} does not follow on from entry {number}")
            if entry.entry_hash != entry.expected_hash():
                raise _broken(folder, f"entry {entry.number} is not what was written")
            number, entry_hash = entry.number, entry.entry_hash
    except (TypeError, ValueError, OverflowError) as error:
        raise _broken(folder, f"entry {number + 1} cannot be read") from error
    if seal is not None and hash_at(connection, seal.number) != seal.entry_hash:
        raise _broken(folder, f"it was sealed with {seal.number} entries and does not go on from there")
    held.number, held.entry_hash, held.replacements = number, entry_hash, held.replacements + is_other


def _broken(folder: Path, what: str) -> LedgerError:
    return LedgerError(
        f"{folder}: the log is damaged: {what}. Nothing is read from it. "
        "Run `outcomes verify`, and restore the folder from a backup."
    )
