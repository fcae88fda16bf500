"""Tests of inequality on a page: the cell, the details behind it, the first screen, and where it is said once."""

import pytest

from outcomes.report.fragment import to_html_fragment
from outcomes.report.inequality_view import inequality_facts, inequality_spoken, inequality_view
from outcomes.report.line_view import line_view
from outcomes.report.marks import Mark
from outcomes.report.pages import place_page
from outcomes.scorecard.model import GapFigure, IndicatorLine, Inequality, NotBuilt, Scorecard, calls_for_reply
from outcomes.vocabulary import Detail, Reason, Word
from tests.report_cards import NO_INEQUALITY, castlewick, line

GAP = GapFigure(value=1301.0, lower_ci_95=1210.0, upper_ci_95=1392.0)


def unequal(**changes: object) -> Inequality:
    """A gap that widened while the average improved, with changes."""
    known: dict[str, object] = {
        "word": Word.IMPROVING_UNEQUALLY,
        "method": "gap_trend_fingertips_2020",
        "method_title": "Change of a gap, as recent trends in 2020",
        "dimension": "deprivation_quintile",
        "groups": 5,
        "most_deprived_group": "1 most deprived",
        "least_deprived_group": "5 least deprived",
        "most_deprived": 3012.0,
        "least_deprived": 1711.0,
        "absolute_gap": GAP,
        "relative_gap": GapFigure(value=1.7604, lower_ci_95=1.68, upper_ci_95=1.851),
        "slope_index": GapFigure(value=1588.2, lower_ci_95=1490.0, upper_ci_95=1690.0),
        "relative_index": GapFigure(value=2.03, lower_ci_95=1.9, upper_ci_95=2.18),
        "slope_method": "slope_index_analytic",
        "slope_method_title": "Slope index of inequality, interval from the groups' own",
        "first_gap": 771.0,
        "first_period": "2022",
        "points": 5,
        "direction": "up",
        "worse_end": "most",
    }
    return Inequality.model_validate(known | changes)


def _line(signal: Inequality | NotBuilt | None, **changes: object) -> IndicatorLine:
    terms: dict[str, object] = {"unit": "per 100,000", "decimals": 0, "inequality": signal}
    return line("22401", "Falls", "Emergency admissions due to falls", **(terms | changes))


def _card(card: Scorecard, *signals: Inequality | NotBuilt) -> Scorecard:
    lines = tuple(
        one.model_copy(update={"inequality": signal})
        for one, signal in zip(card.outcomes[0].local, signals, strict=False)
    )
    section = card.outcomes[0].model_copy(update={"local": lines, "national": ()})
    return card.model_copy(update={"outcomes": (section,), "operational": ()})


def test_the_cell_has_the_word_both_ends_in_figures_the_gap_and_what_it_was() -> None:
    view = inequality_view(_line(unequal()), frozenset())
    assert view is not None
    assert (view.mark, view.word) == (Mark("bad", "out"), "Improving, unequally")
    assert view.details == ("3,012 most deprived fifth, 1,711 least", "Gap 1,301, was 771")


@pytest.mark.parametrize(
    ("changes", "details"),
    [
        ({"groups": 10}, ("3,012 most deprived tenth, 1,711 least", "Gap 1,301, was 771")),
        ({"first_gap": -400.0}, ("3,012 most deprived fifth, 1,711 least", "Gap 1,301, was 400 the other way round")),
        (
            {"word": "cannot tell", "first_gap": None, "because": "The change is told of years."},
            ("3,012 most deprived fifth, 1,711 least", "Gap 1,301", "The change is told of years."),
        ),
        (
            {"word": "cannot tell", "most_deprived": None, "absolute_gap": {}, "because": "A figure is hidden."},
            ("A figure is hidden.",),
        ),
        # of a measure that is itself a gap there are no ends
        ({"groups": 0, "most_deprived": None, "least_deprived": None}, ("Gap 1,301, was 771",)),
    ],
)
def test_the_cell_says_what_there_is(changes: dict[str, object], details: tuple[str, ...]) -> None:
    view = inequality_view(_line(unequal(**changes)), frozenset())
    assert view is not None
    assert view.details == details


