"""The noun of judgement: Judgements, one row for each place key × inclusion × signal (× what it is held against)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

from outcomes.table import empty_table, hold_to_table

__all__ = ["JUDGEMENT_COLUMNS", "PROCESS_POINT_COLUMNS", "Judgements"]

JUDGEMENT_COLUMNS: Final[dict[str, pl.DataType]] = {
    "framework_id": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "area_code": pl.String(),
    "level": pl.String(),
    # the current period of the series on the date that the page speaks for
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "period": pl.String(),
    "breakdown": pl.String(),
    # a Signal
    "signal": pl.String(),
    # comparison: a BenchmarkKind; target: the level that set it; trend, special cause: the method; otherwise empty
    "against": pl.String(),
    # the area, group or decision behind it, for print: an area code or a decision reference
    "against_code": pl.String(),
    # the level it was held against (benchmark, target or path; of special cause the process mean), on the indicator's
    # printed scale
    "against_value": pl.Float64(),
    # the end of a target: the period of its last point, canonical text, and its value
    "target_period": pl.String(),
    "target_value": pl.Float64(),
    # a Word; always present
    "word": pl.String(),
    # target: Reached and Certainty; otherwise null
    "reached": pl.String(),
    "certainty": pl.String(),
    # target, of a process with limits: an Assurance; otherwise null
    "assurance": pl.String(),
    # which way the number itself moves or lies: up, down, level; null where it cannot be told
    "direction": pl.String(),
    # slope a period (trend) or distance to what it is held against, on the printed scale
    "amount": pl.Float64(),
    # test statistic (trend: chi-square)
    "test_statistic": pl.Float64(),
    # how many points entered (special cause: with a value since the limits began)
    "points": pl.Int32(),
    # why "cannot tell" or "not compared": a Reason and its Detail, and one plain sentence
    "reason": pl.String(),
    "detail": pl.String(),
    "because": pl.String(),
}

PROCESS_POINT_COLUMNS: Final[dict[str, pl.DataType]] = {
    "framework_id": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "area_code": pl.String(),
    "breakdown": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    # 0, 1, …: the limits begin anew with each
    "segment": pl.Int32(),
    # how many points of the segment have a value
    "points": pl.Int32(),
    "is_provisional": pl.Boolean(),
    # whether the whole series goes up and down with the year; null where it is too short to tell
    "is_seasonal": pl.Boolean(),
    # on the indicator's printed scale; null where there are none
    "process_mean": pl.Float64(),
    "lower_process_limit": pl.Float64(),
    "upper_process_limit": pl.Float64(),
    # a ProcessRule, up or down, and a Variation; null of a point without a value, the first two also of common cause
    "rule": pl.String(),
    "direction": pl.String(),
    "variation": pl.String(),
}


@dataclass(frozen=True)
class Judgements:
    """Signals, kept apart.

    Attributes:
        frame: Columns `JUDGEMENT_COLUMNS`, sorted by framework, indicator, area, breakdown, signal and against.
        as_of: The date that they speak for.
        known_at: The ledger number that the figures are known at.
        process_points: Of each series whose framework asks for special cause, every period from where the series can
            be read on, with its process limits; columns `PROCESS_POINT_COLUMNS`, sorted by them.
    """

    frame: pl.DataFrame
    as_of: date
    known_at: int = 0
    process_points: pl.DataFrame = field(default_factory=lambda: empty_table(PROCESS_POINT_COLUMNS))

    def __post_init__(self) -> None:
        """Refuse a frame that is not of the judgements' table."""
        hold_to_table(self.frame, JUDGEMENT_COLUMNS, "judgements")
        hold_to_table(self.process_points, PROCESS_POINT_COLUMNS, "process points")
