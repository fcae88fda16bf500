"""Inequality told by example: the word on a gap, the numbers behind it, and why it sometimes cannot be told."""

from typing import Any

import pytest

from outcomes.errors import UnknownNameError
from outcomes.judgement.judging import judge
from outcomes.vocabulary import Detail, Reason
from tests.inequality_world import AS_OF, drawn, fifths, gap_of, group_rows, judged, unequal_world, word_of, year
from tests.small_world import Row, estimates, inclusion, indicator, world

STEADY = "20 20 20 20 20"
FALLING = "30 28 26 24 22"
RISING = "22 24 26 28 30"

#   most/least deprived fifth, year by year  | average | lower is better        | higher is better
DRAWN = f"""
    30/20 30/20 30/20 30/20 30/20            | {STEADY}  | no significant change | no significant change
    36/20 34/20 32/20 30/20 28/20            | {STEADY}  | narrowing             | narrowing
    28/20 30/20 32/20 34/20 36/20            | {STEADY}  | widening              | widening
    28/20 30/20 32/20 34/20 36/20            | {FALLING} | improving, unequally  | widening
    28/20 30/20 32/20 34/20 36/20            | {RISING}  | widening              | improving, unequally
    36/20 34/20 32/20 30/20 28/20            | {FALLING} | narrowing             | narrowing
    20/28 20/30 20/32 20/34 20/36            | {RISING}  | widening              | improving, unequally
    20/36 20/34 20/32 20/30 20/28            | {STEADY}  | narrowing             | narrowing
    30/20 30/20 30/20 - 30/20                | {STEADY}  | cannot tell           | cannot tell
    30/20 30/20 30/20 30/20 -                | {STEADY}  | cannot tell           | cannot tell
    40/20 35/20 20/20 20/35 20/40            | {STEADY}  | cannot tell           | cannot tell
"""
LINES = [[cell.strip() for cell in line.split("|")] for line in DRAWN.strip().splitlines()]


@pytest.mark.parametrize("line", LINES, ids=[" | ".join(line[:2]) for line in LINES])
def test_each_drawn_gap_has_the_drawn_word_for_each_polarity(line: list[str]) -> None:
    ends, averages, *words = line
    for polarity, word in zip(("lower_is_better", "higher_is_better"), words, strict=True):
        found = word_of(judged(drawn(ends, averages), polarity=polarity))
        assert found["word"] == word
        assert (found["reason"] is None) == (word != "cannot tell")
        assert (found["because"] == "") == (word != "cannot tell")
        assert (found["direction"] is None) == (word == "cannot tell")


def test_the_word_says_its_method_slope_test_and_points() -> None:
    found = word_of(judged(drawn("28/20 30/20 32/20 34/20 36/20")))
    assert (found["against"], found["points"], found["direction"]) == ("gap_trend_fingertips_2020", 5, "up")
    assert found["amount"] == pytest.approx(2.0)
    # each gap has the interval of two values ±2: ±2√2; weights w = (3.92 / 4√2)², chi-squared = b² Σ w (t - mean t)²
    assert found["test_statistic"] == pytest.approx(4 * (3.92 / (4 * 2**0.5)) ** 2 * 10)


def test_the_gap_is_the_most_deprived_less_the_least_with_the_interval_of_both() -> None:
    gap = gap_of(judged(drawn("30/20 30/20 30/20 30/20 30/20")))
    assert (gap["dimension"], gap["groups"]) == ("deprivation_quintile", 5)
    assert (gap["most_deprived_group"], gap["least_deprived_group"]) == ("1", "5")
    assert (gap["most_deprived_value"], gap["least_deprived_value"], gap["absolute_gap"]) == (30.0, 20.0, 10.0)
    # Newcombe: the distances to both limits joined by the root of their squares
    assert gap["absolute_gap_lower_ci_95"] == pytest.approx(10 - 8**0.5)
    assert gap["absolute_gap_upper_ci_99_8"] == pytest.approx(10 + 18**0.5)
    assert gap["relative_gap"] == 1.5
    assert gap["relative_gap_lower_ci_95"] < 1.5 < gap["relative_gap_upper_ci_95"]
    assert gap["relative_gap_lower_ci_99_8"] < gap["relative_gap_lower_ci_95"]


def test_the_slope_index_goes_the_way_of_the_gap_and_uses_every_group_and_its_population() -> None:
    # five equal groups on a line of 2.5 a group: from -1/10 to 11/10 of the way between the middles of the ends
    gap = gap_of(judged(drawn("30/20 30/20 30/20 30/20 30/20")))
    assert gap["slope_index"] == pytest.approx(12.5)
    assert gap["slope_index_lower_ci_95"] < 12.5 < gap["slope_index_upper_ci_95"]
    assert gap["relative_index"] == pytest.approx(31.25 / 18.75)
    assert gap["slope_reason"] is None
    # a group of nearly nobody moves it little
    rows = drawn("30/20 30/20 30/20 30/20 30/20")
    weighed = [{**row, "denominator": 1.0} if row.get("breakdown", "").endswith("=1") else row for row in rows]
    moved = gap_of(judged(weighed))
    assert moved["slope_index"] != pytest.approx(12.5)
    assert moved["absolute_gap"] == gap["absolute_gap"]


