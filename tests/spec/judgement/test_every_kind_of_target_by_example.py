"""Every kind of target told by example: what is expected, whose chance enters, and the word, numbers by hand.

The values are per cent of which lower is better; each has an interval of ±2 around it, so that of the difference of two
is ±√8 = ±2.83, and that of a value less 0.8 times another ±√(2² + 1.6²) = ±2.56.
"""

from datetime import date
from math import sqrt
from typing import Any

import polars as pl
import pytest

from outcomes.agreement.model import Agreement
from outcomes.framework.model import Indicator
from outcomes.judgement.judging import judge
from outcomes.judgement.model import Judgements
from outcomes.statistics import absolute_gap, relative_gap
from outcomes.statistics.quantiles import quantile
from outcomes.vocabulary import PeriodKind, QuantileRule
from tests.small_world import AREAS, STEPS, Row, benchmark_series, estimates, inclusion, indicator, world

AS_OF = date(2025, 11, 22)
AGREED: dict[str, Any] = {"indicator": "smoking", "set_by": "place", "decision": "JC 4", "agreed_on": "2020-01-01"}
SEXES = [{"dimension": "sex", "categories": ("Female", "Male"), "is_full": True}]
MEN, WOMEN = "sex=Male", "sex=Female"


def _judged(target: dict[str, Any], *rows: Row, with_indicator: Indicator | None = None, **terms: Any) -> Judgements:
    series = terms.pop("series", ())
    areas = {name: terms.pop(name) for name in ("areas", "steps") if name in terms}
    included = [inclusion(targets=[{**AGREED, **target}], **terms)]
    partnership = world([with_indicator or indicator(breakdowns=SEXES)], included, series=series, **areas)
    return judge(estimates(*rows), partnership, as_of=AS_OF)


def _told(target: dict[str, Any], *rows: Row, **terms: Any) -> Row:
    """The judgement of Castlewick by its target, with what it was held against."""
    found = _judged(target, *rows, **terms)
    keys = ["framework_id", "area_code", "target_key"]
    (row,) = (
        found.frame.filter(signal="target", area_code="PL1")
        .filter(pl.col("word") != "no target")
        .join(found.targets.drop("breakdown", "indicator_id", "indicator_version", "period_start"), on=keys)
        .iter_rows(named=True)
    )
    return row


def _word(row: Row) -> tuple[str, str | None, str | None]:
    return row["word"], row["reached"], row["certainty"]


# a change against an own baseline: so many points, or per cent, from 2022/23 to 2024/25
CHANGE = {"kind": "change", "by": {"points": -5}, "baseline": {"period": "2022/23"}, "due": "2024/25"}
FIFTH_LESS = {**CHANGE, "by": {"per_cent": -20}}


@pytest.mark.parametrize(
    ("target", "value", "expected", "half", "word"),
    [
        # 5 points below 30 is 25, ± 2.83
        (CHANGE, 22.1, 25.0, sqrt(8), ("met", "reached", "clear")),
        (CHANGE, 22.3, 25.0, sqrt(8), ("cannot tell", "reached", "within chance")),
        (CHANGE, 27.7, 25.0, sqrt(8), ("cannot tell", "not reached", "within chance")),
        (CHANGE, 27.9, 25.0, sqrt(8), ("not met", "not reached", "clear")),
        # a fifth less than 30 is 24, ± 2.56
        (FIFTH_LESS, 21.4, 24.0, sqrt(6.56), ("met", "reached", "clear")),
        (FIFTH_LESS, 21.5, 24.0, sqrt(6.56), ("cannot tell", "reached", "within chance")),
        (FIFTH_LESS, 24.0, 24.0, sqrt(6.56), ("cannot tell", "reached", "within chance")),
        (FIFTH_LESS, 26.6, 24.0, sqrt(6.56), ("not met", "not reached", "clear")),
    ],
)
def test_a_change_against_the_own_baseline_joins_the_chance_of_both(
    target: dict[str, Any], value: float, expected: float, half: float, word: tuple[str, str, str]
) -> None:
    found = _told(target, {"value": value}, {"value": 30.0, "period": "2022/23"})
    assert _word(found) == word
    assert (found["against_value"], found["baseline_value"], found["end_value"]) == (expected, 30.0, expected)
    assert found["amount"] == pytest.approx(value - expected)
    assert found["lower_amount"] == pytest.approx(value - expected - half)
    assert found["upper_amount"] == pytest.approx(value - expected + half)


