"""The large drawing of a long series can be read: few labels, round numbers, and it says what the line says."""

import itertools
import re
from collections.abc import Sequence
from xml.etree import ElementTree

import pytest

from outcomes.report.axes import axis_labels, scale_ticks
from outcomes.report.charts import ChartPoint, ChartTarget, Series, sparkline
from outcomes.report.indicator_page import indicator_page
from outcomes.report.line_view import line_view
from outcomes.report.marks import Mark
from outcomes.report.pages import place_page
from outcomes.report.strokes import grid_of, strokes_of
from outcomes.report.timeline import Timeline, scale_of_timeline, timeline
from outcomes.report.timeline_view import LONG
from outcomes.vocabulary import PeriodKind
from tests.report_cards import collection
from tests.unit.report.drawn import runs_of

# April 2023
FIRST = 2023 * 12 + 3
LEVELS = [70 + n % 5 for n in range(24)]


def points(levels: Sequence[float | None], *, benchmark: float | None = 72.0) -> tuple[ChartPoint, ...]:
    return tuple(
        ChartPoint(FIRST + n, level, level and level - 1, level and level + 1, benchmark)
        for n, level in enumerate(levels)
    )


def drawn(series: Series, unit: str = "%") -> str:
    labels = axis_labels(PeriodKind.MONTH, [(point.month, "") for point in series.points])
    titles = tuple(f"period {n}" for n in range(len(series.points)))
    return timeline(Timeline(series, labels, titles, 1, unit), "What it shows")


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(svg: str, cls: str) -> list[str]:
    """The texts of a class, or of an element of that class."""
    found = [e for e in parsed(svg).iter() if cls in e.attrib.get("class", "").split()]
    return [text.text or "" for e in found for text in e.iter("text")]


def test_a_series_is_drawn_with_its_numbers_months_and_years() -> None:
    svg = drawn(Series(points(LEVELS), last=Mark("good")))
    assert texts(svg, "mid") == ["Apr", "2023", "Jul", "Oct", "Jan", "2024", "Apr", "Jul", "Oct", "Jan", "2025", "Mar"]
    assert texts(svg, "end") == ["69%", "70%", "71%", "72%", "73%", "74%", "75%"]
    assert texts(svg, "own") == ["73.0%"]
    assert texts(svg, "other") == ["72.0%"]
    assert len(list(parsed(svg).iter("title"))) == 24


def test_the_drawing_takes_the_width_it_is_given_and_letters_keep_their_size() -> None:
    svg = drawn(Series(points(LEVELS)))
    root = parsed(svg)
    assert root.attrib["width"] == "100%"
    assert "viewBox" not in root.attrib
    stretched = [e for e in root.iter("svg") if e.attrib.get("preserveAspectRatio") == "none"]
    assert len(stretched) == 2
    assert not [text for e in stretched for text in e.iter("text")]
    strokes = [path for e in stretched for path in e.iter("path") if path.attrib.get("stroke")]
    assert strokes
    assert all(e.attrib["vector-effect"] == "non-scaling-stroke" for e in strokes)
    numbers = [text for e in root.iter("svg") if e.attrib.get("class") == "end" for text in e.iter("text")]
    assert len(numbers) == 7
    assert all(e in numbers or e.attrib["x"].endswith("%") for e in root.iter("text"))


def test_every_value_has_its_dot_on_its_line_and_a_column_to_point_at() -> None:
    root = parsed(drawn(Series(points(LEVELS))))
    paths = list(root.iter("path"))
    (line,) = (path for path in paths if path.attrib.get("stroke-width") == "2.2")
    (dots,) = (path for path in paths if path.attrib.get("stroke-linecap") == "round")
    (run,) = runs_of(line)
    places = [place for (place, _) in runs_of(dots)]
    assert [(round(x, 6), round(y, 6)) for x, y in places] == [(round(x, 6), round(y, 6)) for x, y in run]
    assert [x for x, _ in run] == list(range(24))
    assert [e.attrib["x"] for e in root.iter("rect")] == [str(n) for n in range(24)]
    assert [e.findtext("title") for e in root.iter("rect")] == [f"period {n}" for n in range(24)]
    heights = [y for _, y in run]
    # 69 to 75 over 178 pixels below 22; half a pixel is not seen
    assert heights == pytest.approx([22 + (75 - level) / 6 * 178 for level in LEVELS], abs=0.5)


def test_a_small_and_a_large_drawing_of_a_line_tell_its_strokes_in_the_same_characters() -> None:
    series = Series(points(LEVELS, benchmark=71.5), (ChartTarget(((FIRST + 30, 80.0),)),), Mark("good"))
    small, large = sparkline(series, "small"), drawn(series)
    strokes = strokes_of(series, grid_of(series) or pytest.fail("no grid"))
    for path in strokes:
        assert path
        assert f'<path d="{path}"' in small
        assert f'<path d="{path}"' in large


def test_quarters_are_a_column_each_and_a_single_period_is_drawn_in_the_middle() -> None:
    quarters = tuple(ChartPoint(FIRST + 3 * n, float(level)) for n, level in enumerate(LEVELS))
    (line,) = (e for e in parsed(drawn(Series(quarters))).iter("path") if e.attrib.get("stroke-width") == "2.2")
    assert [x for x, _ in runs_of(line)[0]] == list(range(24))
    single = parsed(drawn(Series((ChartPoint(FIRST, 3.0),))))
    assert {e.attrib["viewBox"] for e in single.iter("svg") if "viewBox" in e.attrib} == {"-0.5 0 1 200"}


