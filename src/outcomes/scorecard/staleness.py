"""Tells of a line's current figure whether a later one should have come by now, and says why in words."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from outcomes.period import Period, period_containing, period_from_text, period_starting
from outcomes.scorecard.figures import Row
from outcomes.scorecard.model import Staleness
from outcomes.vocabulary import DueBy, PeriodKind

__all__ = ["spoken_period", "staleness_of", "staleness_text"]

_MONTH: Final = re.compile(r"\d{4}-\d{2}")


def staleness_of(current: Row, returns: Sequence[Row], overdue: Row | None, as_of: date) -> Staleness | None:
    """Return what is overdue after a current figure; None where nothing is, or there is no value to be stale.

    What partners were to send decides, where anything was expected of them; else the series' own rhythm.

    Arguments:
        current: The row of the estimates.
        returns: Every figure that was expected of the measure for the place and its parts.
        overdue: The row of the judgements' overdue figures; None where there is none.
        as_of: The date that the page speaks for.
    """
    if current["value"] is None:
        return None
    if not returns:
        if overdue is None or overdue["period_start"] != current["period_start"]:
            return None
        return Staleness(
            next_period=overdue["next_period"],
            due_on=overdue["due_on"],
            missed=overdue["missed"],
            due_by=DueBy(overdue["due_by"]),
        )
    latest = _period(current)
    due: dict[Period, date] = {}
    for row in returns:
        period = _period(row)
        if row["due_on"] < as_of and period.ordinal > latest.ordinal and period.kind is latest.kind:
            due[period] = min(row["due_on"], due.get(period, row["due_on"]))
    if not due:
        return None
    following = min(due)
    return Staleness(next_period=str(following), due_on=due[following], missed=len(due), due_by=DueBy.RETURNS)


def staleness_text(latest: str, stale: Staleness) -> str:
    """Return why a figure is stale, in one sentence.

    Arguments:
        latest: The period of the figure, canonical text.
        stale: What is overdue.

    >>> overdue = Staleness(next_period="2026/27 Q2", due_on=date(2026, 11, 14), missed=1, due_by="calendar")
    >>> staleness_text("2026/27 Q1", overdue)
    'The latest figure is for 2026/27 Q1; that for 2026/27 Q2 was due on 14 November 2026.'
    """
    figure, following = f"The latest figure is for {spoken_period(latest)}", spoken_period(stale.next_period)
    if stale.due_on is None:
        return f"{figure}; other areas have one for {following}."
    # the names of months do not follow the machine's language
    day = f"{stale.due_on.day} {period_containing(PeriodKind.MONTH, stale.due_on).spoken}"
    more = (
        "" if stale.missed < 2 else f", and {stale.missed - 1} more {'has' if stale.missed == 2 else 'have'} since been"
    )
    if stale.due_by is DueBy.USUAL_RELEASE:
        return f"{figure}; that for {following} would usually be there by {day}{more}."
    return f"{figure}; that for {following} was due on {day}{more}."


def spoken_period(period: str) -> str:
    """Return a period as it stands in a sentence; only that of a month has a year and a month.

    >>> spoken_period("2026-05"), spoken_period("2026/27 Q1")
    ('May 2026', '2026/27 Q1')
    """
    return period_from_text(PeriodKind.MONTH, period).spoken if _MONTH.fullmatch(period) else period


def _period(row: Row) -> Period:
    return period_starting(PeriodKind(row["period_kind"]), row["period_start"])
