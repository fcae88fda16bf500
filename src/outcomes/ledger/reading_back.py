"""Reads entries of the log back as nouns: receipts with their findings, publications, withdrawals, tombstones."""

import dataclasses
import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from outcomes.errors import LedgerError
from outcomes.finding import Finding
from outcomes.fingerprint import sha256_of_bytes
from outcomes.intake.model import Receipt
from outcomes.ledger.entries import Entry, EntryKind, moment_of, submission_meant
from outcomes.ledger.folder import findings_path
from outcomes.ledger.model import Publication, Tombstone, Withdrawal
from outcomes.vocabulary import Severity, Verdict

__all__ = ["findings_as_bytes", "hold_to_kind", "publication_of", "receipt_of", "tombstone_of", "withdrawal_of"]

_NAMES = {field.name for field in dataclasses.fields(Finding)}


def findings_as_bytes(findings: Iterable[Finding], number: int) -> bytes:
    """Return the findings of a submission as the bytes of their file; its number makes them its own."""
    document = {"findings": [dataclasses.asdict(finding) for finding in findings], "submission": number}
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


def receipt_of(entry: Entry, folder: Path | None = None) -> Receipt:
    """Return the receipt that a submission or a rejected attempt got.

    Arguments:
        entry: Of either kind.
        folder: The ledger folder, to read the findings too; None to leave them out.

    Raises:
        LedgerError: The file of the findings is missing or is not what was written.
    """
    fields = entry.fields
    # format 1 had the findings in the log itself
    kept = fields.get("findings", []) if folder is not None else []
    if folder is not None and fields.get("findings_sha256"):
        kept = _findings(folder, fields["findings_sha256"])
    findings = [{name: one[name] for name in one if name in _NAMES} for one in kept]
    return Receipt(
        number=entry.number,
        file=fields["file"],
        partner_code=entry.partner_code,
        sha256=entry.sha256,
        received_at=moment_of(entry),
        verdict=Verdict(fields["verdict"]),
        codes=tuple(fields["codes"]),
        loaded_rows=fields["loaded_rows"],
        new_observations=fields["new_observations"],
        sent_again_after=fields.get("sent_again_after"),
        is_history=fields.get("is_history", False),
        findings=tuple(Finding(**{**one, "severity": Severity(one["severity"])}) for one in findings),
    )


def _findings(folder: Path, sha256: str) -> list[dict[str, object]]:
    try:
        content = (folder / findings_path(sha256)).read_bytes()
    except FileNotFoundError:
        content = b""
    if sha256_of_bytes(content) != sha256:
        raise LedgerError(
            f"{folder}: the findings of a submission are missing or damaged. Run `outcomes verify` to see which, and "
            "restore them from a backup."
        )
    return list(json.loads(content)["findings"])


def publication_of(entry: Entry) -> Publication:
    """Return the publication that an entry records."""
    fields = entry.fields
    return Publication(
        number=entry.number,
        published_at=datetime.fromisoformat(fields["published_at"]),
        as_of=date.fromisoformat(fields["as_of"]),
        known_at=fields["known_at"],
        policy_id=fields["policy_id"],
        decision=fields["decision"],
        protected_sha256=entry.sha256,
    )


def withdrawal_of(entry: Entry) -> Withdrawal:
    """Return the withdrawal that an entry records."""
    fields = entry.fields
    return Withdrawal(
        number=entry.number,
        submission=submission_meant(entry),
        partner_code=entry.partner_code,
        file=fields["file"],
        withdrawn_at=moment_of(entry),
        reason=fields["reason"],
        by=fields["by"],
        unsure_of=tuple(fields["unsure_of"]),
    )


def tombstone_of(entry: Entry) -> Tombstone:
    """Return the tombstone that an entry records."""
    fields = entry.fields
    return Tombstone(
        number=entry.number,
        submission=submission_meant(entry),
        partner_code=entry.partner_code,
        file=fields["file"],
        expunged_at=moment_of(entry),
        reason=fields["reason"],
        authority=fields["authority"],
        by=fields["by"],
        is_content_shared_with=tuple(fields["is_content_shared_with"]),
        figures_also_in=tuple(fields["figures_also_in"]),
        # the first tombstones had no such list
        unsure_of=tuple(fields.get("unsure_of", ())),
    )


def hold_to_kind(entry: Entry) -> None:
    """Raise KeyError, TypeError or ValueError where an entry does not hold what its kind needs."""
    match entry.kind:
        case EntryKind.PUBLICATION:
            publication_of(entry)
        case EntryKind.WITHDRAWAL:
            withdrawal_of(entry)
        case EntryKind.TOMBSTONE:
            tombstone_of(entry)
        case EntryKind.UPGRADE:
            moment_of(entry)
            int(entry.fields["last_number"]), str(entry.fields["last_hash"])
        case _:
            receipt_of(entry)
