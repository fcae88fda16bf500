"""What the partners of a place put first, on which evidence, and which role answers for it: Priority, Evidence."""

from datetime import date

from pydantic import Field

from outcomes.scalars import Day, Definition, Slug, Text, Words
from outcomes.vocabulary import AreaLevel, PriorityState

__all__ = ["AccountableRole", "Evidence", "Priority", "StatutoryRole", "overdue_evidence", "priority_state"]


class Evidence(Definition):
    """What a priority rests on, such as a joint strategic needs assessment.

    Attributes:
        title: What it is called.
        dated: The day of its publication or of the meeting that took note of it.
        review_by: The day by which it is to be looked at again; a priority that rests on it is flagged after that.
        took_part: Who made it together: bodies, groups and roles, never persons.
    """

    title: Text
    dated: Day
    review_by: Day
    took_part: tuple[Text, ...] = Field(min_length=1)


class Priority(Definition):
    """What the partners agreed to put first.

    Attributes:
        id: Its code, kept through the versions.
        title: In words.
        outcome: The id of the outcome that it serves; empty for none.
        indicators: The ids of the indicators that show it.
        set_by: The level that owns it; the level of the agreement's place.
        agreed_on: The day on which the partners agreed it; empty until then.
        decision: The reference of the decision; empty until then.
        evidence: What it rests on.
    """

    id: Slug
    title: Text
    outcome: Words = ""
    indicators: tuple[Slug, ...] = ()
    set_by: AreaLevel
    agreed_on: Day | None = None
    decision: Words = ""
    evidence: tuple[Evidence, ...] = ()


class AccountableRole(Definition):
    """The one role that answers for the shared outcomes of the place to all its partners.

    Attributes:
        role: The role, never the person.
        partner: The code of the partner that employs it.
        decision: The reference of the decision that made it.
    """

    role: Text
    partner: Slug
    decision: Text


class StatutoryRole(Definition):
    """An officer whom the law makes answerable for one body; the single accountable role takes nothing from it.

    Attributes:
        role: The role, never the person.
        partner: The code of the body.
    """

    role: Text
    partner: Slug


def overdue_evidence(priority: Priority, as_of: date) -> tuple[Evidence, ...]:
    """Return the evidence of a priority that was to be looked at again before a date."""
    return tuple(one for one in priority.evidence if one.review_by < as_of)


def priority_state(priority: Priority, as_of: date, *, is_signed: bool, due: date | None = None) -> PriorityState:
    """Return how ready a priority is on a date.

    Arguments:
        priority: As it stands in a version of an agreement.
        as_of: What happened later is not known yet.
        is_signed: Whether that version has the signatures that it needs.
        due: The day by which the partnership was to have agreed its local priorities; None for no such day.

    >>> evidence = Evidence(title="JSNA", dated=date(2022, 9, 1), review_by=date(2025, 9, 1), took_part=("CC",))
    >>> first = Priority(id="p", title="Damp", set_by="place", agreed_on=date(2023, 3, 1), decision="B 1",
    ...                  evidence=(evidence,))
    >>> priority_state(first, date(2026, 11, 22), is_signed=True).value
    'evidence overdue'
    """
    is_agreed = is_signed and bool(priority.decision) and priority.agreed_on is not None
    if not is_agreed or priority.agreed_on is None or priority.agreed_on > as_of:
        return PriorityState.OVERDUE if due is not None and as_of > due else PriorityState.NOT_AGREED
    return PriorityState.EVIDENCE_OVERDUE if overdue_evidence(priority, as_of) else PriorityState.AGREED
