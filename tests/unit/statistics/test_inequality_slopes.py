"""Tests of the slope index of inequality: the line, both intervals, and what is refused."""

import math
from typing import Any

import polars as pl
import pytest

from outcomes import statistics
from outcomes.errors import UnknownNameError
from outcomes.vocabulary import Detail, Reason

FIFTHS = pl.DataFrame(
    {
        "area_code": ["E1"] * 5,
        "fifth": [1, 2, 3, 4, 5],
        "population": [1500, 900, 1200, 700, 1100],
        "value": [30.0, 26.0, 25.0, 21.0, 18.0],
        "lower_ci_95": [27.0, 23.5, 22.0, 19.0, 15.0],
        "upper_ci_95": [33.5, 29.0, 28.0, 24.0, 21.5],
    }
)


def index(frame: pl.DataFrame = FIFTHS, **options: Any) -> dict[str, Any]:
    table = statistics.slope_index_of_inequality(
        frame,
        by="area_code",
        group="fifth",
        population="population",
        **options,
    )
    return table.row(0, named=True)


def test_the_line_is_the_one_that_numpy_fits_with_the_shares_as_weights() -> None:
    import numpy as np

    population = FIFTHS["population"].to_numpy()
    shares = population / population.sum()
    ranks = np.cumsum(shares) - shares / 2
    slope, start = np.polyfit(ranks, FIFTHS["value"].to_numpy(), 1, w=np.sqrt(shares))
    found = index()
    assert found["slope_index"] == pytest.approx(slope, rel=1e-12)
    assert found["intercept"] == pytest.approx(start, rel=1e-12)
    assert found["relative_index"] == pytest.approx((start + slope) / start, rel=1e-12)


def test_the_analytic_interval_is_the_sandwich_of_the_groups_variances() -> None:
    import numpy as np

    population = FIFTHS["population"].to_numpy()
    shares = population / population.sum()
    ranks = np.cumsum(shares) - shares / 2
    design = np.column_stack([np.ones(5), ranks])
    pull = np.linalg.inv(design.T @ np.diag(shares) @ design) @ design.T @ np.diag(shares)
    errors = (FIFTHS["upper_ci_95"] - FIFTHS["lower_ci_95"]).to_numpy() / (2 * 1.959963984540054)
    covariance = pull @ np.diag(errors**2) @ pull.T
    start, slope = pull @ FIFTHS["value"].to_numpy()
    found = index()
    half = 3.090232306167813 * math.sqrt(covariance[1, 1])
    assert found["slope_index_lower_ci_99_8"] == pytest.approx(slope - half, rel=1e-12)
    assert found["slope_index_upper_ci_99_8"] == pytest.approx(slope + half, rel=1e-12)
    # the ratio's error on the scale of logarithms, by the gradient of log(start + slope) - log(start)
    gradient = np.array([1 / (start + slope) - 1 / start, 1 / (start + slope)])
    log_half = 1.959963984540054 * math.sqrt(gradient @ covariance @ gradient)
    ratio = (start + slope) / start
    assert found["relative_index_lower_ci_95"] == pytest.approx(ratio * math.exp(-log_half), rel=1e-12)
    assert found["relative_index_upper_ci_95"] == pytest.approx(ratio * math.exp(log_half), rel=1e-12)


@pytest.mark.parametrize(("scale", "factor"), [("own", 1.0), ("log", 1.0), ("logit", 0.01)])
def test_simulated_limits_lie_where_the_analytic_ones_do(scale: str, factor: float) -> None:
    names = ("value", "lower_ci_95", "upper_ci_95")
    frame = FIFTHS.with_columns(pl.col(name) * factor for name in names)
    analytic = index(frame, scale=scale)
    simulated = index(frame, scale=scale, method="slope_index_simulated", seed=7)
    width = analytic["slope_index_upper_ci_95"] - analytic["slope_index_lower_ci_95"]
    for side in ("lower", "upper"):
        # on the values' own scale within chance; else the first order of a curve leaves a little
        allowed = 0.034 * width / 3.92 if scale == "own" else 0.04 * width
        name = f"slope_index_{side}_ci_95"
        assert simulated[name] == pytest.approx(analytic[name], abs=allowed)


