"""Draws one long series over the width of a page: its line, its axes and what is said beside it; for any width.

The drawing takes the width it is given: places along it are per cent, letters and strokes keep their size. The only
arithmetic here is scaling to a drawing.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, NamedTuple

from outcomes.report.axes import AxisLabel, scale_ticks
from outcomes.report.chart_series import ChartTarget, Scale, Series, coordinate, scale_of
from outcomes.report.charts import BAND, COMPARATOR, LABEL_LENGTH, PATH, mark_at
from outcomes.report.formatting import number_text, shortened, with_unit
from outcomes.report.marks import GOOD, NEUTRAL
from outcomes.report.process_drawing import process_strokes
from outcomes.report.strokes import Grid, dots_through, grid_of, placed, strokes_of

__all__ = ["Timeline", "scale_of_timeline", "timeline"]

_TOP: Final = 22
_HEIGHT: Final = 178
_FOOT: Final = 38
_INSET: Final = 1.5
_GRID: Final = "#d8dde0"
_KEEP: Final = 'vector-effect="non-scaling-stroke" fill="none"'
# letters of the labels beside the drawing that a narrow, a middling and a wide margin hold
_MARGINS: Final = ((5, "n"), (7, "m"), (99, "w"))
_APART: Final = 14.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that the drawing of a long series says.

    Attributes:
        series: Its points, targets, level and last mark.
        labels: Below the drawing.
        titles: One a point: what is said when it is pointed at.
        decimals: Of the values beside the drawing.
        unit: Of the values.
    """

    series: Series
    labels: tuple[AxisLabel, ...]
    titles: tuple[str, ...]
    decimals: int
    unit: str


def timeline(drawn: Timeline, label: str) -> str:
    """Return the drawing as SVG, or an empty text where no period has a value.

    Its class says how wide the margins at its sides must be: `n`, `m` or `w`.

    Arguments:
        drawn: What is drawn.
        label: One sentence that says the same, for those who do not see it; cut at 125 characters.
    """
    plain = scale_of([drawn.series], with_limits=True)
    if plain is None:
        return ""
    ticks = _ticks(plain, drawn.unit)
    grid = grid_of(drawn.series)
    if grid is None:
        return ""
    plane = _Plane(plain.first, plain.last, ticks[0], ticks[-1], grid)
    tick_texts = _tick_texts(ticks, drawn.unit)
    series = drawn.series
    beside = _beside(plane, drawn)
    margin = max(len(text) for text in [*tick_texts, *(said.text for said in beside)])
    marks = _marks(plane, series)
    parts = [
        _numbers(plane, ticks, tick_texts),
        _axis(plane, drawn.labels),
        plane.stretched(_ruled(plane, ticks, drawn.labels) + _strokes(plane, series) + _dots(plane, series, marks)),
    ]
    parts += [_flag(plane, target, drawn) for target in series.targets if target.points and not _ends(series, target)]
    parts += marks.values()
    # on top of all: the whole height can be pointed at
    parts.append(plane.stretched(_pointed_at(plane, series, drawn.titles)))
    parts += [
        f'<text class="at {said.whose}" x="{coordinate(said.x)}%" dx="10" y="{coordinate(said.y + 4)}">'
        f"{escape(said.text)}</text>"
        for said in beside
    ]
    unit = "" if drawn.unit.startswith(("%", "£")) else drawn.unit
    if unit:
        parts.append(f'<text x="0" y="9">{escape(unit)}</text>')
    size = next(name for letters, name in _MARGINS if margin <= letters)
    return (
        f'<svg class="tl {size}" width="100%" height="{_TOP + _HEIGHT + _FOOT}" role="img" '
        f'aria-label="{escape(shortened(label, LABEL_LENGTH))}">{"".join(parts)}</svg>'
    )


def scale_of_timeline(drawn: Timeline) -> tuple[float, float]:
    """Return the ends of the drawing's scale, which are printed; 0 and 1 where no period has a value."""
    plain = scale_of([drawn.series], with_limits=True)
    if plain is None:
        return 0.0, 1.0
    ticks = _ticks(plain, drawn.unit)
    return ticks[0], ticks[-1]


