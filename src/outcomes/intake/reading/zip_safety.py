"""Refuses a workbook that could cost memory or time, or reach outside itself, before any parser sees it."""

import io
import zipfile
from typing import Final

from outcomes.intake.quoting import size_in_words
from outcomes.intake.reading.grid import Refusal
from outcomes.intake.remark import Remark
from outcomes.partnership.layout import Limits

__all__ = ["safe_archive"]

_MAX_MEMBERS: Final = 5_000
_CHUNK: Final = 1 << 20
_DOCTYPE: Final = b"<!doctype"


def safe_archive(content: bytes, limits: Limits) -> zipfile.ZipFile:
    """Return the archive of a workbook in which every member was looked at and none is a trap.

    Arguments:
        content: The file's bytes, a zip archive by its first bytes.
        limits: Unpacked size and packing ratio.

    Raises:
        Refusal: It is damaged, encrypted, too large unpacked, packed too tightly, reaches outside itself by its names,
            declares a document type, or is no workbook.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, IndexError):
        raise Refusal(Remark(code="OUT-007", details={"what": "it is cut off or damaged"})) from None
    _hold_names(members)
    _hold_sizes(members, len(content), limits)
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise Refusal(Remark(code="OUT-007", details={"what": "it is a packed file, but no Excel workbook (.xlsx)"}))
    for member in members:
        _hold_content(archive, member)
    return archive


def _trap(what: str) -> Refusal:
    return Refusal(Remark(code="OUT-006", details={"what": what}))


def _hold_names(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > _MAX_MEMBERS:
        raise _trap(f"it holds {len(members):,} parts")
    names = [member.filename for member in members]
    if len({name.lower() for name in names}) < len(names):
        raise _trap("two of its parts have the same name")
    for name in names:
        parts = name.replace("\\", "/").split("/")
        if ".." in parts or name.startswith(("/", "\\")) or "\\" in name or ":" in name or "\x00" in name:
            raise _trap("a part of it has a name that reaches outside the workbook")


def _hold_sizes(members: list[zipfile.ZipInfo], packed_bytes: int, limits: Limits) -> None:
    if any(member.flag_bits & 0x1 for member in members):
        raise Refusal(Remark(code="OUT-005", details={"what": "is protected by a password"}))
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.xlsx_max_unpacked_bytes:
        raise _trap(f"it would unpack to {size_in_words(unpacked)}")
    # parts that overlap in the archive pretend to be larger together than the file is
    if sum(member.compress_size for member in members) > packed_bytes:
        raise _trap("its parts overlap")
    for member in members:
        ratio = member.file_size / max(member.compress_size, 1)
        if member.file_size > limits.xlsx_ratio_applies_above_bytes and ratio > limits.xlsx_max_ratio:
            raise _trap(f"a part of it unpacks to {ratio:,.0f} times its packed size")


def _hold_content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    is_markup = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    try:
        with archive.open(member) as part:
            before = b""
            while chunk := part.read(_CHUNK):
                if is_markup:
                    if not before and b"\x00" in chunk[:64]:
                        raise _trap("a part of it is not in the usual encoding")
                    if _DOCTYPE in (before + chunk).lower():
                        raise _trap("a part of it declares a document type")
                before = chunk[-len(_DOCTYPE) :]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise Refusal(Remark(code="OUT-007", details={"what": "a part of it is damaged"})) from None
    except Exception as error:
        # zlib.error and lzma.LZMAError have no common root below Exception
        if isinstance(error, Refusal):
            raise
        raise Refusal(Remark(code="OUT-007", details={"what": "a part of it is damaged"})) from None
