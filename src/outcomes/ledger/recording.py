"""Records a check result: the one way into the ledger for partners' files."""

import dataclasses
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from outcomes.errors import LedgerError
from outcomes.fingerprint import sha256_of_bytes
from outcomes.intake.model import CheckResult, Receipt
from outcomes.intake.observations import KEY
from outcomes.ledger.acting import moment_in_utc, one_act
from outcomes.ledger.durable import add_files
from outcomes.ledger.entries import (
    EntryKind,
    append_entry,
    given_period_of,
    indicators_of,
    last_entry,
    read_entries,
)
from outcomes.ledger.folder import content_path, findings_path, observations_path
from outcomes.ledger.model import Tombstone
from outcomes.ledger.reading_back import findings_as_bytes, receipt_of
from outcomes.ledger.standing import (
    Acts,
    content_taken_back,
    latest_acts,
    replayed,
    standing_files,
    standing_of_content,
)
from outcomes.ledger.store import Ledger
from outcomes.ledger.versions import as_parquet, newest, read_versions, versions_of_submission
from outcomes.vocabulary import Severity, Verdict

__all__ = ["record"]

# the finding that says that a person's number stands in the file or its name
_OF_PEOPLE: Final = "OUT-701"
_REJECTED_BEFORE = "WHERE kind = 'rejected' AND sha256 = ? AND partner_code = ? ORDER BY number DESC LIMIT 1"


def record(
    ledger: Ledger,
    result: CheckResult,
    content: bytes | None,
    *,
    received_at: datetime,
    period: str = "",
    is_history: bool = False,
) -> Receipt:
    """Record what a check found, and return the receipt.

    An accepted file adds its bytes, the figures that the record did not have, and one entry. Figures that the record
    has already add nothing; another figure for a key is a revision, and both stay. A rejected file adds one entry
    with its hash, time, the codes of its findings and the ids of the indicators that it names, and neither bytes nor
    values. The same content from the same partner (of a file that names no period: with the same period given) adds
    nothing and has the receipt of the first time: that of the accepted file, whatever a check would say of it by later
    definitions; else, of a rejected file, of the last one rejected for the same errors and indicators (so a file that
    is still in the inbox is one attempt, and speaks for no later period). Content that was withdrawn and is sent again
    is recorded anew, and its receipt says so; content that was expunged is not taken in again.

    Arguments:
        ledger: The ledger.
        result: What `check` found.
        content: The bytes that were checked; None where there are none to keep, as for a frame.
        received_at: When it came, with a time zone. Kept as UTC; whether it was late is told by its own date.
        period: The period that was given with the file: a check that was broken off early does not say whether it was
            used.
        is_history: Whether it brings figures of before the record began: nobody was to send them, so none is late.

    Returns:
        The receipt, with the findings of this check; of a file that counts already and would be rejected by now, with
        those of the record.

    Raises:
        ValueError: `received_at` has no time zone or does not lie in our days, or the bytes are not those that were
            checked.
        LedgerError: The record cannot be written or trusted (LedgerBusyError: another writer held it too long), or
            this content was expunged; nothing of the file is then recorded.
    """
    moment = moment_in_utc(received_at, "received_at")
    if content is not None and sha256_of_bytes(content) != result.sha256:
        raise ValueError(f"{result.file}: the bytes given are not those that were checked; pass the same bytes")
    if not _is_rejected(result):
        _refuse_strangers(result)
    folder = ledger.folder
    with one_act(ledger) as connection:
        acts = latest_acts(connection)
        first = _first_receipt(connection, folder, result, period, acts)
        if first is None:
            body = {
                "received_at": moment,
                # a day is a day where the file was received: half past midnight in British summer time is the day
                # before in UTC
                "received_on": received_at.date().isoformat(),
                **_body(result),
                **({"is_history": True} if is_history else {}),
            }
            receipt = _added(connection, folder, result, content, body, acts)
    if first is not None:
        findings = result.findings if _is_rejected(first) == _is_rejected(result) else first.findings
        return dataclasses.replace(first, is_repeat=True, findings=findings)
    return dataclasses.replace(receipt, findings=result.findings)


def _refuse_strangers(result: CheckResult) -> None:
    senders = set(result.frame["partner_code"].to_list()) | {result.partner_code}
    if senders != {result.partner_code} or not result.partner_code:
        raise LedgerError(
            f"{result.file}: an accepted file has one sender, and every figure in it that sender's code; found "
            f"{', '.join(sorted(repr(sender) for sender in senders))}. Name the partner, and check the file again."
        )


def _is_rejected(one: Receipt | CheckResult) -> bool:
    return one.verdict is Verdict.REJECTED


