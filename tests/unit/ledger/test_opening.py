"""Opening a ledger: what is made, what is refused with one plain message, and what a read-only folder allows."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from outcomes.errors import LedgerBusyError, LedgerError, UnreadableFileError
from outcomes.ledger import connection as connection_module
from outcomes.ledger import disks, seal
from outcomes.ledger.disks import file_system_of, is_on_local_disk
from outcomes.ledger.folder import APPLICATION_ID, FORMAT, LOG
from outcomes.ledger.recording import record
from outcomes.ledger.store import Ledger, open_ledger
from outcomes.ledger.verifying import verify
from tests.unit.ledger.handmade import NOON, accepted, day, figure


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = open_ledger(tmp_path / "deep" / "ledger")
    record(ledger, accepted(figure(5), content=b"one"), b"one", received_at=day(1))
    return ledger


def pragma(folder: Path, name: str) -> object:
    with closing(sqlite3.connect(folder / LOG)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_new_ledger_is_made_with_its_mark_its_format_and_wal(ledger: Ledger) -> None:
    assert pragma(ledger.folder, "application_id") == APPLICATION_ID
    assert pragma(ledger.folder, "user_version") == FORMAT
    expected = "wal" if is_on_local_disk(ledger.folder) else "delete"
    assert pragma(ledger.folder, "journal_mode") == expected


def test_opening_again_finds_what_was_recorded(ledger: Ledger) -> None:
    assert open_ledger(str(ledger.folder)).observations().frame["numerator"].to_list() == [5]
    assert open_ledger(ledger.folder, create=False).number == 1


def test_an_empty_folder_becomes_a_ledger_and_hidden_files_do_not_matter(tmp_path: Path) -> None:
    (tmp_path / ".gitkeep").touch()
    assert open_ledger(tmp_path).number == 0


def test_a_folder_that_is_not_there_is_not_made_unasked(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(UnreadableFileError, match="no ledger here"):
            open_ledger(folder, create=False)
    assert not (tmp_path / "nowhere").exists()


def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ledger").write_text("a file")
    with pytest.raises(UnreadableFileError, match="this is a file; a ledger is a folder"):
        open_ledger(tmp_path / "ledger")
    with pytest.raises(LedgerError):
        open_ledger(tmp_path / "ledger" / "below")


def test_another_folder_is_never_made_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "partnership.yaml").write_text("schema: 1")
    for create in (True, False):
        with pytest.raises(LedgerError, match=r"holds partnership\.yaml, but no log"):
            open_ledger(tmp_path, create=create)
    assert [path.name for path in tmp_path.iterdir()] == ["partnership.yaml"]


def test_a_lost_log_is_not_replaced_by_an_empty_one(ledger: Ledger) -> None:
    (ledger.folder / LOG).unlink()
    with pytest.raises(LedgerError, match="restore it from a backup"):
        open_ledger(ledger.folder)
    (ledger.folder / LOG).touch()
    with pytest.raises(LedgerError, match="restore it from a backup"):
        open_ledger(ledger.folder)


def test_a_making_that_was_killed_at_its_start_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / LOG).touch()
    assert open_ledger(tmp_path).number == 0
    assert verify(tmp_path) == ()


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / LOG)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(LedgerError, match="not the log of a ledger"):
        open_ledger(tmp_path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / LOG).write_text("some notes " * 100)
    with pytest.raises(LedgerError, match="cannot be read as a ledger's log"):
        open_ledger(tmp_path)


@pytest.mark.parametrize(("number", "said"), [(FORMAT + 1, "Install a newer version"), (0, "not known")])
def test_a_ledger_of_another_format_is_refused_by_its_number(ledger: Ledger, number: int, said: str) -> None:
    with closing(sqlite3.connect(ledger.folder / LOG)) as connection:
        connection.execute(f"PRAGMA user_version = {number}")
    with pytest.raises(LedgerError, match=rf"format {number}.*{said}"):
        open_ledger(ledger.folder)
    with pytest.raises(LedgerError, match=f"format {number}"):
        record(ledger, accepted(figure(6), content=b"two"), b"two", received_at=NOON)


def test_a_ledger_held_too_long_by_another_program_says_so(ledger: Ledger) -> None:
    hasty = open_ledger(ledger.folder, busy_seconds=0.05)
    with closing(sqlite3.connect(ledger.folder / LOG, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerBusyError, match="held the ledger for too long"):
            record(hasty, accepted(figure(6), content=b"two"), b"two", received_at=NOON)
        # reading goes on meanwhile
        assert hasty.observations().frame["numerator"].to_list() == [5]
        with pytest.raises(LedgerBusyError):
            verify(hasty)
    assert record(hasty, accepted(figure(6), content=b"two"), b"two", received_at=NOON).number == 2


def files_of(ledger: Ledger) -> list[Path]:
    return sorted(path for path in ledger.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("at_call", range(1, 7))
def test_a_full_disk_leaves_everything_as_it_was(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, at_call: int) -> None:
    calls = 0

    def full(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls >= at_call:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = files_of(ledger)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(LedgerError, match="disk is full"):
            record(ledger, accepted(figure(6), content=b"two"), b"two", received_at=NOON)
    assert calls >= at_call
    assert files_of(ledger) == before
    assert ledger.number == 1
    assert verify(ledger) == ()
    assert record(ledger, accepted(figure(6), content=b"two"), b"two", received_at=NOON).number == 2


def test_a_database_that_cannot_grow_is_a_full_disk(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = connection_module.connected

    def full(folder: Path, mode: str, busy_seconds: float) -> sqlite3.Connection:
        connection = opened(folder, mode, busy_seconds)
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    before = files_of(ledger)
    big = accepted(figure(6), content=b"two", file="n" * 50_000)
    with monkeypatch.context() as patch:
        patch.setattr(connection_module, "connected", full)
        with pytest.raises(LedgerError, match="disk is full"):
            record(ledger, big, b"two", received_at=NOON)
    assert files_of(ledger) == before
    assert verify(ledger) == ()


def test_a_seal_that_cannot_be_written_loses_nothing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(seal, "replace_file", full)
        assert record(ledger, accepted(figure(6), content=b"two"), b"two", received_at=NOON).number == 2
    assert ledger.number == 2
    assert verify(ledger) == ()


def test_damaged_figures_are_an_error_that_points_to_verify(ledger: Ledger) -> None:
    for path in (ledger.folder / "observations").rglob("*.parquet"):
        path.write_bytes(b"PAR1")
    fresh = open_ledger(ledger.folder)
    with pytest.raises(LedgerError, match="outcomes verify"):
        fresh.observations()
    with pytest.raises(LedgerError, match="outcomes verify"):
        record(fresh, accepted(figure(6), content=b"two"), b"two", received_at=NOON)
    assert fresh.number == 1


# no permission stops root: there the reader first does all once on a copy of its own, then becomes another user
READING = """
import os, sys
from outcomes.errors import LedgerError
from outcomes.ledger.store import open_ledger
from outcomes.ledger.verifying import verify
from outcomes.ledger.recording import record
from tests.unit.ledger.handmade import NOON, accepted, figure

