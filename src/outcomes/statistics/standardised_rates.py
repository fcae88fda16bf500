"""Directly standardised rates with Dobson–Byar intervals, one row a group."""

from collections.abc import Collection, Sequence

import polars as pl

from outcomes.statistics.confidence import DEFAULT_CONFIDENCE, checked_levels
from outcomes.statistics.dobson import FEWEST_EVENTS, checked_missing_events, dobson_rates, standardised_results
from outcomes.statistics.estimate_columns import as_number
from outcomes.statistics.frame_columns import checked_groups, checked_numbers
from outcomes.statistics.multipliers import checked_multiplier
from outcomes.statistics.strata_checks import checked_strata

__all__ = ["FEWEST_EVENTS", "directly_standardised_rate"]


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
    missing_is_none = checked_missing_events(missing_events)
    stratum_name = checked_strata(frame, stratum, strata_expected)
    groups = checked_groups(frame, by, standardised_results(levels))
    checked_numbers(frame, [numerator, denominator, standard_population])

    events = as_number(numerator)
    if missing_is_none:
        events = events.fill_null(0.0)
    strata = frame.select(
        *groups,
        events.alias("numerator"),
        events.alias("variance_events"),
        as_number(denominator).alias("denominator"),
        as_number(standard_population).alias("weight"),
        stratum_name,
        pl.lit(value=False).alias("is_impossible"),
    )
    return dobson_rates(
        strata,
        groups,
        per=per,
        levels=levels,
        has_stratum=stratum is not None,
        strata_expected=strata_expected,
    )
