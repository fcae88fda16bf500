"""Figures of one area: a sum of its sources, or the one source's figure, and who is missing."""

from collections.abc import Sequence

import polars as pl

from outcomes.rollup.base import BITS_OF_A_WORD, BaseSums, checked_int64, sender_columns
from outcomes.rollup.codes import (
    NOT_APPLICABLE_STATUS,
    QUALIFIER_BITS,
    ones_of,
    qualifier_bit,
    reason_of_status,
    reason_place,
)
from outcomes.rollup.successors import without_followed
from outcomes.vocabulary import Qualifier, Reason

__all__ = ["expected_senders", "own_sums"]

_NUMBERS = ("numerator", "denominator", "sum_of_squares")


def own_sums(
    base: BaseSums,
    figures: pl.DataFrame,
    due: pl.DataFrame,
    not_due: pl.DataFrame,
    followed: Sequence[tuple[int, int]] = (),
) -> pl.DataFrame:
    """Return one row for each figure and area that somebody named, its sources added up.

    A row without its numerator (or, where one is submitted, its denominator) drops both.

    Arguments:
        base: The base sums, contested keys already settled; a column flags has the qualifier bits of settling.
        figures: As described.
        due: indicator_id, area and the sender columns: who is to send.
        not_due: period_start, period_end and the sender columns: who is not, in a period outside its dates.
        followed: The places of senders that ended, each with that of one that follows it: where the one's figure is
            in, the other is not missing.

    Returns:
        figure, area, numerator, denominator, sum_of_squares (null where there is none), sources_expected,
        sources_contributed, reason (null with a number), flags (qualifier bits), the sender columns (whose figures
        entered) and the same with absent_ before (who is missing). Each figure and area once.
    """
    words = sender_columns(base.senders.height)
    enters = pl.col("has_numerator") & (pl.col("has_denominator") | ~pl.col("needs_denominator"))
    is_excused = ~pl.col("enters") & (pl.col("status") == NOT_APPLICABLE_STATUS)
    revised = pl.when("is_revision").then(QUALIFIER_BITS[Qualifier.REVISED]).otherwise(0).cast(pl.UInt16)
    rows = base.frame.join(figures.select("figure", "needs_denominator", "is_sum"), on="figure").with_columns(
        enters=enters
    )
    rows = rows.with_columns(
        *(pl.when("enters").then(pl.col(name)).otherwise(0).alias(name) for name in words),
        *(
            pl.when(~pl.col("enters") & ~is_excused).then(pl.col(name)).otherwise(0).alias(f"absent_{name}")
            for name in words
        ),
        *(pl.when(is_excused).then(pl.col(name)).otherwise(0).alias(f"excused_{name}") for name in words),
        *(pl.when("enters").then(pl.col(name)).otherwise(0).alias(name) for name in _NUMBERS),
        lacks_denominator=pl.col("enters") & ~pl.col("has_denominator"),
        lacks_spread=pl.col("enters") & ~pl.col("has_sum_of_squares"),
        reason=pl.when(~pl.col("enters") & ~is_excused).then(reason_of_status(pl.col("status"))),
        flags=pl.when("enters").then(pl.col("flags") | qualifier_bit(pl.col("value_status")) | revised).otherwise(0),
    )
    own = rows
    if rows.select(pl.struct("figure", "area").is_duplicated().any()).item():
        own = rows.group_by("figure", "area").agg(
            *(pl.col(name).cast(pl.Int128).sum() for name in _NUMBERS),
            pl.col("enters", "lacks_denominator", "lacks_spread").any(),
            pl.col("is_sum").first(),
            pl.col("reason").min(),
            pl.col("reason").max().alias("other_reason"),
            pl.col(
                "flags", *words, *(f"{state}_{name}" for state in ("absent", "excused") for name in words)
            ).bitwise_or(),
        )
        own = checked_int64(own, _NUMBERS, "the sum of sources")
    else:
        own = rows.with_columns(other_reason=pl.col("reason"))
    return _with_absent(own, figures, due, not_due, words, followed)


