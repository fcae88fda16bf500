"""Numbers, intervals, periods and dates are printed for people, and rounded half away from zero."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.period import Period
from outcomes.report.formatting import (
    count_text,
    date_text,
    interval_text,
    joined,
    number_text,
    period_text,
    shortened,
    value_text,
    with_unit,
)
from outcomes.report.signals import agreed_text
from outcomes.vocabulary import PeriodKind


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        # the float nearest to 2.675 lies below it: a reader sees a half
        (2.675, 2, "2.68"),
        (0.05, 1, "0.1"),
        (1234567.891, 1, "1,234,567.9"),
        (-0.04, 1, "0.0"),
        (1e22, 0, "10,000,000,000,000,000,000,000"),
        (1.0000000000000002, 1, "1.0"),
        (5e-324, 3, "0.000"),
    ],
)
def test_a_half_is_rounded_away_from_zero(value: float, decimals: int, printed: str) -> None:
    assert number_text(value, decimals) == printed


@given(
    value=st.floats(min_value=-1e12, max_value=1e12, allow_nan=False, allow_infinity=False),
    decimals=st.integers(min_value=0, max_value=6),
)
def test_a_printed_number_reads_back_as_the_rounded_one(value: float, decimals: int) -> None:
    printed = number_text(value, decimals)
    expected = Decimal(repr(value)).quantize(Decimal(10) ** -decimals, rounding=ROUND_HALF_UP)
    assert Decimal(printed.replace(",", "").replace("−", "-")) == expected
    assert "e" not in printed.lower()
    assert not printed.startswith("−0") or set(printed) - set("−0.,")


@pytest.mark.parametrize(
    ("unit", "printed"),
    [
        ("%", "66.3%"),
        ("per 100,000", "66.3 per 100,000"),
        ("£", "£66.3"),
        ("years", "66.3 years"),
        ("", "66.3"),
        ("% (indirectly standardised)", "66.3% (indirectly standardised)"),
    ],
)
def test_a_unit_stands_where_people_write_it(unit: str, printed: str) -> None:
    assert with_unit("66.3", unit) == printed
    assert value_text(66.25, 1, unit) == printed


def test_an_interval_is_two_numbers_and_a_word() -> None:
    assert interval_text(2147.1, 2387.94, 0) == "2,147 to 2,388"


def test_a_count_that_is_no_whole_number_keeps_one_decimal() -> None:
    assert (count_text(12.0), count_text(12.25), count_text(0.0)) == ("12", "12.3", "0")


def test_an_agreed_level_is_printed_as_it_was_agreed() -> None:
    assert [agreed_text(level) for level in (70.0, 66.5, 0.0, 1e5)] == ["70", "66.5", "0", "100,000"]


@pytest.mark.parametrize(
    ("kind", "year", "month", "short", "long"),
    [
        (PeriodKind.MONTH, 2026, 9, "Sep 2026", "September 2026"),
        (PeriodKind.QUARTER, 2026, 7, "2026/27 Q2", "July to September 2026 (2026/27 Q2)"),
        (PeriodKind.QUARTER, 2027, 1, "2026/27 Q4", "January to March 2027 (2026/27 Q4)"),
        (PeriodKind.CALENDAR_YEAR, 2025, 1, "2025", "2025"),
        (PeriodKind.FINANCIAL_YEAR, 2025, 4, "2025/26", "2025/26"),
        (PeriodKind.ACADEMIC_YEAR, 2025, 9, "2025/26", "2025/26"),
        (PeriodKind.THREE_CALENDAR_YEARS, 2022, 1, "2022 to 2024", "2022 to 2024"),
        (PeriodKind.THREE_FINANCIAL_YEARS, 2022, 4, "2022/23 to 2024/25", "2022/23 to 2024/25"),
    ],
)
def test_every_kind_of_period_is_printed_for_people(
    kind: PeriodKind, year: int, month: int, short: str, long: str
) -> None:
    period = Period.of(kind, year, month)
    assert period_text(kind, str(period), period.first, period.last) == short
    assert period_text(kind, str(period), period.first, period.last, long=True) == long


def test_a_date_is_printed_without_a_locale() -> None:
    assert date_text(date(2026, 3, 1)) == "1 March 2026"
    assert date_text(date(2026, 3, 1), short=True) == "1 Mar 2026"


def test_a_list_ends_with_and() -> None:
    assert joined(["a", "b", "c"]) == "a, b and c"


def test_a_text_that_is_cut_says_so_and_is_no_longer_than_asked() -> None:
    assert shortened("abcdefgh", 5) == "abcd…"
    assert shortened("abcde", 5) == "abcde"
