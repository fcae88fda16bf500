"""The meeting that decides next, what is put to it, and the register of what was decided: for one place's pages."""

from datetime import date

from outcomes.scorecard.model.base import Frozen
from outcomes.vocabulary import DecisionState, MeetingPart

__all__ = ["Board", "DecisionLine", "MeetingLine", "RestingTarget"]


class MeetingLine(Frozen):
    """A meeting.

    Attributes:
        id, body, held_on, where, minutes: As planned or held.
        quorum: How many parties must be there.
        parties: How many there are.
        present: How many were; None before the meeting, and where nobody wrote it down.
        has_quorum: Whether enough were there; None where that is not known.
        is_coming: Whether it is on or after the date of the page.
    """

    id: str
    body: str
    held_on: date
    where: str = ""
    minutes: str = ""
    quorum: int
    parties: int
    present: int | None = None
    has_quorum: bool | None = None
    is_coming: bool = False


class RestingTarget(Frozen):
    """A target of an agreement's version that rests on a decision."""

    agreement_version: int
    indicator_id: str
    indicator: str


class DecisionLine(Frozen):
    """A decision and where it stands.

    Attributes:
        reference, title, part, private_because: As put.
        is_withheld: Whether it is heard in private, and its words are left out here.
        meeting_id, body, held_on: Where and when.
        asked_by: The partner that asks for it; empty for all together.
        outcome, indicator: Titles of what it is about.
        recommendation, decided, dissent: In words.
        state: Where it stands.
        agreement_versions: The versions of the agreement that rest on it.
        targets: The targets that rest on it.
    """

    reference: str
    title: str = ""
    part: MeetingPart
    private_because: str = ""
    is_withheld: bool = False
    meeting_id: str
    body: str
    held_on: date
    asked_by: str = ""
    outcome: str = ""
    indicator: str = ""
    recommendation: str = ""
    decided: str = ""
    dissent: str = ""
    state: DecisionState
    agreement_versions: tuple[int, ...] = ()
    targets: tuple[RestingTarget, ...] = ()


class Board(Frozen):
    """What the body that decides for the place has before it.

    Attributes:
        meeting: The next one; the last where none is planned.
        sought: What is put to that meeting, in order of reference, public before private.
        decided: What earlier meetings decided, the newest first.
        commitments_due: Ids of the promises that are late or fall due by that meeting.
    """

    meeting: MeetingLine
    sought: tuple[DecisionLine, ...] = ()
    decided: tuple[DecisionLine, ...] = ()
    commitments_due: tuple[str, ...] = ()
