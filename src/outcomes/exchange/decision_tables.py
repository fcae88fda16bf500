"""Makes the tidy table of the decisions that are sought or were taken, one row a decision."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import polars as pl

from outcomes.scorecard.model import Scorecard
from outcomes.table import Columns

__all__ = ["decision_tables"]

DECISION_COLUMNS: Final[Columns] = {
    "area_code": pl.String(),
    "reference": pl.String(),
    "meeting": pl.String(),
    "body": pl.String(),
    "held_on": pl.Date(),
    # a MeetingPart; of what is heard in private only why, unless it is the working copy
    "part": pl.String(),
    "private_because": pl.String(),
    "title": pl.String(),
    "asked_by": pl.String(),
    # a DecisionState
    "state": pl.String(),
    "decided": pl.String(),
    "dissent": pl.String(),
    # what rests on it
    "agreement_versions": pl.String(),
    "targets": pl.String(),
}


def decision_tables(cards: Iterable[Scorecard]) -> dict[str, pl.DataFrame]:
    """Return the decisions of all places as a table called `decisions`; no table where no meeting is recorded.

    Arguments:
        cards: The scorecards, in any order; rows are sorted by area, then newest meeting first.
    """
    rows = [row for card in sorted(cards, key=lambda card: card.place.area_code) for row in _rows(card)]
    return {"decisions": pl.DataFrame(rows, schema=dict(DECISION_COLUMNS))} if rows else {}


def _rows(card: Scorecard) -> Iterator[dict[str, Any]]:
    for line in (*card.board.sought, *card.board.decided) if card.board else ():
        yield {
            "area_code": card.place.area_code,
            "reference": line.reference,
            "meeting": line.meeting_id,
            "body": line.body,
            "held_on": line.held_on,
            "part": line.part.value,
            "private_because": line.private_because or None,
            "title": line.title or None,
            "asked_by": line.asked_by or None,
            "state": line.state.value,
            "decided": line.decided or None,
            "dissent": line.dissent or None,
            "agreement_versions": "; ".join(str(number) for number in line.agreement_versions) or None,
            "targets": "; ".join(f"{one.indicator_id} (agreement {one.agreement_version})" for one in line.targets)
            or None,
        }
