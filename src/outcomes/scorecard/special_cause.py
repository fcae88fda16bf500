"""Makes the third signal of a line, and the process limits of its points, from the judged charts."""

from collections.abc import Mapping, Sequence
from datetime import date

from outcomes.agreement.model import LocalRebase
from outcomes.framework.model import Inclusion
from outcomes.scorecard.figures import Row
from outcomes.scorecard.model import LimitsBegin, NotBuilt, Point, ProcessPoint, SpecialCause
from outcomes.vocabulary import ProcessRule, Variation, Word

__all__ = ["NO_METHOD", "process_point", "special_cause_of"]

NO_METHOD = "Special cause is not asked: no method is named."


def process_point(row: Row | None) -> ProcessPoint | None:
    """Return a period on a chart; None where it is on none.

    Arguments:
        row: Of the process points; None where there is none for the period.
    """
    if row is None:
        return None
    return ProcessPoint(
        segment=row["segment"],
        mean=row["process_mean"],
        lower=row["lower_process_limit"],
        upper=row["upper_process_limit"],
        is_provisional=row["is_provisional"],
        rule=ProcessRule(row["rule"]) if row["rule"] else None,
        direction=row["direction"],
        variation=Variation(row["variation"]) if row["variation"] else None,
    )


def special_cause_of(
    judged: Sequence[Row],
    charted: Mapping[date, Row],
    points: Sequence[Point],
    inclusion: Inclusion,
    title: str,
    agreed: Sequence[LocalRebase] = (),
) -> SpecialCause | NotBuilt:
    """Return what is said of special cause; where no method is named, that.

    Arguments:
        judged: The signal's rows; one, or none where there is no figure.
        charted: The process points by first day of the period.
        points: The line's points, earliest first.
        inclusion: The terms.
        title: The method as it is printed.
        agreed: The changes that the place's agreement names for the measure here.
    """
    if not inclusion.special_cause:
        return NotBuilt(because=NO_METHOD)
    if not judged:
        why = "There is no figure."
        return SpecialCause(word=Word.CANNOT_TELL, method=inclusion.special_cause, method_title=title, because=why)
    row = judged[0]
    seasons = {one["is_seasonal"] for one in charted.values()}
    first, last = (min(charted), points[-1].period_end) if charted and points else (date.max, date.min)
    return SpecialCause(
        word=Word(row["word"]),
        method=row["against"],
        method_title=title,
        direction=row["direction"],
        process=points[-1].process if points else None,
        points=row["points"] or 0,
        is_seasonal=seasons.pop() if len(seasons) == 1 else None,
        begin_anew=tuple(change for change in _changes(inclusion, agreed) if first < change.day <= last),
        because=row["because"] or "",
    )


def _changes(inclusion: Inclusion, agreed: Sequence[LocalRebase]) -> list[LimitsBegin]:
    """The changes of the framework and of the place, earliest first."""
    named = [LimitsBegin(day=change.from_day, because=change.because) for change in inclusion.rebased]
    named += [LimitsBegin(day=change.from_day, because=change.because, decision=change.decision) for change in agreed]
    return sorted(named, key=lambda change: change.day)
