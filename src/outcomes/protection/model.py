"""The noun of protection: Protected, the pattern of hidden cells and the place measures that may be shown."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from outcomes.judgement.model import Judgements
from outcomes.partnership.policy import Policy
from outcomes.rollup.model import PlaceMeasures
from outcomes.table import hold_to_table

__all__ = ["PATTERN_COLUMNS", "WORKING_COPY", "Protected"]

# the name of the absence of protection: never a policy that can be published
WORKING_COPY: Final = "none"

PATTERN_COLUMNS: Final[dict[str, pl.DataType]] = {
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "area_code": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "breakdown": pl.String(),
    # `primary` cells are small themselves; `derived` cells would give one away; never printed apart
    "kind": pl.String(),
}


@dataclass(frozen=True)
class Protected:
    """What may leave the house.

    Attributes:
        policy: The policy that was applied; None for the unprotected working copy.
        pattern: Columns `PATTERN_COLUMNS`, sorted: which cells are hidden. Never public.
        measures: Place measures whose hidden cells have `confidential` as their reason, and no number.
        judgements: The words judged on true counts; those of hidden cells withheld.
        has_recoverability_audit: Whether an independent audit has shown that hidden counts cannot be recovered.
    """

    policy: Policy | None
    pattern: pl.DataFrame
    measures: PlaceMeasures
    judgements: Judgements
    has_recoverability_audit: bool = False

    def __post_init__(self) -> None:
        """Refuse a pattern that is not of its table."""
        hold_to_table(self.pattern, PATTERN_COLUMNS, "protection pattern")

    @property
    def frame(self) -> pl.DataFrame:
        """The protected place measures."""
        return self.measures.frame
