"""Who released the free text of a log for the public page: the mixin Released, a role and a day."""

from datetime import date

from outcomes.scalars import Day, Definition, Words

__all__ = ["Released", "is_released"]


class Released(Definition):
    """A row whose words are its writer's own, and reach the public page only when somebody lets them.

    Attributes:
        released_by: The role that released its words for the public page, never a person's name; empty until then.
        released_on: The day of the release; empty until then.
    """

    released_by: Words = ""
    released_on: Day | None = None


def is_released(row: Released, as_of: date) -> bool:
    """Return whether the words of a row may stand on a public page of a date: released by a role, by that day.

    >>> is_released(Released(released_by="Head of communications", released_on=date(2026, 11, 1)), date(2026, 11, 22))
    True
    >>> is_released(Released(), date(2026, 11, 22))
    False
    """
    return bool(row.released_by) and row.released_on is not None and row.released_on <= as_of
