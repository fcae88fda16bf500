"""Staleness told by example: a series, what stands in the calendar, the date, and what should have come by then."""

from datetime import date
from typing import Any

import pytest

from outcomes.judgement.judging import judge
from outcomes.judgement.model import Judgements
from outcomes.partnership.calendar import USUAL_RELEASE_DAYS, Calendar
from outcomes.period import period_from_text
from outcomes.scorecard.model import IndicatorLine
from outcomes.vocabulary import PeriodKind, Qualifier
from tests.small_world import Row, estimates, inclusion, indicator
from tests.unit.scorecard.card_world import cards, line, partnership, status

# columns: rhythm, periods with a figure, the calendar's days for the rhythm, as of, what is overdue, and by what
DRAWN = """
    month                 | 2026-04 2026-05 2026-06                    |     | 2026-10-29 |            |
    month                 | 2026-04 2026-05 2026-06                    |     | 2026-10-30 | 2026-07    | usual release
    month                 | 2026-04 2026-05 2026-06                    | 30  | 2026-08-30 |            |
    month                 | 2026-04 2026-05 2026-06                    | 30  | 2026-08-31 | 2026-07    | calendar
    quarter               | 2025/26 Q4, 2026/27 Q1                     |     | 2027-03-29 |            |
    quarter               | 2025/26 Q4, 2026/27 Q1                     |     | 2027-03-30 | 2026/27 Q2 | usual release
    quarter               | 2025/26 Q4, 2026/27 Q1                     | 45  | 2026-11-22 | 2026/27 Q2 | calendar
    quarter               | 2025/26 Q1, 2025/26 Q3, 2026/27 Q1         | 45  | 2026-11-22 |            |
    quarter               | 2025/26 Q1, 2025/26 Q3, 2026/27 Q1         | 45  | 2027-05-16 | 2026/27 Q3 | calendar
    financial_year        | 2022/23, 2023/24                           |     | 2026-09-22 |            |
    financial_year        | 2022/23, 2023/24                           |     | 2026-09-23 | 2024/25    | usual release
    financial_year        | 2017/18, 2019/20, 2021/22, 2023/24         |     | 2026-09-23 |            |
    financial_year        | 2017/18, 2019/20, 2021/22, 2023/24         |     | 2027-09-23 | 2025/26    | usual release
    financial_year        | 2019/20, 2020/21, 2021/22, 2023/24         |     | 2026-09-23 | 2024/25    | usual release
    calendar_year         | 2024                                       |     | 2027-06-25 | 2025       | usual release
    three_calendar_years  | 2020 to 2022, 2021 to 2023, 2022 to 2024   |     | 2027-06-24 |            |
    three_calendar_years  | 2020 to 2022, 2021 to 2023, 2022 to 2024   |     | 2027-06-25 | 2023 to 2025 | usual release
    three_calendar_years  | 2020 to 2022, 2021 to 2023, 2022 to 2024   | 330 | 2026-11-27 | 2023 to 2025 | calendar
"""
LINES = [[cell.strip() for cell in line_.split("|")] for line_ in DRAWN.strip().splitlines()]


def _rows(kind: str, periods: str, area_code: str = "PL1") -> list[Row]:
    texts = periods.split(", ") if "," in periods or " to " in periods or " Q" in periods else periods.split()
    return [
        {
            "area_code": area_code,
            "period_kind": kind,
            "period": text,
            "value": 20.0,
            "numerator": 20,
            "denominator": 100,
        }
        for text in texts
    ]


def _judged(rows: list[Row], as_of: str, calendar: dict[str, Any] | None = None, **terms: Any) -> Judgements:
    kind = rows[0]["period_kind"]
    of = partnership(
        indicators=[indicator(**{"period": kind, **terms})],
        local=[inclusion(benchmarks=["fixed_value"], benchmark_value=30.0, special_cause="", trend="")],
    )
    object.__setattr__(of, "calendar", Calendar.model_validate(calendar or {}))
    return judge(estimates(*rows), of, as_of=date.fromisoformat(as_of))


@pytest.mark.parametrize("drawn", LINES, ids=["-".join(one[:4]) for one in LINES])
def test_each_drawn_series_is_overdue_as_drawn(drawn: list[str]) -> None:
    kind, periods, days, as_of, following, due_by = drawn
    calendar = {"due": {kind: {"days_after_period": days}}} if days else {}
    found = _judged(_rows(kind, periods), as_of, calendar).overdue
    assert found.select("next_period", "due_by").rows() == ([(following, due_by)] if following else [])


def test_the_day_it_was_due_is_the_period_and_the_days_after_it() -> None:
    (row,) = _judged(_rows("quarter", "2026/27 Q1, 2026/27 Q2"), "2027-07-01").overdue.to_dicts()
    quarter = period_from_text(PeriodKind.QUARTER, "2026/27 Q3")
    assert (row["due_on"] - quarter.last).days == USUAL_RELEASE_DAYS[PeriodKind.QUARTER]
    assert row["missed"] == 1


def test_an_area_without_the_figure_that_another_area_has_is_stale() -> None:
    rows = [*_rows("financial_year", "2022/23, 2023/24"), *_rows("financial_year", "2023/24, 2024/25", "PL2")]
    judged = _judged(rows, "2026-01-10")
    assert judged.overdue.select("area_code", "next_period", "due_on", "due_by").rows() == [
        ("PL1", "2024/25", None, "other areas")
    ]


