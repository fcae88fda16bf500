"""Every word that a page prints, in one table: plain English, sentence case. Templates hold no words of their own."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from outcomes.report.agreement_wording import AGREEMENT_WORDING
from outcomes.report.board_wording import BOARD_WORDING
from outcomes.report.indicator_wording import INDICATOR_WORDING
from outcomes.report.money_wording import MONEY_WORDING
from outcomes.report.mutual_wording import MUTUAL_WORDING
from outcomes.report.national_wording import NATIONAL_WORDING
from outcomes.report.partner_wording import PARTNER_WORDING
from outcomes.report.profile_wording import PROFILE_WORDING
from outcomes.report.public_wording import PUBLIC_WORDING
from outcomes.report.readers_wording import READERS_WORDING
from outcomes.report.result_wording import RESULT_WORDING
from outcomes.report.voice_wording import VOICE_WORDING
from outcomes.vocabulary import (
    AgreementForm,
    AreaLevel,
    Assurance,
    Certainty,
    CommitmentState,
    Detail,
    Polarity,
    Qualifier,
    Reached,
    Reason,
    Statistic,
    Word,
)

__all__ = ["MEANINGS", "WORDING", "counted", "in_words", "say", "sentence_case"]

_PAGE: Final = {
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
}

_STAMP: Final = {
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
}

_BRIEF: Final = {
    "better": "Better or improving",
    "worse": "Worse or getting worse",
    "cannot_tell": "Cannot be told",
    "no_difference": "Similar, no significant change, or not judged",
    "promised": "Promised",
    "late_now": "Late",
    "none_better": "None of the measures.",
    "none_worse": "None of the measures.",
    "none_cannot_tell": "None of the measures.",
    "no_measures": "No measure is on this page yet.",
    "none_promised": "No promise is recorded.",
    "none_late": "No promise is late.",
    "brief_counts": (
        "{all}: {local} local and {national} national. {better} better or improving, {worse} worse or getting "
        "worse{both}, {same} similar, without significant change or not judged, and {unknown} cannot be told. The same "
        "rule finds good news and bad."
    ),
    "brief_over_time": "Over time: {told}",
    "brief_everyday": "Everyday services stand apart, below: {called} of {all} there call for a reply.",
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
    "next_due": "the next on {date}",
    "see_all": "{number} {state}",
}

_SIGNAL: Final = {
    "comparison": "Comparison",
    "trend": "Trend",
    "target": "Target",
    "inequality": "Inequality",
    "special_cause": "Special cause",
    "than": "{word} than {benchmark}",
    "to": "{word} to {benchmark}",
    "against": "{benchmark} {value}",
    "against_unknown": "{benchmark}, value not known",
    "no_benchmark": "No benchmark agreed",
    "allowing": "Allowing for how {areas} areas usually differ ({lower} to {upper})",
    "allowing_unsaid": "Allowing for how areas usually differ",
    "by_interval": "By its interval alone: {word}",
    "not_allowing": "Not allowing for how areas usually differ",
    "and_by_interval": "{word} (by its interval alone {other})",
    "nothing_to_compare": "There is no figure",
    "last_points": "Last {number} points",
    "no_points": "No series",
    "target_at": "{value} in {period}, {level}",
    "target_held_at": "{value} from {period}, {level}",
    "target_at_unknown": "No level recorded",
    "set_local": "set locally",
    "set_level": "set by the {level}",
    "set_nation": "set nationally",
    "set_unknown": "agreed",
    "path_now": "Path now at {value}",
    "target_everybody": "everybody",
    "goal_two_groups": "{group} and {other}",
    "goal_gap": "Reduce the gap between {groups} by {amount} from {baseline} by {period}",
    "goal_fall": "Reduce by {amount} from {baseline} by {period}",
    "goal_rise": "Raise by {amount} from {baseline} by {period}",
    "goal_match": "Match {benchmark} by {period}",
    "goal_nation": "the nation",
    "goal_region": "the region",
    "goal_system": "the system",
    "goal_quartile": "Be among the best quarter of areas by {period}",
    "goal_median": "Match the median of the other areas by {period}",
    "goal_for_group": "For {group}: {goal}",
    "goal_level": "{value} in {period}",
    "target_now": "now {value}",
    "target_then": "{value} in {period}",
    "benchmark_now": "{benchmark} {value}",
    "benchmark_level": "level to match",
    "expected_now": "{value} expected",
    "of_other_areas": "of {number} other areas",
    "distance_now": "{distance} ({lower} to {upper})",
    "baseline_frozen": "baseline {value} as frozen in the agreement, from {source}",
    "baseline_as_known": "baseline {value} as now known: if it is revised, what is expected moves",
    "baseline_unknown": "baseline as now known",
    "unknown_day": "a day not recorded",
    "gap_points": "{number} points",
    "percentage_points": "{number} percentage points",
    "target_goal": "target ({goal}) {word}",
    "def_target_goal": "{goal}, {baseline}decision {decision} of {date}",
    "target_track": "{word} for {value} in {period}",
    "target_due": "target of {value} in {period} {word}",
    "target_held": "target of {value} from {period} {word}",
    "no_target": "No target",
    "not_asked": "Not asked of this area",
}

_SPECIAL_CAUSE: Final = {
    "trend_or_special_cause": "Trend or special cause",
    "common_cause": "common cause",
    "no_limits": "None",
    "not_charted": "Not on the chart",
    "process_limits": "Process limits",
    "spc_months": "months",
    "spc_quarters": "quarters",
    "spc_outside_up": "beyond the upper limit",
    "spc_outside_down": "beyond the lower limit",
    "spc_trend_up": "seven or more {periods} in a row, each above the one before",
    "spc_trend_down": "seven or more {periods} in a row, each below the one before",
    "spc_near_up": "two in three {periods} near the upper limit",
    "spc_near_down": "two in three {periods} near the lower limit",
    "spc_side_up": "seven or more {periods} in a row above the mean",
    "spc_side_down": "seven or more {periods} in a row below the mean",
    "spc_between": "{lower} to {upper}",
    "spc_limits": "Mean {mean}, limits {limits}",
    "spc_mean_alone": "Mean {mean}; it does not vary, so it has no limits",
    "spc_provisional": "Limits are provisional: {number} points, 13 needed",
    "spc_seasonal": "Seasonal series: limits may flag the season",
    "spc_same_period": "Compare with the same {period} of other years: {values}",
    "spc_month": "month",
    "spc_quarter": "quarter",
    "spc_how": (
        "Process limits: the mean plus and minus 2.66 times the average moving range. Large shapes: special cause. "
        "Small points: common cause."
    ),
    "spc_provisional_drawn": "Limits in short dashes are provisional: fewer than 13 points made them.",
    "spc_begin_anew": "Limits begin anew from {date}: {because}.",
    "spc_spoken": "special cause: {word}",
    "spc_spoken_none": "no special cause",
    "spc_meets": "{level} lies on the good side of both limits.",
    "spc_hit_and_miss": "{level} lies within the limits: chance decides.",
    "spc_misses": "{level} lies beyond the limits.",
    "key_mean": "Process mean",
    "key_limits": "Process limits",
    "key_flagged": "Special cause",
    "key_common": "Common cause: no significant change, the process varies as it does",
    "key_improvement": "Special cause, improving: circles, upwards or downwards",
    "key_concern": "Special cause, getting worse: diamonds, upwards or downwards",
    "key_not_judged": "Special cause, higher or lower, where nobody has said which way is good: squares",
    "key_meets": "Target line below the process: it is expected to be met as things are",
    "key_hit_and_miss": "Target line through it: chance decides whether it is met",
    "key_misses": "Target line above it: it is not expected to be met as things are",
    "def_special_cause_method": "Special-cause method",
}

_INEQUALITY: Final = {
    "gap_ends": "{most} most deprived {part}, {least} least",
    "gap_now": "Gap {gap}",
    "gap_was": "Gap {gap}, was {was}",
    "gap_turned": "Gap {gap}, was {was} the other way round",
    "gap_ratio_apart": "Its ratio {word}: {ratio}, was {was}",
    "gap_ratio_widened": "widened",
    "gap_ratio_narrowed": "narrowed",
    "gap_spoken": "The gap by deprivation is {word}.",
    "gap_spoken_apart": "The gap by deprivation is {word}, its ratio is {other}.",
    "gap_how": (
        "Inequality: the most and the least deprived fifth or tenth side by side, and whether the gap between them "
        "narrows. The gap between percentages is in percentage points. Where the ratio of the two goes the other way, "
        "that is said too, untested. These compare areas, not persons: not everybody in a deprived area is poor, and "
        "people move."
    ),
    "show_inequality": "Gap by deprivation",
    "gap_absolute": "Gap, most less least deprived",
    "gap_worse": "Behind, beyond chance",
    "gap_worse_end": "the {end} deprived {part}",
    "gap_change": "Where it began",
    "gap_first": "{gap} in {period}, the first of {number} periods",
    "gap_relative": "Ratio, most over least deprived",
    "gap_relative_first": "The ratio where it began",
    "gap_slope": "Slope index of inequality",
    "gap_index": "Relative index of inequality",
    "gap_slope_method": "Method of both indices",
    "gap_no_slope": "None: {reason}",
    "gap_ends_are": "The two ends",
    "gap_end_groups": "{most} and {least}",
    "gap_limits": "To know",
    "gap_limits_text": (
        "These compare areas, not persons. The indices draw a line through all groups, most deprived end less (or "
        "over) least, each group weighted by its population."
    ),
    "gap_interval": "{value} (95% interval {interval})",
    "gap_alone": "{value}, without an interval",
    "part_half": "half",
    "part_third": "third",
    "part_quarter": "quarter",
    "part_fifth": "fifth",
    "part_tenth": "tenth",
    "part_group": "group",
    "def_inequality_method": "Inequality method",
}

_LINE: Final = {
    "measure": "Measure and owners",
    "measure_only": "Measure",
    "latest": "Latest value, 95% interval",
    "latest_short": "Latest",
    "over_time": "Over time",
    "data": "Data",
    "tier_local": "Agreed locally",
    "tier_national": "Asked nationally",
    "tier_operational": "Everyday measures",
    "measures_caption": "{outcome}: {local} local and {national} national measures",
    "operational_caption": "Everyday service measures: value, comparison, trend and target",
    "operational_text": "Kept in a tier of their own. They count neither as local nor as national outcomes.",
    "none_in_tier": "No measure of this tier is in this outcome.",
    "owners": "{count}: {owners}",
    "no_owner": "No owner agreed",
    "official": "{framework} {code}",
    "no_interval": "No interval",
    "no_interval_because": "No interval: {reason}",
    "no_interval_published": "No interval was published",
    "taken_as_published": "Taken as published, not worked out here",
    "reply_from": "Reply from {partner}, {date}",
    "reply_none": "No reply recorded.",
    "reply_invited": "The place for a reply by {owners}.",
    "reply_invited_anyone": "The place for a reply by the partners.",
    "balance": "Read beside {measure}.",
    "complete": "Complete",
    "hidden": "Hidden",
    "no_value": "No value",
    "coverage": "{share} of the population covered",
    "parts_in": "{received} of {all} parts in",
    "parts_missing": "Missing: {parts}",
    "sum_of_parts": "Sum of its parts: {figure}",
    "same_whole": "Sum of its parts; {partners} gives the same for the whole",
    "same_whole_by_several": "Sum of its parts; {partners} give the same for the whole",
    "submitted_whole": "{partners} gives {figure} for the whole ({difference})",
    "submitted_whole_by_several": "{partners} give {figure} for the whole ({difference})",
    "counts_of": "{numerator} of {denominator}",
    "counts_and_value": "{counts}, {value}",
    "same": "the same",
    "more": "{number} more",
    "fewer": "{number} fewer",
    "higher_by": "{number} higher",
    "lower_by": "{number} lower",
    "out_of_difference": "{numerator}, out of {denominator}",
    "no_series": "No period has a value yet",
    "not_yet": "No figure yet",
    "show_figures": "Figures behind the chart",
    "timeline_scale": "The scale begins at {low}, not at 0.",
    "show_parts": "{number} inside {place}",
    "show_groups": "By group",
    "show_definition": "Definition, method and source",
    "show_counted": "What is counted",
    "more_on_page": "Large chart, every period, definition and sources",
    "more_of": "of {measure}",
    "figures_caption": "{measure}: every period",
    "parts_caption": "{measure}: the parts of {place}, {period}",
    "groups_caption": "{measure}: by group of people, {period}",
    "period": "Period",
    "value": "Value",
    "interval": "95% interval",
    "numerator": "Numerator",
    "denominator": "Denominator",
    "path": "Path",
    "note": "Note",
    "part": "Area",
    "interval_drawn": "Interval drawn",
    "group": "Group",
    "all_periods_none": "No period has been recorded.",
    "parts_scale": "One scale for all rows. Upright line: {place}, {value}.",
    "parts_scale_alone": "One scale for all rows.",
    "counts_hidden": "Hidden",
    "no_count": "Not given",
    "benchmark_missing": "Not known",
    "no_path": "No path",
    "part_not_compared": "Not compared",
    "part_remainder": "Counted here, in none of the areas above",
    "nothing_to_note": "Nothing to note",
    "nothing_recorded": "Not recorded",
}

_FORMER: Final = {
    "partners_renamed": "Sent by {names} until {last}, which is now {now}.",
    "partners_merged": "Sent by {names} until {last}, then by {now}: the series goes on, with a break.",
    "wider": "It is collected by {level}, and no value of this place can be made of that.",
    "wider_value": "{area}, of which this place is a part: {value} ({period}).",
    "wider_none": "{area}, of which this place is a part: no figure yet.",
    "former_until": "up to {last}",
    "former_span": "from {first} to {last}",
    "former_area": "{name} ({code})",
    "former_part": "a part of {area}",
    "former_whole": "all of {area}",
    "former_share": "{share} of {area}",
    "former_recode": "Figures {until} are those of {areas}, which became this area.",
    "former_merger": "Figures {until} are the sums of {areas}, which became this area.",
    "former_apportioned": "Figures {until} are shared out by the parts that became this area: {areas}. The series "
    "begins anew after that.",
    "former_split": "There are no figures {until}: this area was made of {areas}, and nobody says how the figures are "
    "divided. The series begins anew after that.",
    "former_published": "There are no figures {until}: the published values of {areas}, which became this area, cannot "
    "be added up. The series begins anew after that.",
    "former_taken_in": "Figures {until} are without {areas}, which then became a part of this area. The series begins "
    "anew after that.",
}

_DEFINITION: Final = {
    "def_name": "Full name",
    "def_numerator": "Numerator",
    "def_denominator": "Denominator",
    "def_basis": "Who is counted",
    "def_basis_resident": "People who live in the area, wherever they are registered",
    "def_basis_registered": "People registered with a practice of the area, wherever they live",
    "basis_resident": "residents",
    "basis_registered": "registered patients",
    "def_statistic": "Statistic",
    "def_unit": "Unit",
    "def_method": "Interval and value",
    "def_trend_method": "Trend method",
    "def_targets": "Targets agreed",
    "def_distances": "Distance from what is expected",
    "def_distance": "{goal}: {distance}",
    "def_comparison": "Comparison",
    "def_not_allowing": (
        "With {benchmark} by chance alone: {areas} of the 10 areas that it takes to tell how areas usually differ"
    ),
    "def_target": "{value} in {period}, {level}, decision {decision}",
    "def_target_dated": "{value} in {period}, {level}, decision {decision} of {date}",
    "def_measured": "Measured",
    "def_polarity": "Which way is good",
    "def_level": "Collected at",
    "def_source": "Source",
    "def_licence": "Licence",
    "def_limits": "Limits of use",
    "def_comparable": "May be compared with",
    "def_verified": "Definition checked",
    "def_published_name": "Published as",
    "def_published_as": "{statistic} ({what})",
    "def_open": "Not established in the sources seen",
    "def_open_but": "{text} (not established in the sources seen)",
    "to_be_confirmed": "Definition to be confirmed.",
    "def_suppliers": "Sent by",
    "def_also": "Also part of",
    "def_id": "Identifier",
    "def_id_text": "{indicator} version {version}, {framework}",
    "def_statistic_text": "{statistic}, multiplied by {multiplier}",
}

_SECTIONS: Final = {
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
}

_HOW: Final = {
    "key_line": "The area, with the 95% interval as a band",
    "key_benchmark": "What it is compared with",
    "key_path": "The agreed path or level, and the target",
    "key_target": "Target or agreed path",
    "key_gap_short": "No value",
    "key_break_short": "Break in the series",
    "key_gap": "A period with no value; the reason is in the table on the page of the measure",
    "key_break": "A break in the series: what is before and after does not compare",
    "key_last": "The last mark repeats the comparison, or the trend where nothing is compared",
    "key_rule": "The shape is the verdict. What is inside it is the signal.",
    "key_circle": "Circle",
    "key_circle_text": "better, improving, on track, met, narrowing, kept",
    "key_diamond": "Diamond",
    "key_diamond_text": "worse, getting worse, off track, not met, widening, late",
    "key_ring": "Ring",
    "key_ring_text": "similar, or no significant change",
    "key_broken": "Broken ring",
    "key_broken_text": "cannot tell, with the reason",
    "key_struck": "Struck ring",
    "key_struck_text": "not compared, no target or withdrawn",
    "key_square": "Square",
    "key_square_text": "higher or lower where nobody has said which way is good",
    "key_marked": "Marked shape",
    "key_marked_text": "much better or much worse (outside the 99.8% interval)",
    "key_arrow": "Arrow",
    "key_arrow_text": "which way the number moves; the shape says whether that is good",
    "interval_means": (
        "A 95% interval says how far chance could move a figure. For a complete count it describes the underlying "
        "rate, not a sample. An area is part of the England, region or system that it is compared with."
    ),
    "figure_label": "A drawn example of a line over time, explained beside it",
    "chance_of": "How often chance alone speaks",
    # held by a test to the figures of docs/chance.md
    "chance_of_comparison": (
        "of 100 values that equal what they are compared with, up to 5 are called better or worse, higher or lower."
    ),
    "chance_of_trend": "of 1,000 series that do not move, 2 are said to move.",
    "chance_of_special_cause": "of 100 stable charts, 2 are flagged in the last month.",
    "chance_of_target": "of 100 places that lie exactly on their target, 5 are said to meet or miss it.",
    "chance_of_inequality": "of 1,000 gaps that stay as they are, 2 are said to narrow or widen.",
    "chance_more": "When it is more often, and how often a real change is found",
    "chance_more_of_comparison": (
        "of 1,000 equal values, about 2 are called much better or worse. Where events come in clusters, 16 of 100 are "
        "called different and 28 of 1,000 much so."
    ),
    "chance_more_of_trend": (
        "where events come in clusters, 28 of 1,000 are said to move. A change of 5% a year is found in 6 of 100 "
        "series at 100 events a year, in 69 at 500."
    ),
    "chance_more_of_special_cause": (
        "over 24 stable months, 19 of 100 charts are flagged somewhere. Where each month keeps half of the one before, "
        "70 are, and 12 in the last month; at 2 events a month, 33 and 3. A shift of two standard deviations is found "
        "in 48 of 100 within 3 months, in 96 within a year."
    ),
    "chance_more_of_inequality": (
        "of 100 gaps that widen by 10% a year, 21 are found with 500 events in each fifth and year, 94 with 2,000."
    ),
}

_OVERVIEW: Final = {
    "brief_well": "What went well.",
    "brief_badly": "What did not.",
    "brief_unknown": "What cannot be told.",
    "brief_promised": "What was promised.",
    "brief_unheard": "Who was not heard.",
    "brief_chance": "How much is chance.",
    "measure_places": "{measures} {verb} in {places}",
    "every_place": "every place",
    "places_counted": "{number} of {all} places",
    "verb_better": "{is_are} better or improving",
    "verb_worse": "{is_are} worse or getting worse",
    "none_well": "No measure is better or improving in any place.",
    "none_badly": "No measure is worse or getting worse in any place.",
    "and_more": "and {others}",
    "unknown_sentence": "{unknown} of {all} readings of a measure in a place cannot be told. Each says why.",
    "promised_sentence": "{number}: {states}.",
    "heard_all": "Every place has an agreement in force, and every return that was due has come.",
    "unheard_agreement": "No agreement in force: {places}.",
    "unheard_returns": "Figures due and missing or not accepted yet: {places}.",
    "chance_sentence": "Of the {compared}, {differing} at the 95% level. Chance alone would give {chance}.",
    "glance_text": (
        "Each place keeps its measures in the same order: follow a number across the places to follow one measure. "
        "Nothing is added up, and places are in alphabetical order, always."
    ),
    "glance_text_within": (
        "Each place keeps its measures in the same order: follow a number across the places to follow one measure. "
        "Nothing is added up. Places stand under the area that they lie in, in alphabetical order, always."
    ),
    "finder": "Find a place",
    "glance_caption": "What is told of each measure in each place",
    "glance_row_comparison": "Against",
    "glance_row_trend": "Trend",
    "glance_row_change": "Change",
    "glance_row_target": "Target",
    "local": "Local",
    "national": "National",
    "outcome": "Outcome",
    "glance_says": "{measure}: {words}",
    "glance_target": "target: {word}",
    "glance_none": "{measure}: {reason}",
    "glance_not_here": "not part of this place’s page",
    "key_no_value": "no value; the reason is in the list of measures",
    "profiles_caption": "The ten lines of each place",
    "late_text": "In alphabetical order of place. Every partner, the system included, is held to the same clock.",
    "late_caption": "Promises that are late",
    "none_late_anywhere": "No promise is late in any place.",
    "place": "Place",
    "days": "Days late",
    "every_text": (
        "Each row has one vertical scale, so its lines can be compared. Band: 95% interval. Dashed line: what it "
        "is compared with. The word is the comparison; where there is none, it is the trend. Nothing is called "
        "worse without its reply, or a note that there is none."
    ),
    "every_within": "{outcome}: {whole}",
    "every_caption": "{outcome}: every measure in every place",
    "reply_on": "Reply {date}",
    "population_unknown": "Residents not recorded",
    "mini_label": "{measure} in {place}: {value} in {period}; {word}",
}

_FOOT: Final = {
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

_CHART: Final = {
    "spark_label": "{measure}: {value} in {period}; {comparison}; {moves}; target: {target}",
    "spark_label_missing": "{measure}: no value in {period} ({reason})",
    "spark_none": "{measure}: no period has a value",
    "tally_label": "{counts}",
}

_FRAGMENT: Final = {
    "fragment_place": "{place}, as of {date}",
    "notebook_title": "Scorecard of {place}",
}

_CATALOGUE: Final = {
    "cat_title": "Catalogue of indicators",
    "cat_title_of": "{title}: catalogue of indicators",
    "cat_lede": (
        "What {sets} ask for: {measures}, each with what it is, which way is good, and how far it was checked against "
        "its publisher. Only what was seen there is called official."
    ),
    "cat_official_count": "{official} of {all} are official here; {others} to be confirmed.",
    "cat_once": "A measure that several sets ask for is defined once, and asked of a partner once.",
    "cat_sets": "The sets",
    "cat_sets_caption": "Each set with how much of it was checked",
    "cat_set": "Set",
    "cat_publisher": "Publisher",
    "cat_edition": "Edition",
    "cat_asks": "Asks for",
    "cat_official": "Official",
    "cat_to_be_confirmed": "To be confirmed",
    "cat_shared": "Shared with another set",
    "cat_how": "How far it was checked",
    "cat_how_official": "seen at the source that is named; what was seen there stands under the word",
    "cat_how_partial": "some of it was seen; the rest must be read at the publisher before it is used",
    "cat_how_memory": "nothing of it was seen; read the publisher’s definition before it is used",
    "cat_how_direction": (
        "Which way is good is agreed by people. Where nobody is named, the direction is proposed here and must be "
        "agreed."
    ),
    "cat_how_open": (
        "What a source does not say is called not established, never guessed. A value is worked out from counts only "
        "where both parts of its definition were seen; otherwise it is taken as published."
    ),
    "cat_partly": "Partly seen",
    "cat_not_seen": "Not seen yet",
    "cat_not_said": "Not said",
    "cat_find": "Find an indicator",
    "cat_search": "Words, codes or ids",
    "cat_filter_set": "Set and outcome",
    "cat_filter_direction": "Which way is good",
    "cat_filter_state": "How far it was checked",
    "cat_filter_shared": "Only what several sets ask for",
    "cat_any": "Any",
    "cat_whole_set": "{set}: all of it",
    "cat_clear": "Show everything",
    "cat_shown": "{shown} of {all} shown",
    "cat_none": "Nothing here fits. Take a word out, or show everything.",
    "cat_measure": "Indicator",
    "cat_value": "Value and rhythm",
    "cat_direction": "Good",
    "cat_checked": "Checked",
    "cat_also": "Also asked by",
    "cat_nowhere_else": "No other set here",
    "cat_near": "May be the same as",
    "cat_seen": "{seen} seen",
    "cat_definition_open": "definition to be confirmed",
    "cat_definition_not_seen": "no definition seen",
    "cat_other": "{set}, {code}",
    "cat_more": "Definition, source and how to include it",
    "cat_code": "Code {code}",
    "cat_id": "id {id}",
    "cat_version": "version {version}",
    "cat_unit_open": "unit not established",
    "cat_rhythm_open": "which year is not established",
    "def_polarity_agreed": "{polarity}; agreed by: {who}",
    "cat_agreed_open": "to be confirmed",
    "cat_agreed_by": "agreed by {who}",
    "cat_caption": "{set}: what it asks for",
    "cat_counts": "{all}: {official} official, {others} to be confirmed.",
    "cat_files": "The same list as",
    "cat_csv": "a table (CSV)",
    "cat_json": "a file for other programs",
    "cat_fact_name": "Name as published",
    "cat_fact_why": "Why it is not worked out here",
    "cat_fact_strata": "Standardised to",
    "cat_fact_groups": "By group",
    "cat_fact_aliases": "Other names that a partner may send",
    "cat_fact_checked": "How far it was checked",
    "cat_fact_definition": "How far the definition was checked",
    "cat_fact_taken": "Taken as it stands by",
    "cat_fact_where": "Seen at",
    "cat_fact_defined": "Defined in",
    "cat_fact_holds": "Holds for",
    "cat_fact_include": "Include it as",
    "cat_holds_from": "periods from {first}",
    "cat_holds_to": "periods up to {last}",
    "cat_holds_between": "periods from {first} to {last}",
    "cat_proxy": "A local variant: never compared with the national figure.",
    "rhythm_month": "each month",
    "rhythm_quarter": "each quarter",
    "rhythm_calendar_year": "each calendar year",
    "rhythm_financial_year": "each financial year",
    "rhythm_academic_year": "each academic year",
    "rhythm_three_calendar_years": "three calendar years together",
    "rhythm_three_financial_years": "three financial years together",
}

_LEVELS: Final = {
    AreaLevel.NATION: ("nation", "nations"),
    AreaLevel.REGION: ("region", "regions"),
    AreaLevel.SYSTEM: ("system", "systems"),
    AreaLevel.PLACE: ("place", "places"),
    AreaLevel.NEIGHBOURHOOD: ("neighbourhood", "neighbourhoods"),
    AreaLevel.WARD: ("ward", "wards"),
    AreaLevel.LSOA: ("small area", "small areas"),
    AreaLevel.COUNCIL: ("council area", "council areas"),
    AreaLevel.POLICE_FORCE_AREA: ("police force area", "police force areas"),
    AreaLevel.OTHER: ("area", "areas"),
}

_REASONS: Final = {
    Reason.MISSING: "no figure was received",
    Reason.NOT_AVAILABLE: "the partner says that it is not available",
    Reason.NOT_APPLICABLE: "it does not apply here",
    Reason.NOT_YET_DUE: "it is not due yet",
    Reason.RETURN_REJECTED: "the return is not accepted yet",
    Reason.CONFIDENTIAL: "a small number, or one that protects it",
    Reason.NOT_COMPARABLE: "it cannot be compared with the rest",
    Reason.CANNOT_BE_CALCULATED: "it cannot be calculated",
}

_DETAILS: Final = {
    Detail.ZERO_DENOMINATOR: "nobody to count among",
    Detail.TOO_FEW_EVENTS: "too few events",
    Detail.MISSING_STRATUM: "a stratum is missing",
    Detail.NO_SPREAD: "no spread was given",
    Detail.COVERAGE_TOO_LOW: "too little of the population is covered",
    Detail.IMPOSSIBLE_INPUT: "the figures contradict each other",
    Detail.TOO_FEW_POINTS: "too few points",
    Detail.POPULATION_TOO_SMALL: "too few people live there",
    Detail.INTERVAL_TOO_WIDE: "its interval is too wide",
}

_STATISTICS: Final = {
    Statistic.PROPORTION: "proportion",
    Statistic.CRUDE_RATE: "crude rate",
    Statistic.DIRECTLY_STANDARDISED_RATE: "directly standardised rate",
    Statistic.INDIRECTLY_STANDARDISED_RATIO: "indirectly standardised ratio",
    Statistic.MEAN: "mean",
    Statistic.COUNT: "count",
    Statistic.RATIO: "ratio",
    Statistic.LIFE_EXPECTANCY: "life expectancy",
    Statistic.PUBLISHED_VALUE: "published value",
}

_POLARITIES: Final = {
    Polarity.HIGHER_IS_BETTER: "higher is better",
    Polarity.LOWER_IS_BETTER: "lower is better",
    Polarity.NO_JUDGEMENT: "no judgement",
}

_FORMS: Final = {form: form.value.replace("_", " ") for form in AgreementForm}

MEANINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Word.MUCH_BETTER: "on the good side of what it is compared with, which lies outside its 99.8% interval",
        Word.BETTER: "on the good side of what it is compared with, which lies outside its 95% interval",
        Word.SIMILAR: "what it is compared with lies inside its 95% interval",
        Word.WORSE: "on the bad side of what it is compared with, which lies outside its 95% interval",
        Word.MUCH_WORSE: "on the bad side of what it is compared with, which lies outside its 99.8% interval",
        Word.MUCH_HIGHER: "above what it is compared with, which lies outside its 99.8% interval; not judged",
        Word.HIGHER: (
            "above what it is compared with, which lies outside its 95% interval, or a special cause upwards; not "
            "judged"
        ),
        Word.LOWER: (
            "below what it is compared with, which lies outside its 95% interval, or a special cause downwards; not "
            "judged"
        ),
        Word.MUCH_LOWER: "below what it is compared with, which lies outside its 99.8% interval; not judged",
        Word.IMPROVING: "the last points move, or the last one lies, the good way by more than chance",
        Word.GETTING_WORSE: "the last points move, or the last one lies, the bad way by more than chance",
        Word.INCREASING: "the last points rise by more than chance; not judged",
        Word.DECREASING: "the last points fall by more than chance; not judged",
        Word.NO_SIGNIFICANT_CHANGE: "the last points move no more than chance would move them",
        Word.MET: "its date has come, and the whole interval lies on the good side of the target",
        Word.NOT_MET: "its date has come, and the whole interval lies on the bad side of the target",
        Word.ON_TRACK: "the whole interval lies on the good side of the agreed path",
        Word.OFF_TRACK: "the whole interval lies on the bad side of the agreed path",
        Word.NARROWING: "the gap between the most and the least deprived shrinks by more than chance",
        Word.WIDENING: "the gap between the most and the least deprived grows by more than chance",
        Word.IMPROVING_UNEQUALLY: (
            "the average improves while the gap between the most and the least deprived grows, both by more than chance"
        ),
        Word.CANNOT_TELL: "the figures do not allow an answer; the reason stands beside it",
        Word.NOT_COMPARED: "nothing that may fairly be compared with it",
        Word.NO_TARGET: "nobody has agreed a target",
        Word.NOT_ASKED: "this is not asked of this area",
        Reached.REACHED: "the target is reached by its setter’s own rule, whatever chance says",
        Reached.NOT_REACHED: "the target is not reached by its setter’s own rule, whatever chance says",
        Certainty.CLEAR: "the target lies outside the 95% interval",
        Certainty.WITHIN_CHANCE: "the target lies inside the 95% interval",
        Assurance.CONSISTENTLY_MEETS: "as things are, the target is expected to be met in every period",
        Assurance.HIT_AND_MISS: "as things are, chance decides in which periods the target is met",
        Assurance.CONSISTENTLY_MISSES: "as things are, the target is not expected to be met in any period",
        CommitmentState.KEPT: "done as promised",
        CommitmentState.LATE: "its date has passed and it is not done",
        CommitmentState.NOT_KEPT: "not done, or not as it was promised",
        CommitmentState.NOT_YET_DUE: "its date has not come",
        CommitmentState.WITHDRAWN: "taken back by a recorded decision",
        Qualifier.PROVISIONAL: "may still change",
        Qualifier.REVISED: "replaces an earlier figure",
        Qualifier.ESTIMATED: "worked out, not counted",
        Qualifier.BREAK_IN_SERIES: "counted in another way than before",
        Qualifier.LOW_RELIABILITY: "to be read with care",
        Qualifier.PARTIAL: "some parts have not come in",
        Qualifier.STALE: "a later figure was due and has not come",
        Qualifier.APPORTIONED: "shared out over areas by agreed weights",
        Qualifier.FORMER_AREAS: "the figure of the areas that this one followed, under their codes of then",
        Qualifier.DISPUTED: "two sources give different figures",
    }
)

_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_PLURALS: Final = {
    "period": "periods",
    "measure": "measures",
    "other measure": "other measures",
    "partner": "partners",
    "file": "files",
    "place": "places",
    "owner": "owners",
    "promise": "promises",
    "day": "days",
    "comparison": "comparisons",
    "trend": "trends",
    "area": "areas",
    "figure": "figures",
    "indicator": "indicators",
    "indicator set": "indicator sets",
    "cell": "cells",
    "row": "rows",
    "thing": "things",
    "other thing": "other things",
    "fault": "faults",
    "kind": "kinds",
    "person": "people",
    "record": "records",
    "member": "members",
    "round": "rounds",
    "answer": "answers",
    "group": "groups",
} | dict(_LEVELS.values())


def _joined(*tables: Mapping[str, str]) -> dict[str, str]:
    """Every table in one; a key that stands in two would be said as the later one has it, and nobody would see."""
    found: dict[str, str] = {}
    for table in tables:
        twice = sorted(found.keys() & table.keys())
        if twice:
            raise ValueError(f"these keys stand in two tables of words: {', '.join(twice)}")
        found |= table
    return found


WORDING: Final[Mapping[str, str]] = MappingProxyType(
    _joined(
        _PAGE,
        _STAMP,
        _BRIEF,
        _SIGNAL,
        _LINE,
        _DEFINITION,
        _SECTIONS,
        _HOW,
        _OVERVIEW,
        _FOOT,
        _CHART,
        _FRAGMENT,
        AGREEMENT_WORDING,
        INDICATOR_WORDING,
        PARTNER_WORDING,
        NATIONAL_WORDING,
        PUBLIC_WORDING,
        READERS_WORDING,
        MONEY_WORDING,
        MUTUAL_WORDING,
        _FORMER,
        _CATALOGUE,
        _SPECIAL_CAUSE,
        _INEQUALITY,
        RESULT_WORDING,
        BOARD_WORDING,
        PROFILE_WORDING,
        VOICE_WORDING,
        {f"level_{level.value}": names[0] for level, names in _LEVELS.items()},
        {f"reason_{reason.value}": text for reason, text in _REASONS.items()},
        {f"detail_{detail.value}": text for detail, text in _DETAILS.items()},
        {f"statistic_{statistic.value}": text for statistic, text in _STATISTICS.items()},
        {f"polarity_{polarity.value}": text for polarity, text in _POLARITIES.items()},
        {f"form_{form.value}": text for form, text in _FORMS.items()},
    )
)


def say(key: str, **values: object) -> str:
    """Return one printed sentence or word of the table, its places filled.

    Arguments:
        key: The name of the entry.
        values: What fills its `{places}`; text is printed as it is, never read as a pattern.

    >>> say("review_by", date="31 March 2027")
    'Review by 31 March 2027'
    """
    return WORDING[key].format(**values)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, singular or plural.

    >>> counted(1, "partner"), counted(12, "partner")
    ('1 partner', '12 partners')
    """
    return f"{number:,} {noun if number == 1 else _PLURALS[noun]}"


def in_words(number: int, noun: str) -> str:
    """Return a number with its noun, the number spelled out below ten.

    >>> in_words(9, "partner"), in_words(10, "partner")
    ('nine partners', '10 partners')
    """
    spelled = _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"
    return f"{spelled} {noun if number == 1 else _PLURALS[noun]}"


def sentence_case(text: str) -> str:
    """Return a text with its first letter a capital, the rest as it is.

    >>> sentence_case("no significant change")
    'No significant change'
    """
    return text[:1].upper() + text[1:]
