"""One line of a page: its series, its signals, its people and its parts."""

from datetime import date
from typing import Any

import pytest

from outcomes.scorecard.comparisons import shown_comparisons
from outcomes.scorecard.model import GroupValue, IndicatorLine, Value
from outcomes.vocabulary import BenchmarkKind, Qualifier, Reached, Reason, Word
from tests.small_world import benchmark_series, estimates, inclusion, indicator
from tests.unit.scorecard.card_world import AGE, AS_OF, SEX, agreement, judgements, line, partnership, status

SERIES = (
    {"period": "2021/22", "value": 24.0, "numerator": 24.0, "denominator": 100.0, "method": "wilson"},
    {"period": "2024/25", "value": 20.0, "numerator": 20.0, "denominator": 100.0, "method": "wilson"},
)


def words_of(found: IndicatorLine) -> list[Word]:
    return [comparison.word for comparison in found.comparisons]


def test_a_period_without_a_row_is_a_point_with_its_reason() -> None:
    found = line(estimates(*SERIES))
    assert [(point.period, point.value.value, point.value.reason) for point in found.points] == [
        ("2021/22", 24.0, None),
        ("2022/23", None, Reason.MISSING),
        ("2023/24", None, Reason.MISSING),
        ("2024/25", 20.0, None),
    ]
    assert (found.points[1].period_start, found.points[1].period_end) == (date(2022, 4, 1), date(2023, 3, 31))


def test_a_row_without_a_value_keeps_its_own_reason() -> None:
    found = line(estimates(SERIES[0], {"period": "2022/23", "reason": "confidential"}, SERIES[1]))
    assert found.points[1].value == Value(reason=Reason.CONFIDENTIAL)


def test_the_current_point_is_the_last_that_had_ended() -> None:
    values = estimates(*SERIES, {"period": "2026/27", "value": 9.0})
    found = line(values)
    assert found.current == found.points[-1]
    assert found.current is not None
    assert (found.current.period, found.current.value.value) == ("2024/25", 20.0)
    # a year speaks from its last day on
    later = line(values, as_of=date(2027, 3, 31))
    assert later.current is not None
    assert later.current.period == "2026/27"
    assert len(later.points) == 6


def test_a_line_without_any_figure_says_so() -> None:
    found = line(estimates())
    assert (found.current, found.points, found.groups, found.parts) == (None, (), (), ())
    assert found.data_note == "No figure is expected yet."
    assert found.trend.word is Word.CANNOT_TELL
    owed = line(estimates(), returns=status({"status": "missing"}))
    assert owed.data_note == "No figure has been received."


def test_a_value_is_carried_whole() -> None:
    row = {
        **SERIES[1],
        "coverage": 0.9,
        "parts_expected": 3,
        "parts_contributed": 2,
        "missing_parts": ["VA", "N1", "X9"],
        "qualifiers": ["revised", "partial"],
    }
    value = line(estimates(row)).points[0].value
    assert value == Value(
        value=20.0,
        lower_ci_95=18.0,
        upper_ci_95=22.0,
        lower_ci_99_8=17.0,
        upper_ci_99_8=23.0,
        numerator=20.0,
        denominator=100.0,
        # sorted, so that the same figure is the same text
        qualifiers=(Qualifier.PARTIAL, Qualifier.REVISED),
        coverage=0.9,
        parts_expected=3,
        parts_contributed=2,
        # by name where one is known
        missing_parts=("Voluntary Alliance", "Zetland", "X9"),
    )


def test_the_last_value_is_stale_when_a_later_one_was_due() -> None:
    owed = status({}, {"period": "2025/26", "status": "missing"})
    found = line(estimates(*SERIES), returns=owed)
    assert found.current is not None
    assert found.current.value.qualifiers == (Qualifier.STALE,)
    assert found.data_note == "The latest figure is for 2024/25; that for 2025/26 was due on 30 May 2026."
    # only the last one
    assert all(not point.value.qualifiers for point in found.points[:-1])


