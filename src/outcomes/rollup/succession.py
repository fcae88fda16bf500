"""Succession in roll-up: figures of areas that ended count for the areas that followed them, each once in every sum.

- A figure of a period that began before an area did is made of the areas of that day from which it came: after a new
  code it is that area's figure, after a merger their sum, and where footprints say how an area was divided it is the
  share of its figure; it says so (`former areas`). Whatever number was sent for the area itself stands before it.
- Of areas that were divided without known shares, and of published values of several areas, nothing is made: the
  figure has the Reason *not comparable*, and the first figure of the area's own is marked as a break in the series.
- An area that existed before it took others in keeps its own figures; the first that holds them is marked as a break.
- In the sum of a larger area a figure sent both for an area and for one that followed it counts once: that of the one
  which was valid on the last day of the period.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from outcomes.reference_series import ReferenceSeries
from outcomes.rollup.codes import QUALIFIER_BITS, reason_place
from outcomes.rollup.coverage import COVERAGE_COLUMNS, covered, joined_with_coverage
from outcomes.rollup.hierarchy import climbed, sums_that_enter
from outcomes.rollup.ladder import WEIGHT_SCALE, Ladder, Rung, Terrain
from outcomes.rollup.lineage import Lineage
from outcomes.rollup.measuring import measures_as_published, measures_of_wholes, preferred
from outcomes.table import empty_table
from outcomes.vocabulary import AreaChange, AreaLevel, Qualifier, Reason

__all__ = ["each_once", "measures_of_former_areas", "with_former_areas"]

_CELL: Final = ["figure", "area"]
_SERIES: Final = ["indicator_id", "period_kind", "breakdown", "area"]
_NUMBERS: Final = ("numerator", "denominator", "sum_of_squares", "value", "lower_ci_95", "upper_ci_95")
_FORMER: Final = QUALIFIER_BITS[Qualifier.FORMER_AREAS]
_BREAK: Final = QUALIFIER_BITS[Qualifier.BREAK_IN_SERIES]


def each_once(own: pl.DataFrame, figures: pl.DataFrame, lineage: Lineage) -> pl.DataFrame:
    """Return the areas' own sums without those that would be counted twice, once by either code of an area.

    Of an area and one that followed it, the one that was not valid on the last day of the period is left out; where
    neither was, the earlier. Where both were (an area that existed before it took others in) both count.

    Arguments:
        own: The areas' own sums, as `entering` returns them.
        figures: As described.
        lineage: Where areas came from.
    """
    if lineage.lines.is_empty():
        return own
    # the others enter no sum, so nothing counts twice by them
    entered = own.filter("enters", "is_collected").select(_CELL)
    both = (
        lineage.lines.join(entered.rename({"area": "origin"}), on="origin")
        .join(entered, on=_CELL)
        .join(figures.select("figure", "period_end"), on="figure")
    )
    last = pl.col("period_end")

    def was_valid(name: str) -> pl.Expr:
        begun, ended = pl.col(f"{name}_from"), pl.col(f"{name}_to")
        return (begun.is_null() | (begun <= last)) & (ended.is_null() | (last <= ended))

    left_out = both.filter(~(was_valid("origin") & was_valid("area"))).select(
        "figure", pl.when(was_valid("origin")).then("area").otherwise("origin").alias("area")
    )
    return own.join(left_out, on=_CELL, how="anti")


def measures_of_former_areas(
    own: pl.DataFrame,
    wholes: pl.DataFrame,
    published: pl.DataFrame,
    figures: pl.DataFrame,
    lineage: Lineage,
    terrain: Terrain,
    invalid: pl.DataFrame,
    series: Mapping[str, ReferenceSeries],
    words: list[str],
    minimum_coverage: float,
) -> pl.DataFrame:
    """Return what the figures of areas that ended make for the areas that followed them.

    Arguments:
        own: The areas' own sums, as `entering` returns them.
        wholes: The sums of wholes, as `wholes_above` returns them.
        published: Published rows, as `settled` returns them.
        figures: As described.
        lineage: Where areas came from.
        terrain: The areas and footprints.
        invalid: period_start, period_end, area: areas that were not valid throughout a period.
        series: Reference series by id.
        words: The sender columns.
        minimum_coverage: The share of the population that must be behind a rate.

    Returns:
        Measures, each figure and area once, with is_broken: whether the series of the area cannot be led across. Only
        of figures of which at least one former area was sent.
    """
    sent = pl.concat([frame.select(_CELL) for frame in (own, wholes, published)]).unique()
    of_value = published.filter(pl.col("value").is_not_null()).select(
        "figure", origin="area", is_value=pl.lit(value=True)
    )
    asked = (
        figures.select("figure", "period_start", "regime", "collected_at")
        .join(lineage.epochs, on="period_start")
        .join(lineage.origins, on="epoch")
        .join(sent.rename({"area": "origin"}), on=["figure", "origin"])
        .join(of_value, on=["figure", "origin"], how="left")
    )
    is_recode = pl.col("change") == AreaChange.RECODE
    is_refused = (pl.col("change") == AreaChange.SPLIT) | (pl.col("is_value").any().over(_CELL) & ~is_recode)
    asked = asked.with_columns(is_refused=is_refused.fill_null(value=False))
    refused = asked.filter("is_refused").unique(_CELL).sort(_CELL)
    made = asked.filter(~pl.col("is_refused"))
    renamed = made.filter(is_recode).select("figure", "origin", "area")
    copied = (
        published.rename({"area": "origin"})
        .join(renamed, on=["figure", "origin"])
        .with_columns(pl.col("flags") | _FORMER)
        .select(published.columns)
    )
    sums = _sums(own, wholes, figures, made, lineage, terrain, invalid, series, words)
    summed = measures_of_wholes(sums, figures, series, terrain.codes, words, minimum_coverage)
    found = pl.concat(
        [
            _as_reliable(summed, own.rename({"area": "origin"}).join(renamed, on=["figure", "origin"])),
            measures_as_published(copied, figures, words),
            _not_comparable(refused, figures, words),
        ]
    )
    taken, _ = preferred(found, figures)
    broken = asked.filter(pl.col("is_refused") | (pl.col("change") == AreaChange.APPORTIONED)).select(_CELL).unique()
    return taken.join(broken.with_columns(is_broken=True), on=_CELL, how="left").with_columns(
        pl.col("is_broken").fill_null(value=False)
    )


def with_former_areas(
    measures: pl.DataFrame, former: pl.DataFrame, figures: pl.DataFrame, lineage: Lineage
) -> pl.DataFrame:
    """Return measures with those that former areas make where there is no number, and with breaks in series marked.

    Arguments:
        measures: figure, area and what they carry, each figure and area once.
        former: As `measures_of_former_areas` returns them.
        figures: As described.
        lineage: Where areas came from.
    """
    own = measures.filter(pl.col("reason").is_null())
    added = former.join(own, on=_CELL, how="anti")
    of_series = figures.select("figure", "indicator_id", "period_kind", "breakdown", "period_start", "period_end")
    begins = _first_after_break(own.join(of_series, on="figure"), added.join(of_series, on="figure"), lineage)
    rest = measures.join(added, on=_CELL, how="anti", maintain_order="left")
    marked = (
        rest.join(begins.with_columns(is_break=True), on=_CELL, how="left", maintain_order="left")
        .with_columns(pl.when("is_break").then(pl.col("flags") | _BREAK).otherwise("flags").alias("flags"))
        .drop("is_break")
    )
    return pl.concat([marked, added.select(marked.columns).cast(marked.schema)])


def _first_after_break(own: pl.DataFrame, added: pl.DataFrame, lineage: Lineage) -> pl.DataFrame:
    """The figures with which a series begins anew."""
    after_former = (
        added.filter("is_broken")
        .group_by(_SERIES)
        .agg(last=pl.col("period_start").max())
        .join(own, on=_SERIES)
        .filter(pl.col("period_start") > pl.col("last"))
        .sort("period_start")
        .unique(_SERIES, keep="first", maintain_order=True)
    )
    after_taking_in = (
        own.join(lineage.taken_in, on="area")
        .filter((pl.col("period_end") < pl.col("day")).any().over([*_SERIES, "day"]))
        .filter(pl.col("period_end") >= pl.col("day"))
        .sort("period_start")
        .unique([*_SERIES, "day"], keep="first", maintain_order=True)
    )
    return pl.concat([after_former.select(_CELL), after_taking_in.select(_CELL)]).unique()


def _as_reliable(summed: pl.DataFrame, renamed: pl.DataFrame) -> pl.DataFrame:
    """A sum does not take over the low reliability of its parts; another code for one area does."""
    low = renamed.select(*_CELL, low=pl.col("flags") & QUALIFIER_BITS[Qualifier.LOW_RELIABILITY])
    flags = pl.when(pl.col("reason").is_null()).then(pl.col("flags") | pl.col("low").fill_null(0)).otherwise("flags")
    return summed.join(low, on=_CELL, how="left").with_columns(flags.alias("flags")).drop("low")


def _sums(
    own: pl.DataFrame,
    wholes: pl.DataFrame,
    figures: pl.DataFrame,
    made: pl.DataFrame,
    lineage: Lineage,
    terrain: Terrain,
    invalid: pl.DataFrame,
    series: Mapping[str, ReferenceSeries],
    words: list[str],
) -> pl.DataFrame:
    """The sums over former areas with their coverage, as `measures_of_wholes` takes them."""
    of_own = sums_that_enter(own, figures, words)
    # of a larger area that ended, the sum of its areas stands before what was sent for itself
    of_wholes = wholes.filter(pl.col("entered") > 0).select(of_own.columns)
    parts = pl.concat([of_wholes, of_own.join(of_wholes, on=_CELL, how="anti")])
    parts = parts.with_columns(
        pl.when(pl.col("entered") > 0).then(pl.col("flags") | _FORMER).otherwise("flags").alias("flags")
    )
    sums, coverage = [], [empty_table(COVERAGE_COLUMNS)]
    for epoch, regime, level in made.select("epoch", "regime", "collected_at").unique().sort(pl.all()).rows():
        keys = made.filter(epoch=epoch, regime=regime, collected_at=level).select(_CELL).unique()
        ladder = _ladder_of(lineage, epoch, terrain.ladder(regime, AreaLevel(level)))
        in_group = parts.join(keys.select("figure").unique(), on="figure", how="semi")
        group = climbed(in_group, ladder, words).join(keys, on=_CELL, how="semi")
        # an origin was valid when the period began; it is expected though it ended within it
        lapsed = _without_origins(invalid, lineage, epoch)
        of_group = figures.join(keys.select("figure").unique(), on="figure", how="semi")
        has_all = pl.col("is_whole") == _expected(group, of_group, ladder, lapsed)
        group = group.with_columns(is_complete=has_all & (pl.col("entered") > 0))
        sums.append(group)
        incomplete = group.filter(~pl.col("is_complete")).select(*_CELL, own_persons=pl.lit(None, pl.Int64))
        if incomplete.height:
            none = incomplete.select(_CELL).clear()
            coverage.append(covered(incomplete, own, of_group, ladder.holdings, lapsed, none, series, terrain.codes))
    found = pl.concat([parts.clear().with_columns(is_complete=pl.lit(value=True)), *sums])
    return joined_with_coverage(found, pl.concat(coverage))


def _ladder_of(lineage: Lineage, epoch: int, ladder: Ladder) -> Ladder:
    """One rung from the areas of an epoch to those that followed them, above the ladder of that time."""
    origins = lineage.origins.filter((pl.col("epoch") == epoch) & pl.col("share").is_not_null())
    splits = lineage.splits.filter(pl.col("epoch") == epoch).drop("epoch")
    # a share that is all but whole is a piece of its split, and no second time the area itself
    steps = origins.filter(pl.col("share") == WEIGHT_SCALE).select(area="origin", whole="area")
    steps = steps.join(splits.select("area").unique(), on="area", how="anti")
    held = origins.select(whole="area", part="origin", held="share")
    below = ladder.holdings.rename({"whole": "part"})
    direct = held.join(below, on="part", how="anti").select("whole", area="part", share="held")
    through = held.join(below, on="part").select(
        "whole", "area", share=(pl.col("share").cast(pl.Int128) * pl.col("held") // WEIGHT_SCALE).cast(pl.Int64)
    )
    holdings = pl.concat([direct, through]).group_by("whole", "area").agg(pl.col("share").sum().clip(0, WEIGHT_SCALE))
    return Ladder((Rung({0: steps}, {0: splits}),), holdings.sort("whole", "area"))


def _without_origins(invalid: pl.DataFrame, lineage: Lineage, epoch: int) -> pl.DataFrame:
    origins = lineage.origins.filter(pl.col("epoch") == epoch).select(area="origin").unique()
    starts = lineage.epochs.filter(pl.col("epoch") == epoch).select("period_start")
    return invalid.join(starts, on="period_start", how="semi").join(origins, on="area", how="anti")


def _expected(group: pl.DataFrame, figures: pl.DataFrame, ladder: Ladder, lapsed: pl.DataFrame) -> pl.Series:
    """How many areas are expected behind each sum."""
    of_whole = ladder.holdings.group_by("whole").agg(held=pl.len())
    less = lapsed.join(ladder.holdings, on="area").group_by("period_start", "period_end", "whole").agg(less=pl.len())
    return (
        group.select("figure", whole="area")
        .join(figures.select("figure", "period_start", "period_end"), on="figure", how="left", maintain_order="left")
        .join(of_whole, on="whole", how="left", maintain_order="left")
        .join(less, on=["period_start", "period_end", "whole"], how="left", maintain_order="left")
        .select(pl.col("held") - pl.col("less").fill_null(0))
        .to_series()
    )


def _not_comparable(refused: pl.DataFrame, figures: pl.DataFrame, words: list[str]) -> pl.DataFrame:
    """A Reason for each figure and area of which nothing is made; the columns of measures."""
    return refused.join(figures.select("figure", "is_published"), on="figure", how="left").select(
        "figure",
        "area",
        "is_published",
        **{name: pl.lit(None, pl.Int64) for name in _NUMBERS[:3]},
        **{name: pl.lit(None, pl.Float64) for name in _NUMBERS[3:]},
        parts_expected=pl.lit(0, pl.Int32),
        parts_contributed=pl.lit(0, pl.Int32),
        coverage=pl.lit(None, pl.Float64),
        missing_parts=pl.lit(None, pl.List(pl.String)),
        **{f"absent_{word}": pl.lit(0, pl.Int64) for word in words},
        reason=reason_place(Reason.NOT_COMPARABLE),
        detail=pl.lit(None, pl.UInt8),
        flags=pl.lit(0, pl.UInt16),
        **{word: pl.lit(0, pl.Int64) for word in words},
        rank=pl.lit(2, pl.UInt8),
    )
