"""Draws a partner's sheet as a small table: its own rows and columns, with the cells marked that findings are about."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from outcomes.finding import Finding
from outcomes.intake.model import ExcerptRow, SheetExcerpt
from outcomes.report.result_about import is_of_sheet, row_is_about
from outcomes.report.result_groups import Group, needs_nothing
from outcomes.report.result_subject import Subject
from outcomes.report.wording import say
from outcomes.vocabulary import Severity

__all__ = ["CellView", "Mark", "MarkedCell", "MarkedRow", "RowView", "SheetView", "sheet_views"]

_MOST_ROWS: Final = 26
_MANY_ROWS: Final = 14
# the list names every cell of a kind; the sheet shows where it begins
_MOST_OF_A_KIND: Final = 6
_ADDRESS: Final = re.compile(r"([A-Z]+)[0-9]+\Z")
_NUMBER: Final = re.compile(r"[-+\u2212]?[0-9][0-9.,]*%?\Z")


@dataclass(frozen=True, slots=True)
class Mark:
    """A number in a cell that leads to what is said about it."""

    label: str
    anchor: str
    spoken: str
    # loudest first: a fault, something to look at, something that was only said
    kind: str

    @property
    def is_fault(self) -> bool:
        """Whether it is to be mended."""
        return self.kind == "x"


def _marked(marks: Sequence[Mark]) -> str:
    return next((kind for kind in "xnq" if any(mark.kind == kind for mark in marks)), "")


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell: its text, how it is set, and the marks in it."""

    text: str
    is_number: bool
    marks: tuple[Mark, ...] = ()

    @property
    def kind(self) -> str:
        """The classes of the cell."""
        return " ".join(name for name in ("r" if self.is_number else "", _marked(self.marks)) if name)


@dataclass(frozen=True, slots=True)
class RowView:
    """One row: its number, whether it is a header's, what is left out above it, and its cells."""

    number: str
    is_header: bool
    is_withheld: bool
    skipped: str
    marks: tuple[Mark, ...]
    cells: tuple[CellView, ...]

    @property
    def kind(self) -> str:
        """The class of the row's number."""
        return _marked(self.marks)


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """A marked cell where only such are drawn: its address, the heading of its column, and what stands there."""

    address: str
    header: str
    cell: CellView


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row where only marked cells are drawn: its number, what it is about, and the cells."""

    number: str
    about: str
    is_withheld: bool
    marks: tuple[Mark, ...]
    cells: tuple[MarkedCell, ...]


@dataclass(frozen=True, slots=True)
class SheetView:
    """One sheet, or the part of it that is shown; `marked` is what a narrow screen shows of it."""

    name: str
    letters: tuple[str, ...]
    rows: tuple[RowView, ...]
    left_out: tuple[str, ...]
    marked: tuple[MarkedRow, ...] = ()

    @property
    def width(self) -> int:
        """How many columns stand beside the row's number."""
        return len(self.letters)


def sheet_views(subject: Subject, numbered: Sequence[tuple[str, str, Group]]) -> tuple[SheetView, ...]:
    """Return the sheets of a return.

    Arguments:
        subject: The return.
        numbered: The label, the anchor and the findings of each kind that a mark leads to.
    """
    found = [(excerpt, _sheet(excerpt, subject, numbered)) for excerpt in subject.excerpts]
    # where something is to be mended, only the sheets in which it stands
    faulty = {one.sheet for group in subject.faults for one in group.findings if one.row is not None}
    shown = [view for excerpt, view in found if not faulty or excerpt.sheet in faulty or None in faulty]
    return tuple(shown or [view for _, view in found])


def _sheet(excerpt: SheetExcerpt, subject: Subject, numbered: Sequence[tuple[str, str, Group]]) -> SheetView:
    marks: dict[tuple[int, str], list[Mark]] = {}
    for label, anchor, group in numbered:
        is_fault = group.first.severity is Severity.ERROR
        spoken = say("res_mark_fault" if is_fault else "res_mark_note", number=label)
        mark = Mark(label, anchor, spoken, "x" if is_fault else "q" if needs_nothing(group.first) else "n")
        for one in group.findings:
            if one.row is None or not is_of_sheet(one, excerpt, subject):
                continue
            here = marks.setdefault((one.row, _letter(one, excerpt)), [])
            if mark not in here:
                here.append(mark)
    rows = tuple(_rows(excerpt, marks))
    if excerpt.sheet is not None:
        name = say("res_of_sheet", sheet=excerpt.sheet)
    else:
        name = say("res_of_file", file=subject.file)
    hidden = excerpt.columns_left_out
    key = "res_columns_hidden_one" if hidden == 1 else "res_columns_hidden"
    left_out = (say(key, number=f"{hidden:,}"),) if hidden else ()
    letters = excerpt.letters if excerpt.has_addresses else _names(excerpt)
    return SheetView(name, letters, rows, left_out, tuple(_marked_rows(excerpt, rows, subject)))


