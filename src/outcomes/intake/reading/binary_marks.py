"""Sees in the records of an old Excel workbook what the workbook reader is silent about: errors, percent formats,
hidden rows, passwords, and how far the cells reach.

Source: Microsoft, [MS-XLS] Excel Binary File Format, and the format's older editions.
"""

from collections.abc import Iterator
from struct import error as StructError  # noqa: N812  (the library's own name says nothing here)
from struct import unpack_from
from typing import Final

from outcomes.intake.reading.sheet_walk import SheetMarks

__all__ = ["DamagedRecordsError", "PasswordError", "binary_marks"]

_BOF: Final = 0x0809
_EOF: Final = 0x000A
_FILEPASS: Final = 0x002F
_BOUNDSHEET: Final = 0x0085
_FORMAT: Final = 0x041E
_XF: Final = 0x00E0
_SST: Final = 0x00FC
_DIMENSIONS: Final = 0x0200
_ROW: Final = 0x0208
_FORMULA: Final = 0x0006
_NUMBER: Final = 0x0203
_RK: Final = 0x027E
_MULRK: Final = 0x00BD
_BOOLERR: Final = 0x0205
# texts, in cells of their own, in the shared table, and of several fonts
_TEXTS: Final = (0x00FD, 0x0204, 0x00D6)
_NEWEST: Final = 0x0600
_OLDEST: Final = 0x0500
_MAX_ROWS: Final = 65_536
_MAX_COLUMNS: Final = 256
_FEWEST_BYTES_OF_TEXT: Final = 3
_WORKSHEET: Final = 0
_HIDDEN: Final = 0x20
_NO_NUMBER: Final = 0xFFFF
_IS_ERROR: Final = 2
_BUILT_IN_PERCENT: Final = frozenset({9, 10})
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


class DamagedRecordsError(Exception):
    """The records of the workbook are cut off, or claim what the format does not allow."""


class PasswordError(Exception):
    """The workbook is encrypted."""


def binary_marks(stream: bytes) -> dict[str, SheetMarks]:
    """Return what stands in each worksheet beside its values; by the worksheets' names, in order.

    Arguments:
        stream: The workbook's stream of records.

    Raises:
        DamagedRecordsError: A record is cut off, or the edition is older than Excel 5.
        PasswordError: A password is needed.
    """
    try:
        return _marks(stream)
    except StructError:
        raise DamagedRecordsError("a record is cut off") from None


def _marks(stream: bytes) -> dict[str, SheetMarks]:
    percent_formats = set(_BUILT_IN_PERCENT)
    formats_of_styles: list[int] = []
    sheets: dict[str, int] = {}
    edition = 0
    for kind, record in _records(stream, 0):
        if kind == _BOF:
            edition = edition or unpack_from("<H", record)[0]
            if edition not in (_OLDEST, _NEWEST):
                raise DamagedRecordsError("it is of an edition older than Excel 5, or of none that is known")
        elif kind == _FILEPASS:
            raise PasswordError
        elif kind == _BOUNDSHEET:
            offset, _, what = unpack_from("<IBB", record)
            if what == _WORKSHEET:
                sheets[_text(record[6:], edition, wide_count=False)] = offset
        elif kind == _FORMAT:
            if "%" in _text(record[2:], edition, wide_count=edition == _NEWEST):
                percent_formats.add(unpack_from("<H", record)[0])
        elif kind == _XF:
            formats_of_styles.append(unpack_from("<H", record, 2)[0])
        elif kind == _SST and unpack_from("<I", record, 4)[0] > len(stream) // _FEWEST_BYTES_OF_TEXT:
            # the reader would take memory for as many
            raise DamagedRecordsError("it counts more texts than it holds")
    if not edition:
        raise DamagedRecordsError("it holds no workbook")
    percent = frozenset(at for at, number_format in enumerate(formats_of_styles) if number_format in percent_formats)
    return {name: _sheet(stream, offset, percent) for name, offset in sheets.items()}


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one part of the stream, its own end included; parts within it are passed over."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, at)
        record = stream[at + 4 : at + 4 + length]
        if len(record) < length:
            raise DamagedRecordsError("a record is cut off")
        depth += 1 if kind == _BOF else 0
        if depth <= 1:
            yield kind, record
        depth -= 1 if kind == _EOF else 0
        if depth == 0 and kind == _EOF:
            return
        if at == start and kind != _BOF:
            raise DamagedRecordsError("a part does not begin where it should")
        at += 4 + length
    raise DamagedRecordsError("it ends in the middle of a part")


def _text(record: bytes, edition: int, *, wide_count: bool) -> str:
    count = unpack_from("<H" if wide_count else "<B", record)[0]
    letters = record[2 if wide_count else 1 :]
    if edition == _OLDEST:
        return letters[:count].decode("cp1252", "replace")
    is_wide = bool(unpack_from("<B", letters)[0] & 1)
    letters = letters[1:]
    return letters[: 2 * count].decode("utf-16-le", "replace") if is_wide else letters[:count].decode("latin-1")


def _sheet(stream: bytes, offset: int, percent: frozenset[int]) -> SheetMarks:
    marks = SheetMarks()
    for kind, record in _records(stream, offset):
        if kind == _DIMENSIONS:
            _hold_dimensions(record)
        elif kind == _ROW:
            row, options = unpack_from("<H", record)[0], unpack_from("<H", record, 12)[0]
            if options & _HIDDEN:
                marks.hidden_rows.append(row + 1)
        else:
            for row, column, style, error in _cells(kind, record):
                marks.height, marks.width = max(marks.height, row + 1), max(marks.width, column + 1)
                if error:
                    marks.errors[row, column] = error
                elif style in percent:
                    marks.percent.add((row, column))
    return marks


def _hold_dimensions(record: bytes) -> None:
    first_row, rows, first_column, columns = unpack_from("<IIHH" if len(record) >= 14 else "<HHHH", record)
    # the reader makes room for all cells that are claimed here, without asking whether the last comes after the first
    if not first_row <= rows <= _MAX_ROWS or not first_column <= columns <= _MAX_COLUMNS:
        raise DamagedRecordsError("it claims more rows or columns than the format has")


def _cells(kind: int, record: bytes) -> Iterator[tuple[int, int, int, str]]:
    """Yield row, column, style (-1 for what is no number) and error (empty where there is none) of a record's cells."""
    if kind in (_NUMBER, _RK):
        yield *unpack_from("<HHH", record), ""
    elif kind == _MULRK:
        row, first = unpack_from("<HH", record)
        for at in range((len(record) - 6) // 6):
            yield row, first + at, unpack_from("<H", record, 4 + 6 * at)[0], ""
    elif kind in _TEXTS:
        yield *unpack_from("<HH", record), -1, ""
    elif kind == _BOOLERR:
        row, column, _, value, is_error = unpack_from("<HHHBB", record)
        yield row, column, -1, _ERRORS.get(value, "#ERROR") if is_error else ""
    elif kind == _FORMULA:
        # the result is a number, unless it ends in FFFF: then its first byte says what it is
        row, column, style, what, value, end = unpack_from("<HHHBxB3xH", record)
        is_number = end != _NO_NUMBER
        error = _ERRORS.get(value, "#ERROR") if not is_number and what == _IS_ERROR else ""
        yield row, column, style if is_number else -1, error
