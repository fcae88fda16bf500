"""Every table that a site offers beside its results: one list, so that a site and an archive hold the same."""

from collections.abc import Callable, Iterable
from typing import Final

import polars as pl

from outcomes.exchange.decision_tables import decision_tables
from outcomes.exchange.money_tables import money_tables
from outcomes.exchange.mutual_tables import mutual_tables
from outcomes.exchange.profile_tables import profile_tables
from outcomes.exchange.voice_tables import voice_tables
from outcomes.scorecard.model import Scorecard

__all__ = ["every_table"]

_MAKERS: Final[tuple[Callable[[Iterable[Scorecard]], dict[str, pl.DataFrame]], ...]] = (
    mutual_tables,
    money_tables,
    decision_tables,
    profile_tables,
)


def every_table(cards: Iterable[Scorecard]) -> dict[str, pl.DataFrame]:
    """Return the tables of what stands beside the figures, by name: promises, challenges, money, decisions and more.

    Arguments:
        cards: The scorecards, in any order.
    """
    shown = tuple(cards)
    found = {name: frame for maker in _MAKERS for name, frame in maker(shown).items()}
    # what people said is seen from the whole, too, where the cards come together
    return found | voice_tables(getattr(cards, "voices", None), shown)
