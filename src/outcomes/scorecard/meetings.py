"""Puts together what a place's next meeting has before it, and the register of what earlier ones decided."""

from collections.abc import Mapping, Sequence
from datetime import date

from outcomes.agreement.model import Agreement, Decision, Meeting, decision_state, meeting_for, names_decision
from outcomes.partnership.model import Partnership
from outcomes.scorecard.model.meetings import Board, DecisionLine, MeetingLine, RestingTarget
from outcomes.scorecard.model.page import CommitmentLine
from outcomes.vocabulary import CommitmentState, DecisionState, MeetingPart

__all__ = ["board_of"]


def board_of(
    agreement: Agreement | None,
    partnership: Partnership,
    commitments: Sequence[CommitmentLine],
    *,
    as_of: date,
    with_private: bool,
) -> Board | None:
    """Return what the next meeting of a place has before it; None where no meeting is recorded.

    Arguments:
        agreement: The place's agreement on the date.
        partnership: The world.
        commitments: The place's promises, as they stand on the date.
        as_of: The date that the page speaks for: what a later meeting decided is not yet known.
        with_private: Whether the words of what is heard in private are told; otherwise only that there is something,
            and why it is private.
    """
    if agreement is None:
        return None
    meeting = meeting_for(agreement.meetings, as_of)
    if meeting is None:
        return None
    meetings = {one.id: one for one in agreement.meetings}
    versions = [one for one in partnership.agreements if one.area_code == agreement.area_code]
    lines = [
        _line(decision, meetings[decision.meeting], partnership, versions, as_of, with_private=with_private)
        for decision in agreement.decisions
        if decision.meeting in meetings
    ]
    sought = [line for line in lines if line.meeting_id == meeting.id and line.state is DecisionState.SOUGHT]
    told = [line for line in lines if line.state is not DecisionState.SOUGHT]
    by_meeting = sorted(told, key=lambda line: (line.held_on, line.meeting_id), reverse=True)
    due = [
        line.id
        for line in commitments
        if line.state is CommitmentState.LATE
        or (line.state is CommitmentState.NOT_YET_DUE and line.due <= meeting.held_on)
    ]
    return Board(
        meeting=_meeting(meeting, agreement, as_of),
        sought=tuple(sorted(sought, key=lambda line: (line.part is MeetingPart.PRIVATE, line.reference))),
        decided=tuple(by_meeting),
        commitments_due=tuple(due),
    )


def _meeting(meeting: Meeting, agreement: Agreement, as_of: date) -> MeetingLine:
    is_known = meeting.present is not None and meeting.held_on <= as_of
    return MeetingLine(
        id=meeting.id,
        body=meeting.body,
        held_on=meeting.held_on,
        where=meeting.where,
        minutes=meeting.minutes if meeting.held_on <= as_of else "",
        quorum=meeting.quorum,
        parties=len(agreement.parties),
        present=meeting.present if is_known else None,
        has_quorum=meeting.present >= meeting.quorum if meeting.present is not None and is_known else None,
        is_coming=meeting.held_on >= as_of,
    )


def _line(
    decision: Decision,
    meeting: Meeting,
    partnership: Partnership,
    versions: Sequence[Agreement],
    as_of: date,
    *,
    with_private: bool,
) -> DecisionLine:
    is_withheld = decision.part is MeetingPart.PRIVATE and not with_private
    state = decision_state(decision, meeting, as_of)
    is_decided = state is not DecisionState.SOUGHT
    outcomes = {outcome.id: outcome.title for framework in partnership.frameworks for outcome in framework.outcomes}
    names = {indicator.id: indicator.short_name or indicator.name for indicator in partnership.indicators.values()}
    # what rests on a decision is in the agreement, which is no secret; one that is yet to hold is known by what made it
    known = [
        version
        for version in versions
        if version.effective_from <= as_of or (is_decided and names_decision(version.decision, decision.reference))
    ]
    return DecisionLine(
        reference=decision.reference,
        title="" if is_withheld else decision.title,
        part=decision.part,
        private_because=decision.private_because,
        is_withheld=is_withheld,
        meeting_id=meeting.id,
        body=meeting.body,
        held_on=meeting.held_on,
        asked_by=partnership.partner(decision.asked_by).name if decision.asked_by and not is_withheld else "",
        outcome="" if is_withheld else outcomes.get(decision.outcome, decision.outcome),
        indicator="" if is_withheld else names.get(decision.indicator, decision.indicator),
        recommendation="" if is_withheld else decision.recommendation,
        decided=decision.decided if is_decided and not is_withheld else "",
        dissent=decision.dissent if is_decided and not is_withheld else "",
        state=state,
        agreement_versions=tuple(
            version.version for version in known if names_decision(version.decision, decision.reference)
        ),
        targets=_targets(decision.reference, known, names),
    )


def _targets(reference: str, versions: Sequence[Agreement], names: Mapping[str, str]) -> tuple[RestingTarget, ...]:
    found = {
        (version.version, target.indicator)
        for version in versions
        for target in version.targets
        if names_decision(target.decision, reference)
    }
    return tuple(
        RestingTarget(agreement_version=number, indicator_id=named, indicator=names.get(named, named))
        for number, named in sorted(found)
    )
