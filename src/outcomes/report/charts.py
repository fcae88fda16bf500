"""Charts as SVG strings: deterministic, self-contained, coordinates rounded to a tenth of a pixel.

The only arithmetic here is scaling to a drawing. Nothing that a line does not print is drawn.
"""

from collections.abc import Sequence
from html import escape
from typing import Final

from outcomes.report.chart_series import (
    ChartLimits,
    ChartPoint,
    ChartTarget,
    Scale,
    Series,
    coordinate,
    scale_of,
    unbroken_runs,
)
from outcomes.report.marks import CONCERN, GOOD, INK, NEUTRAL, Mark
from outcomes.report.strokes import grid_of, placed, stretches_of, strokes_of

__all__ = [
    "ChartLimits",
    "ChartPoint",
    "ChartTarget",
    "Scale",
    "Series",
    "coordinate",
    "interval_bar",
    "mark_at",
    "scale_of",
    "share_bar",
    "sparkline",
    "tally",
    "unbroken_runs",
]

BAND: Final = "#b9cde0"
COMPARATOR: Final = "#3d3d3d"
PATH: Final = "#801650"
LABEL_LENGTH: Final = 125
_COMPARED: Final = f'fill="none" stroke="{COMPARATOR}" stroke-width="1.3" stroke-dasharray="4 3"'
# how far apart crosses stand at least, in pixels
_CROSS: Final = 8


# in formulas of paths
_n = coordinate


class _Plane:
    """Turns months and values into pixels."""

    __slots__ = ("_first", "_high", "_left", "_span", "_stretch", "_top", "_width")

    def __init__(self, scale: Scale, width: float, height: float) -> None:
        self._first, self._high = scale.first, scale.high
        self._left, self._top = 6.0, 7.0
        self._width = width - 14.0
        self._span = scale.last - scale.first
        self._stretch = (height - 14.0) / (scale.high - scale.low)

    def x(self, month: int) -> float:
        share = (month - self._first) / self._span if self._span else 0.5
        return self._left + share * self._width

    def y(self, value: float) -> float:
        return self._top + (self._high - value) * self._stretch

    def at(self, month: int, value: float) -> str:
        return f"{_n(self.x(month))} {_n(self.y(value))}"


def _of_one_period(plane: _Plane, series: Series) -> tuple[str, str]:
    """The band and the comparator of stretches of one period, which have no length: a box and a dash."""
    boxes, dashes = "", ""
    for run in unbroken_runs(series.points):
        for stretch in stretches_of(run, lambda point: point.lower is not None and point.upper is not None):
            only = stretch[0]
            if len(stretch) == 1 and only.lower is not None and only.upper is not None:
                x, foot = plane.x(only.month), _n(plane.y(only.lower))
                boxes += f"M{_n(x - 2.5)} {_n(plane.y(only.upper))}h5V{foot}h-5z"
    for stretch in stretches_of(series.points, lambda point: point.benchmark is not None):
        if len(stretch) == 1 and stretch[0].benchmark is not None:
            dashes += f"M{_n(plane.x(stretch[0].month) - 5)} {_n(plane.y(stretch[0].benchmark))}h10"
    return boxes, dashes


def _path(path: str, look: str) -> str:
    return f'<path d="{path}" {look}/>' if path else ""


def _target(plane: _Plane, target: ChartTarget, scale: Scale) -> str:
    pairs = target.points
    month, level = pairs[-1]
    x, y = plane.x(month), plane.y(level)
    path = f"M{plane.at(scale.first, level)}H{_n(x)}"
    if len(pairs) > 1:
        path = "M" + "L".join(plane.at(month, value) for month, value in pairs)
    pole = max(y - 9.0, 2.0)
    return (
        f'<path d="{path}" fill="none" stroke="{PATH}" stroke-width="1.6" stroke-dasharray="1.5 2.5"/>'
        f'<path d="M{_n(x)} {_n(y + 2)}V{_n(pole)}l-7 3 7 3" fill="{PATH}" stroke="{PATH}"/>'
    )


