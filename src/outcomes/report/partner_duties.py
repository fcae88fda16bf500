"""Gathers what one partner has to do: files to mend, figures to send, promises, signatures, questions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from outcomes.report.fault_titles import FAULT_TITLES
from outcomes.report.formatting import date_text, joined
from outcomes.report.marks import Mark, commitment_mark
from outcomes.report.signals import period_of_text
from outcomes.report.wording import counted, say
from outcomes.scorecard.model import MeasureReturns, PartnerLine, Scorecard, SentBack
from outcomes.vocabulary import ChallengeState, CommitmentState

__all__ = ["Duty", "Standing", "duties_of", "standings_of"]

_OWED: Final = Mark("bad", "clock")
_TO_MEND: Final = Mark("bad", "cross")
_NEXT: Final = commitment_mark(CommitmentState.NOT_YET_DUE)


@dataclass(frozen=True, slots=True)
class Standing:
    """One partner in one place: the place's scorecard, and what is the partner's own in it."""

    card: Scorecard
    line: PartnerLine


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do; `words` are the partner's own."""

    mark: Mark
    heading: str
    text: str
    words: str = ""


def standings_of(cards: Sequence[Scorecard]) -> dict[str, tuple[Standing, ...]]:
    """Return every partner's places by its code, sorted by code; within one in the order of the cards."""
    found: dict[str, list[Standing]] = {}
    for card in cards:
        for line in card.partners:
            found.setdefault(line.code, []).append(Standing(card, line))
    return {code: tuple(found[code]) for code in sorted(found)}


def duties_of(standings: Sequence[Standing]) -> tuple[Duty, ...]:
    """Return what a partner has to do, what is overdue first, then what is due next; each file to mend once."""
    overdue = [*_to_mend(standings), *_to_send(standings), *_late(standings), *_to_answer(standings)]
    unsigned = list(_to_sign(standings))
    # what lies ahead, the nearest first
    ahead = sorted([*_open_promises(standings), *_due_next(standings)], key=lambda found: (found[0], found[1].heading))
    return (*overdue, *unsigned, *(duty for _, duty in ahead))


def _to_mend(standings: Sequence[Standing]) -> Iterator[Duty]:
    by_entry: dict[int, list[SentBack]] = {}
    for standing in standings:
        for one in standing.line.sent_back:
            by_entry.setdefault(one.entry, []).append(one)
    for entry in sorted(by_entry, reverse=True):
        files = by_entry[entry]
        first = files[0]
        titles = [FAULT_TITLES.get(code, code) for code in first.codes]
        yield Duty(
            _TO_MEND,
            say("own_mend", file=first.file),
            say(
                "own_mend_text",
                date=date_text(first.received_on),
                entry=f"{entry:,}",
                figures=counted(sum(one.figures for one in files), "figure"),
                measures=joined(sorted({name for one in files for name in one.measures})),
                faults="; ".join(title[:1].lower() + title[1:] for title in titles),
            ),
        )


def _period(one: MeasureReturns) -> str:
    return period_of_text(one.period_kind, one.period)


def _to_send(standings: Sequence[Standing]) -> Iterator[Duty]:
    for standing in standings:
        for one in standing.line.returns:
            if one.missing:
                key = "own_send_text_one" if one.missing == 1 else "own_send_text"
                figures = counted(one.missing, "figure")
                yield Duty(
                    _OWED,
                    say("own_send", measure=one.name, period=_period(one)),
                    say(key, figures=figures, place=standing.card.place.name, date=date_text(one.due_on)),
                )
            elif one.sources_missing:
                yield Duty(
                    _OWED,
                    say("own_send_for", measure=one.name, period=_period(one), sources=joined(one.sources_missing)),
                    say("own_send_for_text", place=standing.card.place.name, date=date_text(one.due_on)),
                )


def _late(standings: Sequence[Standing]) -> Iterator[Duty]:
    for standing in standings:
        for promise in standing.card.commitments:
            if promise.id in standing.line.commitments and promise.state is CommitmentState.LATE:
                known = {
                    "days": counted(promise.days_late, "day"),
                    "date": date_text(promise.due),
                    "place": standing.card.place.name,
                }
                text = say("own_late_text", **known) if promise.explanation else say("own_late_silent", **known)
                yield Duty(commitment_mark(promise.state), promise.what, text.rstrip(), promise.explanation)


def _to_answer(standings: Sequence[Standing]) -> Iterator[Duty]:
    open_states = (ChallengeState.UNANSWERED, ChallengeState.NOT_YET_DUE)
    for standing in standings:
        for one in standing.card.challenges:
            if one.to_code == standing.line.code and one.state in open_states:
                is_over = one.state is ChallengeState.UNANSWERED
                key = "reply_overdue_on" if is_over else "own_answer_due"
                due = say(key, date=date_text(one.reply_due)) if one.reply_due else ""
                mark = _OWED if is_over else _NEXT
                asked = say("own_answer_text", date=date_text(one.raised_on))
                yield Duty(mark, say("own_answer", place=standing.card.place.name), f"{asked} {due}".strip(), one.what)


def _to_sign(standings: Sequence[Standing]) -> Iterator[Duty]:
    for standing in standings:
        line, place = standing.line, standing.card.place.name
        if line.is_party and line.signed_on is None:
            role = line.signatory_role or say("nothing_recorded")
            yield Duty(_OWED, say("own_sign", place=place), say("own_sign_text", role=role, place=place))


def _open_promises(standings: Sequence[Standing]) -> Iterator[tuple[date, Duty]]:
    for standing in standings:
        for promise in standing.card.commitments:
            if promise.id in standing.line.commitments and promise.state is CommitmentState.NOT_YET_DUE:
                text = say("own_open_text", place=standing.card.place.name, date=date_text(promise.due))
                yield promise.due, Duty(_NEXT, promise.what, text, promise.explanation)


def _due_next(standings: Sequence[Standing]) -> Iterator[tuple[date, Duty]]:
    """What is to be sent next, each measure and period once for all places of the partner."""
    found: dict[tuple[str, str, date], tuple[MeasureReturns, int, list[str]]] = {}
    for standing in standings:
        for one in standing.line.returns:
            if one.not_yet_due:
                key = (one.indicator, one.period, one.due_on)
                _, figures, places = found.get(key, (one, 0, []))
                found[key] = (one, figures + one.not_yet_due, [*places, standing.card.place.name])
    for (_, _, due), (one, figures, places) in sorted(found.items(), key=lambda item: item[0]):
        heading = say("own_next", measure=one.name, period=_period(one))
        known = {"figures": counted(figures, "figure"), "place": joined(places), "date": date_text(due)}
        yield due, Duty(_NEXT, heading, say("own_next_text", **known))
