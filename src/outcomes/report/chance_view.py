"""Writes how much of a page is chance: which differences stay when false ones are held down, and how that was told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from outcomes.report.formatting import joined, number_text
from outcomes.report.signals import by_interval
from outcomes.report.wording import counted, say, sentence_case
from outcomes.scorecard.model import IndicatorLine, Scorecard, SpecialCause
from outcomes.vocabulary import Word

__all__ = ["ChanceRow", "ChanceView", "chance_view", "p_value_text", "remaining_places", "remaining_text"]

_SURE: Final = 0.001
_LEVEL: Final = 0.05


@dataclass(frozen=True, slots=True)
class ChanceRow:
    """One difference: the measure, its word, its p-value, and whether it stays."""

    anchor: str
    name: str
    word: str
    p_value: str
    stays: str


@dataclass(frozen=True, slots=True)
class ChanceView:
    """What stands behind the sentence on chance: every difference, and the notes on how it was told."""

    rows: tuple[ChanceRow, ...]
    notes: tuple[str, ...]


def p_value_text(p_value: float | None) -> str:
    """Return a p-value as it is printed: three decimals, never as 0, nor as another side of 0.05 than it is on.

    >>> [p_value_text(p) for p in (0.0374, 0.0000001, 0.04998, None)]
    ['0.037', 'under 0.001', 'under 0.05', 'not known']
    """
    if p_value is None:
        return say("p_unknown")
    if p_value < _SURE:
        return say("p_under", level="0.001")
    text = number_text(p_value, 3)
    return say("p_under", level="0.05") if p_value < _LEVEL and text == "0.050" else text


def remaining_text(differing: int, remaining: int, without: int = 0) -> str:
    """Return how many differences stay when the expected share of false ones is held to 5 %.

    >>> remaining_text(9, 7)
    'Of the 9, 7 remain when the share of false differences is held to 5%.'
    >>> remaining_text(0, 0)
    ''
    """
    if not differing:
        return ""
    if differing == 1:
        number = say("remains_alone" if remaining else "remains_not_alone")
    else:
        key = {0: "remain_none", 1: "remains"}.get(remaining, "remain")
        number = say(key, all=differing, number=remaining)
    text = say("remaining", remain=number)
    return f"{text} {say('remaining_without', number=counted(without, 'comparison'))}" if without else text


def chance_view(card: Scorecard) -> ChanceView:
    """Return every difference of a page with its p-value and whether it stays, and how that was told."""
    lines = [line for section in card.outcomes for line in (*section.local, *section.national)]
    told = [line for line in lines if line.comparisons and _differs(line)]
    remaining = set(card.summary.remaining)
    rows = tuple(
        ChanceRow(
            f"m-{line.page_name}",
            line.short_name or line.name,
            sentence_case(by_interval(line.comparisons[0])),
            _p_value_beside(line.comparisons[0].p_value),
            say("stays" if line.page_name in remaining else "stays_not"),
        )
        for line in told
    )
    return ChanceView(rows, _notes(card, card.lines))


def _p_value_beside(p_value: float | None) -> str:
    """A p-value beside a difference: one of the counts as shown may lie on the other side of 0.05 than the word."""
    text = p_value_text(p_value)
    return text if p_value is None or p_value < _LEVEL else say("p_of_shown", p_value=text)


def _differs(line: IndicatorLine) -> bool:
    return line.comparisons[0].word not in (Word.SIMILAR, Word.NOT_COMPARED, Word.CANNOT_TELL)


def _notes(card: Scorecard, lines: Sequence[IndicatorLine]) -> tuple[str, ...]:
    summary = card.summary
    notes = [say("chance_family", number=counted(summary.compared, "comparison"))] if summary.compared else []
    if summary.trends_told:
        rounded = number_text(summary.trends_by_chance, 0)
        by_chance = say("chance_small") if rounded == "0" else say("chance_about", number=rounded)
        notes.append(say("chance_trends", told=counted(summary.trends_told, "trend"), chance=by_chance))
        if any(isinstance(line.special_cause, SpecialCause) for line in lines):
            notes[-1] += f" {say('chance_trends_alone')}"
    notes.append(say("part_of_the_whole"))
    allowing = [one.overdispersion for line in lines for one in line.comparisons if one.overdispersion is not None]
    if allowing:
        volumes = joined([f"{volume:,}" for volume in sorted({one.volume for one in allowing})])
        methods = joined(sorted({one.method_title for one in allowing}))
        notes.append(say("overdispersion_note", volumes=volumes, method=methods))
    return tuple(notes)


def remaining_places(
    cards: Sequence[Scorecard], remaining: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, str], ...]:
    """Return, place by place, the measures whose difference stays among all comparisons of the overview.

    Arguments:
        cards: The scorecards that are counted, in the order of the page.
        remaining: Area code to the page names of the measures that stay.
    """
    found = []
    for card in cards:
        names = {line.page_name: line.short_name or line.name for line in card.lines}
        staying = [names[one] for one in remaining.get(card.place.area_code, ()) if one in names]
        found.append((card.place.name, f"{joined(staying)}." if staying else say("none_better")))
    return tuple(found)
