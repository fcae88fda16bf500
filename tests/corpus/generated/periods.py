"""Rules 2 and 3 and period_forms: every spelling of a period, and every near miss, for each rhythm."""

from collections.abc import Callable, Iterator
from typing import Final

from tests.corpus.generated.case import ACCEPTED, REJECTED, WARNED, Case, made
from tests.corpus.generated.sheet import Sheet, counts, months, quarters, years

__all__ = ["cases"]

_SAID: Final = "a known spelling of the period, said as a warning"
_LISTED: Final = "period_forms lists what is read; everything else is rejected"
_BEGUN: Final = "period_forms, begun: held against as_of and first_period"

_MONTH_GOOD: Final = (
    "Apr-25", "Apr 25", "Apr 2025", "Apr-2025", "April 2025", "April-25", "april-2025", "APR-25", "aPr 2025",
    "01/04/2025", "1/4/2025", "1/04/2025", "01/4/2025", "2025-04-01", "2025-04-30", "2025-04-01 00:00",
    "2025-04-30 00:00:00", "2025-04-01T00:00:00", "01/04/2025 00:00:00", "1/4/2025 00:00", "01/04/2025T00:00:00",
    " 2025-04", "2025-04\u00a0", "\t2025-04 ",
)  # fmt: skip
_MONTH_BAD: Final = (
    "2025-4", "2025/04", "04/2025", "202504", "2504", "04-25", "April", "Apr '25", "Apr25", "Apr.25", "Apr_25",
    "Apr  25", "Apr - 25", "Apr/25", "Aprl 2025", "Apri-25", "Apr-5", "Apr-125", "Apr-02025", "avril 2025", "25-Apr",
    "2025 Apr", "1 Apr 2025", "1-Apr-25", "01-Apr-2025", "31/04/2025", "30/04/2025", "04/30/2025", "1/4/25",
    "001/04/2025", "2025-04-15", "2025-04-31", "2025-13", "2025-00", "2025-04-01 12:00", "2025-04-01 00:00:01",
    "2025-04-01 00:00:00.000", "2025-04-01T00:00", "2025-04-01T00:00:00Z", "2025-04-01T00:00:00+01:00", "01.04.2025",
    "01-04-2025", "2025.04", "2025-M04", "M1 2025/26", "2025/26 M1", "45748", "45748.0", "1743465600", "Q1 2025/26",
    "2025/26", "2025", "-2025-04", "\uff12025-04", "2025\u201304", "2025-04 (provisional)", "2025-04*",
    "2025-04 to 2025-05", "2025-04/2025-05", "*", "NULL", "=2025-04", "Sept-2025-01", "Sepr 2025", "Mar ch 2025",
    "2025-02-29", "29/02/2025",
)  # fmt: skip
_QUARTER_GOOD: Final = (
    "Q1 2025/26",
    "2025-26 Q1",
    "2025/26-Q1",
    "q1 2025/26",
    "2025/26 q1",
    "2025-26 q1",
    " 2025/26 Q1 ",
)
_QUARTER_BAD: Final = (
    "2025/26 Q5", "2025/26 Q0", "2025/26Q1", "Q1 2025-26", "2025-26-Q1", "2025/2026 Q1", "Q1 2025", "2025 Q1",
    "2025Q1", "2025-Q1", "Q1", "Q1 25/26", "Quarter 1 2025/26", "2025/27 Q1", "2025/25 Q1", "2025-06",
    "Apr-Jun 2025", "Apr-25", "01/04/2025", "2025/26", "2025/26  Q1", "Q1-2025/26", "2025/26 Q01", "2025/26 QI",
    "2025/26 1", "45748", "FY2025/26 Q1", "2025/26 Q1-Q2", "2025/26 Q1*",
)  # fmt: skip
_YEAR_GOOD: Final = (
    "2024-25", "2024/2025", "2024-2025", "FY2024/25", "FY2024-25", "FY2024/2025", "FY2024-2025", "fy2024/25",
    "Fy2024-25", " 2024/25 ",
)  # fmt: skip
_YEAR_BAD: Final = (
    "2024/26", "2024/24", "2024/23", "2024", "2025", "24/25", "2024/5", "2024/025", "2024 25", "2024_25",
    "2024\u201325", "2024/25 FY", "2025/2024", "2024/2026", "2024-04", "Mar 2025", "FY24", "FY25", "FY24/25",
    "2024/25 (p)", "2024/25*", "2024/25 Q1", "45383", "01/04/2024", "2024-04-01", "2024-25-26", "year to March 2025",
    "12 months to Mar-25", "2024\\25", "2024|25", "CY2024", "2024.25",
)  # fmt: skip


def _month_sheet(written: object) -> Sheet:
    return months().put(3, period=written)


