"""Expunges a submission: its bytes and figures are destroyed, a tombstone stays, and the chain still holds."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from outcomes.errors import LedgerError
from outcomes.intake.observations import FIGURE, KEY
from outcomes.ledger.acting import moment_in_utc, one_act, plain_words, submission_to_take_back, unsure_of
from outcomes.ledger.connection import writing
from outcomes.ledger.destroying import announce_destroying, finish_destroying
from outcomes.ledger.entries import Entry, EntryKind, append_entry, read_entries
from outcomes.ledger.model import Tombstone
from outcomes.ledger.reading_back import tombstone_of
from outcomes.ledger.standing import latest_acts, said_files
from outcomes.ledger.store import Ledger
from outcomes.ledger.versions import read_versions

__all__ = ["expunge"]

# what of a figure may outlive it: that there was one, and of what; neither its groups nor its numbers
_PLACE: Final = ("indicator_id", "area_code", "period_kind", "period_start")


def expunge(ledger: Ledger, submission: int, *, reason: str, authority: str, at: datetime, by: str = "") -> Tombstone:
    """Destroy a submission's bytes, figures and findings, and leave a tombstone.

    Its figures are gone at every ledger number, those before the act too. Its entry stays: file name, sender, hash,
    times, counts, codes of findings; and of which indicators, areas and periods it had figures. The very same bytes are
    kept where another submission has them too, and so are equal figures in other submissions: both are named in the
    tombstone, to be expunged as well where the law asks it. Backups are the keeper's to destroy.

    The tombstone comes first. A program that is stopped after it leaves files that the next act on the record removes;
    until then `verify` names them.

    Arguments:
        ledger: The record.
        submission: Its number, withdrawn before or not.
        reason: Why, in a few words; kept for good.
        authority: On whose decision or by which rule; kept for good.
        at: When, with a time zone.
        by: Who does it; may be left empty.

    Returns:
        The tombstone, with its own number.

    Raises:
        LedgerError: There is no such submission, it was expunged before, or the record cannot be written. Where the
            tombstone stands and a file could not be removed, the message says so.
        ValueError: A text is empty, too long or holds an NHS number, or `at` has no time zone.
    """
    words = {
        "reason": plain_words(reason, "the reason"),
        "authority": plain_words(authority, "the authority"),
        "by": plain_words(by, "who expunges it", is_needed=False),
        "expunged_at": moment_in_utc(at, "the time of an expunction"),
    }
    folder = ledger.folder
    with one_act(ledger) as connection:
        entry = submission_to_take_back(connection, folder, submission, "expunge")
        acts = latest_acts(connection)
        if submission in acts.tombstones:
            before = acts.tombstones[submission]
            raise LedgerError(
                f"{folder}: submission {submission} was expunged before, by entry {before.number} on "
                f"{before.expunged_at.date()}. Nothing of it is left; nothing more was recorded."
            )
        others = [
            other
            for other in read_entries(
                connection, "WHERE kind = 'submission' AND number <> ? ORDER BY number", submission
            )
            if other.number not in acts.tombstones
        ]
        body: dict[str, Any] = {
            "submission": submission,
            "file": entry.fields["file"],
            **words,
            "is_content_shared_with": [
                other.number
                for other in others
                if other.sha256 == entry.sha256 and entry.fields["keeps_bytes"] and other.fields["keeps_bytes"]
            ],
            "unsure_of": unsure_of(connection, entry, acts.taken_back),
            **_of_figures(folder, entry, [other for other in others if other.partner_code == entry.partner_code]),
        }
        announce_destroying(folder, submission)
        made = append_entry(connection, EntryKind.TOMBSTONE, body, partner_code=entry.partner_code)
    _destroy(ledger, made.number)
    return tombstone_of(made)


def _of_figures(folder: Path, entry: Entry, others: list[Entry]) -> dict[str, Any]:
    """Return of what there were figures, and which other submissions of the partner hold some of the same."""
    figures: dict[str, dict[str, dict[str, list[str]]]] = {}
    try:
        said = read_versions(folder, said_files(entry))
    except LedgerError:
        # damaged figures must go all the same; of what they were is then not known
        return {"figures": figures, "figures_also_in": []}
    for indicator, area, kind, start in said.select(_PLACE).unique().sort(_PLACE).iter_rows():
        figures.setdefault(indicator, {}).setdefault(kind, {}).setdefault(start.isoformat(), []).append(area)
    also = []
    wanted = said.select(*KEY, *FIGURE)
    for other in others:
        with suppress(LedgerError):
            theirs = read_versions(folder, said_files(other)).select(*KEY, *FIGURE)
            if not theirs.join(wanted, on=[*KEY, *FIGURE], how="semi", nulls_equal=True).is_empty():
                also.append(other.number)
    return {"figures": figures, "figures_also_in": also}


def _destroy(ledger: Ledger, tombstone: int) -> None:
    """Destroy under the lock: another writer may be recording the very same bytes just now."""
    try:
        with writing(ledger.folder, ledger.busy_seconds) as connection:
            finish_destroying(connection, ledger.folder)
    except LedgerError as error:
        raise LedgerError(
            f"{ledger.folder}: the tombstone is recorded as entry {tombstone}, but not every file could be removed yet "
            f"({error}). The next act on the record removes them; `outcomes verify` names them until then."
        ) from error
