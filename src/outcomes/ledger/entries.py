"""The entries of the log: what kinds there are, how one is chained to the one before, written and read."""

import dataclasses
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique
from pathlib import Path
from typing import Any, Final

from outcomes.fingerprint import fingerprint_of
from outcomes.ledger.folder import APPLICATION_ID, FORMAT, content_path, findings_path, observations_path

__all__ = [
    "FIRST_HASH",
    "Entry",
    "EntryKind",
    "append_entry",
    "first_hash",
    "given_period_of",
    "indicators_of",
    "last_entry",
    "moment_of",
    "read_entries",
    "recorded_files",
    "submission_meant",
]

_COLUMNS: Final = "number, kind, partner_code, sha256, observations_sha256, body, previous_hash, entry_hash"


def first_hash(format_number: int) -> str:
    """Return what the first entry of a log follows on from."""
    return fingerprint_of({"application": APPLICATION_ID, "format": format_number})


FIRST_HASH: Final = first_hash(FORMAT)


@unique
class EntryKind(StrEnum):
    """What an entry of the log records."""

    SUBMISSION = "submission"
    REJECTED = "rejected"
    PUBLICATION = "publication"
    WITHDRAWAL = "withdrawal"
    TOMBSTONE = "tombstone"
    UPGRADE = "upgrade"


# which field of its body says when an entry was made
_MOMENTS: Final = {
    EntryKind.SUBMISSION: "received_at",
    EntryKind.REJECTED: "received_at",
    EntryKind.PUBLICATION: "published_at",
    EntryKind.WITHDRAWAL: "withdrawn_at",
    EntryKind.TOMBSTONE: "expunged_at",
    EntryKind.UPGRADE: "upgraded_at",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log.

    Attributes:
        number: 1, 2, 3 … without a gap; the only order there is.
        kind: What it records.
        partner_code: Of the sender, of a withdrawal and a tombstone too; empty for the others and where it could not
            be told.
        sha256: Of the partner's bytes; of a publication, of its protected table; else empty.
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
        fields = self.fields
        files = [content_path(self.sha256)] if fields.get("keeps_bytes") else []
        said = (self.observations_sha256, fields.get("restated_sha256", ""))
        files += [observations_path(sha256) for sha256 in said if sha256]
        if fields.get("findings_sha256"):
            files.append(findings_path(fields["findings_sha256"]))
        return tuple(files)


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
    # never by an index: the chain vouches for the rows of the table, and a damaged index would leave some out
    rows = connection.execute(f"SELECT {_COLUMNS} FROM entries NOT INDEXED {clause}", values)
    for number, kind, *texts in rows:
        yield Entry(number, EntryKind(kind), *texts)


def recorded_files(connection: sqlite3.Connection) -> Iterator[Path]:
    """Yield every file that an entry needs: all that submissions name, without those that were expunged."""
    expunged = {
        submission_meant(entry) for entry in read_entries(connection, "WHERE kind = 'tombstone' ORDER BY number")
    }
    for entry in read_entries(connection, "WHERE kind = 'submission' ORDER BY number"):
        if entry.number not in expunged:
            yield from entry.files()


def submission_meant(entry: Entry) -> int:
    """Return the number of the submission that a withdrawal or a tombstone is about."""
    return int(entry.fields["submission"])


def moment_of(entry: Entry) -> datetime:
    """Return when an entry was made, as it was said to the program that made it."""
    return datetime.fromisoformat(entry.fields[_MOMENTS[entry.kind]])


def indicators_of(entry: Entry) -> tuple[str, ...]:
    """Return the indicators that a file named, sorted; of an entry that keeps no such list, none."""
    return tuple(entry.fields.get("indicator_ids", ()))


def given_period_of(entry: Entry) -> str:
    """Return the period that was given with a file that names none, else an empty text."""
    return str(entry.fields.get("given_period", ""))
