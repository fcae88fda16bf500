"""Copies a ledger of an older format into a new folder, in the newest format; the old one is left as it is."""

import dataclasses
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from outcomes.errors import Fault, LedgerError, OutputError
from outcomes.fingerprint import sha256_of_bytes
from outcomes.ledger.acting import moment_in_utc
from outcomes.ledger.connection import plain_errors, read_log, writing
from outcomes.ledger.durable import add_files, forget_intent, sync_folder
from outcomes.ledger.entries import Entry, EntryKind, append_entry, first_hash, read_entries
from outcomes.ledger.folder import CONTENT, FINDINGS, FORMAT, INCOMING, LOG, OBSERVATIONS, SEAL, findings_path
from outcomes.ledger.format_1 import copied_body
from outcomes.ledger.seal import seal_log
from outcomes.ledger.store import BUSY_SECONDS, Ledger, open_ledger
from outcomes.ledger.verifying import verify

__all__ = ["upgrade"]


def upgrade(old: str | Path, new: str | Path, *, at: datetime) -> Ledger:
    """Copy a ledger of an older format into a new folder, in the newest format.

    Every entry keeps its number, so every `known_at` means the same; every file is copied byte for byte. The copy is
    made beside its place under a hidden name and put there whole, once it is verified and gives the same receipts and
    figures: an upgrade that is broken off leaves no ledger. An entry added at the end says when this was done and how
    the old chain ended, and `verify` still proves that chain.

    Arguments:
        old: The folder of the ledger, which may only be read; nobody can write to it meanwhile.
        new: A folder that is not there yet, or is empty; a link to one stands for it.
        at: When, with a time zone.

    Returns:
        The new ledger.

    Raises:
        UnreadableFileError: There is no ledger in the old folder.
        LedgerError: The old one has the newest format already or is not whole, or the copy did not verify.
        OutputError: The new folder holds something, lies in the old one, cannot be made, or another upgrade is at work
            on it.
        ValueError: `at` has no time zone.
    """
    # a folder can be put in the place of another, not of a link or of `.`
    source, target = Path(old), Path(os.path.realpath(new))
    moment = moment_in_utc(at, "the time of an upgrade")
    ledger = open_ledger(source, create=False)
    if ledger.format_number == FORMAT:
        raise LedgerError(f"{source}: this ledger has the newest format, {FORMAT}. There is nothing to upgrade.")
    _refuse_faults(source, verify(ledger), "so it is not copied. Restore it from a backup, then upgrade it.")
    made: list[Path] = []

    def asked(connection: sqlite3.Connection) -> None:
        # a log that may only be read is asked again where somebody wrote to it meanwhile
        if not made:
            _put_copy(connection, ledger, target, moment)
            made.append(target)

    # to the end no writer comes between, and no other upgrade of the same ledger
    read_log(source, BUSY_SECONDS, asked, is_alone=True)
    return open_ledger(target, create=False)


def _put_copy(connection: sqlite3.Connection, ledger: Ledger, target: Path, moment: str) -> None:
    with plain_errors(target), _alone_at(target, ledger.folder), _place_beside(target) as place:
        copy = open_ledger(place)
        _copied(connection, ledger.folder, copy, moment)
        forget_intent(place)
        seal_log(place, BUSY_SECONDS)
        _refuse_faults(place, verify(copy), "so the upgrade was given up. The old ledger is as it was.")
        _refuse_difference(ledger, copy)
        if target.exists():
            target.rmdir()
        place.rename(target)
        sync_folder(target.parent)


