"""Puts places side by side: the marks of every measure at a glance, and the lines of their profiles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from outcomes.report.accountability_view import ProfileRow, profile_rows
from outcomes.report.headline import first_comparison_word, movement
from outcomes.report.marks import Mark, mark_of
from outcomes.report.overview_groups import PlaceGroup, href_of
from outcomes.report.overview_lines import LinesByPlace, lines_by_place, lines_in, of_measure, sections_of, unique_lines
from outcomes.report.replies import reply_note
from outcomes.report.signals import headline_target, reason_text
from outcomes.report.wording import say
from outcomes.scorecard.model import IndicatorLine, Scorecard, SpecialCause, calls_for_reply
from outcomes.vocabulary import Signal, Tier, Word

__all__ = ["PlacesTable", "glance_label", "glance_signals", "places_tables"]

# as many as a column of four places holds
_MARKS_A_ROW: Final = 7
_GLANCE_ROWS: Final = {
    Signal.COMPARISON: "glance_row_comparison",
    Signal.TREND: "glance_row_trend",
    Signal.TARGET: "glance_row_target",
}
# the measures of one outcome: number, tier, and the line of the first place that has it
_Numbered = tuple[tuple[int, str, IndicatorLine], ...]


@dataclass(frozen=True, slots=True)
class GlanceItem:
    """One measure of one place at a glance: its number in the outcome, a mark in each row, all of them in words.

    `of` names place and measure; `reply` is what stands beside an unwelcome word.
    """

    number: int
    tier: str
    marks: tuple[Mark, ...]
    text: str
    of: str = ""
    reply: str = ""


@dataclass(frozen=True, slots=True)
class GlanceRow:
    """One outcome: its measures by number, and one list of marks a place."""

    title: str
    local: tuple[tuple[int, str], ...]
    national: tuple[tuple[int, str], ...]
    cells: tuple[tuple[tuple[GlanceItem, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class PlaceHead:
    """The head of a place's column."""

    name: str
    href: str
    note: str


@dataclass(frozen=True, slots=True)
class PlacesTable:
    """A few places of one level side by side: their glance rows and their ten lines; the whole above, if named here."""

    whole: str
    heads: tuple[PlaceHead, ...]
    glance: tuple[GlanceRow, ...]
    profile: tuple[tuple[str, str, tuple[ProfileRow | None, ...]], ...]


def glance_signals(cards: Sequence[Scorecard]) -> tuple[Signal, ...]:
    """Return the rows of marks: comparison; what moves, if any measure has a method for it; target if most have one."""
    lines = unique_lines(cards, lambda card: [line for part in card.outcomes for line in (*part.local, *part.national)])
    found = [Signal.COMPARISON]
    if not lines or any(line.trend.method or isinstance(line.special_cause, SpecialCause) for line in lines):
        found.append(Signal.TREND)
    if 2 * sum(headline_target(line) is not None for line in lines) > len(lines):
        found.append(Signal.TARGET)
    return tuple(found)


def glance_label(signal: Signal, cards: Sequence[Scorecard]) -> str:
    """Return the name of a row of marks; where some lines have a special cause, they share the row of trends."""
    has_causes = any(isinstance(line.special_cause, SpecialCause) for card in cards for line in card.lines)
    return say("glance_row_change" if signal is Signal.TREND and has_causes else _GLANCE_ROWS[signal])


def _glance_item(
    number: int, tier: str, name: str, line: IndicatorLine | None, signals: Sequence[Signal], of: str
) -> GlanceItem:
    if line is None:
        return GlanceItem(number, tier, (), say("glance_none", measure=name, reason=say("glance_not_here")))
    if line.current is None or line.current.value.value is None:
        reason = reason_text(line.current.value) if line.current else say("not_yet").lower()
        return GlanceItem(number, tier, (), say("glance_none", measure=name, reason=reason))
    comparison = first_comparison_word(line)
    moving, direction, what = movement(line)
    target = headline_target(line)
    held = target.word if target else Word.NO_TARGET
    told = {
        Signal.COMPARISON: (comparison.value, mark_of(comparison)),
        Signal.TREND: (f"{what.lower()}: {moving.value}", mark_of(moving, direction)),
        Signal.TARGET: (say("glance_target", word=held.value), mark_of(held)),
    }
    text = say("glance_says", measure=name, words="; ".join(told[signal][0] for signal in signals))
    reply = reply_note(line) if calls_for_reply(line) else ""
    return GlanceItem(number, tier, tuple(told[signal][1] for signal in signals), text, of, reply)


