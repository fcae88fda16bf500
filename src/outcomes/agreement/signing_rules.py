"""The rules about parties, their signatures and the form of an agreement: one rule, one function."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.model import Commitment
from outcomes.definitions import Complaint
from outcomes.vocabulary import AgreementForm, Role

__all__ = ["carried_over_signature", "mou_binds", "party_twice", "publisher_signs", "required_signatures"]

_BINDING: Final = re.compile(r"(?<!not )(?<!non-)(?<!non )\bbinding\b", re.IGNORECASE)


def party_twice(agreements: Agreements) -> Iterator[Complaint]:
    """A partner is a party once."""
    for version in agreements.versions:
        codes = [party.partner for party in version.noun.parties]
        for position, code in enumerate(codes):
            if code in codes[:position]:
                yield version.says(f"partner {code!r} is a party twice.", "Keep one.", "parties", position, "partner")


def required_signatures(agreements: Agreements) -> Iterator[Complaint]:
    """No more signatures are required than there are parties."""
    for version in agreements.versions:
        required, parties = version.noun.required_signatures, len(version.noun.parties)
        if required and required > parties:
            message = f"{required} signatures are required of {parties} parties."
            yield version.says(message, "Lower required_signatures, or leave it out for all.", "required_signatures")


def carried_over_signature(agreements: Agreements) -> Iterator[Complaint]:
    """A new version is signed anew: the day of an earlier signature does not count for it."""
    for source in agreements.sources:
        ordered = sorted(source.versions, key=lambda located: located.noun.version)
        for earlier, later in pairwise(ordered):
            before = {party.partner: party.signed_on for party in earlier.noun.parties}
            for position, party in enumerate(later.noun.parties):
                if party.signed_on and party.signed_on == before.get(party.partner):
                    message = (
                        f"{party.partner!r} signed version {earlier.noun.version} on that very day, {party.signed_on}."
                    )
                    fix = "Leave signed_on out until this version is signed."
                    yield later.says(message, fix, "parties", position, "signed_on")


def mou_binds(agreements: Agreements) -> Iterator[Complaint]:
    """A memorandum of understanding binds nobody: all sign, and it records no binding decision."""
    for version in agreements.versions:
        noun = version.noun
        if noun.form is not AgreementForm.MEMORANDUM_OF_UNDERSTANDING:
            continue
        if noun.required_signatures and noun.required_signatures < len(noun.parties):
            message = "a memorandum of understanding cannot hold for parties that have not signed it."
            fix = "Leave required_signatures out, or choose a form that may bind, such as joint_committee."
            yield version.says(message, fix, "required_signatures")
        for key in ("title", "decision", "reason"):
            if _BINDING.search(getattr(noun, key)):
                message = f"a memorandum of understanding cannot record a binding decision, and {key} speaks of one."
                yield version.says(message, "Choose the form that was agreed, such as joint_committee.", key)


def publisher_signs(agreements: Agreements) -> Iterator[Complaint]:
    """A publisher signs, answers for and promises nothing."""
    fix = "Take it out, or give the partner the type that it is."
    for version in agreements.versions:
        for position, party in enumerate(version.noun.parties):
            if party.partner in agreements.publishers:
                yield version.says(f"{party.partner!r} is a publisher and signs nothing.", fix, "parties", position)
        for position, responsibility in enumerate(version.noun.responsibilities):
            if responsibility.partner in agreements.publishers and responsibility.role is not Role.SUPPLIES_DATA:
                message = f"{responsibility.partner!r} is a publisher and is not {responsibility.role.value}."
                yield version.says(message, fix, "responsibilities", position)
    for source in agreements.sources:
        for row in source.rows(Commitment):
            if row.noun.partner in agreements.publishers:
                yield row.says(f"{row.noun.partner!r} is a publisher and promises nothing.", fix)
