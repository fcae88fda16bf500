"""Ratios and lives that are worked out from strata: what they need, and what they are without it."""

from typing import Any

import polars as pl
import pytest

from outcomes import statistics
from outcomes.errors import UnknownNameError
from outcomes.estimates.estimating import estimate
from outcomes.estimates.standards import band_starts, standard_rates
from outcomes.estimates.terms import interval_method, is_made_of_strata
from outcomes.framework.model import Indicator
from outcomes.reference_series import ReferenceSeries
from outcomes.statistics.life_expectancy import BAND_STARTS
from tests.small_world import Row, benchmark_series, indicator, measures, world

BANDS = ("0", "1-4", *(f"{start}-{start + 4}" for start in range(5, 90, 5)), "90+")
DEATHS = (5, 1, 1, 1, 2, 4, 5, 6, 8, 12, 18, 28, 40, 60, 90, 130, 190, 260, 280, 340)
PERSONS = (1000, 4000, *[5000] * 13, 4000, 3000, 2000, 1500, 1300)


def smr(**terms: Any) -> Indicator:
    bands = [{"dimension": "age_band", "categories": ("0-64", "65+")}]
    given = {"multiplier": 100.0, "strata": "age_band", "standard_population": "england_deaths", "breakdowns": bands}
    return indicator("smr", **{"statistic": "indirectly_standardised_ratio", **given, **terms})


def years(bands: tuple[str, ...] = BANDS, **terms: Any) -> Indicator:
    breakdowns = [
        {"dimension": "age_band", "categories": bands},
        {"dimension": "sex", "categories": ("Female", "Male")},
    ]
    given: dict[str, Any] = {"multiplier": 1.0, "strata": "age_band", "breakdowns": breakdowns}
    return indicator("years", **{"statistic": "life_expectancy", **given, **terms})


def england(*rows: tuple[str, int | None, int | None]) -> ReferenceSeries:
    return benchmark_series(
        *({"breakdown": text, "numerator": events, "denominator": persons} for text, events, persons in rows),
        series_id="england_deaths",
        kind="standard_population",
    )


ENGLAND = england(("age_band=0-64", 200, 100_000), ("age_band=65+", 800, 20_000), ("", 9, 9))


def stratum(indicator_id: str, text: str, **figures: Any) -> Row:
    return {"indicator_id": indicator_id, "basis": "strata", "breakdown": text, **figures}


def lives(**changed: Row) -> list[Row]:
    return [
        stratum("years", f"age_band={band}", **{"numerator": died, "denominator": lived, **changed.get(f"_{band}", {})})
        for band, died, lived in zip(BANDS, DEATHS, PERSONS, strict=True)
    ]


def one(rows: list[Row], *indicators: Indicator, series: list[ReferenceSeries] | None = None) -> dict[str, Any]:
    (found,) = estimate(measures(*rows), world(indicators, series=series or [])).frame.iter_rows(named=True)
    return found


def test_a_ratio_is_made_of_the_strata_and_the_rates_of_its_standard_population() -> None:
    rows = [
        stratum("smr", "age_band=0-64", numerator=10, denominator=10_000),
        stratum("smr", "age_band=65+", numerator=80, denominator=1000, coverage=0.95, qualifiers=["partial"]),
    ]
    found = one(rows, smr(), series=[ENGLAND])
    # expected: 10,000 · 0.002 + 1,000 · 0.04 = 60
    assert found["value"] == pytest.approx(150.0, rel=1e-14)
    assert (found["numerator"], found["denominator"]) == (90.0, pytest.approx(60.0, rel=1e-14))
    assert (found["breakdown"], found["basis"], found["method"]) == ("", "strata", "exact_or_byar")
    assert (found["coverage"], found["qualifiers"]) == (0.95, ["partial"])
    count = pl.DataFrame({"x": [90]}).select(statistics.count("x").struct.unnest()).row(0, named=True)
    assert found["upper_ci_99_8"] == pytest.approx(count["upper_ci_99_8"] / 60 * 100, rel=1e-13)


def test_a_ratio_may_name_another_poisson_method() -> None:
    rows = [stratum("smr", f"age_band={band}", numerator=n, denominator=1000) for band, n in (("0-64", 2), ("65+", 30))]
    plain, exact = (one(rows, smr(method=name), series=[ENGLAND]) for name in ("", "exact"))
    assert (plain["method"], exact["method"]) == ("exact_or_byar", "exact")
    assert plain["value"] == exact["value"]
    assert plain["lower_ci_95"] != exact["lower_ci_95"]


