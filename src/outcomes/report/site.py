"""Writes the pages of a site: the overview, and all pages of every place, measure and partner, all or none."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from outcomes.errors import OutputError
from outcomes.output import write_files
from outcomes.report.agreement_page import agreement_page
from outcomes.report.board_page import board_page
from outcomes.report.indicator_page import indicator_page
from outcomes.report.national_page import national_page
from outcomes.report.pages import overview_page, place_page
from outcomes.report.partner_duties import standings_of
from outcomes.report.partner_page import partner_page
from outcomes.report.public_page import public_page
from outcomes.report.readers import READ_FIRST, read_first
from outcomes.scorecard.model import Scorecard

__all__ = ["CardCollection", "html_pages", "pages_of_place", "reading_note", "write_html"]

# the unprotected copy is no rendering of the result: it has no page for the nation or the public
_WORKING_COPY: Final = "working copy"
# an area code becomes a file name: nothing that a file system or an address reads as more than a name
_SAFE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}\Z", re.ASCII)
# an earlier version of a measure is named with its number
_SAFE_MEASURE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}(\.[0-9]{1,9})?\Z", re.ASCII)


class CardCollection(Protocol):
    """What a collection of scorecards must have to be written."""

    @property
    def cards(self) -> tuple[Scorecard, ...]:
        """One scorecard a place."""


def html_pages(cards: CardCollection) -> dict[str, bytes]:
    """Return every page of a site: relative path to its bytes. Same cards, same bytes.

    Arguments:
        cards: The scorecards; a `title`, where the collection has one, is the heading of every page.

    Raises:
        OutputError: A code cannot be a file name, or two places, measures or partners share one.
    """
    everyone = sorted(cards.cards, key=lambda card: card.place.area_code)
    named = _title(cards)
    own = standings_of(cards.cards)
    _refuse_unsafe("area code", "area", "places", [card.place.area_code for card in everyone])
    _refuse_unsafe("partner's code", "partner", "partners", list(own))
    for card in everyone:
        names = [line.page_name for line in card.lines]
        _refuse_unsafe("id of an indicator", "indicator", "measures", names, _SAFE_MEASURE)
    places = sorted(
        ((card.place.area_code, card.place.name) for card in everyone), key=lambda p: (p[1].casefold(), p[0])
    )
    overview = overview_page(
        cards.cards,
        title=named,
        introduction=getattr(cards, "introduction", ""),
        remaining=getattr(cards, "remaining_together", None),
        voices=getattr(cards, "voices", None),
    )
    pages = {"index.html": overview}
    for card in everyone:
        pages |= pages_of_place(card, places, named)
    for code, standings in own.items():
        pages[f"partners/{code}.html"] = partner_page(standings, places, heading=named)
    return {name: page.encode() for name, page in pages.items()}


def reading_note(cards: CardCollection) -> dict[str, bytes]:
    """Return the note at the top of the folder of a site, by its name: what of the folder may go where."""
    return {READ_FIRST: read_first(_title(cards), (card.product for card in cards.cards))}


def _title(cards: CardCollection) -> str:
    return str(getattr(cards, "title", "") or (cards.cards[0].partnership_title if cards.cards else ""))


def _refuse_unsafe(what: str, noun: str, nouns: str, codes: Sequence[str], safe: re.Pattern[str] = _SAFE_NAME) -> None:
    """Refuse codes that cannot be file names, and two that a file system may take for one."""
    for code in codes:
        if not safe.match(code):
            raise OutputError(
                f"the {what} {code[:60]!r} cannot be a file name: at most 64 letters, digits, - and _ are expected; "
                f"give the {noun} another code"
            )
    # file systems that ignore case would let one page overwrite another
    if len({code.casefold() for code in codes}) < len(codes):
        raise OutputError(f"two {nouns} share one {what}, so their pages would have one name; give each its own code")


def pages_of_place(card: Scorecard, places: Sequence[tuple[str, str]], heading: str) -> dict[str, str]:
    """Return the pages of one place: the three renderings of its result, its agreement, its meeting, its measures.

    Arguments:
        card: The place's scorecard.
        places: (area code, name) of every page of the site, for the links in their heads.
        heading: The name of the whole.

    Returns:
        Path within the site to the page.
    """
    code = card.place.area_code
    pages = {
        f"places/{code}.html": place_page(card, places, heading=heading),
        f"agreements/{code}.html": agreement_page(card, places, heading=heading),
    }
    pack = board_page(card, places, heading=heading)
    if pack is not None:
        pages[f"meetings/{code}.html"] = pack
    if card.product != _WORKING_COPY:
        pages[f"national/{code}.html"] = national_page(card, places, heading=heading)
        pages[f"public/{code}.html"] = public_page(card, places, heading=heading)
    for line in card.lines:
        pages[f"indicators/{code}/{line.page_name}.html"] = indicator_page(card, line, places, heading=heading)
    return pages


def write_html(cards: CardCollection, folder: str | Path) -> tuple[Path, ...]:
    """Write the site of a collection of scorecards.

    `index.html` is the overview; `places/<area_code>.html`, `national/<area_code>.html` and `public/<area_code>.html`
    print one result for the partners, the region and the nation, and everyone (the unprotected working copy has the
    first alone); `agreements/<area_code>.html` says who agreed what, `meetings/<area_code>.html` is the next board
    pack, `indicators/<area_code>/<id>.html` the depth of one measure, `partners/<code>.html` a partner's own view.
    `READ_FIRST.txt` says who may read what: only `public/` is made for the web, and only once it is published.

    Every page is made before the first is written; a full disk or a closed folder leaves nothing half-written. Each
    page is one file that opens from anywhere, without script, network or font.

    Arguments:
        cards: The scorecards, such as `outcomes.scorecards(…)` returns.
        folder: Where to write; made if it is not there. Other files in it are left alone.

    Returns:
        The paths written, the overview first.

    Raises:
        OutputError: The folder cannot be written, or a code cannot be a file name.

    >>> from tempfile import TemporaryDirectory
    >>> from types import SimpleNamespace
    >>> with TemporaryDirectory() as folder:
    ...     [path.name for path in write_html(SimpleNamespace(cards=()), folder)]
    ['index.html', 'READ_FIRST.txt']
    """
    return write_files(folder, html_pages(cards) | reading_note(cards))
