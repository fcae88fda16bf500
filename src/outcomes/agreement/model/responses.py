"""Counts what became of challenges and how long replies took: one count, whichever way a challenge goes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from outcomes.agreement.model.agreement import Agreement
from outcomes.agreement.model.challenges import LEVELS_THAT_SPEAK, Challenge, challenge_state
from outcomes.vocabulary import AreaLevel, ChallengeState

__all__ = ["Responses", "challenges_due", "responses"]

_ANSWERED: Final = (ChallengeState.ANSWERED, ChallengeState.ANSWERED_LATE)


@dataclass(frozen=True, slots=True)
class Responses:
    """What became of the challenges that one level raised with another.

    Attributes:
        raised_by_level, to_level: Which way they went.
        raised, answered, answered_late, not_yet_due, unanswered: How many; `raised` is the sum of the others.
        days: Of those answered, late or not, how many days each reply took, sorted.
        days_waiting: Of those unanswered, how many days each has waited since it was raised, longest first.
    """

    raised_by_level: AreaLevel
    to_level: AreaLevel
    raised: int
    answered: int
    answered_late: int
    not_yet_due: int
    unanswered: int
    days: tuple[int, ...]
    days_waiting: tuple[int, ...]

    @property
    def median_days(self) -> float | None:
        """The median of `days`; None where nothing was answered."""
        return float(median(self.days)) if self.days else None


def challenges_due(
    versions: Sequence[Agreement], standing_on: Callable[[date], Agreement | None]
) -> tuple[tuple[Challenge, date | None], ...]:
    """Return every challenge of a place with the day by which a reply is due, in the order in which they were raised.

    The clock is that of the version which stood when the challenge was raised (before the first, the first's): a later
    version, or one that lacks signatures, does not make a reply late afterwards.

    Arguments:
        versions: Every version of the agreement of one place; each has the whole log.
        standing_on: Says which of them stood on a day (`Partnership.agreement_for`).
    """
    ordered = sorted(versions, key=lambda version: version.version)
    found = []
    for challenge in ordered[-1].challenges if ordered else ():
        then = standing_on(challenge.raised_on) or ordered[0]
        found.append((challenge, challenge.due_on(then.clocks.challenge_reply_days)))
    return tuple(found)


def responses(challenges: Iterable[tuple[Challenge, date | None]], as_of: date) -> tuple[Responses, ...]:
    """Return the counts of every direction, both ways between the same levels side by side.

    A direction without a challenge is there too where the other way has one; place and system always are. Swap the two
    sides of every challenge, and the counts of the two directions are swapped.

    Arguments:
        challenges: Each with the day by which a reply is due.
        as_of: The date; what was raised or replied to later is not yet known.

    >>> ask = Challenge(id="a", raised_by="VA", raised_by_level="place", to="ICB", to_level="system",
    ...                 raised_on="2026-09-01", what="Why?")
    >>> found = responses([(ask, date(2026, 9, 29))], date(2026, 11, 1))
    >>> [(one.raised_by_level.value, one.unanswered) for one in found]
    [('place', 1), ('system', 0)]
    """
    known = [(challenge, due) for challenge, due in challenges if challenge.raised_on <= as_of]
    found = {(challenge.raised_by_level, challenge.to_level) for challenge, _ in known}
    found |= {(AreaLevel.PLACE, AreaLevel.SYSTEM)}
    found |= {(to, raised_by) for raised_by, to in found}
    return tuple(
        _of_direction([one for one in known if (one[0].raised_by_level, one[0].to_level) == way], way, as_of)
        for way in sorted(found, key=_pair_then_way)
    )


def _pair_then_way(way: tuple[AreaLevel, AreaLevel]) -> tuple[tuple[int, ...], int]:
    """Both ways between two levels stand together, the one that goes up first."""
    ranks = [LEVELS_THAT_SPEAK.index(level) for level in way]
    return tuple(sorted(ranks)), ranks[0]


def _of_direction(
    challenges: Sequence[tuple[Challenge, date | None]], way: tuple[AreaLevel, AreaLevel], as_of: date
) -> Responses:
    states = [(challenge, challenge_state(challenge, due, as_of)) for challenge, due in challenges]
    counts = {state: sum(found is state for _, found in states) for state in ChallengeState}
    return Responses(
        raised_by_level=way[0],
        to_level=way[1],
        raised=len(states),
        answered=counts[ChallengeState.ANSWERED],
        answered_late=counts[ChallengeState.ANSWERED_LATE],
        not_yet_due=counts[ChallengeState.NOT_YET_DUE],
        unanswered=counts[ChallengeState.UNANSWERED],
        days=tuple(
            sorted(
                (challenge.replied_on - challenge.raised_on).days
                for challenge, state in states
                if state in _ANSWERED and challenge.replied_on is not None
            )
        ),
        days_waiting=tuple(
            sorted(
                (
                    (as_of - challenge.raised_on).days
                    for challenge, state in states
                    if state is ChallengeState.UNANSWERED
                ),
                reverse=True,
            )
        ),
    )
