"""What a ledger of format 1 was: how its entries become those of format 2, and how its own chain is still proved there.

Format 1 kept findings, which quote values, in the log, and of a submission's figures only those that were new. In
format 2 findings lie in files that can be destroyed. A copied entry says the hash that it had before
(`format_1_hash`), and the entry after them all names the last: as long as nothing was expunged, every old hash can be
worked out anew.
"""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from outcomes.errors import Fault
from outcomes.fingerprint import sha256_of_bytes
from outcomes.ledger.entries import Entry, EntryKind, first_hash, submission_meant
from outcomes.ledger.folder import LOG, findings_path

__all__ = ["copied_body", "faults_of_upgrade"]

# what copying adds to the body of an entry
_ADDED = ("findings_sha256", "format_1_hash", "had_findings", "unrecorded_restatements")


def copied_body(entry: Entry) -> tuple[dict[str, Any], bytes]:
    """Return an entry's body as format 2 keeps it, and the file of its findings (empty for none)."""
    body = entry.fields
    findings = b""
    if entry.kind is EntryKind.SUBMISSION:
        # said again, but not kept: which figures, nobody can tell any more
        if body["loaded_rows"] > body["new_observations"]:
            body["unrecorded_restatements"] = body["loaded_rows"] - body["new_observations"]
        if body["findings"]:
            document = {"findings": body["findings"], "submission": entry.number}
            findings = json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
            body["findings_sha256"] = sha256_of_bytes(findings)
    if "findings" in body:
        del body["findings"]
        body["had_findings"] = True
    return {**body, "format_1_hash": entry.entry_hash}, findings


def faults_of_upgrade(folder: Path, entries: tuple[Entry, ...]) -> Iterator[Fault]:
    """Yield what shows that entries copied from format 1 are not those that were there."""
    anchors = [entry for entry in entries if entry.kind is EntryKind.UPGRADE]
    copied = [entry for entry in entries if "format_1_hash" in _fields(entry)]
    if not anchors and not copied:
        return
    if len(anchors) != 1 or [entry.number for entry in copied] != list(range(1, anchors[0].number)):
        yield Fault(LOG, 0, "upgrade-broken", "the entries copied from format 1 are not those before its end.")
        return
    expunged = {submission_meant(entry) for entry in entries if entry.kind is EntryKind.TOMBSTONE}
    previous = first_hash(1)
    for entry in copied:
        said = entry.fields["format_1_hash"]
        # without its findings an expunged entry's old hash cannot be worked out; the next one still follows on from it
        if entry.number not in expunged and said != _hash_before(folder, entry, previous):
            yield Fault(LOG, 0, "upgrade-broken", f"entry {entry.number} is not the one that was copied from format 1.")
        previous = said
    if anchors[0].fields["last_hash"] != previous or anchors[0].fields["last_number"] != len(copied):
        yield Fault(LOG, 0, "upgrade-broken", "the chain copied from format 1 does not end where it was said to end.")


def _hash_before(folder: Path, entry: Entry, previous: str) -> str:
    body = {name: said for name, said in entry.fields.items() if name not in _ADDED}
    if entry.fields.get("had_findings"):
        body["findings"] = []
    if "findings_sha256" in entry.fields:
        try:
            body["findings"] = json.loads((folder / findings_path(entry.fields["findings_sha256"])).read_bytes())[
                "findings"
            ]
        except (OSError, ValueError, KeyError, TypeError):
            return ""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return dataclasses.replace(entry, body=text, previous_hash=previous, entry_hash="").expected_hash()


def _fields(entry: Entry) -> dict[str, Any]:
    try:
        return entry.fields
    except ValueError:
        return {}
