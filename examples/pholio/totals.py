"""Adds districts and NHS areas up by the library, and holds the sums against the wholes that are published."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import polars as pl
from examples.evidence import Held
from examples.pholio.areas import Hierarchy, children_of
from examples.pholio.keys import KEY, period_text

import outcomes as oc

__all__ = ["hold_totals", "hold_wholes"]

_SUMMED: Final = ("proportion", "crude_rate", "count")
# the level of counties and boards in the hierarchy
_OF_WHOLES: Final = 2
# counts that are shares of others are read to so many decimals, as the layouts say
_DECIMALS: Final = 6
_TOLERANCE: Final = 1e-6
_NUMBERS: Final = ("count", "denominator")


def hold_totals(rows: pl.DataFrame, framework: oc.Framework, hierarchy: Hierarchy, as_of: date) -> Iterator[Held]:
    """Hold each published count and denominator of a whole against the sum of its parts, where all are published.

    Arguments:
        rows: As `with_keys` returns them.
        framework: Whose indicators are added up.
        hierarchy: Which area lies in which.
        as_of: The day on which the sums speak.
    """
    periods = {one.id: one.period.value for one in framework.indicators if one.statistic.value in _SUMMED}
    given = rows.filter(pl.col("indicator_id").is_in(list(periods)) & pl.col("count").is_not_null())
    # of a figure that stands several times, as of quarters, it cannot be told which is meant
    given = given.filter((pl.len().over(KEY) == 1) & (pl.col("category_type") == ""))
    present = set(given["area_code"].unique())
    # counties of districts and boards of their sub-areas; below these the hierarchy is only a sample
    wholes = [code for code in sorted(present) if code in hierarchy and hierarchy[code]["level"] == _OF_WHOLES]
    inside = {code: children_of(hierarchy, code) for code in wholes}
    inside = {code: parts for code, parts in inside.items() if len(present & set(parts)) > 1}
    if not inside:
        return
    named = [(code, "system", "") for code in inside]
    named += [(part, "place", code) for code, parts in inside.items() for part in parts]
    areas = pl.DataFrame(
        [(code, str(hierarchy[code]["areaName"]), level, above) for code, level, above in named],
        schema=["area_code", "name", "level", "parent_code"],
        orient="row",
    )
    partnership = oc.partnership_from(frameworks=[framework], areas=areas, area_code=next(iter(inside)))
    parts = given.filter(pl.col("area_code").is_in([part for parts in inside.values() for part in parts]))
    texts = [period_text(periods[row[0]], row[1]) for row in parts.select("indicator_id", "year").iter_rows()]
    sent = parts.select(
        "indicator_id",
        pl.col("area_code").alias("place_code"),
        pl.Series("period", texts, dtype=pl.String),
        "sex",
        pl.col("age").alias("age_band"),
        pl.col("count").round(_DECIMALS).alias("numerator"),
        pl.col("denominator").round(_DECIMALS),
    )
    measures = oc.roll_up(oc.observations(sent, partnership), partnership, as_of=as_of)
    ours = oc.estimate(measures, partnership).frame.filter(pl.col("parts_contributed") == pl.col("parts_expected"))
    sums = ours.with_columns(year=pl.col("period_start").dt.year().cast(pl.Int64)).select(
        *KEY,
        pl.col("parts_expected").alias("parts"),
        pl.col("numerator").alias("count_sum"),
        denominator_sum="denominator",
    )
    both = given.filter(pl.col("area_code").is_in(list(inside))).join(sums, on=list(KEY), how="inner")
    placed = _placed(given, inside)
    for name in ("count", "denominator"):
        yield _held(both, placed, name, f"{name}s of {', '.join(inside)} by the sum of their parts")


def hold_wholes(
    rows: pl.DataFrame, estimates: oc.Estimates, area_code: str, places: Sequence[str], framework: oc.Framework
) -> Iterator[Held]:
    """Hold what was published for the system itself against the sum of its places, both as the library has them.

    Arguments:
        rows: As `with_keys` returns them.
        estimates: Of the partnership, with what was submitted for wholes.
        area_code: The system.
        places: The areas that it is made of.
        framework: Whose indicators are added up.
    """
    summed = [one.id for one in framework.indicators if one.statistic.value in _SUMMED]
    key = ["indicator_id", "area_code", "period_start", "breakdown"]
    ours = estimates.frame.select(*key, parts="parts_expected", count_sum="numerator", denominator_sum="denominator")
    submitted = estimates.submitted.filter((pl.col("area_code") == area_code) & pl.col("indicator_id").is_in(summed))
    both = submitted.join(ours, on=key, how="inner").with_columns(
        count=pl.col("numerator"), year=pl.col("period_start").dt.year().cast(pl.Int64)
    )
    placed = _placed(rows, {area_code: list(places)})
    for name in ("count", "denominator"):
        yield _held(both, placed, name, f"{name}s of {area_code} by the sum of its places")


def _placed(rows: pl.DataFrame, inside: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """Return the published rows of parts under the code of their whole, each with its own."""
    named = [(part, code) for code, parts in inside.items() for part in parts]
    wholes = pl.DataFrame(named, schema={"part_code": pl.String, "area_code": pl.String}, orient="row")
    return rows.rename({"area_code": "part_code"}).join(wholes, on="part_code").select(*KEY, "part_code", *_NUMBERS)


def _held(both: pl.DataFrame, placed: pl.DataFrame, name: str, kind: str) -> Held:
    """Hold a whole as published against our sum, and what differs against a sum made apart from the library."""
    published, total = pl.col(name), pl.col(f"{name}_sum")
    given = both.filter(published.is_not_null() & total.is_not_null())
    room = _TOLERANCE * (pl.col("parts") + 1)
    difference = (total - published).abs()
    equal = given.filter(difference <= room)
    others = given.filter(difference > room)
    # a whole and each part may be rounded to 5, or where they are not multiples of it, to a whole number
    half = pl.when((published % 5 == 0) & (total % 5 == 0)).then(2.5).otherwise(0.5)
    odd = others.filter(difference > half * (pl.col("parts") + 1))
    within = others.height - odd.height
    parts = placed.select(*KEY, "part_code", part=name)
    short = odd.join(parts, on=list(KEY)).filter((total - published - pl.col("part")).abs() <= room)
    short = short.unique(KEY, keep="first", maintain_order=True)
    odd = odd.join(short, on=list(KEY), how="anti")
    # where the parts as published, added up by hand, give the same sum, it is the publication that contradicts itself
    apart = parts.group_by(KEY).agg(pl.col("part").sum().alias("apart"))
    contradicting = odd.join(apart, on=list(KEY)).filter((total - pl.col("apart")).abs() <= room)
    remarks = [f"{within:,} more within the rounding of whole and parts"] if within else []
    codes = ", ".join(short["part_code"].unique().sort())
    remarks += [f"{short.height:,} short by exactly the figure of {codes}"] if short.height else []
    remarks += [f"{contradicting.height:,} contradict their parts as published"] if contradicting.height else []
    return Held(
        kind,
        equal.height,
        given.height,
        "; ".join(remarks),
        odd.select(*KEY, name, f"{name}_sum"),
        is_explained=contradicting.height == odd.height,
    )
