"""Withdraws a submission: from then on its figures do not count, and what it was stays in the record."""

from datetime import datetime

from outcomes.errors import LedgerError
from outcomes.ledger.acting import moment_in_utc, one_act, plain_words, submission_to_take_back, unsure_of
from outcomes.ledger.entries import EntryKind, append_entry
from outcomes.ledger.model import Withdrawal
from outcomes.ledger.reading_back import withdrawal_of
from outcomes.ledger.standing import latest_acts
from outcomes.ledger.store import Ledger

__all__ = ["withdraw"]


def withdraw(ledger: Ledger, submission: int, *, reason: str, at: datetime, by: str = "") -> Withdrawal:
    """Withdraw a submission: the record goes on as if the file had not come, and says that it was taken back.

    An earlier figure that it had revised counts again; a later file that said the same figure again stands for it; a
    figure that only it had is missing. What was known before the withdrawal is still known at those numbers. The same
    content may be sent again and then counts anew.

    Arguments:
        ledger: The record.
        submission: Its number, as on its receipt.
        reason: Why, in a few words; kept for good, so it must not hold anything about a person.
        at: When, with a time zone.
        by: Who says so; may be left empty.

    Returns:
        The withdrawal, with its own number.

    Raises:
        LedgerError: There is no such submission, it was withdrawn or expunged before, or the record cannot be written.
        ValueError: The reason is empty, too long or holds an NHS number, or `at` has no time zone.

    >>> from pathlib import Path
    >>> withdraw(Ledger(Path("nowhere")), 3, reason=" ", at=datetime(2026, 11, 20))
    Traceback (most recent call last):
    ValueError: the reason is empty; say it in a few words, for the record keeps it
    """
    said = plain_words(reason, "the reason")
    who = plain_words(by, "who withdraws it", is_needed=False)
    moment = moment_in_utc(at, "the time of a withdrawal")
    with one_act(ledger) as connection:
        entry = submission_to_take_back(connection, ledger.folder, submission, "withdraw")
        acts = latest_acts(connection)
        if submission in acts.tombstones:
            stone = acts.tombstones[submission]
            raise LedgerError(
                f"{ledger.folder}: submission {submission} was expunged by entry {stone.number}: nothing of it is left "
                "to withdraw."
            )
        if submission in acts.withdrawals:
            before = acts.withdrawals[submission]
            raise LedgerError(
                f"{ledger.folder}: submission {submission} was withdrawn before, by entry {before.number} on "
                f"{before.withdrawn_at.date()} ({before.reason}). It does not count; nothing more was recorded."
            )
        body = {
            "submission": submission,
            "file": entry.fields["file"],
            "withdrawn_at": moment,
            "reason": said,
            "by": who,
            "unsure_of": unsure_of(connection, entry, acts.taken_back),
        }
        made = append_entry(connection, EntryKind.WITHDRAWAL, body, partner_code=entry.partner_code)
    return withdrawal_of(made)
