"""Indirectly standardised ratios and rates: events observed against those expected at the rates of a reference."""

from collections.abc import Collection, Sequence

import polars as pl

from outcomes.statistics.confidence import DEFAULT_CONFIDENCE, checked_levels, limit_names
from outcomes.statistics.dobson import checked_missing_events
from outcomes.statistics.estimate_columns import LARGEST_INPUT, as_number, estimate_struct
from outcomes.statistics.exact_sums import exact_sums
from outcomes.statistics.frame_columns import checked_groups, checked_numbers, written_out
from outcomes.statistics.multipliers import checked_multiplier
from outcomes.statistics.poisson import checked_count_method, poisson_limits
from outcomes.statistics.rates import LARGEST_RATE
from outcomes.statistics.strata_checks import checked_strata, strata_checks
from outcomes.vocabulary import Detail

__all__ = ["indirectly_standardised_rate", "indirectly_standardised_ratio"]


def indirectly_standardised_ratio(
    frame: pl.DataFrame,
    *,
    numerator: str,
    denominator: str,
    reference_numerator: str,
    reference_denominator: str,
    by: str | Sequence[str],
    multiplier: float = 100.0,
    missing_events: str = "refuse",
    stratum: str | None = None,
    strata_expected: int | Collection[str] | None = None,
    method: str = "exact_or_byar",
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.DataFrame:
    """Return the indirectly standardised ratio of each group of strata, such as an SMR, with its Poisson interval.

    The ratio is the events observed over those expected if each stratum had the reference's rate.

    Args:
        frame: One row a stratum of a group.
        numerator: The column of events observed, 0 or more.
        denominator: The column of the stratum's population, 0 or more; one of 0 can have no events.
        reference_numerator: The column of the stratum's events in the reference (such as England), 0 or more.
        reference_denominator: The column of the stratum's population in the reference, more than 0.
        by: The column or columns that make a group.
        multiplier: What the ratio of the reference itself is: 100 as printed in England, or 1.
        missing_events: `refuse` gives no ratio where a number of events is missing; `zero` counts it as none.
        stratum: The column of the stratum's name (such as an age band); one that comes twice is impossible.
        strata_expected: How many strata each group must have, or their names (then `stratum` is needed). Without
            it an absent stratum cannot be seen.
        method: `exact_or_byar` (exact below 10 events, else Byar), `byar` (plain) or `exact` (whatever the count).
        confidence: Confidence levels as fractions.

    Returns:
        The groups, sorted, with `numerator` (events observed), `denominator` (events expected), `reference_rate` (of
        all strata together, per person), `value`, one pair of limits a level, `reason` and `detail`. No expected
        event, or no population in the reference, is `zero denominator`. The same rows in any order give the same
        bits.

    Raises:
        TableError: A column is absent or holds no numbers.
        ValueError: An argument is none of those above.
        UnknownNameError: No method for counts has the name.

    Limits of use: two areas' ratios rest on their own age structures and are compared with the reference, never
    with each other. The interval takes the reference's rates as known.

    Source: Breslow NE, Day NE, Statistical methods in cancer research, volume II, IARC 1987. Armitage P, Berry G,
    Statistical methods in medical research, 4th edition, Blackwell 2002.

    >>> bands = pl.DataFrame({
    ...     "area_code": ["E1", "E1"], "age_band": ["0-64", "65+"], "deaths": [5, 15], "population": [1000, 500],
    ...     "england_deaths": [50, 200], "england_population": [10_000, 10_000]})
    >>> ratios = indirectly_standardised_ratio(
    ...     bands, numerator="deaths", denominator="population", reference_numerator="england_deaths",
    ...     reference_denominator="england_population", by="area_code")
    >>> ratios.select("numerator", "denominator", pl.col("value", "lower_ci_95", "upper_ci_95").round(2)).rows()
    [(20.0, 15.0, 133.33, 81.41, 205.93)]
    """
    return _standardised(
        frame,
        columns=(numerator, denominator, reference_numerator, reference_denominator),
        by=by,
        multiplier=multiplier,
        is_rate=False,
        missing_events=missing_events,
        stratum=stratum,
        strata_expected=strata_expected,
        method=method,
        confidence=confidence,
    )


def indirectly_standardised_rate(
    frame: pl.DataFrame,
    *,
    numerator: str,
    denominator: str,
    reference_numerator: str,
    reference_denominator: str,
    by: str | Sequence[str],
    multiplier: float = 100_000.0,
    missing_events: str = "refuse",
    stratum: str | None = None,
    strata_expected: int | Collection[str] | None = None,
    method: str = "exact_or_byar",
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.DataFrame:
    """Return the indirectly standardised rate of each group: its ratio times the crude rate of the reference.

    Args:
        frame: One row a stratum of a group.
        numerator: As for `indirectly_standardised_ratio`, like the arguments that are not named here.
        denominator: The column of the stratum's population.
        reference_numerator: The column of the stratum's events in the reference.
        reference_denominator: The column of the stratum's population in the reference.
        by: The column or columns that make a group.
        multiplier: What the rate is per.
        missing_events: `refuse` or `zero`.
        stratum: The column of the stratum's name.
        strata_expected: How many strata each group must have, or their names.
        method: `exact_or_byar`, `byar` or `exact`.
        confidence: Confidence levels as fractions.

    Returns:
        The columns of `indirectly_standardised_ratio`, `value` and limits per `multiplier` persons.

    Raises:
        TableError: A column is absent or holds no numbers.
        ValueError: An argument is none of those above.
        UnknownNameError: No method for counts has the name.

    Source: as for `indirectly_standardised_ratio`.

    >>> bands = pl.DataFrame({
    ...     "area_code": ["E1", "E1"], "deaths": [5, 15], "population": [1000, 500],
    ...     "england_deaths": [50, 200], "england_population": [10_000, 10_000]})
    >>> rates = indirectly_standardised_rate(
    ...     bands, numerator="deaths", denominator="population", reference_numerator="england_deaths",
    ...     reference_denominator="england_population", by="area_code", multiplier=1000)
    >>> rates.select("reference_rate", pl.col("value", "lower_ci_95", "upper_ci_95").round(4)).rows()
    [(0.0125, 16.6667, 10.1762, 25.7416)]
    """
    return _standardised(
        frame,
        columns=(numerator, denominator, reference_numerator, reference_denominator),
        by=by,
        multiplier=multiplier,
        is_rate=True,
        missing_events=missing_events,
        stratum=stratum,
        strata_expected=strata_expected,
        method=method,
        confidence=confidence,
    )


def _standardised(
    frame: pl.DataFrame,
    *,
    columns: tuple[str, str, str, str],
    by: str | Sequence[str],
    multiplier: float,
    is_rate: bool,
    missing_events: str,
    stratum: str | None,
    strata_expected: int | Collection[str] | None,
    method: str,
    confidence: Sequence[float],
) -> pl.DataFrame:
    levels = checked_levels(confidence)
    per = checked_multiplier(multiplier)
    checked_count_method(method)
    missing_is_none = checked_missing_events(missing_events)
    stratum_name = checked_strata(frame, stratum, strata_expected)
    limit_columns = [name for level in levels for name in limit_names(level)]
    results = ["numerator", "denominator", "reference_rate", "value", *limit_columns, "reason", "detail"]
    groups = checked_groups(frame, by, results)
    checked_numbers(frame, columns)

    x, n, reference_x, reference_n = (as_number(column) for column in columns)
    if missing_is_none:
        x, reference_x = x.fill_null(0.0), reference_x.fill_null(0.0)
    numbers = ("numerator", "population", "reference_numerator", "reference_denominator")
    strata = frame.select(
        *groups,
        stratum_name,
        *(number.alias(name) for number, name in zip((x, n, reference_x, reference_n), numbers, strict=True)),
    )
    strata = written_out(strata).with_columns(
        (pl.col("population") * pl.col("reference_numerator") / pl.col("reference_denominator")).alias("denominator")
    )
    # NaN counts as above every number
    is_impossible = pl.any_horizontal(
        *((pl.col(name) < 0) | (pl.col(name) > LARGEST_INPUT) for name in numbers),
        # an event of nobody
        (pl.col("population") == 0) & (pl.col("numerator") > 0),
    )
    summed = ("numerator", "denominator", "reference_numerator", "reference_denominator")
    grouped = strata.group_by(groups, maintain_order=True).agg(
        pl.col(summed),
        pl.any_horizontal(pl.col(name).is_null() for name in numbers).any().alias("is_missing"),
        is_impossible.fill_null(value=False).any().alias("is_impossible"),
        (pl.col("reference_denominator") == 0).fill_null(value=False).any().alias("has_zero"),
        *strata_checks(strata_expected, has_stratum=stratum is not None),
    )
    grouped = grouped.with_columns(exact_sums(grouped[name]) for name in summed).with_columns(
        (pl.col("reference_numerator") / pl.col("reference_denominator")).alias("reference_rate")
    )
    observed, expected = pl.col("numerator"), pl.col("denominator")
    scale = per * pl.col("reference_rate") if is_rate else per
    estimate = estimate_struct(
        value=observed / expected * scale,
        limits=[
            (lower / expected * scale, upper / expected * scale)
            for lower, upper in (poisson_limits(observed, level, method) for level in levels)
        ],
        levels=levels,
        is_missing=pl.col("is_missing"),
        refusals=[
            (pl.col("is_impossible") | pl.col("has_impossible_strata"), Detail.IMPOSSIBLE_INPUT),
            (pl.col("has_zero"), Detail.ZERO_DENOMINATOR),
            (pl.col("lacks_stratum"), Detail.MISSING_STRATUM),
            (expected == 0, Detail.ZERO_DENOMINATOR),
            # expected events next to 0, or beyond every number, make a ratio that is none
            (
                expected.is_null() | (per / expected > LARGEST_RATE) | (scale / expected > LARGEST_RATE),
                Detail.IMPOSSIBLE_INPUT,
            ),
        ],
    )
    return grouped.with_columns(estimate.alias("estimate")).unnest("estimate").select(*groups, *results).sort(groups)
