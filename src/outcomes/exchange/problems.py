"""The noun Problem: a finding with the place in a workbook where it is marked, and its number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from outcomes.finding import Finding
from outcomes.vocabulary import Severity

__all__ = ["Problem", "numbered"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the list of problems.

    Attributes:
        number: From 1; those of the whole file first, errors before what is only said.
        finding: What the check said.
        sheet: The worksheet, as the workbook calls it; None for the whole file.
        address: The cell that is marked, such as `D14`; None where no single place is meant.
    """

    number: int
    finding: Finding
    sheet: str | None
    address: str | None

    @property
    def is_error(self) -> bool:
        """Whether the file is refused for it."""
        return self.finding.severity is Severity.ERROR


def numbered(places: Iterable[tuple[Finding, str | None, str | None]]) -> Iterator[Problem]:
    """Yield problems in the order in which they are listed.

    Arguments:
        places: Each finding with its sheet and its cell, in the order of the check.
    """

    def order(place: tuple[Finding, str | None, str | None]) -> tuple[bool, bool]:
        return place[2] is not None, place[0].severity is not Severity.ERROR

    for number, (finding, sheet, address) in enumerate(sorted(places, key=order), start=1):
        yield Problem(number, finding, sheet, address)
