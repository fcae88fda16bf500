"""Every kind of target in plain words: what is to be reached, what stands now, and what is drawn."""

from typing import Any

import pytest

from outcomes.report.definition_view import definition_pairs
from outcomes.report.line_view import series_of
from outcomes.report.signals import headline_target, spoken_signals, target_view
from outcomes.report.target_words import goal_text, is_drawn, now_text
from outcomes.scorecard.model import BaselineLine, IndicatorLine, Scorecard, TargetLine, TargetSignal
from outcomes.vocabulary import AreaLevel, Certainty, PeriodKind, Reached, TargetKind, TargetMatch, Word
from tests.report_cards import castlewick, line, series, target

YEAR = PeriodKind.FINANCIAL_YEAR
MOST, LEAST = "the most deprived fifth", "the least deprived fifth"
THEN = BaselineLine(period="2022/23", value=11.1)
FROZEN = BaselineLine(period="2022/23", value=39.0, is_frozen=True, source="Board paper")


def signal(**terms: Any) -> TargetSignal:
    given: dict[str, Any] = {
        "word": Word.ON_TRACK,
        "set_by": AreaLevel.PLACE,
        "target_period": "2027/28",
        "period": "2025/26",
        "reached": Reached.REACHED,
        "certainty": Certainty.CLEAR,
        "decision": "JC 4",
    }
    return TargetSignal.model_validate({**given, **terms})


GAP = signal(
    kind=TargetKind.GAP,
    breakdown="fifth=1",
    group=MOST,
    compared_with=LEAST,
    by_per_cent=-40.0,
    baseline=THEN,
    measured=4.7,
    expected=8.5,
    distance=-3.8,
    distance_lower_ci_95=-7.4,
    distance_upper_ci_95=-0.2,
    target_value=6.7,
)
TO_ALL = GAP.model_copy(update={"compared_with": "", "by_per_cent": None, "by_points": -3.0})
CHANGE = signal(
    kind=TargetKind.CHANGE,
    by_points=8.0,
    baseline=BaselineLine(period="2022/23", value=60.0),
    expected=64.0,
    target_value=68.0,
    points=(TargetLine(period="2022/23", value=60.0), TargetLine(period="2027/28", value=68.0)),
)
OF_GROUP = signal(
    kind=TargetKind.CHANGE,
    breakdown="fifth=1",
    group=MOST,
    by_per_cent=10.0,
    baseline=FROZEN,
    measured=47.8,
    expected=41.3,
    target_value=42.9,
)
LEVEL_OF_GROUP = signal(
    kind=TargetKind.PATH, breakdown="sex=Male", group="Male", measured=61.2, expected=62.5, target_value=70.0
)
ENGLAND = signal(kind=TargetKind.BENCHMARK, match=TargetMatch.NATION, compared_with="England", expected=53.1)
QUARTILE = signal(kind=TargetKind.BENCHMARK, match=TargetMatch.BEST_QUARTILE, expected=53.1, areas=12)
MEDIAN = signal(kind=TargetKind.BENCHMARK, match=TargetMatch.MEDIAN, expected=53.1, areas=3)


def measure(*targets: TargetSignal, unit: str = "%") -> IndicatorLine:
    points = series(YEAR, "2025/26", [70.0, 71.0, 72.0], 2.0)
    return line("share", "Share", "Share", unit=unit, period_kind=YEAR, points=points, targets=targets)


@pytest.mark.parametrize(
    ("told", "goal"),
    [
        (GAP, "Reduce the gap between the most and least deprived fifth by 40% from 2022/23 by 2027/28"),
        (TO_ALL, "Reduce the gap between the most deprived fifth and everybody by 3 percentage points from 2022/23 by"),
        (CHANGE, "Raise by 8 percentage points from 2022/23 by 2027/28"),
        (CHANGE.model_copy(update={"by_points": -8.0}), "Reduce by 8 percentage points from 2022/23 by 2027/28"),
        (OF_GROUP, "For the most deprived fifth: raise by 10% from 2022/23 by 2027/28"),
        (LEVEL_OF_GROUP, "For Male: 70% in 2027/28"),
        (ENGLAND, "Match England by 2027/28"),
        (ENGLAND.model_copy(update={"compared_with": ""}), "Match the nation by 2027/28"),
        (QUARTILE, "Be among the best quarter of areas by 2027/28"),
        (MEDIAN, "Match the median of the other areas by 2027/28"),
    ],
)
def test_each_kind_says_what_is_to_be_reached(told: TargetSignal, goal: str) -> None:
    assert goal_text(measure(), told, is_bare=True).startswith(goal)
    assert goal_text(measure(), told).endswith(", set locally")
    assert target_view(measure(told), told).details[0].startswith(goal)


