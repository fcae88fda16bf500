"""Writes the note that goes with a returned file: plain text for an e-mail, with the sender's own cells to mend."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from outcomes.intake.model import CheckResult, Receipt, ReturnSummary
from outcomes.report.formatting import joined
from outcomes.report.result_groups import Group, cells_in_words
from outcomes.report.result_subject import Subject
from outcomes.report.result_verdict import verdict_view
from outcomes.report.wording import counted, say, sentence_case

__all__ = ["covering_note"]

_WIDTH: Final = 72
_MOST_KINDS: Final = 6
_MOST_LOOKS: Final = 2
# more kinds than these are said in a few words each, so that the note stays short
_MOST_IN_FULL: Final = 2
_MOST_ADDRESSES: Final = 3
_MOST_PLACES: Final = 4
_MOST_NAMED: Final = 3


def covering_note(
    result: CheckResult | Receipt,
    summary: ReturnSummary | None = None,
    *,
    receipt: Receipt | None = None,
    page: str = "",
) -> str:
    """Return the note about one return: a subject line, an empty line, and some twenty lines of 72 characters.

    Arguments:
        result: What a check found, or a receipt alone.
        summary: What was read and when it is due.
        receipt: What the record says, where the file was received.
        page: The name of the page that goes with the note; empty if none does.
    """
    found, kept = (result, receipt) if isinstance(result, CheckResult) else (None, result)
    subject = Subject(found, kept, summary)
    paragraphs = [_subject_line(subject), "", *_body(subject, page)]
    return "\n".join(paragraphs) + "\n"


def _subject_line(subject: Subject) -> str:
    key = "rejected" if subject.is_rejected else "accepted" if subject.receipt else "fit"
    text = say(f"note_subject_{key}", file=subject.file, what=subject.to_mend)
    return say("note_subject", subject=text)


def _body(subject: Subject, page: str) -> Iterator[str]:
    verdict = verdict_view(subject)
    yield from _wrapped(f"{say('note_hello', file=subject.file)} {verdict.heading}. {' '.join(verdict.sentences[:2])}")
    read = _read(subject)
    if read:
        yield from _wrapped(read)
    yield from _kinds(say("note_mend"), subject.faults, _MOST_KINDS)
    yield from _kinds(say("note_look"), subject.to_look_at, _MOST_LOOKS)
    if subject.nothing_to_do:
        yield ""
        titles = list(dict.fromkeys(_lower(group.title) for group in subject.nothing_to_do))
        named = joined(titles[:_MOST_NAMED])
        if len(titles) > _MOST_NAMED:
            named = say("res_and_more", what=", ".join(titles[:_MOST_NAMED]), more=len(titles) - _MOST_NAMED)
        yield from _wrapped(say("note_nothing", what=named))
    yield ""
    yield from _next(subject)
    yield ""
    if page:
        yield from _wrapped(say("note_where", page=page))
    if subject.receipt:
        yield from _wrapped(say("note_receipt", number=subject.receipt.number))
    if subject.summary:
        yield subject.summary.partnership_title


def _read(subject: Subject) -> str:
    if subject.summary is None or not subject.summary.indicators or subject.is_rejected:
        return ""
    names = [f"“{one.name}”" for one in subject.summary.indicators]
    indicators = joined(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        indicators = say("res_and_more", what=", ".join(names[:_MOST_NAMED]), more=len(names) - _MOST_NAMED)
    figures = counted(subject.figures, "figure")
    return say("note_read", what=say("note_read_of", figures=figures, indicators=indicators))


def _kinds(heading: str, groups: Sequence[Group], most: int) -> Iterator[str]:
    if not groups:
        return
    yield ""
    yield heading
    kinds: dict[tuple[str, str], list[Group]] = {}
    for group in groups:
        # what is the same in several sheets and columns is said once
        kinds.setdefault((group.title, group.fix), []).append(group)
    for ones in list(kinds.values())[:most]:
        yield from _wrapped(_kind(ones, is_full=len(kinds) <= _MOST_IN_FULL), first="- ", then="  ")
    more = len(kinds) - most
    if more > 0:
        yield from _wrapped(say("note_more", what=counted(more, "kind")), first="- ", then="  ")


def _kind(ones: Sequence[Group], *, is_full: bool) -> str:
    first = ones[0]
    # where each cell has a sentence of its own, the kind alone is said
    wrong = (first.text if is_full and len(ones) == 1 else "") or f"{first.title}."
    places = [_place(one) for one in ones[:_MOST_PLACES]]
    if len(ones) > _MOST_PLACES:
        places.append(say("note_elsewhere", number=sum(one.count for one in ones[_MOST_PLACES:])))
    where = sentence_case("; ".join(place for place in places if place))
    text = say("note_kind", where=where, text=wrong) if where else wrong
    return f"{text} {first.fix}" if first.fix else text


def _place(group: Group) -> str:
    where = cells_in_words(group, _MOST_ADDRESSES)
    if group.first.sheet:
        return say("note_in_sheet", sheet=group.first.sheet, where=where) if where else ""
    return where


def _next(subject: Subject) -> Iterator[str]:
    if subject.is_rejected:
        yield from _wrapped(f"{say('note_again', when=subject.when)} {say('note_if_not')}")
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
