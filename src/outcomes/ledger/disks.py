"""Tells whether a folder is known to lie on a disk of this machine: only there is SQLite's WAL mode safe."""

import os
import re
from pathlib import Path
from typing import Final

__all__ = ["is_on_local_disk"]

_MOUNTS: Final = Path("/proc/self/mountinfo")
_LOCAL: Final = frozenset(
    {"bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "jfs", "overlay", "ramfs", "reiserfs", "tmpfs", "xfs", "zfs"}
)
_WINDOWS_FIXED_DRIVE: Final = 3


def is_on_local_disk(folder: Path) -> bool:
    """Tell whether a folder is known to lie on a local disk; False where this cannot be known.

    WAL keeps an index in shared memory, which machines that share a network drive do not share
    (https://www.sqlite.org/wal.html, "Advantages and disadvantages"). The rollback journal is safe on both.
    """
    resolved = folder.resolve()
    if os.name == "nt":
        return _windows_drive_type(resolved) == _WINDOWS_FIXED_DRIVE
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return file_system_of(resolved, mounts) in _LOCAL


def file_system_of(folder: Path, mounts: str) -> str:
    """Return the type of the file system of a folder, read from the text of Linux's mountinfo.

    >>> mounts = "1 0 8:1 / / rw - ext4 /dev/sda rw" + chr(10) + "2 1 0:9 / /mnt/share rw - cifs //server/share rw"
    >>> file_system_of(Path("/mnt/share/ledger"), mounts), file_system_of(Path("/home"), mounts)
    ('cifs', 'ext4')
    """
    nearest, kind = -1, ""
    for line in mounts.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if not separator or len(fields) < 5:
            continue
        # blanks and backslashes of a path are written as octal numbers
        mount_point = Path(re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[4]))
        depth = len(mount_point.parts)
        # a later mount on the same point hides an earlier one
        if depth >= nearest and folder.is_relative_to(mount_point):
            nearest, kind = depth, after.split(" ")[0]
    return kind


def _windows_drive_type(folder: Path) -> int:
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  (absent from the type stubs of other systems)
    return int(kernel.GetDriveTypeW(folder.anchor))
