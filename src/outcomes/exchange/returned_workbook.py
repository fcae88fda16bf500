"""Marks a partner's own workbook: the faulty cells framed and filled, a comment on each, a first sheet that lists them.

Nothing else of theirs is changed. What openpyxl cannot carry over is said on the first sheet.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any, Final

from outcomes.errors import OutputError
from outcomes.exchange.formulas import FORMULA_START
from outcomes.exchange.problem_sheet import write_problem_sheet
from outcomes.exchange.problems import Problem
from outcomes.partner_words import LIST_COLUMNS, LIST_SHEET

__all__ = ["CellTexts", "copied_workbook", "is_open_to_all", "marked_workbook", "require_openpyxl"]

# rows of texts, and the number of the first one
CellTexts = tuple[int, Sequence[Sequence[str | None]]]

_FILL: Final = {True: "FFFFE0B2", False: "FFFFF7D6"}
_FRAME: Final = {True: ("thick", "FFD4351C"), False: ("mediumDashed", "FF8A6D00")}
_AUTHOR: Final = "outcomes check"
# how each comment of ours begins, by which it is known again
_SIGNED: Final = "No. "
_MOST_COMMENT: Final = 2_000
# characters in a line of a comment that is 420 pixels wide
_COMMENT_WIDTH: Final = 50
_MOST_TEXT: Final = 32_767
_WIDEST: Final = 40
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_CREATED: Final = re.compile(rb"<dcterms:created[^>]*>([^<]*)</dcterms:created>")
_NO_DAY: Final = b"2000-01-01T00:00:00Z"
_BRIGHT: Final = 170
_FIXED: Final = (1980, 1, 1, 0, 0, 0)


def require_openpyxl() -> None:
    """Raise an OutputError that says how to install the extra, where it is not there."""
    try:
        import openpyxl  # noqa: F401
    except ModuleNotFoundError:
        raise OutputError(
            "the workbook cannot be marked: openpyxl is not installed, and it belongs to an extra. Install it "
            "(pip install 'outcomes[return-workbook]'), or ask for the list as .html or .csv"
        ) from None


def marked_workbook(
    content: bytes, problems: Sequence[Problem], headers: Mapping[tuple[str, str], str], lines: Sequence[str]
) -> bytes:
    """Return a partner's workbook with its problems marked and listed on a first sheet.

    Arguments:
        content: The workbook, found safe.
        problems: In the order of the list.
        headers: Of the columns with problems: sheet and letters of the column, to the address of its header, which
            leads back to the list.
        lines: What is said above the list.

    Raises:
        Exception: openpyxl cannot read the workbook; the kinds are its own.
    """
    import openpyxl

    with warnings.catch_warnings():
        # what it drops was looked for before, and is said
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True)
        days = _days_of(content)
        _mark(book, problems, headers, lines)
        return _saved(book, days)


def copied_workbook(
    sheets: Mapping[str, CellTexts],
    problems: Sequence[Problem],
    headers: Mapping[tuple[str, str], str],
    lines: Sequence[str],
) -> bytes:
    """Return a workbook made of the rows of a file that is none, every cell a text at its own address, marked likewise.

    Arguments:
        sheets: Name to rows of texts.
        problems, headers, lines: As for `marked_workbook`.
    """
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, (first, rows) in sheets.items():
        page = book.create_sheet(name)
        widths: dict[int, int] = {}
        looks = _text_looks(page)
        for row, texts in enumerate(rows, start=first):
            for place, text in enumerate(texts, start=1):
                if text:
                    _write_text(page.cell(row, place), text, looks)
                    widths[place] = min(max(widths.get(place, 8), len(text)), _WIDEST)
        for place, width in widths.items():
            page.column_dimensions[openpyxl.utils.get_column_letter(place)].width = width + 2
    _mark(book, problems, headers, lines)
    return _saved(book, (_NO_DAY, _NO_DAY))


def _text_looks(page: Any) -> dict[bool, Any]:
    """The look of a text, and of one that a program would take for a formula; made once, since that takes long."""
    cell = page.cell(1, 1)
    cell.number_format = "@"
    plain = copy(cell._style)
    cell.quotePrefix = True
    looks = {False: plain, True: copy(cell._style)}
    cell._style = copy(plain)
    return looks


def _write_text(cell: Any, text: str, looks: Mapping[bool, Any]) -> None:
    cell.value = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)[:_MOST_TEXT]
    # never a formula or an error, whatever it begins with
    cell.data_type = "s"
    cell._style = copy(looks[text.startswith(FORMULA_START)])


def _mark(book: Any, problems: Sequence[Problem], headers: Mapping[tuple[str, str], str], lines: Sequence[str]) -> None:
    from openpyxl.styles import Protection

    _without_earlier(book)
    title = _free_title(book)
    by_cell: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.sheet is not None and problem.address is not None:
            by_cell.setdefault((problem.sheet, problem.address), []).append(problem)
    looks: dict[tuple[object, ...], Any] = {}
    for (sheet, address), found in by_cell.items():
        cell = _first_of_merged(book[sheet], address)
        _mark_cell(cell, any(problem.is_error for problem in found), looks)
        if any(problem.is_error for problem in found) and is_open_to_all(book[sheet]):
            # what is to be mended can be typed into
            cell.protection = Protection(locked=False)
        _comment_on(cell, found)
    for name in {problem.sheet for problem in problems if problem.is_of_row_to_delete}:
        if name is not None and is_open_to_all(book[name]):
            # Excel deletes no row of a protected sheet in which a cell is locked, even where deleting is allowed
            book[name].protection.sheet = False
    rows = write_problem_sheet(book, title, problems, lines)
    _link_back(book, title, rows, problems, headers)


def _without_earlier(book: Any) -> None:
    """Take away our list, marks and comments of a time before: a workbook that was mended where it was marked."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Border, PatternFill

    earlier = [page for page in book.worksheets if page.title.startswith(LIST_SHEET) and _is_list(page)]
    for page in earlier:
        book.remove(page)
    for page in book.worksheets if earlier else ():
        for cell in [cell for row in page.iter_rows() for cell in row if cell.comment is not None]:
            theirs, ours, _ = f"\n\n{cell.comment.text}".partition(f"\n\n{_SIGNED}")
            if ours:
                own = Comment(theirs.strip("\n"), cell.comment.author) if theirs else None
                cell.comment = own
                cell.fill, cell.border = PatternFill(), Border()
    for page in book.worksheets if earlier else ():
        for cell in [cell for row in page.iter_rows() for cell in row if cell.hyperlink is not None]:
            if (cell.hyperlink.location or "").startswith(f"'{LIST_SHEET}"):
                cell.hyperlink = None


