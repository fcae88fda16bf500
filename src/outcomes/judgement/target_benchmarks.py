"""Finds the level of a benchmark target: an area above, or the best quartile or median of the other areas."""

from datetime import date
from typing import Final

import polars as pl

from outcomes.estimates.model import Estimates
from outcomes.geography.succession import with_former_areas_placed
from outcomes.judgement.benchmarks import published_figures, with_areas_above
from outcomes.judgement.comparison import obstacles_to_comparison
from outcomes.judgement.wholes import areas_above
from outcomes.partnership.model import Partnership
from outcomes.statistics.quantiles import quantile
from outcomes.vocabulary import Detail, Polarity, Reason, Statistic, TargetMatch

__all__ = ["PEERS", "against_a_benchmark"]

PEERS: Final = (TargetMatch.BEST_QUARTILE.value, TargetMatch.MEDIAN.value)
"""What is matched among the other areas of the same level, rather than with an area above."""

_FIGURE: Final = ("indicator_id", "indicator_version", "period_kind", "period_start", "breakdown", "level")
_KINDS: Final = ("terms", "area", "benchmark")


def against_a_benchmark(
    rows: pl.DataFrame, estimates: Estimates, partnership: Partnership, as_of: date
) -> pl.DataFrame:
    """Return figures held against the figure of the same period that they are to match; it counts as exact.

    An area above is found as the comparison finds it. The best quartile and the median are of the other areas of the
    same level, wherever the partnership knows their figures: its own estimates, else published ones. The level of the
    best quartile is the value of the last area in it, by the named rule.

    Arguments:
        rows: Figures held against a target (`targets`), with `match`, `quantile_rule` and `fewest_others`.
        estimates: Every period of every area.
        partnership: Areas, footprints and published series.
        as_of: The date that the judgement speaks for.

    Returns:
        The rows with `against_value`, `lower_amount`, `upper_amount`, `compared_code` (the area above), `points` (how
        many other areas have a figure) and, where it cannot be told, `obstacle`, `obstacle_reason`, `obstacle_detail`.
    """
    parts = [
        _beside_areas_above(rows.filter(~pl.col("match").is_in(PEERS)), estimates, partnership, as_of),
        _beside_peers(rows.filter(pl.col("match").is_in(PEERS)), estimates, partnership, as_of),
    ]
    # a period of which nothing is expected has no factor
    return pl.concat(parts, how="diagonal").with_columns(
        (pl.col("factor") * pl.col("benchmark_found")).alias("against_value"),
        (pl.col("lower_ci_95") - pl.col("factor") * pl.col("benchmark_found")).alias("lower_amount"),
        (pl.col("upper_ci_95") - pl.col("factor") * pl.col("benchmark_found")).alias("upper_amount"),
    )


def _beside_areas_above(
    rows: pl.DataFrame, estimates: Estimates, partnership: Partnership, as_of: date
) -> pl.DataFrame:
    placed = with_former_areas_placed(partnership.succession)
    wholes = areas_above(partnership, rows["period_end"], placed)
    names = partnership.areas.frame.select(
        pl.col("area_code").alias("against_code"), pl.col("name").alias("against_name")
    )
    # the judgements' against is who set the target; a comparison's is what it is compared with
    asked = rows.rename({"against": "set_by", "against_code": "decision"}).with_columns(
        pl.col("match").alias("against")
    )
    found = (
        with_areas_above(asked, wholes, estimates, partnership, as_of)
        .join(names, on="against_code", how="left", maintain_order="left")
        .with_columns(pl.coalesce("against_name", "against_code"))
    )
    told = found.with_columns(obstacles_to_comparison().alias("told")).unnest("told")
    is_in_the_way = pl.col("obstacle_kind").is_in(_KINDS).fill_null(value=False)
    return told.with_columns(
        pl.when(is_in_the_way).then("because").otherwise(pl.lit("")).alias("obstacle"),
        pl.when(is_in_the_way).then("reason_not").alias("obstacle_reason"),
        pl.lit(None, dtype=pl.String).alias("obstacle_detail"),
        pl.when(~is_in_the_way).then("against_value").alias("benchmark_found"),
        pl.col("against_code").alias("compared_code"),
        pl.col("set_by").alias("against"),
        pl.col("decision").alias("against_code"),
    ).drop("set_by", "decision", "against_name", "because", "obstacle_kind", "reason_not", "detail_not", "codes_above")


