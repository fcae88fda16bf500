"""A single estimate is what a table of one row has."""

from typing import Any

import polars as pl
import pytest

from outcomes import statistics
from outcomes.vocabulary import Detail, Reason

ROWS: list[tuple[Any, tuple[float | None, ...]]] = [
    (statistics.proportion, (20, 100)),
    (statistics.proportion, (0.5, 7)),
    (statistics.crude_rate, (6, 1000)),
    (statistics.crude_rate, (600, 1000)),
    (statistics.count, (12,)),
    (statistics.mean, (6, 14, 3)),
    (statistics.mean, (4, 16, 1)),
    (statistics.proportion, (6, 5)),
]


@pytest.mark.parametrize(("method", "numbers"), ROWS)
def test_plain_numbers_have_the_estimate_of_a_table_to_the_bit(method: Any, numbers: tuple[float, ...]) -> None:
    names = ["first", "second", "third"][: len(numbers)]
    table = pl.DataFrame({name: [number] for name, number in zip(names, numbers, strict=True)})
    row = table.select(method(*names).struct.unnest()).row(0, named=True)
    for found in (
        statistics.estimate_of(method(*numbers)),
        statistics.estimate_of(method(*names), **dict(zip(names, numbers, strict=True))),
    ):
        assert (found.value, found.reason, found.detail) == (row["value"], row["reason"], row["detail"])
        assert found.limits == {name: row[name] for name in row if "_ci_" in name}
        assert len(found.limits) == 4


def test_a_missing_number_is_told_as_missing() -> None:
    found = statistics.estimate_of(statistics.proportion("x", "n"), x=None, n=10)
    assert (found.value, found.reason, found.detail) == (None, Reason.MISSING, None)
    assert found.interval() is found.interval(0.998) is None


def test_a_value_without_an_interval_says_so() -> None:
    found = statistics.estimate_of(statistics.mean(4, None, 3))
    assert (found.reason, found.detail, found.interval()) == (None, Detail.NO_SPREAD, None)
    assert found.value == pytest.approx(4 / 3)


def test_a_level_that_was_not_asked_for_has_no_interval_to_show() -> None:
    found = statistics.estimate_of(statistics.count(9, confidence=[0.9]))
    interval = found.interval(0.9)
    assert interval is not None
    assert interval[0] < 9 < interval[1]
    with pytest.raises(KeyError, match="lower_ci_95"):
        found.interval()
