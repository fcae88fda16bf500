"""The view of one return: everything that its page prints, in words, in order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from outcomes.finding import Finding
from outcomes.intake.model import IndicatorRead, PeriodRead
from outcomes.report.definition_view import safe_link
from outcomes.report.formatting import date_text, joined, period_text
from outcomes.report.result_about import row_is_about
from outcomes.report.result_groups import Group, cells_in_words, label_key
from outcomes.report.result_sheet import SheetView, sheet_views
from outcomes.report.result_subject import NHS_NUMBER, Subject
from outcomes.report.result_verdict import VerdictView, kicker, steps, title, verdict_view
from outcomes.report.wording import counted, say, sentence_case

__all__ = ["NoteView", "OneView", "ProblemView", "ResultView", "result_view"]

_MOST_ADDRESSES: Final = 4
_MOST_INDICATORS: Final = 4
_MOST_ROWS_READ: Final = 40
_COLUMNS: Final = ("address", "wrote", "about", "said")


@dataclass(frozen=True, slots=True)
class OneView:
    """One of several findings of a kind: where it stands, what was written, and what is said of it alone."""

    address: str
    wrote: str
    about: str
    said: str


@dataclass(frozen=True, slots=True)
class ProblemView:
    """One kind of finding in one column: a single one in full, several as a list of cells."""

    label: str
    anchor: str
    heading: str
    wrote: str
    under: str
    about: str
    wrong: str
    fix: str
    example: str
    code: str
    link: str
    ones: tuple[OneView, ...]
    columns: tuple[str, ...]
    more: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """What was only said: where, and what; label and anchor where a mark in the sheet leads here."""

    label: str
    anchor: str
    where: str
    text: str
    code: str
    link: str


@dataclass(frozen=True, slots=True)
class ReadView:
    """What was read of one indicator."""

    name: str
    indicator_id: str
    periods: str
    places: str
    figures: str
    without: str


@dataclass(frozen=True, slots=True)
class ResultView:
    """The whole page."""

    page_title: str
    kicker: str
    title: str
    lede: str
    verdict: VerdictView
    steps: tuple[str, ...]
    sheet_heading: str
    sheet_lede: str
    sheets: tuple[SheetView, ...]
    mend_heading: str
    problems: tuple[ProblemView, ...]
    to_look_at: tuple[ProblemView, ...]
    markers: tuple[str, ...]
    notes: tuple[NoteView, ...]
    read_lede: str
    figures_heading: str
    read: tuple[ReadView, ...]
    read_more: str
    why: tuple[str, ...]
    facts_heading: str
    facts: tuple[tuple[str, str, bool], ...]
    foot: tuple[str, ...]


def result_view(subject: Subject, link: Callable[[str], str]) -> ResultView:
    """Return the view of a return.

    Arguments:
        subject: The return.
        link: The address of the documentation of a code; empty for none.
    """
    labels = subject.labels
    faults = [(labels[label_key(group.first)], f"p{at}", group) for at, group in enumerate(subject.faults, 1)]
    notes = [(labels[label_key(group.first)], f"n{at}", group) for at, group in enumerate(subject.to_look_at, 1)]
    said = [group for group in subject.nothing_to_do if group.first.cell]
    quiet = [(labels[label_key(group.first)], f"n{at}", group) for at, group in enumerate(said, len(notes) + 1)]
    verdict = verdict_view(subject)
    sheets = sheet_views(subject, [*faults, *notes, *quiet])
    read = subject.summary.indicators if subject.summary else ()
    return ResultView(
        page_title=say("res_page_title", kicker=kicker(subject), verdict=verdict.heading),
        kicker=kicker(subject),
        title=title(subject),
        lede=say("res_from", file=subject.file, partner=subject.sender)
        if subject.sender
        else say("res_from_unknown", file=subject.file),
        verdict=verdict,
        steps=steps(subject),
        sheet_heading=say("res_sheets" if len(sheets) > 1 else "res_sheet"),
        sheet_lede=say("res_sheet_marks" if _has_marks(sheets) else "res_sheet_plain"),
        sheets=sheets,
        mend_heading=say("res_mend", what=sentence_case(subject.to_mend)),
        problems=tuple(_problem(one, subject, link) for one in faults),
        to_look_at=tuple(_problem(one, subject, link) for one in notes),
        markers=subject.markers,
        notes=tuple(_note(group, quiet, subject, link) for group in subject.nothing_to_do),
        read_lede=_read_lede(subject),
        figures_heading=_figures_heading(subject),
        read=tuple(_read(one) for one in read[:_MOST_ROWS_READ]),
        read_more=""
        if len(read) <= _MOST_ROWS_READ
        else sentence_case(say("res_and_more", what="", more=len(read) - _MOST_ROWS_READ).strip()),
        why=tuple(_why(subject)),
        facts_heading=say("res_facts_receipt" if subject.receipt else "res_facts"),
        facts=tuple(_facts(subject)),
        foot=tuple(_foot()),
    )


def _has_marks(sheets: tuple[SheetView, ...]) -> bool:
    return any(row.marks or any(cell.marks for cell in row.cells) for sheet in sheets for row in sheet.rows)


def _where(group: Group, subject: Subject) -> str:
    where = cells_in_words(group, _MOST_ADDRESSES)
    sheet = group.first.sheet
    if sheet and (len(subject.sheets) > 1 or len(subject.excerpts) > 1):
        named = say("res_of_sheet", sheet=sheet)
        where = f"{named}, {where}" if where else named
    return sentence_case(where)


def _problem(numbered: tuple[str, str, Group], subject: Subject, link: Callable[[str], str]) -> ProblemView:
    label, anchor, group = numbered
    first = group.first
    where = _where(group, subject)
    has_list = len(group.findings) > 1
    ones = tuple(_one(one, group, subject) for one in group.findings) if has_list else ()
    columns = tuple(name for name in _COLUMNS if any(getattr(one, name) for one in ones))
    return ProblemView(
        label=label,
        anchor=anchor,
        heading=f"{where}: {group.title}" if where else group.title,
        wrote="" if has_list else first.value or "",
        # of a person's number it is not said that nothing stood there
        under=say("res_under", header=first.header) if first.header and first.code != NHS_NUMBER else "",
        about="" if has_list else row_is_about(first, subject),
        wrong=group.text if has_list else first.text,
        fix=group.fix,
        example=group.example,
        code=first.code,
        link=safe_link(link(first.code)),
        ones=ones,
        columns=columns,
        more=say("res_more_of_kind", number=f"{group.hidden:,}") if group.hidden else "",
    )


def _one(finding: Finding, group: Group, subject: Subject) -> OneView:
    said = "" if group.text else finding.text
    if not group.fix and finding.fix:
        said = f"{said} {finding.fix}".strip()
    address = finding.cell or (say("res_row_label") + f" {finding.row}" if finding.row is not None else "")
    return OneView(
        address,
        finding.value or "",
        row_is_about(finding, subject),
        said,
    )


def _note(
    group: Group, numbered: Sequence[tuple[str, str, Group]], subject: Subject, link: Callable[[str], str]
) -> NoteView:
    label, anchor = next(((label, anchor) for label, anchor, one in numbered if one is group), ("", ""))
    where, text = _where(group, subject), group.first.text
    if group.count > 1 and group.first.row is None:
        # the first speaks for all; no address says how many there are
        text = f"{text} ({say('res_times', number=f'{group.count:,}')})"
    return NoteView(
        label, anchor, where or say("res_whole_file"), text, group.first.code, safe_link(link(group.first.code))
    )


def _read_lede(subject: Subject) -> str:
    if subject.summary is None and subject.receipt is not None:
        return say("res_read_by_number", number=subject.receipt.number)
    if subject.summary is None or not subject.summary.indicators:
        return say("res_read_none")
    if subject.is_rejected:
        return say("res_read_rejected" if subject.rows else "res_read_rejected_all")
    return say("res_read_accepted")


def _figures_heading(subject: Subject) -> str:
    if subject.is_rejected:
        return say("res_rows_in_order" if subject.rows else "res_rows_read")
    return say("res_figures")


def _read(one: IndicatorRead) -> ReadView:
    first, last = _period(one.first), _period(one.last)
    if one.periods == 1:
        periods = first
    else:
        periods = say("res_span_count", first=first, last=last, number=counted(one.periods, "period"))
    more = one.places - len(one.place_names)
    names = ", ".join(one.place_names)
    return ReadView(
        name=one.name,
        indicator_id=one.indicator_id,
        periods=periods,
        places=say("res_places_more", names=names, more=f"{more:,}") if more else joined(one.place_names),
        figures=f"{one.figures:,}",
        without=say("res_without", number=f"{one.without_number:,}") if one.without_number else "",
    )


def _period(period: PeriodRead) -> str:
    return period_text(period.kind, period.text, period.first, period.last, long=True)


def _why(subject: Subject) -> Iterator[str]:
    if subject.summary is None:
        yield say("res_why_same")
        return
    names = [one.name for one in subject.summary.indicators]
    indicators = joined([f"“{name}”" for name in names[:_MOST_INDICATORS]])
    if len(names) > _MOST_INDICATORS:
        listed = ", ".join(f"“{name}”" for name in names[:_MOST_INDICATORS])
        indicators = say("res_and_more", what=listed, more=len(names) - _MOST_INDICATORS)
    title = subject.summary.partnership_title
    if names:
        yield say("res_why_shared", partnership=title, indicators=indicators)
    else:
        yield say("res_why_none", partnership=title)
    yield say("res_why_rejected" if subject.is_rejected else "res_why_accepted")
    yield say("res_why_same")


def _facts(subject: Subject) -> Iterator[tuple[str, str, bool]]:
    """Yield each particular: its name, its text, and whether it is a code."""
    if subject.receipt:
        yield say("res_fact_number"), say("res_fact_number_text", number=subject.receipt.number), False
    if subject.sender:
        yield say("res_fact_from"), subject.sender, False
    file = subject.file
    if subject.result:
        file += f" ({say('res_fact_size', bytes=f'{subject.result.size_bytes:,}')})"
    yield say("res_fact_file"), file, False
    if subject.receipt:
        moment = subject.receipt.received_at
        yield say("res_fact_received"), f"{date_text(moment.date())}, {moment:%H:%M} {moment:%Z}".strip(), False
    if subject.result and subject.result.as_of:
        yield say("res_fact_checked"), date_text(subject.result.as_of), False
    if subject.summary and subject.summary.frameworks:
        yield say("res_fact_against"), joined(subject.summary.frameworks), False
    if subject.summary and subject.summary.due_on:
        yield say("res_fact_due"), date_text(subject.summary.due_on), False
    yield say("res_fact_people"), say("res_people_found" if subject.has_people else "res_people_none"), False
    yield say("res_fact_fingerprint"), f"sha256 {subject.sha256}", True


def _foot() -> Iterator[str]:
    yield say("res_foot")
    yield say("res_foot_text")
    yield say("res_access")
