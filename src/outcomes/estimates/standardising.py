"""Makes one figure of the strata of each area, period and group: a standardised rate or ratio, or years of life."""

from collections.abc import Callable
from typing import Final

import polars as pl

from outcomes.breakdown import breakdown_from_text, breakdown_text
from outcomes.estimates.standards import band_starts, standard_rates, standard_weights
from outcomes.estimates.terms import interval_method
from outcomes.framework.model import Indicator
from outcomes.partnership.model import Partnership
from outcomes.statistics import directly_standardised_rate, indirectly_standardised_ratio, life_expectancy
from outcomes.vocabulary import Basis, Reason, Statistic

__all__ = ["standardised_figures", "without_dimension"]

_KEY: Final = ("indicator_id", "indicator_version", "area_code", "period_kind", "period_start", "breakdown")
_NUMBERS: Final = ("value", "lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8")

# which Reason speaks for the whole where strata have several: first what must not be shown, then what came to grief
_PRECEDENCE: Final = (
    Reason.CONFIDENTIAL,
    Reason.RETURN_REJECTED,
    Reason.MISSING,
    Reason.NOT_YET_DUE,
    Reason.NOT_AVAILABLE,
    Reason.NOT_COMPARABLE,
    Reason.CANNOT_BE_CALCULATED,
    Reason.NOT_APPLICABLE,
)


def without_dimension(breakdown: pl.Expr, texts: pl.Series, dimension: str) -> pl.Expr:
    """Return breakdowns without one dimension, canonical again.

    Arguments:
        breakdown: The column of canonical texts.
        texts: The distinct texts that it holds.
        dimension: The dimension to leave out.

    >>> groups = pl.DataFrame({"breakdown": ["age_band=0-64; sex=Female"]})
    >>> groups.select(without_dimension(pl.col("breakdown"), groups["breakdown"], "age_band")).item()
    'sex=Female'
    """
    known = texts.to_list()
    reduced = [
        breakdown_text({name: category for name, category in breakdown_from_text(text).items() if name != dimension})
        for text in known
    ]
    return breakdown.replace_strict(known, reduced, return_dtype=pl.String)


def standardised_figures(strata: pl.DataFrame, indicator: Indicator, partnership: Partnership) -> pl.DataFrame:
    """Return the standardised rate or ratio, or the life expectancy, of each area, period and group of one indicator.

    Every stratum of the indicator's breakdown must be there; an absent one, or one with a Reason, leaves the figure
    without a value. Of several Reasons `confidential` speaks first. The denominator of a ratio is the events expected.

    Arguments:
        strata: Place measures of this indicator, one row a stratum; their `breakdown` names the stratum.
        indicator: Its definition.
        partnership: Whose reference series hold the standard population.

    Returns:
        One row for each area, period and breakdown without the strata: the columns of an estimate.

    Raises:
        UnknownNameError: The standard population is unknown, or lacks a stratum; or the bands of a life expectancy
            are not those of a life table.
    """
    dimension = indicator.strata
    texts = strata["breakdown"].unique().sort()
    category = pl.col("breakdown").replace_strict(
        texts, [breakdown_from_text(text)[dimension] for text in texts], return_dtype=pl.String
    )
    ranked = {reason.value: rank for rank, reason in enumerate(_PRECEDENCE)}
    rows = strata.with_columns(
        category.alias("stratum"),
        without_dimension(pl.col("breakdown"), texts, dimension).alias("breakdown"),
        (pl.col("numerator") / indicator.numerator_scale).alias("events"),
        (pl.col("denominator") / indicator.denominator_scale).alias("persons"),
        pl.col("reason").replace_strict(ranked, return_dtype=pl.Int8).alias("reason_rank"),
    )
    plain = rows.drop("numerator", "denominator", "value", "lower_ci_95", "upper_ci_95", "reason", "detail")
    figures = _STANDARDISED[indicator.statistic](plain, indicator, partnership)
    together = rows.group_by(_KEY, maintain_order=True).agg(
        pl.col("level", "period_end", "period").first(),
        pl.col("coverage", "parts_contributed").min(),
        pl.col("parts_expected").max(),
        pl.col("reason_rank").min(),
        pl.col("detail").filter(pl.col("reason_rank") == pl.col("reason_rank").min()).min().alias("measure_detail"),
        *(
            pl.col(name).list.explode().drop_nulls().unique().sort()
            for name in ("missing_parts", "qualifiers", "partner_codes")
        ),
    )
    of_rank = dict(enumerate(reason.value for reason in _PRECEDENCE))
    has_reason = pl.col("reason_rank").is_not_null()
    is_hidden = pl.col("reason_rank") == ranked[Reason.CONFIDENTIAL.value]
    is_shown = ~is_hidden.fill_null(value=False)
    return figures.join(together, on=_KEY, how="inner", maintain_order="left").with_columns(
        pl.lit(Basis.STRATA.value).alias("basis"),
        *(pl.when(~has_reason).then(pl.col(name)).alias(name) for name in _NUMBERS),
        pl.when(is_shown).then("numerator").alias("numerator"),
        pl.when(is_shown).then("denominator").alias("denominator"),
        pl.when(~has_reason & pl.col("value").is_not_null()).then(pl.lit(interval_method(indicator))).alias("method"),
        pl.when(has_reason)
        .then(pl.col("reason_rank").replace_strict(of_rank, default=None, return_dtype=pl.String))
        .otherwise("reason")
        .alias("reason"),
        pl.when(has_reason).then("measure_detail").otherwise("detail").alias("detail"),
    )


