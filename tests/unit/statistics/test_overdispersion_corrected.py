"""Tests of overdispersion corrected for the drawing in: against closed forms, draws, and the share left outside."""

import math

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest

from outcomes.statistics import proportion_funnel, rate_funnel
from outcomes.statistics.overdispersion import (
    corrected_variance_between,
    dispersion_of,
    left_by_chance,
    variance_between,
    winsorised,
)


def test_the_middle_of_three_normal_scores_has_the_mean_square_of_the_textbook() -> None:
    assert left_by_chance(3, 0.4, is_average_known=True) == pytest.approx(1 - math.sqrt(3) / math.pi, abs=1e-9)


def test_of_many_scores_chance_leaves_what_the_normal_distribution_says() -> None:
    # two tenths at the quantile 1.2816, and between them the second moment of the normal cut off there
    z = 1.2815515655446004
    cut = 0.8 - 2 * z * math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    assert left_by_chance(1_000_000, is_average_known=True) == pytest.approx(0.2 * z * z + cut, abs=1e-5)


def test_without_drawing_in_chance_leaves_the_variance_less_that_of_the_average() -> None:
    assert left_by_chance(10, 0.0) == pytest.approx(0.9, rel=1e-14)
    assert left_by_chance(9, is_average_known=True) == 1.0


@pytest.mark.parametrize("points", [10, 11, 19, 20, 37])
def test_draws_have_the_mean_square_that_is_said_around_a_known_and_their_own_average(points: int) -> None:
    scores = np.random.default_rng(points).standard_normal((20_000, points))
    for is_known in (True, False):
        around = scores if is_known else scores - scores.mean(axis=1, keepdims=True)
        found = np.array([dispersion_of(row) for row in around.tolist()])
        error = found.std() / math.sqrt(len(found))
        assert abs(found.mean() - left_by_chance(points, is_average_known=is_known)) < 4 * error


def test_of_errors_of_one_size_it_is_the_dispersion_over_that_of_chance_less_one() -> None:
    scores = [-4.0, -2, -2, 0, 0, 0, 0, 2, 2, 4]
    # φ / (1 + τ² / s²) is what chance leaves
    by_hand = 0.05**2 * (2.4 / left_by_chance(10) - 1)
    assert corrected_variance_between(scores, [0.05] * 10) == pytest.approx(by_hand, rel=1e-11)
    assert corrected_variance_between(scores, [0.05] * 10) > variance_between(scores, [0.05] * 10)


def test_with_it_the_scores_spread_as_chance_has_them_whatever_their_errors() -> None:
    generator = np.random.default_rng(4)
    errors = np.geomspace(0.01, 0.2, 25)
    scores = (generator.standard_normal(25) * np.sqrt(errors**2 + 0.05**2) / errors).tolist()
    between = corrected_variance_between(scores, errors.tolist())
    shrunk = [z / math.sqrt(1 + between / error**2) for z, error in zip(scores, errors, strict=True)]
    drawn = winsorised(shrunk)
    assert math.fsum(z * z for z in drawn) / 25 == pytest.approx(left_by_chance(25), rel=1e-10)
    assert corrected_variance_between(scores[::-1], errors.tolist()[::-1]) == between


def test_where_chance_explains_the_spread_there_is_none_between_areas() -> None:
    assert corrected_variance_between([0.1, -0.1] * 5, [0.1] * 10) == 0.0
    assert corrected_variance_between([0.0] * 12, [0.1] * 12) == 0.0


def test_a_known_average_asks_for_more_spread_than_one_made_of_the_areas() -> None:
    events = [60, 81, 81, 90, 95, 101, 108, 121, 125, 160]
    areas = pl.DataFrame({"events": events, "persons": [1_000] * 10})
    method = "funnel_additive_corrected"
    own = rate_funnel(areas, numerator="events", denominator="persons", method=method)
    given = rate_funnel(areas, numerator="events", denominator="persons", method=method, average=own["average"][0])
    assert own["variance_between"][0] > given["variance_between"][0] > 0.0
    assert own["overdispersion"][0] / given["overdispersion"][0] == pytest.approx(
        left_by_chance(10, is_average_known=True) / left_by_chance(10), rel=1e-12
    )


@pytest.mark.parametrize("sizes", [np.full(50, 2_000), np.geomspace(200, 20_000, 50).astype(int)])
def test_one_area_in_twenty_lies_outside_where_areas_differ_by_what_is_allowed_for(
    sizes: npt.NDArray[np.int64],
) -> None:
    pages = 200
    generator = np.random.default_rng(11)
    angles = math.asin(math.sqrt(0.3)) + 0.05 * generator.standard_normal((pages, 50))
    rows = pl.DataFrame(
        {
            "page": np.repeat(np.arange(pages), 50),
            "having": generator.binomial(sizes, np.sin(angles) ** 2).ravel(),
            "asked": np.tile(sizes, pages),
        }
    )
    outside = {}
    for method in ("funnel_additive", "funnel_additive_corrected"):
        told = proportion_funnel(rows, numerator="having", denominator="asked", by="page", method=method)
        outside[method] = 100 * (told["position"] != "similar").sum() / told.height
    assert outside["funnel_additive_corrected"] == pytest.approx(5.0, abs=0.9)
    assert outside["funnel_additive"] > 8.0


@pytest.mark.parametrize("error", [0.05, 5.0])
def test_scores_that_all_lie_equally_far_have_it_in_closed_form_on_any_scale(error: float) -> None:
    # z² / (1 + τ² / s²) is what chance leaves, however far the scores and large the errors
    by_hand = error**2 * (36 / left_by_chance(10) - 1)
    assert corrected_variance_between([6.0, -6.0] * 5, [error] * 10) == pytest.approx(by_hand, rel=1e-11)
