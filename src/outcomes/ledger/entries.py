"""The entries of the log: how one is chained to the one before, written, and read back as a receipt or publication."""

import dataclasses
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, unique
from pathlib import Path
from typing import Any, Final

from outcomes.finding import Finding
from outcomes.fingerprint import fingerprint_of
from outcomes.intake.model import Receipt
from outcomes.ledger.folder import APPLICATION_ID, FORMAT, content_path, observations_path
from outcomes.ledger.model import Publication
from outcomes.vocabulary import Severity, Verdict

__all__ = [
    "FIRST_HASH",
    "Entry",
    "EntryKind",
    "append_entry",
    "finding_as_text",
    "indicators_of",
    "last_entry",
    "publication_of",
    "read_entries",
    "receipt_of",
    "recorded_files",
]

# what the first entry follows on from
FIRST_HASH: Final = fingerprint_of({"application": APPLICATION_ID, "format": FORMAT})
_COLUMNS: Final = "number, kind, partner_code, sha256, observations_sha256, body, previous_hash, entry_hash"


@unique
class EntryKind(StrEnum):
    """What an entry of the log records."""

    SUBMISSION = "submission"
    REJECTED = "rejected"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log.

    Attributes:
        number: 1, 2, 3 … without a gap; the only order there is.
        kind: What it records.
        partner_code: Of the sender; empty for a publication and where it could not be told.
        sha256: Of the partner's bytes; of a publication, of its protected table.
        observations_sha256: Of the Parquet file of the figures that were new; empty where none were.
        body: The rest, as JSON with sorted keys.
        previous_hash, entry_hash: The chain: each hash covers every column and the hash before.
    """

    number: int
    kind: EntryKind
    partner_code: str
    sha256: str
    observations_sha256: str
    body: str
    previous_hash: str
    entry_hash: str

    @property
    def fields(self) -> dict[str, Any]:
        """The body's fields."""
        return dict(json.loads(self.body))

    def expected_hash(self) -> str:
        """Return the hash that this entry's columns give."""
        return fingerprint_of([getattr(self, name) for name in _COLUMNS.split(", ")[:-1]])

    def files(self) -> tuple[Path, ...]:
        """Return the files that this entry names, relative to the ledger folder."""
        files = [content_path(self.sha256)] if self.fields.get("keeps_bytes") else []
        return (*files, observations_path(self.observations_sha256)) if self.observations_sha256 else tuple(files)


def append_entry(
    connection: sqlite3.Connection,
    kind: EntryKind,
    body: Mapping[str, Any],
    *,
    partner_code: str = "",
    sha256: str = "",
    observations_sha256: str = "",
) -> Entry:
    """Append an entry to the log within the caller's transaction, and return it."""
    last = last_entry(connection)
    unchained = Entry(
        number=last.number + 1 if last else 1,
        kind=kind,
        partner_code=partner_code,
        sha256=sha256,
        observations_sha256=observations_sha256,
        body=json.dumps(body, sort_keys=True, separators=(",", ":")),
        previous_hash=last.entry_hash if last else FIRST_HASH,
        entry_hash="",
    )
    entry = dataclasses.replace(unchained, entry_hash=unchained.expected_hash())
    places = ", ".join("?" * len(_COLUMNS.split(", ")))
    connection.execute(f"INSERT INTO entries ({_COLUMNS}) VALUES ({places})", dataclasses.astuple(entry))
    return entry


def last_entry(connection: sqlite3.Connection) -> Entry | None:
    """Return the last entry, or None of an empty log."""
    return next(read_entries(connection, "ORDER BY number DESC LIMIT 1"), None)


def read_entries(connection: sqlite3.Connection, clause: str = "ORDER BY number", *values: Any) -> Iterator[Entry]:
    """Yield the entries that a WHERE or ORDER clause selects; `values` fill its question marks."""
    for number, kind, *texts in connection.execute(f"SELECT {_COLUMNS} FROM entries {clause}", values):
        yield Entry(number, EntryKind(kind), *texts)


def recorded_files(connection: sqlite3.Connection) -> Iterator[Path]:
    """Yield every file that an entry names."""
    for entry in read_entries(connection, "WHERE kind = 'submission' ORDER BY number"):
        yield from entry.files()


def finding_as_text(finding: Finding) -> dict[str, Any]:
    """Return a finding as the body of an entry keeps it."""
    return dataclasses.asdict(finding)


def indicators_of(entry: Entry) -> tuple[str, ...]:
    """Return the indicators that a file named, sorted; of an entry that keeps no such list, none."""
    return tuple(entry.fields.get("indicator_ids", ()))


def given_period_of(entry: Entry) -> str:
    """Return the period that was given with a file that names none, else an empty text."""
    return str(entry.fields.get("given_period", ""))


def receipt_of(entry: Entry) -> Receipt:
    """Return the receipt that a submission or a rejected attempt got."""
    fields = entry.fields
    known = {field.name for field in dataclasses.fields(Finding)}
    findings = [{name: kept[name] for name in kept if name in known} for kept in fields["findings"]]
    return Receipt(
        number=entry.number,
        file=fields["file"],
        partner_code=entry.partner_code,
        sha256=entry.sha256,
        received_at=datetime.fromisoformat(fields["received_at"]),
        verdict=Verdict(fields["verdict"]),
        codes=tuple(fields["codes"]),
        loaded_rows=fields["loaded_rows"],
        new_observations=fields["new_observations"],
        findings=tuple(Finding(**{**kept, "severity": Severity(kept["severity"])}) for kept in findings),
    )


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
