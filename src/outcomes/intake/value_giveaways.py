"""Finds numbers that are suppressed, and that the value beside the other number lets a reader work out."""

from typing import Final

import polars as pl

from outcomes.intake.entries import Entries

__all__ = ["value_giveaways"]

# rounding to fives, which is held to protect small numbers, leaves five numbers that may be meant
_FEW_LEFT: Final = 5
# a hair for the rounding of floats
_HAIR: Final = 1e-12
_NEEDED: Final = (
    *("at", "value", "value_decimals", "value_mantissa", "multiplier", "statistic", "is_proportion", "is_published"),
    *("numerator", "numerator_scale", "numerator_form", "denominator", "denominator_scale", "denominator_form"),
)


def value_giveaways(entries: Entries) -> pl.DataFrame:
    """Return the rows whose value gives a suppressed numerator or denominator away.

    With the decimals that were given, a value says that the number lies between two others; where no more than five
    whole numbers lie there, it is hidden less well than by rounding to fives.

    Arguments:
        entries: With identity and numbers.

    Returns:
        at, form, flag and giveaway (in words), one row for each such number; relatives and partition are null.
    """
    is_hidden = pl.any_horizontal(pl.col(f"{column}_form") == "suppressed" for column in ("numerator", "denominator"))
    hidden = entries.only([*_NEEDED, "takes_denominator"]).filter(
        pl.col("value_mantissa").is_not_null() & pl.col("is_published").not_() & is_hidden
    )
    rows = hidden.select(*_NEEDED, "takes_denominator")
    found = [
        rows.filter((pl.col(f"{column}_form") == "suppressed") & _is_little_left(least, most)).select(
            "at",
            pl.lit("suppressed").alias("form"),
            pl.lit(None, dtype=pl.String).alias("relatives"),
            pl.lit(f"is_{column}_given_away").alias("flag"),
            pl.lit(None, dtype=pl.String).alias("partition"),
            giveaway.alias("giveaway"),
        )
        for column, least, most, giveaway in (
            ("numerator", *_numerator_between(), _beside_numerator()),
            ("denominator", *_denominator_between(), pl.lit("the value and the numerator in the same row")),
        )
    ]
    return pl.concat(found)


def _value_between() -> tuple[pl.Expr, pl.Expr]:
    """The numbers of which a value may be the rounded one."""
    half = pl.lit(0.5) / pl.lit(10.0).pow(pl.col("value_decimals").cast(pl.Float64))
    return pl.col("value") - half, pl.col("value") + half


def _number(column: str) -> pl.Expr:
    return pl.col(column) / pl.col(f"{column}_scale")


def _beside_numerator() -> pl.Expr:
    alone = pl.col("statistic") == "count"
    return (
        pl.when(alone)
        .then(pl.lit("the value in the same row"))
        .otherwise(pl.lit("the value and the denominator in the same row"))
    )


def _numerator_between() -> tuple[pl.Expr, pl.Expr]:
    lower, upper = _value_between()
    one = pl.when(pl.col("statistic") == "count").then(1.0).when(pl.col("denominator") > 0).then(_number("denominator"))
    least, most = lower * one / pl.col("multiplier"), upper * one / pl.col("multiplier")
    is_part = pl.col("is_proportion")
    return pl.when(is_part).then(least.clip(0)).otherwise(least), pl.when(is_part).then(most.clip(None, one)).otherwise(
        most
    )


def _denominator_between() -> tuple[pl.Expr, pl.Expr]:
    lower, upper = _value_between()
    events = pl.when(pl.col("takes_denominator") & (pl.col("numerator") > 0)).then(
        _number("numerator") * pl.col("multiplier")
    )
    # a value that may be nothing tells nothing of the denominator
    least, most = events / upper, pl.when(lower > 0).then(events / lower)
    return pl.when(pl.col("is_proportion")).then(least.clip(_number("numerator"))).otherwise(least), most


def _is_little_left(least: pl.Expr, most: pl.Expr) -> pl.Expr:
    """Whether few whole numbers lie between two, both included; where nothing is known, it is not."""
    hair = _HAIR * (1 + most.abs())
    left = (most + hair).floor() - (least - hair).ceil() + 1
    return ((left <= _FEW_LEFT) & (most + hair >= least)).fill_null(False)