@contextmanager
def _alone_at(target: Path, source: Path) -> Iterator[None]:
    """Keep every other upgrade away from a folder, whichever ledger it copies; the lock ends with its process."""
    if target.is_relative_to(os.path.realpath(source)):
        raise OutputError(f"{target} lies in the old ledger, which is left as it is; name a folder outside of it.")
    target.parent.mkdir(parents=True, exist_ok=True)
    path = target.parent / f".{target.name}.upgrading.lock"
    if path.is_symlink() or (path.exists() and not (path.is_file() and path.stat().st_size == 0)):
        raise OutputError(f"{path} is in the way of the copy, and no upgrade left it; move it elsewhere.")
    is_held = False
    while not is_held:
        path.touch()
        before = path.stat().st_ino
        with closing(sqlite3.connect(path, timeout=0.0, isolation_level=None)) as lock:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                raise OutputError(
                    f"{target}: another upgrade into this folder is at work. Nothing was changed by this one; name "
                    "another folder, one for each ledger."
                ) from None
            # whoever held it before may have removed the file meanwhile: then this is the lock of nothing
            is_held = path.exists() and path.stat().st_ino == before
            if not is_held:
                continue
            try:
                yield
            finally:
                _forget_lock(path)
        # Windows removes no file that is open; nor does it one that the next upgrade holds
        _forget_lock(path, is_meant=os.name == "nt")


def _forget_lock(path: Path, *, is_meant: bool = True) -> None:
    if is_meant:
        with suppress(OSError):
            path.unlink()


@contextmanager
def _place_beside(target: Path) -> Iterator[Path]:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        found = "is a folder that holds something" if target.is_dir() else "is a file"
        raise OutputError(f"{target} {found}; an upgrade goes into a folder that is new or empty. Nothing was changed.")
    place = target.parent / f".{target.name}.upgrading"
    if place.is_symlink() or not _is_half_ledger(place):
        raise OutputError(f"{place} is in the way of the copy, and no upgrade left it; move it elsewhere.")
    # what an upgrade that was killed left behind
    shutil.rmtree(place, ignore_errors=True)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _is_half_ledger(place: Path) -> bool:
    ours = (CONTENT, FINDINGS, INCOMING, OBSERVATIONS, LOG, SEAL, f"{LOG}-wal", f"{LOG}-shm", f"{LOG}-journal")
    return not place.exists() or (place.is_dir() and all(member.name in ours for member in place.iterdir()))


def _copied(connection: sqlite3.Connection, source: Path, copy: Ledger, moment: str) -> None:
    entries = tuple(read_entries(connection))
    with writing(copy.folder, BUSY_SECONDS) as log:
        for entry in entries:
            body, findings = copied_body(entry)
            files = {path: _as_named(source, path) for path in entry.files()}
            if findings:
                files[findings_path(body["findings_sha256"])] = findings
            add_files(copy.folder, files)
            append_entry(
                log,
                entry.kind,
                body,
                partner_code=entry.partner_code,
                sha256=entry.sha256,
                observations_sha256=entry.observations_sha256,
            )
        append_entry(log, EntryKind.UPGRADE, _anchor(entries, moment))


def _anchor(entries: tuple[Entry, ...], moment: str) -> dict[str, object]:
    return {
        "from_format": 1,
        "last_number": len(entries),
        "last_hash": entries[-1].entry_hash if entries else first_hash(1),
        "upgraded_at": moment,
    }


def _as_named(source: Path, path: Path) -> bytes:
    content = (source / path).read_bytes()
    if sha256_of_bytes(content) != path.stem:
        raise LedgerError(f"{source}: {path.as_posix()} changed while it was copied. Nothing was upgraded.")
    return content


def _refuse_faults(folder: Path, faults: tuple[Fault, ...], then: str) -> None:
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise LedgerError(f"{folder}: the record is not whole: {faults[0]}{more}; {then}")


def _refuse_difference(ledger: Ledger, copy: Ledger) -> None:
    number = ledger.number
    is_same = copy.number == number + 1 and copy.versions(number).equals(ledger.versions())
    theirs, ours = ledger.receipts(), copy.receipts()
    if not is_same or [dataclasses.asdict(one) for one in theirs] != [dataclasses.asdict(one) for one in ours]:
        raise LedgerError(
            f"{ledger.folder}: the copy does not give the same figures and receipts, so the upgrade was given up. "
            "The old ledger is as it was; please report this with the output of `outcomes verify`."
        )
