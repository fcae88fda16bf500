"""Writes the first sheet of a returned workbook: every problem in a row, with a link to its cell."""

import re
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any, Final

from outcomes.exchange.problems import Problem, Urgency, kinds_of
from outcomes.partner_words import LIST_COLUMNS

__all__ = ["write_problem_sheet"]

_COLUMNS: Final = tuple(zip(LIST_COLUMNS, (5, 12, 30, 16, 44, 44), strict=True))
_SIZE: Final = 10
_BLUE: Final = "FF003087"
_LINK: Final = "FF005EB8"
_PALE: Final = "FFE8EDEE"
_LINE: Final = 14.0
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_problem_sheet(book: Any, title: str, problems: Sequence[Problem], lines: Sequence[str]) -> Mapping[int, int]:
    """Put the list of problems before the other sheets of a workbook, and open the workbook there.

    Arguments:
        book: An openpyxl workbook.
        title: The sheet's name, which no other sheet has.
        problems: In the order of the list.
        lines: What is said above it; the first one is the heading.

    Returns:
        The number of each problem to its row.
    """
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(title, 0)
    for at, line in enumerate(lines, start=1):
        _above(page, at, line)
    head = len(lines) + 1
    for place, (name, width) in enumerate(_COLUMNS, start=1):
        page.column_dimensions[get_column_letter(place)].width = width
        cell = page.cell(head, place)
        _text(cell, name)
        cell.font = Font(name="Arial", size=_SIZE, bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", start_color=_BLUE, end_color=_BLUE)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.row_dimensions[head].height = _LINE
    rows: dict[int, int] = {}
    looks: dict[tuple[bool, bool], Any] = {}
    has_sheets = len({problem.sheet for problem in problems} - {None}) > 1
    row, urgency = head, None
    for problem in problems:
        row += 1
        if problem.urgency is not urgency:
            urgency = problem.urgency
            _section(page, row, urgency, kinds_of(problems, urgency))
            row += 1
        rows[problem.number] = row
        _write(page, row, problem, looks, has_sheets=has_sheets)
    page.freeze_panes = page.cell(head + 1, 1)
    page.print_title_rows = f"{head}:{head}"
    _set_up(page)
    # two selected sheets would both be typed into
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is page
    book.active = 0
    return rows


def _set_up(page: Any) -> None:
    """One page wide on landscape A4, as many pages long as it takes."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    for side in ("left", "right", "top", "bottom"):
        setattr(page.page_margins, side, 0.4)
    page.sheet_view.showGridLines = False


def _above(page: Any, at: int, line: str) -> None:
    from openpyxl.styles import Alignment, Font

    is_heading = at == 1
    cell = page.cell(at, 1)
    _text(cell, line)
    cell.font = Font(name="Arial", size=18 if is_heading else 11, bold=is_heading, color=_BLUE if is_heading else None)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.merge_cells(start_row=at, start_column=1, end_row=at, end_column=len(_COLUMNS))
    lines = 1 + len(line) // sum(width for _, width in _COLUMNS)
    page.row_dimensions[at].height = 30 if is_heading else lines * 1.15 * _LINE


def _section(page: Any, row: int, urgency: Urgency, number: int) -> None:
    from openpyxl.styles import Font, PatternFill

    for place in range(1, len(_COLUMNS) + 1):
        page.cell(row, place).fill = PatternFill("solid", start_color=_PALE, end_color=_PALE)
    _text(page.cell(row, 1), f"{urgency.value} ({number:,})")
    page.cell(row, 1).font = Font(name="Arial", size=_SIZE, bold=True)
    page.row_dimensions[row].height = 1.15 * _LINE


def _write(page: Any, row: int, problem: Problem, looks: dict[tuple[bool, bool], Any], *, has_sheets: bool) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    texts = _texts_of(problem, has_sheets=has_sheets)
    for place, text in enumerate(texts, start=1):
        cell = page.cell(row, place)
        is_strong = place == 1 and problem.is_error
        is_link = place == 2 and problem.address is not None
        # looks are made once and copied: making one for each cell takes longer than all the rest
        if (is_strong, is_link) not in looks:
            cell.font = Font(
                name="Arial",
                size=_SIZE,
                bold=is_strong,
                underline="single" if is_link else None,
                color=_LINK if is_link else None,
            )
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
            cell.border = Border(bottom=Side(style="thin", color="FFB0B8BF"))
            cell.number_format = "@"
            looks[is_strong, is_link] = cell._style
        cell._style = copy(looks[is_strong, is_link])
        if isinstance(text, int):
            cell.value = text
        else:
            _text(cell, text)
    _link(page.cell(row, 2), problem)
    page.row_dimensions[row].height = _height(texts)


def _texts_of(problem: Problem, *, has_sheets: bool) -> tuple[str | int, ...]:
    finding = problem.finding
    where = problem.address or "whole file"
    if finding.row is not None and finding.cell is None:
        # the first cell of the row is marked; it is the row that is meant
        where = f"row {finding.row}"
    if has_sheets and problem.sheet and problem.address:
        where = f"{problem.sheet}\n{where}"
    header = finding.header or finding.column or ""
    about = "\n".join(text for text in (problem.about, header and f"column {header}") if text)
    further = f" The same holds for {finding.repeats:,} more." if finding.repeats else ""
    example = f" For example: {finding.example}" if finding.example else ""
    return (
        int(problem.label) if problem.label.isdigit() else problem.label,
        where,
        about,
        finding.value or "",
        f"{problem.title}.\n{finding.text}{further if further.strip() not in finding.text else ''} ({finding.code})",
        f"{finding.fix}{example}".strip(),
    )


def _link(cell: Any, problem: Problem) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    if problem.sheet is None or problem.address is None:
        return
    quoted = problem.sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(
        ref=cell.coordinate, location=f"'{quoted}'!{problem.address}", tooltip=f"To {problem.address}"
    )


def _text(cell: Any, text: str) -> None:
    cell.value = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    # what a partner wrote is quoted here: never a formula
    cell.data_type = "s"


def _height(texts: Sequence[str | int]) -> float:
    lines = [
        sum(1 + int(len(part) / (1.05 * width)) for part in str(text).split("\n"))
        for text, (_, width) in zip(texts, _COLUMNS, strict=True)
    ]
    return min(max(lines), 26) * _LINE
