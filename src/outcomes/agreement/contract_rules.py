"""The rules about members' own contracts and their measures: one rule, one function."""

from collections.abc import Iterator

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.model import Agreement
from outcomes.agreement.repeated import repeated
from outcomes.definitions import Complaint
from outcomes.vocabulary import Role

__all__ = ["contract_measure", "contract_of_a_stranger", "contract_twice", "shared_measure_of_no_contract"]


def contract_measure(agreements: Agreements) -> Iterator[Complaint]:
    """A measure of a member's own contract is shared by agreement only: no priority, target or owner without it."""
    for version in agreements.versions:
        apart = version.noun.kept_apart
        for path, named in _collective(version.noun):
            if named in apart:
                message = f"{named!r} belongs to a member's own contract, and the partners did not agree to share it."
                fix = "Name it under shared_measures of that contract, or take it out here."
                yield version.says(message, fix, *path)


def shared_measure_of_no_contract(agreements: Agreements) -> Iterator[Complaint]:
    """What is shared of a contract is one of its measures."""
    for version in agreements.versions:
        for position, contract in enumerate(version.noun.contracts):
            for place, named in enumerate(contract.shared_measures):
                if named not in contract.measures:
                    message = f"{named!r} is shared and is no measure of contract {contract.id!r}."
                    yield version.says(message, "Add it to measures.", "contracts", position, "shared_measures", place)


def contract_of_a_stranger(agreements: Agreements) -> Iterator[Complaint]:
    """A separate contract is held by a party of the agreement."""
    for version in agreements.versions:
        parties = {party.partner for party in version.noun.parties}
        for position, contract in enumerate(version.noun.contracts):
            if contract.holder not in parties:
                message = f"{contract.holder!r} holds contract {contract.id!r} and is no party."
                yield version.says(
                    message, "Add it to parties, or take the contract out.", "contracts", position, "holder"
                )


def contract_twice(agreements: Agreements) -> Iterator[Complaint]:
    """A contract's id stands once in a version."""
    for version in agreements.versions:
        for position, contract in repeated(version.noun.contracts, lambda contract: contract.id):
            yield version.says(f"contract {contract.id!r} stands twice.", "Keep one.", "contracts", position, "id")


def _collective(version: Agreement) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the path of every measure that the agreement makes a collective one, with its id."""
    for position, target in enumerate(version.targets):
        yield ("targets", position, "indicator"), target.indicator
    for position, priority in enumerate(version.priorities):
        for place, named in enumerate(priority.indicators):
            yield ("priorities", position, "indicators", place), named
    for position, duty in enumerate(version.responsibilities):
        for place, named in enumerate(duty.indicators if duty.role is Role.ACCOUNTABLE else ()):
            yield ("responsibilities", position, "indicators", place), named
