"""Turns what a scorecard says of the next meeting into the board pack."""

from collections.abc import Iterator
from dataclasses import dataclass

from outcomes.report.accountability_view import CommitmentRow, commitment_rows
from outcomes.report.brief_view import brief_sentence
from outcomes.report.challenge_view import ChallengeRow, open_challenges
from outcomes.report.dispute_view import DisputeView, disputes_section
from outcomes.report.formatting import date_text, joined
from outcomes.report.replies import replies_counted
from outcomes.report.wording import say, sentence_case
from outcomes.scorecard.model import Board, DecisionLine, Scorecard
from outcomes.vocabulary import DecisionState, DelegationState, MeetingPart

__all__ = ["BoardPack", "board_pack"]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One decision: what it is, what was asked, what came of it, and what rests on it."""

    head: str
    about: str
    recommendation: str
    state: str
    decided: str
    dissent: str
    rests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardPack:
    """What one meeting has before it, section by section."""

    title: str
    lede: str
    stamp: tuple[str, ...]
    sought: tuple[DecisionView, ...]
    private_sentence: str
    private: tuple[DecisionView, ...]
    withheld: tuple[tuple[str, str], ...]
    doing: str
    replies: str
    promises: tuple[CommitmentRow, ...]
    disputes: tuple[DisputeView, ...]
    challenges: tuple[ChallengeRow, ...]
    due: tuple[str, ...]
    register: tuple[DecisionView, ...]


def board_pack(card: Scorecard) -> BoardPack | None:
    """Return the pack of a place's next meeting; None where no meeting is recorded.

    Arguments:
        card: The place's scorecard. What is heard in private is in it only where it is the working copy.
    """
    board = card.board
    if board is None:
        return None
    meeting = board.meeting
    # what stands there of a meeting that is over is what it decided, in the register
    private = [line for line in board.sought if line.part is MeetingPart.PRIVATE]
    withheld = [line for line in private if line.is_withheld]
    told = "board_private_withheld" if withheld else "board_private_told"
    return BoardPack(
        title=say("board_head", body=meeting.body, date=date_text(meeting.held_on)),
        lede=say("board_lede" if meeting.is_coming else "board_lede_last", body=meeting.body),
        stamp=tuple(_stamp(board)),
        sought=tuple(_decision(line) for line in board.sought if line.part is MeetingPart.PUBLIC),
        private_sentence=say(told, number=len(private)) if private else say("board_private_none"),
        private=tuple(_decision(line) for line in private if not line.is_withheld),
        withheld=tuple((line.reference, line.private_because) for line in withheld),
        doing=brief_sentence(card),
        replies=replies_counted((card.summary,)),
        promises=commitment_rows([line for line in card.commitments if line.id in board.commitments_due]),
        disputes=disputes_section(card) or (),
        challenges=open_challenges(card),
        due=tuple(_due(card)),
        register=tuple(_decision(line) for line in board.decided),
    )


def _decision(line: DecisionLine) -> DecisionView:
    """Return one decision as it is printed.

    Arguments:
        line: The decision; of one that is withheld only its reference, its meeting and why are told.
    """
    about = [say("board_at", body=line.body, date=date_text(line.held_on))]
    if line.asked_by:
        about.append(say("board_asked_by", partner=line.asked_by))
    subject = joined([text for text in (line.outcome, line.indicator) if text])
    if subject:
        about.append(say("board_about", subject=subject))
    if line.part is MeetingPart.PRIVATE:
        about.append(say("board_in_private", because=line.private_because))
    rests = [say("board_rests_agreement", version=number) for number in line.agreement_versions]
    for number in sorted({target.agreement_version for target in line.targets}):
        named = [target.indicator for target in line.targets if target.agreement_version == number]
        rests.append(say("board_rests_targets", version=number, targets=joined(named)))
    is_told = line.state is not DecisionState.SOUGHT
    decided = line.decided
    if line.state is DecisionState.NOT_RECORDED:
        decided = say("board_not_recorded") + "."
    head = say("board_withheld", reference=line.reference)
    if not line.is_withheld:
        head = say("board_decision", reference=line.reference, title=line.title)
    return DecisionView(
        head=head,
        about="; ".join(about),
        recommendation="" if is_told else line.recommendation,
        state=sentence_case(line.state.value) if is_told else "",
        decided=decided,
        dissent=line.dissent,
        rests=tuple(rests),
    )


def _stamp(board: Board) -> Iterator[str]:
    meeting = board.meeting
    yield say("board_quorum", quorum=meeting.quorum, parties=meeting.parties)
    if meeting.present is not None:
        words = say("board_has_quorum" if meeting.has_quorum else "board_no_quorum")
        yield say("board_present", present=meeting.present, words=words)
    if meeting.where:
        yield say("board_where", where=meeting.where)
    if meeting.minutes:
        yield say("board_minutes", minutes=meeting.minutes)


def _due(card: Scorecard) -> Iterator[str]:
    agreement = card.agreement
    if agreement is not None:
        over = say("board_review_over") if agreement.review_by < card.as_of else ""
        yield say("board_review", date=date_text(agreement.review_by), over=over)
        signed = sum(1 for party in agreement.parties if party.signed_on is not None)
        if signed < len(agreement.parties):
            yield say("board_unsigned", signed=signed, all=len(agreement.parties))
    for line in card.money.delegations if card.money else ():
        if line.to_day is not None:
            is_over = line.state is DelegationState.EXPIRED
            yield say(
                "board_delegation_expired" if is_over else "board_delegation_expires",
                function=line.function,
                partner=line.from_partner,
                body=line.to_body,
                date=date_text(line.to_day),
            )
