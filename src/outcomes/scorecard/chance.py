"""How much of a page is chance: what is to be expected of it, and what stays when false differences are held down."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from outcomes.scorecard.model import Comparison, IndicatorLine, OutcomeSection, Scorecard
from outcomes.statistics import false_discovery_adjusted
from outcomes.vocabulary import NO_COMPARISON, AreaLevel, Word

__all__ = [
    "FALSE_DISCOVERIES",
    "FALSE_FLAGS",
    "FALSE_TRENDS",
    "is_differing",
    "remaining_together",
    "with_false_discoveries",
]

FALSE_FLAGS: Final = 0.05
"""The share of values truly equal to their benchmark that 95 % intervals call different: what their level means."""

FALSE_TRENDS: Final = 0.002
"""The share of series that do not move which the recent trend's test calls moving, by its level; the rule that leaves
one point out makes it less."""

FALSE_DISCOVERIES: Final = 0.05
"""To which share false differences are held among those that stay."""

# what a comparison is known by in its family: a measure, or a page and a measure
_Key = TypeVar("_Key", str, tuple[str, str])


def is_differing(comparison: Comparison) -> bool:
    """Whether a comparison is made, and differs at the 95 % level by the interval."""
    return comparison.word not in NO_COMPARISON and comparison.word is not Word.SIMILAR


def with_false_discoveries(card: Scorecard) -> Scorecard:
    """Return a scorecard that says which differences stay when the share of false ones is held to 5 %.

    The family is the first comparison of each local and national measure, as the page's own counts have it: a second
    benchmark looks at the same figure again, and would count it twice. Only what is shown is counted; a hidden
    comparison has no p-value and no part in it. A page says the same whatever other pages are made with it.

    Arguments:
        card: A scorecard.

    Returns:
        The same, with the adjusted p-values in the first comparisons and what stays in the summary.

    Source: Benjamini Y, Hochberg Y, Journal of the Royal Statistical Society B 1995;57:289-300.
    """
    adjusted = _adjusted(_p_values(card))

    def told(line: IndicatorLine) -> IndicatorLine:
        if line.page_name not in adjusted:
            return line
        first = line.comparisons[0].model_copy(update={"p_value_on_page": adjusted[line.page_name]})
        return line.model_copy(update={"comparisons": (first, *line.comparisons[1:])})

    def section_told(section: OutcomeSection) -> OutcomeSection:
        lines = {"local": tuple(map(told, section.local)), "national": tuple(map(told, section.national))}
        return section.model_copy(update=lines)

    summary = card.summary.model_copy(
        update={
            "remaining": _staying(card, adjusted),
            "without_p_value": sum(_p_value(line) is None for line in _compared(card)),
        }
    )
    return card.model_copy(
        update={"outcomes": tuple(section_told(section) for section in card.outcomes), "summary": summary}
    )


def remaining_together(cards: Sequence[Scorecard]) -> dict[str, tuple[str, ...]]:
    """Return which differences stay where several pages are read at once, as in an overview.

    The family is the first comparison of each local and national measure of all pages of one level: a place and the
    system around it share figures, and have families of their own.

    Arguments:
        cards: Every scorecard that is read together.

    Returns:
        Area code to the page names of the measures that stay, in the order of the page.
    """
    families: dict[AreaLevel, dict[tuple[str, str], float]] = {}
    for card in cards:
        family = families.setdefault(card.place.level, {})
        family.update({(card.place.area_code, one): p for one, p in _p_values(card).items()})
    adjusted = {level: _adjusted(family) for level, family in families.items()}
    found = {}
    for card in cards:
        area_code = card.place.area_code
        own = {one: p for (code, one), p in adjusted[card.place.level].items() if code == area_code}
        found[area_code] = _staying(card, own)
    return found


def _adjusted(p_values: Mapping[_Key, float]) -> dict[_Key, float]:
    return dict(zip(p_values, false_discovery_adjusted(list(p_values.values())), strict=True))


def _p_values(card: Scorecard) -> dict[str, float]:
    return {line.page_name: p for line in _shared(card) if (p := _p_value(line)) is not None}


def _staying(card: Scorecard, adjusted: Mapping[str, float]) -> tuple[str, ...]:
    differing = (line.page_name for line in _compared(card) if is_differing(line.comparisons[0]))
    return tuple(one for one in differing if adjusted.get(one, 1.0) <= FALSE_DISCOVERIES)


def _compared(card: Scorecard) -> list[IndicatorLine]:
    return [line for line in _shared(card) if line.comparisons and line.comparisons[0].word not in NO_COMPARISON]


def _shared(card: Scorecard) -> list[IndicatorLine]:
    return [line for section in card.outcomes for line in (*section.local, *section.national)]


def _p_value(line: IndicatorLine) -> float | None:
    """The p-value of a line's first comparison; None where nothing is compared."""
    first = line.comparisons[0] if line.comparisons else None
    return first.p_value if first is not None and first.word not in NO_COMPARISON else None
