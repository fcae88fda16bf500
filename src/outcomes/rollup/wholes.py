"""Wholes made from parts: the figure of everybody, where only every category of a full breakdown was sent."""

import polars as pl

from outcomes.breakdown import breakdown_from_text, breakdown_text
from outcomes.framework.model import Indicator, IndicatorKey
from outcomes.rollup.base import FIGURE_KEY, checked_int64
from outcomes.rollup.figures import stratum_of

__all__ = ["with_wholes"]

_NUMBERS = ("numerator", "denominator", "sum_of_squares")


def with_wholes(
    own: pl.DataFrame, figures: pl.DataFrame, indicators: dict[IndicatorKey, Indicator], words: list[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Add the figure of the whole where it is absent and every category of a full breakdown has a whole number.

    Strata of a standardised rate stay strata. A whole that is present, be it as a marker, is never replaced.

    Arguments:
        own: Sums of areas, as `own_sums` returns them.
        figures: figure and the columns of `FIGURE_KEY`.
        indicators: Every indicator by (id, version); its breakdowns are taken in their order.
        words: The sender columns.

    Returns:
        own and figures, each with what was added.
    """
    for dimension in sorted({b.dimension for i in indicators.values() for b in i.breakdowns if b.is_full}):
        parts, added = _collapsed(figures, indicators, dimension)
        if parts.is_empty():
            continue
        is_all = pl.len() == pl.col("categories").first()
        is_whole = pl.col("sources_contributed").eq(pl.col("sources_expected")) & pl.col("numerator").is_not_null()
        sums = (
            own.join(parts, on="figure")
            .group_by("whole_figure", "area")
            .agg(
                *(_strict_sum(name) for name in _NUMBERS),
                is_all.alias("is_all"),
                is_whole.all().alias("is_whole"),
                pl.lit(1, pl.Int32).alias("sources_expected"),
                pl.lit(1, pl.Int32).alias("sources_contributed"),
                pl.lit(None, pl.UInt8).alias("reason"),
                pl.col("flags", *words).bitwise_or(),
                *(pl.lit(0, pl.Int64).alias(f"absent_{name}") for name in words),
            )
            .filter("is_all", "is_whole")
            .rename({"whole_figure": "figure"})
            .join(own, on=["figure", "area"], how="anti")
        )
        sums = checked_int64(sums, _NUMBERS, "the sum of a breakdown").select(own.columns)
        own = pl.concat([own, sums.cast(own.schema)])
        figures = pl.concat([figures, added.join(sums, on="figure", how="semi").select(figures.columns)])
    return own, figures


def _strict_sum(name: str) -> pl.Expr:
    whole = pl.col(name).is_not_null().all()
    return pl.when(whole).then(pl.col(name).cast(pl.Int128).sum()).alias(name)


def _collapsed(
    figures: pl.DataFrame, indicators: dict[IndicatorKey, Indicator], dimension: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The figures that are categories of a dimension, each with the figure without it; and figures not yet there."""
    rows = []
    named = figures.select("indicator_id", "indicator_version", "breakdown").unique().sort(pl.all())
    for indicator_id, version, breakdown in named.iter_rows():
        indicator = indicators[indicator_id, version]
        full = next((b for b in indicator.breakdowns if b.dimension == dimension and b.is_full), None)
        categories = breakdown_from_text(breakdown)
        if full is None or dimension == stratum_of(indicator) or categories.get(dimension) not in full.categories:
            continue
        rest = {name: category for name, category in categories.items() if name != dimension}
        rows.append((indicator_id, version, breakdown, breakdown_text(rest), len(full.categories)))
    schema = {
        "indicator_id": pl.String,
        "indicator_version": pl.Int32,
        "breakdown": pl.String,
        "rest": pl.String,
        "categories": pl.UInt32,
    }
    by = ["indicator_id", "indicator_version", "breakdown"]
    parts = figures.join(pl.DataFrame(rows, schema=schema, orient="row"), on=by)
    wholes = parts.drop("figure", "breakdown").rename({"rest": "breakdown"}).drop("categories").unique()
    known = wholes.join(figures.select("figure", *FIGURE_KEY), on=FIGURE_KEY, how="left").sort(FIGURE_KEY)
    first = 0 if figures.is_empty() else figures["figure"].max() + 1  # type: ignore[operator]
    is_new = pl.col("figure").is_null()
    known = known.with_columns(
        figure=pl.when(is_new).then(first + is_new.cum_sum() - 1).otherwise("figure").cast(pl.UInt32)
    )
    added = known.join(figures, on="figure", how="anti")
    keyed = known.select(*[key for key in FIGURE_KEY if key != "breakdown"], rest="breakdown", whole_figure="figure")
    found = parts.join(keyed, on=[key for key in keyed.columns if key != "whole_figure"])
    return found.select("figure", "whole_figure", "categories"), added
