"""Reads the sign-offs of a partnership: `sign_offs.csv`."""

from pathlib import Path

from outcomes.definitions import Located, read_rows
from outcomes.errors import Fault
from outcomes.partnership.sign_offs import SIGN_OFFS_FILE, FileSignOff

__all__ = ["read_sign_offs"]


def read_sign_offs(folder: Path) -> tuple[tuple[Located[FileSignOff], ...], tuple[Fault, ...]]:
    """Return the sign-offs of a partnership's folder as they stand in its file, and its faults; nothing is raised.

    Arguments:
        folder: The partnership's folder; it need hold none.
    """
    path = folder / SIGN_OFFS_FILE
    if not path.exists():
        return (), ()
    _, rows, faults = read_rows(FileSignOff, path, folder)
    return rows, faults