def attempt(folder):
    ledger = open_ledger(folder)
    yield str((ledger.number, ledger.observations().frame["numerator"].to_list(), verify(ledger)))
    for act in (
        lambda: record(ledger, accepted(figure(9), content=b"new"), b"new", received_at=NOON),
        lambda: open_ledger(folder + "/../new"),
    ):
        try:
            act()
        except LedgerError as error:
            yield "refused" if "Access was refused" in str(error) else str(error)

if os.geteuid() == 0:
    list(attempt(sys.argv[2]))
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
print(*attempt(sys.argv[1]), sep=os.linesep)
"""


@pytest.mark.skipif(os.name == "nt", reason="permissions of folders are of another kind on Windows")
@pytest.mark.parametrize("left_by_a_killed_writer", [False, True])
def test_a_folder_that_may_only_be_read_can_be_read(left_by_a_killed_writer: bool) -> None:
    # not below pytest's own folder, which is hidden from other users
    with tempfile.TemporaryDirectory() as public:
        folder = Path(public, "ledger")
        ledger = open_ledger(folder)
        record(ledger, accepted(figure(5), content=b"one"), b"one", received_at=day(1))
        if left_by_a_killed_writer:
            with closing(sqlite3.connect(folder / LOG, isolation_level=None)) as other:
                # a reader that stays keeps the journal from going into the log
                other.execute("BEGIN")
                other.execute("SELECT count(*) FROM entries").fetchone()
                hasty = open_ledger(folder, busy_seconds=0.05)
                record(hasty, accepted(figure(6), content=b"two"), b"two", received_at=NOON)
                names = [f"{LOG}-wal", f"{LOG}-shm"]
                journals = {name: (folder / name).read_bytes() for name in names if (folder / name).exists()}
                log = (folder / LOG).read_bytes()
            (folder / LOG).write_bytes(log)
            for name, content in journals.items():
                (folder / name).write_bytes(content)
            if is_on_local_disk(folder):
                assert journals[f"{LOG}-wal"]
        shutil.copytree(folder, Path(public, "copy", "ledger"))
        for path in (*folder.rglob("*"), folder, folder.parent):
            path.chmod(0o555 if path.is_dir() else 0o444)
        try:
            done = subprocess.run(
                [sys.executable, "-c", READING, str(folder), str(Path(public, "copy", "ledger"))],
                capture_output=True,
                text=True,
                check=False,
                cwd=Path(__file__).resolve().parents[3],
            )
        finally:
            for path in (folder.parent, folder, *folder.rglob("*")):
                path.chmod(0o755 if path.is_dir() else 0o644)
        assert done.stderr == ""
        expected = (2, [6], ()) if left_by_a_killed_writer else (1, [5], ())
        assert done.stdout.splitlines() == [str(expected), "refused", "refused"]
        assert verify(ledger) == ()


def test_a_ledger_can_be_moved_and_copied(ledger: Ledger, tmp_path: Path) -> None:
    shutil.copytree(ledger.folder, tmp_path / "copy")
    copy = open_ledger(tmp_path / "copy", create=False)
    assert copy.observations().frame.equals(ledger.observations().frame)
    assert verify(copy) == ()


def test_a_folder_on_a_share_is_written_without_wal_and_read_without_its_shared_memory(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_module, "is_on_local_disk", lambda _: False)
    # made elsewhere in WAL mode, then moved to the share: read as it lies
    assert open_ledger(ledger.folder).observations().frame["numerator"].to_list() == [5]
    assert verify(ledger) == ()
    record(ledger, accepted(figure(6), content=b"two"), b"two", received_at=NOON)
    assert pragma(ledger.folder, "journal_mode") == "delete"
    assert ledger.observations().frame["numerator"].to_list() == [6]
    assert verify(ledger) == ()
    # and back on a local disk
    monkeypatch.undo()
    record(ledger, accepted(figure(7), content=b"three"), b"three", received_at=NOON)
    assert verify(ledger) == ()


MOUNTS = """22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:5 / /proc rw - proc proc rw
31 22 0:40 / /mnt/team\\040drive rw - cifs //server/share rw
32 31 8:2 / /mnt/team\\040drive/local rw - xfs /dev/sdb1 rw
33 22 0:41 / /home rw - ext4 /dev/sdc1 rw
34 22 0:42 / /home rw - nfs4 server:/home rw
a line that is none
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/ledger", "ext4"),
        ("/mnt/team drive/ledger", "cifs"),
        ("/mnt/team drive/local/ledger", "xfs"),
        ("/mnt/team drive2", "ext4"),
        ("/home/sam/ledger", "nfs4"),
    ],
)
def test_the_nearest_and_last_mount_tells_the_kind_of_disk(folder: str, kind: str) -> None:
    assert file_system_of(Path(folder), MOUNTS) == kind


