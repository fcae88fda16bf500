"""What an indicator asks of its estimate: its method, and the weights of its strata."""

import pytest

from outcomes.errors import UnknownNameError
from outcomes.estimates.estimating import estimate
from outcomes.estimates.standards import standard_weights
from outcomes.estimates.terms import interval_method
from outcomes.framework.model import Indicator
from tests.small_world import benchmark_series, indicator, measures, world


def _rate(*bands: str, standard: str = "ESP2013") -> Indicator:
    breakdowns = [{"dimension": "age_band", "categories": bands}]
    return indicator(
        statistic="directly_standardised_rate", strata="age_band", standard_population=standard, breakdowns=breakdowns
    )


def test_a_method_that_is_not_for_the_statistic_is_refused_with_those_that_are() -> None:
    with pytest.raises(UnknownNameError, match="'byar' is Byar's method; for a proportion we expect one of wilson"):
        interval_method(indicator(method="byar"))


def test_a_method_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="'wald' is no method that we know"):
        interval_method(indicator(method="wald"))


def test_a_wrong_method_of_an_indicator_without_figures_does_no_harm() -> None:
    partnership = world([indicator(), indicator("other", method="wald")])
    assert estimate(measures({"numerator": 1, "denominator": 2}), partnership).frame.height == 1


def test_figures_of_an_indicator_that_nobody_defined_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="found indicator 'ghosts' version 1"):
        estimate(measures({"indicator_id": "ghosts", "numerator": 1}), world([indicator()]))


def test_wider_bands_have_the_sum_of_the_built_in_weights() -> None:
    assert standard_weights(_rate("0-4", "5-64", "65-84", "85+"), world([])) == {
        "0-4": 5000.0,
        "5-64": 75_500.0,
        "65-84": 17_000.0,
        "85+": 2500.0,
    }


@pytest.mark.parametrize("band", ["0-3", "64+", "old", "90-99"])
def test_a_band_that_cuts_through_the_standard_population_is_refused(band: str) -> None:
    with pytest.raises(UnknownNameError, match=f"no weight for age_band {band.replace('+', '.')}"):
        standard_weights(_rate("0-4", band), world([]))


def test_a_series_of_the_partnership_comes_before_the_built_in_standard() -> None:
    rows = [{"breakdown": "age_band=0-64", "numerator": 4}, {"breakdown": "age_band=65+", "numerator": 1}]
    other = [{"breakdown": "", "numerator": 5}, {"breakdown": "age_band=65+; sex=Female", "numerator": 9}]
    series = benchmark_series(*rows, *other, series_id="ours", kind="standard_population")
    weights = standard_weights(_rate("0-64", "65+", standard="ours"), world([], series=[series]))
    assert weights == {"0-64": 4.0, "65+": 1.0}


def test_an_unknown_standard_population_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="found standard population 'mars', expected one of esp2013"):
        standard_weights(_rate("0-64", standard="mars"), world([]))
