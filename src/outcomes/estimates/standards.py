"""Finds what an indicator's strata are standardised by: weights or rates of a standard population, or their ages."""

import re
from typing import Final

import polars as pl

from outcomes.breakdown import breakdown_from_text
from outcomes.errors import UnknownNameError
from outcomes.framework.model import Indicator
from outcomes.partnership.model import Partnership
from outcomes.statistics import european_standard_population_2013
from outcomes.statistics.life_expectancy import BAND_STARTS

__all__ = ["BUILT_IN_STANDARD", "band_starts", "standard_rates", "standard_weights"]

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
    categories = _strata_of(indicator)
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


def standard_rates(indicator: Indicator, partnership: Partnership) -> dict[str, tuple[float, float]]:
    """Return the events and persons of each stratum in the standard population of an indirectly standardised ratio.

    The standard population is the partnership's reference series of that id, of which each stratum's row has events
    in `numerator` and persons in `denominator`.

    Arguments:
        indicator: An indirectly standardised ratio, with `strata` and `standard_population`.
        partnership: Whose reference series are looked through.

    Raises:
        UnknownNameError: There is no such series, or it has no rate for a stratum.
    """
    name = indicator.standard_population
    series = partnership.series.get(name)
    where = f"indicator {indicator.id} version {indicator.version}"
    if series is None:
        offered = ", ".join(sorted(partnership.series)) or "none; there is no series"
        raise UnknownNameError(
            f"{where}: found standard population {name!r}, expected a reference series with events and persons, one "
            f"of {offered}. Name one of these, or add the series to partnership.yaml."
        )
    rates = {}
    for text, events, persons in series.frame.select("breakdown", "numerator", "denominator").iter_rows():
        categories = breakdown_from_text(text)
        if set(categories) == {indicator.strata} and events is not None and persons is not None:
            rates[categories[indicator.strata]] = (float(events), float(persons))
    without = [category for category in _strata_of(indicator) if category not in rates]
    if without:
        raise UnknownNameError(
            f"standard population {name!r}: found no events and persons for {indicator.strata} {', '.join(without)}, "
            f"expected both for each stratum of {where}. Write them in numerator and denominator."
        )
    return {category: rates[category] for category in _strata_of(indicator)}


def band_starts(indicator: Indicator) -> dict[str, int]:
    """Return the first age of each age band of a life expectancy, which must have the 20 bands of a life table.

    Arguments:
        indicator: A life expectancy, with `strata`: `0` (or `<1`, `0-0`), `1-4`, `5-9` … `85-89`, `90+`.

    Raises:
        UnknownNameError: The bands are not those 20.

    Source: Eayres DP, Williams ES, Journal of Epidemiology and Community Health 2004;58:243-9.
    """
    ends = [start - 1 for start in BAND_STARTS[1:]] + [_OPEN_END]
    spans = dict(zip(zip(BAND_STARTS, ends, strict=True), BAND_STARTS, strict=True))
    # (-1, -1) is the span of no band
    found = {category: spans.get(_infants_or_span(category) or (-1, -1)) for category in _strata_of(indicator)}
    strange = [category for category, start in found.items() if start is None]
    starts = {category: start for category, start in found.items() if start is not None}
    if strange or sorted(starts.values()) != list(BAND_STARTS):
        raise UnknownNameError(
            f"indicator {indicator.id} version {indicator.version}: found {indicator.strata} "
            f"{', '.join(strange) or ', '.join(found)}, expected the 20 bands 0, 1-4, 5-9 and so on to 85-89, 90+. "
            "Correct the categories, or leave strata empty where the life expectancy is taken as published."
        )
    return starts


def _infants_or_span(category: str) -> tuple[int, int] | None:
    return (0, 0) if category in ("0", "<1") else _span(category)


def _strata_of(indicator: Indicator) -> tuple[str, ...]:
    return next(breakdown.categories for breakdown in indicator.breakdowns if breakdown.dimension == indicator.strata)


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
