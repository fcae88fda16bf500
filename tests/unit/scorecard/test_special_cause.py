"""The third signal on a line, in the results, in what changed and in the ten lines."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from outcomes.estimates.model import Estimates
from outcomes.judgement.judging import judge
from outcomes.judgement.model import Judgements
from outcomes.partnership.model import Partnership
from outcomes.profile.profiling import profile
from outcomes.scorecard.changes import changes
from outcomes.scorecard.headers import summary_of
from outcomes.scorecard.model import IndicatorLine, LimitsBegin, NotBuilt, SpecialCause
from outcomes.scorecard.reading import read_scorecard, scorecard_json
from outcomes.target import Target
from outcomes.vocabulary import Assurance, ProcessRule, Variation, Word
from tests.small_world import Row, estimates, inclusion, indicator
from tests.unit.scorecard.card_world import AS_OF, cards, line, partnership

QUIET = [50.0, 52.0] * 6
TARGET = Target(
    indicator="smoking",
    kind="level",
    points=[{"period": "2026-10", "value": 40}],
    set_by="nation",
    decision="N-1",
    agreed_on=date(2024, 1, 1),
)


def monthly(values: list[float | None]) -> Estimates:
    """Months of Castlewick, the last of them October 2026."""
    first = 2026 * 12 + 9 - (len(values) - 1)
    rows: list[Row] = [
        {"period_kind": "month", "period": f"{month // 12}-{month % 12 + 1:02d}", "value": value}
        | ({"reason": "missing"} if value is None else {"numerator": value, "denominator": 100.0})
        for month, value in enumerate(values, first)
    ]
    return estimates(*rows)


def whole(**terms: Any) -> Partnership:
    given = {"special_cause": "ptd", "trend": "", **terms}
    return partnership(indicators=[indicator(period="month")], local=[inclusion(**given)])


def told(values: list[float | None], **terms: Any) -> tuple[IndicatorLine, Judgements]:
    of = whole(**terms)
    words = judge(monthly(values), of, as_of=AS_OF)
    return line(monthly(values), words, of=of), words


def cause_of(found: IndicatorLine) -> SpecialCause:
    assert isinstance(found.special_cause, SpecialCause)
    return found.special_cause


def test_a_line_carries_its_word_its_method_and_every_points_limits_and_flag() -> None:
    found, _ = told([*QUIET, 62.0])
    cause = cause_of(found)
    assert (cause.word, cause.method, cause.direction, cause.points) == (Word.GETTING_WORSE, "ptd", "up", 13)
    assert cause.method_title == "Process control chart (XmR), outlying moving ranges dropped"
    assert cause.process == found.points[-1].process
    last = found.points[-1].process
    assert last is not None
    assert (last.rule, last.variation, last.is_provisional) == (ProcessRule.OUTSIDE_LIMITS, Variation.CONCERN, False)
    mean = (51 * 12 + 62) / 13
    assert (last.lower, last.mean, last.upper) == pytest.approx((mean - 5.32, mean, mean + 5.32))
    assert {point.process.variation for point in found.points[:-1] if point.process} == {Variation.COMMON_CAUSE}


def test_a_line_of_which_it_is_not_asked_says_so_and_no_point_has_limits() -> None:
    found, _ = told([*QUIET, 62.0], special_cause="")
    assert found.special_cause == NotBuilt(because="Special cause is not asked: no method is named.")
    assert {point.process for point in found.points} == {None}


def test_a_line_without_any_figure_cannot_tell() -> None:
    cause = cause_of(line(estimates(), of=whole()))
    assert (cause.word, cause.because, cause.process) == (Word.CANNOT_TELL, "There is no figure.", None)


def test_points_before_the_chart_have_no_limits_and_named_changes_stand_with_their_reason() -> None:
    rebased = [
        {"from": date(2019, 1, 1), "because": "Before the first figure"},
        {"from": date(2026, 2, 1), "because": "A second team, JC 2026-01/3"},
        {"from": date(2027, 1, 1), "because": "After the last figure"},
    ]
    found, _ = told([*QUIET, *[70.0, 72.0] * 4, 70.0], rebased=rebased)
    cause = cause_of(found)
    assert cause.begin_anew == (LimitsBegin(day=date(2026, 2, 1), because="A second team, JC 2026-01/3"),)
    assert [point.process.segment for point in found.points if point.process] == [0] * 12 + [1] * 9
    assert cause.word is Word.NO_SIGNIFICANT_CHANGE
    assert cause.process is not None
    assert cause.process.is_provisional


def test_a_target_has_its_assurance() -> None:
    found, _ = told([*QUIET, 51.0], targets=[TARGET])
    assert [target.assurance for target in found.targets] == [Assurance.CONSISTENTLY_MISSES]
    without, _ = told([*QUIET, 51.0], targets=[TARGET], special_cause="")
    assert [target.assurance for target in without.targets] == [None]


def test_the_first_screen_counts_good_and_bad_by_one_rule() -> None:
    for last, polarity in ((62.0, "lower_is_better"), (40.0, "higher_is_better")):
        bad, _ = told([*QUIET, last], polarity=polarity)
        assert summary_of([bad]).worse == ("smoking",)
    good, _ = told([*QUIET, 40.0])
    assert summary_of([good]).better == ("smoking",)
    same, _ = told([*QUIET, 51.0])
    assert summary_of([same]).no_difference == ("smoking",)
    unknown, _ = told([50.0, 52.0])
    assert summary_of([unknown]).cannot_tell == ("smoking",)


def test_the_results_hold_limits_and_rule_of_every_period_and_the_word_of_the_current_one() -> None:
    of = whole()
    words = judge(monthly([*QUIET, 62.0]), of, as_of=AS_OF)
    frame = cards(monthly([*QUIET, 62.0]), words, of=of, places=["PL1"]).results()
    assert frame["special_cause"].to_list() == [None] * 12 + ["getting worse"]
    assert frame["process_rule"].to_list() == [None] * 12 + ["outside the limits"]
    assert frame["variation"].to_list() == ["common cause"] * 12 + ["concern"]
    expected = words.process_points.select("process_mean", "lower_process_limit", "upper_process_limit")
    assert frame.select(expected.columns).equals(expected)


def test_what_changed_names_a_special_cause_that_turned() -> None:
    def made(last: float) -> Any:
        of = whole()
        return cards(monthly([*QUIET, last]), judge(monthly([*QUIET, last]), of, as_of=AS_OF), of=of, places=["PL1"])

    (row,) = changes(made(51.0), made(62.0)).iter_rows(named=True)
    assert "special_cause" in row["what"]
    assert (row["special_cause_before"], row["special_cause_after"]) == ("no significant change", "getting worse")


def test_a_scorecard_with_charts_reads_back_as_it_was() -> None:
    of = whole(targets=[TARGET])
    values = monthly([*QUIET, None, 62.0])
    (card,) = cards(values, judge(values, of, as_of=AS_OF), of=of, places=["PL1"])
    back = read_scorecard(scorecard_json(card).encode())
    assert back == card
    assert isinstance(back.lines[0].special_cause, SpecialCause)


def test_the_direction_of_a_place_counts_the_special_cause_where_no_trend_is_told() -> None:
    of = whole()
    words = judge(monthly([*QUIET, 62.0]), of, as_of=AS_OF)

    def direction(given: Judgements) -> tuple[tuple[str, int], ...]:
        lines = profile(given, None, None, of, area_code="PL1", as_of=AS_OF).lines
        return next(found.counts for found in lines if found.id == "direction")

    assert direction(words) == (("getting worse", 1),)
    alone = replace(words, frame=words.frame.filter(pl.col("signal") != "special_cause"))
    assert direction(alone) == (("cannot tell", 1),)
