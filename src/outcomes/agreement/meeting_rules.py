"""The rules for meetings and the register of decisions: one rule, one function."""

from collections.abc import Iterator
from datetime import date

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.loading import AgreementSource
from outcomes.agreement.model import Decision, Meeting, names_decision
from outcomes.agreement.repeated import repeated, unknown_outcome_says
from outcomes.definitions import Complaint, Located, advice
from outcomes.vocabulary import DecisionResult, MeetingPart

__all__ = [
    "agreed_before_its_decision",
    "agreed_references",
    "decision_not_in_register",
    "decision_outcome",
    "decision_twice",
    "decision_without_quorum",
    "decision_without_words",
    "meeting_twice",
    "private_without_reason",
    "unknown_meeting",
]


def meeting_twice(agreements: Agreements) -> Iterator[Complaint]:
    """The id of a meeting stands once in a place."""
    for source in agreements.sources:
        for _, row in repeated(source.rows(Meeting), lambda row: row.noun.id):
            yield row.says(f"meeting {row.noun.id!r} stands twice.", "Give each meeting its own id.")


def decision_twice(agreements: Agreements) -> Iterator[Complaint]:
    """The reference of a decision stands once in a place."""
    for source in agreements.sources:
        for _, row in repeated(source.rows(Decision), lambda row: row.noun.reference):
            yield row.says(f"decision {row.noun.reference!r} stands twice.", "Give each decision its own reference.")


def unknown_meeting(agreements: Agreements) -> Iterator[Complaint]:
    """A decision is sought or taken at a meeting that stands in meetings.csv."""
    for source in agreements.sources:
        there = [row.noun.id for row in source.rows(Meeting)]
        for row in source.rows(Decision):
            if row.noun.meeting not in there:
                fix = f"The meetings are: {', '.join(there)}." if there else "Add it to meetings.csv."
                yield row.says(f"there is no meeting {row.noun.meeting!r}.", fix)


def decision_without_quorum(agreements: Agreements) -> Iterator[Complaint]:
    """Nothing is agreed at a meeting that had no quorum, or of which nobody says how many were there."""
    for source in agreements.sources:
        for row, meeting in _decided(source):
            if row.noun.result is not DecisionResult.AGREED:
                continue
            if meeting.present is None:
                message = f"{row.noun.reference!r} was agreed, and nobody says how many were at meeting {meeting.id!r}."
                yield row.says(message, "Write the number under present in meetings.csv.")
            elif meeting.present < meeting.quorum:
                message = (
                    f"{row.noun.reference!r} was agreed by {meeting.present} at meeting {meeting.id!r}, and its quorum "
                    f"is {meeting.quorum}."
                )
                yield row.says(message, "Without a quorum a decision is deferred; put it to the next meeting.")


def decision_without_words(agreements: Agreements) -> Iterator[Complaint]:
    """A decision with a result says in words what was decided."""
    for source in agreements.sources:
        for row in source.rows(Decision):
            if row.noun.result is not None and not row.noun.decided:
                message = f"{row.noun.reference!r} has a result, and decided is empty."
                yield row.says(message, "Write in a sentence what was decided.")
            elif row.noun.result is None and row.noun.decided:
                message = f"{row.noun.reference!r} says what was decided, and has no result."
                yield row.says(message, "Write agreed, not_agreed or deferred under result.")


def private_without_reason(agreements: Agreements) -> Iterator[Complaint]:
    """What is heard in private says why, in words that may be read in public."""
    for source in agreements.sources:
        for row in source.rows(Decision):
            if row.noun.part is MeetingPart.PRIVATE and not row.noun.private_because:
                message = f"{row.noun.reference!r} is heard in private, and private_because is empty."
                yield row.says(message, "Say why in words that may be public, or hear it in public.")
            elif row.noun.part is MeetingPart.PUBLIC and row.noun.private_because:
                message = f"{row.noun.reference!r} is heard in public, and private_because is not empty."
                yield row.says(message, "Write private under part, or empty private_because.")


def decision_outcome(agreements: Agreements) -> Iterator[Complaint]:
    """A decision is about an outcome that a framework in use names."""
    for source in agreements.sources:
        for row in source.rows(Decision):
            if wrong := unknown_outcome_says(agreements, row.noun.outcome):
                yield row.says(*wrong)


def agreed_before_its_decision(agreements: Agreements) -> Iterator[Complaint]:
    """A target or a priority was agreed on the day of the meeting that decided it or after, never before it."""
    for source in agreements.sources:
        held = [(row.noun.reference, meeting.held_on) for row, meeting in _decided(source)]
        for version in source.versions:
            agreed: list[tuple[str, int, str, date | None]] = [
                ("targets", place, one.decision, one.agreed_on) for place, one in enumerate(version.noun.targets)
            ]
            agreed += [
                ("priorities", place, one.decision, one.agreed_on) for place, one in enumerate(version.noun.priorities)
            ]
            for key, place, decision, agreed_on in agreed:
                days = [day for reference, day in held if names_decision(decision, reference)]
                if agreed_on is not None and days and agreed_on < min(days):
                    message = f"agreed_on is {agreed_on}, and {decision!r} was decided on {min(days)}."
                    yield version.says(message, "Write the day of the decision.", key, place, "agreed_on")


@advice
def decision_not_in_register(agreements: Agreements) -> Iterator[Complaint]:
    """Where a place keeps a register, what was agreed since its first meeting rests on decisions in it."""
    for version in agreements.latest:
        source = next(one for one in agreements.sources if version in one.versions)
        agreed = agreed_references(source)
        if not agreed:
            continue
        # what was decided before the register began cannot stand in it
        began = min(row.noun.held_on for row in source.rows(Meeting))
        noun = version.noun
        named: list[tuple[str, date | None, tuple[str | int, ...]]] = [
            (noun.decision, noun.effective_from, ("decision",))
        ]
        named += [
            (one.decision, one.agreed_on, ("targets", place, "decision")) for place, one in enumerate(noun.targets)
        ]
        named += [
            (one.decision, one.agreed_on, ("priorities", place, "decision"))
            for place, one in enumerate(noun.priorities)
        ]
        for decision, agreed_on, at in named:
            if agreed_on is None or agreed_on < began:
                continue
            if not any(names_decision(decision, reference) for reference in agreed):
                message = f"{decision!r} names no decision that was agreed by decisions.csv."
                yield version.says(message, "Add the decision to the register, or correct the reference.", *at)


def agreed_references(source: AgreementSource) -> tuple[str, ...]:
    """Return the references of what was agreed by a place's register, in its order; empty where none is kept.

    Arguments:
        source: The agreement of a place with its logs.
    """
    return tuple(row.noun.reference for row, _ in _decided(source) if row.noun.result is DecisionResult.AGREED)


def _decided(source: AgreementSource) -> Iterator[tuple[Located[Decision], Meeting]]:
    meetings = {row.noun.id: row.noun for row in source.rows(Meeting)}
    for row in source.rows(Decision):
        if row.noun.meeting in meetings:
            yield row, meetings[row.noun.meeting]
