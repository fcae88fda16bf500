"""The noun Problem: a finding with the place in a workbook where it is marked, and its number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from outcomes.finding import Finding
from outcomes.vocabulary import Severity

__all__ = ["Problem", "Urgency", "kinds_of", "numbered"]


# every rule that asks for nothing says so in these words
_NOTHING: Final = "Nothing needs doing"


class Urgency(StrEnum):
    """What a finding asks of the sender, the most urgent first."""

    MEND = "To mend"
    LOOK = "Please look at"
    NOTHING = "Nothing to do"


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the list of problems.

    Attributes:
        number: From 1, in the order of the list.
        finding: What the check said.
        sheet: The worksheet, as the workbook calls it; None for the whole file.
        address: The cell that is marked, such as `D14`; None where no single place is meant.
        title: The kind of finding, in a few words.
        label: The number or letter of its kind, as on the page about the file; empty where it has none there.
        is_of_row_to_delete: Whether the row is to be deleted.
        about: What the row is about, by name; empty where that is not known.
    """

    number: int
    finding: Finding
    sheet: str | None
    address: str | None
    title: str = ""
    about: str = ""
    label: str = ""
    is_of_row_to_delete: bool = False

    @property
    def is_error(self) -> bool:
        """Whether the file is refused for it."""
        return self.finding.severity is Severity.ERROR

    @property
    def urgency(self) -> Urgency:
        """What it asks of the sender."""
        if self.is_error:
            return Urgency.MEND
        asks = self.finding.fix and not self.finding.fix.startswith(_NOTHING)
        return Urgency.LOOK if asks else Urgency.NOTHING


def numbered(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems in the order in which they are listed: by urgency, then by their labels.

    Arguments:
        problems: In the order of the check; their numbers do not count.
    """

    def order(problem: Problem) -> tuple[int, bool, int, str]:
        # numbers as numbers, letters before two of them
        digits = int(problem.label) if problem.label.isdigit() else 0
        return tuple(Urgency).index(problem.urgency), not problem.label, digits, problem.label

    for number, problem in enumerate(sorted(problems, key=order), start=1):
        yield replace(problem, number=number)


def kinds_of(problems: Iterable[Problem], urgency: Urgency) -> int:
    """Return how many kinds of problems of an urgency there are: as many as have a number or letter of their own.

    Arguments:
        problems: All of them.
        urgency: Of which they are counted.
    """
    return len({problem.label or problem.title for problem in problems if problem.urgency is urgency})
