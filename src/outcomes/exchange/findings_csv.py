"""Makes all findings of checks as CSV, a piece at a time, in the manner of NHS England's data validation engine."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Final

from outcomes.exchange.formulas import never_run
from outcomes.finding import Finding
from outcomes.intake.model import CheckResult
from outcomes.vocabulary import Severity

__all__ = ["FINDING_COLUMNS", "category_of", "error_type_of", "findings_csv"]

# the first eight are those of NHS England's data validation engine; docs/results.md says each
FINDING_COLUMNS: Final = (
    "record",
    "error_type",
    "location",
    "message",
    "code",
    "field",
    "value",
    "category",
    "file",
    "sheet",
    "cell",
    "header",
    "fix",
    "example",
    "further",
)
_ROWS_AT_ONCE: Final = 500
_BLANK: Final = frozenset(("OUT-203", "OUT-206", "OUT-301", "OUT-305", "OUT-401", "OUT-412"))
_WRONG_FORMAT: Final = ("OUT-302", "OUT-351", "OUT-25", "OUT-4")
_NOTHING: Final = "Nothing needs doing"
_PLAIN_NUMBER: Final = re.compile(r"[+-]?[0-9]+(,[0-9]{3})*(\.[0-9]+)?%?\Z")


def findings_csv(results: Iterable[CheckResult]) -> Iterator[bytes]:
    """Yield the findings of checks as CSV: UTF-8 with its mark, line feeds, one row a finding, none left out.

    Text that a spreadsheet would run as a formula is led by an apostrophe; a negative number stays a number.

    Arguments:
        results: What the checks found; the findings stand in their order.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(FINDING_COLUMNS)
    # without its mark, spreadsheets take UTF-8 for another encoding
    yield b"\xef\xbb\xbf"
    waiting = 1
    for result in results:
        for finding in result.all_findings():
            writer.writerow(_row(finding, result.file))
            waiting += 1
            if waiting >= _ROWS_AT_ONCE:
                yield _taken(buffer)
                waiting = 0
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _row(finding: Finding, file: str) -> tuple[str | int, ...]:
    return (
        "" if finding.row is None else finding.row,
        error_type_of(finding),
        *map(
            _safe,
            (
                _location(finding),
                finding.text,
                finding.code,
                finding.column or "",
                finding.value or "",
                category_of(finding),
                finding.file or file,
                finding.sheet or "",
                finding.cell or "",
                finding.header or "",
                finding.fix,
                finding.example,
            ),
        ),
        finding.repeats,
    )


def _safe(text: str) -> str:
    # a return without a line feed ends a row for some readers
    text = text.replace("\r", "·")
    return text if _PLAIN_NUMBER.match(text) else never_run(text)


def _location(finding: Finding) -> str:
    place = finding.cell or (f"row {finding.row}" if finding.row is not None else "")
    if not place:
        place = f"column {finding.header or finding.column}" if finding.column else "file"
    return f"{finding.sheet}, {place}" if finding.sheet else place


def error_type_of(finding: Finding) -> str:
    """Return how far a finding reaches: `record_failure`, `submission_failure`, `warning` or `info`.

    >>> error_type_of(Finding(code="OUT-001", severity=Severity.ERROR, text="The file is empty."))
    'submission_failure'
    """
    if finding.severity is Severity.ERROR:
        return "submission_failure" if finding.row is None else "record_failure"
    return "info" if not finding.fix or finding.fix.startswith(_NOTHING) else "warning"


def category_of(finding: Finding) -> str:
    """Return the category of a finding: `Blank`, `Wrong format`, `Bad value` or `Bad file`.

    >>> category_of(Finding(code="OUT-402", severity=Severity.ERROR, text="“<5” is no number."))
    'Wrong format'
    """
    if finding.code in _BLANK:
        return "Blank"
    if finding.code.startswith(("OUT-0", "OUT-1")):
        return "Bad file"
    return "Wrong format" if finding.code.startswith(_WRONG_FORMAT) else "Bad value"
