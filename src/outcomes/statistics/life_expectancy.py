"""Life expectancy from an abridged life table, with the interval of Chiang and Silcocks."""

from collections.abc import Sequence

import polars as pl

from outcomes.errors import TableError
from outcomes.statistics.confidence import DEFAULT_CONFIDENCE, checked_levels, limit_names, normal_quantile
from outcomes.statistics.estimate_columns import LARGEST_INPUT, as_number, estimate_struct
from outcomes.statistics.frame_columns import checked_groups, checked_numbers
from outcomes.statistics.life_table import BAND_STARTS, life_table
from outcomes.vocabulary import Detail

__all__ = ["BAND_STARTS", "LEAST_PERSONS", "WIDEST_INTERVAL_YEARS", "life_expectancy"]

LEAST_PERSONS = 5000.0
"""Of so few persons in all, or fewer, no life expectancy is given."""

WIDEST_INTERVAL_YEARS = 20.0
"""A life expectancy whose 95 % interval is wider than this is not given."""

_LARGEST_YEARS = 1e9
"""More years than this are no life: the deaths of the last band are next to none."""


def life_expectancy(
    frame: pl.DataFrame,
    *,
    deaths: str,
    population: str,
    band_start: str,
    by: str | Sequence[str],
    confidence: Sequence[float] = DEFAULT_CONFIDENCE,
) -> pl.DataFrame:
    """Return the life expectancy of each group at the start of each of the 20 age bands.

    Args:
        frame: One row an age band of a group.
        deaths: The column of deaths, 0 or more.
        population: The column of the band's population (or person-years), more than 0.
        band_start: The column of the band's first age in years: 0, 1, 5, 10 … 85, 90; all 20 must be there.
        by: The column or columns that make a group.
        confidence: Confidence levels as fractions.

    Returns:
        The groups, sorted, each with 20 rows by `band_start`: `numerator` (deaths at that age and above),
        `denominator` (persons at that age and above), `value` (years), one pair of limits a level, `reason` and
        `detail`. Nothing is given of a group where a band is absent (`missing stratum`) or a number missing, where a
        population is 0 (`zero denominator`), where more died than lived in a band (`impossible input`), or of
        5,000 persons or fewer (`population too small`). A life expectancy is not given where its 95 % interval is
        wider than 20 years (`interval too wide`), or where nobody of 90 and above died (`too few events`). The same
        rows in any order give the same bits.

    Raises:
        TableError: A column is absent or holds no numbers.
        ValueError: A confidence level is none.

    Limits of use: it is no forecast for those born today; it sums up the death rates of the period. The population
    is that of residents, so care homes weigh on small areas.

    Source: Chiang CL, The life table and its construction, Wiley 1968. Newell C, Methods and models in demography,
    Wiley 1994. Silcocks PBS et al., Journal of Epidemiology and Community Health 2001;55:38-43. Eayres DP, Williams
    ES, Journal of Epidemiology and Community Health 2004;58:243-9. Toson B, Baker A, National Statistics
    Methodological Series 33, ONS 2003.

    >>> bands = pl.DataFrame({
    ...     "area_code": ["E1"] * 20, "age": BAND_STARTS,
    ...     "deaths": [5, 1, 1, 1, 2, 4, 5, 6, 8, 12, 18, 28, 40, 60, 90, 130, 190, 260, 280, 340],
    ...     "population": [1000, 4000] + [5000] * 13 + [4000, 3000, 2000, 1500, 1300]})
    >>> table = life_expectancy(bands, deaths="deaths", population="population", band_start="age", by="area_code")
    >>> table.select("age", "numerator", pl.col("value", "lower_ci_95", "upper_ci_95").round(2)).row(0)
    (0, 1481.0, 75.49, 74.6, 76.38)
    """
    levels = checked_levels(confidence)
    limit_columns = [name for level in levels for name in limit_names(level)]
    results = ["numerator", "denominator", "value", *limit_columns, "reason", "detail"]
    groups = checked_groups(frame, by, [band_start, *results])
    if band_start in results:
        raise TableError(f"band_start: found {band_start}, expected a name that no result has. Rename it first.")
    checked_numbers(frame, [deaths, population, band_start])

    grouped = _by_group(frame, groups, deaths, population, band_start)
    tables = pl.concat(
        [
            grouped.select(
                *groups,
                pl.lit(start, dtype=pl.Int64).alias(band_start),
                "is_missing",
                "is_impossible",
                "has_zero",
                "lacks_band",
                "is_small",
            ).hstack(band)
            for start, band in zip(BAND_STARTS, life_table(grouped), strict=True)
        ]
    )
    value, error = pl.col("years"), pl.col("standard_error")
    half_widths = [normal_quantile(level) * error for level in levels]
    is_number = value.is_finite() & error.is_finite() & (value < _LARGEST_YEARS)
    estimate = estimate_struct(
        value=value,
        limits=[(value - half, value + half) for half in half_widths],
        levels=levels,
        is_missing=pl.col("is_missing"),
        refusals=[
            (pl.col("is_impossible"), Detail.IMPOSSIBLE_INPUT),
            (pl.col("has_zero"), Detail.ZERO_DENOMINATOR),
            (pl.col("lacks_band"), Detail.MISSING_STRATUM),
            (pl.col("is_small"), Detail.POPULATION_TOO_SMALL),
            # without a death in the last band nobody in it would ever die
            (~is_number.fill_null(value=False), Detail.TOO_FEW_EVENTS),
            (2.0 * normal_quantile(0.95) * error > WIDEST_INTERVAL_YEARS, Detail.INTERVAL_TOO_WIDE),
        ],
    )
    is_whole = ~pl.any_horizontal("is_missing", "is_impossible", "has_zero", "lacks_band", "is_small")
    return (
        tables.with_columns(estimate.alias("estimate"))
        .unnest("estimate")
        .with_columns(pl.when(is_whole).then(pl.col(name)).alias(name) for name in ("numerator", "denominator"))
        .select(*groups, band_start, *results)
        .sort(*groups, band_start)
    )


