"""Writes the first sheet of a returned workbook: every problem in a row, with a link to its cell."""

import re
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any, Final

from outcomes.exchange.problems import Problem

__all__ = ["write_problem_sheet"]

_COLUMNS: Final = (
    ("Number", 9),
    ("Kind", 10),
    ("Sheet", 18),
    ("Cell", 14),
    ("Column", 20),
    ("What you wrote", 26),
    ("What is wrong", 58),
    ("What to do", 52),
    ("For example", 22),
    ("Further rows with the same", 14),
    ("Code", 11),
)
_BLUE: Final = "FF003087"
_LINK: Final = "FF005EB8"
_LINE: Final = 15.5
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
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(title, 0)
    for at, line in enumerate(lines, start=1):
        _text(page.cell(at, 1), line)
        page.cell(at, 1).font = Font(
            name="Arial", size=18 if at == 1 else 11, bold=at == 1, color=_BLUE if at == 1 else None
        )
        page.row_dimensions[at].height = 30 if at == 1 else 1.2 * _LINE
    head = len(lines) + 1
    thin = Side(style="thin", color="FFB0B8BF")
    for place, (name, width) in enumerate(_COLUMNS, start=1):
        page.column_dimensions[get_column_letter(place)].width = width
        cell = page.cell(head, place)
        _text(cell, name)
        cell.font = Font(name="Arial", size=11, bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", start_color=_BLUE, end_color=_BLUE)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.row_dimensions[head].height = 2 * _LINE
    rows: dict[int, int] = {}
    # looks are made once and copied: making one for each cell takes longer than all the rest
    looks: dict[tuple[bool, bool], Any] = {}
    for row, problem in enumerate(problems, start=head + 1):
        rows[problem.number] = row
        texts = _texts_of(problem)
        for place, text in enumerate(texts, start=1):
            cell = page.cell(row, place)
            is_strong = place == 2 and problem.is_error
            is_link = place == 4 and problem.address is not None
            if (is_strong, is_link) not in looks:
                cell.font = Font(
                    name="Arial",
                    size=11,
                    bold=is_strong,
                    underline="single" if is_link else None,
                    color=_LINK if is_link else None,
                )
                cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
                cell.border = Border(bottom=thin)
                cell.number_format = "@"
                looks[is_strong, is_link] = cell._style
            cell._style = copy(looks[is_strong, is_link])
            if isinstance(text, int):
                cell.value = text
            else:
                _text(cell, text)
        _link(page.cell(row, 4), problem)
        page.row_dimensions[row].height = _height(texts)
    page.freeze_panes = page.cell(head + 1, 1)
    page.print_title_rows = f"{head}:{head}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.sheet_view.showGridLines = False
    # two selected sheets would both be typed into
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is page
    book.active = 0
    return rows


def _texts_of(problem: Problem) -> tuple[str | int, ...]:
    finding = problem.finding
    sheet = problem.sheet or ""
    where = problem.address or "whole file"
    if finding.row is not None and finding.cell is None:
        # the first cell of the row is marked; it is the row that is meant
        where = f"row {finding.row}"
    return (
        problem.number,
        "to fix" if problem.is_error else "to know",
        sheet,
        where,
        finding.header or finding.column or "",
        finding.value or "",
        finding.text,
        finding.fix,
        finding.example,
        finding.repeats or "",
        finding.code,
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
