"""Special cause told by example: the word of a monthly series, its limits, and why it sometimes cannot be told."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from outcomes.errors import UnknownNameError
from outcomes.judgement.judging import judge
from outcomes.judgement.model import Judgements
from outcomes.period import Period
from outcomes.target import Target
from outcomes.vocabulary import PeriodKind
from tests.small_world import Row, estimates, inclusion, indicator, world

AS_OF = date(2026, 6, 30)
LAST = Period.of(PeriodKind.MONTH, 2026, 5)
QUIET = "50 52 " * 6


def _series(text: str, *, last: Period = LAST, reason: str = "missing") -> list[Row]:
    """Read a drawn series, its last value in the last period: `-` for a Reason, `.` for no row, `/` for a break."""
    marks = text.split()
    rows: list[Row] = []
    for place, mark in enumerate(marks):
        period = last.shifted(place + 1 - len(marks))
        row: Row = {"period": str(period), "period_kind": period.kind.value}
        if mark == "-":
            rows.append({**row, "reason": reason})
        elif mark != ".":
            rows.append(
                {**row, "value": float(mark.strip("/")), "qualifiers": ["break in series"] if "/" in mark else []}
            )
    return rows


def _judged(rows: Sequence[Row], terms: Row | None = None, **given: Any) -> Judgements:
    asked = {"special_cause": "ptd", "polarity": "higher_is_better", **given}
    partnership = world([indicator(**{"period": "month", **(terms or {})})], [inclusion(**asked)])
    return judge(estimates(*rows), partnership, as_of=AS_OF)


def _told(text: str, terms: Row | None = None, **given: Any) -> Row:
    (found,) = _judged(_series(text), terms, **given).frame.filter(signal="special_cause").iter_rows(named=True)
    return found


#   series                        higher is better        lower is better        no judgement
DRAWN = f"""
    {QUIET} 51                  | no significant change | no significant change | no significant change
    {QUIET} 60                  | improving             | getting worse         | higher
    {QUIET} 40                  | getting worse         | improving             | lower
    70 30 70 30 70 30 51 52 53 54 55 56 57 | improving   | getting worse         | higher
    {QUIET} -                   | cannot tell           | cannot tell           | cannot tell
    50 52 50 52 50 52 90        | cannot tell           | cannot tell           | cannot tell
    50 52 50 52 50 . 52 90      | cannot tell           | cannot tell           | cannot tell
    {QUIET} 90/ 91 90 91        | cannot tell           | cannot tell           | cannot tell
    10 11 10 11 10 11 50/ {QUIET} 60 | improving        | getting worse         | higher
    50 50 50 50 50 50 50 50 50  | no significant change | no significant change | no significant change
    0 0 0 0 0 0 0 0 9           | cannot tell           | cannot tell           | cannot tell
