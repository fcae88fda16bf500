"""Renders whole pages: one place, and the overview of all; each a single file without script or network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from outcomes.report.environment import component, design, security_policy, style_of, template
from outcomes.report.formatting import joined
from outcomes.report.legend import legend_example, legend_keys
from outcomes.report.marks import Mark, commitment_mark, mark_of
from outcomes.report.overview_view import overview_view
from outcomes.report.place_view import PlaceView, place_view
from outcomes.report.symbols import SYMBOLS_HERE, with_symbols
from outcomes.report.wording import say, sentence_case
from outcomes.scorecard.model import Scorecard
from outcomes.vocabulary import CommitmentState, Word

__all__ = ["overview_page", "place_page"]

_DESIGN = "partners"
# more places than this are not all named in the head of every page
_MOST_LINKS = 8


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the site in the head of every page."""

    href: str
    text: str
    is_here: bool


@cache
def _marks() -> dict[str, Mark]:
    return {
        "better": mark_of(Word.BETTER),
        "worse": mark_of(Word.WORSE),
        "similar": mark_of(Word.SIMILAR),
        "cannot_tell": mark_of(Word.CANNOT_TELL),
        "not_compared": mark_of(Word.NOT_COMPARED),
        "higher": mark_of(Word.HIGHER),
        "much_better": mark_of(Word.MUCH_BETTER),
        "much_worse": mark_of(Word.MUCH_WORSE),
        "improving_down": mark_of(Word.IMPROVING, "down"),
        "worse_up": mark_of(Word.GETTING_WORSE, "up"),
        "promised": Mark("same", "tick"),
        "late": commitment_mark(CommitmentState.LATE),
    }


def _links(places: Sequence[tuple[str, str]], here: str) -> tuple[Link, ...]:
    shown = places if len(places) <= _MOST_LINKS else [place for place in places if place[0] == here]
    overview = Link("index.html", say("overview"), here == "")
    return (overview, *(Link(f"places/{quote(code)}.html", name, code == here) for code, name in shown))


def _product(product: str) -> tuple[str, str]:
    """The mark on the page and the sentence beside it; a product that nobody marks has neither."""
    if product == "draft":
        return say("draft"), say("draft_text")
    if product == "working copy":
        return say("working_copy"), say("working_copy_text")
    return sentence_case(product), say("other_product_text", product=product)


def _frame(page: str, heading: str, product: str, *, is_fictional: bool, reasons: Sequence[str]) -> dict[str, Any]:
    mark_text, product_text = _product(product)
    return {
        "security_policy": security_policy(_DESIGN, page),
        "style": style_of(_DESIGN, page),
        "symbols": Markup(SYMBOLS_HERE),
        "heading": heading,
        "product": product,
        "mark_text": mark_text,
        "product_text": product_text,
        "reasons": tuple(reasons),
        "is_fictional": is_fictional,
        "foot_head": say("working_foot_head") if product == "working copy" else say("copy_head"),
        "foot_text": say("working_foot_text") if product == "working copy" else say("copy_text"),
        "marks": _marks(),
        "skip_link": component("skip-link"),
        "breadcrumb": component("breadcrumb"),
        "tag": component("tag"),
        "inset_text": component("inset-text"),
    }


def _jumps(view: PlaceView) -> tuple[tuple[str, str], ...]:
    """What the page offers to jump to, in the order of its sections."""
    single = {
        "brief": True,
        "operational": view.operational is not None,
        "commitments": True,
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


def place_page(card: Scorecard, places: Sequence[tuple[str, str]] = (), *, heading: str = "") -> str:
    """Return the page of one place as HTML.

    Arguments:
        card: The place's scorecard.
        places: (area code, name) of every page of the site, for the links in its head.
        heading: The name of the whole; by default the partnership's.
    """
    view = place_view(card)
    heading = heading or card.partnership_title
    context = _frame("place", heading, card.product, is_fictional=card.is_fictional, reasons=card.draft_reasons)
    context |= {
        "page_title": say("place_title", place=card.place.name),
        "root": "../",
        "links": _links(places or [(card.place.area_code, card.place.name)], card.place.area_code),
        "view": view,
        "part_of": say("part_of", areas=joined(card.place.within)),
        "jumps": _jumps(view),
        "sections": design(_DESIGN).sections["place"],
        "extra": {"special_cause": view.has_special_cause, "inequality": view.has_inequality},
        "legend": {"example": legend_example(), "strokes": legend_keys()},
        "returns_columns": tuple(
            say(key) for key in ("due_count", "on_time", "late_count", "rejected", "missing", "not_yet_due")
        ),
    }
    return with_symbols(template(f"{_DESIGN}/place.html.jinja").render(context))


def overview_page(
    cards: Sequence[Scorecard], *, title: str, remaining: Mapping[str, tuple[str, ...]] | None = None
) -> str:
    """Return the overview of all places as HTML.

    Arguments:
        cards: The scorecards; the page puts them in alphabetical order within each level.
        title: The name of the whole.
        remaining: Area code to the measures whose difference stays among those of all pages (`remaining_together` of
            scorecards); without it the page does not say which stay.
    """
    view = overview_view(cards, title, remaining)
    products = [card.product for card in cards]
    # one unprotected card makes the whole page a working copy
    product = next((p for p in ("working copy", "draft") if p in products), products[0] if products else "draft")
    reasons = [say("draft_overview")] if any(card.draft_reasons for card in cards) else []
    context = _frame("overview", title, product, is_fictional=any(card.is_fictional for card in cards), reasons=reasons)
    places = [(card.place.area_code, card.place.name) for card in view.cards]
    context |= {
        "page_title": say("overview_title", title=title),
        "root": "",
        "links": _links(places, "") if cards else (),
        "view": view,
        "sections": design(_DESIGN).sections["overview"],
    }
    return with_symbols(template(f"{_DESIGN}/overview.html.jinja").render(context))
