"""The long strokes of a line over time (band, comparator, line, dots) on a grid of whole numbers.

A place page draws a long line twice, small and large. The grid is the line's own, so that both drawings tell the very
same strokes and only place them differently: in whole numbers, and twice the same text, a page is a third lighter.
"""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from outcomes.report.chart_series import ChartPoint, Scale, Series, scale_of, unbroken_runs

__all__ = ["Grid", "Strokes", "dots_through", "grid_of", "path_through", "placed", "stretches_of", "strokes_of"]

# rows of a grid: half a pixel of the large drawing at most, and less than half a pixel of the small one
_ROWS_OF_LONG = 360
_ROWS = 120
_LONG = 12


class Grid(NamedTuple):
    """Whole columns of periods and whole rows of values, from the first month and the highest number.

    Attributes:
        first: The month of column 0.
        step: Months a column.
        high: The number of row 0.
        low: The number of the last row.
        rows: How many rows.
    """

    first: int
    step: int
    high: float
    low: float
    rows: int

    def column(self, month: int) -> int:
        """Return the column of a month."""
        return (month - self.first) // self.step

    def row(self, value: float) -> int:
        """Return the row nearest to a value."""
        return round((self.high - value) / (self.high - self.low) * self.rows)


class Strokes(NamedTuple):
    """Paths on the grid; empty where nothing is drawn.

    Attributes:
        band: Around stretches of two periods or more with an interval.
        benchmark: Through stretches of two periods or more.
        line: Through every unbroken run of values.
    """

    band: str
    benchmark: str
    line: str


def grid_of(series: Series) -> Grid | None:
    """Return the grid of a line; None where no period has a value.

    >>> grid_of(Series((ChartPoint(24000, 5.0), ChartPoint(24003, 6.0))))
    Grid(first=24000, step=3, high=6.0, low=5.0, rows=120)
    """
    scale = scale_of([series])
    return _grid(series, scale) if scale is not None else None


def _grid(series: Series, scale: Scale) -> Grid:
    first = series.points[0].month
    step = math.gcd(*(point.month - first for point in series.points)) or 1
    known = sum(point.value is not None for point in series.points)
    return Grid(first, step, scale.high, scale.low, _ROWS_OF_LONG if known >= _LONG else _ROWS)


def placed(across: float, down: float, left: float, top: float) -> str:
    """Return the attribute that lays a grid over a drawing.

    >>> placed(4.5, 0.1, 6, 7)
    'transform="matrix(4.5 0 0 .1 6 7)"'
    """
    numbers = (f"{number:.4f}".rstrip("0").rstrip(".").removeprefix("0") or "0" for number in (across, down, left, top))
    a, d, e, f = numbers
    return f'transform="matrix({a} 0 0 {d} {e} {f})"'


def path_through(places: Sequence[tuple[int, int]]) -> str:
    """Return a path through places on the grid: the first by itself, every other from the one before it.

    >>> path_through([(0, 40), (1, 52), (2, 47), (1, 47)])
    'M0 40l1 12 1-5-1 0'
    """
    (x, y), *others = places
    said = [f"M{x} {y}"]
    for place, (to_x, to_y) in enumerate(others):
        across, down = to_x - x, to_y - y
        before = "" if across < 0 else " "
        said.append(f"{before if place else 'l'}{across}{'' if down < 0 else ' '}{down}")
        x, y = to_x, to_y
    return "".join(said)


def dots_through(places: Sequence[tuple[int, int]]) -> str:
    """Return strokes of next to no length at places on the grid, from left to right, each from the one before it.

    >>> dots_through([(0, 40), (1, 52), (4, 47)])
    'M0 40h.001m.999 12h.001m2.999-5h.001'
    """
    (x, y), *others = places
    said = [f"M{x} {y}h.001"]
    for to_x, to_y in others:
        down = to_y - y
        said.append(f"m{to_x - x - 1 or ''}.999{'' if down < 0 else ' '}{down}h.001")
        x, y = to_x, to_y
    return "".join(said)


def stretches_of(points: Sequence[ChartPoint], is_known: Callable[[ChartPoint], bool]) -> list[list[ChartPoint]]:
    """Return the stretches of points of which something is known, each without a gap."""
    stretches: list[list[ChartPoint]] = [[]]
    for point in points:
        if is_known(point):
            stretches[-1].append(point)
        elif stretches[-1]:
            stretches.append([])
    return [stretch for stretch in stretches if stretch]


def strokes_of(series: Series, grid: Grid) -> Strokes:
    """Return the long strokes of a line.

    Arguments:
        series: The line.
        grid: Its own grid.
    """
    runs = unbroken_runs(series.points)
    band, compared, line = "", "", ""
    for run in runs:
        line += path_through([(grid.column(point.month), grid.row(point.value or 0.0)) for point in run])
        for stretch in stretches_of(run, lambda point: point.lower is not None and point.upper is not None):
            if len(stretch) > 1:
                upper = [(grid.column(point.month), grid.row(point.upper or 0.0)) for point in stretch]
                lower = [(grid.column(point.month), grid.row(point.lower or 0.0)) for point in reversed(stretch)]
                band += f"{path_through([*upper, *lower])}z"
    for stretch in stretches_of(series.points, lambda point: point.benchmark is not None):
        if len(stretch) > 1:
            compared += path_through([(grid.column(one.month), grid.row(one.benchmark or 0.0)) for one in stretch])
    return Strokes(band, compared, line)
