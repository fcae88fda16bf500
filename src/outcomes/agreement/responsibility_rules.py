"""The rules about who answers for what: one rule, one function."""

from collections.abc import Iterator

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.model import Agreement
from outcomes.definitions import Complaint, Located, advice
from outcomes.framework.target_rules import breakdown_complaint
from outcomes.vocabulary import Role

__all__ = [
    "accountable_and_no_party",
    "no_owner",
    "one_in_the_room",
    "one_owner",
    "responsibility_population",
    "responsibility_twice",
]


def accountable_and_no_party(agreements: Agreements) -> Iterator[Complaint]:
    """Only a party of an agreement is accountable under it."""
    for version in agreements.versions:
        parties = {party.partner for party in version.noun.parties}
        for position, responsibility in enumerate(version.noun.responsibilities):
            if responsibility.role is Role.ACCOUNTABLE and responsibility.partner not in parties:
                message = f"{responsibility.partner!r} is accountable and is no party of this agreement."
                yield version.says(message, "Add it to parties.", "responsibilities", position, "partner")


def responsibility_twice(agreements: Agreements) -> Iterator[Complaint]:
    """A partner has a role for an indicator and a population once."""
    for version in agreements.versions:
        seen: set[tuple[str, Role, str, str, str]] = set()
        for position, responsibility in enumerate(version.noun.responsibilities):
            for place, indicator in enumerate(responsibility.indicators):
                of_whom = (responsibility.area_code, responsibility.breakdown)
                key = (responsibility.partner, responsibility.role, indicator, *of_whom)
                if key in seen:
                    message = f"{key[0]!r} is already named as {key[1].value} for {indicator!r}."
                    yield version.says(message, "Keep one.", "responsibilities", position, "indicators", place)
                seen.add(key)


def responsibility_population(agreements: Agreements) -> Iterator[Complaint]:
    """A responsibility for some of the people names an area of the place, and a group that the indicator has."""
    for version in agreements.versions:
        within = agreements.below.get(version.noun.area_code, frozenset())
        for position, responsibility in enumerate(version.noun.responsibilities):
            at = ("responsibilities", position)
            if responsibility.role is Role.SUPPLIES_DATA and (responsibility.area_code or responsibility.breakdown):
                message = f"what {responsibility.partner!r} supplies is for every area and group that it serves."
                fix = "Leave area_code and breakdown out; partners.yaml says which areas a partner serves."
                yield version.says(message, fix, *at, "role")
            if agreements.areas is not None and responsibility.area_code not in ("", *within):
                message = f"the area {responsibility.area_code!r} does not lie within {version.noun.area_code!r}."
                yield version.says(message, "Name an area of the place, or leave it out for all.", *at, "area_code")
            for indicator in responsibility.indicators:
                known = (agreements.indicators or {}).get(indicator, ())
                wrong = breakdown_complaint(responsibility.breakdown, known[-1]) if known else ""
                if wrong:
                    yield version.says(wrong, "Name a group that the indicator has.", *at, "breakdown")


@advice
def one_in_the_room(agreements: Agreements) -> Iterator[Complaint]:
    """An indicator has at least two partners, in any role, that can be called into the room for it."""
    if agreements.partners is None:
        return
    for version in agreements.latest:
        asked = {
            indicator
            for framework in version.noun.frameworks
            for indicator in agreements.asked.get(framework, frozenset())
        }
        supplied = agreements.supplied.get(version.noun.area_code, {})
        for indicator in sorted(asked):
            there = supplied.get(indicator, frozenset()) | {
                responsibility.partner
                for responsibility in version.noun.responsibilities
                if indicator in responsibility.indicators
            }
            if len(there) < 2:
                who = f"only {min(there)!r} is" if there else "nobody is"
                message = f"{who} in the room for {indicator!r}."
                fix = "Agree who else is accountable, contributes, supplies data or is consulted."
                yield version.says(message, fix, "responsibilities")


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
            yield version, indicator, list(version.noun.owners_of(indicator))
