"""What is read beside a line: the current value of the measure that would show its side effect."""

from outcomes.scorecard.model.base import Frozen
from outcomes.scorecard.model.values import Value
from outcomes.vocabulary import Word

__all__ = ["BalanceBeside"]


class BalanceBeside(Frozen):
    """The measure that would show a side effect, as it stands in the same place.

    Attributes:
        indicator_id, indicator_version, name: Which measure; the version is None in scorecards kept before it was told.
        value, period: Its current figure; no value has its Reason, and without a figure at all both are None.
        unit, decimals: How it is printed.
        own_word, word: Which way the line itself moves, and which way the other one; None where it is not asked.
        moves_apart: Whether one is improving while the other is getting worse, whichever of the two it is.
    """

    indicator_id: str
    indicator_version: int | None = None
    name: str
    value: Value | None = None
    period: str | None = None
    unit: str = ""
    decimals: int = 1
    own_word: Word | None = None
    word: Word | None = None
    moves_apart: bool = False