def test_groups_are_in_per_cent_and_the_gap_between_them_in_percentage_points() -> None:
    small = {"most_deprived": 11.62, "least_deprived": 2.3, "absolute_gap": GapFigure(value=9.32), "first_gap": 14.0}
    view = inequality_view(_line(unequal(**small), unit="%", decimals=1), frozenset())
    assert view is not None
    assert view.details == ("11.6% most deprived fifth, 2.3% least", "Gap 9.3 points, was 14.0")
    parts = {**small, "slope_index": GapFigure(value=10.1), "absolute_gap": GAP.model_copy(update={"value": 1300.0})}
    facts = dict(inequality_facts(_line(unequal(**parts), unit="%", decimals=1)))
    assert facts["Gap, most less least deprived"] == "1,300.0 percentage points (95% interval 1,210.0 to 1,392.0)"
    assert facts["Where it began"] == "14.0 percentage points in 2022, the first of 5 periods"
    assert facts["Slope index of inequality"] == "10.1 percentage points, without an interval"
    assert facts["Ratio, most over least deprived"].startswith("1.76 (95%")
    turned = inequality_view(_line(unequal(**(small | {"first_gap": -4.0})), unit="%", decimals=1), frozenset())
    assert turned is not None
    assert turned.details[1] == "Gap 9.3 points, was 4.0 the other way round"


#   word      | gap now, at first | ratio now, at first | what the cell says of the ratio
APART = """
    narrowing | 10 20             | 2.0 1.5             | Its ratio widened: 2.00, was 1.50
    widening  | 20 10             | 1.5 2.0             | Its ratio narrowed: 1.50, was 2.00
    narrowing | 10 20             | 1.5 2.0             |
    widening  | 20 10             | 2.0 1.5             |
    narrowing | -10 -20           | 0.4 0.5             | Its ratio widened: 0.40, was 0.50
    widening  | -20 -10           | 0.4 0.5             |
    narrowing | 10 20             | 1.501 1.499         |
    improving, unequally | 20 10  | 1.5 2.0             | Its ratio narrowed: 1.50, was 2.00
    no significant change | 10 20 | 2.0 1.5             |
"""


@pytest.mark.parametrize("drawn", APART.strip().splitlines())
def test_a_gap_that_narrows_while_its_ratio_widens_is_shown_with_both(drawn: str) -> None:
    word, gaps, ratios, said = (cell.strip() for cell in drawn.split("|"))
    (gap, first), (ratio, first_ratio) = ([float(number) for number in pair.split()] for pair in (gaps, ratios))
    direction = {"narrowing": "down", "no significant change": "level"}.get(word, "up")
    changes: dict[str, object] = {"word": word, "direction": direction, "first_gap": first}
    numbers = {"absolute_gap": GapFigure(value=gap), "relative_gap": GapFigure(value=ratio)}
    known = _line(unequal(**changes, **numbers, first_relative_gap=first_ratio))
    view = inequality_view(known, frozenset())
    assert view is not None
    assert view.details[2:] == ((said,) if said else ())
    # the details have both whatever they do, and the first screen says where they part
    assert dict(inequality_facts(known))["The ratio where it began"] == f"{first_ratio:.2f}"
    spoken = inequality_spoken(known)
    moving = "widening" if direction == "up" else "narrowing"
    said_apart = f"The gap by deprivation is {moving}, its ratio is {'narrowing' if direction == 'up' else 'widening'}."
    if said:
        assert spoken == said_apart
    else:
        assert "ratio" not in spoken