def _glance_chunks(items: Sequence[GlanceItem]) -> tuple[tuple[GlanceItem, ...], ...]:
    """Marks that stand in one row: all if they fit, else local and national apart, so that each row has its labels."""
    if len(items) <= _MARKS_A_ROW:
        return (tuple(items),) if items else ()
    chunks: list[tuple[GlanceItem, ...]] = []
    for tier in ("local", "national"):
        here = [item for item in items if item.tier == tier]
        # rows of even length: eight marks stand as four and four
        size = -(-len(here) // -(-len(here) // _MARKS_A_ROW)) if here else 1
        chunks += [tuple(here[start : start + size]) for start in range(0, len(here), size)]
    return tuple(chunks)


def _numbered(section_id: str, cards: Sequence[Scorecard]) -> _Numbered:
    """The measures of an outcome, numbered alike in every table: local first."""
    found = [
        (tier, line) for tier in (Tier.LOCAL, Tier.NATIONAL) for line in unique_lines(cards, lines_in(section_id, tier))
    ]
    return tuple((number, tier.value, line) for number, (tier, line) in enumerate(found, 1))


def _glance_row(
    title: str, numbered: _Numbered, here: Sequence[Scorecard], by_place: LinesByPlace, signals: Sequence[Signal]
) -> GlanceRow:
    cells = []
    for card in here:
        of_card = by_place[card.place.area_code]
        items = [
            _glance_item(
                number,
                tier,
                line.short_name or line.name,
                of_card.get(line.key),
                signals,
                of_measure(card, of_card.get(line.key, line)),
            )
            for number, tier, line in numbered
        ]
        cells.append(_glance_chunks(items))
    return GlanceRow(
        title,
        tuple((number, line.short_name or line.name) for number, tier, line in numbered if tier == "local"),
        tuple((number, line.short_name or line.name) for number, tier, line in numbered if tier == "national"),
        tuple(cells),
    )


def places_tables(
    cards: Sequence[Scorecard], groups: Sequence[PlaceGroup], signals: Sequence[Signal]
) -> tuple[PlacesTable, ...]:
    """Return a table for each group of places.

    Arguments:
        cards: The scorecards in the order of the page.
        groups: The same, as they share tables.
        signals: The rows of marks.
    """
    outcomes = [(section.title, _numbered(section.id, cards)) for section in sections_of(cards)]
    by_place = lines_by_place(cards)
    titles = {line.id: (line.title, line.question) for card in cards for line in card.profile}
    # where nobody's residents are recorded, it is not said of each that they are not
    unknown = say("population_unknown") if any(card.place.population is not None for card in cards) else ""
    return tuple(
        _places_table(
            group,
            tuple(_glance_row(title, numbered, group.cards, by_place, signals) for title, numbered in outcomes),
            titles,
            unknown,
        )
        for group in groups
    )


def _places_table(
    group: PlaceGroup, glance: tuple[GlanceRow, ...], titles: Mapping[str, tuple[str, str]], unknown: str
) -> PlacesTable:
    here = group.cards
    heads = tuple(
        PlaceHead(
            card.place.name,
            href_of(card),
            say("residents", number=f"{card.place.population:,}") if card.place.population is not None else unknown,
        )
        for card in here
    )
    rows = [
        {line.id: row for line, row in zip(card.profile, profile_rows(card.profile, a_row=12), strict=True)}
        for card in here
    ]
    return PlacesTable(
        group.whole if group.is_first else "",
        heads,
        glance,
        tuple(
            (title, question, tuple(of.get(line_id) for of in rows)) for line_id, (title, question) in titles.items()
        ),
    )
