"""Observations: the noun that intake and the ledger hand on, and which of them count where partners followed others."""

from outcomes.intake.observations.observation import (
    FIGURE,
    KEY,
    OBSERVATION_COLUMNS,
    PLACE_KEY,
    WORDS,
    Observations,
    new_versions,
)
from outcomes.intake.observations.successors import revised_by_successors, said_by_successors

__all__ = [
    "FIGURE",
    "KEY",
    "OBSERVATION_COLUMNS",
    "PLACE_KEY",
    "WORDS",
    "Observations",
    "new_versions",
    "revised_by_successors",
    "said_by_successors",
]