def test_only_the_current_period_has_a_slope_index_and_every_period_a_gap() -> None:
    found = judged(drawn("30/20 31/20 32/20 33/20 34/20")).gaps
    assert found["absolute_gap"].to_list() == [10.0, 11.0, 12.0, 13.0, 14.0]
    assert found["is_in_change"].to_list() == [True] * 5
    assert found["slope_index"].is_null().to_list() == [True, True, True, True, False]


def test_the_analytic_interval_is_the_default_and_the_simulated_one_has_its_seed_in_the_framework() -> None:
    rows = drawn("30/20 30/20 30/20 30/20 30/20")
    analytic = gap_of(judged(rows))
    drawn_once, again, other = (
        gap_of(judged(rows, slope_index="slope_index_simulated", slope_index_seed=seed)) for seed in (7, 7, 8)
    )
    assert drawn_once == again
    assert drawn_once["slope_index_lower_ci_95"] != other["slope_index_lower_ci_95"]
    assert drawn_once["slope_index"] == analytic["slope_index"]
    assert drawn_once["slope_index_lower_ci_95"] == pytest.approx(analytic["slope_index_lower_ci_95"], abs=0.1)
    none = gap_of(judged(rows, slope_index=""))
    assert (none["slope_index"], none["slope_reason"], none["absolute_gap"]) == (None, "not applicable", 10.0)


def _told(rows: list[Row], terms: Row | None = None, **asked: Any) -> tuple[Any, ...]:
    found = word_of(judged(rows, terms, **asked))
    assert found["word"] == "cannot tell"
    return found["reason"], found["detail"], found["because"]


YEARLY = "30/20 30/20 30/20 30/20 30/20"


def test_fewer_than_five_periods_leave_the_gap_shown_and_its_change_untold() -> None:
    judgements = judged(drawn("30/20 30/20", "20 20"))
    row = word_of(judgements)
    assert (row["word"], row["reason"], row["detail"]) == (
        "cannot tell",
        Reason.CANNOT_BE_CALCULATED,
        Detail.TOO_FEW_POINTS,
    )
    assert row["because"].startswith("The gap is shown, its change is not told. ")
    assert row["points"] == 2
    assert gap_of(judgements)["absolute_gap"] == 10.0


def test_a_period_without_groups_says_so() -> None:
    assert _told(drawn("30/20 30/20 30/20 30/20 -")) == (
        "missing",
        None,
        "No figure by deprivation was received for 2024/25.",
    )


@pytest.mark.parametrize(
    ("group", "row", "told"),
    [
        (1, {"reason": "confidential"}, ("confidential", None, "A figure that the gap is made of is hidden.")),
        (
            5,
            {"reason": "not available"},
            (
                "not available",
                None,
                "The least deprived fifth has no value for 2024/25: not available.",
            ),
        ),
        (
            1,
            {"reason": "cannot be calculated", "detail": "too few events"},
            (
                "cannot be calculated",
                "too few events",
                "The most deprived fifth has no value for 2024/25: cannot be calculated (too few events).",
            ),
        ),
        (5, None, ("missing", None, "The least deprived fifth has no value for 2024/25: missing.")),
    ],
)
def test_an_end_without_a_value_leaves_no_gap_and_says_which_end_and_why(
    group: int, row: Row | None, told: tuple[Any, ...]
) -> None:
    earlier = drawn("30/20 30/20 30/20 30/20", "20 20 20 20", last=2023)
    values: list[float | Row | None] = [30.0, 28.0, 25.0, 22.0, 20.0]
    values[group - 1] = row
    rows = [*earlier, {"period": year(2024), "value": 20.0}, *group_rows(values, year(2024))]
    assert _told(rows) == told
    gap = gap_of(judged(rows))
    assert (gap["absolute_gap"], gap["relative_gap"], gap["slope_index"]) == (None, None, None)
    assert gap["reason"] == told[0]


def test_a_group_between_the_ends_takes_only_the_slope_index_away() -> None:
    for row, reason, detail in (
        (None, "cannot be calculated", "missing stratum"),
        ({"reason": "confidential"}, "confidential", None),
        ({"reason": "missing"}, "missing", None),
    ):
        earlier = drawn("30/20 30/20 30/20 30/20", "20 20 20 20", last=2023)
        middle = group_rows([30.0, row, 25.0, 22.0, 20.0], year(2024))
        found = judged([*earlier, {"period": year(2024), "value": 20.0}, *middle])
        gap = gap_of(found)
        assert word_of(found)["word"] == "no significant change"
        assert (gap["absolute_gap"], gap["slope_index"]) == (10.0, None)
        assert (gap["slope_reason"], gap["slope_detail"]) == (reason, detail)


