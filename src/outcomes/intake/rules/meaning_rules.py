"""Rules on what the numbers say together (OUT-5..): bounds, agreement, duplicates, parts against wholes."""

from typing import Final

import polars as pl

from outcomes.intake.entries_model import ADDED, TEXT_COLUMNS
from outcomes.intake.rules.rule import Rule, error, warning

__all__ = ["MEANING_RULES"]

_BOTH: Final = pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null()
# a percentage in place of a count is refused as such, and compared with nothing
_NO_PERCENT: Final = pl.col("numerator_form").ne_missing("percent") & pl.col("denominator_form").ne_missing("percent")
# of numbers with many decimals the product is beyond an Int64
_IS_ABOVE: Final = (
    pl.when(pl.col("has_one_scale"))
    .then(pl.col("numerator") > pl.col("denominator"))
    .otherwise(
        pl.col("numerator").cast(pl.Int128) * pl.col("denominator_scale")
        > pl.col("denominator").cast(pl.Int128) * pl.col("numerator_scale")
    )
)

MEANING_RULES: Final[tuple[Rule, ...]] = (
    error(
        "OUT-501",
        "numerator-above-denominator",
        "The numerator {numerator_text} is above the denominator {denominator_text}{denominator_at}; "
        "of a proportion the numerator is a part. {hint}",
        "Check both numbers: {slip}",
        (
            "numerator",
            # events without anybody, or with fewer than nobody, are a fault by itself
            pl.col("is_proportion") & _BOTH & _IS_ABOVE & _NO_PERCENT & (pl.col("denominator") > 0),
        ),
    ),
    error(
        "OUT-502",
        "events-without-anybody",
        "The denominator is 0 but the numerator is {numerator_text}: events without anybody they could happen to.",
        "Correct whichever of the two is wrong.",
        ("denominator", _BOTH & (pl.col("denominator") == 0) & (pl.col("numerator") != 0) & _NO_PERCENT),
    ),
    error(
        "OUT-503",
        "value-disagrees",
        "The value {value} does not agree with numerator and denominator, which give {hint}.",
        "Correct whichever is wrong, or leave the value empty: it is worked out here.",
        ("value", pl.col("is_value_wrong") & _NO_PERCENT),
        is_tolerable=True,
    ),
    error(
        "OUT-504",
        "interval-out-of-order",
        "The value and its interval are out of order: lower limit ≤ value ≤ upper limit does not hold.",
        "Check the three numbers; they may be in the wrong columns, or of different units.",
        ("value", pl.col("is_interval_wrong")),
    ),
    error(
        "OUT-505",
        "conflicting-rows",
        "Rows {partners} give different figures for the same indicator, place, period and group{figures}. {hint}",
        "Keep the right one and delete the other row. If one of them is about something else, correct its code or "
        "period instead.{unlock_row}",
        ("", pl.col("is_conflict")),
        shown_first="is_first_of_figure",
    ),
    error(
        "OUT-506",
        "parts-above-whole",
        "The parts by {partition} add up to more than the whole ({relatives}).",
        "Check the parts and the whole: people may be counted twice.",
        ("numerator", pl.col("are_numerator_parts_above")),
        ("denominator", pl.col("are_denominator_parts_above")),
        is_tolerable=True,
    ),
    error(
        "OUT-507",
        "interval-half-given",
        "Only one limit of the interval is given.",
        "Give both limits, or neither.",
        ("lower_ci_95", pl.col("lower_ci_95").is_null() & pl.col("upper_ci_95").is_not_null()),
        ("upper_ci_95", pl.col("upper_ci_95").is_null() & pl.col("lower_ci_95").is_not_null()),
    ),
    error(
        "OUT-508",
        "total-differs",
        "The total of “{header}” is {total}; its {parts:# part adds|# parts add} up to {sum}: the total is "
        "{difference} {direction}.",
        "Check the total and its parts: a row may be missing, or counted twice.",
        is_tolerable=True,
    ),
    error(
        "OUT-509",
        "number-twice",
        "Rows {partners} give two different numbers for one: the {column} of the same figure.",
        "Keep the row that is right and delete the others.",
    ),
    warning(
        "OUT-551",
        "nobody-eligible",
        "Numerator and denominator are 0: nobody was eligible, so there is no value.",
        "Nothing needs doing, if that is so.",
        # of rows that are not there it is said together
        ("denominator", _BOTH & (pl.col("denominator") == 0) & (pl.col("numerator") == 0) & ~pl.col(ADDED)),
    ),
    warning(
        "OUT-552",
        "repeated-row",
        "Rows {partners} say the same; the figure counts once.",
        "Nothing needs doing; delete the repeats.",
        ("", pl.col("is_repeat")),
    ),
    warning(
        "OUT-558",
        "repeats-set-aside",
        "Rows {partners} give different figures for the same indicator, place, period and group; none of them "
        "is read. "
        "{because}",
        "Nothing needs doing; to have them read, send what tells them apart.",
        ("", pl.col("is_ambiguous")),
        shown_first="is_first_of_figure",
    ),
    warning(
        "OUT-553",
        "parts-below-whole",
        "All parts by {partition} are there, and add up to less than the whole ({relatives}).",
        "Check whether some people belong to no part.",
        ("numerator", pl.col("are_numerator_parts_below")),
        ("denominator", pl.col("are_denominator_parts_below")),
    ),
    warning(
        "OUT-561",
        "shown-parts-above-whole",
        "The parts by {partition} that are shown add up to more than the whole already, without the one that is not "
        "({relatives}).",
        "Check the parts and the whole: one of these numbers is wrong, or people are counted twice.",
        ("numerator", pl.col("are_numerator_shown_parts_above")),
        ("denominator", pl.col("are_denominator_shown_parts_above")),
    ),
    warning(
        "OUT-554",
        "suppression-given-away",
        "The figure is suppressed, but the rest of the return gives it away ({giveaway}).",
        "Suppress a second figure, or leave the value out; publication here protects it in any case.",
        ("numerator", pl.col("is_numerator_given_away")),
        ("denominator", pl.col("is_denominator_given_away")),
    ),
    warning(
        "OUT-559",
        "areas-differ-from-whole",
        "The {column} of {value} is not the sum of its parts: {areas}. Both are kept, and pages show the difference.",
        "Check that no area is missing or counted twice; if people belong to no area, nothing needs doing.",
        *((column, pl.col(f"is_{column}_off_areas")) for column in ("numerator", "denominator")),
    ),
    warning(
        "OUT-560",
        "repeat-not-kept",
        "“{value}” is not kept: row {kept_row} gives the same figure, and of repeated rows the first one counts.",
        "Nothing needs doing, if it is not needed. To keep it, write it in row {kept_row} and delete this row.",
        *((column, pl.col(f"is_{column}_dropped")) for column in ("value", *TEXT_COLUMNS)),
    ),
    warning(
        "OUT-557",
        "number-repeated",
        "Rows {partners} give the same number twice: the {column} of the same figure. It counts once.",
        "Nothing needs doing; delete the repeats.",
    ),
    warning(
        "OUT-556",
        "total-not-compared",
        "The total of “{header}” could not be compared with its parts: {why}.",
        "Nothing needs doing, if that is so.",
    ),
    warning(
        "OUT-555",
        "places-missing",
        "{indicator}, {period}: no figure for {found} of {expected:# place|# places} expected of {partner}: "
        "{places}. {hint}",
        "{how}",
    ),
)
