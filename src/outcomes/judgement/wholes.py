"""Finds the system, region and nation that each area lay in on a day, through the footprints."""

from datetime import date
from typing import Final

import polars as pl

from outcomes.geography.footprints import Footprints
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import AreaLevel

__all__ = ["WHOLE_LEVELS", "areas_above"]

WHOLE_LEVELS: Final = (AreaLevel.NATION, AreaLevel.REGION, AreaLevel.SYSTEM)

_WHOLES: Final[dict[str, pl.DataType]] = {
    "period_end": pl.Date(),
    "area_code": pl.String(),
    "level_above": pl.String(),
    "code_above": pl.String(),
    "codes_above": pl.UInt32(),
}


def areas_above(partnership: Partnership, days: pl.Series, footprints: Footprints | None = None) -> pl.DataFrame:
    """Return for each area and day the system, the region and the nation that it lay in.

    An area that no footprint leads to a nation lies in the nation, if the partnership knows exactly one.

    Arguments:
        partnership: Areas and footprints, with their dates.
        days: The days that are asked for, each once.
        footprints: Others than the partnership's.

    Returns:
        `period_end` (the day), `area_code`, `level_above`, `code_above` (the first by code where there are several)
        and `codes_above` (how many there are: above 1 the area lies across a border).
    """
    found = [pl.DataFrame(schema=_WHOLES)]
    known: dict[tuple[bool, ...] | None, pl.DataFrame] = {}
    steps = (footprints or partnership.footprints).frame
    has_dates = not steps["valid_from"].drop_nulls().is_empty() or not steps["valid_to"].drop_nulls().is_empty()
    for day in days.unique().sort():
        is_valid = _is_valid(day)
        # most days share one geography: it is climbed once
        mark = tuple(steps.select(is_valid).to_series()) if has_dates else None
        if mark not in known:
            known[mark] = _climbed(steps.filter(is_valid), partnership)
        found.append(known[mark].select(pl.lit(day, dtype=pl.Date).alias("period_end"), pl.all()))
    return pl.concat(found)


def _is_valid(day: date) -> pl.Expr:
    begun = pl.col("valid_from").is_null() | (pl.col("valid_from") <= day)
    return begun & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= day))


def _climbed(steps: pl.DataFrame, partnership: Partnership) -> pl.DataFrame:
    """Return the wholes of every area, of the levels that are compared with, one row an area and level."""
    step = steps.select(pl.col("member_code").alias("area_code"), pl.col("area_code").alias("code_above")).unique()
    reached = step
    front = step
    upward = step.rename({"area_code": "code_above", "code_above": "next_code"})
    while not front.is_empty():
        front = (
            front.join(upward, on="code_above")
            .select("area_code", pl.col("next_code").alias("code_above"))
            .unique()
            # a circle of footprints ends where it began
            .join(reached, on=["area_code", "code_above"], how="anti")
        )
        reached = pl.concat([reached, front])
    levels = partnership.areas.frame.select(
        pl.col("area_code").alias("code_above"), pl.col("level").alias("level_above")
    ).filter(pl.col("level_above").is_in([level.value for level in WHOLE_LEVELS]))
    wholes = reached.join(levels, on="code_above").filter(pl.col("area_code") != pl.col("code_above"))
    nations = partnership.areas.at_level(AreaLevel.NATION)
    if len(nations) == 1:
        nation = AreaLevel.NATION.value
        lead_there = wholes.filter(pl.col("level_above") == nation).select("area_code")
        others = partnership.areas.frame.filter(pl.col("level") != nation).select("area_code")
        wholes = pl.concat(
            [
                wholes,
                others.join(lead_there, on="area_code", how="anti").select(
                    "area_code",
                    pl.lit(nations[0].code).alias("code_above"),
                    pl.lit(nation).alias("level_above"),
                ),
            ]
        )
    return (
        wholes.group_by("area_code", "level_above")
        .agg(pl.col("code_above").min(), pl.col("code_above").n_unique().alias("codes_above"))
        .select(name for name in _WHOLES if name != "period_end")
        .sort("area_code", "level_above")
    )
