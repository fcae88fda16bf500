"""Makes of a scorecard what may be passed on to anybody: people's own words only once they are released."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from outcomes.profile.voices import Dissent, InsightLine
from outcomes.scorecard.model import ChallengeLine, CommitmentLine, PositionLine, ReplyLine, Scorecard
from outcomes.vocabulary import NOT_RELEASED, Consent, Reason

__all__ = ["OWN_WORDS", "scorecard_to_pass_on"]

# the words that wait for a release; a test holds that nothing that can be released is forgotten
OWN_WORDS: Final[Mapping[type[BaseModel], tuple[str, ...]]] = {
    ChallengeLine: ("what", "reply", "agreed"),
    CommitmentLine: ("evidence", "explanation"),
    Dissent: ("text",),
    InsightLine: ("text",),
    PositionLine: ("text",),
    ReplyLine: ("text",),
}
_Part = TypeVar("_Part", bound=BaseModel)


@dataclass
class _Count:
    texts: int = 0


@dataclass(frozen=True)
class _Terms:
    """What may go: whether words that nobody has released do, and the insights that anybody may see."""

    with_unreleased: bool
    for_anybody: frozenset[str]
    count: _Count


def scorecard_to_pass_on(card: Scorecard, *, with_unreleased: bool = False) -> tuple[Scorecard, int]:
    """Return a scorecard without the words that may not go beyond the partners, and how many texts were left out.

    In place of each stands that it is not released, so that nobody takes it for silence. Words that people said
    for the partners alone are left out whatever is asked for.

    Arguments:
        card: A scorecard.
        with_unreleased: Whether words go with it that nobody has released: the partners' own, and people's who
            agreed that anybody may read them.
    """
    insights = card.voices.insights if card.voices else ()
    for_anybody = frozenset(line.id for line in insights if line.consent is Consent.PUBLIC)
    terms = _Terms(with_unreleased, for_anybody, _Count())
    return _passed_on(card, terms), terms.count.texts


def _may_go(part: BaseModel, terms: _Terms) -> bool:
    if isinstance(part, InsightLine):
        return part.is_released or (terms.with_unreleased and part.id in terms.for_anybody)
    if isinstance(part, Dissent):
        return part.is_released or (terms.with_unreleased and part.insight in terms.for_anybody)
    return terms.with_unreleased or bool(getattr(part, "is_released", True))


def _passed_on(part: _Part, terms: _Terms) -> _Part:
    told: dict[str, Any] = {}
    words = () if _may_go(part, terms) else OWN_WORDS[type(part)]
    for name in type(part).model_fields:
        held = getattr(part, name)
        if name in words and held:
            terms.count.texts += 1
            told[name] = NOT_RELEASED
        elif isinstance(held, BaseModel):
            told[name] = _passed_on(held, terms)
        elif isinstance(held, tuple) and any(isinstance(one, BaseModel) for one in held):
            told[name] = tuple(_passed_on(one, terms) if isinstance(one, BaseModel) else one for one in held)
    if isinstance(part, InsightLine) and "text" in told:
        # a page says itself that these words are withheld
        told |= {"text": "", "withheld": Reason.CONFIDENTIAL}
    return part.model_copy(update=told) if told else part
