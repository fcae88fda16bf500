"""Published values, surveys and standardised rates without their strata are never rolled up."""

from outcomes.vocabulary import Basis, Qualifier, Reason
from tests.unit.rollup.world import indicator, rolled, sent, world

PUBLISHED = indicator(statistic="published_value", level="place")
STANDARDISED = indicator(
    statistic="directly_standardised_rate",
    level="place",
    breakdowns=({"dimension": "age_band", "categories": ("0-64", "65+")},),
    strata="age_band",
    standard_population="esp",
)


def test_a_published_value_stands_for_the_area_that_it_names_and_no_other() -> None:
    found = rolled(
        world(PUBLISHED),
        sent("OHID", "P1", None, value=66.5, lower_ci_95=60.0, upper_ci_95=72.0, value_status="estimated"),
        sent("OHID", "P2", None, value=70.0),
    )
    assert set(found) == {"P1", "P2"}
    assert found["P1"]["basis"] == Basis.PUBLISHED
    assert [found["P1"][name] for name in ("value", "lower_ci_95", "upper_ci_95")] == [66.5, 60.0, 72.0]
    assert (found["P1"]["numerator"], found["P1"]["coverage"]) == (None, None)
    assert found["P1"]["qualifiers"] == [Qualifier.ESTIMATED]
    assert found["P1"]["partner_codes"] == ["OHID"]


def test_a_published_value_that_is_missing_has_its_reason() -> None:
    found = rolled(world(PUBLISHED), sent("OHID", "P1", None, status="suppressed"), sent("OHID", "P2", None))
    assert (found["P1"]["value"], found["P1"]["reason"]) == (None, Reason.CONFIDENTIAL)
    assert (found["P2"]["value"], found["P2"]["reason"]) == (None, Reason.MISSING)


def test_two_published_values_for_one_key_are_disputed() -> None:
    found = rolled(world(PUBLISHED), sent("A", "P1", None, value=1.0), sent("B", "P1", None, value=2.0))["P1"]
    assert (found["value"], found["qualifiers"], found["partner_codes"]) == (1.0, [Qualifier.DISPUTED], ["A"])


def test_a_standardised_rate_without_its_strata_is_taken_as_published() -> None:
    found = rolled(world(STANDARDISED), sent("A", "P1", 50, 100, value=512.5))
    assert set(found) == {"P1"}
    assert (found["P1"]["basis"], found["P1"]["value"]) == (Basis.PUBLISHED, 512.5)


def test_strata_stand_before_a_published_rate_of_the_same_area() -> None:
    rows = [sent("A", "P1", 5, 10, breakdown=f"age_band={age}") for age in ("0-64", "65+")]
    found = rolled(world(STANDARDISED), *rows, sent("A", "P1", None, value=512.5), sent("A", "P2", None, value=400.0))
    assert ("P1", "") not in found
    assert found["P2", ""]["value"] == 400.0


def test_crude_numbers_do_not_make_a_standardised_rate() -> None:
    found = rolled(world(STANDARDISED), sent("A", "P1", 50, 100))["P1"]
    assert (found["reason"], found["detail"]) == (Reason.CANNOT_BE_CALCULATED, "missing stratum")
    assert found["numerator"] is None


def test_a_survey_with_its_own_interval_is_not_recomputed_from_its_counts() -> None:
    survey = indicator(level="place", optional_columns=("lower_ci_95", "upper_ci_95"))
    with_interval = sent("A", "P1", 12, 40, value=31.0, lower_ci_95=20.0, upper_ci_95=44.0)
    found = rolled(world(survey), with_interval, sent("A", "P2", 10, 50))
    assert (found["P1"]["basis"], found["P1"]["value"]) == (Basis.PUBLISHED, 31.0)
    assert (found["P2"]["basis"], found["P2"]["numerator"]) == (Basis.COUNTS, 10)
    assert (found["S1"]["missing_parts"], found["S1"]["numerator"]) == (["P1"], None)


def test_an_interval_that_nobody_asked_for_does_not_make_a_count_a_survey() -> None:
    found = rolled(
        world(indicator(level="place")), sent("A", "P1", 12, 40, value=31.0, lower_ci_95=20.0, upper_ci_95=44.0)
    )["P1"]
    assert (found["basis"], found["numerator"], found["value"]) == (Basis.COUNTS, 12, None)
