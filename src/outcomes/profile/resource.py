"""The line of resource: for how many outcomes money is recorded beside them; what is missing is said, never nought."""

from outcomes.agreement.model import delegation_state
from outcomes.profile.model import ProfileDetail, ProfileLine
from outcomes.profile.words import Subject, counts_of, spoken
from outcomes.vocabulary import DelegationState, ResourceKind

__all__ = ["resource"]

_APART = "It never enters an outcome."


def resource(subject: Subject) -> ProfileLine:
    """Return for how many outcomes of the page a plan, a forecast and what was spent are known, and delegations.

    An amount counts once it was reported; a row that says why there is none is no amount.
    """
    title, question = "Resource", "What money stands beside the outcomes?"
    agreement = subject.agreement
    outcomes = {one.outcome for one in subject.ordered}
    known = [
        row
        for row in (agreement.resources if agreement else ())
        if row.reported_on <= subject.as_of and row.outcome in outcomes
    ]
    by_kind = {
        kind: {row.outcome for row in known if row.kind is kind and row.amount is not None} for kind in ResourceKind
    }
    states = [delegation_state(one, subject.as_of) for one in agreement.delegations] if agreement else []
    delegated = counts_of(states, tuple(DelegationState))
    details = (ProfileDetail(title="delegations", counts=delegated),) if delegated else ()
    if not any(by_kind.values()):
        told = f"No money is recorded beside any outcome. {_APART}"
        return ProfileLine(id="resource", title=title, question=question, sentence=told, details=details)
    without = outcomes.difference(*by_kind.values())
    told = (
        f"A plan for {len(by_kind[ResourceKind.PLAN])} of {len(outcomes)} outcomes, what was spent for "
        f"{len(by_kind[ResourceKind.ACTUAL])}; nothing recorded for {len(without)}."
    )
    if delegated:
        told += f" Delegations: {spoken(delegated)}."
    counts = (
        ("outcomes with a plan", len(by_kind[ResourceKind.PLAN])),
        ("outcomes with a forecast", len(by_kind[ResourceKind.FORECAST])),
        ("outcomes with what was spent", len(by_kind[ResourceKind.ACTUAL])),
        ("outcomes with nothing recorded", len(without)),
    )
    return ProfileLine(
        id="resource", title=title, question=question, counts=counts, sentence=f"{told} {_APART}", details=details
    )
