"""Tests of funnels: lines, positions, overdispersion by vectors worked out another way, and what is refused."""

import math
import statistics as standard_library
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from outcomes import statistics
from outcomes.errors import TableError, UnknownNameError
from outcomes.statistics.funnel_lines import poisson_lines
from outcomes.statistics.overdispersion import dispersion_of, variance_between, winsorised
from outcomes.vocabulary import Detail, Reason

# on the scale of square roots 100 expected events have the z-scores 2(√O - 10): whole numbers
SQUARES = pl.DataFrame(
    {"observed": [64, 81, 81, 100, 100, 100, 100, 121, 121, 144], "expected": [100.0] * 10},
)


def ratios(method: str, frame: pl.DataFrame = SQUARES, **options: Any) -> pl.DataFrame:
    return statistics.ratio_funnel(frame, observed="observed", expected="expected", method=method, **options)


def test_the_outer_tenth_is_drawn_in_and_the_dispersion_is_the_mean_square() -> None:
    scores = [-4.0, -2, -2, 0, 0, 0, 0, 2, 2, 4]
    assert winsorised(scores) == [-2, -2, -2, 0, 0, 0, 0, 2, 2, 2]
    # 6 scores of ±2 among 10
    assert dispersion_of(scores) == 2.4
    # w = 400 each: (24 - 9) / (4000 - 400)
    assert variance_between(scores, [0.05] * 10) == pytest.approx(15 / 3600, rel=1e-14)


def test_unlike_standard_errors_weigh_as_their_inverse_squares() -> None:
    scores = [3.0, -3.0, 3.0, -3.0]
    errors = [0.1, 0.2, 0.4, 0.5]
    weights = [1 / error**2 for error in errors]
    by_hand = (36 - 3) / (sum(weights) - sum(w * w for w in weights) / sum(weights))
    assert variance_between(scores, errors) == pytest.approx(by_hand, rel=1e-14)


def test_no_more_spread_than_chance_is_no_variance_between_areas() -> None:
    assert variance_between([0.1, -0.1, 0.2, -0.2], [0.1] * 4) == 0.0


def test_multiplicative_limits_are_wider_by_the_root_of_the_dispersion() -> None:
    funnel = ratios("funnel_multiplicative")
    assert funnel["overdispersion"].to_list() == pytest.approx([2.4] * 10, rel=1e-14)
    for label, z in (("95", 1.959963984540054), ("99_8", 3.090232306167813)):
        half = z * 0.05 * math.sqrt(2.4)
        assert funnel[f"lower_limit_{label}"][0] == pytest.approx((1 - half) ** 2, rel=1e-13)
        assert funnel[f"upper_limit_{label}"][0] == pytest.approx((1 + half) ** 2, rel=1e-13)
    # 4 / √2.4 is 2.58: beyond 1.96, not beyond 3.09
    assert funnel["position"].to_list() == ["lower", *["similar"] * 8, "higher"]
    # by chance alone these two lie beyond the outer lines, and two more beyond the inner
    by_chance = ratios("funnel_chance")
    assert by_chance["position"].to_list() == ["much lower", *["similar"] * 6, "higher", "higher", "much higher"]


def test_additive_limits_leave_room_for_the_variance_between_areas() -> None:
    funnel = ratios("funnel_additive")
    assert funnel["variance_between"][0] == pytest.approx(1 / 240, rel=1e-14)
    half = 1.959963984540054 * math.sqrt(0.0025 + 1 / 240)
    assert funnel["lower_limit_95"][0] == pytest.approx((1 - half) ** 2, rel=1e-13)
    assert funnel["position"].to_list() == ["lower", *["similar"] * 8, "higher"]
    # a large area is as far beyond its own limits, but the variance between areas does not shrink with its size
    large = pl.concat([SQUARES, pl.DataFrame({"observed": [10_900], "expected": [10_000.0]})])
    assert ratios("funnel_additive", large)["position"][-1] == "similar"
    assert ratios("funnel_multiplicative", large)["position"][-1] == "much higher"


