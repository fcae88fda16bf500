"""The noun of roll-up: PlaceMeasures, one row for each indicator, area, period and group."""

from dataclasses import dataclass, field
from typing import Final

import polars as pl

from outcomes.table import empty_table, hold_to_table

__all__ = ["PLACE_MEASURE_COLUMNS", "PLACE_MEASURE_KEY", "PlaceMeasures"]

PLACE_MEASURE_KEY: Final = (
    "indicator_id",
    "indicator_version",
    "area_code",
    "period_kind",
    "period_start",
    "breakdown",
)

PLACE_MEASURE_COLUMNS: Final[dict[str, pl.DataType]] = {
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "area_code": pl.String(),
    "level": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "period": pl.String(),
    # for a standardised rate, one row a stratum (and none for the whole)
    "breakdown": pl.String(),
    # a Basis
    "basis": pl.String(),
    # whole multiples of 1 / numerator_scale, exact sums; null with a reason
    "numerator": pl.Int64(),
    "denominator": pl.Int64(),
    "sum_of_squares": pl.Int64(),
    # published values only; never rolled up
    "value": pl.Float64(),
    "lower_ci_95": pl.Float64(),
    "upper_ci_95": pl.Float64(),
    # of the parts that should have come, how many came with a number
    "parts_expected": pl.Int32(),
    "parts_contributed": pl.Int32(),
    # the share of the population (else of the parts) that contributed, 0 to 1; null where nothing was rolled up
    "coverage": pl.Float64(),
    # who or what is missing: partner codes of a sum of sources, or area codes
    "missing_parts": pl.List(pl.String()),
    # a Reason where there is no number, and its Detail
    "reason": pl.String(),
    "detail": pl.String(),
    # Qualifiers, sorted
    "qualifiers": pl.List(pl.String()),
    # the partners whose figures entered, sorted
    "partner_codes": pl.List(pl.String()),
}


@dataclass(frozen=True)
class PlaceMeasures:
    """Summed figures for every area at every level.

    Attributes:
        frame: Columns `PLACE_MEASURE_COLUMNS`, sorted by `PLACE_MEASURE_KEY`; each key once.
        known_at: The ledger number that the figures are known at.
        submitted: What somebody gave for a whole that has the sum of its parts (or a rate made of its strata), to be
            shown beside it: the same columns, sorted in the same way, each key once and only where there is a number.
    """

    frame: pl.DataFrame
    known_at: int = 0
    submitted: pl.DataFrame = field(default_factory=lambda: empty_table(PLACE_MEASURE_COLUMNS))

    def __post_init__(self) -> None:
        """Refuse a frame that is not of the place measures' table."""
        hold_to_table(self.frame, PLACE_MEASURE_COLUMNS, "place measures")
        hold_to_table(self.submitted, PLACE_MEASURE_COLUMNS, "wholes as submitted")
