"""The lines of a funnel: what chance alone leaves around an average, for each size or number of events."""

from collections.abc import Sequence

import polars as pl

from outcomes.statistics.confidence import DEFAULT_CONFIDENCE, checked_levels, level_label, normal_quantile
from outcomes.statistics.estimate_columns import LARGEST_INPUT, Column, as_number, on_distinct_values
from outcomes.statistics.poisson import exact_limits
from outcomes.statistics.poisson_roots import events_so_few, events_so_many

__all__ = ["line_names", "poisson_lines", "proportion_funnel_lines", "ratio_funnel_lines"]


def line_names(level: float) -> tuple[str, str]:
    """Return the names of a funnel's lower and upper line at a confidence level.

    >>> line_names(0.998)
    ('lower_limit_99_8', 'upper_limit_99_8')
    """
    label = level_label(level)
    return f"lower_limit_{label}", f"upper_limit_{label}"


def proportion_funnel_lines(
    denominator: Column,
    average: Column | float,
    *,
    multiplier: float = 100.0,
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.Expr:
    """Return the limits of a funnel of proportions at each denominator.

    A limit is the proportion whose Wilson interval just touches the average p: p ∓ z √(p (1 - p) / n).

    Args:
        denominator: The denominators, above 0.
        average: The average, between 0 and the multiplier; a column or one number.
        multiplier: What a whole is: 100 gives per cent.
        confidence: Confidence levels as fractions.

    Returns:
        A struct of `lower_limit_95`, `upper_limit_95` and so on (one pair a level), never below 0 nor above the
        multiplier; missing where the denominator or the average is missing or is none.

    Source: Wilson EB, J Am Stat Assoc 1927;22:209-12. Spiegelhalter DJ, Statistics in Medicine 2005;24:1185-202.

    >>> sizes = pl.DataFrame({"patients": [25, 100, 0]})
    >>> sizes.select(proportion_funnel_lines("patients", 50.0, confidence=[0.95]).struct.unnest().round(3)).rows()
    [(30.4, 69.6), (40.2, 59.8), (None, None)]
    """
    n, mean = as_number(denominator), as_number(average)
    is_given = (n > 0) & (n <= LARGEST_INPUT) & (mean >= 0) & (mean <= multiplier)
    fields: list[pl.Expr] = []
    for level in checked_levels(confidence):
        half = normal_quantile(level) * (mean * (multiplier - mean) / n).sqrt()
        lower, upper = line_names(level)
        fields.append(pl.when(is_given).then(pl.max_horizontal(mean - half, pl.lit(0.0))).alias(lower))
        fields.append(pl.when(is_given).then(pl.min_horizontal(mean + half, pl.lit(float(multiplier)))).alias(upper))
    return pl.struct(fields).alias("proportion_funnel_lines")


def ratio_funnel_lines(
    events: Column, *, average: Column | float = 1.0, confidence: Sequence[float] = DEFAULT_CONFIDENCE
) -> pl.Expr:
    """Return where the lines of a funnel of ratios or rates pass for each number of events.

    So many events lie on the lower line of a size at which the average leaves their exact upper Poisson limit to be
    expected, and on the upper line where it leaves their lower one.

    Args:
        events: The events observed, above 0, whole or not.
        average: The ratio or rate (for each one of the size) around which the funnel stands: 1 for a ratio of
            observed to expected; with a rate the size is a population.
        confidence: Confidence levels as fractions.

    Returns:
        A struct, for each level, of `lower_size_95` and `lower_limit_95` (a point of the lower line: the size and
        the ratio or rate there) and `upper_size_95` and `upper_limit_95`; missing where the events or the average
        are missing or not above 0.

    Source: Armitage P, Berry G, Statistical methods in medical research, 4th edition, Blackwell 2002 (exact Poisson
    limits). Spiegelhalter DJ, Statistics in Medicine 2005;24:1185-202.

    >>> lines = pl.DataFrame({"deaths": [10]}).select(
    ...     ratio_funnel_lines("deaths", confidence=[0.95]).struct.unnest())
    >>> lines.select(pl.all().round(3)).row(0)
    (18.39, 0.544, 4.795, 2.085)
    """
    x, mean = as_number(events), as_number(average)
    # an average next to 0, or beyond every number, makes sizes and limits that are none
    is_given = (x > 0) & (x <= LARGEST_INPUT) & (mean >= 1.0 / LARGEST_INPUT) & (mean <= LARGEST_INPUT)
    x = pl.when(is_given).then(x)
    fields: list[pl.Expr] = []
    for level in checked_levels(confidence):
        low, high = exact_limits(x, level)
        for side, expected in (("lower", high), ("upper", low)):
            label = level_label(level)
            size, limit = expected / mean, x * mean / expected
            # of next to no events nothing can be expected
            has_line = (expected > 0) & limit.is_finite()
            fields.append(pl.when(has_line).then(size).alias(f"{side}_size_{label}"))
            fields.append(pl.when(has_line).then(limit).alias(f"{side}_limit_{label}"))
    return pl.struct(fields).alias("ratio_funnel_lines")


def poisson_lines(expected: pl.Expr, confidence: float) -> tuple[pl.Expr, pl.Expr]:
    """Return the numbers of events whose exact Poisson limits just touch what is expected.

    Args:
        expected: The events expected, Float64, above 0; missing stays missing.
        confidence: The confidence level as a fraction.

    Returns:
        The lower and the upper number of events, not whole: the continuous form of the exact limits.

    Source: as for `ratio_funnel_lines`.

    >>> lower, upper = poisson_lines(pl.lit(18.390356), 0.95)
    >>> pl.select(lower.round(4).alias("lower"), upper.round(4).alias("upper")).row(0)
    (10.0, 27.7353)
    """
    tail = (1.0 - confidence) / 2.0
    z = normal_quantile(confidence)

    def lower_of(means: pl.Series) -> pl.Series:
        return pl.Series(events_so_few(means.to_numpy(), tail, z), dtype=pl.Float64)

    def upper_of(means: pl.Series) -> pl.Series:
        return pl.Series(events_so_many(means.to_numpy(), tail, z), dtype=pl.Float64)

    return on_distinct_values(expected, lower_of), on_distinct_values(expected, upper_of)
