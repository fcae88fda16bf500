"""Coverage: of the areas that should have come, which came, and how much of the population they are."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from outcomes.geography.areas import Areas
from outcomes.reference_series import ReferenceSeries
from outcomes.rollup.codes import REASONS, reason_place
from outcomes.rollup.ladder import WEIGHT_SCALE, Terrain
from outcomes.rollup.populations import persons_of
from outcomes.table import empty_table
from outcomes.vocabulary import AreaLevel, Reason

__all__ = ["COVERAGE_COLUMNS", "areas_not_valid", "covered", "joined_with_coverage", "with_coverage"]

COVERAGE_COLUMNS: Final[dict[str, pl.DataType]] = {
    "figure": pl.UInt32(),
    "area": pl.UInt32(),
    "parts_expected": pl.Int32(),
    "parts_contributed": pl.Int32(),
    "coverage": pl.Float64(),
    "missing_parts": pl.List(pl.String()),
    "parts_reason": pl.UInt8(),
}
_POPULATION: Final = ("population", "area", "period_kind", "period_start", "period_end")
# shares are held to the millionth, so that persons × share stays far below the limit of Int64
_SHARE: Final = 1_000_000


def areas_not_valid(areas: Areas, codes: list[str], periods: pl.DataFrame) -> pl.DataFrame:
    """Return the areas that were not valid throughout a period, and remainders, of which nothing is ever expected.

    Arguments:
        areas: With their dates.
        codes: The codes that the areas' numbers stand for.
        periods: period_start, period_end.

    Returns:
        period_start, period_end, area.
    """
    spans = periods.select("period_start", "period_end").unique().sort(pl.all()).rows()
    rows = [
        (first, last, number)
        for number, code in enumerate(codes)
        if (area := areas.by_code[code]).valid_from or area.valid_to or area.is_remainder
        for first, last in spans
        if area.is_remainder or not area.is_valid(first, last)
    ]
    schema = {"period_start": pl.Date, "period_end": pl.Date, "area": pl.UInt32}
    return pl.DataFrame(rows, schema=schema, orient="row")


def with_coverage(
    wholes: pl.DataFrame,
    own: pl.DataFrame,
    figures: pl.DataFrame,
    terrain: Terrain,
    invalid: pl.DataFrame,
    excused: pl.DataFrame,
    series: Mapping[str, ReferenceSeries],
) -> pl.DataFrame:
    """Return wholes with parts_expected, parts_contributed, coverage, missing_parts and parts_reason.

    A complete whole is covered wholly, unless its own population says that there is more of it than its areas; only
    for the others is it found out which parts are missing.

    Arguments:
        wholes: As `wholes_above` returns them.
        own: As `entering` returns them.
        figures: As described.
        terrain: The areas and footprints.
        invalid: period_start, period_end, area.
        excused: figure, area: areas that nobody misses, as `stood_in_for` returns them.
        series: Reference series by id.
    """
    found = []
    for regime, level in figures.select("regime", "collected_at").unique().sort(pl.all()).rows():
        of_group = figures.filter((pl.col("regime") == regime) & (pl.col("collected_at") == level))
        holdings = terrain.ladder(regime, AreaLevel(level)).holdings
        wider = _wider_than_their_areas(of_group, holdings, series, terrain.codes)
        of_ladder = wholes.select("figure", "area", "is_complete").join(of_group, on="figure")
        asked = of_ladder.join(wider, on=_POPULATION, how="left").filter(
            ~pl.col("is_complete") | pl.col("own_persons").is_not_null()
        )
        if asked.height:
            found.append(
                covered(
                    asked.select("figure", "area", "own_persons"),
                    own,
                    of_group,
                    holdings,
                    invalid,
                    excused,
                    series,
                    terrain.codes,
                )
            )
    return joined_with_coverage(wholes, pl.concat([empty_table(COVERAGE_COLUMNS), *found]))


def joined_with_coverage(wholes: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """Return wholes with the coverage that was worked out for some; the others are covered wholly.

    Arguments:
        wholes: figure, area, entered, is_complete and any other columns.
        parts: The columns of `COVERAGE_COLUMNS`, of those wholes that are not complete.
    """
    entered = pl.col("entered").cast(pl.Int32)
    is_covered = pl.col("parts_expected").is_null()
    return wholes.join(parts, on=["figure", "area"], how="left").with_columns(
        pl.when(is_covered).then(entered).otherwise("parts_expected").alias("parts_expected"),
        pl.when(is_covered).then(entered).otherwise("parts_contributed").alias("parts_contributed"),
        pl.when(is_covered).then(1.0).otherwise("coverage").alias("coverage"),
        pl.col("missing_parts").fill_null([]),
        is_complete=is_covered,
    )


def _wider_than_their_areas(
    figures: pl.DataFrame, holdings: pl.DataFrame, series: Mapping[str, ReferenceSeries], codes: list[str]
) -> pl.DataFrame:
    """The wholes whose own population is larger than that of all areas that are known to make them up.

    So the sum of one system's areas is never taken for a nation that has the system as its only part here.

    Returns:
        The columns of `_POPULATION` and own_persons.
    """
    key = [name for name in _POPULATION if name != "area"]
    periods = figures.filter(pl.col("population").is_not_null()).select(key).unique()
    areas = pl.concat([holdings.select("area"), holdings.select(area="whole")]).unique()
    persons = _with_persons(periods.join(areas, how="cross"), series, codes)
    parts = (
        persons.join(holdings, on="area")
        .group_by(*key, "whole")
        .agg(
            is_known=pl.col("persons").is_not_null().all(),
            of_parts=(pl.col("persons").cast(pl.Int128) * pl.col("share")).sum() // WEIGHT_SCALE,
        )
        .filter("is_known")
        .rename({"whole": "area"})
    )
    return (
        persons.join(parts, on=[*key, "area"])
        # published populations of different releases differ by their rounding
        .filter(pl.col("of_parts") * 1000 < pl.col("persons") * 999)
        .select(*_POPULATION, own_persons="persons")
    )


def covered(
    asked: pl.DataFrame,
    own: pl.DataFrame,
    figures: pl.DataFrame,
    holdings: pl.DataFrame,
    invalid: pl.DataFrame,
    excused: pl.DataFrame,
    series: Mapping[str, ReferenceSeries],
    codes: list[str],
) -> pl.DataFrame:
    """Return coverage, and who is missing, of wholes that are not complete.

    An area is expected if it was valid throughout the period, or has a number all the same; not if it says that the
    figure does not apply to it. Areas weigh by their population, whatever the group of the figure; where the population
    of an expected area is not known they weigh alike. An area in which sources are missing counts for the share of its
    sources that came. Everything is summed in whole numbers and divided once.

    Arguments:
        asked: figure, area, own_persons: the wholes, and how many persons they have where that is more than their
            areas have together.
        own: figure, area, enters, sources_expected, sources_contributed, reason: the collected areas.
        figures: figure, period_kind, period_start, period_end, population (the id of a series, or null).
        holdings: whole, area, share, as of the ladder.
        invalid: period_start, period_end, area.
        excused: figure, area: areas that nobody misses.
        series: Reference series by id.
        codes: The codes that the areas' numbers stand for.

    Returns:
        The columns of `COVERAGE_COLUMNS`.
    """
    of_figure = figures.select("figure", "period_kind", "period_start", "period_end", "population")
    states = own.select("figure", "area", "enters", "sources_expected", "sources_contributed", "reason")
    parts = (
        asked.rename({"area": "whole"})
        .join(of_figure, on="figure")
        .join(holdings, on="whole")
        .join(invalid.with_columns(is_invalid=True), on=["period_start", "period_end", "area"], how="left")
        .join(excused.with_columns(is_excused=True), on=["figure", "area"], how="left")
        .join(states.with_columns(is_sent=True), on=["figure", "area"], how="left")
        .with_columns(
            reason=pl.when(pl.col("is_sent").is_null()).then(reason_place(Reason.MISSING)).otherwise("reason")
        )
    )
    does_apply = pl.col("reason").is_null() | (pl.col("reason") != REASONS.index(Reason.NOT_APPLICABLE))
    enters = pl.col("enters").fill_null(False)
    parts = _with_persons(parts, series, codes).with_columns(
        is_expected=does_apply & (pl.all_horizontal(pl.col("is_invalid", "is_excused").is_null()) | enters),
        enters=enters,
        share=pl.col("share") // (WEIGHT_SCALE // _SHARE),
        area_code=pl.lit(pl.Series(codes, dtype=pl.String)).gather("area"),
    )
    sources = pl.col("sources_expected")
    of_sources = pl.col("sources_contributed") * _SHARE // pl.when(sources > 0).then(sources).otherwise(1)
    came = pl.when("enters").then(of_sources.cast(pl.Int64)).otherwise(0)
    is_short = ~pl.col("enters") | (pl.col("sources_contributed") < sources)
    expected = pl.col("is_expected")
    found = parts.group_by("figure", "whole").agg(
        parts_expected=expected.sum().cast(pl.Int32),
        parts_contributed=(expected & pl.col("enters")).sum().cast(pl.Int32),
        has_persons=pl.col("persons").filter(expected).is_not_null().all(),
        # persons and shares are multiplied in 128 bits: a nation's persons, a millionth share and source share
        persons_due=pl.max_horizontal(
            _sum_of(pl.col("persons"), pl.lit(_SHARE)),
            pl.col("own_persons").first().fill_null(0).cast(pl.Int128) * _SHARE * _SHARE,
        ),
        persons_in=_sum_of(pl.col("persons"), came),
        shares_due=_sum_of(pl.lit(1), pl.lit(_SHARE)),
        shares_in=_sum_of(pl.lit(1), came),
        missing_parts=pl.col("area_code").filter(expected & is_short).sort(),
        least=pl.col("reason").filter(expected).min(),
        greatest=pl.col("reason").filter(expected).max(),
        # of whom nothing is expected, what they said all the same
        said=pl.col("reason").filter("is_sent").min(),
    )
    by_persons = pl.col("has_persons") & (pl.col("persons_due") > 0)
    due = pl.when(by_persons).then("persons_due").otherwise("shares_due")
    came_in = pl.when(by_persons).then("persons_in").otherwise("shares_in")
    return found.with_columns(
        area="whole",
        coverage=pl.when(due > 0).then(came_in.cast(pl.Float64) / due.cast(pl.Float64)),
        parts_reason=pl.when(pl.col("parts_expected") == 0)
        .then("said")
        .when(pl.col("least") == pl.col("greatest"))
        .then("least")
        .otherwise(reason_place(Reason.MISSING)),
    ).select(COVERAGE_COLUMNS.keys())


def _sum_of(weight: pl.Expr, part: pl.Expr) -> pl.Expr:
    product = weight.cast(pl.Int128) * pl.col("share") * part
    return product.filter(pl.col("is_expected")).sum()


def _with_persons(parts: pl.DataFrame, series: Mapping[str, ReferenceSeries], codes: list[str]) -> pl.DataFrame:
    key = list(_POPULATION)
    asked = parts.select(key).filter(pl.col("population").is_not_null()).unique().sort(key)
    known = [
        of_series.with_columns(
            persons=persons_of(
                series[str(name)],
                of_series.with_columns(
                    area_code=pl.lit(pl.Series(codes, dtype=pl.String)).gather("area"), breakdown=pl.lit("")
                ),
            )
        )
        for (name,), of_series in asked.group_by("population", maintain_order=True)
    ]
    persons = pl.concat(known) if known else asked.with_columns(persons=pl.lit(None, pl.Int64))
    return parts.join(persons, on=key, how="left")
