"""Turns the places of one partner into what its own page prints: its data, promises, part in measures, replies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from markupsafe import Markup

from outcomes.report.accountability_view import CommitmentRow, commitment_rows
from outcomes.report.brief_view import brief_sentence
from outcomes.report.charts import sparkline
from outcomes.report.dispute_view import disputed_numbers
from outcomes.report.formatting import date_text, joined
from outcomes.report.headline import headline
from outcomes.report.line_series import series_of, spark_label
from outcomes.report.line_tables import interval_of, point_period, printed_value
from outcomes.report.marks import Mark, mark_of
from outcomes.report.partner_duties import Standing
from outcomes.report.printed import figure_key
from outcomes.report.replies import reply_note, when_due
from outcomes.report.signals import compared_with, period_of_text, set_by_text
from outcomes.report.target_words import goal_text
from outcomes.report.wording import counted, say, sentence_case
from outcomes.scorecard.model import AskedOfPartner, IndicatorLine, MeasureReturns, PartnerPart, calls_for_reply
from outcomes.vocabulary import Role, Word

__all__ = [
    "AskedRow",
    "Contribution",
    "DataRow",
    "PartRow",
    "SlotRow",
    "UsedRow",
    "WholePlace",
    "asked_rows",
    "contributions",
    "data_rows",
    "data_sentence",
    "own_promises",
    "slot_rows",
    "used_rows",
    "used_sentence",
    "whole_places",
]

_GOOD: Final = Mark("good", "tick")
_LATE: Final = Mark("bad", "clock")
_BACK: Final = Mark("bad", "cross")
_NOT_DUE: Final = Mark("same", "clock")


@dataclass(frozen=True, slots=True)
class DataRow:
    """What came of one measure for one place and period."""

    measure: str
    place: str
    period: str
    due: str
    mark: Mark
    state: str
    counts: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """A partner's part in one measure of one place, with the place's value beside it."""

    key: str
    figure: str
    name: str
    href: str
    note: str
    roles: str
    value: str
    interval: str
    period: str
    spark: Markup
    mark: Mark
    word: str
    reply: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """A partner's part in the measures of one place."""

    place: str
    anchor: str
    value_head: str
    rows: tuple[PartRow, ...]