def test_the_distance_to_a_share_tells_what_the_interval_of_the_ratio_tells() -> None:
    for value in (20.0, 21.2, 21.4, 21.6, 24.0, 26.4, 26.7, 28.0):
        met = _told(FIFTH_LESS, {"value": value}, {"value": 30.0, "period": "2022/23"})
        both = pl.DataFrame({
            "most_deprived_value": [value], "most_deprived_lower_ci_95": [value - 2],
            "most_deprived_upper_ci_95": [value + 2], "least_deprived_value": [30.0],
            "least_deprived_lower_ci_95": [28.0], "least_deprived_upper_ci_95": [32.0]})  # fmt: skip
        ratio = both.select(relative_gap(confidence=[0.95]).struct.unnest()).row(0, named=True)
        is_below, is_above = ratio["upper_ci_95"] < 0.8, ratio["lower_ci_95"] > 0.8
        assert met["word"] == ("met" if is_below else "not met" if is_above else "cannot tell")


def test_a_straight_path_from_the_baseline_expects_a_part_of_the_change() -> None:
    on_path = {**FIFTH_LESS, "due": "2026/27", "has_path": True}
    # half way from 2022/23 to 2026/27 a tenth less than 30 is expected: 27, ± √(2² + 1.8²)
    found = _told(on_path, {"value": 24.2}, {"value": 30.0, "period": "2022/23"})
    assert _word(found) == ("on track", "reached", "clear")
    assert (found["against_value"], found["end_value"]) == (27.0, 24.0)
    assert found["upper_amount"] == pytest.approx(24.2 - 27 + sqrt(7.24))
    off = _told(on_path, {"value": 29.8}, {"value": 30.0, "period": "2022/23"})
    assert _word(off) == ("off track", "not reached", "clear")
    no_path = _told({**on_path, "has_path": False}, {"value": 20.0}, {"value": 30.0, "period": "2022/23"})
    assert (no_path["word"], no_path["because"]) == ("cannot tell", "It is due in 2026/27; no path to it was agreed.")
    assert (no_path["against_value"], no_path["amount"], no_path["reached"]) == (24.0, -4.0, "reached")


def test_a_frozen_baseline_counts_as_exact_and_needs_no_figure() -> None:
    frozen = {**FIFTH_LESS, "baseline": {"period": "2022/23", "value": 30, "source": "Plan 2023, page 4"}}
    found = _told(frozen, {"value": 21.9}, {"value": 50.0, "period": "2022/23"})
    assert _word(found) == ("met", "reached", "clear")
    assert (found["against_value"], found["baseline_value"], found["upper_amount"]) == (24.0, 30.0, 21.9 + 2 - 24)
    assert _told(frozen, {"value": 22.1})["word"] == "cannot tell"


