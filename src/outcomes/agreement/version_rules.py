"""The rules about the versions of an agreement: one rule, one function."""

from collections.abc import Iterator

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.repeated import repeated
from outcomes.definitions import Complaint

__all__ = ["agreement_dates", "agreement_supersedes", "agreement_version_twice", "superseded_twice"]


def agreement_version_twice(agreements: Agreements) -> Iterator[Complaint]:
    """A version number stands once in an agreement."""
    for source in agreements.sources:
        for _, version in repeated(source.versions, lambda version: version.noun.version):
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
