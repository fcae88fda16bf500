"""Finds the measures of all places, each once, and each by its place: what the tables of the overview are made from."""

from collections.abc import Callable, Mapping, Sequence

from outcomes.scorecard.model import IndicatorLine, OutcomeSection, Scorecard
from outcomes.vocabulary import Tier

__all__ = ["LinesByPlace", "lines_by_place", "lines_in", "of_measure", "sections_of", "unique_lines"]

# area code to the lines of its card by id and version
LinesByPlace = Mapping[str, Mapping[tuple[str, int], IndicatorLine]]


def unique_lines(
    cards: Sequence[Scorecard], parts: Callable[[Scorecard], Sequence[IndicatorLine]]
) -> list[IndicatorLine]:
    """Return every measure that any card has, once, in the order of the first card that has it."""
    found: dict[tuple[str, int], IndicatorLine] = {}
    for card in cards:
        for line in parts(card):
            found.setdefault(line.key, line)
    return list(found.values())


def sections_of(cards: Sequence[Scorecard]) -> list[OutcomeSection]:
    """Return every outcome that any card has, once, in the order of the first card that has it."""
    found: dict[str, OutcomeSection] = {}
    for card in cards:
        for section in card.outcomes:
            found.setdefault(section.id, section)
    return list(found.values())


def lines_in(section_id: str, tier: Tier) -> Callable[[Scorecard], tuple[IndicatorLine, ...]]:
    """Return what finds a card's measures of one tier of one outcome."""

    def lines(card: Scorecard) -> tuple[IndicatorLine, ...]:
        for section in card.outcomes:
            if section.id == section_id:
                return section.local if tier is Tier.LOCAL else section.national
        return ()

    return lines


def lines_by_place(cards: Sequence[Scorecard]) -> LinesByPlace:
    """Return the lines of every card by what they measure, by area code."""
    return {card.place.area_code: {line.key: line for line in card.lines} for card in cards}


def of_measure(card: Scorecard, line: IndicatorLine) -> str:
    """Return what names place and measure, so that an unwelcome word and its reply are found beside each other."""
    return f"{card.place.area_code}/{line.page_name}"