@pytest.mark.parametrize(
    ("baseline", "further", "because", "reason"),
    [
        (None, {}, "There is no figure for the baseline, 2022/23.", "not available"),
        (
            {"indicator_version": 2, "value": 30.0},
            {},
            "Its definition has changed since the baseline, 2022/23.",
            "not comparable",
        ),
        (
            {"reason": "confidential"},
            {},
            "There is no value for the baseline, 2022/23: confidential.",
            "confidential",
        ),
        (
            {"value": 30.0, "qualifiers": ["stale"]},
            {},
            "The figure of the baseline, 2022/23, is stale.",
            "not comparable",
        ),
        (
            {"value": 30.0},
            {"qualifiers": ["break in series"]},
            "The series breaks after the baseline, 2022/23, so the two do not compare.",
            "not comparable",
        ),
        (
            {"value": 0.0},
            {},
            "The baseline, 2022/23, is not above 0, so no share of it can be taken.",
            "cannot be calculated",
        ),
        (
            {"value": 30.0, "lower_ci_95": None, "upper_ci_95": None},
            {},
            "A figure that it is held against has no confidence interval, so chance cannot be told.",
            "cannot be calculated",
        ),
    ],
)
def test_a_baseline_that_does_not_serve_is_told_with_its_reason(
    baseline: Row | None, further: Row, because: str, reason: str
) -> None:
    rows = [{"value": 20.0, **further}, *([{"period": "2022/23", **baseline}] if baseline else [])]
    found = _told(FIFTH_LESS, *rows)
    assert (found["word"], found["because"], found["reason"]) == ("cannot tell", because, reason)


def test_a_break_at_the_baseline_itself_does_no_harm() -> None:
    found = _told(FIFTH_LESS, {"value": 20.0}, {"value": 30.0, "period": "2022/23", "qualifiers": ["break in series"]})
    assert found["word"] == "met"


# the gap between men and women was 10 in 2022/23; a fifth less is 8
GAP = {
    "kind": "gap",
    "group": MEN,
    "compared_with": WOMEN,
    "by": {"per_cent": -20},
    "baseline": {"period": "2022/23"},
    "due": "2024/25",
}
FROZEN_GAP = {**GAP, "baseline": {"period": "2022/23", "value": 10, "source": "Plan 2023"}}


def _groups(men: float, women: float, **given: Any) -> list[Row]:
    return [{"value": men, "breakdown": MEN, **given}, {"value": women, "breakdown": WOMEN, **given}]


@pytest.mark.parametrize(
    ("men", "women", "word"),
    [
        # the gap is 5 ± 2.83, of the baseline's 8 ± 0.8 × 2.83: the distance is −3 ± 3.62
        (25.0, 20.0, ("cannot tell", "reached", "within chance")),
        (24.3, 20.0, ("met", "reached", "clear")),
        (28.0, 20.0, ("cannot tell", "reached", "within chance")),
        (31.6, 20.0, ("cannot tell", "not reached", "within chance")),
        (31.7, 20.0, ("not met", "not reached", "clear")),
        # turned round it is a gap all the same
        (20.0, 24.3, ("met", "reached", "clear")),
        (20.0, 31.7, ("not met", "not reached", "clear")),
    ],
)
def test_a_gap_is_reduced_from_a_baseline_gap_with_the_chance_of_both(
    men: float, women: float, word: tuple[str, str, str]
) -> None:
    found = _told(GAP, *_groups(men, women), *_groups(40.0, 30.0, period="2022/23"))
    assert _word(found) == word
    assert (found["against_value"], found["baseline_value"], found["end_value"]) == (8.0, 10.0, 8.0)
    assert found["measured_value"] == pytest.approx(abs(men - women))
    half = sqrt(8 + 0.64 * 8)
    assert found["upper_amount"] == pytest.approx(abs(men - women) - 8 + half)
    assert found["lower_amount"] == pytest.approx(max(abs(men - women) - 8 - half, -8))


def test_the_gap_of_today_has_newcombes_interval_where_the_baseline_is_frozen() -> None:
    found = _told(FROZEN_GAP, *_groups(25.0, 20.0))
    assert _word(found) == ("met", "reached", "clear")
    groups = pl.DataFrame({
        "most_deprived_value": [25.0], "most_deprived_lower_ci_95": [23.0], "most_deprived_upper_ci_95": [27.0],
        "least_deprived_value": [20.0], "least_deprived_lower_ci_95": [18.0],
        "least_deprived_upper_ci_95": [22.0]})  # fmt: skip
    gap = groups.select(absolute_gap(confidence=[0.95]).struct.unnest()).row(0, named=True)
    assert found["lower_amount"] == pytest.approx(gap["lower_ci_95"] - 8)
    assert found["upper_amount"] == pytest.approx(gap["upper_ci_95"] - 8)


