"""Finds the level of each benchmark: published figures, the areas above, and the other areas of the system."""

from datetime import date
from typing import Final

import polars as pl

from outcomes.estimates.model import Estimates
from outcomes.partnership.model import Partnership
from outcomes.reference_series import REFERENCE_COLUMNS, SeriesKind
from outcomes.vocabulary import BenchmarkKind, Statistic

__all__ = ["SUMMABLE", "published_figures", "with_areas_above", "with_other_areas"]

# their value is a quotient of two sums, so the others' value can be made of the others' sums
SUMMABLE: Final = (Statistic.PROPORTION, Statistic.CRUDE_RATE, Statistic.RATIO, Statistic.MEAN)

_FIGURE: Final = ("indicator_id", "period_kind", "period_start", "breakdown")


def with_areas_above(
    rows: pl.DataFrame, wholes: pl.DataFrame, estimates: Estimates, partnership: Partnership, as_of: date
) -> pl.DataFrame:
    """Return the rows with the area above that each is held against, and that area's figure of the same period.

    For a nation or a region the figure of a published series comes first, then our own estimate; for a system the
    other way round. The figure is of the same indicator, period and group; ours also of the same version.

    Arguments:
        rows: Current figures, `against` one of nation, region and system.
        wholes: Which area lay in which (`areas_above`).
        estimates: Every period of every area.
        partnership: Its published benchmark series; those released after the date are not known yet.
        as_of: The date that the judgement speaks for.

    Returns:
        The rows with `against_code`, `codes_above` and `against_value`.
    """
    above = wholes.rename({"level_above": "against", "code_above": "against_code"})
    own = estimates.frame.filter(pl.col("area_code").is_in(above["against_code"].unique().to_list())).select(
        *_FIGURE, "indicator_version", pl.col("area_code").alias("against_code"), pl.col("value").alias("estimated")
    )
    published = published_figures(partnership, as_of).rename({"area_code": "against_code"})
    quotient = pl.col("published_numerator") * pl.col("multiplier") / pl.col("published_denominator")
    is_summable = pl.col("statistic").is_in([statistic.value for statistic in SUMMABLE])
    official = pl.coalesce(
        "published_value",
        pl.when(is_summable & (pl.col("published_denominator") > 0)).then(quotient),
    )
    first, second = official, pl.col("estimated")
    is_system = pl.col("against") == BenchmarkKind.SYSTEM.value
    return (
        rows.join(above, on=["period_end", "area_code", "against"], how="left", maintain_order="left")
        .join(own, on=[*_FIGURE, "indicator_version", "against_code"], how="left", maintain_order="left")
        .join(published, on=[*_FIGURE, "against_code"], how="left", maintain_order="left")
        .with_columns(
            pl.when(is_system)
            .then(pl.coalesce(second, first))
            .otherwise(pl.coalesce(first, second))
            .alias("against_value")
        )
        .drop("estimated", "published_value", "published_numerator", "published_denominator")
    )


