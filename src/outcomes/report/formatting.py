"""Prints numbers, intervals, periods and dates for people. The only arithmetic here is rounding for print."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from outcomes.vocabulary import PeriodKind

__all__ = [
    "count_text",
    "date_text",
    "interval_text",
    "joined",
    "number_text",
    "period_text",
    "shortened",
    "value_text",
    "with_unit",
]

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MINUS: Final = "\u2212"


@lru_cache(maxsize=16384)
def number_text(value: float, decimals: int) -> str:
    """Return a number rounded half away from zero, with commas between thousands and a true minus sign.

    Arguments:
        value: Any finite number.
        decimals: How many decimals to print, 0 or more.

    >>> number_text(2.5, 0), number_text(-0.04, 1), number_text(2267.6, 0)
    ('3', '0.0', '2,268')
    """
    # repr gives the shortest decimal that names the float, so 2.675 is a half and is rounded as readers expect
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    sign = _MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):,f}"


def with_unit(number: str, unit: str) -> str:
    """Return a printed number with its unit: joined to a per cent sign, led by a pound sign, else after a space.

    >>> with_unit("66.3", "%"), with_unit("2,268", "per 100,000"), with_unit("40", "£"), with_unit("7", "")
    ('66.3%', '2,268 per 100,000', '£40', '7')
    """
    if not unit:
        return number
    if unit.startswith("%"):
        return f"{number}{unit}"
    return f"{unit}{number}" if unit == "£" else f"{number} {unit}"


def value_text(value: float, decimals: int, unit: str) -> str:
    """Return a value as it is printed in a sentence.

    >>> value_text(66.25, 1, "%")
    '66.3%'
    """
    return with_unit(number_text(value, decimals), unit)


def interval_text(lower: float, upper: float, decimals: int) -> str:
    """Return an interval without its unit.

    >>> interval_text(63.6, 68.91, 1)
    '63.6 to 68.9'
    """
    return f"{number_text(lower, decimals)} to {number_text(upper, decimals)}"


def count_text(value: float) -> str:
    """Return a count; one that is no whole number keeps one decimal.

    >>> count_text(1840.0), count_text(12.5)
    ('1,840', '12.5')
    """
    return number_text(value, 0 if float(value).is_integer() else 1)


@lru_cache(maxsize=4096)
def date_text(day: date, *, short: bool = False) -> str:
    """Return a date as people write it.

    >>> date_text(date(2026, 11, 22)), date_text(date(2026, 11, 2), short=True)
    ('22 November 2026', '2 Nov 2026')
    """
    month = _MONTHS[day.month - 1]
    return f"{day.day} {month[:3] if short else month} {day.year}"


@lru_cache(maxsize=4096)
def period_text(kind: PeriodKind, period: str, first: date, last: date, *, long: bool = False) -> str:
    """Return a period as people write it.

    Arguments:
        kind: Its rhythm.
        period: Its canonical text.
        first, last: Its first and last day.
        long: Whether months are spelled out.

    >>> quarter = (PeriodKind.QUARTER, "2026/27 Q2", date(2026, 7, 1), date(2026, 9, 30))
    >>> period_text(*quarter), period_text(*quarter, long=True)
    ('2026/27 Q2', 'July to September 2026 (2026/27 Q2)')
    >>> period_text(PeriodKind.MONTH, "2026-09", date(2026, 9, 1), date(2026, 9, 30))
    'Sep 2026'
    """
    if kind is PeriodKind.MONTH:
        month = _MONTHS[first.month - 1]
        return f"{month if long else month[:3]} {first.year}"
    if kind is PeriodKind.QUARTER and long:
        return f"{_MONTHS[first.month - 1]} to {_MONTHS[last.month - 1]} {last.year} ({period})"
    return period


def joined(words: Sequence[str]) -> str:
    """Return words as a list in a sentence.

    >>> joined(("a", "b", "c")), joined(("a",)), joined(())
    ('a, b and c', 'a', '')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def shortened(text: str, longest: int) -> str:
    """Return a text of at most so many characters, its end replaced by an ellipsis where it is longer.

    >>> shortened("Children seen within 18 weeks", 16)
    'Children seen w…'
    """
    return text if len(text) <= longest else text[: max(longest - 1, 0)].rstrip() + "…"
