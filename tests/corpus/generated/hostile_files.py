"""Rule 11: damaged, encrypted, oversized, disguised and booby-trapped files."""

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Iterator
from typing import Any

from tests.corpus.generated.case import REJECTED, WARNED, Case, made
from tests.corpus.generated.sheet import months
from tests.corpus.generated.writing import csv_bytes, parquet_bytes, repacked, xlsxwriter_bytes

__all__ = ["hostile_files"]


def hostile_files() -> Iterator[Case]:
    """Yield the cases of damaged, disguised and booby-trapped files."""
    book = xlsxwriter_bytes(months())
    sheet_part = "xl/worksheets/sheet1.xml"

    def case(name: str, what: str, why: str, content: bytes, suffix: str = "xlsx", **more: Any) -> Case:
        more = {"max_seconds": 10, "must_not_write": True, "report_max_bytes": 20_000} | more
        return made(
            f"file-{name}",
            what,
            REJECTED,
            11,
            why,
            months() if more.get("also_ok") else b"",
            content=content,
            suffix=suffix,
            **more,
        )

    for eighth in range(1, 8):
        yield case(
            f"xlsx-cut-{eighth}",
            f"a workbook cut after {eighth} eighths",
            "damaged: cut off",
            book[: len(book) * eighth // 8],
        )
    parquet = parquet_bytes(months())
    for eighth in range(1, 8, 2):
        yield case(
            f"parquet-cut-{eighth}",
            f"a Parquet file cut after {eighth} eighths",
            "damaged: cut off",
            parquet[: len(parquet) * eighth // 8],
            "parquet",
        )
    yield case("parquet-head-lost", "a Parquet file without its first four bytes", "damaged", parquet[4:], "parquet")
    yield case(
        "parquet-footer-length",
        "a Parquet file whose footer claims 2 GB",
        "damaged",
        parquet[:-8] + struct.pack("<I", 2**31 - 1) + b"PAR1",
        "parquet",
    )
    yield case(
        "parquet-encrypted-footer",
        "a Parquet file with an encrypted footer",
        "encrypted",
        parquet[:-4] + b"PARE",
        "parquet",
    )
    yield case(
        "parquet-marks-only",
        "the marks of a Parquet file and nothing between",
        "damaged",
        b"PAR1" + b"\0" * 8 + b"PAR1",
        "parquet",
    )
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    for name in (
        sheet_part,
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
        "[Content_Types].xml",
        "docProps/core.xml",
        "xl/_rels/workbook.xml.rels",
    ):
        changed = repacked(book, {name: _after_declaration(doctype)})
        yield case(
            f"doctype-{name.rpartition('/')[2].replace('[', '').replace(']', '').replace('.', '-').lower()}",
            f"a document type declaration in {name}",
            "booby-trapped: document type declarations",
            changed,
        )
    external = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">'
    yield case(
        "doctype-external",
        "an external document type",
        "booby-trapped",
        repacked(book, {sheet_part: _after_declaration(external)}),
    )
    yield case(
        "doctype-utf16",
        "a document type declaration in a UTF-16 part",
        "booby-trapped",
        repacked(
            book, {sheet_part: lambda xml: b"\xff\xfe" + _after_declaration(doctype)(xml).decode().encode("utf-16-le")}
        ),
    )
    for number, name in enumerate(
        ("../evil.xml", "xl/../../evil.xml", "/etc/evil.xml", "..\\evil.xml", "C:\\evil.xml", "xl\\..\\..\\evil.xml")
    ):
        yield case(
            f"member-{number}",
            f"a member called {name}",
            "booby-trapped: ../ names",
            repacked(book, added={name: b"<x/>"}),
        )
    yield case(
        "bomb-spaces",
        "12 MB of spaces in a sheet, packed to some kB",
        "booby-trapped: high packing ratios",
        repacked(book, {sheet_part: lambda xml: xml.replace(b"<sheetData>", b" " * 12_000_000 + b"<sheetData>")}),
    )
    yield case(
        "bomb-other-member",
        "12 MB of nothing in a member that no sheet uses",
        "booby-trapped: high packing ratios",
        repacked(book, added={"xl/media/image1.png": b"\0" * 12_000_000}),
    )
    yield case(
        "bomb-many-members",
        "eight members of 3 MB of nothing: more than may be unpacked",
        "booby-trapped",
        repacked(book, added={f"xl/media/image{number}.png": b"\0" * 3_000_000 for number in range(8)}),
    )
    yield case(
        "bomb-lying-size",
        "a member that says it is small and is 12 MB",
        "booby-trapped",
        _lying(
            repacked(book, {sheet_part: lambda xml: xml.replace(b"<sheetData>", b" " * 12_000_000 + b"<sheetData>")}),
            sheet_part.encode(),
        ),
    )
    yield case(
        "member-twice",
        "the sheet's part is there twice, with other numbers",
        "a number could be read two ways",
        _twice(book, sheet_part),
    )
    yield case("encrypted-members", "a workbook whose members are marked as encrypted", "encrypted", _flagged(book))
    yield case(
        "ole",
        "an OLE container (password-protected or old Excel)",
        "encrypted",
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2000,
    )
    yield case(
        "ole-xls",
        "an OLE container called .xls",
        "encrypted or old Excel",
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2000,
        "xls",
    )
    yield case(
        "ole-csv", "an OLE container called .csv", "disguised", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2000, "csv"
    )
    yield case("empty-zip", "an empty zip file", "no workbook", b"PK\x05\x06" + b"\0" * 18)
    yield case("zip-of-csv", "a zip file with a CSV in it", "disguised", _zip({"return.csv": csv_bytes(months())}))
    yield case(
        "zip-of-csv-as-csv",
        "a zip file with a CSV in it, called .csv",
        "disguised",
        _zip({"return.csv": csv_bytes(months())}),
        "csv",
    )
    yield case(
        "word",
        "a Word document called .xlsx",
        "disguised",
        _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}),
    )
    yield case("no-sheet-part", "a workbook without its sheet", "damaged", repacked(book, dropped=(sheet_part,)))
    yield case(
        "no-workbook-part",
        "a workbook without its workbook part",
        "damaged",
        repacked(book, dropped=("xl/workbook.xml",)),
    )
    yield case(
        "sheet-not-xml",
        "a sheet that is no XML",
        "damaged",
        repacked(book, {sheet_part: lambda _: b"\x00\x01\x02 not xml"}),
    )
    yield case(
        "sheet-cut-xml",
        "a sheet whose XML stops half way",
        "damaged",
        repacked(book, {sheet_part: lambda xml: xml[: len(xml) // 2]}),
    )
    yield case(
        "strings-cut-xml",
        "shared strings that stop half way",
        "damaged",
        repacked(book, {"xl/sharedStrings.xml": lambda xml: xml[: len(xml) // 2]}),
    )
    yield case(
        "strings-lost",
        "shared strings that are not there",
        "damaged",
        repacked(book, dropped=("xl/sharedStrings.xml",)),
    )
    yield case("crc", "a workbook with one byte of packed data changed", "damaged", _bit_flipped(book))
    for name, content, suffix in (
        ("png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "csv"), ("pdf", b"%PDF-1.7\n1 0 obj\n", "csv"),
        ("pdf-xlsx", b"%PDF-1.7\n1 0 obj\n", "xlsx"), ("jpeg", b"\xff\xd8\xff\xe0" + b"\0" * 50, "csv"),
        ("gzip", gzip.compress(csv_bytes(months()), mtime=0), "csv"),
        ("gzip-gz", gzip.compress(csv_bytes(months()), mtime=0), "gz"), ("rtf", b"{\\rtf1\\ansi return}", "csv"),
        ("elf", b"\x7fELF" + b"\0" * 60, "csv"), ("exe", b"MZ" + b"\0" * 60, "xlsx"),
        ("html", b"<!DOCTYPE html><html><body>Log in</body></html>", "csv"),
        ("html-table-xls", b"<html><table><tr><td>indicator_id</td></tr></table></html>", "xls"),
        ("json", json.dumps([{"indicator_id": "tdv-1"}]).encode(), "csv"),
        ("xml", b"<?xml version='1.0'?><rows/>", "csv"), ("sqlite", b"SQLite format 3\x00" + b"\0" * 100, "csv"),
        ("seven-zip", b"7z\xbc\xaf\x27\x1c" + b"\0" * 40, "csv"),
        ("random", bytes((number * 97 + 31) % 251 + 1 for number in range(4000)), "csv"),
        ("nul", b"\0" * 5000, "csv"), ("nul-tail", csv_bytes(months()) + b"\0" * 512, "csv"),
        ("nul-in-number", csv_bytes(months()).replace(b"447", b"4\x0047"), "csv"),
        ("email", b"Subject: return\r\n\r\nPlease find attached\r\n", "csv"),
        ("csv-parquet", csv_bytes(months()), "parquet"),
    ):  # fmt: skip
        also = [WARNED] if name == "csv-parquet" else []
        yield case(
            f"disguised-{name}", f"{name} called .{suffix}", "disguised or damaged", content, suffix, also_ok=also
        )
    for name, content, suffix in (
        ("csv-as-xlsx", csv_bytes(months()), "xlsx"),
        ("xlsx-as-csv", book, "csv"),
        ("parquet-as-csv", parquet, "csv"),
        ("xlsx-as-parquet", book, "parquet"),
        ("xlsx-as-txt", book, "txt"),
    ):
        yield made(
            f"file-{name}",
            f"{name}: the content is not in doubt",
            REJECTED,
            11,
            "disguised; or read for what it is, and said",
            months(),
            content=content,
            suffix=suffix,
            also_ok=[WARNED],
        )


def _after_declaration(doctype: bytes) -> Any:
    def changed(xml: bytes) -> bytes:
        _, _, rest = xml.partition(b"?>")
        return doctype + rest

    return changed


def _zip(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _twice(book: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        other = archive.read(part).replace(b"<v>447</v>", b"<v>474</v>")
    # the writer warns of the second member of one name: it gets its name afterwards, of the same length
    hidden = part[:-1] + "L"
    return repacked(book, added={hidden: other}).replace(hidden.encode(), part.encode())


def _flagged(book: bytes) -> bytes:
    content = bytearray(book)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


def _lying(book: bytes, part: bytes) -> bytes:
    content = bytearray(book)
    for mark, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        place = content.find(mark)
        while place >= 0:
            if content[place + name_at : place + name_at + len(part)] == part:
                content[place + size_at : place + size_at + 4] = struct.pack("<I", 4000)
            place = content.find(mark, place + 4)
    return bytes(content)


def _bit_flipped(book: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
        at = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    content = bytearray(book)
    content[at] ^= 0x10
    return bytes(content)
