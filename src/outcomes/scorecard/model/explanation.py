"""From a number back to its rows: Explanation."""

from datetime import date, datetime

from outcomes.scorecard.model.base import Frozen
from outcomes.scorecard.model.line import DefinitionSummary
from outcomes.scorecard.model.values import Value

__all__ = [
    "Explanation",
    "ExplanationStep",
    "SourceRow",
]


class SourceRow(Frozen):
    """One row of a partner's file that entered a figure."""

    partner_code: str
    partner: str
    area_code: str
    area: str
    breakdown: str
    numerator: float | None
    denominator: float | None
    value: float | None
    status: str | None
    submission: int
    file: str
    sheet: str | None
    row: int | None
    received_at: datetime | None
    sha256: str
    is_revision: bool


class ExplanationStep(Frozen):
    """One stage of the street: what it did with this figure, and the figures that it used."""

    stage: str
    sentence: str
    figures: tuple[tuple[str, str], ...] = ()


class Explanation(Frozen):
    """From one number back to the rows that it came from. Works on the record; never public."""

    indicator_id: str
    indicator_version: int
    name: str
    area_code: str
    area: str
    period: str
    as_of: date
    known_at: int
    value: Value
    definition: DefinitionSummary
    formula: str
    references: tuple[str, ...]
    steps: tuple[ExplanationStep, ...]
    rows: tuple[SourceRow, ...]
