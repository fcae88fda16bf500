"""Special cause on a page: icons, words, limits in the chart and in the table, the legend; never colour alone."""

import re
from datetime import date
from typing import Any

import pytest

from outcomes.report.charts import ChartLimits, ChartPoint
from outcomes.report.fragment import to_html_fragment
from outcomes.report.indicator_page import indicator_page
from outcomes.report.line_tables import period_rows
from outcomes.report.line_view import headline, line_view, shared_note
from outcomes.report.pages import overview_page, place_page
from outcomes.report.process_drawing import assurance_icon, icon_drawings, process_strokes, variation_icon
from outcomes.report.signals import spoken_signals
from outcomes.report.special_cause_view import process_notes, rule_text, special_cause_views
from outcomes.scorecard.model import IndicatorLine, LimitsBegin, Point, ProcessPoint, Scorecard, SpecialCause
from outcomes.vocabulary import Assurance, PeriodKind, Polarity, ProcessRule, Reason, Variation, Word
from tests.report_cards import line, scorecard, series, target

MONTH = PeriodKind.MONTH
SHAPES = {Variation.IMPROVEMENT: "<circle", Variation.CONCERN: "l5", Variation.NOT_JUDGED: "<rect"}


def process(variation: Variation | None = Variation.COMMON_CAUSE, **changes: Any) -> ProcessPoint:
    known: dict[str, Any] = {"segment": 0, "mean": 60.0, "lower": 50.0, "upper": 70.0, "variation": variation}
    if variation not in (None, Variation.COMMON_CAUSE):
        known |= {"rule": ProcessRule.OUTSIDE_LIMITS, "direction": "up"}
    return ProcessPoint.model_validate(known | changes)


def charted(processes: list[ProcessPoint | None], levels: list[float | None] | None = None) -> tuple[Point, ...]:
    points = series(MONTH, "2026-10", levels or [60.0] * len(processes), 2.0)
    return tuple(point.model_copy(update={"process": one}) for point, one in zip(points, processes, strict=True))


def cause(word: Word, found: ProcessPoint | None = None, **changes: Any) -> SpecialCause:
    known: dict[str, Any] = {
        "word": word,
        "method": "ptd",
        "method_title": "Process control chart (XmR)",
        "direction": "up",
        "process": found,
        "points": 24,
    }
    return SpecialCause.model_validate(known | changes)


def monthly(word: Word = Word.IMPROVING, variation: Variation = Variation.IMPROVEMENT, **changes: Any) -> IndicatorLine:
    last = process(variation)
    known: dict[str, Any] = {
        "period_kind": MONTH,
        "points": charted([*[process()] * 12, last]),
        "special_cause": cause(word, last),
    }
    return line("waits", "Waits", "People who wait", **(known | changes))


def page_of(*lines: IndicatorLine) -> str:
    return place_page(card_of(*lines))


def card_of(*lines: IndicatorLine) -> Scorecard:
    card = scorecard()
    section = card.outcomes[0].model_copy(update={"local": lines, "national": ()})
    return card.model_copy(update={"outcomes": (section,), "operational": ()})


def row_of(html: str, name: str = "waits") -> str:
    found = re.search(rf'<tr class="row" id="m-{name}"[^>]*>.*?</tr>', html, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("word", "variation", "tone"),
    [
        (Word.IMPROVING, Variation.IMPROVEMENT, "good"),
        (Word.GETTING_WORSE, Variation.CONCERN, "bad"),
        (Word.HIGHER, Variation.NOT_JUDGED, "plain"),
    ],
)
def test_good_and_bad_are_printed_alike_each_with_icon_word_rule_and_limits(
    word: Word, variation: Variation, tone: str
) -> None:
    row = row_of(page_of(monthly(word, variation)))
    cell = row.split('class="trd"')[1].split("</td>")[0]
    assert f'class="sig {tone} ic"' in cell
    assert '<span class="k">Special cause</span>' in cell
    assert f"<b>{word.value.capitalize()}</b>" in cell
    assert "Beyond the upper limit. Mean 60.0, limits 50.0 to 70.0." in cell
    assert cell.count('<svg class="spci"') == 1
    (name,) = re.findall(r'<use href="#(v-[a-z-]+)"', cell)
    assert SHAPES[variation] in icon_drawings()[name].replace("l3.8", "l5")


def test_common_cause_says_no_significant_change_and_cannot_tell_says_why() -> None:
    same = row_of(page_of(monthly(Word.NO_SIGNIFICANT_CHANGE, Variation.COMMON_CAUSE)))
    assert "<b>No significant change</b>" in same
    untold = cause(Word.CANNOT_TELL, because="Too few points: 5.", direction=None, points=5)
    row = row_of(page_of(monthly(special_cause=untold)))
    assert "Too few points: 5." in row
    assert "spci" not in row


def test_what_to_know_of_limits_stands_under_the_word() -> None:
    last = process(Variation.CONCERN, is_provisional=True)
    (view,) = special_cause_views(monthly(special_cause=cause(Word.GETTING_WORSE, last, points=9, is_seasonal=True)))
    (text,) = view.details
    assert "Limits are provisional: 9 points, 13 needed." in text
    assert "Seasonal series: limits may flag the season." in text
    level = process(lower=None, upper=None)
    (view,) = special_cause_views(monthly(special_cause=cause(Word.NO_SIGNIFICANT_CHANGE, level)))
    assert view.details == ("Mean 60.0; it does not vary, so it has no limits.",)


