"""Clocks that go back, paths of every spelling, and a disk that turns out to be a share: the record stays the same."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import outcomes as oc
from benchmarks.ledger_stress.forking import finished
from benchmarks.ledger_stress.world import World, look
from outcomes.ledger import disks
from outcomes.ledger.folder import LOG

__all__ = ["Places", "visit_places"]

_NAMES = (
    "with blanks in it", "it's quoted", 'say "hello"', "what?", "#1", "100%", "%41%20", "a&b=c;d", "~tilde", "-dash",
    "Ŵrexham – Église – 東京", "back\\slash", "new\nline", "file:x?mode=memory", "l" * 200,
)  # fmt: skip
_SHARES = ("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "drvfs", "virtiofs", "fuse.rclone", "unheard-of")


@dataclass(frozen=True)
class Places:
    """What was tried, and how many of each were held."""

    paths: int
    clocks: int
    shares: int
    moves: int
    is_immutable_tried: bool


def visit_places(world: World, folder: Path) -> Places:
    """Receive at every kind of path, by every kind of clock, on every kind of disk.

    Raises:
        AssertionError: Something is not as on a plain path of a local disk.
    """
    paths = 0
    for name in _NAMES:
        place = folder / "paths" / name
        finished(_held, world, place)
        link = folder / "links" / f"link {name[:100]}"
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(place, target_is_directory=True)
        if finished(look, link) != finished(look, place):
            raise AssertionError(f"{name!r} by a symbolic link is another ledger")
        paths += 2
    finished(_beside_each_other, world, folder / "twins")
    return Places(
        paths=paths,
        clocks=finished(_clocks, world, folder / "clocks"),
        shares=finished(_shares, world, folder / "shares"),
        moves=finished(_moves, world, folder / "moves"),
        is_immutable_tried=finished(_immutable, world, folder / "immutable"),
    )


def _held(world: World, place: Path) -> None:
    for number, name in enumerate(("first", "second"), start=1):
        path = world.file(f"path-{name}", [str(number), "2", "3", "4"])
        if world.receiving(path, is_made=True)(place) != number:
            raise AssertionError(f"{place}: not entry {number}")
    if oc.verify(place) or oc.open_ledger(place, create=False).observations().frame.height != 4:
        raise AssertionError(f"{place}: {oc.verify(place)}")


def _beside_each_other(world: World, folder: Path) -> None:
    """A path whose spelling could be taken for another's: each has its own record."""
    for name in ("a", "a%20", "a ", "a?x=1", "a#b"):
        _held(world, folder / name)
    if len(list(folder.iterdir())) != 5:
        raise AssertionError("two paths are one ledger")


def _clocks(world: World, folder: Path) -> int:
    """A clock that goes back, stands still, or is of another zone: numbers alone are the order."""
    moments = [
        datetime(2026, 6, 10, 12, tzinfo=UTC),
        datetime(2026, 6, 10, 12, tzinfo=UTC),
        datetime(2019, 1, 1, tzinfo=UTC),
        datetime(2026, 6, 10, 0, 30, tzinfo=timezone(timedelta(hours=1))),
        datetime(2026, 6, 10, 2, tzinfo=timezone(-timedelta(hours=11, minutes=30))),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2200, 12, 31, 23, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=14))),
    ]
    for number, moment in enumerate(moments, start=1):
        path = world.file(f"clock-{number}", [str(10 + number), "2", "3", "4"])
        if world.receiving(path, is_made=True, received_at=moment)(folder) != number:
            raise AssertionError(f"{moment}: not entry {number}")
    ledger = oc.open_ledger(folder, create=False)
    if [one.received_at for one in ledger.receipts()] != moments or oc.verify(folder):
        raise AssertionError("times are not kept as they were given")
    latest = ledger.observations().frame["numerator"].to_list()
    if latest != [10 + len(moments), 2, 3, 4]:
        raise AssertionError(f"the newest figure is not that of the last number: {latest}")
    return len(moments)


@contextmanager
def _mounts(text: str, folder: Path) -> Iterator[None]:
    """Let the system say which disks there are."""
    before = disks._MOUNTS
    said = folder.with_name(f"{folder.name}-mountinfo")
    said.parent.mkdir(parents=True, exist_ok=True)
    said.write_text(text)
    disks._MOUNTS = said  # type: ignore[misc]
    try:
        yield
    finally:
        disks._MOUNTS = before  # type: ignore[misc]


def _journal(folder: Path) -> str:
    with closing(sqlite3.connect(folder / LOG)) as connection:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def _shares(world: World, folder: Path) -> int:
    for kind in _SHARES:
        place = folder / kind
        text = f"22 1 8:1 / / rw - ext4 /dev/sda1 rw\n31 22 0:40 / {folder.resolve()} rw - {kind} //server/share rw\n"
        with _mounts(text, folder):
            _held(world, place)
            if _journal(place) != "delete" or list(place.glob("*-wal")) or list(place.glob("*-shm")):
                raise AssertionError(f"{kind} is written in WAL mode")
    return len(_SHARES)


def _moves(world: World, folder: Path) -> int:
    """A folder becomes a share while it is used, and local again: it is read at once, and the next entry turns it."""
    local = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
    share = f"{local}31 22 0:40 / {folder.resolve()} rw - cifs //server/share rw\n"
    place = folder / "ledger"
    for number, (mounts, expected) in enumerate(((local, "wal"), (share, "delete"), (local, "wal"), (share, "delete"))):
        with _mounts(mounts, folder):
            if number:
                seen = look(place)
                if seen is None or len(seen.hashes) != number or seen.faults:
                    raise AssertionError(f"move {number}: {seen}")
            world.receiving(world.file(f"move-{number}", [str(number), "2", "3", "4"]), is_made=True)(place)
            if _journal(place) != expected or oc.verify(place):
                raise AssertionError(f"move {number}: {_journal(place)} {oc.verify(place)}")
    return 4


def _immutable(world: World, folder: Path) -> bool:
    """Files that nobody may change, not even root, where the disk knows such a mark."""
    if sys.platform != "linux" or not shutil.which("chattr"):
        return False
    _held(world, folder)
    before = look(folder)
    marked = subprocess.run(["chattr", "-R", "+i", str(folder)], capture_output=True, check=False)
    try:
        if marked.returncode:
            return False
        if look(folder) != before:
            raise AssertionError("a ledger that nobody may change reads otherwise")
        try:
            world.receiving(world.file("immutable", ["9", "2", "3", "4"]))(folder)
        except oc.LedgerError as error:
            if "Access was refused" not in str(error):
                raise
        else:
            raise AssertionError("a ledger that nobody may change was changed")
    finally:
        subprocess.run(["chattr", "-R", "-i", str(folder)], capture_output=True, check=False)
    return True
