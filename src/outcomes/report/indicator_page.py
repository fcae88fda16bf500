"""Renders the page of one measure of one place: all its depth, in the order of sections that its design names."""

from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import quote

from outcomes.report.challenge_view import challenge_rows
from outcomes.report.environment import design, template
from outcomes.report.frame import links_to, page_frame
from outcomes.report.indicator_view import (
    beside,
    file_rows,
    headline_in_words,
    kicker,
    lede,
    origin_steps,
    who_rows,
    who_sentence,
)
from outcomes.report.inequality_view import inequality_spoken
from outcomes.report.line_series import spark_label
from outcomes.report.line_view import LineView, line_view
from outcomes.report.made_from import fingerprints, made_from
from outcomes.report.symbols import with_symbols
from outcomes.report.wording import say
from outcomes.scorecard.model import IndicatorLine, Scorecard

__all__ = ["SECTIONS", "indicator_page"]

_DESIGN: Final = "indicator"
# two periods are a line; on its own page every line is drawn large
_DRAWN_FROM: Final = 2


def _has_groups(view: LineView) -> bool:
    return bool(view.groups or view.parts or view.inequality_facts)


def _always(_: LineView) -> bool:
    return True


# every section there is and whether a measure has it; which of them the page has, and in which order, stands in
# reports/indicator/design.json, and its partial is reports/indicator/<name>.html.jinja
SECTIONS: Final[dict[str, Callable[[LineView], bool]]] = {
    "stands": _always,
    "over_time": _always,
    "for_whom": _has_groups,
    "who": _always,
    "definition": _always,
    "sources": _always,
}


def indicator_page(
    card: Scorecard, line: IndicatorLine, places: Sequence[tuple[str, str]] = (), *, heading: str = ""
) -> str:
    """Return the page of one measure of one place as HTML.

    Arguments:
        card: The place's scorecard.
        line: One of its lines.
        places: (area code, name) of every page of the site, for the links in its head.
        heading: The name of the whole; by default the partnership's.
    """
    place = card.place
    view = line_view(line, place.name, area_code=place.area_code, drawn_from=_DRAWN_FROM)
    heading = heading or card.partnership_title
    outcome = next((one for one in card.outcomes if line in (*one.local, *one.national)), None)
    place_href = f"../../places/{quote(place.area_code)}.html"
    crumbs = [
        {"href": "../../index.html", "text": heading},
        {"href": place_href, "text": place.name},
        {
            "href": f"{place_href}#{view.anchor}",
            "text": outcome.title if outcome is not None else say("operational"),
        },
    ]
    context = page_frame(
        _DESIGN, "indicator", heading, card.product, is_fictional=card.is_fictional, reasons=card.draft_reasons
    )
    context |= {
        "page_title": say("ind_title", measure=line.short_name or line.name, place=place.name),
        "root": "../../",
        "links": links_to(places or [(place.area_code, place.name)], place.area_code, is_page=False),
        "crumbs": crumbs,
        "view": view,
        "kicker": kicker(line, place.name, outcome.title if outcome is not None else ""),
        "headline": headline_in_words(line, place.name),
        "lede": lede(line, place.name),
        "shown": [(name, say(f"ind_{name}")) for name in design(_DESIGN).sections["indicator"] if SECTIONS[name](view)],
        "beside": beside(card, line),
        "drawn_text": f"{spark_label(line)}.",
        "gap_sentence": inequality_spoken(line),
        "inequality_facts": [(term, text, "") for term, text in view.inequality_facts],
        "who": who_rows(card, line),
        "who_text": who_sentence(line),
        "origin": origin_steps(card, line),
        "files": file_rows(line.sources),
        "risks": line.risks,
        "challenges": challenge_rows([one for one in card.challenges if one.indicator == line.indicator_id], {}),
        "made_from": made_from(card),
        "fingerprints": fingerprints(card),
    }
    return with_symbols(template(f"{_DESIGN}/indicator.html.jinja").render(context))
