"""Rules on how numbers are written (OUT-4..). What can be read as two numbers, or has lost digits, is refused."""

from typing import Final

import polars as pl

from outcomes.intake.rules.rule import Rule, error, warning
from outcomes.partnership.layout import NUMBERS

__all__ = ["DECLARED_ONLY", "NUMBER_COLUMNS", "NUMBER_RULES"]

# every column that holds numbers
NUMBER_COLUMNS: Final = NUMBERS
# these are read only where an indicator declares them
DECLARED_ONLY: Final = ("lower_ci_95", "upper_ci_95", "sum_of_squares", "effective_sample_size")


def _each(form: str, columns: tuple[str, ...] = NUMBER_COLUMNS) -> tuple[tuple[str, pl.Expr], ...]:
    return tuple((column, pl.col(f"{column}_form") == form) for column in columns)


def _negative(column: str) -> pl.Expr:
    return pl.col(f"{column}_mantissa") < 0


def _is_marker(column: str) -> pl.Expr:
    return pl.col(f"{column}_form").is_in(["suppressed", "not_available", "not_applicable"])


# what a column takes, and what stands in it where there is no number, is said for each indicator
_PLAIN: Final = "Write {kind}: digits only{point}."
_OR_MARKER: Final = " Where there is no number, write a marker: {markers}."
_NUMBER_FIRST: Final = "If you have the number, type it. If you counted and found none, write 0." + _OR_MARKER