def _is_list(page: Any) -> bool:
    rows = page.iter_rows(max_row=20, max_col=len(LIST_COLUMNS), values_only=True)
    return any(tuple(row) == LIST_COLUMNS for row in rows)


def is_open_to_all(page: Any) -> bool:
    """Whether a sheet is protected without a password: anybody may open it, and so may we."""
    return bool(page.protection.sheet and not page.protection.password and not page.protection.hashValue)


def _free_title(book: Any) -> str:
    taken = {name.lower() for name in book.sheetnames}
    number, title = 1, LIST_SHEET
    while title.lower() in taken:
        number += 1
        title = f"{LIST_SHEET} ({number})"
    return title


def _first_of_merged(page: Any, address: str) -> Any:
    cell = page[address]
    for area in page.merged_cells.ranges:
        if cell.coordinate in area:
            return page.cell(area.min_row, area.min_col)
    return cell


def _mark_cell(cell: Any, is_error: bool, looks: dict[tuple[object, ...], Any]) -> None:
    from openpyxl.styles import Border, PatternFill, Side

    before = (is_error, *(cell._style or ()))
    if before not in looks:
        line, colour = _FRAME[is_error]
        side = Side(style=line, color=colour)
        cell.fill = PatternFill("solid", start_color=_FILL[is_error], end_color=_FILL[is_error])
        cell.border = Border(left=side, right=side, top=side, bottom=side)
        looks[before] = copy(cell._style)
    cell._style = copy(looks[before])


