"""Opens the container of old Office files (OLE compound file) and hands out its streams; every count is distrusted.

Source: Microsoft, [MS-CFB] Compound File Binary File Format.
"""

from dataclasses import dataclass
from struct import error as StructError  # noqa: N812  (the library's own name says nothing here)
from struct import unpack_from
from typing import Final

__all__ = ["CompoundFile", "DamagedContainerError", "open_compound_file"]

_MAGIC: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_HEADER_BYTES: Final = 512
_ENTRY_BYTES: Final = 128
_HEADER_SECTORS: Final = 109
_LAST_SECTOR: Final = 0xFFFFFFFA
_STREAM: Final = 2
_ROOT: Final = 5
_MAX_ENTRIES: Final = 10_000


class DamagedContainerError(Exception):
    """The container's own tables contradict each other or reach beyond the file."""


@dataclass(frozen=True)
class CompoundFile:
    """The streams of an old Office file.

    Attributes:
        names: The names of all streams, in the order of the directory.
        streams: Those that were asked for, by name.
    """

    names: tuple[str, ...]
    streams: dict[str, bytes]


@dataclass(frozen=True)
class _Sectors:
    """Sectors of one size and the table of which follows which."""

    content: bytes
    size: int
    first: int
    following: list[int]

    def chain(self, start: int) -> list[int]:
        """The sectors from one on; a chain that runs in a circle or out of the table is damaged."""
        found: list[int] = []
        at = start
        while at < _LAST_SECTOR:
            if at >= len(self.following) or len(found) > len(self.following):
                raise DamagedContainerError("a chain of sectors leads nowhere")
            found.append(at)
            at = self.following[at]
        return found

    def read(self, start: int, length: int | None = None) -> bytes:
        """The bytes of a chain, cut to a length."""
        pieces = [self.sector(at) for at in self.chain(start)]
        whole = b"".join(pieces)
        if length is None:
            return whole
        if length > len(whole):
            raise DamagedContainerError("a stream is cut off")
        return whole[:length]

    def sector(self, at: int) -> bytes:
        """One sector; beyond the file there is none."""
        begins = self.first + at * self.size
        if begins >= len(self.content):
            raise DamagedContainerError("a sector lies beyond the end")
        return self.content[begins : begins + self.size].ljust(self.size, b"\x00")


def open_compound_file(content: bytes, wanted: tuple[str, ...]) -> CompoundFile:
    """Return the streams of a compound file.

    Arguments:
        content: The file's bytes.
        wanted: The names of the streams whose bytes are needed.

    Raises:
        DamagedContainerError: It is no compound file, or it is damaged.
    """
    try:
        return _opened(content, wanted)
    except StructError:
        raise DamagedContainerError("it is cut off") from None


def _opened(content: bytes, wanted: tuple[str, ...]) -> CompoundFile:
    if len(content) < _HEADER_BYTES or not content.startswith(_MAGIC):
        raise DamagedContainerError("it has no header")
    version, shift, mini_shift = unpack_from("<H", content, 26)[0], *unpack_from("<HH", content, 30)
    if (version, shift) not in ((3, 9), (4, 12)) or mini_shift != 6:
        raise DamagedContainerError("its header names no size that exists")
    tables, directory, cutoff, mini_start, minis, more_start, more = (
        unpack_from("<I", content, place)[0] for place in (44, 48, 56, 60, 64, 68, 72)
    )
    size = 1 << shift
    # a count that the file has no room for would make a reader take memory that nothing fills
    if max(tables, minis, more) > len(content) // size + 1:
        raise DamagedContainerError("its header counts more than the file holds")
    plain = _Sectors(content, size, size, [])
    listed = list(unpack_from(f"<{_HEADER_SECTORS}I", content, 76))
    seen = 0
    while more_start < _LAST_SECTOR and seen <= more:
        numbers = unpack_from(f"<{size // 4}I", plain.sector(more_start))
        listed += numbers[:-1]
        more_start, seen = numbers[-1], seen + 1
    listed = [at for at in listed if at < _LAST_SECTOR]
    if len(listed) > len(content) // size + 1:
        raise DamagedContainerError("its header counts more than the file holds")
    following = [number for at in listed for number in unpack_from(f"<{size // 4}I", plain.sector(at))]
    sectors = _Sectors(content, size, size, following)
    entries = _entries(sectors.read(directory), version)
    if not entries or entries[0][1] != _ROOT:
        raise DamagedContainerError("its directory is not where it should be")
    root = entries[0]
    streams: dict[str, bytes] = {}
    for name, kind, start, length in entries:
        if kind != _STREAM or name not in wanted or name in streams:
            continue
        if length >= cutoff:
            streams[name] = sectors.read(start, length)
        else:
            table = sectors.read(mini_start)
            minis_follow = list(unpack_from(f"<{len(table) // 4}I", table))
            streams[name] = _Sectors(sectors.read(root[2]), 1 << mini_shift, 0, minis_follow).read(start, length)
    return CompoundFile(tuple(name for name, kind, _, _ in entries if kind == _STREAM), streams)


def _entries(directory: bytes, version: int) -> list[tuple[str, int, int, int]]:
    if len(directory) // _ENTRY_BYTES > _MAX_ENTRIES:
        raise DamagedContainerError("it lists too many parts")
    found = []
    for place in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        letters, kind = unpack_from("<HB", directory, place + 64)
        start, length = unpack_from("<IQ", directory, place + 116)
        name = directory[place : place + max(min(letters, 64) - 2, 0)].decode("utf-16-le", "replace")
        # of the older version only half of the length means anything
        found.append((name, int(kind), int(start), int(length) & (0xFFFFFFFF if version == 3 else (1 << 63) - 1)))
    return found
