"""Opens the container of old Office files (OLE compound file) and hands out its streams; every count is distrusted.

Source: Microsoft, [MS-CFB] Compound File Binary File Format.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from struct import error as StructError  # noqa: N812  (the library's own name says nothing here)
from struct import unpack_from
from typing import Final

__all__ = ["CompoundFile", "DamagedContainerError", "every_stream", "open_compound_file"]

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
        container = _opened(content)
        found: dict[str, bytes] = {}
        for entry in container.entries:
            if entry.is_stream and entry.name in wanted and entry.name not in found:
                found[entry.name] = container.read(entry)
        return CompoundFile(tuple(entry.name for entry in container.entries if entry.is_stream), found)
    except StructError:
        raise DamagedContainerError("it is cut off") from None


def every_stream(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of each stream that can be read, those of embedded documents too.

    Arguments:
        content: The bytes of a compound file that was opened before.

    Raises:
        DamagedContainerError: It is no compound file, or its streams together are larger than it.
    """
    try:
        container = _opened(content)
    except StructError:
        raise DamagedContainerError("it is cut off") from None
    # streams never share a sector: many that lie in one place would take time without end
    room = len(content)
    for entry in container.entries:
        if entry.is_stream:
            room -= entry.length
            if room < 0:
                raise DamagedContainerError("its parts are larger than the file")
            with suppress(DamagedContainerError, StructError):
                yield entry.name, container.read(entry)


@dataclass(frozen=True)
class _Entry:
    """One line of the directory."""

    name: str
    kind: int
    start: int
    length: int

    @property
    def is_stream(self) -> bool:
        return self.kind == _STREAM


@dataclass(frozen=True)
class _Container:
    """A container's directory and the sectors to which it leads."""

    sectors: _Sectors
    entries: list[_Entry]
    cutoff: int
    mini_start: int
    mini_size: int

    def read(self, entry: _Entry) -> bytes:
        if entry.length >= self.cutoff:
            return self.sectors.read(entry.start, entry.length)
        return self._small.read(entry.start, entry.length)

    @cached_property
    def _small(self) -> _Sectors:
        """Where streams lie that are too small for sectors of their own."""
        table = self.sectors.read(self.mini_start)
        following = list(unpack_from(f"<{len(table) // 4}I", table))
        return _Sectors(self.sectors.read(self.entries[0].start), self.mini_size, 0, following)


def _opened(content: bytes) -> _Container:
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
    if not entries or entries[0].kind != _ROOT:
        raise DamagedContainerError("its directory is not where it should be")
    return _Container(sectors, entries, cutoff, mini_start, 1 << mini_shift)


def _entries(directory: bytes, version: int) -> list[_Entry]:
    if len(directory) // _ENTRY_BYTES > _MAX_ENTRIES:
        raise DamagedContainerError("it lists too many parts")
    found = []
    for place in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        letters, kind = unpack_from("<HB", directory, place + 64)
        start, length = unpack_from("<IQ", directory, place + 116)
        name = directory[place : place + max(min(letters, 64) - 2, 0)].decode("utf-16-le", "replace")
        # of the older version only half of the length means anything
        most = 0xFFFFFFFF if version == 3 else (1 << 63) - 1
        found.append(_Entry(name, int(kind), int(start), int(length) & most))
    return found
