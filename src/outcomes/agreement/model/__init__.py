"""What an agreement and its logs consist of, one noun after the other; a file a subject."""

from outcomes.agreement.model.agreement import Agreement, LocalRebase, Party, Responsibility
from outcomes.agreement.model.challenges import LEVELS_THAT_SPEAK, Challenge, challenge_state
from outcomes.agreement.model.clocks import Clocks
from outcomes.agreement.model.commitments import Commitment, Reply, commitment_state
from outcomes.agreement.model.disputes import Position
from outcomes.agreement.model.logs import LOGS, Log
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

__all__ = [
    "LEVELS_THAT_SPEAK",
    "LOGS",
    "Agreement",
    "AreaPart",
    "Challenge",
    "Clocks",
    "Commitment",
    "ControlTotal",
    "Delegation",
    "LocalRebase",
    "Log",
    "PartnerPart",
    "PartnerShare",
    "Party",
    "Position",
    "Reply",
    "Resource",
    "Responsibility",
    "RiskShare",
    "challenge_state",
    "commitment_state",
    "delegation_state",
    "fraction_of",
    "money_period",
]
