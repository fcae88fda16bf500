"""Reads delimited text (comma, tab, semicolon, bar): decodes, splits, keeps the partner's own row numbers.

Every cell stays text. polars' own CSV reader is used for what was seen to be plain and even, and for nothing else: it
reads a file of CR line ends as no rows, UTF-16 as garbage, and turns short rows into nulls.
"""

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Final

import polars as pl

from outcomes.intake.codes import fold_header
from outcomes.intake.quoting import quoted
from outcomes.intake.reading.grid import Grid, Reading, Refusal
from outcomes.intake.remark import Remark
from outcomes.partnership.layout import Limits

__all__ = ["read_text"]

_SEPARATORS: Final = {",": "a comma", "\t": "a tab", ";": "a semicolon", "|": "a vertical bar"}
_UNSAID: Final = (",", "\t")
_SNIFFED_LINES: Final = 200
_SNIFFED_CHARS: Final = 1_000_000
# of bytes that are counted at a time: few enough for the processor's own memory
_PIECE: Final = 1 << 18
# what means no letter in Windows-1252
_NO_LETTER: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_MARK: Final = b"\xef\xbb\xbf"
_OPENED: Final = re.compile(r'(?:^|(?<=[,;\t|\n]))"')
_RETURN_ALONE: Final = re.compile(r"\r(?!\n)")
_QUOTED: Final = re.compile(r'(?:^|(?<=[,;\t|\r\n]))"[^"]*(?:""[^"]*)*"')


@dataclass(frozen=True)
class _Text:
    text: str
    remarks: tuple[Remark, ...]
    is_fallback: bool