def _with_absent(
    own: pl.DataFrame,
    figures: pl.DataFrame,
    due: pl.DataFrame,
    not_due: pl.DataFrame,
    words: list[str],
    followed: Sequence[tuple[int, int]],
) -> pl.DataFrame:
    sums = figures.filter("is_sum").select("figure", "indicator_id", "period_start", "period_end")
    own = own.join(sums, on="figure", how="left").join(
        due.rename({name: f"due_{name}" for name in words}), on=["indicator_id", "area"], how="left"
    )
    if not_due.height:
        own = own.join(
            not_due.rename({name: f"not_{name}" for name in words}), on=["period_start", "period_end"], how="left"
        )
    else:
        own = own.with_columns(pl.lit(0, pl.Int64).alias(f"not_{name}") for name in words)
    own = own.with_columns(
        # who should have sent and did not so much as say why
        (
            pl.col(f"due_{name}").fill_null(0)
            & ~(
                pl.col(f"not_{name}").fill_null(0) | pl.col(name) | pl.col(f"absent_{name}") | pl.col(f"excused_{name}")
            )
        ).alias(f"silent_{name}")
        for name in words
    )
    own = without_followed(own, followed, words)
    silent = [f"silent_{name}" for name in words]
    absent = [f"absent_{name}" for name in words]
    own = own.with_columns(
        *(
            (pl.col(f"absent_{name}") & ~pl.col(name) | pl.col(f"silent_{name}")).alias(f"absent_{name}")
            for name in words
        )
    ).with_columns(
        sources_contributed=pl.when("is_sum").then(ones_of(words)).otherwise(pl.col("enters").cast(pl.Int32)),
        sources_absent=pl.when("is_sum")
        .then(ones_of(absent))
        .otherwise((~pl.col("enters") & pl.col("reason").is_not_null()).cast(pl.Int32)),
    )
    reason = (
        pl.when("enters")
        .then(None)
        .when(ones_of(silent) > 0)
        .then(reason_place(Reason.MISSING))
        # every row said that it does not apply
        .when(pl.col("reason").is_null())
        .then(reason_place(Reason.NOT_APPLICABLE))
        .when(pl.col("reason") == pl.col("other_reason"))
        .then(pl.col("reason"))
        # sources that gave no number for different reasons
        .otherwise(reason_place(Reason.MISSING))
    )
    return own.select(
        "figure",
        "area",
        pl.when("enters").then("numerator").alias("numerator"),
        pl.when(pl.col("enters") & ~pl.col("lacks_denominator")).then("denominator").alias("denominator"),
        pl.when(pl.col("enters") & ~pl.col("lacks_spread")).then("sum_of_squares").alias("sum_of_squares"),
        (pl.col("sources_contributed") + pl.col("sources_absent")).alias("sources_expected"),
        "sources_contributed",
        reason.alias("reason"),
        "flags",
        *words,
        *absent,
    )


def expected_senders(
    supplied: pl.DataFrame, periods: pl.DataFrame, partners: pl.DataFrame, senders: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return who is to send each indicator for each area, and who is not in which period, as sender bits.

    Arguments:
        supplied: indicator_id, area, partner_code, source_code.
        periods: period_start, period_end.
        partners: partner_code, valid_from, valid_to; a partner is expected for periods that lie within its dates.
        senders: partner_code, source_code, in the order of their bits.

    Returns:
        indicator_id, area and the sender columns; and period_start, period_end and the sender columns.
    """
    words = sender_columns(senders.height)
    place = pl.col("sender")
    bits = senders.with_row_index("sender").with_columns(
        pl.when(place // BITS_OF_A_WORD == word)
        .then(pl.lit(2, pl.Int64).pow(place % BITS_OF_A_WORD))
        .otherwise(0)
        .cast(pl.Int64)
        .alias(name)
        for word, name in enumerate(words)
    )
    due = supplied.join(bits, on=["partner_code", "source_code"]).group_by("indicator_id", "area")
    begins_late = pl.col("valid_from") > pl.col("period_start")
    ends_early = pl.col("valid_to") < pl.col("period_end")
    not_due = (
        partners.filter(pl.col("valid_from").is_not_null() | pl.col("valid_to").is_not_null())
        .join(bits, on="partner_code")
        .join(periods.select("period_start", "period_end").unique(), how="cross")
        .filter(begins_late.fill_null(False) | ends_early.fill_null(False))
        .group_by("period_start", "period_end")
    )
    return due.agg(pl.col(words).bitwise_or()), not_due.agg(pl.col(words).bitwise_or())
