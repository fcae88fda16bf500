"""The golden process control charts: computes them by the library and pairs the cells."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polars as pl

from outcomes import statistics
from outcomes.vocabulary import Assurance, Polarity, ProcessRule, Variation
from tests.reference.golden import Cell, cells_of, read_golden

__all__ = ["check_spc_points", "check_spc_series"]

POLARITIES = {
    "increase": Polarity.HIGHER_IS_BETTER.value,
    "decrease": Polarity.LOWER_IS_BETTER.value,
    "neutral": Polarity.NO_JUDGEMENT.value,
}
RULES = {
    (ProcessRule.OUTSIDE_LIMITS.value, "up"): "Above UCL",
    (ProcessRule.OUTSIDE_LIMITS.value, "down"): "Below LCL",
    (ProcessRule.SEVEN_IN_A_TREND.value, "up"): "7 Point Trend (Increasing)",
    (ProcessRule.SEVEN_IN_A_TREND.value, "down"): "7 Point Trend (Decreasing)",
    (ProcessRule.TWO_IN_THREE.value, "up"): "2 in 3 Above CL",
    (ProcessRule.TWO_IN_THREE.value, "down"): "2 in 3 Below CL",
    (ProcessRule.SEVEN_ON_ONE_SIDE.value, "up"): "7 Points Above CL",
    (ProcessRule.SEVEN_ON_ONE_SIDE.value, "down"): "7 Points Below CL",
    (None, None): "Common Cause",
}
TYPES = {
    Variation.COMMON_CAUSE.value: "common_cause",
    Variation.IMPROVEMENT.value: "special_cause_improvement",
    Variation.CONCERN.value: "special_cause_concern",
}
ASSURANCES = {
    Assurance.CONSISTENTLY_MEETS.value: "pass",
    Assurance.HIT_AND_MISS.value: "inconsistent",
    Assurance.CONSISTENTLY_MISSES.value: "fail",
}
LIMITS = {"mean": "process_mean", "lpl": "lower_process_limit", "upl": "upper_process_limit"}


@cache
def _points(folder: Path) -> pl.DataFrame:
    """Return every point of every series, each series on its own terms."""
    series = read_golden(folder, "spc_series.csv").with_columns(
        pl.col("improvement_direction").replace_strict(POLARITIES).alias("polarity"),
        pl.col("screen_outliers").replace_strict({True: "ptd", False: "nhse_excel"}).alias("method"),
    )
    rows = read_golden(folder, "spc_input.csv").join(series, on="series_id", maintain_order="left")
    rows = rows.with_columns(
        # limits are cut only at dates that the series has
        pl.col("rebase_dates").fill_null("").str.split(";").list.contains(pl.col("date")).alias("begins_anew"),
    ).select("series_id", "date", "y", "polarity", "method", "begins_anew", "fix_after_n_points", "target")
    return pl.concat(
        statistics.special_cause_points(
            rows.filter(pl.col("method") == method),
            by="series_id",
            order="date",
            value="y",
            polarity="polarity",
            begins_anew="begins_anew",
            baseline_points="fix_after_n_points",
            method=method,
        )
        for method in ("ptd", "nhse_excel")
    ).sort("series_id", "date")


def check_spc_points(folder: Path) -> Iterator[Cell]:
    file = "spc_points.csv"
    golden = read_golden(folder, file).sort("series_id", "date")
    found = _points(folder)
    assert found.select("series_id", "date").equals(golden.select("series_id", "date")), f"{file}: other points"
    rules = pl.struct("rule", "direction").map_elements(
        lambda row: RULES[row["rule"], row["direction"]], return_dtype=pl.String
    )
    type_of = pl.col("variation").replace_strict(
        {**TYPES, Variation.NOT_JUDGED.value: "special_cause_neutral"}, return_dtype=pl.String
    )
    is_neutral = pl.col("variation") == Variation.NOT_JUDGED.value
    end = pl.when(pl.col("direction") == "up").then(pl.lit("_high")).otherwise(pl.lit("_low"))
    # the library says on which side of a limit a point lies, not by how much: read off its own limits
    y, width = pl.col("y"), pl.col("upper_process_limit") - pl.col("process_mean")
    is_outside = (y > pl.col("upper_process_limit")) | (y < pl.col("lower_process_limit"))
    is_near = ((y - pl.col("process_mean")).abs() > width * 2 / 3) & ~is_outside
    found = found.with_columns(
        pl.col("is_provisional").alias("short_group_warning"),
        pl.when(y.is_not_null()).then(is_outside).alias("outside_limits"),
        pl.when(y.is_not_null()).then(is_near).alias("close_to_limits"),
        (y - pl.col("process_mean")).sign().alias("relative_to_mean"),
        rules.alias("special_cause_type"),
        pl.col("rule").is_not_null().alias("special_cause_flag"),
        pl.when(is_neutral).then(type_of + end).otherwise(type_of).alias("point_type"),
    )
    columns = {
        "y": "y",
        "rebase_group": "segment",
        "used_for_limits": "is_in_limits",
        **LIMITS,
        **{
            name: name
            for name in (
                "short_group_warning",
                "outside_limits",
                "relative_to_mean",
                "close_to_limits",
                "special_cause_type",
                "special_cause_flag",
                "point_type",
            )
        },
    }
    yield from cells_of(file, golden["series_id"], columns, golden, found)


def check_spc_series(folder: Path) -> Iterator[Cell]:
    file = "spc_series.csv"
    golden = read_golden(folder, file).sort("series_id")
    points = _points(folder)
    found = statistics.variation_and_assurance(points, by="series_id", polarity="polarity", target="target")
    assert found["series_id"].equals(golden["series_id"]), f"{file}: other series"
    kind = pl.col("variation").replace_strict(
        {
            Variation.COMMON_CAUSE.value: "common_cause",
            Variation.IMPROVEMENT.value: "improvement",
            Variation.CONCERN.value: "concern",
            Variation.NOT_JUDGED.value: "neutral",
        },
        return_dtype=pl.String,
    )
    end = pl.when(pl.col("direction") == "up").then(pl.lit("_high")).otherwise(pl.lit("_low"))
    flagged = pl.col("rule").is_not_null()
    prefixed = pl.when(flagged).then(pl.lit("special_cause_") + kind).otherwise(kind)
    is_short = points.group_by("series_id").agg(pl.col("is_provisional").any().alias("short_series_warning"))
    assurance = pl.col("assurance").replace_strict(ASSURANCES, default=None, return_dtype=pl.String)
    found = found.join(is_short, on="series_id", maintain_order="left").with_columns(
        pl.when(flagged).then(kind + end).otherwise(kind).alias("variation_icon"),
        pl.when(pl.col("variation") == Variation.NOT_JUDGED.value)
        .then(prefixed + end)
        .otherwise(prefixed)
        .alias("variation_type"),
        assurance.alias("assurance_icon"),
        pl.when(assurance.is_in(["pass", "fail"]))
        .then("consistent_" + assurance)
        .otherwise(assurance)
        .alias("assurance_type"),
    )
    columns = {
        **LIMITS,
        "n_special_cause": "special_causes",
        **{
            name: name
            for name in (
                "short_series_warning",
                "variation_icon",
                "variation_type",
                "assurance_icon",
                "assurance_type",
            )
        },
    }
    yield from cells_of(file, golden["series_id"], columns, golden, found)
