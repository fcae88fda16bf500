"""Turns challenges into rows of tables, and what became of them into counts for both ways; one wording for all."""

from collections.abc import Sequence
from dataclasses import dataclass

from outcomes.report.formatting import date_text, number_text
from outcomes.report.marks import Mark, challenge_mark
from outcomes.report.wording import counted, say, sentence_case
from outcomes.scorecard.model import ChallengeLine, ResponseCounts, Scorecard, responses_together
from outcomes.vocabulary import AreaLevel, ChallengeState

__all__ = [
    "ChallengeRow",
    "ChallengesBrief",
    "ChallengesSection",
    "ResponseRow",
    "challenge_rows",
    "challenges_brief",
    "challenges_of_all",
    "challenges_section",
    "open_challenges",
    "response_rows",
]


@dataclass(frozen=True, slots=True)
class ChallengeRow:
    """One challenge in a table."""

    mark: Mark
    state: str
    days: str
    raised_by: str
    to: str
    what: str
    about: str
    dates: str
    reply: str
    replied: str
    agreed: str
    closed: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """What became of the challenges of one way."""

    way: str
    counts: tuple[int, ...]
    median: str
    waiting: str


@dataclass(frozen=True, slots=True)
class ChallengesSection:
    """Every challenge about a place, and the counts of both ways."""

    rows: tuple[ChallengeRow, ...]
    responses: tuple[ResponseRow, ...]


@dataclass(frozen=True, slots=True)
class ChallengesBrief:
    """The unanswered challenges about a place, and a sentence for each way."""

    says: tuple[str, ...]
    unanswered: tuple[ChallengeRow, ...]


def _side(name: str, level: AreaLevel) -> str:
    return say("challenge_side", name=name, level=say(f"level_{level.value}"))


def _way(counts: ResponseCounts) -> str:
    raised_by, to = (say(f"level_{level.value}") for level in (counts.raised_by_level, counts.to_level))
    return sentence_case(say("challenge_way", raised_by=raised_by, to=to))


def challenge_rows(
    lines: Sequence[ChallengeLine], measures: dict[str, str], place: str = ""
) -> tuple[ChallengeRow, ...]:
    """Return challenges as rows of a table, in the order given.

    Arguments:
        lines: The challenges.
        measures: Indicator id to its short name.
        place: The name of the place, where the table is of several.
    """
    return tuple(_row(line, measures, place) for line in lines)


def _row(line: ChallengeLine, measures: dict[str, str], place: str) -> ChallengeRow:
    dates = [say("challenge_raised", date=date_text(line.raised_on, short=True))]
    if line.reply_due is not None:
        dates.append(say("challenge_due", date=date_text(line.reply_due, short=True)))
    replied = ""
    if line.replied_on is not None and line.response_days is not None:
        days = counted(line.response_days, "day")
        replied = say("challenge_replied", date=date_text(line.replied_on, short=True), days=days)
    return ChallengeRow(
        mark=challenge_mark(line.state),
        state=sentence_case(line.state.value),
        days=say("challenge_over", days=counted(line.days_over, "day")) if line.days_over else "",
        raised_by=_side(line.raised_by, line.raised_by_level),
        to=_side(line.to, line.to_level),
        what=line.what,
        about=say("challenge_about", measure=measures.get(line.indicator, line.indicator)) if line.indicator else "",
        dates=". ".join(dates),
        reply=line.reply,
        replied=replied,
        agreed=line.agreed,
        closed=say("challenge_closed", date=date_text(line.closed_on, short=True)) if line.closed_on else "",
        place=place,
    )


def response_rows(counts: Sequence[ResponseCounts]) -> tuple[ResponseRow, ...]:
    """Return the counts of every way, both ways between two levels side by side."""
    return tuple(
        ResponseRow(
            way=_way(one),
            counts=(one.raised, one.answered, one.answered_late, one.not_yet_due, one.unanswered),
            median=_days(one.median_days) if one.median_days is not None else say("response_no_days"),
            waiting=_days(max(one.days_waiting)) if one.days_waiting else say("response_no_wait"),
        )
        for one in counts
    )


def _days(days: float) -> str:
    return counted(int(days), "day") if days == int(days) else say("days_in_part", number=number_text(days, 1))


def _measures(card: Scorecard) -> dict[str, str]:
    return {line.page_name: line.short_name or line.name for line in card.lines}


def challenges_section(card: Scorecard) -> ChallengesSection | None:
    """Return what the record of a place says of challenges; None where there is no agreement."""
    if card.agreement is None and not card.challenges:
        return None
    return ChallengesSection(challenge_rows(card.challenges, _measures(card)), response_rows(card.responses))


def open_challenges(card: Scorecard) -> tuple[ChallengeRow, ...]:
    """Return the challenges that nobody has answered yet, whichever way they go, as rows of a table."""
    waiting = (ChallengeState.NOT_YET_DUE, ChallengeState.UNANSWERED)
    return challenge_rows([line for line in card.challenges if line.state in waiting], _measures(card))


def challenges_brief(card: Scorecard) -> ChallengesBrief:
    """Return what the page of a place says of challenges: a sentence each way, and what nobody answered."""
    says = tuple(
        say(
            "challenge_says",
            way=_way(one),
            raised=one.raised,
            answered=one.answered,
            late=one.answered_late,
            open=one.not_yet_due,
            unanswered=one.unanswered,
        )
        for one in card.responses
    )
    open_ones = [line for line in card.challenges if line.state is ChallengeState.UNANSWERED]
    return ChallengesBrief(says, challenge_rows(open_ones, _measures(card)))


def challenges_of_all(cards: Sequence[Scorecard]) -> ChallengesSection:
    """Return the unanswered challenges of all places, the longest waiting first, and the counts of all together."""
    unanswered = [(line, card) for card in cards for line in card.challenges if line.state is ChallengeState.UNANSWERED]
    unanswered.sort(key=lambda one: (one[0].raised_on, one[1].place.name, one[0].id))
    rows = tuple(_row(line, _measures(card), card.place.name) for line, card in unanswered)
    together = responses_together(one for card in cards for one in card.responses)
    return ChallengesSection(rows, response_rows(together))
