"""Rounding of counts to a policy's base: whole numbers all the way, however large."""

import polars as pl
import pytest

from outcomes.partnership.policy import Policy
from outcomes.protection.small_counts import protection_terms, rounded
from tests.small_world import indicator, measures, world

LARGE = 10**12


@pytest.mark.parametrize(
    ("count", "base", "expected"),
    [(0, 5, 0), (2, 5, 0), (3, 5, 5), (7, 5, 5), (8, 5, 10), (13, 10, 10), (15, 10, 20), (-15, 10, -20), (7, 1, 7)],
)
def test_halves_are_rounded_away_from_zero(count: int, base: int, expected: int) -> None:
    assert _rounded("count", count, None, base)["numerator"] == expected


def test_large_sums_behind_a_mean_are_shared_out_exactly() -> None:
    found = _rounded("mean", LARGE, 1_000_001, 5, sum_of_squares=2 * 10**18)
    assert found["denominator"] == 1_000_000
    assert found["numerator"] == (LARGE * 1_000_000 * 2 + 1_000_001) // (2 * 1_000_001)
    assert found["sum_of_squares"] == (2 * 10**18 * 1_000_000 * 2 + 1_000_001) // (2 * 1_000_001)


def test_a_mean_of_fewer_persons_than_half_the_base_is_left_without_persons() -> None:
    found = _rounded("mean", 20, 2, 5)
    assert (found["numerator"], found["denominator"]) == (0, 0)


def _rounded(statistic: str, numerator: int, denominator: int | None, base: int, **more: int) -> dict[str, int]:
    terms = {"numerator": "number"} if statistic == "mean" else {"denominator": "none"}
    partnership = world([indicator(statistic=statistic, **terms)])
    policy = Policy(id="p", version="1", title="t", preset={"rounds_to": base})
    rows = measures({"numerator": numerator, "denominator": denominator, **more}).frame
    joined = rows.join(protection_terms(partnership, policy), on=["indicator_id", "indicator_version"])
    (found,) = rounded(joined).select(pl.col("numerator", "denominator", "sum_of_squares")).iter_rows(named=True)
    return dict(found)
