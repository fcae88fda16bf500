"""What explains how a line is read, and how often chance alone speaks."""

from typing import Final

__all__ = ["LEGEND_WORDING"]

LEGEND_WORDING: Final = {
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
