"""From sums to measures: a number or a Reason, the qualifiers, and the names that the numbers stand for."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from outcomes.reference_series import ReferenceSeries
from outcomes.rollup.base import FIGURE_KEY, sender_columns
from outcomes.rollup.codes import (
    QUALIFIER_BITS,
    REASONS,
    qualifier_bit,
    reason_of_status,
    reason_place,
    with_texts_of_bits,
)
from outcomes.rollup.ladder import Terrain
from outcomes.rollup.model import PLACE_MEASURE_COLUMNS
from outcomes.rollup.populations import with_reference_denominators
from outcomes.vocabulary import Basis, Detail, Qualifier, Reason

__all__ = ["measures_as_published", "measures_of_areas", "measures_of_wholes", "named", "preferred"]

_NUMBERS: Final = ("numerator", "denominator", "sum_of_squares", "value", "lower_ci_95", "upper_ci_95")
_DETAILS: Final = tuple(Detail)
_CELL: Final = ("figure", "area")
# the rank of a measure that was added up from areas
_SUM_OF_AREAS: Final = 0
# parts may be unreliable on their own and reliable together
_NOT_INHERITED: Final = QUALIFIER_BITS[Qualifier.LOW_RELIABILITY]


def measures_of_areas(
    own: pl.DataFrame, figures: pl.DataFrame, words: list[str], minimum_coverage: float
) -> pl.DataFrame:
    """Return the measures of areas from their own sources.

    Arguments:
        own: As `entering` returns them.
        figures: As described.
        words: The sender columns.
        minimum_coverage: The share of the sources that must be behind a rate.
    """
    rows = own.join(figures.select("figure", "is_sum", "has_denominator"), on="figure", how="left")
    expected = pl.col("sources_expected")
    coverage = pl.when(pl.col("is_sum") & (expected > 0)).then(
        pl.col("sources_contributed").cast(pl.Float64) / expected.cast(pl.Float64)
    )
    is_too_low = pl.col("has_denominator") & (
        (coverage < minimum_coverage) | (pl.col("has_reference") & ~pl.col("has_all_sources"))
    )
    return _reasoned(
        rows.with_columns(
            parts_expected=expected,
            parts_contributed=pl.col("sources_contributed"),
            coverage=coverage,
            is_partial=~pl.col("has_all_sources"),
            is_too_low=is_too_low.fill_null(False),
            has_number=pl.col("numerator").is_not_null(),
            parts_reason=pl.col("reason"),
            missing_parts=pl.lit(None, pl.List(pl.String)),
            rank=pl.lit(1, pl.UInt8),
        ),
        words,
    )


def measures_of_wholes(
    wholes: pl.DataFrame,
    figures: pl.DataFrame,
    series: Mapping[str, ReferenceSeries],
    codes: list[str],
    words: list[str],
    minimum_coverage: float,
) -> pl.DataFrame:
    """Return the measures of wholes from the sums of their areas.

    Arguments:
        wholes: As `with_coverage` returns them.
        figures: As described.
        series: Reference series by id.
        codes: The codes that the areas' numbers stand for.
        words: The sender columns.
        minimum_coverage: The share of the population that must be behind a rate.
    """
    rows = wholes.join(
        figures.select("figure", "has_denominator", has_reference=pl.col("reference").is_not_null()), on="figure"
    ).with_columns(has_number=pl.col("entered") > 0)
    summed: pl.Expr = pl.when("has_number", pl.col("lacks_denominator") == 0).then("denominator")
    if rows["has_reference"].any():
        # the whole population of the area itself, where everything in the numerator is of it
        keyed = rows.select("figure", "area", "numerator", "denominator")
        own = with_reference_denominators(keyed, figures, series, codes).rename({"denominator": "own_denominator"})
        rows = rows.join(own.drop("numerator"), on=["figure", "area"], how="left")
        is_own = pl.col("has_reference") & pl.col("is_complete") & pl.col("own_denominator").is_not_null()
        summed = pl.when(is_own & pl.col("has_number")).then("own_denominator").otherwise(summed)
    return _reasoned(
        rows.with_columns(
            numerator=pl.when("has_number").then("numerator"),
            denominator=summed,
            sum_of_squares=pl.when("has_number", pl.col("lacks_spread") == 0).then("sum_of_squares"),
            is_partial=~pl.col("is_complete") & ((pl.col("coverage") < 1) | (pl.col("missing_parts").list.len() > 0)),
            is_too_low=pl.col("has_denominator") & (pl.col("coverage") < minimum_coverage).fill_null(False),
            flags=pl.col("flags") & ~pl.lit(_NOT_INHERITED, pl.UInt16),
            rank=pl.lit(_SUM_OF_AREAS, pl.UInt8),
            **{f"absent_{word}": pl.lit(0, pl.Int64) for word in words},
        ),
        words,
    )


def measures_as_published(published: pl.DataFrame, figures: pl.DataFrame, words: list[str]) -> pl.DataFrame:
    """Return published values as the measures of the areas that they name.

    Arguments:
        published: figure, area, the numbers as submitted, flags, status, value_status, is_revision, sender columns.
        figures: As described.
        words: The sender columns.
    """
    has_value = pl.col("value").is_not_null()
    revised = pl.when("is_revision").then(QUALIFIER_BITS[Qualifier.REVISED]).otherwise(0).cast(pl.UInt16)
    flags = pl.col("flags") | qualifier_bit(pl.col("value_status")) | revised
    # a standardised rate that came neither as a value nor in its strata cannot be made
    lacks_strata = ~has_value & pl.col("is_standardised") & pl.col("numerator").is_not_null()
    rows = published.join(figures.select("figure", "is_standardised"), on="figure", how="left")
    return rows.select(
        "figure",
        "area",
        is_published=pl.lit(True),
        **{name: pl.when(has_value).then(pl.col(name)) for name in _NUMBERS},
        parts_expected=pl.lit(1, pl.Int32),
        parts_contributed=has_value.cast(pl.Int32),
        coverage=pl.lit(None, pl.Float64),
        missing_parts=pl.lit(None, pl.List(pl.String)),
        **{f"absent_{word}": pl.when(has_value).then(0).otherwise(pl.col(word)).cast(pl.Int64) for word in words},
        reason=pl.when(has_value)
        .then(None)
        .when(lacks_strata)
        .then(reason_place(Reason.CANNOT_BE_CALCULATED))
        .otherwise(reason_of_status(pl.col("status"))),
        detail=pl.when(lacks_strata).then(pl.lit(_DETAILS.index(Detail.MISSING_STRATUM), pl.UInt8)),
        flags=pl.when(has_value).then(flags).otherwise(0).cast(pl.UInt16),
        **{word: pl.when(has_value).then(pl.col(word)).otherwise(0) for word in words},
        rank=pl.lit(2, pl.UInt8),
    )


def _reasoned(rows: pl.DataFrame, words: list[str]) -> pl.DataFrame:
    """A number, or the first reason that holds: nothing came, too little came, there is no population."""
    lacks_population = pl.col("has_reference") & pl.col("denominator").is_null()
    reason = (
        pl.when(~pl.col("has_number"))
        .then("parts_reason")
        .when("is_too_low")
        .then(reason_place(Reason.CANNOT_BE_CALCULATED))
        .when(lacks_population)
        .then(reason_place(Reason.MISSING))
    )
    too_low = pl.lit(_DETAILS.index(Detail.COVERAGE_TOO_LOW), pl.UInt8)
    has_value = pl.col("reason").is_null()
    partial = pl.when("is_partial").then(QUALIFIER_BITS[Qualifier.PARTIAL]).otherwise(0).cast(pl.UInt16)
    numbers = {
        "numerator": pl.col("numerator"),
        "denominator": pl.when("has_denominator").then("denominator"),
        "sum_of_squares": pl.col("sum_of_squares"),
        **{name: pl.lit(None, pl.Float64) for name in _NUMBERS[3:]},
    }
    return rows.with_columns(reason=reason).select(
        "figure",
        "area",
        is_published=pl.lit(False),
        **{name: pl.when(has_value).then(number) for name, number in numbers.items()},
        parts_expected="parts_expected",
        parts_contributed="parts_contributed",
        coverage="coverage",
        missing_parts="missing_parts",
        **{f"absent_{word}": pl.col(f"absent_{word}") for word in words},
        reason="reason",
        detail=pl.when("has_number", "is_too_low").then(too_low),
        flags=pl.when(has_value).then(pl.col("flags") | partial).otherwise(0).cast(pl.UInt16),
        **{word: pl.when(has_value).then(pl.col(word)).otherwise(0) for word in words},
        rank="rank",
    )


def preferred(
    measures: pl.DataFrame, figures: pl.DataFrame, minimum_coverage: float = 0.0
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return each figure and area once: a number before a Reason, then the sum of areas, the own figure, the published.

    A count of too few of its areas gives way to what somebody gave for the whole. A published standardised rate gives
    way to its strata where they came.

    Arguments:
        measures: figure, area, reason, rank and what they carry.
        figures: As described.
        minimum_coverage: The share of the population that must be behind a sum that stands before another figure.

    Returns:
        The rows taken; and, each figure and area once, what somebody gave beside a sum that was taken.
    """
    given = measures.clear()
    strata = figures.filter(pl.col("without_stratum").is_not_null())
    if strata.height and measures["is_published"].any():
        keys = [name for name in FIGURE_KEY if name != "breakdown"]
        wholes = strata.select("figure", *keys, breakdown="without_stratum").join(
            figures.select(pl.col("figure").alias("whole"), *FIGURE_KEY), on=FIGURE_KEY
        )
        in_strata = measures.join(wholes.select("figure", "whole"), on="figure").select("area", figure="whole").unique()
        published = pl.col("is_published")
        of_strata = measures.filter(published).join(in_strata, on=["figure", "area"], how="semi")
        given = of_strata.filter(pl.col("reason").is_null())
        measures = pl.concat(
            [measures.filter(~published), measures.filter(published).join(of_strata, on=_CELL, how="anti")]
        )
    is_twice = pl.struct(_CELL).is_duplicated()
    if not measures.select(is_twice.any()).item():
        return measures, given
    is_thin = (pl.col("rank") == _SUM_OF_AREAS) & (pl.col("coverage") < minimum_coverage).fill_null(False)
    order = pl.col("reason").is_not_null().cast(pl.UInt8) * 4 + pl.when(is_thin).then(3).otherwise("rank")
    ordered = measures.with_columns(order=order).sort(*_CELL, "order")
    taken = ordered.unique(_CELL, keep="first", maintain_order=True)
    # beside a number that was added up: the own figure before the published, where it is a number too
    sums = taken.filter(pl.col("order") == _SUM_OF_AREAS).select(_CELL)
    beside = (
        ordered.filter(is_twice, pl.col("order") > _SUM_OF_AREAS, pl.col("reason").is_null())
        .join(sums, on=_CELL, how="semi")
        .unique(_CELL, keep="first", maintain_order=True)
    )
    return taken.drop("order"), pl.concat([given, beside.drop("order")])


