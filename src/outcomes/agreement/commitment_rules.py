"""The rules about what partners promised: one rule, one function."""

from collections.abc import Iterator

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.model import Commitment
from outcomes.definitions import Complaint

__all__ = ["commitment_twice"]


def commitment_twice(agreements: Agreements) -> Iterator[Complaint]:
    """A commitment's id stands once in a place."""
    for source in agreements.sources:
        seen: set[str] = set()
        for row in source.rows(Commitment):
            if row.noun.id in seen:
                yield row.says(f"commitment {row.noun.id!r} stands twice.", "Give each promise its own id.")
            seen.add(row.noun.id)
