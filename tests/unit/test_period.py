"""Periods: days, neighbours and the one canonical text of each kind."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.period import EXAMPLE, Period, period_containing, period_from_text, period_starting
from outcomes.vocabulary import PeriodKind

KINDS = st.sampled_from(list(PeriodKind))
DAYS = st.dates(date(4, 1, 1), date(9990, 12, 31))

# kind, canonical text, first and last day
WRITTEN = (
    (PeriodKind.MONTH, "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    (PeriodKind.MONTH, "2023-02", date(2023, 2, 1), date(2023, 2, 28)),
    (PeriodKind.MONTH, "1900-02", date(1900, 2, 1), date(1900, 2, 28)),
    (PeriodKind.MONTH, "2000-02", date(2000, 2, 1), date(2000, 2, 29)),
    (PeriodKind.MONTH, "2024-12", date(2024, 12, 1), date(2024, 12, 31)),
    # quarters are those of the financial year: the fourth lies in the next calendar year
    (PeriodKind.QUARTER, "2024/25 Q1", date(2024, 4, 1), date(2024, 6, 30)),
    (PeriodKind.QUARTER, "2024/25 Q2", date(2024, 7, 1), date(2024, 9, 30)),
    (PeriodKind.QUARTER, "2024/25 Q3", date(2024, 10, 1), date(2024, 12, 31)),
    (PeriodKind.QUARTER, "2024/25 Q4", date(2025, 1, 1), date(2025, 3, 31)),
    (PeriodKind.QUARTER, "1999/00 Q4", date(2000, 1, 1), date(2000, 3, 31)),
    (PeriodKind.CALENDAR_YEAR, "2024", date(2024, 1, 1), date(2024, 12, 31)),
    (PeriodKind.FINANCIAL_YEAR, "2024/25", date(2024, 4, 1), date(2025, 3, 31)),
    (PeriodKind.FINANCIAL_YEAR, "1999/00", date(1999, 4, 1), date(2000, 3, 31)),
    (PeriodKind.ACADEMIC_YEAR, "2024/25", date(2024, 9, 1), date(2025, 8, 31)),
    (PeriodKind.THREE_CALENDAR_YEARS, "2022 to 2024", date(2022, 1, 1), date(2024, 12, 31)),
    (PeriodKind.THREE_FINANCIAL_YEARS, "2022/23 to 2024/25", date(2022, 4, 1), date(2025, 3, 31)),
)
MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.CALENDAR_YEAR: 12,
    PeriodKind.FINANCIAL_YEAR: 12,
    PeriodKind.ACADEMIC_YEAR: 12,
    PeriodKind.THREE_CALENDAR_YEARS: 36,
    PeriodKind.THREE_FINANCIAL_YEARS: 36,
}


@pytest.mark.parametrize(("kind", "text", "first", "last"), WRITTEN)
def test_each_kind_has_its_days_and_its_text(kind: PeriodKind, text: str, first: date, last: date) -> None:
    period = period_from_text(kind, text)
    assert (period.first, period.last, period.kind) == (first, last, kind)
    assert str(period) == text
    assert period_starting(kind, first) == period


def test_every_kind_is_proved_here() -> None:
    assert {kind for kind, *_ in WRITTEN} == set(PeriodKind) == set(MONTHS)


@pytest.mark.parametrize("kind", list(PeriodKind))
def test_the_example_of_a_refusal_is_itself_accepted(kind: PeriodKind) -> None:
    assert str(period_from_text(kind, EXAMPLE[kind])) == EXAMPLE[kind]


@given(KINDS, DAYS)
def test_canonical_text_and_period_say_the_same(kind: PeriodKind, day: date) -> None:
    period = period_containing(kind, day)
    assert period_from_text(kind, str(period)) == period


@given(KINDS, DAYS)
def test_the_period_of_a_day_holds_it_and_the_next_one_begins_after_it(kind: PeriodKind, day: date) -> None:
    period = period_containing(kind, day)
    assert period.first <= day <= period.last
    # of overlapping ones, the last to begin
    assert period.shifted(1).first > day
    months = (period.last + timedelta(days=1)).year * 12 + (period.last + timedelta(days=1)).month
    assert months - (period.first.year * 12 + period.first.month) == MONTHS[kind]


@given(KINDS, DAYS, st.integers(-30, 30))
def test_neighbours_differ_by_one_in_their_ordinal(kind: PeriodKind, day: date, steps: int) -> None:
    period = period_containing(kind, day)
    later = period_from_text(kind, str(period.shifted(1)))
    assert later.ordinal - period.ordinal == 1
    assert later > period
    if 40 < period.first.year < 9900:
        moved = period.shifted(steps)
        assert moved.ordinal - period.ordinal == steps
        assert moved.shifted(-steps) == period


@given(KINDS, DAYS)
def test_neighbours_leave_no_day_between_them_unless_they_overlap(kind: PeriodKind, day: date) -> None:
    period = period_containing(kind, day)
    step = 3 if MONTHS[kind] == 36 else 1
    assert period.shifted(step).first == period.last + timedelta(days=1)


def test_three_year_periods_roll_on_by_one_year() -> None:
    period = period_from_text(PeriodKind.THREE_CALENDAR_YEARS, "2022 to 2024")
    assert str(period.shifted(1)) == "2023 to 2025"
    rolled = period_from_text(PeriodKind.THREE_FINANCIAL_YEARS, "1998/99 to 2000/01").shifted(-1)
    assert str(rolled) == "1997/98 to 1999/00"


REFUSED = (
    (PeriodKind.MONTH, "2024-13"),
    (PeriodKind.MONTH, "2024-00"),
    (PeriodKind.MONTH, "2024-4"),
    (PeriodKind.MONTH, "2024/04"),
    (PeriodKind.MONTH, "Apr-24"),
    (PeriodKind.MONTH, "2024-04 "),
    (PeriodKind.MONTH, "2024-04\n"),
    (PeriodKind.MONTH, "２０２４-04"),
    (PeriodKind.QUARTER, "2024 Q1"),
    (PeriodKind.QUARTER, "2024/25 Q5"),
    (PeriodKind.QUARTER, "2024/25 Q0"),
    (PeriodKind.QUARTER, "2024/26 Q1"),
    (PeriodKind.QUARTER, "2024/25 q1"),
    (PeriodKind.CALENDAR_YEAR, "24"),
    (PeriodKind.CALENDAR_YEAR, "2024.0"),
    (PeriodKind.CALENDAR_YEAR, "0000"),
    (PeriodKind.FINANCIAL_YEAR, "2024"),
    (PeriodKind.FINANCIAL_YEAR, "2024/24"),
    (PeriodKind.FINANCIAL_YEAR, "2024-25"),
    (PeriodKind.FINANCIAL_YEAR, "2024/2025"),
    (PeriodKind.ACADEMIC_YEAR, "2024/23"),
    (PeriodKind.THREE_CALENDAR_YEARS, "2022 to 2025"),
    (PeriodKind.THREE_CALENDAR_YEARS, "2022-2024"),
    (PeriodKind.THREE_CALENDAR_YEARS, "2022 - 24"),
    (PeriodKind.THREE_FINANCIAL_YEARS, "2022/23 to 2024/26"),
    (PeriodKind.THREE_FINANCIAL_YEARS, "2022/23 to 2023/24"),
    # past the end of the calendar
    (PeriodKind.FINANCIAL_YEAR, "9999/00"),
    (PeriodKind.QUARTER, "9999/00 Q4"),
    (PeriodKind.THREE_CALENDAR_YEARS, "9998 to 10000"),
    (PeriodKind.THREE_CALENDAR_YEARS, "9999 to 0001"),
    (PeriodKind.MONTH, ""),
)


@pytest.mark.parametrize(("kind", "text"), REFUSED)
def test_another_form_is_refused_with_an_example(kind: PeriodKind, text: str) -> None:
    with pytest.raises(ValueError) as refused:
        period_from_text(kind, text)
    assert str(refused.value) == f"{text!r} is no {kind.value.replace('_', ' ')}; write it as {EXAMPLE[kind]}"


@given(KINDS, st.text(max_size=20))
def test_any_text_is_a_period_in_its_canonical_form_or_refused(kind: PeriodKind, text: str) -> None:
    try:
        period = period_from_text(kind, text)
    except ValueError as refused:
        assert EXAMPLE[kind] in str(refused)
    else:
        assert str(period) == text


@pytest.mark.parametrize(
    ("first", "last", "kind"),
    [
        (date(2024, 4, 2), date(2025, 3, 31), PeriodKind.FINANCIAL_YEAR),
        (date(2024, 4, 1), date(2025, 3, 30), PeriodKind.FINANCIAL_YEAR),
        (date(2024, 1, 1), date(2024, 12, 31), PeriodKind.FINANCIAL_YEAR),
        (date(2024, 5, 1), date(2024, 7, 31), PeriodKind.QUARTER),
        (date(2024, 2, 1), date(2024, 2, 28), PeriodKind.MONTH),
        (date(2024, 4, 1), date(2025, 3, 31), PeriodKind.ACADEMIC_YEAR),
    ],
)
def test_days_that_make_no_period_of_the_kind_are_refused(first: date, last: date, kind: PeriodKind) -> None:
    with pytest.raises(ValueError, match=f"{first} to {last} is no {kind.value}"):
        Period(first, last, kind)


def test_no_period_begins_on_another_day() -> None:
    with pytest.raises(ValueError, match="is no quarter"):
        period_starting(PeriodKind.QUARTER, date(2024, 5, 1))


@pytest.mark.parametrize("kind", [kind for kind in PeriodKind if kind is not PeriodKind.MONTH])
def test_a_day_at_an_end_of_the_calendar_has_a_period_or_is_refused(kind: PeriodKind) -> None:
    for day in (date.min, date.max):
        try:
            period = period_containing(kind, day)
        except ValueError:
            continue
        assert period.first <= day <= period.last


def test_periods_stand_in_the_order_of_time() -> None:
    texts = ["2025/26", "2023/24", "2024/25"]
    periods = sorted(period_from_text(PeriodKind.FINANCIAL_YEAR, text) for text in texts)
    assert [str(period) for period in periods] == sorted(texts)
