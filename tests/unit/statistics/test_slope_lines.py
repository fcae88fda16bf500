"""Tests of the limits of the slope and relative index: by the delta method on every scale, and by draws."""

import math

import pytest

from outcomes.statistics.slope_draws import simulated_limits
from outcomes.statistics.slope_lines import Scale, fitted_line, from_scale, index_limits, to_scale

POPULATIONS = [90.0, 110.0, 100.0]
VALUES = [0.2, 0.35, 0.5]
ERRORS = [0.05, 0.04, 0.03]


def ends(heights: list[float], scale: Scale) -> tuple[float, float]:
    line = fitted_line(POPULATIONS, heights)
    return from_scale(line.start, scale), from_scale(line.start + line.slope, scale)


@pytest.mark.parametrize("scale", list(Scale))
def test_limits_are_those_of_how_fast_each_index_moves_with_each_groups_value(scale: Scale) -> None:
    heights = [to_scale(value, scale) for value in VALUES]
    start, end = ends(heights, scale)

    def variance(is_ratio: bool) -> float:
        step, total = 1e-6, 0.0
        for place, error in enumerate(ERRORS):
            moved = [
                ends([height + (sign * step if at == place else 0.0) for at, height in enumerate(heights)], scale)
                for sign in (1, -1)
            ]
            above, below = (math.log(last / first) if is_ratio else last - first for first, last in moved)
            total += ((above - below) / (2 * step) * error) ** 2
        return total

    slopes, ratios = index_limits(fitted_line(POPULATIONS, heights), ERRORS, scale, [0.95])
    assert ratios is not None
    half = 1.959963984540054 * math.sqrt(variance(is_ratio=False))
    assert slopes[0] == pytest.approx((end - start - half, end - start + half), rel=1e-7)
    factor = math.exp(1.959963984540054 * math.sqrt(variance(is_ratio=True)))
    assert ratios[0] == pytest.approx((end / start / factor, end / start * factor), rel=1e-7)


def test_a_line_that_starts_or_ends_at_0_has_no_limits_of_a_relative_index() -> None:
    for values in ([5.0, 15.0], [15.0, 5.0]):
        line = fitted_line([100, 100], values)
        slopes, ratios = index_limits(line, [1.0, 1.0], Scale.OWN, [0.95])
        assert (len(slopes), ratios) == (1, None)
    line = fitted_line([100, 100], [5.0, 15.0])
    drawn = simulated_limits(
        line, [5.0, 15.0], [0.0, 0.0], draw=Scale.OWN, fit=Scale.OWN, levels=[0.95], draws=20, seed=1
    )
    assert drawn == ([(20.0, 20.0)], None)


def test_a_percentile_is_drawn_straight_between_neighbours_up_to_the_last_draw() -> None:
    # of three draws the places of these levels are 1.5, 1.7 and 1.9: between the second and the third
    levels = [0.5, 0.7, 0.9]
    limits, _ = simulated_limits(
        fitted_line([100, 100], [10.0, 20.0]), [10.0, 20.0], [1.0, 1.0],
        draw=Scale.OWN, fit=Scale.OWN, levels=levels, draws=3, seed=1,
    )  # fmt: skip
    uppers = [upper for _, upper in limits]
    assert uppers[0] < uppers[1] < uppers[2]
    assert uppers[1] - uppers[0] == pytest.approx(uppers[2] - uppers[1], rel=1e-9)
