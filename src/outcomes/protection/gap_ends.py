"""Finds the words on gaps that rest on hidden figures of the most or the least deprived group."""

from typing import Final

import polars as pl

from outcomes.breakdown import WHOLE
from outcomes.vocabulary import Signal

__all__ = ["resting_on_hidden_ends"]

_SERIES: Final = ("framework_id", "indicator_id", "indicator_version", "area_code", "period_kind")
_CELL: Final = ("indicator_id", "indicator_version", "area_code", "period_kind", "period_start", "breakdown")


def resting_on_hidden_ends(rows: pl.DataFrame, gaps: pl.DataFrame, hidden: pl.DataFrame) -> pl.DataFrame:
    """Return the numbers of the judgements whose gap has a hidden end now, or in a period that the change is told from.

    Whoever knows that a gap widened, and its other points, could bound the hidden one. A hidden group between the two
    ends moves no word: it only takes the slope index away.

    Arguments:
        rows: Judgements with their `row_number`.
        gaps: As measured on true counts, columns `GAP_COLUMNS`.
        hidden: The hidden cells, columns `CELL`.

    Returns:
        The column `row_number`, each once.
    """
    words = rows.filter(pl.col("signal") == Signal.INEQUALITY.value)
    if words.is_empty() or hidden.is_empty():
        return rows.clear().select("row_number")
    ends = [
        gaps.select(
            *_SERIES,
            "period_start",
            "is_in_change",
            # a measure that is itself a gap has no ends but its own value
            pl.when(pl.col("dimension") == "")
            .then(pl.lit(WHOLE))
            .otherwise(pl.concat_str("dimension", pl.lit("="), name))
            .alias("breakdown"),
        )
        for name in ("most_deprived_group", "least_deprived_group")
    ]
    hidden_ends = pl.concat(ends).join(hidden, on=list(_CELL), how="semi").drop("breakdown")
    found = words.select("row_number", *_SERIES, pl.col("period_start").alias("current_start")).join(
        hidden_ends, on=list(_SERIES)
    )
    rests_on_it = pl.col("is_in_change") | (pl.col("period_start") == pl.col("current_start"))
    return found.filter(rests_on_it).select("row_number").unique().sort("row_number")
