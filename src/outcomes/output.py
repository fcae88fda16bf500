"""Writes a set of files into a folder, all or none: nothing half-written, nothing outside the folder."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from outcomes.errors import OutputError

__all__ = ["write_files"]


def write_files(folder: str | Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder, which is made if it is not there.

    Everything is first written beside the folder, on the same disk, then moved into place: a full disk, a folder
    that may not be written or an interruption while writing leaves the folder as it was.

    Arguments:
        folder: Where to write. Other files in it are left alone.
        files: Relative path, with `/` between parts, to content.

    Returns:
        The paths written, in the order given.

    Raises:
        OutputError: The folder cannot be written, or a path would lie outside it.
    """
    target = Path(folder)
    for name in files:
        parts = PurePosixPath(name).parts
        if not parts or name.startswith("/") or "\\" in name or any(part in ("..", ".", "") for part in parts):
            raise OutputError(f"{name!r} is no file name inside the output folder, so nothing was written")
    if target.exists() and not target.is_dir():
        raise OutputError(f"{target} is a file; a folder is expected: choose another name for the output")
    staging: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target if target.is_dir() else target.parent))
        for name, content in files.items():
            path = staging / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        # files for others to read: a temporary folder is closed to them
        staging.chmod(0o755)
        if target.is_dir():
            _move_into(staging, target, files)
        else:
            staging.rename(target)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(f"{target} cannot be written: {reason}; nothing in it was changed") from None
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)
    return tuple(target / name for name in files)


def _move_into(staging: Path, target: Path, files: Mapping[str, bytes]) -> None:
    # all folders first: after that, only renames on one disk are left, which need no space
    for name in files:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
    for name in files:
        os.replace(staging / name, target / name)  # noqa: PTH105
