"""Explains every signal about a figure, each by its own function: a new signal is one more entry."""

from collections.abc import Callable, Iterable
from typing import Final

from outcomes.scorecard.model import ExplanationStep
from outcomes.vocabulary import Signal
from outcomes.workflows.explained.case import Case, Row
from outcomes.workflows.explained.comparison import explained_comparison
from outcomes.workflows.explained.inequality import explained_inequality
from outcomes.workflows.explained.special_cause import explained_special_cause
from outcomes.workflows.explained.target import explained_target
from outcomes.workflows.explained.trend import explained_trend

__all__ = ["EXPLAINED_BY", "explained_signals"]

EXPLAINED_BY: Final[dict[Signal, Callable[[Case, Row, ExplanationStep], ExplanationStep]]] = {
    Signal.COMPARISON: explained_comparison,
    Signal.TREND: explained_trend,
    Signal.SPECIAL_CAUSE: explained_special_cause,
    Signal.TARGET: explained_target,
    Signal.INEQUALITY: explained_inequality,
}
"""Each takes the case, its judgement and the step with the word, and returns the step with all that entered."""


def explained_signals(case: Case, judged: Iterable[Row]) -> tuple[ExplanationStep, ...]:
    """Return one step for each judgement of the figure, in their order.

    Arguments:
        case: The figure.
        judged: The rows of its judgements.
    """
    return tuple(EXPLAINED_BY[Signal(row["signal"])](case, row, _step(row)) for row in judged)


def _step(row: Row) -> ExplanationStep:
    """The word and why, with the figures that every judgement has."""
    told = (
        ("framework", row["framework_id"]),
        ("against", row["against"]),
        ("its value", _figure(row["against_value"])),
        ("amount", _figure(row["amount"])),
        ("chi-squared", _figure(row["test_statistic"])),
    )
    return ExplanationStep(
        stage=f"judged: {row['signal'].replace('_', ' ')}",
        sentence=f"{row['word'][:1].upper()}{row['word'][1:]}. {row['because'] or ''}".strip(),
        figures=tuple((name, str(shown)) for name, shown in told if shown not in (None, "", "none")),
    )


def _figure(number: float | None) -> str:
    return "none" if number is None else f"{number:.10g}"