@pytest.mark.parametrize(
    ("due_on", "is_stale"), [(date(2026, 11, 21), True), (AS_OF, False), (date(2026, 12, 1), False)]
)
def test_a_figure_is_owed_from_the_day_after_it_was_due(due_on: date, is_stale: bool) -> None:
    owed = status({}, {"period": "2025/26", "status": "missing" if is_stale else "not yet due", "due_on": due_on})
    found = line(estimates(*SERIES), returns=owed)
    assert found.current is not None
    assert (Qualifier.STALE in found.current.value.qualifiers) is is_stale
    assert ("that for 2025/26 was due on 21 November 2026." in found.data_note) is is_stale


def test_a_missing_last_value_is_not_called_stale() -> None:
    owed = status({"period": "2025/26", "status": "missing"})
    found = line(estimates({"period": "2024/25", "reason": "not available"}), returns=owed)
    assert found.current is not None
    assert found.current.value.qualifiers == ()


def test_the_note_counts_the_figures_of_the_current_period_and_names_what_was_sent_back() -> None:
    sent = status({"area_code": "N1"}, {"area_code": "N2", "status": "late"}, {"area_code": "N3", "status": "missing"})
    assert line(estimates(*SERIES), returns=sent).data_note == "2 of 3 figures received for this period."
    back = status({"partner_code": "VA", "status": "rejected"}, {"partner_code": "NHS", "status": "rejected"})
    assert (
        line(estimates(*SERIES), returns=back).data_note
        == "A return of Eastvale Trust, Voluntary Alliance is not accepted yet."
    )
    # what is owed elsewhere is not this place's
    away = status({"area_code": "PL2", "status": "rejected"}, {"indicator_id": "falls", "status": "rejected"})
    assert line(estimates(*SERIES), returns=away).data_note == ""


def test_the_note_says_that_figures_were_destroyed_and_of_whom_and_when() -> None:
    one = status({}, {"period": "2023/24", "status": "expunged"})
    assert line(estimates(*SERIES), returns=one).data_note == (
        "1 of 1 figures received for this period. The figures of Castlewick Council for 2023/24 were destroyed by "
        "rule, so they are not shown."
    )
    # of several periods the first and the last; what is to be mended is said as well
    more = status(
        {"partner_code": "VA", "status": "rejected"},
        {"period": "2022/23", "status": "expunged"},
        {"period": "2021/22", "status": "expunged", "partner_code": "VA"},
        {"period": "2023/24", "status": "expunged", "area_code": "PL2"},
        {"period": "2020/21", "status": "expunged"},
    )
    assert line(estimates(*SERIES), returns=more).data_note == (
        "A return of Voluntary Alliance is not accepted yet. The figures of Castlewick Council, Voluntary Alliance for "
        "3 periods (2020/21 to 2022/23) were destroyed by rule, so they are not shown."
    )
    # nothing else is left to be shown
    assert line(estimates(), returns=status({"status": "expunged"})).data_note == (
        "The figures received were destroyed by rule, and none is kept."
    )


def test_other_frameworks_with_the_same_measure_are_named() -> None:
    both = partnership(national=[inclusion(tier="national")])
    assert line(estimates(*SERIES), of=both).also_in == ("National framework",)
    assert line(estimates(*SERIES), of=both, framework_id="national").also_in == ("Local framework",)
    assert line(estimates(*SERIES)).also_in == ()


def test_another_version_of_a_measure_is_another_measure() -> None:
    both = partnership(indicators=[indicator(), indicator(version=2)], national=[inclusion(tier="national", version=2)])
    assert line(estimates(*SERIES), of=both).also_in == ()


def test_owners_and_suppliers_are_named_and_sorted() -> None:
    agreed = agreement(
        responsibilities=[
            {"partner": "VA", "role": "accountable", "indicators": ["smoking"]},
            {"partner": "CC", "role": "accountable", "indicators": ["falls", "smoking"]},
            {"partner": "NHS", "role": "accountable", "indicators": ["falls"]},
            {"partner": "NHS", "role": "supplies_data", "indicators": ["smoking"]},
            {"partner": "CC", "role": "contributes", "indicators": ["smoking"]},
        ]
    )
    found = line(estimates(*SERIES), of=partnership(agreements=[agreed]), returns=status({"partner_code": "VA"}))
    assert found.owners == ("Castlewick Council", "Voluntary Alliance")
    # those that are agreed to send it, and those from whom it is expected
    assert found.suppliers == ("Eastvale Trust", "Voluntary Alliance")
    alone = line(estimates(*SERIES))
    assert (alone.owners, alone.suppliers) == ((), ())