def test_a_life_expectancy_at_birth_is_made_of_the_twenty_bands_for_each_group() -> None:
    women = [{**row, "breakdown": f"{row['breakdown']}; sex=Female"} for row in lives()]
    frame = estimate(measures(*lives(), *women), world([years()])).frame
    bands = pl.DataFrame({"a": "E1", "age": BAND_STARTS, "deaths": DEATHS, "persons": PERSONS})
    table = statistics.life_expectancy(bands, deaths="deaths", population="persons", band_start="age", by="a")
    at_birth = table.row(0, named=True)
    assert frame["breakdown"].to_list() == ["", "sex=Female"]
    for found in frame.iter_rows(named=True):
        assert (found["basis"], found["method"]) == ("strata", "chiang_silcocks")
        for name in ("value", "lower_ci_95", "upper_ci_99_8", "numerator", "denominator"):
            assert found[name] == at_birth[name]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": "missing", "numerator": None}, ("missing", None)),
        ({"reason": "confidential", "numerator": None, "denominator": None}, ("confidential", None)),
        ({"numerator": 0, "denominator": 0}, ("cannot be calculated", "zero denominator")),
        ({"numerator": 6000}, ("cannot be calculated", "impossible input")),
        ({"breakdown": "age_band=5-10"}, ("cannot be calculated", "impossible input")),
    ],
)
def test_a_life_table_with_one_band_wrong_has_a_reason_and_no_value(changed: Row, said: tuple[str, str | None]) -> None:
    found = one(lives(**{"_5-9": changed}), years())
    assert (found["value"], found["method"], found["reason"], found["detail"]) == (None, None, *said)


def test_an_absent_stratum_leaves_a_ratio_and_a_life_without_a_value() -> None:
    assert one(lives()[1:], years())["detail"] == "missing stratum"
    rows = [stratum("smr", "age_band=65+", numerator=80, denominator=1000)]
    assert one(rows, smr(), series=[ENGLAND])["detail"] == "missing stratum"


def test_a_place_too_small_for_a_life_expectancy_says_so() -> None:
    rows = [{**row, "numerator": 1, "denominator": 200} for row in lives()]
    assert one(rows, years())["detail"] == "population too small"


def test_counts_of_everybody_lack_their_strata() -> None:
    for rows, made in (([{"indicator_id": "years"}], years()), ([{"indicator_id": "smr"}], smr())):
        found = one([{**rows[0], "numerator": 12, "denominator": 100}], made, series=[ENGLAND])
        assert (found["value"], found["reason"], found["detail"]) == (None, "cannot be calculated", "missing stratum")


def test_published_values_stand_beside_those_worked_out_and_give_way_to_them() -> None:
    published = {"indicator_id": "years", "basis": "published", "value": 70.0, "lower_ci_95": 69.0, "upper_ci_95": 71.0}
    elsewhere = {**published, "area_code": "SYS1"}
    frame = estimate(measures(published, elsewhere), world([years()])).frame
    assert frame["method"].to_list() == ["as_published", "as_published"]
    frame = estimate(measures(*lives(), elsewhere), world([years()])).frame
    assert dict(frame.select("area_code", "method").iter_rows()) == {"PL1": "chiang_silcocks", "SYS1": "as_published"}


@pytest.mark.parametrize(
    ("made", "method"),
    [
        (smr(), "exact_or_byar"),
        (smr(standard_population=""), None),
        (smr(method="as_published"), None),
        (smr(strata="", standard_population=""), None),
        (years(), "chiang_silcocks"),
        (years(strata=""), None),
        (years(method="as_published"), None),
    ],
)
def test_what_is_worked_out_is_what_has_strata_and_is_not_taken_as_published(
    made: Indicator, method: str | None
) -> None:
    assert is_made_of_strata(made) is (method is not None)
    assert interval_method(made) == method
    if method is None:
        rows = [stratum(made.id, "age_band=65+" if made.id == "smr" else "age_band=90+", numerator=1, denominator=9)]
        assert one(rows, made)["reason"] == "not available"


def test_a_method_that_needs_more_than_counts_or_is_of_another_statistic_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="for a life expectancy we expect one of chiang_silcocks"):
        interval_method(years(method="byar"))
    with pytest.raises(UnknownNameError, match="expect one of byar, exact, exact_or_byar"):
        interval_method(smr(method="dobson_byar"))
    rate = smr(statistic="directly_standardised_rate", method="dobson_byar_repeat_events")
    with pytest.raises(UnknownNameError, match=r"we expect one of dobson_byar\. Correct"):
        interval_method(rate)


def test_a_standard_population_without_rates_is_refused_with_what_it_lacks() -> None:
    with pytest.raises(UnknownNameError, match="found standard population 'england_deaths', expected a reference"):
        standard_rates(smr(), world([]))
    bare = england(("age_band=0-64", 200, 100_000), ("age_band=65+", 800, None))
    with pytest.raises(UnknownNameError, match="no events and persons for age_band 65"):
        standard_rates(smr(), world([], series=[bare]))
    assert standard_rates(smr(), world([], series=[ENGLAND])) == {"0-64": (200.0, 100_000.0), "65+": (800.0, 20_000.0)}


@pytest.mark.parametrize("infants", ["0", "<1", "0-0"])
def test_infants_have_several_names(infants: str) -> None:
    assert list(band_starts(years((infants, *BANDS[1:]))).values()) == list(BAND_STARTS)


@pytest.mark.parametrize(
    ("bands", "named"),
    [
        (BANDS[1:], "1-4, 5-9"),
        ((*BANDS[:-2], "85+"), "found age_band 85"),
        (("0-4", *BANDS[2:]), "found age_band 0-4"),
        (("0", "<1", *BANDS[1:]), "found age_band 0, <1"),
    ],
)
def test_bands_other_than_those_of_a_life_table_are_refused(bands: tuple[str, ...], named: str) -> None:
    with pytest.raises(UnknownNameError, match=named):
        band_starts(years(bands))
