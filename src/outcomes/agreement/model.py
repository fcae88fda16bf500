"""The nouns of an agreement: Agreement, Party, Responsibility, Commitment, Reply. Field names are the YAML keys."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from outcomes.scalars import Day, Definition, PositiveWhole, Slug, Text, Words
from outcomes.target import Target
from outcomes.vocabulary import AgreementForm, CommitmentState, Role

__all__ = ["Agreement", "Commitment", "LocalRebase", "Party", "Reply", "Responsibility", "commitment_state"]


class Party(Definition):
    """A partner that the agreement names: the role (never the person) that signs, and when it did.

    Attributes:
        partner: The partner's code.
        signatory_role: The role that signs for it; never a person's name.
        signed_on: The day of the signature; empty until then.
    """

    partner: Slug
    signatory_role: Text
    signed_on: Day | None = None


class Responsibility(Definition):
    """What a partner does for indicators: accountable ones are owners, suppliers send the figures.

    Attributes:
        partner: The partner's code.
        role: What it does for them.
        indicators: The ids of the indicators.
    """

    partner: Slug
    role: Role
    indicators: tuple[Slug, ...] = Field(min_length=1)


class LocalRebase(Definition):
    """A change at one place that was named, dated and decided: its process limits are worked out anew from there.

    Attributes:
        indicator: The id of the indicator.
        area_code: The area whose limits begin anew: the agreement's place, or an area within it; the place if left out.
        from: The day of the change; new limits begin with the first period that begins on it or after it.
        because: What changed; printed with the limits.
        decision: The reference of the decision that they begin anew.
    """

    indicator: Slug
    area_code: Words = ""
    from_day: Day = Field(alias="from")
    because: Text
    decision: Text


class Commitment(Definition):
    """What one partner promised, by when, and what became of it; a row of `commitments.csv`."""

    id: Slug
    partner: Slug
    outcome: Words = ""
    indicator: Words = ""
    what: Text
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


class Reply(Definition):
    """What a partner says beside an unwelcome figure; a row of `replies.csv`."""

    indicator: Slug
    partner: Slug
    given_on: Day
    text: Text


class Agreement(Definition):
    """What the partners of one place agreed.

    Attributes:
        area_code: The place.
        version: 1, 2, …; a later version supersedes the one before.
        title: Its name, as it is printed.
        form: Its legal form.
        frameworks: The frameworks that hold for the place; an indicator's first inclusion in this order is its line.
        parties: The partners that sign it.
        required_signatures: How many parties must have signed before it is in force; 0 means all.
        effective_from: The day from which it holds.
        review_by: The day by which it is to be reviewed.
        supersedes: The version that it replaces.
        decision: The reference of the decision that made it.
        reason: Why it was made or changed.
        responsibilities: Who does what for which indicators.
        targets: The targets that are set for this place.
        rebased: The changes here from which process limits are worked out anew, beside those that a framework names;
            of each indicator and area the earliest first.
        commitments, replies: The logs that lie beside it as CSV.
    """

    area_code: Text
    version: PositiveWhole
    title: Text
    form: AgreementForm
    frameworks: tuple[Slug, ...] = Field(min_length=1)
    parties: tuple[Party, ...] = Field(min_length=1)
    required_signatures: PositiveWhole | None = None
    effective_from: Day
    review_by: Day
    supersedes: PositiveWhole | None = None
    decision: Text
    reason: Words = ""
    responsibilities: tuple[Responsibility, ...] = ()
    targets: tuple[Target, ...] = ()
    rebased: tuple[LocalRebase, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    replies: tuple[Reply, ...] = ()

    def signed_by(self, as_of: date) -> tuple[Party, ...]:
        """The parties that had signed by a date."""
        return tuple(party for party in self.parties if party.signed_on and party.signed_on <= as_of)

    def is_in_force(self, as_of: date) -> bool:
        """Whether it is effective on a date and has the signatures that it requires."""
        required = self.required_signatures or len(self.parties)
        return self.effective_from <= as_of and len(self.signed_by(as_of)) >= required


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
