"""The nouns of an agreement: Agreement, Party, Responsibility, LocalRebase. Field names are the YAML keys."""

from datetime import date

from pydantic import Field

from outcomes.agreement.model.challenges import Challenge
from outcomes.agreement.model.clocks import Clocks
from outcomes.agreement.model.commitments import Commitment, Reply
from outcomes.agreement.model.disputes import Position
from outcomes.agreement.model.money import ControlTotal, Delegation, Resource, RiskShare
from outcomes.scalars import Day, Definition, PositiveWhole, Slug, Text, Words
from outcomes.target import Target
from outcomes.vocabulary import AgreementForm, Role

__all__ = ["Agreement", "LocalRebase", "Party", "Responsibility"]


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
        area_code: Only for the people of this area within the place; empty for everybody of the place.
        breakdown: Only for this group of them, such as `age_band=65+`; empty for everybody.
    """

    partner: Slug
    role: Role
    indicators: tuple[Slug, ...] = Field(min_length=1)
    area_code: Words = ""
    breakdown: Words = ""


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
        control_totals: The sums that its partners together may not exceed.
        delegations: The functions and budgets that others decide on here.
        risk_shares: How its partners bear together what is spent above a control total.
        clocks: How many days a reply may take.
        challenges, disputes: What one side asks of another, and where partners disagree; logs that lie beside it.
        commitments, replies, resources: The logs that lie beside it as CSV.
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
    control_totals: tuple[ControlTotal, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    risk_shares: tuple[RiskShare, ...] = ()
    clocks: Clocks = Clocks()
    commitments: tuple[Commitment, ...] = ()
    replies: tuple[Reply, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    disputes: tuple[Position, ...] = ()
    resources: tuple[Resource, ...] = ()

    def signed_by(self, as_of: date) -> tuple[Party, ...]:
        """The parties that had signed by a date."""
        return tuple(party for party in self.parties if party.signed_on and party.signed_on <= as_of)

    def is_in_force(self, as_of: date) -> bool:
        """Whether it is effective on a date and has the signatures that it requires."""
        required = self.required_signatures or len(self.parties)
        return self.effective_from <= as_of and len(self.signed_by(as_of)) >= required
