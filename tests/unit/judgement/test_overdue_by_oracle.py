"""Overdue figures of random worlds, held against a plain telling of the rule that looks at one series after another."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import polars as pl
import pytest

from outcomes.geography.areas import AREA_COLUMNS, Areas
from outcomes.judgement.judging import judge
from outcomes.judgement.model import Judgements
from outcomes.judgement.overdue import OUTDATED_AFTER
from outcomes.partnership.calendar import USUAL_RELEASE_DAYS, Calendar
from outcomes.partnership.model import Partnership
from outcomes.period import Period, period_containing, period_from_text
from outcomes.scorecard.model import Staleness
from outcomes.scorecard.staleness import staleness_text
from outcomes.vocabulary import DueBy, PeriodKind
from tests.small_world import AREAS, Row, estimates, inclusion, indicator, world

KINDS = tuple(PeriodKind)


@dataclass(frozen=True)
class World:
    """A random world: of each area the periods that have a figure (False: one without a value), and what else says."""

    kind: PeriodKind
    series: dict[str, dict[Period, bool]]
    as_of: date
    is_published: bool = False
    calendar: dict[str, Any] | None = None
    area_ends: dict[str, date] | None = None
    valid_to: date | None = None


def _judged(told: World) -> Judgements:
    rows: list[Row] = [
        {
            "area_code": code,
            "period_kind": told.kind.value,
            "period": str(period),
            "basis": "published" if told.is_published else "counts",
            **({"value": 20.0} if has_value else {"reason": "missing"}),
        }
        for code, periods in told.series.items()
        for period, has_value in periods.items()
    ]
    ends: Row = {} if told.valid_to is None else {"valid_to": told.valid_to}
    of = world(
        [indicator(period=told.kind.value, **ends)],
        [inclusion(benchmarks=["fixed_value"], benchmark_value=30.0)],
    )
    return judge(estimates(*rows), _with(of, told), as_of=told.as_of)


def _with(of: Partnership, told: World) -> Partnership:
    object.__setattr__(of, "calendar", Calendar.model_validate(told.calendar or {}))
    if told.area_ends:
        named = [
            {"area_code": code, "name": name, "level": level, "valid_to": told.area_ends.get(code)}
            for code, name, level in AREAS
        ]
        full = [{name: row.get(name) for name in AREA_COLUMNS} for row in named]
        object.__setattr__(of, "areas", Areas(pl.DataFrame(full, schema=dict(AREA_COLUMNS)).sort("area_code")))
    return of


def _oracle(told: World, code: str) -> tuple[str, date | None, int, str] | None:
    """The rule, told step by step: what should have followed, the day it was due, how many are missing, and by what."""
    ended = {period: has for period, has in told.series[code].items() if period.last <= told.as_of}
    if not ended or not ended[max(ended)]:
        return None
    with_value = sorted(period for period, has in ended.items() if has)
    latest = with_value[-1]
    newest = with_value[-6:]
    apart = sorted(later.ordinal - earlier.ordinal for earlier, later in pairwise(newest))
    # the longer of two in the middle
    step = apart[len(apart) // 2] if apart else 1
    ends = [day for day in (told.valid_to, (told.area_ends or {}).get(code)) if day is not None]

    def rule_days(period: Period) -> int | None:
        calendar = told.calendar or {}
        begins = calendar.get("returns_from")
        if begins is not None and period.first < date.fromisoformat(begins):
            return None
        own = calendar.get("indicators", {}).get("smoking")
        of_rhythm = None if told.is_published else calendar.get("due", {}).get(told.kind.value)
        rule = own or of_rhythm
        return None if rule is None else int(rule["days_after_period"])

    def due(period: Period) -> date:
        days = rule_days(period)
        return period.last + timedelta(days=USUAL_RELEASE_DAYS[told.kind] if days is None else days)

    following = latest.shifted(step)
    if any(following.last > day for day in ends):
        return None
    missed = 0
    while due(nxt := latest.shifted(step * (missed + 1))) < told.as_of and not any(nxt.last > day for day in ends):
        missed += 1
    elsewhere = max(
        period.ordinal
        for periods in told.series.values()
        for period, has in periods.items()
        if has and period.last <= told.as_of
    )
    if rule_days(following) is None and elsewhere >= following.ordinal:
        return str(following), None, max(missed, (elsewhere - latest.ordinal) // step), "other areas"
    if not missed:
        return None
    return str(following), due(following), missed, "usual release" if rule_days(following) is None else "calendar"


def _random_world(chance: random.Random) -> World:
    kind = chance.choice(KINDS)
    last = period_containing(kind, date(2019, 6, 15))
    series = {}
    for code in ("PL1", "PL2", "PL3", "PL9"):
        period, periods = last.shifted(chance.randint(-3, 3)), {}
        every = chance.choice((1, 1, 1, 2, 3))
        for _ in range(chance.randint(1, 9)):
            periods[period] = chance.random() > 0.1
            period = period.shifted(every if chance.random() < 0.8 else every + 1)
        series[code] = periods
    # a day on, just before or just after a boundary of some period, or of its being due
    any_period = chance.choice(list(series["PL1"])).shifted(chance.randint(0, 14))
    days = chance.choice((0, 1, 30, 45, USUAL_RELEASE_DAYS[kind]))
    calendar: dict[str, Any] = {}
    if chance.random() < 0.5:
        calendar["due"] = {kind.value: {"days_after_period": days}}
    if chance.random() < 0.3:
        calendar["indicators"] = {"smoking": {"days_after_period": chance.choice((10, 200))}}
    if chance.random() < 0.3:
        calendar["returns_from"] = chance.choice(list(series["PL1"])).first.isoformat()
    return World(
        kind,
        series,
        any_period.last + timedelta(days=days + chance.choice((-1, 0, 1))),
        is_published=chance.random() < 0.4,
        calendar=calendar,
        area_ends={"PL2": any_period.last} if chance.random() < 0.4 else None,
        valid_to=any_period.last if chance.random() < 0.2 else None,
    )


def _found(judged: Judgements) -> dict[str, tuple[str, date | None, int, str]]:
    columns = ("area_code", "next_period", "due_on", "missed", "due_by")
    return {code: (said, due, missed, by) for code, said, due, missed, by in judged.overdue.select(columns).iter_rows()}


@pytest.mark.parametrize("seed", range(12))
def test_what_is_overdue_in_random_worlds_is_what_the_plain_rule_says(seed: int) -> None:
    chance = random.Random(seed)
    spoken = 0
    for _ in range(12):
        told = _random_world(chance)
        judged = _judged(told)
        expected = {code: row for code in told.series if (row := _oracle(told, code)) is not None}
        assert _found(judged) == expected, told
        spoken += len(expected)
        words = judged.frame.filter(signal="comparison")
        for code, word, reason, because in words.select("area_code", "word", "reason", "because").iter_rows():
            missed = expected[code][2] if code in expected else 0
            if missed >= OUTDATED_AFTER[told.kind]:
                assert (word, reason) == ("not compared", "not available")
                assert because.endswith("It is too old to say how things stand.")
            else:
                assert "too old" not in (because or "")
                assert (word == "not compared") == (reason is not None)
    assert spoken > 5


def _months(*texts: str) -> dict[Period, bool]:
    return {period_from_text(PeriodKind.MONTH, text): True for text in texts}


def test_the_last_figure_of_an_area_that_ended_is_not_stale_and_keeps_its_word() -> None:
    years = {period_from_text(PeriodKind.FINANCIAL_YEAR, text): True for text in ("2021/22", "2022/23")}
    later = {period_from_text(PeriodKind.FINANCIAL_YEAR, text): True for text in ("2023/24", "2024/25", "2025/26")}
    told = World(
        PeriodKind.FINANCIAL_YEAR,
        {"PL1": years, "PL2": years | later},
        date(2026, 11, 22),
        area_ends={"PL1": date(2023, 3, 31)},
    )
    judged = _judged(told)
    assert judged.overdue.is_empty()
    assert judged.frame.filter(signal="comparison", area_code="PL1")["word"].to_list() == ["much better"]


def test_so_many_are_missing_as_another_area_has_though_they_would_not_usually_be_there_yet() -> None:
    every = [f"2025-{month:02}" for month in range(1, 13)] + [f"2026-{month:02}" for month in range(1, 11)]
    told = World(
        PeriodKind.MONTH, {"PL1": _months(*every[:9]), "PL2": _months(*every)}, date(2026, 11, 22), is_published=True
    )
    judged = _judged(told)
    assert _found(judged) == {"PL1": ("2025-10", None, 13, "other areas")}
    (row,) = judged.frame.filter(signal="comparison", area_code="PL1").to_dicts()
    assert row["because"] == (
        "The latest figure is for September 2025; other areas have later ones, from October 2025 on. It is too old to "
        "say how things stand."
    )


def _sentence(series: Sequence[str], calendar: dict[str, Any] | None = None) -> str:
    told = World(PeriodKind.MONTH, {"PL1": _months(*series)}, date(2026, 11, 22), calendar=calendar)
    (row,) = _judged(told).frame.filter(signal="comparison").to_dicts()
    return str(row["because"])


def test_a_series_that_its_publisher_ended_is_withheld_in_a_sentence_for_anyone() -> None:
    assert _sentence(["2019-12", "2020-01", "2020-02"]) == (
        "The latest figure is for February 2020; by now 77 later ones would usually be there, the first for March "
        "2020. It is too old to say how things stand."
    )


def test_what_the_calendar_asked_for_is_said_to_have_been_due() -> None:
    calendar = {"due": {"month": {"days_after_period": 30}}}
    assert _sentence(["2024-12", "2025-01"], calendar) == (
        "The latest figure is for January 2025; 20 later ones were due, the first of them for February 2025. It is too "
        "old to say how things stand."
    )


def test_a_month_is_spoken_on_the_page_too() -> None:
    stale = Staleness(next_period="2026-08", due_on=date(2026, 11, 29), missed=1, due_by=DueBy.USUAL_RELEASE)
    assert staleness_text("2026-07", stale) == (
        "The latest figure is for July 2026; that for August 2026 would usually be there by 29 November 2026."
    )


def test_so_many_days_after_a_period_that_there_is_no_such_day_are_refused() -> None:
    with pytest.raises(ValueError, match="3653"):
        Calendar.model_validate({"due": {"month": {"days_after_period": 99_999_999}}})
