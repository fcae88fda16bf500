"""Finds the weights of an indicator's strata in its standard population."""

import re
from typing import Final

import polars as pl

from outcomes.breakdown import breakdown_from_text
from outcomes.errors import UnknownNameError
from outcomes.framework.model import Indicator
from outcomes.partnership.model import Partnership
from outcomes.statistics import european_standard_population_2013

__all__ = ["BUILT_IN_STANDARD", "standard_weights"]

# the id by which a framework names the built-in European Standard Population of 2013 (capitals do not matter)
BUILT_IN_STANDARD: Final = "esp2013"

_BAND = re.compile(r"(\d{1,3})(?:-(\d{1,3})|\+)\Z", re.ASCII)
_OPEN_END = 999


def standard_weights(indicator: Indicator, partnership: Partnership) -> dict[str, float]:
    """Return the weight of each stratum of an indicator, in the order of its breakdown's categories.

    The standard population is the partnership's reference series of that id, or the built-in European Standard
    Population of 2013 (`esp2013`). Of the built-in one, bands of several five-year bands together (`85+`, `0-14`)
    have the sum of their weights.

    Arguments:
        indicator: A directly standardised rate, with `strata` and `standard_population`.
        partnership: Whose reference series are looked through first.

    Raises:
        UnknownNameError: There is no such standard population, or it has no weight for a stratum.

    Source: Eurostat, Revision of the European Standard Population, 2013.
    """
    name = indicator.standard_population
    categories = next(
        breakdown.categories for breakdown in indicator.breakdowns if breakdown.dimension == indicator.strata
    )
    series = partnership.series.get(name)
    if series is not None:
        known = _weights_of_series(series.frame, indicator.strata)
        found = {category: known.get(category) for category in categories}
    elif name.lower() == BUILT_IN_STANDARD:
        bands = european_standard_population_2013().iter_rows()
        five_years = {span: weight for band, weight in bands if (span := _span(band)) is not None}
        found = {category: _built_in_weight(category, five_years) for category in categories}
    else:
        offered = ", ".join([*sorted(partnership.series), BUILT_IN_STANDARD])
        raise UnknownNameError(
            f"indicator {indicator.id} version {indicator.version}: found standard population {name!r}, expected one "
            f"of {offered}. Name one of these, or add the series to partnership.yaml."
        )
    without = [category for category, weight in found.items() if weight is None]
    if without:
        raise UnknownNameError(
            f"standard population {name!r}: found no weight for {indicator.strata} {', '.join(without)}, expected one "
            f"for each stratum of indicator {indicator.id} version {indicator.version}. Make the bands of both agree."
        )
    return {category: weight for category, weight in found.items() if weight is not None}


def _weights_of_series(frame: pl.DataFrame, dimension: str) -> dict[str, float]:
    weights = {}
    for text, whole, value in frame.select("breakdown", "numerator", "value").iter_rows():
        categories = breakdown_from_text(text)
        weight = whole if whole is not None else value
        # a row for everybody, or for another partition, is no stratum's
        if set(categories) == {dimension} and weight is not None:
            weights[categories[dimension]] = float(weight)
    return weights


def _span(band: str) -> tuple[int, int] | None:
    found = _BAND.match(band)
    if not found:
        return None
    return int(found[1]), int(found[2]) if found[2] else _OPEN_END


def _built_in_weight(category: str, five_years: dict[tuple[int, int], int]) -> float | None:
    span = _span(category)
    if span is None:
        return None
    inside = {band: weight for band, weight in five_years.items() if span[0] <= band[0] and band[1] <= span[1]}
    # the ends must meet: a band that cuts through one of the standard's has no weight
    if not inside or min(inside)[0] != span[0] or max(inside)[1] != span[1]:
        return None
    return float(sum(inside.values()))
