"""The four rules of a process control chart: which points of a segment a special cause shows in."""

import polars as pl

from outcomes.vocabulary import ProcessRule

__all__ = ["flagged"]

RUN = 7
"""So many points on one side of the mean, or in a row that only rises (or only falls), are no chance."""

NEAR = 2 / 3
"""From so far towards a limit on, a point is near it."""

ROUNDING = 1e-14
"""What differs by less than this share of itself is equal: rounding has no side."""


def flagged(points: pl.DataFrame, *, segment: str) -> pl.DataFrame:
    """Add the rule by which each point is flagged, and its direction.

    Args:
        points: Rows in order, each segment's together, with `_y` (missing where there is no value), `process_mean`
            and `_width` (from the mean to a limit; missing where there are no limits).
        segment: The column of segments.

    Returns:
        The points with `rule` (a `ProcessRule`, the first that applies, or missing) and `direction` (`up` for above
        the mean or rising, `down` for below or falling; missing without a rule).

    A point outside the limits is not counted as near one: two in three are two near points, the third on their side.

    Source: NHS England, Making Data Count: the four rules.

    >>> rising = pl.DataFrame({"_y": [1.0, 2, 3, 4, 5, 6, 7, 7]}).with_columns(
    ...     segment=pl.lit(0), process_mean=pl.lit(4.0), _width=pl.lit(5.0))
    >>> flagged(rising, segment="segment")["rule"].to_list()[0::7]
    ['seven in a trend', None]
    """
    y, mean, width = pl.col("_y"), pl.col("process_mean"), pl.col("_width")
    beside = y - mean
    slack = ROUNDING * pl.max_horizontal(y.abs(), mean.abs())
    far = beside.abs()
    is_outside = (far > width + slack).fill_null(value=False)
    is_near = (far > NEAR * width + slack).fill_null(value=False) & ~is_outside
    is_here = pl.col(segment) == pl.col(segment).shift(1)
    rows = points.with_columns(
        _sign(beside, slack).alias("_side"),
        is_outside.alias("_is_outside"),
        is_near.alias("_is_near"),
        # the step that leads to a point from the one before it
        pl.when(is_here).then(_sign(y - y.shift(1), pl.lit(0.0))).alias("_step"),
        is_here.fill_null(value=False).alias("_is_here"),
    ).with_columns(
        _run_of("_side", is_here=pl.col("_is_here")).alias("_side_run"),
        # a step belongs to its segment, so a run of steps never crosses into another
        _run_of("_step", is_here=pl.col("_is_here")).alias("_step_run"),
        _at("_side", 1, segment).alias("_side_1"),
        _at("_side", 2, segment).alias("_side_2"),
        _at("_is_near", 1, segment).alias("_near_1"),
        _at("_is_near", 2, segment).alias("_near_2"),
    )
    near_of_three = (pl.col("_is_near").cast(pl.Int8) + pl.col("_near_1") + pl.col("_near_2")) >= 2
    is_one_side = (
        (pl.col("_side") != 0) & (pl.col("_side") == pl.col("_side_1")) & (pl.col("_side") == pl.col("_side_2"))
    )
    rows = rows.with_columns(
        (pl.len().over("_side_run") >= RUN).alias("_is_side_run"),
        (pl.len().over("_step_run") >= RUN - 1).alias("_is_step_run"),
        (near_of_three & is_one_side).fill_null(value=False).alias("_is_window"),
    )
    in_trend = pl.when((pl.col("_step") != 0) & pl.col("_is_step_run")).then("_step")
    rows = rows.with_columns(in_trend.alias("_trend")).with_columns(
        # a point that ends one trend and begins another goes with the one it begins
        pl.coalesce(_at("_trend", -1, segment), "_trend").alias("_trend"),
        # a window of three is told at its last point, and flags any of the three
        pl.any_horizontal("_is_window", _at("_is_window", -1, segment), _at("_is_window", -2, segment))
        .fill_null(value=False)
        .alias("_is_in_window"),
    )
    side = pl.col("_side")
    towards = pl.when("_is_outside").then(side).when(pl.col("_trend").is_not_null()).then("_trend").otherwise(side)
    rule = (
        pl.when("_is_outside")
        .then(pl.lit(ProcessRule.OUTSIDE_LIMITS.value))
        .when(pl.col("_trend").is_not_null())
        .then(pl.lit(ProcessRule.SEVEN_IN_A_TREND.value))
        .when(pl.col("_is_near") & pl.col("_is_in_window"))
        .then(pl.lit(ProcessRule.TWO_IN_THREE.value))
        .when((side != 0) & pl.col("_is_side_run"))
        .then(pl.lit(ProcessRule.SEVEN_ON_ONE_SIDE.value))
    )
    return (
        rows.with_columns(pl.when(pl.col("_y").is_not_null()).then(rule).alias("rule"))
        .with_columns(
            pl.when(pl.col("rule").is_not_null())
            .then(pl.when(towards > 0).then(pl.lit("up")).otherwise(pl.lit("down")))
            .alias("direction")
        )
        .select(*points.columns, "rule", "direction")
    )


def _sign(number: pl.Expr, slack: pl.Expr) -> pl.Expr:
    """Return 1, 0 or -1; missing of a missing number."""
    return (
        pl.when(number > slack)
        .then(pl.lit(1, dtype=pl.Int8))
        .when(number < -slack)
        .then(pl.lit(-1, dtype=pl.Int8))
        .when(number.is_not_null())
        .then(pl.lit(0, dtype=pl.Int8))
    )


def _run_of(name: str, *, is_here: pl.Expr) -> pl.Expr:
    """Return a number for each run of neighbours with one sign, within a segment; a missing one is a run of its own."""
    sign = pl.col(name)
    goes_on = is_here & (sign == sign.shift(1))
    return (~goes_on.fill_null(value=False)).cum_sum()


def _at(name: str, back: int, segment: str) -> pl.Expr:
    """Return what a column holds so many points before (after, where negative) in the same segment."""
    return pl.when(pl.col(segment).shift(back) == pl.col(segment)).then(pl.col(name).shift(back))
