"""Knows a report that was written before by its content, so that nothing else is ever replaced by one."""

import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from outcomes.errors import OutputError
from outcomes.exchange.findings_csv import FINDING_COLUMNS
from outcomes.partner_words import LIST_SHEET
from outcomes.report.wording import say

__all__ = ["refuse_replacing"]

# by so much of its beginning a report is known
_BEGINNING: Final = 64 * 1024
_ANYTHING: Final = "\x00"
_KICKERS: Final = "|".join(
    re.escape(text).replace(re.escape(_ANYTHING), "[0-9]+")
    for text in (say("res_check"), say("res_receipt", number=_ANYTHING))
)
_PAGE: Final = re.compile(rf'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n.*<title>(?:{_KICKERS}): ', re.DOTALL)
_SUBJECTS: Final = "|".join(
    re.escape(say("note_subject", subject=say(f"note_subject_{key}", file=_ANYTHING, what=_ANYTHING))).replace(
        re.escape(_ANYTHING), "[^\n]*"
    )
    for key in ("rejected", "accepted", "fit")
)
_NOTE: Final = re.compile(rf"(?:{_SUBJECTS})\n\n")
_LIST: Final = "\ufeff" + ",".join(FINDING_COLUMNS) + "\n"
_TEXT: Final = r'"(?:[^"\\]|\\.)*"'
_DOCUMENT: Final = re.compile(
    rf'\[\n \{{\n  "file": {_TEXT},\n  "partner": {_TEXT},\n  "verdict": {_TEXT},\n  "messages": \['
)
_FIRST_SHEET: Final = re.compile(rb'<sheet [^>]*?name="([^"]*)"')
_LIST_NAME: Final = re.compile(rf"{re.escape(LIST_SHEET)}(?: \([0-9]+\))?")
_MOST_NAMES: Final = 1024 * 1024
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


def refuse_replacing(path: Path, kind: str) -> None:
    """Refuse to write a report where a file stands that is no report of its kind; an empty file holds nothing to lose.

    Arguments:
        path: Where the report is to be written.
        kind: The ending of its name, in small letters.

    Raises:
        OutputError: Another file stands there, or one that cannot be read.
    """
    if not path.exists():
        return
    advice = "give another name, or take that file away first"
    if not path.is_file():
        raise OutputError(f"{path} is there already and is no plain file, so it is not replaced: {advice}")
    try:
        is_ours = path.stat().st_size == 0 or _KNOWN[kind](path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(
            f"{path} is there already and cannot be read ({reason}), so it is not replaced: {advice}"
        ) from None
    if not is_ours:
        raise OutputError(
            f"{path} is there already, and is not a {kind} report as it was written by a check, so it is not "
            f"replaced: {advice}"
        )


def _begins(pattern: re.Pattern[str]) -> Callable[[Path], bool]:
    return lambda path: pattern.match(_beginning(path)) is not None


def _beginning(path: Path) -> str:
    with path.open("rb") as stream:
        return stream.read(_BEGINNING).decode("utf-8", errors="replace")


def _is_marked_workbook(path: Path) -> bool:
    """Whether a workbook is a marked copy just as it was written: one that was mended since may be a partner's return.

    Every program that saves a workbook puts its parts in another order, or dates them.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            names = [member.filename for member in members]
            is_as_written = (
                names[:1] == ["docProps/app.xml"]
                and names[-1:] == ["[Content_Types].xml"]
                and all(member.date_time == _NO_TIME for member in members)
            )
            if not is_as_written or archive.getinfo("xl/workbook.xml").file_size > _MOST_NAMES:
                return False
            first = _FIRST_SHEET.search(archive.read("xl/workbook.xml"))
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, ValueError, EOFError):
        # no workbook, or one that is damaged or locked
        return False
    return first is not None and _LIST_NAME.fullmatch(first[1].decode("utf-8", errors="replace")) is not None


_KNOWN: Final[Mapping[str, Callable[[Path], bool]]] = {
    ".html": _begins(_PAGE),
    ".txt": _begins(_NOTE),
    ".csv": lambda path: _beginning(path).startswith(_LIST),
    ".json": _begins(_DOCUMENT),
    ".xlsx": _is_marked_workbook,
}
