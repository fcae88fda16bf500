"""The first words of a page about one return: its title, the verdict, and three steps."""

from collections.abc import Iterator
from dataclasses import dataclass

from outcomes.intake.model import PeriodRead
from outcomes.report.formatting import period_text
from outcomes.report.result_subject import Subject
from outcomes.report.wording import counted, in_words, say
from outcomes.vocabulary import PeriodKind, Verdict

__all__ = ["VerdictView", "in_full", "kicker", "steps", "title", "verdict_in_words", "verdict_view"]


@dataclass(frozen=True, slots=True)
class VerdictView:
    """The verdict: a mark, one heading and a few sentences."""

    symbol: str
    kind: str
    heading: str
    sentences: tuple[str, ...]


def kicker(subject: Subject) -> str:
    """Return what the page is: a receipt with its number, or a check."""
    return say("res_receipt", number=subject.receipt.number) if subject.receipt else say("res_check")


def title(subject: Subject) -> str:
    """Return the title: the periods of the return where they are known."""
    read = subject.summary.indicators if subject.summary else ()
    if not read:
        return say("res_title")
    if subject.period:
        return say("res_title_of", period=in_full(subject.period))
    first, last = min((one.first for one in read), key=_begin), max((one.last for one in read), key=_end)
    if first.kind is last.kind:
        return say("res_title_span", first=_short(first), last=_short(last))
    return say("res_title")


def _begin(period: PeriodRead) -> tuple[str, str]:
    return period.first.isoformat(), period.text


def _end(period: PeriodRead) -> tuple[str, str]:
    return period.last.isoformat(), period.text


def in_full(period: PeriodRead) -> str:
    """Return a period as a title says it."""
    return period_text(period.kind, period.text, period.first, period.last, long=True)


def _short(period: PeriodRead) -> str:
    is_month = period.kind is PeriodKind.MONTH
    return period_text(period.kind, period.text, period.first, period.last, long=is_month)


def verdict_in_words(verdict: Verdict, *, is_received: bool) -> str:
    """Return a verdict in a few words, the same in every output for people.

    Arguments:
        verdict: On the whole file.
        is_received: Whether it was received, rather than only checked.

    >>> verdict_in_words(Verdict.REJECTED, is_received=True), verdict_in_words(Verdict.ACCEPTED, is_received=False)
    ('not accepted yet', 'ready to send')
    """
    if verdict is Verdict.REJECTED:
        return say("res_word_rejected")
    return say("res_word_accepted" if is_received else "res_word_fit")


def verdict_view(subject: Subject) -> VerdictView:
    """Return the verdict in words."""
    if subject.is_rejected:
        return VerdictView(
            "v-back", "back", say("res_rejected", what=subject.to_mend), tuple(_rejected_sentences(subject))
        )
    what = counted(subject.figures, "figure")
    if subject.receipt:
        heading = say("res_accepted", what=what) if subject.figures else say("res_accepted_nothing")
    else:
        heading = say("res_fit", what=what) if subject.figures else say("res_fit_nothing")
    return VerdictView("v-in", "in", heading, tuple(_accepted_sentences(subject)))


def _rejected_sentences(subject: Subject) -> Iterator[str]:
    if subject.receipt:
        yield say("res_rejected_receipt", number=subject.receipt.number)
    else:
        yield say("res_rejected_check")
    if subject.rows:
        read, faulty = subject.rows
        rows, mend = counted(read, "row"), say("res_rows_one") if faulty == 1 else f"{faulty:,}"
        if read > faulty:
            key = "res_row" if read - faulty == 1 else "res_rows"
            yield say(key, rows=rows, number=f"{read - faulty:,}", mend=mend)
        else:
            yield say("res_rows_all", rows=rows) if read > 1 else say("res_rows_all_one")
    yield say("res_one_fault")


def _accepted_sentences(subject: Subject) -> Iterator[str]:
    if subject.receipt:
        yield say("res_accepted_receipt", number=subject.receipt.number)
        new, every = subject.receipt.new_observations, subject.receipt.loaded_rows
        if every and new == every:
            yield say("res_all_new")
        elif every:
            yield say("res_some_new", new=f"{new:,}", all=f"{every:,}") if new else say("res_none_new")
    else:
        yield say("res_fit_check")
        gained = subject.result.new_observations if subject.result else None
        if gained is not None and subject.figures:
            yield say("res_would_be_new", all=f"{subject.figures:,}", new=f"{gained:,}")
    if subject.to_look_at:
        number = len(subject.to_look_at)
        yield say("res_look_too" if number == 1 else "res_looks_too", what=in_words(number, "thing"))


def steps(subject: Subject) -> tuple[str, ...]:
    """Return what the sender does next, in three steps."""
    return tuple(_rejected_steps(subject) if subject.is_rejected else _accepted_steps(subject))


def _rejected_steps(subject: Subject) -> Iterator[str]:
    every = all(one.cell for group in subject.faults for one in group.findings)
    if subject.has_people:
        yield say("res_step_people")
    else:
        what = say("res_every_cell" if every else "res_every_place")
        if subject.marked_workbook:
            key = "res_step_workbook" if subject.has_marked_faults else "res_step_workbook_listed"
            yield say(key, file=subject.marked_workbook)
        else:
            yield say("res_step_open", what=what)
    mend = [say("res_step_mend")]
    mend += [say("res_step_rows")] if subject.asks_for_deletion else []
    yield " ".join([*mend, *([subject.unlocking] if subject.unlocking else [])])
    yield f"{say('res_step_again', when=subject.when)} {subject.contact}"


def _accepted_steps(subject: Subject) -> Iterator[str]:
    heading = say("res_look")
    if subject.receipt:
        yield say("res_step_look", heading=heading) if subject.to_look_at else say("res_step_nothing")
        yield say("res_step_keep")
    else:
        yield say("res_step_look_first", heading=heading) if subject.to_look_at else say("res_step_nothing")
        yield say("res_step_send")
    if not subject.receipt:
        yield say("res_step_then")
        return
    day, what = subject.next_due
    yield say("res_step_next", date=day, what=what) if day else say("res_step_next_unknown")
