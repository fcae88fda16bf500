"""Turns one IndicatorLine into what a page prints of it: strings, marks and drawings, nothing left to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from outcomes.period import period_from_text
from outcomes.report.balance_view import balance_text
from outcomes.report.charts import sparkline
from outcomes.report.data_state import Chip, chip_of, data_notes
from outcomes.report.definition_view import WHAT_IS_COUNTED, definition_pairs
from outcomes.report.dispute_view import DisputeView, dispute_views, disputed_numbers, disputes_now
from outcomes.report.formatting import date_text, joined, value_text
from outcomes.report.former_areas import former_areas_notes
from outcomes.report.headline import headline, movement
from outcomes.report.inequality_view import inequality_facts, inequality_view
from outcomes.report.line_series import series_of, spark_label
from outcomes.report.line_tables import (
    GroupTable,
    PartRow,
    group_tables,
    interval_of,
    part_rows,
    period_rows,
    point_period,
    printed_value,
)
from outcomes.report.marks import mark_of
from outcomes.report.printed import figure_key
from outcomes.report.replies import when_due
from outcomes.report.signals import SignalView, comparison_views, period_of_text, target_view, trend_view
from outcomes.report.special_cause_view import special_cause_views
from outcomes.report.target_words import is_drawn
from outcomes.report.timeline_view import LONG, NO_TIMELINE, TimelineView, timeline_view
from outcomes.report.wording import counted, say, sentence_case
from outcomes.scorecard.model import IndicatorLine, Inequality, SpecialCause, Value, calls_for_reply
from outcomes.vocabulary import PopulationBasis, Word

__all__ = [
    "Chip",
    "LineView",
    "chip_of",
    "headline",
    "line_view",
    "movement",
    "series_of",
    "shared_note",
    "spark_label",
]

_BASIS: Final = {PopulationBasis.RESIDENT: "basis_resident", PopulationBasis.REGISTERED: "basis_registered"}


@dataclass(frozen=True, slots=True)
class Reply:
    """A partner's words beside a figure."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class LineView:
    """One line as it is printed; `line` is what it was made from, `figure` names its current figure on every page."""

    line: IndicatorLine
    figure: str
    anchor: str
    subtitle: str
    value: str
    unit: str
    interval: str
    period: str
    spark: Markup
    timeline: TimelineView
    first_period: str
    last_period: str
    comparisons: tuple[SignalView, ...]
    moves: tuple[SignalView, ...]
    moves_label: str
    targets: tuple[SignalView, ...]
    inequality: SignalView | None
    inequality_facts: tuple[tuple[str, str], ...]
    chip: Chip
    notes: tuple[str, ...]
    replies: tuple[Reply, ...]
    reply_slot: str
    disputed: str
    disputes: tuple[DisputeView, ...]
    every_dispute: tuple[DisputeView, ...]
    balance: str
    columns: tuple[str, ...]
    period_rows: Markup
    former_areas: tuple[str, ...]
    parts: tuple[PartRow, ...]
    parts_note: str
    of_measure: str
    figures_caption: str
    parts_summary: str
    parts_caption: str
    groups_caption: str
    groups: tuple[GroupTable, ...]
    counted: tuple[tuple[str, str, str], ...]
    definition: tuple[tuple[str, str, str], ...]


def _with_basis(line: IndicatorLine, period: str) -> str:
    """A period with whom the measure counts, where that is said: the same people are told of beside every value."""
    basis = line.definition.population_basis
    return ", ".join(text for text in (period, say(_BASIS[basis]) if basis else "") if text)


def _subtitle(line: IndicatorLine) -> str:
    official = (
        say("official", framework=line.defined_in or line.framework_title, code=line.official_code)
        if line.official_code
        else line.framework_title
    )
    owners = (
        say("owners", count=counted(len(line.owners), "owner"), owners=joined(line.owners))
        if line.owners
        else say("no_owner")
    )
    mark = f" {say('to_be_confirmed')}" if line.definition.is_to_be_confirmed else ""
    return f"{official}. {owners}.{mark}" if mark else f"{official}. {owners}"


def shared_note(lines: Sequence[IndicatorLine], signal: str) -> str:
    """Return the one sentence with which every line says that a signal is not computed; empty if they differ.

    A page then says it once, in place of a column that says the same on every line.
    """
    said: set[str] = set()
    for line in lines:
        built = getattr(line, signal)
        if isinstance(built, SpecialCause | Inequality):
            # where some lines have it, the others say that they have not
            return ""
        said.add(built.because if built is not None else "")
    said.discard("")
    return said.pop() if len(said) == 1 else ""


