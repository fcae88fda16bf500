"""Renders the page of a place for everyone: plain English, no login, no words of partners that nobody released."""

from collections.abc import Sequence
from typing import Final

from outcomes.report.environment import design, template
from outcomes.report.frame import direction_links, page_frame
from outcomes.report.made_from import fingerprints, made_from
from outcomes.report.public_view import public_view
from outcomes.report.symbols import with_symbols
from outcomes.report.wording import say
from outcomes.scorecard.model import Scorecard

__all__ = ["public_page"]

_DESIGN: Final = "public"


def public_page(card: Scorecard, places: Sequence[tuple[str, str]] = (), *, heading: str = "") -> str:
    """Return the page of one place for everyone as HTML.

    It is a rendering of the protected result: the working copy has none. Replies, explanations and evidence stand on
    it only where they are released.

    Arguments:
        card: The place's scorecard.
        places: (area code, name) of every page of the site, for the links in its head.
        heading: The name of the whole; by default the partnership's.
    """
    place = card.place
    context = page_frame(
        _DESIGN,
        "public",
        heading or card.partnership_title,
        card.product,
        is_fictional=card.is_fictional,
        reasons=card.draft_reasons,
    )
    title = say("pub_title", place=place.name)
    context |= {
        "page_title": title,
        "root": "../",
        "links": direction_links("public", places or [(place.area_code, place.name)], place.area_code),
        "view": public_view(card),
        "headline": title,
        "place": place.name,
        "shown": [(name, say(f"pub_{name}")) for name in design(_DESIGN).sections["public"]],
        "attributions": card.attributions,
        "made_from": made_from(card),
        "fingerprints": fingerprints(card),
    }
    return with_symbols(template(f"{_DESIGN}/public.html.jinja").render(context))
