"""Quotes partners' text in messages: short, printable and without personal numbers."""

import unicodedata
from typing import Final

from outcomes.intake.personal_numbers import masked

__all__ = ["MAX_QUOTED", "quoted"]

MAX_QUOTED: Final = 60


def quoted(text: str, limit: int = MAX_QUOTED) -> str:
    """Return a text fit for a message: NHS numbers removed, control characters shown as a mark, cut to a length.

    >>> quoted("A" * 100)[-3:], len(quoted("A" * 100))
    ('AA…', 60)
    """
    # masked before it is cut: half a number left over at the cut would still be half a number
    shown = masked(text[: limit * 4])
    shown = "".join(
        "·" if unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs"} else character for character in shown
    )
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