def test_groups_stand_in_the_order_of_the_definition() -> None:
    rows: list[dict[str, Any]] = [
        {"breakdown": "sex=Male", "value": 22.0},
        {"breakdown": "age_band=65+", "value": 11.0},
        {"breakdown": "sex=Female", "reason": "confidential"},
        {"breakdown": "age_band=0-64", "value": 25.0},
        # crossed groups and other periods are no groups of the page
        {"breakdown": "age_band=65+; sex=Male", "value": 12.0},
        {"breakdown": "sex=Male", "period": "2023/24", "value": 99.0},
    ]
    split = partnership(indicators=[indicator(breakdowns=(SEX, AGE))])
    found = line(estimates(SERIES[1], *rows), of=split)
    assert [(group.dimension, group.category, group.value.value) for group in found.groups] == [
        ("sex", "Female", None),
        ("sex", "Male", 22.0),
        ("age_band", "0-64", 25.0),
        ("age_band", "65+", 11.0),
    ]
    assert found.groups[0] == GroupValue(dimension="sex", category="Female", value=Value(reason=Reason.CONFIDENTIAL))


def test_a_measure_given_by_group_only_has_a_reason_in_place_of_a_figure_for_everybody() -> None:
    rows = [
        {"breakdown": "sex=Male", "value": 22.0, "numerator": 22.0, "denominator": 100.0, "qualifiers": ["revised"]},
        {"breakdown": "sex=Female", "value": 18.0},
        {"breakdown": "sex=Female", "period": "2023/24", "value": 17.0},
        {"breakdown": "sex=Female", "period": "2026/27", "value": 16.0},
    ]
    split = partnership(indicators=[indicator(breakdowns=(SEX,))])
    found = line(estimates(*rows), of=split)
    assert [(point.period, point.value.value, point.value.reason) for point in found.points] == [
        ("2023/24", None, Reason.NOT_APPLICABLE),
        ("2024/25", None, Reason.NOT_APPLICABLE),
    ]
    assert found.current is not None
    # nothing of one group is left on it
    value = found.current.value
    assert (value.numerator, value.denominator, value.lower_ci_95, value.qualifiers) == (None, None, None, ())
    assert [(group.category, group.value.value) for group in found.groups] == [("Female", 18.0), ("Male", 22.0)]
    assert found.data_note == "It is given by group only; there is no figure for everybody."


def test_parts_are_sorted_by_name_and_each_missing_one_has_a_reason() -> None:
    rows = [
        {"area_code": "N1", "value": 1.0},
        {"area_code": "N2", "value": 2.0},
        {"area_code": "N3", "value": 3.0, "period": "2023/24"},
        # not a part of this place
        {"area_code": "PL2", "value": 4.0},
    ]
    better = {"area_code": "N2", "signal": "comparison", "word": "better", "against": "nation", "period": "2024/25"}
    earlier = {**better, "area_code": "N1", "period": "2023/24", "word": "worse"}
    terms = partnership(local=[inclusion(benchmarks=("nation",))])
    found = line(estimates(SERIES[1], *rows), judgements(better, earlier), of=terms)
    assert [(part.name, part.value.value, part.value.reason) for part in found.parts] == [
        ("Abbey", 2.0, None),
        ("Moor", None, Reason.MISSING),
        ("Zetland", 1.0, None),
    ]
    # a word of another period is not said beside this one's value
    assert [part.comparison.word if part.comparison else None for part in found.parts] == [Word.BETTER, None, None]


def test_a_part_that_was_never_measured_is_left_out() -> None:
    assert [part.area_code for part in line(estimates(SERIES[1], {"area_code": "N3", "value": 3.0})).parts] == ["N3"]


NATION = {"signal": "comparison", "word": "worse", "against": "nation", "against_code": "E92000001"}
REGION = {"signal": "comparison", "word": "better", "against": "region", "against_code": "REG1"}
OTHERS = {"signal": "comparison", "word": "similar", "against": "other_places", "against_code": "SYS1"}


