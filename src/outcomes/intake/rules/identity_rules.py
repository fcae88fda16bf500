"""Rules on what a figure is for (OUT-2..): indicator, place, breakdown, source, and who may send it."""

from typing import Final

import polars as pl

from outcomes.intake.rules.rule import Rule, error, warning

__all__ = ["IDENTITY_RULES", "breakdown_rules"]


# what may be left empty; the breakdowns besides
_OPTIONAL: Final = (
    "value",
    "value_note",
    "comment",
    "source_code",
    "value_status",
    "lower_ci_95",
    "upper_ci_95",
    "sum_of_squares",
    "effective_sample_size",
)


# the numbers beside it are there, and they are what counts
_IS_MARKER_IN_VALUE_ALONE: Final = (
    pl.col("value_form").is_in(["suppressed", "not_available", "not_applicable"]) & pl.col("status").is_null()
)


def _indicator(form: str) -> tuple[str, pl.Expr]:
    return ("indicator_id", pl.col("indicator_form") == form)


def _place(form: str) -> tuple[str, pl.Expr]:
    return ("place_code", pl.col("place_form") == form)


IDENTITY_RULES: Final[tuple[Rule, ...]] = (
    error(
        "OUT-201",
        "indicator-unknown",
        "No indicator of this partnership is called “{value}”. {hint}",
        "Write the indicator's id as it stands in {list}.{unlock}",
        _indicator("unknown"),
    ),
    error(
        "OUT-202",
        "indicator-ambiguous",
        "“{value}” could mean several indicators: {hint}.",
        "Write the id of the one that is meant.",
        _indicator("ambiguous"),
    ),
    error(
        "OUT-203",
        "indicator-blank",
        "The row has no indicator_id. {hint}",
        "Write the indicator's id, as it stands in {list}, in every row; blank cells are not filled down, nor merged "
        "ones: unmerge those first.{unlock}",
        ("indicator_id", (pl.col("indicator_form") == "blank") & (pl.col("place_form") != "total")),
    ),
    error(
        "OUT-204",
        "indicator-of-another",
        "The indicator {indicator} is not one that {partner} supplies. {hint}",
        "Delete the row, or ask for the agreement to be changed.",
        ("indicator_id", pl.col("is_entitled").not_()),
    ),
    error(
        "OUT-205",
        "place-unknown",
        "No place has the code “{value}”. {hint}",
        "{code_how}{unlock}",
        ("place_code", (pl.col("place_form") == "unknown") & (pl.col("indicator_form") != "total")),
    ),
    error(
        "OUT-206",
        "place-blank",
        "The row has no place_code. {hint}",
        "Write the place's code, as it stands in {list}, in every row; blank cells are not filled down, nor merged "
        "ones: unmerge those first.{unlock}",
        ("place_code", (pl.col("place_form") == "blank") & (pl.col("indicator_form") != "total")),
    ),
    error(
        "OUT-207",
        "place-not-valid",
        "The place {value} does not exist for the whole of the period {period}. {validity}",
        "Send the figure for the place that exists in that period; figures are not moved from old places to new ones.",
        ("place_code", pl.col("is_place_valid").not_()),
    ),
    error(
        "OUT-208",
        "place-of-another",
        "The place {value} is not one for which {partner} supplies {supplies}.",
        "Delete the row, or ask for the footprint to be changed.",
        ("place_code", pl.col("is_place_valid") & pl.col("is_place_of_another")),
    ),
    error(
        "OUT-209",
        "place-of-other-level",
        "{value} is a {level}; this indicator is sent by {expected_level}.",
        "Send one figure for each place of the level at which the indicator is collected.",
        (
            "place_code",
            pl.col("is_place_valid")
            & pl.col("is_entitled")
            & pl.col("is_in_footprint")
            & pl.col("is_level_right").not_(),
        ),
    ),
    error(
        "OUT-210",
        "total-row",
        "Row {row} looks like a total (“{value}”); its numbers belong to no place. {hint}",
        "Delete the whole row {row}: totals are worked out here.{unlock_row}",
        _indicator("total"),
        ("place_code", (pl.col("place_form") == "total") & (pl.col("indicator_form") != "total")),
    ),
    error(
        "OUT-211",
        "source-unknown",
        "{partner} does not send figures of “{value}” for this indicator.",
        "Leave source_code empty for your own figures, or ask for the agreement to be changed.",
        ("source_code", pl.col("source_form") == "unknown"),
    ),
    error(
        "OUT-213",
        "qualifier-unknown",
        "“{value}” is no known qualifier of a value.",
        "Leave value_status empty, or write one of: {expected}.",
        ("value_status", pl.col("value_status_form") == "unknown"),
    ),
    error(
        "OUT-212",
        "version-missing",
        "The indicator {indicator} has no definition that holds in the period {period}.",
        "Send only periods for which the indicator is defined.",
        ("period", pl.col("indicator_version").is_null() & pl.col("period").is_not_null()),
    ),
    warning(
        "OUT-251",
        "code-spelling",
        "“{value}” was read as {read}: capital letters or invisible characters differ.",
        "Nothing needs doing; {read} is the exact code.",
        _indicator("folded"),
        _place("folded"),
        ("source_code", pl.col("source_form") == "folded"),
    ),
    warning(
        "OUT-252",
        "indicator-by-other-name",
        "“{value}” was read as the indicator {read}, of which it is another code.",
        "Nothing needs doing; {read} is this partnership's own id.",
        _indicator("alias"),
    ),
    warning(
        "OUT-255",
        "places-left-out",
        "Rows about places that this partnership does not know were left out: {rows:# row|# rows} about "
        "{found:# place|# places} ({named}). {because}",
        "Nothing needs doing, if none of them belongs to the partnership.",
    ),
    warning(
        "OUT-256",
        "indicators-left-out",
        "Rows about indicators that this partnership does not know were left out: {rows:# row|# rows} about "
        "{found:# indicator|# indicators} ({named}). {because}",
        "Nothing needs doing, if none of them is shared here.",
    ),
    warning(
        "OUT-257",
        "place-by-other-code",
        "“{value}” was read as the place {read}, of which it is another code.",
        "Nothing needs doing; {read} is this partnership's own code.",
        _place("alias"),
        shown=1,
    ),
    warning(
        "OUT-259",
        "name-of-another",
        "The code {value} is that of {named}; the name beside it is that of {other}. The code counts.",
        "Check which of the two is meant, and correct the other.{unlock}",
        *((column, pl.col(f"is_{column}_beside_off")) for column in ("indicator_id", "place_code")),
    ),
    warning(
        "OUT-260",
        "sender-has-ended",
        "{partner} ended on {ended}{follows}. {rows:The one row is about a period that begins|# rows are about periods "
        "that begin} after that: {periods}.",
        "{what}",
    ),
    warning(
        "OUT-258",
        "whole-beside-parts",
        "{value} is a {level}; this indicator is collected by {expected_level}. The figure is kept beside the sum of "
        "its parts.",
        "Nothing needs doing.",
        ("place_code", pl.col("is_whole")),
        shown=1,
    ),
)


