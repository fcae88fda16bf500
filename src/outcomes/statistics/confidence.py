"""Confidence levels: checks them, names the limits they give, and finds their standard normal quantile."""

from collections.abc import Sequence
from statistics import NormalDist

__all__ = ["DEFAULT_CONFIDENCE", "LEAST_CONFIDENCE", "checked_levels", "level_label", "limit_names", "normal_quantile"]

DEFAULT_CONFIDENCE: tuple[float, ...] = (0.95, 0.998)
"""The two levels that English public health prints: 95 % and 99.8 %."""

LEAST_CONFIDENCE = 0.5
"""Of a lower level an interval holds the truth less often than not; nobody means that."""

_STANDARD_NORMAL = NormalDist()


def checked_levels(confidence: Sequence[float]) -> tuple[float, ...]:
    """Return the confidence levels as a tuple, refusing what cannot be one.

    Args:
        confidence: Confidence levels as fractions from 0.5 to below 1, such as `(0.95, 0.998)`.

    Returns:
        The levels in the order given.

    Raises:
        ValueError: A level is below 0.5 or not below 1, is given twice, or none is given.

    >>> checked_levels([0.95])
    (0.95,)
    """
    levels = tuple(float(level) for level in confidence)
    for level in levels:
        # a level below a half is a level of significance, written in the wrong place
        if not LEAST_CONFIDENCE <= level < 1.0:
            raise ValueError(
                f"confidence: found {level:g}, expected a fraction from {LEAST_CONFIDENCE:g} to below 1. Write 95 % "
                "as 0.95."
            )
    if not levels:
        raise ValueError("confidence: found no level, expected at least one. Leave it out for 0.95 and 0.998.")
    if len({level_label(level) for level in levels}) < len(levels):
        raise ValueError(f"confidence: found {list(levels)}, expected each level once. Remove the repeat.")
    return levels


def level_label(level: float) -> str:
    """Return how a confidence level is written in a column name.

    Args:
        level: A confidence level as a fraction.

    Returns:
        The level in per cent with `_` for the decimal point.

    >>> level_label(0.95), level_label(0.998)
    ('95', '99_8')
    """
    return f"{level * 100:.10g}".replace(".", "_")


def limit_names(level: float) -> tuple[str, str]:
    """Return the names of the lower and the upper limit at a confidence level.

    Args:
        level: A confidence level as a fraction.

    Returns:
        The two column names.

    >>> limit_names(0.998)
    ('lower_ci_99_8', 'upper_ci_99_8')
    """
    label = level_label(level)
    return f"lower_ci_{label}", f"upper_ci_{label}"


def normal_quantile(confidence: float) -> float:
    """Return z: the standard normal quantile that leaves (1 - confidence) / 2 above it.

    Args:
        confidence: A confidence level as a fraction.

    Returns:
        The quantile, in standard deviations.

    Raises:
        ValueError: The level is below 0.5 or not below 1.

    Source: Wichura MJ, Algorithm AS 241, Applied Statistics 1988;37:477-84 (as in Python's standard library).

    >>> round(normal_quantile(0.95), 12), round(normal_quantile(0.998), 12)
    (1.95996398454, 3.090232306168)
    """
    (level,) = checked_levels((confidence,))
    # the lower tail keeps its digits where a level so near to 1 would lose them
    return -_STANDARD_NORMAL.inv_cdf((1.0 - level) / 2.0)
