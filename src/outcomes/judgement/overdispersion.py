"""Judges comparisons of large areas again, by limits that allow for areas differing by more than chance."""

from datetime import date
from typing import Final

import polars as pl

from outcomes.estimates.model import Estimates
from outcomes.judgement.benchmarks import published_figures
from outcomes.partnership.model import Partnership
from outcomes.statistics import (
    OVERDISPERSION_METHODS,
    compare_beyond_overdispersion,
    overdispersed_limits,
    proportion_funnel,
    rate_funnel,
)
from outcomes.vocabulary import AS_PUBLISHED, BenchmarkKind, Detail, Statistic, Word

__all__ = ["AREA_BENCHMARKS", "areas_of_level", "funnel_of_areas", "with_overdispersion"]

# a fixed level or an own earlier value is no centre around which areas lie
AREA_BENCHMARKS: Final = (
    BenchmarkKind.NATION,
    BenchmarkKind.REGION,
    BenchmarkKind.SYSTEM,
    BenchmarkKind.OTHER_PLACES,
    BenchmarkKind.STATISTICAL_NEIGHBOURS,
)
_FAMILIES: Final = (
    Statistic.PROPORTION,
    Statistic.CRUDE_RATE,
    Statistic.DIRECTLY_STANDARDISED_RATE,
    Statistic.INDIRECTLY_STANDARDISED_RATIO,
)
_FIGURE: Final = ("indicator_id", "indicator_version", "period_kind", "period_start", "breakdown", "level")
_TOO_FEW: Final = Detail.TOO_FEW_POINTS.value
_LINES: Final = ("lower_limit_95", "upper_limit_95", "lower_limit_99_8", "upper_limit_99_8")
_COLUMNS: Final[dict[str, pl.DataType]] = {
    "adjusted_word": pl.String(),
    "adjusted_areas": pl.Int32(),
    "overdispersion": pl.Float64(),
    "lower_adjusted_limit": pl.Float64(),
    "upper_adjusted_limit": pl.Float64(),
}


def with_overdispersion(
    compared: pl.DataFrame, estimates: Estimates, partnership: Partnership, as_of: date
) -> pl.DataFrame:
    """Return comparisons with a second word where the area is so large that chance alone explains next to nothing.

    From the volume that the inclusion names (people in the denominator of a proportion, events of a rate or ratio) a
    comparison with other areas is also judged by limits around the benchmark that hold the usual differences of areas.
    How much areas differ is measured around their own average, of all areas of the level with a figure of the same
    definition, period and group, here or in the published series; ten are needed. The word is never stronger than that
    of the interval.

    Arguments:
        compared: Comparisons with their terms and `word`.
        estimates: Every period of every area.
        partnership: Areas and published series.
        as_of: The date that the judgement speaks for.

    Returns:
        The rows with `adjusted_word`, `adjusted_areas`, `overdispersion` and the two adjusted limits, missing where the
        volume is below or nothing is compared. With fewer than ten areas, `adjusted_areas` alone.

    Source: Spiegelhalter DJ, Statistics in Medicine 2005;24:1185-202. Spiegelhalter DJ et al., Journal of the Royal
    Statistical Society A 2012;175:1-47.
    """
    numbered = compared.with_row_index("compared")
    large = numbered.filter(_is_large())
    nothing = {name: pl.lit(None, dtype=dtype) for name, dtype in _COLUMNS.items()}
    if large.is_empty():
        return compared.with_columns(**nothing)
    sized = large.with_columns(_size().alias("size"))
    areas = areas_of_level(sized, estimates, partnership, as_of)
    judged = []
    for (statistic, method), part in sized.partition_by(
        "statistic", "overdispersion_method", as_dict=True, maintain_order=True
    ).items():
        spreads = _spreads(areas.filter(pl.col("statistic") == statistic), str(statistic), str(method))
        with_spread = part.join(spreads, on=_FIGURE, how="left", maintain_order="left")
        limits = overdispersed_limits(
            "against_value",
            "size",
            is_proportion=statistic == Statistic.PROPORTION.value,
            method=str(method),
            multiplier="multiplier",
        )
        lined = with_spread.with_columns(limits.struct.unnest())
        has_limits = pl.all_horizontal(pl.col(name).is_not_null() for name in _LINES)
        judged.append(
            lined.select(
                "compared",
                pl.when(has_limits)
                .then(compare_beyond_overdispersion(benchmark="against_value"))
                .alias("adjusted_word"),
                pl.col("areas").fill_null(0).cast(pl.Int32).alias("adjusted_areas"),
                "overdispersion",
                pl.col("lower_limit_95").alias("lower_adjusted_limit"),
                pl.col("upper_limit_95").alias("upper_adjusted_limit"),
            )
        )
    return numbered.join(pl.concat(judged), on="compared", how="left", maintain_order="left").drop("compared")


def _effective(part: str) -> pl.Expr:
    """Return a count as chance counts it: events that come together tell as much as so many fewer."""
    is_thinned = pl.col("statistic").is_in([Statistic.PROPORTION.value, Statistic.CRUDE_RATE.value])
    return pl.when(is_thinned).then(pl.col(part) / pl.col("design_effect")).otherwise(pl.col(part))


