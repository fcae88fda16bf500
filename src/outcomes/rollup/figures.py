"""What roll-up must know of each figure: how its indicator is added up, and where its period lies."""

from itertools import product
from math import prod
from typing import Final

import polars as pl

from outcomes.breakdown import WHOLE, breakdown_from_text, breakdown_text
from outcomes.framework.model import Indicator
from outcomes.partnership.model import Partnership
from outcomes.period import period_starting
from outcomes.rollup.base import FIGURE_KEY
from outcomes.rollup.ladder import Terrain
from outcomes.rollup.populations import population_series
from outcomes.vocabulary import Basis, Combine, PeriodKind, Statistic

__all__ = ["declared_breakdowns", "described", "stratum_of"]

# of one indicator; beyond it the rows are asked which there are
_MOST_BREAKDOWNS: Final = 4096
_INDICATOR: Final = {
    "indicator_id": pl.String,
    "indicator_version": pl.Int32,
    "collected_at": pl.String,
    "is_sum": pl.Boolean,
    "has_denominator": pl.Boolean,
    # whether a row without its submitted denominator is no figure
    "needs_denominator": pl.Boolean,
    "reference": pl.String,
    "denominator_scale": pl.Int64,
    "population": pl.String,
    "is_proportion": pl.Boolean,
    "may_carry_interval": pl.Boolean,
    "is_standardised": pl.Boolean,
}
_BREAKDOWN: Final = {
    "indicator_id": pl.String,
    "indicator_version": pl.Int32,
    "breakdown": pl.String,
    "basis": pl.String,
    "without_stratum": pl.String,
}
_PERIOD: Final = {
    "period_kind": pl.String,
    "period_start": pl.Date,
    "period_end": pl.Date,
    "period": pl.String,
    "regime": pl.UInt32,
}


def stratum_of(indicator: Indicator) -> str:
    """Return the dimension over which an indicator is standardised (life expectancy: its ages); empty for none."""
    return indicator.strata or ("age_band" if indicator.statistic is Statistic.LIFE_EXPECTANCY else "")


def declared_breakdowns(indicator: Indicator) -> list[str]:
    """Return every breakdown that an indicator's partitions allow, crossed or not, and the whole; none if very many.

    >>> sex = {"dimension": "sex", "categories": ("Female", "Male")}
    >>> declared_breakdowns(Indicator(id="a", name="A", statistic="count", numerator_definition="A", source="A",
    ...     licence="A", period="month", level="place", breakdowns=(sex,)))
    ['', 'sex=Female', 'sex=Male']
    """
    choices = [
        [None, *((breakdown.dimension, category) for category in breakdown.categories)]
        for breakdown in indicator.breakdowns
    ]
    if prod(len(choice) for choice in choices) > _MOST_BREAKDOWNS:
        return [WHOLE]
    return [breakdown_text(dict(pair for pair in crossed if pair)) for crossed in product(*choices)]


def described(figures: pl.DataFrame, partnership: Partnership, terrain: Terrain) -> pl.DataFrame:
    """Return the figures with what their indicators and periods say of them.

    Arguments:
        figures: figure and the columns of `FIGURE_KEY`.
        partnership: Whose indicators, series and footprints hold.
        terrain: The same partnership's areas and footprints.

    Returns:
        The same rows in the same order with the columns of the three tables above and is_published.
    """
    used = figures.select("indicator_id", "indicator_version").unique().sort(pl.all())
    of_indicators = [
        _of_indicator(partnership.indicators[indicator_id, version], partnership)
        for indicator_id, version in used.iter_rows()
    ]
    pairs = figures.select("indicator_id", "indicator_version", "breakdown").unique().sort(pl.all())
    of_breakdowns = [
        (indicator_id, version, breakdown, *_of_breakdown(partnership.indicators[indicator_id, version], breakdown))
        for indicator_id, version, breakdown in pairs.iter_rows()
    ]
    of_periods = []
    for kind, first in figures.select("period_kind", "period_start").unique().sort(pl.all()).iter_rows():
        period = period_starting(PeriodKind(kind), first)
        of_periods.append((kind, first, period.last, str(period), terrain.regime_on(period.last)))
    found = figures.select("figure", *FIGURE_KEY)
    for rows, schema in ((of_indicators, _INDICATOR), (of_breakdowns, _BREAKDOWN), (of_periods, _PERIOD)):
        said = pl.DataFrame(rows, schema=schema, orient="row")
        found = found.join(said, on=[n for n in schema if n in FIGURE_KEY], how="left", maintain_order="left")
    return found.with_columns(is_published=pl.col("basis") == Basis.PUBLISHED.value)


def _of_indicator(indicator: Indicator, partnership: Partnership) -> tuple[object, ...]:
    reference = indicator.reference_denominator if indicator.has_denominator else None
    return (
        indicator.id,
        indicator.version,
        indicator.level.value,
        indicator.combine is Combine.SUM_OF_SOURCES,
        indicator.has_denominator,
        indicator.has_denominator and reference is None,
        reference,
        indicator.denominator_scale,
        population_series(partnership.series, reference),
        indicator.statistic is Statistic.PROPORTION and indicator.numerator_scale == indicator.denominator_scale,
        {"lower_ci_95", "upper_ci_95"} <= set(indicator.optional_columns),
        bool(stratum_of(indicator)),
    )


def _of_breakdown(indicator: Indicator, breakdown: str) -> tuple[str, str | None]:
    """The basis of a figure, and for a stratum the breakdown that it is a stratum of."""
    stratum = stratum_of(indicator)
    categories = breakdown_from_text(breakdown)
    if indicator.statistic is Statistic.PUBLISHED_VALUE or (stratum and stratum not in categories):
        return Basis.PUBLISHED.value, None
    if not stratum:
        return Basis.COUNTS.value, None
    rest = {name: category for name, category in categories.items() if name != stratum}
    return Basis.STRATA.value, breakdown_text(rest)