def test_a_ratio_without_a_past_or_a_present_says_nothing_of_its_own() -> None:
    untold: tuple[dict[str, object], ...] = (
        {"first_relative_gap": None},
        {"relative_gap": {}},
        {"first_relative_gap": 0.0},
    )
    for changes in untold:
        view = inequality_view(_line(unequal(**({"first_relative_gap": 3.0} | changes))), frozenset())
        assert view is not None
        assert view.details == ("3,012 most deprived fifth, 1,711 least", "Gap 1,301, was 771")


def test_the_details_hold_both_gaps_both_indices_and_the_limits_of_what_they_say() -> None:
    facts = dict(inequality_facts(_line(unequal())))
    assert facts["Gap, most less least deprived"] == "1,301 (95% interval 1,210 to 1,392)"
    assert facts["Ratio, most over least deprived"] == "1.76 (95% interval 1.68 to 1.85)"
    assert facts["Slope index of inequality"] == "1,588 (95% interval 1,490 to 1,690)"
    assert facts["Relative index of inequality"] == "2.03 (95% interval 1.90 to 2.18)"
    assert facts["Behind, beyond chance"] == "the most deprived fifth"
    assert facts["Where it began"] == "771 in 2022, the first of 5 periods"
    assert facts["To know"].startswith("These compare areas, not persons.")


def test_a_slope_index_that_is_not_there_says_why() -> None:
    without = unequal(
        slope_index={},
        relative_index={},
        slope_reason=Reason.CANNOT_BE_CALCULATED,
        slope_detail=Detail.MISSING_STRATUM,
    )
    facts = dict(inequality_facts(_line(without)))
    assert facts["Slope index of inequality"] == "None: it cannot be calculated: a stratum is missing"
    assert "Relative index of inequality" not in facts
    bare = unequal(absolute_gap={"value": 1301.0}, relative_gap={"value": 1.76}, slope_index={"value": 1588.0})
    facts = dict(inequality_facts(_line(bare)))
    assert facts["Gap, most less least deprived"] == "1,301, without an interval"


def test_the_first_screen_says_a_gap_that_moves_and_no_other() -> None:
    assert inequality_spoken(_line(unequal())) == "The gap by deprivation is widening."
    assert inequality_spoken(_line(unequal(word=Word.NARROWING))) == "The gap by deprivation is narrowing."
    assert inequality_spoken(_line(unequal(word=Word.NO_SIGNIFICANT_CHANGE))) == ""
    assert inequality_spoken(_line(NO_INEQUALITY)) == ""


@pytest.mark.parametrize(("word", "calls"), [("widening", True), ("improving, unequally", True), ("narrowing", False)])
def test_a_gap_that_widens_calls_for_a_reply(word: str, calls: bool) -> None:
    quiet = _line(unequal(word=word), comparisons=(), targets=())
    assert calls_for_reply(quiet) is calls
    assert bool(line_view(quiet, "Castlewick").reply_slot) is calls


def test_a_page_with_one_gap_has_the_column_and_says_of_the_others_why_not() -> None:
    html = place_page(_card(castlewick(), unequal(), NO_INEQUALITY))
    assert 'class="lines of-8"' in html
    assert "3,012.0% most deprived fifth" in html
    assert NO_INEQUALITY.because in html
    assert "These compare areas, not persons" in html
    assert "the average improves while the gap between the most and the least deprived grows" in html


def test_a_page_without_a_gap_says_once_that_nothing_is_collected() -> None:
    html = place_page(_card(castlewick(), NO_INEQUALITY, NO_INEQUALITY))
    assert 'class="lines of-7"' in html
    assert html.count(NO_INEQUALITY.because) == 1


def test_a_fragment_has_the_signal_and_its_details() -> None:
    card = _card(castlewick(), unequal())
    html = to_html_fragment(card, indicator=card.lines[0].indicator_id)
    assert "Improving, unequally" in html
    assert "Relative index of inequality" in html
    plain = to_html_fragment(_card(castlewick(), NO_INEQUALITY), indicator=card.lines[0].indicator_id)
    assert NO_INEQUALITY.because in plain
    assert "Relative index of inequality" not in plain
