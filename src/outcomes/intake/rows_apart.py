"""Tells apart the rows under a header that hold no figure: blank rows, notes, repeats of the header."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import polars as pl

from outcomes.intake.codes import ascii_folded, fold_header, trimmed
from outcomes.intake.figures import Figure, number_places
from outcomes.intake.headers import Header, HeaderFinder
from outcomes.intake.numbers import NumberSpellings, markers_of, read_number
from outcomes.intake.remark import Remark
from outcomes.vocabulary import RowStatus

__all__ = ["is_empty", "without_notes"]

_SEPARATORS: Final = (",", "\t", ";", "|")
_FEWEST_FIELDS: Final = 3
_CODES: Final = ("indicator_id", "place_code")
_CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
# what cannot be a line of fields that went into one cell is not taken apart
_LONGEST_LINE: Final = 10_000
_STATUSES: Final = frozenset(status.value for status in RowStatus)


def is_empty(place: int) -> pl.Expr:
    """Whether nothing that can be seen stands in a cell."""
    cell = pl.col(str(place))
    return cell.is_null() | (cell.str.strip_chars(" \t\r\n\u00a0\u200b\ufeff") == "")


def _may_be_empty(cells: pl.Series) -> pl.Expr:
    # a cell that begins with a visible letter of ASCII is not empty
    cell = pl.col(cells.name)
    if isinstance(cells.dtype, pl.Enum):
        empty = [text for text in cells.dtype.categories if not "!" <= text < "\x7f"]
        return cell.is_null() | cell.is_in(empty) if empty else cell.is_null()
    if cells.dtype != pl.String:
        return cell.is_null()
    return (cell.is_null() | (cell < "!") | (cell >= "\x7f")).fill_null(True)


def without_notes(
    under: pl.DataFrame,
    header: Header,
    figures: tuple[Figure, ...],
    finder: HeaderFinder,
    names: Collection[str],
    remarks: list[Remark],
) -> pl.DataFrame:
    """Return the rows without those that hold no figure; of each of these a remark is added.

    Arguments:
        under: The rows under the header.
        header: The table's header.
        figures: Which cells make up which figures.
        finder: What tells a header from other rows.
        names: Every name of an indicator, folded; a row of words that names none is a note.
        remarks: What is said so far.
    """
    looked = _Look(header, figures, finder, names)
    suspects = _suspects(under, looked)
    last_row = under["row"][-1] if under.height else None
    expected = len(header.texts) - finder.layout.ragged_tail
    dropped: list[int] = []
    for entry in suspects.iter_rows(named=True):
        is_last = header.grid.is_cut_off_possible and entry["row"] == last_row
        is_cut = is_last and entry.get("fields", expected) < expected
        remark = _said_of(entry, looked, is_cut=is_cut)
        if remark is not None:
            remarks.append(remark)
            dropped.append(entry["at"])
    if not dropped:
        return under
    return under.with_row_index("at").filter(~pl.col("at").is_in(dropped)).drop("at")


@dataclass(frozen=True)
class _Look:
    """What rows are looked at for."""

    header: Header
    figures: tuple[Figure, ...]
    finder: HeaderFinder
    names: Collection[str]

    @cached_property
    def number_places(self) -> list[int]:
        return list(number_places(self.header, self.figures))

    @cached_property
    def figure_places(self) -> list[int]:
        columns = self.header.columns
        places = [columns[name] for name in ("place_code", "period") if name in columns]
        return list(dict.fromkeys([*places, *self.number_places]))

    @cached_property
    def heads(self) -> list[tuple[str, ...]]:
        return _head_rows(self.header, self.finder)

    @cached_property
    def folded_heads(self) -> set[tuple[str, ...]]:
        return {_folded(head) for head in self.heads}

    @cached_property
    def spellings(self) -> NumberSpellings:
        return NumberSpellings(markers_of(self.finder.layout), frozenset())

    def are_names(self, fields: Sequence[str]) -> bool:
        """Whether nothing but names of columns stands in some fields."""
        known = {*_folded(self.header.texts), *self.finder.meanings, ""}
        return known.issuperset(_folded(fields))

    def names_indicator(self, cells: Sequence[str | None]) -> bool:
        place = self.header.columns.get("indicator_id")
        return place is not None and place < len(cells) and ascii_folded(cells[place] or "") in self.names


def _folded(cells: Sequence[str | None]) -> tuple[str, ...]:
    return tuple(fold_header(cell or "") for cell in cells)


def _suspects(under: pl.DataFrame, looked: _Look) -> pl.DataFrame:
    """The rows that may hold no figure, as text, with their place among the rows."""
    header, finder, places = looked.header, looked.finder, looked.figure_places
    indicator_place = header.columns.get("indicator_id")
    first = indicator_place if indicator_place is not None else min([*header.columns.values(), *places])
    is_suspicious = pl.all_horizontal(*(is_empty(place) for place in places)) if places else pl.lit(False)
    repeats_header = _begins_like(under[str(first)], {head[first] for head in looked.heads}, finder)
    if finder.is_translated:
        # a header that comes back in another order may begin with a word that nobody described
        repeats_header = repeats_header | pl.any_horizontal(
            pl.lit(False), *(_is_word_of_header(under[str(place)], finder) for place in places)
        )
    # most rows are cleared by a look at one cell
    may_be_empty = _may_be_empty(under[str(places[0])]) if places else pl.lit(False)
    suspects = under.with_row_index("at").filter(may_be_empty | repeats_header)
    suspects = suspects.with_columns(pl.col(str(place)).cast(pl.String) for place in range(header.grid.cells.width))
    is_like_head = [
        pl.all_horizontal(*(_is_text(place, text) for place, text in enumerate(head))) for head in looked.heads
    ]
    return suspects.filter(pl.any_horizontal(is_suspicious, repeats_header, *is_like_head))


def _said_of(entry: dict[str, Any], looked: _Look, *, is_cut: bool) -> Remark | None:
    """What is said of a row without a figure; None of a row that may hold one."""
    cells = [entry[str(place)] for place in range(looked.header.grid.cells.width)]
    words = [trimmed(cell) for cell in cells if cell and trimmed(cell)]
    row = int(entry["row"])
    if not words:
        return Remark(code="OUT-152", row=row)
    code = _code_of_header(cells, looked, entry["at"], is_cut=is_cut)
    if code:
        return Remark(code=code, row=row, value=words[0] if code == "OUT-114" else None)
    has_no_figure = not any(trimmed(cells[place] or "") for place in looked.figure_places)
    if has_no_figure and not is_cut and not looked.names_indicator(cells):
        return Remark(code=_code_of_words(words[0], looked), row=row, value=words[0])
    return None


def _code_of_header(cells: Sequence[str | None], looked: _Look, at: int, *, is_cut: bool) -> str:
    """What is said of a row if it is a header; nothing of any other row."""
    header, finder = looked.header, looked.finder
    is_same = False
    if _folded(cells[: len(header.texts)]) in looked.folded_heads:
        is_same = _has_same_rows_above(header, finder, at)
    elif finder.is_translated and finder.is_header(merged := _merged_with_rows_above(header, finder, at)):
        is_same = _says_the_same(merged, header, finder)
    elif not finder.is_translated and not is_cut and finder.is_header(cells):
        is_same = _is_leaner(cells, header)
    else:
        return ""
    return "OUT-155" if is_same else "OUT-114"


def _is_leaner(cells: Sequence[str | None], header: Header) -> bool:
    """Whether each name of a header stands under the same name: then what is missing in it changes nothing."""
    own = _folded(header.texts)
    return all(name == (own[place] if place < len(own) else "") for place, name in enumerate(_folded(cells)) if name)


def _code_of_words(text: str, looked: _Look) -> str:
    """What is said of words: whether they are a row with figures, or a header, whose fields were not told apart."""
    for separator in _SEPARATORS if len(text) <= _LONGEST_LINE else ():
        fields = [trimmed(field).strip('"') for field in text.split(separator)]
        if len(fields) < _FEWEST_FIELDS:
            continue
        if looked.finder.is_header(fields) and looked.are_names(fields):
            return "OUT-155" if _is_leaner(fields, looked.header) else "OUT-114"
        if _has_figure(fields, looked):
            return "OUT-116"
    return "OUT-154"


def _has_figure(fields: Sequence[str], looked: _Look) -> bool:
    """Whether fields, laid under the header, say a number, and of what: of an indicator, or of codes and a period.

    Codes have no spaces: `Queries: ring Anne, Monday to Friday, 9 to 5, 0113 496 0000` is a note.
    """
    columns = looked.header.columns
    coded = [fields[columns[name]] for name in _CODES if columns.get(name, len(fields)) < len(fields)]
    period = columns.get("period", len(fields))
    is_dated = period < len(fields) and any(sign.isdigit() for sign in fields[period])
    is_dated = is_dated and bool(coded) and all(map(_CODE.match, coded))
    read = [
        read_number(fields[place], "text", looked.spellings) for place in looked.number_places if place < len(fields)
    ]
    is_number = any(mantissa is not None for mantissa, _, _ in read)
    if looked.names_indicator(fields):
        return is_number or any(form in _STATUSES for _, _, form in read)
    return is_dated and is_number


def _head_rows(header: Header, finder: HeaderFinder) -> list[tuple[str, ...]]:
    """The rows of the header; of a sheet that is described also those above it, which may stand above each block."""
    if header.position < 0:
        return [header.texts]
    rows = header.grid.cells.slice(0, header.position + 1).rows()
    texts = [tuple(text or "" for text in row) for row in rows]
    above = [row for row in texts[: header.first] if any(map(trimmed, row))] if finder.is_translated else []
    return [*above, *texts[header.first :]]


def _begins_like(cells: pl.Series, texts: Collection[str], finder: HeaderFinder) -> pl.Expr:
    different = cells.dtype.categories if isinstance(cells.dtype, pl.Enum) else cells.unique()
    named = different.drop_nulls().cast(pl.String)
    # of another table in the long form, the header may begin with another of our names
    known = texts if finder.is_translated else [*texts, *finder.meanings]
    begun = pl.Series("begun", sorted({text for text in known if trimmed(text)}), dtype=pl.String)
    repeated = named.filter(_letters_alone(named).is_in(_letters_alone(begun).unique().implode()))
    if finder.is_translated:
        described = [text for text in named if len(text) < 200 and finder.is_described(text)]
        repeated = pl.concat([repeated, pl.Series(named.name, described, dtype=pl.String)]).unique()
    return (
        pl.col(cells.name).cast(pl.String).is_in(repeated.implode()).fill_null(False)
        if len(repeated)
        else pl.lit(False)
    )


def _letters_alone(texts: pl.Series) -> pl.Series:
    # what is alike in these is compared letter by letter afterwards
    return texts.str.to_lowercase().str.replace_all(r"[\s_\-\x{200b}-\x{200d}\x{2060}\x{feff}\x{ad}]", "")


def _is_word_of_header(cells: pl.Series, finder: HeaderFinder) -> pl.Expr:
    # most cells here are numbers, and those are no words
    if cells.dtype.is_integer():
        return pl.lit(False)
    texts = cells.cast(pl.String)
    words = texts.filter(texts.str.contains(r"^\s*\p{L}").fill_null(False)).unique()
    described = [text for text in words if len(text) < 200 and finder.is_described(text)]
    return pl.col(cells.name).is_in(described).fill_null(False) if described else pl.lit(False)


def _is_text(place: int, text: str) -> pl.Expr:
    bare = trimmed(text)
    return pl.col(str(place)).str.strip_chars() == bare if bare else is_empty(place)


def _merged_with_rows_above(header: Header, finder: HeaderFinder, at: int) -> tuple[str, ...]:
    count = finder.description.header_rows
    return finder.merged(header.grid.cells.slice(header.position + 2 + at - count, count).rows())


def _has_same_rows_above(header: Header, finder: HeaderFinder, at: int) -> bool:
    """Whether above a repeated last row of a header stands what stood above the first one, or nothing."""
    count = finder.description.header_rows
    if count == 1 or header.position < 0:
        return True
    cells, position = header.grid.cells, header.position + 1 + at

    def folded(first: int, rows: int) -> list[tuple[str, ...]]:
        return [tuple(fold_header(cell or "") for cell in row) for row in cells.slice(first, rows).rows()]

    if folded(position, 1) != folded(header.position, 1):
        return True
    # what stands over the first column, or left of it, is the title of a block
    after = 1 + min(place for place, text in enumerate(header.texts) if finder.is_described(text))
    above, first = ([row[after:] for row in folded(start, count - 1)] for start in (position - count + 1, header.first))
    return not any(map(any, above)) or above == first


def _says_the_same(texts: Sequence[str], header: Header, finder: HeaderFinder) -> bool:
    """Whether every column that is described stands where it stood."""
    return all(
        fold_header(text) == fold_header(header.texts[place])
        for place, text in enumerate(texts)
        if place < len(header.texts) and (finder.is_described(header.texts[place]) or finder.is_described(text))
    )
