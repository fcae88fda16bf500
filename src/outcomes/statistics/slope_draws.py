"""Simulated limits of a slope index: groups' values drawn anew from a named seed, the line fitted to each draw."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from outcomes.statistics.slope_lines import Line, Scale

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

__all__ = ["simulated_limits"]


def simulated_limits(
    line: Line,
    values: Sequence[float],
    errors: Sequence[float],
    *,
    draw: Scale,
    fit: Scale,
    levels: Sequence[float],
    draws: int,
    seed: int,
) -> tuple[list[tuple[float, float]], list[tuple[float, float]] | None]:
    """Return the limits of the slope index and the relative index as percentiles of simulated ones.

    Each group's value is drawn from a normal distribution with its standard error, on the scale of the draw, and
    the line is fitted to each set of draws. A line fitted on a scale of logarithms or log-odds keeps its level in the
    middle, and only its slope is read off: the golden values were made so, as they show. The draws come from the raw
    stream of PCG64, the same in every version of numpy, and are made normal by the inverse of the distribution; so
    a seed gives the same limits.

    Args:
        line: The line through the values.
        values: The groups' values on the scale of the draw.
        errors: Their standard errors on that scale.
        draw: The scale on which values are drawn.
        fit: The scale on which the line is fitted: that of the draw, or the values' own.
        levels: The confidence levels.
        draws: How many.
        seed: The seed, 0 or more.

    Returns:
        The limits at each level of end - start, and of end / start (None where a simulated start is not above 0).

    Source: Low A, Low A, Journal of Public Health 2004;26:388-95. O'Neill ME, PCG, Harvey Mudd College 2014.

    >>> from outcomes.statistics.slope_lines import fitted_line
    >>> slope, _ = simulated_limits(
    ...     fitted_line([100, 100], [10.0, 20.0]), [10.0, 20.0], [1.0, 1.0],
    ...     draw=Scale.OWN, fit=Scale.OWN, levels=[0.95], draws=50_000, seed=1)
    >>> [round(limit) for limit in slope[0]]
    [14, 26]
    """
    import numpy as np
    from scipy import special

    # BitGenerators keep their stream for ever, the distributions of numpy need not
    raw = np.random.PCG64(seed).random_raw(len(values) * draws).reshape(len(values), draws)
    start, end = np.zeros(draws), np.zeros(draws)
    weights = zip(line.start_weights, line.slope_weights, strict=True)
    # group after group: a product of matrices may add in any order
    for (at_start, slope), value, error, stream in zip(weights, values, errors, raw, strict=True):
        uniform = ((stream >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
        drawn = value + error * special.ndtri(uniform)
        if draw is not fit:
            drawn = _turned(drawn, draw)
        start += at_start * drawn
        end += (at_start + slope) * drawn
    if fit is not Scale.OWN:
        # read off the slope alone, as the national tool does: the line turns about its level in the middle
        middle = line.start + line.slope / 2.0
        half = (end - start) / 2.0
        start, end = _turned(middle - half, fit), _turned(middle + half, fit)
    limits = _percentiles(end - start, levels)
    if float(start.min()) <= 0.0:
        return limits, None
    return limits, _percentiles(end / start, levels)


def _turned(heights: "NDArray[float64]", scale: Scale) -> "NDArray[float64]":
    import numpy as np
    from scipy import special

    turned: NDArray[float64] = np.exp(heights) if scale is Scale.LOGARITHM else special.expit(heights)
    return turned


def _percentiles(simulated: "NDArray[float64]", levels: Sequence[float]) -> list[tuple[float, float]]:
    ranked = sorted(simulated.tolist())
    return [(_between(ranked, (1.0 - level) / 2.0), _between(ranked, 1.0 - (1.0 - level) / 2.0)) for level in levels]


def _between(ranked: Sequence[float], share: float) -> float:
    """Return the percentile of sorted numbers, drawn straight between neighbours."""
    place = share * (len(ranked) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (place - below) * (ranked[above] - ranked[below])
