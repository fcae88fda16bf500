"""Tests of the terms of inequality: the order of groups, the methods that may be named, and what is the usual one."""

import pytest
from pydantic import ValidationError

from outcomes.framework.inequality_rules import INEQUALITY_METHODS
from outcomes.framework.model import Breakdown
from outcomes.statistics import METHODS
from outcomes.vocabulary import Signal
from tests.small_world import inclusion


def test_the_methods_that_may_be_named_are_those_of_the_registry() -> None:
    registered = {method.name for method in METHODS if method.signal is Signal.INEQUALITY}
    named = {name for names in INEQUALITY_METHODS.values() for name in names}
    assert named == {name for name in registered if name.startswith(("gap_trend", "slope_index"))}


def test_every_inclusion_asks_for_inequality_unless_it_says_no() -> None:
    usual = inclusion()
    assert (usual.inequality, usual.slope_index, usual.slope_index_seed) == (
        "gap_trend_fingertips_2020",
        "slope_index_analytic",
        None,
    )
    assert inclusion(inequality="").inequality == ""


def test_groups_are_told_from_the_most_deprived_whichever_end_is_named_first() -> None:
    groups = ("1", "2", "3")
    first = Breakdown(dimension="third", categories=groups, deprivation="most_deprived_first")
    last = Breakdown(dimension="third", categories=groups, deprivation="least_deprived_first")
    assert (first.most_deprived_first, last.most_deprived_first) == (groups, groups[::-1])
    assert Breakdown(dimension="sex", categories=groups).most_deprived_first == ()


@pytest.mark.parametrize(
    "terms",
    [
        {"categories": ["1"], "deprivation": "most_deprived_first"},
        {"whole": "All", "deprivation": "most_deprived_first"},
        {"categories": ["1", "2"], "deprivation": "richest_first"},
    ],
)
def test_an_order_without_two_groups_or_of_no_such_name_is_refused(terms: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match=r"two at least|most_deprived_first"):
        Breakdown.model_validate({"dimension": "fifth", **terms})
