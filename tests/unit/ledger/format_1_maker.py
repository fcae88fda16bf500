"""Makes ledgers of format 1, as the first version of the library wrote them. Frozen: never to be changed.

It leans on nothing of the library, so that whatever becomes of the library, this is what lies on people's disks.
"""

import hashlib
import io
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

APPLICATION_ID = 0x4F55544C
SCHEMA = (
    """CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('submission', 'rejected', 'publication')),
    partner_code TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    observations_sha256 TEXT NOT NULL,
    body TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    entry_hash TEXT NOT NULL
)""",
    "CREATE INDEX entries_by_content ON entries (sha256, partner_code)",
    "CREATE INDEX entries_by_partner ON entries (partner_code, kind)",
    """CREATE TRIGGER entries_follow_on BEFORE INSERT ON entries
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM entries)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: an entry takes the next number'); END""",
    """CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no entry is ever changed'); END""",
    """CREATE TRIGGER entries_are_never_removed BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no entry is ever removed'); END""",
)
COLUMNS = {
    "partner_code": pl.String(),
    "source_code": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "area_code": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "period": pl.String(),
    "breakdown": pl.String(),
    "numerator": pl.Int64(),
    "denominator": pl.Int64(),
    "value": pl.Float64(),
    "lower_ci_95": pl.Float64(),
    "upper_ci_95": pl.Float64(),
    "sum_of_squares": pl.Int64(),
    "effective_sample_size": pl.Float64(),
    "status": pl.String(),
    "value_status": pl.String(),
    "value_note": pl.String(),
    "comment": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int32(),
    "submission": pl.Int64(),
    "is_revision": pl.Boolean(),
}
KEY = (
    *("partner_code", "source_code", "indicator_id", "indicator_version"),
    *("area_code", "period_kind", "period_start", "breakdown"),
)
FINDING = {
    **{"code": "OUT-651", "severity": "warning", "text": "stood at 5 before", "fix": "", "file": "return.csv"},
    **{"sheet": None, "row": 3, "cell": "D3", "column": "numerator", "header": None, "value": "quoted-value-17"},
    **{"example": "", "repeats": 0},
}


@dataclass
class Format1:
    """A ledger of format 1 in the making; the caller decides what was new, as the library did then."""

    folder: Path
    entries: list[tuple[Any, ...]] = field(default_factory=list)

    def submission(
        self,
        content: bytes,
        new_rows: Sequence[dict[str, Any]],
        *,
        loaded_rows: int | None = None,
        findings: Sequence[dict[str, Any]] = (),
        partner: str = "RXX",
        received_at: str = "2026-07-20T12:00:00+00:00",
    ) -> int:
        """Add an accepted file: of each new row only what differs from RXX's count of falls in June 2026."""
        number = len(self.entries) + 1
        rows = [{**_row(partner), **row, "submission": number} for row in new_rows]
        parquet_hash = ""
        if rows:
            frame = pl.DataFrame([{name: row.get(name) for name in COLUMNS} for row in rows], schema=COLUMNS)
            buffer = io.BytesIO()
            frame.sort(KEY).write_parquet(buffer, compression="zstd", statistics=True)
            parquet_hash = _sha256(buffer.getvalue())
            self._write(Path("observations", parquet_hash[:2], f"{parquet_hash}.parquet"), buffer.getvalue())
        self._write(Path("content", _sha256(content)[:2], _sha256(content)), content)
        body = {
            "file": "return.csv",
            "received_at": received_at,
            "received_on": received_at[:10],
            "verdict": "accepted with warning" if findings else "accepted",
            "codes": sorted({finding["code"] for finding in findings}),
            "indicator_ids": ["falls"],
            "size_bytes": len(content),
            "loaded_rows": len(rows) if loaded_rows is None else loaded_rows,
            "new_observations": len(rows),
            "findings": list(findings),
            "keeps_bytes": True,
        }
        return self._append("submission", body, partner, _sha256(content), parquet_hash)

    def rejected(self, content: bytes, *, partner: str = "RXX", received_at: str = "2026-07-21T12:00:00+00:00") -> int:
        """Add a rejected attempt."""
        body = {
            "file": "return.csv",
            "received_at": received_at,
            "received_on": received_at[:10],
            "verdict": "rejected",
            "codes": ["OUT-101"],
            "indicator_ids": ["falls"],
            "size_bytes": len(content),
            "loaded_rows": 0,
            "new_observations": 0,
            "findings": [],
            "keeps_bytes": False,
        }
        return self._append("rejected", body, partner, _sha256(content), "")

    def made(self) -> Path:
        """Write the log and its seal, and return the folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        log = self.folder / "ledger.sqlite"
        with closing(sqlite3.connect(log, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            for statement in SCHEMA:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("PRAGMA user_version = 1")
            connection.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self.entries)
            connection.execute("COMMIT")
            connection.execute("PRAGMA journal_mode = wal")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        number, entry_hash = (self.entries[-1][0], self.entries[-1][-1]) if self.entries else (0, _first_hash())
        seal = {"number": number, "entry_hash": entry_hash, "log_sha256": _sha256(log.read_bytes())}
        (self.folder / "ledger.seal").write_bytes(json.dumps(seal, separators=(",", ":")).encode() + b"\n")
        (self.folder / "incoming").mkdir(exist_ok=True)
        return self.folder

    def _append(self, kind: str, body: dict[str, Any], partner: str, sha256: str, parquet_hash: str) -> int:
        previous = self.entries[-1][-1] if self.entries else _first_hash()
        text = json.dumps(body, sort_keys=True, separators=(",", ":"))
        columns = (len(self.entries) + 1, kind, partner, sha256, parquet_hash, text, previous)
        self.entries.append((*columns, _fingerprint(list(columns))))
        return len(self.entries)

    def _write(self, path: Path, content: bytes) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(content)


def _row(partner: str) -> dict[str, Any]:
    return {
        "partner_code": partner,
        "source_code": partner,
        "indicator_id": "falls",
        "indicator_version": 1,
        "area_code": "castlewick",
        "period_kind": "month",
        "period_start": date(2026, 6, 1),
        "period_end": date(2026, 6, 30),
        "period": "2026-06",
        "breakdown": "",
        "denominator": 100,
        "is_revision": False,
    }


def _first_hash() -> str:
    return _fingerprint({"application": APPLICATION_ID, "format": 1})


def _fingerprint(content: Any) -> str:
    return _sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
