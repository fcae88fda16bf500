"""Compares a value with a benchmark where areas differ by more than chance: with wider limits around the benchmark."""

import math
from collections.abc import Sequence

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.statistics.comparison import compare_with_benchmark
from outcomes.statistics.confidence import DEFAULT_CONFIDENCE, checked_levels, normal_quantile
from outcomes.statistics.estimate_columns import Column, Multiplier, as_number
from outcomes.statistics.funnel_lines import line_names
from outcomes.statistics.funnel_positions import ADDITIVE, CORRECTED, MULTIPLICATIVE
from outcomes.vocabulary import Polarity

__all__ = ["OVERDISPERSION_METHODS", "compare_beyond_overdispersion", "overdispersed_limits"]

OVERDISPERSION_METHODS = (CORRECTED, ADDITIVE, MULTIPLICATIVE)
"""The ways that there are, the first by default."""


def overdispersed_limits(
    benchmark: Column | float,
    size: Column,
    *,
    is_proportion: bool,
    method: str = CORRECTED,
    overdispersion: Column = "overdispersion",
    variance_between: Column = "variance_between",
    multiplier: Multiplier = 100.0,
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.Expr:
    """Return the limits around each benchmark between which areas of a size lie by chance and usual differences.

    Args:
        benchmark: What is held against, on the multiplier's scale.
        size: The denominator (of a rate: what turns its events into it; of a ratio: the events expected), above 0.
        is_proportion: Whether values are parts of a whole (scale of the angle asin √p) or rates and ratios (√).
        method: `funnel_additive_corrected` or `funnel_additive` (the variance between areas is added to that of
            chance) or `funnel_multiplicative` (chance's limits √φ wider, never narrower).
        overdispersion: φ of all areas around their own average (`proportion_funnel`, `rate_funnel`, `ratio_funnel`, by
            the same method).
        variance_between: τ² of all areas, on the same scale.
        multiplier: What a whole is, or what a rate is per.
        confidence: Confidence levels as fractions.

    Returns:
        A struct of `lower_limit_95`, `upper_limit_95` and so on, on the multiplier's scale. Missing where an input is
        missing or impossible, as where there are too few areas to tell how they differ.

    Raises:
        UnknownNameError: No method allows for overdispersion by that name.
        ValueError: A confidence level is none.

    Source: Spiegelhalter DJ, Statistics in Medicine 2005;24:1185-202. Spiegelhalter DJ et al., Journal of the Royal
    Statistical Society A 2012;175:1-47 (additive random effects, outer tenths drawn in). The NHS's mortality indicator
    SHMI does otherwise: it leaves the outer tenths out, and works on the scale of logarithms.

    >>> boards = pl.DataFrame({
    ...     "england": [75.0], "seen": [40_000], "overdispersion": [90.0], "variance_between": [0.004]})
    >>> limits = boards.select(overdispersed_limits("england", "seen", is_proportion=True).struct.unnest())
    >>> limits.select(pl.col("lower_limit_95", "upper_limit_95").round(2)).row(0)
    (63.6, 84.87)
    """
    if method not in OVERDISPERSION_METHODS:
        raise UnknownNameError(
            f"method: found {method!r}, expected one of {', '.join(OVERDISPERSION_METHODS)}. Use {CORRECTED}."
        )
    levels = checked_levels(confidence)
    per, n = as_number(multiplier), as_number(size)
    mark = as_number(benchmark) / per
    phi, tau_squared = as_number(overdispersion), as_number(variance_between)
    chance = 0.5 / n.sqrt()
    if method == MULTIPLICATIVE:
        error = chance * pl.max_horizontal(phi, pl.when(phi.is_not_null()).then(1.0)).sqrt()
    else:
        error = (chance * chance + tau_squared).sqrt()
    centre = mark.sqrt().arcsin() if is_proportion else mark.sqrt()
    lines: list[pl.Expr] = []
    for level in levels:
        half = normal_quantile(level) * error
        for name, bound in zip(line_names(level), (centre - half, centre + half), strict=True):
            line = bound.clip(0.0, math.pi / 2.0).sin().pow(2) if is_proportion else bound.clip(lower_bound=0.0).pow(2)
            lines.append(pl.when((n > 0) & line.is_finite()).then(line * per).alias(name))
    return pl.struct(lines).alias("overdispersed_limits")


def compare_beyond_overdispersion(
    *,
    benchmark: Column | float = "benchmark",
    polarity: Polarity | str | pl.Expr = "polarity",
    value: Column = "value",
) -> pl.Expr:
    """Return the word that compares each value with its benchmark by limits that allow for overdispersion.

    It is never stronger than the word of the value's own interval: a difference counts only where the benchmark lies
    outside the interval and the value lies outside the limits, and as *much* only where both hold at 99.8 %.

    Args:
        benchmark: What is held against, on the value's scale.
        polarity: One `Polarity` for all rows, or a column of their texts.
        value: The value; its limits are `lower_ci_95` and so on, those around the benchmark `lower_limit_95` and so on
            (`overdispersed_limits`).

    Returns:
        The `Word`, as text; `not compared` where a limit is missing.

    >>> boards = pl.DataFrame({
    ...     "value": [70.0, 60.0], "lower_ci_95": [69.0, 59.0], "upper_ci_95": [71.0, 61.0],
    ...     "lower_ci_99_8": [68.5, 58.5], "upper_ci_99_8": [71.5, 61.5], "benchmark": [75.0, 75.0],
    ...     "lower_limit_95": [64.6, 64.6], "upper_limit_95": [84.3, 84.3],
    ...     "lower_limit_99_8": [57.9, 57.9], "upper_limit_99_8": [88.4, 88.4]})
    >>> words = boards.select(compare_beyond_overdispersion(polarity=Polarity.HIGHER_IS_BETTER))
    >>> words.to_series().to_list()
    ['similar', 'worse']
    """
    mark, middle = as_number(benchmark), as_number(value)
    held: dict[str, pl.Expr] = {}
    is_known = pl.lit(value=True)
    for label in ("95", "99_8"):
        low, high = pl.col(f"lower_limit_{label}"), pl.col(f"upper_limit_{label}")
        is_known = is_known & low.is_not_null() & high.is_not_null()
        lower, upper = pl.col(f"lower_ci_{label}"), pl.col(f"upper_ci_{label}")
        # an interval that is drawn out to the benchmark holds it
        held[f"lower_ci_{label}"] = pl.when(middle > high).then(lower).otherwise(pl.min_horizontal(lower, mark))
        held[f"upper_ci_{label}"] = pl.when(middle < low).then(upper).otherwise(pl.max_horizontal(upper, mark))
    return compare_with_benchmark(
        benchmark=pl.when(is_known).then(mark), polarity=polarity, value=middle, **held
    ).alias("adjusted_word")
