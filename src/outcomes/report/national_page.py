"""Renders the page of a place for the region and the nation: the same figures, national measures first."""

from collections.abc import Sequence
from typing import Final

from outcomes.report.environment import design, template
from outcomes.report.formatting import joined
from outcomes.report.frame import direction_links, page_frame
from outcomes.report.made_from import fingerprints, made_from
from outcomes.report.national_view import national_view
from outcomes.report.place_view import used_meanings
from outcomes.report.replies import replies_counted
from outcomes.report.symbols import with_symbols
from outcomes.report.wording import say, sentence_case
from outcomes.scorecard.model import Scorecard

__all__ = ["national_page"]

_DESIGN: Final = "national"


def national_page(card: Scorecard, places: Sequence[tuple[str, str]] = (), *, heading: str = "") -> str:
    """Return the page of one place for the region and the nation as HTML.

    It is a rendering of the protected result: the working copy has none.

    Arguments:
        card: The place's scorecard.
        places: (area code, name) of every page of the site, for the links in its head.
        heading: The name of the whole; by default the partnership's.
    """
    place = card.place
    view = national_view(card)
    heading = heading or card.partnership_title
    context = page_frame(
        _DESIGN, "national", heading, card.product, is_fictional=card.is_fictional, reasons=card.draft_reasons
    )
    holds = {"agreed": bool(view.local), "everyday": view.everyday is not None}
    sections = [name for name in design(_DESIGN).sections["national"] if holds.get(name, True)]
    context |= {
        "page_title": say("up_title", place=place.name),
        "root": "../",
        "links": direction_links("national", places or [(place.area_code, place.name)], place.area_code),
        "view": view,
        "place": place.name,
        "kicker": say("up_kicker", level=sentence_case(say(f"level_{place.level.value}")))
        + (f". {say('part_of', areas=joined(place.within))}" if place.within else ""),
        "headline": say("up_head", place=place.name),
        "shown": [(name, say(f"up_{name}")) for name in sections],
        "extra": {"special_cause": True, "inequality": True, "measures": "", "terms": True},
        "replies": replies_counted((card.summary,)),
        "meanings": used_meanings(card),
        "attributions": card.attributions,
        "made_from": made_from(card),
        "fingerprints": fingerprints(card),
    }
    return with_symbols(template(f"{_DESIGN}/national.html.jinja").render(context))
