"""What became of the challenges of one way between two levels, in one place or in several together."""

from collections.abc import Iterable
from statistics import median

from outcomes.scorecard.model.base import Frozen
from outcomes.vocabulary import AreaLevel

__all__ = ["ResponseCounts", "responses_together"]


class ResponseCounts(Frozen):
    """What became of the challenges that one level raised with another; `median_days` is None without a reply."""

    raised_by_level: AreaLevel
    to_level: AreaLevel
    raised: int
    answered: int
    answered_late: int
    not_yet_due: int
    unanswered: int
    days: tuple[int, ...] = ()
    median_days: float | None = None
    days_waiting: tuple[int, ...] = ()


def responses_together(counts: Iterable[ResponseCounts]) -> tuple[ResponseCounts, ...]:
    """Return the counts of several places together, each way once, in the order of their first place."""
    found: dict[tuple[AreaLevel, AreaLevel], list[ResponseCounts]] = {}
    for one in counts:
        found.setdefault((one.raised_by_level, one.to_level), []).append(one)
    return tuple(_together(way, found[way]) for way in found)


def _together(way: tuple[AreaLevel, AreaLevel], counts: list[ResponseCounts]) -> ResponseCounts:
    days = tuple(sorted(day for one in counts for day in one.days))
    return ResponseCounts(
        raised_by_level=way[0],
        to_level=way[1],
        raised=sum(one.raised for one in counts),
        answered=sum(one.answered for one in counts),
        answered_late=sum(one.answered_late for one in counts),
        not_yet_due=sum(one.not_yet_due for one in counts),
        unanswered=sum(one.unanswered for one in counts),
        days=days,
        median_days=float(median(days)) if days else None,
        days_waiting=tuple(sorted((day for one in counts for day in one.days_waiting), reverse=True)),
    )
