"""Verifies the record: the chain of its entries, every file that they name, and that nothing else is there."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from outcomes.errors import Fault, LedgerBusyError, LedgerError, UnreadableFileError
from outcomes.fingerprint import sha256_of_bytes
from outcomes.intake.observations import KEY
from outcomes.ledger.connection import format_of, log_bytes, read_log
from outcomes.ledger.destroying import is_destroying_announced
from outcomes.ledger.durable import intended_files
from outcomes.ledger.entries import Entry, EntryKind, first_hash, read_entries, submission_meant
from outcomes.ledger.folder import (
    CONTENT,
    FINDINGS,
    INCOMING,
    LOG,
    OBSERVATIONS,
    SCHEMAS,
    SEAL,
    observations_path,
)
from outcomes.ledger.format_1 import faults_of_upgrade
from outcomes.ledger.reading_back import hold_to_kind
from outcomes.ledger.seal import Seal, is_as_sealed, read_seal
from outcomes.ledger.store import BUSY_SECONDS, Ledger
from outcomes.ledger.versions import read_versions

__all__ = ["verify"]

_RESTORE = "Restore it from a backup."


@dataclass(frozen=True)
class _Survey:
    """What the folder held at one moment, with no writer at work."""

    faults: tuple[Fault, ...]
    format_number: int
    entries: tuple[Entry, ...]
    schema: dict[str, str]
    log_bytes: bytes
    seal: Seal | None
    present: frozenset[Path]
    intended: frozenset[Path]
    is_destroying: bool


def verify(ledger: Ledger | str | Path) -> tuple[Fault, ...]:
    """Verify that the record is whole, and return every fault.

    Held true: the log has the format, tables and triggers of this format; its entries are numbered 1, 2, 3 … and each
    hash covers the entry and the hash before; the log ends where it was last sealed or goes on from there; the log's
    file is the one that was sealed; every file that an entry names is there, with its hash, but for what was expunged,
    which is gone; every Parquet file holds the figures that its entry says; every withdrawal and tombstone means one
    submission before it, each once; no other file is there; and the chain of an older format that was copied is the one
    that it was. What a killed writer left on its way in (see `ledger.durable`) is no fault, and the next writer removes
    it; what a killed expunction left to be destroyed is one (`expunge-unfinished`), and the next writer destroys it.

    Arguments:
        ledger: The ledger, or its folder where it may be too damaged to be opened.

    Returns:
        The faults, sorted; none where the record is whole.

    Raises:
        UnreadableFileError: There is no such folder, or it is a file.
        LedgerBusyError: Another program writes without a pause.
    """
    known = ledger if isinstance(ledger, Ledger) else Ledger(Path(ledger), BUSY_SECONDS)
    folder = known.folder
    if folder.exists() and not folder.is_dir():
        raise UnreadableFileError(f"{folder}: this is a file; a ledger is a folder. Name the ledger's folder.")
    if not folder.is_dir():
        raise UnreadableFileError(f"{folder}: there is no such folder. Name the folder of a ledger.")
    if not (folder / LOG).exists():
        return (Fault(LOG, 0, "log-missing", "the log of the ledger is not there.", _RESTORE),)
    try:
        survey = read_log(folder, known.busy_seconds, lambda connection: _surveyed(connection, folder), is_alone=True)
    except LedgerBusyError:
        raise
    except LedgerError as error:
        return (Fault(LOG, 0, "log-unreadable", str(error)),)
    faults = [
        *survey.faults,
        *_faults_of_schema(survey),
        *_faults_of_chain(survey),
        *_faults_of_acts(survey.entries),
        *_faults_of_seal(survey),
        *_faults_of_files(folder, survey),
        *faults_of_upgrade(folder, survey.entries),
    ]
    return tuple(sorted(set(faults)))


def _surveyed(connection: sqlite3.Connection, folder: Path) -> _Survey:
    faults: list[Fault] = []
    entries: list[Entry] = []
    try:
        for (said,) in connection.execute("PRAGMA integrity_check"):
            if said != "ok":
                faults.append(Fault(LOG, 0, "log-damaged", f"the database file is damaged: {said}.", _RESTORE))
        entries += read_entries(connection)
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        faults.append(Fault(LOG, 0, "log-damaged", f"the log cannot be read to its end: {error}.", _RESTORE))
    schema = {name: sql or "" for name, sql in connection.execute("SELECT name, sql FROM sqlite_master")}
    seal = None
    try:
        seal = read_seal(folder)
        if seal is None and entries:
            text = "the seal is missing: nothing vouches for the end of the log."
            faults.append(Fault(SEAL, 0, "seal-missing", text, f"{_RESTORE} The next entry makes a new one."))
    except ValueError as error:
        faults.append(Fault(SEAL, 0, "seal-damaged", f"{error}.", _RESTORE))
    return _Survey(
        faults=tuple(faults),
        format_number=format_of(connection),
        entries=tuple(entries),
        schema=schema,
        log_bytes=log_bytes(connection, folder),
        seal=seal,
        present=frozenset(_files_in(folder)),
        intended=frozenset(intended_files(folder)),
        is_destroying=is_destroying_announced(folder),
    )


def _files_in(folder: Path) -> Iterator[Path]:
    """Yield every file that should be named by an entry, and whatever else lies in the folder."""
    for member in folder.iterdir():
        if member.name in (CONTENT, FINDINGS, OBSERVATIONS) and member.is_dir():
            yield from (path.relative_to(folder) for path in member.rglob("*") if not path.is_dir())
        # hidden files belong to the desktop, and nothing of the record is read from them
        elif member.name not in (INCOMING, SEAL) and not member.name.startswith((LOG, ".")):
            yield Path(member.name)


def _faults_of_schema(survey: _Survey) -> Iterator[Fault]:
    schema = SCHEMAS[survey.format_number]
    for name in sorted(schema.keys() | survey.schema.keys()):
        if schema.get(name) != survey.schema.get(name):
            text = f"{name} of the log is not as format {survey.format_number} has it."
            yield Fault(LOG, 0, "schema-changed", text, _RESTORE)


def _faults_of_chain(survey: _Survey) -> Iterator[Fault]:
    previous = first_hash(survey.format_number)
    for expected, entry in enumerate(survey.entries, start=1):
        if entry.number != expected:
            yield Fault(LOG, 0, "entry-missing", f"entry {expected} is missing; {entry.number} comes next.", _RESTORE)
            return
        if entry.previous_hash != previous:
            yield Fault(LOG, 0, "chain-broken", f"entry {expected} does not follow on from the one before.", _RESTORE)
        if entry.entry_hash != entry.expected_hash():
            yield Fault(LOG, 0, "entry-changed", f"entry {expected} is not what was written.", _RESTORE)
        elif not _can_be_read_back(entry):
            yield Fault(LOG, 0, "entry-unreadable", f"entry {expected} does not hold what its kind needs.", _RESTORE)
        previous = entry.entry_hash


def _can_be_read_back(entry: Entry) -> bool:
    try:
        hold_to_kind(entry)
    except (KeyError, TypeError, ValueError):
        return False
    return True


def _faults_of_acts(entries: tuple[Entry, ...]) -> Iterator[Fault]:
    submissions: dict[int, str] = {}
    done: set[tuple[EntryKind, int]] = set()
    for entry in entries:
        if entry.kind is EntryKind.SUBMISSION:
            submissions[entry.number] = entry.partner_code
        if entry.kind in (EntryKind.WITHDRAWAL, EntryKind.TOMBSTONE) and _can_be_read_back(entry):
            meant = submission_meant(entry)
            is_undone = (entry.kind, meant) not in done and (EntryKind.TOMBSTONE, meant) not in done
            done.add((entry.kind, meant))
            if submissions.get(meant) != entry.partner_code or not is_undone:
                text = f"entry {entry.number} means submission {meant}, which no such act could mean."
                yield Fault(LOG, 0, "act-misplaced", text, _RESTORE)


def _expunged(entries: tuple[Entry, ...]) -> set[int]:
    stones = [entry for entry in entries if entry.kind is EntryKind.TOMBSTONE and _can_be_read_back(entry)]
    return {submission_meant(entry) for entry in stones}


def _faults_of_seal(survey: _Survey) -> Iterator[Fault]:
    seal, entries = survey.seal, survey.entries
    if seal is None:
        return
    hashes = {0: first_hash(survey.format_number)} | {entry.number: entry.entry_hash for entry in entries}
    if hashes.get(seal.number) != seal.entry_hash:
        text = f"the log was sealed with {seal.number} entries and does not go on from there: it has {len(entries)}."
        yield Fault(LOG, 0, "entries-lost", text, _RESTORE)
    # a log that is longer than its seal was left by a writer that was stopped before it sealed
    elif seal.number == max(hashes) and not is_as_sealed(survey.log_bytes, seal):
        yield Fault(LOG, 0, "log-changed", "the file is not the one that was sealed: bytes were changed.", _RESTORE)


def _faults_of_files(folder: Path, survey: _Survey) -> Iterator[Fault]:
    expunged = _expunged(survey.entries)
    named: set[Path] = set()
    destroyed: dict[Path, int] = {}
    for entry in survey.entries:
        try:
            files = entry.files()
        except ValueError:
            continue
        for path in files:
            if entry.number in expunged:
                destroyed[path] = entry.number
                continue
            if path not in named:
                yield from _faults_of_file(folder, path, entry)
            named.add(path)
    for path in sorted(survey.present - named - survey.intended):
        if path not in destroyed:
            yield Fault(path.as_posix(), 0, "stray-file", "no entry of the log names this file.", "Move it elsewhere.")
        elif survey.is_destroying:
            text = f"submission {destroyed[path]} was expunged, and this file of it is still there."
            yield Fault(path.as_posix(), 0, "expunge-unfinished", text, "The next act on the record destroys it.")
        else:
            text = f"submission {destroyed[path]} was expunged, and this file of it is there again."
            yield Fault(path.as_posix(), 0, "expunged-file-present", text, "Destroy it, here and where it came from.")


def _faults_of_file(folder: Path, path: Path, entry: Entry) -> Iterator[Fault]:
    name = path.as_posix()
    try:
        content = (folder / path).read_bytes()
    except FileNotFoundError:
        yield Fault(name, 0, "file-missing", f"entry {entry.number} names this file, and it is not there.", _RESTORE)
        return
    except OSError as error:
        yield Fault(name, 0, "file-unreadable", f"the file cannot be read ({error.strerror}).", _RESTORE)
        return
    if sha256_of_bytes(content) != path.stem:
        yield Fault(name, 0, "file-changed", "the file is not what was received: its hash differs.", _RESTORE)
    elif path.parts[0] == OBSERVATIONS and not _holds_figures_of(folder, path, entry):
        text = f"the file does not hold the figures that entry {entry.number} says."
        yield Fault(name, 0, "figures-differ", text, _RESTORE)


def _holds_figures_of(folder: Path, path: Path, entry: Entry) -> bool:
    try:
        figures = read_versions(folder, [path])
        is_new = path == observations_path(entry.observations_sha256)
        expected = entry.fields["new_observations" if is_new else "restated_observations"]
    except (LedgerError, KeyError, ValueError):
        return False
    senders_and_numbers = figures.select("partner_code", "submission").unique().rows()
    return (
        figures.height == expected
        and senders_and_numbers == [(entry.partner_code, entry.number)]
        and figures.select(KEY).equals(figures.select(pl.col(KEY)).sort(KEY))
    )
