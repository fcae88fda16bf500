"""Overdispersion: how much more the z-scores of a group spread than chance alone would make them."""

import math
from collections.abc import Sequence
from functools import lru_cache

__all__ = [
    "FEWEST_POINTS",
    "WINSORISED_SHARE",
    "corrected_variance_between",
    "dispersion_of",
    "left_by_chance",
    "variance_between",
    "winsorised",
]

WINSORISED_SHARE = 0.1
"""The share of z-scores at each end that is drawn in to the next one, so that outliers do not hide themselves."""

FEWEST_POINTS = 10
"""Fewer z-scores than this have no tenth at each end, and say too little of their spread."""


def winsorised(z_scores: Sequence[float], share: float = WINSORISED_SHARE) -> list[float]:
    """Return z-scores, sorted, the outermost at each end drawn in to the next.

    Of I scores the k = ⌊share · I⌋ lowest are set to the (k + 1)th lowest, and likewise at the top.

    Args:
        z_scores: The scores, in any order.
        share: The share at each end, 0 to under a half.

    Returns:
        As many scores, sorted.

    Source: Spiegelhalter DJ, Quality and Safety in Health Care 2005;14:347-51.

    >>> winsorised([0.3, -9.0, 1.1, 0.2, -0.4, 0.9, -1.2, 0.0, 7.0, -0.1])
    [-1.2, -1.2, -0.4, -0.1, 0.0, 0.2, 0.3, 0.9, 1.1, 1.1]
    """
    ranked = sorted(z_scores)
    drawn_in = math.floor(share * len(ranked))
    if drawn_in == 0:
        return ranked
    kept = ranked[drawn_in : len(ranked) - drawn_in]
    return [kept[0]] * drawn_in + kept + [kept[-1]] * drawn_in


def dispersion_of(z_scores: Sequence[float], share: float = WINSORISED_SHARE) -> float:
    """Return the dispersion φ: the mean square of the winsorised z-scores, 1 where chance explains them.

    Args:
        z_scores: The scores, at least one, in any order: the sum is exact, so the order leaves no trace.
        share: The share at each end that is drawn in.

    Returns:
        φ, 0 or more. Below about 0.7 the scores lie closer together than chance has them.

    Limits of use: it is not corrected for what drawing in takes away, as the source has it not. Of scores that are
    normal, chance alone makes φ about 0.68 and not 1 (`left_by_chance`), and of an overdispersion k times that of
    chance it sees 0.68 k.

    Source: Spiegelhalter DJ, Quality and Safety in Health Care 2005;14:347-51; Statistics in Medicine
    2005;24:1185-202.

    >>> dispersion_of([-2.0, 2.0, 2.0, -2.0])
    4.0
    """
    drawn = winsorised(z_scores, share)
    return math.fsum(z * z for z in drawn) / len(drawn)


def variance_between(z_scores: Sequence[float], standard_errors: Sequence[float]) -> float:
    """Return τ²: the variance between areas that chance does not explain, on the scale of the standard errors.

    τ² = (Iφ - (I - 1)) / (Σw - Σw² / Σw) with w = 1 / s², and 0 where Iφ is below I - 1: the estimator of
    DerSimonian and Laird, with the winsorised φ, around the average that the scores are of.

    Args:
        z_scores: The scores, at least two.
        standard_errors: Their standard errors, above 0.

    Returns:
        τ², 0 or more.

    Limits of use: φ is not corrected for the drawing in, so τ² is on the low side. Of areas that differ by the spread
    that the method allows for, and no more, nearly one in ten lies outside the 95 % limits (10 in 100 of 150 areas, 8
    to 9 of 20), where one in twenty would be expected; and where the scores' variance is one and a half times that of
    chance, τ² is 0 nearly half the time. `corrected_variance_between` is without this.

    Source: Spiegelhalter DJ, Quality and Safety in Health Care 2005;14:347-51; Statistics in Medicine
    2005;24:1185-202. DerSimonian R, Laird N, Controlled Clinical Trials 1986;7:177-88.

    >>> round(variance_between([-2.0, 2.0, 2.0, -2.0], [0.5, 0.5, 0.5, 0.5]), 12)
    1.083333333333
    """
    points = len(z_scores)
    excess = points * dispersion_of(z_scores) - (points - 1)
    if excess <= 0.0:
        return 0.0
    # weights beside the largest of them: squares of tiny errors do not overflow
    smallest = min(standard_errors)
    weights = [(smallest / error) ** 2 for error in standard_errors]
    total = math.fsum(weights)
    spread = total - math.fsum(weight * weight for weight in weights) / total
    return excess / spread * smallest**2 if spread > 0.0 else 0.0


