"""Every word that a partner's own page prints, in one table; joined to the one of all pages."""

from typing import Final

__all__ = ["PARTNER_WORDING"]

PARTNER_WORDING: Final = {
    "own_title": "{partner}: own view",
    "own_kicker": "Partner’s own view. {sector}",
    "own_lede": "What is yours to do comes first, then what you add to outcomes that all partners share.",
    "own_places": "Partner in {places}",
    "own_duties": "What is yours to do now",
    "own_data": "Your data",
    "own_promises": "Your promises",
    "own_contribution": "Your contribution",
    "own_used": "What your data was used for",
    "own_asked": "What each partner is asked for",
    "own_reply": "Your right of reply",
    "own_late": "Late promises of every partner",
    "own_whole": "The whole place",
    "own_nothing": "Nothing is owed today.",
    "own_mend": "Mend {file}",
    "own_mend_text": (
        "Sent on {date}, entry {entry} of the record, and not accepted: {figures} of {measures} wait for it. Found in "
        "it: {faults}."
    ),
    "own_send": "Send {measure}, {period}",
    "own_send_text": "{figures} for {place} were due on {date}.",
    "own_send_text_one": "{figures} for {place} was due on {date}.",
    "own_late_text": "{days} late, due {date}, {place}. Your words, shown to every partner:",
    "own_late_silent": (
        "{days} late, due {date}, {place}. You have not said why; every partner sees that no words stand here."
    ),
    "own_sign": "Sign the agreement of {place}",
    "own_sign_text": "{role} signs for you. Until then the page of {place} says that your signature is missing.",
    "own_answer": "Answer a question about {place}",
    "own_answer_text": "Asked on {date}:",
    "own_answer_due": "Due {date}.",
    "own_open_text": "Promised in {place} by {date}.",
    "own_next": "Send {measure}, {period}",
    "own_next_text": "{figures} for {place}, due on {date}.",
    "own_data_text": (
        "Of {due} due lately, {on_time} came on time, {late} late, {rejected} not accepted yet, {missing} missing. "
        "Every partner has the same checks and the same deadlines."
    ),
    "own_data_none": "No figure is expected of you here. Every partner has the same checks and the same deadlines.",
    "own_not_worse": (
        "A measure whose figures have not come is shown with its last value, marked stale, or without a value. It is "
        "never shown as worse for that."
    ),
    "own_measure": "Measure",
    "own_place": "Place",
    "own_period": "Period",
    "own_due_on": "Due",
    "own_came": "What came",
    "own_came_on_time": "On time",
    "own_came_late": "Late",
    "own_came_missing": "Missing",
    "own_came_rejected": "Not accepted yet",
    "own_came_not_due": "Not yet due",
    "own_came_counts": "{came} of {all}",
    "own_came_revised": "{number} revised",
    "own_came_sources": "Not all in",
    "own_came_without": "missing: {sources}",
    "own_came_late_of": "late: {sources}",
    "own_send_for": "Send {measure}, {period}, for {sources}",
    "own_send_for_text": "You send the figures of others too. Theirs for {place} were due on {date} and are missing.",
    "own_no_promises": "No promise of yours is recorded.",
    "own_contribution_text": (
        "The values belong to the place and to all partners together. There is no score for {partner} alone, and none "
        "can be made."
    ),
    "own_no_part": "No part in a measure is recorded for you.",
    "own_part": "Your part",
    "own_value": "{place}, 95% interval",
    "own_comparison": "Comparison, or how it moves",
    "own_owners": "{tier}. {owners}",
    "own_used_none": "You send no figure for these places.",
    "own_used_once": "{number} sent once; {more} of them answer more than one set of measures.",
    "own_used_for": "Used for",
    "own_used_targets": "Targets held against it",
    "own_used_no_target": "No target",
    "own_used_target": "{goal} ({decision})",
    "own_used_target_undecided": "{goal}",
    "own_used_pages": "the pages of {places}",
    "own_asked_text": (
        "Rows of the template in a year, in alphabetical order. A measure that several sets ask for is asked for once."
    ),
    "own_asked_measures": "Measures",
    "own_asked_rows": "Rows a year",
    "own_asked_shared": "Used more than once",
    "own_asked_here": "This is you.",
    "own_reply_text": (
        "You may reply to any value, target or method, or dispute it. Both positions are then printed, and the work "
        "goes on."
    ),
    "own_reply_none": "No measure that you answer for waits for a reply.",
    "own_reply_slot": "Asked of all its owners, you among them.",
    "own_reply_alone": "Asked of you, its only owner.",
    "own_late_words": "Every partner sees this same list, with the words of each.",
    "own_whole_text": "{place}: {sentence}",
    "own_whole_link": "Read the scorecard of {place}",
    "own_whole_same": "It is the same for every partner.",
    "sector_nhs_trust": "NHS trust",
    "sector_integrated_care_board": "Integrated care board",
    "sector_primary_care": "Primary care",
    "sector_council": "Council",
    "sector_voluntary_sector": "Voluntary sector",
    "sector_care_provider": "Care provider",
    "sector_housing": "Housing",
    "sector_police": "Police",
    "sector_education": "Education",
    "sector_resident_group": "Residents’ group",
    "sector_hospice": "Hospice",
    "sector_publisher": "Publisher",
}
