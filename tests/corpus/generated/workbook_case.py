"""A case whose sheet is written as a workbook."""

from typing import Any

from tests.corpus.generated.case import Case, made
from tests.corpus.generated.sheet import Sheet
from tests.corpus.generated.writing import xlsxwriter_bytes

__all__ = ["book_case"]


def book_case(
    case_id: str,
    what: str,
    must_be: str,
    rule: int,
    why: str,
    sheet: Sheet,
    /,
    *,
    writer: Any = xlsxwriter_bytes,
    written: Sheet | None = None,
    **more: Any,
) -> Case:
    """Return a case of a workbook; rows count from the top of the worksheet."""
    form = {name: more.pop(name) for name in ("at", "tweak", "options", "before", "name") if name in more}
    parsed = sheet.copy()
    down = form.get("at", (0, 0))[0]
    parsed.lines = [[] for _ in range(down)] + parsed.lines
    parsed.meanings = [*(None for _ in range(down)), *parsed.meanings]
    content = writer(written or sheet, **form)
    return made(f"xlsx-{case_id}", what, must_be, rule, why, parsed, content=content, suffix="xlsx", **more)
