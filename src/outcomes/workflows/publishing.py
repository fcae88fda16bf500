"""Publishing: the act that makes a protected table public; refused, with every reason, until it is safe."""

from typing import NoReturn

from outcomes.errors import PublicationRefused
from outcomes.protection.model import WORKING_COPY
from outcomes.scorecard.collection import Scorecards

__all__ = ["publish", "refusals"]

# what no policy can replace: an independent proof that hidden counts cannot be worked out
_NO_AUDIT = (
    "No audit has shown that hidden numbers cannot be worked out from those around them; this version of the library "
    "has no such audit, so it publishes nothing."
)


def refusals(cards: Scorecards) -> tuple[str, ...]:
    """Return why scorecards may not be published, every reason in a plain sentence.

    Arguments:
        cards: The scorecards of all places.
    """
    reasons = [_NO_AUDIT]
    if cards.policy_id == WORKING_COPY:
        reasons.insert(0, "This is the working copy: its small numbers are not hidden. Build with a policy.")
    for card in cards:
        if card.agreement is None:
            reasons.append(f"{card.place.name}: no agreement is recorded.")
        elif not card.agreement.is_in_force:
            signed = sum(party.signed_on is not None for party in card.agreement.parties)
            counted = f"{signed} of {len(card.agreement.parties)} have signed"
            reasons.append(f"{card.place.name}: the agreement lacks signatures ({counted}).")
        elif card.record is not None and not card.record.is_agreed:
            reasons.append(f"{card.place.name}: its local priorities are not agreed, so it can only be a draft.")
    return tuple(reasons)


def publish(cards: Scorecards, *, decision: str) -> NoReturn:
    """Refuse to publish: in this version no scorecard can be published.

    Small numbers are hidden where they are small themselves, but nothing yet proves that they cannot be worked out from
    totals, parts and earlier publications. Until that audit exists, drafts and working copies are all there is.

    Arguments:
        cards: The scorecards of all places.
        decision: The reference of the decision to publish, such as `JC 2026-11/4`.

    Raises:
        PublicationRefused: Always, with every reason.
    """
    reasons = "\n".join(f"  {reason}" for reason in refusals(cards))
    raise PublicationRefused(
        f"nothing was published under the decision {decision!r}:\n{reasons}\n"
        "Share the marked draft, or the working copy, among partners. Only the folder public/ of a site is made for "
        "the web; nothing of it goes there before it is published."
    )