def mark_at(x: float, y: float, mark: Mark, size: float = 4.2) -> str:
    """Return the shape of a mark, its middle at (x, y), as SVG."""
    if mark.shape == "bad":
        half = size + 1
        return (
            f'<path d="M{_n(x)} {_n(y - half)}l{_n(half)} {_n(half)}-{_n(half)} {_n(half)}-{_n(half)}-{_n(half)}z" '
            f'fill="{CONCERN}" stroke="#fff"/>'
        )
    if mark.shape == "neutral":
        side = _n(size * 2 - 0.8)
        return (
            f'<rect x="{_n(x - size + 0.4)}" y="{_n(y - size + 0.4)}" width="{side}" height="{side}" '
            f'fill="{NEUTRAL}" stroke="#fff"/>'
        )
    look = {
        "good": f'fill="{GOOD}" stroke="#fff"',
        "unknown": f'fill="#fff" stroke="{INK}" stroke-width="1.6" stroke-dasharray="2 1.4"',
        "same": f'fill="#fff" stroke="{NEUTRAL}" stroke-width="1.8"',
        "none": f'fill="#fff" stroke="{NEUTRAL}" stroke-width="1.2"',
    }[mark.shape]
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(size)}" {look}/>'


def sparkline(
    series: Series,
    label: str,
    *,
    width: int = 176,
    height: int = 50,
    scale: Scale | None = None,
) -> str:
    """Return a small line over time, or an empty text where no period has a value.

    Band: the 95 % interval. Line: the area. Dashed: what it is compared with. Dotted with a flag: the agreed path and
    target. Cross: a period with no value. Upright dashes: a break in the series. Last mark: the verdict's shape.

    Arguments:
        series: What is drawn.
        label: One sentence that says the same, for those who do not see it; cut at 125 characters.
        width, height: In pixels.
        scale: The scale shared with other lines; by default the line's own.
    """
    plain, grid = scale_of([series]), grid_of(series)
    if plain is None or grid is None:
        return ""
    scale = scale or plain
    plane = _Plane(scale, width, height)
    strokes = strokes_of(series, grid)
    boxes, dashes = _of_one_period(plane, series)
    if not strokes.benchmark and not dashes and series.level is not None:
        dashes = f"M{plane.at(scale.first, series.level)}H{_n(plane.x(scale.last))}"
    across = plane.x(grid.first + grid.step) - plane.x(grid.first)
    down = (plane.y(grid.low) - plane.y(grid.high)) / grid.rows
    on_grid = f'vector-effect="non-scaling-stroke" {placed(across, down, plane.x(grid.first), plane.y(grid.high))}'
    parts = [
        _path(strokes.band, f'fill="{BAND}" {on_grid}'),
        _path(boxes, f'fill="{BAND}"'),
        _path(strokes.benchmark, f"{_COMPARED} {on_grid}"),
        _path(dashes, _COMPARED),
        *(_target(plane, target, scale) for target in series.targets if target.points),
        _path(strokes.line, f'fill="none" stroke="{GOOD}" stroke-width="2" stroke-linejoin="round" {on_grid}'),
    ]
    # a stretch of one period has no line: a dot keeps it visible
    for run in unbroken_runs(series.points):
        if len(run) == 1 and run[0] is not series.points[-1] and run[0].value is not None:
            x, y = plane.x(run[0].month), plane.y(run[0].value)
            parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="2" fill="{GOOD}"/>')
    breaks = [plane.x(point.month) - 3 for point in series.points[1:] if point.is_break]
    if breaks:
        path = "".join(f"M{_n(x)} 3V{height - 3}" for x in breaks)
        parts.append(f'<path d="{path}" stroke="{NEUTRAL}" stroke-dasharray="2 2"/>')
    gaps = _apart([plane.x(point.month) for point in series.points if point.value is None])
    if gaps:
        path = "".join(f"M{_n(x - 2.5)} {height - 8}l5 5m0-5l-5 5" for x in gaps)
        parts.append(f'<path d="{path}" fill="none" stroke="{NEUTRAL}" stroke-width="1.4"/>')
    final = series.points[-1]
    if series.last is not None and final.value is not None:
        parts.append(mark_at(plane.x(final.month), plane.y(final.value), series.last))
    return _svg(width, height, label, "".join(parts))