def test_a_gap_to_everybody_and_by_points_along_a_path() -> None:
    by_points = {
        **GAP,
        "compared_with": "",
        "by": {"points": -4},
        "due": "2026/27",
        "has_path": True,
    }
    rows: list[Row] = [{"value": 25.0, "breakdown": MEN}, {"value": 22.0}]
    before: list[Row] = [{"value": 40.0, "breakdown": MEN, "period": "2022/23"}, {"value": 30.0, "period": "2022/23"}]
    found = _told(by_points, *rows, *before)
    # 10 in 2022/23, 6 in 2026/27: 8 half way; 3 ± 2.83 less 10 ± 2.83 and 2 more
    assert (found["against_value"], found["end_value"], found["measured_value"]) == (8.0, 6.0, 3.0)
    assert found["upper_amount"] == pytest.approx(3 - 8 + 4)
    assert (found["word"], found["breakdown"], found["compared_with"]) == ("on track", MEN, "")


@pytest.mark.parametrize(
    ("rows", "because", "reason"),
    [
        (
            [*_groups(25.0, 20.0)[:1], *_groups(40.0, 30.0, period="2022/23")],
            "There is no value for Female in 2024/25: no figure was sent.",
            "not available",
        ),
        (
            [*_groups(25.0, 20.0), *_groups(40.0, 30.0, period="2022/23")[:1]],
            "There is no figure for the baseline, Female in 2022/23.",
            "not available",
        ),
        (
            [*_groups(25.0, 20.0), *_groups(30.0, 30.0, period="2022/23")],
            "There was no gap in 2022/23 to reduce.",
            "not applicable",
        ),
    ],
)
def test_a_gap_that_cannot_be_measured_is_told_with_its_reason(rows: list[Row], because: str, reason: str) -> None:
    found = _told(GAP, *rows)
    assert (found["word"], found["because"], found["reason"]) == ("cannot tell", because, reason)


def test_a_gap_smaller_than_its_reduction_is_not_judged() -> None:
    found = _told({**GAP, "by": {"points": -12}}, *_groups(25.0, 20.0), *_groups(40.0, 30.0, period="2022/23"))
    assert found["because"] == "The gap in 2022/23 was smaller than what it was to be reduced by."
    assert (found["against_value"], found["lower_amount"], found["upper_amount"]) == (None, None, None)


def test_a_gap_smaller_than_its_reduction_is_not_judged_on_the_way_either() -> None:
    # half of 5 points off 4 is 1.5; all of them would be less than nothing
    target = {**GAP, "by": {"points": -5}, "due": "2026/27", "has_path": True}
    found = _told(target, *_groups(20, 18), *_groups(24, 20, period="2022/23"))
    assert (found["word"], found["reason"]) == ("cannot tell", "not applicable")
    assert (found["against_value"], found["end_value"]) == (None, None)


@pytest.mark.parametrize(("baseline", "points"), [(4.0, -5), (96.0, 5)])
def test_a_change_to_below_nothing_or_above_the_whole_is_not_judged(baseline: float, points: int) -> None:
    target = {**CHANGE, "by": {"points": points}}
    found = _told(target, {"value": baseline}, {"period": "2022/23", "value": baseline})
    assert (found["word"], found["reached"], found["reason"]) == ("cannot tell", None, "not applicable")
    assert found["because"] == "No value is so far from the baseline, 2022/23, as was agreed."
    assert found["end_value"] is None
    room = _told(target, {"value": 50}, {"period": "2022/23", "value": 50})
    assert room["end_value"] == 50 + points