def line_view(
    line: IndicatorLine,
    place: str,
    *,
    area_code: str = "",
    said_once: frozenset[str] = frozenset(),
    with_depth: bool = True,
    with_drawing: bool = True,
    drawn_from: int = LONG,
    terms: frozenset[str] = WHAT_IS_COUNTED,
) -> LineView:
    """Return one line as it is printed.

    Arguments:
        line: The line.
        place: The name of its place, for captions.
        area_code: The code of its place, by which its figures are known on every page; empty where nobody compares.
        said_once: Sentences about signals not computed that the page says once, and no line repeats.
        with_depth: Whether what its own page tells is made: large drawing, every period, whole definition.
        with_drawing: Whether the large drawing is among it.
        drawn_from: How many periods with a value make a large drawing.
        terms: Which entries of the definition stand beside the line, by their keys.
    """
    current = line.current
    columns, rows = period_rows(line) if with_depth else ((), Markup(""))
    unwelcome = calls_for_reply(line) and not line.replies
    owners = joined(line.owners)
    without = say("no_benchmark") if line.current is not None else say("nothing_to_compare")
    slot = say("reply_invited", owners=owners) if owners else say("reply_invited_anyone")
    causes = special_cause_views(line)
    # months have no trend by the national rule: what is not asked is not said to be untold
    moves = causes if causes and line.trend.word is Word.CANNOT_TELL else (trend_view(line), *causes)
    whole = current.value.value if current else None
    last = line.points[-1] if line.points else None
    ends = [target.target_period for target in line.targets if target.target_period and is_drawn(target)]
    final = _last_shown(line, ends) if last is not None else ""
    value = current.value if current else None
    period = point_period(line, current) if current else ""
    short = line.short_name or line.name
    series, label = series_of(line), spark_label(line)
    return LineView(
        line=line,
        figure=figure_key(line.page_name, current.period, area_code) if current else "",
        anchor=f"m-{line.page_name}",
        subtitle=_subtitle(line),
        value=_main_value(line, value),
        unit=line.unit
        if value is not None and value.value is not None and not line.unit.startswith(("%", "£"))
        else "",
        interval=(interval_of(value, line.decimals) or say("no_interval")) if value and value.value is not None else "",
        period=_with_basis(line, period),
        spark=Markup(sparkline(series, label)),
        timeline=timeline_view(line, series, label, place, drawn_from=drawn_from)
        if with_depth and with_drawing
        else NO_TIMELINE,
        first_period=point_period(line, line.points[0]) if line.points else "",
        last_period=final,
        comparisons=comparison_views(line)
        or (SignalView(mark_of(Word.NOT_COMPARED), sentence_case(Word.NOT_COMPARED.value), (without,)),),
        moves=moves,
        moves_label=say("special_cause" if causes else "trend"),
        targets=tuple(target_view(line, target) for target in line.targets)
        or (SignalView(mark_of(Word.NO_TARGET), say("no_target")),),
        inequality=inequality_view(line, said_once),
        inequality_facts=inequality_facts(line) if with_depth else (),
        chip=chip_of(value),
        notes=data_notes(line),
        replies=tuple(
            Reply(say("reply_from", partner=reply.partner, date=date_text(reply.given_on, short=True)), reply.text)
            for reply in line.replies
        ),
        reply_slot=f"{when_due(line)} {slot}".strip() if unwelcome else "",
        disputed=disputed_numbers(line),
        disputes=disputes_now(line),
        every_dispute=dispute_views(line) if with_depth else (),
        balance=balance_text(line),
        columns=columns,
        period_rows=rows,
        former_areas=former_areas_notes(line),
        parts=part_rows(line, line.parts),
        parts_note=say("parts_scale", place=place, value=value_text(whole, line.decimals, line.unit))
        if whole is not None
        else say("parts_scale_alone"),
        of_measure=say("more_of", measure=short),
        figures_caption=say("figures_caption", measure=short),
        parts_summary=say(
            "show_parts", number=counted(sum(not part.is_remainder for part in line.parts), "area"), place=place
        ),
        parts_caption=say("parts_caption", measure=short, place=place, period=period),
        groups_caption=say("groups_caption", measure=short, period=period),
        groups=group_tables(line, line.groups, area_code),
        counted=definition_pairs(line, terms),
        definition=definition_pairs(line) if with_depth else (),
    )


def _main_value(line: IndicatorLine, value: Value | None) -> str:
    if value is None:
        return say("not_yet")
    return printed_value(value, line.decimals, line.unit if line.unit.startswith(("%", "£")) else "")


def _last_shown(line: IndicatorLine, target_periods: Sequence[str]) -> str:
    """The last period on the drawing: the current one, or the end of an agreed path beyond it."""
    point = line.points[-1]
    latest, text = point.period_start, point_period(line, point)
    for period in target_periods:
        try:
            start = period_from_text(line.period_kind, period).first
        except ValueError:
            continue
        if start > latest:
            latest, text = start, period_of_text(line.period_kind, period)
    return text
