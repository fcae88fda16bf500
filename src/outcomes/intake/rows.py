"""Sorts the rows under a header: figures to be read, and blank rows, notes, repeats and cut rows to be said."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from outcomes.intake.codes import ascii_folded, fold_header, trimmed
from outcomes.intake.entries_model import WANTED
from outcomes.intake.figures import Figure, number_places
from outcomes.intake.headers import Header, HeaderFinder
from outcomes.intake.layouts import cells_under
from outcomes.intake.reading.grid import Refusal
from outcomes.intake.remark import Remark

__all__ = ["NothingLeft", "rows_under"]

# so many of a kind on a sheet that is described are said as one
_SAID_ONCE: Final = ("OUT-151", "OUT-152", "OUT-154", "OUT-155")
_LACKING: Final = ("OUT-106", "OUT-107", "OUT-108")


def rows_under(
    header: Header, figures: tuple[Figure, ...], finder: HeaderFinder, names_of_indicators: Collection[str]
) -> tuple[pl.DataFrame, tuple[Remark, ...]]:
    """Return the rows that may hold figures, as they stand, and what is to be said about the others.

    Arguments:
        header: The table's header.
        figures: Which cells make up which figures.
        finder: What tells a header from other rows.
        names_of_indicators: Every name of an indicator, folded; a row of words that names none is a note.

    Raises:
        Refusal: No row is left.
    """
    remarks: list[Remark] = [
        Remark(code="OUT-151", row=int(row)) for row in header.grid.rows.head(max(header.first, 0))
    ]
    under = cells_under(header)
    under = _without_notes(under, header, figures, finder, names_of_indicators, remarks)
    under = _of_right_length(under, header, figures, finder.layout.ragged_tail, remarks)
    if finder.is_translated:
        remarks = _said_once(remarks)
    under = _filtered(under, header, finder.layout.title, remarks)
    if under.is_empty() and not any(remark.code in _LACKING for remark in remarks):
        raise NothingLeft(Remark(code="OUT-104"), tuple(remarks), (header,))
    hidden = set(header.grid.hidden_rows)
    if hidden:
        remarks.extend(Remark(code="OUT-162", row=row) for row in under["row"].to_list() if row in hidden)
    return under, tuple(remarks)


class NothingLeft(Refusal):
    """No row is left; the remarks made on the way are worth saying too, and so is what the headers name."""

    def __init__(self, remark: Remark, others: tuple[Remark, ...], headers: tuple[Header, ...] = ()) -> None:
        super().__init__(remark)
        self.others = others
        self.headers = headers


def _said_once(remarks: Sequence[Remark]) -> list[Remark]:
    """Of a sheet that is described, blank rows, notes and repeated headers are expected: each kind is said once."""
    counts = {code: sum(1 for remark in remarks if remark.code == code) for code in _SAID_ONCE}
    kept: list[Remark] = []
    for remark in remarks:
        if remark.code not in counts:
            kept.append(remark)
        elif counts[remark.code]:
            kept.append(replace(remark, repeats=counts[remark.code] - 1))
            counts[remark.code] = 0
    return kept


def _is_empty(place: int) -> pl.Expr:
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


def _without_notes(
    under: pl.DataFrame,
    header: Header,
    figures: tuple[Figure, ...],
    finder: HeaderFinder,
    names: Collection[str],
    remarks: list[Remark],
) -> pl.DataFrame:
    figure_places = [header.columns[name] for name in ("place_code", "period") if name in header.columns]
    figure_places = list(dict.fromkeys([*figure_places, *number_places(header, figures)]))
    indicator_place = header.columns.get("indicator_id")
    first = indicator_place if indicator_place is not None else min([*header.columns.values(), *figure_places])
    is_suspicious = (
        pl.all_horizontal(*(_is_empty(place) for place in figure_places)) if figure_places else pl.lit(False)
    )
    heads = _head_rows(header, finder)
    repeats_header = _begins_like(under[str(first)], {head[first] for head in heads}, finder)
    if finder.is_translated:
        # a header that comes back in another order may begin with a word that nobody described
        repeats_header = repeats_header | pl.any_horizontal(
            pl.lit(False), *(_is_word_of_header(under[str(place)], finder) for place in figure_places)
        )
    # most rows are cleared by a look at one cell
    may_be_empty = _may_be_empty(under[str(figure_places[0])]) if figure_places else pl.lit(False)
    suspects = under.with_row_index("at").filter(may_be_empty | repeats_header)
    suspects = suspects.with_columns(pl.col(str(place)).cast(pl.String) for place in range(header.grid.cells.width))
    is_like_head = [pl.all_horizontal(*(_is_text(place, text) for place, text in enumerate(head))) for head in heads]
    suspects = suspects.filter(pl.any_horizontal(is_suspicious, repeats_header, *is_like_head))
    dropped: list[int] = []
    width = len(header.texts)
    folded_heads = {tuple(fold_header(text) for text in head) for head in heads}
    last_row = under["row"][-1] if under.height else None
    expected = width - finder.layout.ragged_tail
    for entry in suspects.iter_rows(named=True):
        cells = [entry[str(place)] for place in range(header.grid.cells.width)]
        words = [trimmed(cell) for cell in cells if cell and trimmed(cell)]
        is_cut = header.grid.is_cut_off_possible and entry["row"] == last_row and entry.get("fields", width) < expected
        row = int(entry["row"])
        if not words:
            remarks.append(Remark(code="OUT-152", row=row))
        elif tuple(fold_header(cell or "") for cell in cells[:width]) in folded_heads:
            is_same = _has_same_rows_above(header, finder, entry["at"])
            remarks.append(
                Remark(code="OUT-155" if is_same else "OUT-114", row=row, value=None if is_same else words[0])
            )
        elif finder.is_translated and finder.is_header(merged := _merged_with_rows_above(header, finder, entry["at"])):
            code = "OUT-155" if _says_the_same(merged, header, finder) else "OUT-114"
            remarks.append(Remark(code=code, row=row, value=words[0]))
        elif (
            not is_cut
            and all(not trimmed(cells[place] or "") for place in figure_places)
            and (indicator_place is None or ascii_folded(cells[indicator_place] or "") not in names)
        ):
            remarks.append(Remark(code="OUT-154", row=row, value=words[0]))
        else:
            continue
        dropped.append(entry["at"])
    if not dropped:
        return under
    return under.with_row_index("at").filter(~pl.col("at").is_in(dropped)).drop("at")


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
    lower = {text.lower() for text in texts if trimmed(text)}
    repeated = named.filter(named.str.to_lowercase().is_in(sorted(lower)))
    if finder.is_translated:
        known = [text for text in named if len(text) < 200 and finder.is_described(text)]
        repeated = pl.concat([repeated, pl.Series(named.name, known, dtype=pl.String)]).unique()
    return (
        pl.col(cells.name).cast(pl.String).is_in(repeated.implode()).fill_null(False)
        if len(repeated)
        else pl.lit(False)
    )


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
    return pl.col(str(place)).str.strip_chars() == bare if bare else _is_empty(place)


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


def _of_right_length(
    under: pl.DataFrame, header: Header, figures: tuple[Figure, ...], ragged_tail: int, remarks: list[Remark]
) -> pl.DataFrame:
    if "fields" not in under.columns or under.is_empty() or header.grid.field_counts is None:
        return under
    width = int(header.grid.field_counts[header.position])
    fewest = width - ragged_tail
    counts = under["fields"]
    if counts.min() == counts.max() == width:
        return under
    too_long = pl.col("fields") > width
    if bool((counts == counts.max()).all()) and int(counts[0]) > width and _surplus_is_empty(under, width):
        remarks.append(Remark(code="OUT-157", details={"found": str(int(counts[0]) - width)}))
        return under
    details = {"expected": str(width)}
    for entry in under.filter(too_long).select("row", "fields").iter_rows():
        remarks.append(Remark(code="OUT-106", row=entry[0], details={**details, "found": str(entry[1])}))
    short = under.filter(pl.col("fields") < fewest)
    last_row = int(under["row"][-1])
    needed: dict[int, str] = {header.columns[name]: name for name in WANTED[:4] if name in header.columns}
    if figures or header.description.one_below_the_other:
        needed |= {place: header.names[place] for place in number_places(header, figures)}
    wanted: dict[int, str] = {header.columns[name]: name for name in WANTED if name in header.columns}
    wanted |= needed
    cut: list[int] = []
    for row, fields in short.select("row", "fields").iter_rows():
        said = {**details, "found": str(fields)}
        if row == last_row and header.grid.is_cut_off_possible:
            remarks.append(Remark(code="OUT-108", row=row, details=said))
        elif any(place >= fields for place in needed):
            unreached = [name for place, name in wanted.items() if place >= fields]
            remarks.extend(Remark(code="OUT-107", row=row, column=name, details=said) for name in unreached)
        else:
            remarks.append(Remark(code="OUT-156", row=row, details=said))
            continue
        cut.append(row)
    return under.filter(~too_long & ~pl.col("row").is_in(cut))


def _surplus_is_empty(under: pl.DataFrame, width: int) -> bool:
    surplus = [place for place in range(width, under.width) if str(place) in under.columns]
    return all(bool(under.select(_is_empty(place).all()).item()) for place in surplus)


def _filtered(under: pl.DataFrame, header: Header, title: str, remarks: list[Remark]) -> pl.DataFrame:
    for row_filter in header.description.rows:
        named = {text: header.place_of(text) for text in (row_filter.column, *row_filter.where)}
        missing = [text for text, place in named.items() if place is None]
        if missing:
            details = {"layout": title}
            remarks += [Remark(code="OUT-111", row=header.row, column=text, details=details) for text in missing]
            continue
        cells = {text: _plain(pl.col(str(place)).fill_null("")) for text, place in named.items()}
        cell = cells[row_filter.column]
        is_read = pl.lit(True)
        if row_filter.keep:
            is_read = is_read & cell.is_in(_plain_texts(row_filter.keep))
        if row_filter.skip:
            is_read = is_read & ~cell.is_in(_plain_texts(row_filter.skip))
        for text, wanted in row_filter.where.items():
            is_read = is_read | ~cells[text].is_in(_plain_texts(wanted))
        kept = under.filter(is_read)
        if kept.height < under.height:
            details = {"found": f"{under.height - kept.height:,}", "because": row_filter.because}
            remarks.append(Remark(code="OUT-163", column=row_filter.column, details=details))
        under = kept
    return under


def _plain(cell: pl.Expr) -> pl.Expr:
    # other issues of a publication write the same word with other capitals
    return cell.str.strip_chars().str.to_lowercase()


def _plain_texts(texts: Collection[str]) -> list[str]:
    return [text.strip().lower() for text in texts]
