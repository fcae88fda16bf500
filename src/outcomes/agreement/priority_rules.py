"""The rules about priorities, their evidence, and the role that answers for them: one rule, one function."""

from collections.abc import Iterator

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.repeated import repeated
from outcomes.definitions import Complaint, advice

__all__ = [
    "accountable_role_apart",
    "agreed_on_old_evidence",
    "priority_agreed_by_nobody",
    "priority_twice",
    "priority_without_evidence",
]


def priority_twice(agreements: Agreements) -> Iterator[Complaint]:
    """A priority's id stands once in a version."""
    for version in agreements.versions:
        for position, priority in repeated(version.noun.priorities, lambda priority: priority.id):
            message = f"the priority {priority.id!r} stands twice."
            yield version.says(message, "Give each its own id.", "priorities", position, "id")


def priority_without_evidence(agreements: Agreements) -> Iterator[Complaint]:
    """A priority cites its evidence: what it is, its date, when it is looked at again, and who took part."""
    for version in agreements.versions:
        for position, priority in enumerate(version.noun.priorities):
            if not priority.evidence:
                message = f"the priority {priority.id!r} cites no evidence."
                fix = (
                    "Add evidence with title, dated, review_by and took_part, such as the needs assessment it rests on."
                )
                yield version.says(message, fix, "priorities", position)


def priority_agreed_by_nobody(agreements: Agreements) -> Iterator[Complaint]:
    """A priority that was agreed names the day and the decision."""
    for version in agreements.versions:
        for position, priority in enumerate(version.noun.priorities):
            if (priority.agreed_on is None) == bool(priority.decision):
                message = f"the priority {priority.id!r} has one of agreed_on and decision."
                fix = "Write both, or neither while it is not agreed."
                yield version.says(message, fix, "priorities", position)


@advice
def agreed_on_old_evidence(agreements: Agreements) -> Iterator[Complaint]:
    """A priority is agreed on evidence that was not yet due to be looked at again, and that was there."""
    for version in agreements.versions:
        for position, priority in enumerate(version.noun.priorities):
            for place, evidence in enumerate(priority.evidence if priority.agreed_on else ()):
                at = ("priorities", position, "evidence", place)
                agreed = f"{priority.id!r} was agreed on {priority.agreed_on}"
                if priority.agreed_on and evidence.review_by < priority.agreed_on:
                    message = f"{agreed}; its evidence was due for review on {evidence.review_by}."
                    yield version.says(message, "Look at the evidence again, and cite the newer one.", *at)
                if priority.agreed_on and evidence.dated > priority.agreed_on:
                    message = f"{agreed}, before its evidence of {evidence.dated}."
                    yield version.says(message, "Cite the evidence that was there, or agree it again.", *at)


def accountable_role_apart(agreements: Agreements) -> Iterator[Complaint]:
    """The role that answers for the place is one of a party's, and none of the statutory officers'."""
    for version in agreements.versions:
        role = version.noun.accountable_role
        if role is None:
            continue
        if role.partner not in {party.partner for party in version.noun.parties}:
            message = f"{role.partner!r} employs the accountable role and is no party."
            yield version.says(message, "Add it to parties.", "accountable_role", "partner")
        officers = {(one.role.casefold(), one.partner) for one in version.noun.statutory_roles}
        if (role.role.casefold(), role.partner) in officers:
            message = (
                f"{role.role!r} of {role.partner!r} is a statutory officer, and answers by law for that body alone."
            )
            yield version.says(message, "Name a role apart from the statutory officers.", "accountable_role", "role")
