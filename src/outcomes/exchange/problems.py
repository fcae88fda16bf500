"""The noun Problem: a finding with the place in a workbook where it is marked, and its number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from outcomes.finding import Finding
from outcomes.vocabulary import Severity

__all__ = ["Problem", "Urgency", "numbered"]


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
        number: From 1: what is to be mended first, those of the whole file before the cells.
        finding: What the check said.
        sheet: The worksheet, as the workbook calls it; None for the whole file.
        address: The cell that is marked, such as `D14`; None where no single place is meant.
        title: The kind of finding, in a few words.
        about: What the row is about, by name; empty where that is not known.
    """

    number: int
    finding: Finding
    sheet: str | None
    address: str | None
    title: str = ""
    about: str = ""

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
    """Yield problems in the order in which they are listed: by urgency, those of the whole file first.

    Arguments:
        problems: In the order of the check; their numbers do not count.
    """

    def order(problem: Problem) -> tuple[int, bool]:
        return tuple(Urgency).index(problem.urgency), problem.address is not None

    for number, problem in enumerate(sorted(problems, key=order), start=1):
        yield replace(problem, number=number)
