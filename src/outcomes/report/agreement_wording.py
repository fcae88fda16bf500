"""Every word that the page "who agreed what" prints, in one table; joined to the one of all pages."""

from typing import Final

__all__ = ["AGREEMENT_WORDING"]

AGREEMENT_WORDING: Final = {
    "record_title": "{place}: who agreed what",
    "record_kicker": "Who agreed what",
    "record_lede": "What the partners of this area agreed with each other, who signed it, and who answers for what.",
    "record_to_place": "How the area is doing: its scorecard",
    "record_link": "Who agreed what: signatures, priorities, targets, versions",
    "record_standing": "Where the agreement stands",
}
