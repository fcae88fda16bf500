"""Reads an Excel workbook (.xlsx) that was found safe: every worksheet's cells as text with their kinds."""

import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import zip_longest
from types import MappingProxyType
from typing import Any, Final, TypeVar

import polars as pl
import python_calamine

from outcomes.intake.personal_numbers import rows_with_nhs_number
from outcomes.intake.quoting import quoted
from outcomes.intake.reading.distinct_cells import values_of_contents
from outcomes.intake.reading.grid import KIND, NO_RESULT, Grid, Reading, Refusal, cell_address
from outcomes.intake.reading.plain_sheet import PlainSheet
from outcomes.intake.reading.sheet_marks import sheet_marks, sheet_parts, spread
from outcomes.intake.reading.sheet_walk import SheetMarks
from outcomes.intake.reading.text_size import hold_text_size
from outcomes.intake.reading.unseen_texts import SHARED_TEXTS, unseen_numbers
from outcomes.intake.reading.zip_safety import safe_archive
from outcomes.intake.remark import Remark
from outcomes.partnership.layout import Limits

__all__ = ["grids_of", "read_workbook"]

Read = TypeVar("Read")

# what the workbook reader knows
_KNOWN_ERRORS: Final = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_MIDNIGHT: Final = time(0)
_EXACT: Final = 2.0**53
# a cell that holds something takes far more of a packed file than a twentieth of a byte
_FREE_CELLS: Final = 2_000_000
_CELLS_PER_BYTE: Final = 20


def read_workbook(content: bytes, limits: Limits) -> Reading:
    """Return one table for each worksheet that holds anything.

    Raises:
        Refusal: The archive is a trap or damaged, or the workbook is too large.
    """
    archive = safe_archive(content, limits)
    sheets = sheet_parts(archive)
    marks = {name: sheet_marks(archive, part) for name, part in sheets.items()}
    plain = {name: found.plain for name, found in marks.items() if found.plain is not None}
    grids = grids_of(content, marks, limits, values_of_contents(archive, sheets, plain))
    unseen = dict(unseen_numbers(archive, sheets, plain))
    if SHARED_TEXTS in unseen and any(rows_with_nhs_number(cells) for grid in grids for cells in grid.cells):
        # it is said of the cell that shows it
        unseen.pop(SHARED_TEXTS)
    return Reading(grids, tuple(unseen.values()))


def grids_of(
    content: bytes,
    marks: Mapping[str, SheetMarks],
    limits: Limits,
    values: Mapping[str, list[Any]] = MappingProxyType({}),
) -> tuple[Grid, ...]:
    """Return the cells of each worksheet that holds anything.

    Arguments:
        content: The workbook, in a form that was found safe.
        marks: What stands in each worksheet beside its values, by name.
        limits: How large a sheet may be.
        values: Of plain worksheets whose contents were already read, by name, what each of them is.

    Raises:
        Refusal: The workbook cannot be read, holds nothing, or a sheet is too large.
    """
    filled = {name: found for name, found in marks.items() if found.height}
    for name, found in filled.items():
        _hold_extent(found, name, limits)
    _hold_area(filled.values(), len(content))
    # also where every sheet was read: what the reader refuses is refused
    workbook = _opened(content)
    grids = tuple(
        _plain_grid(found.plain, found.of_contents, values[name], name)
        if found.plain is not None and name in values
        else _grid(_cells_of(workbook, name, found), spread(found), name)
        for name, found in filled.items()
    )
    if not grids:
        raise Refusal(Remark(code="OUT-001"))
    hold_text_size([column for grid in grids for column in grid.cells], limits)
    return grids


def _hold_extent(marks: SheetMarks, name: str, limits: Limits) -> None:
    # before the reader makes room for every cell between the first and the last one
    if marks.height > limits.max_rows + 1:
        details = {"found": f"{marks.height:,}", "limit": f"{limits.max_rows:,}"}
        raise Refusal(Remark(code="OUT-011", sheet=name, details=details))
    if marks.width > limits.max_columns:
        details = {"found": f"{marks.width:,}", "limit": f"{limits.max_columns:,}"}
        raise Refusal(Remark(code="OUT-012", sheet=name, details=details))


def _hold_area(sheets: Iterable[SheetMarks], size_bytes: int) -> None:
    # two cells in far corners make a table of millions: room for all of it is made only where the file is as large
    area = sum(marks.height * marks.width for marks in sheets)
    if area > _FREE_CELLS + _CELLS_PER_BYTE * size_bytes:
        what = f"its cells lie so far apart that the tables around them have {area:,} cells, nearly all of them empty"
        raise Refusal(Remark(code="OUT-006", details={"what": what}))


def _damaged(what: str) -> Refusal:
    return Refusal(Remark(code="OUT-007", details={"what": what}))


def _opened(content: bytes) -> python_calamine.CalamineWorkbook:
    return _held(lambda: python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)))