"""
LINES = [[cell.strip() for cell in line.split("|")] for line in DRAWN.strip().splitlines()]


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_each_drawn_series_has_the_drawn_word_for_each_polarity(line: list[str]) -> None:
    series, *words = line
    for polarity, word in zip(("higher_is_better", "lower_is_better", "no_judgement"), words, strict=True):
        found = _told(series, polarity=polarity)
        assert found["word"] == word
        assert (found["reason"] is None) == (word != "cannot tell")
        assert (found["because"] == "") == (word != "cannot tell")
        assert (found["direction"] is None) == (word == "cannot tell")


def test_a_special_cause_says_its_method_mean_distance_and_points() -> None:
    found = _told(f"{QUIET} 60")
    mean = (51 * 12 + 60) / 13
    assert (found["against"], found["points"], found["direction"]) == ("ptd", 13, "up")
    assert found["against_value"] == pytest.approx(mean)
    assert found["amount"] == pytest.approx(60 - mean)


def test_every_point_has_its_limits_and_the_flagged_ones_their_rule() -> None:
    points = _judged(_series(f"{QUIET} 62")).process_points
    mean = (51 * 12 + 62) / 13
    assert points.height == 13
    assert points["period_start"].to_list()[-1] == LAST.first
    row = points.row(-1, named=True)
    assert (row["rule"], row["direction"], row["variation"]) == ("outside the limits", "up", "improvement")
    limits = (row["lower_process_limit"], row["process_mean"], row["upper_process_limit"])
    # the last range is 10, above 3.267 average ones: only the elevens of 2 count
    assert limits == pytest.approx((mean - 2.66 * 2, mean, mean + 2.66 * 2))


def test_fewer_than_eight_points_cannot_tell_and_fewer_than_thirteen_are_provisional() -> None:
    found = _told("50 52 50 52 50 52 90")
    assert (found["reason"], found["detail"]) == ("cannot be calculated", "too few points")
    assert found["because"] == "Too few points: 7 with a value since the limits begin, 8 are needed."
    assert found["against_value"] is None
    assert _told("50 52 50 52 50 52 51 90")["word"] == "improving"
    assert _judged(_series("50 52 50 52 50 52 51 90")).process_points["is_provisional"].all()
    assert not _judged(_series(f"{QUIET} 60")).process_points["is_provisional"].any()


def test_a_chart_begins_at_the_latest_break_and_after_what_does_not_compare() -> None:
    points = _judged(_series(f"10 11 10 11 50/ {QUIET}")).process_points
    assert points.height == 13
    assert points["process_mean"][0] == pytest.approx((51 * 12 + 50) / 13)
    refused = _series(f"10 11 - {QUIET} 60", reason="not comparable")
    after = _judged(refused).process_points
    assert (after.height, after["points"][0]) == (13, 13)


def test_a_period_without_a_figure_is_a_point_without_a_value_and_breaks_a_run() -> None:
    rising = "30 70 30 70 30 70 51 52 53 54 55 56 57"
    assert _judged(_series(rising)).process_points["rule"].drop_nulls().to_list() == ["seven in a trend"] * 7
    for gap in (".", "-"):
        points = _judged(_series(rising.replace(" 54 ", f" {gap} 54 "))).process_points
        assert points.height == 14
        assert points["rule"].drop_nulls().is_empty()
        assert points.filter(pl.col("variation").is_null()).height == 1


def test_limits_begin_anew_at_a_named_change_and_a_change_within_a_month_counts_from_the_next() -> None:
    shifted = f"{QUIET} 70 72 70 72 70 72 70 72 70"
    assert _told(shifted)["word"] == "improving"
    anew = LAST.shifted(-8).first
    changes = [{"from": anew, "because": "A second team began, JC 2026-03/2"}]
    assert _told(shifted, rebased=changes)["word"] == "no significant change"
    points = _judged(_series(shifted), rebased=changes).process_points
    assert points.group_by("segment", maintain_order=True).agg(pl.len(), pl.col("is_provisional").first()).rows() == [
        (0, 12, True),
        (1, 9, True),
    ]
    within = [{"from": LAST.shifted(-9).first.replace(day=20), "because": "A second team began"}]
    assert _judged(_series(shifted), rebased=within).process_points.equals(points)
    # too soon after a change nothing can be told
    soon = [{"from": LAST.shifted(-2).first, "because": "Another count"}]
    assert _told(shifted, rebased=soon)["detail"] == "too few points"


def test_a_count_of_which_a_part_is_missing_is_no_point() -> None:
    count = {"statistic": "count", "denominator": "none", "multiplier": 1.0}
    rows = _series(f"{QUIET} 51 20 51")
    partial = [{**row, "qualifiers": ["partial"]} if row["value"] == 20 else row for row in rows]
    (found,) = _judged(rows, count).frame.filter(signal="special_cause").iter_rows(named=True)
    assert found["word"] == "no significant change"
    assert "outside the limits" in _judged(rows, count).process_points["rule"].to_list()
    assert _judged(partial, count).process_points["rule"].drop_nulls().is_empty()
    (last,) = _judged(partial[:-1], count).frame.filter(signal="special_cause").iter_rows(named=True)
    assert (last["word"], last["reason"]) == ("cannot tell", "not comparable")
    # of a proportion the parts that came have their own denominators
    assert not _judged(partial).process_points["rule"].drop_nulls().is_empty()


def test_quarters_have_charts_and_years_and_overlapping_years_have_none() -> None:
    quarters = _series(f"{QUIET} 60", last=Period.of(PeriodKind.QUARTER, 2026, 1))
    judged = _judged(quarters, {"period": "quarter"})
    assert judged.frame.filter(signal="special_cause")["word"].to_list() == ["improving"]
    assert judged.process_points["period_start"].to_list()[-2:] == [date(2025, 10, 1), date(2026, 1, 1)]
    for kind, month in ((PeriodKind.CALENDAR_YEAR, 1), (PeriodKind.THREE_FINANCIAL_YEARS, 4)):
        year = 2025 if kind is PeriodKind.CALENDAR_YEAR else 2023
        rows = _series(f"{QUIET} 60", last=Period.of(kind, year, month))
        judged = _judged(rows, {"period": kind.value})
        (found,) = judged.frame.filter(signal="special_cause").iter_rows(named=True)
        assert (found["word"], found["reason"]) == ("cannot tell", "not applicable")
        assert judged.process_points.is_empty()


def test_a_series_that_goes_with_the_year_is_said_to_and_a_short_one_is_not_known_to() -> None:
    year = "60 58 55 52 49 46 45 46 49 52 55 58 "
    assert _judged(_series(year * 3)).process_points["is_seasonal"].unique().to_list() == [True]
    assert _judged(_series(QUIET * 3)).process_points["is_seasonal"].unique().to_list() == [False]
    assert _judged(_series(year)).process_points["is_seasonal"].unique().to_list() == [None]


def test_without_a_method_there_is_no_word_and_no_chart() -> None:
    judged = _judged(_series(f"{QUIET} 60"), special_cause="")
    assert judged.frame.filter(signal="special_cause").is_empty()
    assert judged.process_points.is_empty()


def test_a_method_that_there_is_not_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="inclusion of smoking: found special-cause method 'xmr', expected one"):
        _judged(_series(QUIET), special_cause="xmr")


def test_what_ended_after_the_date_is_not_known() -> None:
    later = _series(f"{QUIET} 51 90", last=LAST.shifted(1))
    assert _judged(later).process_points.height == 14
    too_late = _series(f"{QUIET} 51 90", last=LAST.shifted(2))
    judged = _judged(too_late)
    assert judged.process_points.height == 13
    assert judged.frame.filter(signal="special_cause")["word"].to_list() == ["no significant change"]


@pytest.mark.parametrize(
    ("value", "polarity", "assurance"),
    [
        (60.0, "higher_is_better", "consistently misses"),
        (51.0, "higher_is_better", "hit and miss"),
        (40.0, "higher_is_better", "consistently meets"),
        (40.0, "lower_is_better", "consistently misses"),
        (60.0, "no_judgement", None),
    ],
)
def test_a_target_beside_the_limits_says_what_to_expect_of_the_process(
    value: float, polarity: str, assurance: str | None
) -> None:
    target = Target(
        indicator="smoking",
        kind="level",
        points=[{"period": "2026-05", "value": value}],
        set_by="nation",
        decision="N-1",
        agreed_on=date(2024, 1, 1),
    )
    held = _judged(_series(f"{QUIET} 51"), targets=[target], polarity=polarity).frame.filter(signal="target")
    assert held["assurance"].to_list() == [assurance]
    # no limits, or of too few points, say nothing
    for series in ("50 52 50 52 51", "50 " * 12):
        short = _judged(_series(series), targets=[target], polarity=polarity).frame.filter(signal="target")
        assert short["assurance"].to_list() == [None]
