"""Turns all scorecards into what the overview prints: six sentences, glance marks, ten lines, late promises, multiples.

Places stand in alphabetical order within their level and whole. Nothing is ranked or added up over measures.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from outcomes.report.accountability_view import CommitmentRow, ProfileRow, late_rows, profile_rows
from outcomes.report.challenge_view import ChallengesSection, challenges_of_all
from outcomes.report.chance_view import remaining_places
from outcomes.report.charts import Scale, scale_of, sparkline
from outcomes.report.data_state import Chip, chip_of
from outcomes.report.dispute_view import disputed_numbers
from outcomes.report.formatting import date_text, joined, shortened, value_text
from outcomes.report.headline import first_comparison_word, headline, movement
from outcomes.report.line_series import series_of
from outcomes.report.line_tables import point_period, printed_value
from outcomes.report.marks import Mark, mark_of
from outcomes.report.overview_brief import brief_sentences
from outcomes.report.overview_groups import FinderRow, PlaceGroup, finder_rows, href_of, most_cards, place_groups
from outcomes.report.place_view import made_from
from outcomes.report.replies import replies_counted, reply_note
from outcomes.report.signals import headline_target, reason_text
from outcomes.report.voice_view import InsightView, insight_views
from outcomes.report.wording import counted, in_words, say, sentence_case
from outcomes.scorecard.model import (
    UNWELCOME_WORDS,
    IndicatorLine,
    OutcomeSection,
    Scorecard,
    SpecialCause,
    Voices,
    calls_for_reply,
)
from outcomes.vocabulary import Polarity, Signal, Tier, Word

__all__ = ["OverviewView", "overview_view"]

# as many as a column of four places holds
_MARKS_A_ROW: Final = 7
_GLANCE_ROWS: Final = {
    Signal.COMPARISON: "glance_row_comparison",
    Signal.TREND: "glance_row_trend",
    Signal.TARGET: "glance_row_target",
}


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
class MiniView:
    """One measure in one place: value, small line, word, reply; or the Reason why there is none."""

    place: str
    href: str
    value: str
    period: str
    spark: Markup
    mark: Mark | None
    word: str
    reply: str
    chip: Chip | None
    note: str
    of: str
    disputed: str = ""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure in every place of a table."""

    name: str
    note: str
    cells: tuple[MiniView, ...]


@dataclass(frozen=True, slots=True)
class _Measure:
    """What the rows of one measure have in common in all tables: its lines by place, on one scale."""

    name: str
    note: str
    of_place: dict[str, IndicatorLine | None]
    scale: Scale | None


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """The measures of one outcome in a few places, by tier."""

    title: str
    caption: str
    places: tuple[str, ...]
    tiers: tuple[tuple[str, tuple[MeasureRow, ...]], ...]


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


@dataclass(frozen=True, slots=True)
class OverviewView:
    """The overview; `cards` are the scorecards in the order of the page."""

    cards: tuple[Scorecard, ...]
    title: str
    lede: str
    stamp: tuple[str, ...]
    brief: tuple[tuple[str, str], ...]
    remaining: tuple[tuple[str, str], ...]
    finder: tuple[FinderRow, ...]
    order_text: str
    glance_rows: tuple[str, ...]
    tables: tuple[PlacesTable, ...]
    replies: str
    late: tuple[CommitmentRow, ...]
    challenges: ChallengesSection
    voices: tuple[InsightView, ...]
    measures: tuple[MeasureTable, ...]
    made_from: str
    attributions: tuple[str, ...]


def _unique(cards: Sequence[Scorecard], parts: Callable[[Scorecard], Sequence[IndicatorLine]]) -> list[IndicatorLine]:
    """Every measure that any card has, once, in the order of the first card that has it."""
    found: dict[tuple[str, int], IndicatorLine] = {}
    for card in cards:
        for line in parts(card):
            found.setdefault(line.key, line)
    return list(found.values())


def _sections(cards: Sequence[Scorecard]) -> list[OutcomeSection]:
    found: dict[str, OutcomeSection] = {}
    for card in cards:
        for section in card.outcomes:
            found.setdefault(section.id, section)
    return list(found.values())


def _lines_in(section_id: str, tier: Tier) -> Callable[[Scorecard], tuple[IndicatorLine, ...]]:
    def lines(card: Scorecard) -> tuple[IndicatorLine, ...]:
        for section in card.outcomes:
            if section.id == section_id:
                return section.local if tier is Tier.LOCAL else section.national
        return ()

    return lines


