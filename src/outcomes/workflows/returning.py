"""Sends a partner's file back as a workbook in which every problem is marked and listed."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Final

import polars as pl

from outcomes.errors import OutputError, UnreadableFileError
from outcomes.exchange.problems import Problem, Urgency, kinds_of, numbered
from outcomes.exchange.returned_workbook import CellTexts, copied_workbook, marked_workbook, require_openpyxl
from outcomes.exchange.workbook_losses import losses_of
from outcomes.finding import Finding
from outcomes.intake.model import CheckResult, SheetExcerpt
from outcomes.intake.personal_numbers import has_nhs_number, rows_with_nhs_number
from outcomes.intake.quoting import quoted
from outcomes.intake.reading import WORKBOOK, Grid, Refusal, read_content, read_frame
from outcomes.intake.rules import RULES
from outcomes.partnership.layout import Limits
from outcomes.report.fault_titles import fault_title
from outcomes.report.result_about import about_texts
from outcomes.report.result_advice import as_said, asks_for_deletion, for_sender
from outcomes.report.result_groups import label_key, labels_of
from outcomes.report.result_verdict import verdict_in_words
from outcomes.report.wording import counted, say
from outcomes.vocabulary import Verdict

__all__ = ["MOST_CELLS", "MOST_MARKED", "returned_workbook"]

# a workbook is held in memory cell by cell to be marked: about a thousand bytes each
MOST_CELLS: Final = 500_000
MOST_MARKED: Final = 5_000
_MOST_ROWS: Final = 1_048_576
_LONGEST_NAME: Final = 80
_ASKED: Final = {Urgency.MEND: "to mend", Urgency.LOOK: "to look at", Urgency.NOTHING: "to know of"}
_OF_OTHER_FILES: Final = "Your file"
_RESULTS: Final = "results of formulas"
_HTML: Final = "ask for the list of problems instead (--report with a name that ends in .html or .csv)"


def returned_workbook(
    content: str | Path | bytes | pl.DataFrame,
    result: CheckResult,
    names: Mapping[str, Mapping[str, str]] | None = None,
) -> bytes:
    """Return a workbook in which the problems that a check found are marked, to be sent back to the partner.

    An Excel workbook is the partner's own, with the faulty cells framed, filled and open to be typed into, a comment
    on each, and a first sheet “What to mend” that leads to them; nothing else of it is changed. Of any other file, a
    workbook is made of its rows as texts at the same addresses. The same input gives the same bytes.

    Arguments:
        content: What was checked: a path, the bytes of a file, or a frame.
        result: What the check found.
        names: Of `indicator_id` and `place_code`, what stands there to its name; None to show what stands there.

    Returns:
        The workbook's bytes.

    Raises:
        OutputError: It cannot be made: openpyxl is not installed; the file holds an NHS number, is unsafe or cannot
            be read, or is too large to be marked. The message says what to do instead.
        UnreadableFileError: The file cannot be opened.
    """
    require_openpyxl()
    held = _bytes_of(content)
    grids = _grids(held, result)
    if _has_personal_number(grids, result):
        raise OutputError(
            f"{result.file} is not sent back: an NHS number stands in it, and nothing of such a file is copied. "
            "Ask for a new file without anything about single people"
        )
    cells = sum(max(grid.cells.height, 1) * grid.cells.width for grid in grids)
    highest = max((int(grid.rows.max() or 0) for grid in grids), default=0)  # type: ignore[arg-type]
    if cells > MOST_CELLS or highest > _MOST_ROWS:
        raise OutputError(
            f"{result.file} is not sent back as a workbook: its tables have {cells:,} cells, and at most "
            f"{MOST_CELLS:,} can be marked; {_HTML}"
        )
    titles = {grid.sheet: _name_of(grid) for grid in grids}
    problems = tuple(numbered(_placed(result, grids, names or {})))
    headers = _headers(result.excerpts, titles)
    if isinstance(held, bytes) and held.startswith(WORKBOOK):
        return _own(held, result, problems, headers, grids)
    return _copied(grids, result, problems, headers, "This workbook was made of the rows of your file, as texts.")


def _copied(
    grids: Sequence[Grid],
    result: CheckResult,
    problems: Sequence[Problem],
    headers: Mapping[tuple[str, str], str],
    said: str,
) -> bytes:
    lines = [*_heading(result, problems), f"{said} Mend your own file, and send that.", *_how(problems)]
    return copied_workbook(_texts(grids), problems, headers, lines)


def _bytes_of(content: str | Path | bytes | pl.DataFrame) -> bytes | pl.DataFrame:
    if isinstance(content, bytes | pl.DataFrame):
        return content
    path = Path(content)
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"{path.name}: the file cannot be opened ({error.strerror})") from None


def _grids(held: bytes | pl.DataFrame, result: CheckResult) -> tuple[Grid, ...]:
    limits = Limits()
    try:
        if isinstance(held, pl.DataFrame):
            return read_frame(held, limits).grids
        header = next((_header_of(excerpt) for excerpt in result.excerpts), {})
        return read_content(
            held, result.file, limits, lambda rows: _stands_in(header, rows), is_old_excel_read=True
        ).grids
    except Refusal as refusal:
        rule = RULES[refusal.remark.code]
        said = rule.says.format_map(_Gaps(refusal.remark.details))
        raise OutputError(
            f"{result.file} is not sent back as a workbook, since it cannot be read without danger or doubt: {said} "
            f"{rule.fix.format_map(_Gaps(refusal.remark.details))}"
        ) from None


class _Gaps(dict[str, str]):
    """The gaps of a sentence; what is not known leaves nothing."""

    def __missing__(self, name: str) -> str:
        return ""


def _header_of(excerpt: SheetExcerpt) -> dict[int, str]:
    """The texts of a header's last row, by their place in the sheet."""
    rows = [row for row in excerpt.rows if row.is_header]
    return (
        {_place(letters): text for letters, text in zip(excerpt.letters, rows[-1].cells, strict=False)} if rows else {}
    )


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _stands_in(header: Mapping[int, str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the header that the check found stands in some first rows, split in one way."""
    return len(header) > 1 and any(
        all(place < len(row) and quoted(row[place]) == text for place, text in header.items()) for row in rows
    )


def _has_personal_number(grids: Sequence[Grid], result: CheckResult) -> bool:
    if any(finding.code == "OUT-701" for finding in result.findings):
        return True
    texts = [text for grid in grids for text in (grid.sheet, *(grid.header or ())) if text]
    return any(map(has_nhs_number, texts)) or any(
        rows_with_nhs_number(cells) for grid in grids for cells in grid.texts().get_columns()
    )


def _name_of(grid: Grid) -> str:
    return grid.sheet or _OF_OTHER_FILES


def _placed(result: CheckResult, grids: Sequence[Grid], names: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    """Yield each finding, up to a limit, with the sheet and the cell where it is marked, and what its row is about."""
    # findings quote the names of sheets
    held = {None if grid.sheet is None else quoted(grid.sheet, 40): grid for grid in grids}
    letters = {excerpt.sheet: _letters_of(excerpt) for excerpt in result.excerpts}
    only = grids[0] if len(grids) == 1 else None
    labels = labels_of(result.findings)
    for finding in for_sender(as_said(islice(result.all_findings(), MOST_MARKED), is_on_record=False)):
        grid = held.get(finding.sheet, only)
        title, label = fault_title(finding), labels.get(label_key(finding), "")
        if finding.row is None or grid is None:
            yield Problem(0, finding, None, None, title, label=label)
            continue
        columns = letters.get(finding.sheet, {})
        letter = columns.get(finding.column or "") or next(iter(columns.values()), "A")
        address = finding.cell or f"{letter if finding.column else 'A'}{finding.row}"
        about = _about(finding, grid, columns, names)
        yield Problem(0, finding, _name_of(grid), address, title, about, label, asks_for_deletion(finding))


def _about(finding: Finding, grid: Grid, letters: Mapping[str, str], names: Mapping[str, Mapping[str, str]]) -> str:
    """What the row of a finding is about, a part a line; empty for a row that is not among those that were read."""
    at = int(grid.rows.search_sorted(finding.row or 0)) if len(grid.rows) else 0
    if at >= len(grid.rows) or grid.rows[at] != finding.row:
        return ""
    row = dict(zip(grid.cells.columns, grid.texts(at, 1).row(0), strict=True))
    texts = {column: (row.get(str(_place(letter))) or "").strip() for column, letter in letters.items()}
    return "\n".join(about_texts(texts, finding.column, names, _LONGEST_NAME))


def _letters_of(excerpt: SheetExcerpt) -> dict[str, str]:
    """The letters of each column, by our name of it, else by its heading."""
    heads = [row for row in excerpt.rows if row.is_header]
    headers = heads[-1].cells if heads else ("",) * len(excerpt.letters)
    named = zip(excerpt.columns, headers, excerpt.letters, strict=True)
    return {name: letters for column, header, letters in named if (name := column or header.strip().lower())}


def _headers(excerpts: Sequence[SheetExcerpt], names: Mapping[str | None, str]) -> dict[tuple[str, str], str]:
    """Sheet and letters of a column to the address of its header."""
    sheets = {None if name is None else quoted(name, 40): title for name, title in names.items()}
    found: dict[tuple[str, str], str] = {}
    for excerpt in excerpts:
        rows = [row for row in excerpt.rows if row.is_header]
        if not rows or excerpt.sheet not in sheets:
            continue
        row = rows[-1].row or 1
        found |= {(sheets[excerpt.sheet], letters): f"{letters}{row}" for letters in excerpt.letters}
    return found


def _own(
    content: bytes,
    result: CheckResult,
    problems: Sequence[Problem],
    headers: Mapping[tuple[str, str], str],
    grids: Sequence[Grid],
) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        losses = [what for what in losses_of(archive) if what != _RESULTS]
        has_formulas = _RESULTS in losses_of(archive)
    lines = _heading(result, problems)
    if losses:
        lines.append(
            f"This marked copy lacks what your own file has: {', '.join(losses)}. Mend your own file, and send that."
        )
    elif any(problem.is_error for problem in problems):
        lines.append("This is your own workbook, marked. Mend it here or mend your own file, and send that one.")
        lines.append(f"The marked cells can be typed into. {say('res_unlock_row')}")
    if has_formulas:
        lines.append(
            "Open it in Excel or LibreOffice and save it there before you send it: until then its formulas have no "
            "results, and it would not be accepted."
        )
    lines += _how(problems)
    try:
        return marked_workbook(content, problems, headers, lines)
    except OutputError:
        raise
    except Exception:
        # what one reader reads, the other may not: then its texts are sent back, which nobody takes for the workbook
        return _copied(
            grids, result, problems, headers, "Your workbook could not be copied as it is; these are its texts."
        )


def _texts(grids: Sequence[Grid]) -> dict[str, CellTexts]:
    found: dict[str, CellTexts] = {}
    for grid in grids:
        rows: list[tuple[str | None, ...]] = grid.texts().rows()
        if grid.header is not None:
            # a file that names its columns itself: the names count as row 1
            rows = [tuple(grid.header), *rows]
        found[_name_of(grid)] = (1, rows)
    return found


def _heading(result: CheckResult, problems: Sequence[Problem]) -> list[str]:
    verdict = verdict_in_words(result.verdict, is_received=False)
    counts = {one: kinds_of(problems, one) for one in Urgency}
    said = ", ".join(f"{counted(counts[one], 'thing')} {_ASKED[one]}" for one in Urgency if counts[one])
    lines = [f"{result.file}: {verdict}", f"{said or 'Nothing to mend'}."]
    listed = sum(1 + problem.finding.repeats for problem in problems)
    more = sum(1 + finding.repeats for finding in result.findings) - listed
    if more > 0:
        lines[1] += f" {more:,} more are not listed here."
    if result.verdict is Verdict.REJECTED:
        lines.append("No figure of it counts yet. Leave the other rows as they are, and send the whole file.")
    return lines


def _how(problems: Sequence[Problem]) -> list[str]:
    if not any(problem.is_error for problem in problems):
        return []
    rows = [say("res_step_rows")] if any(problem.is_of_row_to_delete for problem in problems) else []
    return [
        *rows,
        "Click a cell in the list to go to it; it has a thick frame and a comment. Leave this sheet where it is.",
    ]
