"""Verify finds a flipped byte anywhere, a lost or added file, a cut or forged log."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from outcomes.errors import Fault, LedgerError, UnreadableFileError
from outcomes.fingerprint import sha256_of_bytes
from outcomes.ledger.connection import read_log, writing
from outcomes.ledger.durable import add_files, forget_intent
from outcomes.ledger.entries import EntryKind, append_entry, last_entry, read_entries
from outcomes.ledger.folder import FORMAT, LOG, SEAL, observations_path
from outcomes.ledger.recording import record
from outcomes.ledger.seal import seal_log
from outcomes.ledger.store import Ledger, open_ledger
from outcomes.ledger.verifying import verify
from outcomes.ledger.versions import as_parquet
from tests.unit.ledger.handmade import accepted, day, figure, observations, rejected


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of five entries, made once; each test damages a copy."""
    ledger = open_ledger(tmp_path_factory.mktemp("whole") / "ledger")
    for number, (content, row) in enumerate(((b"one", figure(5)), (b"two", figure(6)), (b"three", figure(6))), start=1):
        record(ledger, accepted(row, content=content), content, received_at=day(number))
    record(ledger, rejected(), None, received_at=day(4))
    theirs = accepted(figure(8, partner_code="RYY"), partner="RYY", content=b"four")
    record(ledger, theirs, b"four", received_at=day(5))
    return ledger.folder


@pytest.fixture
def ledger(whole: Path, tmp_path: Path) -> Ledger:
    return open_ledger(shutil.copytree(whole, tmp_path / "copy"), create=False)


def rules(faults: tuple[Fault, ...]) -> set[str]:
    return {fault.rule for fault in faults}


def change_log(ledger: Ledger, *statements: str) -> None:
    """Change the log behind the library's back, past its triggers."""
    with closing(sqlite3.connect(ledger.folder / LOG, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)


def test_a_whole_ledger_has_no_fault_and_its_format_has_a_number(ledger: Ledger) -> None:
    assert verify(ledger) == verify(ledger.folder) == verify(str(ledger.folder)) == ()
    assert ledger.format_number == FORMAT


def test_verifying_changes_nothing(ledger: Ledger) -> None:
    def state() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in sorted(ledger.folder.rglob("*")) if path.is_file()}

    before = state()
    verify(ledger)
    assert state() == before