def test_the_same_seed_gives_the_same_limits_whatever_sets_stand_beside_it_and_another_gives_others() -> None:
    options: dict[str, Any] = {"method": "slope_index_simulated", "draws": 2000}
    both = pl.concat([FIFTHS.with_columns(area_code=pl.lit("A0"), value=pl.col("value") + 0.1), FIFTHS])
    table = statistics.slope_index_of_inequality(
        both,
        by="area_code",
        group="fifth",
        population="population",
        seed=3,
        **options,
    )
    assert table.row(1, named=True) == index(seed=3, **options)
    assert index(seed=4, **options)["slope_index_lower_ci_95"] != index(seed=3, **options)["slope_index_lower_ci_95"]


def test_a_simulated_limit_of_a_seed_is_this_number_on_every_machine() -> None:
    found = index(method="slope_index_simulated", seed=2004, draws=1000)
    # not to the last bit: the inverse of the normal distribution is the machine's
    assert found["slope_index_lower_ci_95"] == pytest.approx(-20.444452736646, rel=1e-11)
    assert index()["slope_index_lower_ci_95"] == pytest.approx(-20.45, abs=0.3)


@pytest.mark.parametrize("is_fitted_on_scale", [True, False])
def test_a_negative_multiplier_turns_both_indices_around(is_fitted_on_scale: bool) -> None:
    options: dict[str, Any] = {"scale": "log", "is_fitted_on_scale": is_fitted_on_scale}
    plain, turned = index(**options), index(multiplier=-10, **options)
    assert turned["slope_index"] == pytest.approx(-10 * plain["slope_index"], rel=1e-14)
    assert turned["slope_index_lower_ci_95"] == pytest.approx(-10 * plain["slope_index_upper_ci_95"], rel=1e-14)
    assert turned["relative_index"] == pytest.approx(1 / plain["relative_index"], rel=1e-14)
    assert turned["relative_index_lower_ci_95"] == pytest.approx(1 / plain["relative_index_upper_ci_95"], rel=1e-14)
    assert turned["intercept"] == plain["intercept"]


def test_values_that_rise_by_a_constant_share_lie_on_a_line_of_logarithms() -> None:
    ranks = [0.1, 0.3, 0.5, 0.7, 0.9]
    frame = FIFTHS.with_columns(population=100, value=pl.Series([10 * 4**rank for rank in ranks]))
    frame = frame.with_columns(lower_ci_95=pl.col("value") / 1.2, upper_ci_95=pl.col("value") * 1.2)
    found = index(frame, scale="log", is_fitted_on_scale=True)
    assert found["intercept"] == pytest.approx(10, rel=1e-13)
    assert found["relative_index"] == pytest.approx(4, rel=1e-13)
    assert found["slope_index"] == pytest.approx(30, rel=1e-13)


@pytest.mark.parametrize(
    ("change", "reason", "detail"),
    [
        (FIFTHS.head(2), Reason.CANNOT_BE_CALCULATED, Detail.TOO_FEW_POINTS),
        (FIFTHS.with_columns(value=None), Reason.MISSING, None),
        (FIFTHS.with_columns(population=0), Reason.CANNOT_BE_CALCULATED, Detail.ZERO_DENOMINATOR),
        (FIFTHS.with_columns(population=-1), Reason.CANNOT_BE_CALCULATED, Detail.IMPOSSIBLE_INPUT),
        (FIFTHS.with_columns(fifth=1), Reason.CANNOT_BE_CALCULATED, Detail.IMPOSSIBLE_INPUT),
        (FIFTHS.with_columns(fifth=pl.lit(None, dtype=pl.Int64)), Reason.CANNOT_BE_CALCULATED, Detail.IMPOSSIBLE_INPUT),
        (FIFTHS.with_columns(value=float("inf")), Reason.CANNOT_BE_CALCULATED, Detail.IMPOSSIBLE_INPUT),
    ],
)
def test_a_set_that_has_no_line_says_why(change: pl.DataFrame, reason: Reason, detail: Detail | None) -> None:
    found = index(change)
    assert (found["reason"], found["detail"]) == (reason, detail)
    assert found["slope_index"] is None and found["relative_index"] is None


