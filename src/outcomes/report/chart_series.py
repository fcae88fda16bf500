"""What a line over time draws, point by point, and the scale that holds it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from outcomes.report.marks import Mark

__all__ = [
    "ChartLimits",
    "ChartPoint",
    "ChartTarget",
    "Scale",
    "Series",
    "coordinate",
    "scale_of",
    "unbroken_runs",
]


@dataclass(frozen=True, slots=True)
class ChartLimits:
    """The process mean and limits of a period; they begin anew with each segment."""

    segment: int
    mean: float
    lower: float
    upper: float
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One period of a line: its month since year 0, its value and interval, its benchmark and its process limits.

    A point that shows a special cause has its mark as `flag`.
    """

    month: int
    value: float | None
    lower: float | None = None
    upper: float | None = None
    benchmark: float | None = None
    is_break: bool = False
    limits: ChartLimits | None = None
    flag: Mark | None = None


@dataclass(frozen=True, slots=True)
class ChartTarget:
    """An agreed path: months and levels; one point is a level that is drawn across."""

    points: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """All that a line over time draws.

    Attributes:
        points: Every period, earliest first.
        targets: The agreed paths.
        last: The mark of the last value; None where the last period has no value.
        level: A fixed benchmark, drawn across.
    """

    points: tuple[ChartPoint, ...]
    targets: tuple[ChartTarget, ...] = ()
    last: Mark | None = None
    level: float | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """The lowest and highest number of a drawing, and its first and last month."""

    low: float
    high: float
    first: int
    last: int


def scale_of(series: Iterable[Series], *, with_targets: bool = True, with_limits: bool = False) -> Scale | None:
    """Return the one scale that holds several lines; None where no line has a number.

    Arguments:
        series: The lines.
        with_targets: Whether it holds their targets too.
        with_limits: Whether it holds their process limits too.

    >>> scale_of([Series((ChartPoint(24000, 5.0, 4.0, 6.0),))])
    Scale(low=4.0, high=6.0, first=24000, last=24000)
    """
    numbers: list[float] = []
    months: list[int] = []
    for line in series:
        if all(point.value is None for point in line.points):
            continue
        for point in line.points:
            months.append(point.month)
            numbers += [n for n in (point.value, point.lower, point.upper, point.benchmark) if n is not None]
            if with_limits and point.limits is not None:
                numbers += [point.limits.lower, point.limits.upper]
        if line.level is not None:
            numbers.append(line.level)
        for target in line.targets if with_targets else ():
            months += [month for month, _ in target.points]
            numbers += [level for _, level in target.points]
    if not numbers:
        return None
    low, high = min(numbers), max(numbers)
    if low == high:
        low, high = low - 1, high + 1
    return Scale(low, high, min(months), max(months))


def coordinate(number: float) -> str:
    """Return a coordinate with one decimal at most.

    >>> coordinate(12.04), coordinate(12.05)
    ('12', '12.1')
    """
    text = f"{number:.1f}"
    return text[:-2] if text.endswith(".0") else text


def unbroken_runs(points: Sequence[ChartPoint]) -> list[list[ChartPoint]]:
    """Return the unbroken stretches with a value: a gap and a break in the series both end one."""
    runs: list[list[ChartPoint]] = [[]]
    for point in points:
        if point.value is None or point.is_break:
            runs.append([])
        if point.value is not None:
            runs[-1].append(point)
    return [run for run in runs if run]
