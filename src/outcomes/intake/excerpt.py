"""Cuts a bounded excerpt out of a partner's sheets: the rows around what was found, quoted short, people's rows out."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from outcomes.finding import Finding
from outcomes.intake.headers import Header
from outcomes.intake.model import ExcerptRow, SheetExcerpt
from outcomes.intake.personal_numbers import has_nhs_number
from outcomes.intake.quoting import quoted
from outcomes.intake.reading.grid import Grid, column_letter
from outcomes.vocabulary import Severity

__all__ = ["excerpts_of"]

_MOST_SHEETS: Final = 6
_MOST_ROWS: Final = 48
_MOST_HEADER_ROWS: Final = 6
_MOST_COLUMNS: Final = 12
# where nothing is to be mended, so many rows show what was read
_SAMPLE: Final = 6
_MAX_CELL: Final = 32
_ADDRESS: Final = re.compile(r"([A-Z]+)[0-9]+\Z")


def excerpts_of(
    grids: Sequence[Grid], headers: Sequence[Header], findings: Iterable[Finding]
) -> tuple[SheetExcerpt, ...]:
    """Return the parts of the sheets that a page shows: never more than 48 rows and 12 columns of each of six.

    Of a row in which an NHS number stands, no cell is taken, whichever columns are shown.

    Arguments:
        grids: The sheets of the file.
        headers: Those of its tables that were found.
        findings: What was found; faults come before remarks where not all rows have room.
    """
    on_rows = [finding for finding in findings if finding.row is not None]
    first_read = headers[0].grid if headers else None
    chosen: list[tuple[bool, int, Grid, tuple[Header, ...], list[Finding], str | None]] = []
    for at, grid in enumerate(grids):
        of_grid = tuple(header for header in headers if header.grid is grid)
        name = None if grid.sheet is None else quoted(grid.sheet, 40)
        # a finding that names no sheet is about the table that was read
        here = [one for one in on_rows if one.sheet == name or (one.sheet is None and grid is first_read)]
        is_faulty = any(one.severity is Severity.ERROR for one in here)
        if (of_grid or here or not (headers or chosen)) and not grid.cells.is_empty():
            chosen.append((not is_faulty, at, grid, of_grid, here, name))
    # sheets in which something is to be mended come first
    chosen.sort(key=lambda one: one[:2])
    return tuple(_excerpt(grid, of_grid, here, name) for _, _, grid, of_grid, here, name in chosen[:_MOST_SHEETS])


def _excerpt(grid: Grid, headers: Sequence[Header], findings: Sequence[Finding], name: str | None) -> SheetExcerpt:
    head = [
        position
        for header in headers
        for position in range(max(header.first, 0), header.position + 1)
        if header.position >= 0
    ][:_MOST_HEADER_ROWS]
    positions = _positions(grid, head, findings)
    places = _places(grid, headers, findings)
    rows: list[ExcerptRow] = []
    if grid.header is not None:
        named = dict(zip(grid.cells.columns, grid.header, strict=False))
        texts = tuple(quoted(named[str(place)], _MAX_CELL) for place in places)
        rows.append(ExcerptRow(None, texts, is_header=True))
    before = -1
    for position in positions:
        rows.append(_row(grid, position, places, is_header=position in head, skipped=position - before - 1))
        before = position
    names = {place: column for header in reversed(headers) for column, place in header.columns.items()}
    return SheetExcerpt(
        sheet=name,
        letters=tuple(column_letter(place) for place in places),
        columns=tuple(names.get(place, "") for place in places),
        rows=tuple(rows),
        rows_left_out=grid.cells.height - len(positions),
        columns_left_out=grid.cells.width - len(places),
        has_addresses=grid.has_addresses,
    )


def _positions(grid: Grid, head: Sequence[int], findings: Sequence[Finding]) -> list[int]:
    height = grid.cells.height
    chosen = dict.fromkeys(head)
    faults = [one for one in findings if one.severity is Severity.ERROR] or findings
    marked = [at for at in (_position(grid, finding.row) for finding in _by_turns(faults)) if at is not None]
    remarks = [one for one in findings if one.severity is not Severity.ERROR]
    remarked = [at for at in (_position(grid, one.row) for one in _by_turns(remarks)) if at is not None]
    # first every marked row, then those beside it, then some of which something was only said, while there is room
    for step, ones in ((0, marked), (-1, marked), (1, marked), (0, remarked[:_SAMPLE])):
        for at in ones:
            if 0 <= at + step < height and len(chosen) < _MOST_ROWS:
                chosen.setdefault(at + step)
    if not marked:
        start = max(head) + 1 if head else 0
        chosen.update(dict.fromkeys(range(start, min(start + _SAMPLE, height))))
    return sorted(chosen)


def _by_turns(findings: Iterable[Finding]) -> list[Finding]:
    """The first of each kind, then the second of each: no kind takes all the room."""
    counts: dict[tuple[str, str | None], int] = {}
    turns: list[tuple[int, Finding]] = []
    for finding in findings:
        kind = (finding.code, finding.column)
        counts[kind] = counts.get(kind, 0) + 1
        turns.append((counts[kind], finding))
    return [finding for _, finding in sorted(turns, key=lambda turn: turn[0])]


def _position(grid: Grid, row: int | None) -> int | None:
    if row is None or grid.rows.is_empty():
        return None
    at = int(grid.rows.search_sorted(row))
    return at if at < len(grid.rows) and grid.rows[at] == row else None


def _places(grid: Grid, headers: Sequence[Header], findings: Sequence[Finding]) -> list[int]:
    """The columns shown: those of faults, then those that were read, then those of remarks, then from the left."""
    there = [int(name) for name in grid.cells.columns]
    faults = [one for one in findings if one.severity is Severity.ERROR]
    marked, remarked = ([place for one in ones if (place := _place_of(one)) is not None] for ones in (faults, findings))
    read = [place for header in headers for place in header.columns.values()]
    known = set(there)
    wanted = [place for place in dict.fromkeys((*marked, *read, *remarked, *there)) if place in known]
    return sorted(wanted[:_MOST_COLUMNS])


def _place_of(finding: Finding) -> int | None:
    found = _ADDRESS.match(finding.cell or "")
    if found is None:
        return None
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _row(grid: Grid, position: int, places: Sequence[int], *, is_header: bool, skipped: int) -> ExcerptRow:
    values = grid.texts(position, 1).row(0)
    number = int(grid.rows[position])
    if any(text is not None and has_nhs_number(text) for text in values):
        return ExcerptRow(number, ("",) * len(places), is_header=is_header, is_withheld=True, skipped=skipped)
    by_name = dict(zip(grid.cells.columns, values, strict=True))
    cells = tuple(quoted(_shown(by_name[str(place)] or "", grid, position, place), _MAX_CELL) for place in places)
    return ExcerptRow(number, cells, is_header=is_header, skipped=skipped)


def _shown(text: str, grid: Grid, position: int, place: int) -> str:
    """What a cell shows: in a percent format a hundred times what it holds."""
    kinds = grid.kinds.get(str(place))
    if kinds is None or kinds[position] != "percent":
        return text
    try:
        return f"{(Decimal(text) * 100).normalize():f}%"
    except InvalidOperation:
        return text
