"""Tests of the spread beyond chance: at the edge where chance explains it, and where one area outweighs the rest."""

import pytest

from outcomes.statistics.overdispersion import dispersion_of, variance_between


def test_the_share_that_is_drawn_in_is_the_callers() -> None:
    scores = [-4.0, -2, -2, 0, 0, 0, 0, 2, 2, 4]
    # nothing drawn in: (2 · 16 + 4 · 4) / 10; three at each end: all are drawn in to 0
    assert dispersion_of(scores, share=0.0) == 4.8
    assert dispersion_of(scores, share=0.3) == 0.0


def test_a_spread_just_beyond_chance_has_a_variance_just_above_0() -> None:
    # Iφ = 1.5 beside I - 1 = 1: half a unit of spread is left over
    scores = [0.75**0.5, -(0.75**0.5)]
    assert variance_between(scores, [1.0, 1.0]) == pytest.approx(0.5, rel=1e-14)


def test_an_area_so_exact_that_the_others_weigh_nothing_leaves_no_variance_to_find() -> None:
    # the one weight is all of them to the last bit, so the estimator has nothing to divide by
    assert variance_between([3.0, -3.0], [1e-9, 1.0]) == 0.0