@pytest.mark.parametrize(
    ("benchmarks", "expected"),
    [
        (("nation", "region", "other_places"), [Word.WORSE, Word.BETTER, Word.SIMILAR]),
        (("region", "nation", "other_places"), [Word.BETTER, Word.WORSE, Word.SIMILAR]),
        (("other_places", "region", "nation"), [Word.SIMILAR, Word.BETTER, Word.WORSE]),
    ],
)
def test_comparisons_stand_in_the_order_of_the_inclusion(benchmarks: tuple[str, ...], expected: list[Word]) -> None:
    terms = partnership(local=[inclusion(benchmarks=benchmarks)])
    words = judgements(NATION, REGION, OTHERS, {**OTHERS, "area_code": "N1"}, {**REGION, "area_code": "N1"})
    found = line(estimates(SERIES[1], {"area_code": "N1", "value": 1.0}), words, of=terms)
    assert words_of(found) == expected
    part = found.parts[0].comparison
    assert part is not None
    assert part.word == next(word for word in expected if word is not Word.WORSE)


def test_a_benchmark_has_the_name_of_its_area() -> None:
    terms = partnership(local=[inclusion(benchmarks=("nation", "fixed_value", "other_places"))])
    fixed = {"signal": "comparison", "word": "similar", "against": "fixed_value", "against_value": 20.0}
    found = line(
        estimates(*SERIES), judgements({**NATION, "against_value": 15.0, "amount": 5.0}, OTHERS, fixed), of=terms
    )
    assert [
        (one.benchmark.kind, one.benchmark.name, one.benchmark.area_code) for one in found.comparisons if one.benchmark
    ] == [
        (BenchmarkKind.NATION, "England", "E92000001"),
        (BenchmarkKind.FIXED_VALUE, "Fixed value", ""),
        # the other places of a system are not the system
        (BenchmarkKind.OTHER_PLACES, "The other places", ""),
    ]
    assert found.comparisons[0].distance == 5.0


def test_points_carry_the_published_level_of_their_own_period() -> None:
    published = benchmark_series({"period": "2021/22", "value": 15.0}, {"period": "2022/23", "value": 16.0})
    rolled_up = {"area_code": "E92000001", "period": "2024/25", "value": 17.0}
    clash = {"area_code": "E92000001", "period": "2021/22", "value": 99.0}
    terms = partnership(local=[inclusion(benchmarks=("nation",))], series=[published])
    found = line(estimates(*SERIES, rolled_up, clash), judgements(NATION), of=terms)
    assert [point.benchmark for point in found.points] == [15.0, 16.0, None, 17.0]


def test_other_places_have_no_level_to_draw() -> None:
    terms = partnership(local=[inclusion(benchmarks=("other_places",))])
    system = {"area_code": "SYS1", "value": 50.0}
    found = line(estimates(*SERIES, system), judgements({**OTHERS, "against_value": 30.0}), of=terms)
    assert [point.benchmark for point in found.points] == [None] * 4


def test_a_trend_is_carried_with_its_direction() -> None:
    row = {
        "signal": "trend",
        "word": "improving",
        "against": "trend_fingertips_2020",
        "direction": "down",
        "amount": -0.5,
        "test_statistic": 9.1,
        "points": 5,
    }
    trend = line(estimates(*SERIES), judgements(row)).trend
    assert (trend.word, trend.method, trend.direction) == (Word.IMPROVING, "trend_fingertips_2020", "down")
    assert (trend.slope, trend.chi_square, trend.points) == (-0.5, 9.1, 5)


def test_a_measure_of_which_no_trend_is_asked_says_so() -> None:
    unasked = partnership(local=[inclusion(trend="")])
    trend = line(estimates(*SERIES), of=unasked).trend
    assert (trend.word, trend.because) == (Word.CANNOT_TELL, "No trend is asked for this measure.")


def test_a_trend_that_is_asked_of_no_figure_is_named_with_the_reason() -> None:
    trend = line(estimates()).trend
    assert (trend.word, trend.because) == (Word.CANNOT_TELL, "There is no figure.")
    assert trend.method_title == "Recent trend, as Fingertips in 2020"


