"""Small workbooks to be sent back marked, and what stands in the list and the marks of one that was."""

import io
import re
from typing import Any

import openpyxl

from outcomes.intake.model import CheckResult
from outcomes.workflows.returning import returned_workbook
from tests.unit.intake.returns_world import sent

__all__ = [
    "HEADER",
    "LIST",
    "SMALL",
    "links_of",
    "listed",
    "returned",
    "small_check",
    "target",
    "words_above",
    "workbook",
    "wrong",
]

LIST = "What to mend"


def links_of(page: Any) -> dict[str, str]:
    """The place to which each cell leads."""
    return {cell.coordinate: cell.hyperlink.location for row in page.iter_rows() for cell in row if cell.hyperlink}


def target(book: Any, location: str) -> Any:
    sheet, _, address = location.rpartition("!")
    return book[sheet[1:-1].replace("''", "'")][address]


def listed(page: Any) -> tuple[int, list[dict[str, Any]]]:
    """The row of the list's header, and its rows by column."""
    rows = list(page.iter_rows(values_only=True))
    head = next(at for at, row in enumerate(rows) if row[0] == "No.")
    named = [dict(zip(rows[head], row, strict=True)) | {"at": at} for at, row in enumerate(rows, 1) if at > head + 1]
    # between them stand the headings of what is to be mended, to be looked at and to be known
    return head + 1, [row for row in named if row["What is wrong"]]


def wrong(row: dict[str, Any]) -> str:
    """What is said, without the code at its end."""
    return re.sub(r" \(OUT-[0-9]+\)\Z", "", str(row["What is wrong"]))


def workbook(touch: Any = None, **sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name.replace("_", " "))
        for row in rows:
            page.append(row)
    if touch is not None:
        touch(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


HEADER = ["indicator_id", "place_code", "period", "numerator", "denominator"]
SMALL: list[list[Any]] = [HEADER, ["stay", "P1", "2026-04", 30, 20], ["stay", "P2", "2026-04", 11, 20]]


def small_check(content: bytes, file_name: str = "T1_return.xlsx") -> CheckResult:
    return sent(content, file_name=file_name)


def returned(content: bytes, file_name: str = "T1_return.xlsx") -> Any:
    return openpyxl.load_workbook(io.BytesIO(returned_workbook(content, small_check(content, file_name))))


def words_above(book: Any) -> str:
    page = book.worksheets[0]
    head, _ = listed(page)
    return "\n".join(str(page.cell(row, 1).value) for row in range(1, head))