def test_numbers_at_the_right_stand_far_enough_apart_to_be_read() -> None:
    series = Series(points(LEVELS, benchmark=73.1), (ChartTarget(((FIRST + 23, 73.2),)),), Mark("bad"))
    svg = drawn(series)
    heights = sorted(
        float(e.attrib["y"]) for e in parsed(svg).iter("text") if "at" in e.attrib.get("class", "").split()
    )
    assert len(heights) == 3
    assert all(below - above >= 13.9 for above, below in itertools.pairwise(heights))


def test_a_target_beyond_the_series_ends_the_drawing_and_the_value_stays_beside_its_month() -> None:
    series = Series(points(LEVELS), (ChartTarget(((FIRST + 30, 80.0),)),), Mark("good"))
    by_class = {e.attrib["class"]: e.attrib["x"] for e in parsed(drawn(series)).iter("text") if "class" in e.attrib}
    assert by_class["at goal"] == "98.5%"
    assert texts(drawn(series), "goal") == ["80%"]
    assert float(by_class["at own"].rstrip("%")) < 80


def test_a_level_is_drawn_from_the_one_before_it() -> None:
    series = Series(points(LEVELS), (ChartTarget(((FIRST + 11, 76.0),)), ChartTarget(((FIRST + 23, 78.0),))))
    path = re.search(r'<path d="([^"]*)"[^>]*stroke="#801650"', drawn(series))
    assert path is not None
    first, second = re.findall(r"M(-?[\d.]+) ([\d.]+)H([\d.]+)", path[1])
    # from the left end of the drawing
    assert float(first[0]) < 0
    assert second[0] == first[2]
    assert float(second[1]) < float(first[1])


def test_a_gap_breaks_the_line_and_has_a_cross() -> None:
    levels: list[float | None] = [*LEVELS]
    levels[5] = None
    svg = drawn(Series(points(levels)))
    line = re.search(r'<path d="([^"]*)"[^>]*stroke="#12436d"', svg)
    assert line is not None
    assert line[1].count("M") == 2
    assert svg.count("l6 6m0-6l-6 6") == 1


def test_no_value_draws_nothing() -> None:
    assert drawn(Series(points([None, None]))) == ""
    empty = Timeline(Series(points([None])), (), ("",), 1, "")
    assert scale_of_timeline(empty) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("kind", "count", "expected", "kept"),
    [
        (PeriodKind.MONTH, 12, 12, 4),
        (PeriodKind.MONTH, 24, 9, 5),
        (PeriodKind.MONTH, 72, 6, 6),
        (PeriodKind.QUARTER, 12, 6, 3),
        (PeriodKind.CALENDAR_YEAR, 20, 7, 4),
    ],
)
def test_few_enough_periods_are_named(kind: PeriodKind, count: int, expected: int, kept: int) -> None:
    labels = axis_labels(kind, [(FIRST + n, f"P{n}") for n in range(count)])
    assert len(labels) == expected
    assert sum(not label.is_left_out_when_narrow for label in labels) == kept


def test_the_last_of_named_periods_is_the_last_period() -> None:
    labels = axis_labels(PeriodKind.QUARTER, [(FIRST + 3 * n, f"Q{n}") for n in range(17)])
    assert labels[-1].text == "Q16"
    assert not labels[-1].is_left_out_when_narrow


@pytest.mark.parametrize(
    ("low", "high"), [(0, 0), (5, 5), (0.2, 0.3), (1_241_931, 2_416_292), (-4, 12), (60.49, 60.51), (99.2, 99.9)]
)
def test_a_scale_holds_every_number_between_round_ones(low: float, high: float) -> None:
    ticks = scale_ticks(low, high)
    assert ticks[0] <= low <= high <= ticks[-1]
    assert 2 <= len(ticks) <= 9
    steps = {round(b - a, 9) for a, b in itertools.pairwise(ticks)}
    assert max(steps) - min(steps) < 1e-6


def test_per_cent_ends_at_a_hundred() -> None:
    assert scale_ticks(71, 98.9, most=100)[-1] == 100


def test_the_large_drawing_of_a_series_stands_on_the_page_of_its_measure() -> None:
    cards = collection().cards
    assert len(cards) == 4
    for card in cards:
        assert 'class="tl ' not in place_page(card)
        drawn_of = {line.indicator_id: indicator_page(card, line).count('class="tl ') for line in card.lines}
        # two periods make a line
        undrawn = [name for name, number in drawn_of.items() if number == 0]
        assert undrawn == ["no-points", "one-point"]
        assert sum(drawn_of.values()) == len(card.lines) - len(undrawn)
        assert max(drawn_of.values()) == 1


def test_unless_its_page_is_made_a_line_has_a_large_drawing_only_of_a_long_series() -> None:
    for card in collection().cards:
        long = [
            line.indicator_id
            for line in card.lines
            if sum(point.value.value is not None for point in line.points) >= LONG
        ]
        assert long == ["local-02", "op-ae"]
        views = {line.indicator_id: line_view(line, card.place.name) for line in card.lines}
        counts = {name: view.timeline.drawing.count('class="tl ') for name, view in views.items()}
        assert counts == {name: int(name in long) for name in views}


def test_what_is_pointed_at_is_escaped() -> None:
    svg = timeline(Timeline(Series(points([1, 2])), (), ("<b>", '"&'), 0, "<unit>"), "<label>")
    assert "<b>" not in svg
    assert "<unit>" not in svg
    assert [e.text for e in parsed(svg).iter("title")] == ["<b>", '"&']
