"""Makes the frame that every page of a site has: links, the strip that says what it is, styles, marks, foot."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from outcomes.report.environment import component, security_policy, style_of
from outcomes.report.marks import Mark, commitment_mark, mark_of
from outcomes.report.readers import readers_of
from outcomes.report.symbols import SYMBOLS_HERE
from outcomes.report.wording import say, sentence_case
from outcomes.vocabulary import CommitmentState, Word

__all__ = ["Link", "direction_links", "links_to", "page_frame"]

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


def links_to(places: Sequence[tuple[str, str]], here: str, *, is_page: bool = True) -> tuple[Link, ...]:
    """Return the links in the head of a page: the overview and the places, the one that it speaks of marked.

    Arguments:
        places: (area code, name) of every place page of the site.
        here: The code of the area that the page speaks of; empty for the overview.
        is_page: Whether the page is the area's place page itself, so that its link leads here.
    """
    overview = Link("index.html", say("overview"), here == "")
    links = direction_links("places", places, here)
    return (overview, *(replace(link, is_here=is_page and link.is_here) for link in links))


def direction_links(folder: str, places: Sequence[tuple[str, str]], here: str) -> tuple[Link, ...]:
    """Return the links in the head of a page of one direction: the same page of every place, and no other.

    Arguments:
        folder: Where these pages lie, such as `public`.
        places: (area code, name) of every place of the site.
        here: The code of the page's own place.
    """
    shown = places if len(places) <= _MOST_LINKS else [place for place in places if place[0] == here]
    return tuple(Link(f"{folder}/{quote(code)}.html", name, code == here) for code, name in shown)


def _product(product: str) -> tuple[str, str]:
    """The mark on the page and the sentence beside it; a product that nobody marks has neither."""
    if product == "draft":
        return say("draft"), say("draft_text")
    if product == "working copy":
        return say("working_copy"), say("working_copy_text")
    return sentence_case(product), say("other_product_text", product=product)


def page_frame(
    design_id: str, page: str, heading: str, product: str, *, is_fictional: bool, reasons: Sequence[str]
) -> dict[str, Any]:
    """Return what the head and the foot of every page need, whatever stands between them."""
    mark_text, product_text = _product(product)
    return {
        "security_policy": security_policy(design_id, page),
        "style": style_of(design_id, page),
        "symbols": Markup(SYMBOLS_HERE),
        "heading": heading,
        "product": product,
        "mark_text": mark_text,
        "product_text": product_text,
        "reasons": tuple(reasons),
        "is_fictional": is_fictional,
        "foot_head": say("working_foot_head") if product == "working copy" else say("copy_head"),
        "foot_text": say("working_foot_text") if product == "working copy" else say("copy_text"),
        "readers": readers_of(design_id, product, heading),
        "marks": _marks(),
        "skip_link": component("skip-link"),
        "breadcrumb": component("breadcrumb"),
        "tag": component("tag"),
        "inset_text": component("inset-text"),
    }
