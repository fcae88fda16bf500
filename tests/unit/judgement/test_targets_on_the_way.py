"""Tests of targets before their path begins, and of those that the whole interval must reach, either way."""

from datetime import date

import pytest

from outcomes.judgement.expectation import expectation
from outcomes.judgement.judging import judge
from outcomes.period import period_from_text
from outcomes.target import Target
from outcomes.vocabulary import PeriodKind, Reason
from tests.small_world import estimates, inclusion, indicator, world

YEAR = PeriodKind.FINANCIAL_YEAR


@pytest.mark.parametrize(
    ("polarity", "value", "reached"),
    [
        ("lower_is_better", 12.9, "reached"),
        ("lower_is_better", 13.1, "not reached"),
        ("higher_is_better", 16.9, "not reached"),
        ("higher_is_better", 17.1, "reached"),
    ],
)
def test_the_whole_interval_must_lie_on_the_good_side_whichever_it_is(
    polarity: str, value: float, reached: str
) -> None:
    # the interval is ± 2 around the value, the target 15
    target = {
        "indicator": "smoking",
        "kind": "level",
        "set_by": "place",
        "decision": "JC 4",
        "agreed_on": "2020-01-01",
        "points": [{"period": "2024/25", "value": 15}],
        "reached_by": "interval",
    }
    partnership = world([indicator()], [inclusion(targets=[target], polarity=polarity)])
    judged = judge(estimates({"value": value}), partnership, as_of=date(2025, 11, 22)).frame
    assert judged.filter(signal="target")["reached"].to_list() == [reached]


def test_before_its_path_begins_a_target_expects_nothing_and_is_not_due() -> None:
    path = Target(
        indicator="smoking",
        kind="path",
        set_by="place",
        decision="JC 4",
        agreed_on=date(2020, 1, 1),
        points=({"period": "2024/25", "value": 20}, {"period": "2028/29", "value": 12}),
    )
    told = expectation(path, YEAR, period_from_text(YEAR, "2023/24"))
    assert (told.level, told.is_due, told.reason) == (None, False, Reason.NOT_YET_DUE)
    assert told.obstacle == "The agreed path begins in 2024/25."