def test_a_gap_is_good_where_it_is_small_whichever_way_its_measure_is() -> None:
    rows = [*_groups(24.3, 20.0), *_groups(40.0, 30.0, period="2022/23")]
    assert _told(GAP, *rows, polarity="higher_is_better")["word"] == "met"
    neutral = _told(GAP, *rows, polarity="no_judgement")
    assert _word(neutral) == ("cannot tell", None, "clear")


ENGLAND = {"kind": "benchmark", "match": "nation", "due": "2024/25"}


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (12.9, ("met", "reached", "clear")),
        (15.0, ("cannot tell", "reached", "within chance")),
        (17.1, ("not met", "not reached", "clear")),
    ],
)
def test_a_benchmark_counts_as_exact_as_it_does_in_comparison(value: float, word: tuple[str, str, str]) -> None:
    found = _told(ENGLAND, {"value": value}, series=[benchmark_series({"value": 15.0})])
    assert _word(found) == word
    assert (found["against_value"], found["compared_code"], found["target_value"]) == (15.0, "E92000001", None)
    assert (found["against"], found["against_code"]) == ("place", "JC 4")


def test_the_system_and_the_region_can_be_matched_and_a_benchmark_without_a_figure_is_told() -> None:
    rows: list[Row] = [{"value": 12.0}, {"value": 15.0, "area_code": "SYS1"}]
    assert _told({**ENGLAND, "match": "system"}, *rows)["against_value"] == 15.0
    region = _told({**ENGLAND, "match": "region"}, *rows)
    assert (region["word"], region["because"]) == ("cannot tell", "North has no figure for 2024/25.")


def test_a_benchmark_that_is_due_later_shows_its_distance_and_says_no_word() -> None:
    later = {**ENGLAND, "due": "2026/27"}
    found = _told(later, {"value": 12.0}, series=[benchmark_series({"value": 15.0})])
    assert (found["word"], found["reached"], found["amount"]) == ("cannot tell", "reached", -3.0)
    assert found["because"] == "It is due in 2026/27; no path to it was agreed."


def test_the_median_is_of_the_other_areas_of_the_level() -> None:
    rows: list[Row] = [{"value": 9.0}] + [
        {"value": value, "area_code": code} for value, code in ((10.0, "PL2"), (12.0, "PL3"), (30.0, "PL9"))
    ]
    found = _told({**ENGLAND, "match": "median"}, *rows)
    assert (found["against_value"], found["points"], found["word"]) == (12.0, 3, "met")
    too_few = _told({**ENGLAND, "match": "median"}, *rows[:3])
    assert (too_few["word"], too_few["detail"]) == ("cannot tell", "too few points")
    assert too_few["because"] == "Only 2 other areas of its level have a figure for 2024/25; at least 3 are needed."
    more = _told({**ENGLAND, "match": "median", "fewest_areas": 4}, *rows)
    assert more["because"] == "Only 3 other areas of its level have a figure for 2024/25; at least 4 are needed."


TWELVE = [*AREAS, *((f"PL{number}", f"Place {number}", "place") for number in range(10, 19))]


@pytest.mark.parametrize(
    ("rule", "polarity", "level"),
    # of 12 others, 1 to 12: three are in the best quarter by each rule
    [(rule, "lower_is_better", 3.0) for rule in ("phe_quantile", "ntile", "fingertips_quintile")]
    + [("phe_quantile", "higher_is_better", 10.0)],
)
def test_the_best_quartile_ends_at_its_last_area_by_the_named_rule(rule: str, polarity: str, level: float) -> None:
    others = [code for code, *_, kind in TWELVE if kind == "place" and code != "PL1"]
    rows: list[Row] = [{"value": float(place), "area_code": code} for place, code in enumerate(others, start=1)]
    target = {**ENGLAND, "match": "best_quartile", "quantile_rule": rule}
    terms: dict[str, Any] = {"areas": TWELVE, "steps": STEPS, "polarity": polarity}
    for own in (0.5, 6.5, 20.0):
        found = _told(target, *rows, {"value": own}, **terms)
        assert (found["against_value"], found["points"]) == (level, 12)
    assert _told(target, *rows[:9], {"value": 1.0}, **terms)["detail"] == "too few points"