def cases() -> Iterator[Case]:
    """Yield the cases."""
    for number, written in enumerate(_MONTH_GOOD):
        yield made(
            f"per-month-good-{number:02d}",
            f"{written!r} for April 2025",
            WARNED,
            3,
            _SAID,
            _month_sheet(written),
            rows=[3],
            columns=["period"],
        )
    for number, written in enumerate(_MONTH_BAD):
        yield made(
            f"per-month-bad-{number:02d}",
            f"{written!r} for a month",
            REJECTED,
            2,
            _LISTED,
            _month_sheet(written),
            rows=[3],
            columns=["period"],
        )
    for number, written in enumerate(_QUARTER_GOOD):
        sheet = quarters().put(3, period=written)
        yield made(
            f"per-quarter-good-{number:02d}", f"{written!r}", WARNED, 3, _SAID, sheet, rows=[3], columns=["period"]
        )
    for number, written in enumerate(_QUARTER_BAD):
        sheet = quarters().put(3, period=written)
        yield made(
            f"per-quarter-bad-{number:02d}",
            f"{written!r} for a quarter",
            REJECTED,
            2,
            _LISTED,
            sheet,
            rows=[3],
            columns=["period"],
        )
    for number, written in enumerate(_YEAR_GOOD):
        sheet = years().put(3, period=written)
        yield made(
            f"per-year-good-{number:02d}",
            f"{written!r}",
            WARNED,
            3,
            _SAID,
            sheet,
            rows=[3],
            columns=["period"],
            partner="SHIRE-Q",
        )
    for number, written in enumerate(_YEAR_BAD):
        sheet = years().put(3, period=written)
        yield made(
            f"per-year-bad-{number:02d}",
            f"{written!r} for a financial year",
            REJECTED,
            2,
            _LISTED,
            sheet,
            rows=[3],
            columns=["period"],
            partner="SHIRE-Q",
        )
    yield from _names()
    yield from _leap()
    yield from _begun()
    yield from _mixed()


_NAMES: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def _names() -> Iterator[Case]:
    spellings: dict[str, Callable[[str], str]] = {
        "in-full": lambda month: f"{month} 2024",
        "three-letters": lambda month: f"{month[:3]}-24",
        "three-letters-upper": lambda month: f"{month[:3].upper()} 2024",
    }
    for name, spelled in spellings.items():
        sheet = months([f"2024-{number:02d}" for number in range(4, 13)])
        for row, meaning in zip(sheet.rows(), sheet.parsed(), strict=True):
            sheet.put(row, period=spelled(_NAMES[int(meaning["period"][5:]) - 1]))
        yield made(
            f"per-names-{name}",
            "nine months by their names",
            WARNED,
            3,
            _SAID,
            sheet,
            rows=sheet.rows()[:20],
            columns=["period"],
        )
    sheet = months(("2024-09", "2025-09"))
    for row in (2, 3, 4):
        sheet.put(row, period="Sept-24")
        sheet.put(row + 3, period="SEPT 2025")
    yield made(
        "per-names-sept", "Sept-24 and SEPT 2025", WARNED, 3, _SAID, sheet, rows=sheet.rows(), columns=["period"]
    )
    for number, written in enumerate(("Sept. 2024", "Septe-24", "Janu 2025", "Juneau-25", "Ma-25", "Mai 2025")):
        yield made(
            f"per-names-bad-{number}",
            f"{written!r}",
            REJECTED,
            2,
            _LISTED,
            _month_sheet(written),
            rows=[3],
            columns=["period"],
        )


def _leap() -> Iterator[Case]:
    sheet = months(("2024-02",), ("W06000081", "W06000082"))
    sheet.put(2, period="2024-02-29")
    yield made(
        "per-leap-last-day",
        "29 February 2024 is the last day of its month",
        WARNED,
        3,
        _SAID,
        sheet,
        rows=[2],
        columns=["period"],
    )
    sheet = months(("2024-02",), ("W06000081", "W06000082")).put(2, period="2024-02-28")
    yield made(
        "per-leap-last-but-one",
        "28 February 2024 is not the last day of its month",
        REJECTED,
        2,
        _LISTED,
        sheet,
        rows=[2],
        columns=["period"],
    )
    sheet = months(("2025-02",)).put(2, period="2025-02-28")
    yield made(
        "per-common-last-day",
        "28 February 2025 is the last day of its month",
        WARNED,
        3,
        _SAID,
        sheet,
        rows=[2],
        columns=["period"],
    )


