"""Says in a sentence what to know of the returns behind a line."""

from collections.abc import Callable, Sequence

from outcomes.scorecard.figures import Row
from outcomes.scorecard.model import GroupValue, Point, Staleness
from outcomes.scorecard.staleness import spoken_period, staleness_text
from outcomes.vocabulary import DataStatus, Qualifier, Reason

__all__ = ["data_note"]


def data_note(
    returns: Sequence[Row],
    current: Point | None,
    groups: Sequence[GroupValue],
    senders: Sequence[str],
    name_of: Callable[[str], str],
    stale: Staleness | None = None,
) -> str:
    """Return a sentence on the data of a line; empty where there is nothing to say.

    Where figures behind it were destroyed (`expunge`), a second one says so, whatever ledger number is looked at.

    Arguments:
        returns: The expected figures of the measure for the place and its parts.
        current: The current point; None where there is no figure.
        groups: The values by group.
        senders: Names of the partners whose figures entered the current value.
        name_of: Partner code to name.
        stale: What should have followed the current value by now.
    """
    due = [row for row in returns if row["status"] != DataStatus.NOT_YET_DUE]
    said = _state(due, current, groups, senders, name_of, stale)
    return " ".join(sentence for sentence in (said, _destroyed(due, name_of) if current else "") if sentence)


def _destroyed(due: Sequence[Row], name_of: Callable[[str], str]) -> str:
    gone = [row for row in due if row["status"] == DataStatus.EXPUNGED]
    if not gone:
        return ""
    names = ", ".join(sorted({name_of(row["partner_code"]) for row in gone}))
    periods = [spoken_period(period) for _, period in sorted({(row["period_start"], row["period"]) for row in gone})]
    when = periods[0] if len(periods) == 1 else f"{len(periods)} periods ({periods[0]} to {periods[-1]})"
    return f"The figures of {names} for {when} were destroyed by rule, so they are not shown."


def _state(
    due: Sequence[Row],
    current: Point | None,
    groups: Sequence[GroupValue],
    senders: Sequence[str],
    name_of: Callable[[str], str],
    stale: Staleness | None,
) -> str:
    rejected = sorted({name_of(row["partner_code"]) for row in due if row["status"] == DataStatus.REJECTED})
    if rejected:
        return f"A return of {', '.join(rejected)} is not accepted yet."
    withdrawn = sorted({name_of(row["partner_code"]) for row in due if row["status"] == DataStatus.WITHDRAWN})
    if withdrawn:
        return f"A return of {', '.join(withdrawn)} was withdrawn."
    if current is None:
        if any(row["status"] == DataStatus.EXPUNGED for row in due):
            return "The figures received were destroyed by rule, and none is kept."
        return "No figure has been received." if due else "No figure is expected yet."
    value = current.value
    notes = (
        (
            value.reason is Reason.NOT_APPLICABLE and bool(groups),
            "It is given by group only; there is no figure for everybody.",
        ),
        (
            Qualifier.DISPUTED in value.qualifiers,
            f"Partners differ. Computation goes on with that of {' and '.join(senders)}; all stand here.",
        ),
        (stale is not None, staleness_text(current.period, stale) if stale else ""),
    )
    said = next((sentence for applies, sentence in notes if applies), "")
    latest = [row for row in due if row["period_start"] == current.period_start]
    if said or not latest:
        return said
    came = sum(row["status"] in (DataStatus.RECEIVED, DataStatus.LATE, DataStatus.REVISED) for row in latest)
    return f"{came} of {len(latest)} figures received for this period."