def _ticks(plain: Scale, unit: str) -> tuple[float, ...]:
    return scale_ticks(plain.low, plain.high, most=100 if unit.startswith("%") else None)


class _Said(NamedTuple):
    """A number beside a line's end: per cent of the width, pixels from the top, text, and whose it is."""

    x: float
    y: float
    text: str
    whose: str


class _Plane:
    """Turns months into per cent of the width, and values into pixels from the top.

    Inside the stretched drawing a column of the line's grid is 1 across, and pixels are pixels down.
    """

    __slots__ = ("_first", "_high", "_low", "_span", "grid")

    def __init__(self, first: int, last: int, low: float, high: float, grid: Grid) -> None:
        self._first, self._span = first, last - first
        self._low, self._high = low, high
        self.grid = grid

    def x(self, month: float) -> float:
        share = (month - self._first) / self._span if self._span else 0.5
        return _INSET + share * (100 - 2 * _INSET)

    def y(self, value: float) -> float:
        return _TOP + (self._high - value) / (self._high - self._low) * _HEIGHT

    def column(self, month: float) -> float:
        """A month inside the stretched drawing."""
        return (month - self.grid.first) / self.grid.step

    def at(self, month: int, value: float) -> str:
        """A point of the stretched drawing."""
        return f"{coordinate(self.column(month))} {coordinate(self.y(value))}"

    def ends(self) -> tuple[float, float]:
        """The left end of the stretched drawing and its width, in columns."""
        width = self._span / self.grid.step / (1 - _INSET / 50) or 1.0
        left = self.column(self._first) - (width * _INSET / 100 if self._span else 0.5)
        return left, width

    def stretched(self, drawing: str) -> str:
        """A drawing in columns and pixels over the whole width."""
        left, width = (f"{number:.4g}" for number in self.ends())
        height = _TOP + _HEIGHT
        return (
            f'<svg width="100%" height="{height}" viewBox="{left} 0 {width} {height}" preserveAspectRatio="none">'
            f"{drawing}</svg>"
        )


def _tick_texts(ticks: Sequence[float], unit: str) -> list[str]:
    decimals = next((d for d in range(4) if all(math.isclose(t, round(t, d), abs_tol=1e-9) for t in ticks)), 4)
    short = unit if unit in ("%", "£") else ""
    return [with_unit(number_text(tick, decimals), short) for tick in ticks]


def _numbers(plane: _Plane, ticks: Sequence[float], texts: Sequence[str]) -> str:
    """The numbers left of the lines; a nested drawing keeps them clear of the lines."""
    rows = (
        f'<text y="{coordinate(plane.y(tick) + 4)}">{escape(text)}</text>'
        for tick, text in zip(ticks, texts, strict=True)
    )
    return f'<svg class="end" x="-8">{"".join(rows)}</svg>'


def _ruled(plane: _Plane, ticks: Sequence[float], labels: Sequence[AxisLabel]) -> str:
    """The lines across, and the short ones over the names of periods."""
    foot = _TOP + _HEIGHT
    left, width = (f"{number:.4g}" for number in plane.ends())
    across = "".join(f"M{left} {coordinate(plane.y(tick))}h{width}" for tick in ticks[1:])
    named = ["", ""]
    for label in labels:
        named[label.is_left_out_when_narrow] += f"M{coordinate(plane.column(label.month))} {foot}v5"
    return (
        f'<path d="{across}" {_KEEP} stroke="{_GRID}"/>'
        f'<path d="M{left} {foot}h{width}{named[False]}" {_KEEP} stroke="{NEUTRAL}"/>'
        + (f'<path class="go" d="{named[True]}" {_KEEP} stroke="{NEUTRAL}"/>' if named[True] else "")
    )


