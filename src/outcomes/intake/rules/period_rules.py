"""Rules on periods (OUT-3..): that one is named, of the indicator's rhythm, begun, and not too early."""

from typing import Final

import polars as pl

from outcomes.intake.rules.rule import Rule, error, warning

__all__ = ["PERIOD_RULES"]


def _period(form: str) -> tuple[str, pl.Expr]:
    return ("period", pl.col("period_form") == form)


# of a total row it is said that it is one, and that is enough
_IS_TOTAL: Final = (pl.col("indicator_form") == "total") | (pl.col("place_form") == "total")

PERIOD_RULES: Final[tuple[Rule, ...]] = (
    error(
        "OUT-301",
        "period-blank",
        "The row has no period.",
        "The period stands in every row. Write {how}.{unlock}",
        ("period", (pl.col("period_form") == "blank") & ~_IS_TOTAL),
    ),
    error(
        "OUT-302",
        "period-unknown",
        "“{value}” cannot be read as {expected}. {hint}",
        "Write {how}.{unlock}",
        _period("unknown"),
    ),
    error(
        "OUT-303",
        "period-too-early",
        "The period {value} begins before {first}, the first day for which figures are kept.",
        "Delete the row, or correct the year.",
        ("period", pl.col("is_too_early")),
    ),
    error(
        "OUT-305",
        "period-not-named",
        "The period of the sheet is to be named in {where}; nothing stands there.",
        "Send the sheet as it is described, with its period.",
    ),
    error(
        "OUT-306",
        "period-named-twice",
        "The sheet names its period twice: “{first}” in {where}, and “{value}” here.",
        "Send one period in one sheet, or describe each part as a table of its own.",
    ),
    error(
        "OUT-304",
        "period-not-begun",
        "The period {value} has not begun by {as_of}.",
        "Correct the year; figures cannot be known before their period.",
        ("period", pl.col("is_future")),
    ),
    warning(
        "OUT-351",
        "period-spelling",
        "“{value}” was read as {read}.",
        "Nothing needs doing; {read} is the exact form.",
        _period("lenient"),
    ),
    warning(
        "OUT-354",
        "period-not-asked",
        "This sheet asks for {asked}; this row says {sent}.",
        "Write {asked_code}, if that is meant.{unlock} If you send {read} as well on purpose, leave it.",
        ("period", pl.col("is_period_unasked")),
    ),
    warning(
        "OUT-353",
        "given-period-not-used",
        "The period {given} that was given with the file was not used: the file names its periods itself.",
        "Nothing needs doing.",
    ),
    warning(
        "OUT-352",
        "period-not-over",
        "The period {value} is not over by {as_of}; its figure may still grow.",
        "Send it again when the period is over.",
        ("period", pl.col("is_unfinished")),
    ),
)
