"""Spec: what an analyst asks of standardised figures, lives, fifths and ranks, and what each answer says of itself."""

import polars as pl

from outcomes import statistics
from outcomes.statistics.life_expectancy import BAND_STARTS

BANDS = ["0-64", "65-79", "80+"]
ENGLAND = pl.DataFrame(
    {"age_band": BANDS, "england_deaths": [900, 2000, 4000], "england_population": [450_000, 100_000, 50_000]}
)
PLACES = pl.DataFrame(
    {
        "area_code": ["castlewick"] * 3 + ["eastvale"] * 3 + ["northam"] * 2,
        "age_band": [*BANDS, *BANDS, "0-64", "65-79"],
        "deaths": [12, 30, 48, 1, 2, 3, 4, 9],
        "population": [6000, 1000, 500, 900, 100, 50, 2000, 400],
    }
).join(ENGLAND, on="age_band", maintain_order="left")


def test_a_ratio_sets_each_places_deaths_against_those_expected_at_englands_rates() -> None:
    ratios = statistics.indirectly_standardised_ratio(
        PLACES,
        numerator="deaths",
        denominator="population",
        reference_numerator="england_deaths",
        reference_denominator="england_population",
        by="area_code",
        stratum="age_band",
        strata_expected=BANDS,
    )
    # castlewick expects 6000·0.002 + 1000·0.02 + 500·0.08 = 72 deaths
    assert ratios.select("area_code", "numerator", pl.col("denominator").round(6), "value", "detail").rows() == [
        ("castlewick", 90.0, 72.0, 125.0, None),
        ("eastvale", 6.0, 7.8, 6 / 7.8 * 100, None),
        ("northam", 13.0, 12.0, None, "missing stratum"),
    ]
    # the limits of 90 deaths by Byar: 72.37 and 110.63
    assert ratios.select(pl.col("lower_ci_95", "upper_ci_95").round(1)).row(0) == (100.5, 153.6)


def test_admissions_of_the_same_persons_say_less_than_as_many_of_others() -> None:
    admissions = pl.DataFrame(
        {
            "area_code": ["castlewick"] * 2 + ["eastvale"],
            "age_band": ["65+"] * 3,
            "persons": [10, 10, 40],
            "admissions_each": [1, 3, 1],
            "population": [1000] * 3,
            "standard_population": [1] * 3,
        }
    )
    rates = statistics.directly_standardised_rate_of_repeat_events(
        admissions,
        persons="persons",
        events_each="admissions_each",
        denominator="population",
        standard_population="standard_population",
        stratum="age_band",
        by="area_code",
        multiplier=1000,
    )
    assert rates["value"].to_list() == [40.0, 40.0]
    widths = rates.select(pl.col("upper_ci_95") - pl.col("lower_ci_95"))["upper_ci_95"]
    assert widths[0] > 1.5 * widths[1]


def test_a_small_place_has_no_life_expectancy_rather_than_a_wild_one() -> None:
    def place(area_code: str, persons: int) -> pl.DataFrame:
        return pl.DataFrame({"area_code": area_code, "age": BAND_STARTS, "population": persons}).with_columns(
            deaths=1 + pl.col("age") * persons // 700
        )

    lives = statistics.life_expectancy(
        pl.concat([place("castlewick", 2000), place("eastvale", 200)]),
        deaths="deaths",
        population="population",
        band_start="age",
        by="area_code",
    ).filter(pl.col("age") == 0)
    assert lives.select("area_code", "reason", "detail").rows() == [
        ("castlewick", None, None),
        ("eastvale", "cannot be calculated", "population too small"),
    ]


def test_fifths_are_named_by_their_rule_and_not_given_of_a_handful_of_areas() -> None:
    areas = pl.DataFrame({"value": [float(value) for value in range(1, 13)]})
    fifths = {
        rule: areas.select(statistics.quantile("value", method=rule).struct.field("quantile"))["quantile"].to_list()
        for rule in ("fingertips_quintile", "ntile", "phe_quantile")
    }
    assert fifths == {
        "fingertips_quintile": [1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5],
        "ntile": [1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5],
        "phe_quantile": [1, 1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5],
    }
    handful = areas.head(9).select(statistics.quantile("value").struct.unnest())
    assert set(handful["detail"]) == {"too few points"}


def test_a_rank_says_with_whom_it_is_shared_and_between_which_ranks_the_true_one_may_lie() -> None:
    areas = pl.DataFrame(
        {
            "area_code": ["castlewick", "eastvale", "northam", "southam"],
            "value": [80.0, 62.0, 62.0, 60.0],
            "lower_ci_95": [78.0, 58.0, 57.0, 55.0],
            "upper_ci_95": [82.0, 66.0, 67.0, 65.0],
        }
    )
    table = statistics.ranks(areas, value="value", lower="lower_ci_95", upper="upper_ci_95")
    assert table.select("area_code", "rank", "rank_lower", "rank_upper").rows() == [
        ("castlewick", "1st", 1, 1),
        ("eastvale", "joint 2nd–3rd", 2, 4),
        ("northam", "joint 2nd–3rd", 2, 4),
        ("southam", "4th", 2, 4),
    ]
