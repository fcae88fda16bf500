"""Joins the tables of words, a subject each, into one of every word that a page prints, and says what stands in it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from outcomes.report.agreement_wording import AGREEMENT_WORDING
from outcomes.report.board_wording import BOARD_WORDING
from outcomes.report.brief_wording import BRIEF_WORDING
from outcomes.report.catalogue_wording import CATALOGUE_WORDING
from outcomes.report.indicator_wording import INDICATOR_WORDING
from outcomes.report.legend_wording import LEGEND_WORDING
from outcomes.report.line_wording import LINE_WORDING
from outcomes.report.money_wording import MONEY_WORDING
from outcomes.report.mutual_wording import MUTUAL_WORDING
from outcomes.report.national_wording import NATIONAL_WORDING
from outcomes.report.overview_wording import OVERVIEW_WORDING
from outcomes.report.page_wording import PAGE_WORDING
from outcomes.report.partner_wording import PARTNER_WORDING
from outcomes.report.profile_wording import PROFILE_WORDING
from outcomes.report.public_wording import PUBLIC_WORDING
from outcomes.report.readers_wording import READERS_WORDING
from outcomes.report.result_wording import RESULT_WORDING
from outcomes.report.signal_wording import SIGNAL_WORDING
from outcomes.report.vocabulary_wording import LEVELS, MEANINGS, VOCABULARY_WORDING
from outcomes.report.voice_wording import VOICE_WORDING

__all__ = ["MEANINGS", "WORDING", "counted", "in_words", "say", "sentence_case"]

_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_PLURALS: Final = {
    "period": "periods",
    "measure": "measures",
    "other measure": "other measures",
    "partner": "partners",
    "file": "files",
    "place": "places",
    "owner": "owners",
    "promise": "promises",
    "day": "days",
    "comparison": "comparisons",
    "trend": "trends",
    "area": "areas",
    "figure": "figures",
    "indicator": "indicators",
    "indicator set": "indicator sets",
    "cell": "cells",
    "row": "rows",
    "thing": "things",
    "other thing": "other things",
    "fault": "faults",
    "kind": "kinds",
    "person": "people",
    "record": "records",
    "member": "members",
    "round": "rounds",
    "answer": "answers",
    "group": "groups",
} | dict(LEVELS.values())


def _joined(*tables: Mapping[str, str]) -> dict[str, str]:
    """Every table in one; a key that stands in two would be said as the later one has it, and nobody would see."""
    found: dict[str, str] = {}
    for table in tables:
        twice = sorted(found.keys() & table.keys())
        if twice:
            raise ValueError(f"these keys stand in two tables of words: {', '.join(twice)}")
        found |= table
    return found


WORDING: Final[Mapping[str, str]] = MappingProxyType(
    _joined(
        PAGE_WORDING,
        BRIEF_WORDING,
        SIGNAL_WORDING,
        LINE_WORDING,
        LEGEND_WORDING,
        OVERVIEW_WORDING,
        CATALOGUE_WORDING,
        VOCABULARY_WORDING,
        AGREEMENT_WORDING,
        BOARD_WORDING,
        INDICATOR_WORDING,
        MONEY_WORDING,
        MUTUAL_WORDING,
        NATIONAL_WORDING,
        PARTNER_WORDING,
        PROFILE_WORDING,
        PUBLIC_WORDING,
        READERS_WORDING,
        RESULT_WORDING,
        VOICE_WORDING,
    )
)


def say(key: str, **values: object) -> str:
    """Return one printed sentence or word of the table, its places filled.

    Arguments:
        key: The name of the entry.
        values: What fills its `{places}`; text is printed as it is, never read as a pattern.

    >>> say("review_by", date="31 March 2027")
    'Review by 31 March 2027'
    """
    return WORDING[key].format(**values)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, singular or plural.

    >>> counted(1, "partner"), counted(12, "partner")
    ('1 partner', '12 partners')
    """
    return f"{number:,} {noun if number == 1 else _PLURALS[noun]}"


def in_words(number: int, noun: str) -> str:
    """Return a number with its noun, the number spelled out below ten.

    >>> in_words(9, "partner"), in_words(10, "partner")
    ('nine partners', '10 partners')
    """
    spelled = _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"
    return f"{spelled} {noun if number == 1 else _PLURALS[noun]}"


def sentence_case(text: str) -> str:
    """Return a text with its first letter a capital, the rest as it is.

    >>> sentence_case("no significant change")
    'No significant change'
    """
    return text[:1].upper() + text[1:]
