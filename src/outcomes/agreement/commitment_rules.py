"""The rules about what partners promised: one rule, one function."""

from collections.abc import Iterator

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.model import Commitment
from outcomes.agreement.repeated import repeated
from outcomes.definitions import Complaint

__all__ = ["commitment_dates", "commitment_twice", "withdrawn_without_reason"]


def commitment_twice(agreements: Agreements) -> Iterator[Complaint]:
    """A commitment's id stands once in a place."""
    for source in agreements.sources:
        for _, row in repeated(source.rows(Commitment), lambda row: row.noun.id):
            yield row.says(f"commitment {row.noun.id!r} stands twice.", "Give each promise its own id.")


def commitment_dates(agreements: Agreements) -> Iterator[Complaint]:
    """A commitment is due, kept, not kept or withdrawn on the day it was made or after."""
    for source in agreements.sources:
        for row in source.rows(Commitment):
            made = row.noun.agreed_on
            for key in ("due", "kept_on", "not_kept_on", "withdrawn_on"):
                day = getattr(row.noun, key)
                if made is not None and day is not None and day < made:
                    message = f"{key} {day} of commitment {row.noun.id!r} is before {made}, when it was made."
                    yield row.says(message, "Correct one of the dates; agreed_on is the day of the promise.")


def withdrawn_without_reason(agreements: Agreements) -> Iterator[Complaint]:
    """A withdrawn commitment names the decision, and has its partner's own explanation."""
    for source in agreements.sources:
        for row in source.rows(Commitment):
            if row.noun.withdrawn_on is None:
                continue
            lacks = [key for key in ("decision", "explanation") if not getattr(row.noun, key)]
            if lacks:
                message = f"commitment {row.noun.id!r} is withdrawn without {' and '.join(lacks)}."
                yield row.says(message, "Name the decision, and let the partner say why in its own words.")
