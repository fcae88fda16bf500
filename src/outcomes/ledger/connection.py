"""Opens the ledger's log for reading or for one write, and turns every failure into one plain message."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import quote

from outcomes.errors import LedgerBusyError, LedgerError
from outcomes.ledger.disks import is_on_local_disk
from outcomes.ledger.folder import APPLICATION_ID, FORMAT, FORMATS, LOG

__all__ = ["checked", "connected", "format_of", "log_bytes", "plain_errors", "prepare_journal", "read_log", "writing"]

T = TypeVar("T")

_FULL: Final = "The disk is full: make room, then send it again. Nothing was half-written."
_DENIED: Final = "Access was refused: ask for the right to read this folder and, to record, to write to it."
_DAMAGED: Final = "The log is damaged: restore the folder from a backup, then run `outcomes verify`."


@contextmanager
def plain_errors(folder: Path) -> Iterator[None]:
    """Turn failures of SQLite and of the disk into a LedgerError of one plain message."""
    try:
        yield
    except sqlite3.Error as error:
        raise _from_sqlite(folder, error) from error
    except UnicodeDecodeError as error:
        # SQLite gives text as it finds it, and leaves it to the reader whether it is any
        raise LedgerError(f"{folder}: {LOG} cannot be read as a ledger's log. {_DAMAGED}") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise LedgerError(f"{folder}: {_FULL}") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise LedgerError(f"{folder}: {_DENIED}") from error
        raise LedgerError(f"{folder}: the ledger could not be read or written ({error.strerror}).") from error


def read_log(
    folder: Path, busy_seconds: float, question: Callable[[sqlite3.Connection], T], *, is_alone: bool = False
) -> T:
    """Return the answer of a question to the log, from one consistent moment.

    A folder that may not be written to is read as it lies: there SQLite cannot make the small files that it needs
    beside a log in WAL mode.

    Arguments:
        folder: The ledger folder.
        busy_seconds: How long to wait for another program.
        question: Given the connection, in a transaction.
        is_alone: Whether to keep writers out meanwhile, where the folder may be written to at all.
    """
    with plain_errors(folder):
        if not _must_be_read_as_it_lies(folder):
            try:
                with closing(connected(folder, "mode=rw", busy_seconds)) as connection:
                    return _asked(connection, folder, question, "BEGIN IMMEDIATE" if is_alone else "BEGIN")
            except sqlite3.OperationalError as error:
                if not (_is_denied(error) or _has_no_room(error)):
                    raise
        return _read_as_it_lies(folder, busy_seconds, question)


@contextmanager
def writing(folder: Path, busy_seconds: float) -> Iterator[sqlite3.Connection]:
    """Hold the log for one write: committed at the end, rolled back on any failure. No other writer comes between."""
    with plain_errors(folder), closing(connected(folder, "mode=rw", busy_seconds)) as connection:
        checked(connection, folder)
        if format_of(connection) != FORMAT:
            raise LedgerError(
                f"{folder}: this ledger has format {format_of(connection)} and can only be read; this version of the "
                f"library writes format {FORMAT}. Copy it into a new folder: `outcomes upgrade {folder} NEW_FOLDER`."
            )
        prepare_journal(connection, folder)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def connected(folder: Path, mode: str, busy_seconds: float) -> sqlite3.Connection:
    """Return a connection to the log; every transaction is begun and ended by hand."""
    address = f"file:{quote(str((folder / LOG).resolve()))}?{mode}"
    return sqlite3.connect(address, uri=True, timeout=busy_seconds, isolation_level=None)


def log_bytes(connection: sqlite3.Connection, folder: Path) -> bytes:
    """Return the bytes of the log's file, read through a connection that is open; empty where more stands in the file.

    Never by a file handle of our own: POSIX drops every lock that a program holds on a file as soon as it closes any
    handle of it, those of its other threads too, and two writers would write at once
    (https://www.sqlite.org/howtocorrupt.html, section 2.2).
    """
    content = connection.serialize()
    return content if (folder / LOG).stat().st_size == len(content) else b""


def prepare_journal(connection: sqlite3.Connection, folder: Path) -> None:
    """Choose the journal by the kind of disk: WAL on a local one, else the rollback journal, both fully synchronous."""
    connection.execute("PRAGMA fullfsync = ON")
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    wanted = "wal" if is_on_local_disk(folder) else "delete"
    if mode != wanted:
        try:
            mode = connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()[0]
        except sqlite3.OperationalError:
            # another program is in the log just now: the rollback journal is safe too, WAL on a share is not
            if wanted == "delete":
                raise
    # EXTRA also makes the removal of the rollback journal durable; WAL has no such step
    connection.execute(f"PRAGMA synchronous = {'FULL' if mode == 'wal' else 'EXTRA'}")


def checked(connection: sqlite3.Connection, folder: Path) -> None:
    """Refuse a file that is not a ledger, or is of a format that cannot be read."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID:
        raise LedgerError(f"{folder}: {LOG} is not the log of a ledger. Name the folder of a ledger, or an empty one.")
    number = format_of(connection)
    if number > FORMAT:
        raise LedgerError(
            f"{folder}: this ledger has format {number}, and this version of the library reads up to format {FORMAT}. "
            "Install a newer version of the library."
        )
    if number not in FORMATS:
        raise LedgerError(f"{folder}: format {number} of a ledger is not known; expected 1 to {FORMAT}. {_DAMAGED}")


def format_of(connection: sqlite3.Connection) -> int:
    """Return the number of the format that a log is written in."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _asked(connection: sqlite3.Connection, folder: Path, question: Callable[[sqlite3.Connection], T], begin: str) -> T:
    connection.execute(begin)
    checked(connection, folder)
    return question(connection)


def _must_be_read_as_it_lies(folder: Path) -> bool:
    # bytes 18 and 19 of the head are 2 for a log last written in WAL mode; such a log on a share must not be opened
    # in that mode from here
    if is_on_local_disk(folder):
        return False
    with closing(connected(folder, "mode=ro&immutable=1", 0)) as connection:
        return log_bytes(connection, folder)[18:20] == b"\x02\x02"


def _read_as_it_lies(folder: Path, busy_seconds: float, question: Callable[[sqlite3.Connection], T]) -> T:
    for _ in range(100):
        before = _state(folder)
        # a writer's own journal must be heeded; a log at rest has none, and needs no lock
        mode = "mode=ro&immutable=1" if before[1] == 0 else "mode=ro"
        try:
            with closing(connected(folder, mode, busy_seconds)) as connection:
                answer = _asked(connection, folder, question, "BEGIN")
        except (sqlite3.DatabaseError, LedgerError):
            # read without a lock while another program wrote: torn, and read again
            if mode == "mode=ro" or _state(folder) == before:
                raise
            continue
        if _state(folder) == before or mode == "mode=ro":
            return answer
    raise LedgerBusyError(f"{folder}: the ledger is being written to without a pause. Try again.")


def _state(folder: Path) -> tuple[tuple[int, int], int]:
    log = (folder / LOG).stat()
    journals = 0
    for kind in ("wal", "journal"):
        with suppress(FileNotFoundError):
            journals += (folder / f"{LOG}-{kind}").stat().st_size
    return (log.st_mtime_ns, log.st_size), journals


def _primary_code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _is_denied(error: sqlite3.Error) -> bool:
    return _primary_code(error) in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM)


def _has_no_room(error: sqlite3.Error) -> bool:
    # on a full disk SQLite cannot make the small file of shared memory that WAL needs, even to read
    return getattr(error, "sqlite_errorcode", 0) in (sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMOPEN)


def _from_sqlite(folder: Path, error: sqlite3.Error) -> LedgerError:
    code = _primary_code(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LedgerBusyError(f"{folder}: another program held the ledger for too long. Try again in a moment.")
    if code == sqlite3.SQLITE_FULL or _has_no_room(error):
        return LedgerError(f"{folder}: {_FULL}")
    if _is_denied(error):
        return LedgerError(f"{folder}: {_DENIED}")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return LedgerError(f"{folder}: {LOG} cannot be read as a ledger's log. {_DAMAGED}")
    return LedgerError(f"{folder}: the ledger's log failed ({error}). {_DAMAGED}")
