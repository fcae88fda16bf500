"""The days that somebody may name: far enough from the ends of the calendar that every sum of days stays within it."""

from datetime import date
from typing import Final

__all__ = ["FIRST_DAY", "LAST_DAY", "is_within_span"]

FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2999, 12, 31)


def is_within_span(day: date) -> bool:
    """Return whether a day may be named; of a moment, the day on its own clock.

    >>> is_within_span(date(2026, 11, 22)), is_within_span(date(9999, 12, 31))
    (True, False)
    """
    return FIRST_DAY.year <= day.year <= LAST_DAY.year
