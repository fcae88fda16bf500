"""Renders a partner's own page: its duties first, then its part in what all share; never a score of the partner."""

from collections.abc import Sequence
from typing import Final

from outcomes.report.accountability_view import late_rows
from outcomes.report.environment import design, template
from outcomes.report.formatting import date_text, joined
from outcomes.report.frame import links_to, page_frame
from outcomes.report.made_from import fingerprints, made_from
from outcomes.report.partner_duties import Standing, duties_of
from outcomes.report.partner_view import (
    asked_rows,
    contributions,
    data_rows,
    data_sentence,
    own_promises,
    slot_rows,
    used_rows,
    used_sentence,
    whole_places,
)
from outcomes.report.replies import replies_counted
from outcomes.report.symbols import with_symbols
from outcomes.report.wording import say

__all__ = ["partner_page"]

_DESIGN: Final = "partner"


def partner_page(standings: Sequence[Standing], places: Sequence[tuple[str, str]] = (), *, heading: str = "") -> str:
    """Return the own page of one partner as HTML.

    Arguments:
        standings: The partner in each of its places; at least one.
        places: (area code, name) of every page of the site, for the links in its head.
        heading: The name of the whole; by default the partnership's.
    """
    first = standings[0]
    cards = [standing.card for standing in standings]
    heading = heading or first.card.partnership_title
    products = [card.product for card in cards]
    # one unprotected card makes the whole page a working copy
    product = next((one for one in ("working copy", "draft") if one in products), products[0])
    reasons = first.card.draft_reasons if len(cards) == 1 else ()
    if len(cards) > 1 and any(card.draft_reasons for card in cards):
        reasons = (say("draft_overview"),)
    context = page_frame(
        _DESIGN, "partner", heading, product, is_fictional=any(card.is_fictional for card in cards), reasons=reasons
    )
    known = places or [(card.place.area_code, card.place.name) for card in cards]
    view = {
        "duties": duties_of(standings),
        "data": data_rows(standings),
        "promises": own_promises(standings),
        "contributions": contributions(standings),
        "used": used_rows(standings),
        "asked": asked_rows(standings, first.line.code),
        "slots": slot_rows(standings),
        "late": late_rows(cards),
        "wholes": whole_places(standings),
    }
    # a section without its subject says nothing
    empty = {name for name, holds in (("asked", view["asked"]), ("late", view["late"])) if not holds}
    sections = [name for name in design(_DESIGN).sections["partner"] if name not in empty]
    context |= view | {
        "page_title": say("own_title", partner=first.line.name),
        "root": "../",
        "links": links_to(known, "-", is_page=False),
        "partner": first.line.name,
        "kicker": say("own_kicker", sector=say(f"sector_{first.line.type.value}")),
        "stamp": [
            say("own_places", places=joined([card.place.name for card in cards])),
            *dict.fromkeys(say("as_of", date=date_text(card.as_of)) for card in cards),
        ],
        "shown": [(name, say(f"own_{name}")) for name in sections],
        "data_text": data_sentence(standings),
        "contribution_text": say("own_contribution_text", partner=first.line.name),
        "used_text": used_sentence(standings),
        "replies": replies_counted(tuple(card.summary for card in cards)),
        "made_from": made_from(first.card),
        "fingerprints": fingerprints(first.card),
    }
    return with_symbols(template(f"{_DESIGN}/partner.html.jinja").render(context))