GOAL = {
    "indicator": "smoking",
    "kind": "level",
    "points": ({"period": "2028/29", "value": 12},),
    "set_by": "place",
    "decision": "JC 2026/3",
    "agreed_on": date(2026, 4, 2),
}
HELD = {
    "signal": "target",
    "word": "off track",
    "against": "place",
    "against_code": "JC 2026/3",
    "against_value": 16.0,
    "target_period": "2028/29",
    "target_value": 12.0,
    "target_key": "agreements/PL1@1#1",
    "reached": "not reached",
    "amount": 4.0,
}


def test_a_target_brings_its_agreed_points_and_decision() -> None:
    whole = partnership(agreements=[agreement(targets=[GOAL])])
    (target,) = line(estimates(*SERIES), judgements(HELD), of=whole).targets
    assert [(point.period, point.value) for point in target.points] == [("2028/29", 12.0)]
    assert (target.word, target.decision, target.agreed_on) == (Word.OFF_TRACK, "JC 2026/3", date(2026, 4, 2))
    assert (target.expected, target.target_value, target.reached) == (16.0, 12.0, Reached.NOT_REACHED)


def test_the_target_of_a_group_is_not_taken_for_that_of_everybody() -> None:
    of_women = {**GOAL, "breakdown": "sex=Female", "agreed_on": date(2026, 1, 1)}
    elsewhere = {**GOAL, "area_code": "N1", "agreed_on": date(2026, 1, 2)}
    another_level = {**GOAL, "points": ({"period": "2028/29", "value": 13},), "agreed_on": date(2026, 1, 3)}
    another_measure = {**GOAL, "indicator": "falls", "agreed_on": date(2026, 1, 4)}
    whole = partnership(agreements=[agreement(targets=[of_women, elsewhere, another_level, another_measure, GOAL])])
    (target,) = line(estimates(*SERIES), judgements({**HELD, "target_key": "agreements/PL1@1#5"}), of=whole).targets
    assert target.agreed_on == date(2026, 4, 2)


def test_two_targets_alike_in_all_but_the_day_are_not_confused() -> None:
    again = {**GOAL, "agreed_on": date(2026, 5, 1)}
    whole = partnership(agreements=[agreement(targets=[GOAL, again])])
    words = judgements(HELD, {**HELD, "target_key": "agreements/PL1@1#2"})
    found = line(estimates(*SERIES), words, of=whole).targets
    assert [target.agreed_on for target in found] == [date(2026, 4, 2), date(2026, 5, 1)]


def test_a_target_for_a_group_stands_on_the_line_with_the_groups_name_and_value() -> None:
    of_women = {**GOAL, "breakdown": "sex=Female"}
    whole = partnership(agreements=[agreement(targets=[of_women])])
    none = {"signal": "target", "word": "no target", "because": "No target is agreed for it."}
    words = judgements(none, {**HELD, "breakdown": "sex=Female"}, {**none, "breakdown": "sex=Male"})
    rows = [*SERIES, {**SERIES[-1], "breakdown": "sex=Female", "value": 17.5}]
    (target,) = line(estimates(*rows), words, of=whole).targets
    assert (target.group, target.measured, target.word) == ("Female", 17.5, Word.OFF_TRACK)


def test_a_national_target_and_a_local_one_stand_beside_each_other() -> None:
    national = {**GOAL, "set_by": "nation", "decision": "White Paper"}
    key = "frameworks/local/smoking@1#1"
    of_nation = {"against": "nation", "against_code": "White Paper", "word": "on track", "target_key": key}
    whole = partnership(agreements=[agreement(targets=[GOAL])], local=[inclusion(targets=(national,))])
    words = judgements(HELD, {**HELD, **of_nation})
    found = line(estimates(*SERIES), words, of=whole).targets
    assert [(target.set_by, target.word, len(target.points)) for target in found] == [
        ("nation", Word.ON_TRACK, 1),
        ("place", Word.OFF_TRACK, 1),
    ]


def test_without_a_target_the_line_says_so() -> None:
    row = {"signal": "target", "word": "no target", "because": "No target is agreed for it."}
    (target,) = line(estimates(*SERIES), judgements(row)).targets
    assert (target.word, target.because, target.points) == (Word.NO_TARGET, "No target is agreed for it.", ())