def test_groups_without_populations_have_a_gap_and_no_slope_index() -> None:
    gap = gap_of(judged(drawn(YEARLY, STEADY, denominator=None)))
    assert (gap["absolute_gap"], gap["slope_index"], gap["slope_reason"]) == (10.0, None, "missing")


def test_ends_without_an_interval_show_the_gap_and_say_nothing_of_chance() -> None:
    bare: Row = {"lower_ci_95": None, "upper_ci_95": None, "lower_ci_99_8": None, "upper_ci_99_8": None}
    reason, detail, because = _told(drawn(YEARLY, STEADY, **bare))
    assert (reason, detail) == ("cannot be calculated", "no spread")
    assert because == "The gap has no confidence interval, so chance cannot be told from a change."
    assert gap_of(judged(drawn(YEARLY, STEADY, **bare)))["absolute_gap"] == 10.0


def test_a_published_value_has_its_95_interval_and_no_other() -> None:
    only_95: Row = {"lower_ci_99_8": None, "upper_ci_99_8": None}
    judgements = judged(drawn("28/20 30/20 32/20 34/20 36/20", STEADY, **only_95), {"statistic": "published_value"})
    assert word_of(judgements)["word"] == "widening"
    gap = gap_of(judgements)
    assert gap["absolute_gap_lower_ci_95"] is not None
    assert gap["absolute_gap_lower_ci_99_8"] is None


def test_intervals_so_wide_that_no_gap_could_be_told_are_not_called_no_change() -> None:
    wide: Row = {"lower_ci_95": 0.0, "upper_ci_95": 60.0}
    reason, detail, because = _told(drawn("30/20 30/21 30/20 30/19 30/20", STEADY, **wide))
    assert (reason, detail) == ("cannot be calculated", "interval too wide")
    assert because.startswith("The intervals are too wide: ")


def test_a_count_has_no_gap_without_a_population() -> None:
    judgements = judged(drawn(YEARLY), {"statistic": "count", "denominator": "none", "multiplier": 1.0})
    row = word_of(judgements)
    assert (row["word"], row["reason"]) == ("cannot tell", "not applicable")
    assert row["because"] == "A gap between counts has no meaning without the populations behind them."
    assert judgements.gaps.is_empty()


def test_where_nobody_said_which_way_is_good_the_gap_is_shown_and_not_judged() -> None:
    rows = drawn("28/20 30/20 32/20 34/20 36/20")
    assert _told(rows, polarity="no_judgement") == (
        "not applicable",
        None,
        "Nobody has said which way is good, so the gap is shown and not judged.",
    )
    assert gap_of(judged(rows, polarity="no_judgement"))["absolute_gap"] == 16.0


def test_the_change_is_told_of_years_alone_and_the_gap_of_any_period() -> None:
    rows: list[Row] = []
    for quarter in ("2024/25 Q3", "2024/25 Q4"):
        rows += [{"period": quarter, "period_kind": "quarter", "value": 25.0}]
        rows += [{**row, "period_kind": "quarter"} for row in group_rows([30.0, 28.0, 25.0, 22.0, 20.0], quarter)]
    found = judged(rows, {"period": "quarter"})
    row = word_of(found)
    assert (row["reason"], row["because"]) == (
        "not applicable",
        "The change of a gap is told only of periods of one year.",
    )
    assert found.gaps["absolute_gap"].to_list() == [10.0, 10.0]
    assert found.gaps["slope_index"].is_not_null().to_list() == [False, True]


def test_a_break_in_series_of_an_end_begins_the_change_anew() -> None:
    rows = drawn("10/10 10/10 30/20 30/20 30/20")
    marked = [
        {**row, "qualifiers": ["break in series"]}
        if row["period"] == year(2022) and row.get("breakdown") == "deprivation_quintile=1"
        else row
        for row in rows
    ]
    row = word_of(judged(marked))
    assert (row["word"], row["detail"], row["points"]) == ("cannot tell", "too few points", 3)


def test_a_break_in_series_of_everybody_is_one_of_the_groups_too() -> None:
    rows = drawn("10/10 10/10 30/20 30/20 30/20")
    marked = [
        {**row, "qualifiers": ["break in series"]} if row["period"] == year(2022) and "breakdown" not in row else row
        for row in rows
    ]
    row = word_of(judged(marked))
    assert (row["word"], row["detail"], row["points"]) == ("cannot tell", "too few points", 3)


