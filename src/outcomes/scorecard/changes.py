"""Says what moved between two sets of results: figures added, gone and changed, words turned."""

from typing import Final

import polars as pl

from outcomes.scorecard.collection import Scorecards
from outcomes.table import hold_to_table

__all__ = ["CHANGE_COLUMNS", "changes"]

_KEY = (
    "framework_id",
    "indicator_id",
    "indicator_version",
    "area_code",
    "period_kind",
    "period_start",
    "breakdown",
)
_HELD = ("value", "numerator", "denominator", "reason", "comparison", "trend", "target", "special_cause", "inequality")

CHANGE_COLUMNS: Final[dict[str, pl.DataType]] = {
    "framework_id": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "indicator": pl.String(),
    "area_code": pl.String(),
    "area": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "period": pl.String(),
    "breakdown": pl.String(),
    # added, gone or changed
    "change": pl.String(),
    # which of the figures and words differ, joined by ", "; empty for added and gone
    "what": pl.String(),
    "value_before": pl.Float64(),
    "value_after": pl.Float64(),
    "reason_before": pl.String(),
    "reason_after": pl.String(),
    "comparison_before": pl.String(),
    "comparison_after": pl.String(),
    "trend_before": pl.String(),
    "trend_after": pl.String(),
    "target_before": pl.String(),
    "target_after": pl.String(),
    "special_cause_before": pl.String(),
    "special_cause_after": pl.String(),
    "inequality_before": pl.String(),
    "inequality_after": pl.String(),
}


def changes(earlier: Scorecards, later: Scorecards) -> pl.DataFrame:
    """Return what moved between two sets of scorecards, such as the same ones at an older ledger number.

    Arguments:
        earlier: The scorecards before.
        later: The scorecards after.

    Returns:
        One row for each figure that was added, is gone or has changed (value, counts, reason or a word), columns
        `CHANGE_COLUMNS`, sorted by framework, indicator, area, period and breakdown. Figures that did not move have
        no row.
    """
    names = ["indicator", "area", "period"]
    before = earlier.frame.select(*_KEY, *names, *_HELD, is_before=pl.lit(value=True))
    after = later.frame.select(*_KEY, *names, *_HELD, is_after=pl.lit(value=True))
    both = before.join(after, on=list(_KEY), how="full", coalesce=True, suffix="_after", nulls_equal=True)
    is_added = pl.col("is_before").is_null()
    is_gone = pl.col("is_after").is_null()
    differing = [pl.when(pl.col(column).ne_missing(pl.col(f"{column}_after"))).then(pl.lit(column)) for column in _HELD]
    frame = (
        both.with_columns(what=pl.concat_str(differing, separator=", ", ignore_nulls=True))
        .with_columns(
            change=pl.when(is_added)
            .then(pl.lit("added"))
            .when(is_gone)
            .then(pl.lit("gone"))
            .otherwise(pl.lit("changed"))
        )
        .filter((pl.col("change") != "changed") | (pl.col("what") != ""))
        .with_columns(
            what=pl.when(pl.col("change") == "changed").then("what").otherwise(pl.lit("")),
            **{name: pl.coalesce(name, f"{name}_after") for name in names},
        )
        .rename(
            {
                column: f"{column}_before"
                for column in ("value", "reason", "comparison", "trend", "target", "special_cause", "inequality")
            }
        )
    )
    return hold_to_table(frame.select(list(CHANGE_COLUMNS)).sort(list(_KEY)), CHANGE_COLUMNS, "changes")
