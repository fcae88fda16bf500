"""Refuses a workbook that could cost memory or time, or reach outside itself, before any parser sees it."""

import io
import zipfile
from typing import Final

from outcomes.intake.quoting import size_in_words
from outcomes.intake.reading.grid import Refusal
from outcomes.intake.remark import Remark
from outcomes.partnership.layout import Limits

__all__ = ["SafeArchive", "safe_archive"]

_MAX_MEMBERS: Final = 5_000
_CHUNK: Final = 1 << 20
_DOCTYPE: Final = b"<!doctype"
# what was unpacked to be looked at is kept up to so many bytes; anything more is unpacked again
_KEPT_BYTES: Final = 1 << 28


class SafeArchive(zipfile.ZipFile):
    """The archive of a workbook, in which every part was looked at; what was unpacked for that is not unpacked again.

    Attributes:
        kept: The parts that are at hand unpacked, by name.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content))
        self.kept: dict[str, bytes] = {}

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """Return a part, unpacked."""
        kept = self.kept.get(name.filename if isinstance(name, zipfile.ZipInfo) else name)
        return super().read(name, pwd) if kept is None else kept


def safe_archive(content: bytes, limits: Limits) -> SafeArchive:
    """Return the archive of a workbook in which every member was looked at and none is a trap.

    Arguments:
        content: The file's bytes, a zip archive by its first bytes.
        limits: Unpacked size and packing ratio.

    Raises:
        Refusal: It is damaged, encrypted, too large unpacked, packed too tightly, reaches outside itself by its names,
            declares a document type, or is no workbook.
    """
    try:
        archive = SafeArchive(content)
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, IndexError):
        raise Refusal(Remark(code="OUT-007", details={"what": "it is cut off or damaged"})) from None
    _hold_names(members)
    _hold_sizes(members, len(content), limits)
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise Refusal(Remark(code="OUT-007", details={"what": "it is a packed file, but no Excel workbook (.xlsx)"}))
    room = _KEPT_BYTES
    for member in members:
        is_kept = member.file_size <= room
        unpacked = _held_content(archive, member, is_kept=is_kept)
        if is_kept:
            archive.kept[member.filename] = unpacked
            room -= member.file_size
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
    packed = sum(member.compress_size for member in members)
    # parts that overlap in the archive pretend to be larger together than the file is
    if packed > packed_bytes:
        raise _trap("its parts overlap")
    if unpacked > limits.xlsx_ratio_applies_above_bytes and unpacked > limits.xlsx_max_ratio * packed:
        raise _trap(f"it unpacks to {unpacked / max(packed, 1):,.0f} times its packed size")
    for member in members:
        ratio = member.file_size / max(member.compress_size, 1)
        if member.file_size > limits.xlsx_ratio_applies_above_bytes and ratio > limits.xlsx_max_ratio:
            raise _trap(f"a part of it unpacks to {ratio:,.0f} times its packed size")


def _held_content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, is_kept: bool) -> bytes:
    """Look at a part, and return it unpacked if it is to be kept."""
    pieces: list[bytes] = []
    is_markup = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    try:
        with archive.open(member) as part:
            before = b""
            while chunk := part.read(_CHUNK):
                if is_markup:
                    if not before and b"\x00" in chunk[:64]:
                        raise _trap("a part of it is not in the usual encoding")
                    # nearly all parts are without an exclamation mark, and that is quickly seen
                    if (b"!" in chunk or b"!" in before) and _DOCTYPE in (before + chunk).lower():
                        raise _trap("a part of it declares a document type")
                before = chunk[-len(_DOCTYPE) :]
                if is_kept:
                    pieces.append(chunk)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise Refusal(Remark(code="OUT-007", details={"what": "a part of it is damaged"})) from None
    except Exception as error:
        # zlib.error and lzma.LZMAError have no common root below Exception
        if isinstance(error, Refusal):
            raise
        raise Refusal(Remark(code="OUT-007", details={"what": "a part of it is damaged"})) from None
    return b"".join(pieces)
