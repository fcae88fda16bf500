"""Absolute and relative gaps between the most and the least deprived group, with intervals, row by row."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.statistics.confidence import DEFAULT_CONFIDENCE, checked_levels, limit_names
from outcomes.statistics.estimate_columns import LARGEST_INPUT, as_number, estimate_struct, on_numbers
from outcomes.vocabulary import Detail

__all__ = ["RATIO_METHODS", "absolute_gap", "relative_gap"]

RATIO_METHODS: Final = ("gap_ratio_log", "gap_ratio_mover")


def absolute_gap(
    most: str = "most_deprived", least: str = "least_deprived", *, confidence: Sequence[float] = DEFAULT_CONFIDENCE
) -> pl.Expr:
    """Return how much the value of the most deprived group lies above that of the least, with its interval.

    The distances from each value to its own limits are joined by the root of their squares, each on its side
    (`gap_difference`; for two proportions with Wilson limits this is Newcombe's tenth method). No interval needs to be
    symmetrical.

    Args:
        most: How the columns of the most deprived group begin: `most_deprived_value`, `most_deprived_lower_ci_95`,
            and so on, one pair a level.
        least: How those of the least deprived group begin. The two share no people.
        confidence: Confidence levels as fractions.

    Returns:
        A struct of `value` (most less least), one pair of limits a level, `reason` and `detail`. A missing value
        gives `missing`; a missing limit leaves the value without an interval (`no spread`); a number that is not
        finite, or a limit on the wrong side of its value, is an `impossible input`.

    Raises:
        ValueError: A confidence level is none.

    Source: Newcombe RG, Statistics in Medicine 1998;17:873-90. Zou GY, Donner A, Statistics in Medicine
    2008;27:1693-702 (MOVER).

    >>> fifths = pl.DataFrame({
    ...     "most_deprived_value": [80.0], "most_deprived_lower_ci_95": [69.1834],
    ...     "most_deprived_upper_ci_95": [87.6953], "least_deprived_value": [60.0],
    ...     "least_deprived_lower_ci_95": [49.0455], "least_deprived_upper_ci_95": [70.0382]})
    >>> gap = fifths.select(absolute_gap(confidence=[0.95]).struct.unnest())
    >>> gap.select(pl.col("value", "lower_ci_95", "upper_ci_95").round(2)).row(0)
    (20.0, 5.24, 33.39)
    """
    levels = checked_levels(confidence)
    numbers, most, least = _numbers(most, least, levels)
    first, second = pl.col(f"{most}_value"), pl.col(f"{least}_value")
    limits: list[tuple[pl.Expr, pl.Expr]] = []
    for level in levels:
        (low, high), (other_low, other_high) = _limits(most, level), _limits(least, level)
        down = (_square(first - low) + _square(other_high - second)).sqrt()
        up = (_square(high - first) + _square(second - other_low)).sqrt()
        limits.append((first - second - down, first - second + up))
    estimate = estimate_struct(
        value=first - second,
        limits=limits,
        levels=levels,
        is_missing=first.is_null() | second.is_null(),
        refusals=[(_is_impossible(most, least, levels), Detail.IMPOSSIBLE_INPUT)],
        has_spread=_has_limits(most, least, levels),
    )
    return on_numbers(numbers, estimate).alias("absolute_gap")


def relative_gap(
    most: str = "most_deprived",
    least: str = "least_deprived",
    *,
    method: str = "gap_ratio_mover",
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.Expr:
    """Return how many times the value of the least deprived group that of the most deprived is, with its interval.

    Args:
        most: How the columns of the most deprived group begin, as for `absolute_gap`.
        least: How those of the least deprived group begin.
        method: `gap_ratio_mover` (Donner and Zou's recovery of variances; holds with a most deprived value of 0) or
            `gap_ratio_log` (the distances to the limits on the scale of logarithms, joined by the root of their
            squares; every value and limit above 0).
        confidence: Confidence levels as fractions.

    Returns:
        A struct as `absolute_gap`. 0 in the least deprived group gives `zero denominator`, a value below 0
        `impossible input`. Where the lower limit of the least deprived group is not above 0, nothing bounds the
        ratio: the value stands without an interval (`no spread`).

    Raises:
        UnknownNameError: No method has the name.
        ValueError: A confidence level is none.

    Source: Donner A, Zou GY, Statistical Methods in Medical Research 2012;21:347-59 (MOVER-R). Newcombe RG,
    Statistical Methods in Medical Research 2016;25:1774-8 (limits below 0; here they are held at 0, which no ratio of
    rates or shares can pass). Zou GY, Donner A, Statistics in Medicine 2008;27:1693-702 (on the scale of logarithms).

    >>> fifths = pl.DataFrame({
    ...     "most_deprived_value": [30.0], "most_deprived_lower_ci_95": [25.0], "most_deprived_upper_ci_95": [36.0],
    ...     "least_deprived_value": [20.0], "least_deprived_lower_ci_95": [16.0],
    ...     "least_deprived_upper_ci_95": [25.0]})
    >>> gap = fifths.select(relative_gap(confidence=[0.95]).struct.unnest())
    >>> gap.select(pl.col("value", "lower_ci_95", "upper_ci_95").round(3)).row(0)
    (1.5, 1.124, 2.0)
    """
    if method not in RATIO_METHODS:
        raise UnknownNameError(
            f"method: found {method!r}, expected one of {', '.join(RATIO_METHODS)}. Use gap_ratio_mover."
        )
    levels = checked_levels(confidence)
    numbers, most, least = _numbers(most, least, levels)
    first, second = pl.col(f"{most}_value"), pl.col(f"{least}_value")
    has_spread = _has_limits(most, least, levels)
    limits: list[tuple[pl.Expr, pl.Expr]] = []
    for level in levels:
        (low, high), (other_low, other_high) = _limits(most, level), _limits(least, level)
        if method == "gap_ratio_log":
            down = (_square((first / low).log()) + _square((other_high / second).log())).sqrt()
            up = (_square((high / first).log()) + _square((second / other_low).log())).sqrt()
            limits.append((first / second * (-down).exp(), first / second * up.exp()))
            has_spread = has_spread & (low > 0) & (other_low > 0)
            continue
        # a limit below 0 is one of the method, not of the ratio
        low = pl.max_horizontal(low, pl.lit(0.0))
        product = first * second
        under, other_under = low * (2.0 * first - low), other_low * (2.0 * second - other_low)
        # the textbook's roots, turned so that they have no difference of near equals (narrow intervals would be lost
        # in it) and no pole: a value's square less limit x (2 value - limit) is the square of their distance
        below = _square(other_high - second) * under + _square(second * (first - low))
        above = _square(first * (second - other_low)) + _square(high - first) * other_under
        lower = under / (product + below.sqrt())
        upper = (product + above.sqrt()) / other_under
        limits.append((pl.when(low == 0).then(0.0).otherwise(lower), upper))
        has_spread = has_spread & (other_low > 0)
    bounds: dict[str, pl.Expr] = {}
    for place, (lower, upper) in enumerate(limits):
        bounds |= {f"lower_{place}": lower, f"upper_{place}": upper}
    for name in bounds:
        has_spread = has_spread & pl.col(name).is_finite()
    estimate = estimate_struct(
        value=first / second,
        limits=[(pl.col(f"lower_{place}"), pl.col(f"upper_{place}")) for place in range(len(levels))],
        levels=levels,
        is_missing=first.is_null() | second.is_null(),
        refusals=[
            (_is_impossible(most, least, levels) | (first < 0) | (second < 0), Detail.IMPOSSIBLE_INPUT),
            (second == 0, Detail.ZERO_DENOMINATOR),
            (~(first / second).is_finite() | (first / second > LARGEST_INPUT), Detail.IMPOSSIBLE_INPUT),
        ],
        has_spread=has_spread.fill_null(value=False),
    )
    own = {name: pl.col(name) for name in numbers}
    return on_numbers(numbers, on_numbers({**own, **bounds}, estimate)).alias("relative_gap")


def _numbers(most: str, least: str, levels: Sequence[float]) -> tuple[dict[str, pl.Expr], str, str]:
    """Return the columns of both groups as numbers, and how their names begin from here on."""
    numbers: dict[str, pl.Expr] = {}
    for name, group in (("most", most), ("least", least)):
        for part in ("value", *(limit for level in levels for limit in limit_names(level))):
            numbers[f"{name}_{part}"] = as_number(f"{group}_{part}")
    return numbers, "most", "least"


def _limits(group: str, level: float) -> tuple[pl.Expr, pl.Expr]:
    lower, upper = limit_names(level)
    return pl.col(f"{group}_{lower}"), pl.col(f"{group}_{upper}")


def _is_impossible(most: str, least: str, levels: Sequence[float]) -> pl.Expr:
    found: list[pl.Expr] = []
    for group in (most, least):
        value = pl.col(f"{group}_value")
        found.append(~(value.abs() <= LARGEST_INPUT))
        for level in levels:
            lower, upper = _limits(group, level)
            found += [lower > value, upper < value, ~(lower.abs() <= LARGEST_INPUT), ~(upper.abs() <= LARGEST_INPUT)]
    return pl.any_horizontal(condition.fill_null(value=False) for condition in found)


def _has_limits(most: str, least: str, levels: Sequence[float]) -> pl.Expr:
    return pl.all_horizontal(
        limit.is_not_null() for group in (most, least) for level in levels for limit in _limits(group, level)
    )


def _square(term: pl.Expr) -> pl.Expr:
    return term * term
