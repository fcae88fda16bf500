"""The rules about releasing the free text of logs for the public page: one rule, one function."""

from collections.abc import Iterator
from typing import Any

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.model import Released
from outcomes.agreement.signing_rules import names_a_person
from outcomes.definitions import Complaint, Located

__all__ = ["release_without_day", "release_without_role", "released_by_a_person"]


def _releasable(agreements: Agreements) -> Iterator[Located[Any]]:
    """Every row of a log whose words need a release."""
    for source in agreements.sources:
        for log, row in source.every_row:
            if issubclass(log.noun, Released):
                yield row


def release_without_role(agreements: Agreements) -> Iterator[Complaint]:
    """Words are released for the public page by a named role."""
    for row in _releasable(agreements):
        if row.noun.released_on is not None and not row.noun.released_by:
            message = f"released_on is {row.noun.released_on}, and released_by is empty."
            yield row.says(message, "Name the role that released these words, such as Head of communications.")


def release_without_day(agreements: Agreements) -> Iterator[Complaint]:
    """A release has its day: before it the words are on no public page."""
    for row in _releasable(agreements):
        if row.noun.released_by and row.noun.released_on is None:
            message = f"released_by is {row.noun.released_by[:60]!r}, and released_on is empty."
            yield row.says(message, "Add the day of the release; until it comes, leave both empty.")


def released_by_a_person(agreements: Agreements) -> Iterator[Complaint]:
    """A role releases, never a person by name."""
    for row in _releasable(agreements):
        if names_a_person(row.noun.released_by):
            fix = "Write the role alone, such as Head of communications: people leave, and what was released stays."
            yield row.says("a person seems to be named in released_by.", fix)
