"""Events that come together tell chance as much as fewer would: the interval widens, the value stays."""

import polars as pl
import pytest

from outcomes.estimates.estimating import estimate
from outcomes.statistics import crude_rate, proportion
from tests.small_world import indicator, measures, world

_LIMITS = ("lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8")


def _estimated(statistic: str, effect: float) -> dict[str, float]:
    clustered = indicator("clustered", statistic=statistic, multiplier=100, design_effect=effect)
    found = estimate(measures({"indicator_id": "clustered", "numerator": 31, "denominator": 210}), world([clustered]))
    return found.frame.select("value", *_LIMITS).row(0, named=True)


def test_a_proportion_has_wilsons_interval_of_so_many_fewer() -> None:
    found = _estimated("proportion", 2)
    half = pl.select(proportion(pl.lit(15.5), pl.lit(105.0)).struct.unnest()).row(0, named=True)
    assert {name: found[name] for name in _LIMITS} == pytest.approx({name: half[name] for name in _LIMITS})
    assert found["value"] == 31 * 100 / 210


def test_a_crude_rate_has_the_limits_of_so_many_fewer_events() -> None:
    found = _estimated("crude_rate", 1.5)
    fewer = pl.select(crude_rate(pl.lit(31 / 1.5), pl.lit(140.0), multiplier=100.0).struct.unnest()).row(0, named=True)
    assert {name: found[name] for name in _LIMITS} == pytest.approx({name: fewer[name] for name in _LIMITS})
    # exactly the quotient, whatever the effect does to the last bit
    assert found["value"] == 31 * 100 / 210


def test_without_one_nothing_changes() -> None:
    plain = pl.select(proportion(pl.lit(31.0), pl.lit(210.0)).struct.unnest()).row(0, named=True)
    assert _estimated("proportion", 1) == {name: plain[name] for name in ("value", *_LIMITS)}


def test_an_effect_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="design_effect"):
        indicator("clustered", design_effect=0)
