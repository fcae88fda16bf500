"""Writes the pages of a site: the overview, and for each place its scorecard and its agreement, all or none."""

import re
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
from outcomes.scorecard.model import Scorecard

__all__ = ["CardCollection", "html_pages", "write_html"]

# the unprotected copy is no rendering of the result: it has no page for the nation or the public
WORKING_COPY: Final = "working copy"
# an area code becomes a file name: nothing that a file system or an address reads as more than a name
_SAFE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}\Z", re.ASCII)


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
        OutputError: An area code cannot be a file name, or two places share one.
    """
    everyone = cards.cards
    named = str(getattr(cards, "title", "") or (everyone[0].partnership_title if everyone else ""))
    codes = [card.place.area_code for card in everyone]
    for code in codes:
        if not _SAFE_NAME.match(code):
            raise OutputError(
                f"the area code {code[:60]!r} cannot be a file name: at most 64 letters, digits, - and _ are expected; "
                "give the area another code"
            )
    # file systems that ignore case would let one page overwrite another
    if len({code.casefold() for code in codes}) < len(codes):
        raise OutputError("two places share one area code, so their pages would have one name; give each its own code")
    places = sorted(
        ((card.place.area_code, card.place.name) for card in everyone), key=lambda p: (p[1].casefold(), p[0])
    )
    remaining = getattr(cards, "remaining_together", None)
    pages = {"index.html": overview_page(everyone, title=named, remaining=remaining).encode()}
    for card in sorted(everyone, key=lambda card: card.place.area_code):
        pages[f"places/{card.place.area_code}.html"] = place_page(card, places, heading=named).encode()
        pages[f"agreements/{card.place.area_code}.html"] = agreement_page(card, places, heading=named).encode()
        pack = board_page(card, places, heading=named)
        if pack is not None:
            pages[f"meetings/{card.place.area_code}.html"] = pack.encode()
        for line in card.lines:
            name = f"indicators/{card.place.area_code}/{line.indicator_id}.html"
            pages[name] = indicator_page(card, line, places, heading=named).encode()
        if card.product != WORKING_COPY:
            pages[f"national/{card.place.area_code}.html"] = national_page(card, places, heading=named).encode()
            pages[f"public/{card.place.area_code}.html"] = public_page(card, places, heading=named).encode()
    for code, standings in standings_of(everyone).items():
        pages[f"partners/{code}.html"] = partner_page(standings, places, heading=named).encode()
    return pages


def write_html(cards: CardCollection, folder: str | Path) -> tuple[Path, ...]:
    """Write the site of a collection of scorecards: `index.html`, and for each place
    `places/<area_code>.html` and `agreements/<area_code>.html`.

    Every page is made before the first is written; a full disk or a closed folder leaves nothing half-written. Each
    page is one file that opens from anywhere, without script, network or font.

    Arguments:
        cards: The scorecards, such as `outcomes.scorecards(…)` returns.
        folder: Where to write; made if it is not there. Other files in it are left alone.

    Returns:
        The paths written, the overview first.

    Raises:
        OutputError: The folder cannot be written, or an area code cannot be a file name.

    >>> from tempfile import TemporaryDirectory
    >>> from types import SimpleNamespace
    >>> with TemporaryDirectory() as folder:
    ...     [path.name for path in write_html(SimpleNamespace(cards=()), folder)]
    ['index.html']
    """
    return write_files(folder, html_pages(cards))
