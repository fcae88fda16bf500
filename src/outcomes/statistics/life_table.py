"""The abridged life table of 20 age bands: the years expected at the start of each, and their standard error."""

from itertools import pairwise

import polars as pl

__all__ = ["BAND_STARTS", "life_table"]

BAND_STARTS: tuple[int, ...] = (0, 1, *range(5, 95, 5))
"""The first age of each of the 20 bands: under 1, 1 to 4, then five years each, and 90 and above."""

_YEARS = tuple(float(after - before) for before, after in pairwise(BAND_STARTS))
_INFANTS_LIVE = 0.1
_OTHERS_LIVE = 0.5
_BORN = 100_000.0


def life_table(groups: pl.DataFrame) -> list[pl.DataFrame]:
    """Return, for each of the 20 bands from the youngest, one row a group.

    Those who die in a band live on average half of it, infants a tenth of their year. Impossible figures give
    numbers without meaning (NaN, inf), which the caller refuses.

    Args:
        groups: `deaths` and `population`: lists of 20 Float64 a group, in order of age; or missing.

    Returns:
        Of each band `numerator` (deaths) and `denominator` (persons) at its first age and above, `years` (expected
        at that age) and `standard_error` (of those years).

    Source: Chiang CL, 1968; Newell C, 1994; Silcocks PBS et al., 2001 (the last band's part in the variance).

    >>> one = pl.DataFrame({"deaths": [[1.0] * 19 + [50.0]], "population": [[100.0] * 20]})
    >>> life_table(one)[19].select("denominator", "years").row(0)
    (100.0, 2.0)
    """
    last = len(_YEARS)
    deaths = [groups["deaths"].list.get(place, null_on_oob=True) for place in range(last + 1)]
    persons = [groups["population"].list.get(place, null_on_oob=True) for place in range(last + 1)]
    rates = [died / lived for died, lived in zip(deaths, persons, strict=True)]
    share_lived = [_INFANTS_LIVE] + [_OTHERS_LIVE] * last

    alive = [pl.Series([_BORN] * groups.height, dtype=pl.Float64)]
    dying: list[pl.Series] = []
    for place, width in enumerate(_YEARS):
        dying.append(_chance_of_dying(deaths[place], persons[place], width, share_lived[place]))
        alive.append(alive[place] * (1.0 - dying[place]))

    numerator, denominator = deaths[last], persons[last]
    years_to_come = alive[last] / rates[last]
    expected = _years_expected(years_to_come, alive[last])
    variance_to_come = (
        (alive[last] / 2.0)
        * (alive[last] / 2.0)
        * _or_none(4.0 / deaths[last] / rates[last] / rates[last], deaths[last])
    )
    bands = [_band(numerator, denominator, expected, variance_to_come, alive[last])]
    for place in reversed(range(last)):
        width, lived = _YEARS[place], share_lived[place]
        lost = alive[place] - alive[place + 1]
        numerator, denominator = numerator + deaths[place], denominator + persons[place]
        # what a death here costs: the rest of the band and all the years after it
        cost = (1.0 - lived) * width + expected
        chance = dying[place]
        variance = _or_none(chance * chance * (1.0 - chance) / deaths[place], deaths[place])
        variance_to_come = variance_to_come + alive[place] * alive[place] * cost * cost * variance
        years_to_come = years_to_come + width * (alive[place + 1] + lived * lost)
        expected = _years_expected(years_to_come, alive[place])
        bands.append(_band(numerator, denominator, expected, variance_to_come, alive[place]))
    return bands[::-1]


def _chance_of_dying(deaths: pl.Series, persons: pl.Series, width: float, lived: float) -> pl.Series:
    """Return the chance that one who is alive at a band's start dies in it; never more than 1."""
    years_at_risk = deaths / persons * width
    chance = years_at_risk / (1.0 + years_at_risk * (1.0 - lived))
    return chance.clip(upper_bound=1.0)


def _or_none(variance: pl.Series, deaths: pl.Series) -> pl.Series:
    """Return a variance that is 0 where nobody died."""
    return variance.zip_with(deaths != 0, pl.Series([0.0], dtype=pl.Float64).new_from_index(0, len(deaths)))


def _years_expected(years: pl.Series, alive: pl.Series) -> pl.Series:
    """Return the years to come for each of those alive; none where nobody is."""
    return (years / alive).zip_with(alive != 0, pl.Series([0.0], dtype=pl.Float64).new_from_index(0, len(alive)))


def _band(
    numerator: pl.Series, denominator: pl.Series, expected: pl.Series, variance: pl.Series, alive: pl.Series
) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "numerator": numerator,
            "denominator": denominator,
            "years": expected,
            "standard_error": (variance / (alive * alive)).sqrt(),
        }
    )
