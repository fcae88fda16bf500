"""Puts the places of the overview in order and into groups: by level and, where there are many, by the whole above.

Within a group the order is alphabetical, always.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from outcomes.scorecard.model import Scorecard
from outcomes.vocabulary import AreaLevel

__all__ = ["FinderRow", "PlaceGroup", "finder_rows", "href_of", "most_cards", "place_groups"]

# more places than this stand in further tables, each of one level
_PLACES_A_TABLE: Final = 4
_LEVELS: Final = tuple(AreaLevel)


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Places that share a table.

    Attributes:
        whole: The area that they lie in, where places stand under their wholes; else empty.
        is_first: Whether the whole is named here, above the first of its tables.
        cards: At most four, of one level.
    """

    whole: str
    is_first: bool
    cards: tuple[Scorecard, ...]


@dataclass(frozen=True, slots=True)
class FinderRow:
    """The places of one whole by name, each with its page; the whole's own page where it has one."""

    whole: str
    href: str
    places: tuple[tuple[str, str], ...]


def href_of(card: Scorecard) -> str:
    """Return the address of a place's page as seen from the overview."""
    return f"places/{card.place.area_code}.html"


def place_groups(cards: Sequence[Scorecard]) -> tuple[PlaceGroup, ...]:
    """Return the places in the order of the page, in groups that share a table.

    Places of one level stand side by side, as even in number as can be, four at most. Where one level has more than
    four, and they lie in several wholes, each whole has its own tables.

    Arguments:
        cards: The scorecards, in any order.
    """
    groups = []
    for level in _LEVELS:
        here = [card for card in cards if card.place.level is level]
        wholes = {_whole_above(card) for card in here}
        is_split = len(here) > _PLACES_A_TABLE and len(wholes) > 1
        for whole in sorted(wholes, key=str.casefold) if is_split else [""]:
            named = (card for card in here if not is_split or _whole_above(card) == whole)
            ordered = sorted(named, key=lambda card: (card.place.name.casefold(), card.place.area_code))
            tables = _shared_evenly(ordered)
            groups += [PlaceGroup(whole, table == 0, members) for table, members in enumerate(tables)]
    return tuple(groups)


def finder_rows(groups: Sequence[PlaceGroup]) -> tuple[FinderRow, ...]:
    """Return the places by the whole that they stand under; none where no whole has its own tables."""
    pages = {card.place.name: href_of(card) for group in groups for card in group.cards}
    rows: dict[str, list[tuple[str, str]]] = {}
    for group in groups:
        if group.whole:
            rows.setdefault(group.whole, []).extend((card.place.name, href_of(card)) for card in group.cards)
    return tuple(FinderRow(whole, pages.get(whole, ""), tuple(places)) for whole, places in rows.items())


def most_cards(cards: Sequence[Scorecard]) -> tuple[Scorecard, ...]:
    """Return the scorecards of the level that has most: a place and the region around it are not counted as two."""
    counted = Counter(card.place.level for card in cards)
    most = max(_LEVELS, key=lambda level: counted[level])
    return tuple(card for card in cards if card.place.level is most)


def _whole_above(card: Scorecard) -> str:
    return card.place.within[0] if card.place.within else ""


def _shared_evenly(cards: Sequence[Scorecard]) -> list[tuple[Scorecard, ...]]:
    number = -(-len(cards) // _PLACES_A_TABLE)
    tables, start = [], 0
    for table in range(number):
        end = start + -(-(len(cards) - start) // (number - table))
        tables.append(tuple(cards[start:end]))
        start = end
    return tables
