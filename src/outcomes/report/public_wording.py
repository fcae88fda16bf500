"""Every word that the page for everyone prints, in plain English; joined to the table of all pages."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from outcomes.vocabulary import Word

__all__ = ["PLAIN_MEANINGS", "PUBLIC_WORDING"]

PUBLIC_WORDING: Final = {
    "pub_title": "How is {place} doing?",
    "pub_kicker": "For everyone who lives here",
    "pub_lede": (
        "{partners} agreed what matters most for people in {place}. This page says how it is going, what they "
        "promised, and what nobody knows yet."
    ),
    "pub_lede_alone": "This page says how people in {place} are doing, and what nobody knows yet.",
    "pub_known": "Figures known on {date}",
    "pub_count": "{number}: {local} chosen here, {national} asked for by the nation",
    "pub_well": "What is going well",
    "pub_work": "What needs work",
    "pub_same": "What is much the same",
    "pub_unknown": "What we cannot tell",
    "pub_promised": "What was promised",
    "pub_every": "Every number on this page",
    "pub_hidden": "Why some numbers are hidden",
    "pub_sure": "How sure are these numbers?",
    "pub_words": "Words we use",
    "pub_well_none": "Nothing is better or improving by more than chance.",
    "pub_work_none": "Nothing is worse or getting worse by more than chance.",
    "pub_same_none": "There is nothing of this kind.",
    "pub_unknown_none": "We can tell something about every number.",
    "pub_well_text": "{number} of {all} are better than elsewhere, or getting better, by more than chance.",
    "pub_work_text": "{number} of {all} are worse than elsewhere, or getting worse, by more than chance.",
    "pub_same_text": (
        "{number} of {all} are much like elsewhere, do not clearly move, or nobody has said which way is good."
    ),
    "pub_unknown_text": "{number} of {all}. Each says why.",
    "pub_nothing_to_compare": "There is nothing yet that it may fairly be compared with",
    "pub_trend_not_asked": "Nobody has agreed how to tell whether it moves",
    "pub_both": "{comparison}, {joint} {moving}",
    "pub_in_100": "About {number} in 100.",
    "pub_under_one": "Fewer than 1 in 100.",
    "pub_over_99": "More than 99 in 100.",
    "pub_gap": "The gap between poorer and richer areas is {word}.",
    "pub_says": "What {partner} says:",
    "pub_not_released": "The partner has not yet released its words for this page.",
    "pub_replied": "{partner} has replied.",
    "pub_no_figure": "There is no figure: {reason}.",
    "pub_no_figure_yet": "There is no figure yet.",
    "pub_promises_text": "{counts}.",
    "pub_promises_none": "No promise is recorded.",
    "pub_promise": "Promise",
    "pub_who": "Who",
    "pub_status": "Where it stands",
    "pub_due": "By when",
    "pub_they_say": "What they say",
    "pub_they_say_nothing": "Nothing recorded",
    "pub_every_text": (
        "The numbers chosen here come first. The range is where the true number very likely lies. Open a line to see "
        "the number for each area or group."
    ),
    "pub_measure": "What",
    "pub_number": "Number",
    "pub_range": "Range",
    "pub_when": "When",
    "pub_how": "How it is going",
    "pub_by_area": "By area",
    "pub_by_group": "By group",
    "pub_hidden_1": (
        "When only a few people are counted, someone might guess who they are. So small numbers are hidden and the "
        "others are rounded. The rule used on this page: {policy}."
    ),
    "pub_hidden_2": (
        "Hidden does not mean zero. We do not say which hidden numbers are the small ones, because that could give "
        "them away."
    ),
    "pub_hidden_3": (
        "A part of the work is not done yet: nobody has checked whether a hidden number could be worked out from the "
        "others. Until that is done this page is a draft and is not published."
    ),
    "pub_sure_1": (
        "Numbers move up and down by chance. So each has a range. For {measure} it is {interval}: the true number is "
        "very likely inside it."
    ),
    "pub_sure_1_none": (
        "Numbers move up and down by chance. So each has a range where the true number very likely lies."
    ),
    "pub_sure_2": (
        "We say better or worse only when the number that we compare with lies outside the range. When it lies inside, "
        "we say similar. Much better or much worse means far outside."
    ),
    "pub_sure_3": "We made {compared}. By chance alone, {chance} could look different.",
    "pub_copy": "Public page.",
    "pub_copy_text": (
        "Small numbers are hidden by the rule named here. The partners’, the national and the public page print the "
        "same values from the same protected table."
    ),
    "pub_in_100_word": "In 100",
    "pub_in_100_means": "66 in 100 is the same as 66%",
    "pub_rate_word": "Per 100,000",
    "pub_rate_means": "so many for every 100,000 people",
    "pub_range_word": "Range",
    "pub_range_means": "the true number very likely lies inside it; also called a 95% interval",
    "pub_hidden_word": "Confidential",
    "pub_hidden_means": "hidden, because the number is small or would give a small one away",
    "pub_poorer_word": "Poorer areas",
    "pub_poorer_means": "the part of all areas in England with the most deprivation",
}

PLAIN_MEANINGS: Final[Mapping[Word, str]] = MappingProxyType(
    {
        Word.MUCH_BETTER: "better, by far more than chance",
        Word.BETTER: "better, by more than chance",
        Word.SIMILAR: "no more apart than chance could make it",
        Word.WORSE: "worse, by more than chance",
        Word.MUCH_WORSE: "worse, by far more than chance",
        Word.MUCH_HIGHER: "higher, by far more than chance; nobody has said whether that is good",
        Word.HIGHER: "higher, by more than chance; nobody has said whether that is good",
        Word.LOWER: "lower, by more than chance; nobody has said whether that is good",
        Word.MUCH_LOWER: "lower, by far more than chance; nobody has said whether that is good",
        Word.IMPROVING: "moving the good way, by more than chance",
        Word.GETTING_WORSE: "moving the bad way, by more than chance",
        Word.INCREASING: "rising, by more than chance; nobody has said whether that is good",
        Word.DECREASING: "falling, by more than chance; nobody has said whether that is good",
        Word.NO_SIGNIFICANT_CHANGE: "moving no more than chance could make it",
        Word.NARROWING: "the gap between poorer and richer areas shrinks",
        Word.WIDENING: "the gap between poorer and richer areas grows",
        Word.IMPROVING_UNEQUALLY: "better on average, while the gap between poorer and richer areas grows",
        Word.CANNOT_TELL: "the figures do not allow an answer; the reason stands beside it",
        Word.NOT_COMPARED: "there is nothing that it may fairly be compared with",
    }
)