@pytest.mark.slow
def test_a_flipped_byte_in_any_file_is_found_wherever_it_is(ledger: Ledger) -> None:
    missed = []
    for path in sorted(path for path in ledger.folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        # every byte of a small file, and bytes spread over a large one with its head and tail
        step = max(1, len(content) // 60)
        for position in sorted({*range(0, len(content), step), *range(0, min(100, len(content)), 3), len(content) - 1}):
            path.write_bytes(content[:position] + bytes([content[position] ^ 0x10]) + content[position + 1 :])
            if not verify(ledger.folder):
                missed.append((path.name, position))
            for journal in ("-wal", "-shm", "-journal"):
                (ledger.folder / f"{LOG}{journal}").unlink(missing_ok=True)
        path.write_bytes(content)
    assert missed == []
    assert verify(ledger) == ()


def test_a_missing_and_a_stray_file_are_found(ledger: Ledger) -> None:
    for path in sorted((ledger.folder / "content").rglob("*")):
        if path.is_file():
            path.rename(path.with_name("0" * 64))
            break
    assert rules(verify(ledger)) == {"file-missing", "stray-file"}


def test_a_stray_file_beside_the_log_is_found_and_the_desktops_own_are_not(ledger: Ledger) -> None:
    (ledger.folder / ".DS_Store").write_bytes(b"x")
    assert verify(ledger) == ()
    (ledger.folder / "notes.txt").write_bytes(b"x")
    (fault,) = verify(ledger)
    assert (fault.file, fault.rule) == ("notes.txt", "stray-file")


def test_a_changed_entry_breaks_its_hash_and_removed_ones_the_chain(ledger: Ledger) -> None:
    change_log(ledger, "UPDATE entries SET body = replace(body, 'return.csv', 'other.csv') WHERE number = 2")
    assert {"entry-changed", "log-changed"} <= rules(verify(ledger))
    change_log(ledger, "DELETE FROM entries WHERE number = 3")
    assert {"entry-changed", "entry-missing"} <= rules(verify(ledger))


def test_entries_cut_off_the_end_are_found_though_the_chain_holds(ledger: Ledger) -> None:
    change_log(ledger, "DELETE FROM entries WHERE number = 5")
    faults = verify(ledger)
    assert {"entries-lost", "stray-file"} <= rules(faults)
    with pytest.raises(LedgerError, match="lost or changed"):
        record(ledger, accepted(figure(9), content=b"new"), b"new", received_at=day(9))
    for reading in (lambda: ledger.number, ledger.observations, ledger.receipts):
        with pytest.raises(LedgerError, match="does not go on from there"):
            reading()


def test_an_entry_with_a_forged_hash_breaks_the_chain_after_it(ledger: Ledger) -> None:
    (second,) = read_log(ledger.folder, 1.0, lambda log: tuple(read_entries(log, "WHERE number = 2")))
    forged = replace(second, body=second.body.replace("return.csv", "forged.csv"))
    change_log(
        ledger,
        f"UPDATE entries SET body = '{forged.body}', entry_hash = '{forged.expected_hash()}' WHERE number = 2",
    )
    assert "chain-broken" in rules(verify(ledger))


def test_a_log_without_its_triggers_or_with_another_table_is_found(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.folder / LOG)) as connection:
        connection.execute("DROP TRIGGER entries_are_never_changed")
        connection.execute("CREATE TABLE more (x)")
    texts = [fault.message for fault in verify(ledger) if fault.rule == "schema-changed"]
    assert len(texts) == 2


def test_figures_of_another_submission_under_a_true_hash_are_found(ledger: Ledger, tmp_path: Path) -> None:
    # the writer's own way in, with figures that do not say the entry's number
    parquet = as_parquet(observations([figure(99, submission=1)]).frame)
    sha256 = sha256_of_bytes(parquet)
    with writing(ledger.folder, 1.0) as connection:
        last = last_entry(connection)
        assert last is not None
        add_files(ledger.folder, {observations_path(sha256): parquet})
        body = {**last.fields, "keeps_bytes": False, "new_observations": 1}
        append_entry(
            connection, EntryKind.SUBMISSION, body, partner_code="RXX", sha256="0" * 64, observations_sha256=sha256
        )
    forget_intent(ledger.folder)
    seal_log(ledger.folder, 1.0)
    assert rules(verify(ledger)) == {"figures-differ"}


def test_a_missing_seal_is_said_and_the_next_entry_makes_a_new_one(ledger: Ledger) -> None:
    (ledger.folder / SEAL).unlink()
    assert rules(verify(ledger)) == {"seal-missing"}
    record(ledger, accepted(figure(9), content=b"new"), b"new", received_at=day(9))
    assert verify(ledger) == ()


def test_a_damaged_seal_stops_writing(ledger: Ledger) -> None:
    (ledger.folder / SEAL).write_bytes(b"")
    assert rules(verify(ledger)) == {"seal-damaged"}
    with pytest.raises(LedgerError, match="not a seal"):
        record(ledger, accepted(figure(9), content=b"new"), b"new", received_at=day(9))


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        (lambda log: log.unlink(), "log-missing"),
        (lambda log: log.write_bytes(b"not a database at all, but long enough to be one" * 9), "log-unreadable"),
        (lambda log: log.write_bytes(log.read_bytes()[:5000]), "log-unreadable"),
        (lambda log: log.write_bytes(b""), "log-unreadable"),
    ],
)
def test_a_log_that_cannot_be_opened_is_a_fault_not_a_traceback(
    ledger: Ledger, damage: Callable[[Path], object], rule: str
) -> None:
    damage(ledger.folder / LOG)
    faults = verify(ledger.folder)
    assert faults
    assert rules(faults) <= {rule, "log-damaged"}


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no such folder"):
        verify(tmp_path / "nowhere")


def test_the_log_forbids_update_delete_and_replacement(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.folder / LOG)) as connection:
        for statement in (
            "UPDATE entries SET body = '{}' WHERE number = 1",
            "DELETE FROM entries WHERE number = 5",
            "INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE number = 5",
            "INSERT INTO entries SELECT 99, kind, '', '', '', body, '', '' FROM entries WHERE number = 5",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)


def test_a_damaged_index_leaves_nothing_out_of_a_reading(ledger: Ledger) -> None:
    def read() -> tuple[object, ...]:
        fresh = open_ledger(ledger.folder)
        return fresh.receipts(), fresh.publications(), fresh.versions().rows(), fresh.submission_of_content("0", "RXX")

    before = read()
    with closing(sqlite3.connect(ledger.folder / LOG, isolation_level=None)) as connection:
        pages = connection.execute("SELECT rootpage FROM sqlite_master WHERE type = 'index'").fetchall()
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray((ledger.folder / LOG).read_bytes())
    assert pages
    for (page,) in pages:
        # an index without an entry in it: a leaf page of no cells
        content[(page - 1) * size + 3 : (page - 1) * size + 5] = b"\0\0"
    (ledger.folder / LOG).write_bytes(content)
    assert {"log-changed", "log-damaged"} & rules(verify(ledger))
    assert read() == before
    with pytest.raises(LedgerError, match="bytes were changed"):
        record(ledger, accepted(figure(9), content=b"new"), b"new", received_at=day(9))