def test_a_flag_that_protection_took_away_leaves_the_word() -> None:
    (view,) = special_cause_views(monthly(special_cause=cause(Word.IMPROVING, process())))
    assert (view.word, view.mark.shape) == ("Improving", "good")
    assert view.details == ("Mean 60.0, limits 50.0 to 70.0.",)


@pytest.mark.parametrize(
    ("assurance", "word", "text"),
    [
        (Assurance.CONSISTENTLY_MEETS, "Consistently meets", "Both limits lie on the good side of 45%."),
        (Assurance.HIT_AND_MISS, "Hit and miss", "45% lies within the limits: chance decides."),
        (Assurance.CONSISTENTLY_MISSES, "Consistently misses", "Both limits lie on the bad side of 45%."),
    ],
)
def test_assurance_stands_beside_variation_with_the_level_that_it_is_about(
    assurance: Assurance, word: str, text: str
) -> None:
    held = monthly(targets=(target(Word.NOT_MET, 45.0, "2026-10", assurance=assurance),))
    variation, assured = special_cause_views(held)
    assert variation.word == "Improving"
    assert (assured.word, assured.details) == (word, (text,))
    path = monthly(targets=(target(Word.OFF_TRACK, 80.0, "2027-03", expected=79.818, assurance=assurance),))
    assert "79.8%" in special_cause_views(path)[1].details[0]


def test_every_rule_has_its_words_for_both_directions_and_rhythms() -> None:
    texts = {
        rule_text(kind, process(Variation.CONCERN, rule=rule, direction=direction))
        for rule in ProcessRule
        for direction in ("up", "down")
        for kind in (MONTH, PeriodKind.QUARTER)
    }
    # beyond a limit speaks of no period
    assert len(texts) == 2 * 4 * 2 - 2
    assert "seven or more quarters in a row, each below the one before" in texts
    assert rule_text(MONTH, process(None)) == ""


def test_the_large_chart_draws_mean_limits_and_flagged_points_as_shapes() -> None:
    drawing = str(line_view(monthly(Word.GETTING_WORSE, Variation.CONCERN), "Castlewick").timeline.drawing)
    assert drawing.count('class="spc"') == 2
    # a diamond, not only another colour; the last mark is of special cause, not of the comparison
    assert drawing.count('<path d="M0 -5.4l') == 1
    assert drawing.count("<circle") == 0
    # the others are dots
    (dots,) = re.findall(r'<path d="([^"]*)"[^>]*stroke-linecap="round"', drawing)
    assert dots.count("h.001") == 12
    assert "special cause: beyond the upper limit" in drawing
    plain = line("waits", "Waits", "People who wait", period_kind=MONTH, points=charted([None] * 13))
    assert 'class="spc"' not in str(line_view(plain, "Castlewick").timeline.drawing)


def test_the_scale_of_the_large_chart_holds_its_limits_and_the_small_one_does_not() -> None:
    wide = charted([process(lower=10.0, upper=90.0)] * 13)
    view = line_view(monthly(points=wide), "Castlewick")
    (numbers,) = re.findall(r'<svg class="end"[^>]*>(.*?)</svg>', str(view.timeline.drawing))
    ticks = [int(text) for text in re.findall(r"(\d+)%</text>", numbers)]
    assert (min(ticks) <= 10, max(ticks) >= 90) == (True, True)
    narrow = line_view(monthly(points=charted([None] * 13)), "Castlewick")
    assert view.spark == narrow.spark


def test_limits_begin_anew_between_two_periods_and_provisional_ones_have_short_dashes() -> None:
    firm, short = ChartLimits(0, 5.0, 4.0, 6.0), ChartLimits(1, 8.0, 7.0, 9.0, is_provisional=True)
    points = [ChartPoint(month, 5.0, limits=firm if month < 3 else short) for month in range(6)]
    drawn = process_strokes(points, lambda month: month * 10, lambda value: value, 0.5)
    assert '<path class="spc" d="M0 5H25M25 8H50"' in drawn
    assert 'd="M0 4H25M0 6H25"' in drawn
    assert 'd="M25 7H50M25 9H50"' in drawn
    assert drawn.count('stroke-dasharray="3 3"') == 1
    assert 'd="M25 9V7"' in drawn
    assert process_strokes([ChartPoint(1, 5.0)], float, float, 0.5) == ""


