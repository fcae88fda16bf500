"""The one discipline of every act on the record: alone, on a log that holds, wholly there or wholly absent."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from outcomes.days import FIRST_DAY, LAST_DAY, is_within_span
from outcomes.errors import LedgerError
from outcomes.ledger.connection import writing
from outcomes.ledger.destroying import finish_destroying
from outcomes.ledger.durable import forget_intent, remove_leftovers
from outcomes.ledger.entries import Entry, EntryKind, read_entries, recorded_files
from outcomes.ledger.seal import refuse_broken_seal, seal_log
from outcomes.ledger.store import Ledger
from outcomes.ledger.trusting import Held, hold_to_chain
from outcomes.personal_numbers import has_nhs_number, masked

__all__ = ["moment_in_utc", "one_act", "plain_words", "submission_to_take_back", "unsure_of"]

_LONGEST: Final = 1_000
# numbers are 1, 2, 3 …; SQLite knows none that is longer
_HIGHEST: Final = 2**63 - 1


@contextmanager
def one_act(ledger: Ledger) -> Iterator[sqlite3.Connection]:
    """Hold the log for one act: what killed writers left is tidied away first, and the log is sealed at the end.

    The caller adds its files (`durable.add_files`) and its entry; both are there afterwards, or neither. An act that
    adds no entry leaves the seal as it is.
    """
    folder = ledger.folder
    try:
        with writing(folder, ledger.busy_seconds) as connection:
            refuse_broken_seal(connection, folder)
            hold_to_chain(connection, folder, Held(), None)
            _tidy(connection, folder)
            before = connection.total_changes
            yield connection
            is_changed = connection.total_changes != before
    except BaseException:
        # under the lock again: another writer may be at work by now. What cannot be removed, the next writer removes
        with suppress(LedgerError), writing(folder, min(ledger.busy_seconds, 1.0)) as connection:
            _tidy(connection, folder)
        raise
    if is_changed:
        with suppress(OSError):
            forget_intent(folder)
        seal_log(folder, ledger.busy_seconds)


def _tidy(connection: sqlite3.Connection, folder: Path) -> None:
    finish_destroying(connection, folder)
    remove_leftovers(folder, lambda: recorded_files(connection))


def submission_to_take_back(connection: sqlite3.Connection, folder: Path, number: int, act: str) -> Entry:
    """Return the submission of a number.

    Raises:
        LedgerError: There is no such entry, or it is none that could be taken back.
    """
    is_possible = 0 < number <= _HIGHEST
    entry = next(read_entries(connection, "WHERE number = ?", number), None) if is_possible else None
    if entry is None:
        last = connection.execute("SELECT coalesce(max(number), 0) FROM entries").fetchone()[0]
        there = f"Name a submission's number, from 1 to {last}." if last else "The ledger is empty."
        raise LedgerError(f"{folder}: there is no entry {masked(str(number))}. {there}")
    if entry.kind is EntryKind.REJECTED:
        raise LedgerError(
            f"{folder}: entry {number} is a file that was rejected: none of its figures counts and none of its bytes "
            f"is kept, so there is nothing to {act}. Name the number on the receipt of a file that was accepted."
        )
    if entry.kind is not EntryKind.SUBMISSION:
        raise LedgerError(
            f"{folder}: entry {number} is no file of a partner, it is of the kind {entry.kind.value}. "
            f"Name the number of the submission to {act}."
        )
    return entry


def unsure_of(connection: sqlite3.Connection, entry: Entry, taken_back: Collection[int]) -> list[int]:
    """Return the later submissions, copied from format 1, that may have said figures of a submission again, unkept.

    Arguments:
        connection: To the log.
        entry: The submission that is taken back.
        taken_back: The numbers of those that do not count any more.
    """
    clause = "WHERE kind = 'submission' AND partner_code = ? AND number > ? ORDER BY number"
    return [
        later.number
        for later in read_entries(connection, clause, entry.partner_code, entry.number)
        if later.fields.get("unrecorded_restatements") and later.number not in taken_back
    ]


def plain_words(text: str, what: str, *, is_needed: bool = True) -> str:
    """Return free text as the record may keep it for good: on one line, without blanks around it.

    Raises:
        ValueError: It is empty, too long, or holds an NHS number or what no page can show: an entry of the log can
            never be removed.
    """
    said = " ".join(text.split())
    if is_needed and not said:
        raise ValueError(f"{what} is empty; say it in a few words, for the record keeps it")
    if len(said) > _LONGEST:
        raise ValueError(f"{what} has {len(said)} characters; at most {_LONGEST} are kept. Say it more shortly")
    # a terminal would obey it, and no file of text can hold half a character
    hidden = next((character for character in said if not character.isprintable()), "")
    if hidden:
        raise ValueError(f"{what} holds a character that cannot be shown (U+{ord(hidden):04X}); leave it out")
    # in a sentence: digits that stand alone could pass for a decimal number
    if has_nhs_number(f"said: {said}"):
        raise ValueError(f"{what} holds an NHS number, and what stands in the log can never be removed; leave it out")
    return said


def moment_in_utc(moment: datetime, what: str) -> str:
    """Return a moment as an entry keeps it.

    Raises:
        ValueError: It has no time zone, or is no time of our days.
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError(f"{what} needs a time zone, as in 2026-11-20T09:00:00+00:00")
    if not is_within_span(moment):
        raise ValueError(f"{what} is {moment.isoformat()}; a time from {FIRST_DAY} to {LAST_DAY} is expected")
    return moment.astimezone(UTC).isoformat()