def test_an_absent_fifth_is_noticed_where_five_are_expected() -> None:
    assert index(FIFTHS.filter(pl.col("fifth") != 3), groups_expected=5)["detail"] == Detail.MISSING_STRATUM
    assert index(FIFTHS, groups_expected=10)["detail"] == Detail.MISSING_STRATUM
    assert index(FIFTHS.with_columns(pl.col("fifth") + 1), groups_expected=5)["detail"] == Detail.IMPOSSIBLE_INPUT


def test_groups_without_intervals_have_indices_without_limits() -> None:
    found = index(lower_ci_95=None, upper_ci_95=None)
    assert found["slope_index"] == index()["slope_index"]
    assert found["slope_index_lower_ci_95"] is None and found["relative_index_upper_ci_99_8"] is None
    assert (found["reason"], found["detail"]) == (None, Detail.NO_SPREAD)
    # a rate's lower limit of 0 has no logarithm
    with_zero = FIFTHS.with_columns(lower_ci_95=0.0)
    assert index(with_zero, scale="log")["detail"] == Detail.NO_SPREAD


@pytest.mark.parametrize("absent", ["lower_ci_95", "upper_ci_95"])
def test_one_group_that_has_only_one_of_its_limits_leaves_the_indices_without_limits(absent: str) -> None:
    found = index(FIFTHS.with_columns(pl.when(pl.col("fifth") != 3).then(absent).alias(absent)))
    assert found["slope_index"] == index()["slope_index"]
    assert found["slope_index_lower_ci_95"] is None and found["relative_index_upper_ci_99_8"] is None
    assert (found["reason"], found["detail"]) == (None, Detail.NO_SPREAD)


def test_a_line_that_ends_below_nothing_has_no_ratio() -> None:
    below = FIFTHS.with_columns(value=pl.col("value") - 22, lower_ci_95=pl.col("lower_ci_95") - 22)
    found = index(below.with_columns(upper_ci_95=pl.col("value") + 3))
    assert found["slope_index"] is not None and found["slope_index_lower_ci_95"] is not None
    assert found["relative_index"] is None and found["relative_index_lower_ci_95"] is None


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"method": "wilson"}, UnknownNameError, "expected one of slope_index_analytic"),
        ({"scale": "sqrt"}, UnknownNameError, "expected one of own, log, logit"),
        ({"method": "slope_index_simulated"}, ValueError, "Draws need a named seed"),
        ({"method": "slope_index_simulated", "seed": 1, "draws": 10}, ValueError, "draws: found 10"),
        ({"multiplier": 0}, ValueError, "multiplier: found 0"),
        ({"groups_expected": 2}, ValueError, "expected 3 or more"),
        ({"scale": "log", "standard_error": "value"}, ValueError, "another scale than own"),
    ],
)
def test_arguments_that_are_none_of_those_known_are_refused(
    options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        index(**options)


def test_a_set_may_be_named_as_a_column_of_the_methods_own() -> None:
    for name in ("place", "set", "row", "population_of", "lower"):
        table = statistics.slope_index_of_inequality(
            FIFTHS.rename({"area_code": name}), by=name, group="fifth", population="population"
        )
        assert table.columns[0] == name
        assert table["slope_index"].to_list() == [index()["slope_index"]]


def test_sets_come_sorted_those_without_a_name_first() -> None:
    sets = [FIFTHS.with_columns(pl.lit(name, dtype=pl.String).alias("area_code")) for name in ("E2", None, "E1")]
    table = statistics.slope_index_of_inequality(
        pl.concat(sets), by="area_code", group="fifth", population="population"
    )
    assert table["area_code"].to_list() == [None, "E1", "E2"]
