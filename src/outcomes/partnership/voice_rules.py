"""The rule that every shared outcome of a partnership is seen through the eyes of people, too."""

from collections.abc import Iterator
from typing import Final

from outcomes.agreement.model import Insight
from outcomes.definitions import Complaint, Rule, advice
from outcomes.framework.frameworks import Frameworks
from outcomes.framework.voice_rules import complaint_of_unheard, shared_measures
from outcomes.partnership.reading import World

__all__ = ["VOICE_RULES"]


def _heard(world: World) -> tuple[frozenset[str], frozenset[str]]:
    """The outcomes and the indicators that insights and panels of the partnership speak to."""
    outcomes: set[str] = set()
    indicators: set[str] = set()
    for agreement in world.agreements:
        for row in agreement.rows(Insight):
            outcomes.update(row.noun.outcomes)
            indicators.update(row.noun.indicators)
    for source in world.panels:
        panel = source.description.noun
        outcomes.update(panel.outcomes, *(question.outcomes for question in panel.questions))
        indicators.update(panel.indicators, *(question.indicators for question in panel.questions))
    return frozenset(outcomes), frozenset(indicators)


@advice
def unheard_outcome(world: World) -> Iterator[Complaint]:
    """Every shared outcome has an experience measure or an insight source: a panel or an insight that speaks to it."""
    outcomes, indicators = _heard(world)
    frameworks = Frameworks(world.frameworks, tuple(located.noun for located in world.listed))
    for source in frameworks.counted:
        said = {one.id for one in source.header.noun.outcomes if one.heard_through} if source.header else set()
        unheard = [
            outcome
            for outcome, measures in shared_measures(frameworks, source).items()
            if outcome not in said | outcomes and not any(measures.values()) and indicators.isdisjoint(measures)
        ]
        yield from complaint_of_unheard(source, unheard)


VOICE_RULES: Final[tuple[Rule[World], ...]] = (unheard_outcome,)