def _begun() -> Iterator[Case]:
    yield made(
        "per-begun-last-whole-month", "January 2026, over at 10 February", ACCEPTED, 2, _BEGUN, months(("2026-01",))
    )
    yield made(
        "per-begun-running-month",
        "February 2026 is not over at 10 February",
        WARNED,
        2,
        _BEGUN,
        months(("2026-02",)),
        rows=[2, 3, 4],
        columns=["period"],
    )
    yield made(
        "per-begun-coming-month",
        "March 2026 has not begun",
        REJECTED,
        2,
        _BEGUN,
        months(("2026-03",)),
        rows=[2, 3, 4],
        columns=["period"],
    )
    two = ("W06000081", "W06000082")
    yield made(
        "per-begun-first-month", "April 2020, the first month asked for", ACCEPTED, 2, _BEGUN, months(("2020-04",), two)
    )
    yield made(
        "per-begun-before-first-month",
        "March 2020, before the first period",
        REJECTED,
        2,
        _BEGUN,
        months(("2020-03",), two),
        rows=[2, 3],
        columns=["period"],
    )
    yield made(
        "per-begun-whole-quarter", "quarter 3, over in December", ACCEPTED, 2, _BEGUN, quarters(periods=("2025/26 Q3",))
    )
    yield made(
        "per-begun-running-quarter",
        "quarter 4 began in January 2026",
        WARNED,
        2,
        _BEGUN,
        quarters(periods=("2025/26 Q4",)),
        rows=[2, 3, 4],
        columns=["period"],
    )
    yield made(
        "per-begun-coming-quarter",
        "2026/27 Q1 has not begun",
        REJECTED,
        2,
        _BEGUN,
        quarters(periods=("2026/27 Q1",)),
        rows=[2, 3, 4],
        columns=["period"],
    )
    yield made(
        "per-begun-running-year",
        "2025/26 is not over",
        WARNED,
        2,
        _BEGUN,
        years(("2025/26",)),
        rows=[2],
        columns=["period"],
        partner="SHIRE-Q",
    )
    yield made(
        "per-begun-coming-year",
        "2026/27 has not begun",
        REJECTED,
        2,
        _BEGUN,
        years(("2026/27",)),
        rows=[2],
        columns=["period"],
        partner="SHIRE-Q",
    )
    yield made(
        "per-begun-first-year", "2020/21, the first", ACCEPTED, 2, _BEGUN, years(("2020/21",)), partner="SHIRE-Q"
    )
    yield made(
        "per-begun-before-first-year",
        "2019/20",
        REJECTED,
        2,
        _BEGUN,
        years(("2019/20",)),
        rows=[2],
        columns=["period"],
        partner="SHIRE-Q",
    )
    yield made(
        "per-begun-turn-of-century",
        "1999/2000",
        REJECTED,
        2,
        _BEGUN,
        years().put(2, period="1999/2000"),
        rows=[2],
        columns=["period"],
        partner="SHIRE-Q",
    )
    yield made(
        "per-begun-end-of-century",
        "2099/00 has not begun",
        REJECTED,
        2,
        _BEGUN,
        years().put(2, period="2099/00"),
        rows=[2],
        columns=["period"],
        partner="SHIRE-Q",
    )
    sheet = months().put(2, period="Apr-99")
    yield made(
        "per-two-digits-99",
        "Apr-99 is April 2099, which has not begun",
        REJECTED,
        2,
        "two digits of year mean 20yy; " + _BEGUN,
        sheet,
        rows=[2],
        columns=["period"],
    )


def _mixed() -> Iterator[Case]:
    sheet = months(("2025-04",)).put(2, period="Apr-25").put(3, period="01/04/2025").put(4, period="2025-04-30")
    yield made(
        "per-three-spellings",
        "the same month spelled three ways",
        WARNED,
        3,
        _SAID,
        sheet,
        rows=[2, 3, 4],
        columns=["period"],
    )
    sheet = months(("2025-04",)).put(2, period="05/01/2025").put(3, period="13/01/2025").put(4, period="01/13/2025")
    yield made(
        "per-day-or-month",
        "three dates none of which is the first of a month, day first",
        REJECTED,
        2,
        _LISTED,
        sheet,
        rows=[2, 3, 4],
        columns=["period"],
    )
    sheet = years(("2023/24",)).put(2, period="2023-24").add("bed-6", "W06000084", "2023/24", 3, None)
    yield made(
        "per-year-two-indicators",
        "2023-24 for one yearly indicator, 2023/24 for the other",
        WARNED,
        3,
        _SAID,
        sheet,
        rows=[2],
        columns=["period"],
        partner="SHIRE-Q",
    )
    sheet = months(("2025-04",)).put(3, period="2025/26 Q1").put(4, period="2025/26")
    yield made(
        "per-wrong-rhythm",
        "a quarter and a year for a month",
        REJECTED,
        2,
        _LISTED,
        sheet,
        rows=[3, 4],
        columns=["period"],
    )
    sheet = counts().put(2, period="2025/26")
    yield made(
        "per-year-for-quarter",
        "a year for a quarter",
        REJECTED,
        2,
        _LISTED,
        sheet,
        rows=[2],
        columns=["period"],
        partner="LINKS-S",
    )
    sheet = years(("2020/21",)).put(2, period="2020-21")
    yield made(
        "per-2020-21",
        "2020-21 for a year (never a month)",
        WARNED,
        3,
        _SAID,
        sheet,
        rows=[2],
        columns=["period"],
        partner="SHIRE-Q",
    )
    sheet = months().put(3, period="2020-21")
    yield made(
        "per-2020-21-month",
        "2020-21 for a month (there is no month 21)",
        REJECTED,
        2,
        _LISTED,
        sheet,
        rows=[3],
        columns=["period"],
    )
    sheet = years(("2020/21",)).put(2, period="2010-11")
    yield made(
        "per-2010-11",
        "2010-11 for a year: before the first period",
        REJECTED,
        2,
        _BEGUN,
        sheet,
        rows=[2],
        columns=["period"],
        partner="SHIRE-Q",
    )