def test_points_are_of_the_unit() -> None:
    assert "by 8 per 1,000 from" in goal_text(measure(unit="per 1,000"), CHANGE)


def test_the_distance_stands_behind_the_line_and_not_in_its_narrow_cell() -> None:
    told = measure(GAP, OF_GROUP, ENGLAND)
    assert "−3.8" not in target_view(told, GAP).details[0]
    behind = {term: text for term, text, _ in definition_pairs(told)}
    # one without an interval has none to tell
    assert (
        behind["Distance from what is expected"]
        == f"{goal_text(told, GAP, is_bare=True)}: −3.8 percentage points (−7.4 to −0.2)"
    )
    assert "Distance from what is expected" not in {term for term, _, _ in definition_pairs(measure(OF_GROUP))}


@pytest.mark.parametrize(
    ("told", "now"),
    [
        (GAP, "Now 4.7 percentage points, 8.5 expected"),
        (OF_GROUP, "Now 47.8%, 41.3% expected"),
        (CHANGE, "64.0% expected"),
        (ENGLAND, "England 53.1%"),
        (MEDIAN, "Level to match 53.1%, of 3 other areas"),
        (GAP.model_copy(update={"period": "2024/25"}), "4.7 percentage points in 2024/25, 8.5 expected"),
        (GAP.model_copy(update={"measured": None}), "8.5 percentage points expected"),
        (signal(kind=TargetKind.GAP, group=MOST), ""),
    ],
)
def test_what_stands_now_is_said_with_what_is_expected(told: TargetSignal, now: str) -> None:
    assert now_text(measure(), told).startswith(now)
    assert bool(now) == bool(now_text(measure(), told))


def test_only_levels_of_everybody_on_the_own_scale_are_drawn() -> None:
    plain = target(Word.MET, 70.0, "2025/26")
    every = (GAP, CHANGE, OF_GROUP, LEVEL_OF_GROUP, ENGLAND, QUARTILE, plain)
    assert [is_drawn(told) for told in every] == [False, True, False, False, False, False, True]
    drawn = series_of(measure(*every)).targets
    assert [[value for _, value in one.points] for one in drawn] == [[60.0, 68.0], [70.0]]


def test_the_definition_says_whether_a_baseline_is_frozen_or_moves() -> None:
    text = {term: said for term, said, _ in definition_pairs(measure(GAP, OF_GROUP))}["Targets agreed"]
    assert (
        "baseline 11.1 percentage points as now known: if it is revised, what is expected moves; decision JC 4" in text
    )
    assert "baseline 39% as frozen in the agreement, from Board paper; decision JC 4" in text


def test_a_target_for_a_group_speaks_only_where_no_other_does() -> None:
    plain = target(Word.MET, 70.0, "2025/26")
    assert headline_target(measure(GAP, plain)) == plain
    assert headline_target(measure(GAP)) == GAP
    said = spoken_signals(measure(GAP))
    goal = "reduce the gap between the most and least deprived fifth by 40% from 2022/23 by 2027/28"
    assert f"target ({goal}) on track" in said.lower()


def test_a_card_with_targets_of_every_kind_comes_back_from_its_json() -> None:
    card: Scorecard = castlewick()
    first = card.outcomes[0]
    every = measure(GAP, TO_ALL, CHANGE, OF_GROUP, LEVEL_OF_GROUP, ENGLAND, QUARTILE, MEDIAN)
    with_all = card.model_copy(update={"outcomes": (first.model_copy(update={"local": (every,)}),)})
    assert Scorecard.model_validate_json(with_all.model_dump_json()) == with_all
