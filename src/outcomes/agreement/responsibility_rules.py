"""The rules about who answers for what: one rule, one function."""

from collections.abc import Iterator

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.model import Agreement
from outcomes.definitions import Complaint, Located, advice
from outcomes.vocabulary import Role

__all__ = ["accountable_and_no_party", "no_owner", "one_owner", "responsibility_twice"]


def accountable_and_no_party(agreements: Agreements) -> Iterator[Complaint]:
    """Only a party of an agreement is accountable under it."""
    for version in agreements.versions:
        parties = {party.partner for party in version.noun.parties}
        for position, responsibility in enumerate(version.noun.responsibilities):
            if responsibility.role is Role.ACCOUNTABLE and responsibility.partner not in parties:
                message = f"{responsibility.partner!r} is accountable and is no party of this agreement."
                yield version.says(message, "Add it to parties.", "responsibilities", position, "partner")


def responsibility_twice(agreements: Agreements) -> Iterator[Complaint]:
    """A partner has a role for an indicator once."""
    for version in agreements.versions:
        seen: set[tuple[str, Role, str]] = set()
        for position, responsibility in enumerate(version.noun.responsibilities):
            for place, indicator in enumerate(responsibility.indicators):
                key = (responsibility.partner, responsibility.role, indicator)
                if key in seen:
                    message = f"{key[0]!r} is already named as {key[1].value} for {indicator!r}."
                    yield version.says(message, "Keep one.", "responsibilities", position, "indicators", place)
                seen.add(key)


@advice
def one_owner(agreements: Agreements) -> Iterator[Complaint]:
    """A shared outcome has more than one accountable partner."""
    for version, indicator, owners in _owners(agreements):
        if len(owners) == 1:
            message = f"{indicator!r} is a shared outcome with one accountable partner, {owners[0]!r}."
            yield version.says(message, "Agree who shares it.", "responsibilities")


@advice
def no_owner(agreements: Agreements) -> Iterator[Complaint]:
    """A shared outcome has accountable partners."""
    for version, indicator, owners in _owners(agreements):
        if not owners:
            message = f"{indicator!r} is a shared outcome, and nobody is accountable for it."
            yield version.says(message, "Agree who is accountable.", "responsibilities")


def _owners(agreements: Agreements) -> Iterator[tuple[Located[Agreement], str, list[str]]]:
    """Yield each shared outcome under the last version of each agreement, with its accountable partners."""
    for version in agreements.latest:
        shared = {
            indicator
            for framework in version.noun.frameworks
            for indicator in agreements.shared.get(framework, frozenset())
        }
        for indicator in sorted(shared):
            owners = {
                responsibility.partner
                for responsibility in version.noun.responsibilities
                if responsibility.role is Role.ACCOUNTABLE and indicator in responsibility.indicators
            }
            yield version, indicator, sorted(owners)
