"""Reads the spellings of periods that leave no doubt, and hints at what others may mean."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from outcomes.intake.codes import closest, trimmed
from outcomes.partnership.layout import PeriodReading
from outcomes.period import Period, period_from_text
from outcomes.vocabulary import PeriodKind

__all__ = [
    "around_period",
    "is_period",
    "is_year",
    "likely_period",
    "part_of_year",
    "period_hint",
    "read_described_period",
    "read_period",
]

_MONTHS: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH_NUMBER: Final[dict[str, int]] = {
    **{name: number for number, name in enumerate(_MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(_MONTHS, 1)},
    "sept": 9,
}
_MONTH_NAME: Final = re.compile(r"([a-z]+)[ -](\d{4}|\d{2})\Z", re.ASCII)
_MIDNIGHT: Final = re.compile(r"(.*?)(?: 00:00(?::00)?|t00:00:00)\Z", re.ASCII)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z", re.ASCII)
_QUARTER: Final = (
    re.compile(r"q([1-4]) (\d{4}/\d{2})\Z", re.ASCII),
    re.compile(r"(\d{4})(?:-(\d{2}) |/(\d{2})[- ])q([1-4])\Z", re.ASCII),
)
_FINANCIAL: Final = re.compile(r"(?:fy)?(\d{4})[-/](\d{2}|\d{4})\Z", re.ASCII)
_QUARTER_ALONE: Final = re.compile(r"(?:q|qtr|quarter) ?([1-4])\Z", re.ASCII)
_BARE_QUARTER: Final = re.compile(r"(q[1-4] \d{4}|\d{4} q[1-4])\Z", re.ASCII)
_SERIAL: Final = re.compile(r"[34]\d{4}(\.0+)?\Z", re.ASCII)
_MAX_CHARS: Final = 40
# what stands between and around the parts of a period that is only likely
_DASHES: Final = re.compile("[\u2010-\u2015\u2212_]")
_OF_MONTHS: Final = re.compile(r"[\s,.]+")
_QUARTER_WORD: Final = re.compile(r"\b(?:quarter|qtr|q)\.? ?(?=[1-4]\b)")
_SHORT_YEARS: Final = re.compile(r"(^|\bfy|q[1-4] )(\d{2})[-/](\d{2})\b", re.ASCII)
_MONTH_YEAR: Final = re.compile(r"([a-z]{3,12}|\d{1,2})[ /-]?(\d{4})\Z", re.ASCII)
_YEAR_MONTH: Final = re.compile(r"(\d{4})[ /-]?([a-z]{3,12}|\d{1,2})\Z", re.ASCII)
_YEAR: Final = re.compile(r"(\d{4})(\.0+)?\Z", re.ASCII)
_BEGINS: Final = {
    PeriodKind.FINANCIAL_YEAR: 4,
    PeriodKind.THREE_FINANCIAL_YEARS: 4,
    PeriodKind.ACADEMIC_YEAR: 9,
    PeriodKind.CALENDAR_YEAR: 1,
    PeriodKind.THREE_CALENDAR_YEARS: 1,
}


def read_period(text: str, cell_kind: str, kind: PeriodKind, form: str = "canonical") -> tuple[Period | None, bool]:
    """Return the period that a cell names without doubt, and whether it is in the exact form.

    Arguments:
        text: The cell.
        cell_kind: What the cell is: text, a number, a date.
        kind: The rhythm of the indicator.
        form: `canonical`, or `year` for sheets that name a period by the year in which it begins.

    >>> read_period("Apr-24", "text", PeriodKind.MONTH)[0].first
    datetime.date(2024, 4, 1)
    """
    bare = trimmed(text)
    if cell_kind not in ("text", "number", "date") or len(bare) > _MAX_CHARS:
        return None, False
    if form == "year" and kind in _BEGINS:
        found = _YEAR.match(bare)
        return (_of(kind, int(found[1]), _BEGINS[kind]) if found and cell_kind != "date" else None), True
    try:
        return period_from_text(kind, bare), bare == text and cell_kind != "date"
    except ValueError:
        return _lenient(bare, kind), False


def is_period(text: str) -> bool:
    """Return whether a text is a period of some kind.

    >>> is_period("2020/21"), is_period("last year")
    (True, False)
    """
    return any(read_period(text, "text", kind)[0] for kind in PeriodKind)


def read_described_period(
    text: str, cell_kind: str, kind: PeriodKind, reading: PeriodReading
) -> tuple[Period | None, bool]:
    """Return the period of a cell of a sheet whose writing of periods is described, and whether it needs no word.

    >>> written = PeriodReading(pattern="MSitAE-{period}")
    >>> read_described_period("MSitAE-APRIL-2023", "text", PeriodKind.MONTH, written)[0].first
    datetime.date(2023, 4, 1)
    >>> read_described_period("December  2019", "text", PeriodKind.MONTH, PeriodReading(beside="Period:"))[0].first
    datetime.date(2019, 12, 1)
    """
    if reading.pattern:
        found = around_period(reading.pattern).fullmatch(trimmed(text)) if cell_kind == "text" else None
        if found is None:
            return None, False
        text = found[1]
    is_told = bool(reading.pattern or reading.cell or reading.beside or reading.sheet)
    # a title is typed by hand: blanks within it say nothing
    period, is_exact = read_period(" ".join(text.split()) if is_told else text, cell_kind, kind, reading.form)
    return period, is_exact or is_told


@lru_cache(maxsize=64)
def around_period(pattern: str) -> re.Pattern[str]:
    """Return what finds the period in a text that is written around `{period}`, in any case."""
    before, _, after = pattern.partition("{period}")
    return re.compile(re.escape(before) + "(.+?)" + re.escape(after), re.IGNORECASE)


def is_year(text: str) -> bool:
    """Return whether a text is a financial or a calendar year.

    >>> is_year("2023-24"), is_year("2023"), is_year("April 2023")
    (True, True, False)
    """
    return _first_month(text) is not None


def part_of_year(text: str, year: str) -> str:
    """Return the month or quarter that a text without a year means in a year; the text itself where it means neither.

    A year written 2023-24 or 2023/24 is a financial year, one written 2023 a calendar year.

    >>> part_of_year("Apr", "2023-24"), part_of_year("March", "2023/24"), part_of_year("March", "2023")
    ('2023-04', '2024-03', '2023-03')
    >>> part_of_year("Q4", "2023-24"), part_of_year("Total", "2023-24")
    ('2023/24 Q4', 'Total')
    """
    folded, first = trimmed(text).lower().rstrip("."), _first_month(year)
    if first is None:
        return text
    month = _MONTH_NUMBER.get(folded, 0)
    if month:
        return f"{first.year + (month < first.month)}-{month:02}"
    quarter = _QUARTER_ALONE.match(folded)
    # quarters are those of financial years
    if quarter and first.month == _BEGINS[PeriodKind.FINANCIAL_YEAR]:
        return f"{first.year}/{(first.year + 1) % 100:02} Q{quarter[1]}"
    return text


def _first_month(year: str) -> date | None:
    for kind in (PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR):
        period, _ = read_period(trimmed(year), "text", kind)
        if period is not None:
            return period.first
    return None


def _lenient(bare: str, kind: PeriodKind) -> Period | None:
    folded = bare.lower()
    match kind:
        case PeriodKind.MONTH:
            return _month(folded)
        case PeriodKind.QUARTER:
            return _quarter(folded)
        case PeriodKind.FINANCIAL_YEAR | PeriodKind.ACADEMIC_YEAR:
            return _split_year(folded, kind)
        case _:
            return _lower_canonical(folded, kind)


def _lower_canonical(folded: str, kind: PeriodKind) -> Period | None:
    try:
        return period_from_text(kind, folded)
    except ValueError:
        return None


def _of(kind: PeriodKind, year: int, month: int) -> Period | None:
    try:
        return Period.of(kind, year, month)
    except ValueError:
        return None


def _month(folded: str) -> Period | None:
    found = _MONTH_NAME.match(folded)
    if found and found[1] in _MONTH_NUMBER:
        year = int(found[2]) if len(found[2]) == 4 else 2000 + int(found[2])
        return _of(PeriodKind.MONTH, year, _MONTH_NUMBER[found[1]])
    midnight = _MIDNIGHT.match(folded)
    day = midnight[1] if midnight else folded
    found = _DAY_FIRST.match(day)
    if found:
        return _of(PeriodKind.MONTH, int(found[3]), int(found[2])) if int(found[1]) == 1 else None
    found = _YEAR_FIRST.match(day)
    if found:
        period = _of(PeriodKind.MONTH, int(found[1]), int(found[2]))
        if period and int(found[3]) in (1, period.last.day):
            return period
    return None


def _quarter(folded: str) -> Period | None:
    found = _QUARTER[0].match(folded)
    text = f"{found[2]} Q{found[1]}" if found else ""
    found = _QUARTER[1].match(folded)
    if found:
        text = f"{found[1]}/{found[2] or found[3]} Q{found[4]}"
    try:
        return period_from_text(PeriodKind.QUARTER, text)
    except ValueError:
        return None


def _split_year(folded: str, kind: PeriodKind) -> Period | None:
    found = _FINANCIAL.match(folded)
    if not found or (folded.startswith("fy") and kind is not PeriodKind.FINANCIAL_YEAR):
        return None
    start, end = int(found[1]), found[2]
    follows = int(end) == (start + 1 if len(end) == 4 else (start + 1) % 100)
    return _of(kind, start, _BEGINS[kind]) if follows else None


def likely_period(text: str, kind: PeriodKind) -> str:
    """Return the period that an unread spelling most likely means, for a question, or an empty text.

    A text that may as well be a period of another kind, or a day, is left to `period_hint`.

    >>> likely_period("09/2026", PeriodKind.MONTH), likely_period("Sepember 2026", PeriodKind.MONTH)
    ('2026-09', '2026-09')
    >>> likely_period("26/27", PeriodKind.FINANCIAL_YEAR), likely_period("2011/12", PeriodKind.MONTH)
    ('2026/27', '')
    >>> likely_period("46113", PeriodKind.MONTH)
    ''
    """
    bare = trimmed(text)[:_MAX_CHARS].lower()
    if _SERIAL.match(bare) or any(read_period(bare, "text", one)[0] for one in PeriodKind if one is not kind):
        return ""
    plain = _OF_MONTHS.sub(" ", _DASHES.sub("-", bare)).strip()
    plain = _QUARTER_WORD.sub("q", re.sub(r"\s*([-/])\s*", r"\1", plain))
    if kind is PeriodKind.MONTH:
        period = _likely_month(plain)
    else:
        plain = _SHORT_YEARS.sub(r"\g<1>20\2/\3", plain.replace("fy ", "fy"))
        spellings = (plain, plain.replace("-", "/"), plain.replace("-", " to "))
        period = next((found for one in spellings if (found := read_period(one, "text", kind)[0])), None)
    return str(period) if period else ""


def _likely_month(plain: str) -> Period | None:
    for pattern, year, month in ((_MONTH_YEAR, 2, 1), (_YEAR_MONTH, 1, 2)):
        found = pattern.match(plain)
        if not found:
            continue
        word = found[month]
        if word.isdigit():
            number = int(word)
        else:
            number = _MONTH_NUMBER.get(word if word in _MONTH_NUMBER else closest(word, _MONTHS) or "", 0)
        if 1 <= number <= 12:
            return _of(PeriodKind.MONTH, int(found[year]), number)
    return None


def period_hint(text: str, kind: PeriodKind) -> str:
    """Return a hint at what an unread period may mean, or an empty text.

    >>> period_hint("45383", PeriodKind.MONTH)
    'A bare number is not a period; as a date of Excel it would be April 2024.'
    """
    bare = trimmed(text)[:40]
    if _SERIAL.match(bare):
        day = date(1899, 12, 30) + timedelta(days=int(float(bare)))
        month = f"{_MONTHS[day.month - 1].title()} {day.year}"
        hint = f"A bare number is not a period; as a date of Excel it would be {month}."
    elif _DAY_FIRST.match(bare) and kind is PeriodKind.MONTH:
        hint = "Read day first, it is not the first day of a month; is it written month first?"
    elif (found := _YEAR.match(bare)) and kind is PeriodKind.FINANCIAL_YEAR:
        year = int(found[1])
        hint = f"{year - 1}/{year % 100:02d} or {year}/{(year + 1) % 100:02d}?"
    elif _BARE_QUARTER.match(bare.lower()):
        hint = "Quarters of calendar years and of financial years lie nine months apart; write the financial year."
    elif other := next((one for one in PeriodKind if one is not kind and read_period(bare, "text", one)[0]), None):
        hint = f"It reads like a {other.value.replace('_', ' ')}."
    else:
        hint = "The two years do not follow each other." if _FINANCIAL.match(bare.lower()) else ""
    return hint
