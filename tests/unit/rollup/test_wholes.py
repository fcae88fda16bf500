"""The figure of everybody is made from its groups only where it is absent and the groups are everybody."""

from outcomes.vocabulary import Reason
from tests.unit.rollup.world import SEX, counts_of, indicator, rolled, sent, world

AGES = {"dimension": "age_band", "categories": ("0-64", "65+")}
BY_SEX = indicator(level="place", breakdowns=(SEX,))
WOMEN, MEN = "sex=Female", "sex=Male"


def test_the_whole_is_the_exact_sum_of_every_category() -> None:
    rows = [sent("A", "P1", 1, 10, breakdown=WOMEN), sent("A", "P1", 2, 20, breakdown=MEN)]
    found = rolled(world(BY_SEX), *rows)
    assert counts_of(found)["P1", ""] == (3, 30)
    assert (found["P1", ""]["parts_expected"], found["P1", ""]["partner_codes"]) == (1, ["A"])
    # the whole climbs as well, with its own missing part
    assert found["S1", ""]["missing_parts"] == ["P2"]


def test_a_whole_that_was_sent_is_never_replaced() -> None:
    rows = [
        sent("A", "P1", 1, 10, breakdown=WOMEN),
        sent("A", "P1", 2, 20, breakdown=MEN),
        sent("A", "P1", 4, 35),
    ]
    assert counts_of(rolled(world(BY_SEX), *rows))["P1", ""] == (4, 35)


def test_a_suppressed_whole_is_not_recovered_from_its_parts() -> None:
    rows = [
        sent("A", "P1", 1, 10, breakdown=WOMEN),
        sent("A", "P1", 2, 20, breakdown=MEN),
        sent("A", "P1", None, status="suppressed"),
    ]
    assert rolled(world(BY_SEX), *rows)["P1", ""]["reason"] == Reason.CONFIDENTIAL


def test_no_whole_is_made_where_a_category_is_missing_or_has_no_number() -> None:
    assert set(rolled(world(BY_SEX), sent("A", "P1", 1, 10, breakdown=WOMEN))) == {"P1", "S1", "R1", "E92"}
    rows = [sent("A", "P1", 1, 10, breakdown=WOMEN), sent("A", "P1", None, breakdown=MEN, status="suppressed")]
    assert ("P1", "") not in rolled(world(BY_SEX), *rows)


def test_no_whole_is_made_of_a_breakdown_that_is_not_full() -> None:
    half = indicator(level="place", breakdowns=(SEX.model_copy(update={"is_full": False}),))
    rows = [sent("A", "P1", 1, 10, breakdown=WOMEN), sent("A", "P1", 2, 20, breakdown=MEN)]
    assert ("P1", "") not in rolled(world(half), *rows)


def test_crossed_groups_make_both_margins_and_the_whole() -> None:
    crossed = indicator(level="place", breakdowns=(SEX, AGES))
    rows = [
        sent("A", "P1", number, 10 * number, breakdown=f"age_band={age}; {sex}")
        for number, (age, sex) in enumerate(((a, s) for a in ("0-64", "65+") for s in (WOMEN, MEN)), start=1)
    ]
    found = counts_of(rolled(world(crossed), *rows))
    margins = {key: value for (code, key), value in found.items() if code == "P1" and ";" not in key}
    assert margins == {
        WOMEN: (4, 40),
        MEN: (6, 60),
        "age_band=0-64": (3, 30),
        "age_band=65+": (7, 70),
        "": (10, 100),
    }


def test_strata_stay_strata_and_other_groups_of_them_are_added() -> None:
    standardised = indicator(
        statistic="directly_standardised_rate",
        level="place",
        breakdowns=(SEX, AGES),
        strata="age_band",
        standard_population="esp",
    )
    rows = [
        sent("A", "P1", 1, 10, breakdown=f"age_band={age}; {sex}") for age in ("0-64", "65+") for sex in (WOMEN, MEN)
    ]
    found = rolled(world(standardised), *rows)
    made = {key: row for (code, key), row in found.items() if code == "P1" and "sex" not in key}
    assert counts_of(made) == {"age_band=0-64": (2, 20), "age_band=65+": (2, 20)}
    assert {row["basis"] for row in found.values()} == {"strata"}


def test_a_stratum_missing_in_one_part_is_missing_in_the_whole() -> None:
    standardised = indicator(
        statistic="directly_standardised_rate",
        level="place",
        breakdowns=(AGES,),
        strata="age_band",
        standard_population="esp",
    )
    rows = [
        sent("A", "P1", 1, 10, breakdown="age_band=0-64"),
        sent("A", "P1", 2, 10, breakdown="age_band=65+"),
        sent("A", "P2", 3, 10, breakdown="age_band=0-64"),
    ]
    found = rolled(world(standardised), *rows)
    assert counts_of(found)["S1", "age_band=0-64"] == (4, 20)
    assert found["S1", "age_band=65+"]["detail"] == "coverage too low"
    assert found["S1", "age_band=65+"]["missing_parts"] == ["P2"]
