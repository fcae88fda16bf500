"""Says which partners of before sent the figures of a series, and who stands in their place now."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from outcomes.partnership.model import Partnership
from outcomes.partnership.partner_succession import ended_before, heir_of, is_one_to_one
from outcomes.scorecard.model import FormerPartners

__all__ = ["former_partners_of"]


def former_partners_of(
    partnership: Partnership, rows: Sequence[Mapping[str, Any]], as_of: date
) -> tuple[FormerPartners, ...]:
    """Return the partners that ended and sent figures of a series, together with those that became one with them.

    Arguments:
        partnership: The world.
        rows: The estimates of the series, with `partner_codes`.
        as_of: The day that the page speaks for.

    Returns:
        One entry for each partner that stands there now, by the day on which the last of those before it ended.
    """
    ended = ended_before(partnership, as_of)
    if not ended:
        return ()
    sent = {code for row in rows for code in row["partner_codes"] or ()}
    by_heir: dict[str, list[str]] = {}
    for partner in ended:
        heir = heir_of(partnership, partner.code, as_of)
        if partner.code in sent and heir is not None:
            by_heir.setdefault(heir.code, []).append(partner.code)
    found = []
    for code, before in by_heir.items():
        partners = [partnership.partner(one) for one in before]
        found.append(
            FormerPartners(
                names=tuple(sorted(one.name for one in partners)),
                last=max(one.valid_to for one in partners if one.valid_to),
                now=partnership.partner(code).name,
                is_renamed=is_one_to_one(partnership, code),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.last, one.now)))
