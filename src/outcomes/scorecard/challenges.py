"""Makes what a page says of challenges: every one with its state, and the counts of both directions."""

from datetime import date
from typing import Final

from outcomes.agreement.model import Challenge, challenge_state, is_released, responses
from outcomes.partnership.model import Partnership
from outcomes.scorecard.model import ChallengeLine, ResponseCounts
from outcomes.vocabulary import ChallengeState

__all__ = ["challenge_lines", "response_counts"]

_ORDER: Final = (
    ChallengeState.UNANSWERED,
    ChallengeState.ANSWERED_LATE,
    ChallengeState.NOT_YET_DUE,
    ChallengeState.ANSWERED,
)
_OPEN: Final = (ChallengeState.UNANSWERED, ChallengeState.NOT_YET_DUE)


def challenge_lines(partnership: Partnership, area_code: str, as_of: date) -> tuple[ChallengeLine, ...]:
    """Return the challenges about a place that were raised by a date: unanswered first, the longest waiting first.

    The order asks for state and time only, never for who raised one.
    """
    lines = [
        _line(challenge, due, partnership, as_of)
        for challenge, due in partnership.challenges_of(area_code)
        if challenge.raised_on <= as_of
    ]
    return tuple(sorted(lines, key=lambda line: (_ORDER.index(line.state), line.raised_on, line.id)))


def response_counts(partnership: Partnership, area_code: str, as_of: date) -> tuple[ResponseCounts, ...]:
    """Return what became of challenges, both ways between every two levels; nothing where none was ever raised."""
    known = [one for one in partnership.challenges_of(area_code) if one[0].raised_on <= as_of]
    return tuple(
        ResponseCounts(
            raised_by_level=one.raised_by_level,
            to_level=one.to_level,
            raised=one.raised,
            answered=one.answered,
            answered_late=one.answered_late,
            not_yet_due=one.not_yet_due,
            unanswered=one.unanswered,
            days=one.days,
            median_days=one.median_days,
            days_waiting=one.days_waiting,
        )
        for one in (responses(known, as_of) if known else ())
    )


def _line(challenge: Challenge, due: date | None, partnership: Partnership, as_of: date) -> ChallengeLine:
    state = challenge_state(challenge, due, as_of)
    replied = challenge.replied_on if challenge.replied_on and challenge.replied_on <= as_of else None
    closed = challenge.closed_on if challenge.closed_on and challenge.closed_on <= as_of else None
    return ChallengeLine(
        id=challenge.id,
        raised_by_code=challenge.raised_by,
        raised_by=partnership.partner(challenge.raised_by).name,
        raised_by_level=challenge.raised_by_level,
        to_code=challenge.to,
        to=partnership.partner(challenge.to).name,
        to_level=challenge.to_level,
        raised_on=challenge.raised_on,
        indicator=challenge.indicator,
        what=challenge.what,
        reply_due=due,
        state=state,
        replied_on=replied,
        reply=challenge.reply if replied else "",
        response_days=(replied - challenge.raised_on).days if replied else None,
        days_waiting=(as_of - challenge.raised_on).days if state in _OPEN else 0,
        days_over=(as_of - due).days if due is not None and state is ChallengeState.UNANSWERED else 0,
        closed_on=closed,
        agreed=challenge.agreed if closed else "",
        is_released=is_released(challenge, as_of),
    )