def _glance_signals(cards: Sequence[Scorecard]) -> tuple[Signal, ...]:
    """The rows of marks: comparison; trend or special cause unless no measure has a method; target if most have."""
    lines = _unique(cards, lambda card: [line for part in card.outcomes for line in (*part.local, *part.national)])
    found = [Signal.COMPARISON]
    if not lines or any(line.trend.method or isinstance(line.special_cause, SpecialCause) for line in lines):
        found.append(Signal.TREND)
    if 2 * sum(headline_target(line) is not None for line in lines) > len(lines):
        found.append(Signal.TARGET)
    return tuple(found)


def _glance_label(signal: Signal, cards: Sequence[Scorecard]) -> str:
    """The name of a row of marks; where some lines have a special cause, they share the row of trends."""
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


def _of(card: Scorecard, line: IndicatorLine) -> str:
    """Names place and measure, so that an unwelcome word and its reply are found beside each other."""
    return f"{card.place.area_code}/{line.page_name}"


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


def _glance_row(
    section: OutcomeSection, everyone: Sequence[Scorecard], here: Sequence[Scorecard], signals: Sequence[Signal]
) -> GlanceRow:
    numbered: list[tuple[int, str, IndicatorLine]] = []
    for tier, key in ((Tier.LOCAL, "local"), (Tier.NATIONAL, "national")):
        for line in _unique(everyone, _lines_in(section.id, tier)):
            numbered.append((len(numbered) + 1, key, line))
    cells = []
    for card in here:
        of_card = {line.key: line for line in card.lines}
        items = [
            _glance_item(
                number,
                tier,
                line.short_name or line.name,
                of_card.get(line.key),
                signals,
                _of(card, of_card.get(line.key, line)),
            )
            for number, tier, line in numbered
        ]
        cells.append(_glance_chunks(items))
    return GlanceRow(
        section.title,
        tuple((number, line.short_name or line.name) for number, tier, line in numbered if tier == "local"),
        tuple((number, line.short_name or line.name) for number, tier, line in numbered if tier == "national"),
        tuple(cells),
    )


def _mini(card: Scorecard, line: IndicatorLine | None, scale: Scale | None) -> MiniView:
    place, href = card.place.name, href_of(card)
    if line is None:
        chip = Chip("say", sentence_case(Word.NOT_ASKED.value))
        return MiniView(place, href, "", "", Markup(""), None, "", "", chip, say("not_asked"), "")
    anchor = f"{href}#m-{line.page_name}"
    if line.current is None or line.current.value.value is None:
        value = line.current.value if line.current else None
        note = sentence_case(reason_text(value)) if value else line.data_note
        return MiniView(place, anchor, "", "", Markup(""), None, "", "", chip_of(value), note, "")
    mark, word = headline(line)
    period = point_period(line, line.current)
    printed = printed_value(line.current.value, line.decimals, "")
    label = say(
        "mini_label",
        measure=shortened(line.short_name or line.name, 40),
        place=shortened(place, 30),
        value=value_text(line.current.value.value, line.decimals, line.unit),
        period=period,
        word=word,
    )
    reply = reply_note(line) if word in UNWELCOME_WORDS else ""
    of, disputed = _of(card, line), disputed_numbers(line)
    drawn = sparkline(series_of(line, with_targets=False), label, width=108, height=36, scale=scale)
    shown = value_text(line.current.value.value, line.decimals, "%") if line.unit == "%" else printed
    return MiniView(
        place, anchor, shown, period, Markup(drawn), mark, sentence_case(word), reply, None, "", of, disputed
    )


def _measure(line: IndicatorLine, everyone: Sequence[Scorecard]) -> _Measure:
    of_place = {card.place.area_code: _line_of(card, line.key) for card in everyone}
    found = [known for known in of_place.values() if known is not None]
    scale = scale_of([series_of(known, with_targets=False) for known in found], with_targets=False)
    notes = [line.unit] if line.unit else []
    periods = dict.fromkeys(point_period(known, known.current) for known in found if known.current is not None)
    notes += [" / ".join(periods)] if periods else []
    if line.polarity is not Polarity.NO_JUDGEMENT:
        notes.append(say(f"polarity_{line.polarity.value}"))
    return _Measure(line.short_name or line.name, ", ".join(notes), of_place, scale)


def _measure_row(measure: _Measure, here: Sequence[Scorecard]) -> MeasureRow:
    cells = tuple(_mini(card, measure.of_place[card.place.area_code], measure.scale) for card in here)
    return MeasureRow(measure.name, measure.note, cells)


def _line_of(card: Scorecard, key: tuple[str, int]) -> IndicatorLine | None:
    return next((line for line in card.lines if line.key == key), None)


