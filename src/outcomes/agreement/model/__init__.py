"""What an agreement and its logs consist of, one noun after the other; a file a subject."""

from outcomes.agreement.model.agreed import agreement_fingerprint
from outcomes.agreement.model.agreement import Agreement, LocalRebase, Responsibility
from outcomes.agreement.model.carrying import PeopleHeard, people_heard, records_of
from outcomes.agreement.model.challenges import LEVELS_THAT_SPEAK, Challenge, challenge_state
from outcomes.agreement.model.clocks import Clocks
from outcomes.agreement.model.commitments import Commitment, Reply, commitment_state
from outcomes.agreement.model.contracts import SeparateContract
from outcomes.agreement.model.differences import (
    Difference,
    ReplacedTarget,
    differences,
    replaced_targets,
)
from outcomes.agreement.model.disputes import Position
from outcomes.agreement.model.form import MAY_BIND, NEEDS_DELEGATION, Binding, may_bind
from outcomes.agreement.model.insights import LEAST_HEARD, Insight, least_heard, may_show_words
from outcomes.agreement.model.logs import LOGS, Log
from outcomes.agreement.model.meetings import (
    Decision,
    Meeting,
    decision_state,
    is_same_decision,
    meeting_for,
    names_decision,
)
from outcomes.agreement.model.money import (
    AreaPart,
    ControlTotal,
    Delegation,
    PartnerPart,
    PartnerShare,
    Resource,
    RiskShare,
    delegation_state,
    fraction_of,
    money_period,
)
from outcomes.agreement.model.offices import OfficeHolder
from outcomes.agreement.model.owning import owned_by_lower
from outcomes.agreement.model.priorities import (
    AccountableRole,
    Evidence,
    Priority,
    StatutoryRole,
    overdue_evidence,
    priority_state,
)
from outcomes.agreement.model.release import Released, is_released
from outcomes.agreement.model.responses import Responses, challenges_due, responses
from outcomes.agreement.model.signing import Party, SignOff, Standing, needs_every_party, standing_of
from outcomes.agreement.model.target_identity import target_sort, target_subject, target_substance
from outcomes.agreement.model.target_text import target_text

__all__ = [
    "LEAST_HEARD",
    "LEVELS_THAT_SPEAK",
    "LOGS",
    "MAY_BIND",
    "NEEDS_DELEGATION",
    "AccountableRole",
    "Agreement",
    "AreaPart",
    "Binding",
    "Challenge",
    "Clocks",
    "Commitment",
    "ControlTotal",
    "Decision",
    "Delegation",
    "Difference",
    "Evidence",
    "Insight",
    "LocalRebase",
    "Log",
    "Meeting",
    "OfficeHolder",
    "PartnerPart",
    "PartnerShare",
    "Party",
    "PeopleHeard",
    "Position",
    "Priority",
    "Released",
    "ReplacedTarget",
    "Reply",
    "Resource",
    "Responses",
    "Responsibility",
    "RiskShare",
    "SeparateContract",
    "SignOff",
    "Standing",
    "StatutoryRole",
    "agreement_fingerprint",
    "challenge_state",
    "challenges_due",
    "commitment_state",
    "decision_state",
    "delegation_state",
    "differences",
    "fraction_of",
    "is_released",
    "is_same_decision",
    "least_heard",
    "may_bind",
    "may_show_words",
    "meeting_for",
    "money_period",
    "names_decision",
    "needs_every_party",
    "overdue_evidence",
    "owned_by_lower",
    "people_heard",
    "priority_state",
    "records_of",
    "replaced_targets",
    "responses",
    "standing_of",
    "target_sort",
    "target_subject",
    "target_substance",
    "target_text",
]
