"""Groups the findings of one return for people: each kind once, with the cells that it concerns."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from string import ascii_lowercase
from typing import Final

from outcomes.finding import Finding
from outcomes.report.fault_titles import fault_title
from outcomes.vocabulary import Severity

__all__ = [
    "Group",
    "cells_in_words",
    "faults",
    "grouped",
    "label_key",
    "labels_of",
    "needs_nothing",
    "places_of",
    "rows_in_words",
    "to_look_at",
    "without_value",
]

# every rule that asks for nothing says so in these words
_NOTHING: Final = "Nothing needs doing"
_HOLDS_FOR_MORE: Final = re.compile(r" The same holds for [0-9,]+ more\.\Z")
_LEAST_SPAN: Final = 3
_ADDRESS: Final = re.compile(r"([A-Z]+)([0-9]+)\Z")


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of finding in one column of one sheet.

    Attributes:
        findings: Those that are listed, in the order of the rows; at least one.
        hidden: How many more there are that are only counted.
    """

    findings: tuple[Finding, ...]
    hidden: int

    @property
    def first(self) -> Finding:
        """The first of them, which speaks for all."""
        return self.findings[0]

    @property
    def title(self) -> str:
        """The kind, in a few words."""
        return fault_title(self.first)

    @property
    def count(self) -> int:
        """How many there are, the hidden ones too."""
        return len(self.findings) + self.hidden

    @property
    def text(self) -> str:
        """What is wrong, where it is the same of all but for the value; else empty."""
        return self.first.text if len({without_value(one) for one in self.findings}) == 1 else ""

    @property
    def fix(self) -> str:
        """What to do, where it is the same for all; else empty."""
        return self.first.fix if len({one.fix for one in self.findings}) == 1 else ""

    @property
    def example(self) -> str:
        """A correct form, where it is the same for all; else empty."""
        return self.first.example if len({one.example for one in self.findings}) == 1 else ""


def without_value(finding: Finding) -> str:
    """Return what is said of a finding, the same for all values."""
    # the last that is listed also says how many follow
    text = _HOLDS_FOR_MORE.sub("", finding.text)
    return text.replace(f"“{finding.value}”", "“”") if finding.value else text


def grouped(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Return findings by sheet, kind and column, each group where its first one stood.

    Arguments:
        findings: In the order in which a check gives them.
    """
    found: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        found.setdefault((one.severity, one.sheet, one.code, one.column), []).append(one)
    return tuple(Group(tuple(ones), sum(one.repeats for one in ones)) for ones in found.values())


def faults(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Return what is to be mended."""
    return grouped(one for one in findings if one.severity is Severity.ERROR)


def needs_nothing(finding: Finding) -> bool:
    """Whether a remark asks for nothing to be done."""
    return finding.severity is not Severity.ERROR and (not finding.fix or finding.fix.startswith(_NOTHING))


def to_look_at(finding: Finding) -> bool:
    """Whether a remark asks the sender to look, though the file is let in."""
    return finding.severity is not Severity.ERROR and not needs_nothing(finding)


def label_key(finding: Finding) -> tuple[object, ...]:
    """Return what the findings that have a label in common have in common."""
    return finding.severity, needs_nothing(finding), finding.sheet, finding.code, finding.column


def labels_of(findings: Sequence[Finding]) -> dict[tuple[object, ...], str]:
    """Return the label of each kind, the same on every page, note and workbook: numbers to mend, letters for the rest.

    Arguments:
        findings: In the order in which a check gives them.

    >>> from outcomes.vocabulary import Severity
    >>> one = Finding(code="OUT-402", severity=Severity.ERROR, text="", row=2, cell="D2")
    >>> other = Finding(code="OUT-555", severity=Severity.WARNING, text="", fix="Send it.")
    >>> labels_of([other, one])[label_key(one)], labels_of([other, one])[label_key(other)]
    ('1', 'a')
    """
    looks = grouped(one for one in findings if to_look_at(one))
    quiet = [group for group in grouped(one for one in findings if needs_nothing(one)) if group.first.cell]
    labels = {label_key(group.first): str(number) for number, group in enumerate(faults(findings), 1)}
    return labels | {label_key(group.first): _letter(at) for at, group in enumerate([*looks, *quiet])}


def _letter(at: int) -> str:
    return ascii_lowercase[at] if at < len(ascii_lowercase) else str(at + 1)


def places_of(group: Group) -> int:
    """Return how many addresses, or spans of them, the listed findings of a group take; at least one."""
    if all(one.cell for one in group.findings):
        return len(_cell_spans([one.cell or "" for one in group.findings]))
    if all(one.row is not None for one in group.findings):
        return len(_row_spans([one.row or 0 for one in group.findings]))
    return 1


def cells_in_words(group: Group, most: int) -> str:
    """Return the addresses of a group in a sentence; of more than are to be named, how many more there are.

    Arguments:
        group: The findings.
        most: How many addresses, or spans of them, are named.

    >>> from outcomes.vocabulary import Severity
    >>> ones = [Finding(code="x", severity=Severity.ERROR, text="", row=row, cell=f"D{row}") for row in (4, 5, 6, 9)]
    >>> cells_in_words(Group(tuple(ones), 2), 5), cells_in_words(Group(tuple(ones[:1]), 0), 5)
    ('cells D4 to D6, D9 and 2 more', 'cell D4')
    >>> cells_in_words(Group(tuple(ones[3:]), 1), 5)
    'cell D9 and 1 more'
    """
    ones = group.findings
    if all(one.cell for one in ones):
        return _listed("cell", _cell_spans([one.cell or "" for one in ones]), group, most)
    if all(one.row is not None for one in ones):
        return _listed("row", _row_spans([one.row or 0 for one in ones]), group, most)
    if ones[0].header or ones[0].column:
        return f"column “{ones[0].header or ones[0].column}”"
    return ""


def rows_in_words(rows: Sequence[int]) -> str:
    """Return row numbers in a sentence, neighbours as a span.

    >>> rows_in_words([1, 2, 3, 5])
    '1 to 3, 5'
    """
    return ", ".join(text for text, _ in _row_spans(rows))


def _listed(noun: str, spans: Sequence[tuple[str, int]], group: Group, most: int) -> str:
    named = spans[:most]
    more = group.count - sum(number for _, number in named)
    texts = [text for text, _ in named]
    plural = noun if named == spans[:1] and named[0][1] == 1 else f"{noun}s"
    if more > 0:
        return f"{plural} {', '.join(texts)} and {more:,} more"
    joined = texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
    return f"{plural} {joined}"


def _row_spans(rows: Sequence[int]) -> list[tuple[str, int]]:
    return _spans(sorted(set(rows)), str)


def _cell_spans(cells: Sequence[str]) -> list[tuple[str, int]]:
    found = [match for cell in dict.fromkeys(cells) if (match := _ADDRESS.match(cell))]
    spans: list[tuple[str, int]] = []
    for column, ones in groupby(found, key=lambda match: match[1]):
        spans += _spans(sorted(int(match[2]) for match in ones), partial(_address, column))
    return spans


def _address(column: str, row: int) -> str:
    return f"{column}{row}"


def _spans(rows: Sequence[int], named: Callable[[int], str]) -> list[tuple[str, int]]:
    """Neighbouring rows as one span, from three on; each with how many it stands for."""

    spans: list[tuple[str, int]] = []
    for _, ones in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        run = [row for _, row in ones]
        if len(run) >= _LEAST_SPAN:
            spans.append((f"{named(run[0])} to {named(run[-1])}", len(run)))
        else:
            spans += [(named(row), 1) for row in run]
    return spans