def breakdown_rules(dimensions: tuple[str, ...]) -> tuple[Rule, ...]:
    """Return the rules on categories, for the dimensions that a partnership's indicators declare.

    >>> [rule.code for rule in breakdown_rules(("sex",))]
    ['OUT-221', 'OUT-222', 'OUT-253', 'OUT-254']
    """

    def each(form: str) -> tuple[tuple[str, pl.Expr], ...]:
        return tuple((dimension, pl.col(f"{dimension}_form") == form) for dimension in dimensions)

    return (
        error(
            "OUT-221",
            "category-unknown",
            "“{value}” is no {column} of this indicator. {hint}",
            "Use one of the listed spellings.",
            *each("unknown"),
        ),
        error(
            "OUT-222",
            "breakdown-not-asked",
            "The indicator {indicator} is not sent by {column}.",
            "Leave {column} empty, and send the figure for everybody.",
            *each("undeclared"),
        ),
        warning(
            "OUT-253",
            "category-spelling",
            "“{value}” was read as {read}.",
            "Nothing needs doing; {read} is the exact spelling.",
            *each("folded"),
        ),
        warning(
            "OUT-254",
            "not-given",
            "“{value}” was read as not given.",
            "Nothing needs doing; leave the cell empty.",
            *each("null_word"),
            ("numerator", (pl.col("numerator_form") == "null_word") & pl.col("needs_numerator").not_()),
            ("denominator", (pl.col("denominator_form") == "null_word") & pl.col("needs_denominator").not_()),
            *((column, pl.col(f"{column}_form") == "null_word") for column in _OPTIONAL if column != "value"),
            ("value", (pl.col("value_form") == "null_word") | _IS_MARKER_IN_VALUE_ALONE),
        ),
    )