def _axis(plane: _Plane, labels: Sequence[AxisLabel]) -> str:
    """The names of periods below the drawing."""
    foot = _TOP + _HEIGHT
    drawn = []
    for label in labels:
        x = coordinate(plane.x(label.month))
        cls = ' class="go"' if label.is_left_out_when_narrow else ""
        drawn.append(f'<text{cls} x="{x}%" y="{foot + 18}">{escape(label.text)}</text>')
        if label.under:
            drawn.append(f'<text x="{x}%" y="{foot + 33}">{escape(label.under)}</text>')
    return f'<g class="mid">{"".join(drawn)}</g>'


def _on_grid(plane: _Plane) -> str:
    """The attribute that lays the line's grid over the stretched drawing."""
    grid = plane.grid
    top, foot = plane.y(grid.high), plane.y(grid.low)
    return placed(1, (foot - top) / grid.rows, 0, top)


def _strokes(plane: _Plane, series: Series) -> str:
    """Band, comparator, paths and line: drawn in columns and stretched, their strokes kept as they are."""
    on_grid = _on_grid(plane)
    strokes = strokes_of(series, plane.grid)
    parts = []
    if strokes.band:
        parts.append(f'<path d="{strokes.band}" {on_grid} fill="{BAND}"/>')
    compared = f'{_KEEP} stroke="{COMPARATOR}" stroke-width="1.4" stroke-dasharray="5 4"'
    if strokes.benchmark:
        parts.append(f'<path d="{strokes.benchmark}" {on_grid} {compared}/>')
    elif series.level is not None:
        left, width = (f"{number:.4g}" for number in plane.ends())
        parts.append(f'<path d="M{left} {coordinate(plane.y(series.level))}h{width}" {compared}/>')
    paths = "".join(_target_path(plane, series.targets, target) for target in series.targets if target.points)
    if paths:
        parts.append(f'<path d="{paths}" {_KEEP} stroke="{PATH}" stroke-width="1.8" stroke-dasharray="2 3"/>')
    half = plane.grid.step / 2
    breaks = [plane.column(point.month - half) for point in series.points[1:] if point.is_break]
    if breaks:
        drawn = "".join(f"M{coordinate(x)} {_TOP}V{_TOP + _HEIGHT}" for x in breaks)
        parts.append(f'<path d="{drawn}" {_KEEP} stroke="{NEUTRAL}" stroke-dasharray="2 2"/>')
    parts.append(process_strokes(series.points, plane.column, plane.y, half))
    parts.append(
        f'<path d="{strokes.line}" {on_grid} {_KEEP} stroke="{GOOD}" stroke-width="2.2" stroke-linejoin="round"/>'
    )
    return "".join(parts)


def _target_path(plane: _Plane, targets: Sequence[ChartTarget], target: ChartTarget) -> str:
    """A path as it was agreed; a level from the one before it, so that levels that follow each other are stairs."""
    if len(target.points) > 1:
        return "M" + "L".join(plane.at(month, level) for month, level in target.points)
    ((month, level),) = target.points
    earlier = [other.points[-1][0] for other in targets if other.points and other.points[-1][0] < month]
    start = plane.column(max(earlier)) if earlier else plane.ends()[0]
    return f"M{coordinate(start)} {coordinate(plane.y(level))}H{coordinate(plane.column(month))}"


def _level_text(level: float, decimals: int) -> str:
    """A level as it was agreed: 78, not 78.0."""
    return number_text(level, 0 if float(level).is_integer() else decimals)


def _text_of(value: float, whose: str, decimals: int) -> str:
    return _level_text(value, decimals) if whose == "goal" else number_text(value, decimals)


def _flag(plane: _Plane, target: ChartTarget, drawn: Timeline) -> str:
    month, level = target.points[-1]
    x, y = coordinate(plane.x(month)), plane.y(level)
    short = drawn.unit if drawn.unit in ("%", "£") else ""
    text = with_unit(_level_text(level, drawn.decimals), short)
    # a nested drawing moves the flag by per cent
    return (
        f'<svg x="{x}%" y="{coordinate(y)}"><path d="M0 2V-11l-8 3.5 8 3.5" fill="{PATH}" stroke="{PATH}"/>'
        f'<text class="end goal" x="-11" y="-4">{escape(text)}</text></svg>'
    )


