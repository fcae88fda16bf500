"""What an agreement and its logs consist of, one noun after the other; a file a subject."""

from outcomes.agreement.model.agreement import Agreement, LocalRebase, Party, Responsibility
from outcomes.agreement.model.commitments import Commitment, Reply, commitment_state
from outcomes.agreement.model.logs import LOGS, Log

__all__ = [
    "LOGS",
    "Agreement",
    "Commitment",
    "LocalRebase",
    "Log",
    "Party",
    "Reply",
    "Responsibility",
    "commitment_state",
]
