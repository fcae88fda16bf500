"""Periods: a kind, a first and a last day, and one canonical text for each."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from outcomes.vocabulary import PeriodKind

__all__ = ["Period", "period_containing", "period_from_text", "period_starting"]

# months spanned, and the month in which the first year begins
_SPAN: dict[PeriodKind, tuple[int, int]] = {
    PeriodKind.MONTH: (1, 1),
    PeriodKind.QUARTER: (3, 4),
    PeriodKind.CALENDAR_YEAR: (12, 1),
    PeriodKind.FINANCIAL_YEAR: (12, 4),
    PeriodKind.ACADEMIC_YEAR: (12, 9),
    PeriodKind.THREE_CALENDAR_YEARS: (36, 1),
    PeriodKind.THREE_FINANCIAL_YEARS: (36, 4),
}
# how far apart the starts of neighbours are: three-year periods roll on by one year
_STEP: dict[PeriodKind, int] = {kind: min(span, 12) for kind, (span, _) in _SPAN.items()}

# not those of the machine's language
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A period of time for which a value speaks.

    Attributes:
        first: Its first day.
        last: Its last day.
        kind: Its rhythm.

    >>> str(Period.of(PeriodKind.QUARTER, 2024, 4))
    '2024/25 Q1'
    """

    first: date
    last: date
    kind: PeriodKind

    def __post_init__(self) -> None:
        """Refuse days that do not make a period of this kind."""
        if self.first.day != 1 or self.last != _last_day(self.first, self.kind) or not _begins(self.first, self.kind):
            raise ValueError(f"{self.first} to {self.last} is no {self.kind.value}")

    @classmethod
    def of(cls, kind: PeriodKind, year: int, month: int) -> "Period":
        """Return the period of this kind that begins in the given month."""
        first = date(year, month, 1)
        return cls(first, _last_day(first, kind), kind)

    @property
    def ordinal(self) -> int:
        """The place of this period in the line of its kind: neighbours differ by exactly 1."""
        return (self.first.year * 12 + self.first.month - 1) // _STEP[self.kind]

    @property
    def spoken(self) -> str:
        """How the period stands in a sentence: a month by its name, others by their canonical text."""
        return f"{_MONTHS[self.first.month - 1]} {self.first.year}" if self.kind is PeriodKind.MONTH else str(self)

    def shifted(self, steps: int) -> "Period":
        """Return the period so many steps later (earlier where negative)."""
        months = self.first.year * 12 + self.first.month - 1 + steps * _STEP[self.kind]
        return Period.of(self.kind, months // 12, months % 12 + 1)

    def __str__(self) -> str:
        """Return the canonical text, the same in tables, YAML and pages."""
        year, month = self.first.year, self.first.month
        match self.kind:
            case PeriodKind.MONTH:
                return f"{year:04d}-{month:02d}"
            case PeriodKind.QUARTER:
                start = year if month >= 4 else year - 1
                return f"{_split_year(start)} Q{(month - 4) % 12 // 3 + 1}"
            case PeriodKind.CALENDAR_YEAR:
                return f"{year:04d}"
            case PeriodKind.FINANCIAL_YEAR | PeriodKind.ACADEMIC_YEAR:
                return _split_year(year)
            case PeriodKind.THREE_CALENDAR_YEARS:
                return f"{year:04d} to {year + 2:04d}"
            case PeriodKind.THREE_FINANCIAL_YEARS:
                return f"{_split_year(year)} to {_split_year(year + 2)}"


def period_starting(kind: PeriodKind, first: date) -> Period:
    """Return the period of this kind that begins on a day; ValueError if none does.

    >>> str(period_starting(PeriodKind.FINANCIAL_YEAR, date(2024, 4, 1)))
    '2024/25'
    """
    return Period(first, _last_day(first, kind), kind)


def period_containing(kind: PeriodKind, day: date) -> Period:
    """Return the period of this kind that holds a day; of overlapping ones, the last to begin.

    Raises:
        ValueError: It would begin before the year 1 or end after 9999.

    >>> str(period_containing(PeriodKind.QUARTER, date(2026, 2, 14)))
    '2025/26 Q4'
    """
    months = day.year * 12 + day.month - 1
    span, start = _SPAN[kind]
    months -= (months - start + 1) % min(span, 12)
    return Period.of(kind, months // 12, months % 12 + 1)


_YEAR = r"(\d{4})"
_SPLIT = r"(\d{4})/(\d{2})"
_CANONICAL: dict[PeriodKind, re.Pattern[str]] = {
    PeriodKind.MONTH: re.compile(rf"{_YEAR}-(\d{{2}})\Z", re.ASCII),
    PeriodKind.QUARTER: re.compile(rf"{_SPLIT} Q([1-4])\Z", re.ASCII),
    PeriodKind.CALENDAR_YEAR: re.compile(rf"{_YEAR}\Z", re.ASCII),
    PeriodKind.FINANCIAL_YEAR: re.compile(rf"{_SPLIT}\Z", re.ASCII),
    PeriodKind.ACADEMIC_YEAR: re.compile(rf"{_SPLIT}\Z", re.ASCII),
    PeriodKind.THREE_CALENDAR_YEARS: re.compile(rf"{_YEAR} to \d{{4}}\Z", re.ASCII),
    PeriodKind.THREE_FINANCIAL_YEARS: re.compile(rf"{_SPLIT} to \d{{4}}/\d{{2}}\Z", re.ASCII),
}
EXAMPLE: dict[PeriodKind, str] = {
    PeriodKind.MONTH: "2026-04",
    PeriodKind.QUARTER: "2026/27 Q1",
    PeriodKind.CALENDAR_YEAR: "2026",
    PeriodKind.FINANCIAL_YEAR: "2026/27",
    PeriodKind.ACADEMIC_YEAR: "2026/27",
    PeriodKind.THREE_CALENDAR_YEARS: "2024 to 2026",
    PeriodKind.THREE_FINANCIAL_YEARS: "2024/25 to 2026/27",
}


def period_from_text(kind: PeriodKind, text: str) -> Period:
    """Return the period that a canonical text names.

    Raises:
        ValueError: The text is not the canonical form of this kind; the message gives an example.

    >>> period_from_text(PeriodKind.MONTH, "2024-04").last
    datetime.date(2024, 4, 30)
    """
    found = _CANONICAL[kind].match(text)
    if found:
        year, month = int(found[1]), _SPAN[kind][1]
        if kind is PeriodKind.MONTH:
            month = int(found[2])
        if kind is PeriodKind.QUARTER:
            quarter = int(found[3])
            year, month = (year, 1 + quarter * 3) if quarter < 4 else (year + 1, 1)
        try:
            period = Period.of(kind, year, month)
        except ValueError:
            period = None
        if period is not None and str(period) == text:
            return period
    raise ValueError(f"{text!r} is no {kind.value.replace('_', ' ')}; write it as {EXAMPLE[kind]}")


def _begins(first: date, kind: PeriodKind) -> bool:
    span, start = _SPAN[kind]
    return (first.month - start) % min(span, 12) == 0


def _last_day(first: date, kind: PeriodKind) -> date:
    months = first.year * 12 + first.month - 1 + _SPAN[kind][0] - 1
    year, month = months // 12, months % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def _split_year(start: int) -> str:
    return f"{start:04d}/{(start + 1) % 100:02d}"
