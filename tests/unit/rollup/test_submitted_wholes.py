"""What somebody gave for a whole whose measure is the sum of its parts is kept beside it, never in its place."""

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from outcomes.estimates.estimating import estimate
from outcomes.judgement.judging import judge
from outcomes.judgement.model import JUDGEMENT_COLUMNS, Judgements
from outcomes.partnership.model import Partnership
from outcomes.partnership.policy import Policy
from outcomes.protection.protecting import protect
from outcomes.rollup.model import PlaceMeasures
from outcomes.scorecard.collection import RESULT_COLUMNS
from outcomes.scorecard.results import tidy_results
from outcomes.table import empty_table
from tests.small_world import inclusion
from tests.unit.rollup.world import AS_OF, COUNT, indicator, measured, rolled, sent, world

COUNTED = world(indicator(statistic=COUNT, multiplier=1))
PARTS = (sent("A", "N1", 100_000), sent("B", "N2", 47_357))
PLAIN = Policy.model_validate(
    {"id": "p", "version": "1", "title": "t", "preset": {"suppress_to": 7, "rounds_to": 5, "exempt_levels": ["nation"]}}
)


def beside(measures: PlaceMeasures, area: str = "P1") -> dict[str, Any]:
    rows = measures.submitted.filter(pl.col("area_code") == area).to_dicts()
    assert len(rows) <= 1
    return rows[0] if rows else {}


def test_the_sum_stands_and_what_was_given_is_kept_with_its_sender() -> None:
    measures = measured(COUNTED, *PARTS, sent("NHSE", "P1", 148_101))
    assert rolled(COUNTED, *PARTS, sent("NHSE", "P1", 148_101))["P1"]["numerator"] == 147_357
    found = beside(measures)
    assert (found["numerator"], found["partner_codes"], found["period"]) == (148_101, ["NHSE"], "2025/26")
    # it does not climb: the system is made of the same parts
    assert measures.submitted.height == 1


def test_the_same_figure_is_kept_too() -> None:
    assert beside(measured(COUNTED, *PARTS, sent("NHSE", "P1", 147_357)))["numerator"] == 147_357


def test_nothing_stands_beside_a_figure_that_is_itself_the_measure() -> None:
    partly = world(indicator())
    measures = measured(partly, sent("A", "N1", 1, 10), sent("NHSE", "P1", 99, 100))
    assert measures.submitted.is_empty()


@pytest.mark.parametrize("status", ["suppressed", None])
def test_a_marker_for_the_whole_is_no_figure(status: str | None) -> None:
    assert measured(COUNTED, *PARTS, sent("NHSE", "P1", None, status=status)).submitted.is_empty()


def test_a_whole_made_of_groups_of_people_stands_beside_the_sum_of_areas() -> None:
    sex = {"dimension": "sex", "categories": ("Female", "Male")}
    partnership = world(indicator(statistic=COUNT, breakdowns=(sex,)))
    groups = [sent("NHSE", "P1", number, breakdown=f"sex={name}") for name, number in (("Female", 80), ("Male", 71))]
    measures = measured(partnership, sent("A", "N1", 100), sent("B", "N2", 50), *groups)
    assert beside(measures)["numerator"] == 151


def test_a_survey_of_the_whole_stands_beside_the_sum_of_its_parts() -> None:
    survey = world(indicator(optional_columns=("lower_ci_95", "upper_ci_95")))
    own = sent("OHID", "P1", None, value=12.5, lower_ci_95=10.0, upper_ci_95=15.0)
    measures = measured(survey, sent("A", "N1", 1, 10), sent("A", "N2", 2, 20), own)
    assert (beside(measures)["value"], beside(measures)["basis"]) == (12.5, "published")
    assert estimate(measures, survey).submitted["value"].to_list() == [12.5]


def test_a_published_rate_stands_beside_the_one_made_of_its_strata() -> None:
    standardised = indicator(
        statistic="directly_standardised_rate",
        level="place",
        breakdowns=({"dimension": "age_band", "categories": ("0-64", "65+")},),
        strata="age_band",
        standard_population="esp",
    )
    rows = [sent("A", "P1", 5, 10, breakdown=f"age_band={age}") for age in ("0-64", "65+")]
    found = beside(measured(world(standardised), *rows, sent("OHID", "P1", None, value=512.5)))
    assert (found["breakdown"], found["value"], found["partner_codes"]) == ("", 512.5, ["OHID"])


