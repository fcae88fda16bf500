"""Works out what a target expects of a period: a level or a share of a baseline, on the way there or at its end."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Final

from outcomes.period import Period, period_from_text
from outcomes.target import Target, TargetChange
from outcomes.vocabulary import PeriodKind, Reason, TargetKind

__all__ = ["Expectation", "changed_by", "expectation", "frozen_level"]

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a target expects of one period.

    Attributes:
        level: What the value is held against; None where the target expects nothing of the period, or what it expects
            follows from figures.
        is_due: Whether the target's last period has come.
        obstacle: Why the value is not judged by it, a plain sentence; empty where it is.
        reason: The Reason that goes with the obstacle.
        factor, shift: Where the target has no points: what is expected is `factor` times the baseline (1 times the
            benchmark) and `shift` more. With a frozen baseline the level says it too, exact in decimals.
    """

    level: float | None
    is_due: bool
    obstacle: str = ""
    reason: Reason | None = None
    factor: float | None = None
    shift: float | None = None


def expectation(target: Target, kind: PeriodKind, period: Period) -> Expectation:
    """Return what a target expects of a period.

    A path runs in straight lines between its agreed points, or from a baseline to what is due. Without a path nothing
    is expected before the last period: the word is `cannot tell`, and only the distance is shown. After its last
    period a target keeps its last level. A period that had begun when a target was agreed is not judged by it: a path
    may begin at a known baseline, and a target set after its data proves nothing.

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
    >>> expectation(path, year, period_from_text(year, "2025/26")).level
    18.0
    >>> fall = Target(
    ...     indicator="smoking", kind="change", set_by="place", decision="JC 1", agreed_on=date(2024, 1, 9),
    ...     by={"per_cent": -20}, baseline={"period": "2023/24"}, due="2027/28", has_path=True)
    >>> expectation(fall, year, period_from_text(year, "2025/26")).factor
    0.9
    """
    if period.kind is not kind:
        return Expectation(
            None, is_due=False, obstacle=f"The target does not speak of {period.spoken}.", reason=Reason.NOT_COMPARABLE
        )
    first, last, has_path = _span(target, kind)
    is_due = period >= last
    obstacle, reason = "", None
    if not has_path and not is_due:
        # its end is shown all the same, and judges nothing
        obstacle, reason = f"It is due in {last.spoken}; no path to it was agreed.", Reason.NOT_YET_DUE
    elif period < first:
        began = f"The agreed path begins in {first.spoken}."
        return Expectation(None, is_due=False, obstacle=began, reason=Reason.NOT_YET_DUE)
    elif period.first < target.agreed_on:
        agreed = f"The target was agreed on {_day_text(target.agreed_on)}, after {period.spoken} had begun."
        return Expectation(None, is_due=is_due, obstacle=agreed, reason=Reason.NOT_APPLICABLE)
    if target.points:
        level = _on_path(target, kind, period) if has_path and not is_due else target.points[-1].value
        return Expectation(level, is_due=is_due, obstacle=obstacle, reason=reason)
    share = Fraction(1)
    if has_path and not is_due:
        share = Fraction(period.ordinal - first.ordinal, last.ordinal - first.ordinal)
    factor, shift = changed_by(target.by, share)
    return Expectation(
        frozen_level(target, share), is_due=is_due, obstacle=obstacle, reason=reason, factor=factor, shift=shift
    )


def changed_by(by: TargetChange | None, share: Fraction = Fraction(1)) -> tuple[float, float]:
    """Return by which factor a baseline is multiplied, and what is added, when a share of a change has come.

    >>> changed_by(TargetChange(per_cent=-20)), changed_by(TargetChange(points=-3), Fraction(1, 2))
    ((0.8, 0.0), (1.0, -1.5))
    """
    factor, shift = _change(by, share)
    return float(factor), float(shift)


def frozen_level(target: Target, share: Fraction = Fraction(1)) -> float | None:
    """Return what a target with a frozen baseline expects when a share of its change has come; None without one.

    >>> frozen_level(Target(
    ...     indicator="smoking", kind="change", set_by="place", decision="JC 1", agreed_on=date(2024, 1, 9),
    ...     by={"per_cent": 10}, baseline={"period": "2023/24", "value": 3, "source": "Plan"}, due="2027/28"))
    3.3
    """
    if target.baseline is None or target.baseline.value is None:
        return None
    factor, shift = _change(target.by, share)
    return float(_exact(target.baseline.value) * factor + shift)


def _change(by: TargetChange | None, share: Fraction) -> tuple[Fraction, Fraction]:
    per_cent, points = (by.per_cent or 0.0, by.points or 0.0) if by else (0.0, 0.0)
    return 1 + _exact(per_cent) / 100 * share, _exact(points) * share


def _span(target: Target, kind: PeriodKind) -> tuple[Period, Period, bool]:
    """Return the first and last period that a target speaks of, and whether there is a path between them."""
    last = period_from_text(kind, target.last_period)
    if target.kind is TargetKind.PATH:
        return min(period_from_text(kind, point.period) for point in target.points), last, True
    if target.has_path and target.baseline is not None:
        return period_from_text(kind, target.baseline.period), last, True
    return last, last, False


def _on_path(target: Target, kind: PeriodKind, period: Period) -> float:
    points = sorted((period_from_text(kind, point.period), point.value) for point in target.points)
    before, after = next((start, end) for start, end in pairwise(points) if start[0] <= period < end[0])
    return _between(before, after, period)


def _between(before: tuple[Period, float], after: tuple[Period, float], period: Period) -> float:
    """Return the level of a straight line, exact in the decimals as written, so that no last bit is over."""
    (start, start_level), (end, end_level) = before, after
    first, last = _exact(start_level), _exact(end_level)
    share = Fraction(period.ordinal - start.ordinal, end.ordinal - start.ordinal)
    return float(first + (last - first) * share)


def _exact(number: float) -> Fraction:
    """Return a number as it was written in decimals."""
    return Fraction(str(number))


def _day_text(day: date) -> str:
    # not strftime: its names of months follow the machine's language
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