NUMBER_RULES: Final[tuple[Rule, ...]] = (
    error(
        "OUT-401",
        "number-blank",
        "The {column} is empty, where a number or a marker is expected. Blank is neither zero nor suppressed.",
        _NUMBER_FIRST,
        ("numerator", (pl.col("numerator_form") == "blank") & pl.col("needs_numerator")),
        ("denominator", (pl.col("denominator_form") == "blank") & pl.col("needs_denominator")),
        ("value", (pl.col("value_form").is_in(["blank", "null_word"])) & pl.col("needs_value")),
    ),
    error(
        "OUT-402",
        "not-a-number",
        "“{value}” is no number and no marker. {hint}",
        "Write {until}{kind}: digits only{point}." + _OR_MARKER,
        *_each("unknown"),
        example="{sample_number}",
    ),
    error(
        "OUT-403",
        "scientific-number",
        "“{value}” is in scientific notation; digits may have been lost on the way.",
        "Format the column as a number, and write {kind}, with every digit.",
        *_each("scientific"),
        example="{sample_number}",
    ),
    error(
        "OUT-404",
        "not-finite",
        "“{value}” says infinity or “not a number”, where a number is expected. A division by zero gives it.",
        _PLAIN + _OR_MARKER,
        *_each("not_finite"),
    ),
    error(
        "OUT-405",
        "comma-in-doubt",
        "{comma_says}",
        "{comma_fix}",
        *_each("comma"),
    ),
    error(
        "OUT-406",
        "not-whole",
        "“{value}” is not whole; the {column} of this indicator is a count.",
        "Write {kind}; nothing is rounded or cut here.{definition}",
        *(
            # a percentage is refused as one
            (column, pl.col(f"is_{column}_unheld") & pl.col(is_whole) & pl.col(f"{column}_form").ne_missing("percent"))
            for column, is_whole in (("numerator", "is_count"), ("denominator", "is_whole_denominator"))
        ),
        example="{sample_number}",
    ),
    error(
        "OUT-407",
        "too-many-decimals",
        "“{value}” has more decimals than are kept: the {column} of this indicator is {kind}.",
        "Write {kind}; nothing is rounded or cut here.{definition}",
        ("numerator", pl.col("is_numerator_unheld") & pl.col("is_count").not_()),
        ("denominator", pl.col("is_denominator_unheld") & pl.col("is_whole_denominator").not_()),
        ("sum_of_squares", pl.col("is_sum_of_squares_unheld")),
        *_each("too_precise", tuple(column for column in NUMBER_COLUMNS if column != "value")),
        # any other value is only compared
        (
            "value",
            (pl.col("value_form") == "too_precise") & (pl.col("is_published") | pl.col("value_mantissa").is_null()),
        ),
        example="{sample_number}",
    ),
    error(
        "OUT-408",
        "number-too-large",
        "“{value}” is larger than any figure of this kind can be.",
        "Check for digits too many, and that no code stands in the column of a number.",
        *(
            (column, (pl.col(f"{column}_form") == "too_large") | pl.col(f"is_{column}_too_large"))
            for column in NUMBER_COLUMNS
        ),
    ),
    error(
        "OUT-409",
        "negative",
        "“{value}” is below zero.",
        "Look the number up and type it: the {column} of this indicator is never below zero.",
        ("numerator", _negative("numerator") & pl.col("allow_negative").not_()),
        ("denominator", _negative("denominator")),
        ("sum_of_squares", _negative("sum_of_squares")),
        ("effective_sample_size", pl.col("effective_sample_size_mantissa") <= 0),
    ),
    error(
        "OUT-410",
        "percent-not-asked",
        "The cell shows {read}%, a percentage; the {column} of this indicator is a plain number.",
        "Write how many, not the share: {kind}, without a percent sign or percent format.{definition}{whole_check}",
        *_each("percent", tuple(column for column in NUMBER_COLUMNS if column != "value")),
        ("value", (pl.col("value_form") == "percent") & pl.col("is_proportion").not_()),
    ),
    error(
        "OUT-411",
        "error-cell",
        "The cell shows the error {value}. An error is not a missing value.",
        "Mend the formula, or type the number." + _OR_MARKER,
        *_each("error"),
    ),
    error(
        "OUT-412",
        "formula-without-result",
        "The cell holds a formula whose result is not in the file.",
        "Open the workbook in Excel, let it calculate, save it, and send it again; or paste the values.",
        *_each("uncalculated"),
        # a code is no number, but such a cell says as little of one
        *(
            (column, pl.col(f"{noun}_form") == "uncalculated")
            for column, noun in (("indicator_id", "indicator"), ("place_code", "place"), ("period", "period"))
        ),
    ),
    error(
        "OUT-413",
        "date-or-flag-for-number",
        "“{value}” is a date, a time or a true/false cell, not a number.",
        "Format the cell as a number and write the figure again.",
        *_each("not_numeric"),
    ),
    error(
        "OUT-414",
        "marker-in-doubt",
        "“{value}” does not say why there is no number: nil, not available, not applicable or suppressed?",
        _NUMBER_FIRST,
        *_each("ambiguous"),
        ("numerator", (pl.col("numerator_form") == "null_word") & pl.col("needs_numerator")),
        ("denominator", (pl.col("denominator_form") == "null_word") & pl.col("needs_denominator")),
    ),
    warning(
        "OUT-451",
        "thousands-separators",
        "“{value}” was read as {read}, with separators between thousands.",
        "Nothing needs doing; digits only is the exact form.",
        *_each("thousands"),
    ),
    warning(
        "OUT-452",
        "decimal-whole-number",
        "“{value}” was read as the whole number {read}.",
        "Nothing needs doing; a count has no decimals.",
        ("numerator", (pl.col("numerator_form") == "point_zero") & pl.col("is_count")),
        ("denominator", (pl.col("denominator_form") == "point_zero") & pl.col("is_whole_denominator")),
    ),
    warning(
        "OUT-453", "plus-sign", "“{value}” was read without its plus sign.", "Nothing needs doing.", *_each("plus")
    ),
    warning(
        "OUT-454",
        "typographic-minus",
        "“{value}” was read as {read}: its minus sign is the printers' one.",
        "Nothing needs doing; the hyphen of the keyboard is the exact form.",
        *_each("minus_sign"),
    ),
    warning(
        "OUT-455",
        "space-around-number",
        "“{value}” was read without the spaces around it.",
        "Nothing needs doing.",
        *_each("white_space"),
    ),
    warning(
        "OUT-456",
        "leading-zeros",
        "“{value}” was read without its leading zeros.",
        "Nothing needs doing.",
        *_each("leading_zeros"),
    ),
    warning(
        "OUT-457",
        "percent-sign",
        "“{value}” was read as {read} per cent.",
        "Nothing needs doing; the unit is known.",
        ("value", (pl.col("value_form") == "percent") & pl.col("is_proportion")),
    ),
    warning(
        "OUT-458",
        "marker-read",
        "“{value}” counts as {read}, without a number.",
        "Nothing needs doing.",
        *((column, _is_marker(column)) for column in NUMBER_COLUMNS if column != "value"),
        # in place of a value alone it means that none is given
        ("value", _is_marker("value") & pl.col("status").is_not_null()),
    ),
    warning(
        "OUT-459",
        "denominator-not-used",
        "This indicator takes no denominator from the return; “{value}” was not used.",
        "Leave the denominator empty.",
        ("denominator", pl.col("is_denominator_unused")),
    ),
    warning(
        "OUT-460",
        "blank-read-as-status",
        "The figure is empty; the description of this sheet says that this means: {status_read}.",
        "Nothing needs doing.",
        ("numerator", pl.col("is_blank_status")),
    ),
    warning(
        "OUT-461",
        "decimals-rounded",
        "“{value}” has more decimals than are read of this sheet, and was read as {read}.",
        "Nothing needs doing; floating point leaves such decimals.",
        *((column, pl.col(f"is_{column}_rounded")) for column in ("numerator", "denominator")),
    ),
    warning(
        "OUT-462",
        "column-not-used",
        "“{value}” was not used: the {column} of this indicator is not read.",
        "Nothing needs doing; it may be left empty.",
        *((column, pl.col(f"is_{column}_unused")) for column in DECLARED_ONLY),
    ),
)
