"""Estimates: from place measures to values with intervals, each by its indicator's named method, or a Reason."""

from typing import Final

import polars as pl

from outcomes.breakdown import breakdown_from_text
from outcomes.estimates.model import ESTIMATE_COLUMNS, Estimates
from outcomes.estimates.rowwise import estimated_rows
from outcomes.estimates.standardising import standardised_figures
from outcomes.estimates.terms import estimation_terms, is_made_of_strata
from outcomes.ordering import in_order
from outcomes.partnership.model import Partnership
from outcomes.rollup.model import PLACE_MEASURE_KEY, PlaceMeasures
from outcomes.table import empty_table
from outcomes.vocabulary import Basis, Statistic

__all__ = ["estimate"]

_INDICATOR: Final = ("indicator_id", "indicator_version")
_OF_STRATA: Final = (
    Statistic.DIRECTLY_STANDARDISED_RATE.value,
    Statistic.INDIRECTLY_STANDARDISED_RATIO.value,
    Statistic.LIFE_EXPECTANCY.value,
)
# no estimate reads them, and to move lists of text about costs more than all the arithmetic: they are put back last
_LISTS: Final = ("missing_parts", "qualifiers", "partner_codes")


def estimate(measures: PlaceMeasures, partnership: Partnership) -> Estimates:
    """Return the value of each place measure with its 95 % and 99.8 % intervals, or the Reason why there is none.

    The indicator's statistic and named method decide (an empty method is the statistic's default): a proportion has
    Wilson's interval; a crude rate or a count Poisson limits; a mean Student's t, or none without a sum of squares;
    a directly standardised rate Dobson's and Byar's, from all strata of its breakdown, under the breakdown without
    them; a ratio, and a count that is no count of events, have a value alone (`no spread`). A published value keeps
    its own 95 % interval, if that holds the value (else `impossible input`), is never worked out again, and says so
    in its method, `as_published`. The scales of numerator and denominator are divided out here, once. An indirectly
    standardised ratio is worked out from its strata and the rates of its standard population, with Poisson limits; a
    life expectancy at birth from deaths and populations in the 20 age bands that are its strata, with Chiang's and
    Silcocks's. Those without strata are taken as published, and are else `not available`.

    Arguments:
        measures: Summed figures, numerators and denominators in whole multiples of 1 / scale.
        partnership: Whose frameworks define the indicators and whose series hold the standard populations.

    Returns:
        One row for each place measure (one for all strata of a standardised rate), on the printed scale. A measure
        with a Reason keeps it; a confidential one has no number. No number is inf or NaN. Wholes as submitted are
        estimated by the same methods, apart.

    Raises:
        UnknownNameError: An indicator, its method or its standard population is one that nobody defined.

    Source: `statistics`, each method by its own literature; OHID, Fingertips public health technical guidance.
    """
    submitted = empty_table(ESTIMATE_COLUMNS)
    if measures.submitted.height:
        submitted = _estimated(measures.submitted, partnership)
    return Estimates(_estimated(measures.frame, partnership), measures.known_at, submitted)


def _estimated(measures: pl.DataFrame, partnership: Partnership) -> pl.DataFrame:
    rows = measures.drop(_LISTS).with_row_index("row")
    keys = {(str(name), int(version)) for name, version in rows.select(_INDICATOR).unique().iter_rows()}
    terms = estimation_terms(keys, partnership)
    rows, strata = _apart(rows.join(terms, on=_INDICATOR, how="left", maintain_order="left"), partnership)

    own = _with_lists(estimated_rows(rows).sort("row"), measures)
    parts = [own.select(list(ESTIMATE_COLUMNS))]
    for (name, version), part in _with_lists(strata, measures).partition_by(_INDICATOR, as_dict=True).items():
        indicator = partnership.indicators[(str(name), int(version))]
        parts.append(standardised_figures(part, indicator, partnership).select(list(ESTIMATE_COLUMNS)))
    together = pl.concat([empty_table(ESTIMATE_COLUMNS), *parts])
    if len(parts) > 1:
        together = _one_for_each_key(together)
    return in_order(together, PLACE_MEASURE_KEY)


def _with_lists(rows: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """Return rows, each once and in their order, with the lists of the measures that they were."""
    lists = measures.select(_LISTS)
    if rows.height != lists.height:
        lists = lists[rows["row"]]
    return rows.drop("row").hstack(lists)


def _apart(rows: pl.DataFrame, partnership: Partnership) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows that stand for themselves, and those that are strata of one figure."""
    is_rate = pl.col("statistic").is_in(_OF_STRATA) & (pl.col("basis") != Basis.PUBLISHED.value)
    texts = rows.filter(is_rate).select(*_INDICATOR, "breakdown").unique()
    if texts.is_empty():
        return rows, rows.clear()
    named = texts.filter(
        pl.Series(
            [
                is_made_of_strata(indicator := partnership.indicators[(name, version)])
                and indicator.strata in breakdown_from_text(text)
                for name, version, text in texts.iter_rows()
            ],
            dtype=pl.Boolean,
        )
    ).with_columns(pl.lit(value=True).alias("is_stratum"))
    marked = rows.join(named, on=[*_INDICATOR, "breakdown"], how="left", maintain_order="left")
    is_stratum = is_rate & pl.col("is_stratum").fill_null(value=False)
    return marked.filter(~is_stratum).drop("is_stratum"), marked.filter(is_stratum).drop("is_stratum")


def _one_for_each_key(together: pl.DataFrame) -> pl.DataFrame:
    """Return each key once: a value before a Reason, and our own rate before the same rate as published."""
    order = together.with_columns(
        pl.col("value").is_null().alias("is_without_value"), (pl.col("basis") != Basis.STRATA.value).alias("is_other")
    ).sort(*PLACE_MEASURE_KEY, "is_without_value", "is_other")
    return order.unique(PLACE_MEASURE_KEY, keep="first", maintain_order=True).select(list(ESTIMATE_COLUMNS))
