"""The line of data: valid figures received against expected, lateness and staleness, all together and by partner."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from outcomes.breakdown import WHOLE
from outcomes.profile.model import ProfileDetail, ProfileLine
from outcomes.profile.words import CurrentFigure, Subject, counts_of, sentence, spoken
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

    A figure counts as received when a file that passed every check had it. A measure is stale where its line on the
    page is marked so; it stands with every partner that owes a figure of it.
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
    stale = _stale_measures(subject)
    details = tuple(
        _of_partner(names[code], by_partner[code], stale, subject.as_of)
        for code in sorted(by_partner, key=lambda code: (names[code], code))
    )
    # the word that partners read of a return that is still to be mended
    told_counts = [(_SPOKEN.get(word, word), number) for word, number in counts]
    text = sentence(f"{_came(rows)} of {_due(rows)} figures due were received: {spoken(told_counts)}")
    if _longest(rows):
        text += f" The latest came {_days(_longest(rows))} late."
    if stale:
        text += f" {len(stale)} {'measure is' if len(stale) == 1 else 'measures are'} stale."
    return ProfileLine(id="data", title=title, question=question, counts=counts, sentence=text, details=details)


def _of_partner(name: str, rows: Sequence[_Row], stale: Collection[str], as_of: date) -> ProfileDetail:
    counts = (
        ("due", _due(rows)),
        ("received", _came(rows)),
        ("late", sum(row["status"] == DataStatus.LATE for row in rows)),
        ("rejected", sum(row["status"] == DataStatus.REJECTED for row in rows)),
        ("stale measures", len(_owing(rows, stale, as_of))),
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


def _stale_measures(subject: Subject) -> frozenset[str]:
    """The measures of the place whose line is marked stale.

    A later figure was due, from whomever, and the newest is still of an earlier period; of what nobody was to send, the
    series' own rhythm says so. A figure that came from one of several has come: its period is the newest.
    """
    returns: dict[str, list[_Row]] = {}
    if subject.returns is not None:
        here = subject.returns.frame.filter(pl.col("area_code").is_in(sorted(subject.inside)))
        for row in here.iter_rows(named=True):
            returns.setdefault(row["indicator_id"], []).append(row)
    current = _newest(returns) if subject.current is None else subject.current
    overdue = {
        (row["indicator_id"], row["period_start"])
        for row in subject.judgements.overdue.iter_rows(named=True)
        if row["area_code"] == subject.area_code and row["breakdown"] == WHOLE
    }
    found = set()
    for name in {inclusion.indicator for _, inclusion in subject.every_line}:
        newest = current.get(name)
        if newest is None or not newest.has_value:
            continue
        if name in returns:
            is_stale = any(_is_later(row, newest) and row["due_on"] < subject.as_of for row in returns[name])
        else:
            is_stale = (name, newest.period_start) in overdue
        if is_stale:
            found.add(name)
    return frozenset(found)


def _newest(returns: Mapping[str, Sequence[_Row]]) -> Mapping[str, CurrentFigure]:
    """The newest period of each measure of which a figure came from anybody."""
    found = {}
    for name, rows in returns.items():
        came = [row for row in rows if row["status"] in CAME]
        if came:
            last = max(came, key=lambda row: row["period_start"])
            found[name] = CurrentFigure(last["period_kind"], last["period_start"], has_value=True)
    return found


def _is_later(row: _Row, newest: CurrentFigure) -> bool:
    return bool(row["period_kind"] == newest.period_kind and row["period_start"] > newest.period_start)


def _owing(rows: Sequence[_Row], stale: Collection[str], as_of: date) -> set[str]:
    """Which stale measures wait for a figure of one partner."""
    is_owed = (row["status"] not in (*CAME, *NOT_DUE) and row["due_on"] < as_of for row in rows)
    return {row["indicator_id"] for row, owed in zip(rows, is_owed, strict=True) if owed} & set(stale)
