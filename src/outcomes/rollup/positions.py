"""Where sources give different figures for the same thing, and which sums lack a source: the record decides neither."""

from datetime import date
from typing import Final

import polars as pl

from outcomes.intake.observations import PLACE_KEY, Observations, said_by_successors
from outcomes.partnership.model import Partnership
from outcomes.partnership.supplies import supplies
from outcomes.rollup.base import own_source_named
from outcomes.rollup.rolling import roll_up
from outcomes.table import hold_to_table
from outcomes.vocabulary import Combine

__all__ = ["DISPUTE_COLUMNS", "PARTIAL_SUM_COLUMNS", "disputes", "partial_sums"]

_NUMBERS: Final = ("numerator", "denominator", "sum_of_squares", "value", "lower_ci_95", "upper_ci_95")

_PLACED: Final[dict[str, pl.DataType]] = {
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "area_code": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "period": pl.String(),
    "breakdown": pl.String(),
}
DISPUTE_COLUMNS: Final[dict[str, pl.DataType]] = {
    **_PLACED,
    "partner_code": pl.String(),
    "source_code": pl.String(),
    # whole multiples of 1 / the indicator's scales
    "numerator": pl.Int64(),
    "denominator": pl.Int64(),
    "value": pl.Float64(),
    # the ledger number of the submission
    "submission": pl.Int64(),
    # whether computation goes on with this position
    "is_taken": pl.Boolean(),
}
PARTIAL_SUM_COLUMNS: Final[dict[str, pl.DataType]] = {
    **_PLACED,
    "parts_expected": pl.Int32(),
    "parts_contributed": pl.Int32(),
    # the codes of who is missing, sorted
    "missing_parts": pl.List(pl.String()),
}


def disputes(observations: Observations, partnership: Partnership, *, as_of: date) -> pl.DataFrame:
    """Return every position of every dispute: figures that have one source, and several gave different numbers.

    All positions stay in the record. What a successor sends again is no position beside its predecessor's: it revises
    it (`said_by_successors`). Computation goes on with that of a partner which is to supply the figure, before
    others; then the first by partner and source code.

    Arguments:
        observations: As known at a ledger number.
        partnership: Says which figures have one source.
        as_of: The day on which agreements say who is to send what.

    Returns:
        Columns `DISPUTE_COLUMNS`, one row a position, the one taken first; none where nobody disagrees.
    """
    wanted = _of_kind(partnership, Combine.ONE_SOURCE)
    entitled = own_source_named(supplies(partnership, as_of)).with_columns(is_entitled=True)
    positions = (
        own_source_named(
            said_by_successors(observations.frame.filter(pl.col("indicator_id").is_in(wanted)), partnership)
        )
        .filter(pl.any_horizontal(pl.col("numerator", "value").is_not_null()))
        .filter(pl.struct(_NUMBERS).n_unique().over(PLACE_KEY) > 1)
    )
    found = (
        positions.join(entitled, on=["indicator_id", "area_code", "partner_code", "source_code"], how="left")
        .sort(*PLACE_KEY, pl.col("is_entitled").is_null(), "partner_code", "source_code")
        .with_columns(is_taken=pl.int_range(pl.len()).over(PLACE_KEY) == 0)
    )
    return hold_to_table(found.select(list(DISPUTE_COLUMNS)), DISPUTE_COLUMNS, "disputes")


def partial_sums(observations: Observations, partnership: Partnership, *, as_of: date) -> pl.DataFrame:
    """Return every sum of sources that not all sources are in, with who is missing.

    A sum of which nobody has sent anything is not here: its figures are missing one by one (`returns_status`).

    Arguments:
        observations: As known at a ledger number.
        partnership: Says which figures are sums, and of whom.
        as_of: The day on which agreements say who is to send what.

    Returns:
        Columns `PARTIAL_SUM_COLUMNS`, sorted by indicator, area, period and breakdown.
    """
    wanted = _of_kind(partnership, Combine.SUM_OF_SOURCES)
    mine = observations.frame.filter(pl.col("indicator_id").is_in(wanted))
    levels = pl.DataFrame(
        [(one.id, one.version, one.level.value) for one in partnership.indicators.values()],
        schema={"indicator_id": pl.String(), "indicator_version": pl.Int32(), "level": pl.String()},
        orient="row",
    )
    found = (
        roll_up(Observations(mine, observations.known_at), partnership, as_of=as_of)
        .frame.filter(pl.col("parts_contributed") < pl.col("parts_expected"))
        # above the level of collection, areas are missing, not sources
        .join(levels, on=["indicator_id", "indicator_version", "level"], how="semi")
        .select(list(PARTIAL_SUM_COLUMNS))
        .sort("indicator_id", "area_code", "period_start", "breakdown")
    )
    return hold_to_table(found, PARTIAL_SUM_COLUMNS, "partial sums")


def _of_kind(partnership: Partnership, combine: Combine) -> list[str]:
    return sorted({one.id for one in partnership.indicators.values() if one.combine is combine})
