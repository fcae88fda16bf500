"""The climb: sums of areas become sums of the wholes that they make up, one rung at a time, on the small table."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from outcomes.rollup.base import checked_int64
from outcomes.rollup.codes import QUALIFIER_BITS
from outcomes.rollup.ladder import WEIGHT_SCALE, Ladder, Terrain
from outcomes.vocabulary import AreaLevel, Qualifier

__all__ = ["apportioned", "climbed", "entering", "sums_that_enter", "wholes_above"]

_NUMBERS: Final = ("numerator", "denominator", "sum_of_squares")
_COUNTS: Final = ("entered", "is_whole", "lacks_denominator", "lacks_spread")


def entering(own: pl.DataFrame, figures: pl.DataFrame, terrain: Terrain, invalid: pl.DataFrame) -> pl.DataFrame:
    """Return the areas' own sums with what the climb must know of each.

    Arguments:
        own: As `own_sums` returns them, reference denominators in place.
        figures: As described.
        terrain: The levels of the areas.
        invalid: period_start, period_end, area: areas that were not valid throughout a period.

    Returns:
        own with is_collected (the area is of the level at which the indicator is collected), has_all_sources, enters
        (there is a number, and over a whole population it is of all sources) and is_whole (nothing of it is missing
        and the area was expected).
    """
    levels = pl.Series([level.value for level in terrain.levels], dtype=pl.String)
    of_figure = figures.select(
        "figure", "collected_at", "period_start", "period_end", has_reference=pl.col("reference").is_not_null()
    )
    found = own.join(of_figure, on="figure", how="left").with_columns(
        is_collected=pl.lit(levels).gather("area") == pl.col("collected_at"),
        has_all_sources=pl.col("sources_contributed") == pl.col("sources_expected"),
    )
    found = found.with_columns(
        enters=pl.col("numerator").is_not_null() & (pl.col("has_all_sources") | ~pl.col("has_reference"))
    )
    if invalid.is_empty():
        return found.with_columns(is_whole=pl.col("enters") & pl.col("has_all_sources"))
    return found.join(
        invalid.with_columns(is_invalid=True), on=["period_start", "period_end", "area"], how="left"
    ).with_columns(is_whole=pl.col("enters") & pl.col("has_all_sources") & pl.col("is_invalid").is_null())


def wholes_above(
    own: pl.DataFrame,
    figures: pl.DataFrame,
    terrain: Terrain,
    invalid: pl.DataFrame,
    excused: pl.DataFrame,
    senders: Sequence[str],
) -> pl.DataFrame:
    """Return the sums of every whole above the areas at which each figure is collected.

    Arguments:
        own: The areas' own sums, as `entering` returns them.
        figures: As described.
        terrain: The areas and footprints.
        invalid: period_start, period_end, area.
        excused: figure, area: areas that nobody misses, as `stood_in_for` returns them.
        senders: The names of the sender columns.

    Returns:
        The columns of `climbed`, and is_complete: every expected area came, with all of its sources.
    """
    of_figure = figures.select("figure", "regime", "collected_at")
    parts = sums_that_enter(own.filter("is_collected"), figures, senders)
    groups = of_figure.select("regime", "collected_at").unique().sort(pl.all()).rows()
    found = []
    for regime, level in groups:
        ladder = terrain.ladder(regime, AreaLevel(level))
        of_group = of_figure.filter((pl.col("regime") == regime) & (pl.col("collected_at") == level))
        of_ladder = parts if len(groups) == 1 else parts.join(of_group, on="figure", how="semi")
        sums = climbed(of_ladder, ladder, senders)
        expected = ladder.holdings.group_by("whole").agg(expected=pl.len())
        sums = sums.join(expected, left_on="area", right_on="whole")
        if not invalid.is_empty():
            sums = _without_invalid(sums, ladder, figures, invalid)
        if not excused.is_empty():
            sums = _without_excused(sums, ladder, figures, invalid, excused)
        # where none is expected, a marker alone is no sum
        is_complete = (pl.col("is_whole") == pl.col("expected")) & (pl.col("entered") > 0)
        found.append(sums.with_columns(is_complete=is_complete).drop("expected"))
    empty = parts.clear().with_columns(is_complete=pl.lit(True))
    return pl.concat([empty, *found])


def sums_that_enter(own: pl.DataFrame, figures: pl.DataFrame, senders: Sequence[str]) -> pl.DataFrame:
    """Return areas' own sums as the climb takes them: a sum that does not enter is 0, and said to be missing.

    Arguments:
        own: The areas' own sums, as `entering` returns them.
        figures: As described.
        senders: The names of the sender columns.

    Returns:
        The columns that `climbed` takes.
    """
    enters = pl.col("enters")
    return own.join(figures.select("figure", "is_proportion", "has_denominator"), on="figure").select(
        "figure",
        "area",
        *(pl.when(enters).then(pl.col(name)).otherwise(0).fill_null(0).alias(name) for name in _NUMBERS),
        "is_proportion",
        pl.when(enters).then("flags").otherwise(0).cast(pl.UInt16).alias("flags"),
        *(pl.when(enters).then(pl.col(name)).otherwise(0).alias(name) for name in senders),
        entered=enters.cast(pl.UInt32),
        is_whole=pl.col("is_whole").cast(pl.UInt32),
        lacks_denominator=(enters & pl.col("has_denominator") & pl.col("denominator").is_null()).cast(pl.UInt32),
        lacks_spread=(enters & pl.col("sum_of_squares").is_null()).cast(pl.UInt32),
    )


def _without_invalid(sums: pl.DataFrame, ladder: Ladder, figures: pl.DataFrame, invalid: pl.DataFrame) -> pl.DataFrame:
    """Take the areas that were not valid in a period off the number of those expected."""
    less = (
        invalid.join(ladder.holdings, on="area")
        .group_by("period_start", "period_end", "whole")
        .agg(less=pl.len())
        .rename({"whole": "area"})
    )
    return (
        sums.join(figures.select("figure", "period_start", "period_end"), on="figure")
        .join(less, on=["period_start", "period_end", "area"], how="left")
        .with_columns(expected=pl.col("expected") - pl.col("less").fill_null(0))
        .drop("period_start", "period_end", "less")
    )


def _without_excused(
    sums: pl.DataFrame, ladder: Ladder, figures: pl.DataFrame, invalid: pl.DataFrame, excused: pl.DataFrame
) -> pl.DataFrame:
    """Take the valid areas that nobody misses off the number of those expected."""
    less = (
        excused.join(figures.select("figure", "period_start", "period_end"), on="figure")
        .join(invalid, on=["period_start", "period_end", "area"], how="anti")
        .join(ladder.holdings, on="area")
        .group_by("figure", "whole")
        .agg(less=pl.len())
        .rename({"whole": "area"})
    )
    return (
        sums.join(less, on=["figure", "area"], how="left")
        .with_columns(expected=pl.col("expected") - pl.col("less").fill_null(0))
        .drop("less")
    )


def climbed(own: pl.DataFrame, ladder: Ladder, senders: Sequence[str]) -> pl.DataFrame:
    """Return the sums of every whole that a ladder reaches.

    Arguments:
        own: The areas' own sums: figure, area, numerator, denominator, sum_of_squares (each 0 where it does not
            enter), is_proportion (the numerator is a part of the denominator), flags, the columns of senders, and
            counts of parts: entered, is_whole, lacks_denominator, lacks_spread. Each figure and area once.
        ladder: From the level of these areas.
        senders: The names of the sender columns.

    Returns:
        The same columns, area being the whole; sums are exact, an area split over wholes is conserved to the unit.

    Raises:
        TableError: A sum does not fit a table.
    """
    rungs = [own]
    for rung in ladder.rungs:
        parts = [rungs[low].join(steps, on="area").drop("area") for low, steps in rung.steps.items()]
        parts += [apportioned(rungs[low], splits).drop("area") for low, splits in rung.splits.items()]
        columns = parts[0].columns
        sums = (
            pl.concat([part.select(columns) for part in parts])
            .group_by("figure", "whole")
            .agg(
                *(pl.col(name).cast(pl.Int128).sum() for name in _NUMBERS),
                pl.col(_COUNTS).sum(),
                pl.col("flags", *senders).bitwise_or(),
                pl.col("is_proportion").first(),
            )
            .rename({"whole": "area"})
        )
        rungs.append(checked_int64(sums, _NUMBERS, "the sum of areas").select(own.columns))
    return pl.concat(rungs[1:]) if ladder.rungs else own.clear()


def apportioned(sums: pl.DataFrame, splits: pl.DataFrame) -> pl.DataFrame:
    """Split areas over wholes by weight, with the largest remainder, so that every total is conserved.

    Of a proportion the numerator and the rest of the denominator are split, so that no numerator passes its
    denominator. Ties go to the whole with the first code.

    Arguments:
        sums: figure, area, numerator, denominator, sum_of_squares, is_proportion, flags, and columns that every piece
            keeps as they are.
        splits: area, whole, split, weight (of `WEIGHT_SCALE`; those of a split add up to it), is_taken.

    Returns:
        The columns of sums and whole, one row a piece that is taken; flags say apportioned.
    """
    is_part = pl.col("is_proportion") & (pl.col("numerator") >= 0) & (pl.col("numerator") <= pl.col("denominator"))
    rest = pl.when(is_part).then(pl.col("denominator") - pl.col("numerator")).otherwise(pl.col("denominator"))
    pieces = (
        sums.join(splits, on="area")
        .sort("figure", "area", "split", "whole")
        .with_columns(is_part=is_part, denominator=rest)
        .with_columns(_largest_remainder(name).alias(name) for name in _NUMBERS)
    )
    return (
        pieces.with_columns(
            denominator=pl.when("is_part").then(pl.col("denominator") + pl.col("numerator")).otherwise("denominator"),
            flags=pl.col("flags") | QUALIFIER_BITS[Qualifier.APPORTIONED],
        )
        .filter("is_taken")
        .drop("is_part", "split", "weight", "is_taken")
    )


def _largest_remainder(name: str) -> pl.Expr:
    of_split = ("figure", "area", "split")
    share = pl.col(name).cast(pl.Int128) * pl.col("weight")
    # floor division, so that the remainder of a negative number is not negative either
    whole_units, remainder = share // WEIGHT_SCALE, share % WEIGHT_SCALE
    left_over = pl.col(name) - whole_units.sum().over(of_split)
    # polars has no minus sign for 128 bits; a remainder is far below 64
    place = (-remainder.cast(pl.Int64)).rank("ordinal").over(of_split)
    return (whole_units + (place <= left_over).cast(pl.Int128)).cast(pl.Int64)
