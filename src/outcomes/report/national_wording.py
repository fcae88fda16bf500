"""Every word that the page for the region and the nation prints, in one table; joined to the one of all pages."""

from typing import Final

__all__ = ["NATIONAL_WORDING"]

NATIONAL_WORDING: Final = {
    "up_title": "{place}: for the region and the nation",
    "up_kicker": "For the region and the nation. {level}",
    "up_head": "{place}: figures to be read across places",
    "up_lede": (
        "The same figures and words as on every page of this place. National measures come first, each with its "
        "definition, what it may be compared with, how sure it is and what it must not be used for. Local measures "
        "follow in identical lines."
    ),
    "up_brief": "In brief",
    "up_basis": "What these figures rest on",
    "up_asked": "National measures",
    "up_agreed": "Local measures",
    "up_everyday": "Everyday service measures",
    "up_promises": "What was promised",
    "up_words": "What the words mean",
    "up_brief_tier": (
        "{tier}: {all}. {better} better or improving, {worse} worse or getting worse{both}, {same} similar, without "
        "significant change or not judged, {unknown} cannot be told."
    ),
    "up_brief_none": "{tier}: no measure.",
    "up_no_rank": (
        "No measure here scores an organisation, and nothing here ranks places: where intervals overlap, an order of "
        "places says nothing."
    ),
    "up_definitions": "Definitions",
    "up_definitions_all": "All {number} were seen at the source that is named with them.",
    "up_definitions_open": "{open} of {number} are to be confirmed and should not be read across places yet: {names}.",
    "up_comparable": "Comparability",
    "up_comparable_text": (
        "{compared} of {number} have a comparison. What each may be compared with stands with it; a local variant is "
        "never compared with a national figure."
    ),
    "up_uncertainty": "Uncertainty",
    "up_coverage": "Coverage",
    "up_coverage_text": "{whole} of {number} rest on every part of the place; those that do not say what is missing.",
    "up_small": "Small numbers",
    "up_agreement": "Agreement",
    "up_agreement_none": "None recorded: nobody has signed these measures.",
    "up_returns": "Data received",
    "up_local_text": (
        "Agreed by the partners of the place, owned by it, and as much part of this page as the national ones."
    ),
    "up_promises_text": "{counts}. The words of each partner stand on the page of the place.",
    "up_promises_none": "No promise is recorded.",
    "up_none": "No measure of this kind is on the page.",
    "up_foot": "The partners’, the national and the public page print the same values from the same protected table.",
    "to_national": "For the region and the nation",
    "to_public": "For everyone who lives here",
    "same_result": "The same figures, in other words:",
}
