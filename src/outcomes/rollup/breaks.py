"""Puts *break in series* on the first figure of a series after those of before, whatever it is that broke it."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from outcomes.vocabulary import Qualifier

__all__ = ["SERIES", "with_break_after"]

# the versions of a measure are one series
SERIES: Final = ("indicator_id", "area_code", "breakdown", "period_kind")


def with_break_after(
    measures: pl.DataFrame, before: pl.DataFrame, after: pl.DataFrame, by: Sequence[str] = SERIES
) -> pl.DataFrame:
    """Return measures with *break in series* on the first figure after, in each series that has one before.

    Arguments:
        measures: The columns of place measures.
        before: The figures of before the break: the columns of `by`, and period_start.
        after: Those after it: the same columns, and `row`, their place in the measures; one that begins no later than
            the last of before is none.
        by: What the figures on both sides of one break have in common.

    Returns:
        The same rows in the same order.

    >>> years = pl.DataFrame({"area_code": ["P1"] * 3, "period_start": [2023, 2024, 2025], "qualifiers": [[], [], []]},
    ...     schema_overrides={"qualifiers": pl.List(pl.String)})
    >>> rows, is_new = years.with_row_index("row"), pl.col("period_start") >= 2024
    >>> with_break_after(years, rows.filter(~is_new), rows.filter(is_new), ["area_code"])["qualifiers"].to_list()
    [[], ['break in series'], []]
    """
    last = before.group_by(by).agg(last=pl.col("period_start").max())
    first = (
        after.join(last, on=list(by))
        .filter(pl.col("period_start") > pl.col("last"))
        .filter(pl.col("period_start") == pl.col("period_start").min().over(by))
    )
    if first.is_empty():
        return measures
    mark = pl.lit([Qualifier.BREAK_IN_SERIES.value], dtype=pl.List(pl.String))
    # lists are made anew for these few rows alone
    places = first.select(pl.col("row").unique())
    marked = measures[places["row"]].select("qualifiers").with_columns(places["row"])
    marked = marked.select("row", marked=pl.col("qualifiers").list.set_union(mark).list.sort())
    rows = measures.with_row_index("row").join(marked, on="row", how="left", maintain_order="left")
    return rows.with_columns(qualifiers=pl.coalesce("marked", "qualifiers")).drop("row", "marked")
