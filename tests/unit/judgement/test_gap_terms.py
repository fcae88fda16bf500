"""Tests of which inclusions are asked for inequality, and on which scale their values' errors are symmetrical."""

import pytest

from outcomes.judgement.gap_terms import gap_terms
from outcomes.vocabulary import Statistic
from tests.inequality_world import fifths
from tests.small_world import inclusion, indicator, world

ASKED = {"inequality": "gap_trend_fingertips_2020"}


def test_inclusions_that_ask_for_none_or_have_no_groups_hide_none_that_come_after_them() -> None:
    measures = [
        indicator("asks_nothing", breakdowns=(fifths(),)),
        indicator("has_no_groups"),
        indicator("smoking", breakdowns=(fifths(),)),
    ]
    inclusions = [
        inclusion("asks_nothing", inequality=""),
        inclusion("has_no_groups", **ASKED),
        inclusion("smoking", **ASKED),
    ]
    assert gap_terms(world(measures, inclusions))["indicator_id"].to_list() == ["smoking"]


@pytest.mark.parametrize(
    ("statistic", "scale"),
    [
        (Statistic.PROPORTION, "logit"),
        (Statistic.CRUDE_RATE, "log"),
        (Statistic.MEAN, "own"),
    ],
)
def test_errors_are_symmetrical_on_the_scale_of_the_statistic(statistic: Statistic, scale: str) -> None:
    measure = indicator("smoking", breakdowns=(fifths(),), statistic=statistic)
    assert gap_terms(world([measure], [inclusion("smoking", **ASKED)]))["scale"].to_list() == [scale]
