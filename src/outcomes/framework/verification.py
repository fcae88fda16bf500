"""How far a definition, or a set's claim on a measure, was checked: its state, what was seen, and where."""

from typing import Any, Self

from pydantic import model_validator

from outcomes.scalars import Definition, Text, Words
from outcomes.vocabulary import VerificationState

__all__ = ["Verification"]

# the short form of a whole verification, such as `yes: agreed by the joint committee`
_SHORT = {"yes": VerificationState.YES, "partly": VerificationState.PARTIAL}
_TO_BE_CONFIRMED = "to be confirmed"
_TO_CONFIRM = f"{_TO_BE_CONFIRMED} against the official definition"


class Verification(Definition):
    """How far an entry was checked against its publisher.

    In YAML it is a mapping, or in short a text that begins with `yes: `, `partly: ` or `to be confirmed`.

    Attributes:
        state: `yes` (seen at the source), `partial` (some of it was seen) or `memory` (nothing was seen: the entry is
            to be confirmed). Only `yes` is offered as official.
        seen: What was seen there, such as id, name, definition.
        source: Where it was seen, or who agreed it, in words that a board can read.
        addresses: Web addresses of the source.
    """

    state: VerificationState
    seen: tuple[Text, ...] = ()
    source: Words = ""
    addresses: tuple[Text, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        if given.strip().startswith(_TO_BE_CONFIRMED):
            return {"state": VerificationState.MEMORY}
        word, _, source = given.partition(":")
        if word.strip() not in _SHORT or not source.strip():
            raise ValueError(
                "how far it was checked begins with 'yes: ', 'partly: ' or 'to be confirmed', such as "
                "'yes: agreed by the joint committee', or is a mapping with state, seen and source"
            )
        return {"state": _SHORT[word.strip()], "source": source.strip()}

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        if self.state is not VerificationState.MEMORY and not self.source:
            raise ValueError("a source is needed: where it was seen, or who agreed it")
        if self.state is VerificationState.MEMORY and self.seen:
            raise ValueError("what was seen is not from memory: the state is yes or partial")
        return self

    @property
    def is_official(self) -> bool:
        """Whether the entry was seen at its source."""
        return self.state is VerificationState.YES

    @property
    def text(self) -> str:
        """The whole of it as it is printed: begins with yes, partly or to be confirmed.

        >>> Verification(state="partial", seen=("id", "name"), source="a public list").text
        'partly: id and name seen in a public list; the rest is to be confirmed'
        >>> Verification.model_validate("yes: agreed by the joint committee").text
        'yes: agreed by the joint committee'
        """
        if self.state is VerificationState.MEMORY:
            return f"{_TO_CONFIRM}; {self.source}" if self.source else _TO_CONFIRM
        word = "yes" if self.is_official else "partly"
        if not self.seen:
            return f"{word}: {self.source}"
        *others, last = self.seen
        seen = f"{', '.join(others)} and {last}" if others else last
        rest = "" if self.is_official else "; the rest is to be confirmed"
        if self.is_official and "definition" not in self.seen:
            rest = "; the definition was not seen there"
        return f"{word}: {seen} seen in {self.source}{rest}"
