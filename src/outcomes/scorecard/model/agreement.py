"""What was agreed for a place: AgreementRecord with its signatures, priorities, targets, versions and contracts."""

from datetime import date

from outcomes.scorecard.model.base import Frozen
from outcomes.vocabulary import (
    AgreementPart,
    AreaLevel,
    Change,
    ContractKind,
    Matter,
    PriorityState,
    SignOffRule,
)

__all__ = [
    "AgreedTargetLine",
    "AgreementRecord",
    "BindingLine",
    "ContractLine",
    "DifferenceLine",
    "EvidenceLine",
    "OfficeLine",
    "OwnedMeasures",
    "PriorityLine",
    "RoleLine",
    "SignOffLine",
    "VersionLine",
]


class SignOffLine(Frozen):
    """Whose signatures a version needs, and which of them are still missing on the page's date; partners by name."""

    rule: SignOffRule
    number: int | None = None
    sectors: int | None = None
    lead: str = ""
    required: tuple[str, ...] = ()
    is_met: bool
    signed: int
    parties: int
    waits_for: tuple[str, ...] = ()
    more_parties: int = 0
    more_sectors: int = 0


class BindingLine(Frozen):
    """One thing that decisions bind the partners to; `instrument` is what was delegated, empty where nothing was."""

    matter: Matter
    what: str
    instrument: str = ""
    until: date | None = None
    budget: int | None = None


class RoleLine(Frozen):
    """A role and the partner that employs it; never a person."""

    role: str
    partner: str
    decision: str = ""


class EvidenceLine(Frozen):
    """What a priority rests on; `days_overdue` since it was to be looked at again, 0 while that day has not come."""

    title: str
    dated: date
    review_by: date
    took_part: tuple[str, ...]
    days_overdue: int = 0


class PriorityLine(Frozen):
    """One priority and how ready it is on the page's date.

    Attributes:
        id, title: As agreed.
        outcome: The title of the outcome that it serves; empty for none.
        indicators, measures: The ids and names of the measures that show it.
        set_by: The level that owns it.
        agreed_on, decision: When and by which decision; empty while it is not agreed.
        agreed_by: How many parties of the version had signed by the page's date.
        state: How ready it is.
        evidence: What it rests on.
    """

    id: str
    title: str
    outcome: str = ""
    indicators: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    set_by: AreaLevel
    agreed_on: date | None = None
    decision: str = ""
    agreed_by: int = 0
    state: PriorityState
    evidence: tuple[EvidenceLine, ...] = ()


class AgreedTargetLine(Frozen):
    """One target, its owner, and what became of it.

    Attributes:
        key: Where it stands in the partnership's files.
        indicator_id, measure: What it is for.
        area, group: Whose; empty for every area, and for everybody.
        asks: What it asks for, in one short text.
        set_by: The level that owns it.
        decision, agreed_on: Who agreed it when.
        change: Whether a later version changed or dropped it; None of one that stands.
        by_version, by_decision, since: Which version did, by which decision, and the day from which that holds.
    """

    key: str
    indicator_id: str
    measure: str
    area: str = ""
    group: str = ""
    asks: str
    set_by: AreaLevel
    decision: str
    agreed_on: date
    change: Change | None = None
    by_version: int | None = None
    by_decision: str = ""
    since: date | None = None


class OwnedMeasures(Frozen):
    """The measures of the page whose definitions one level owns."""

    level: AreaLevel
    measures: tuple[str, ...]


class DifferenceLine(Frozen):
    """One thing in which a version differs from the one that it superseded; names in place of codes."""

    part: AgreementPart
    change: Change
    about: str
    area: str = ""
    group: str = ""
    before: str = ""
    after: str = ""


class VersionLine(Frozen):
    """One version of the agreement, and what it changed.

    Attributes:
        version, title, effective_from, review_by, decision, reason: As agreed.
        supersedes: The version that it replaces; None of the first.
        is_in_force: Whether the page stands on it and it holds.
        sign_off: Whose signatures it needs and has.
        fingerprint: Of what was agreed, whoever has signed it.
        differences: Against the version that it supersedes.
    """

    version: int
    title: str
    effective_from: date
    review_by: date
    decision: str
    reason: str = ""
    supersedes: int | None = None
    is_in_force: bool
    sign_off: SignOffLine
    fingerprint: str
    differences: tuple[DifferenceLine, ...] = ()


class ContractLine(Frozen):
    """A contract that a member holds besides the agreement; its own measures are on no shared page."""

    id: str
    title: str
    commissioner: str
    holder: str
    subcontractors: tuple[str, ...] = ()
    from_day: date
    to_day: date | None = None
    own_measures: tuple[str, ...] = ()
    shared_measures: tuple[str, ...] = ()


class OfficeLine(Frozen):
    """A role that was taken up and laid down, without a name."""

    partner: str
    role: str
    since: date
    until: date | None = None


class AgreementRecord(Frozen):
    """What was agreed for a place.

    Attributes:
        fingerprint: Of what the version says; the same whoever holds the roles that sign it.
        is_agreed: Whether it is in force and every local priority is agreed: without that a page is a draft.
        sign_off: Of the version that the page stands on.
        pending: The version that waits for signatures while this one goes on; None without one.
        contract_kind, may_bind, binds: What its form may bind, and what it binds.
        mission, shared_commitments: What the partners are together for.
        accountable_role, statutory_roles: The one role that answers for the place, and the officers who answer by law.
        priorities, priorities_due: What is put first, and the day by which it was to be agreed; None for no such day.
        targets, owned: Every target with its owner, and the measures by the level that owns them.
        versions: The latest first.
        contracts, offices: What members hold besides it, and when roles changed hands.
    """

    fingerprint: str
    is_agreed: bool
    sign_off: SignOffLine
    pending: VersionLine | None = None
    contract_kind: ContractKind | None = None
    may_bind: tuple[Matter, ...] = ()
    binds: tuple[BindingLine, ...] = ()
    mission: str = ""
    shared_commitments: tuple[str, ...] = ()
    accountable_role: RoleLine | None = None
    statutory_roles: tuple[RoleLine, ...] = ()
    priorities: tuple[PriorityLine, ...] = ()
    priorities_due: date | None = None
    targets: tuple[AgreedTargetLine, ...] = ()
    owned: tuple[OwnedMeasures, ...] = ()
    versions: tuple[VersionLine, ...] = ()
    contracts: tuple[ContractLine, ...] = ()
    offices: tuple[OfficeLine, ...] = ()
