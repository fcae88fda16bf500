"""Every word that the sections about the profile print, in one table; joined to the one of all pages."""

from typing import Final

__all__ = ["PROFILE_WORDING"]

PROFILE_WORDING: Final = {
    "balance_figure": "{value} ({period})",
    "balance_beside": "Read beside {measure}: {figure}.",
    "balance_apart": "The two move apart: this is {own}, that is {other}. Read neither alone.",
    "balance_apart_short": "It moves apart from {measure}: read neither alone.",
    "cat_crosswalk": "which set uses which measure (CSV)",
    "purpose_is": "Purpose:",
    "lines_in_full": "Ten lines in full",
    "lines_in_full_text": (
        "Each line by kind of target, tier, partner or level. They stay apart: nothing here is added up to one number."
    ),
    "lines_part": "Part",
    "lines_parts": "Part by part",
    "lines_counts": "Count",
    "parity": "Local and national",
    "parity_text": (
        "Each aspect is counted for both tiers and flagged by a rule that is the same for both. Everyday measures are "
        "in none of these counts."
    ),
    "parity_aspect": "Aspect",
    "parity_local": "Agreed locally",
    "parity_national": "Asked nationally",
    "parity_flag": "By the rule",
    "parity_neither": "Neither is behind",
    "parity_local_behind": "Local measures are behind",
    "parity_national_behind": "National measures are behind",
    "parity_of": "{number} of {all}",
    "breadth": "Which sectors take part",
    "breadth_text": "From {since} to {until}; signatures of the agreement that holds now.",
    "breadth_sector": "Sector and partners",
    "breadth_signed": "Signed",
    "breadth_owned": "Owns",
    "breadth_owned_count": "{all}, of these {local} local",
    "breadth_sent": "Figures sent of those due",
    "breadth_insights": "Insights",
    "breadth_promises": "Promises",
    "breadth_asked": "Challenges",
    "breadth_silent": "Not heard",
    "breadth_nothing_silent": "Heard in all",
    "breadth_no_partner": "No partner here",
    "breadth_nothing_due": "None due",
    "breadth_unknown": "Not recorded",
    "silent_signature": "no signature",
    "silent_data": "no figures",
    "silent_insight": "no insight",
    "asked": "What each partner is asked for",
    "asked_text": (
        "A measure that several sets use is asked for once. Rows are those of the template: an area, a source and a "
        "group each."
    ),
    "asked_measures": "Measures",
    "asked_rows": "Rows a year",
    "asked_unshared": "If every set asked by itself",
    "asked_lines_of": "Measures of {partner}",
    "asked_used_by": "Used by",
    "lines_rejected": "not accepted yet",
    "purpose": "From purpose to measure",
    "purpose_text": "What the work is for, what tells how it stands, and what is counted.",
    "purpose_none": "No purpose is written down yet",
    "purpose_orphan_outcomes": "Outcomes without a measure here: {names}.",
    "purpose_orphan_purposes": "Outcomes for which no purpose is written down: {names}.",
    "rhythm_of_month": "month",
    "rhythm_of_quarter": "quarter",
    "rhythm_of_calendar_year": "year",
    "rhythm_of_financial_year": "year",
    "rhythm_of_academic_year": "year",
    "rhythm_of_three_calendar_years": "year",
    "rhythm_of_three_financial_years": "year",
}
