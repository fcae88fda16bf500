"""Turns one IndicatorLine into what a page prints of it: strings, marks and drawings, nothing left to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from outcomes.period import period_from_text
from outcomes.report.balance_view import balance_text
from outcomes.report.charts import ChartLimits, ChartPoint, ChartTarget, Series, sparkline
from outcomes.report.definition_view import WHAT_IS_COUNTED, definition_pairs
from outcomes.report.dispute_view import DisputeView, dispute_views, disputed_numbers, disputes_now
from outcomes.report.formatting import date_text, joined, shortened, value_text
from outcomes.report.former_areas import former_areas_notes, rests_on_former_areas
from outcomes.report.former_partners import former_partners_notes
from outcomes.report.inequality_view import inequality_facts, inequality_view
from outcomes.report.line_tables import (
    GroupTable,
    PartRow,
    group_tables,
    interval_of,
    is_marked,
    part_rows,
    period_rows,
    point_period,
    printed_value,
    why_no_interval,
)
from outcomes.report.marks import Mark, mark_of
from outcomes.report.printed import figure_key
from outcomes.report.process_drawing import flag_of
from outcomes.report.replies import when_due
from outcomes.report.signals import (
    SignalView,
    absence_text,
    comparison_views,
    period_of_text,
    reason_text,
    target_view,
    trend_view,
)
from outcomes.report.special_cause_view import special_cause_views
from outcomes.report.submitted import submitted_notes
from outcomes.report.target_words import is_drawn
from outcomes.report.timeline_view import LONG, NO_TIMELINE, TimelineView, timeline_view
from outcomes.report.wider import wider_notes
from outcomes.report.wording import counted, say, sentence_case
from outcomes.scorecard.model import (
    IndicatorLine,
    Inequality,
    ProcessPoint,
    SpecialCause,
    TargetSignal,
    Value,
    calls_for_reply,
)
from outcomes.vocabulary import AS_PUBLISHED, PopulationBasis, Qualifier, Reason, Word

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

# qualifiers that stand beside a value whose return is in full order
_QUIET: Final = frozenset({Qualifier.REVISED})
_LABEL: Final = 125


@dataclass(frozen=True, slots=True)
class Chip:
    """The state of the data in one or two words: `complete`, `say` (something to know) or `hidden`."""

    kind: str
    text: str


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


def first_comparison_word(line: IndicatorLine) -> Word:
    """Return the first word of the first comparison; not compared where there is none."""
    return line.comparisons[0].first_word if line.comparisons else Word.NOT_COMPARED


_BASIS: Final = {PopulationBasis.RESIDENT: "basis_resident", PopulationBasis.REGISTERED: "basis_registered"}


def headline(line: IndicatorLine) -> tuple[Mark, str]:
    """Return the mark and word that speak for a line in little room: the comparison, else what moves."""
    word = first_comparison_word(line)
    if word is Word.NOT_COMPARED:
        moving, direction, _ = movement(line)
        return mark_of(moving, direction), moving.value
    return mark_of(word), word.value


def movement(line: IndicatorLine) -> tuple[Word, str | None, str]:
    """Return the word that tells whether a line moves, its direction and what it is: its trend, else special cause."""
    cause = line.special_cause
    if line.trend.word is Word.CANNOT_TELL and isinstance(cause, SpecialCause) and cause.word is not Word.CANNOT_TELL:
        return cause.word, cause.direction, say("special_cause")
    return line.trend.word, line.trend.direction, say("trend")


def series_of(line: IndicatorLine, *, with_targets: bool = True) -> Series:
    """Return what a line over time draws."""
    points = tuple(
        ChartPoint(
            month=point.period_start.year * 12 + point.period_start.month - 1,
            value=point.value.value,
            lower=point.value.lower_ci_95 if point.value.value is not None else None,
            upper=point.value.upper_ci_95 if point.value.value is not None else None,
            benchmark=point.benchmark,
            is_break=Qualifier.BREAK_IN_SERIES in point.value.qualifiers,
            limits=_limits(point.process),
            flag=flag_of(point.process.variation) if point.process is not None else None,
        )
        for point in line.points
    )
    first = line.comparisons[0].benchmark if line.comparisons else None
    level = first.value if first is not None and not any(point.benchmark is not None for point in points) else None
    drawn = [target for target in line.targets if is_drawn(target)] if with_targets else []
    targets = [_chart_target(line, target) for target in drawn]
    return Series(
        points=points,
        targets=tuple(target for target in targets if target is not None),
        last=headline(line)[0],
        level=level,
    )


def _limits(process: ProcessPoint | None) -> ChartLimits | None:
    if process is None or process.mean is None or process.lower is None or process.upper is None:
        return None
    return ChartLimits(process.segment, process.mean, process.lower, process.upper, process.is_provisional)


def _chart_target(line: IndicatorLine, target: TargetSignal) -> ChartTarget | None:
    agreed = [(point.period, point.value) for point in target.points]
    if not agreed and target.target_value is not None and target.target_period:
        agreed = [(target.target_period, target.target_value)]
    points = []
    for text, value in agreed:
        try:
            start = period_from_text(line.period_kind, text).first
        except ValueError:
            return None
        points.append((start.year * 12 + start.month - 1, value))
    return ChartTarget(tuple(sorted(points))) if points else None


def spark_label(line: IndicatorLine) -> str:
    """Return the one sentence that says what the line over time shows, at most 125 characters."""
    name = line.short_name or line.name
    current = line.current
    if current is None:
        return shortened(say("spark_none", measure=name), _LABEL)
    period = point_period(line, current)
    if current.value.value is None:
        text = say("spark_label_missing", measure="{}", period=period, reason=absence_text(current.value).lower())
    else:
        standing = (one.word.value for one in line.targets if not (one.breakdown or one.change))
        target = next(standing, Word.NO_TARGET.value)
        moving, _, what = movement(line)
        text = say(
            "spark_label",
            measure="{}",
            value=value_text(current.value.value, line.decimals, line.unit),
            period=period,
            comparison=first_comparison_word(line).value,
            moves=f"{what.lower()}: {moving.value}",
            target=target,
        )
    start, _, rest = text.partition("{}")
    return shortened(start + shortened(name, max(_LABEL - len(start) - len(rest), 20)) + rest, _LABEL)


def chip_of(value: Value | None) -> Chip:
    """Return the state of a value's data in a word or two."""
    if value is None:
        return Chip("say", say("not_yet"))
    if value.reason is Reason.CONFIDENTIAL:
        return Chip("hidden", say("hidden"))
    if value.value is None:
        return Chip("say", absence_text(value))
    to_know = [qualifier.value for qualifier in value.qualifiers if qualifier not in _QUIET]
    return Chip("say", sentence_case(", ".join(to_know))) if to_know else Chip("complete", say("complete"))


