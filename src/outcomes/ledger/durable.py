"""Puts files into the ledger folder so that a crash at any point leaves them wholly there or wholly absent.

A writer, alone by the log's lock, notes in `incoming/intent` which files it is about to add, writes each under a
temporary name, syncs and renames it, and only then commits the log's entry. What a killed writer added without an
entry, the next writer finds by the note and removes.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from outcomes.ledger.folder import CONTENT, FINDINGS, INCOMING, OBSERVATIONS

__all__ = ["INTENT", "add_files", "forget_intent", "intended_files", "remove_leftovers", "replace_file", "sync_folder"]

INTENT: Final = "intent"
_PARTIAL: Final = "partial"


def add_files(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Add files, each by its path relative to the folder; they stay leftovers until `forget_intent`."""
    if not files:
        return
    _make_folder(folder / INCOMING)
    intent = json.dumps(sorted(path.as_posix() for path in files))
    replace_file(folder, Path(INCOMING, INTENT), intent.encode())
    for path, content in sorted(files.items()):
        _make_folder((folder / path).parent)
        replace_file(folder, path, content)


def replace_file(folder: Path, path: Path, content: bytes) -> None:
    """Write one file, or replace it whole: temporary file, sync, rename, sync of its folder."""
    _make_folder(folder / INCOMING)
    partial = folder / INCOMING / f"{path.name}.{_PARTIAL}"
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(folder / path)
    except BaseException:
        # an interruption or a full disk leaves no half file behind
        partial.unlink(missing_ok=True)
        raise
    sync_folder((folder / path).parent)


def intended_files(folder: Path) -> tuple[Path, ...]:
    """Return which files a writer noted that it was about to add: one at work, or one that was killed."""
    try:
        noted = json.loads((folder / INCOMING / INTENT).read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return ()
    return tuple(
        path
        for path in map(Path, noted)
        if path.parts[0] in (CONTENT, FINDINGS, OBSERVATIONS) and ".." not in path.parts
    )


def forget_intent(folder: Path) -> None:
    """Remove the note, once the entry of its files is committed."""
    (folder / INCOMING / INTENT).unlink(missing_ok=True)


def remove_leftovers(folder: Path, recorded: Callable[[], Iterable[Path]]) -> None:
    """Remove what a writer that failed or was killed left behind. Only for the holder of the log's lock.

    Arguments:
        folder: The ledger folder.
        recorded: Gives the paths of the files that entries name; asked only where there is a note.
    """
    incoming = folder / INCOMING
    if not incoming.is_dir():
        return
    noted = intended_files(folder)
    if noted:
        kept = set(recorded())
        for path in noted:
            if path not in kept:
                (folder / path).unlink(missing_ok=True)
    for leftover in incoming.iterdir():
        leftover.unlink()


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows does so by itself and opens no folder."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_folder(folder: Path) -> None:
    missing = [level for level in (folder, *folder.parents) if not level.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for level in reversed(missing):
        sync_folder(level.parent)
