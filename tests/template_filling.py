"""Fills a template as its cover says, in the way a person would: by the headers, in the sheet to be filled."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl

__all__ = ["filled", "rows_to_fill"]

Filling = Callable[[int, Mapping[str, Any]], Mapping[str, Any]]


def rows_to_fill(content: bytes) -> list[dict[str, Any]]:
    """Return the rows of the sheet to be filled, by header; None stands for a cell that may be filled."""
    page = openpyxl.load_workbook(io.BytesIO(content))["Return"]
    return [_known(page, row) for row in range(2, page.max_row + 1)]


def _known(page: Any, row: int) -> dict[str, Any]:
    return {
        head.value: (cell.value or "") if cell.protection.locked else cell.value
        for head, cell in zip(page[1], page[row], strict=True)
    }


def filled(content: bytes, filling: Filling, more: tuple[Mapping[str, Any], ...] = ()) -> bytes:
    """Return the workbook with cells filled in.

    Arguments:
        content: The template.
        filling: From the number of a row (2 is the first) and what stands in it to what is written into it.
        more: Rows written below the last one.
    """
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book["Return"]
    header = [cell.value for cell in page[1]]
    for row in range(2, page.max_row + 1):
        for name, value in filling(row, _known(page, row)).items():
            cell = page.cell(row, header.index(name) + 1)
            assert not cell.protection.locked, f"{cell.coordinate} is locked"
            assert cell.value is None, f"{cell.coordinate} is given"
            cell.value = value
    for line in more:
        row = page.max_row + 1
        for name, value in line.items():
            page.cell(row, header.index(name) + 1).value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
