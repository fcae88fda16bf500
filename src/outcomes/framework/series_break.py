"""A break in a measure's series that its definition names: from which day it is counted in another way, and why."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from pydantic import Field

from outcomes.scalars import Day, Definition, Text

__all__ = ["SeriesBreak", "break_faults"]


class SeriesBreak(Definition):
    """A change in how a measure is counted that leaves its definition as it is: no comparison goes across it.

    Attributes:
        from_day: The first day that is counted in the new way; a period that began before it belongs to the old one.
        because: What changed; printed with the definition.
    """

    from_day: Day = Field(alias="from")
    because: Text


def break_faults(breaks: Sequence[SeriesBreak], valid_from: date | None, valid_to: date | None) -> list[str]:
    """Return what is wrong with the breaks of one definition, in words; nothing where they may stand.

    Arguments:
        breaks: As they were written.
        valid_from, valid_to: The first and the last day of the definition; None where it is open.

    >>> known = SeriesBreak.model_validate({"from": "2024-04-01", "because": "Another collection took its place."})
    >>> break_faults([known, known], None, date(2024, 3, 31))
    ['breaks: 2024-04-01 stands twice; one break is expected for each day', \
'breaks: 2024-04-01 is after valid_to 2024-03-31; a break is expected within the days of its version']
    """
    days = [one.from_day for one in breaks]
    faults = []
    for before, after in pairwise(days):
        if after == before:
            faults.append(f"breaks: {after} stands twice; one break is expected for each day")
        elif after < before:
            faults.append(f"breaks: {after} stands after {before}; the earliest is expected first")
    expected = "a break is expected within the days of its version"
    for day in dict.fromkeys(days):
        if valid_from and day < valid_from:
            faults.append(f"breaks: {day} is before valid_from {valid_from}; {expected}")
        if valid_to and day > valid_to:
            faults.append(f"breaks: {day} is after valid_to {valid_to}; {expected}")
    return faults
