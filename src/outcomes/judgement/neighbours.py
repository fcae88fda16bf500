"""Finds the level of a benchmark that is an area's statistical neighbours: their sums, ours or as published."""

from datetime import date
from typing import Final

import polars as pl

from outcomes.estimates.model import Estimates
from outcomes.judgement.benchmarks import SUMMABLE, published_figures
from outcomes.partnership.model import Partnership

__all__ = ["figures_of_neighbours", "with_neighbours"]

_FIGURE: Final = ("indicator_id", "period_kind", "period_start", "breakdown")


def with_neighbours(rows: pl.DataFrame, estimates: Estimates, partnership: Partnership, as_of: date) -> pl.DataFrame:
    """Return the rows with the value of their area's statistical neighbours, from the neighbours' sums.

    Numerators and denominators are added up (not the rates averaged), as whole numbers, of those that have both. Our
    own figure of a neighbour comes before a published one; most neighbours lie elsewhere and have only the latter.

    Arguments:
        rows: Current figures, `against` statistical_neighbours.
        estimates: Every period of every area.
        partnership: Its list of neighbours and its published series.
        as_of: The date that the judgement speaks for.

    Returns:
        The rows with `against_code` (the source and edition of the list), `against_value`, `others` (how many
        neighbours there are) and `others_counted` (how many of them have figures).
    """
    pairs = partnership.neighbours.frame
    lists = pairs.group_by("area_code").agg(
        pl.format("{} {}", pl.col("source").first(), pl.col("edition").first()).alias("against_code"),
        pl.len().cast(pl.Int64).alias("others"),
    )
    numbered = rows.with_row_index("asked")
    asked = numbered.select(
        "asked", *_FIGURE, "indicator_version", "area_code", "numerator_scale", "denominator_scale"
    ).join(pairs.select("area_code", "neighbour_code"), on="area_code")
    counted = asked.join(
        figures_of_neighbours(asked, estimates, partnership, as_of),
        on=[*_FIGURE, "indicator_version", "neighbour_code"],
    )
    sums = counted.group_by("asked").agg(
        *(
            # whole again, so that the sum is the same in any order
            (pl.col(part) * pl.col(f"{part}_scale")).round().cast(pl.Int64).sum().alias(f"all_{part}")
            for part in ("numerator", "denominator")
        ),
        pl.len().cast(pl.Int64).alias("others_counted"),
    )
    quotient = (
        pl.col("all_numerator")
        * pl.col("multiplier")
        / pl.col("all_denominator")
        * (pl.col("denominator_scale") / pl.col("numerator_scale"))
    )
    is_summable = pl.col("statistic").is_in([statistic.value for statistic in SUMMABLE])
    return (
        numbered.join(lists, on="area_code", how="left", maintain_order="left")
        .join(sums, on="asked", how="left", maintain_order="left")
        .with_columns(
            pl.col("others_counted").fill_null(0),
            pl.when(is_summable & (pl.col("all_denominator") > 0)).then(quotient).alias("against_value"),
        )
        .drop("asked", "all_numerator", "all_denominator")
    )


def figures_of_neighbours(
    asked: pl.DataFrame, estimates: Estimates, partnership: Partnership, as_of: date
) -> pl.DataFrame:
    """Return the counts of neighbours, each figure once: our own, else as published.

    Arguments:
        asked: The figures that are asked for: indicator, version, rhythm, first day, group, and `neighbour_code`.
        estimates: Every period of every area.
        partnership: Its published series.
        as_of: The date that the judgement speaks for.

    Returns:
        The columns asked for, with `numerator` and `denominator`, of those neighbours that have both.
    """
    key = [*_FIGURE, "indicator_version", "neighbour_code"]
    wanted = asked.select(key).unique()
    codes = wanted["neighbour_code"].unique().to_list()
    own = (
        estimates.frame.filter(pl.col("area_code").is_in(codes) & pl.col("reason").is_null())
        .rename({"area_code": "neighbour_code"})
        .select(*key, "numerator", "denominator")
    )
    # a series does not say of which version of the definition it is
    published = (
        published_figures(partnership, as_of)
        .filter(pl.col("area_code").is_in(codes))
        .select(
            *_FIGURE,
            pl.col("area_code").alias("neighbour_code"),
            pl.col("published_numerator").cast(pl.Float64).alias("numerator"),
            pl.col("published_denominator").cast(pl.Float64).alias("denominator"),
        )
        .join(wanted, on=[*_FIGURE, "neighbour_code"])
        .select(own.columns)
    )
    # a figure of ours that has a Reason (a hidden one, say) is not replaced by a published one
    ours = estimates.frame.select(*_FIGURE, "indicator_version", pl.col("area_code").alias("neighbour_code")).filter(
        pl.col("neighbour_code").is_in(codes)
    )
    together = pl.concat([own.join(wanted, on=key, how="semi"), published.join(ours, on=key, how="anti")])
    return together.filter(pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null())