def test_a_rule_of_the_calendar_for_the_indicator_comes_first_and_that_of_the_rhythm_is_not_for_published_values() -> (
    None
):
    rows = _rows("financial_year", "2023/24")
    own = {"due": {"financial_year": {"days_after_period": 30}}, "indicators": {"smoking": {"days_after_period": 400}}}
    assert _judged(rows, "2026-05-05", own).overdue.is_empty()
    assert _judged(rows, "2026-05-06", own).overdue["due_by"].to_list() == ["calendar"]
    kind_only = {"due": {"financial_year": {"days_after_period": 30}}}
    published = [{**row, "basis": "published"} for row in rows]
    assert _judged(rows, "2025-06-01", kind_only).overdue.height == 1
    assert _judged(published, "2025-06-01", kind_only).overdue.is_empty()


def test_a_figure_without_a_value_and_the_last_of_an_ended_definition_are_not_overdue() -> None:
    missing = [{"period_kind": "month", "period": "2025-01", "reason": "missing"}]
    assert _judged(missing, "2026-11-22").overdue.is_empty()
    ended = _judged(_rows("month", "2025-01 2025-02"), "2026-11-22", valid_to="2025-02-28")
    assert ended.overdue.is_empty()


def _word(rows: list[Row], as_of: str) -> tuple[str, str | None]:
    (row,) = _judged(rows, as_of).frame.filter(signal="comparison").to_dicts()
    return row["word"], row["reason"]


# columns: rhythm, the only figure, the last day on which its word is given, and the first on which it is not
OUTDATED = [
    ("month", "2025-01", "2026-05-01", "2026-05-02"),
    ("quarter", "2024/25 Q1", "2025-12-27", "2025-12-28"),
    ("financial_year", "2020/21", "2025-09-22", "2025-09-23"),
    ("three_calendar_years", "2018 to 2020", "2025-06-23", "2025-06-24"),
]


@pytest.mark.parametrize(("kind", "period", "given", "withheld"), OUTDATED)
def test_a_word_stays_while_a_figure_is_stale_and_goes_when_it_is_too_old(
    kind: str, period: str, given: str, withheld: str
) -> None:
    rows = [{**_rows(kind, "2025-01")[0], "period": period}]
    assert _word(rows, given) == ("much better", None)
    assert _word(rows, withheld) == ("not compared", "not available")
    judged = _judged(rows, withheld)
    (row,) = judged.frame.filter(signal="comparison").to_dicts()
    assert "It is too old to say how things stand." in row["because"]
    assert (row["amount"], row["direction"], row["against_value"]) == (None, None, None)
    # where nothing was agreed there is nothing to withhold
    assert judged.frame.filter(signal="target")["word"].to_list() == ["no target"]


def _line(rows: list[Row], as_of: date, **given: Any) -> IndicatorLine:
    of = partnership(indicators=[indicator(period=rows[0]["period_kind"])])
    values = estimates(*rows)
    return line(values, judge(values, of, as_of=as_of), of=of, as_of=as_of, **given)


def test_the_page_says_why_in_words() -> None:
    found = _line(_rows("quarter", "2025/26 Q3, 2025/26 Q4, 2026/27 Q1"), date(2027, 4, 1))
    assert found.current is not None
    assert found.current.value.qualifiers == (Qualifier.STALE,)
    assert found.data_note == (
        "The latest figure is for 2026/27 Q1; that for 2026/27 Q2 would usually be there by 29 March 2027."
    )
    assert found.staleness is not None
    assert (found.staleness.next_period, found.staleness.due_by, found.staleness.missed) == (
        "2026/27 Q2",
        "usual release",
        1,
    )


def test_a_fresh_figure_says_nothing() -> None:
    found = _line(_rows("quarter", "2025/26 Q4, 2026/27 Q1"), date(2026, 11, 22))
    assert (found.staleness, found.data_note) == (None, "")


def test_what_partners_were_to_send_decides_where_anything_was() -> None:
    rows = _rows("financial_year", "2020/21, 2021/22")
    told = status({"period": "2021/22"}, {"period": "2022/23", "status": "not yet due", "due_on": date(2027, 1, 1)})
    found = _line(rows, date(2026, 11, 22), returns=told)
    assert found.staleness is None
    late = status({"period": "2021/22"}, {"period": "2022/23", "status": "missing", "due_on": date(2026, 5, 30)})
    again = _line(rows, date(2026, 11, 22), returns=late)
    assert again.staleness is not None
    assert again.staleness.due_by == "returns"


def test_the_results_mark_the_same_figures_as_the_page() -> None:
    rows = [*_rows("month", "2026-05 2026-06"), *_rows("month", "2026-05 2026-06 2026-09", "PL2")]
    of = partnership(indicators=[indicator(period="month")])
    values = estimates(*rows)
    found = cards(values, judge(values, of, as_of=date(2026, 10, 1)), of=of, as_of=date(2026, 10, 1))
    marked = found.frame.filter(found.frame["qualifiers"].str.contains("stale"))
    assert marked.select("area_code", "period").rows() == [("PL1", "2026-06")]
    assert {card.place.area_code for card in found for one in card.lines if one.staleness} == {"PL1"}
