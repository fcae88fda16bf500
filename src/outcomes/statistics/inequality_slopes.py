"""Slope index and relative index of inequality, one row a set of groups from most to least deprived."""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.statistics.confidence import DEFAULT_CONFIDENCE, checked_levels, level_label, normal_quantile
from outcomes.statistics.estimate_columns import LARGEST_INPUT, as_number
from outcomes.statistics.frame_columns import checked_groups, checked_numbers
from outcomes.statistics.slope_draws import simulated_limits
from outcomes.statistics.slope_lines import Line, Scale, fitted_line, from_scale, index_limits, steepness, to_scale
from outcomes.vocabulary import Detail, Reason

__all__ = ["SLOPE_METHODS", "slope_index_of_inequality"]

ANALYTIC: Final = "slope_index_analytic"
SIMULATED: Final = "slope_index_simulated"
SLOPE_METHODS: Final = (ANALYTIC, SIMULATED)

FEWEST_GROUPS: Final = 3
"""A line through two groups fits them whatever they are."""

_MOST_DRAWS: Final = 10_000_000
_FEWEST_DRAWS: Final = 1_000


class _Set(NamedTuple):
    """The groups of one set, from the most to the least deprived."""

    places: list[float | None]
    populations: list[float | None]
    values: list[float | None]
    lower: list[float | None]
    upper: list[float | None]
    errors: list[float | None]


class _Asked(NamedTuple):
    """What is asked of every set."""

    # on which scale the errors are symmetrical, and on which the line is fitted
    draw: Scale
    fit: Scale
    multiplier: float
    method: str
    levels: tuple[float, ...]
    draws: int
    seed: int
    groups_expected: int | None


