"""Tests of p-values of comparisons by how each interval was made: at a limit it is 0.05, at the value itself 1."""

from typing import Any

import polars as pl
import pytest

from outcomes import statistics
from outcomes.judgement.p_values import p_value_of_comparison
from outcomes.vocabulary import Statistic


def p_value(estimate: dict[str, Any], against: float, **terms: Any) -> float | None:
    row = {**estimate, "design_effect": 1.0, "against": "england", "against_value": against, **terms}
    found: float | None = p_value_of_comparison(pl.DataFrame([row])).item()
    return found


def one(expression: pl.Expr) -> dict[str, Any]:
    return pl.select(expression.struct.unnest()).row(0, named=True)


@pytest.mark.parametrize("method", ["exact_or_byar", "byar", "exact"])
@pytest.mark.parametrize("events", [5, 20])
def test_a_rate_beside_its_own_limit_has_the_p_value_of_that_limit_by_its_own_method(method: str, events: int) -> None:
    rate = one(statistics.crude_rate(pl.lit(events), pl.lit(4000), multiplier=1000, method=method))
    terms = {"numerator": float(events), "denominator": 4000.0, "multiplier": 1000.0, "method": method}
    terms["statistic"] = Statistic.CRUDE_RATE.value
    for limit in ("lower_ci_95", "upper_ci_95"):
        assert p_value(rate, rate[limit], **terms) == pytest.approx(0.05, rel=1e-6)
    assert p_value(rate, rate["upper_ci_99_8"], **terms) == pytest.approx(0.002, rel=1e-6)
    assert p_value(rate, rate["value"], **terms) == 1.0


def test_a_mean_beside_its_own_limit_has_the_p_value_of_that_limit_by_its_number_of_values() -> None:
    stays = one(statistics.mean(pl.lit(60), pl.lit(1300), pl.lit(3)))
    terms = {"numerator": 60.0, "denominator": 3.0, "multiplier": 1.0, "method": "student_t"}
    terms["statistic"] = Statistic.MEAN.value
    assert p_value(stays, stays["upper_ci_95"], **terms) == pytest.approx(0.05, rel=1e-6)
    assert p_value(stays, stays["upper_ci_99_8"], **terms) == pytest.approx(0.002, rel=1e-6)
    assert p_value(stays, stays["value"], **terms) == 1.0
