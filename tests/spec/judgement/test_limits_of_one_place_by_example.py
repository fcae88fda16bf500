"""Process limits that begin anew at one place, by its agreement; a last gap, no spread and a target on a limit."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from outcomes.judgement.judging import judge
from outcomes.judgement.model import Judgements
from outcomes.scorecard.model import LimitsBegin, SpecialCause
from outcomes.target import Target
from tests.small_world import Row, estimates, inclusion, indicator, world
from tests.unit.scorecard.card_world import agreement, line, partnership

AS_OF = date(2026, 11, 22)
QUIET = [50.0, 52.0] * 6
SHIFTED = [*QUIET, *[70.0, 72.0] * 4, 70.0]
MOVED = {"indicator": "smoking", "from": "2026-02-01", "because": "A second clinic opened", "decision": "JC 2026-01/3"}


def _months(values: Sequence[float | None], area_code: str = "PL1") -> list[Row]:
    """Months of an area, the last of them October 2026."""
    first = 2026 * 12 + 9 - (len(values) - 1)
    return [
        {
            "area_code": area_code,
            "period_kind": "month",
            "period": f"{month // 12}-{month % 12 + 1:02d}",
            "value": value,
        }
        | ({"reason": "missing"} if value is None else {})
        for month, value in enumerate(values, first)
    ]


def _judged(rows: list[Row], *changes: Row, effective_from: str = "2026-04-01", **terms: Any) -> Judgements:
    of = world(
        [indicator(period="month")],
        [inclusion(special_cause="ptd", trend="", polarity="higher_is_better", **terms)],
        agreements=[agreement(rebased=changes, effective_from=effective_from)],
    )
    return judge(estimates(*rows), of, as_of=AS_OF)


def _segments(judged: Judgements, area_code: str = "PL1") -> list[int]:
    return judged.process_points.filter(area_code=area_code)["segment"].unique().sort().to_list()


def _word(judged: Judgements, area_code: str = "PL1") -> str:
    return str(judged.frame.filter(signal="special_cause", area_code=area_code)["word"].item())


def test_limits_begin_anew_at_the_place_whose_agreement_says_so_and_at_no_other() -> None:
    rows = [*_months(SHIFTED), *_months(SHIFTED, "PL2")]
    assert (_word(_judged(rows)), _word(_judged(rows), "PL2")) == ("improving", "improving")
    judged = _judged(rows, MOVED)
    assert (_word(judged), _word(judged, "PL2")) == ("no significant change", "improving")
    assert (_segments(judged), _segments(judged, "PL2")) == ([0, 1], [0])


def test_the_changes_of_the_framework_and_of_the_place_are_one_list() -> None:
    national = [{"from": "2025-06-01", "because": "A new definition"}]
    judged = _judged(_months(SHIFTED), MOVED, rebased=national)
    points = judged.process_points.group_by("segment", maintain_order=True).agg(pl.col("period_start").first())
    assert points["period_start"].to_list() == [date(2025, 2, 1), date(2025, 6, 1), date(2026, 2, 1)]


def test_an_agreement_that_is_not_yet_in_force_changes_nothing() -> None:
    # nothing is known on the page's date of what is agreed later
    judged = _judged(_months(SHIFTED), MOVED, effective_from="2026-12-01")
    assert _segments(judged) == [0]


def test_a_change_may_be_of_another_measure_or_an_area_within_and_then_it_is_not_this_ones() -> None:
    other = {**MOVED, "indicator": "falls"}
    within = {**MOVED, "area_code": "N1"}
    assert _segments(_judged(_months(SHIFTED), other, within)) == [0]


def test_the_page_says_the_change_its_reason_and_its_decision() -> None:
    of = partnership(
        indicators=[indicator(period="month")],
        local=[
            inclusion(special_cause="ptd", trend="", rebased=[{"from": "2025-06-01", "because": "A new definition"}])
        ],
        agreements=[agreement(rebased=[MOVED])],
    )
    values = estimates(*_months(SHIFTED))
    found = line(values, judge(values, of, as_of=AS_OF), of=of)
    assert isinstance(found.special_cause, SpecialCause)
    assert found.special_cause.begin_anew == (
        LimitsBegin(day=date(2025, 6, 1), because="A new definition"),
        LimitsBegin(day=date(2026, 2, 1), because="A second clinic opened", decision="JC 2026-01/3"),
    )


def test_a_last_point_that_is_missing_has_no_word_and_keeps_the_limits_of_the_others() -> None:
    judged = _judged(_months([*QUIET, None]))
    (row,) = judged.frame.filter(signal="special_cause").to_dicts()
    assert (row["word"], row["reason"], row["points"]) == ("cannot tell", "missing", 12)
    last = judged.process_points.to_dicts()[-1]
    assert (last["process_mean"], last["variation"], last["rule"]) == (51.0, None, None)


def test_a_series_without_any_spread_has_no_limits_and_is_no_special_cause() -> None:
    judged = _judged(_months([50.0] * 13))
    assert _word(judged) == "no significant change"
    assert judged.process_points["upper_process_limit"].drop_nulls().is_empty()


def test_a_target_exactly_on_a_limit_is_hit_and_miss_and_one_beyond_it_is_not() -> None:
    quiet = _judged(_months([*QUIET, 51.0]))
    lower, upper = quiet.process_points.select("lower_process_limit", "upper_process_limit").row(-1)
    said = {}
    for level in (lower, upper, lower - 0.001, upper + 0.001):
        target = Target(
            indicator="smoking",
            kind="level",
            points=({"period": "2026-10", "value": level},),
            set_by="nation",
            decision="N-1",
            agreed_on=date(2024, 1, 1),
        )
        judged = _judged(_months([*QUIET, 51.0]), targets=[target])
        said[level] = judged.frame.filter(signal="target")["assurance"].item()
    assert list(said.values()) == ["hit and miss", "hit and miss", "consistently meets", "consistently misses"]