def test_where_the_kind_of_disk_cannot_be_known_it_is_not_called_local(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(disks, "_MOUNTS", tmp_path / "absent")
    assert not is_on_local_disk(tmp_path)


def test_a_folder_that_goes_to_a_share_and_back_without_an_entry_is_still_the_one_that_was_sealed(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    for is_local in (False, True, False, True, False):
        monkeypatch.setattr(connection_module, "is_on_local_disk", lambda _, is_local=is_local: is_local)
        # it turns to the other journal, and writes nothing: the file was received before
        assert record(ledger, accepted(figure(5), content=b"one"), b"one", received_at=NOON).is_repeat
        assert verify(ledger) == ()
    assert record(ledger, accepted(figure(6), content=b"two"), b"two", received_at=NOON).number == 2
    assert verify(ledger) == ()


def test_a_reader_sees_that_the_folder_was_put_back_from_a_backup(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger")
    record(ledger, accepted(figure(5), content=b"one"), b"one", received_at=NOON)
    shutil.copytree(ledger.folder, tmp_path / "backup")
    record(ledger, accepted(figure(6), content=b"two"), b"two", received_at=NOON)
    assert ledger.observations().frame["numerator"].to_list() == [6]
    shutil.rmtree(ledger.folder)
    shutil.copytree(tmp_path / "backup", ledger.folder)
    record(open_ledger(ledger.folder), accepted(figure(9), content=b"three"), b"three", received_at=NOON)
    assert ledger.observations().frame["numerator"].to_list() == [9]
