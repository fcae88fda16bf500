"""Which target the agreement of an area within owns, so that the level above cannot set it."""

from collections.abc import Container

from outcomes.agreement.model.agreement import Agreement
from outcomes.agreement.model.target_identity import target_subject
from outcomes.target import Target

__all__ = ["owned_by_lower"]


def owned_by_lower(target: Target, area_code: str, lower: Agreement, within: Container[str]) -> Target | None:
    """Return the target that a lower agreement has for the same measure, area and group; None where it has none.

    Arguments:
        target: What the upper agreement sets.
        area_code: The place of the upper agreement.
        lower: The agreement of an area within that place.
        within: The codes of the lower agreement's place and of everything below it.
    """
    subject = target_subject(target, area_code)
    if subject[1] not in within:
        return None
    return next((one for one in lower.targets if target_subject(one, lower.area_code) == subject), None)