def test_replies_stand_in_the_order_in_which_they_were_given_and_never_before() -> None:
    replies = [
        {"indicator": "smoking", "partner": "VA", "given_on": date(2026, 11, 22), "text": "today"},
        {"indicator": "smoking", "partner": "CC", "given_on": date(2026, 6, 1), "text": "earlier"},
        {"indicator": "smoking", "partner": "CC", "given_on": date(2026, 11, 23), "text": "tomorrow"},
        {"indicator": "falls", "partner": "CC", "given_on": date(2026, 6, 1), "text": "of another measure"},
    ]
    found = line(estimates(*SERIES), of=partnership(agreements=[agreement(replies=replies)]))
    assert [(reply.partner, reply.text) for reply in found.replies] == [
        ("Castlewick Council", "earlier"),
        ("Voluntary Alliance", "today"),
    ]


def test_words_on_another_framework_terms_or_of_a_group_are_not_this_lines() -> None:
    both = partnership(national=[inclusion(tier="national", polarity="higher_is_better")])
    words = judgements(
        {"signal": "trend", "word": "improving"},
        {"signal": "trend", "word": "getting worse", "framework_id": "national"},
        {"signal": "trend", "word": "no significant change", "breakdown": "sex=Male"},
        {"signal": "trend", "word": "increasing", "area_code": "PL2"},
    )
    assert line(estimates(*SERIES), words, of=both).trend.word is Word.IMPROVING
    assert line(estimates(*SERIES), words, of=both, framework_id="national").trend.word is Word.GETTING_WORSE


def test_the_definition_names_the_method_that_was_used() -> None:
    found = line(estimates(*SERIES))
    assert (found.definition.method, found.definition.method_title) == ("wilson", "Wilson score interval")
    assert (found.definition.numerator, found.definition.measured) == ("people counted", "over period")
    # where nothing was estimated yet, the method that is asked for
    asked = partnership(indicators=[indicator(method="wilson")])
    assert line(estimates(), of=asked).definition.method == "wilson"


def test_names_fall_back_to_the_full_one() -> None:
    pair = partnership(
        indicators=[indicator(short_name="Smokers"), indicator("falls")],
        local=[inclusion(balance="falls"), inclusion("falls", balance="smoking")],
    )
    found = line(estimates(), of=pair)
    assert (found.short_name, found.balance) == ("Smokers", "Falls")
    other = line(estimates(), of=pair, indicator_id="falls")
    assert (other.short_name, other.balance) == ("Falls", "Smokers")


def test_a_published_measure_says_why_it_is_not_worked_out_here_even_where_it_has_no_value() -> None:
    because = "The answers of the survey are weighted."
    survey = indicator(statistic="published_value", denominator="none", published_because=because)
    world_of_survey = partnership(indicators=[survey])
    shown = line(
        estimates({"period": "2024/25", "value": 20.0, "basis": "published", "method": "as_published"}),
        of=world_of_survey,
    )
    missing = line(
        estimates({"period": "2024/25", "reason": "not available", "basis": "published"}), of=world_of_survey
    )
    assert shown.definition.method_title == missing.definition.method_title == f"As published. {because}"
    assert shown.definition.method == missing.definition.method == "as_published"


def test_a_measure_worked_out_from_counts_never_says_that_it_is_published() -> None:
    counted = partnership(indicators=[indicator(published_because="Some sources publish it only.")])
    assert line(estimates(*SERIES), of=counted).definition.method_title == "Wilson score interval"


def test_an_area_is_shown_no_comparison_with_its_own_level() -> None:
    place = [{"against": kind, "word": "not compared"} for kind in ("place", "nation", "fixed_value")]
    assert [row["against"] for row in shown_comparisons([{**row, "level": "place"} for row in place], inclusion())] == [
        "nation",
        "fixed_value",
    ]
    nation = [{"against": kind, "level": "nation", "word": "not compared"} for kind in ("region", "nation")]
    terms = inclusion(benchmarks=("nation", "region"))
    assert [row["against"] for row in shown_comparisons(nation, terms)] == ["nation"]
    assert shown_comparisons([], terms) == []
