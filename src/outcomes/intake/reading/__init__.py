"""Reading: from bytes to tables of cells with addresses. Bytes are looked at before any parser sees them."""

from collections.abc import Callable
from typing import Final

from outcomes.intake.quoting import size_in_words
from outcomes.intake.reading.grid import Grid, Reading, Refusal
from outcomes.intake.reading.old_workbook import read_old_workbook, refusal_of_old_workbook
from outcomes.intake.reading.text import read_text
from outcomes.intake.reading.typed_table import read_frame, read_parquet
from outcomes.intake.reading.workbook import read_workbook
from outcomes.intake.remark import Remark
from outcomes.partnership.layout import Limits

__all__ = ["WORKBOOK", "Grid", "Reading", "Refusal", "read_content", "read_frame"]

# a workbook is a zip archive
WORKBOOK: Final = b"PK\x03\x04"
_OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_FOREIGN: Final[dict[bytes, str]] = {
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a packed file (gzip)",
    b"7z\xbc\xaf": "a packed file (7-Zip)",
    b"Rar!": "a packed file (RAR)",
    b"PK\x05\x06": "an empty packed file (zip)",
    b"SQLite format 3": "a database",
    b"{\\rtf1": "a text document (RTF)",
}
_MARKUP: Final = ("<!doctype", "<html", "<?xml", "<head", "<body", "<script", "<table")


def read_content(
    content: bytes,
    file_name: str,
    limits: Limits,
    has_header: Callable[[list[list[str]]], bool],
    *,
    is_old_excel_read: bool = False,
) -> Reading:
    """Return the tables of a file, by what its bytes are, whatever its name says.

    Arguments:
        content: The file's bytes.
        file_name: Its name; only compared with what the bytes are.
        limits: How large it may be.
        has_header: Says whether the header stands in some first rows of text.
        is_old_excel_read: Whether a workbook of Excel 97 to 2003 is read.

    Raises:
        Refusal: It is no readable table; the refusal says why.
    """
    if not content:
        raise Refusal(Remark(code="OUT-001"))
    if len(content) > limits.max_file_bytes:
        # a file is read up to the limit only, so how much larger it is may not be known
        raise Refusal(Remark(code="OUT-002", details={"limit": size_in_words(limits.max_file_bytes)}))
    if content.startswith(WORKBOOK):
        return _with_name_remark(read_workbook(content, limits), file_name, (".xlsx", ".xlsm"), "an Excel workbook")
    if content.startswith(b"PAR1"):
        return _with_name_remark(read_parquet(content, limits), file_name, (".parquet", ".pq"), "a Parquet file")
    if content.startswith(_OLE):
        if not is_old_excel_read:
            raise refusal_of_old_workbook(content)
        return _with_name_remark(read_old_workbook(content, limits), file_name, (".xls",), "an old Excel workbook")
    for magic, what in _FOREIGN.items():
        if content.startswith(magic):
            raise Refusal(Remark(code="OUT-003", details={"what": what}))
    if content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(tuple(word.encode() for word in _MARKUP)):
        raise Refusal(Remark(code="OUT-003", details={"what": "a web page or an XML file"}))
    reading = read_text(content, limits, has_header)
    if file_name.lower().endswith((".xlsx", ".xlsm", ".xls", ".parquet", ".pq")):
        return _with_name_remark(reading, file_name, (), "a text file")
    return reading


def _with_name_remark(reading: Reading, file_name: str, endings: tuple[str, ...], what: str) -> Reading:
    if not file_name or file_name.lower().endswith(endings):
        return reading
    remark = Remark(code="OUT-055", details={"what": what})
    return Reading(reading.grids, (*reading.remarks, remark))
