"""Partners that ended and those that followed them: who stands there now, and what kind of change it was."""

from dataclasses import dataclass
from datetime import date

from outcomes.partnership.model import Partner, Partnership

__all__ = [
    "Succession",
    "code_now",
    "ended_before",
    "heir_of",
    "is_one_to_one",
    "name_now",
    "predecessors_of",
    "source_name",
    "successions",
]


def ended_before(partnership: Partnership, day: date) -> tuple[Partner, ...]:
    """Return the partners that had ended before a day and were followed by another, by code.

    Arguments:
        partnership: The world.
        day: A day; a partner whose last day it is has not ended yet.
    """
    found = (one for one in partnership.partners if one.successor and one.valid_to is not None and one.valid_to < day)
    return tuple(sorted(found, key=lambda one: one.code))


def heir_of(partnership: Partnership, code: str, day: date) -> Partner | None:
    """Return who on a day stands where a partner stood, over however many steps; None where it stands itself.

    Arguments:
        partnership: The world.
        code: The partner's code.
        day: The day to look from.
    """
    here = partnership.partner(code)
    seen = {code}
    while here.successor and here.valid_to is not None and here.valid_to < day and here.successor not in seen:
        here = partnership.partner(here.successor)
        seen.add(here.code)
    return here if here.code != code else None


def code_now(partnership: Partnership, code: str, day: date) -> str:
    """Return the code of who on a day stands where a partner stood: of most partners, their own."""
    heir = heir_of(partnership, code, day)
    return code if heir is None else heir.code


def predecessors_of(partnership: Partnership, code: str) -> tuple[Partner, ...]:
    """Return the partners that ended and were directly followed by one, by code."""
    found = (one for one in partnership.partners if one.successor == code and one.valid_to is not None)
    return tuple(sorted(found, key=lambda one: one.code))


def is_one_to_one(partnership: Partnership, code: str) -> bool:
    """Whether a partner is all of one earlier partner and nothing else: a new name or code for the same organisation.

    It is not where several became one, or where it was there before it took another in.
    """
    before = predecessors_of(partnership, code)
    begun = partnership.partner(code).valid_from
    return len(before) == 1 and begun is not None and before[0].valid_to is not None and before[0].valid_to < begun


@dataclass(frozen=True, slots=True)
class Succession:
    """A partner that ended, and one that followed it.

    Attributes:
        before: The code of the one that ended.
        after: The code of the one that followed it.
        is_new: Whether that began after the other's end, at every step. One that was there before it took another in
            had a voice of its own beside the other's, and nobody can tell which of the two it raises.
        is_same: Whether it is the same organisation under a new name or code, at every step.
    """

    before: str
    after: str
    is_new: bool
    is_same: bool


def successions(partnership: Partnership) -> tuple[Succession, ...]:
    """Return every partner that ended with each that followed it, over every step; the first steps first."""
    steps = []
    for partner in partnership.partners:
        heir = partnership.partners_by_code.get(partner.successor)
        if heir is not None and partner.valid_to is not None:
            is_new = heir.valid_from is not None and partner.valid_to < heir.valid_from
            steps.append(Succession(partner.code, heir.code, is_new, is_one_to_one(partnership, heir.code)))
    next_of = {step.before: step for step in steps}
    found: list[tuple[int, Succession]] = []
    for step in steps:
        here, seen = step, {step.before}
        found.append((len(seen), here))
        while here.after in next_of and here.after not in seen:
            seen.add(here.after)
            further = next_of[here.after]
            is_new, is_same = here.is_new and further.is_new, here.is_same and further.is_same
            here = Succession(step.before, further.after, is_new, is_same)
            found.append((len(seen), here))
    return tuple(one for _, one in sorted(found, key=lambda one: (one[0], one[1].after, one[1].before)))


def source_name(partnership: Partnership, partner: str, source: str) -> str:
    """Return the name of a source whose figures a partner sends, or was to send when one that ended still did.

    Arguments:
        partnership: The world.
        partner: The partner's code.
        source: The code of the source.
    """
    senders = [partner, *(one.before for one in successions(partnership) if one.after == partner)]
    named = (partnership.partner(code).sources.get(source) for code in senders)
    return next((name for name in named if name), source)


def name_now(partnership: Partnership, code: str, day: date) -> str:
    """Return a partner's name, and of one that was followed also the name of who stands there now.

    Arguments:
        partnership: The world.
        code: The partner's code.
        day: The day that a page speaks for.
    """
    heir = heir_of(partnership, code, day)
    own = partnership.partner(code).name
    return own if heir is None else f"{own} (now {heir.name})"
