"""Rules on what the record already holds (OUT-6..), and on text that must not be here or is to be handled with care
(OUT-7..)."""

from typing import Final

import polars as pl

from outcomes.intake.observations import FIGURE
from outcomes.intake.rules.rule import Rule, error, warning

__all__ = ["HISTORY_RULES", "TEXT_RULES"]

# markup, spreadsheet formulas, template marks, control and direction characters
_HOSTILE: Final = (
    r"<[a-zA-Z/!?]|^\s*[=@]|^[+\-][0-9A-Za-z(]|^[\t\r]|\{\{|\{%|\$\{|"
    r"on[a-z]{3,}\s*=|javascript:|"
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\u009f\u061c\u2028-\u202e\u2066-\u2069\u200e\u200f]"
)

HISTORY_RULES: Final[tuple[Rule, ...]] = (
    warning(
        "OUT-651",
        "revision",
        "The figure differs from the one that was sent before ({earlier}). It is a revision: once the file is "
        "accepted, both are kept, and the new one counts.",
        "Nothing needs doing, if the correction is meant.",
        *((name, pl.col(f"is_{name}_revised")) for name in FIGURE if name != "status"),
    ),
    warning(
        "OUT-652",
        "same-file-again",
        "The very same file was received before, as number {submission}. It adds nothing.",
        "Nothing needs doing.",
    ),
    warning(
        "OUT-653",
        "figures-gone",
        "{indicator}, {period}: figures that were sent before are not in this file: {places}. They stay as they "
        "were; "
        "absence deletes nothing.",
        "Nothing needs doing if they are right; to correct one, send it again with the right figure or a marker.",
    ),
    warning(
        "OUT-654",
        "out-of-line-with-history",
        "{what} is out of line with what was sent before for the same place and group: {usual}. {cause}",
        "Check the number. If it is right, nothing needs doing; a few words in the column comment save a question.",
        *((column, pl.col(f"is_{column}_implausible")) for column in ("numerator", "denominator", "value")),
    ),
    warning(
        "OUT-655",
        "period-before-sent-again",
        "{found:The new figure|The # new figures} of {period} ({indicator}) "
        "{found:is the same as that|are all the same "
        "as those} of {before}. By chance that hardly ever happens.",
        "Check that it is not the sheet of {before} with another date. If the figures are right, nothing needs doing.",
    ),
    warning(
        "OUT-656",
        "figures-of-another-partner",
        "{found:The one number|The # numbers} of this file {found:is the one|are all those} that {partner} sent "
        "for the same "
        "places and periods.",
        "Check that it is your own file. If both partners count the same people, tell the analyst: nobody is to be "
        "counted twice.",
    ),
    warning(
        "OUT-658",
        "withdrawn-file-meant-again",
        "The very same file was received before and withdrawn, by entry {act} of the record ({reason}). It is meant to "
        "count again, and does once it is accepted.",
        "Nothing needs doing.",
    ),
    error(
        "OUT-602",
        "withdrawn-file-again",
        "The very same file was received before and withdrawn, by entry {act} of the record ({reason}). A file that "
        "was withdrawn does not come back by itself.",
        "Take it out of what is sent; or, if it is to count again, say so (--again).",
    ),
    error(
        "OUT-601",
        "destroyed-file-again",
        "The very same file was received before and destroyed, by entry {act} of the record. It is not taken in again.",
        "Send the figures that may be kept in a new file.",
    ),
)

TEXT_RULES: Final[tuple[Rule, ...]] = (
    error(
        "OUT-701",
        "nhs-number",
        "An NHS number stands here{where}. Returns hold sums, never records of people; the file was not kept.",
        "Remove everything about single people, and tell your data protection officer.",
    ),
    warning(
        "OUT-751",
        "unusual-text",
        "The text holds markup, a formula or invisible control characters. It is kept as it was sent, and made "
        "harmless wherever it is shown.",
        "Nothing needs doing, if it is meant.",
        *((column, pl.col(f"{column}_text").str.contains(_HOSTILE)) for column in ("value_note", "comment")),
    ),
)
