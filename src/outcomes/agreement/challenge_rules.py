"""The rules about challenges between levels and their replies: one rule, one function; no rule asks who raised one."""

from collections.abc import Iterator

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.model import LEVELS_THAT_SPEAK, Challenge
from outcomes.agreement.repeated import repeated
from outcomes.definitions import Complaint, Located

__all__ = [
    "challenge_dates",
    "challenge_half_answered",
    "challenge_level",
    "challenge_to_itself",
    "challenge_twice",
    "challenge_without_clock",
]


def _rows(agreements: Agreements) -> Iterator[Located[Challenge]]:
    for source in agreements.sources:
        yield from source.rows(Challenge)


def challenge_twice(agreements: Agreements) -> Iterator[Complaint]:
    """A challenge's id stands once in a place."""
    for source in agreements.sources:
        for _, row in repeated(source.rows(Challenge), lambda row: row.noun.id):
            yield row.says(f"challenge {row.noun.id!r} stands twice.", "Give each challenge its own id.")


def challenge_to_itself(agreements: Agreements) -> Iterator[Complaint]:
    """Nobody challenges itself."""
    for row in _rows(agreements):
        if row.noun.raised_by == row.noun.to:
            message = f"challenge {row.noun.id!r} is raised by {row.noun.to!r} to itself."
            yield row.says(message, "Name who asks under raised_by, and who is to reply under to.")


def challenge_level(agreements: Agreements) -> Iterator[Complaint]:
    """Both sides of a challenge speak for a neighbourhood, a place, a system, a region or the nation."""
    fix = f"The levels are: {', '.join(level.value for level in LEVELS_THAT_SPEAK)}."
    for row in _rows(agreements):
        for key in ("raised_by_level", "to_level"):
            level = getattr(row.noun, key)
            if level not in LEVELS_THAT_SPEAK:
                yield row.says(f"{key} of challenge {row.noun.id!r} is {level.value!r}, which speaks for nobody.", fix)


def challenge_dates(agreements: Agreements) -> Iterator[Complaint]:
    """A challenge is raised, then replied to, then closed; a reply is not due before it is raised."""
    for row in _rows(agreements):
        noun = row.noun
        for key, earlier in (
            ("reply_due", noun.raised_on),
            ("replied_on", noun.raised_on),
            ("closed_on", noun.replied_on or noun.raised_on),
        ):
            day = getattr(noun, key)
            if day is not None and day < earlier:
                message = f"{key} {day} of challenge {noun.id!r} is before {earlier}."
                yield row.says(message, "Correct one of the dates.")


def challenge_half_answered(agreements: Agreements) -> Iterator[Complaint]:
    """A reply has a date and words; a challenge is closed after a reply, with what was agreed."""
    for row in _rows(agreements):
        noun = row.noun
        if (noun.replied_on is None) != (not noun.reply):
            lacks = "no words" if noun.replied_on else "no date"
            yield row.says(f"the reply to challenge {noun.id!r} has {lacks}.", "Give replied_on and reply, or neither.")
        if noun.closed_on is not None and noun.replied_on is None:
            message = f"challenge {noun.id!r} is closed, and nobody replied."
            yield row.says(message, "Record the reply first: an unanswered challenge stays open.")
        if (noun.closed_on is None) != (not noun.agreed):
            lacks = "what was agreed" if noun.closed_on else "the day of its closing"
            yield row.says(f"challenge {noun.id!r} lacks {lacks}.", "Give closed_on and agreed, or neither.")


def challenge_without_clock(agreements: Agreements) -> Iterator[Complaint]:
    """Every challenge has a day by which a reply is due: its own, or the agreement's clock."""
    for source in agreements.sources:
        # a version that cannot be read has its own fault
        if source.faults or not source.versions:
            continue
        has_clock = all(version.noun.clocks.challenge_reply_days for version in source.versions)
        for row in source.rows(Challenge):
            if row.noun.reply_due is None and not has_clock:
                message = f"no reply to challenge {row.noun.id!r} is ever due."
                fix = "Give reply_due, or agree clocks: {challenge_reply_days: 28} in every version of the agreement."
                yield row.says(message, fix)
