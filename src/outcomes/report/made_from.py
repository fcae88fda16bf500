"""Says what a page was made from: date, ledger number, frameworks, policy, library, and fingerprints."""

from outcomes.report.formatting import date_text, joined
from outcomes.report.wording import say
from outcomes.scorecard.model import Scorecard

__all__ = ["fingerprints", "grouped", "made_from"]


def made_from(card: Scorecard) -> str:
    """Return what a page was made from, in one line."""
    return say(
        "made_from",
        date=date_text(card.as_of),
        ledger=f"{card.versions.ledger_number:,}",
        frameworks=joined(card.versions.frameworks),
        policy=card.versions.policy_title or card.versions.policy_id,
        library=card.versions.library,
    )


def fingerprints(card: Scorecard) -> str:
    """Return the fingerprints of what a page was made from, in one line."""
    return say(
        "fingerprints",
        figures=grouped(card.versions.protected_sha256),
        partnership=grouped(card.versions.partnership_fingerprint),
        policy=grouped(card.versions.policy_fingerprint),
    )


def grouped(digest: str) -> str:
    """Return the first 16 characters of a digest in groups of four, to be read aloud; words where there is none.

    >>> grouped("7f3a92c10b6ed4a8ffff")
    '7F3A-92C1-0B6E-D4A8'
    """
    head = digest[:16].upper()
    return "-".join(head[start : start + 4] for start in range(0, len(head), 4)) or say("no_fingerprint")
