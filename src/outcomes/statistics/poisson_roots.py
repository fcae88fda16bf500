"""Solves the Poisson tails for the number of events: for each number expected, the one that is just so unlikely."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Numbers = NDArray[float64]

__all__ = ["events_so_few", "events_so_many"]

_MOST_STEPS: Final = 200
_LEAST_CHANCE: Final = 1e-300
# the width of the last bracket, as a share of the root: four bits above that of a float
_CLOSE: Final = 2.0**-48


def events_so_few(expected: "Numbers", tail: float, z: float) -> "Numbers":
    """Return the number of events that no more than `tail` of all chance would leave so few or fewer.

    Args:
        expected: The numbers expected, above 0.
        tail: The chance, between 0 and 0.5.
        z: The standard normal quantile that leaves `tail` above it.

    Returns:
        The numbers of events, not whole; 0 where even none is likelier than that.

    >>> import numpy as np
    >>> events_so_few(np.array([18.390356, 1.0]), 0.025, 1.959963984540054).round(4).tolist()
    [10.0, 0.0]
    """
    import numpy as np
    from scipy import special

    log_tail = float(np.log(tail))

    def height(events: "Numbers", means: "Numbers") -> "Numbers":
        # the chance of so few events grows with their number
        chance: Numbers = special.gammaincc(events + 1.0, means)
        return np.log(np.maximum(chance, _LEAST_CHANCE)) - log_tail

    # Cornish and Fisher's expansion of the gamma quantile, solved for its shape
    root = (np.sqrt(np.maximum(z * z + 4.0 * (expected - (z * z - 1.0) / 3.0), 0.0)) - z) / 2.0
    return _roots(height, expected, expected * 0.0, expected * 1.0, root * root - 1.0)


def events_so_many(expected: "Numbers", tail: float, z: float) -> "Numbers":
    """Return the number of events that no more than `tail` of all chance would make so many or more.

    Args:
        expected: The numbers expected, above 0.
        tail: The chance, between 0 and 0.5.
        z: The standard normal quantile that leaves `tail` above it.

    Returns:
        The numbers of events, not whole.

    >>> import numpy as np
    >>> events_so_many(np.array([18.390356]), 0.025, 1.959963984540054).round(4).tolist()
    [27.7353]
    """
    import numpy as np
    from scipy import special

    log_tail = float(np.log(tail))

    def height(events: "Numbers", means: "Numbers") -> "Numbers":
        # the chance of so many events falls with their number
        chance: Numbers = special.gammainc(events, means)
        return log_tail - np.log(np.maximum(chance, _LEAST_CHANCE))

    root = (np.sqrt(np.maximum(z * z + 4.0 * (expected - (z * z - 1.0) / 3.0), 0.0)) + z) / 2.0
    above = expected + 2.0 * z * np.sqrt(expected) + 2.0 * z * z + 10.0
    return _roots(height, expected, expected * 0.0, above, root * root)


def _roots(
    height: "Callable[[Numbers, Numbers], Numbers]",
    means: "Numbers",
    low: "Numbers",
    high: "Numbers",
    guess: "Numbers",
) -> "Numbers":
    """Return where each rising height passes 0 between low and high; low where it is above 0 already there.

    False position, the end that stays behind drawn in (Illinois), within a bracket from a guess. Each root is found
    by itself, whatever else is asked, so a number expected has one answer in any company.

    Source: Dowell M, Jarratt P, BIT 1971;11:168-74.
    """
    import numpy as np

    reach = 0.02 * np.sqrt(means) + 0.2
    left, right = (np.clip(guess + side * reach, low, high) for side in (-1.0, 1.0))
    at_left, at_right = height(left, means), height(right, means)
    # where the guess was poor, the bracket is everything
    is_left, is_right = at_left <= 0.0, at_right >= 0.0
    left, right = np.where(is_left, left, low), np.where(is_right, right, high)
    at_left = np.where(is_left, at_left, height(left, means))
    at_right = np.where(is_right, at_right, height(right, means))

    found = np.where(at_left >= 0.0, left, right)
    places = np.flatnonzero((at_left < 0.0) & (at_right > 0.0))
    a, b, at_a, at_b, of = (np.array(part[places]) for part in (left, right, at_left, at_right, means))
    last = np.zeros(len(places))
    for step in range(_MOST_STEPS):
        middle = b - at_b * ((b - a) / (at_b - at_a))
        # rounding may carry it out; and by halves now and then, so that the bracket shrinks whatever the shape
        is_halved = ~((middle > a) & (middle < b)) | (step % 8 == 7)
        middle = np.where(is_halved, a + (b - a) / 2.0, middle)
        at_middle = height(middle, of)
        side = np.where(at_middle < 0.0, -1.0, 1.0)
        is_again = side == last
        a, at_a, b, at_b, last = (
            np.where(side < 0, middle, a),
            np.where(side < 0, at_middle, np.where(is_again, at_a / 2.0, at_a)),
            np.where(side < 0, b, middle),
            np.where(side < 0, np.where(is_again, at_b / 2.0, at_b), at_middle),
            side,
        )
        found[places] = middle
        is_open = (b - a > _CLOSE * b) & (np.abs(at_middle) > _CLOSE)
        if not is_open.any():
            break
        places = places[is_open]
        a, b, at_a, at_b, of, last = (part[is_open] for part in (a, b, at_a, at_b, of, last))
    return found