def test_groups_newer_than_the_figure_of_everybody_do_not_enter_its_change() -> None:
    rows = drawn("30/20 30/20 30/20 30/20 30/20 90/20", "20 20 20 20 20 20")
    without_newest = [row for row in rows if row["period"] != year(2024) or "breakdown" in row]
    found = judged(without_newest)
    row = word_of(found)
    assert (row["period"], row["word"], row["amount"]) == (year(2023), "no significant change", pytest.approx(0.0))
    assert found.gaps["is_in_change"].to_list() == [True] * 5 + [False]
    # nor does a break among them leave no word at all
    broken = [
        {**one, "qualifiers": ["break in series"]} if one["period"] == year(2024) else one for one in without_newest
    ]
    assert word_of(judged(broken))["word"] == "no significant change"


def test_an_end_outside_its_own_interval_has_a_value_and_no_gap_and_the_sentence_says_so() -> None:
    earlier = drawn("30/20 30/20 30/20 30/20", "20 20 20 20", last=2023)
    # the interval of the count beside the value of the rate: published so
    values: list[float | Row | None] = [
        {"value": 30.0, "lower_ci_95": 40.0, "upper_ci_95": 50.0},
        28.0,
        25.0,
        22.0,
        20.0,
    ]
    rows = [*earlier, {"period": year(2024), "value": 20.0}, *group_rows(values, year(2024))]
    assert _told(rows) == (
        "cannot be calculated",
        "impossible input",
        "Both ends have a value for 2024/25, but one of them lies outside its own interval.",
    )
    gap = gap_of(judged(rows))
    assert (gap["absolute_gap"], gap["reason"], gap["detail"]) == (None, "cannot be calculated", "impossible input")


def test_the_next_fingertips_method_passes_over_a_year_without_a_gap() -> None:
    ends = "26/20 28/20 30/20 - 32/20 34/20"
    averages = "20 20 20 20 20 20"
    assert word_of(judged(drawn(ends, averages)))["word"] == "cannot tell"
    next_method = judged(drawn(ends, averages), inequality="gap_trend_fingertips_next")
    assert word_of(next_method)["word"] == "widening"
    assert word_of(next_method)["against"] == "gap_trend_fingertips_next"


def test_a_measure_that_has_no_groups_by_deprivation_has_no_row() -> None:
    partnership = world([indicator()], [inclusion()])
    found = judge(estimates({"value": 20.0}), partnership, as_of=AS_OF)
    assert found.frame.filter(signal="inequality").is_empty()
    assert found.gaps.is_empty()


def test_a_framework_may_turn_it_off() -> None:
    found = judged(drawn(YEARLY), inequality="")
    assert found.frame.filter(signal="inequality").is_empty()
    assert found.gaps.is_empty()


def test_a_breakdown_in_another_order_of_categories_has_its_ends_by_the_key_alone() -> None:
    turned = {"breakdowns": [fifths(categories=("5", "4", "3", "2", "1"), deprivation="least_deprived_first")]}
    rows = drawn("28/20 30/20 32/20 34/20 36/20")
    assert gap_of(judged(rows, turned)) == gap_of(judged(rows))
    plain = {"breakdowns": [fifths(deprivation=None)]}
    assert judged(rows, plain).gaps.is_empty()


def test_a_measure_that_is_itself_a_gap_is_told_from_its_own_values() -> None:
    rows = [{"period": year(2020 + step), "value": 14.0 - 2 * step} for step in range(5)]
    partnership = world([indicator(is_gap=True, statistic="published_value")], [inclusion()])
    found = judge(estimates(*rows), partnership, as_of=AS_OF)
    assert (word_of(found)["word"], word_of(found)["amount"]) == ("narrowing", pytest.approx(-2.0))
    gap = gap_of(found)
    assert (gap["dimension"], gap["groups"], gap["absolute_gap"], gap["most_deprived_value"]) == ("", 0, 6.0, None)


def test_of_two_breakdowns_by_deprivation_the_first_with_a_figure_now_speaks() -> None:
    tenths = fifths(dimension="deprivation_decile", categories=tuple(str(n) for n in range(1, 11)))
    rows = drawn("28/20 30/20 32/20 34/20 36/20")
    found = judged(rows, {"breakdowns": [tenths, fifths()]})
    assert gap_of(found)["dimension"] == "deprivation_quintile"
    assert word_of(found)["word"] == "widening"


def test_a_method_that_there_is_not_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UnknownNameError, match="gap_trend_fingertips_2020, gap_trend_fingertips_next"):
        judge(estimates(*drawn(YEARLY)), unequal_world(inequality="gap_trend"), as_of=AS_OF)
    with pytest.raises(UnknownNameError, match="slope_index_analytic"):
        judge(estimates(*drawn(YEARLY)), unequal_world(slope_index="slope"), as_of=AS_OF)
