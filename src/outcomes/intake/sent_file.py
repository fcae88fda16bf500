"""Opens what was sent, a file, bytes or a frame: its name, its bytes and their fingerprint; and reads it once."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from outcomes.errors import UnreadableFileError
from outcomes.fingerprint import sha256_of_bytes
from outcomes.intake.headers import HeaderFinder
from outcomes.intake.personal_numbers import masked
from outcomes.intake.reading import WORKBOOK, Grid, Reading, Refusal, read_content, read_frame
from outcomes.partnership.layout import Layout
from outcomes.partnership.model import Partnership

__all__ = ["ReadOnce", "SentFile", "sent_file"]


@dataclass(frozen=True)
class SentFile:
    """What was sent, and what is known of it before it is read.

    Attributes:
        file: Its name; `frame` for a frame that has none.
        content: Its bytes, at most one more than the largest file that any layout takes; None for a frame.
        frame: The frame; None for a file.
        sha256, size_bytes: The fingerprint of its bytes and their count; of a frame, of its types and cells.
    """

    file: str
    content: bytes | None
    frame: pl.DataFrame | None
    sha256: str
    size_bytes: int


def sent_file(
    content: str | Path | bytes | pl.DataFrame, partnership: Partnership, file_name: str | None, layout: str | None
) -> SentFile:
    """Return what was sent, opened and not yet read.

    Arguments:
        content: A path, the bytes of a file, or a polars frame.
        partnership: Whose layouts say how large a file may be.
        file_name: The file's name where bytes or a frame are given.
        layout: The id of the layout, where it is given.

    Raises:
        UnreadableFileError: The file cannot be opened at all.
    """
    if isinstance(content, pl.DataFrame):
        canonical = repr(content.schema).encode() + _canonical(content)
        return SentFile(file_name or "frame", None, content, sha256_of_bytes(canonical), len(canonical))
    if isinstance(content, bytes):
        return SentFile(file_name or "", content, None, sha256_of_bytes(content), len(content))
    path = Path(content)
    # an oversized file is refused by its size; of a larger one no more than the limit is ever read
    limits = (partnership.layouts.get(layout or "native") or Layout(id="native", title="native")).limits
    try:
        if path.exists() and not path.is_file():
            # a folder; or a pipe or device, which might never end
            raise IsADirectoryError(0, "it is no plain file")
        with path.open("rb") as stream:
            read = stream.read(max(limits.max_file_bytes, *_all_limits(partnership)) + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "it cannot be read"
        raise UnreadableFileError(
            f"{masked(str(path))}: the file cannot be opened ({reason.lower()}); a readable file is expected. "
            "Check the name and the permissions."
        ) from None
    return SentFile(file_name or path.name, read, None, sha256_of_bytes(read), len(read))


def _canonical(frame: pl.DataFrame) -> bytes:
    if any(dtype.is_nested() or dtype in (pl.Object, pl.Binary, pl.Duration) for dtype in frame.dtypes):
        # of these no CSV can be written; most are no table that could be read, and only the attempt needs a name
        return repr(frame.rows()).encode()
    return frame.write_csv(null_value="\x00").encode()


def _all_limits(partnership: Partnership) -> list[int]:
    return [0, *(one.limits.max_file_bytes for one in partnership.layouts.values())]


class ReadOnce:
    """Reads what was sent, once: a workbook at once, since it may name its sender, anything else when asked."""

    def __init__(self, sent: SentFile, layout: Layout) -> None:
        self._sent = sent
        self._layout = layout
        self._workbook: Reading | None = None
        self._refusal: Refusal | None = None
        if (sent.content or b"").startswith(WORKBOOK):
            try:
                self._workbook = self._read(())
            except Refusal as refusal:
                self._refusal = refusal

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The worksheets of a workbook that was found safe; none of anything else."""
        return self._workbook.grids if self._workbook else ()

    def reading(self, finders: Sequence[HeaderFinder]) -> Reading:
        """Return the tables, or raise the refusal."""
        if self._refusal is not None:
            raise self._refusal
        return self._workbook or self._read(finders)

    def _read(self, finders: Sequence[HeaderFinder]) -> Reading:
        if self._sent.frame is not None:
            return read_frame(self._sent.frame, self._layout.limits)
        return read_content(
            self._sent.content or b"",
            self._sent.file,
            self._layout.limits,
            lambda rows: any(finder.has_header(rows) for finder in finders),
            is_old_excel_read=self._layout.is_old_excel_read,
        )
