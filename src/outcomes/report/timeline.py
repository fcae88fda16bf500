"""Draws one long series over the width of a page: its line, its axes and what is said beside it; for any width.

The drawing takes the width it is given: places along it are per cent, letters and strokes keep their size. The only
arithmetic here is scaling to a drawing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, NamedTuple

from outcomes.report.axes import AxisLabel, scale_ticks
from outcomes.report.charts import (
    BAND,
    COMPARATOR,
    LABEL_LENGTH,
    PATH,
    ChartPoint,
    ChartTarget,
    Scale,
    Series,
    coordinate,
    mark_at,
    scale_of,
    unbroken_runs,
)
from outcomes.report.formatting import number_text, shortened, with_unit
from outcomes.report.marks import GOOD, NEUTRAL
from outcomes.report.process_drawing import process_strokes

__all__ = ["Timeline", "scale_of_timeline", "timeline"]

_TOP: Final = 22
_HEIGHT: Final = 178
_FOOT: Final = 38
_INSET: Final = 1.5
_GRID: Final = "#d8dde0"
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
    plane = _Plane(plain.first, plain.last, ticks[0], ticks[-1])
    tick_texts = _tick_texts(ticks, drawn.unit)
    series = drawn.series
    beside = _beside(plane, drawn)
    margin = max(len(text) for text in [*tick_texts, *(said.text for said in beside)])
    parts = [_grid(plane, ticks, tick_texts), _axis(plane, drawn.labels), _strokes(plane, series)]
    parts += [_flag(plane, target, drawn) for target in series.targets if target.points and not _ends(series, target)]
    parts.append(_points(plane, series, drawn.titles))
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
    """Turns months into per cent of the width, and values into pixels from the top."""

    __slots__ = ("_first", "_high", "_low", "_span")

    def __init__(self, first: int, last: int, low: float, high: float) -> None:
        self._first, self._span = first, last - first
        self._low, self._high = low, high

    def x(self, month: float) -> float:
        share = (month - self._first) / self._span if self._span else 0.5
        return _INSET + share * (100 - 2 * _INSET)

    def y(self, value: float) -> float:
        return _TOP + (self._high - value) / (self._high - self._low) * _HEIGHT

    def at(self, month: int, value: float) -> str:
        """A point of the stretched drawing, which is a thousand wide."""
        return f"{coordinate(self.x(month) * 10)} {coordinate(self.y(value))}"


def _tick_texts(ticks: Sequence[float], unit: str) -> list[str]:
    decimals = next((d for d in range(4) if all(math.isclose(t, round(t, d), abs_tol=1e-9) for t in ticks)), 4)
    short = unit if unit in ("%", "£") else ""
    return [with_unit(number_text(tick, decimals), short) for tick in ticks]


def _grid(plane: _Plane, ticks: Sequence[float], texts: Sequence[str]) -> str:
    lines = []
    for place, (tick, text) in enumerate(zip(ticks, texts, strict=True)):
        y = coordinate(plane.y(tick))
        colour = NEUTRAL if place == 0 else _GRID
        lines.append(
            f'<line x1="0" x2="100%" y1="{y}" y2="{y}" stroke="{colour}"/>'
            f'<text class="end" x="0" dx="-8" y="{coordinate(plane.y(tick) + 4)}">{escape(text)}</text>'
        )
    return "".join(lines)


def _axis(plane: _Plane, labels: Sequence[AxisLabel]) -> str:
    foot = _TOP + _HEIGHT
    drawn = []
    for label in labels:
        x = coordinate(plane.x(label.month))
        cls = ' class="go"' if label.is_left_out_when_narrow else ""
        tick = f'<line x1="{x}%" x2="{x}%" y1="{foot}" y2="{foot + 5}" stroke="{NEUTRAL}"/>'
        text = f'<text class="mid" x="{x}%" y="{foot + 18}">{escape(label.text)}</text>'
        drawn.append(f"<g{cls}>{tick}{text}</g>")
        if label.under:
            drawn.append(f'<text class="mid" x="{x}%" y="{foot + 33}">{escape(label.under)}</text>')
    return "".join(drawn)


def _strokes(plane: _Plane, series: Series) -> str:
    """Band, comparator, paths and line: drawn a thousand wide and stretched, their strokes kept as they are."""
    runs = unbroken_runs(series.points)
    keep = 'vector-effect="non-scaling-stroke" fill="none"'
    parts = []
    band = "".join(_band(plane, stretch) for run in runs for stretch in _with_interval(run))
    if band:
        parts.append(f'<path d="{band}" fill="{BAND}"/>')
    compared = [[p for p in run if p.benchmark is not None] for run in _with_benchmark(series.points)]
    path = "".join(_line(plane, [(p.month, p.benchmark or 0.0) for p in run]) for run in compared if len(run) > 1)
    if not path and series.level is not None:
        y = coordinate(plane.y(series.level))
        path = f"M0 {y}H1000"
    if path:
        parts.append(f'<path d="{path}" {keep} stroke="{COMPARATOR}" stroke-width="1.4" stroke-dasharray="5 4"/>')
    paths = "".join(_target_path(plane, series.targets, target) for target in series.targets if target.points)
    if paths:
        parts.append(f'<path d="{paths}" {keep} stroke="{PATH}" stroke-width="1.8" stroke-dasharray="2 3"/>')
    breaks = [plane.x(point.month - 0.5) * 10 for point in series.points[1:] if point.is_break]
    if breaks:
        drawn = "".join(f"M{coordinate(x)} {_TOP}V{_TOP + _HEIGHT}" for x in breaks)
        parts.append(f'<path d="{drawn}" {keep} stroke="{NEUTRAL}" stroke-dasharray="2 2"/>')
    parts.append(process_strokes(series.points, lambda month: plane.x(month) * 10, plane.y))
    line = "".join(_line(plane, [(p.month, p.value) for p in run if p.value is not None]) for run in runs)
    parts.append(f'<path d="{line}" {keep} stroke="{GOOD}" stroke-width="2.2" stroke-linejoin="round"/>')
    height = _TOP + _HEIGHT
    return (
        f'<svg width="100%" height="{height}" viewBox="0 0 1000 {height}" preserveAspectRatio="none">'
        f"{''.join(parts)}</svg>"
    )


def _line(plane: _Plane, pairs: Sequence[tuple[int, float]]) -> str:
    return "M" + "L".join(plane.at(month, value) for month, value in pairs)


def _with_interval(run: Sequence[ChartPoint]) -> list[list[ChartPoint]]:
    stretches: list[list[ChartPoint]] = [[]]
    for point in run:
        if point.lower is None or point.upper is None:
            stretches.append([])
        else:
            stretches[-1].append(point)
    return [stretch for stretch in stretches if len(stretch) > 1]


def _with_benchmark(points: Sequence[ChartPoint]) -> list[list[ChartPoint]]:
    stretches: list[list[ChartPoint]] = [[]]
    for point in points:
        if point.benchmark is None:
            stretches.append([])
        else:
            stretches[-1].append(point)
    return stretches


def _band(plane: _Plane, stretch: Sequence[ChartPoint]) -> str:
    upper = "L".join(plane.at(point.month, point.upper or 0.0) for point in stretch)
    lower = "L".join(plane.at(point.month, point.lower or 0.0) for point in reversed(stretch))
    return f"M{upper}L{lower}Z"


def _target_path(plane: _Plane, targets: Sequence[ChartTarget], target: ChartTarget) -> str:
    """A path as it was agreed; a level from the one before it, so that levels that follow each other are stairs."""
    if len(target.points) > 1:
        return _line(plane, target.points)
    ((month, level),) = target.points
    earlier = [other.points[-1][0] for other in targets if other.points and other.points[-1][0] < month]
    start = coordinate(plane.x(max(earlier)) * 10) if earlier else "0"
    return f"M{start} {coordinate(plane.y(level))}H{coordinate(plane.x(month) * 10)}"


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


def _points(plane: _Plane, series: Series, titles: Sequence[str]) -> str:
    half = (100 - 2 * _INSET) / max(len(series.points) - 1, 1) / 2
    final = series.points[-1]
    parts = []
    for point, title in zip(series.points, titles, strict=True):
        x = plane.x(point.month)
        text = coordinate(x)
        mark = ""
        if point.value is None:
            foot = _TOP + _HEIGHT - 8
            mark = f'<svg x="{text}%" y="{foot}"><path d="M-3-3l6 6m0-6l-6 6" fill="none" stroke="{NEUTRAL}"/></svg>'
        # on a process control chart every shape is of special cause, the last too
        elif point is final and series.last is not None and point.limits is None:
            mark = f'<svg x="{text}%" y="{coordinate(plane.y(point.value))}">{mark_at(0, 0, series.last, 5)}</svg>'
        elif point.flag is not None:
            mark = f'<svg x="{text}%" y="{coordinate(plane.y(point.value))}">{mark_at(0, 0, point.flag, 4.4)}</svg>'
        else:
            mark = f'<circle cx="{text}%" cy="{coordinate(plane.y(point.value))}" r="2.6" fill="{GOOD}"/>'
        # the whole height can be pointed at
        parts.append(
            f'<g><title>{escape(title)}</title>{mark}<rect x="{coordinate(x - half)}%" y="{_TOP}" '
            f'width="{coordinate(2 * half)}%" height="{_HEIGHT}" fill-opacity="0"/></g>'
        )
    return "".join(parts)


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
