"""What the frame of every page says, and the sections of a place."""

from typing import Final

__all__ = ["PAGE_WORDING"]

PAGE_WORDING: Final = {
    # the head
    "skip": "Skip to main content",
    "pages": "Scorecard pages",
    "on_this_page": "On this page",
    "overview": "System overview",
    "place_scorecard": "Scorecard of one area",
    "place_title": "{place}: shared outcomes",
    "overview_title": "{title}: overview",
    "fictional": "Fictional.",
    "fictional_text": "The places, partners and every figure on this page are invented.",
    "fictional_label": "About these figures",
    "draft": "Draft",
    "draft_text": "This is a draft, not a publication.",
    "draft_overview": "The page of each place says why.",
    "draft_label": "State of this page",
    "working_copy": "Working copy",
    "working_copy_text": (
        "Small numbers are not protected here. It is for the partners of this place only: do not publish it or "
        "pass it on."
    ),
    "other_product_text": "State of this page: {product}.",
    "place_lede": (
        "How the people of {place} are doing, what {partners} promised each other to change it, and what the "
        "figures cannot tell."
    ),
    "place_lede_alone": "How the people of {place} are doing, and what the figures cannot tell.",
    "overview_lede": (
        "{places} side by side: how they are doing, what was promised, and what cannot be told. There is no "
        "ranking and no overall score."
    ),
    "overview_lede_one": (
        "One place: how it is doing, what was promised, and what cannot be told. There is no overall score."
    ),
    "no_places": "No scorecard was made, so there is nothing to show yet.",
    "part_of": "Part of {areas}",
    "brief": "In brief",
    "how": "How to read a line",
    "profile": "Ten lines for this place",
    "operational": "Everyday service measures",
    "commitments": "Promises",
    "returns": "Data received",
    "agreement": "Agreement",
    "words": "What the words mean",
    "glance": "Outcomes at a glance",
    "profiles": "Ten lines for each place",
    "late": "Late promises",
    "every": "Every measure in every place",
    # under the headline
    "residents": "{number} residents",
    "parts": "{number} inside it",
    "agreement_version": "Agreement version {version}",
    "signed": "signed by {signed} of {all} partners",
    "not_in_force": "not in force",
    "review_by": "Review by {date}",
    "as_of": "As of {date}",
    "no_agreement": "No agreement recorded",
    "no_agreement_text": (
        "No agreement is recorded for this area, so nobody owns these measures yet and the page stays a draft."
    ),
    "tier_counts": "{local} local and {national} national measures",
    # the sections
    "commitments_text": (
        "What each partner said it would do, in the order late, kept, not kept, not yet due, withdrawn. Every "
        "partner sees the same list."
    ),
    "status": "Status",
    "promise": "Promise",
    "promised_by": "Promised by",
    "due": "Due",
    "own_words": "In the partner’s own words",
    "no_words": "No reply recorded",
    "on_date": "{state} {date}",
    "evidence": "Evidence: {evidence}",
    "returns_counts": (
        "Of {due} due, {on_time} came on time, {late} late, {rejected} not accepted yet, {missing} missing. "
        "{not_yet} not yet due."
    ),
    "returns_text": "A figure is one measure for one area and one period.",
    "none_returns": "No record of returns stands behind these figures.",
    "partner": "Partner",
    "share": "Share of what was due",
    "share_label": (
        "{partner}: {on_time} on time, {late} late, {rejected} not accepted yet, {missing} missing, of {due} due"
    ),
    "due_count": "Due",
    "on_time": "On time",
    "late_count": "Late",
    "rejected": "Not accepted yet",
    "missing": "Missing",
    "not_yet_due": "Not yet due",
    "revised_note": "{number} revised",
    "returns_sources": "Sent for others: {sources}",
    "returns_source": "{name}: {received} of {due}{late}",
    "returns_source_late": ", {late} late",
    "returns_complete": "Complete",
    "returns_nothing_due": "Nothing due yet",
    "returns_open": "Not complete",
    "profile_text": (
        "One mark is one measure, one target or one promise. The ten lines are never combined into one number."
    ),
    "profile_line": "Line",
    "profile_count": "What it counts",
    "agreement_text": "{form}, version {version}, in effect from {date}. Decision {decision}.",
    "agreement_draft": "{form}, version {version}: a draft, meant to hold from {date}. Decision {decision}.",
    "agreement_no_decision": "{form}, version {version}, in effect from {date}. No decision recorded.",
    "signed_by": "Signed by",
    "signatory": "Signatory",
    "signed_on": "Signed",
    "not_signed": "Not signed",
    "words_text": "Every word that this page may use about a measure, and what it means.",
    "judged_on_true": "Words are judged on the true counts; printed numbers come from the protected ones.",
    # the foot
    "copy_head": "Draft for partners.",
    "copy_text": "Small numbers are hidden by the policy named here. Nothing on this page has been published.",
    "working_foot_head": "Working copy for partners.",
    "working_foot_text": "Small numbers are shown as they are. It must not be published or passed on.",
    "made_from": ("As of {date} · record entry {ledger} · {frameworks} · small numbers: {policy} · library {library}"),
    "fingerprints": "Fingerprints: figures {figures} · partnership {partnership} · policy {policy}",
    "sources": "Sources and licences",
    "access": (
        "Colour is never used alone: every verdict is a word and a shape. This page needs no script and no network."
    ),
    "print_note": (
        "The areas and groups behind each line are on the screen page; what is opened there is printed open. Charts, "
        "every period, definition and sources stand on the page of each measure."
    ),
    "no_fingerprint": "not recorded",
}
