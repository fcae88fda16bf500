"""Finds the table in a file as a layout describes it: the sheet, the header, what each column means."""

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from outcomes.intake.codes import closest, fold_header
from outcomes.intake.entries_model import TEXT_COLUMNS, WANTED
from outcomes.intake.headers import Header, HeaderFinder, spellings_of_header
from outcomes.intake.period_spellings import read_period
from outcomes.intake.quoting import quoted
from outcomes.intake.reading.grid import Grid, Refusal, column_letter
from outcomes.intake.remark import Remark
from outcomes.partnership.layout import NUMBERS
from outcomes.vocabulary import PeriodKind

__all__ = ["cells_under", "find_table", "listed", "refuse_other_tables", "undescribed"]

# what is read as a number and in no other way
_KEPT_WHOLE: Final = ("numerator", "denominator")
# what is read as a number or looked at row by row; of all else each different text is read once
_KEPT_APART: Final = (*NUMBERS, *TEXT_COLUMNS)


def find_table(grids: Sequence[Grid], finder: HeaderFinder) -> tuple[Header, tuple[Remark, ...]]:
    """Return the header of the one table that is meant, and what is to be said about finding it.

    Raises:
        Refusal: No sheet has the header, or several have.
    """
    wanted = finder.description.sheet
    spellings = spellings_of_header(wanted) if wanted else ()
    offered = [grid for grid in grids if not wanted or grid.sheet is None or fold_header(grid.sheet) in spellings]
    shown = listed([grid.sheet or "" for grid in grids])
    if not offered:
        raise Refusal(Remark(code="OUT-110", details={"expected": wanted, "sheets": shown}))
    found = [header for grid in offered if (header := _header_of(grid, finder)) is not None]
    if not found:
        raise Refusal(_no_header(offered, finder))
    if len(found) > 1 and finder.named:
        # a sheet with all that is described is meant, rather than one with a part of it
        counts = [finder.found_in(header.texts) for header in found]
        found = [header for header, count in zip(found, counts, strict=True) if count == max(counts)]
    if len(found) > 1:
        raise _several(found)
    header = found[0]
    others = [grid.sheet or "" for grid in grids if grid is not header.grid]
    remarks = []
    if wanted:
        # another sheet that the description names too, with a part of what it describes
        others = [grid.sheet or "" for grid in offered if grid is not header.grid]
    if others:
        details = {"sheet": quoted(header.grid.sheet or ""), "others": listed(others)}
        remarks.append(Remark(code="OUT-161", details=details))
    return header, (*remarks, *_header_remarks(header, finder))


def _several(headers: Sequence[Header]) -> Refusal:
    return Refusal(Remark(code="OUT-105", details={"sheets": listed([header.grid.sheet or "" for header in headers])}))


def refuse_other_tables(grids: Sequence[Grid], finder: HeaderFinder) -> None:
    """Refuse a workbook in which more worksheets than one hold the header, whatever each of them is called.

    A sheet of one's own beside the one that a template asks for would be lost in silence.

    Raises:
        Refusal: Several worksheets have the header.
    """
    found = [header for grid in grids if (header := _header_of(grid, finder)) is not None]
    if len(found) > 1:
        raise _several(found)


def undescribed(header: Header, finder: HeaderFinder) -> list[str]:
    """Return the folded headers of which a description of the sheet says nothing."""
    return [fold_header(text) for text in header.texts if fold_header(text) and not finder.is_described(text)]


def listed(names: Sequence[str]) -> str:
    """Return names as a list of words, the first ten of them."""
    shown = [quoted(name, 31) for name in names[:10]]
    return ", ".join(shown) + (f" and {len(names) - 10} more" if len(names) > 10 else "")


def _first_rows(grid: Grid, finder: HeaderFinder) -> list[tuple[str | None, ...]]:
    return grid.texts(0, finder.description.header_search_rows + finder.description.header_rows - 1).rows()


def _header_of(grid: Grid, finder: HeaderFinder) -> Header | None:
    if grid.header is not None:
        if not finder.is_header(grid.header):
            return None
        first, position, texts = -1, -1, grid.header
    else:
        rows = _first_rows(grid, finder)
        found = finder.position_in(rows)
        if found is None:
            return None
        count = finder.description.header_rows
        first, position, texts = found, found + count - 1, finder.merged(rows[found : found + count])
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
    return Header(grid, position, texts, names, columns, finder.description, first)


