"""What one side asks of another, either way between levels, and what it hears back: the noun Challenge."""

from datetime import date, timedelta
from typing import Final

from outcomes.agreement.model.release import Released
from outcomes.scalars import Day, Slug, Text, Words
from outcomes.vocabulary import AreaLevel, ChallengeState

__all__ = ["LEVELS_THAT_SPEAK", "Challenge", "challenge_state"]

# lowest first; building blocks below them speak for nobody
LEVELS_THAT_SPEAK: Final = (
    AreaLevel.NEIGHBOURHOOD,
    AreaLevel.PLACE,
    AreaLevel.SYSTEM,
    AreaLevel.REGION,
    AreaLevel.NATION,
)


class Challenge(Released):
    """What one side asks another to answer for; a row of `challenges.csv`.

    Attributes:
        id: Its own, in the place.
        raised_by, raised_by_level: Who asks, and for which level it speaks; a publisher asks as a reader.
        to, to_level: Who is to reply, and for which level.
        raised_on: The day on which it was raised.
        indicator: What it is about; empty for the work together as a whole.
        what: The challenge, in the words of who raised it.
        reply_due: The day by which a reply is due; empty for the days that the agreement allows.
        replied_on, reply: The day of the reply, and its words.
        closed_on, agreed: The day on which both sides closed it, and what they agreed.
    """

    id: Slug
    raised_by: Slug
    raised_by_level: AreaLevel
    to: Slug
    to_level: AreaLevel
    raised_on: Day
    indicator: Words = ""
    what: Text
    reply_due: Day | None = None
    replied_on: Day | None = None
    reply: Words = ""
    closed_on: Day | None = None
    agreed: Words = ""

    def due_on(self, allowed_days: int | None) -> date | None:
        """The day by which a reply is due: its own, else so many days after it was raised; None without either."""
        if self.reply_due is not None or allowed_days is None:
            return self.reply_due
        return self.raised_on + timedelta(days=allowed_days)


def challenge_state(challenge: Challenge, due: date | None, as_of: date) -> ChallengeState:
    """Return where a challenge stands on a date; a reply that came later is not yet known.

    Who raised it and who is to reply makes no difference.

    Arguments:
        challenge: The challenge.
        due: The day by which a reply is due (`Challenge.due_on`); None where no clock was agreed.
        as_of: The date.

    >>> asked = Challenge(id="q1", raised_by="VA", raised_by_level="place", to="ICB", to_level="system",
    ...                   raised_on="2026-09-01", what="Why is the contract a year long?")
    >>> challenge_state(asked, asked.due_on(28), date(2026, 9, 29)).value
    'not yet due'
    >>> challenge_state(asked, asked.due_on(28), date(2026, 9, 30)).value
    'unanswered'
    """
    if challenge.replied_on is not None and challenge.replied_on <= as_of:
        is_late = due is not None and challenge.replied_on > due
        return ChallengeState.ANSWERED_LATE if is_late else ChallengeState.ANSWERED
    is_over = due is not None and as_of > due
    return ChallengeState.UNANSWERED if is_over else ChallengeState.NOT_YET_DUE
