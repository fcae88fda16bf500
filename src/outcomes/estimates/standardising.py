"""Makes one directly standardised rate of the strata of each area, period and group."""

from typing import Final

import polars as pl

from outcomes.breakdown import breakdown_from_text, breakdown_text
from outcomes.estimates.standards import standard_weights
from outcomes.framework.model import Indicator
from outcomes.partnership.model import Partnership
from outcomes.statistics import directly_standardised_rate
from outcomes.vocabulary import Basis, Reason

__all__ = ["standardised_rates", "without_dimension"]

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


def standardised_rates(strata: pl.DataFrame, indicator: Indicator, partnership: Partnership) -> pl.DataFrame:
    """Return the standardised rate of each area, period and group of one indicator.

    Every stratum of the indicator's breakdown must be there; an absent one, or one with a Reason, leaves the rate
    without a value. Of several Reasons `confidential` speaks first.

    Arguments:
        strata: Place measures of this indicator, one row a stratum; their `breakdown` names the stratum.
        indicator: Its definition.
        partnership: Whose reference series hold the standard population.

    Returns:
        One row for each area, period and breakdown without the strata: the columns of an estimate.

    Raises:
        UnknownNameError: The standard population is unknown, or lacks a stratum.
    """
    dimension = indicator.strata
    weights = standard_weights(indicator, partnership)
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
    ).with_columns(
        pl.col("stratum").replace_strict(weights, default=None, return_dtype=pl.Float64).alias("standard_population")
    )
    rates = directly_standardised_rate(
        rows.with_columns(
            # a stratum that is not one of the breakdown's has no weight: the row is refused, not the table
            pl.col("standard_population").fill_null(0.0),
        ).drop("numerator", "denominator", "value", "lower_ci_95", "upper_ci_95", "reason", "detail"),
        numerator="events",
        denominator="persons",
        standard_population="standard_population",
        by=_KEY,
        multiplier=indicator.multiplier,
        stratum="stratum",
        strata_expected=list(weights),
    )
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
    return rates.join(together, on=_KEY, how="inner", maintain_order="left").with_columns(
        pl.lit(Basis.STRATA.value).alias("basis"),
        *(pl.when(~has_reason).then(pl.col(name)).alias(name) for name in _NUMBERS),
        pl.when(is_shown).then("numerator").alias("numerator"),
        pl.when(is_shown).then("denominator").alias("denominator"),
        pl.when(~has_reason & pl.col("value").is_not_null()).then(pl.lit("dobson_byar")).alias("method"),
        pl.when(has_reason)
        .then(pl.col("reason_rank").replace_strict(of_rank, default=None, return_dtype=pl.String))
        .otherwise("reason")
        .alias("reason"),
        pl.when(has_reason).then("measure_detail").otherwise("detail").alias("detail"),
    )
