"""Renders the page "who agreed what" of one area: a section a subject, in the order that its design names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from outcomes.report.agreement_view import form_section, mission_section, standing_section
from outcomes.report.challenge_view import challenges_section
from outcomes.report.dispute_view import disputes_section
from outcomes.report.environment import design, template
from outcomes.report.frame import links_to, page_frame
from outcomes.report.made_from import fingerprints, made_from
from outcomes.report.money_view import money_section
from outcomes.report.priorities_view import priorities_section, targets_section
from outcomes.report.profile_view import (
    asked_section,
    breadth_section,
    lines_section,
    parity_section,
    purpose_section,
)
from outcomes.report.room_view import room_section
from outcomes.report.symbols import with_symbols
from outcomes.report.versions_view import contracts_section, versions_section
from outcomes.report.voice_view import voices_section
from outcomes.report.wording import say
from outcomes.scorecard.model import Scorecard

__all__ = ["SECTIONS", "RecordSection", "agreement_page"]

_DESIGN: Final = "agreement"


@dataclass(frozen=True, slots=True)
class RecordSection:
    """One section of the page; its partial is `reports/agreement/<name>.html.jinja`.

    Attributes:
        name: By which `design.json` puts it in its place; also its anchor.
        title: The key of its heading in the table of words.
        view: Makes of a scorecard what the partial reads as `view`; None leaves the section out.
    """

    name: str
    title: str
    view: Callable[[Scorecard], object | None]


# every section there is; which of them a page has, and in which order, stands in reports/agreement/design.json
SECTIONS: Final[tuple[RecordSection, ...]] = (
    RecordSection("standing", "record_standing", standing_section),
    RecordSection("form", "record_form", form_section),
    RecordSection("mission", "record_purpose_head", mission_section),
    RecordSection("priorities", "record_priorities", priorities_section),
    RecordSection("targets", "record_targets", targets_section),
    RecordSection("versions", "record_versions", versions_section),
    RecordSection("contracts", "record_contracts", contracts_section),
    RecordSection("room", "room", room_section),
    RecordSection("challenges", "challenges", challenges_section),
    RecordSection("disputes", "disputes", disputes_section),
    RecordSection("money", "record_money", money_section),
    RecordSection("voices", "record_voices", voices_section),
    RecordSection("lines", "lines_in_full", lines_section),
    RecordSection("parity", "parity", parity_section),
    RecordSection("breadth", "breadth", breadth_section),
    RecordSection("asked", "asked", asked_section),
    RecordSection("purpose", "purpose", purpose_section),
)


def agreement_page(card: Scorecard, places: Sequence[tuple[str, str]] = (), *, heading: str = "") -> str:
    """Return the page of what was agreed for one area, as HTML.

    Arguments:
        card: The area's scorecard.
        places: (area code, name) of every page of the site, for the links in its head.
        heading: The name of the whole; by default the partnership's.
    """
    by_name = {section.name: section for section in SECTIONS}
    shown = [
        (section.name, say(section.title), view)
        for section in (by_name[name] for name in design(_DESIGN).sections["agreement"])
        if (view := section.view(card)) is not None
    ]
    heading = heading or card.partnership_title
    context = page_frame(
        _DESIGN, "agreement", heading, card.product, is_fictional=card.is_fictional, reasons=card.draft_reasons
    )
    context |= {
        "page_title": say("record_title", place=card.place.name),
        "root": "../",
        "links": links_to(places or [(card.place.area_code, card.place.name)], card.place.area_code, is_page=False),
        "card": card,
        "place_href": f"places/{quote(card.place.area_code)}.html",
        "pack_href": f"meetings/{quote(card.place.area_code)}.html",
        "shown": shown,
        "made_from": made_from(card),
        "fingerprints": fingerprints(card),
    }
    return with_symbols(template(f"{_DESIGN}/agreement.html.jinja").render(context))
