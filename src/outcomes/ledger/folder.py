"""What a ledger folder holds and where: file names, the format number, the log's schema."""

from pathlib import Path
from typing import Final

__all__ = [
    "APPLICATION_ID",
    "CONTENT",
    "FINDINGS",
    "FORMAT",
    "FORMATS",
    "INCOMING",
    "LOG",
    "OBSERVATIONS",
    "SCHEMA",
    "SCHEMAS",
    "SEAL",
    "content_path",
    "findings_path",
    "observations_path",
]

# "OUTL", written into the head of the SQLite file so that another program's file is never taken for a ledger
APPLICATION_ID: Final = 0x4F55544C
# the number of the format that is written; a higher one needs a newer version of the library
FORMAT: Final = 2
# the formats that can be read; an older one is copied into the newest by `upgrade`
FORMATS: Final = (1, 2)

# the log: one row an entry, chained by hash
LOG: Final = "ledger.sqlite"
# what the log ended with when it was last written, and the hash of its file
SEAL: Final = "ledger.seal"
# the partners' own files, by the hash of their bytes
CONTENT: Final = "content"
# the figures of each submission as Parquet, by the hash of its bytes: those that were new, and those said again
OBSERVATIONS: Final = "observations"
# what was found in an accepted file, by the hash of its bytes: it quotes values, so it may not stand in the log
FINDINGS: Final = "findings"
# files on their way in; what a writer that was killed leaves here, the next one removes
INCOMING: Final = "incoming"

_KINDS: Final = {
    1: "'submission', 'rejected', 'publication'",
    2: "'submission', 'rejected', 'publication', 'withdrawal', 'tombstone', 'upgrade'",
}


def _schema(number: int) -> dict[str, str]:
    statements = {name: statement.replace("{kinds}", _KINDS[number]) for name, statement in _STATEMENTS.items()}
    # what was taken back is asked with every reading
    by_kind = {"entries_by_kind": "CREATE INDEX entries_by_kind ON entries (kind)"}
    return statements | (by_kind if number > 1 else {})


_STATEMENTS: Final[dict[str, str]] = {
    "entries": """CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ({kinds})),
    partner_code TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    observations_sha256 TEXT NOT NULL,
    body TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    entry_hash TEXT NOT NULL
)""",
    "entries_by_content": "CREATE INDEX entries_by_content ON entries (sha256, partner_code)",
    "entries_by_partner": "CREATE INDEX entries_by_partner ON entries (partner_code, kind)",
    "entries_follow_on": """CREATE TRIGGER entries_follow_on BEFORE INSERT ON entries
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM entries)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: an entry takes the next number'); END""",
    "entries_are_never_changed": """CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no entry is ever changed'); END""",
    "entries_are_never_removed": """CREATE TRIGGER entries_are_never_removed BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no entry is ever removed'); END""",
}

# every statement of the schema, by format and by the name that SQLite keeps it under; `verify` holds the log to it
SCHEMAS: Final[dict[int, dict[str, str]]] = {number: _schema(number) for number in FORMATS}
SCHEMA: Final = SCHEMAS[FORMAT]


def content_path(sha256: str) -> Path:
    """Return where a partner's own file lies, relative to the ledger folder.

    >>> content_path("ab" + "0" * 62).parts[:2]
    ('content', 'ab')
    """
    return Path(CONTENT, sha256[:2], sha256)


def observations_path(sha256: str) -> Path:
    """Return where the figures of a submission lie, relative to the ledger folder."""
    return Path(OBSERVATIONS, sha256[:2], f"{sha256}.parquet")


def findings_path(sha256: str) -> Path:
    """Return where the findings of an accepted file lie, relative to the ledger folder."""
    return Path(FINDINGS, sha256[:2], f"{sha256}.json")