def slope_index_of_inequality(
    frame: pl.DataFrame,
    *,
    by: str | Sequence[str],
    group: str,
    population: str,
    value: str = "value",
    lower_ci_95: str | None = "lower_ci_95",
    upper_ci_95: str | None = "upper_ci_95",
    standard_error: str | None = None,
    scale: str = "own",
    is_fitted_on_scale: bool = False,
    multiplier: float = 1.0,
    groups_expected: int | None = None,
    method: str = ANALYTIC,
    draws: int = 100_000,
    seed: int | None = None,
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.DataFrame:
    """Return the slope index and the relative index of inequality of each set of groups.

    A line is fitted through the groups' values over their cumulative share of the population, weighted by these
    shares. The slope index is its height at the least deprived end less that at the most deprived; the relative
    index is the ratio of the two.

    Args:
        frame: One row a group (a fifth or tenth by deprivation) of a set.
        by: The column or columns that make a set (area, period, indicator).
        group: The column of the group's number, 1 the most deprived.
        population: The column of its population, above 0.
        value: The column of its value.
        lower_ci_95: The column of its lower 95 % limit, or None.
        upper_ci_95: The column of its upper 95 % limit, or None.
        standard_error: The column of its standard error (with `scale` own only); where it is missing, and without
            it, the error is a 95 % interval's width / 3.92 on the scale.
        scale: On which scale the errors are symmetrical: `own` (as given), `log` (rates: values and limits above
            0) or `logit` (proportions: between 0 and 1, both excluded).
        is_fitted_on_scale: Whether the line too is fitted on the scale, and its ends turned back before they are
            compared; else it is fitted to the values.
        multiplier: What the slope index is multiplied by, such as 100 for bare proportions in per cent. Below 0 it
            turns both around: the most deprived end less, or over, the least deprived one.
        groups_expected: How many groups a complete set has, 5 or 10; a set of fewer is refused.
        method: `slope_index_analytic`: the groups' variances through the weighted least squares line (first order
            where a scale is turned back). `slope_index_simulated`: percentiles of lines through groups drawn anew.
        draws: How many draws, 1,000 to 10,000,000.
        seed: The seed of the draws, which must be given for them; each set draws from its start.
        confidence: Confidence levels as fractions.

    Returns:
        The sets, sorted, with `intercept` (the line's height at the most deprived end, as a value), `slope_index`,
        `slope_index_lower_ci_95` and so on (one pair a level), `relative_index` and its limits, `groups` (how many),
        `reason` and `detail`. A missing number gives `missing`; fewer than three groups `too few points`; an absent
        group `missing stratum`; a group twice, or a number that cannot be, `impossible input`. Where a group has no
        error, or none on the scale, both indices stand without limits, with the detail `no spread`; the relative
        index (or its limits) is missing where an end of the line (or of a drawn line) is not above 0.

    Raises:
        TableError: A column is absent or holds no numbers.
        UnknownNameError: No method or scale has the name.
        ValueError: A level, the multiplier, the draws or the seed are none.

    Source: Low A, Low A, Journal of Public Health 2004;26:388-95. Limits of use: groups of small areas stand for
    the people in them (the ecological fallacy); a straight line is assumed; the interval leaves its misfit out.

    >>> tenths = pl.DataFrame({
    ...     "area_code": ["E1"] * 5, "fifth": [1, 2, 3, 4, 5], "population": [100] * 5,
    ...     "value": [70.0, 72.0, 74.0, 76.0, 78.0]})
    >>> tenths = tenths.with_columns(lower_ci_95=pl.col("value") - 2, upper_ci_95=pl.col("value") + 2)
    >>> found = slope_index_of_inequality(tenths, by="area_code", group="fifth", population="population")
    >>> found.select(pl.col("^(slope_index|slope.*_95|intercept|relative_index)$").round(3)).row(0)
    (69.0, 10.0, 6.838, 13.162, 1.145)
    """
    asked = _asked(scale, is_fitted_on_scale, multiplier, method, confidence, draws, seed, groups_expected)
    groups = checked_groups(frame, by, _results(asked.levels))
    sources = {
        "place": group,
        "population": population,
        "value": value,
        "lower": lower_ci_95,
        "upper": upper_ci_95,
        "error": standard_error,
    }
    if standard_error is not None and asked.draw is not Scale.OWN:
        raise ValueError("standard_error: found with another scale than own. Give the 95 % limits instead.")
    checked_numbers(frame, [name for name in sources.values() if name is not None])
    absent = pl.lit(None, dtype=pl.Float64)
    # the sets by number: a column of the frame may have any name
    number = frame.select(pl.struct(groups).rank("dense").alias("set")).to_series()
    sets = (
        frame.select(
            number, *((absent if name is None else as_number(name)).alias(part) for part, name in sources.items())
        )
        .with_row_index("row")
        .sort("set", "place", "population", "value", "row")
        .group_by("set", maintain_order=True)
        .agg(*sources, pl.col("row").first())
    )
    found = [_indices(_Set(*row), asked) for row in sets.select(*sources).iter_rows()]
    dtypes = dict.fromkeys(_results(asked.levels), pl.Float64()) | {
        "groups": pl.UInt32(),
        "reason": pl.String(),
        "detail": pl.String(),
    }
    told = pl.DataFrame(found, schema=dtypes, orient="row")
    return pl.concat([frame.select(groups)[sets["row"]], told], how="horizontal")


def _indices(groups: _Set, asked: _Asked) -> tuple[float | str | None, ...]:
    """Return the results of one set, in the order of their names."""
    size = len(groups.places)
    nothing = (None,) * (3 + 4 * len(asked.levels))
    impossible = (*nothing, size, Reason.CANNOT_BE_CALCULATED.value, Detail.IMPOSSIBLE_INPUT.value)
    obstacle = _obstacle(groups, asked)
    if obstacle is Reason.MISSING:
        return (*nothing, size, Reason.MISSING.value, None)
    if obstacle is not None:
        return (*nothing, size, Reason.CANNOT_BE_CALCULATED.value, obstacle.value)
    values = [float(number) for number in groups.values if number is not None]
    try:
        line = fitted_line(
            [float(number) for number in groups.populations if number is not None],
            [to_scale(number, asked.fit) for number in values],
        )
        start, end = from_scale(line.start, asked.fit), from_scale(line.start + line.slope, asked.fit)
        limits, ratio_limits = _limits(line, values, _errors(groups, values, asked), asked)
    except (ValueError, OverflowError, ZeroDivisionError):
        return impossible
    if asked.multiplier < 0.0:
        start_of_ratio, end_of_ratio = end, start
        ratio_limits = [(1.0 / upper, 1.0 / lower) for lower, upper in ratio_limits if lower > 0.0]
    else:
        start_of_ratio, end_of_ratio = start, end
    # a ratio of ends that are not both above 0 says nothing
    has_ratio = start > 0.0 and end > 0.0
    no_limits: Sequence[Sequence[float | None]] = [(None, None)] * len(asked.levels)
    numbers: list[float | None] = [start, (end - start) * asked.multiplier]
    turned: Sequence[Sequence[float | None]] = [sorted(limit * asked.multiplier for limit in pair) for pair in limits]
    for pair in turned or no_limits:
        numbers += pair
    numbers.append(end_of_ratio / start_of_ratio if has_ratio else None)
    for pair in ratio_limits if has_ratio and len(ratio_limits) == len(asked.levels) else no_limits:
        numbers += pair
    if not all(number is None or math.isfinite(number) for number in numbers):
        return impossible
    return (*numbers, size, None, None if limits else Detail.NO_SPREAD.value)


def _obstacle(groups: _Set, asked: _Asked) -> Detail | Reason | None:  # noqa: PLR0911
    """Return why a set has no line, or None."""
    places = [place for place in groups.places if place is not None]
    populations = [number for number in groups.populations if number is not None]
    values = [number for number in groups.values if number is not None]
    if any(not 0.0 <= number <= LARGEST_INPUT for number in populations) or len(set(places)) < len(groups.places):
        return Detail.IMPOSSIBLE_INPUT
    if any(not math.isfinite(value) or abs(value) > LARGEST_INPUT for value in values):
        return Detail.IMPOSSIBLE_INPUT
    if any(number == 0.0 for number in populations):
        return Detail.ZERO_DENOMINATOR
    if len(populations) < len(places) or len(values) < len(places):
        return Reason.MISSING
    if asked.groups_expected is not None:
        expected = {float(place) for place in range(1, asked.groups_expected + 1)}
        if not set(places) <= expected:
            return Detail.IMPOSSIBLE_INPUT
        if set(places) < expected:
            return Detail.MISSING_STRATUM
    return Detail.TOO_FEW_POINTS if len(places) < FEWEST_GROUPS else None


def _errors(groups: _Set, values: Sequence[float], asked: _Asked) -> list[float] | None:
    """Return the groups' standard errors on the scale, or None where one has none."""
    found: list[float] = []
    given = zip(values, groups.lower, groups.upper, groups.errors, strict=True)
    for value, lower, upper, error in given:
        if error is not None:
            spread = error
        elif lower is None or upper is None:
            return None
        else:
            try:
                to_scale(value, asked.draw)
                spread = (to_scale(upper, asked.draw) - to_scale(lower, asked.draw)) / (2.0 * normal_quantile(0.95))
            except ValueError:
                # a limit of 0 has no logarithm, one of a whole no odds
                return None
        if not 0.0 <= spread <= LARGEST_INPUT:
            return None
        found.append(spread)
    return found if any(found) else None


_Limits = list[tuple[float, float]]


def _limits(
    line: Line, values: Sequence[float], errors: Sequence[float] | None, asked: _Asked
) -> tuple[_Limits, _Limits]:
    """Return the limits of both indices at each level; none where there are none."""
    if errors is None:
        return [], []
    if asked.method == SIMULATED:
        limits, ratio_limits = simulated_limits(
            line,
            [to_scale(value, asked.draw) for value in values],
            errors,
            draw=asked.draw,
            fit=asked.fit,
            levels=asked.levels,
            draws=asked.draws,
            seed=asked.seed,
        )
    else:
        if asked.fit is Scale.OWN:
            errors = [steepness(value, asked.draw) * error for value, error in zip(values, errors, strict=True)]
        limits, ratio_limits = index_limits(line, errors, asked.fit, asked.levels)
    return limits, ratio_limits or []


def _asked(
    scale: str,
    is_fitted_on_scale: bool,
    multiplier: float,
    method: str,
    confidence: Sequence[float],
    draws: int,
    seed: int | None,
    groups_expected: int | None,
) -> _Asked:
    if method not in SLOPE_METHODS:
        raise UnknownNameError(
            f"method: found {method!r}, expected one of {', '.join(SLOPE_METHODS)}. Use slope_index_analytic."
        )
    if scale not in list(Scale):
        raise UnknownNameError(
            f"scale: found {scale!r}, expected one of {', '.join(Scale)}. Use log for rates, logit for proportions."
        )
    if not (math.isfinite(multiplier) and 0.0 < abs(multiplier) <= LARGEST_INPUT):
        raise ValueError(f"multiplier: found {multiplier}, expected a number other than 0. Leave it out for 1.")
    if method == SIMULATED and (seed is None or seed < 0):
        raise ValueError(f"seed: found {seed}, expected a whole number of 0 or more. Draws need a named seed.")
    if not _FEWEST_DRAWS <= draws <= _MOST_DRAWS:
        raise ValueError(f"draws: found {draws}, expected 1,000 to 10,000,000. Leave it out for 100,000.")
    if groups_expected is not None and groups_expected < FEWEST_GROUPS:
        raise ValueError(f"groups_expected: found {groups_expected}, expected 3 or more. Give 5 or 10.")
    draw = Scale(scale)
    return _Asked(
        draw=draw,
        fit=draw if is_fitted_on_scale else Scale.OWN,
        multiplier=multiplier,
        method=method,
        levels=checked_levels(confidence),
        draws=draws,
        seed=seed or 0,
        groups_expected=groups_expected,
    )


def _results(levels: Sequence[float]) -> list[str]:
    def limits(index: str) -> list[str]:
        return [f"{index}_{side}_ci_{level_label(level)}" for level in levels for side in ("lower", "upper")]

    slope, ratio = limits("slope_index"), limits("relative_index")
    return ["intercept", "slope_index", *slope, "relative_index", *ratio, "groups", "reason", "detail"]
