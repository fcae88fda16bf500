"""Says of each source whose figures a partner sends, such as a lead provider's subcontractors, what came of it."""

from datetime import date
from typing import Final

import polars as pl

from outcomes.ledger.model import SOURCE_STATUS_COLUMNS
from outcomes.ledger.passing_on import passed_on
from outcomes.partnership.model import Partnership
from outcomes.partnership.supplies import expected_of_sources
from outcomes.table import empty_table, hold_to_table
from outcomes.vocabulary import DataStatus

__all__ = ["source_status"]

_FIGURE: Final = ("partner_code", "source_code", "indicator_id", "area_code", "period_kind", "period_start")


def source_status(partnership: Partnership, versions: pl.DataFrame, days: pl.DataFrame, *, as_of: date) -> pl.DataFrame:
    """Return where each expected figure of each source stands, whoever sends it; the sender's own are not among them.

    A source's figure has come when an accepted file had any row under its code. It is late by the day on which that
    file came: a lead provider on time does not make up for a subcontractor who is not. What had not come through a
    partner that has ended is owed through the one that followed it.

    Arguments:
        partnership: Says which sources each partner sends for.
        versions: Every version of every figure that counts.
        days: submission, received_on, is_history.
        as_of: The date.

    Returns:
        Columns `SOURCE_STATUS_COLUMNS`, sorted; status is received, late, missing or not yet due.
    """
    expected = expected_of_sources(partnership, as_of)
    if expected.is_empty():
        return empty_table(SOURCE_STATUS_COLUMNS)
    came = versions.group_by(_FIGURE).agg(submission=pl.col("submission").min()).join(days, on="submission", how="left")
    expected = passed_on(partnership, expected, came, _FIGURE, as_of)
    is_late = (pl.col("received_on") > pl.col("due_on")) & ~pl.col("is_history")
    found = expected.join(came, on=_FIGURE, how="left").with_columns(
        status=pl.when(pl.col("submission").is_not_null() & is_late)
        .then(pl.lit(DataStatus.LATE.value))
        .when(pl.col("submission").is_not_null())
        .then(pl.lit(DataStatus.RECEIVED.value))
        .when(pl.lit(as_of) > pl.col("due_on"))
        .then(pl.lit(DataStatus.MISSING.value))
        .otherwise(pl.lit(DataStatus.NOT_YET_DUE.value))
    )
    return hold_to_table(found.select(list(SOURCE_STATUS_COLUMNS)).sort(_FIGURE), SOURCE_STATUS_COLUMNS, "sources")
