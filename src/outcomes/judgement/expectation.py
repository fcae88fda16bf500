"""Works out what a target expects of a period: a level, on the way there or at its end."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Final

from outcomes.period import Period, period_from_text
from outcomes.target import Target
from outcomes.vocabulary import PeriodKind, Reason, TargetKind

__all__ = ["Expectation", "expectation"]

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a target expects of one period.

    Attributes:
        level: What the value is held against; None where the target expects nothing of the period.
        is_due: Whether the target's last period has come.
        obstacle: Why the value is not judged by it, a plain sentence; empty where it is.
        reason: The Reason that goes with the obstacle.
    """

    level: float | None
    is_due: bool
    obstacle: str = ""
    reason: Reason | None = None


def expectation(target: Target, kind: PeriodKind, period: Period) -> Expectation:
    """Return what a target expects of a period.

    A path runs in straight lines between its agreed points. A level before its period expects nothing yet: no path
    was agreed, so the word is `cannot tell`, and only the distance to the level is shown. After its last period a
    target keeps its last level. A period that had begun when a target was agreed is not judged by it: a path may
    begin at a known baseline, and a target set after its data proves nothing.

    Arguments:
        target: As agreed.
        kind: The rhythm of its indicator, in which its periods are written.
        period: The period of the value, of any kind.

    Raises:
        ValueError: A period of the target is not written in the indicator's rhythm.

    >>> path = Target(
    ...     indicator="smoking", kind="path", set_by="place", decision="JC 1", agreed_on=date(2024, 1, 9),
    ...     points=({"period": "2024/25", "value": 20}, {"period": "2028/29", "value": 12}))
    >>> year = PeriodKind.FINANCIAL_YEAR
    >>> expectation(path, year, period_from_text(year, "2025/26"))
    Expectation(level=18.0, is_due=False, obstacle='', reason=None)
    """
    points = sorted((period_from_text(kind, point.period), point.value) for point in target.points)
    if period.kind is not kind:
        return Expectation(
            None, is_due=False, obstacle=f"The target does not speak of {period.spoken}.", reason=Reason.NOT_COMPARABLE
        )
    (first, _), (last, last_level) = points[0], points[-1]
    is_due = period >= last
    if target.kind is TargetKind.LEVEL and not is_due:
        obstacle = f"It is due in {last.spoken}; no path to it was agreed."
        return Expectation(last_level, is_due=False, obstacle=obstacle, reason=Reason.NOT_YET_DUE)
    if period < first:
        obstacle = f"The agreed path begins in {first.spoken}."
        return Expectation(None, is_due=False, obstacle=obstacle, reason=Reason.NOT_YET_DUE)
    if period.first < target.agreed_on:
        obstacle = f"The target was agreed on {_day_text(target.agreed_on)}, after {period.spoken} had begun."
        return Expectation(None, is_due=is_due, obstacle=obstacle, reason=Reason.NOT_APPLICABLE)
    if is_due:
        return Expectation(last_level, is_due=True)
    before, after = next((start, end) for start, end in pairwise(points) if start[0] <= period < end[0])
    return Expectation(_between(before, after, period), is_due=False)


def _between(before: tuple[Period, float], after: tuple[Period, float], period: Period) -> float:
    """Return the level of a straight line, exact in the decimals as written, so that no last bit is over."""
    (start, start_level), (end, end_level) = before, after
    first, last = Fraction(str(start_level)), Fraction(str(end_level))
    share = Fraction(period.ordinal - start.ordinal, end.ordinal - start.ordinal)
    return float(first + (last - first) * share)


def _day_text(day: date) -> str:
    # not strftime: its names of months follow the machine's language
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
