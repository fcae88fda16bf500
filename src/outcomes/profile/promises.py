"""The line of commitments: what was promised, what became of it, and whether those who promised say so themselves."""

from typing import Final

from outcomes.agreement.model import Commitment, commitment_state
from outcomes.profile.model import ProfileDetail, ProfileLine
from outcomes.profile.words import Subject, counts_of, sentence, spoken
from outcomes.vocabulary import CommitmentState

__all__ = ["promises"]

_ORDER: Final = (
    CommitmentState.KEPT,
    CommitmentState.LATE,
    CommitmentState.NOT_KEPT,
    CommitmentState.NOT_YET_DUE,
    CommitmentState.WITHDRAWN,
)
# of these the partner's own words are asked for
_TO_EXPLAIN: Final = (CommitmentState.LATE, CommitmentState.NOT_KEPT, CommitmentState.WITHDRAWN)


def promises(subject: Subject) -> ProfileLine:
    """Return how many promises stand where; of the kept, how many name evidence, of the others, how many have words."""
    made: tuple[Commitment, ...] = subject.agreement.commitments_by(subject.as_of) if subject.agreement else ()
    states = [commitment_state(one, subject.as_of) for one in made]
    counts = counts_of(states, _ORDER)
    noun = "promise" if len(states) == 1 else "promises"
    text = f"{len(states)} {noun}: {spoken(counts)}" if states else "No promise is recorded"
    pairs = list(zip(made, states, strict=True))
    kept = [one for one, state in pairs if state is CommitmentState.KEPT]
    others = [one for one, state in pairs if state in _TO_EXPLAIN]
    details = []
    if kept:
        proved = sum(bool(one.evidence) for one in kept)
        details.append(ProfileDetail(title="kept", counts=(("with evidence", proved), ("in all", len(kept)))))
    if others:
        told = sum(bool(one.explanation) for one in others)
        title = "late, not kept or withdrawn"
        details.append(ProfileDetail(title=title, counts=(("with the partner’s words", told), ("in all", len(others)))))
    return ProfileLine(
        id="commitments",
        title="Promises",
        question="What was promised, and what became of it?",
        counts=counts,
        sentence=sentence(text),
        details=tuple(details),
    )
