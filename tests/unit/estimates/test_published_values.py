"""A published value keeps its own interval, says that it is published, and is never worked out from its counts."""

import polars as pl

from outcomes.estimates.estimating import estimate
from outcomes.vocabulary import AS_PUBLISHED, Detail, Reason
from tests.small_world import indicator, measures, world

SURVEY = indicator("survey", statistic="published_value", denominator="none")
SHARE = indicator("share", optional_columns=("lower_ci_95", "upper_ci_95"))
_NUMBERS = ("value", "lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8", "method", "reason", "detail")


def _estimated(**row: object) -> dict[str, object]:
    found = estimate(measures({"indicator_id": "survey", "basis": "published", **row}), world([SURVEY, SHARE]))
    return found.frame.select(pl.col(_NUMBERS)).row(0, named=True)


def test_value_and_interval_are_the_publishers_own() -> None:
    found = _estimated(value=78.4, lower_ci_95=74.2, upper_ci_95=82.6)
    assert tuple(found.values()) == (78.4, 74.2, 82.6, None, None, AS_PUBLISHED, None, None)


def test_weighted_numerators_beside_it_are_not_divided() -> None:
    found = _estimated(
        indicator_id="share", numerator=10, denominator=100, value=78.4, lower_ci_95=70.0, upper_ci_95=80
    )
    assert (found["value"], found["lower_ci_95"], found["method"]) == (78.4, 70.0, AS_PUBLISHED)


def test_a_value_without_an_interval_is_as_published_too() -> None:
    found = _estimated(value=9.0)
    assert (found["value"], found["lower_ci_95"], found["method"]) == (9.0, None, AS_PUBLISHED)
    assert (found["reason"], found["detail"]) == (None, Detail.NO_SPREAD)


def test_an_interval_of_no_width_at_the_end_of_the_scale_is_kept() -> None:
    found = _estimated(value=100.0, lower_ci_95=100.0, upper_ci_95=100.0)
    assert (found["lower_ci_95"], found["upper_ci_95"], found["detail"]) == (100.0, 100.0, None)


def test_an_interval_of_another_figure_is_dropped_and_said() -> None:
    found = _estimated(value=66.5, lower_ci_95=22_410.0, upper_ci_95=23_150.0)
    assert (found["value"], found["lower_ci_95"], found["detail"]) == (66.5, None, Detail.IMPOSSIBLE_INPUT)


def test_a_value_that_is_not_there_has_no_method_and_keeps_its_reason() -> None:
    found = _estimated(reason=Reason.NOT_AVAILABLE.value)
    assert (found["value"], found["method"], found["reason"]) == (None, None, Reason.NOT_AVAILABLE)
