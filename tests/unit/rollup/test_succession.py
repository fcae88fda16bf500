"""Areas that ended: their figures under the codes of those that followed them, and each once in every sum."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from outcomes.geography.areas import Areas
from outcomes.geography.footprints import FOOTPRINT_COLUMNS, Footprints
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import Reason
from tests.unit.rollup.world import COUNT, SEX, indicator, partner, population_of, rolled, sent, world

# codes ended on 31 March of a year, and others began the day after
THEN, NOW = "2021/22", "2025/26"


def changing(
    *indicators: Any,
    ended: Sequence[tuple[str, int, str]],
    begun: Sequence[tuple[str, int]] = (),
    lasting: Sequence[str] = (),
    shares: Sequence[tuple[str, str, float]] = (),
    steps: Sequence[tuple[str, str]] | None = None,
    **more: Any,
) -> Partnership:
    """A region of councils, of which some ended and others began; every one lies in the region unless steps say."""
    begins = dict(begun)
    ends = {code: year for code, year, _ in ended}
    codes = sorted({*begins, *ends, *lasting})
    dates = {
        code: (
            date(begins[code], 4, 1) if code in begins else None,
            date(ends[code], 3, 31) if code in ends else None,
        )
        for code in codes
    }
    partnership = world(
        *indicators,
        areas=(("R1", "region"), *((code, "council", *dates[code]) for code in codes)),
        footprints=[("R1", code, 1.0, *dates[code]) for code in codes] if steps is None else steps,
        **more,
    )
    successors = {code: text.split() for code, _, text in ended}
    column = pl.Series(
        [successors.get(code, []) for code in partnership.areas.frame["area_code"]], dtype=pl.List(pl.String)
    )
    return replace(
        partnership,
        areas=Areas(partnership.areas.frame.with_columns(successors=column)),
        footprints=Footprints(
            partnership.footprints.frame,
            pl.DataFrame(
                [(after, before, share, None, None) for after, before, share in shares],
                schema=FOOTPRINT_COLUMNS,
                orient="row",
            ),
        ),
    )


RATE = indicator(level="council")
DAYS = indicator(statistic=COUNT, level="council")
RECODE: dict[str, Any] = {"ended": [("OLD", 2023, "NEW")], "begun": [("NEW", 2023)]}
MERGER: dict[str, Any] = {"ended": [("A", 2023, "C"), ("B", 2023, "C")], "begun": [("C", 2023)]}
SPLIT: dict[str, Any] = {"ended": [("A", 2023, "B C")], "begun": [("B", 2023), ("C", 2023)]}
# as Bournemouth and Poole, which Christchurch of Dorset joined
MIXTURE: dict[str, Any] = {
    "ended": [("BO", 2023, "BCP"), ("PO", 2023, "BCP"), ("DO", 2023, "BCP DORSET")],
    "begun": [("BCP", 2023), ("DORSET", 2023)],
}


def then(who: str, area: str, *numbers: int | None, **more: Any) -> dict[str, Any]:
    return sent(who, area, *numbers, **{"period": THEN, **more})


def test_a_figure_from_before_a_new_code_is_said_of_the_new_code() -> None:
    found = rolled(changing(RATE, **RECODE), then("A", "OLD", 3, 10))
    new = found["NEW"]
    assert (new["numerator"], new["denominator"], new["coverage"]) == (3, 10, 1.0)
    assert (new["qualifiers"], new["partner_codes"], new["missing_parts"]) == (["former areas"], ["A"], [])
    assert found["OLD"]["qualifiers"] == []
    assert (found["R1"]["numerator"], found["R1"]["coverage"], found["R1"]["qualifiers"]) == (3, 1.0, [])


def test_a_period_after_the_change_is_the_new_codes_own() -> None:
    rows = [then("A", "OLD", 3, 10), sent("A", "NEW", 4, 10), sent("A", "OLD", 9, 9, period="2023/24")]
    found = rolled(changing(RATE, **RECODE), *rows)
    assert (found["NEW", NOW]["numerator"], found["NEW", NOW]["qualifiers"]) == (4, [])
    # a figure sent late under the old code for a time after it is nobody else's
    assert ("NEW", "2023/24") not in found


def test_a_merged_area_has_the_sum_of_its_former_areas() -> None:
    found = rolled(changing(RATE, **MERGER), then("A", "A", 3, 10), then("X", "B", 5, 30))
    assert (found["C"]["numerator"], found["C"]["denominator"]) == (8, 40)
    assert (found["C"]["qualifiers"], found["C"]["partner_codes"]) == (["former areas"], ["A", "X"])
    assert (found["R1"]["numerator"], found["R1"]["parts_expected"]) == (8, 2)


def test_a_count_of_a_merged_area_without_one_of_them_is_partial_and_a_rate_is_none() -> None:
    found = rolled(changing(DAYS, **MERGER), then("A", "A", 3))["C"]
    assert (found["numerator"], found["missing_parts"], found["coverage"]) == (3, ["B"], 0.5)
    assert found["qualifiers"] == ["former areas", "partial"]
    rate = rolled(changing(RATE, **MERGER), then("A", "A", 3, 10))["C"]
    assert (rate["numerator"], rate["reason"], rate["detail"]) == (
        None,
        Reason.CANNOT_BE_CALCULATED,
        "coverage too low",
    )


def test_a_missing_former_area_weighs_by_its_population() -> None:
    persons = _persons(("A", 95), ("B", 5))
    found = rolled(changing(RATE, **MERGER, series={"persons": persons}), then("A", "A", 3, 10))["C"]
    assert (found["coverage"], found["numerator"], found["qualifiers"]) == (0.95, 3, ["former areas", "partial"])


def test_former_areas_without_a_number_pass_their_reason_on() -> None:
    rows = [then("A", code, None, status="not_available") for code in "AB"]
    found = rolled(changing(DAYS, **MERGER), *rows)["C"]
    assert (found["reason"], found["qualifiers"]) == (Reason.NOT_AVAILABLE, [])


def test_a_divided_area_gives_its_successors_no_figure_and_their_own_series_begins_with_a_break() -> None:
    rows = [
        then("A", "A", 30, 100),
        sent("A", "B", 4, 40),
        sent("A", "C", 5, 60),
        sent("A", "B", 4, 41, period="2024/25"),
    ]
    found = rolled(changing(RATE, **SPLIT), *rows)
    for code in "BC":
        assert (found[code, THEN]["numerator"], found[code, THEN]["reason"]) == (None, Reason.NOT_COMPARABLE)
    assert found["B", "2024/25"]["qualifiers"] == ["break in series"]
    assert found["B", NOW]["qualifiers"] == []
    assert found["C", NOW]["qualifiers"] == ["break in series"]
    assert (found["R1", THEN]["numerator"], found["R1", NOW]["numerator"]) == (30, 9)
    assert found["R1", NOW]["qualifiers"] == []


def test_a_mixture_is_refused_for_every_area_that_holds_a_part_of_an_area() -> None:
    rows = [then("A", code, number) for code, number in (("BO", 1), ("PO", 2), ("DO", 40))]
    found = rolled(changing(DAYS, **MIXTURE), *rows)
    assert found["BCP"]["reason"] == found["DORSET"]["reason"] == Reason.NOT_COMPARABLE
    assert found["R1"]["numerator"] == 43


def test_shares_given_by_footprints_apportion_a_divided_area_to_the_unit() -> None:
    shares = [("BCP", "DO", 0.115), ("DORSET", "DO", 0.885)]
    rows = [then("A", code, number) for code, number in (("BO", 1), ("PO", 2), ("DO", 43))]
    rows += [sent("A", "BCP", 9), sent("A", "DORSET", 9)]
    found = rolled(changing(DAYS, **MIXTURE, shares=shares), *rows)
    assert (found["BCP", THEN]["numerator"], found["DORSET", THEN]["numerator"]) == (1 + 2 + 5, 38)
    assert found["BCP", THEN]["qualifiers"] == ["apportioned", "former areas"]
    # what was shared out moves as the whole did: the series begins anew with what was counted
    assert found["BCP", NOW]["qualifiers"] == found["DORSET", NOW]["qualifiers"] == ["break in series"]
    assert found["R1", THEN]["numerator"] == 46


def test_the_parts_of_a_proportion_stay_within_their_wholes() -> None:
    shares = [("B", "A", 0.5), ("C", "A", 0.5)]
    found = rolled(changing(RATE, **SPLIT, shares=shares), then("A", "A", 3, 3))
    assert [(found[code]["numerator"], found[code]["denominator"]) for code in "BC"] == [(2, 2), (1, 1)]


def test_chains_of_several_steps_are_summed_from_the_areas_of_then() -> None:
    chain: dict[str, Any] = {
        "ended": [("A", 2013, "B"), ("B", 2019, "D"), ("C", 2019, "D"), ("D", 2023, "E")],
        "begun": [("B", 2013), ("D", 2019), ("E", 2023)],
    }
    rows = [
        *(sent("A", code, number, period="2011/12") for code, number in (("A", 1), ("C", 2))),
        *(sent("A", code, number, period="2015/16") for code, number in (("B", 3), ("C", 4))),
        *(sent("A", "D", 5, period="2020/21"), sent("A", "E", 6)),
    ]
    found = rolled(changing(DAYS, **chain), *rows)
    assert [found["E", period]["numerator"] for period in ("2011/12", "2015/16", "2020/21", NOW)] == [3, 7, 5, 6]
    # an area that is no longer there on the day takes nothing over
    assert ("D", "2015/16") not in found
    assert [found["R1", period]["numerator"] for period in ("2011/12", "2015/16", "2020/21", NOW)] == [3, 7, 5, 6]


def test_what_was_sent_for_the_area_itself_stands_and_counts_once() -> None:
    found = rolled(changing(DAYS, **RECODE), then("A", "OLD", 3), then("A", "NEW", 4))
    assert (found["NEW"]["numerator"], found["NEW"]["qualifiers"]) == (4, [])
    # the code that was valid then
    assert (found["R1"]["numerator"], found["R1"]["coverage"]) == (3, 1.0)


def test_figures_published_on_the_areas_of_a_later_day_reach_the_larger_area() -> None:
    found = rolled(changing(DAYS, **SPLIT), then("A", "B", 3), then("A", "C", 4))
    assert (found["R1"]["numerator"], found["B"]["qualifiers"]) == (7, [])
    # not beside the area that was there then
    both = rolled(changing(DAYS, **SPLIT), then("A", "A", 9), then("A", "B", 3), then("A", "C", 4))
    assert (both["R1"]["numerator"], both["B"]["numerator"]) == (9, 3)


def test_a_figure_sent_late_under_the_old_code_is_not_counted_beside_the_new() -> None:
    found = rolled(changing(DAYS, **RECODE), sent("A", "OLD", 3), sent("A", "NEW", 4))
    assert found["R1"]["numerator"] == 4


def test_a_period_across_the_change_counts_under_either_code() -> None:
    year: dict[str, Any] = {"kind": "calendar_year", "period": "2023"}
    days = indicator(statistic=COUNT, level="council", period="calendar_year")
    old = rolled(changing(days, **MERGER), sent("A", "A", 3, **year), sent("A", "B", 4, **year))
    assert (old["C"]["numerator"], old["C"]["qualifiers"], old["R1"]["numerator"]) == (7, ["former areas"], 7)
    half = rolled(changing(days, **MERGER), sent("A", "A", 3, **year))["C"]
    assert (half["missing_parts"], half["qualifiers"]) == (["B"], ["former areas", "partial"])
    new = rolled(changing(days, **MERGER), sent("A", "A", 3, **year), sent("A", "C", 8, **year))
    assert (new["C"]["numerator"], new["R1"]["numerator"]) == (8, 8)


def test_the_area_of_an_earlier_day_is_looked_at_as_it_was() -> None:
    from outcomes.rollup.rolling import roll_up
    from tests.unit.rollup.world import observations

    before = observations([then("A", "OLD", 3, 10)])
    frame = roll_up(before, changing(RATE, **RECODE), as_of=date(2022, 6, 1)).frame
    assert set(frame["area_code"]) == {"OLD", "R1"}


def test_a_published_value_is_taken_over_by_a_new_code_and_never_by_a_merger() -> None:
    value = indicator(statistic="published_value", level="council")
    row = then("A", "OLD", None, value=12.5, lower_ci_95=11.0, upper_ci_95=14.0)
    new = rolled(changing(value, **RECODE), row)["NEW"]
    assert (new["value"], new["lower_ci_95"], new["basis"]) == (12.5, 11.0, "published")
    assert new["qualifiers"] == ["former areas"]
    rows = [then("A", code, None, value=12.5) for code in "AB"]
    merged = rolled(changing(value, **MERGER), *rows)["C"]
    assert (merged["value"], merged["reason"]) == (None, Reason.NOT_COMPARABLE)


def test_a_survey_with_its_own_interval_is_not_added_up() -> None:
    survey = indicator(statistic="proportion", level="council", optional_columns=("lower_ci_95", "upper_ci_95"))
    rows = [then("A", code, 5, 10, value=50.0, lower_ci_95=40.0, upper_ci_95=60.0) for code in "AB"]
    assert rolled(changing(survey, **MERGER), *rows)["C"]["reason"] == Reason.NOT_COMPARABLE


def test_strata_of_a_standardised_rate_are_added_and_a_rate_without_them_is_not() -> None:
    ages = {"dimension": "age_band", "categories": ("0-4", "5-9")}
    rate = indicator(
        statistic="directly_standardised_rate", level="council", breakdowns=(ages,), strata="age_band",
        standard_population="esp",
    )  # fmt: skip
    rows = [
        *(then("A", code, 10, 100, breakdown=f"age_band={age}") for code in "AB" for age in ("0-4", "5-9")),
        *(then("A", code, None, value=7.0) for code in "AB"),
    ]
    found = rolled(changing(rate, **MERGER), *rows)
    assert (found["C", "age_band=0-4"]["numerator"], found["C", "age_band=0-4"]["denominator"]) == (20, 200)
    assert ("C", "") not in found


def _persons(*rows: tuple[str, int]) -> Any:
    first, last = date(2021, 1, 1), date(2021, 12, 31)
    return population_of([(code, first, last, "calendar_year", "", persons) for code, persons in rows])


REFERENCED = indicator(statistic="crude_rate", level="council", denominator="reference:persons")


def test_populations_of_former_areas_are_added() -> None:
    partnership = changing(REFERENCED, **MERGER, series={"persons": _persons(("A", 60), ("B", 40))})
    found = rolled(partnership, then("A", "A", 3), then("A", "B", 4))["C"]
    assert (found["numerator"], found["denominator"]) == (7, 100)


def test_a_back_series_of_populations_on_the_codes_of_now_serves_figures_under_the_codes_of_then() -> None:
    partnership = changing(REFERENCED, **MERGER, series={"persons": _persons(("C", 101))})
    found = rolled(partnership, then("A", "A", 3), then("A", "B", 4))["C"]
    assert (found["numerator"], found["denominator"], found["reason"]) == (7, 101, None)
    # but not where one of them is missing: 101 persons are not those of one former area
    half = rolled(partnership, then("A", "A", 3))["C"]
    assert (half["numerator"], half["reason"]) == (None, Reason.CANNOT_BE_CALCULATED)


def test_sources_of_a_former_area_that_are_missing_leave_the_sum_partial() -> None:
    partners = [partner(code, ["checks"], ["A", "B"]) for code in ("X", "Y")]
    days = indicator(statistic=COUNT, level="council", combine="sum_of_sources")
    rows = [then("X", "A", 1), then("Y", "A", 2), then("X", "B", 4)]
    found = rolled(changing(days, **MERGER, partners=partners), *rows)["C"]
    assert (found["numerator"], found["missing_parts"], found["coverage"]) == (7, ["B"], 0.75)


def test_groups_of_people_are_led_across_as_the_whole_is() -> None:
    days = indicator(statistic=COUNT, level="council", breakdowns=(SEX,))
    rows = [then("A", code, 2, breakdown=f"sex={sex}") for code in "AB" for sex in ("Female", "Male")]
    found = rolled(changing(days, **MERGER), *rows)
    assert [found["C", group]["numerator"] for group in ("", "sex=Female", "sex=Male")] == [8, 4, 4]


def test_an_area_that_takes_another_in_keeps_its_figures_and_shows_a_break() -> None:
    taken_in: dict[str, Any] = {"ended": [("SMALL", 2023, "BIG")], "lasting": ["BIG"]}
    rows = [then("A", "SMALL", 3), then("A", "BIG", 40), sent("A", "BIG", 44, period="2023/24"), sent("A", "BIG", 45)]
    found = rolled(changing(DAYS, **taken_in), *rows)
    assert [found["BIG", period]["numerator"] for period in (THEN, "2023/24", NOW)] == [40, 44, 45]
    assert [found["BIG", period]["qualifiers"] for period in (THEN, "2023/24", NOW)] == [[], ["break in series"], []]
    assert (found["R1", THEN]["numerator"], found["R1", "2023/24"]["numerator"]) == (43, 44)


def test_a_whole_that_got_a_new_code_takes_over_the_sum_of_the_former_one() -> None:
    days = indicator(statistic=COUNT, level="ward")
    areas = (
        ("OLD", "system", None, date(2023, 3, 31)),
        ("NEW", "system", date(2023, 4, 1)),
        ("W1", "ward"),
        ("W2", "ward"),
    )
    steps = [(whole, ward, 1.0, *dates) for ward in ("W1", "W2") for whole, *dates in (areas[0][::2], areas[1][::2])]
    steps = [("OLD", ward, 1.0, None, date(2023, 3, 31)) for ward in ("W1", "W2")]
    steps += [("NEW", ward, 1.0, date(2023, 4, 1), None) for ward in ("W1", "W2")]
    partnership = world(days, areas=areas, footprints=steps)
    successors = pl.Series([["NEW"] if code == "OLD" else [] for code in partnership.areas.frame["area_code"]])
    partnership = replace(
        partnership, areas=Areas(partnership.areas.frame.with_columns(successors=successors.cast(pl.List(pl.String))))
    )
    found = rolled(partnership, then("A", "W1", 1), then("A", "W2", 2), sent("A", "W1", 3))
    assert (found["OLD", THEN]["numerator"], found["NEW", THEN]["numerator"]) == (3, 3)
    assert (found["NEW", THEN]["qualifiers"], found["NEW", THEN]["coverage"]) == (["former areas"], 1.0)
    assert (found["NEW", NOW]["numerator"], found["NEW", NOW]["missing_parts"]) == (3, ["W2"])


def test_areas_of_then_that_no_footprint_places_count_where_their_successors_lie() -> None:
    found = rolled(changing(DAYS, **SPLIT, steps=[("R1", "B"), ("R1", "C")]), then("A", "A", 30))
    assert (found["R1"]["numerator"], found["R1"]["coverage"]) == (30, 1.0)


def test_a_figure_of_low_reliability_stays_so_under_a_new_code() -> None:
    row = then("A", "OLD", 3, 10, value_status="low reliability")
    assert rolled(changing(RATE, **RECODE), row)["NEW"]["qualifiers"] == ["former areas", "low reliability"]


@pytest.mark.parametrize("kind", [RECODE, MERGER, SPLIT, MIXTURE])
def test_nothing_is_made_of_nothing(kind: dict[str, Any]) -> None:
    partnership = changing(DAYS, **kind, lasting=["Z"])
    assert set(rolled(partnership, then("A", "Z", 1))) == {"Z", "R1"}


def test_a_share_that_is_all_but_whole_counts_once() -> None:
    partnership = changing(
        DAYS,
        ended=[("A", 2019, "B C"), ("B", 2021, "D"), ("C", 2021, "D E")],
        begun=[("B", 2019), ("C", 2019), ("D", 2021), ("E", 2021)],
        shares=[("B", "A", 0.99998), ("C", "A", 0.00002), ("D", "C", 0.99998), ("E", "C", 0.00002)],
    )
    # all of A but four parts in ten thousand million
    found = rolled(partnership, sent("A", "A", 1_000_000, period="2015/16"))
    assert [found[code]["numerator"] for code in ("D", "E", "R1")] == [1_000_000, 0, 1_000_000]


@pytest.mark.parametrize(
    ("change", "rows", "number"),
    [
        (MERGER, [then("X", "C", 8, 40)], 8),
        (SPLIT, [then("X", "B", 3, 10), then("X", "C", 8, 40)], 11),
        # the area of then says that it has none
        (RECODE, [then("X", "OLD", None, status="not_available"), then("X", "NEW", 8, 40)], 8),
        # late, under the codes of before
        (MERGER, [sent("X", "A", 3, 10), sent("X", "B", 3, 10)], 6),
    ],
)
def test_nobody_misses_an_area_whose_people_came_under_the_codes_of_another_day(
    change: dict[str, Any], rows: list[dict[str, Any]], number: int
) -> None:
    found = rolled(changing(RATE, **change), *rows)["R1"]
    assert (found["numerator"], found["coverage"], found["missing_parts"]) == (number, 1.0, [])
    assert found["parts_expected"] == found["parts_contributed"]
    # another that is missing is missed, and no other
    found = rolled(changing(RATE, **change, lasting=["L"]), *rows)["R1"]
    assert (found["reason"], found["missing_parts"]) == (Reason.CANNOT_BE_CALCULATED, ["L"])


def test_a_figure_on_the_areas_in_between_is_that_of_the_areas_of_then() -> None:
    chain: dict[str, Any] = {"ended": [("A", 2019, "C"), ("B", 2019, "C"), ("C", 2023, "D")]}
    partnership = changing(RATE, **chain, begun=[("C", 2019), ("D", 2023)])
    for code in "CD":
        found = rolled(partnership, sent("X", code, 8, 40, period="2015/16"))["R1"]
        assert (found["numerator"], found["missing_parts"]) == (8, [])


@pytest.mark.parametrize(
    ("change", "row", "missing"),
    [
        (MERGER, sent("X", "A", 3, 10), ["C"]),
        (SPLIT, then("X", "B", 3, 10), ["A"]),
        # it was there before it took the other in: its figure is not that of both
        ({"ended": [("SMALL", 2023, "BIG")], "lasting": ["BIG"]}, then("X", "BIG", 3, 10), ["SMALL"]),
        ({"ended": [("SMALL", 2023, "BIG")], "lasting": ["BIG"]}, sent("X", "SMALL", 3, 10), ["BIG"]),
    ],
)
def test_a_part_of_an_area_does_not_stand_in_for_it(
    change: dict[str, Any], row: dict[str, Any], missing: list[str]
) -> None:
    found = rolled(changing(RATE, **change), row)["R1"]
    assert (found["reason"], found["missing_parts"]) == (Reason.CANNOT_BE_CALCULATED, missing)