def _measure_tables(cards: Sequence[Scorecard], groups: Sequence[PlaceGroup]) -> tuple[MeasureTable, ...]:
    tables = []
    for section in _sections(cards):
        of_tiers = [
            (say(key), [_measure(line, cards) for line in _unique(cards, _lines_in(section.id, tier))])
            for tier, key in ((Tier.LOCAL, "tier_local"), (Tier.NATIONAL, "tier_national"))
        ]
        for group in groups:
            tiers = tuple((key, tuple(_measure_row(one, group.cards) for one in known)) for key, known in of_tiers)
            tables.append(_measure_table(section.title, group, tiers))
    operational = [_measure(line, cards) for line in _unique(cards, lambda card: card.operational)]
    for group in groups if operational else ():
        rows = tuple(_measure_row(one, group.cards) for one in operational)
        tables.append(_measure_table(say("operational"), group, ((say("tier_operational"), rows),)))
    return tuple(tables)


def _measure_table(
    title: str, group: PlaceGroup, tiers: tuple[tuple[str, tuple[MeasureRow, ...]], ...]
) -> MeasureTable:
    shown = tuple((name, rows) for name, rows in tiers if rows)
    heading = say("every_within", outcome=title, whole=group.whole) if group.whole else title
    names = tuple(card.place.name for card in group.cards)
    return MeasureTable(heading, say("every_caption", outcome=heading), names, shown)


def _places_table(cards: Sequence[Scorecard], group: PlaceGroup, signals: Sequence[Signal]) -> PlacesTable:
    here = group.cards
    # where nobody's residents are recorded, it is not said of each that they are not
    unknown = say("population_unknown") if any(card.place.population is not None for card in cards) else ""
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
    titles = {line.id: (line.title, line.question) for card in cards for line in card.profile}
    return PlacesTable(
        group.whole if group.is_first else "",
        heads,
        tuple(_glance_row(section, cards, here, signals) for section in _sections(cards)),
        tuple(
            (title, question, tuple(of.get(line_id) for of in rows)) for line_id, (title, question) in titles.items()
        ),
    )


def _stamp(cards: Sequence[Scorecard]) -> tuple[str, ...]:
    if not cards:
        return ()
    stamp = [joined([counted(len([c for c in cards if c.place.level is level]), say(f"level_{level.value}"))
                     for level in dict.fromkeys(card.place.level for card in cards)])]  # fmt: skip
    locals_ = {line.key for card in cards for section in card.outcomes for line in section.local}
    nationals = {line.key for card in cards for section in card.outcomes for line in section.national}
    stamp.append(say("tier_counts", local=len(locals_), national=len(nationals)))
    stamp.append(say("as_of", date=joined(list(dict.fromkeys(date_text(card.as_of) for card in cards)))))
    return tuple(stamp)


def overview_view(
    cards: Sequence[Scorecard],
    title: str,
    remaining: Mapping[str, tuple[str, ...]] | None = None,
    voices: Voices | None = None,
) -> OverviewView:
    """Return everything that the overview prints.

    Arguments:
        cards: The scorecards, in any order.
        title: The name of the whole.
        remaining: Area code to the measures whose difference stays among those of all pages; None where nobody asked.
        voices: What people said anywhere, seen from the whole; None where nobody looked.
    """
    groups = place_groups(cards)
    ordered = tuple(card for group in groups for card in group.cards)
    finder = finder_rows(groups)
    signals = _glance_signals(ordered)
    noun = say(f"level_{ordered[0].place.level.value}") if len({card.place.level for card in ordered}) == 1 else "area"
    lede = say("no_places")
    if len(ordered) == 1:
        lede = say("overview_lede_one")
    elif ordered:
        lede = say("overview_lede", places=sentence_case(in_words(len(ordered), noun)))
    return OverviewView(
        cards=ordered,
        title=title,
        lede=lede,
        stamp=_stamp(ordered),
        brief=brief_sentences(most_cards(ordered), remaining),
        remaining=remaining_places(most_cards(ordered), remaining)
        if remaining is not None and any(card.summary.differing for card in ordered)
        else (),
        finder=finder,
        order_text=say("glance_text_within" if finder else "glance_text"),
        glance_rows=tuple(_glance_label(signal, cards) for signal in signals),
        tables=tuple(_places_table(ordered, group, signals) for group in groups),
        replies=replies_counted(tuple(card.summary for card in ordered)),
        late=late_rows(ordered),
        challenges=challenges_of_all(ordered),
        voices=insight_views(voices, pages={card.place.area_code for card in ordered}) if voices else (),
        measures=_measure_tables(ordered, groups),
        made_from=made_from(ordered[0]) if ordered else "",
        attributions=tuple(dict.fromkeys(text for card in ordered for text in card.attributions)),
    )
