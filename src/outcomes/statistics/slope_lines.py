"""The straight line through groups from most to least deprived, and how the groups' errors pass through it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from outcomes.statistics.confidence import normal_quantile

__all__ = ["Line", "Scale", "fitted_line", "from_scale", "index_limits", "steepness", "to_scale"]


class Scale(StrEnum):
    """The scale on which the groups' errors are symmetrical: the values' own, of their logarithms or log-odds."""

    OWN = "own"
    LOGARITHM = "log"
    LOG_ODDS = "logit"


@dataclass(frozen=True, slots=True)
class Line:
    """A line over the ranks 0 (most deprived) to 1 (least), fitted with the groups' shares as weights.

    Attributes:
        start: The line's height at rank 0, on the scale of the fit.
        slope: Its height at 1 less that at 0.
        start_weights: What each group's value counts in the start: start = Σ weight x value.
        slope_weights: Likewise in the slope.
    """

    start: float
    slope: float
    start_weights: tuple[float, ...]
    slope_weights: tuple[float, ...]


def fitted_line(populations: Sequence[float], values: Sequence[float]) -> Line:
    """Return the line through groups, by least squares weighted by their shares of the population.

    Args:
        populations: The groups' populations, above 0, from the most to the least deprived; at least two.
        values: The groups' values, on the scale of the fit.

    Source: Low A, Low A, Journal of Public Health 2004;26:388-95.

    >>> line = fitted_line([100, 100], [10.0, 20.0])
    >>> line.start, line.slope
    (5.0, 20.0)
    """
    total = math.fsum(populations)
    shares = [population / total for population in populations]
    ranks: list[float] = []
    for position, share in enumerate(shares):
        ranks.append(math.fsum(shares[:position]) + share / 2.0)
    centre = math.fsum(share * rank for share, rank in zip(shares, ranks, strict=True))
    squares = math.fsum(share * (rank - centre) ** 2 for share, rank in zip(shares, ranks, strict=True))
    slope_weights = tuple(share * (rank - centre) / squares for share, rank in zip(shares, ranks, strict=True))
    start_weights = tuple(share - centre * weight for share, weight in zip(shares, slope_weights, strict=True))
    return Line(
        start=math.fsum(weight * value for weight, value in zip(start_weights, values, strict=True)),
        slope=math.fsum(weight * value for weight, value in zip(slope_weights, values, strict=True)),
        start_weights=start_weights,
        slope_weights=slope_weights,
    )


def to_scale(value: float, scale: Scale) -> float:
    """Return a value on a scale; one outside of it is a ValueError (a logarithm of 0, odds of a whole).

    >>> round(to_scale(0.5, Scale.LOG_ODDS), 12), to_scale(1.0, Scale.LOGARITHM)
    (0.0, 0.0)
    """
    if scale is Scale.LOGARITHM:
        return math.log(value)
    if scale is Scale.LOG_ODDS:
        return math.log(value) - math.log1p(-value)
    return value


def from_scale(height: float, scale: Scale) -> float:
    """Return what a height on a scale is as a value.

    >>> from_scale(0.0, Scale.LOG_ODDS), from_scale(0.0, Scale.LOGARITHM)
    (0.5, 1.0)
    """
    if scale is Scale.LOGARITHM:
        return math.exp(height)
    if scale is Scale.LOG_ODDS:
        return 1.0 / (1.0 + math.exp(-height))
    return height


def index_limits(
    line: Line, errors: Sequence[float], fit: Scale, levels: Sequence[float]
) -> tuple[list[tuple[float, float]], list[tuple[float, float]] | None]:
    """Return the limits of the slope index and of the relative index, by the groups' errors alone.

    The slope is a weighted sum of the groups' values, so its variance is the sum of their variances times the squared
    weights: exact on the scale of the fit, to the first order (the delta method) where its ends are turned back. The
    limits of the relative index are symmetrical about its logarithm.

    Args:
        line: The line.
        errors: The groups' standard errors on the scale of the fit.
        fit: That scale.
        levels: The confidence levels.

    Returns:
        The limits at each level of end - start, and of end / start (None where an end is not above 0).

    Source: Low A, Low A, Journal of Public Health 2004;26:388-95; Oehlert GW, American Statistician 1992;46:27-9.

    >>> slope, ratio = index_limits(fitted_line([100, 100], [10.0, 20.0]), [1.0, 1.0], Scale.OWN, [0.95])
    >>> [round(limit, 3) for limit in slope[0]]
    [14.456, 25.544]
    """
    start, end = from_scale(line.start, fit), from_scale(line.start + line.slope, fit)
    steep_start, steep_end = steepness(start, fit), steepness(end, fit)
    parts = list(zip(line.start_weights, line.slope_weights, errors, strict=True))
    slope_error = _root_of_squares(
        (steep_end * (at_start + slope) - steep_start * at_start) * error for at_start, slope, error in parts
    )
    limits = [
        ((end - start) - normal_quantile(c) * slope_error, (end - start) + normal_quantile(c) * slope_error)
        for c in levels
    ]
    if start <= 0.0 or end <= 0.0:
        return limits, None
    log_error = _root_of_squares(
        (steep_end / end * (at_start + slope) - steep_start / start * at_start) * error
        for at_start, slope, error in parts
    )
    ratio = end / start
    half = [normal_quantile(c) * log_error for c in levels]
    return limits, [(ratio * math.exp(-h), ratio * math.exp(h)) for h in half]


def steepness(value: float, scale: Scale) -> float:
    """Return how fast a value moves with its height on a scale.

    >>> steepness(0.5, Scale.LOG_ODDS), steepness(0.5, Scale.OWN)
    (0.25, 1.0)
    """
    if scale is Scale.LOGARITHM:
        return value
    if scale is Scale.LOG_ODDS:
        return value * (1.0 - value)
    return 1.0


def _root_of_squares(terms: Iterable[float]) -> float:
    return math.sqrt(math.fsum(term * term for term in terms))
