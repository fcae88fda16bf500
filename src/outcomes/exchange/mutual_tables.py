"""Makes tidy tables of what partners promised, asked each other and disagree on, and of who is in the room."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import polars as pl

from outcomes.scorecard.model import Scorecard, reply_state
from outcomes.table import Columns

__all__ = ["mutual_tables"]

COMMITMENT_COLUMNS: Final[Columns] = {
    "area_code": pl.String(),
    "commitment": pl.String(),
    "partner_code": pl.String(),
    "outcome": pl.String(),
    "indicator_id": pl.String(),
    # the version in use at the place: what is agreed and logged names none
    "indicator_version": pl.Int32(),
    "what": pl.String(),
    "agreed_on": pl.Date(),
    "due": pl.Date(),
    # a CommitmentState, and the day on which it ended
    "state": pl.String(),
    "since": pl.Date(),
    "days_late": pl.Int64(),
    "evidence": pl.String(),
    "decision": pl.String(),
    # the partner's own words
    "explanation": pl.String(),
}
CHALLENGE_COLUMNS: Final[Columns] = {
    "area_code": pl.String(),
    "challenge": pl.String(),
    "raised_by": pl.String(),
    "raised_by_level": pl.String(),
    "to": pl.String(),
    "to_level": pl.String(),
    "indicator_id": pl.String(),
    # the version in use at the place: what is agreed and logged names none
    "indicator_version": pl.Int32(),
    "what": pl.String(),
    "raised_on": pl.Date(),
    "reply_due": pl.Date(),
    # a ChallengeState
    "state": pl.String(),
    "replied_on": pl.Date(),
    "response_days": pl.Int64(),
    # of an open one: days since it was raised, and since the reply was due
    "days_waiting": pl.Int64(),
    "days_over": pl.Int64(),
    "reply": pl.String(),
    "closed_on": pl.Date(),
    "agreed": pl.String(),
}
RESPONSE_COLUMNS: Final[Columns] = {
    "area_code": pl.String(),
    "raised_by_level": pl.String(),
    "to_level": pl.String(),
    "raised": pl.Int64(),
    "answered": pl.Int64(),
    "answered_late": pl.Int64(),
    "not_yet_due": pl.Int64(),
    "unanswered": pl.Int64(),
    # null where nothing was answered
    "median_days": pl.Float64(),
    # null where nobody waits
    "longest_wait_days": pl.Int64(),
}
REPLY_COLUMNS: Final[Columns] = {
    "area_code": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    # a ReplyState; null of words that no unwelcome word called for
    "state": pl.String(),
    "reply_due": pl.Date(),
    # null where there is no reply
    "partner_code": pl.String(),
    "given_on": pl.Date(),
    "reply": pl.String(),
}
DISPUTE_COLUMNS: Final[Columns] = {
    "area_code": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    # empty of figures that simply differ in the record
    "dispute": pl.String(),
    # a DisputeSubject
    "about": pl.String(),
    # the area, period and group of the figures: the place itself or a part of it
    "disputed_area_code": pl.String(),
    "period": pl.String(),
    "breakdown": pl.String(),
    "partner_code": pl.String(),
    "source_code": pl.String(),
    # on the indicator's printed scale, protected; where there is none, a Reason or null
    "value": pl.Float64(),
    "lower_ci_95": pl.Float64(),
    "upper_ci_95": pl.Float64(),
    "reason": pl.String(),
    # whether computation goes on with it, which says nothing of who is right
    "is_taken": pl.Boolean(),
    "position": pl.String(),
    "opened_on": pl.Date(),
    "settled_on": pl.Date(),
    "decision": pl.String(),
}
ROOM_TABLE_COLUMNS: Final[Columns] = {
    "area_code": pl.String(),
    "indicator_id": pl.String(),
    # the version in use at the place: what is agreed and logged names none
    "indicator_version": pl.Int32(),
    "population_area_code": pl.String(),
    "breakdown": pl.String(),
    "population": pl.String(),
    "partner_code": pl.String(),
    # a Role
    "role": pl.String(),
}
Rows = Iterator[tuple[Any, ...]]


def mutual_tables(cards: Iterable[Scorecard]) -> dict[str, pl.DataFrame]:
    """Return what partners owe each other in all places as tables, by name; a table without rows is left out.

    Arguments:
        cards: The scorecards, in any order; rows are sorted by area, then as on its page.

    Returns:
        `commitments`, `challenges`, `responses`, `replies`, `disputes` and `room`.
    """
    ordered = sorted(cards, key=lambda card: card.place.area_code)
    tables = {
        "commitments": (COMMITMENT_COLUMNS, _commitments),
        "challenges": (CHALLENGE_COLUMNS, _challenges),
        "responses": (RESPONSE_COLUMNS, _responses),
        "replies": (REPLY_COLUMNS, _replies),
        "disputes": (DISPUTE_COLUMNS, _disputes),
        "room": (ROOM_TABLE_COLUMNS, _room),
    }
    found = {}
    for name, (columns, rows_of) in tables.items():
        rows = [row for card in ordered for row in rows_of(card)]
        if rows:
            found[name] = pl.DataFrame(rows, schema=columns, orient="row")
    return found


def _commitments(card: Scorecard) -> Rows:
    for one in card.commitments:
        yield (
            *(card.place.area_code, one.id, one.partner_code, one.outcome, one.indicator, one.indicator_version),
            *(one.what, one.agreed_on, one.due, one.state.value, one.since, one.days_late),
            *(one.evidence, one.decision, one.explanation),
        )


def _challenges(card: Scorecard) -> Rows:
    for one in card.challenges:
        yield (
            *(card.place.area_code, one.id, one.raised_by_code, one.raised_by_level.value),
            *(one.to_code, one.to_level.value, one.indicator, one.indicator_version, one.what, one.raised_on),
            one.reply_due,
            *(one.state.value, one.replied_on, one.response_days, one.days_waiting, one.days_over),
            *(one.reply, one.closed_on, one.agreed),
        )


def _responses(card: Scorecard) -> Rows:
    for one in card.responses:
        yield (
            *(card.place.area_code, one.raised_by_level.value, one.to_level.value, one.raised, one.answered),
            *(one.answered_late, one.not_yet_due, one.unanswered, one.median_days),
            max(one.days_waiting, default=None),
        )


def _replies(card: Scorecard) -> Rows:
    """Every measure that calls for a reply, whether there is one or not, and every reply."""
    for line in card.lines:
        state = reply_state(line)
        about = (card.place.area_code, *line.key, state.value if state else None, line.reply_due)
        if line.replies:
            yield from ((*about, one.partner_code, one.given_on, one.text) for one in line.replies)
        elif state is not None:
            yield (*about, None, None, None)


def _disputes(card: Scorecard) -> Rows:
    for line in card.lines:
        for one in line.disputes:
            for side in one.positions:
                yield (
                    *(card.place.area_code, *line.key, one.id, one.about.value),
                    *(one.area_code, one.period, one.breakdown),
                    *(side.partner_code, side.source, side.value, side.lower_ci_95, side.upper_ci_95),
                    *(side.reason.value if side.reason else None, side.is_taken, side.text),
                    *(one.opened_on, one.settled_on, one.decision),
                )


def _room(card: Scorecard) -> Rows:
    for one in card.room:
        yield (
            *(card.place.area_code, one.indicator_id, one.indicator_version),
            *(one.area_code or card.place.area_code, one.breakdown, one.population, one.partner_code, one.role.value),
        )
