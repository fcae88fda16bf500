"""How much of a page is chance: what is to be expected of it, and what stays when false differences are held down."""

from collections.abc import Mapping, Sequence
from typing import Final

from outcomes.scorecard.model import Comparison, IndicatorLine, OutcomeSection, Scorecard
from outcomes.statistics import false_discovery_adjusted
from outcomes.vocabulary import AreaLevel, Word

__all__ = [
    "FALSE_DISCOVERIES",
    "FALSE_FLAGS",
    "FALSE_TRENDS",
    "NO_COMPARISON",
    "is_differing",
    "with_false_discoveries",
]

FALSE_FLAGS: Final = 0.05
"""The share of values truly equal to their benchmark that 95 % intervals call different: what their level means."""

FALSE_TRENDS: Final = 0.002
"""The share of series that do not move which the recent trend's test calls moving, by its level; the rule that leaves
one point out makes it less."""

FALSE_DISCOVERIES: Final = 0.05
"""To which share false differences are held among those that stay."""

NO_COMPARISON: Final = frozenset({Word.NOT_COMPARED, Word.CANNOT_TELL})

# a page and a measure on it
_Place = tuple[int, str]


def is_differing(comparison: Comparison) -> bool:
    """Whether a comparison is made, and differs at the 95 % level by the interval."""
    return comparison.word not in NO_COMPARISON and comparison.word is not Word.SIMILAR


def with_false_discoveries(cards: Sequence[Scorecard]) -> tuple[Scorecard, ...]:
    """Return scorecards that say which differences stay when the share of false ones is held to 5 %.

    There are two families of comparisons. On a page it is the first comparison of each local and national measure, as
    the page's own counts have it: a second benchmark looks at the same figure again, and would count it twice. In the
    overview it is these of all pages of one level, all made together: a place and the system around it share figures.
    Only what is shown is counted; a hidden comparison has no p-value and no part in it.

    Arguments:
        cards: Every scorecard that is made together.

    Returns:
        The same scorecards, with the adjusted p-values in the first comparisons and what stays in the summaries.

    Source: Benjamini Y, Hochberg Y, Journal of the Royal Statistical Society B 1995;57:289-300.
    """
    families: dict[AreaLevel, dict[_Place, float]] = {}
    on_page: dict[_Place, float] = {}
    for number, card in enumerate(cards):
        found = {(number, line.indicator_id): p for line in _shared(card) if (p := _p_value(line)) is not None}
        on_page |= _adjusted(found)
        families.setdefault(card.place.level, {}).update(found)
    overall: dict[_Place, float] = {}
    for family in families.values():
        overall |= _adjusted(family)
    return tuple(_told(card, number, on_page, overall) for number, card in enumerate(cards))


def _adjusted(p_values: Mapping[_Place, float]) -> dict[_Place, float]:
    return dict(zip(p_values, false_discovery_adjusted(list(p_values.values())), strict=True))


def _shared(card: Scorecard) -> list[IndicatorLine]:
    return [line for section in card.outcomes for line in (*section.local, *section.national)]


def _p_value(line: IndicatorLine) -> float | None:
    """The p-value of a line's first comparison; None where nothing is compared."""
    first = line.comparisons[0] if line.comparisons else None
    return first.p_value if first is not None and first.word not in NO_COMPARISON else None


def _told(card: Scorecard, number: int, on_page: Mapping[_Place, float], overall: Mapping[_Place, float]) -> Scorecard:
    def told(line: IndicatorLine) -> IndicatorLine:
        place = (number, line.indicator_id)
        if place not in on_page:
            return line
        first = line.comparisons[0].model_copy(
            update={"p_value_on_page": on_page[place], "p_value_in_overview": overall[place]}
        )
        return line.model_copy(update={"comparisons": (first, *line.comparisons[1:])})

    def section_told(section: OutcomeSection) -> OutcomeSection:
        lines = {"local": tuple(map(told, section.local)), "national": tuple(map(told, section.national))}
        return section.model_copy(update=lines)

    compared = [line for line in _shared(card) if line.comparisons and line.comparisons[0].word not in NO_COMPARISON]
    differing = [line.indicator_id for line in compared if is_differing(line.comparisons[0])]

    def staying(adjusted: Mapping[_Place, float]) -> tuple[str, ...]:
        return tuple(one for one in differing if adjusted.get((number, one), 1.0) <= FALSE_DISCOVERIES)

    summary = card.summary.model_copy(
        update={
            "remaining": staying(on_page),
            "remaining_in_overview": staying(overall),
            "without_p_value": sum(_p_value(line) is None for line in compared),
        }
    )
    return card.model_copy(
        update={"outcomes": tuple(section_told(section) for section in card.outcomes), "summary": summary}
    )