def _is_large() -> pl.Expr:
    volume = (
        pl.when(pl.col("statistic") == Statistic.PROPORTION.value)
        .then(_effective("denominator"))
        .otherwise(_effective("numerator"))
    )
    return pl.all_horizontal(
        condition.fill_null(value=False)
        for condition in (
            pl.col("word") != Word.NOT_COMPARED.value,
            pl.col("against").is_in([kind.value for kind in AREA_BENCHMARKS]),
            pl.col("statistic").is_in([statistic.value for statistic in _FAMILIES]),
            pl.col("overdispersion_method").is_in(OVERDISPERSION_METHODS),
            # whose counts may be those of another figure
            pl.col("method") != AS_PUBLISHED,
            volume >= pl.col("overdispersion_from"),
        )
    )


def _size() -> pl.Expr:
    """Return what turns a row's value, over its multiplier, into its count: as large as chance counts it."""
    is_standardised = pl.col("statistic") == Statistic.DIRECTLY_STANDARDISED_RATE.value
    return (
        pl.when(is_standardised)
        .then(pl.col("numerator") * pl.col("multiplier") / pl.col("value"))
        .otherwise(_effective("denominator"))
    )


def areas_of_level(asked: pl.DataFrame, estimates: Estimates, partnership: Partnership, as_of: date) -> pl.DataFrame:
    """Return the figures of all areas of the level, ours and published, of each indicator, period and group asked.

    Arguments:
        asked: Figures (indicator, version, period, group, level) with `statistic`, `multiplier` and `design_effect`.
        estimates: Every period of every area.
        partnership: Areas and published series.
        as_of: The date that the judgement speaks for.

    Returns:
        The key of the figure, `area_code`, its counts (as chance counts them), `value`, and the three terms.
    """
    terms = ("statistic", "multiplier", "design_effect")
    wanted = asked.select(*_FIGURE, *terms).unique(_FIGURE)
    own = (
        estimates.frame.select(*_FIGURE, "area_code", "numerator", "denominator", "value", "reason", "method")
        .filter(
            pl.col("period_start").is_in(wanted["period_start"].unique().to_list()),
            # what belongs to no area is none of them
            ~pl.col("area_code").is_in(sorted(partnership.areas.remainders)),
        )
        .join(wanted, on=_FIGURE)
    )
    levels = partnership.areas.frame.select("area_code", "level")
    # a series does not say of which version of the definition it is
    published = (
        published_figures(partnership, as_of)
        .join(levels, on="area_code")
        .join(wanted, on=[name for name in _FIGURE if name != "indicator_version"])
        .join(own, on=[*_FIGURE, "area_code"], how="anti")
        .select(
            *_FIGURE,
            "area_code",
            pl.col("published_numerator").cast(pl.Float64).alias("numerator"),
            pl.col("published_denominator").cast(pl.Float64).alias("denominator"),
            pl.col("published_value").alias("value"),
            *terms,
        )
    )
    usable = own.filter(pl.col("reason").is_null() & (pl.col("method") != AS_PUBLISHED)).select(published.columns)
    return pl.concat([usable, published]).with_columns(
        _effective(part).alias(part) for part in ("numerator", "denominator")
    )


def funnel_of_areas(areas: pl.DataFrame, statistic: str, method: str) -> pl.DataFrame:
    """Return the areas that enter the spread, around their own average.

    Arguments:
        areas: As `areas_of_level` returns them, all of one statistic.
        statistic: A `Statistic`.
        method: One of `OVERDISPERSION_METHODS`.

    Returns:
        One row an area that enters: the key of the figure, `area_code`, `numerator`, `size` (what its value makes of
        its count), `average` (a fraction), and `overdispersion` φ and `variance_between` τ² of all, missing of fewer
        than ten.
    """
    key = [*_FIGURE, "area_code"]
    counted = areas.filter(pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null())
    counts = counted.select(*key, "numerator", "denominator")
    by = list(_FIGURE)
    if statistic == Statistic.PROPORTION.value:
        funnel = proportion_funnel(
            counts, numerator="numerator", denominator="denominator", by=by, multiplier=1.0, method=method
        ).with_columns(size="denominator")
    elif statistic == Statistic.DIRECTLY_STANDARDISED_RATE.value:
        rates = counted.filter(pl.col("value").is_not_null()).select(
            *key, "numerator", "denominator", rate=pl.col("value") / pl.col("multiplier")
        )
        funnel = rate_funnel(
            rates,
            numerator="numerator",
            denominator="denominator",
            rate="rate",
            is_directly_standardised=True,
            multiplier=1.0,
            by=by,
            method=method,
        )
    else:
        # of a ratio the events expected are the size, and the average of all need not be as many as expected
        funnel = rate_funnel(
            counts, numerator="numerator", denominator="denominator", multiplier=1.0, by=by, method=method
        )
    is_used = pl.col("reason").is_null() & (pl.col("detail").is_null() | (pl.col("detail") == _TOO_FEW))
    return funnel.filter(is_used).select(*key, "numerator", "size", "average", "overdispersion", "variance_between")


def _spreads(areas: pl.DataFrame, statistic: str, method: str) -> pl.DataFrame:
    """Return how much areas differ, φ and τ², of each figure around the areas' own average; and how many they are."""
    return (
        funnel_of_areas(areas, statistic, method)
        .group_by(list(_FIGURE))
        .agg(pl.len().alias("areas"), pl.col("overdispersion").first(), pl.col("variance_between").first())
    )
