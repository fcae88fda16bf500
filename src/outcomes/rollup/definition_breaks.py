"""Marks a break where the definition of a measure says that it is counted in another way from a day on."""

from typing import Final

import polars as pl

from outcomes.partnership.model import Partnership
from outcomes.rollup.breaks import SERIES, with_break_after

__all__ = ["with_definition_breaks"]

_BREAKS: Final = {"indicator_id": pl.String(), "indicator_version": pl.Int32(), "break_from": pl.Date()}


def with_definition_breaks(measures: pl.DataFrame, partnership: Partnership) -> pl.DataFrame:
    """Return measures with *break in series* on the first figure from the day on that a definition names.

    A figure is marked by the breaks of its own version, and only where the series has an earlier number, of whichever
    version: what nothing goes before breaks nothing. A period that began before the day belongs to what went before.

    Arguments:
        measures: The columns of place measures.
        partnership: Its definitions say where their series break.

    Returns:
        The same rows in the same order.
    """
    breaks = pl.DataFrame(
        sorted((one.id, one.version, day.from_day) for one in partnership.indicators.values() for day in one.breaks),
        schema=_BREAKS,
        orient="row",
    )
    if breaks.is_empty():
        return measures
    has_number = pl.col("reason").is_null() & pl.col("indicator_id").is_in(breaks["indicator_id"].unique().implode())
    figures = measures.with_row_index("row").filter(has_number)
    figures = figures.select("row", *SERIES, "indicator_version", "period_start")
    days = breaks.select("indicator_id", "break_from").unique()
    before = figures.join(days, on="indicator_id").filter(pl.col("period_start") < pl.col("break_from"))
    after = figures.join(breaks, on=["indicator_id", "indicator_version"])
    after = after.filter(pl.col("period_start") >= pl.col("break_from"))
    return with_break_after(measures, before, after, (*SERIES, "break_from"))
