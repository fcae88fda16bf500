"""Lets the disk be full at each write of an act, and turns it read-only: a clear message, and nothing lost."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import outcomes as oc
from benchmarks.ledger_stress.forking import finished
from benchmarks.ledger_stress.world import Act, World, look

__all__ = ["Disks", "can_mount", "fill_disks", "read_only_disks"]

_PAGE = 4096


@dataclass
class Disks:
    """How often an act met a full disk, and what was said."""

    refused: Counter[str] = field(default_factory=Counter)
    messages: Counter[str] = field(default_factory=Counter)
    went_through: int = 0


def can_mount() -> bool:
    """Tell whether this machine lets a small disk be mounted."""
    return sys.platform == "linux" and os.geteuid() == 0


def fill_disks(world: World, folder: Path, step: int = 1, most_pages: int = 60) -> Disks:
    """Do each act on a disk with 0, 1, 2 … free pages until it goes through, then make room and do it again.

    Arguments:
        world: What is received.
        folder: Where the disks are mounted.
        step: By how many pages the room grows.
        most_pages: By when an act must go through.

    Raises:
        AssertionError: Something was lost or half there, or the message does not say that the disk is full.
    """
    found = Disks()
    for name, earlier, act in world.scenes():
        base, after = folder / "full-base", folder / "full-after"
        for path in (base, after):
            shutil.rmtree(path, ignore_errors=True)
        for one in earlier:
            finished(one, base)
        if earlier:
            shutil.copytree(base, after)
        finished(act, after)
        before_seen = finished(look, base) if earlier else None
        after_seen = finished(look, after)
        for free_pages in range(0, most_pages, step):
            with _small_disk(folder / "disk", 512) as disk:
                ledger = disk / "ledger"
                if earlier:
                    shutil.copytree(base, ledger)
                _fill(disk, free_pages)
                message = finished(_said, act, ledger)
                seen = finished(look, ledger) if ledger.is_dir() else None
                held = (
                    (seen is None and not earlier)
                    or (seen is not None and not seen.faults and seen.hashes == () and not earlier)
                    or (seen is not None and not seen.faults and before_seen and seen.record == before_seen.record)
                    or (seen is not None and not seen.faults and after_seen and seen.record == after_seen.record)
                )
                if not held:
                    raise AssertionError(f"{name}, {free_pages} free pages: {seen}")
                if message:
                    found.refused[name] += 1
                    text = message.partition(": ")[2] or message
                    found.messages[text] += 1
                    if "full" not in message:
                        raise AssertionError(f"{name}, {free_pages} free pages: {message}")
                (disk / "ballast").unlink()
                finished(act, ledger)
                again = finished(look, ledger)
                if again is None or after_seen is None or again.record != after_seen.record or again.faults:
                    raise AssertionError(f"{name}, again after {free_pages} free pages: {again}")
            if not message:
                found.went_through += 1
                break
        else:
            raise AssertionError(f"{name} did not go through with {most_pages} free pages")
    return found


def read_only_disks(world: World, folder: Path) -> int:
    """Turn the disk of a ledger read-only: it is read and verified as before, and each act is refused plainly."""
    refused = 0
    for name, earlier, act in world.scenes():
        if not earlier:
            continue
        with _small_disk(folder / "disk", 1024) as disk:
            ledger = disk / "ledger"
            for one in earlier:
                finished(one, ledger)
            before = finished(look, ledger)
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], capture_output=True, check=True)
            message = finished(_said, act, ledger)
            seen = finished(look, ledger)
            if seen != before or "Access was refused" not in message:
                raise AssertionError(f"{name} on a read-only disk: {message} {seen}")
            refused += 1
    return refused


def _said(act: Act, folder: Path) -> str:
    try:
        act(folder)
    except oc.OutcomesError as error:
        return str(error)
    return ""


@contextmanager
def _small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    folder.mkdir(exist_ok=True)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], capture_output=True, check=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=True)


def _fill(disk: Path, free_pages: int) -> None:
    """Leave so many free pages of a disk."""
    left = os.statvfs(disk).f_bavail
    size = os.statvfs(disk).f_bsize
    with (disk / "ballast").open("wb") as file:
        for _ in range(max(0, left * size // _PAGE - free_pages)):
            file.write(bytes(_PAGE))