def data_notes(line: IndicatorLine) -> tuple[str, ...]:
    """Return what is to be known of the current value's data, in short sentences."""
    notes = [line.data_note] if line.data_note else []
    value = line.current.value if line.current else None
    if value is None:
        return wider_notes(line) or tuple(notes)
    if value.value is None:
        notes.insert(0, sentence_case(reason_text(value)))
    elif value.lower_ci_95 is None and value.detail is not None:
        notes.append(why_no_interval(value, line))
    if value.value is not None and line.definition.method == AS_PUBLISHED:
        notes.append(say("taken_as_published"))
    if not is_marked(value):
        notes += _notes_on_parts(value)
    notes += former_areas_notes(line) if rests_on_former_areas(line) else ()
    notes += former_partners_notes(line)
    return (*notes, *submitted_notes(value, line.decimals, line.unit))


def _notes_on_parts(value: Value) -> list[str]:
    """How many parts came, which did not and, where it is not simply that share of the parts, how many people."""
    notes = []
    expected, came = value.parts_expected, value.parts_contributed
    if expected is not None and came not in (None, expected):
        notes.append(say("parts_in", received=came, all=expected))
    if value.missing_parts:
        notes.append(say("parts_missing", parts=joined(value.missing_parts)))
    is_of_parts = expected and came is not None and value.coverage == came / expected
    if value.coverage is not None and value.coverage < 1 and not is_of_parts:
        notes.append(say("coverage", share=value_text(value.coverage * 100, 1, "%")))
    return notes


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
        timeline=timeline_view(line, series, label, place, drawn_from=drawn_from) if with_depth else NO_TIMELINE,
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
