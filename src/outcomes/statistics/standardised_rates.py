"""Directly standardised rates with Dobson–Byar intervals, one row a group."""

from collections.abc import Collection, Sequence

import polars as pl

from outcomes.errors import TableError
from outcomes.statistics.confidence import DEFAULT_CONFIDENCE, checked_levels, limit_names
from outcomes.statistics.estimate_columns import LARGEST_INPUT, as_number, estimate_struct
from outcomes.statistics.exact_sums import exact_sums
from outcomes.statistics.frame_columns import checked_groups, checked_numbers
from outcomes.statistics.multipliers import checked_multiplier
from outcomes.statistics.poisson import byar_limits
from outcomes.vocabulary import Detail

__all__ = ["FEWEST_EVENTS", "directly_standardised_rate"]

FEWEST_EVENTS = 10.0
"""A directly standardised rate of fewer events than this is not given."""

LEAST_POPULATION = 1e-12
"""A band's population below this, or a standard population that weighs less, makes a rate that is no number."""


def directly_standardised_rate(
    frame: pl.DataFrame,
    *,
    numerator: str,
    denominator: str,
    standard_population: str,
    by: str | Sequence[str],
    multiplier: float = 100_000.0,
    missing_events: str = "refuse",
    stratum: str | None = None,
    strata_expected: int | Collection[str] | None = None,
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.DataFrame:
    """Return the directly standardised rate of each group of strata with its Dobson–Byar interval.

    Args:
        frame: One row a stratum of a group.
        numerator: The column of events, 0 or more.
        denominator: The column of the stratum's population, more than 0.
        standard_population: The column of the stratum's weight, 0 or more.
        by: The column or columns that make a group.
        multiplier: What the rate is per.
        missing_events: `refuse` gives no rate where a stratum's events are missing; `zero` counts them as none.
        stratum: The column of the stratum's name (such as an age band); one that comes twice is impossible.
        strata_expected: How many strata each group must have, or their names (then `stratum` is needed). Without
            it an absent stratum cannot be seen.
        confidence: Confidence levels as fractions.

    Returns:
        The groups, sorted, with `numerator` (all events), `denominator` (all persons), `variance` (of the rate
        before the multiplier), `value`, one pair of limits a level, `reason` and `detail`. Fewer than 10 events,
        an absent stratum, a population of 0 or an impossible number give `cannot be calculated` with its detail,
        a missing input `missing`. The lower limit may lie below 0, as the method has it. The same rows in any
        order give the same bits.

    Raises:
        TableError: A column is absent or holds no numbers.
        ValueError: An argument is none of those above.

    Source: Dobson AJ et al., Statistics in Medicine 1991;10:457-62. Breslow NE, Day NE, 1987 (Byar).

    >>> bands = pl.DataFrame({
    ...     "area_code": ["E1", "E1"], "age_band": ["0-64", "65+"], "deaths": [10, 30],
    ...     "population": [1000, 500], "standard_population": [80_000, 20_000]})
    >>> rates = directly_standardised_rate(
    ...     bands, numerator="deaths", denominator="population", standard_population="standard_population",
    ...     by="area_code", multiplier=1000, stratum="age_band", strata_expected=["0-64", "65+"])
    >>> rates.select("numerator", "value", pl.col("lower_ci_95", "upper_ci_95").round(3)).rows()
    [(40.0, 20.0, 13.954, 27.657)]
    """
    levels = checked_levels(confidence)
    per = checked_multiplier(multiplier)
    if missing_events not in ("refuse", "zero"):
        raise ValueError(
            f"missing_events: found {missing_events!r}, expected refuse or zero. Use refuse unless none is meant."
        )
    if not isinstance(strata_expected, int | None) and stratum is None:
        raise ValueError("stratum: found none, expected the column of the strata's names. Name it, or give a number.")
    limit_columns = [name for level in levels for name in limit_names(level)]
    results = ["numerator", "denominator", "variance", "value", *limit_columns, "reason", "detail"]
    groups = checked_groups(frame, by, results)
    checked_numbers(frame, [numerator, denominator, standard_population])
    if stratum is not None and stratum not in frame.columns:
        raise TableError(f"column {stratum}: found none, expected the strata's names. Add or name the column.")

    events = as_number(numerator)
    strata = frame.select(
        *groups,
        (events.fill_null(0.0) if missing_events == "zero" else events).alias("numerator"),
        as_number(denominator).alias("denominator"),
        as_number(standard_population).alias("weight"),
        (pl.lit(None, dtype=pl.String) if stratum is None else pl.col(stratum).cast(pl.String)).alias("stratum"),
    ).with_columns(
        (pl.col("weight") * pl.col("numerator") / pl.col("denominator")).alias("weighted_rate"),
        (
            (pl.col("weight") / pl.col("denominator"))
            * (pl.col("weight") / pl.col("denominator"))
            * pl.col("numerator")
        ).alias("weighted_variance"),
    )
    x, n, weight = pl.col("numerator"), pl.col("denominator"), pl.col("weight")
    is_large = (x > LARGEST_INPUT) | (n > LARGEST_INPUT) | (weight > LARGEST_INPUT)
    is_impossible = (x < 0) | (n < 0) | (weight < 0) | is_large | ((n > 0) & (n < LEAST_POPULATION))
    summed = ("numerator", "denominator", "weight", "weighted_rate", "weighted_variance")
    grouped = strata.group_by(groups, maintain_order=True).agg(
        pl.col(summed),
        pl.any_horizontal(x.is_null(), n.is_null(), weight.is_null()).any().alias("is_missing"),
        is_impossible.fill_null(value=False).any().alias("is_impossible"),
        (n == 0).fill_null(value=False).any().alias("has_zero"),
        *_strata_checks(stratum, strata_expected),
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
        .select(*groups, *results)
        .sort(groups)
    )


def _strata_checks(stratum: str | None, expected: int | Collection[str] | None) -> list[pl.Expr]:
    """Return per group whether a stratum is absent, and whether one is repeated, nameless or not expected."""
    name = pl.col("stratum")
    lacks = pl.lit(value=False)
    is_wrong = pl.lit(value=False)
    if stratum is not None:
        is_wrong = name.is_duplicated().any() | name.is_null().any()
    if isinstance(expected, int):
        lacks = pl.len() < expected
        is_wrong = is_wrong | (pl.len() > expected)
    elif expected is not None:
        names = sorted(set(expected))
        lacks = name.filter(name.is_in(names)).n_unique() < len(names)
        is_wrong = is_wrong | (~name.is_in(names)).any()
    return [lacks.alias("lacks_stratum"), is_wrong.alias("has_impossible_strata")]