def _apart(places: Sequence[float]) -> list[float]:
    """Of places from left to right, those that have room for a cross: many gaps in a row would make a bar."""
    kept: list[float] = []
    for place in places:
        if not kept or place - kept[-1] >= _CROSS:
            kept.append(place)
    return kept


def _svg(width: int, height: int, label: str, body: str) -> str:
    if not label:
        return f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" aria-hidden="true">{body}</svg>'
    short = label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1].rstrip() + "…"
    return (
        f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(short)}">{body}</svg>'
    )


def tally(marks: Sequence[tuple[Mark, int]], label: str, *, a_row: int = 12) -> str:
    """Return one small mark for each thing counted, twelve a row, in the order given; no total, no share.

    Arguments:
        marks: A mark and how many times it is drawn.
        label: The counts in words.
        a_row: How many marks a row.
    """
    drawn = [mark for mark, number in marks for _ in range(number)]
    if not drawn:
        return ""
    rows = -(-len(drawn) // a_row)
    parts = []
    for place, mark in enumerate(drawn):
        x, y = 8 + (place % a_row) * 16, 8 + (place // a_row) * 16
        if mark.shape == "none":
            parts.append(f'<path d="M{x - 4} {y + 4}l8-8" stroke="{NEUTRAL}" stroke-width="1.5"/>')
        else:
            parts.append(mark_at(x, y, mark, 5))
    return _svg(a_row * 16, rows * 16, label, "".join(parts))


def share_bar(received: Sequence[tuple[str, int]], label: str, *, width: int = 160) -> str:
    """Return one bar of what was due: on time filled, late ruled, not accepted yet hatched, missing open.

    Arguments:
        received: Kind (`on_time`, `late`, `rejected`, `missing`) and number, in the order drawn.
        label: The numbers in words.
        width: In pixels.
    """
    total = sum(number for _, number in received)
    if not total:
        return ""
    fill = {"on_time": GOOD, "late": NEUTRAL, "rejected": "url(#hatch)", "missing": "#fff"}
    parts, before = [], 0
    for kind, number in received:
        if number:
            left, right = before / total * width, (before + number) / total * width
            parts.append(
                f'<rect x="{_n(left + 0.5)}" y="1" width="{_n(right - left)}" height="12" fill="{fill[kind]}" '
                f'stroke="{INK}" stroke-width=".8"/>'
            )
        before += number
    return _svg(width + 1, 14, label, "".join(parts))


def interval_bar(
    value: float,
    lower: float | None,
    upper: float | None,
    label: str,
    *,
    low: float,
    high: float,
    beside: float | None = None,
    mark: Mark | None = None,
    width: int = 220,
) -> str:
    """Return a value with its interval on a scale that all rows of a table share.

    Arguments:
        value, lower, upper: What is drawn; no interval, no bar.
        label: The same in words; empty where the words stand beside it, so that nobody hears them twice.
        low, high: The ends of the scale.
        beside: The whole place's value, an upright line.
        mark: The shape of the dot; the area's own line colour without one.
        width: In pixels.
    """
    stretch = (width - 16) / (high - low) if high > low else 0.0

    def x(number: float) -> float:
        return 8 + (number - low) * stretch

    parts = []
    if beside is not None:
        parts.append(f'<path d="M{_n(x(beside))} 0V20" stroke="{NEUTRAL}" stroke-dasharray="2 2"/>')
    if lower is not None and upper is not None:
        parts.append(f'<rect x="{_n(x(lower))}" y="6" width="{_n(x(upper) - x(lower))}" height="8" fill="{BAND}"/>')
    parts.append(mark_at(x(value), 10, mark or Mark("good")))
    return _svg(width, 20, label, "".join(parts))