def named(measures: pl.DataFrame, figures: pl.DataFrame, terrain: Terrain, senders: pl.DataFrame) -> pl.DataFrame:
    """Return measures as the table of place measures, numbers become names, sorted by key.

    Arguments:
        measures: Each figure and area once.
        figures: As described.
        terrain: The areas' codes and levels.
        senders: partner_code and source_code, in the order of their bits.
    """
    words = sender_columns(senders.height)
    partners = senders["partner_code"].to_list()
    # who is missing is named itself, not the partner that was to send for it
    sources = senders["source_code"].to_list()
    levels = [level.value for level in terrain.levels]
    # positions in sorted order, so that sorting whole numbers sorts the names
    ordered = figures.select(
        "figure",
        key=pl.struct("indicator_id", "indicator_version").rank("dense"),
        rest=pl.struct(FIGURE_KEY[2:]).rank("dense"),
    )
    rows = measures.join(ordered, on="figure").sort("key", "area", "rest")
    rows = with_texts_of_bits(rows, [f"absent_{word}" for word in words], sources, "absent")
    rows = with_texts_of_bits(rows, words, partners, "partner_codes")
    published = pl.lit(Basis.PUBLISHED.value)
    words_of = sorted(QUALIFIER_BITS.items())
    sets = [[word for word, bit in words_of if flags & bit] for flags in range(1 << len(words_of))]
    return (
        rows.join(figures.drop("is_published"), on="figure", how="left", maintain_order="left")
        .with_columns(
            area_code=pl.lit(pl.Series(terrain.codes, dtype=pl.String)).gather("area"),
            level=pl.lit(pl.Series(levels, dtype=pl.String)).gather("area"),
            basis=pl.when("is_published").then(published).otherwise("basis"),
            reason=pl.lit(pl.Series(REASONS, dtype=pl.String)).gather("reason"),
            detail=pl.lit(pl.Series(_DETAILS, dtype=pl.String)).gather("detail"),
        )
        .with_columns(
            missing_parts=pl.coalesce("missing_parts", "absent"),
            qualifiers=pl.lit(pl.Series(sets, dtype=pl.List(pl.String))).gather("flags"),
        )
        .select(PLACE_MEASURE_COLUMNS.keys())
    )
