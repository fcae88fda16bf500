"""Writes a set of files into a folder, all or none: nothing half-written, nothing outside the folder."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from outcomes.errors import OutputError

__all__ = ["LEDGER_MARK", "write_file", "write_files"]

# a folder with such a file is a ledger, in which nothing else may stand
LEDGER_MARK: Final = "ledger.seal"


def write_files(folder: str | Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder, which is made if it is not there.

    Everything is first written beside the folder, on the same disk, then moved into place: a full disk, a folder
    that may not be written or an interruption leaves the folder as it was.

    Arguments:
        folder: Where to write. Other files in it are left alone.
        files: Relative path, with `/` between parts, to content.

    Returns:
        The paths written, in the order given.

    Raises:
        OutputError: The folder cannot be written or is a ledger's, or a path would lie outside it.
    """
    target = Path(folder)
    for name in files:
        if not _is_inside(name):
            raise OutputError(f"{name!r} is no file name inside the output folder, so nothing was written")
    if target.exists() and not target.is_dir():
        raise OutputError(f"{target} is a file; a folder is expected: choose another name for the output")
    _refuse_ledger(target)
    made: list[Path] = []
    staging: Path | None = None
    is_done = False
    try:
        if not target.is_dir():
            _make_folders([target.parent], made)
        staging = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target if target.is_dir() else target.parent))
        # a temporary folder is closed to others; the one inside it is as open as any that the user makes
        fresh = staging / "fresh"
        fresh.mkdir()
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if target.is_dir():
            _move_into(fresh, target, files, staging / "replaced", made)
        else:
            fresh.rename(target)
        is_done = True
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(f"{target} cannot be written: {reason}; nothing in it was changed") from None
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)
        if not is_done:
            for made_folder in reversed(made):
                _remove_if_empty(made_folder)
    return tuple(target / name for name in files)


def write_file(path: str | Path, pieces: Iterable[bytes]) -> Path:
    """Write one file, whole or not at all; its pieces are written as they come, so that it may be larger than memory.

    Arguments:
        path: Where to write; its folder is made if it is not there. A file of that name is replaced.
        pieces: The content.

    Returns:
        The path.

    Raises:
        OutputError: It cannot be written or would lie in a ledger; a file of that name is as it was.
    """
    target = Path(path)
    _refuse_ledger(target)
    made: list[Path] = []
    staging: Path | None = None
    is_done = False
    try:
        if target.is_dir():
            raise OSError(0, "it is a folder, where a file is to be written")
        _make_folders([target.parent], made)
        staging = Path(tempfile.mkdtemp(prefix=".outcomes-", dir=target.parent))
        # a temporary folder is closed to others; the file inside it is as open as any that the user makes
        fresh = staging / "fresh"
        with fresh.open("wb") as stream:
            for piece in pieces:
                stream.write(piece)
        os.replace(fresh, target)  # noqa: PTH105
        is_done = True
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(f"{target} cannot be written: {reason}; it is as it was") from None
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)
        if not is_done:
            for made_folder in reversed(made):
                _remove_if_empty(made_folder)
    return target


def _refuse_ledger(target: Path) -> None:
    """Refuse a folder that is a ledger or lies in one: what else stands there would make it untrusted."""
    # of links in a circle, too
    place = Path(os.path.realpath(target))
    for folder in (place, *place.parents):
        if (folder / LEDGER_MARK).is_file():
            raise OutputError(f"{folder} is a ledger's folder, in which nothing else may stand: choose another one")


def _is_inside(name: str) -> bool:
    """Whether a name is that of a file inside a folder, on any system."""
    parts = PurePosixPath(name).parts
    is_absolute = name.startswith("/") or bool(PureWindowsPath(name).drive)
    return bool(parts) and not is_absolute and not ({"\\", "\0"} & set(name)) and ".." not in parts


def _make_folders(folders: Iterable[Path], made: list[Path]) -> None:
    """Make folders and those above them, and note each that was not there."""
    for folder in folders:
        for level in (*reversed(folder.parents), folder):
            if level.is_dir():
                continue
            if level.exists():
                raise OSError(0, f"{level} is a file, where a folder is needed")
            level.mkdir(exist_ok=True)
            made.append(level)


def _move_into(fresh: Path, target: Path, files: Iterable[str], replaced: Path, made: list[Path]) -> None:
    root = target.resolve()
    for name in files:
        path = target / name
        if not path.parent.resolve().is_relative_to(root):
            raise OSError(0, f"{path.parent} is a link that leads outside")
        if path.is_dir():
            raise OSError(0, f"{path} is a folder, where a file is to be written")
    # all folders first: after that, only renames on one disk are left, which need no space
    _make_folders(((target / name).parent for name in files), made)
    moved: list[tuple[Path, Path]] = []
    try:
        for number, name in enumerate(files):
            path, kept = target / name, replaced / str(number)
            if path.exists() or path.is_symlink():
                replaced.mkdir(exist_ok=True)
                moved.append((path, kept))
                os.replace(path, kept)  # noqa: PTH105
            else:
                moved.append((path, kept))
            os.replace(fresh / name, path)  # noqa: PTH105
    except BaseException:
        # back as it was, whatever came between
        for path, kept in reversed(moved):
            if kept.exists() or kept.is_symlink():
                os.replace(kept, path)  # noqa: PTH105
            elif not (fresh / path.relative_to(target)).exists():
                path.unlink(missing_ok=True)
        raise


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        # somebody else has put something into it
        return
