"""Sorts the rows under a header: figures to be read, and blank rows, notes, repeats and cut rows to be said."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from outcomes.intake.entries_model import WANTED
from outcomes.intake.figures import Figure, number_places
from outcomes.intake.headers import Header, HeaderFinder
from outcomes.intake.layouts import cells_under
from outcomes.intake.reading.grid import Refusal
from outcomes.intake.remark import Remark
from outcomes.intake.rows_apart import is_empty, without_notes

__all__ = ["NothingLeft", "rows_under"]

# so many of a kind on a sheet that is described are said as one
_SAID_ONCE: Final = ("OUT-151", "OUT-152", "OUT-154", "OUT-155")
_LACKING: Final = ("OUT-106", "OUT-107", "OUT-108", "OUT-116")


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
    under = without_notes(under, header, figures, finder, names_of_indicators, remarks)
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
    return all(bool(under.select(is_empty(place).all()).item()) for place in surplus)


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
