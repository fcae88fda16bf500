"""Standard populations: the age structures that directly standardised rates are weighted by."""

import polars as pl

__all__ = ["european_standard_population_2013"]

_EUROPEAN_2013 = (
    ("0-4", 5000),
    ("5-9", 5500),
    ("10-14", 5500),
    ("15-19", 5500),
    ("20-24", 6000),
    ("25-29", 6000),
    ("30-34", 6500),
    ("35-39", 7000),
    ("40-44", 7000),
    ("45-49", 7000),
    ("50-54", 7000),
    ("55-59", 6500),
    ("60-64", 6000),
    ("65-69", 5500),
    ("70-74", 5000),
    ("75-79", 4000),
    ("80-84", 2500),
    ("85-89", 1500),
    ("90+", 1000),
)


def european_standard_population_2013() -> pl.DataFrame:
    """Return the European Standard Population of 2013, in the 19 age bands that England uses.

    Returns:
        A frame of `age_band` ("0-4" … "90+") and `standard_population` (persons, 100,000 in all).

    Source: Eurostat, Revision of the European Standard Population, 2013.

    >>> european_standard_population_2013()["standard_population"].sum()
    100000
    """
    return pl.DataFrame(_EUROPEAN_2013, schema={"age_band": pl.String, "standard_population": pl.Int64}, orient="row")
