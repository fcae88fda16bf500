"""Gathers what each indicator asks of its estimate: the statistic, the named method, the multiplier and the scales."""

from collections.abc import Iterable
from typing import Final

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.framework.model import Indicator
from outcomes.partnership.model import Partnership
from outcomes.statistics import METHODS, method_named
from outcomes.vocabulary import AS_PUBLISHED, NumeratorKind, Statistic

__all__ = ["DEFAULT_METHODS", "estimation_terms", "interval_method", "is_made_of_strata"]

# the interval method of each statistic whose indicator names none
DEFAULT_METHODS: Final[dict[Statistic, str]] = {
    Statistic.PROPORTION: "wilson",
    Statistic.CRUDE_RATE: "exact_or_byar",
    Statistic.COUNT: "exact_or_byar",
    Statistic.MEAN: "student_t",
    Statistic.DIRECTLY_STANDARDISED_RATE: "dobson_byar",
    Statistic.INDIRECTLY_STANDARDISED_RATIO: "exact_or_byar",
    Statistic.LIFE_EXPECTANCY: "chiang_silcocks",
}

# figures do not say how many events each person had
_NEEDS_MORE_THAN_COUNTS: Final = ("dobson_byar_repeat_events",)

_TERMS: Final[dict[str, pl.DataType]] = {
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "statistic": pl.String(),
    "named_method": pl.String(),
    "multiplier": pl.Float64(),
    "numerator_scale": pl.Int64(),
    "denominator_scale": pl.Int64(),
    "design_effect": pl.Float64(),
}


def is_made_of_strata(indicator: Indicator) -> bool:
    """Return whether an indicator's value is worked out here from the strata of its breakdown.

    A directly standardised rate always is. An indirectly standardised ratio is where it has strata and a standard
    population, whose rates are the expected ones; a life expectancy where it has strata, its age bands; either not
    where its method is `as_published`.

    >>> deaths = Indicator(
    ...     id="smr", name="Deaths", statistic="indirectly_standardised_ratio", numerator_definition="deaths",
    ...     denominator_definition="residents", period="financial_year", level="place", source="us", licence="OGL")
    >>> is_made_of_strata(deaths)
    False
    """
    if indicator.statistic is Statistic.DIRECTLY_STANDARDISED_RATE:
        return True
    if not indicator.strata or indicator.method == AS_PUBLISHED:
        return False
    is_ratio = indicator.statistic is Statistic.INDIRECTLY_STANDARDISED_RATIO and bool(indicator.standard_population)
    return is_ratio or indicator.statistic is Statistic.LIFE_EXPECTANCY


def interval_method(indicator: Indicator) -> str | None:
    """Return the name of the method that gives an indicator's interval, or None where its value has none of ours.

    A count that is no count of events (`numerator: number`, or one that may be negative) has no Poisson interval. A
    ratio or life expectancy that is not made of strata is only taken as published.

    Arguments:
        indicator: The definition; its `method`, where empty, is the statistic's default.

    Raises:
        UnknownNameError: The named method is unknown, or is not one for the statistic.

    >>> smokers = Indicator(
    ...     id="smoking", name="Smokers", statistic="proportion", numerator_definition="smokers", period="month",
    ...     denominator_definition="asked", level="place", source="us", licence="OGL")
    >>> interval_method(smokers)
    'wilson'
    """
    statistic = indicator.statistic
    if statistic not in DEFAULT_METHODS:
        return None
    if statistic is Statistic.COUNT and (indicator.numerator is NumeratorKind.NUMBER or indicator.allow_negative):
        return None
    if statistic in (Statistic.INDIRECTLY_STANDARDISED_RATIO, Statistic.LIFE_EXPECTANCY) and not is_made_of_strata(
        indicator
    ):
        return None
    name = indicator.method or DEFAULT_METHODS[statistic]
    offered = [
        method.name
        for method in METHODS
        if statistic in method.statistics and method.name not in (AS_PUBLISHED, *_NEEDS_MORE_THAN_COUNTS)
    ]
    if name not in offered:
        where = f"indicator {indicator.id} version {indicator.version}"
        found = method_named(name).title if name in {method.name for method in METHODS} else "no method that we know"
        raise UnknownNameError(
            f"{where}: method {name!r} is {found}; for a {statistic.value.replace('_', ' ')} we expect one of "
            f"{', '.join(offered)}. Correct it in the framework's indicators.yaml, or leave it empty."
        )
    return name


def estimation_terms(keys: Iterable[tuple[str, int]], partnership: Partnership) -> pl.DataFrame:
    """Return one row an indicator: its statistic, method, multiplier, scales and design effect.

    Arguments:
        keys: The (id, version) of each indicator that has place measures.
        partnership: Whose frameworks define them.

    Raises:
        UnknownNameError: No framework defines an indicator, or its method is none for its statistic.
    """
    rows = []
    for key in sorted(keys):
        indicator = partnership.indicators.get(key)
        if indicator is None:
            raise UnknownNameError(
                f"place measures: found indicator {key[0]!r} version {key[1]}, expected one that a framework of the "
                "partnership defines. Add it to a framework, or leave its rows out."
            )
        rows.append(
            (
                *key,
                indicator.statistic.value,
                interval_method(indicator),
                indicator.multiplier,
                indicator.numerator_scale,
                indicator.denominator_scale,
                indicator.design_effect,
            )
        )
    return pl.DataFrame(rows, schema=_TERMS, orient="row")
