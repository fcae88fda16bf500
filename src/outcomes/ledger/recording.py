"""Records a check result: the one way into the ledger for partners' files."""

import dataclasses
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from outcomes.errors import LedgerError
from outcomes.fingerprint import sha256_of_bytes
from outcomes.intake.model import CheckResult, Receipt
from outcomes.ledger.connection import writing
from outcomes.ledger.durable import add_files, forget_intent, remove_leftovers
from outcomes.ledger.entries import (
    EntryKind,
    append_entry,
    finding_as_text,
    given_period_of,
    indicators_of,
    last_entry,
    read_entries,
    receipt_of,
    recorded_files,
)
from outcomes.ledger.folder import content_path, observations_path
from outcomes.ledger.seal import refuse_broken_seal, seal_log
from outcomes.ledger.store import ACCEPTED_BEFORE, Ledger
from outcomes.ledger.trusting import Held, hold_to_chain
from outcomes.ledger.versions import as_parquet, newest, read_versions, versions_of_submission
from outcomes.vocabulary import Verdict

__all__ = ["record"]

_REJECTED_BEFORE = "WHERE kind = 'rejected' AND sha256 = ? AND partner_code = ? ORDER BY number DESC LIMIT 1"


def record(ledger: Ledger, result: CheckResult, content: bytes | None, *, received_at: datetime) -> Receipt:
    """Record what a check found, and return the receipt.

    An accepted file adds its bytes, the figures that the record did not have, and one entry. Figures that the record
    has already add nothing; another figure for a key is a revision, and both stay. A rejected file adds one entry
    with its hash, time, the codes of its findings and the ids of the indicators that it names, and neither bytes nor
    values. The same content from the same partner (of a file that names no period: with the same period given) adds
    nothing and has the receipt of the first time: of an accepted
    file, of any accepted one before; of a rejected file, of the last one rejected for the same codes and indicators
    (so a file that is still in the inbox is one attempt, and speaks for no later period).

    Arguments:
        ledger: The ledger.
        result: What `check` found.
        content: The bytes that were checked; None where there are none to keep, as for a frame.
        received_at: When it came, with a time zone. Kept as UTC; whether it was late is told by its own date.

    Returns:
        The receipt, with the findings of this check.

    Raises:
        ValueError: `received_at` has no time zone, or the bytes are not those that were checked.
        LedgerError: The record cannot be written or trusted (LedgerBusyError: another writer held it too long);
            nothing of the file is then recorded.
    """
    if received_at.tzinfo is None or received_at.utcoffset() is None:
        raise ValueError("received_at needs a time zone, as in 2026-11-20T09:00:00+00:00")
    if content is not None and sha256_of_bytes(content) != result.sha256:
        raise ValueError(f"{result.file}: the bytes given are not those that were checked; pass the same bytes")
    if result.verdict is not Verdict.REJECTED:
        _refuse_strangers(result)
    folder = ledger.folder
    try:
        with writing(folder, ledger.busy_seconds) as connection:
            refuse_broken_seal(connection, folder)
            hold_to_chain(connection, folder, Held(), None)
            remove_leftovers(folder, lambda: recorded_files(connection))
            first = _first_receipt(connection, result)
            receipt = first or _added(connection, folder, result, content, received_at)
    except BaseException:
        _clean_up(ledger)
        raise
    if first is None:
        with suppress(OSError):
            forget_intent(folder)
        seal_log(folder, ledger.busy_seconds)
    return dataclasses.replace(receipt, is_repeat=first is not None, findings=result.findings)


def _refuse_strangers(result: CheckResult) -> None:
    senders = set(result.frame["partner_code"].to_list()) | {result.partner_code}
    if senders != {result.partner_code} or not result.partner_code:
        raise LedgerError(
            f"{result.file}: an accepted file has one sender, and every figure in it that sender's code; found "
            f"{', '.join(sorted(repr(sender) for sender in senders))}. Name the partner, and check the file again."
        )


def _first_receipt(connection: sqlite3.Connection, result: CheckResult) -> Receipt | None:
    is_rejected = result.verdict is Verdict.REJECTED
    clause = _REJECTED_BEFORE if is_rejected else ACCEPTED_BEFORE
    for entry in read_entries(connection, clause, result.sha256, result.partner_code):
        if given_period_of(entry) != result.given_period:
            continue
        receipt = receipt_of(entry)
        is_same_attempt = (receipt.codes, indicators_of(entry)) == (_codes(result), result.indicator_ids)
        if not is_rejected or is_same_attempt:
            return receipt
    return None


def _added(
    connection: sqlite3.Connection, folder: Path, result: CheckResult, content: bytes | None, received_at: datetime
) -> Receipt:
    body: dict[str, Any] = {
        "file": result.file,
        "received_at": received_at.astimezone(UTC).isoformat(),
        # a day is a day where the file was received: half past midnight in British summer time is the day before in UTC
        "received_on": received_at.date().isoformat(),
        "verdict": result.verdict.value,
        "codes": _codes(result),
        "indicator_ids": list(result.indicator_ids),
        "size_bytes": result.size_bytes,
        "loaded_rows": 0,
        "new_observations": 0,
        "findings": [],
        "keeps_bytes": False,
    }
    if result.given_period:
        body["given_period"] = result.given_period
    if result.verdict is Verdict.REJECTED:
        entry = append_entry(
            connection, EntryKind.REJECTED, body, partner_code=result.partner_code, sha256=result.sha256
        )
        return receipt_of(entry)

    last = last_entry(connection)
    clause = "WHERE kind = 'submission' AND partner_code = ? AND observations_sha256 <> '' ORDER BY number"
    earlier = [
        observations_path(entry.observations_sha256) for entry in read_entries(connection, clause, result.partner_code)
    ]
    known = newest(read_versions(folder, earlier))
    versions = versions_of_submission(result.frame, known, last.number + 1 if last else 1)
    files: dict[Path, bytes] = {}
    parquet_hash = ""
    if not versions.is_empty():
        parquet = as_parquet(versions)
        parquet_hash = sha256_of_bytes(parquet)
        files[observations_path(parquet_hash)] = parquet
    keeps_bytes = content is not None and result.keeps_bytes
    # another partner may have sent the very same bytes: they are there once
    if content is not None and keeps_bytes and not _is_recorded(connection, result.sha256):
        files[content_path(result.sha256)] = content
    add_files(folder, files)
    body |= {
        "indicator_ids": result.frame["indicator_id"].unique().sort().to_list(),
        "loaded_rows": result.loaded_rows,
        "new_observations": versions.height,
        "findings": [finding_as_text(finding) for finding in result.findings],
        "keeps_bytes": keeps_bytes,
    }
    entry = append_entry(
        connection,
        EntryKind.SUBMISSION,
        body,
        partner_code=result.partner_code,
        sha256=result.sha256,
        observations_sha256=parquet_hash,
    )
    return receipt_of(entry)


def _is_recorded(connection: sqlite3.Connection, sha256: str) -> bool:
    clause = "WHERE kind = 'submission' AND sha256 = ?"
    return any(entry.fields["keeps_bytes"] for entry in read_entries(connection, clause, sha256))


def _codes(result: CheckResult) -> tuple[str, ...]:
    return tuple(sorted({finding.code for finding in result.findings}))


def _clean_up(ledger: Ledger) -> None:
    # under the lock again: another writer may be at work by now. What cannot be removed, the next writer removes
    with suppress(LedgerError), writing(ledger.folder, min(ledger.busy_seconds, 1.0)) as connection:
        remove_leftovers(ledger.folder, lambda: recorded_files(connection))
