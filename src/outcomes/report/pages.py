"""Renders whole pages: one place, and the overview of all; each a single file without script or network."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from outcomes.report.environment import design, template
from outcomes.report.formatting import joined
from outcomes.report.frame import links_to, page_frame
from outcomes.report.legend import legend_example, legend_keys
from outcomes.report.overview_view import overview_view
from outcomes.report.place_view import PlaceView, place_view
from outcomes.report.symbols import with_symbols
from outcomes.report.wording import say
from outcomes.scorecard.model import Scorecard, Voices

__all__ = ["overview_page", "place_page"]

_DESIGN = "partners"


def _jumps(view: PlaceView) -> tuple[tuple[str, str], ...]:
    """What the page offers to jump to, in the order of its sections."""
    single = {
        "brief": True,
        "operational": view.operational is not None,
        "commitments": True,
        "challenges": bool(view.challenges.says),
        "returns": True,
        "profile": bool(view.profile),
        "agreement": True,
        "words": bool(view.meanings),
    }
    jumps: list[tuple[str, str]] = []
    for section in design(_DESIGN).sections["place"]:
        if section == "outcomes":
            jumps += [(outcome.anchor, outcome.title) for outcome in view.outcomes]
        elif single.get(section):
            jumps.append((section, say(section)))
    return tuple(jumps)


def _directions(card: Scorecard) -> tuple[tuple[str, str], ...]:
    """The same result for others: of an unprotected copy there is none."""
    if card.product == "working copy":
        return ()
    code = quote(card.place.area_code)
    return ((f"../public/{code}.html", say("to_public")), (f"../national/{code}.html", say("to_national")))


def place_page(card: Scorecard, places: Sequence[tuple[str, str]] = (), *, heading: str = "") -> str:
    """Return the page of one place as HTML.

    Arguments:
        card: The place's scorecard.
        places: (area code, name) of every page of the site, for the links in its head.
        heading: The name of the whole; by default the partnership's.
    """
    view = place_view(card)
    heading = heading or card.partnership_title
    context = page_frame(
        _DESIGN, "place", heading, card.product, is_fictional=card.is_fictional, reasons=card.draft_reasons
    )
    context |= {
        "page_title": say("place_title", place=card.place.name),
        "root": "../",
        "links": links_to(places or [(card.place.area_code, card.place.name)], card.place.area_code),
        "view": view,
        "record_href": f"../agreements/{quote(card.place.area_code)}.html",
        "pack_href": f"../meetings/{quote(card.place.area_code)}.html",
        "directions": _directions(card),
        "part_of": say("part_of", areas=joined(card.place.within)),
        "jumps": _jumps(view),
        "sections": design(_DESIGN).sections["place"],
        "extra": {
            "special_cause": view.has_special_cause,
            "inequality": view.has_inequality,
            "measures": f"../indicators/{quote(card.place.area_code)}/",
            # what is counted stands under a disclosure here; on the page for the nation it is told beside the number
            "terms": False,
        },
        "legend": {"example": legend_example(), "strokes": legend_keys()},
        "returns_columns": tuple(
            say(key) for key in ("due_count", "on_time", "late_count", "rejected", "missing", "not_yet_due")
        ),
    }
    return with_symbols(template(f"{_DESIGN}/place.html.jinja").render(context))


def overview_page(
    cards: Sequence[Scorecard],
    *,
    title: str,
    introduction: str = "",
    remaining: Mapping[str, tuple[str, ...]] | None = None,
    voices: Voices | None = None,
) -> str:
    """Return the overview of all places as HTML.

    Arguments:
        cards: The scorecards; the page puts them in alphabetical order within each level.
        title: The name of the whole.
        introduction: Its own words for its front page, put above ours; empty for none.
        remaining: Area code to the measures whose difference stays among those of all pages (`remaining_together` of
            scorecards); without it the page does not say which stay.
        voices: What people said anywhere (`voices` of scorecards); without it the page has no such section.
    """
    view = overview_view(cards, title, remaining, voices)
    products = [card.product for card in cards]
    # one unprotected card makes the whole page a working copy
    product = next((p for p in ("working copy", "draft") if p in products), products[0] if products else "draft")
    reasons = [say("draft_overview")] if any(card.draft_reasons for card in cards) else []
    context = page_frame(
        _DESIGN, "overview", title, product, is_fictional=any(card.is_fictional for card in cards), reasons=reasons
    )
    places = [(card.place.area_code, card.place.name) for card in view.cards]
    context |= {
        "page_title": say("overview_title", title=title),
        "root": "",
        "links": links_to(places, "") if cards else (),
        "view": view,
        "introduction": introduction,
        "sections": design(_DESIGN).sections["overview"],
    }
    return with_symbols(template(f"{_DESIGN}/overview.html.jinja").render(context))
