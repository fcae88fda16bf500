"""Figures that are not sums: published values, and one of several sources that give the same figure."""

from dataclasses import replace

import polars as pl

from outcomes.rollup.base import (
    BITS_OF_A_WORD,
    FIGURE_KEY,
    BaseSums,
    own_source_named,
    sender_columns,
)
from outcomes.rollup.codes import QUALIFIER_BITS
from outcomes.rollup.packing import QUALIFIERS, STATUSES, position
from outcomes.vocabulary import Qualifier

__all__ = ["settled"]

_NUMBERS = ("numerator", "denominator", "sum_of_squares", "value", "lower_ci_95", "upper_ci_95")
_OPTIONAL: dict[str, type[pl.DataType]] = {
    "sum_of_squares": pl.Int64,
    "value": pl.Float64,
    "lower_ci_95": pl.Float64,
    "upper_ci_95": pl.Float64,
    "status": pl.String,
    "value_status": pl.String,
    "is_revision": pl.Boolean,
}


def settled(
    rows: pl.LazyFrame, base: BaseSums, figures: pl.DataFrame, area_codes: list[str], supplied: pl.DataFrame
) -> tuple[BaseSums, pl.DataFrame]:
    """Settle the keys that may not be summed: take one row of each, and set published values aside.

    Of several sources of one figure the row taken is that of a partner which is to supply it, before others; then one
    with a number; then the first by partner and source code. Where the sources give different numbers the figure is
    disputed: every position stays in the record, computation goes on with the one taken.

    Arguments:
        rows: The observations, read again only where a key needs it.
        base: The base sums of the same rows.
        figures: figure, is_sum, is_published, may_carry_interval, indicator_id.
        area_codes: The codes that the areas' numbers stand for.
        supplied: indicator_id, area, partner_code, source_code: who is to supply what.

    Returns:
        The base sums without contested keys but for the rows taken, with a column flags; and the published rows:
        figure, area, the numbers, flags, status, value_status, is_revision and the sender columns.
    """
    words = sender_columns(base.senders.height)
    unflagged = base.frame.with_columns(flags=pl.lit(0, pl.UInt16))
    is_published = pl.col("is_published") | (pl.col("may_carry_interval") & pl.col("has_interval"))
    contested = _contested(base.frame, figures, is_published)
    if contested.is_empty():
        numbers = [pl.lit(None, _OPTIONAL.get(name, pl.Int64)).alias(name) for name in _NUMBERS]
        others = ("figure", "area", "flags", "status", "value_status", "is_revision", *words)
        return replace(base, frame=unflagged), unflagged.clear().select(*others).with_columns(numbers)
    taken = _taken(rows, base, contested, figures, area_codes, supplied)
    published = taken.filter(is_published).select(
        "figure", "area", "flags", "status", "value_status", "is_revision", *words, *_NUMBERS
    )
    summed = taken.filter(~is_published).select(unflagged.columns).cast(unflagged.schema)
    rest = unflagged.join(contested, on=["figure", "area"], how="anti")
    return replace(base, frame=pl.concat([rest, summed])), published


def _contested(frame: pl.DataFrame, figures: pl.DataFrame, is_published: pl.Expr) -> pl.DataFrame:
    """The keys that may not be summed."""
    of_figure = figures.select("figure", "is_sum", "is_published", "may_carry_interval")
    doubtful = of_figure.filter(~pl.col("is_sum") | pl.col("is_published") | pl.col("may_carry_interval"))
    if doubtful.is_empty():
        return frame.clear().select("figure", "area")
    found = frame.join(doubtful, on="figure")
    several = (
        found.filter(~pl.col("is_sum")).group_by("figure", "area").agg(pl.col("rows").sum()).filter(pl.col("rows") > 1)
    )
    return pl.concat([found.filter(is_published).select("figure", "area"), several.select("figure", "area")]).unique()


def _taken(
    rows: pl.LazyFrame,
    base: BaseSums,
    contested: pl.DataFrame,
    figures: pl.DataFrame,
    area_codes: list[str],
    supplied: pl.DataFrame,
) -> pl.DataFrame:
    schema = rows.collect_schema()
    names = pl.DataFrame({"area_code": area_codes}, schema={"area_code": pl.String}).with_row_index("area")
    keys = contested.join(base.figures, on="figure").join(names, on="area")
    on = [*FIGURE_KEY, "area_code"]
    texts = ("partner_code", "source_code", "indicator_id", "area_code", "period_kind", "breakdown")
    found = (
        rows.with_columns(
            *(pl.col(name).cast(pl.String) for name in texts),
            pl.col("indicator_version").cast(pl.Int32),
            *(pl.lit(None, dtype).alias(name) for name, dtype in _OPTIONAL.items() if name not in schema),
        )
        .join(keys.lazy(), on=on)
        .select("figure", "area", "indicator_id", "partner_code", "source_code", "numerator", "denominator", *_OPTIONAL)
        .collect(engine="streaming")
    )
    found = own_source_named(found)
    entitled = supplied.select("indicator_id", "area", "partner_code", "source_code").with_columns(is_entitled=True)
    has_number = pl.any_horizontal(pl.col("numerator", "value").is_not_null())
    # rows that give a number are positions; a marker beside a number disputes nothing
    position = pl.when(has_number).then(pl.struct(_NUMBERS))
    order = ["figure", "area", "ranked_entitled", "ranked_number", "partner_code", "source_code"]
    found = (
        found.join(entitled, on=["indicator_id", "area", "partner_code", "source_code"], how="left")
        .with_columns(
            ranked_entitled=pl.col("is_entitled").is_null(),
            ranked_number=~has_number,
            is_disputed=position.drop_nulls().n_unique().over("figure", "area") > 1,
        )
        .sort(order)
        .unique(["figure", "area"], keep="first", maintain_order=True)
    )
    words = sender_columns(base.senders.height)
    disputed = QUALIFIER_BITS[Qualifier.DISPUTED]
    return (
        found.join(base.senders.with_row_index("sender"), on=["partner_code", "source_code"], maintain_order="left")
        .join(figures.select("figure", "is_sum", "is_published", "may_carry_interval"), on="figure")
        .sort("figure", "area")
        .with_columns(
            *(
                pl.when(pl.col("sender") // BITS_OF_A_WORD == word)
                .then(pl.lit(2, pl.Int64).pow(pl.col("sender") % BITS_OF_A_WORD))
                .otherwise(0)
                .cast(pl.Int64)
                .alias(name)
                for word, name in enumerate(words)
            ),
            flags=pl.when("is_disputed").then(disputed).otherwise(0).cast(pl.UInt16),
            rows=pl.lit(1, pl.UInt32),
            has_numerator=pl.col("numerator").is_not_null(),
            has_denominator=pl.col("denominator").is_not_null(),
            has_sum_of_squares=pl.col("sum_of_squares").is_not_null(),
            has_interval=pl.all_horizontal(pl.col("value", "lower_ci_95", "upper_ci_95").is_not_null()),
            is_revision=pl.col("is_revision").fill_null(False),
            status=_place("status", STATUSES),
            value_status=_place("value_status", QUALIFIERS),
        )
    )


def _place(column: str, words: tuple[str, ...]) -> pl.Expr:
    """0 for an empty cell, else the place of its word and 1."""
    return (position(column, words) + 1).fill_null(0).cast(pl.UInt8)
