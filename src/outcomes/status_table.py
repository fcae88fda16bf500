"""Status tables: rules, as data, that turn separate signals into another system's fixed statuses, for exports only."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final, NamedTuple, Self

from pydantic import Field, model_validator

from outcomes.scalars import Definition, Slug, Text, Words
from outcomes.vocabulary import AreaLevel, Certainty, Reached, Word

__all__ = ["NOT_JUDGED", "SAID_BY", "FixedStatus", "StatusMeasure", "StatusRule", "StatusTable"]

NOT_JUDGED: Final = "not judged"
"""Where a target says neither reached nor not reached, neither clear nor within chance."""

_DIRECTIONS: Final = (Word.IMPROVING, Word.GETTING_WORSE, Word.NO_SIGNIFICANT_CHANGE, Word.CANNOT_TELL, Word.NOT_ASKED)

SAID_BY: Final[dict[str, tuple[str, ...]]] = {
    "comparison": (
        *(Word.MUCH_BETTER, Word.BETTER, Word.SIMILAR, Word.WORSE, Word.MUCH_WORSE),
        *(Word.MUCH_HIGHER, Word.HIGHER, Word.LOWER, Word.MUCH_LOWER, Word.NOT_COMPARED, Word.NOT_ASKED),
    ),
    "trend": (*_DIRECTIONS, Word.INCREASING, Word.DECREASING),
    "special_cause": (*_DIRECTIONS, Word.HIGHER, Word.LOWER),
    "target": (Word.MET, Word.NOT_MET, Word.ON_TRACK, Word.OFF_TRACK, Word.CANNOT_TELL, Word.NO_TARGET),
    "reached": (*Reached, NOT_JUDGED),
    "certainty": (*Certainty, NOT_JUDGED),
    "inequality": (*_DIRECTIONS, Word.NARROWING, Word.WIDENING, Word.IMPROVING_UNEQUALLY),
}
"""Of each condition of a rule, every word that it can find."""


class StatusMeasure(NamedTuple):
    """A measure that has a status, whether or not anything was ever sent of it."""

    indicator_id: str
    indicator_version: int
    official_code: str | None
    indicator: str
    unit: str


class FixedStatus(Definition):
    """One of another system's statuses.

    Attributes:
        id: Our slug for it.
        text: Its words, as that system writes them.
    """

    id: Slug
    text: Text


class StatusRule(Definition):
    """One row of a status table: when all its conditions hold, the status is this one. A condition left out is any.

    Attributes:
        status: The id of the status.
        comparison: Words of the comparison with the inclusion's first benchmark.
        trend, special_cause, inequality: Words of these signals.
        target: Words of the target.
        reached: What the target-setter's own rule says: `reached`, `not reached`, `not judged`.
        certainty: `clear`, `within chance`, `not judged`.
        because: Why these words are that status; exported with it.
    """

    status: Slug
    comparison: tuple[Text, ...] = ()
    trend: tuple[Text, ...] = ()
    special_cause: tuple[Text, ...] = ()
    target: tuple[Text, ...] = ()
    reached: tuple[Text, ...] = ()
    certainty: tuple[Text, ...] = ()
    inequality: tuple[Text, ...] = ()
    because: Text

    @property
    def conditions(self) -> dict[str, tuple[str, ...]]:
        """The conditions that are written."""
        return {name: words for name in SAID_BY if (words := getattr(self, name))}

    def applies(self, said: Mapping[str, str]) -> bool:
        """Whether every condition holds of what the signals say."""
        return all(said[name] in words for name, words in self.conditions.items())


class StatusTable(Definition):
    """How the signals of a framework's measures read in another system's fixed statuses.

    Attributes:
        title: What the statuses are called there.
        source: Where the statuses come from.
        to_be_confirmed: What of it was not seen at its source; empty where all was.
        set_by: Whose targets count, the first that has one; empty for any, the highest level first.
        not_available: The id of the status of a figure that is missing, hidden or withheld.
        statuses: All statuses there are.
        rules: One row each; every combination of words meets exactly one.
    """

    title: Text
    source: Text
    to_be_confirmed: Words = ""
    set_by: tuple[AreaLevel, ...] = ()
    not_available: Slug
    statuses: tuple[FixedStatus, ...] = Field(min_length=1)
    rules: tuple[StatusRule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _levels_stand_once(self) -> Self:
        if len(set(self.set_by)) < len(self.set_by):
            raise ValueError("a level stands twice in set_by")
        return self

    @property
    def used(self) -> tuple[str, ...]:
        """The conditions that any rule has, in the order of `SAID_BY`."""
        return tuple(name for name in SAID_BY if any(getattr(rule, name) for rule in self.rules))

    def combinations(self) -> Iterator[tuple[dict[str, str], tuple[int, ...]]]:
        """Give every combination of the words that the rules look at, with the positions of the rules that it meets."""
        for words in product(*(SAID_BY[name] for name in self.used)):
            said = dict(zip(self.used, words, strict=True))
            yield said, tuple(position for position, rule in enumerate(self.rules) if rule.applies(said))

    def rule_of(self, said: Mapping[str, str]) -> int:
        """Return the position of the rule that what the signals say meets.

        Arguments:
            said: Of each condition that is used, its word.

        Raises:
            StopIteration: None does; a table that was linted has no such gap.

        >>> table = StatusTable.model_validate({
        ...     "title": "Two", "source": "us", "not_available": "no", "statuses": [{"id": "no", "text": "No"}],
        ...     "rules": [{"status": "no", "trend": ["improving"], "because": "x"}]})
        >>> table.rule_of({"trend": "improving"})
        0
        """
        return next(position for position, rule in enumerate(self.rules) if rule.applies(said))

    def text_of(self, status: str) -> str:
        """Return the words of a status."""
        return next(one.text for one in self.statuses if one.id == status)
