"""Marks a break where a series passes from partners that ended to the one that they became part of."""

import polars as pl

from outcomes.partnership.model import Partnership
from outcomes.partnership.partner_succession import is_one_to_one, predecessors_of
from outcomes.rollup.breaks import with_break_after

__all__ = ["with_partner_breaks"]


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
    return with_break_after(measures, rows.filter(is_former), rows.filter(is_its_own))
