"""Small and read-only disks for tests that need a full one: mounted where the test may mount, else skipped."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def mounted_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """Mount a disk of a few kilobytes on a folder; skip the test where that is not allowed."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux may mount a small disk")
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=True)


def make_read_only(disk: Path) -> None:
    """Turn a mounted disk read-only: the modes of folders do not bind root, this does."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], capture_output=True, check=True)


def tree_of(folder: Path) -> dict[str, bytes | None]:
    """Return everything in a folder: relative path to content, None for a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }
