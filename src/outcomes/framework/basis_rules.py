"""The rules for whom a measure counts, residents or registered patients: the two are never set against each other."""

from collections.abc import Iterator

from outcomes.definitions import Complaint, advice
from outcomes.framework.frameworks import Frameworks

__all__ = ["balance_of_another_basis", "versions_of_one_basis"]


def versions_of_one_basis(frameworks: Frameworks) -> Iterator[Complaint]:
    """All versions of an indicator count the same people: residents, or registered patients."""
    first: dict[str, tuple[int, str]] = {}
    every = [located for source in frameworks.sources for located in source.indicators]
    for located in sorted(every, key=lambda one: (one.noun.id, one.noun.version)):
        noun = located.noun
        basis = noun.population_basis.value if noun.population_basis else ""
        version, before = first.setdefault(noun.id, (noun.version, basis))
        if basis != before:
            message = (
                f"{noun.id!r} counts {basis or 'nobody knows whom'} in version {noun.version}, and "
                f"{before or 'nobody knows whom'} in version {version}."
            )
            yield located.says(message, "Give it an id of its own: the two are never compared.", "population_basis")


@advice
def balance_of_another_basis(frameworks: Frameworks) -> Iterator[Complaint]:
    """What is read beside a measure counts the same people as it does."""
    basis = {
        one.noun.id: one.noun.population_basis
        for source in frameworks.sources
        for one in source.indicators
        if one.noun.population_basis
    }
    for source in frameworks.sources:
        for located in source.inclusions:
            own, other = basis.get(located.noun.indicator), basis.get(located.noun.balance)
            if own and other and own is not other:
                message = f"{located.noun.indicator!r} counts {own.value} people, its balance {other.value} ones."
                yield located.says(message, "Name a balance of the same people; the two differ by design.", "balance")
