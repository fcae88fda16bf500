"""Fits findings to a page of many: what a marker means and how a cell is unlocked is said once, not in each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from outcomes.finding import Finding
from outcomes.partner_words import MARKER_WORDS, UNLOCK, UNLOCK_ROW
from outcomes.report.wording import say

__all__ = ["as_said", "asks_for_deletion", "for_sender", "meanings_of_markers", "shortened_advice", "unlocking"]

_MEANINGS: Final = tuple(f"{text[:1].lower()}{text[1:].rstrip('.')}" for _, text in MARKER_WORDS.values())
_MARKER: Final = re.compile(rf"(\S+) \(({'|'.join(map(re.escape, _MEANINGS))})\)")
_UNLOCK: Final = f" If the cell is locked: {UNLOCK}."
_UNLOCK_ROW: Final = f" {UNLOCK_ROW}."
# rows that contradict each other, and totals
_DELETED: Final = ("OUT-505", "OUT-509", "OUT-210")
# these name options of the command, and the file names of all partners
_OF_SENDERS: Final = {"OUT-014": "res_name_it", "OUT-015": "res_name_it", "OUT-602": "res_ask_again"}
_COUNTS: Final = "” counts as "
_WILL_COUNT: Final = "” will count as "


def as_said(findings: Iterable[Finding], *, is_on_record: bool) -> tuple[Finding, ...]:
    """Return findings as they are said: of what is not on record, nothing counts yet.

    Arguments:
        findings: As the check gave them.
        is_on_record: Whether the figures were received and let in.
    """
    if is_on_record:
        return tuple(findings)
    return tuple(replace(one, text=one.text.replace(_COUNTS, _WILL_COUNT)) for one in findings)


def for_sender(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings with what the sender can do, where the check tells what the one who receives the file can do.

    Arguments:
        findings: As the check gave them.
    """
    return tuple(replace(one, fix=say(_OF_SENDERS[one.code])) if one.code in _OF_SENDERS else one for one in findings)


def shortened_advice(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings whose advice leaves out what is said once beside them: the meaning of markers, the unlocking."""
    return tuple(replace(one, fix=_without_unlocking(_MARKER.sub(r"\1", one.fix))) for one in findings)


def _without_unlocking(fix: str) -> str:
    return fix.replace(_UNLOCK, "").replace(_UNLOCK_ROW, "")


def meanings_of_markers(findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    """Return each marker that the advice of findings names, and when it is written.

    >>> from outcomes.vocabulary import Severity
    >>> fix = "Write a marker: [x] (there is no number yet, or nobody counted)."
    >>> meanings_of_markers([Finding(code="OUT-401", severity=Severity.ERROR, text="Empty.", fix=fix)])
    (('[x]', 'there is no number yet, or nobody counted'),)
    """
    return tuple(dict.fromkeys((text, meaning) for one in findings for text, meaning in _MARKER.findall(one.fix)))


def unlocking(findings: Sequence[Finding]) -> str:
    """Return the sentence on locked cells, and rows of a protected sheet, that findings call for; empty if none do."""
    if not any(_UNLOCK in one.fix or _UNLOCK_ROW in one.fix for one in findings):
        return ""
    return say("res_unlock_row" if any(map(asks_for_deletion, findings)) else "res_unlock")


def asks_for_deletion(finding: Finding) -> bool:
    """Whether a finding asks for a row of the sheet to be deleted."""
    return finding.code in _DELETED