@dataclass(frozen=True, slots=True)
class UsedRow:
    """What the figures of one measure are used for."""

    measure: str
    used_for: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedRow:
    """What one partner is asked for."""

    partner: str
    is_here: bool
    measures: int
    rows: int
    shared: int


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A measure that waits for a reply."""

    key: str
    measure: str
    href: str
    text: str


@dataclass(frozen=True, slots=True)
class WholePlace:
    """One place in a sentence, with the way to its page."""

    text: str
    link: str
    href: str


def data_rows(standings: Sequence[Standing]) -> tuple[DataRow, ...]:
    """Return what was expected of a partner lately and what came: by measure, then place, the latest period first."""
    found = [(one, standing.card.place.name) for standing in standings for one in standing.line.returns]
    found.sort(key=lambda pair: (pair[0].name, pair[0].indicator, pair[1], -pair[0].period_start.toordinal()))
    return tuple(_data_row(one, place) for one, place in found)


def _data_row(one: MeasureReturns, place: str) -> DataRow:
    came = one.on_time + one.late
    states = (
        (one.rejected, _BACK, "own_came_rejected"),
        (one.missing, _LATE, "own_came_missing"),
        (one.late, _LATE, "own_came_late"),
        (one.not_yet_due, _NOT_DUE, "own_came_not_due"),
    )
    mark, key = next(((mark, key) for number, mark, key in states if number), (_GOOD, "own_came_on_time"))
    counts = "" if one.not_yet_due == one.expected else say("own_came_counts", came=came, all=one.expected)
    if one.revised:
        counts = f"{counts}, {say('own_came_revised', number=one.revised)}"
    if one.sources_missing:
        counts = f"{counts}, {say('own_came_without', sources=joined(one.sources_missing))}"
        mark, key = (_LATE, "own_came_sources") if key == "own_came_on_time" else (mark, key)
    if one.sources_late:
        counts = f"{counts}, {say('own_came_late_of', sources=joined(one.sources_late))}"
    return DataRow(
        measure=one.name,
        place=place,
        period=period_of_text(one.period_kind, one.period),
        due=date_text(one.due_on, short=True),
        mark=mark,
        state=say(key),
        counts=counts,
    )


def data_sentence(standings: Sequence[Standing]) -> str:
    """Return how many figures were due of a partner lately, and what became of them."""
    rows = [one for standing in standings for one in standing.line.returns]
    if not rows:
        return say("own_data_none")
    return say(
        "own_data_text",
        due=counted(sum(one.expected - one.not_yet_due for one in rows), "figure"),
        on_time=sum(one.on_time for one in rows),
        late=sum(one.late for one in rows),
        rejected=sum(one.rejected for one in rows),
        missing=sum(one.missing for one in rows),
    )


def own_promises(standings: Sequence[Standing]) -> tuple[CommitmentRow, ...]:
    """Return the promises of one partner in all its places, place by place."""
    rows: list[CommitmentRow] = []
    for standing in standings:
        own = [one for one in standing.card.commitments if one.id in standing.line.commitments]
        rows += commitment_rows(own, standing.card.place.name)
    return tuple(rows)


def contributions(standings: Sequence[Standing]) -> tuple[Contribution, ...]:
    """Return a partner's part in each measure, place by place, in the order of the places' pages."""
    found = []
    for standing in standings:
        parts = {part.indicator: part for part in standing.line.parts}
        place = standing.card.place
        rows = tuple(
            _part_row(line, parts[line.indicator_id], place.area_code)
            for line in standing.card.lines
            if line.indicator_id in parts
        )
        if rows:
            head = say("own_value", place=place.name)
            found.append(Contribution(place.name, f"at-{place.area_code}", head, rows))
    return tuple(found)


def _measure_href(area_code: str, page_name: str) -> str:
    return f"../indicators/{quote(area_code)}/{quote(page_name)}.html"


def _part_row(line: IndicatorLine, part: PartnerPart, area_code: str) -> PartRow:
    current = line.current
    value = current.value if current else None
    unit = line.unit if line.unit.startswith(("%", "£")) else ""
    mark, word = headline(line)
    said = sentence_case(word)
    if line.comparisons and line.comparisons[0].first_word.value == word:
        said = sentence_case(compared_with(line.comparisons[0]))
    owners = counted(len(line.owners), "owner") if line.owners else say("no_owner")
    return PartRow(
        key=f"{area_code}/{line.page_name}",
        figure=figure_key(line.page_name, current.period, area_code) if current else "",
        name=line.name,
        href=_measure_href(area_code, line.page_name),
        note=". ".join(
            text
            for text in (say("own_owners", tier=say(f"tier_{line.tier.value}"), owners=owners), disputed_numbers(line))
            if text
        ),
        roles=sentence_case(joined([say(f"role_{role.value}") for role in part.roles])),
        value=printed_value(value, line.decimals, unit) if value else say("not_yet"),
        interval=interval_of(value, line.decimals) if value else "",
        period=point_period(line, current) if current else "",
        spark=Markup(sparkline(series_of(line), spark_label(line))),
        mark=mark if value and value.value is not None else mark_of(Word.CANNOT_TELL),
        word=said,
        reply=reply_note(line) if calls_for_reply(line) else "",
    )


def used_rows(standings: Sequence[Standing]) -> tuple[UsedRow, ...]:
    """Return what the figures that a partner sends are used for: pages, sets of measures, targets."""
    lines: dict[tuple[str, int], list[tuple[IndicatorLine, str]]] = {}
    for standing in standings:
        sent = {part.indicator for part in standing.line.parts if Role.SUPPLIES_DATA in part.roles}
        for line in standing.card.lines:
            if line.indicator_id in sent:
                lines.setdefault(line.key, []).append((line, standing.card.place.name))
    rows = []
    for found in lines.values():
        sets = dict.fromkeys(title for line, _ in found for title in (line.framework_title, *line.also_in))
        pages = say("own_used_pages", places=joined([place for _, place in found]))
        rows.append(
            UsedRow(
                measure=found[0][0].short_name or found[0][0].name,
                used_for=f"{joined(tuple(sets))}; {pages}",
                targets=tuple(dict.fromkeys(text for line, _ in found for text in _targets(line))),
            )
        )
    return tuple(sorted(rows, key=lambda row: row.measure))


def _targets(line: IndicatorLine) -> list[str]:
    texts = []
    for target in line.targets:
        if target.word is Word.NO_TARGET:
            continue
        goal = f"{goal_text(line, target)}, {set_by_text(target.set_by)}"
        key = "own_used_target" if target.decision else "own_used_target_undecided"
        texts.append(say(key, goal=goal, decision=target.decision))
    return texts


def used_sentence(standings: Sequence[Standing]) -> str:
    """Return how many of the measures that a partner sends answer more than one set; that it sends none."""
    sets: dict[tuple[str, int], set[str]] = {}
    for standing in standings:
        sent = {part.indicator for part in standing.line.parts if Role.SUPPLIES_DATA in part.roles}
        for line in standing.card.lines:
            if line.indicator_id in sent:
                sets.setdefault(line.key, set()).update((line.framework_title, *line.also_in))
    if not sets:
        return say("own_used_none")
    return say(
        "own_used_once",
        number=sentence_case(counted(len(sets), "measure")),
        more=sum(len(titles) > 1 for titles in sets.values()),
    )


def asked_rows(standings: Sequence[Standing], code: str) -> tuple[AskedRow, ...]:
    """Return what each partner is asked for in all these places together, in alphabetical order.

    A measure that it sends for several places is one measure, and takes the rows of each.
    """
    asked: dict[str, list[AskedOfPartner]] = {}
    for standing in standings:
        for one in standing.card.asked:
            asked.setdefault(one.partner_code, []).append(one)
    rows = []
    for partner_code, places in asked.items():
        uses = {(line.indicator_id, line.indicator_version): line.uses for one in places for line in one.lines}
        rows.append(
            AskedRow(
                partner=places[0].partner,
                is_here=partner_code == code,
                measures=len(uses),
                rows=sum(one.lines_a_year for one in places),
                shared=sum(number > 1 for number in uses.values()),
            )
        )
    return tuple(sorted(rows, key=lambda row: row.partner))


def slot_rows(standings: Sequence[Standing]) -> tuple[SlotRow, ...]:
    """Return the measures that a partner answers for, that say something unwelcome and have no reply yet.

    Those that are overdue come first.
    """
    found: list[tuple[bool, SlotRow]] = []
    for standing in standings:
        owned = {part.indicator for part in standing.line.parts if Role.ACCOUNTABLE in part.roles}
        place = standing.card.place
        for line in standing.card.lines:
            if line.indicator_id in owned and calls_for_reply(line) and not line.replies:
                whose = say("own_reply_slot" if len(line.owners) > 1 else "own_reply_alone")
                row = SlotRow(
                    key=f"{place.area_code}/{line.page_name}",
                    measure=f"{line.short_name or line.name}, {place.name}",
                    href=_measure_href(place.area_code, line.page_name),
                    text=f"{when_due(line)} {whose}".strip(),
                )
                found.append((line.is_reply_overdue, row))
    # what is overdue first, else as on the pages
    return tuple(row for _, row in sorted(found, key=lambda one: not one[0]))


def whole_places(standings: Sequence[Standing]) -> tuple[WholePlace, ...]:
    """Return each place of a partner in one sentence, with the way to its page."""
    return tuple(
        WholePlace(
            text=say("own_whole_text", place=standing.card.place.name, sentence=brief_sentence(standing.card)),
            link=say("own_whole_link", place=standing.card.place.name),
            href=f"../places/{quote(standing.card.place.area_code)}.html",
        )
        for standing in standings
    )
