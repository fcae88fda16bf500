"""Spec: what neighbourhoods send by age band becomes the life expectancy, and the ratio, of all that they make up."""

from typing import Any

import polars as pl
import pytest

from outcomes import statistics
from outcomes.estimates.estimating import estimate
from outcomes.statistics.life_expectancy import BAND_STARTS
from tests.small_world import benchmark_series
from tests.unit.rollup.world import indicator, measured, sent, world

BANDS = ("0", "1-4", *(f"{start}-{start + 4}" for start in range(5, 90, 5)), "90+")
BY_AGE: dict[str, Any] = {
    "strata": "age_band",
    "breakdowns": [{"dimension": "age_band", "categories": BANDS}],
}
LIVES = indicator("lives", "life_expectancy", multiplier=1, **BY_AGE)
SMR = indicator("smr", "indirectly_standardised_ratio", standard_population="england_deaths", **BY_AGE)
ENGLAND = benchmark_series(
    *(
        {"breakdown": f"age_band={band}", "numerator": 100 + start * start, "denominator": 90_000}
        for band, start in zip(BANDS, BAND_STARTS, strict=True)
    ),
    series_id="england_deaths",
    kind="standard_population",
)


def figures(area: str, times: int) -> list[tuple[str, str, int, int]]:
    """Area, band, deaths and persons: a neighbourhood, or one several times its size and a little less healthy."""
    return [
        (area, band, (3 + start * start // 25) * times + times // 2, 1900 * times)
        for band, start in zip(BANDS, BAND_STARTS, strict=True)
    ]


SENT = [*figures("N1", 1), *figures("N2", 2), *figures("N3", 4)]


def test_the_life_expectancy_of_a_place_is_of_all_its_neighbourhoods_together_never_a_mean_of_theirs() -> None:
    partnership = world(LIVES, SMR, series={"england_deaths": ENGLAND})
    rows = [
        sent("A", area, deaths, persons, breakdown=f"age_band={band}", indicator=name)
        for name in ("lives", "smr")
        for area, band, deaths, persons in SENT
    ]
    found = estimate(measured(partnership, *rows), partnership).frame
    assert found["breakdown"].unique().to_list() == [""]
    assert found["reason"].null_count() == found.height

    for area, parts in {"N1": ["N1"], "P1": ["N1", "N2"], "P2": ["N3"], "S1": ["N1", "N2", "N3"]}.items():
        # by hand: all deaths and persons of the parts, band by band, through the published functions
        summed = (
            pl.DataFrame(SENT, schema=["area", "band", "deaths", "persons"], orient="row")
            .filter(pl.col("area").is_in(parts))
            .group_by("band", maintain_order=True)
            .agg(pl.col("deaths", "persons").sum())
            .with_columns(
                age=pl.Series(BAND_STARTS), england=ENGLAND.frame["numerator"], persons_of_england=90_000, place=1
            )
        )
        lives = statistics.life_expectancy(
            summed, deaths="deaths", population="persons", band_start="age", by="place"
        ).row(0, named=True)
        ratio = statistics.indirectly_standardised_ratio(
            summed,
            numerator="deaths",
            denominator="persons",
            reference_numerator="england",
            reference_denominator="persons_of_england",
            by="place",
        ).row(0, named=True)
        for name, expected in (("lives", lives), ("smr", ratio)):
            (row,) = found.filter(pl.col("area_code") == area, pl.col("indicator_id") == name).rows(named=True)
            for number in ("value", "lower_ci_95", "upper_ci_99_8", "numerator", "denominator"):
                assert row[number] == pytest.approx(expected[number], rel=1e-14), (area, name, number)


def test_a_neighbourhood_that_sends_no_oldest_band_leaves_its_place_without_a_life_expectancy() -> None:
    partnership = world(LIVES)
    rows = [
        sent("A", area, deaths, persons, breakdown=f"age_band={band}", indicator="lives")
        for area, band, deaths, persons in figures("N3", 4)
        if band != "90+"
    ]
    found = estimate(measured(partnership, *rows), partnership).frame.filter(pl.col("area_code") == "P2")
    assert found.select("value", "reason", "detail").rows() == [(None, "cannot be calculated", "missing stratum")]
