"""The fingerprint of what was agreed: bound to bodies and roles, the same whoever holds them and whoever has signed."""

from typing import TYPE_CHECKING, Final

from outcomes.agreement.model.logs import LOGS
from outcomes.fingerprint import fingerprint_of

if TYPE_CHECKING:
    from outcomes.agreement.model.agreement import Agreement

__all__ = ["agreement_fingerprint"]

# what is logged under an agreement is no part of it; the day of a signature is an act on it, not what was signed
_LOGGED: Final = frozenset(log.name for log in LOGS)


def agreement_fingerprint(version: "Agreement") -> str:
    """Return the hash of everything that a version of an agreement says, in the order of nothing but its words.

    Parties (body and role), sign-off, form, dates, decision, purpose, priorities, responsibilities, targets, money and
    contracts are in it. The days of signatures and every log are not: all who sign, whenever they do, sign the same;
    and when every person who holds a role has left, what was agreed is what it was.

    Arguments:
        version: One version of an agreement.

    Returns:
        64 hexadecimal digits.
    """
    said = version.model_dump(mode="json", exclude=set(_LOGGED))
    for party in said["parties"]:
        party.pop("signed_on")
    # the order in which partners, roles and targets stand in a file says nothing
    for key in ("parties", "responsibilities", "targets", "priorities", "contracts", "statutory_roles"):
        said[key] = sorted(said[key], key=fingerprint_of)
    return fingerprint_of(said)
