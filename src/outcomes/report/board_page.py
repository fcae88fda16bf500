"""Renders the board pack of one place: a section a subject, in the order that its design names."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from outcomes.report.board_view import board_pack
from outcomes.report.environment import design, template
from outcomes.report.formatting import date_text
from outcomes.report.frame import links_to, page_frame
from outcomes.report.place_view import fingerprints, made_from
from outcomes.report.symbols import with_symbols
from outcomes.report.wording import say
from outcomes.scorecard.model import Scorecard

__all__ = ["board_page"]

_DESIGN: Final = "board"


def board_page(card: Scorecard, places: Sequence[tuple[str, str]] = (), *, heading: str = "") -> str | None:
    """Return the board pack of a place's next meeting as HTML; None where no meeting is recorded.

    Arguments:
        card: The place's scorecard.
        places: (area code, name) of every page of the site, for the links in its head.
        heading: The name of the whole; by default the partnership's.
    """
    pack = board_pack(card)
    if pack is None or card.board is None:
        return None
    heading = heading or card.partnership_title
    context = page_frame(
        _DESIGN, "board", heading, card.product, is_fictional=card.is_fictional, reasons=card.draft_reasons
    )
    context |= {
        "page_title": say("board_title", place=card.place.name, date=date_text(card.board.meeting.held_on)),
        "root": "../",
        "links": links_to(places or [(card.place.area_code, card.place.name)], card.place.area_code, is_page=False),
        "card": card,
        "pack": pack,
        "place_href": f"places/{quote(card.place.area_code)}.html",
        "shown": [(name, say(f"board_{name}")) for name in design(_DESIGN).sections["board"]],
        "made_from": made_from(card),
        "fingerprints": fingerprints(card),
    }
    return with_symbols(template(f"{_DESIGN}/board.html.jinja").render(context))