def test_overdispersed_proportions_agree_with_a_computation_of_their_own() -> None:
    x = [30, 45, 61, 22, 80, 51, 49, 38, 70, 55, 12]
    n = [100, 90, 120, 80, 150, 100, 95, 85, 110, 130, 40]
    frame = pl.DataFrame({"x": x, "n": n})
    average = sum(x) / sum(n)
    errors = [1 / (2 * math.sqrt(size)) for size in n]
    scores = [
        (math.asin(math.sqrt(part / whole)) - math.asin(math.sqrt(average))) / error
        for part, whole, error in zip(x, n, errors, strict=True)
    ]
    ranked = sorted(scores)
    drawn = [min(max(score, ranked[1]), ranked[-2]) for score in scores]
    dispersion = standard_library.fmean(score**2 for score in drawn)
    weights = [error**-2 for error in errors]
    between = (11 * dispersion - 10) / (sum(weights) - sum(w * w for w in weights) / sum(weights))
    assert dispersion > 1 and between > 0
    for method, spread in (
        ("funnel_multiplicative", [error * math.sqrt(dispersion) for error in errors]),
        ("funnel_additive", [math.hypot(error, math.sqrt(between)) for error in errors]),
    ):
        funnel = statistics.proportion_funnel(frame, numerator="x", denominator="n", method=method)
        assert funnel["overdispersion"][0] == pytest.approx(dispersion, rel=1e-12)
        assert funnel["variance_between"][0] == pytest.approx(between, rel=1e-12)
        for lower, error in zip(funnel["lower_limit_95"], spread, strict=True):
            angle = math.asin(math.sqrt(average)) - 1.959963984540054 * error
            assert lower == pytest.approx(100 * math.sin(max(angle, 0)) ** 2, rel=1e-12)


def test_spread_below_chance_never_narrows_the_funnel() -> None:
    alike = pl.DataFrame({"observed": [100] * 12, "expected": [100.0] * 12})
    funnel = ratios("funnel_multiplicative", alike)
    assert funnel["overdispersion"][0] == 0.0
    assert funnel["lower_limit_95"][0] == pytest.approx((1 - 1.959963984540054 * 0.05) ** 2, rel=1e-13)


def test_fewer_than_ten_areas_have_values_and_no_overdispersion() -> None:
    funnel = ratios("funnel_additive", SQUARES.head(9))
    assert funnel["position"].unique().to_list() == ["not compared"]
    assert funnel["detail"].unique().to_list() == [Detail.TOO_FEW_POINTS]
    assert funnel["reason"].unique().to_list() == [None]
    assert funnel["value"].null_count() == 0
    assert funnel["lower_limit_95"].null_count() == 9


def test_what_cannot_be_used_has_its_reason_and_leaves_the_average_alone() -> None:
    frame = pl.DataFrame(
        {"x": [50.0, 30.0, None, -1.0, 5.0, 11.0, float("nan")], "n": [100.0, 100.0, 10.0, 10.0, 0.0, 10.0, 10.0]}
    )
    funnel = statistics.proportion_funnel(frame, numerator="x", denominator="n")
    assert funnel["average"].unique().to_list() == [40.0]
    assert funnel.select("reason", "detail").rows() == [
        (None, None),
        (None, None),
        (Reason.MISSING, None),
        (Reason.CANNOT_BE_CALCULATED, Detail.IMPOSSIBLE_INPUT),
        (Reason.CANNOT_BE_CALCULATED, Detail.ZERO_DENOMINATOR),
        (Reason.CANNOT_BE_CALCULATED, Detail.IMPOSSIBLE_INPUT),
        (Reason.CANNOT_BE_CALCULATED, Detail.IMPOSSIBLE_INPUT),
    ]
    assert funnel["position"].to_list()[2:] == ["not compared"] * 5


def test_several_funnels_stand_apart_and_rows_keep_their_order() -> None:
    frame = pl.DataFrame(
        {"measure": ["b", "a", "b", None, "a"], "x": [10, 90, 30, 7, 50], "n": [100, 100, 100, 10, 100]}
    )
    funnel = statistics.proportion_funnel(frame, numerator="x", denominator="n", by="measure")
    assert funnel["measure"].to_list() == frame["measure"].to_list()
    assert funnel["average"].to_list() == [20.0, 70.0, 20.0, 70.0, 70.0]


def test_directly_standardised_rates_of_few_events_count_in_the_average_and_are_not_compared() -> None:
    frame = pl.DataFrame({"x": [9, 100], "n": [1000, 10_000], "rate": [900.0, 1000.0]})
    funnel = statistics.rate_funnel(frame, numerator="x", denominator="n", rate="rate", is_directly_standardised=True)
    assert funnel["detail"].to_list() == [Detail.TOO_FEW_EVENTS, None]
    assert funnel["position"].to_list() == ["not compared", "similar"]
    assert funnel["average"][1] == pytest.approx(100_000 * 109 / (1000 + 10_000), rel=1e-14)


