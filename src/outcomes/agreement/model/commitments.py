"""What partners promised, and what they say beside an unwelcome figure: the nouns Commitment and Reply."""

from datetime import date
from typing import Self

from pydantic import model_validator

from outcomes.agreement.model.release import Released
from outcomes.scalars import Day, Slug, Text, Words
from outcomes.vocabulary import CommitmentState

__all__ = ["Commitment", "Reply", "commitment_state"]


class Commitment(Released):
    """What one partner promised, by when, and what became of it; a row of `commitments.csv`.

    Attributes:
        id: Its own, in the place.
        partner: Who promised.
        outcome, indicator: The priority that it serves.
        what: What was promised.
        agreed_on: The day on which it was promised; before it, nobody knows of it. Empty for a day long ago.
        due: The day by which it is to be kept.
        evidence: What shows that it was kept.
        kept_on, not_kept_on, withdrawn_on: The day on which it ended, one at most.
        decision: The reference of the decision by which it was withdrawn.
        explanation: The partner's own words; on the public page, with the evidence, only when they are released.
    """

    id: Slug
    partner: Slug
    outcome: Words = ""
    indicator: Words = ""
    what: Text
    agreed_on: Day | None = None
    due: Day
    evidence: Words = ""
    kept_on: Day | None = None
    not_kept_on: Day | None = None
    withdrawn_on: Day | None = None
    decision: Words = ""
    explanation: Words = ""

    @model_validator(mode="after")
    def _ends_once(self) -> Self:
        if sum(day is not None for day in (self.kept_on, self.not_kept_on, self.withdrawn_on)) > 1:
            raise ValueError("a commitment is kept, not kept or withdrawn: one day at most")
        return self


class Reply(Released):
    """What a partner says beside an unwelcome figure; a row of `replies.csv`. Its words are public when released."""

    indicator: Slug
    partner: Slug
    given_on: Day
    text: Text


def commitment_state(commitment: Commitment, as_of: date) -> CommitmentState:
    """Return where a commitment stands on a date; what happened later is not yet known.

    >>> promise = Commitment(id="c1", partner="VA", what="Open a hub", due=date(2026, 9, 30))
    >>> commitment_state(promise, date(2026, 11, 22)).value
    'late'
    """
    ended = {
        CommitmentState.KEPT: commitment.kept_on,
        CommitmentState.NOT_KEPT: commitment.not_kept_on,
        CommitmentState.WITHDRAWN: commitment.withdrawn_on,
    }
    for state, day in ended.items():
        if day is not None and day <= as_of:
            return state
    return CommitmentState.LATE if as_of > commitment.due else CommitmentState.NOT_YET_DUE