def _decoded(content: bytes, has_header: Callable[[list[list[str]]], bool]) -> _Text:
    """Return the text of a file: UTF-8, UTF-16 by its mark, else Windows-1252, each said where it needs saying."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _decoded_by("utf-16", content)
        if text is None:
            raise Refusal(Remark(code="OUT-009"))
        return _Text(_without_nul(text), (Remark(code="OUT-051"),), is_fallback=False)
    # one letter that is not UTF-8 makes no name of the mark that programs put before it
    content = content.removeprefix(_MARK)
    text = _decoded_by("utf-8", content)
    if text is not None:
        return _Text(_without_nul(text), (), is_fallback=False)
    text = _decoded_by("cp1252", content)
    if text is None:
        raise Refusal(_unknown_letter(content, has_header))
    return _Text(_without_nul(text), (), is_fallback=True)


def _decoded_by(codec: str, content: bytes) -> str | None:
    # the error holds all of the file: nothing is raised while it is at hand, so that no refusal carries it along
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def _unknown_letter(content: bytes, has_header: Callable[[list[list[str]]], bool]) -> Remark:
    """What is said of the first byte that is no letter: its row, and its column where the header stands above it."""
    found = _NO_LETTER.search(content)
    assert found is not None, "nothing else keeps a text from being read as Windows-1252"
    before, _ = _with_line_feeds(content[: found.start()].decode("cp1252"))
    separator = _separator(before, has_header)
    # of a cell in quotes that is still open only its beginning is known
    lines = _OPENED.split(_QUOTED.sub("", before), maxsplit=1)[0].split("\n")
    rows = [_fields_of(line, separator) for line in before[:_SNIFFED_CHARS].split("\n")[:_SNIFFED_LINES]]
    header = next((rows[at] for at in range(len(rows)) if has_header(rows[: at + 1])), [])
    place = lines[-1].count(separator)
    column = quoted(fold_header(header[place])) if place < len(header) else None
    return Remark(code="OUT-009", row=len(lines), column=column or None, details={"from_here": " from here on"})


def read_text(content: bytes, limits: Limits, has_header: Callable[[list[list[str]]], bool]) -> Reading:
    """Return the one table of a delimited text file.

    Arguments:
        content: The file's bytes.
        limits: How large it may be.
        has_header: Says whether the header stands in some first rows; it decides which separator is meant.

    Raises:
        Refusal: It is no readable table of text.
    """
    even = _read_evenly(content, limits, has_header)
    if even is not None:
        return even
    found = _decoded(content, has_header)
    text, remarks = found.text, list(found.remarks)
    if not text.strip():
        raise Refusal(Remark(code="OUT-001"))
    text, lines = _with_line_feeds(text)
    if lines:
        remarks.append(Remark(code="OUT-053", details={"lines": lines}))
    separator = _separator(text, has_header)
    remarks += _said_of(separator)
    if '"' in text:
        cells, counts = _split_by_record(text, separator, limits)
    else:
        cells, counts = _split_by_line(text.replace("\r\n", "\n"), separator, limits)
    if cells.height > limits.max_rows + 1:
        raise _too_long(cells.height, limits)
    grid = Grid(
        cells=cells,
        rows=pl.int_range(1, cells.height + 1, dtype=pl.Int32, eager=True).alias("row"),
        field_counts=counts,
        is_cut_off_possible=not text.endswith(("\n", "\r")),
        uses_decimal_comma_settings=separator == ";",
        is_lenient_text=found.is_fallback,
    )
    return Reading((grid,), tuple(remarks))


def _said_of(separator: str) -> list[Remark]:
    return [] if separator in _UNSAID else [Remark(code="OUT-054", details={"separator": _SEPARATORS[separator]})]


def _read_evenly(content: bytes, limits: Limits, has_header: Callable[[list[list[str]]], bool]) -> Reading | None:
    """Return the table of a text without quotes in UTF-8 whose lines all have as many cells; None of any other text.

    polars' own reader may be trusted with such a text, and with no other; so that is seen to first, on the bytes.
    """
    raw = content.removeprefix(_MARK)
    head = _head_of_plain(raw)
    if not head.strip():
        return None
    separator = _separator(head, has_header)
    mark = separator.encode()
    inner = raw[: raw.find(b"\n")].count(mark)
    height = _count(raw, b"\n") + (not raw.endswith(b"\n"))
    if not 0 < inner < limits.max_columns or _count(raw, mark) != inner * height:
        return None
    # an empty cell too many at the very end is the one that polars passes over
    if raw.count(mark, raw.rfind(b"\n", 0, len(raw) - 1) + 1) != inner:
        return None
    if height > limits.max_rows + 1:
        raise _too_long(height, limits)
    cells = _cells_of_no_line_above(inner + 1, raw, separator)
    if cells is None:
        return None
    assert cells.height == height, "every line is a row"
    grid = Grid(
        cells=cells,
        rows=pl.int_range(1, height + 1, dtype=pl.Int32, eager=True).alias("row"),
        field_counts=pl.repeat(inner + 1, height, dtype=pl.Int64, eager=True),
        is_cut_off_possible=not raw.endswith(b"\n"),
        uses_decimal_comma_settings=separator == ";",
    )
    return Reading((grid,), tuple(_said_of(separator)))


def _count(raw: bytes, mark: bytes) -> int:
    """Return how often one byte stands in a text; by pieces, so that what is compared stays at hand."""
    import numpy as np

    seen = np.frombuffer(raw, dtype=np.uint8)
    pieces = (seen[begin : begin + _PIECE] for begin in range(0, len(seen), _PIECE))
    return sum(int(np.count_nonzero(piece == mark[0])) for piece in pieces)


def _cells_of_no_line_above(width: int, raw: bytes, separator: str) -> pl.DataFrame | None:
    """Return the cells, a row for each line; None where a line but the last has more cells than that.

    So, where the last line has that many, and all together as many separators as that many cells in each line need, no
    line has fewer, either.
    """
    schema = {str(place): pl.String() for place in range(width)}
    with suppress(pl.exceptions.ComputeError):
        return pl.read_csv(raw, has_header=False, schema=schema, separator=separator, quote_char=None)
    return None


def _head_of_plain(raw: bytes) -> str:
    """Return the beginning of a text in UTF-8 without quotes, empty bytes and returns inside of lines; else nothing."""
    if b'"' in raw or b"\x00" in raw or raw.startswith(_MARK):
        return ""
    if b"\r" in raw and raw.count(b"\r") != raw.count(b"\r\n"):
        return ""
    if raw.isascii():
        return raw[:_SNIFFED_CHARS].decode()
    try:
        return raw.decode()[:_SNIFFED_CHARS]
    except UnicodeDecodeError:
        return ""


def _too_long(height: int, limits: Limits) -> Refusal:
    return Refusal(Remark(code="OUT-011", details={"found": f"{height:,}", "limit": f"{limits.max_rows:,}"}))


def _without_nul(text: str) -> str:
    if "\x00" in text:
        raise Refusal(Remark(code="OUT-004"))
    return text


def _with_line_feeds(text: str) -> tuple[str, str]:
    """Return a text with LF in place of each line end that is CR alone, save within quotes; and which lines end so."""
    if text.count("\r") == text.count("\r\n"):
        return text, ""
    # what stands in quotes is kept as it was sent
    pieces, quotes = (_QUOTED.split(text), _QUOTED.findall(text)) if '"' in text else ([text], [])
    ended = [_RETURN_ALONE.sub("\n", piece) for piece in pieces]
    if ended == pieces:
        return text, ""
    lines = "Some lines" if any("\n" in piece for piece in pieces) else "The lines"
    return "".join(piece + quote for piece, quote in zip(ended, [*quotes, ""], strict=True)), lines


def _separator(text: str, has_header: Callable[[list[list[str]]], bool]) -> str:
    lines = text[:_SNIFFED_CHARS].splitlines()[:_SNIFFED_LINES]
    for separator in _SEPARATORS:
        if has_header([_fields_of(line, separator) for line in lines]):
            return separator
    return ","


def _fields_of(line: str, separator: str) -> list[str]:
    # only to find the header: a record of several lines is not put together here
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return line.split(separator)


def _split_by_line(text: str, separator: str, limits: Limits) -> tuple[pl.DataFrame, pl.Series]:
    # without a quote in the text, a line is a record and every separator ends a field
    lines = pl.Series("line", [text.removesuffix("\n")], dtype=pl.String).str.split("\n").explode()
    counts = lines.str.count_matches(separator, literal=True).cast(pl.Int64) + 1
    counts = counts.set(lines == "", 0)
    width = _held_width(counts, limits)
    fields = lines.str.split_exact(separator, width - 1).struct.unnest()
    return _named(fields), counts


def _split_by_record(text: str, separator: str, limits: Limits) -> tuple[pl.DataFrame, pl.Series]:
    records = list(_records(text, separator, limits))
    counts = pl.Series([len(record) for record in records], dtype=pl.Int64)
    width = _held_width(counts, limits)
    columns = {
        str(place): pl.Series([record[place] if place < len(record) else None for record in records], dtype=pl.String)
        for place in range(width)
    }
    return _named(pl.DataFrame(columns)), counts


def _held_width(counts: pl.Series, limits: Limits) -> int:
    widest = counts.arg_max()
    width = int(counts[widest]) if widest is not None else 0
    if width > limits.max_columns:
        row = None if widest is None else widest + 1
        details = {"found": f"{width:,}", "limit": f"{limits.max_columns:,}"}
        raise Refusal(Remark(code="OUT-012", row=row, details=details))
    return max(width, 1)


def _named(fields: pl.DataFrame) -> pl.DataFrame:
    fields.columns = [str(place) for place in range(fields.width)]
    # an empty field holds nothing
    return fields.with_columns(pl.when(pl.all() != "").then(pl.all()))


def _records(text: str, separator: str, limits: Limits) -> Iterator[list[str]]:
    lines = iter(text.removesuffix("\n").split("\n"))
    row = 0
    for line in lines:
        if '"' not in line:
            row += 1
            bare = line.removesuffix("\r")
            # a line of nothing but separators is cheap to refuse before it is split
            if bare.count(separator) > limits.max_columns:
                details = {"found": f"{bare.count(separator) + 1:,}", "limit": f"{limits.max_columns:,}"}
                raise Refusal(Remark(code="OUT-012", row=row, details=details))
            yield bare.split(separator) if bare else []
            continue
        row += 1
        if line.count(separator) > limits.max_columns + limits.max_cell_chars:
            details = {"found": f"{line.count(separator) + 1:,}", "limit": f"{limits.max_columns:,}"}
            raise Refusal(Remark(code="OUT-012", row=row, details=details))
        rest = chain([line + "\n"], (further + "\n" for further in lines))
        try:
            yield next(csv.reader(rest, delimiter=separator, strict=True))
        except csv.Error as error:
            code = "OUT-013" if "field limit" in str(error) else "OUT-010"
            raise Refusal(Remark(code=code, row=row, details={"limit": f"{limits.max_cell_chars:,}"})) from None
