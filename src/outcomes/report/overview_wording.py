"""What the overview of all places says."""

from typing import Final

__all__ = ["OVERVIEW_WORDING"]

OVERVIEW_WORDING: Final = {
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