def _comment_on(cell: Any, problems: Sequence[Problem]) -> None:
    from openpyxl.comments import Comment

    said = []
    for problem in problems:
        finding = problem.finding
        text = f"{_SIGNED}{problem.label or '–'}: {problem.urgency.value}. {problem.title}\n{finding.text}"
        text += f"\nWhat to do: {finding.fix}" if finding.fix else ""
        text += f"\nFor example: {finding.example}" if finding.example else ""
        said.append(_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text))
    text = "\n\n".join(said)
    if len(text) > _MOST_COMMENT:
        text = text[: _MOST_COMMENT - 1] + "…"
    own = cell.comment
    if own is not None:
        text = f"{own.text}\n\n{text}"
    height = 30 + 18 * sum(1 + len(line) // _COMMENT_WIDTH for line in text.split("\n"))
    author = own.author if own is not None else _AUTHOR
    cell.comment = Comment(text, author, height=min(height, 700), width=420)


def _link_back(
    book: Any,
    title: str,
    rows: Mapping[int, int],
    problems: Sequence[Problem],
    headers: Mapping[tuple[str, str], str],
) -> None:
    """Let the header of each column with problems lead to the first of them; faulty cells stay free to be mended."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    linked: set[tuple[str, str]] = set()
    for problem in problems:
        if problem.sheet is None or problem.address is None:
            continue
        column = (problem.sheet, problem.address.rstrip("0123456789"))
        if column in linked or column not in headers:
            continue
        linked.add(column)
        cell = book[problem.sheet][headers[column]]
        if type(cell).__name__ == "MergedCell" or cell.hyperlink is not None or cell.value is None or _is_dark(cell):
            continue
        cell.hyperlink = Hyperlink(
            ref=cell.coordinate,
            location=f"'{title}'!A{rows[problem.number]}",
            tooltip=f"To the first problem of this column ({LIST_SHEET})",
        )


def _is_dark(cell: Any) -> bool:
    """Whether the blue of a link could not be read on a cell's fill."""
    fill = cell.fill
    if fill is None or fill.fill_type is None:
        return False
    colour = fill.start_color.rgb if fill.start_color.type == "rgb" else None
    if not isinstance(colour, str) or len(colour) != 8:
        return True
    red, green, blue = (int(colour[at : at + 2], 16) for at in (2, 4, 6))
    # how bright it is seen, of 255
    return 0.299 * red + 0.587 * green + 0.114 * blue < _BRIGHT


def _days_of(content: bytes) -> tuple[bytes, bytes]:
    """When the partner made and last changed the workbook, as it says itself."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        core = archive.read("docProps/core.xml") if "docProps/core.xml" in archive.namelist() else b""
    created = _CREATED.search(core)
    modified = re.search(rb"<dcterms:modified[^>]*>([^<]*)<", core)
    return (created[1] if created else _NO_DAY), (modified[1] if modified else _NO_DAY)


def _saved(book: Any, days: tuple[bytes, bytes]) -> bytes:
    """The workbook's bytes, without the hour at which they were written."""
    written = io.BytesIO()
    book.save(written)
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written.getvalue())) as loose,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in loose.namelist():
            content = loose.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + days[1] + rb"\g<2>", content)
                content = re.sub(rb"(<dcterms:created[^>]*>)[^<]*", rb"\g<1>" + days[0], content)
            member = zipfile.ZipInfo(name, _FIXED)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return packed.getvalue()
