"""Finds the counts that a policy hides, and rounds those that it shows."""

from typing import Final

import polars as pl

from outcomes.framework.model import Indicator
from outcomes.partnership.model import Partnership
from outcomes.partnership.policy import Policy
from outcomes.vocabulary import NumeratorKind, Reason, Statistic

__all__ = ["is_small", "protection_terms", "rounded"]

_TERMS: Final[dict[str, pl.DataType]] = {
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "numerator_scale": pl.Int64(),
    "denominator_scale": pl.Int64(),
    "suppress_from": pl.Int64(),
    "suppress_to": pl.Int64(),
    "rounds_to": pl.Int64(),
    "exempt_levels": pl.List(pl.String()),
    # areas with a single part: their sums are that part's
    "lone_wholes": pl.List(pl.String()),
    # the level of the areas that a sum is made of
    "collected_at": pl.String(),
    # the numerator is a count of people or events, not a sum of measurements
    "counts_numerator": pl.Boolean(),
    # and is printed by itself: the sum behind a mean goes with its number of persons
    "rounds_numerator": pl.Boolean(),
    # the denominator is counted with the numerator, not a published population
    "counts_denominator": pl.Boolean(),
    # the numerator is a part of the denominator, so the rest is a count too
    "counts_rest": pl.Boolean(),
    "strata": pl.String(),
}


def protection_terms(partnership: Partnership, policy: Policy) -> pl.DataFrame:
    """Return one row an indicator: the rule that the policy has for it, and which of its numbers are counts."""
    lone_wholes = [whole for whole, parts in partnership.footprints.members.items() if len(parts) == 1]
    rows = [_terms_of(indicator, policy, lone_wholes) for indicator in partnership.indicators.values()]
    return pl.DataFrame(rows, schema=_TERMS, orient="row")


def _terms_of(indicator: Indicator, policy: Policy, lone_wholes: list[str]) -> tuple[object, ...]:
    preset = policy.preset_of(indicator.id)
    is_proportion = indicator.statistic is Statistic.PROPORTION
    # a part of a whole is counted, also where it is counted in halves and so declared a number
    counts_numerator = is_proportion or indicator.numerator is NumeratorKind.COUNT
    return (
        *indicator.key,
        indicator.numerator_scale,
        indicator.denominator_scale,
        preset.suppress_from,
        preset.suppress_to,
        preset.rounds_to,
        [level.value for level in preset.exempt_levels],
        lone_wholes,
        indicator.level.value,
        counts_numerator,
        counts_numerator and indicator.statistic is not Statistic.MEAN,
        # a part must not be rounded beyond its whole, whoever counted the whole
        indicator.has_denominator and (indicator.reference_denominator is None or is_proportion),
        preset.checks_complement and counts_numerator and is_proportion,
        indicator.strata,
    )


def is_small() -> pl.Expr:
    """Return which rows a policy hides: a small numerator, denominator, or rest (denominator minus numerator).

    The bounds are of whole persons or events; what lies between 0 and the lower bound, such as half a patient, is
    smaller still and hidden with it. A figure that its partner sent as confidential is hidden whatever the policy.
    """
    is_exempt = _is_exempt()
    events = pl.col("numerator") / pl.col("numerator_scale")
    persons = pl.col("denominator") / pl.col("denominator_scale")
    small = (
        (pl.col("counts_numerator") & _is_in_bounds(events)).fill_null(value=False)
        | (pl.col("counts_denominator") & _is_in_bounds(persons)).fill_null(value=False)
        | (pl.col("counts_rest") & _is_in_bounds(persons - events)).fill_null(value=False)
    )
    was_sent_hidden = (pl.col("reason") == Reason.CONFIDENTIAL.value).fill_null(value=False)
    return was_sent_hidden | (small & ~is_exempt)


def _is_exempt() -> pl.Expr:
    """Return which rows the policy leaves as they are: a level it exempts, where all of it came.

    A nation's count to which only one system has contributed is that system's count, not the nation's: be it that the
    other systems sent nothing, that its population says there is more of it, or that its footprint knows no other, on
    that day if it has others today.
    """
    has_all_parts = (pl.col("parts_contributed") >= pl.col("parts_expected")).fill_null(value=True)
    has_all_persons = (pl.col("coverage") >= 1).fill_null(value=True)
    was_summed = pl.col("coverage").is_not_null()
    is_of_one_area = (pl.col("parts_contributed") == 1) & (pl.col("level") != pl.col("collected_at"))
    is_of_one = was_summed & (is_of_one_area | pl.col("lone_wholes").list.contains(pl.col("area_code")))
    is_whole = has_all_parts & has_all_persons & ~is_of_one
    return pl.col("exempt_levels").list.contains(pl.col("level")) & is_whole


def _is_in_bounds(count: pl.Expr) -> pl.Expr:
    lower, upper = pl.col("suppress_from"), pl.col("suppress_to")
    size = count.abs()
    is_from = (size >= lower) | ((size > 0) & (lower <= 1))
    return (upper > 0) & is_from & (size <= upper)


def rounded(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with every count at the nearest multiple of the policy's base, halves away from zero.

    The sum behind a mean, or of measurements, is no count: it goes with its rounded number of persons, so that the
    quotient stays what it is to the last unit of the sum, and so does the sum of squares.

    Arguments:
        rows: Place measures with their rule (`protection_terms`) joined on.
    """
    is_exempt = _is_exempt()
    numerator, denominator = pl.col("numerator"), pl.col("denominator")
    near_numerator = _nearest(numerator, pl.col("rounds_to") * pl.col("numerator_scale"))
    near_denominator = _nearest(denominator, pl.col("rounds_to") * pl.col("denominator_scale"))
    new_denominator = pl.when(pl.col("counts_denominator") & ~is_exempt).then(near_denominator).otherwise(denominator)
    follows = (
        pl.col("counts_denominator")
        & ~pl.col("rounds_numerator")
        & (denominator > 0)
        & (new_denominator != denominator)
    )
    sums = {name: pl.col(name).cast(pl.Int128) for name in ("numerator", "sum_of_squares")}
    new_sum = _share(sums["numerator"], new_denominator.cast(pl.Int128), denominator.cast(pl.Int128))
    new_squares = _share(sums["sum_of_squares"], new_denominator.cast(pl.Int128), denominator.cast(pl.Int128))
    # no sum of squares is below the square of the sum over the number: rounding must not make it so
    persons = new_denominator.cast(pl.Int128)
    least = pl.when(persons > 0).then((new_sum * new_sum + persons - 1) // persons).otherwise(0)
    return rows.with_columns(
        pl.when(follows)
        .then(new_sum.cast(pl.Int64, strict=False))
        .when(pl.col("rounds_numerator") & ~is_exempt)
        .then(near_numerator)
        .otherwise(numerator)
        .alias("numerator"),
        new_denominator.alias("denominator"),
        pl.when(follows)
        .then(
            pl.max_horizontal(new_squares, pl.when(new_squares.is_not_null()).then(least)).cast(pl.Int64, strict=False)
        )
        .otherwise("sum_of_squares")
        .alias("sum_of_squares"),
    )


def _nearest(count: pl.Expr, base: pl.Expr) -> pl.Expr:
    """Return a whole number at the nearest multiple of a base, halves away from zero."""
    size = (count.abs() * 2 + base) // (base * 2) * base
    return pl.when(count < 0).then(size * -1).otherwise(size)


def _share(amount: pl.Expr, part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """Return amount × part ÷ whole to the nearest whole number, exactly."""
    size = (amount.abs() * part * 2 + whole) // (whole * 2)
    return pl.when(amount < 0).then(size * -1).otherwise(size)