def _by_group(frame: pl.DataFrame, groups: list[str], deaths: str, population: str, band_start: str) -> pl.DataFrame:
    """Return one row a group: deaths and populations as lists in order of age, and what is wrong with them."""
    start = pl.col("start")
    bands = frame.select(
        *groups,
        as_number(band_start).alias("start"),
        as_number(deaths).alias("deaths"),
        as_number(population).alias("population"),
    ).sort("start", maintain_order=True)
    numbers = pl.col("deaths", "population")
    is_band = start.is_in([float(first) for first in BAND_STARTS])
    return (
        bands.group_by(groups, maintain_order=True)
        .agg(
            numbers,
            pl.any_horizontal(numbers.is_null()).any().alias("is_missing"),
            (
                # NaN counts as above every number
                pl.any_horizontal((numbers < 0) | (numbers > LARGEST_INPUT)).fill_null(value=False).any()
                | (pl.col("deaths") > pl.col("population")).fill_null(value=False).any()
                | ~is_band.fill_null(value=False).all()
                | start.is_duplicated().any()
            ).alias("is_impossible"),
            (pl.col("population") == 0).fill_null(value=False).any().alias("has_zero"),
            (start.filter(is_band).n_unique() < len(BAND_STARTS)).alias("lacks_band"),
        )
        .sort(groups)
        .with_columns(
            # a table of other than 20 bands is refused; it is emptied here so that every list has 20
            pl.when(pl.col(name).list.len() == len(BAND_STARTS)).then(pl.col(name)).alias(name)
            for name in ("deaths", "population")
        )
        .with_columns(
            pl.sum_horizontal(
                pl.col("population").list.get(place, null_on_oob=True) for place in range(len(BAND_STARTS))
            ).alias("persons")
        )
        .with_columns((pl.col("persons") <= LEAST_PERSONS).alias("is_small"))
    )
