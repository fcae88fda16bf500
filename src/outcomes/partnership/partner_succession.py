"""Partners that ended and those that followed them: who stands there now, and what kind of change it was."""

from datetime import date

from outcomes.partnership.model import Partner, Partnership

__all__ = ["code_now", "ended_before", "heir_of", "is_one_to_one", "name_now", "predecessors_of"]


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
