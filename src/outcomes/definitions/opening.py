"""Opens one definition file: its bytes, or one plain fault that says why it cannot be read."""

from pathlib import Path

from outcomes.errors import Fault

__all__ = ["open_definition", "relative_name"]


def relative_name(path: Path, root: Path) -> str:
    """Return how a file is named in faults: relative to the folder that was loaded, with `/` between parts."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.name


def open_definition(path: Path, name: str, max_bytes: int) -> tuple[str, tuple[Fault, ...]]:
    """Return a file's text without a byte-order mark, or no text and the fault that explains why.

    Arguments:
        path: The file.
        name: How it is named in faults.
        max_bytes: The size above which it is refused unread.
    """

    def refused(rule: str, message: str, fix: str, line: int = 0) -> tuple[str, tuple[Fault, ...]]:
        return "", (Fault(name, line, rule, message, fix),)

    if not path.exists():
        return refused("missing-file", "there is no such file.", "Add it, or take its name out of the definitions.")
    if not path.is_file():
        return refused("unreadable-file", "this is a folder; a file is expected.", "Put the file in its place.")
    try:
        if path.stat().st_size > max_bytes:
            return refused(
                "file-too-big",
                f"the file has more than {max_bytes:,} bytes, the most that is read.",
                "Split it, or take out what does not belong.",
            )
        content = path.read_bytes()
    except OSError:
        return refused("unreadable-file", "the file cannot be opened.", "See whether you may read it.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return refused("not-utf-8", "a byte here is not UTF-8 text.", "Save the file as UTF-8.", line)
    return text.replace("\r\n", "\n").replace("\r", "\n"), ()
