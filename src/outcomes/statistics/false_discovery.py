"""False discoveries: how sure a flag is among many, so that only a stated share of the flags that stay are false."""

import math
from collections.abc import Sequence

__all__ = ["false_discovery_adjusted"]


def false_discovery_adjusted(p_values: Sequence[float]) -> list[float]:
    """Return each p-value adjusted for its family by Benjamini and Hochberg.

    The flags whose adjusted p-value is at most q are those that stay when the expected share of false ones among them
    is held to q. It holds for comparisons that are independent, or depend on each other positively, as those with one
    benchmark do.

    Args:
        p_values: Those of the whole family, 0 to 1, in any order.

    Returns:
        As many numbers, 0 to 1, each at its p-value's place.

    Raises:
        ValueError: A number is none between 0 and 1.

    Source: Benjamini Y, Hochberg Y, Journal of the Royal Statistical Society B 1995;57:289-300. Benjamini Y, Yekutieli
    D, Annals of Statistics 2001;29:1165-88 (positive dependence).

    >>> false_discovery_adjusted([0.01, 0.04, 0.03, 0.5])
    [0.04, 0.05333333333333333, 0.05333333333333333, 0.5]
    """
    for p_value in p_values:
        if math.isnan(p_value) or not 0.0 <= p_value <= 1.0:
            raise ValueError(f"p_values: found {p_value}, expected numbers from 0 to 1. Leave out what has none.")
    many = len(p_values)
    order = sorted(range(many), key=lambda place: p_values[place])
    adjusted = [1.0] * many
    least = 1.0
    for rank in range(many, 0, -1):
        place = order[rank - 1]
        least = min(least, p_values[place] * (many / rank))
        adjusted[place] = least
    return adjusted
