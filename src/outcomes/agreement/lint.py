"""The rules that agreements obey: one rule, one function."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from outcomes.agreement.loading import AgreementSource
from outcomes.agreement.model import Agreement, Commitment
from outcomes.agreement.rebase_rules import local_rebase, local_rebase_twice
from outcomes.definitions import Complaint, Located, Rule, advice
from outcomes.framework.model import Indicator
from outcomes.framework.target_rules import target_complaints, target_marks
from outcomes.vocabulary import AgreementForm, Role

__all__ = ["AGREEMENT_RULES", "Agreements"]

_BINDING: Final = re.compile(r"(?<!not )(?<!non-)(?<!non )\bbinding\b", re.IGNORECASE)


@dataclass(frozen=True)
class Agreements:
    """Every agreement, and the names that it may use.

    Attributes:
        sources: As read.
        partners: The codes of partners; None where partners.yaml cannot be read.
        publishers: The codes of partners that publish only.
        areas: The codes of areas; None where areas.csv cannot be read.
        below: Each agreement's place, with everything below it.
        frameworks: The ids of the frameworks in use.
        indicators: Every indicator in use by id, its versions in order; None where a framework cannot be read.
        declared: The ids of indicators, readable or not.
        shared: Of each framework, its indicators of the local and national tier: the shared outcomes.
        outcomes: The ids of outcomes.
        charted: The indicators of which a framework asks special cause, each with the changes that frameworks name.
    """

    sources: tuple[AgreementSource, ...]
    partners: frozenset[str] | None
    publishers: frozenset[str]
    areas: frozenset[str] | None
    below: Mapping[str, frozenset[str]]
    frameworks: tuple[str, ...]
    indicators: Mapping[str, tuple[Indicator, ...]] | None
    declared: frozenset[str]
    shared: Mapping[str, frozenset[str]]
    outcomes: frozenset[str]
    charted: Mapping[str, frozenset[date]] = field(default_factory=dict)

    @property
    def versions(self) -> Iterator[Located[Agreement]]:
        """Every version of every agreement."""
        for source in self.sources:
            yield from source.versions

    @property
    def latest(self) -> Iterator[Located[Agreement]]:
        """The last version of every agreement."""
        for source in self.sources:
            if source.versions:
                yield max(source.versions, key=lambda located: located.noun.version)


def unknown_area(agreements: Agreements) -> Iterator[Complaint]:
    """The place of an agreement, and the areas of its targets, exist."""
    if agreements.areas is None:
        return
    fix = "Add the area to areas.csv, or correct the code."
    for source in agreements.sources:
        if source.versions and source.area_code not in agreements.areas:
            yield source.versions[0].says(f"the place {source.area_code!r} is no area of areas.csv.", fix)
    for version in agreements.versions:
        for position, target in enumerate(version.noun.targets):
            if target.area_code and target.area_code not in agreements.areas:
                message = f"the area {target.area_code!r} of a target is no area of areas.csv."
                yield version.says(message, fix, "targets", position, "area_code")


def unknown_partner(agreements: Agreements) -> Iterator[Complaint]:
    """Everybody whom an agreement or its logs name is a partner."""
    if agreements.partners is None:
        return
    fix = f"The partners are: {', '.join(sorted(agreements.partners)) or 'none'}."
    for version in agreements.versions:
        named = {
            "parties": [party.partner for party in version.noun.parties],
            "responsibilities": [responsibility.partner for responsibility in version.noun.responsibilities],
        }
        for key, codes in named.items():
            for position, code in enumerate(codes):
                if code not in agreements.partners:
                    yield version.says(f"there is no partner {code!r}.", fix, key, position, "partner")
    for source in agreements.sources:
        for log, row in source.every_row:
            for code in log.partners(row.noun):
                if code not in agreements.partners:
                    yield row.says(f"there is no partner {code!r}.", fix)


def unknown_indicator(agreements: Agreements) -> Iterator[Complaint]:
    """Every indicator that an agreement or its logs name is defined by a framework in use."""
    if agreements.indicators is None:
        return
    fix = "Name an indicator by its id, and include its framework."

    def says(named: str) -> str:
        return f"no framework in use has an indicator {named!r}."

    for version in agreements.versions:
        for position, responsibility in enumerate(version.noun.responsibilities):
            for place, named in enumerate(responsibility.indicators):
                if named not in agreements.declared:
                    yield version.says(says(named), fix, "responsibilities", position, "indicators", place)
        for position, target in enumerate(version.noun.targets):
            if target.indicator not in agreements.declared:
                yield version.says(says(target.indicator), fix, "targets", position, "indicator")
    for source in agreements.sources:
        for log, row in source.every_row:
            for named in log.indicators(row.noun):
                if named not in agreements.declared:
                    yield row.says(says(named), fix)


def unknown_framework(agreements: Agreements) -> Iterator[Complaint]:
    """The frameworks of an agreement are in use in the partnership."""
    for version in agreements.versions:
        for position, named in enumerate(version.noun.frameworks):
            if named not in agreements.frameworks:
                message = f"framework {named!r} is not among the frameworks of partnership.yaml."
                in_use = ", ".join(agreements.frameworks)
                fix = f"Those are: {in_use}." if in_use else "Name it under frameworks in partnership.yaml."
                yield version.says(message, fix, "frameworks", position)


def unknown_outcome(agreements: Agreements) -> Iterator[Complaint]:
    """A commitment serves an outcome that a framework in use names."""
    if agreements.indicators is None:
        return
    for source in agreements.sources:
        for row in source.rows(Commitment):
            if row.noun.outcome and row.noun.outcome not in agreements.outcomes:
                message = f"no framework in use has an outcome {row.noun.outcome!r}."
                there = ", ".join(sorted(agreements.outcomes))
                fix = f"The outcomes are: {there}." if there else "Add outcomes to a framework.yaml."
                yield row.says(message, fix)


def local_target(agreements: Agreements) -> Iterator[Complaint]:
    """A local target can be read for its indicator, and was set before the data it judges."""
    for version in agreements.versions:
        for position, target in enumerate(version.noun.targets):
            versions = (agreements.indicators or {}).get(target.indicator, ())
            if versions:
                for message, fix, path in target_complaints(target, versions[-1]):
                    yield version.says(message, fix, "targets", position, *path)


def target_outside_place(agreements: Agreements) -> Iterator[Complaint]:
    """A local target is for its place or an area within it."""
    for version in agreements.versions:
        within = agreements.below.get(version.noun.area_code, frozenset())
        for position, target in enumerate(version.noun.targets):
            at = ("targets", position)
            if not target.area_code:
                fix = f"Write area_code: {version.noun.area_code}, or an area within it."
                yield version.says("a local target names its area.", fix, *at)
            elif agreements.areas and target.area_code in agreements.areas and target.area_code not in within:
                message = f"the area {target.area_code!r} lies outside {version.noun.area_code!r}."
                yield version.says(message, "An agreement sets targets for its own place.", *at, "area_code")


def target_twice(agreements: Agreements) -> Iterator[Complaint]:
    """There is one target of a sort for an indicator, area, group and period in a version."""
    for version in agreements.versions:
        seen: set[tuple[str, ...]] = set()
        for position, target in enumerate(version.noun.targets):
            if target_marks(target) & seen:
                message = f"there is already a target for {target.indicator!r}, this area, group and period."
                yield version.says(message, "Keep one of them.", "targets", position)
            seen |= target_marks(target)


def agreement_version_twice(agreements: Agreements) -> Iterator[Complaint]:
    """A version number stands once in an agreement."""
    for source in agreements.sources:
        numbers = [version.noun.version for version in source.versions]
        for position, version in enumerate(source.versions):
            if version.noun.version in numbers[:position]:
                message = f"version {version.noun.version} stands twice."
                yield version.says(message, "Number the versions 1, 2, ….", "version")


def agreement_supersedes(agreements: Agreements) -> Iterator[Complaint]:
    """Each version but the first supersedes an earlier one, and takes effect after it."""
    for source in agreements.sources:
        by_number = {version.noun.version: version for version in source.versions}
        first = min(by_number, default=0)
        for version in source.versions:
            number, before = version.noun.version, version.noun.supersedes
            earlier = by_number.get(before) if before else None
            if before is None:
                if number != first:
                    message = f"version {number} does not say which version it supersedes."
                    yield version.says(message, f"Add supersedes: {number - 1}.", "version")
            elif before == number:
                yield version.says(f"version {number} supersedes itself.", "Name an earlier version.", "supersedes")
            elif before > number:
                message = f"version {number} supersedes version {before}, a later one."
                yield version.says(message, "Name an earlier version.", "supersedes")
            elif earlier is None:
                # a version that cannot be read has its own fault
                if not source.faults:
                    message = f"version {number} supersedes version {before}, which is not here."
                    yield version.says(message, "Keep every version; what was agreed is not taken away.", "supersedes")
            elif version.noun.effective_from <= earlier.noun.effective_from:
                message = (
                    f"version {number} takes effect on {version.noun.effective_from}, not after version {before} "
                    f"({earlier.noun.effective_from})."
                )
                yield version.says(message, "A later version takes effect later.", "effective_from")


def superseded_twice(agreements: Agreements) -> Iterator[Complaint]:
    """A version is superseded by one other."""
    for source in agreements.sources:
        seen: dict[int, int] = {}
        for version in sorted(source.versions, key=lambda located: located.noun.version):
            before = version.noun.supersedes
            if before is not None and seen.setdefault(before, version.noun.version) != version.noun.version:
                message = f"version {before} is already superseded by version {seen[before]}."
                yield version.says(message, f"Supersede version {seen[before]} instead.", "supersedes")


def agreement_dates(agreements: Agreements) -> Iterator[Complaint]:
    """An agreement takes effect before it is to be reviewed."""
    for version in agreements.versions:
        if version.noun.review_by <= version.noun.effective_from:
            message = f"review_by {version.noun.review_by} is not after effective_from {version.noun.effective_from}."
            yield version.says(message, "Correct one of the dates.", "review_by")


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


def commitment_twice(agreements: Agreements) -> Iterator[Complaint]:
    """A commitment's id stands once in a place."""
    for source in agreements.sources:
        seen: set[str] = set()
        for row in source.rows(Commitment):
            if row.noun.id in seen:
                yield row.says(f"commitment {row.noun.id!r} stands twice.", "Give each promise its own id.")
            seen.add(row.noun.id)


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


AGREEMENT_RULES: Final[tuple[Rule[Agreements], ...]] = (
    unknown_area,
    unknown_partner,
    unknown_indicator,
    unknown_framework,
    unknown_outcome,
    local_target,
    target_outside_place,
    target_twice,
    local_rebase,
    local_rebase_twice,
    agreement_version_twice,
    agreement_supersedes,
    superseded_twice,
    agreement_dates,
    party_twice,
    required_signatures,
    carried_over_signature,
    mou_binds,
    publisher_signs,
    accountable_and_no_party,
    responsibility_twice,
    commitment_twice,
    one_owner,
    no_owner,
)
