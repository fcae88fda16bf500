"""Lists the files of an inbox: which are a partner's, in which order, and what is passed over and why."""

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from outcomes.errors import OutputError, UnreadableFileError
from outcomes.file_names import file_name

__all__ = ["Inbox", "InboxFiles", "PassedOver", "inbox_files", "refuse_mixed_folders", "unreadable"]

Inbox = str | Path | Iterable[str | Path]
# files of the desktop and of open programs, not of a partner
_PASSED_OVER: Final = (".", "~$")
_DIGITS: Final = re.compile(r"([0-9]+)")


@dataclass(frozen=True)
class PassedOver:
    """A member of an inbox that is not received.

    Attributes:
        path: Where it stands.
        because: Why, in a few words.
        is_usual: Whether every desktop has such files, so that nobody need be told.
    """

    path: Path
    because: str
    is_usual: bool = False


@dataclass(frozen=True)
class InboxFiles:
    """What an inbox holds.

    Attributes:
        files: The partners' files, each once, in the order in which they are received.
        passed_over: What else its folders hold, in the order of the names.
        folders: The folders that were looked into.
    """

    files: tuple[Path, ...]
    passed_over: tuple[PassedOver, ...]
    folders: tuple[Path, ...]


def inbox_files(inbox: Inbox) -> InboxFiles:
    """Return the files of an inbox by their names, numbers in them by their size, and what is passed over.

    Of two files that say something else about the same figure the later one counts, so `falls_v10.csv` comes after
    `falls_v2.csv`.

    Arguments:
        inbox: A folder of files, a file, or several of these. A file that is named itself is never passed over.

    Raises:
        UnreadableFileError: A file or folder is not there or cannot be opened.

    >>> from outcomes.bundled import bundled_folder
    >>> found = inbox_files(bundled_folder("examples", "eastvale") / "returns" / "2026-11")
    >>> found.files[0].name, found.passed_over
    ('CWC_2026-27-Q2.tsv', ())
    """
    files: dict[Path, Path] = {}
    passed_over: dict[Path, PassedOver] = {}
    folders: list[Path] = []
    for path in (Path(inbox),) if isinstance(inbox, str | Path) else tuple(map(Path, inbox)):
        try:
            members = list(path.iterdir()) if stat.S_ISDIR(path.stat().st_mode) else None
        except OSError as error:
            raise unreadable(path, error.strerror or "") from None
        if members is None:
            files.setdefault(path.resolve(), path)
            continue
        folders.append(path)
        for member in members:
            because = _why_passed_over(member, path)
            if because:
                passed_over[member] = PassedOver(member, because, member.name.startswith(_PASSED_OVER))
            else:
                files.setdefault(member.resolve(), member)
    for path in files.values():
        if not path.is_file():
            raise unreadable(path, "it is no file")
        if not os.access(path, os.R_OK):
            raise unreadable(path, "you may not read it")
    in_order = sorted(passed_over.values(), key=lambda one: _by_name(one.path))
    return InboxFiles(tuple(sorted(files.values(), key=_by_name)), tuple(in_order), tuple(folders))


def refuse_mixed_folders(found: InboxFiles, ledger: Path, reports: str | Path | None) -> None:
    """Refuse folders of which one would be taken for the other: what we write is no partner's file.

    Arguments:
        found: The inbox.
        ledger: The folder of the record.
        reports: The folder for what the senders are told; None for none.

    Raises:
        OutputError: The reports would go into the inbox or the record, or the inbox is the record itself.
    """
    if reports is not None and Path(reports).exists() and not Path(reports).is_dir():
        raise OutputError(f"{reports} is a file; a folder is expected for the reports: choose another name")
    record = ledger.resolve()
    looked_into = [folder.resolve() for folder in found.folders]
    read = (*looked_into, *(path.resolve() for path in found.files))
    if record.is_dir() and any(place.is_relative_to(record) for place in read):
        raise OutputError(f"{ledger} is the ledger's own folder; partners' files are expected from another one")
    # also of a record that is not there yet
    if reports is not None and Path(reports).resolve().is_relative_to(record):
        raise OutputError(f"{ledger} is a ledger's folder, in which nothing else may stand: choose another one")
    if reports is not None and Path(reports).resolve() in looked_into:
        raise OutputError(
            f"{reports} is the inbox: the next time the reports would be taken for partners' files. Choose another "
            "folder for them"
        )


def unreadable(path: Path, why: str) -> UnreadableFileError:
    """Return the error that says that a file of an inbox cannot be opened."""
    return UnreadableFileError(
        f"{file_name(path)}: the file cannot be opened ({why}). Give partners' files or an inbox folder."
    )


def _why_passed_over(member: Path, folder: Path) -> str:
    """Say why a member of a folder is no partner's file; nothing of one that is."""
    if member.name.startswith(_PASSED_OVER):
        return "a file of the desktop"
    if member.is_symlink() and not _lies_in(member, folder):
        # whoever may write into an inbox may not thereby have any other file read
        return "a link that leads out of the inbox, or nowhere"
    if member.is_dir():
        return "a folder: name it itself to receive what lies in it"
    return "" if member.is_file() else "no plain file"


def _lies_in(member: Path, folder: Path) -> bool:
    try:
        return member.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        # what leads nowhere, or in a circle
        return False


def _by_name(path: Path) -> tuple[list[tuple[int, str]], str, str]:
    # every second piece is a number
    # without the ending: `falls (1).csv` and `falls corrected.csv` come after `falls.csv`
    pieces = _DIGITS.split(path.stem)
    by_size = [(int(piece), "") if at % 2 else (0, piece) for at, piece in enumerate(pieces)]
    return by_size, path.name, path.as_posix()
