"""The fifth signal on a line, in the results, in what changed and in the ten lines."""

from datetime import date
from typing import Any

import pytest

from outcomes.judgement.judging import judge
from outcomes.profile.profiling import profile
from outcomes.scorecard.changes import changes
from outcomes.scorecard.inequality import NOT_ASKED, NOT_COLLECTED
from outcomes.scorecard.model import SCHEMA_VERSION, IndicatorLine, Inequality, NotBuilt
from outcomes.scorecard.reading import read_scorecard, scorecard_json
from outcomes.vocabulary import Detail, Reason, Word
from tests.inequality_world import drawn, fifths
from tests.small_world import Row, estimates, inclusion, indicator
from tests.unit.scorecard.card_world import AS_OF, cards, line, partnership

WIDENING = "28/20 30/20 32/20 34/20 36/20"
FALLING = "30 28 26 24 22"
STEADY = "20 20 20 20 20"


def told(rows: list[Row], terms: Row | None = None, **asked: Any) -> IndicatorLine:
    of = partnership(indicators=[indicator(**{"breakdowns": [fifths()], **(terms or {})})], local=[inclusion(**asked)])
    return line(estimates(*rows), judge(estimates(*rows), of, as_of=AS_OF), of=of)


def gap_of(found: IndicatorLine) -> Inequality:
    assert isinstance(found.inequality, Inequality)
    return found.inequality


def test_a_line_carries_the_word_both_ends_all_four_numbers_and_where_the_gap_began() -> None:
    gap = gap_of(told(drawn(WIDENING, FALLING)))
    assert (gap.word, gap.direction, gap.points) == (Word.IMPROVING_UNEQUALLY, "up", 5)
    assert gap.method_title == "Change of a gap, as recent trends in 2020"
    assert (gap.dimension, gap.groups) == ("deprivation_quintile", 5)
    assert (gap.most_deprived_group, gap.least_deprived_group) == ("1", "5")
    assert (gap.most_deprived, gap.least_deprived, gap.absolute_gap.value) == (36.0, 20.0, 16.0)
    assert (gap.first_gap, gap.first_period) == (8.0, "2020/21")
    assert (gap.relative_gap.value, gap.first_relative_gap) == (1.8, 1.4)
    assert gap.slope_index.value == pytest.approx(20.0)
    assert gap.slope_index.lower_ci_99_8 is not None
    assert gap.slope_index.lower_ci_95 is not None
    assert gap.slope_index.lower_ci_99_8 < gap.slope_index.lower_ci_95 < 20.0
    assert gap.relative_index.value == pytest.approx(38 / 18)
    assert (gap.reason, gap.because, gap.slope_reason) == (None, "", None)


@pytest.mark.parametrize(
    ("ends", "polarity", "worse"),
    [
        ("30/20", "lower_is_better", "most"),
        ("20/30", "lower_is_better", "least"),
        ("20/30", "higher_is_better", "most"),
        ("30/20", "higher_is_better", "least"),
        ("30/20", "no_judgement", None),
        # 2 apart, each ±2: chance may have it
        ("22/20", "lower_is_better", None),
    ],
)
def test_the_end_that_is_worse_off_is_named_by_the_interval_and_the_polarity(
    ends: str, polarity: str, worse: str | None
) -> None:
    assert gap_of(told(drawn(" ".join([ends] * 5), STEADY), polarity=polarity)).worse_end == worse


def test_a_word_that_cannot_be_told_has_its_reason_and_no_past() -> None:
    gap = gap_of(told(drawn("28/20 30/20", "20 20")))
    assert (gap.word, gap.reason, gap.detail) == (
        Word.CANNOT_TELL,
        Reason.CANNOT_BE_CALCULATED,
        Detail.TOO_FEW_POINTS,
    )
    assert gap.because.startswith("The gap is shown")
    assert (gap.absolute_gap.value, gap.first_gap, gap.first_period) == (10.0, None, "")
    assert gap.first_relative_gap is None


def test_a_measure_that_is_not_collected_by_deprivation_or_not_asked_says_so() -> None:
    plain = told(drawn("- - - - -"), {"breakdowns": []})
    assert plain.inequality == NotBuilt(because=NOT_COLLECTED)
    assert told(drawn(WIDENING), inequality="").inequality == NotBuilt(because=NOT_ASKED)
    nothing = gap_of(told([]))
    assert (nothing.word, nothing.reason) == (Word.CANNOT_TELL, Reason.MISSING)
    # groups may have come: a gap is told beside the figure of everybody
    groups = gap_of(told([row for row in drawn(WIDENING) if row.get("breakdown")]))
    assert nothing.because == groups.because == "There is no figure of everybody, beside which a gap would stand."
    itself = gap_of(told([], {"breakdowns": [], "is_gap": True}))
    assert itself.because == "There is no figure."


def _cards(ends: str) -> Any:
    of = partnership(indicators=[indicator(breakdowns=[fifths()])], local=[inclusion()])
    rows = drawn(ends, FALLING)
    return cards(estimates(*rows), judge(estimates(*rows), of, as_of=AS_OF), of=of)


def test_the_results_hold_the_gap_of_every_period_and_the_word_and_indices_of_the_current_one() -> None:
    frame = _cards(WIDENING).results().filter(area_code="PL1", breakdown="").sort("period_start")
    assert frame["absolute_gap"].to_list() == [8.0, 10.0, 12.0, 14.0, 16.0]
    assert frame["most_deprived_value"].to_list() == [28.0, 30.0, 32.0, 34.0, 36.0]
    assert frame["inequality"].to_list() == [None] * 4 + ["improving, unequally"]
    assert frame["slope_index"].is_null().to_list() == [True] * 4 + [False]
    last = frame.row(-1, named=True)
    assert last["absolute_gap_lower_ci_95"] < 16.0 < last["absolute_gap_upper_ci_95"]
    assert last["relative_index_lower_ci_95"] < 38 / 18 < last["relative_index_upper_ci_95"]


def test_what_changed_names_a_gap_that_turned() -> None:
    moved = changes(_cards("20/20 20/20 20/20 20/20 36/20"), _cards(WIDENING))
    row = moved.filter(area_code="PL1", breakdown="", period_start=date(2024, 4, 1)).row(0, named=True)
    assert "inequality" in row["what"].split(", ")
    assert row["inequality_after"] == "improving, unequally"
    assert row["inequality_before"] != row["inequality_after"]


def test_a_scorecard_with_gaps_reads_back_as_it_was() -> None:
    (card,) = [one for one in _cards(WIDENING) if one.place.area_code == "PL1"]
    again = read_scorecard(scorecard_json(card).encode())
    assert again == card
    assert again.schema_version == SCHEMA_VERSION == 3
    assert isinstance(again.lines[0].inequality, Inequality)


def test_the_ten_lines_count_gaps_and_say_how_many_measures_have_one() -> None:
    of = partnership(
        indicators=[indicator(breakdowns=[fifths()]), indicator("plain")], local=[inclusion(), inclusion("plain")]
    )
    words = judge(estimates(*drawn(WIDENING, STEADY)), of, as_of=AS_OF)
    found = {one.id: one for one in profile(words, None, None, of, area_code="PL1", as_of=AS_OF).lines}["inequality"]
    assert found.counts == (("widening", 1),)
    assert found.sentence == "1 of 2 measures is collected by deprivation: 1 widening."