def _cells_of(workbook: python_calamine.CalamineWorkbook, name: str, marks: SheetMarks) -> list[list[Any]]:
    try:
        return _held(lambda: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
    except Refusal:
        unknown = [(place, text) for place, text in sorted(spread(marks).errors.items()) if text not in _KNOWN_ERRORS]
        if not unknown:
            raise
    (row, column), text = unknown[0]
    what = f"the cell {cell_address(column, row + 1)} holds the error “{quoted(text, 20)}”, at which reading ends"
    raise Refusal(Remark(code="OUT-007", row=row + 1, sheet=name, details={"what": what}))


def _held(read: Callable[[], Read]) -> Read:
    # the reader's error may quote a cell: the refusal is raised when it is gone, and does not carry it along
    try:
        return read()
    except BaseException as error:
        refusal = _refusal_of(error)
    raise refusal


def _refusal_of(error: BaseException) -> BaseException:
    # the reader is written in Rust: what it cannot read may arrive as a panic, which is no Exception
    if isinstance(error, Exception) or type(error).__name__ == "PanicException":
        return _damaged("a sheet cannot be read")
    return error


def _grid(lines: list[list[Any]], marks: SheetMarks, name: str) -> Grid:
    height = max(len(lines), marks.height)
    width = max(max((len(line) for line in lines), default=0), marks.width)
    columns = list(zip_longest(*lines, fillvalue="")) if lines else []
    marked = _marked_places(marks)
    cells: dict[str, pl.Series] = {}
    kinds: dict[str, pl.Series] = {}
    for place in range(width):
        values = columns[place] if place < len(columns) else ()
        texts, sorts = _column((*values, *[""] * (height - len(values))) if len(values) < height else values)
        if place in marked:
            texts, sorts = _mark(texts.to_list(), sorts, marks, place)
        cells[str(place)] = texts
        if sorts is not None:
            kinds[str(place)] = sorts
    return Grid(
        cells=pl.DataFrame(cells),
        rows=pl.int_range(1, height + 1, dtype=pl.Int32, eager=True).alias("row"),
        kinds=kinds,
        sheet=name,
        hidden_rows=tuple(marks.hidden_rows),
    )


def _plain_grid(sheet: PlainSheet, marks: SheetMarks | None, values: list[Any], name: str) -> Grid:
    # the first stands for a place without a cell
    texts, kinds = _column(("", *values))
    if marks is not None:
        shifted = SheetMarks(
            errors={(position + 1, 0): text for (position, _), text in marks.errors.items()},
            uncalculated={(position + 1, 0) for position, _ in marks.uncalculated},
            percent={(position + 1, 0) for position, _ in marks.percent},
        )
        texts, kinds = _mark(texts.to_list(), kinds, shifted, 0)
    positions = sheet.positions + 1
    if len(positions) < sheet.height * sheet.width:
        nothing = pl.repeat(0, sheet.height * sheet.width, dtype=pl.UInt32, eager=True)
        positions = nothing.scatter(sheet.rows.cast(pl.Int64) * sheet.width + sheet.columns, positions)
    cells: dict[str, pl.Series] = {}
    kinds_of_cells: dict[str, pl.Series] = {}
    for place in range(sheet.width):
        at = positions.gather_every(sheet.width, place)
        cells[str(place)] = texts.gather(at)
        if kinds is not None and ((found := kinds.gather(at)) != "text").any():
            kinds_of_cells[str(place)] = found
    rows = pl.int_range(1, sheet.height + 1, dtype=pl.Int32, eager=True).alias("row")
    return Grid(cells=pl.DataFrame(cells), rows=rows, kinds=kinds_of_cells, sheet=name)


def _column(values: tuple[Any, ...]) -> tuple[pl.Series, pl.Series | None]:
    """Return the texts of a column, and the kinds of its cells; None where all are text."""
    types = set(map(type, values))
    if types <= {str}:
        texts = pl.Series(values, dtype=pl.String)
        return texts.set(texts == "", None), None
    if types <= {str, float}:
        return _texts_and_numbers(values)
    read = [_as_text(value) for value in values]
    sorts = pl.Series([kind for _, kind in read], dtype=KIND)
    return pl.Series([text for text, _ in read], dtype=pl.String), sorts if (sorts != "text").any() else None


def _texts_and_numbers(values: tuple[Any, ...]) -> tuple[pl.Series, pl.Series]:
    numbers = pl.Series([value if type(value) is float else None for value in values], dtype=pl.Float64)
    words = pl.Series([value or None if type(value) is str else None for value in values], dtype=pl.String)
    # beyond this a float is not every whole number
    is_small = (numbers.abs() < _EXACT) & (numbers == numbers.floor())
    wholes = numbers.set(~is_small, None).cast(pl.Int64).cast(pl.String)
    texts = words.zip_with(numbers.is_null(), wholes)
    others = (numbers.is_not_null() & ~is_small.fill_null(False)).arg_true()
    texts = texts.scatter(others, [_as_text(values[at])[0] for at in others])
    sorts = pl.repeat("text", len(values), dtype=KIND, eager=True)
    return texts, sorts.set(numbers.is_not_null(), "number")


def _marked_places(marks: SheetMarks) -> frozenset[int]:
    """The columns in which anything stands beside values."""
    return frozenset(column for _, column in (*marks.errors, *marks.uncalculated, *marks.percent))


def _mark(
    texts: list[str | None], kinds: pl.Series | None, marks: SheetMarks, place: int
) -> tuple[pl.Series, pl.Series | None]:
    sorts: list[str] = ["text"] * len(texts) if kinds is None else kinds.to_list()
    for (row, column), text in marks.errors.items():
        if column == place:
            texts[row], sorts[row] = text, "error"
    for row, column in marks.uncalculated:
        if column == place:
            texts[row], sorts[row] = NO_RESULT, "uncalculated"
    for row, column in marks.percent:
        if column == place and sorts[row] == "number":
            sorts[row] = "percent"
    found = pl.Series(sorts, dtype=KIND)
    return pl.Series(texts, dtype=pl.String), found if (found != "text").any() else None


def _as_text(value: Any) -> tuple[str | None, str]:
    match value:
        case str():
            text, kind = value or None, "text"
        case bool():
            text, kind = str(value).upper(), "boolean"
        case int():
            text, kind = str(value), "number"
        case float():
            text, kind = (str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")), "number"
        case datetime():
            text, kind = (value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(" ")), "date"
        case date() | time() | timedelta():
            text, kind = str(value), "date"
        case _:
            text, kind = None, "text"
    return text, kind
