"""Finds the table in a file as a layout describes it: the sheet, the header, what each column means."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from outcomes.intake.codes import closest, fold_header
from outcomes.intake.entries_model import WANTED
from outcomes.intake.period_spellings import read_period
from outcomes.intake.quoting import quoted
from outcomes.intake.reading.grid import Grid, Refusal, column_letter
from outcomes.intake.remark import Remark
from outcomes.partnership.layout import Layout
from outcomes.vocabulary import PeriodKind

__all__ = ["Header", "find_table", "header_finder"]

_FEWEST: Final = 3


@dataclass(frozen=True)
class Header:
    """The header of a table.

    Attributes:
        grid: The table's cells.
        position: The place of the header among the rows; -1 where the file itself names its columns.
        texts: The partner's own names, by place.
        names: Our column or the folded header, by place; nameless columns are absent.
        columns: Our column to its place.
    """

    grid: Grid
    position: int
    texts: tuple[str, ...]
    names: dict[int, str]
    columns: dict[str, int]

    @property
    def row(self) -> int:
        """The row of the sheet in which the header stands; 1 where the file itself names its columns."""
        return 1 if self.position < 0 else int(self.grid.rows[self.position])


def header_finder(layout: Layout, known: Sequence[str], unasked: Collection[str] = ()) -> "HeaderFinder":
    """Return what tells a header from other rows, for a layout and the columns that a partnership knows.

    Columns that it knows but does not ask for are read where they stand, and offered to nobody.
    """
    meanings = {fold_header(text): column for text, column in layout.columns.items()}
    return HeaderFinder(layout, meanings or {name: name for name in known}, bool(meanings), frozenset(unasked))


@dataclass(frozen=True)
class HeaderFinder:
    """Tells a header from other rows."""

    layout: Layout
    meanings: dict[str, str]
    is_translated: bool
    unasked: frozenset[str] = frozenset()

    def is_header(self, texts: Sequence[str | None]) -> bool:
        """Whether enough of the columns that are needed stand in a row."""
        found = {self.meanings.get(fold_header(text)) for text in texts if text} & set(WANTED)
        offered = set(self.meanings.values()) & set(WANTED)
        return len(found) >= min(_FEWEST, len(offered))

    def position_in(self, rows: Sequence[Sequence[str | None]]) -> int | None:
        """Return the place of the header among some first rows, or None."""
        for position, texts in enumerate(rows[: self.layout.header_search_rows]):
            if self.is_header(texts):
                return position
        return None

    def has_header(self, rows: list[list[str]]) -> bool:
        """Whether the header stands in some first rows."""
        return self.position_in(rows) is not None


def find_table(grids: Sequence[Grid], finder: HeaderFinder) -> tuple[Header, tuple[Remark, ...]]:
    """Return the header of the one table that is meant, and what is to be said about finding it.

    Raises:
        Refusal: No sheet has the header, or several have.
    """
    wanted = finder.layout.sheet
    offered = [
        grid for grid in grids if not wanted or grid.sheet is None or fold_header(grid.sheet) == fold_header(wanted)
    ]
    shown = _listed([grid.sheet or "" for grid in grids])
    if not offered:
        raise Refusal(Remark(code="OUT-110", details={"expected": wanted, "sheets": shown}))
    found = [header for grid in offered if (header := _header_of(grid, finder)) is not None]
    if not found:
        raise Refusal(_no_header(offered, finder))
    if len(found) > 1:
        sheets = _listed([header.grid.sheet or "" for header in found])
        raise Refusal(Remark(code="OUT-105", details={"sheets": sheets}))
    header = found[0]
    others = [grid.sheet or "" for grid in grids if grid is not header.grid]
    remarks = []
    if others and not wanted:
        details = {"sheet": quoted(header.grid.sheet or ""), "others": _listed(others)}
        remarks.append(Remark(code="OUT-161", details=details))
    return header, (*remarks, *_header_remarks(header, finder))


def _listed(names: Sequence[str]) -> str:
    shown = [quoted(name, 31) for name in names[:10]]
    return ", ".join(shown) + (f" and {len(names) - 10} more" if len(names) > 10 else "")


def _first_rows(grid: Grid, count: int) -> list[tuple[str | None, ...]]:
    return grid.cells.head(count).rows()


def _header_of(grid: Grid, finder: HeaderFinder) -> Header | None:
    if grid.header is not None:
        if not finder.is_header(grid.header):
            return None
        position, texts = -1, grid.header
    else:
        rows = _first_rows(grid, finder.layout.header_search_rows)
        found = finder.position_in(rows)
        if found is None:
            return None
        position, texts = found, tuple(text or "" for text in rows[found])
    names: dict[int, str] = {}
    columns: dict[str, int] = {}
    for place, text in enumerate(texts):
        folded = fold_header(text)
        if not folded:
            continue
        meaning = finder.meanings.get(folded)
        names[place] = meaning or folded
        if meaning:
            columns.setdefault(meaning, place)
    return Header(grid, position, texts, names, columns)


def _header_remarks(header: Header, finder: HeaderFinder) -> tuple[Remark, ...]:
    remarks: list[Remark] = []
    undescribed: list[str] = []
    seen: dict[str, int] = {}
    ignored = {fold_header(row_filter.column) for row_filter in finder.layout.rows} | {
        fold_header(text) for text in finder.layout.ignored_columns
    }
    offered = [name for name in finder.meanings.values() if name not in header.columns and name not in finder.unasked]
    for place, text in enumerate(header.texts):
        folded = fold_header(text)
        if not folded:
            remarks.extend(_nameless(header, place))
            continue
        meaning = finder.meanings.get(folded)
        name = meaning or folded
        if name in seen and (meaning or not finder.is_translated):
            remarks.append(Remark(code="OUT-103", row=header.row, column=quoted(name), value=text))
        seen.setdefault(name, place)
        if meaning and not finder.is_translated and text != meaning:
            remarks.append(Remark(code="OUT-160", row=header.row, column=meaning, value=text))
        if not meaning and finder.is_translated:
            undescribed += [folded] if folded not in ignored else []
        elif not meaning and folded not in ignored:
            near = closest(folded, offered)
            details = {
                "hint": f"Did you mean {near}?" if near else "",
                "expected": ", ".join(sorted(offered)) or "none",
            }
            remarks.append(Remark(code="OUT-158", row=header.row, column=quoted(folded), value=text, details=details))
    if undescribed:
        remarks.append(Remark(code="OUT-164", details={"columns": _listed(undescribed)}))
    return tuple(remarks)


def _nameless(header: Header, place: int) -> list[Remark]:
    cells = header.grid.cells[str(place)]
    filled = (cells.is_not_null() & (cells.str.strip_chars() != "")).arg_true()
    if filled.is_empty():
        return [Remark(code="OUT-153", details={"letter": column_letter(place)})]
    first = str(header.grid.rows[int(filled[0])])
    return [Remark(code="OUT-159", row=header.row, details={"letter": column_letter(place), "first": first})]


def _no_header(grids: Sequence[Grid], finder: HeaderFinder) -> Remark:
    rows = [row for grid in grids for row in _first_rows(grid, finder.layout.header_search_rows)]
    rows += [grid.header for grid in grids if grid.header]
    months = max(
        (sum(1 for cell in row if cell and read_period(cell, "text", PeriodKind.MONTH)[0]) for row in rows), default=0
    )
    known = {self_name for row in rows for cell in row if cell and (self_name := fold_header(cell)) in finder.meanings}
    hint = ""
    if known:
        hint = f"Only these were found: {', '.join(sorted(known))}."
    if months >= 2:
        hint += " The periods seem to stand side by side; one row for each period is wanted."
    details = {
        "rows": str(finder.layout.header_search_rows),
        "hint": hint.strip(),
        "expected": ", ".join(name for name, meaning in finder.meanings.items() if meaning in WANTED),
    }
    return Remark(code="OUT-101", details=details)


def cells_under(header: Header) -> pl.DataFrame:
    """Return the cells below the header, with the partner's row numbers and their position in the grid."""
    grid = header.grid
    frame = grid.cells.with_columns(grid.rows.alias("row"))
    frame = frame.with_columns(pl.Series(f"{place}_kind", kinds) for place, kinds in grid.kinds.items())
    if grid.field_counts is not None:
        frame = frame.with_columns(grid.field_counts.alias("fields"))
    return frame.slice(header.position + 1)
