"""Chooses what stands at the axes of a drawing: round numbers, and few enough names of periods to be read."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from outcomes.vocabulary import PeriodKind

__all__ = ["AxisLabel", "axis_labels", "scale_ticks"]

# a scale whose lowest value is nearer to nought than to the highest begins at nought
_NEAR_NOUGHT: Final = 0.5
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class AxisLabel:
    """A period's label below the drawing.

    Attributes:
        month: Where it stands: the period's month since year 0.
        text: The label.
        under: A second row, such as the year.
        is_left_out_when_narrow: Whether a narrow screen does without it.
    """

    month: int
    text: str
    under: str = ""
    is_left_out_when_narrow: bool = False


def axis_labels(kind: PeriodKind, points: Sequence[tuple[int, str]]) -> tuple[AxisLabel, ...]:
    """Return the labels of an axis of periods, few enough to be read.

    Months carry their name, and the year below the first of each year; more than a year of them is named by quarter,
    more than five years by January alone. The last is named wherever there is room for it.

    Arguments:
        kind: The rhythm of the periods.
        points: Each period's month since year 0, and its text.

    >>> [(label.text, label.under) for label in axis_labels(PeriodKind.MONTH, [(24278, ""), (24279, ""), (24280, "")])]
    [('Mar', '2023'), ('Apr', ''), ('May', '')]
    """
    if kind is not PeriodKind.MONTH:
        step = -(-len(points) // 8)
        named = [point for place, point in enumerate(points) if (len(points) - 1 - place) % step == 0]
        return tuple(
            AxisLabel(month, text, is_left_out_when_narrow=len(named) > 4 and (len(named) - 1 - place) % 2 == 1)
            for place, (month, text) in enumerate(named)
        )
    count = len(points)
    every = 1 if count <= 13 else 3 if count <= 60 else 12
    first_year = None
    labels: list[AxisLabel] = []
    for place, (month, _) in enumerate(points, 1):
        year, of_year = divmod(month, 12)
        is_last = place == count and bool(labels) and month - labels[-1].month >= -(-every // 2)
        if of_year % every and not is_last:
            continue
        under = "" if year == first_year else str(year)
        first_year = year
        # a narrow screen keeps every second quarter, January and July, or every third month of one year
        goes = count > 6 and not under and of_year % (6 if every == 3 else 3) != 0
        labels.append(AxisLabel(month, _MONTHS[of_year], under, goes))
    return tuple(labels)


def scale_ticks(low: float, high: float, *, most: float | None = None) -> tuple[float, ...]:
    """Return four to eight round numbers that hold a span, the first and last outside it or on its ends.

    Arguments:
        low, high: The lowest and highest number that is drawn.
        most: No number lies above it, such as 100 of per cent.

    >>> scale_ticks(66.2, 78.0), scale_ticks(0.2, 9.1), scale_ticks(98.2, 99.9, most=100)
    ((66.0, 68.0, 70.0, 72.0, 74.0, 76.0, 78.0), (0.0, 2.0, 4.0, 6.0, 8.0, 10.0), (98.0, 98.5, 99.0, 99.5, 100.0))
    """
    if 0 <= low <= high * _NEAR_NOUGHT:
        low = 0.0
    if high <= low:
        high = low + 1
    rough = (high - low) / 6
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = [number * step for number in range(first, last + 1)]
    if most is not None and high <= most:
        ticks = [tick for tick in ticks if tick <= most * (1 + 1e-9)]
    digits = max(0, -math.floor(math.log10(step)) + 1)
    return tuple(round(tick, digits) for tick in ticks)
