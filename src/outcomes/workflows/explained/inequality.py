"""Explains the fifth signal: the groups and their values, and the gap between the first and the last of them."""

from outcomes.scorecard.model import ExplanationStep
from outcomes.workflows.explained.case import Case, Row

__all__ = ["explained_inequality"]


def explained_inequality(case: Case, row: Row, step: ExplanationStep) -> ExplanationStep:
    """Return the step of inequality with its method."""
    return case.with_method(step, row["against"] or "")
