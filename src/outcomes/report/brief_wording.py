"""What the first screen of a place says: better, worse, untold, promised, late, and how much is chance."""

from typing import Final

__all__ = ["BRIEF_WORDING"]

BRIEF_WORDING: Final = {
    "better": "Better or improving",
    "worse": "Worse or getting worse",
    "cannot_tell": "Cannot be told",
    "no_difference": "Similar, no significant change, or not judged",
    "promised": "Promised",
    "late_now": "Late or not kept",
    "better_moving": "Getting better over time",
    "better_standing": "Better than what it is compared with",
    "worse_moving": "Getting worse over time",
    "worse_standing": "Worse than what it is compared with",
    "brief_disputed": "Disputed: every position is at the measure.",
    "not_kept_by": "not kept. {partner}:",
    "none_better": "None of the measures.",
    "none_worse": "None of the measures.",
    "none_cannot_tell": "None of the measures.",
    "no_measures": "No measure is on this page yet.",
    "none_promised": "No promise is recorded.",
    "none_late": "No promise is late or not kept.",
    "brief_counts": (
        "{all}: {local} local and {national} national. {better} better or improving, {worse} worse or getting "
        "worse{both}, {same} similar, without significant change or not judged, and {unknown} cannot be told. The same "
        "rule finds good news and bad."
    ),
    "brief_over_time": "Over time: {told}",
    "brief_everyday": "Everyday services stand apart, below: {called} of {all} there call for a reply{names}.",
    "brief_named": " ({names})",
    "trend_untold": "its trend cannot be told",
    "in_both_lists": " ({number} in both lists)",
    "is": "is",
    "are": "are",
    "chance": (
        "Of the {compared} that have a comparison, {differing} at the 95% level. Chance alone would give {chance}."
    ),
    "chance_none": "No measure has a comparison, so chance can flag none.",
    "chance_small": "less than 1",
    "chance_about": "about {number}",
    "remaining": "{remain} when the share of false differences is held to 5%.",
    "remain_none": "Of the {all}, none remains",
    "remains": "Of the {all}, {number} remains",
    "remain": "Of the {all}, {number} remain",
    "remains_alone": "It remains",
    "remains_not_alone": "It does not remain",
    "remaining_without": "{number} without a p-value cannot.",
    "remaining_summary": "Which differences remain",
    "remaining_caption": "Every difference at the 95% level, its p-value, and whether it remains",
    "measure_head": "Measure",
    "remains_head": "Remains",
    "p_value": "p-value",
    "p_under": "under {level}",
    "p_unknown": "not known",
    "p_of_shown": "{p_value}, by the rounded counts",
    "stays": "Yes",
    "stays_not": "No",
    "chance_family": (
        "Asked of the {number} of local and national measures with their first benchmark, together (Benjamini and "
        "Hochberg). A p-value is how often chance alone would put the value so far from its benchmark if it were truly "
        "there; below 0.05 the benchmark lies outside the 95% interval. A difference that does not remain may be real."
    ),
    "chance_family_of_all": (
        "Measures whose difference remains, place by place. Asked of all first comparisons of these places together, "
        "as one family (Benjamini and Hochberg); the page of a place asks only its own."
    ),
    "chance_trends": (
        "Of the {told} that can be told, chance alone would give {chance}: 0.2% of series that do not move."
    ),
    "chance_trends_alone": "Words of special cause are not counted among them.",
    "part_of_the_whole": (
        "An area is part of the England, region or system that it is compared with; the benchmark counts as exact."
    ),
    "overdispersion_note": (
        "From {volumes} people (of a proportion) or events (of a rate), chance alone explains the smaller part of how "
        "areas usually differ. There a comparison with other areas leaves room for how areas usually differ as "
        "well, where 10 or more have figures. That word stands first, and that of the interval beside it ({method})."
    ),
    "differs": "{number} differs",
    "differ": "{number} differ",
    "reply_none_short": "No reply recorded.",
    "value_in": "{value} ({period}).",
    "no_value_because": "No value: {reason}.",
    "kept_by": "by {partners}",
    "days_late": "{number} late",
    "next_due": "by {partners}; the next on {date}",
    "see_all": "{number} {state}",
}
