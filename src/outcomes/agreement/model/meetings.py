"""Where partners decide together, and what they decided: the nouns Meeting and Decision, rows of two logs."""

import re
from datetime import date

from outcomes.scalars import Day, Definition, NotNegativeWhole, PositiveWhole, Slug, Text, Words
from outcomes.vocabulary import DecisionResult, DecisionState, MeetingPart

__all__ = ["Decision", "Meeting", "decision_state", "is_same_decision", "meeting_for", "names_decision"]


class Meeting(Definition):
    """A meeting of the body that decides for the place; a row of `meetings.csv`.

    Attributes:
        id: Its own, in the place.
        body: Who meets, such as the joint committee.
        held_on: The day, planned or past.
        quorum: How many parties must be there for a decision to hold.
        present: How many were; empty before the meeting, and where nobody wrote it down.
        where: Where residents may come to hear the public part.
        minutes: Where the minutes are, such as a reference or a web address.
    """

    id: Slug
    body: Text
    held_on: Day
    quorum: PositiveWhole
    present: NotNegativeWhole | None = None
    where: Words = ""
    minutes: Words = ""


class Decision(Definition):
    """A decision that is sought or was taken at a meeting; a row of `decisions.csv`.

    Attributes:
        reference: By which agreements, targets and promises name it, such as `CJC 2026/05`.
        meeting: The id of the meeting.
        part: Whether it is heard in public or in private.
        private_because: Why in private, in words that may be read in public.
        title: What is to be decided, in a line.
        asked_by: The code of the partner that asks for it; empty for all together.
        outcome, indicator: What it is about; empty for the work as a whole.
        recommendation: What the body is asked to agree.
        result: What came of it; empty while it is sought.
        decided: The decision in words.
        dissent: Who saw it otherwise, and why, in their words.
    """

    reference: Text
    meeting: Slug
    part: MeetingPart = MeetingPart.PUBLIC
    private_because: Words = ""
    title: Text
    asked_by: Words = ""
    outcome: Words = ""
    indicator: Words = ""
    recommendation: Words = ""
    result: DecisionResult | None = None
    decided: Words = ""
    dissent: Words = ""


def decision_state(decision: Decision, meeting: Meeting, as_of: date) -> DecisionState:
    """Return where a decision stands on a date; what a later meeting decided is not yet known.

    >>> board = Meeting(id="m1", body="Joint committee", held_on=date(2026, 3, 18), quorum=6, present=9)
    >>> paper = Decision(reference="JC 1", meeting="m1", title="Targets", result=DecisionResult.AGREED)
    >>> decision_state(paper, board, date(2026, 3, 17)).value, decision_state(paper, board, date(2026, 3, 18)).value
    ('sought', 'agreed')
    """
    if as_of < meeting.held_on:
        return DecisionState.SOUGHT
    if decision.result is None:
        return DecisionState.NOT_RECORDED
    return DecisionState(decision.result.value.replace("_", " "))


def meeting_for(meetings: tuple[Meeting, ...], as_of: date) -> Meeting | None:
    """Return the next meeting on or after a date; where none is planned the last one held; None where there is none.

    >>> boards = tuple(
    ...     Meeting(id=f"m{month}", body="Board", held_on=date(2026, month, 1), quorum=3) for month in (3, 9, 12)
    ... )
    >>> meeting_for(boards, date(2026, 11, 22)).id, meeting_for(boards, date(2027, 1, 1)).id
    ('m12', 'm12')
    """
    ordered = sorted(meetings, key=lambda meeting: (meeting.held_on, meeting.id))
    coming = [meeting for meeting in ordered if meeting.held_on >= as_of]
    return coming[0] if coming else ordered[-1] if ordered else None


def names_decision(text: str, reference: str) -> bool:
    """Return whether a text names a decision by its whole reference.

    >>> names_decision("Castlewick joint committee, CJC 2026/05", "CJC 2026/05")
    True
    >>> names_decision("CJC 2026/14", "CJC 2026/1")
    False
    """
    return re.search(rf"(?<!\w){re.escape(reference)}(?!\w)", text) is not None


def is_same_decision(one: str, other: str) -> bool:
    """Return whether two texts name one decision, in whatever spelling and with or without the body that took it.

    What is named besides, with a number of its own, is another decision.

    >>> is_same_decision("Castlewick joint committee,  cjc 2026/05.", "CJC 2026/05")
    True
    >>> is_same_decision("CJC 2026/05", "CJC 2026/05, changed by CJC 2026/11")
    False
    """
    short, long = sorted((_plain(one), _plain(other)), key=len)
    found = re.search(rf"(?<![\w/.-]){re.escape(short)}(?![\w/-])", long)
    return found is not None and not re.search(r"\d", long[: found.start()] + long[found.end() :])


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .,;:")
