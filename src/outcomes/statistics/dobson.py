"""Weighs the rates of strata by a standard population and gives Dobson's limits, of one-off and repeat events."""

from collections.abc import Collection, Sequence

import polars as pl

from outcomes.statistics.confidence import limit_names
from outcomes.statistics.estimate_columns import LARGEST_INPUT, estimate_struct
from outcomes.statistics.exact_sums import exact_sums
from outcomes.statistics.frame_columns import written_out
from outcomes.statistics.poisson import byar_limits
from outcomes.statistics.strata_checks import strata_checks
from outcomes.vocabulary import Detail

__all__ = ["FEWEST_EVENTS", "LEAST_POPULATION", "checked_missing_events", "dobson_rates", "standardised_results"]

FEWEST_EVENTS = 10.0
"""A directly standardised rate of fewer events is not given: Dobson's interval holds what it promises from 10 on.

Source: Morris JK et al., Population Health Metrics 2018;16:19.
"""

LEAST_POPULATION = 1e-12
"""A band's population below this, or a standard population that weighs less, makes a rate that is no number."""


def checked_missing_events(missing_events: str) -> bool:
    """Return whether missing events count as none, refusing a word that is neither `refuse` nor `zero`.

    Raises:
        ValueError: The word is another.

    >>> checked_missing_events("zero")
    True
    """
    if missing_events not in ("refuse", "zero"):
        raise ValueError(
            f"missing_events: found {missing_events!r}, expected refuse or zero. Use refuse unless none is meant."
        )
    return missing_events == "zero"


def standardised_results(levels: Sequence[float]) -> list[str]:
    """Return the names of the columns that a directly standardised rate has.

    >>> standardised_results([0.95])
    ['numerator', 'denominator', 'variance', 'value', 'lower_ci_95', 'upper_ci_95', 'reason', 'detail']
    """
    limit_columns = [name for level in levels for name in limit_names(level)]
    return ["numerator", "denominator", "variance", "value", *limit_columns, "reason", "detail"]


def dobson_rates(
    strata: pl.DataFrame,
    groups: Sequence[str],
    *,
    per: pl.Expr,
    levels: Sequence[float],
    has_stratum: bool,
    strata_expected: int | Collection[str] | None,
) -> pl.DataFrame:
    """Return the directly standardised rate of each group of strata.

    Args:
        strata: The groups' columns, `numerator` (events), `variance_events` (their variance: the events themselves
            where each is of another person), `denominator`, `weight` and `stratum`; and `is_impossible`, true for a
            stratum that is known to be wrong. Numbers are Float64.
        groups: The columns that make a group.
        per: The multiplier.
        levels: The confidence levels.
        has_stratum: Whether strata have names, which must not repeat.
        strata_expected: How many strata a group has, or their names.

    Returns:
        The groups, sorted, with the columns of `standardised_results`.

    Source: Dobson AJ et al., Statistics in Medicine 1991;10:457-62.

    >>> strata = pl.DataFrame({
    ...     "area_code": ["E1"], "numerator": [20.0], "variance_events": [20.0], "denominator": [1000.0],
    ...     "weight": [1.0], "stratum": ["all"], "is_impossible": [False]})
    >>> rates = dobson_rates(
    ...     strata, ["area_code"], per=pl.lit(1000.0), levels=[0.95], has_stratum=True, strata_expected=1)
    >>> rates.select("value", pl.col("lower_ci_95", "upper_ci_95").round(4)).row(0)
    (20.0, 12.2114, 30.8899)
    """
    n, weight = pl.col("denominator"), pl.col("weight")
    strata = written_out(strata).with_columns(
        (weight * pl.col("numerator") / n).alias("weighted_rate"),
        ((weight / n) * (weight / n) * pl.col("variance_events")).alias("weighted_variance"),
    )
    x = pl.col("numerator")
    is_large = (x > LARGEST_INPUT) | (n > LARGEST_INPUT) | (weight > LARGEST_INPUT)
    is_impossible = (x < 0) | (n < 0) | (weight < 0) | is_large | ((n > 0) & (n < LEAST_POPULATION))
    summed = ("numerator", "denominator", "weight", "weighted_rate", "weighted_variance")
    grouped = strata.group_by(groups, maintain_order=True).agg(
        pl.col(summed),
        pl.any_horizontal(x.is_null(), n.is_null(), weight.is_null()).any().alias("is_missing"),
        (is_impossible.fill_null(value=False) | pl.col("is_impossible")).any().alias("is_impossible"),
        (n == 0).fill_null(value=False).any().alias("has_zero"),
        *strata_checks(strata_expected, has_stratum=has_stratum),
    )
    grouped = grouped.with_columns(exact_sums(grouped[name]) for name in summed)

    value = pl.col("weighted_rate") * per / weight
    variance = pl.col("weighted_variance") / weight / weight
    limits = []
    for level in levels:
        lower, upper = byar_limits(x, level)
        spread = per * (variance / x).sqrt()
        limits.append((value + spread * (lower - x), value + spread * (upper - x)))
    estimate = estimate_struct(
        value=value,
        limits=limits,
        levels=levels,
        is_missing=pl.col("is_missing"),
        refusals=[
            (pl.col("is_impossible") | pl.col("has_impossible_strata"), Detail.IMPOSSIBLE_INPUT),
            (pl.col("has_zero") | (weight < LEAST_POPULATION), Detail.ZERO_DENOMINATOR),
            (pl.col("lacks_stratum"), Detail.MISSING_STRATUM),
            (x < FEWEST_EVENTS, Detail.TOO_FEW_EVENTS),
        ],
    )
    return (
        grouped.with_columns(estimate.alias("estimate"), variance.alias("variance"))
        .unnest("estimate")
        # the variance of a rate that is not given would give it away
        .with_columns(pl.when(pl.col("value").is_not_null()).then(pl.col("variance")).alias("variance"))
        .select(*groups, *standardised_results(levels))
        .sort(groups)
    )
