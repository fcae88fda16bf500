"""Upgrading by copy: the same figures at the same numbers, the old chain still proved, and never half a ledger."""

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from threading import Event

import pytest

from outcomes.errors import LedgerError, OutputError, UnreadableFileError
from outcomes.ledger import upgrading
from outcomes.ledger.durable import add_files
from outcomes.ledger.expunging import expunge
from outcomes.ledger.folder import FORMAT, LOG
from outcomes.ledger.recording import record
from outcomes.ledger.store import open_ledger
from outcomes.ledger.upgrading import upgrade
from outcomes.ledger.verifying import verify
from outcomes.ledger.withdrawing import withdraw
from tests.unit.ledger.format_1_maker import FINDING, Format1
from tests.unit.ledger.handmade import NOON, accepted, day, figure, rejected


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Format 1: June; June again and July; a rejected file; June revised, a warning that quotes; another sender."""
    ledger = Format1(tmp_path_factory.mktemp("old") / "ledger")
    july = {
        "numerator": 7,
        "period": "2026-07",
        "period_start": date(2026, 7, 1),
        "period_end": date(2026, 7, 31),
    }
    ledger.submission(b"june", [{"numerator": 5}])
    ledger.submission(b"july", [july], loaded_rows=2)
    ledger.rejected(b"bad")
    ledger.submission(b"revised", [{"numerator": 6, "is_revision": True}], findings=[FINDING])
    ledger.submission(b"theirs", [{"numerator": 9}], partner="RYY")
    return ledger.made()


@pytest.fixture
def old(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "old")


def bytes_of(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_old_ledger_is_whole_and_can_be_read(old: Path) -> None:
    ledger = open_ledger(old)
    assert verify(ledger) == ()
    assert (ledger.number, ledger.format_number) == (5, 1)
    assert ledger.observations().frame["numerator"].to_list() == [6, 7, 9]
    assert ledger.observations(2).frame["numerator"].to_list() == [5, 7]
    assert ledger.receipts()[3].findings[0].value == "quoted-value-17"
    assert ledger.withdrawals() == ()
    assert ledger.tombstones() == ()


def test_writing_to_an_old_ledger_names_the_command_that_helps(old: Path) -> None:
    ledger = open_ledger(old)
    with pytest.raises(LedgerError, match=r"format 1 and can only be read.*outcomes upgrade .*old NEW_FOLDER"):
        record(ledger, accepted(figure(5)), b"a file", received_at=NOON)
    with pytest.raises(LedgerError, match="outcomes upgrade"):
        withdraw(ledger, 1, reason="wrong", at=NOON)
    assert verify(ledger) == ()


def test_the_copy_gives_the_same_at_every_number_and_the_old_one_is_as_it_was(old: Path, tmp_path: Path) -> None:
    before = bytes_of(old)
    ledger = upgrade(old, tmp_path / "new", at=NOON)
    assert {path: content for path, content in bytes_of(old).items() if path.name in {p.name for p in before}} == before
    source = open_ledger(old)
    assert (ledger.format_number, ledger.number) == (FORMAT, 6)
    for number in range(6):
        assert ledger.versions(number).equals(source.versions(number))
        assert ledger.receipts(number) == source.receipts(number)
        assert ledger.observations(number).frame.equals(source.observations(number).frame)
    assert verify(ledger) == verify(source) == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "old"]


def test_no_value_is_left_in_the_new_log_and_what_is_destroyed_is_gone(old: Path, tmp_path: Path) -> None:
    assert b"quoted-value-17" in (old / LOG).read_bytes()
    ledger = upgrade(old, tmp_path / "new", at=NOON)
    assert b"quoted-value-17" not in (tmp_path / "new" / LOG).read_bytes()
    expunge(ledger, 4, reason="rule", authority="the board", at=NOON)
    assert b"quoted-value-17" not in b"".join(bytes_of(ledger.folder).values())
    # the old hash of the destroyed entry cannot be worked out any more; the others' still are
    assert verify(ledger) == ()


def test_the_chain_of_before_is_proved_in_the_copy(old: Path, tmp_path: Path) -> None:
    ledger = upgrade(old, tmp_path / "new", at=NOON)
    with closing(sqlite3.connect(ledger.folder / LOG)) as connection:
        (name, sql), *_ = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE name = 'entries_are_never_changed'"
        ).fetchall()
        connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE entries SET body = replace(body, 'return.csv', 'forged.csv') WHERE number = 2")
        connection.execute(sql)
        connection.commit()
    assert {"entry-changed", "upgrade-broken"} <= {fault.rule for fault in verify(ledger.folder)}


def test_life_goes_on_in_the_copy(old: Path, tmp_path: Path) -> None:
    ledger = upgrade(old, tmp_path / "new", at=NOON)
    assert record(ledger, accepted(figure(5), content=b"june"), b"june", received_at=NOON).is_repeat
    record(ledger, rejected(), None, received_at=day(25))
    receipt = record(ledger, accepted(figure(8), content=b"more"), b"more", received_at=NOON)
    assert (receipt.number, receipt.new_observations) == (8, 1)
    assert verify(ledger) == ()


def test_a_withdrawal_says_which_old_files_may_have_said_the_same_and_these_may_come_again(
    old: Path, tmp_path: Path
) -> None:
    ledger = upgrade(old, tmp_path / "new", at=NOON)
    withdraw(ledger, 4, reason="wrong", at=NOON)
    made = withdraw(ledger, 1, reason="wrong", at=NOON)
    # format 1 kept of the file of July only what was new; it had said June again
    assert made.unsure_of == (2,)
    assert ledger.observations().frame["numerator"].to_list() == [7, 9]
    receipt = record(
        ledger, accepted(figure(5), figure(7, period="2026-07"), content=b"july"), b"july", received_at=NOON
    )
    assert (receipt.is_repeat, receipt.new_observations) == (False, 1)
    assert ledger.observations().frame["numerator"].to_list() == [5, 7, 9]
    assert record(ledger, accepted(figure(5), content=b"july"), b"july", received_at=NOON).is_repeat


def test_an_empty_ledger_can_be_copied(tmp_path: Path) -> None:
    Format1(tmp_path / "old").made()
    ledger = upgrade(tmp_path / "old", tmp_path / "new", at=NOON)
    assert (ledger.number, verify(ledger)) == (1, ())
    assert ledger.observations().frame.is_empty()


def test_a_folder_that_holds_something_is_never_written_into(old: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "notes.txt").write_text("kept")
    with pytest.raises(OutputError, match="holds something"):
        upgrade(old, tmp_path / "new", at=NOON)
    with pytest.raises(OutputError, match="is a file"):
        upgrade(old, tmp_path / "new" / "notes.txt", at=NOON)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["notes.txt"]
    (tmp_path / "empty").mkdir()
    assert upgrade(old, tmp_path / "empty", at=NOON).number == 6


def test_what_is_new_already_missing_or_damaged_is_not_copied(old: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no ledger here"):
        upgrade(tmp_path / "nowhere", tmp_path / "new", at=NOON)
    newest = upgrade(old, tmp_path / "newest", at=NOON)
    with pytest.raises(LedgerError, match="newest format"):
        upgrade(newest.folder, tmp_path / "new", at=NOON)
    next(path for path in old.rglob("*.parquet")).write_bytes(b"damaged")
    with pytest.raises(LedgerError, match=r"not whole: .*file-changed.*is not copied"):
        upgrade(old, tmp_path / "new", at=NOON)
    assert not (tmp_path / "new").exists()
    with pytest.raises(ValueError, match="time zone"):
        upgrade(old, tmp_path / "new", at=datetime(2026, 7, 1))


@pytest.mark.parametrize("step", range(5))
def test_an_upgrade_that_is_broken_off_leaves_no_ledger(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    left = step

    def failing(folder: Path, files: dict[Path, bytes]) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        add_files(folder, files)

    with monkeypatch.context() as stopped:
        stopped.setattr(upgrading, "add_files", failing)
        with pytest.raises(KeyboardInterrupt):
            upgrade(old, tmp_path / "new", at=NOON)
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    # what a killed one left is no hindrance
    (tmp_path / ".new.upgrading").mkdir()
    (tmp_path / ".new.upgrading" / LOG).write_bytes(b"half")
    assert verify(upgrade(old, tmp_path / "new", at=NOON)) == ()
    assert not (tmp_path / ".new.upgrading").exists()


def test_where_format_1_kept_no_repeats_an_expunction_names_the_files_that_may_come_again(
    old: Path, tmp_path: Path
) -> None:
    ledger = upgrade(old, tmp_path / "new", at=NOON)
    stone = expunge(ledger, 1, reason="rule", authority="the board", at=NOON)
    assert stone.unsure_of == (2,)
    assert ledger.tombstones() == (stone,)
    rows = (figure(6), figure(7, period="2026-07"))
    assert not record(ledger, accepted(*rows, content=b"july"), b"july", received_at=NOON).is_repeat
    assert record(ledger, accepted(*rows, content=b"july"), b"july", received_at=NOON).is_repeat
    assert verify(ledger) == ()


@pytest.mark.parametrize("inside", ["copy", "content/copy"])
def test_a_copy_never_lies_in_the_old_folder(old: Path, inside: str) -> None:
    before = bytes_of(old)
    with pytest.raises(OutputError, match="lies in the old ledger"):
        upgrade(old, old / inside, at=NOON)
    assert (bytes_of(old), verify(old)) == (before, ())


def test_a_link_to_an_empty_folder_and_the_folder_one_stands_in_can_be_copied_into(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("real", "here"):
        (tmp_path / name).mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "dangling").symlink_to(tmp_path / "absent")
    monkeypatch.chdir(tmp_path / "here")
    for new, folder in ((tmp_path / "link", "real"), (tmp_path / "dangling", "absent"), (Path(), "here")):
        assert upgrade(old, new, at=NOON).number == 6
        assert verify(tmp_path / folder) == ()
    assert (tmp_path / "link").is_symlink()


def test_what_lies_where_the_copy_is_made_and_no_upgrade_left_is_kept(old: Path, tmp_path: Path) -> None:
    place = tmp_path / ".new.upgrading"
    place.mkdir()
    (place / "notes.txt").write_text("kept")
    with pytest.raises(OutputError, match="in the way of the copy"):
        upgrade(old, tmp_path / "new", at=NOON)
    assert (place / "notes.txt").read_text() == "kept"
    (place / "notes.txt").rename(tmp_path / "file")
    place.rmdir()
    place.symlink_to(tmp_path / "file")
    with pytest.raises(OutputError, match="in the way of the copy"):
        upgrade(old, tmp_path / "new", at=NOON)
    assert not (tmp_path / "new").exists()


def test_of_two_upgrades_at_once_one_makes_the_copy_and_the_other_says_that_it_is_there(
    old: Path, tmp_path: Path
) -> None:
    def made() -> str:
        try:
            return str(upgrade(old, tmp_path / "new", at=NOON).number)
        except OutputError as error:
            return str(error)

    with ThreadPoolExecutor(3) as pool:
        said = list(pool.map(lambda _: made(), range(3)))
    assert said.count("6") == 1
    assert sum("holds something" in one for one in said) == 2
    assert verify(tmp_path / "new") == ()


def test_nobody_writes_to_the_old_ledger_until_its_copy_is_in_place(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def synced(folder: Path) -> None:
        seen.append((tmp_path / "new").is_dir())
        with (
            closing(sqlite3.connect(old / LOG, timeout=0, isolation_level=None)) as log,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            log.execute("BEGIN IMMEDIATE")

    monkeypatch.setattr(upgrading, "sync_folder", synced)
    upgrade(old, tmp_path / "new", at=NOON)
    assert seen == [True]


def test_of_two_ledgers_upgraded_into_one_folder_at_once_the_second_is_refused_and_nothing_is_torn(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Format1(tmp_path / "other")
    other.submission(b"another", [{"numerator": 77}])
    before = bytes_of(other.made())
    is_copying, may_go_on = Event(), Event()

    def waiting(folder: Path, files: dict[Path, bytes]) -> None:
        is_copying.set()
        assert may_go_on.wait(60)
        add_files(folder, files)

    monkeypatch.setattr(upgrading, "add_files", waiting)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(upgrade, old, tmp_path / "new", at=NOON)
        try:
            assert is_copying.wait(60)
            with pytest.raises(OutputError, match=r"new: another upgrade into this folder is at work\. Nothing was"):
                upgrade(tmp_path / "other", tmp_path / "new", at=NOON)
            assert not (tmp_path / "new").exists()
        finally:
            may_go_on.set()
        ledger = first.result()
    assert verify(ledger) == ()
    assert ledger.observations().frame["numerator"].to_list() == [6, 7, 9]
    assert {path: content for path, content in bytes_of(tmp_path / "other").items() if path in before} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "old", "other"]
    with pytest.raises(OutputError, match="holds something"):
        upgrade(tmp_path / "other", tmp_path / "new", at=NOON)


def test_the_lock_of_an_upgrade_that_was_killed_is_no_hindrance(old: Path, tmp_path: Path) -> None:
    (tmp_path / ".new.upgrading.lock").touch()
    assert verify(upgrade(old, tmp_path / "new", at=NOON)) == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "old"]
    (tmp_path / ".newer.upgrading.lock").write_text("somebody's notes")
    with pytest.raises(OutputError, match="is in the way of the copy"):
        upgrade(old, tmp_path / "newer", at=NOON)
    assert (tmp_path / ".newer.upgrading.lock").read_text() == "somebody's notes"