def test_it_is_estimated_on_the_printed_scale() -> None:
    partnership = world(indicator())
    measures = measured(partnership, sent("A", "N1", 1, 10), sent("A", "N2", 2, 20), sent("X", "P1", 50, 100))
    (row,) = estimate(measures, partnership).submitted.to_dicts()
    assert (row["value"], row["numerator"], row["denominator"]) == (50.0, 50.0, 100.0)


@pytest.mark.parametrize(
    ("parts", "given", "shown"),
    [
        ((1000, 500), 1523, 1525),  # 23 more: shown, rounded like the sum
        ((1000, 500), 1500, 1500),  # the same
        ((1000, 500), 1503, None),  # three people between the two
        ((1000, 500), 1497, None),
        ((2, 3), 30, None),  # the sum itself is hidden
        ((20, 30), 6, None),  # what was given is small
    ],
)
def test_protection_hides_it_where_it_would_tell_of_a_few(
    parts: tuple[int, int], given: int, shown: int | None
) -> None:
    partnership = replace(COUNTED, policies={"p": PLAIN})
    rows = (sent("A", "N1", parts[0]), sent("B", "N2", parts[1]), sent("X", "P1", given))
    measures = measured(partnership, *rows)
    judgements = judge(estimate(measures, partnership), partnership, as_of=AS_OF)
    protected = protect(measures, judgements, partnership, policy="p").measures
    assert beside(protected).get("numerator") == shown
    # the working copy holds everything
    assert beside(protect(measures, judgements, partnership, policy=None).measures)["numerator"] == given


def protected(partnership: Partnership, *rows: dict[str, Any]) -> PlaceMeasures:
    measures = measured(partnership, *rows)
    nothing_judged = Judgements(empty_table(JUDGEMENT_COLUMNS), AS_OF)
    return protect(measures, nothing_judged, replace(partnership, policies={"p": PLAIN}), policy="p").measures


@pytest.mark.parametrize(("given", "shown"), [(148_101, 148_101), (147_360, None)])
def test_few_people_between_a_nation_and_its_areas_live_below_the_nation(given: int, shown: int | None) -> None:
    found = protected(COUNTED, *PARTS, sent("C", "N3", 0), sent("NHSE", "E92", given))
    assert beside(found, "E92").get("numerator") == shown


STANDARDISED = world(
    indicator(
        statistic="directly_standardised_rate",
        level="neighbourhood",
        breakdowns=({"dimension": "age_band", "categories": ("0-64", "65+")},),
        strata="age_band",
        standard_population="esp",
    )
)


@pytest.mark.parametrize(
    ("parts", "given", "shown"),
    [
        ((100, 200), (150, 260), [150, 260]),
        ((3, 200), (150, 260), []),  # a stratum of the sum is hidden, and with it the rate
        ((100, 200), (103, 260), []),  # a stratum is three people more
        ((100, 200), (150, 6), []),  # a stratum is small
        ((100, 200), (150, 153), []),  # all strata together are three people more
    ],
)
def test_the_strata_of_a_rate_that_was_given_stand_or_fall_together(
    parts: tuple[int, int], given: tuple[int, int], shown: list[int]
) -> None:
    rows = [
        sent(who, area, number, 1000, breakdown=f"age_band={age}")
        for who, area, numbers in (("A", "N3", parts), ("X", "P2", given))
        for age, number in zip(("0-64", "65+"), numbers, strict=True)
    ]
    assert protected(STANDARDISED, *rows).submitted["numerator"].to_list() == shown


def test_the_results_hold_both() -> None:
    framed = COUNTED.frameworks[0].model_copy(
        update={"inclusions": (inclusion("checks"),), "outcomes": ()},
    )
    partnership = replace(COUNTED, frameworks=(framed,))
    estimates = estimate(measured(partnership, *PARTS, sent("NHSE", "P1", 148_101)), partnership)
    frame = tidy_results(estimates, judge(estimates, partnership, as_of=AS_OF), partnership)
    assert dict(frame.schema) == dict(RESULT_COLUMNS)
    said = {
        row["area_code"]: (row["numerator"], row["submitted_numerator"], row["submitted_value"], row["submitted_by"])
        for row in frame.iter_rows(named=True)
    }
    assert said["P1"] == (147_357.0, 148_101.0, 148_101.0, "NHSE")
    assert said["N1"] == (100_000.0, None, None, None)