def _directly(strata: pl.DataFrame, indicator: Indicator, partnership: Partnership) -> pl.DataFrame:
    weights = standard_weights(indicator, partnership)
    # a stratum that is not one of the breakdown's has no weight: the row is refused, not the table
    weight = pl.col("stratum").replace_strict(weights, default=0.0, return_dtype=pl.Float64)
    return directly_standardised_rate(
        strata.with_columns(weight.alias("standard_population")),
        numerator="events",
        denominator="persons",
        standard_population="standard_population",
        by=_KEY,
        multiplier=indicator.multiplier,
        stratum="stratum",
        strata_expected=list(weights),
    )


def _indirectly(strata: pl.DataFrame, indicator: Indicator, partnership: Partnership) -> pl.DataFrame:
    rates = standard_rates(indicator, partnership)
    # as above: a stratum of no rate is refused by its name
    standard = pl.DataFrame(
        [(stratum, *rate) for stratum, rate in rates.items()],
        schema={"stratum": pl.String, "standard_events": pl.Float64, "standard_persons": pl.Float64},
        orient="row",
    )
    return indirectly_standardised_ratio(
        strata.join(standard, on="stratum", how="left", maintain_order="left").with_columns(
            pl.col("standard_events").fill_null(0.0), pl.col("standard_persons").fill_null(1.0)
        ),
        numerator="events",
        denominator="persons",
        reference_numerator="standard_events",
        reference_denominator="standard_persons",
        by=_KEY,
        multiplier=indicator.multiplier,
        stratum="stratum",
        strata_expected=list(rates),
        method=interval_method(indicator) or "exact_or_byar",
    )


def _years_at_birth(strata: pl.DataFrame, indicator: Indicator, _partnership: Partnership) -> pl.DataFrame:
    start = pl.col("stratum").replace_strict(band_starts(indicator), default=-1, return_dtype=pl.Int64)
    lives = life_expectancy(
        strata.with_columns(start.alias("band_start")),
        deaths="events",
        population="persons",
        band_start="band_start",
        by=_KEY,
    )
    return lives.filter(pl.col("band_start") == 0).with_columns(pl.col(_NUMBERS) * indicator.multiplier)


_STANDARDISED: Final[dict[Statistic, Callable[[pl.DataFrame, Indicator, Partnership], pl.DataFrame]]] = {
    Statistic.DIRECTLY_STANDARDISED_RATE: _directly,
    Statistic.INDIRECTLY_STANDARDISED_RATIO: _indirectly,
    Statistic.LIFE_EXPECTANCY: _years_at_birth,
}
