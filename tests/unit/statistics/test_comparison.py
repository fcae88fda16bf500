"""Tests of the comparison with a benchmark."""

from typing import Any

import polars as pl
import pytest

from outcomes import statistics
from outcomes.vocabulary import Polarity

LIMITS = {"lower_ci_95": 8.0, "upper_ci_95": 12.0, "lower_ci_99_8": 6.0, "upper_ci_99_8": 14.0}


def word(benchmark: Any, polarity: Any = Polarity.HIGHER_IS_BETTER, **changes: Any) -> str:
    cells = {"value": 10.0, **LIMITS, "benchmark": benchmark, "polarity": polarity, **changes}
    schema: dict[str, Any] = dict.fromkeys(cells, pl.Float64)
    frame = pl.DataFrame({name: [cell] for name, cell in cells.items()}, schema={**schema, "polarity": pl.String})
    return str(frame.select(statistics.compare_with_benchmark()).item())


@pytest.mark.parametrize(
    ("compared_with", "higher", "lower", "plain"),
    [
        (5.0, "much better", "much worse", "much higher"),
        (6.0, "better", "worse", "higher"),
        (7.999, "better", "worse", "higher"),
        (8.0, "similar", "similar", "similar"),
        (10.0, "similar", "similar", "similar"),
        (12.0, "similar", "similar", "similar"),
        (12.001, "worse", "better", "lower"),
        (14.0, "worse", "better", "lower"),
        (14.001, "much worse", "much better", "much lower"),
    ],
)
def test_two_levels_with_bounds_included(compared_with: float, higher: str, lower: str, plain: str) -> None:
    assert word(compared_with, Polarity.HIGHER_IS_BETTER) == higher
    assert word(compared_with, Polarity.LOWER_IS_BETTER) == lower
    assert word(compared_with, Polarity.NO_JUDGEMENT) == plain


@pytest.mark.parametrize("name", ["value", "lower_ci_95", "upper_ci_95", "benchmark"])
@pytest.mark.parametrize("content", [None, float("nan"), float("inf"), float("-inf")])
def test_what_is_missing_or_not_finite_is_not_compared_and_never_similar(name: str, content: float | None) -> None:
    if name == "benchmark":
        assert word(content) == "not compared"
    else:
        assert word(10.0, **{name: content}) == "not compared"
        assert word(100.0, **{name: content}) == "not compared"


def test_an_unknown_or_missing_polarity_and_a_turned_interval_are_not_compared() -> None:
    assert word(5.0, None) == word(5.0, "high is good") == "not compared"
    assert word(5.0, lower_ci_95=12.0, upper_ci_95=8.0) == "not compared"


def test_without_the_wider_interval_nothing_is_much() -> None:
    assert word(5.0, lower_ci_99_8=None, upper_ci_99_8=None) == "better"
    assert word(5.0, lower_ci_99_8=float("nan")) == "better"
    frame = pl.DataFrame({"value": [10.0], **{name: [limit] for name, limit in LIMITS.items()}})
    expression = statistics.compare_with_benchmark(
        benchmark=5, polarity=Polarity.NO_JUDGEMENT, lower_ci_99_8=None, upper_ci_99_8=None
    )
    assert frame.select(expression).item() == "higher"


@pytest.mark.parametrize("no_limit", [None, float("nan"), float("inf"), float("-inf")])
def test_a_wider_limit_that_is_no_number_is_no_evidence_of_much(no_limit: float | None) -> None:
    # far beyond the wider interval at either side, but for the one limit that counts there
    assert word(1.0, lower_ci_99_8=no_limit) == "better"
    assert word(99.0, upper_ci_99_8=no_limit) == "worse"
    # the limit at the other side does not count
    assert word(1.0, upper_ci_99_8=no_limit) == "much better"
    assert word(99.0, lower_ci_99_8=no_limit) == "much worse"


def test_an_interval_without_width_is_compared() -> None:
    same = dict.fromkeys(LIMITS, 10.0)
    assert word(10.0, **same) == "similar"
    assert word(9.0, **same) == "much better"


def test_polarity_may_be_an_expression_and_the_benchmark_a_number() -> None:
    frame = pl.DataFrame({"value": [10.0], **{name: [limit] for name, limit in LIMITS.items()}})
    expression = statistics.compare_with_benchmark(benchmark=13, polarity=pl.lit("lower_is_better"))
    assert frame.select(expression).item() == "better"
