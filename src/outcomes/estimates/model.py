"""The noun of estimation: Estimates, a value with its intervals and method for each place measure, or a Reason."""

from dataclasses import dataclass, field
from typing import Final

import polars as pl

from outcomes.table import empty_table, hold_to_table

__all__ = ["ESTIMATE_COLUMNS", "Estimates"]

ESTIMATE_COLUMNS: Final[dict[str, pl.DataType]] = {
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "area_code": pl.String(),
    "level": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "period": pl.String(),
    # a standardised rate stands under the breakdown without its strata
    "breakdown": pl.String(),
    "basis": pl.String(),
    # in the unit of the count itself (scales divided out)
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    # on the indicator's printed scale (multiplied)
    "value": pl.Float64(),
    "lower_ci_95": pl.Float64(),
    "upper_ci_95": pl.Float64(),
    "lower_ci_99_8": pl.Float64(),
    "upper_ci_99_8": pl.Float64(),
    # the name of the method of the interval, or null; as_published where the value is its publisher's own
    "method": pl.String(),
    "coverage": pl.Float64(),
    "parts_expected": pl.Int32(),
    "parts_contributed": pl.Int32(),
    "missing_parts": pl.List(pl.String()),
    # why there is no value; with a value, null
    "reason": pl.String(),
    # the Detail of a missing value, or (with a value) why it has no interval
    "detail": pl.String(),
    "qualifiers": pl.List(pl.String()),
    "partner_codes": pl.List(pl.String()),
}


@dataclass(frozen=True)
class Estimates:
    """Values with intervals.

    Attributes:
        frame: Columns `ESTIMATE_COLUMNS`, sorted by indicator, area, period and breakdown; each key once.
        known_at: The ledger number that the figures are known at.
        submitted: What somebody gave for a whole that has the sum of its parts, on the same scale and in the same
            columns and order; each key at most once.
    """

    frame: pl.DataFrame
    known_at: int = 0
    submitted: pl.DataFrame = field(default_factory=lambda: empty_table(ESTIMATE_COLUMNS))

    def __post_init__(self) -> None:
        """Refuse a frame that is not of the estimates' table."""
        hold_to_table(self.frame, ESTIMATE_COLUMNS, "estimates")
        hold_to_table(self.submitted, ESTIMATE_COLUMNS, "estimates of wholes as submitted")
