"""The rules about what an agreement and its logs name: one rule, one function."""

from collections.abc import Iterator

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.model import Agreement, Commitment
from outcomes.agreement.repeated import unknown_outcome_says
from outcomes.definitions import Complaint

__all__ = ["unknown_area", "unknown_framework", "unknown_indicator", "unknown_outcome", "unknown_partner"]


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
            "statutory_roles": [role.partner for role in version.noun.statutory_roles],
        }
        for key, codes in named.items():
            for position, code in enumerate(codes):
                if code not in agreements.partners:
                    yield version.says(f"there is no partner {code!r}.", fix, key, position, "partner")
        for position, contract in enumerate(version.noun.contracts):
            for code in dict.fromkeys((contract.commissioner, contract.holder, *contract.subcontractors)):
                if code not in agreements.partners:
                    yield version.says(f"there is no partner {code!r}.", fix, "contracts", position)
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
        for path, named in _indicators(version.noun):
            if named not in agreements.declared:
                yield version.says(says(named), fix, *path)
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
    """A commitment or a priority serves an outcome that a framework in use names."""
    for source in agreements.sources:
        for row in source.rows(Commitment):
            if wrong := unknown_outcome_says(agreements, row.noun.outcome):
                yield row.says(*wrong)
    for version in agreements.versions:
        for position, priority in enumerate(version.noun.priorities):
            if wrong := unknown_outcome_says(agreements, priority.outcome):
                yield version.says(*wrong, "priorities", position, "outcome")


def _indicators(version: Agreement) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the path of every indicator that a version names, with its id."""
    for position, target in enumerate(version.targets):
        yield ("targets", position, "indicator"), target.indicator
    lists = (
        ("responsibilities", "indicators", [one.indicators for one in version.responsibilities]),
        ("priorities", "indicators", [one.indicators for one in version.priorities]),
        ("contracts", "measures", [one.measures for one in version.contracts]),
        ("contracts", "shared_measures", [one.shared_measures for one in version.contracts]),
    )
    for key, name, of_each in lists:
        for position, indicators in enumerate(of_each):
            for place, named in enumerate(indicators):
                yield (key, position, name, place), named