def test_the_named_rules_agree_on_the_best_quarter_whatever_the_number_of_areas() -> None:
    for areas in range(10, 100):
        order = pl.DataFrame({"value": range(areas)})
        best = {
            rule: order.select(quantile("value", quantiles=4, method=rule).struct.unnest()) for rule in QuantileRule
        }
        assert {(found["quantile"] == 1).sum() for found in best.values()} == {-(-areas // 4)}


def test_published_figures_of_other_areas_are_counted_where_there_are_no_own_ones() -> None:
    rows: list[Row] = [{"value": 9.0}, {"value": 10.0, "area_code": "PL2"}]
    published = benchmark_series(
        {"value": 99.0, "area_code": "PL2"}, {"value": 12.0, "area_code": "PL3"}, {"value": 30.0, "area_code": "PL9"}
    )
    found = _told({**ENGLAND, "match": "median"}, *rows, series=[published])
    assert (found["against_value"], found["points"]) == (12.0, 3)


@pytest.mark.parametrize("target", [CHANGE, GAP, ENGLAND], ids=["change", "gap", "benchmark"])
def test_a_target_of_any_kind_never_judges_data_from_before_it_was_agreed(target: dict[str, Any]) -> None:
    rows: list[Row] = [{"value": 20.0}, *_groups(20.0, 20.0), {"value": 30.0, "period": "2022/23"}]
    rows += _groups(40.0, 30.0, period="2022/23")
    late = {**target, "agreed_on": "2024-04-02"}
    found = _told(late, *rows, series=[benchmark_series({"value": 15.0})])
    assert (found["word"], found["reached"], found["against_value"]) == ("cannot tell", None, None)
    assert found["because"] == "The target was agreed on 2 April 2024, after 2024/25 had begun."


def test_targets_of_different_sorts_stand_beside_each_other_and_each_row_names_its_own() -> None:
    level = {"kind": "level", "points": [{"period": "2023/24", "value": 15}]}
    group = {**level, "breakdown": MEN, "points": [{"period": "2024/25", "value": 15}]}
    given = [{**AGREED, **one} for one in (level, {**level, "decision": "JC 9"}, group, CHANGE, GAP, ENGLAND)]
    agreement = Agreement.model_validate(
        {
            "area_code": "PL1",
            "version": 3,
            "title": "Castlewick agreement",
            "form": "memorandum_of_understanding",
            "frameworks": ("local",),
            "parties": ({"partner": "PA", "signatory_role": "chair"},),
            "effective_from": "2020-01-01",
            "review_by": "2030-01-01",
            "decision": "JC 1",
            "targets": given,
        }
    )
    partnership = world([indicator(breakdowns=SEXES)], [inclusion()], agreements=[agreement])
    rows: list[Row] = [{"value": 20.0}, *_groups(25.0, 20.0)]
    found = judge(estimates(*rows), partnership, as_of=AS_OF)
    told = found.frame.filter(pl.col("target_key").is_not_null())
    assert sorted(told.select("breakdown", "target_key").rows()) == [
        ("", "agreements/PL1@3#1"),
        ("", "agreements/PL1@3#2"),
        ("", "agreements/PL1@3#4"),
        ("", "agreements/PL1@3#6"),
        (MEN, "agreements/PL1@3#3"),
        (MEN, "agreements/PL1@3#5"),
    ]
    assert found.targets["kind"].to_list() == ["level", "level", "level", "change", "gap", "benchmark"]


def test_a_months_baseline_is_spoken_as_a_month() -> None:
    monthly = indicator(period="month")
    target = {**CHANGE, "baseline": {"period": "2024-01"}, "due": "2024-06"}
    row = {"value": 20.0, "period_kind": PeriodKind.MONTH, "period": "2024-06"}
    found = _told(target, row, with_indicator=monthly)
    assert found["because"] == "There is no figure for the baseline, January 2024."