def test_a_rate_that_contradicts_its_events_is_impossible() -> None:
    frame = pl.DataFrame({"x": [0, 5, 5], "n": [100, 100, 100], "rate": [3.0, 0.0, 5000.0]})
    funnel = statistics.rate_funnel(frame, numerator="x", denominator="n", rate="rate")
    assert funnel["detail"].to_list() == [Detail.IMPOSSIBLE_INPUT, Detail.IMPOSSIBLE_INPUT, None]


def test_a_poisson_line_is_where_the_exact_limit_touches_what_is_expected() -> None:
    from scipy import stats

    for expected in (0.5, 4.0, 5.5716445854321845, 91.78655238495591, 1e6, 1e12):
        lower, upper = pl.select(
            [side.alias(str(i)) for i, side in enumerate(poisson_lines(pl.lit(expected), 0.95))]
        ).row(0)
        if lower > 1e-6:
            assert stats.chi2.ppf(0.975, 2 * lower + 2) / 2 == pytest.approx(expected, rel=1e-9)
        assert stats.chi2.ppf(0.025, 2 * upper) / 2 == pytest.approx(expected, rel=1e-9)


def test_an_average_of_none_has_no_line_and_nothing_differs_from_it() -> None:
    frame = pl.DataFrame({"x": [0, 0], "n": [10, 20]})
    rates = statistics.rate_funnel(frame, numerator="x", denominator="n")
    assert rates["position"].to_list() == ["similar", "similar"]
    assert rates["lower_limit_95"].null_count() == 2
    proportions = statistics.proportion_funnel(frame, numerator="x", denominator="n")
    assert proportions["position"].to_list() == ["similar", "similar"]


def test_an_empty_frame_has_an_empty_funnel() -> None:
    empty = SQUARES.clear()
    for method in ("funnel_chance", "funnel_multiplicative", "funnel_additive"):
        found = ratios(method, empty)
        assert found.is_empty()
        assert_frame_equal(found, ratios(method).clear())


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"method": "wilson"}, UnknownNameError, "found 'wilson', expected one of funnel_additive"),
        ({"method": "funnel_chance", "confidence": (0.998, 0.95)}, ValueError, "the inner first"),
        ({"method": "funnel_chance", "confidence": (0.9, 0.95, 0.99)}, ValueError, "one level or two"),
        ({"method": "funnel_chance", "average": 0.0}, ValueError, "average: found 0.0"),
        ({"method": "funnel_chance", "by": "area"}, TableError, "found no column area"),
    ],
)
def test_what_no_funnel_can_be_made_of_is_refused(
    options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        ratios(**options)


def test_a_column_with_a_results_name_is_refused() -> None:
    with pytest.raises(TableError, match="column position: found in the frame"):
        ratios("funnel_chance", SQUARES.with_columns(position=1))


@pytest.mark.parametrize("method", ["funnel_multiplicative", "funnel_additive"])
def test_a_wider_lower_line_that_would_fall_below_0_is_0(method: str) -> None:
    observed = [0, 9, 0, 10, 1, 12, 0, 9, 1, 11]
    shares = pl.DataFrame({"x": observed, "n": [20] * 10})
    proportions = statistics.proportion_funnel(shares, numerator="x", denominator="n", method=method)
    counts = pl.DataFrame({"observed": observed, "expected": [4.0] * 10})
    for funnel in (proportions, ratios(method, counts)):
        assert funnel["overdispersion"][0] > 3
        assert funnel["lower_limit_95"].to_list() == funnel["lower_limit_99_8"].to_list() == [0.0] * 10


@pytest.mark.parametrize("multiplier", [0, -1, math.nan, math.inf])
def test_a_multiplier_that_is_not_above_0_is_refused_by_every_funnel(multiplier: float) -> None:
    frame = pl.DataFrame({"x": [5], "n": [10]})
    with pytest.raises(ValueError, match="multiplier: found"):
        statistics.proportion_funnel(frame, numerator="x", denominator="n", multiplier=multiplier)
    with pytest.raises(ValueError, match="multiplier: found"):
        statistics.ratio_funnel(frame, observed="x", expected="n", multiplier=multiplier)
    with pytest.raises(ValueError, match="multiplier: found"):
        statistics.rate_funnel(frame, numerator="x", denominator="n", multiplier=multiplier)
