"""What moved between two sets of scorecards, and nothing that did not."""

from typing import Any

import pytest

from outcomes.scorecard.changes import CHANGE_COLUMNS, changes
from outcomes.scorecard.collection import Scorecards
from tests.small_world import estimates, inclusion, indicator
from tests.unit.scorecard.card_world import cards, judgements, partnership

ROWS: tuple[dict[str, Any], ...] = (
    {"value": 20.0, "numerator": 20.0, "denominator": 100.0},
    {"period": "2023/24", "value": 21.0},
    {"area_code": "PL2", "reason": "missing"},
    {"breakdown": "sex=Male", "value": 22.0},
)
WORD = {"signal": "comparison", "word": "better", "against": "nation"}
TERMS = partnership(local=[inclusion(benchmarks=("nation",))])


def made(*rows: dict[str, Any], words: tuple[dict[str, Any], ...] = (WORD,)) -> Scorecards:
    return cards(estimates(*rows), judgements(*words), of=TERMS)


BEFORE = made(*ROWS)


def test_where_nothing_moved_there_is_no_row() -> None:
    found = changes(BEFORE, made(*reversed(ROWS)))
    assert found.height == 0
    assert dict(found.schema) == dict(CHANGE_COLUMNS)


def test_no_figures_at_all_have_not_moved() -> None:
    assert changes(made(words=()), made(words=())).height == 0


def test_a_new_figure_is_added_and_one_that_went_is_gone() -> None:
    later = made(*ROWS[1:], {"area_code": "PL3", "value": 30.0}, words=())
    found = changes(BEFORE, later)
    columns = ["area_code", "area", "period", "change", "what", "value_before", "value_after", "comparison_before"]
    assert found.select(columns).rows() == [
        ("PL1", "Castlewick", "2024/25", "gone", "", 20.0, None, "better"),
        ("PL3", "Fellgate", "2024/25", "added", "", None, 30.0, None),
    ]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"value": 20.5}, "value"),
        ({"value": 20.5, "numerator": 21.0, "denominator": 102.0}, "value, numerator, denominator"),
        ({"numerator": None}, "numerator"),
        ({"value": None, "reason": "confidential"}, "value, reason"),
    ],
)
def test_what_changed_in_a_figure_is_named(change: dict[str, Any], what: str) -> None:
    (row,) = changes(BEFORE, made({**ROWS[0], **change}, *ROWS[1:])).rows(named=True)
    assert (row["change"], row["what"], row["area_code"], row["period"]) == ("changed", what, "PL1", "2024/25")
    assert (row["value_before"], row["value_after"]) == (20.0, change.get("value", 20.0))
    assert row["reason_after"] == change.get("reason")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (({**WORD, "word": "worse"},), "comparison"),
        ((), "comparison"),
        ((WORD, {"signal": "trend", "word": "improving"}), "trend"),
        ((WORD, {"signal": "target", "word": "met", "against": "place"}), "target"),
    ],
)
def test_a_word_that_turned_is_a_change(words: tuple[dict[str, Any], ...], what: str) -> None:
    (row,) = changes(BEFORE, made(*ROWS, words=words)).rows(named=True)
    assert (row["change"], row["what"]) == ("changed", what)
    assert row[f"{what}_before"] != row[f"{what}_after"]


def test_the_same_measure_moves_under_each_framework_by_itself() -> None:
    both = partnership(
        indicators=[indicator(official_code="A1")], national=[inclusion(tier="national", outcome="money")]
    )
    before = cards(estimates(*ROWS), judgements(), of=both)
    after = cards(estimates(*ROWS), judgements({"signal": "trend", "word": "improving"}), of=both)
    assert changes(before, after)["framework_id"].to_list() == ["local"]
    more = cards(estimates({**ROWS[0], "value": 1.0}, *ROWS[1:]), judgements(), of=both)
    assert changes(before, more)["framework_id"].to_list() == ["local", "national"]


def test_going_back_turns_every_change_round() -> None:
    later = made({**ROWS[0], "value": 9.0}, *ROWS[2:], {"area_code": "PL3", "value": 30.0})
    there, back = changes(BEFORE, later), changes(later, BEFORE)
    turned = {"added": "gone", "gone": "added", "changed": "changed"}
    assert [turned[change] for change in there["change"]] == back["change"].to_list()
    assert there["value_before"].to_list() == back["value_after"].to_list()
    assert there["what"].to_list() == back["what"].to_list()