def _first_receipt(
    connection: sqlite3.Connection, folder: Path, result: CheckResult, period: str, acts: Acts
) -> Receipt | None:
    # a file that counts is not rejected by definitions that came after it, nor by a check that speaks for another day
    periods = (result.given_period, period) if _is_rejected(result) else (result.given_period,)
    # a person's number that is found by now has to be dealt with, whatever was made of the file before
    is_of_people = any(finding.code == _OF_PEOPLE for finding in result.findings)
    for given in () if is_of_people else dict.fromkeys(periods):
        entry = standing_of_content(connection, result.sha256, result.partner_code, given, acts)
        if entry is not None:
            return receipt_of(entry, folder if _is_rejected(result) else None)
    for entry in read_entries(connection, _REJECTED_BEFORE, result.sha256, result.partner_code):
        # what is only remarked on may change with the rest of the record; of older entries all codes are held
        errors = entry.fields.get("error_codes")
        codes, known = (_codes(result), entry.fields["codes"]) if errors is None else (_error_codes(result), errors)
        is_same_attempt = (tuple(known), indicators_of(entry)) == (codes, result.indicator_ids)
        if is_same_attempt and given_period_of(entry) == result.given_period:
            return receipt_of(entry)
    return None


def _body(result: CheckResult) -> dict[str, Any]:
    body: dict[str, Any] = {
        "file": result.file,
        "verdict": result.verdict.value,
        "codes": _codes(result),
        "indicator_ids": list(result.indicator_ids),
        "size_bytes": result.size_bytes,
        "loaded_rows": 0,
        "new_observations": 0,
        "keeps_bytes": False,
    }
    return body | ({"given_period": result.given_period} if result.given_period else {})


def _added(
    connection: sqlite3.Connection,
    folder: Path,
    result: CheckResult,
    content: bytes | None,
    body: dict[str, Any],
    acts: Acts,
) -> Receipt:
    if _is_rejected(result):
        body["error_codes"] = _error_codes(result)
        entry = append_entry(
            connection, EntryKind.REJECTED, body, partner_code=result.partner_code, sha256=result.sha256
        )
        return receipt_of(entry)

    taken_back = content_taken_back(connection, result.sha256, result.partner_code, result.given_period, acts)
    if isinstance(taken_back, Tombstone):
        raise LedgerError(
            f"{result.file}: this very content was destroyed by entry {taken_back.number} "
            f"({taken_back.authority}) and is not taken in again. Figures that may be kept come in a new file."
        )
    if taken_back is not None:
        body["sent_again_after"] = taken_back.number
    last = last_entry(connection)
    number = last.number + 1 if last else 1
    versions = versions_of_submission(
        result.frame, _known(connection, folder, result.partner_code, number, acts), number
    )
    # what the record has already is kept as well: should the file that brought it be withdrawn, this one stands for it
    restated = (
        result.frame.join(versions, on=KEY, how="anti", nulls_equal=True)
        .with_columns(submission=pl.lit(number, dtype=pl.Int64), is_revision=pl.lit(value=False))
        .sort(KEY)
    )
    files: dict[Path, bytes] = {}
    hashes = {}
    for name, figures in (("observations", versions), ("restated", restated)):
        hashes[name] = ""
        if not figures.is_empty():
            parquet = as_parquet(figures)
            hashes[name] = sha256_of_bytes(parquet)
            files[observations_path(hashes[name])] = parquet
    if result.findings:
        # findings quote values: in a file of their own they can be destroyed with the figures
        findings = findings_as_bytes(result.findings, number)
        body["findings_sha256"] = sha256_of_bytes(findings)
        files[findings_path(body["findings_sha256"])] = findings
    keeps_bytes = content is not None and result.keeps_bytes
    # another partner may have sent the very same bytes: they are there once
    if content is not None and keeps_bytes and not _is_recorded(connection, result.sha256, acts):
        files[content_path(result.sha256)] = content
    add_files(folder, files)
    body |= {
        "indicator_ids": result.frame["indicator_id"].unique().sort().to_list(),
        "loaded_rows": result.loaded_rows,
        "new_observations": versions.height,
        "restated_observations": restated.height,
        "restated_sha256": hashes["restated"],
        "keeps_bytes": keeps_bytes,
    }
    entry = append_entry(
        connection,
        EntryKind.SUBMISSION,
        body,
        partner_code=result.partner_code,
        sha256=result.sha256,
        observations_sha256=hashes["observations"],
    )
    return receipt_of(entry)


def _known(connection: sqlite3.Connection, folder: Path, partner_code: str, number: int, acts: Acts) -> pl.DataFrame:
    """Return the newest figure of each key of a partner, as it stands now."""
    if partner_code in acts.partners:
        return newest(replayed(read_versions(folder, standing_files(connection, partner_code, number, acts))))
    clause = "WHERE kind = 'submission' AND partner_code = ? AND observations_sha256 <> '' ORDER BY number"
    earlier = [observations_path(entry.observations_sha256) for entry in read_entries(connection, clause, partner_code)]
    return newest(read_versions(folder, earlier))


def _is_recorded(connection: sqlite3.Connection, sha256: str, acts: Acts) -> bool:
    clause = "WHERE kind = 'submission' AND sha256 = ?"
    return any(
        entry.fields["keeps_bytes"] and entry.number not in acts.tombstones
        for entry in read_entries(connection, clause, sha256)
    )


def _codes(result: CheckResult) -> tuple[str, ...]:
    return tuple(sorted({finding.code for finding in result.findings}))


def _error_codes(result: CheckResult) -> tuple[str, ...]:
    return tuple(sorted({finding.code for finding in result.findings if finding.severity is Severity.ERROR}))
