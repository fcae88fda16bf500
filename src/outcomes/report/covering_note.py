"""Writes the note that goes with a returned file: plain text for an e-mail, with the sender's own cells to mend."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from outcomes.finding import Finding
from outcomes.intake.model import CheckResult, Receipt, ReturnSummary
from outcomes.report.formatting import joined
from outcomes.report.result_about import row_is_about
from outcomes.report.result_groups import Group, cells_in_words, label_key, places_of, without_value
from outcomes.report.result_subject import Subject
from outcomes.report.result_verdict import in_full, verdict_view
from outcomes.report.wording import counted, say, sentence_case

__all__ = ["covering_note"]

_WIDTH: Final = 72
_MOST_LINES: Final = 90
# so many cells or rows are named one by one
_MOST_PLACES: Final = 15
_MOST_LOOKS: Final = 6
_MOST_NOTHING: Final = 2
_MOST_TEXTS: Final = 3
_MOST_NAMED: Final = 3
_MOST_LABELS: Final = 6
# so many cells of a kind are named with what they are about
_MOST_ABOUT: Final = 4
_LONGEST_NAME: Final = 32
_WORKBOOKS: Final = (".xlsx", ".xlsm")


@dataclass(frozen=True)
class _Length:
    """How much is said: of each kind its own sentence, and what the row is about; how many cells or rows."""

    is_full: bool
    has_about: bool
    places: int = _MOST_PLACES


# the first that fits is taken
_LENGTHS: Final = (
    _Length(is_full=True, has_about=True),
    _Length(is_full=True, has_about=False),
    _Length(is_full=False, has_about=True),
    _Length(is_full=False, has_about=False),
    *(_Length(is_full=False, has_about=False, places=places) for places in (10, 6, 4)),
)


def covering_note(
    result: CheckResult | Receipt,
    summary: ReturnSummary | None = None,
    *,
    receipt: Receipt | None = None,
    page: str = "",
    marked_workbook: str = "",
) -> str:
    """Return the note about one return: a subject line, an empty line, and at most 90 lines of 72 characters.

    Arguments:
        result: What a check found, or a receipt alone.
        summary: What was read and when it is due.
        receipt: What the record says, where the file was received.
        page: The name of the page that goes with the note; empty if none does.
        marked_workbook: The name of the marked copy of the workbook that goes with it; empty if none does.
    """
    found, kept = (result, receipt) if isinstance(result, CheckResult) else (None, result)
    subject = Subject(found, kept, summary, marked_workbook)
    lines: list[str] = []
    for length in _LENGTHS:
        lines = [_subject_line(subject), "", *_body(subject, page, length)]
        if len(lines) <= _MOST_LINES:
            break
    return "\n".join(lines) + "\n"


def _subject_line(subject: Subject) -> str:
    key = "rejected" if subject.is_rejected else "accepted" if subject.receipt else "fit"
    text = say(f"note_subject_{key}", file=subject.file, what=subject.to_mend)
    return say("note_subject", subject=text)


def _body(subject: Subject, page: str, length: _Length) -> Iterator[str]:
    verdict = verdict_view(subject)
    # of a check nobody sent anything in
    if subject.period:
        key = "note_hello_of" if subject.receipt else "note_about_file_of"
        hello = say(key, file=subject.file, period=in_full(subject.period))
    else:
        hello = say("note_hello" if subject.receipt else "note_about_file", file=subject.file)
    # that one fault holds up the file is said with what the scorecard shows until then
    sentences = [one for one in verdict.sentences if one != say("res_one_fault")]
    yield from _wrapped(f"{hello} {verdict.heading}. {' '.join(sentences[:2])}")
    if subject.is_rejected:
        yield from _wrapped(say("note_one_fault"))
    read = _read(subject)
    if read:
        yield from _wrapped(read)
    attached = _attached(subject, page)
    if attached:
        yield ""
        yield from _wrapped(attached)
    sheets = {group.first.sheet for group in subject.faults}
    sheet = next(iter(sheets)) if len(sheets) == 1 else None
    heading = say("note_mend_sheet", sheet=sheet) if sheet else say("note_mend")
    listing = _listing(subject, page)
    yield from _kinds(heading, subject.faults, subject, length, length.places, sheet, listing)
    if subject.markers:
        yield from _wrapped(f"{say('res_markers')} {'; '.join(subject.markers)}. {say('note_later')}")
    yield from _kinds(say("note_look"), subject.to_look_at, subject, length, _MOST_LOOKS, sheet, listing)
    if subject.nothing_to_do:
        yield ""
        yield from _nothing(subject, sheet)
    yield ""
    yield from _next(subject)
    if subject.receipt:
        yield from _wrapped(say("note_receipt", number=subject.receipt.number))
    if subject.summary:
        yield ""
        yield subject.summary.partnership_title


def _attached(subject: Subject, page: str) -> str:
    """What comes with the note, and which file is to be mended."""
    file = subject.marked_workbook
    if not file:
        return say("note_where", page=page) if page else ""
    # of what is no workbook the marked one is made of its texts
    either = say("note_either" if subject.file.lower().endswith(_WORKBOOKS) else "note_own")
    either = either if subject.is_rejected else ""
    marked = say("note_marked" if subject.has_marks else "note_listed")
    named = say("note_both", page=page, file=file, marked=marked, either=either) if page else ""
    return (named or say("note_workbook", file=file, marked=marked, either=either)).strip()


def _listing(subject: Subject, page: str) -> str:
    """Where every cell is listed."""
    file = subject.marked_workbook
    if page and file:
        what = say("note_all_both", page=page, file=file)
    elif page or file:
        what = say("note_all_page", page=page) if page else say("note_all_workbook", file=file)
    else:
        return ""
    return say("note_all", what=what)


def _read(subject: Subject) -> str:
    if subject.summary is None or not subject.summary.indicators or subject.is_rejected:
        return ""
    names = [f"“{one.name}”" for one in subject.summary.indicators]
    indicators = joined(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        indicators = say("res_and_more", what=", ".join(names[:_MOST_NAMED]), more=len(names) - _MOST_NAMED)
    figures = counted(subject.figures, "figure")
    return say("note_read", what=say("note_read_of", figures=figures, indicators=indicators))


def _nothing(subject: Subject, sheet: str | None) -> Iterator[str]:
    """What was only said: a single cell in its own words, and the other kinds by name."""
    groups = subject.nothing_to_do
    single = [group for group in groups if group.count == 1 and group.first.cell][:_MOST_NOTHING]
    for group in single:
        where = sentence_case(_place(group, sheet, 1).removeprefix("cell "))
        yield from _wrapped(f"{say('note_kind', where=where, text=group.first.text)} {group.first.fix}".strip())
    titles = list(dict.fromkeys(_lower(group.title) for group in groups if group not in single))
    if titles:
        named = joined(titles[:_MOST_NAMED])
        if len(titles) > _MOST_NAMED:
            named = say("res_and_more", what=", ".join(titles[:_MOST_NAMED]), more=len(titles) - _MOST_NAMED)
        yield from _wrapped(say("note_nothing", what=named))


def _kinds(
    heading: str,
    groups: Sequence[Group],
    subject: Subject,
    length: _Length,
    most: int,
    sheet: str | None,
    listing: str,
) -> Iterator[str]:
    if not groups:
        return
    yield ""
    yield heading
    kinds: dict[tuple[str, str], list[Group]] = {}
    for group in groups:
        # what is the same in several sheets and columns is said once
        kinds.setdefault((group.title, group.fix or group.first.fix), []).append(group)
    said: dict[str, str] = {}
    left, more = most, 0
    for ones in kinds.values():
        if left <= 0:
            more += sum(one.count for one in ones)
            continue
        text = (
            _one(ones[0], subject, length, sheet) if _is_single(ones) else _several(ones, subject, sheet, length, left)
        )
        left -= sum(map(places_of, ones))
        fix, cell = ones[0].fix, ones[0].first.cell
        if fix in said and text.endswith(fix):
            # what is to be done is said in full once
            text = text.removesuffix(fix) + say("note_same", cell=said[fix])
        elif fix and cell and _is_single(ones):
            said[fix] = cell
        label = f"{', '.join(subject.labels[label_key(one.first)] for one in ones[:_MOST_LABELS])}. "
        yield from _wrapped(text, first=label, then=" " * min(len(label), 3))
    if more > 0:
        yield from _wrapped(f"{say('note_more', number=f'{more:,}')} {listing}".strip())


def _is_single(ones: Sequence[Group]) -> bool:
    return len(ones) == 1 and ones[0].count == 1


def _one(group: Group, subject: Subject, length: _Length, sheet: str | None) -> str:
    """One cell, row or file: what it is about, what was written, what is wrong and what to do."""
    finding = group.first
    said = finding.text if length.is_full else f"{group.title}."
    if finding.value and finding.value not in said:
        said = say("note_wrote", value=finding.value, text=said)
    has_period = subject.period is None
    about = row_is_about(finding, subject, _LONGEST_NAME, has_period=has_period) if length.has_about else ""
    where = _place(group, sheet, 1)
    if where:
        where = sentence_case(where.removeprefix("cell "))
        said = say("note_kind", where=say("note_about", where=where, about=about) if about else where, text=said)
    elif length.is_full and finding.text.rstrip(".") != group.title:
        said = say("note_kind", where=group.title, text=said)
    return f"{said} {finding.fix}".strip()


def _several(ones: Sequence[Group], subject: Subject, sheet: str | None, length: _Length, most: int) -> str:
    """Several cells of a kind: where they are, and the kind; of whole rows, or the whole file, what is said of each."""
    first = ones[0]
    findings = [one for group in ones for one in group.findings]
    fixes = list(dict.fromkeys(one.fix for one in findings if one.fix))
    if length.is_full and length.has_about and sum(one.count for one in ones) <= min(most, _MOST_ABOUT):
        # what is said of one of them alone is not left out
        plain = min((without_value(one) for one in findings), key=len)
        cells = [_named(one, subject, sheet, is_plain=without_value(one) == plain) for one in findings]
        if all(cells):
            return " ".join([say("note_kind", where=first.title, text=f"{'; '.join(cells)}."), *fixes])
    named, left = 0, most
    places = []
    for one in ones:
        if left <= 0:
            break
        places.append(_place(one, sheet, left))
        named += 1
        left -= places_of(one)
    if named < len(ones):
        places.append(say("note_elsewhere", number=sum(one.count for one in ones[named:])))
    where = sentence_case("; ".join(place for place in places if place))
    texts = list(dict.fromkeys(one.text for one in findings))
    is_said = length.is_full and first.first.cell is None and len(texts) <= _MOST_TEXTS
    said = " ".join(texts) if is_said else f"{first.title}."
    # a sentence about rows names them itself
    text = said if not where or said.startswith(where) else say("note_kind", where=where, text=said)
    about = {row_is_about(one, subject, _LONGEST_NAME, has_period=subject.period is None) for one in findings}
    (same,) = about if is_said and length.has_about and len(about) == 1 else ("",)
    return " ".join([say("note_kind", where=same, text=text) if same else text, *fixes[:_MOST_TEXTS]])


def _named(finding: Finding, subject: Subject, sheet: str | None, *, is_plain: bool) -> str:
    """A cell with what its row is about and what was written in it; empty where the row is not known by name."""
    about = row_is_about(finding, subject, _LONGEST_NAME, has_period=subject.period is None) if finding.cell else ""
    if not about:
        return ""
    where = say("note_about", where=finding.cell, about=about)
    if finding.sheet and finding.sheet != sheet:
        where = say("note_in_sheet", sheet=finding.sheet, where=where)
    if not is_plain:
        return say("note_kind", where=where, text=finding.text.rstrip("."))
    return say("note_named", where=where, value=finding.value) if finding.value else where


def _place(group: Group, sheet: str | None, most: int) -> str:
    """Where the findings of a group stand; the sheet is not named where the heading names it."""
    where = cells_in_words(group, most)
    if where and group.first.sheet and group.first.sheet != sheet:
        return say("note_in_sheet", sheet=group.first.sheet, where=where)
    return where


def _next(subject: Subject) -> Iterator[str]:
    if subject.is_rejected:
        before = [say("res_step_rows")] if subject.asks_for_deletion else []
        before += [subject.unlocking] if subject.unlocking else []
        yield from _wrapped(" ".join([*before, say("note_again", when=subject.when), subject.contact]))
        return
    if not subject.receipt:
        yield from _wrapped(say("res_step_send"))
        return
    day, what = subject.next_due
    if day:
        yield from _wrapped(f"{say('note_next', date=day, what=what)} {say('note_if_none')}")
    else:
        yield from _wrapped(say("res_step_next_unknown"))


def _wrapped(text: str, first: str = "", then: str = "") -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=then, break_long_words=True, break_on_hyphens=False
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