def test_the_notes_of_a_chart_say_how_limits_are_made_and_why_they_begin_anew() -> None:
    changed = LimitsBegin(day=date(2026, 2, 1), because="Falls pick-up service starts, decision 2026/02.")
    last = process(Variation.IMPROVEMENT, is_provisional=True, segment=1)
    noted = monthly(
        points=charted([*[process()] * 12, last]),
        special_cause=cause(Word.IMPROVING, last, begin_anew=(changed,), is_seasonal=True),
    )
    notes = process_notes(noted)
    assert "2.66 times the average moving range" in notes[0]
    assert notes[1:] == (
        "Limits in short dashes are provisional: fewer than 13 points made them.",
        "Limits begin anew from 1 February 2026: Falls pick-up service starts, decision 2026/02.",
        "Seasonal series: limits may flag the season. Compare with the same month of other years: 60.0 (Oct 2025).",
    )
    html = indicator_page(card_of(noted), noted)
    assert all(note in html for note in notes)
    assert process_notes(line("other", "Other", "Another")) == ()


def test_the_table_behind_a_chart_has_limits_and_rule_of_every_period() -> None:
    points = charted([None, process(), process(None), process(Variation.CONCERN)], levels=[60.0, 60.0, None, 75.0])
    columns, rows = period_rows(monthly(points=points))
    assert columns[-2:] == ("Process limits", "Special cause") or columns[-3:-1] == ("Process limits", "Special cause")
    text = str(rows)
    assert ">Concern, beyond the upper limit</td>" in text
    assert ">Common cause</td>" in text
    assert ">No value</td>" in text
    assert ">Not on the chart</td>" in text
    assert text.count(">50.0 to 70.0</td>") == 3


def test_the_legend_explains_the_icons_where_a_line_has_them_and_only_there() -> None:
    with_cause = page_of(monthly())
    assert "Trend or special cause" in with_cause
    assert "The target lies within the process: chance decides whether it is met" in with_cause
    without = page_of(line("other", "Other", "Another"))
    assert "Trend or special cause" not in without
    assert "The target lies within the process" not in without
    assert "Special cause is not" in without


def test_a_line_that_names_no_method_keeps_its_trend_beside_lines_that_do() -> None:
    html = page_of(monthly(), line("other", "Other", "Another"))
    assert "Special cause is not" not in html
    cell = row_of(html, "other").split('class="trd"')[1].split("</td>")[0]
    assert '<span class="k">Trend</span>' in cell
    assert shared_note([monthly(), line("other", "Other", "Another")], "special_cause") == ""


def test_what_is_spoken_of_a_line_names_the_special_cause_and_not_that_a_trend_is_untold() -> None:
    compared = line("other", "Other", "Another").comparisons
    assert compared == ()
    assert spoken_signals(monthly()) == "Special cause: improving."
    assert spoken_signals(monthly(Word.NO_SIGNIFICANT_CHANGE, Variation.COMMON_CAUSE)) == "No special cause."
    assert spoken_signals(monthly(special_cause=cause(Word.CANNOT_TELL))) == ""


def test_where_nothing_is_compared_or_trending_the_special_cause_speaks_for_the_line() -> None:
    mark, word = headline(monthly(Word.GETTING_WORSE, Variation.CONCERN))
    assert (mark.shape, word) == ("bad", "getting worse")
    assert "special cause: getting worse" in line_view(monthly(Word.GETTING_WORSE), "Castlewick").spark
    overview = overview_page([card_of(monthly(Word.GETTING_WORSE, Variation.CONCERN))], title="x")
    assert "special cause: getting worse" in overview
    assert "<span>Change</span>" in overview


def test_an_unwelcome_special_cause_calls_for_a_reply_and_a_welcome_one_does_not() -> None:
    assert "No reply recorded." in row_and_reply(page_of(monthly(Word.GETTING_WORSE, Variation.CONCERN)))
    assert "No reply recorded." not in row_and_reply(page_of(monthly()))


def row_and_reply(html: str) -> str:
    return html.split('id="m-waits"')[1].split('class="more', maxsplit=1)[0]


def test_a_fragment_has_it_too() -> None:
    html = to_html_fragment(card_of(monthly()), indicator="waits")
    assert "Special cause" in html
    assert "Beyond the upper limit." in html
    assert "Process control chart (XmR)" in html


def test_icons_tell_apart_by_shape_and_place_without_colour() -> None:
    def bare(icon: str) -> str:
        (name,) = re.findall(r'href="#([^"]*)"', icon)
        return re.sub(r'(fill|stroke)="#\w+"', "", icon_drawings()[name])

    icons = [variation_icon(Variation.COMMON_CAUSE, None)]
    icons += [
        variation_icon(variation, way)
        for variation in (Variation.IMPROVEMENT, Variation.CONCERN, Variation.NOT_JUDGED)
        for way in ("up", "down")
    ]
    icons += [assurance_icon(assurance) for assurance in Assurance]
    assert len({bare(icon) for icon in icons}) == len(icons) == 10
    assert all('aria-hidden="true"' in icon for icon in icons)


def test_a_missing_current_value_is_not_spoken_of_as_common_cause() -> None:
    points = charted([*[process()] * 12, process(None)], levels=[*[60.0] * 12, None])
    untold = cause(Word.CANNOT_TELL, because="There is no value for 2026-10: missing.", direction=None)
    row = row_of(page_of(monthly(points=points, special_cause=untold, polarity=Polarity.NO_JUDGEMENT)))
    assert "There is no value for 2026-10: missing." in row
    assert points[-1].value.reason is Reason.MISSING
    assert "No significant change" not in row