def with_other_areas(
    rows: pl.DataFrame, wholes: pl.DataFrame, estimates: Estimates, partnership: Partnership
) -> pl.DataFrame:
    """Return the rows with the value of the other areas of their level in the same system, from the others' sums.

    Numerators and denominators are added up (not the rates averaged), as whole numbers, of those that have both. A
    remainder is no such area.

    Arguments:
        rows: Current figures, `against` other_places.
        wholes: Which area lay in which.
        estimates: Every period of every area.
        partnership: Which areas there are.

    Returns:
        The rows with `against_code` (the system), `codes_above`, `against_value`, `others` (how many there are) and
        `others_counted` (how many of them have figures).
    """
    systems = (
        wholes.filter(
            pl.col("level_above") == BenchmarkKind.SYSTEM.value,
            # what belongs to no area is none of the others
            ~pl.col("area_code").is_in(sorted(partnership.areas.remainders)),
        )
        .drop("level_above")
        .rename({"code_above": "against_code"})
    )
    placed = rows.join(systems, on=["period_end", "area_code"], how="left", maintain_order="left")
    scales = rows.select("indicator_id", "indicator_version", "numerator_scale", "denominator_scale").unique()
    wanted = rows.select(*_FIGURE, "indicator_version", "period_end", "level").unique()
    key = [*_FIGURE, "indicator_version", "period_end", "level", "against_code"]
    counted = (
        estimates.frame.select(
            *_FIGURE, "indicator_version", "period_end", "level", "area_code", "reason", "numerator", "denominator"
        )
        # few days, so that few rows are looked up by their text
        .filter(pl.col("period_end").is_in(wanted["period_end"].unique().to_list()))
        .join(wanted, on=[*_FIGURE, "indicator_version", "period_end", "level"], how="semi")
        .filter(pl.col("reason").is_null() & pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null())
        .join(scales, on=["indicator_id", "indicator_version"])
        .join(systems, on=["period_end", "area_code"])
        # whole again, so that the sum is the same in any order
        .with_columns(
            (pl.col(part) * pl.col(f"{part}_scale")).round().cast(pl.Int64).alias(f"whole_{part}")
            for part in ("numerator", "denominator")
        )
    )
    totals = counted.group_by(key).agg(
        pl.col("whole_numerator").sum().alias("all_numerators"),
        pl.col("whole_denominator").sum().alias("all_denominators"),
        pl.len().cast(pl.Int64).alias("all_counted"),
    )
    own = counted.select(*key, "area_code", "whole_numerator", "whole_denominator")
    levels = partnership.areas.frame.select("area_code", "level")
    members = (
        systems.join(levels, on="area_code")
        .group_by("period_end", "against_code", "level")
        .agg((pl.len().cast(pl.Int64) - 1).alias("others"))
    )
    others_numerator = pl.col("all_numerators") - pl.col("whole_numerator").fill_null(0)
    others_denominator = pl.col("all_denominators") - pl.col("whole_denominator").fill_null(0)
    others_counted = pl.col("all_counted").fill_null(0) - pl.col("whole_numerator").is_not_null().cast(pl.Int64)
    scale = pl.col("denominator_scale") / pl.col("numerator_scale")
    quotient = others_numerator * pl.col("multiplier") / others_denominator * scale
    is_summable = pl.col("statistic").is_in([statistic.value for statistic in SUMMABLE])
    return (
        placed.join(totals, on=key, how="left", maintain_order="left")
        .join(own, on=[*key, "area_code"], how="left", maintain_order="left")
        .join(members, on=["period_end", "against_code", "level"], how="left", maintain_order="left")
        .with_columns(
            others_counted.alias("others_counted"),
            pl.when(is_summable & (others_counted > 0) & (others_denominator > 0))
            .then(quotient)
            .alias("against_value"),
        )
        .drop("all_numerators", "all_denominators", "all_counted", "whole_numerator", "whole_denominator")
    )


def published_figures(partnership: Partnership, as_of: date) -> pl.DataFrame:
    """Return the published figures that were known on the date; of two of one figure, the later released."""
    known = [
        one
        for one in partnership.series.values()
        if one.description.kind is SeriesKind.BENCHMARK and one.description.released_on <= as_of
    ]
    ordered = sorted(known, key=lambda one: (one.description.released_on, one.description.id), reverse=True)
    frames = [pl.DataFrame(schema=REFERENCE_COLUMNS), *(one.frame for one in ordered)]
    figures = pl.concat(frames).filter(pl.col("value").is_not_null() | pl.col("denominator").is_not_null())
    return figures.unique([*_FIGURE, "area_code"], keep="first", maintain_order=True).select(
        *_FIGURE,
        "area_code",
        pl.col("value").alias("published_value"),
        pl.col("numerator").alias("published_numerator"),
        pl.col("denominator").alias("published_denominator"),
    )