def _header_remarks(header: Header, finder: HeaderFinder) -> tuple[Remark, ...]:
    remarks: list[Remark] = []
    seen: dict[str, int] = {}
    offered = [name for name in finder.meanings.values() if name not in header.columns and name not in finder.unasked]
    is_first_meant = finder.description.is_header_repeated_by_first
    for place, text in enumerate(header.texts):
        folded = fold_header(text)
        if not folded:
            remarks.extend(_nameless(header, place))
            continue
        meaning = finder.meanings.get(folded)
        name = meaning or folded
        is_needed = meaning or not finder.is_translated or folded in finder.needed_once or finder.is_of_pattern(text)
        # the first counts only of columns with one and the same header, not of alternatives
        is_told = is_first_meant and name in seen and fold_header(header.texts[seen[name]]) == folded
        if name in seen and is_needed and not is_told:
            remarks.append(Remark(code="OUT-103", row=header.row, column=quoted(name), value=text))
        seen.setdefault(name, place)
        if meaning and not finder.is_translated and text != meaning:
            remarks.append(Remark(code="OUT-160", row=header.row, column=meaning, value=text))
        if not meaning and not finder.is_translated and not finder.is_described(text):
            near = closest(folded, offered)
            details = {
                "hint": f"Did you mean {near}?" if near else "",
                "expected": ", ".join(sorted(offered)) or "none",
            }
            remarks.append(Remark(code="OUT-158", row=header.row, column=quoted(folded), value=text, details=details))
    remarks += _alternatives(header, finder)
    return tuple(remarks)


def _alternatives(header: Header, finder: HeaderFinder) -> Iterator[Remark]:
    """Of headers that stand for one another in several issues, two in one sheet leave open which is meant."""
    for spellings in finder.named:
        standing = [place for spelling in spellings if (place := header.places.get(spelling)) is not None]
        if len(standing) > 1:
            last = header.texts[max(standing)]
            yield Remark(
                code="OUT-103", row=header.row, column=quoted(fold_header(last)), value=last, place=max(standing)
            )


def _nameless(header: Header, place: int) -> list[Remark]:
    below = max(header.position + 1, 0)
    cells = header.grid.cells[str(place)].slice(below).cast(pl.String)
    filled = (cells.is_not_null() & (cells.str.strip_chars() != "")).arg_true()
    if filled.is_empty() and header.description.columns:
        # a spacer in a sheet that is described
        return []
    if filled.is_empty():
        return [Remark(code="OUT-153", details={"letter": column_letter(place)})]
    first = str(header.grid.rows[below + int(filled[0])])
    return [Remark(code="OUT-159", row=header.row, details={"letter": column_letter(place), "first": first})]


def _no_header(grids: Sequence[Grid], finder: HeaderFinder) -> Remark:
    rows = [row for grid in grids for row in _first_rows(grid, finder)]
    rows += [grid.header for grid in grids if grid.header]
    months = max(
        (sum(1 for cell in row if cell and read_period(cell, "text", PeriodKind.MONTH)[0]) for row in rows), default=0
    )
    offered = {name: name for name, meaning in finder.meanings.items() if meaning in WANTED}
    offered |= {spelling: spellings[0] for spellings in finder.named for spelling in spellings}
    side_by_side = finder.description.side_by_side
    pattern = [side_by_side.pattern] if side_by_side and side_by_side.pattern else []
    known = {folded for row in rows for cell in row if cell and (folded := fold_header(cell)) in offered}
    hint = ""
    if known:
        hint = f"Only these were found: {', '.join(sorted(known))}."
    if months >= 2:
        hint += " The periods seem to stand side by side; one row for each period is wanted."
    details = {
        "rows": str(finder.description.header_search_rows),
        "hint": hint.strip(),
        "expected": ", ".join([*dict.fromkeys(offered.values()), *pattern]),
    }
    return Remark(code="OUT-101", details=details)


def cells_under(header: Header) -> pl.DataFrame:
    """Return the cells below the header, with the partner's row numbers and their position in the grid.

    Of a table in the long form, the columns of counts stay whole numbers where they are, and those of which each text
    is read once stay as they are where many rows share their texts; everything else is text.
    """
    grid = header.grid
    kept = {
        str(place)
        for name, place in header.columns.items()
        if header.is_plain
        and (name in _KEPT_WHOLE or (name not in _KEPT_APART and grid.cells.schema[str(place)] == pl.Enum))
    }
    frame = grid.cells.with_columns(
        *(
            pl.col(name).cast(pl.String)
            for name, dtype in grid.cells.schema.items()
            if dtype != pl.String and name not in kept
        ),
        grid.rows.alias("row"),
    )
    frame = frame.with_columns(pl.Series(f"{place}_kind", kinds) for place, kinds in grid.kinds.items())
    if grid.field_counts is not None:
        frame = frame.with_columns(grid.field_counts.alias("fields"))
    return frame.slice(header.position + 1)
