"""Marks a break where a series passes from partners that ended to the one that they became part of."""

from typing import Final

import polars as pl

from outcomes.partnership.model import Partnership
from outcomes.partnership.partner_succession import is_one_to_one, predecessors_of
from outcomes.vocabulary import Qualifier

__all__ = ["with_partner_breaks"]

_SERIES: Final = ("indicator_id", "area_code", "breakdown", "period_kind")


def with_partner_breaks(measures: pl.DataFrame, partnership: Partnership) -> pl.DataFrame:
    """Return measures with *break in series* on the first figure of a merged partner after those of its predecessors.

    What was counted by two organisations in two ways goes on being counted by one in one way: the series goes on, and
    the break is visible. A partner that is one earlier one under a new code counts as the same, without a break. Only
    a series that passes over wholly is marked: in a sum with the figures of others, one merger is not its break.

    Arguments:
        measures: The columns of place measures, sorted.
        partnership: The world.

    Returns:
        The same rows in the same order.
    """
    for partner in partnership.partners:
        before = [one.code for one in predecessors_of(partnership, partner.code)]
        if before and not is_one_to_one(partnership, partner.code):
            measures = _marked(measures, partner.code, before)
    return measures


def _marked(measures: pl.DataFrame, code: str, before: list[str]) -> pl.DataFrame:
    has_number = pl.col("reason").is_null()
    senders = pl.col("partner_codes")
    # its own figures of before it took others in are part of what went before
    of_those = has_number & (senders.list.len() > 0) & (senders.list.set_difference([*before, code]).list.len() == 0)
    is_former = of_those & (senders.list.set_intersection(before).list.len() > 0)
    is_its_own = has_number & (senders == pl.lit([code], dtype=pl.List(pl.String)))
    rows = measures.with_row_index("row")
    last = rows.filter(is_former).group_by(_SERIES).agg(last=pl.col("period_start").max())
    first = (
        rows.filter(is_its_own)
        .join(last, on=list(_SERIES))
        .filter(pl.col("period_start") > pl.col("last"))
        .sort("period_start")
        .unique(_SERIES, keep="first", maintain_order=True)
    )
    if first.is_empty():
        return measures
    mark = pl.lit([Qualifier.BREAK_IN_SERIES.value], dtype=pl.List(pl.String))
    with_mark = pl.col("qualifiers").list.set_union(mark).list.sort()
    is_first = pl.col("row").is_in(first["row"].implode())
    return rows.with_columns(pl.when(is_first).then(with_mark).otherwise("qualifiers").alias("qualifiers")).drop("row")
