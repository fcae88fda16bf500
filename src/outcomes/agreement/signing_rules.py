"""The rules about parties, their signatures and whose signatures are needed: one rule, one function."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.model import Commitment, standing_of
from outcomes.agreement.repeated import repeated
from outcomes.definitions import Complaint, advice
from outcomes.vocabulary import Role, SignOffRule

__all__ = [
    "carried_over_signature",
    "lacks_signature",
    "names_a_person",
    "party_twice",
    "publisher_signs",
    "sign_off_beyond_parties",
    "signed_by_a_person",
]

# a form of address with a name behind it; roles such as "Chief executive" and "Lord-lieutenant" have none
_PERSON: Final = re.compile(r"\b(Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Cllr|Councillor)\.? +[A-Z][a-z'’-]+")


def names_a_person(text: str) -> bool:
    """Return whether a text seems to name a person where a role is expected.

    >>> names_a_person("Dr Green, chair"), names_a_person("Lord-lieutenant")
    (True, False)
    """
    return _PERSON.search(text) is not None


def party_twice(agreements: Agreements) -> Iterator[Complaint]:
    """A partner is a party once."""
    for version in agreements.versions:
        for position, party in repeated(version.noun.parties, lambda party: party.partner):
            message = f"partner {party.partner!r} is a party twice."
            yield version.says(message, "Keep one.", "parties", position, "partner")


def signed_by_a_person(agreements: Agreements) -> Iterator[Complaint]:
    """A role signs and answers, never a person by name."""
    fix = "Write the role alone, such as Chief executive: people leave, and what was agreed stays."
    for version in agreements.versions:
        said = [
            ("parties", place, "signatory_role", one.signatory_role) for place, one in enumerate(version.noun.parties)
        ]
        said += [("statutory_roles", place, "role", one.role) for place, one in enumerate(version.noun.statutory_roles)]
        for key, place, name, text in said:
            if _PERSON.search(text):
                yield version.says("a person seems to be named here.", fix, key, place, name)
        if version.noun.accountable_role and _PERSON.search(version.noun.accountable_role.role):
            yield version.says("a person seems to be named here.", fix, "accountable_role", "role")
    for source in agreements.sources:
        for row in source.logs.get("office_holders", ()):
            if _PERSON.search(row.noun.role):
                yield row.says("a person seems to be named here.", fix)


def sign_off_beyond_parties(agreements: Agreements) -> Iterator[Complaint]:
    """Signatures are asked of parties, and of no more than there are."""
    for version in agreements.versions:
        rule, parties = version.noun.sign_off, {party.partner for party in version.noun.parties}
        at = ("sign_off",)
        if rule.number and rule.number > len(parties):
            message = f"{rule.number} signatures are required of {len(parties)} parties."
            yield version.says(message, "Lower number, or write rule: unanimous for all.", *at, "number")
        sectors = {agreements.sectors[code] for code in parties if code in agreements.sectors}
        if rule.sectors and agreements.sectors and rule.sectors > len(sectors):
            message = (
                f"signatures from {rule.sectors} kinds of partner are required, and the parties are of {len(sectors)}."
            )
            yield version.says(message, "Lower sectors, or add parties.", *at, "sectors")
        for place, code in enumerate(rule.required):
            if code not in parties:
                message = f"the signature of {code!r} is required, and it is no party."
                yield version.says(message, "Add it to parties.", *at, "required", place)
        if rule.rule is SignOffRule.LEAD_ONLY and rule.lead not in parties:
            message = f"{rule.lead!r} is to sign for all, and it is no party."
            yield version.says(message, "Name a party.", *at, "lead")


@advice
def lacks_signature(agreements: Agreements) -> Iterator[Complaint]:
    """A version has the signatures that it needs; until then it is a draft, and so is every page made under it."""
    for version in agreements.versions:
        # whatever was signed on whichever day: a file has no today
        standing = standing_of(version.noun, date.max, agreements.sectors)
        # what nobody has signed is plainly a draft
        if standing.is_signed or not standing.signed:
            continue
        waits = [*standing.waits_for]
        waits += [f"{standing.more_parties} more"] if standing.more_parties else []
        waits += [f"partners of {standing.more_sectors} more kinds"] if standing.more_sectors else []
        message = f"version {version.noun.version} lacks signatures ({', '.join(waits)}), so it is a draft."
        fix = "Add signed_on when they have signed; the version before it holds until then."
        yield version.says(message, fix, "parties")


def carried_over_signature(agreements: Agreements) -> Iterator[Complaint]:
    """A new version is signed anew, after every earlier one: the day of an earlier signature does not count for it."""
    for source in agreements.sources:
        ordered = sorted(source.versions, key=lambda located: located.noun.version)
        # of each partner the last day on which it signed a version, and which
        last: dict[str, tuple[date, int]] = {}
        for version in ordered:
            number = version.noun.version
            for position, party in enumerate(version.noun.parties):
                day, signed = last.get(party.partner, (date.min, number))
                if party.signed_on and party.signed_on <= day and signed != number:
                    when = "on that very day" if party.signed_on == day else f"later, on {day}"
                    message = f"{party.partner!r} signed version {signed} {when}; this one is signed {party.signed_on}."
                    fix = "Leave signed_on out until this version is signed."
                    yield version.says(message, fix, "parties", position, "signed_on")
            signatures = {party.partner: party.signed_on for party in version.noun.parties if party.signed_on}
            last |= {code: max(last.get(code, (date.min, 0)), (on, number)) for code, on in signatures.items()}


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
