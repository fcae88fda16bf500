"""The legend's sentences on chance: the figures that are documented, and only of what a page tells."""

import json
import re
from pathlib import Path

import pytest
from benchmarks.simulation.page import table_from_json

from outcomes.report.chance_notes import chance_notes
from outcomes.report.pages import place_page
from outcomes.report.wording import WORDING, say
from tests.report_cards import bare_scorecard, castlewick

KEPT = Path(__file__).parents[3] / "benchmarks" / "results" / "chance.json"

# what stands in a sentence is per cent (or in a thousand, where 10 times as many are spoken of) of a documented figure
CHARTS, SHIFTS = "special-cause-false-flags", "special-cause-power"
SAID: dict[str, list[tuple[float, tuple[tuple[str, ...], ...]]]] = {
    "chance_of_comparison": [(1, (("comparison-false-alarms", "flagged (95 %)", "500", "chance"),))],
    "chance_more_of_comparison": [
        (10, (("comparison-false-alarms", "flagged much (99.8 %)", "500", "chance"),)),
        (1, (("comparison-false-alarms", "flagged (95 %)", "500", "twice its variance"),)),
        (10, (("comparison-false-alarms", "flagged much (99.8 %)", "10,000", "twice its variance"),)),
    ],
    "chance_of_trend": [
        (10, (("trend-false-alarms", "said to have a trend, trend_fingertips_2020", "1,000", "chance"),)),
    ],
    "chance_more_of_trend": [
        (10, (("trend-false-alarms", "said to have a trend, trend_fingertips_2020", "1,000", "twice its variance"),)),
        (1, (("trend-power", "said to increase", "5 %", "100"),)),
        (1, (("trend-power", "said to increase", "5 %", "500"),)),
    ],
    "chance_of_special_cause": [(1, ((CHARTS, "24 points: the last flagged", "normal", "ptd"),))],
    "chance_more_of_special_cause": [
        (1, ((CHARTS, "24 points: any flagged", "normal", "ptd"),)),
        (1, ((CHARTS, "24 points: any flagged", "each month keeps 0.5 of the one before", "ptd"),)),
        (1, ((CHARTS, "24 points: the last flagged", "each month keeps 0.5 of the one before", "ptd"),)),
        (1, ((CHARTS, "24 points: any flagged", "counts of 2 on average", "ptd"),)),
        (1, ((CHARTS, "24 points: the last flagged", "counts of 2 on average", "ptd"),)),
        (1, ((SHIFTS, "found within 3 months", "normal", "2", "ptd"),)),
        (1, ((SHIFTS, "found within 12 months", "normal", "2", "ptd"),)),
    ],
    "chance_of_target": [
        (
            1,
            tuple(("targets", word, "rate, 200 events", "on the target", "chance") for word in ("met", "not met")),
        ),
    ],
    "chance_of_inequality": [
        (10, tuple(("gap-changes", f"said to {word}", "500", "none", "chance") for word in ("narrow", "widen"))),
    ],
    "chance_more_of_inequality": [
        (1, (("gap-changes", "said to widen", "500", "widens by 10 % a year", "chance"),)),
        (1, (("gap-changes", "said to widen", "2,000", "widens by 10 % a year", "chance"),)),
    ],
}
# what else is a number in a sentence: how many are spoken of, and of what
SPOKEN_OF = {
    "chance_of_comparison": [100],
    "chance_more_of_comparison": [1000, 100, 1000],
    "chance_of_trend": [1000],
    "chance_more_of_trend": [1000, 5, 100, 100, 500],
    "chance_of_special_cause": [100],
    "chance_more_of_special_cause": [24, 100, 2, 100, 3],
    "chance_of_target": [100],
    "chance_of_inequality": [1000],
    "chance_more_of_inequality": [100, 10, 500, 2000],
}


@pytest.mark.parametrize("key", SAID)
def test_each_number_of_a_sentence_is_the_documented_figure_rounded(key: str) -> None:
    tables = json.loads(KEPT.read_text("utf-8"))["tables"]
    expected = list(SPOKEN_OF[key])
    for scale, cells in SAID[key]:
        figures = [table_from_json(name, tables[name]).figure(column, *row) for name, column, *row in cells]
        expected.append(round(scale * sum(figure.estimate for figure in figures)))
    numbers = [int(text.replace(",", "")) for text in re.findall(r"\d[\d,]*", say(key).replace(", ", " , "))]
    assert sorted(numbers) == sorted(expected)


def test_a_page_says_it_of_the_signals_that_it_tells_and_of_no_other() -> None:
    said = chance_notes(castlewick())
    # nothing is told of special cause or inequality on that page
    assert [note.signal for note in said] == ["Comparison", "Trend", "Target"]
    assert said[1].text == say("chance_of_trend")
    assert said[1].more == say("chance_more_of_trend")
    assert said[2].more == ""
    assert chance_notes(bare_scorecard()) == ()


def test_every_sentence_on_chance_is_held_to_its_figures() -> None:
    assert {key for key in WORDING if key.startswith(("chance_of_", "chance_more_of_"))} == set(SAID)


def test_a_page_lists_one_sentence_a_signal_and_folds_the_rest() -> None:
    html = place_page(castlewick())
    (legend,) = re.findall(r'<section aria-labelledby="how".*?</section>', html, flags=re.DOTALL)
    shown, folded = legend.split("<details", 1)
    assert f"<dt>Trend</dt><dd>{say('chance_of_trend')}</dd>" in shown
    assert say("chance_more_of_trend") in folded
    assert "How often chance alone" not in place_page(bare_scorecard())