def _marks(plane: _Plane, series: Series) -> dict[int, str]:
    """The shapes of points, by their place in the series: the last, those of special cause, and periods without."""
    final = series.points[-1]
    marks = {}
    for place, point in enumerate(series.points):
        x = coordinate(plane.x(point.month))
        if point.value is None:
            foot = _TOP + _HEIGHT - 8
            cross = f'<path d="M-3-3l6 6m0-6l-6 6" fill="none" stroke="{NEUTRAL}"/>'
            marks[place] = f'<svg x="{x}%" y="{foot}">{cross}</svg>'
            continue
        y = coordinate(plane.y(point.value))
        # on a process control chart every shape is of special cause, the last too
        if point is final and series.last is not None and point.limits is None:
            marks[place] = f'<svg x="{x}%" y="{y}">{mark_at(0, 0, series.last, 5)}</svg>'
        elif point.flag is not None:
            marks[place] = f'<svg x="{x}%" y="{y}">{mark_at(0, 0, point.flag, 4.4)}</svg>'
    return marks


def _dots(plane: _Plane, series: Series, marks: Mapping[int, str]) -> str:
    """Every other point: strokes next to no length, whose round ends make them dots of any width of the drawing."""
    grid = plane.grid
    places = [
        (grid.column(point.month), grid.row(point.value))
        for place, point in enumerate(series.points)
        if place not in marks and point.value is not None
    ]
    if not places:
        return ""
    dots = f'{_KEEP} stroke="{GOOD}" stroke-width="5.2" stroke-linecap="round"'
    return f'<path d="{dots_through(places)}" {_on_grid(plane)} {dots}/>'


def _pointed_at(plane: _Plane, series: Series, titles: Sequence[str]) -> str:
    """What is said of a period when it is pointed at; the styles of the page give a column its width and height."""
    columns = "".join(
        f'<rect x="{plane.grid.column(point.month)}"><title>{escape(title)}</title></rect>'
        for point, title in zip(series.points, titles, strict=True)
    )
    return f'<g transform="translate(-.5)">{columns}</g>'


def _ends(series: Series, target: ChartTarget) -> bool:
    """Whether a target's last month is the last of the drawing, so that it is said at the right."""
    return target.points[-1][0] >= series.points[-1].month


def _beside(plane: _Plane, drawn: Timeline) -> list[_Said]:
    """The last value and what it is compared with, right of it, and the targets at the end of the drawing."""
    series, final = drawn.series, drawn.series.points[-1]
    benchmark = final.benchmark if final.benchmark is not None else series.level
    targets = [target.points[-1] for target in series.targets if target.points and _ends(series, target)]
    ends = max([final.month, *(month for month, _ in targets)])
    now: list[tuple[float | None, str]] = [(final.value, "own"), (benchmark, "other")]
    later: list[tuple[float | None, str]] = [(level, "goal") for _, level in targets]
    groups = [(final.month, [*now, *later])] if ends == final.month else [(final.month, now), (ends, later)]
    return [one for month, said in groups for one in _apart(plane, month, said, drawn)]


def _apart(plane: _Plane, month: int, said: Sequence[tuple[float | None, str]], drawn: Timeline) -> list[_Said]:
    """Numbers beside one month, far enough apart to be read: each below the last, all back up by half of the push."""
    short = drawn.unit if drawn.unit in ("%", "£") else ""
    found = sorted(
        (plane.y(value), with_unit(_text_of(value, whose, drawn.decimals), short), whose)
        for value, whose in said
        if value is not None
    )
    heights: list[float] = []
    for y, _, _ in found:
        heights.append(max(y, heights[-1] + _APART) if heights else y)
    pushed = (heights[-1] - found[-1][0]) / 2 if found else 0.0
    return [
        _Said(plane.x(month), height - pushed, text, whose)
        for height, (_, text, whose) in zip(heights, found, strict=True)
    ]
