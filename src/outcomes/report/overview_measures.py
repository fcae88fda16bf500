"""Draws every measure in every place, small and on one scale: the tables of the overview that end it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from outcomes.report.charts import Scale, scale_of, sparkline
from outcomes.report.data_state import Chip, chip_of
from outcomes.report.dispute_view import disputed_numbers
from outcomes.report.formatting import shortened, value_text
from outcomes.report.headline import headline
from outcomes.report.line_series import series_of
from outcomes.report.line_tables import point_period, printed_value
from outcomes.report.marks import Mark
from outcomes.report.overview_groups import PlaceGroup, href_of
from outcomes.report.overview_lines import (
    LinesByPlace,
    lines_by_place,
    lines_in,
    of_measure,
    sections_of,
    unique_lines,
)
from outcomes.report.replies import reply_note
from outcomes.report.signals import reason_text
from outcomes.report.wording import say, sentence_case
from outcomes.scorecard.model import UNWELCOME_WORDS, IndicatorLine, Scorecard
from outcomes.vocabulary import Polarity, Tier, Word

__all__ = ["MeasureTable", "measure_tables"]


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
    of, disputed = of_measure(card, line), disputed_numbers(line)
    drawn = sparkline(series_of(line, with_targets=False), label, width=108, height=36, scale=scale)
    shown = value_text(line.current.value.value, line.decimals, "%") if line.unit == "%" else printed
    return MiniView(
        place, anchor, shown, period, Markup(drawn), mark, sentence_case(word), reply, None, "", of, disputed
    )


def _measure(line: IndicatorLine, by_place: LinesByPlace) -> _Measure:
    of_place = {area_code: of_card.get(line.key) for area_code, of_card in by_place.items()}
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


def measure_tables(cards: Sequence[Scorecard], groups: Sequence[PlaceGroup]) -> tuple[MeasureTable, ...]:
    """Return the tables of every measure: an outcome after the other, and in it a table for each group of places.

    Arguments:
        cards: The scorecards in the order of the page.
        groups: The same, as they share tables.
    """
    by_place, tables = lines_by_place(cards), []
    for section in sections_of(cards):
        of_tiers = [
            (say(key), [_measure(line, by_place) for line in unique_lines(cards, lines_in(section.id, tier))])
            for tier, key in ((Tier.LOCAL, "tier_local"), (Tier.NATIONAL, "tier_national"))
        ]
        for group in groups:
            tiers = tuple((key, tuple(_measure_row(one, group.cards) for one in known)) for key, known in of_tiers)
            tables.append(_measure_table(section.title, group, tiers))
    operational = [_measure(line, by_place) for line in unique_lines(cards, lambda card: card.operational)]
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
