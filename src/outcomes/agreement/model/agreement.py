"""The nouns of an agreement: Agreement, Responsibility, LocalRebase. Field names are the YAML keys."""

from datetime import date

from pydantic import Field

from outcomes.agreement.model.challenges import Challenge
from outcomes.agreement.model.clocks import Clocks
from outcomes.agreement.model.commitments import Commitment, Reply
from outcomes.agreement.model.contracts import SeparateContract
from outcomes.agreement.model.disputes import Position
from outcomes.agreement.model.form import Binding
from outcomes.agreement.model.insights import Insight
from outcomes.agreement.model.meetings import Decision, Meeting
from outcomes.agreement.model.money import ControlTotal, Delegation, Resource, RiskShare
from outcomes.agreement.model.offices import OfficeHolder
from outcomes.agreement.model.priorities import AccountableRole, Priority, StatutoryRole
from outcomes.agreement.model.signing import Party, SignOff
from outcomes.scalars import Day, Definition, PositiveWhole, Slug, Text, Words
from outcomes.target import Target
from outcomes.vocabulary import AgreementForm, ContractKind, Role

__all__ = ["Agreement", "LocalRebase", "Responsibility"]


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
        contract_kind: Of a contract, which sort; of no other form.
        binds: What decisions under it bind the partners to; each form says what it may bind.
        frameworks: The frameworks that hold for the place; an indicator's first inclusion in this order is its line.
        framework_versions: The editions of them that were agreed, such as `eastvale@2`; those that partnership.yaml
            loads must be these.
        mission: What the partners are together for, in their own words.
        shared_commitments: What all of them undertake together, one text each.
        accountable_role: The one role that answers for the shared outcomes of the place.
        statutory_roles: The officers whom the law makes answerable for one body each, apart from that role.
        priorities: What the partners put first, on which evidence.
        contracts: The contracts that its members hold besides it, with measures of their own.
        parties: The partners that sign it.
        sign_off: Whose signatures it needs before it holds; left out, those of every party.
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
        commitments, replies, resources, meetings, decisions, office_holders: The logs that lie beside it as CSV.
        insights: What people said, here and in the areas within; a log too.
    """

    area_code: Text
    version: PositiveWhole
    title: Text
    form: AgreementForm
    contract_kind: ContractKind | None = None
    binds: tuple[Binding, ...] = ()
    frameworks: tuple[Slug, ...] = Field(min_length=1)
    framework_versions: tuple[Text, ...] = ()
    parties: tuple[Party, ...] = Field(min_length=1)
    sign_off: SignOff = SignOff()
    effective_from: Day
    review_by: Day
    supersedes: PositiveWhole | None = None
    decision: Text
    reason: Words = ""
    mission: Words = ""
    shared_commitments: tuple[Text, ...] = ()
    accountable_role: AccountableRole | None = None
    statutory_roles: tuple[StatutoryRole, ...] = ()
    priorities: tuple[Priority, ...] = ()
    contracts: tuple[SeparateContract, ...] = ()
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
    meetings: tuple[Meeting, ...] = ()
    decisions: tuple[Decision, ...] = ()
    office_holders: tuple[OfficeHolder, ...] = ()
    insights: tuple[Insight, ...] = ()

    def signed_by(self, as_of: date) -> tuple[Party, ...]:
        """The parties that had signed by a date."""
        return tuple(party for party in self.parties if party.signed_on and party.signed_on <= as_of)

    @property
    def first_signed_on(self) -> date | None:
        """The day of its first signature: from then on what stands in it was there; None while nobody has signed."""
        return min((party.signed_on for party in self.parties if party.signed_on), default=None)

    def commitments_by(self, as_of: date) -> tuple[Commitment, ...]:
        """The promises that had been made by a date; before it was made, nobody knows of one."""
        return tuple(one for one in self.commitments if one.agreed_on is None or one.agreed_on <= as_of)

    def owners_of(self, indicator_id: str) -> tuple[str, ...]:
        """The codes of the partners that are accountable for an indicator, sorted."""
        is_owner = (one for one in self.responsibilities if one.role is Role.ACCOUNTABLE)
        return tuple(sorted({one.partner for one in is_owner if indicator_id in one.indicators}))

    @property
    def kept_apart(self) -> frozenset[str]:
        """The ids of the measures that belong to members' own contracts, and that nobody agreed to share."""
        theirs = {named for contract in self.contracts for named in contract.measures}
        return frozenset(theirs - {named for contract in self.contracts for named in contract.shared_measures})