def _marked_rows(excerpt: SheetExcerpt, rows: Sequence[RowView], subject: Subject) -> Iterator[MarkedRow]:
    heads = [row for row in excerpt.rows if row.is_header]
    headers = heads[-1].cells if heads else ("",) * len(excerpt.letters)
    for row in rows:
        marked = [at for at, cell in enumerate(row.cells) if cell.marks]
        if not (row.marks or marked):
            continue
        faulty = excerpt.columns[marked[0]] if len(marked) == 1 else None
        here = Finding(code="", severity=Severity.WARNING, text="", sheet=excerpt.sheet, row=int(row.number or 0))
        yield MarkedRow(
            row.number,
            "" if row.is_header else row_is_about(replace(here, column=faulty), subject),
            row.is_withheld,
            row.marks,
            tuple(MarkedCell(_address(excerpt, at, row), headers[at], row.cells[at]) for at in marked),
        )


def _address(excerpt: SheetExcerpt, at: int, row: RowView) -> str:
    return f"{excerpt.letters[at]}{row.number}" if excerpt.has_addresses else ""


def _names(excerpt: SheetExcerpt) -> tuple[str, ...]:
    """A table without a sheet has no letters."""
    return tuple("" for _ in excerpt.letters)


def _letter(finding: Finding, excerpt: SheetExcerpt) -> str:
    """The letters of the column that a finding is about; empty for the whole row."""
    found = _ADDRESS.match(finding.cell or "")
    if found:
        return found[1] if found[1] in excerpt.letters else ""
    if finding.column in excerpt.columns:
        return excerpt.letters[excerpt.columns.index(finding.column)]
    return ""


def _rows(excerpt: SheetExcerpt, marks: Mapping[tuple[int, str], Sequence[Mark]]) -> Iterator[RowView]:
    shown = _chosen(excerpt, marks)
    skipped = 0
    for row in excerpt.rows:
        skipped += row.skipped
        if row not in shown:
            skipped += 1
            continue
        said = say("res_skipped_one") if skipped == 1 else say("res_skipped", number=f"{skipped:,}") if skipped else ""
        skipped = 0
        number = row.row or 0
        yield RowView(
            number="" if row.row is None else str(row.row),
            is_header=row.is_header,
            is_withheld=row.is_withheld,
            skipped=said,
            marks=tuple(
                mark
                for letter in ("", *(excerpt.letters if row.is_withheld else ()))
                for mark in marks.get((number, letter), ())
            ),
            cells=tuple(
                CellView(text, _NUMBER.match(text) is not None, tuple(marks.get((number, letter), ())))
                for letter, text in zip(excerpt.letters, row.cells, strict=True)
            ),
        )


def _chosen(excerpt: SheetExcerpt, marks: Mapping[tuple[int, str], Sequence[Mark]]) -> Sequence[ExcerptRow]:
    """So many rows as a page can bear: the header, of each kind the first, the second …, then those beside them."""
    turn_of: dict[int, int] = {}
    counts: dict[str, int] = {}
    for (row, _), here in sorted(marks.items()):
        for mark in here:
            if mark.kind == "q":
                continue
            counts[mark.label] = counts.get(mark.label, 0) + 1
            turn_of[row] = min(turn_of.get(row, counts[mark.label]), counts[mark.label])
    last = len(excerpt.rows) + 1
    turns = [turn_of.get(row.row or 0, last) for row in excerpt.rows]
    is_long = len(excerpt.rows) > _MANY_ROWS
    order = sorted(range(len(excerpt.rows)), key=lambda at: (not excerpt.rows[at].is_header, turns[at], at))
    kept = [at for at in order if not is_long or turns[at] <= _MOST_OF_A_KIND or turns[at] == last]
    return [excerpt.rows[at] for at in kept[:_MOST_ROWS]]
