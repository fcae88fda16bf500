"""Quotes partners' text in messages: short, printable and without personal numbers."""

import unicodedata
from typing import Final

from outcomes.intake.personal_numbers import masked

__all__ = ["MAX_QUOTED", "quoted", "size_in_words"]

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


def size_in_words(size_bytes: int) -> str:
    """Return a size as a file manager shows it.

    >>> size_in_words(209_715_200), size_in_words(4_000)
    ('200 MB', '4,000 bytes')
    """
    return f"{size_bytes / 2**20:,.0f} MB" if size_bytes >= 2**20 else f"{size_bytes:,} bytes"