def left_by_chance(points: int, share: float = WINSORISED_SHARE, *, is_average_known: bool = False) -> float:
    """Return the φ that chance alone makes: the expected mean square of winsorised normal scores.

    Of I scores N(z) lie at or below z. Drawn in, none does while N(z) ≤ k = ⌊share · I⌋, all do from N(z) = I - k, and
    N(z) of them do between. So a drawn-in score lies at or below z with the probability

        F(z) = p · (P[B(I - 1, p) ≥ k] - P[B(I - 1, p) ≥ I - k - 1]) + P[B(I, p) ≥ I - k],  p = Φ(z), B binomial,

    and its mean square is 4 ∫ z F(-z) dz from 0 on. Scores around their own average lie closer to it by the variance of
    the average, 1 / I; drawing in moves scores and average alike, so exactly that goes from the mean square (of areas
    of one size; of others, nearly).

    Args:
        points: How many scores there are, at least two.
        share: The share at each end that is drawn in, 0 to under a half.
        is_average_known: Whether the scores lie around an average that was not made of them.

    Returns:
        The expected φ: 0.68 of many scores, 1 where none is drawn in and the average is known.

    Source: Spiegelhalter DJ, Statistics in Medicine 2005;24:1185-202 (the drawing in). David HA, Nagaraja HN, Order
    statistics, 3rd edition, Wiley 2003 (distributions of ordered values by binomial sums).

    >>> round(left_by_chance(3, 0.4, is_average_known=True), 6), round(1 - math.sqrt(3) / math.pi, 6)
    (0.448671, 0.448671)
    >>> round(left_by_chance(150), 4)
    0.6735
    """
    return _of_normal_scores(points, math.floor(share * points)) - (0.0 if is_average_known else 1.0 / points)


@lru_cache(maxsize=4096)
def _of_normal_scores(points: int, drawn_in: int) -> float:
    """The expected mean square of so many standard normal scores, so many at each end drawn in."""
    if drawn_in == 0:
        return 1.0
    from scipy import integrate, special

    def below(z: float) -> float:
        p = special.ndtr(-z)
        some = special.betainc(drawn_in, points - drawn_in, p)
        most = special.betainc(points - drawn_in - 1, drawn_in + 1, p)
        every = special.betainc(points - drawn_in, drawn_in + 1, p)
        return float(z * (p * (some - most) + every))

    # the steep part lies where the last score that stays does; beyond 40 nothing is left
    steep = -float(special.ndtri(drawn_in / points))
    found, _ = integrate.quad(below, 0.0, 40.0, points=(0.8 * steep, steep, 1.2 * steep), limit=400, epsabs=1e-12)
    # the last digits differ between machines
    return round(4.0 * float(found), 10)


def corrected_variance_between(
    z_scores: Sequence[float], standard_errors: Sequence[float], *, is_average_known: bool = False
) -> float:
    """Return τ²: the variance between areas that chance does not explain, corrected for the drawing in.

    It is the τ² at which the scores, each over √(1 + τ² / s²), have the dispersion that chance alone leaves after the
    drawing in (`left_by_chance`), and 0 where they have no more without it. With it added, so many areas lie outside
    the limits as the limits say, whether the areas are of one size or not.

    Args:
        z_scores: The scores, at least two.
        standard_errors: Their standard errors s, above 0.
        is_average_known: Whether the scores lie around an average that was not made of them.

    Returns:
        τ², 0 or more.

    Limits of use: of ten areas, the fewest that are asked, the limits leave out 5 to 7 in 100 rather than 5.

    Source: Paule RC, Mandel J, Journal of Research of the National Bureau of Standards 1982;87:377-85 (the variance at
    which the weighted squares are what they are expected to be). Spiegelhalter DJ, Statistics in Medicine
    2005;24:1185-202 (the drawing in, the additive model).

    >>> scores = [-4.0, -2.0, -2.0, 0.0, 0.0, 0.0, 0.0, 2.0, 2.0, 4.0]
    >>> round(corrected_variance_between(scores, [0.05] * 10), 9)
    0.007482908
    """
    aim = left_by_chance(len(z_scores), is_average_known=is_average_known)
    if dispersion_of(z_scores) <= aim:
        return 0.0
    pairs = list(zip(z_scores, standard_errors, strict=True))

    def dispersion(variance: float) -> float:
        return dispersion_of([z / math.sqrt(1.0 + variance / error / error) for z, error in pairs])

    low, high = 0.0, max((z * error) ** 2 for z, error in pairs) / aim
    # halving until the bounds are next to each other, or alike in the digits that are of use
    while high - low > 1e-13 * high:
        middle = (low + high) / 2.0
        if dispersion(middle) > aim:
            low = middle
        else:
            high = middle
    return high
