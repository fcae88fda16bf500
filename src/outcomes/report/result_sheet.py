"""Draws a partner's sheet as a small table: its own rows and columns, with the cells marked that findings are about."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from outcomes.finding import Finding
from outcomes.intake.model import ExcerptRow, SheetExcerpt
from outcomes.report.result_groups import Group
from outcomes.report.result_subject import Subject
from outcomes.report.wording import say
from outcomes.vocabulary import Severity

__all__ = ["CellView", "Mark", "RowView", "SheetView", "row_is_about", "sheet_views"]

_MOST_ROWS: Final = 26
_MANY_ROWS: Final = 14
# the list names every cell of a kind; the sheet shows where it begins
_MOST_OF_A_KIND: Final = 6
_ADDRESS: Final = re.compile(r"([A-Z]+)[0-9]+\Z")
_NUMBER: Final = re.compile(r"[-+\u2212]?[0-9][0-9.,]*%?\Z")
_ABOUT: Final = ("indicator_id", "place_code", "period")


@dataclass(frozen=True, slots=True)
class Mark:
    """A number in a cell that leads to what is said about it."""

    label: str
    anchor: str
    spoken: str
    is_fault: bool


def _marked(marks: Sequence[Mark]) -> str:
    if not marks:
        return ""
    return "x" if any(mark.is_fault for mark in marks) else "n"


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
class SheetView:
    """One sheet, or the part of it that is shown."""

    name: str
    letters: tuple[str, ...]
    rows: tuple[RowView, ...]
    left_out: tuple[str, ...]

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


def _is_about(finding: Finding, excerpt: SheetExcerpt, subject: Subject) -> bool:
    return finding.sheet == excerpt.sheet or (finding.sheet is None and excerpt is subject.excerpts[0])


def _sheet(excerpt: SheetExcerpt, subject: Subject, numbered: Sequence[tuple[str, str, Group]]) -> SheetView:
    marks: dict[tuple[int, str], list[Mark]] = {}
    for label, anchor, group in numbered:
        is_fault = group.first.severity is Severity.ERROR
        spoken = say("res_mark_fault" if is_fault else "res_mark_note", number=label)
        mark = Mark(label, anchor, spoken, is_fault)
        for one in group.findings:
            if one.row is None or not _is_about(one, excerpt, subject):
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
    return SheetView(name, excerpt.letters if excerpt.has_addresses else _names(excerpt), rows, left_out)


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
            counts[mark.label] = counts.get(mark.label, 0) + 1
            turn_of[row] = min(turn_of.get(row, counts[mark.label]), counts[mark.label])
    last = len(excerpt.rows) + 1
    turns = [turn_of.get(row.row or 0, last) for row in excerpt.rows]
    is_long = len(excerpt.rows) > _MANY_ROWS
    order = sorted(range(len(excerpt.rows)), key=lambda at: (not excerpt.rows[at].is_header, turns[at], at))
    kept = [at for at in order if not is_long or turns[at] <= _MOST_OF_A_KIND or turns[at] == last]
    return [excerpt.rows[at] for at in kept[:_MOST_ROWS]]


def row_is_about(finding: Finding, subject: Subject) -> str:
    """Return what the row of a finding is about, as it stands in the sheet: indicator, place and period."""
    for excerpt in subject.excerpts:
        if not _is_about(finding, excerpt, subject):
            continue
        for row in excerpt.rows:
            if row.row == finding.row and not (row.is_header or row.is_withheld):
                return ", ".join(_identity(excerpt, row, finding, subject))
    return ""


def _identity(excerpt: SheetExcerpt, row: ExcerptRow, finding: Finding, subject: Subject) -> Iterator[str]:
    names = subject.summary.area_names if subject.summary else {}
    for column, text in zip(excerpt.columns, row.cells, strict=True):
        if column in _ABOUT and text.strip() and column != finding.column:
            name = names.get(text, "")
            yield f"{text} ({name})" if column == "place_code" and name else text
