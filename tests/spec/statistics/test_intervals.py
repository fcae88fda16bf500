"""Spec: a value comes with its intervals or with a reason, for any frame an analyst has."""

import doctest
import importlib
import pkgutil

import polars as pl
import pytest

from outcomes import statistics
from outcomes.vocabulary import Detail, Polarity, Reason

PLACES = pl.DataFrame(
    {
        "area_code": ["castlewick", "eastvale", "northam", "southam"],
        "deaths": [7, 120, None, 4],
        "population": [21_000, 310_000, 40_000, 0],
    }
)


def test_intervals_are_added_to_an_analysts_own_frame_in_one_line() -> None:
    frame = PLACES.with_columns(statistics.crude_rate("deaths", "population", multiplier=100_000).struct.unnest())
    assert frame.columns == [
        "area_code", "deaths", "population", "value",
        "lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8", "reason", "detail",
    ]  # fmt: skip
    castlewick = frame.row(0, named=True)
    # 7 events: the exact limits of a Poisson count are 2.8144 and 14.4227
    assert round(castlewick["value"], 2) == 33.33
    assert (round(castlewick["lower_ci_95"], 2), round(castlewick["upper_ci_95"], 2)) == (13.40, 68.68)


def test_a_missing_value_always_has_a_reason_and_stays_missing() -> None:
    frame = PLACES.with_columns(statistics.crude_rate("deaths", "population").struct.unnest())
    assert frame.filter(pl.col("value").is_null()).select("area_code", "reason", "detail").rows() == [
        ("northam", Reason.MISSING, None),
        ("southam", Reason.CANNOT_BE_CALCULATED, Detail.ZERO_DENOMINATOR),
    ]


def test_a_comparison_never_calls_a_place_without_a_value_similar() -> None:
    frame = PLACES.with_columns(statistics.crude_rate("deaths", "population").struct.unnest())
    words = frame.select(statistics.compare_with_benchmark(benchmark=30.0, polarity=Polarity.LOWER_IS_BETTER))
    assert words["comparison"].to_list() == ["similar", "worse", "not compared", "not compared"]


def test_a_rate_is_standardised_to_the_european_population_and_an_absent_age_band_is_noticed() -> None:
    standard = statistics.european_standard_population_2013()
    bands = pl.concat(
        standard.with_columns(pl.lit(area).alias("area_code"), pl.lit(deaths).alias("deaths"), population=5000)
        for area, deaths in (("castlewick", 3), ("eastvale", 4))
    ).filter(~((pl.col("area_code") == "eastvale") & (pl.col("age_band") == "90+")))
    rates = statistics.directly_standardised_rate(
        bands,
        numerator="deaths",
        denominator="population",
        standard_population="standard_population",
        by="area_code",
        stratum="age_band",
        strata_expected=standard["age_band"].to_list(),
    )
    assert rates.select("area_code", pl.col("value").round(6), "detail").rows() == [
        ("castlewick", 60.0, None),
        ("eastvale", None, Detail.MISSING_STRATUM),
    ]


def test_the_method_that_is_named_on_a_page_explains_itself() -> None:
    method = statistics.method_named("exact_or_byar")
    assert method.title == "Exact Poisson limits below 10 events, otherwise Byar's method"
    assert "Breslow" in method.references[0]


MODULES = sorted(module.name for module in pkgutil.iter_modules(statistics.__path__))


@pytest.mark.parametrize("module", MODULES)
def test_every_example_in_the_documentation_runs(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"outcomes.statistics.{module}"))
    assert result.failed == 0
    assert result.attempted > 0
