"""Writes small workbooks of Excel 97 (.xls), record by record, so that their reader can be held against known cells."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["ErrorCell", "FormulaCell", "PercentCell", "container", "old_workbook"]

_SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


@dataclass(frozen=True)
class ErrorCell:
    """A cell that shows an error, by its code: 0x07 is #DIV/0!."""

    code: int = 0x07


@dataclass(frozen=True)
class PercentCell:
    """A number that is shown as a percentage."""

    number: float


@dataclass(frozen=True)
class FormulaCell:
    """A formula with the result that was last saved: a number, or an error."""

    result: float | ErrorCell


Cell = str | float | ErrorCell | PercentCell | FormulaCell | None


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _text(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _cell(row: int, column: int, cell: Cell) -> bytes:
    match cell:
        case str():
            kind, body = 0x0204, struct.pack("<H", 0) + _text(cell)
        case ErrorCell(code):
            kind, body = 0x0205, struct.pack("<HBB", 0, code, 1)
        case PercentCell(number):
            kind, body = 0x0203, struct.pack("<Hd", 1, number)
        case FormulaCell(ErrorCell(code)):
            kind, body = 0x0006, struct.pack("<HBxB3xHHIH", 0, 2, code, 0xFFFF, 0, 0, 0)
        case FormulaCell(float(result)):
            kind, body = 0x0006, struct.pack("<HdHIH", 0, result, 0, 0, 0)
        case int() | float():
            kind, body = 0x0203, struct.pack("<Hd", 0, cell)
        case _:
            return b""
    return record(kind, struct.pack("<HH", row, column) + body)


def _sheet(
    rows: Sequence[Sequence[Cell]], hidden: Sequence[int], dimensions: tuple[int, int] | None, above: bytes
) -> bytes:
    height, width = dimensions or (len(rows), max((len(row) for row in rows), default=0))
    parts = [record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))]
    parts.append(record(0x0200, struct.pack("<IIHHH", 0, height, 0, width, 0)))
    parts.append(above)
    parts += [record(0x0208, struct.pack("<HHHHHHHH", row - 1, 0, 1, 0, 0, 0, 0x20, 0)) for row in hidden]
    parts += [_cell(at, column, cell) for at, row in enumerate(rows) for column, cell in enumerate(row)]
    return b"".join(parts) + record(0x000A)


def old_workbook(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    *,
    hidden: Sequence[int] = (),
    has_password: bool = False,
    dimensions: tuple[int, int] | None = None,
    texts_claimed: int = 0,
    page_header: str = "",
    parts: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """Return the bytes of a workbook; number formats are general, and 0% for percent cells.

    Arguments:
        sheets: The rows of each worksheet.
        hidden: The numbers of hidden rows.
        has_password: Whether it says that it is encrypted.
        dimensions: How far the cells are said to reach.
        texts_claimed: How many shared texts are said to follow.
        page_header: What is printed above each page.
        parts: What else the container holds, by name.
    """
    opening = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    opening += record(0x002F, b"\x00" * 6) if has_password else b""
    opening += record(0x0042, struct.pack("<H", 1200))
    # two styles: a plain one, and one of Excel's own format 9, which is 0%
    opening += b"".join(record(0x00E0, struct.pack("<HHH14x", 0, number_format, 0)) for number_format in (0, 9))
    shared = record(0x00FC, struct.pack("<II", texts_claimed, texts_claimed))
    closing = shared + record(0x000A)
    above = record(0x0014, struct.pack("<HB", len(page_header), 1) + page_header.encode("utf-16-le"))
    bodies = [_sheet(rows, hidden, dimensions, above if page_header else b"") for rows in sheets.values()]
    names = [name.encode("latin-1") for name in sheets]
    begins = len(opening) + sum(len(name) + 12 for name in names) + len(closing)
    bounds = b""
    for name, body in zip(names, bodies, strict=True):
        bounds += record(0x0085, struct.pack("<IBBBB", begins, 0, 0, len(name), 0) + name)
        begins += len(body)
    return container({"Workbook": opening + bounds + closing + b"".join(bodies), **parts})


def container(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file of streams; each is padded to the least size that is kept in whole sectors."""
    table: list[int] = []
    content = b""
    places: list[tuple[str, int, int]] = []
    for name, given in streams.items():
        stream = given.ljust(4096, b"\x00")
        count = -(-len(stream) // _SECTOR)
        begins = len(table)
        table += [*range(begins + 1, begins + count), _END]
        content += stream.ljust(count * _SECTOR, b"\x00")
        places.append((name, begins, len(stream)))
    entries = [_entry("Root Entry", 5, _END, 0, child=1 if places else _FREE)]
    for at, (name, begins, length) in enumerate(places, 1):
        entries.append(_entry(name, 2, begins, length, right=at + 1 if at < len(places) else _FREE))
    directory = b"".join(entries)
    count = -(-len(directory) // _SECTOR)
    directory_at = len(table)
    table += [*range(directory_at + 1, directory_at + count), _END]
    content += directory.ljust(count * _SECTOR, b"\x00")
    # the table has a place for each sector, its own among them
    tables = -(-(len(table) + 1) // (_SECTOR // 4))
    tables = -(-(len(table) + tables) // (_SECTOR // 4))
    table_at = len(table)
    table += [_TABLE] * tables
    table += [_FREE] * (tables * (_SECTOR // 4) - len(table))
    listed = [*range(table_at, table_at + tables)]
    header = bytes.fromhex("D0CF11E0A1B11AE1") + b"\x00" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, tables, directory_at, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *listed, *[_FREE] * (109 - len(listed)))
    return header + content + struct.pack(f"<{len(table)}I", *table)


def _entry(name: str, kind: int, start: int, length: int, *, child: int = _FREE, right: int = _FREE) -> bytes:
    letters = (name + "\x00").encode("utf-16-le")
    entry = letters.ljust(64, b"\x00") + struct.pack("<HBBIII", len(letters), kind, 1, _FREE, right, child)
    return entry + b"\x00" * 36 + struct.pack("<IQ", start, length)
