"""Overdispersion: how much more the z-scores of a group spread than chance alone would make them."""

import math
from collections.abc import Sequence

__all__ = ["FEWEST_POINTS", "WINSORISED_SHARE", "dispersion_of", "variance_between", "winsorised"]

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
    normal, chance alone makes φ about 0.68 and not 1, and of an overdispersion k times that of chance it sees 0.68 k.

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
    chance, τ² is 0 nearly half the time.

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
