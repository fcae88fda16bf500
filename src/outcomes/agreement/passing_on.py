"""Says what of an agreement's logs may be passed on to anybody: partners' own words only once they are released."""

from collections.abc import Mapping
from datetime import date
from typing import Final, TypeVar

from outcomes.agreement.model import Challenge, Commitment, Insight, Position, Released, Reply, is_released
from outcomes.vocabulary import NOT_RELEASED

__all__ = ["OWN_WORDS", "row_to_pass_on"]

# what of a row waits for its release; the rest is the agreement itself. A test holds that no such noun is forgotten
OWN_WORDS: Final[Mapping[type[Released], tuple[str, ...]]] = {
    Challenge: ("what", "reply", "agreed"),
    Commitment: ("evidence", "explanation"),
    Insight: ("text", "dissent"),
    Position: ("position",),
    Reply: ("text",),
}
_Row = TypeVar("_Row", bound=Released)


def row_to_pass_on(row: _Row, as_of: date) -> tuple[_Row, int]:
    """Return a row of a log without the words that nobody has released, and how many texts were left out.

    Arguments:
        row: As it was known on the day.
        as_of: A later release is not known yet.

    >>> said = Reply(indicator="falls", partner="VA", given_on=date(2026, 5, 1), text="We had no driver.")
    >>> kept, texts = row_to_pass_on(said, date(2026, 11, 22))
    >>> kept.text, texts
    ('(not released)', 1)
    """
    if is_released(row, as_of):
        return row, 0
    words = [name for name in OWN_WORDS[type(row)] if getattr(row, name)]
    return row.model_copy(update=dict.fromkeys(words, NOT_RELEASED)), len(words)
