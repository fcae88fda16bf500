"""Reporting: what a check found, as a page, a note, CSV, JSON or the marked workbook, by the ending of the name."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from outcomes.errors import OutputError
from outcomes.exchange.check_json import check_document
from outcomes.exchange.findings_csv import findings_csv
from outcomes.intake.model import CheckResult, Receipt
from outcomes.intake.rules.documentation import documentation_of
from outcomes.intake.summarising import names_of, return_summary
from outcomes.output import write_file, write_files
from outcomes.partnership.model import Partnership
from outcomes.personal_numbers import masked
from outcomes.workflows.own_reports import refuse_replacing

__all__ = [
    "Checked",
    "refuse_report_paths",
    "report_files",
    "safe_name",
    "write_check_report",
    "write_check_reports",
]

_KINDS: Final = (".html", ".txt", ".csv", ".json", ".xlsx")
# these hold the findings of several files in one
_OF_SEVERAL: Final = (".csv", ".json")
# what a folder gets of each file
_IN_FOLDERS: Final = (".html", ".txt")
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME: Final = 80


@dataclass(frozen=True)
class Checked:
    """A file, what the check found in it, and the receipt where it was received."""

    result: CheckResult
    content: str | Path | bytes | pl.DataFrame | None = None
    receipt: Receipt | None = None


def write_check_report(
    result: CheckResult,
    partnership: Partnership,
    path: str | Path,
    *,
    content: str | Path | bytes | pl.DataFrame | None = None,
    receipt: Receipt | None = None,
) -> Path:
    """Write what a check found as one file, by the ending of its name.

    Arguments:
        result: What `check` found.
        partnership: What it was checked against.
        path: `.html` (the page), `.txt` (the covering note), `.csv` (every finding), `.json` (as `check --json`) or
            `.xlsx` (the sender's own workbook, marked).
        content: What was given to `check`; only the workbook needs it.
        receipt: What the record says, where the file was received.

    Returns:
        The path.

    Raises:
        OutputError: The ending is none of these, the file cannot be written, or a workbook cannot be marked.
    """
    (written,) = write_check_reports([Checked(result, content, receipt)], partnership, [path])
    return written


def refuse_report_paths(paths: Sequence[str | Path], files: Sequence[str | Path]) -> None:
    """Refuse, before any work, reports that cannot be written of so many files, or that would replace another file.

    Only a report of the same kind, as a check wrote it before, is replaced.

    Arguments:
        paths: Where reports are to be written; a folder (there already, or its name ending in `/`) gets a page and a
            note for each file.
        files: The partners' files.

    Raises:
        OutputError: What is wrong, and what to give instead.
    """
    inputs = {Path(file).resolve() for file in files}
    for path in map(Path, paths):
        if path.resolve() in inputs:
            raise OutputError(f"{path} is the partner's own file, and a report must not replace it: give another name")
    _refuse_kinds(paths, len(files))
    _refuse_replacing(paths, [masked(Path(file).name) for file in files])


def _refuse_kinds(paths: Sequence[str | Path], files: int) -> None:
    for given in paths:
        path = Path(given)
        if _is_folder(given):
            continue
        if path.suffix.lower() not in _KINDS:
            raise OutputError(
                f"{path}: a report's name ends in {', '.join(_KINDS[:-1])} or {_KINDS[-1]} (or is a folder, which gets "
                "a page and a note for each file); give one of these"
            )
        if files > 1 and path.suffix.lower() not in _OF_SEVERAL:
            raise OutputError(
                f"{path} holds the report of one file, and there are {files}: give a folder ({path.stem}/) for a "
                "page and a note each, a .csv or .json for all together, or check one file at a time"
            )
    if len({Path(path).resolve() for path in paths}) < len(paths):
        raise OutputError("two reports have the same name; give each its own")


def _refuse_replacing(paths: Sequence[str | Path], names: Sequence[str]) -> None:
    """Of the files that are there already, only reports of the same kind are replaced; names are those of the files."""
    for path in paths:
        if not _is_folder(path):
            refuse_replacing(Path(path), Path(path).suffix.lower())
            continue
        for stem in _stems(names):
            for kind in _IN_FOLDERS:
                refuse_replacing(Path(path) / f"{stem}{kind}", kind)


def write_check_reports(
    checked: Sequence[Checked], partnership: Partnership, paths: Sequence[str | Path]
) -> tuple[Path, ...]:
    """Write what checks found to several files or folders, and return the paths written.

    Arguments:
        checked: The files, with what was found in each.
        partnership: What they were checked against.
        paths: As in `refuse_report_paths`.

    Raises:
        OutputError: As in `refuse_report_paths`, or a file cannot be written; or a workbook cannot be marked: then all
            else is written, and nothing of it speaks of a workbook.
    """
    _refuse_kinds(paths, len(checked))
    _refuse_replacing(paths, [one.result.file for one in checked])
    books = [path for path in paths if _ends(path, ".xlsx")]
    book, unmarked = _workbook_of(checked[0], partnership) if books else (b"", None)
    if unmarked is not None and len(books) == len(paths):
        raise unmarked
    named = Path(books[0]).name if books and unmarked is None else ""
    page = next((Path(path).name for path in paths if _ends(path, ".html")), "")
    # the marked workbook comes first, so that no page speaks of one that could not be written
    order = sorted(range(len(paths)), key=lambda at: not _ends(paths[at], ".xlsx"))
    written: dict[int, tuple[Path, ...]] = {}
    for at in order:
        if _is_folder(paths[at]):
            written[at] = write_files(paths[at], _folder_files(checked, partnership))
        elif not _ends(paths[at], ".xlsx"):
            pieces = _pieces(checked, partnership, Path(paths[at]).suffix.lower(), named, page)
            written[at] = (write_file(paths[at], pieces),)
        elif unmarked is None:
            written[at] = (write_file(paths[at], [book]),)
    found = tuple(path for at in range(len(paths)) for path in written.get(at, ()))
    if unmarked is not None:
        raise OutputError(
            f"{', '.join(map(str, books))} was not written: {str(unmarked).rstrip('.')}. The other reports were: "
            f"{', '.join(map(str, found))}"
        )
    return found


def _workbook_of(one: Checked, partnership: Partnership) -> tuple[bytes, OutputError | None]:
    """The marked workbook, or why there is none."""
    try:
        return _workbook(one, partnership), None
    except OutputError as error:
        return b"", error


def _is_folder(path: str | Path) -> bool:
    return str(path).endswith(("/", "\\")) or Path(path).is_dir()


def _ends(path: str | Path, ending: str) -> bool:
    return not _is_folder(path) and Path(path).suffix.lower() == ending


def _pieces(
    checked: Sequence[Checked], partnership: Partnership, kind: str, workbook: str, page: str
) -> Iterable[bytes]:
    makers: dict[str, Callable[[], Iterable[bytes]]] = {
        ".csv": lambda: findings_csv(one.result for one in checked),
        ".json": lambda: [_json(checked, partnership)],
        ".html": lambda: [_page(checked[0], partnership, workbook)],
        ".txt": lambda: [_note(checked[0], partnership, page, workbook)],
    }
    return makers[kind]()


def _json(checked: Iterable[Checked], partnership: Partnership) -> bytes:
    documents = [check_document(one.result, partnership) for one in checked]
    return (json.dumps(documents, ensure_ascii=False, indent=1) + "\n").encode()


def _page(one: Checked, partnership: Partnership, workbook: str = "") -> bytes:
    # jinja2 only where a page is written
    from outcomes.report.result_page import result_page

    summary, base = return_summary(one.result, partnership), partnership.description.findings_url
    return result_page(
        one.result,
        summary,
        receipt=one.receipt,
        marked_workbook=workbook,
        link=lambda code: documentation_of(code, base) if base else "",
    ).encode()


def _note(one: Checked, partnership: Partnership, page: str, workbook: str = "") -> bytes:
    from outcomes.report.covering_note import covering_note

    summary = return_summary(one.result, partnership)
    return covering_note(one.result, summary, receipt=one.receipt, page=page, marked_workbook=workbook).encode()


def _workbook(one: Checked, partnership: Partnership) -> bytes:
    from outcomes.workflows.returning import returned_workbook

    if one.content is None:
        raise OutputError(f"{one.result.file}: a workbook is marked from the file itself, and none was given")
    return returned_workbook(one.content, one.result, names_of(partnership))


def report_files(one: Checked, partnership: Partnership, stem: str) -> dict[str, bytes]:
    """Return the page and the note about one file, by name.

    Arguments:
        one: The file.
        partnership: What it was checked against.
        stem: The name of both without its ending.
    """
    return {f"{stem}.html": _page(one, partnership), f"{stem}.txt": _note(one, partnership, f"{stem}.html")}


def safe_name(file: str) -> str:
    """Return a partner's file name as part of a name that is safe on any system, and says nothing of any folder.

    >>> safe_name("../Q2 returns: <final>.xlsx"), safe_name("...")
    ('Q2_returns_final_.xlsx', 'file')
    """
    name = _UNSAFE.sub("_", re.split(r"[/\\]", file)[-1]).strip("._-")
    return name[:_LONGEST_NAME].rstrip("._-") or "file"


def _folder_files(checked: Sequence[Checked], partnership: Partnership) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for stem, one in zip(_stems(one.result.file for one in checked), checked, strict=True):
        files |= report_files(one, partnership, stem)
    return files


def _stems(names: Iterable[str]) -> Iterator[str]:
    """A name for each file, none like another, on systems too that do not tell capital letters apart."""
    taken: set[str] = set()
    for name in names:
        stem, number = safe_name(name), 1
        while stem.lower() in taken:
            number += 1
            stem = f"{safe_name(name)}-{number}"
        taken.add(stem.lower())
        yield stem