def _beside_peers(rows: pl.DataFrame, estimates: Estimates, partnership: Partnership, as_of: date) -> pl.DataFrame:
    """Return rows with the level of the best quartile or the median of the others, each without its own area."""
    peers = _peers(rows.select(_FIGURE).unique(), estimates, partnership, as_of)
    number = peers.group_by(_FIGURE).agg(pl.len().cast(pl.Int64).alias("areas"))
    own = peers.select(*_FIGURE, "area_code", pl.col("position").alias("own_position"))
    counted = (
        rows.join(number, on=_FIGURE, how="left", maintain_order="left")
        .join(own, on=[*_FIGURE, "area_code"], how="left", maintain_order="left")
        .with_columns(
            others=pl.col("areas").fill_null(0) - pl.col("own_position").is_not_null().cast(pl.Int64),
        )
        .join(_sizes(rows, number), on=["quantile_rule", "others"], how="left", maintain_order="left")
    )
    is_median = pl.col("match") == TargetMatch.MEDIAN.value
    is_up_good = pl.col("polarity") == Polarity.HIGHER_IS_BETTER.value
    best = pl.when(is_up_good).then(pl.col("others") - pl.col("best")).otherwise(pl.col("best") - 1)
    lower = pl.when(is_median).then((pl.col("others") - 1) // 2).otherwise(best)
    upper = pl.when(is_median).then(pl.col("others") // 2).otherwise(best)
    found = counted
    for name, position in (("lower", lower), ("upper", upper)):
        found = (
            # an area's own place in the order is passed over
            found.with_columns((position + (position >= pl.col("own_position")).fill_null(value=False)).alias("wanted"))
            .join(
                peers.select(*_FIGURE, pl.col("position").alias("wanted"), pl.col("value").alias(f"{name}_found")),
                on=[*_FIGURE, "wanted"],
                how="left",
                maintain_order="left",
            )
            .drop("wanted")
        )
    is_count = pl.col("statistic") == Statistic.COUNT.value
    is_thin = pl.col("others") < pl.col("fewest_others")
    is_in_the_way = is_count | is_thin
    return found.with_columns(
        pl.when(is_count)
        .then(pl.lit("A count grows with the size of the area, so it is not compared with another area's."))
        .when(is_thin)
        .then(
            pl.format(
                "{} other areas of its level have a figure for {}; at least {} are needed.",
                pl.when(pl.col("others") == 0).then(pl.lit("No")).otherwise(pl.format("Only {}", "others")),
                "period",
                "fewest_others",
            )
        )
        .otherwise(pl.lit(""))
        .alias("obstacle"),
        pl.when(is_count)
        .then(pl.lit(Reason.NOT_COMPARABLE.value))
        .when(is_thin)
        .then(pl.lit(Reason.CANNOT_BE_CALCULATED.value))
        .alias("obstacle_reason"),
        pl.when(is_thin & ~is_count).then(pl.lit(Detail.TOO_FEW_POINTS.value)).alias("obstacle_detail"),
        pl.when(~is_in_the_way).then((pl.col("lower_found") + pl.col("upper_found")) / 2).alias("benchmark_found"),
        pl.lit(None, dtype=pl.String).alias("compared_code"),
        pl.col("others").cast(pl.Int32).alias("points"),
    ).drop("areas", "own_position", "others", "best", "lower_found", "upper_found")


def _peers(wanted: pl.DataFrame, estimates: Estimates, partnership: Partnership, as_of: date) -> pl.DataFrame:
    """Return the figures of every area of a level, in order: `position` from 0 for the lowest."""
    columns = [*_FIGURE, "area_code", "value"]
    own = estimates.frame.select(columns).join(wanted, on=_FIGURE, how="semi")
    levels = partnership.areas.frame.select("area_code", "level")
    key = [name for name in _FIGURE if name not in ("indicator_version", "level")]
    published = (
        published_figures(partnership, as_of)
        .join(levels, on="area_code")
        .join(wanted, on=[*key, "level"])
        # where a figure was rolled up or sent, or its Reason, that is the area's
        .join(own, on=[*_FIGURE, "area_code"], how="anti")
        .select(*_FIGURE, "area_code", pl.col("published_value").alias("value"))
    )
    return (
        pl.concat([own, published])
        .filter(pl.col("value").is_finite() & ~pl.col("area_code").is_in(sorted(partnership.areas.remainders)))
        .sort(*_FIGURE, "value", "area_code")
        .with_columns(pl.int_range(pl.len()).over(_FIGURE).alias("position"))
    )


def _sizes(rows: pl.DataFrame, number: pl.DataFrame) -> pl.DataFrame:
    """Return how many areas the best quarter has, by rule and number of areas."""
    found = []
    for rule in rows["quantile_rule"].drop_nulls().unique().sort():
        for areas in sorted({count - less for count in number["areas"].unique() for less in (0, 1)} - {0}):
            quarter = quantile("place", quantiles=4, method=rule, fewest_areas=1).struct.field("quantile")
            places = pl.DataFrame({"place": range(areas)}).select(quarter)
            found.append((rule, areas, int((places["quantile"] == 1).sum())))
    schema = {"quantile_rule": pl.String(), "others": pl.Int64(), "best": pl.Int64()}
    return pl.DataFrame(found, schema=schema, orient="row")
