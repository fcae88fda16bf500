"""The line of data: valid figures received against expected, lateness and staleness, all together and by partner."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from outcomes.profile.model import ProfileDetail, ProfileLine
from outcomes.profile.words import Subject, counts_of, sentence, spoken
from outcomes.vocabulary import DataStatus

__all__ = ["CAME", "NOT_DUE", "data_line"]

# a figure that has come, whenever it did
CAME: Final = (DataStatus.RECEIVED, DataStatus.LATE, DataStatus.REVISED)
# of what was destroyed on purpose nothing is owed any more
NOT_DUE: Final = (DataStatus.NOT_YET_DUE, DataStatus.EXPUNGED)

_SPOKEN: Final = {DataStatus.REJECTED.value: "not accepted yet"}
_Row = Mapping[str, Any]


def data_line(subject: Subject) -> ProfileLine:
    """Return how many of the figures due came, how late, and which partners' measures are stale.

    A figure counts as received when a file that passed every check had it. A measure of a partner is stale when its
    latest figure is of an earlier period than one that was due from it by the date.
    """
    title, question = "Data", "Has what was expected been received?"
    if subject.returns is None:
        told = "No record of returns stands behind these figures."
        return ProfileLine(id="data", title=title, question=question, sentence=told)
    rows = list(subject.owed.iter_rows(named=True))
    counts = counts_of([row["status"] for row in rows], tuple(DataStatus))
    by_partner: dict[str, list[_Row]] = {}
    for row in rows:
        by_partner.setdefault(row["partner_code"], []).append(row)
    names = {code: subject.partnership.partner(code).name for code in by_partner}
    details = tuple(
        _of_partner(names[code], by_partner[code], subject.as_of)
        for code in sorted(by_partner, key=lambda code: (names[code], code))
    )
    stale = sum(len(_stale(own, subject.as_of)) for own in by_partner.values())
    # the word that partners read of a return that is still to be mended
    told_counts = [(_SPOKEN.get(word, word), number) for word, number in counts]
    text = sentence(f"{_came(rows)} of {_due(rows)} figures due were received: {spoken(told_counts)}")
    if _longest(rows):
        text += f" The latest came {_days(_longest(rows))} late."
    if stale:
        text += f" {stale} {'measure is' if stale == 1 else 'measures are'} stale."
    return ProfileLine(id="data", title=title, question=question, counts=counts, sentence=text, details=details)


def _of_partner(name: str, rows: Sequence[_Row], as_of: date) -> ProfileDetail:
    stale = _stale(rows, as_of)
    counts = (
        ("due", _due(rows)),
        ("received", _came(rows)),
        ("late", sum(row["status"] == DataStatus.LATE for row in rows)),
        ("rejected", sum(row["status"] == DataStatus.REJECTED for row in rows)),
        ("stale measures", len(stale)),
    )
    told = [f"the latest came {_days(_longest(rows))} late"] if _longest(rows) else []
    return ProfileDetail(title=name, counts=counts, sentence=sentence("; ".join(told)) if told else "")


def _came(rows: Sequence[_Row]) -> int:
    return sum(row["status"] in CAME for row in rows)


def _due(rows: Sequence[_Row]) -> int:
    return sum(row["status"] not in NOT_DUE for row in rows)


def _longest(rows: Sequence[_Row]) -> int:
    """By how many days the figure came that came latest; 0 where all were in time."""
    late = [row for row in rows if row["status"] == DataStatus.LATE and row["received_on"] is not None]
    return max(((row["received_on"] - row["due_on"]).days for row in late), default=0)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _stale(rows: Sequence[_Row], as_of: date) -> list[str]:
    """The measures of which some figure came, and a later one was due and did not."""
    came: dict[str, date] = {}
    due: dict[str, date] = {}
    for row in rows:
        name, begins = row["indicator_id"], row["period_start"]
        if row["status"] in CAME:
            came[name] = max(begins, came.get(name, begins))
        elif row["due_on"] < as_of and row["status"] not in NOT_DUE:
            due[name] = max(begins, due.get(name, begins))
    return sorted(name for name, begins in came.items() if name in due and due[name] > begins)
