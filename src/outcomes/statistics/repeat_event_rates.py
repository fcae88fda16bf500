"""Directly standardised rates of events that one person may have several times, such as admissions."""

from collections.abc import Collection, Sequence

import polars as pl

from outcomes.statistics.confidence import DEFAULT_CONFIDENCE, checked_levels
from outcomes.statistics.dobson import checked_missing_events, dobson_rates, standardised_results
from outcomes.statistics.estimate_columns import LARGEST_INPUT, as_number
from outcomes.statistics.exact_sums import exact_sums
from outcomes.statistics.frame_columns import checked_groups, checked_numbers
from outcomes.statistics.multipliers import checked_multiplier
from outcomes.statistics.strata_checks import checked_strata

__all__ = ["directly_standardised_rate_of_repeat_events"]


def directly_standardised_rate_of_repeat_events(
    frame: pl.DataFrame,
    *,
    persons: str,
    events_each: str,
    denominator: str,
    standard_population: str,
    stratum: str,
    by: str | Sequence[str],
    multiplier: float = 100_000.0,
    missing_events: str = "refuse",
    strata_expected: int | Collection[str] | None = None,
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.DataFrame:
    """Return the directly standardised rate of events of each group, with limits widened for repeat events.

    Events of one person come together, so they say less of chance than as many events of different persons: each
    number of events a person had adds its square to the variance.

    Args:
        frame: One row for each stratum of a group and each number of events a person had in it. A number of events
            that nobody had need not have a row; a stratum without any event has one with 0 persons.
        persons: The column of how many persons had so many events, 0 or more.
        events_each: The column of how many events each of them had: a whole number from 1.
        denominator: The column of the stratum's population, the same in each of its rows.
        standard_population: The column of the stratum's weight, the same in each of its rows.
        stratum: The column of the stratum's name (such as an age band).
        by: The column or columns that make a group.
        multiplier: What the rate is per.
        missing_events: `refuse` gives no rate where a number of persons is missing; `zero` counts it as none.
        strata_expected: How many strata each group must have, or their names.
        confidence: Confidence levels as fractions.

    Returns:
        The groups, sorted, with `numerator` (all events), `denominator`, `variance` (of the rate before the
        multiplier), `value`, one pair of limits a level, `reason` and `detail`, as from
        `directly_standardised_rate`, whose result it is where everybody had one event.

    Raises:
        TableError: A column is absent or holds no numbers.
        ValueError: An argument is none of those above.

    Limits of use: it takes persons to be independent of each other, which spells of an epidemic are not.

    Source: Dobson AJ et al., Statistics in Medicine 1991;10:457-62. The variance is that of a compound Poisson count,
    as the English public health agencies have it for events that are not independent; Stukel TA et al., Statistics in
    Medicine 1994;13:1781-91, treat the same rates with a variance fitted to persons (negative binomial).

    >>> admissions = pl.DataFrame({
    ...     "area_code": ["E1", "E1"], "age_band": ["65+", "65+"], "persons": [20, 10], "admissions_each": [1, 2],
    ...     "population": [1000, 1000], "standard_population": [1, 1]})
    >>> rates = directly_standardised_rate_of_repeat_events(
    ...     admissions, persons="persons", events_each="admissions_each", denominator="population",
    ...     standard_population="standard_population", stratum="age_band", by="area_code", multiplier=1000)
    >>> rates.select("numerator", "value", pl.col("lower_ci_95", "upper_ci_95").round(3)).rows()
    [(40.0, 40.0, 26.005, 57.722)]
    """
    levels = checked_levels(confidence)
    per = checked_multiplier(multiplier)
    missing_is_none = checked_missing_events(missing_events)
    stratum_name = checked_strata(frame, stratum, strata_expected)
    groups = checked_groups(frame, by, standardised_results(levels))
    checked_numbers(frame, [persons, events_each, denominator, standard_population])

    counted = as_number(persons)
    if missing_is_none:
        counted = counted.fill_null(0.0)
    each = pl.col("each")
    rows = frame.select(
        *groups,
        stratum_name,
        counted.alias("persons"),
        as_number(events_each).alias("each"),
        as_number(denominator).alias("denominator"),
        as_number(standard_population).alias("weight"),
    ).with_columns(
        (pl.col("persons") * each).alias("numerator"),
        (pl.col("persons") * each * each).alias("variance_events"),
        # NaN counts as above every number
        ((each < 1) | (each > LARGEST_INPUT) | (each != each.floor()) | (pl.col("persons") < 0)).alias("is_impossible"),
    )
    # a rate of a stratum's population needs one population
    is_unlike = pl.any_horizontal(pl.col(name).n_unique() > 1 for name in ("denominator", "weight"))
    strata = rows.group_by(*groups, "stratum", maintain_order=True).agg(
        pl.col("numerator", "variance_events"),
        pl.col("denominator", "weight").first(),
        (is_unlike & ~pl.any_horizontal(pl.col("denominator", "weight").is_null().any())).alias("is_unlike"),
        pl.any_horizontal(pl.col("denominator", "weight").is_null()).any().alias("lacks_population"),
        pl.col("numerator").is_null().any().alias("lacks_events"),
        (pl.col("is_impossible").fill_null(value=False).any() | each.is_duplicated().any()).alias("is_impossible"),
    )
    strata = strata.with_columns(exact_sums(strata["numerator"]), exact_sums(strata["variance_events"])).with_columns(
        # one row of a stratum without a number leaves the stratum without; a sum that is none for another cause is
        # impossible, not missing
        *(
            pl.when(~pl.col("lacks_events")).then(pl.col(name).fill_null(float("nan"))).alias(name)
            for name in ("numerator", "variance_events")
        ),
        pl.when(~pl.col("lacks_population")).then(pl.col("denominator")).alias("denominator"),
        (pl.col("is_impossible") | pl.col("is_unlike")).alias("is_impossible"),
    )
    return dobson_rates(strata, groups, per=per, levels=levels, has_stratum=True, strata_expected=strata_expected)
