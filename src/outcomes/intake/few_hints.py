"""Looks for hints, but only as many as can be shown."""

from collections.abc import Callable, Mapping
from typing import Final

from outcomes.intake.codes import NO_HINT, CodeHint, code_hints

__all__ = ["Hints"]

# twenty are shown for each kind of finding, and distinct texts come in the order of the rows
_MAX_HINTS: Final = 100


class Hints:
    """Looks for hints, but only as many as can be shown: a file of a million misspelt codes costs no more."""

    def __init__(self) -> None:
        self.left = _MAX_HINTS

    def of(self, find: Callable[[], str]) -> str:
        """Return the hint, while there are some left."""
        self.left -= 1
        return find() if self.left >= 0 else ""

    def of_code(self, text: str, names: Mapping[str, str]) -> CodeHint:
        """Return the hint at a code, while there are some left."""
        self.left -= 1
        return code_hints(text, names) if self.left >= 0 else NO_HINT
