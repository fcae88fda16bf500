"""The noun of judgement: Judgements, one row for each place key × inclusion × signal (× what it is held against)."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

import polars as pl

from outcomes.table import empty_table, hold_to_table

__all__ = [
    "GAP_COLUMNS",
    "JUDGEMENT_COLUMNS",
    "OVERDUE_COLUMNS",
    "PROCESS_POINT_COLUMNS",
    "TARGET_COLUMNS",
    "Judgements",
    "without_targets",
]

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
    # comparison: a BenchmarkKind; target: the level that set it; trend, special cause, inequality: the method
    "against": pl.String(),
    # the area, group or decision behind it, for print: an area code or a decision reference
    "against_code": pl.String(),
    # the level it was held against (benchmark, target or path; of special cause the process mean), on the indicator's
    # printed scale
    "against_value": pl.Float64(),
    # the end of a target: the period in which it is to be reached, canonical text, and (of a level or path) its value
    "target_period": pl.String(),
    "target_value": pl.Float64(),
    # target: where it stands in the partnership's files, by which no two are confused; otherwise null
    "target_key": pl.String(),
    # a Word; always present
    "word": pl.String(),
    # target: Reached and Certainty; otherwise null
    "reached": pl.String(),
    "certainty": pl.String(),
    # target, of a process with limits: an Assurance; otherwise null
    "assurance": pl.String(),
    # which way the number itself (inequality: the size of the gap) moves or lies: up, down, level; null if not told
    "direction": pl.String(),
    # slope a period (trend; of the gap with its sign: inequality) or distance to what it is held against, printed scale
    "amount": pl.Float64(),
    # test statistic (trend, inequality: chi-square)
    "test_statistic": pl.Float64(),
    # comparison: one less the confidence level at which the interval just touches the benchmark; null where nothing is
    # compared, or the interval does not tell it
    "p_value": pl.Float64(),
    # comparison with other areas, above the volume that the inclusion names: the Word by limits that allow for
    # overdispersion, of how many areas' figures they are made, how much more these differ than by chance (φ), and the
    # 95 % limits around the benchmark on the printed scale; where there were too few areas, their number alone
    "adjusted_word": pl.String(),
    "adjusted_areas": pl.Int32(),
    "overdispersion": pl.Float64(),
    "lower_adjusted_limit": pl.Float64(),
    "upper_adjusted_limit": pl.Float64(),
    # how many points entered (special cause: with a value since the limits began)
    "points": pl.Int32(),
    # why "cannot tell" or "not compared": a Reason and its Detail, and one plain sentence
    "reason": pl.String(),
    "detail": pl.String(),
    "because": pl.String(),
}

TARGET_COLUMNS: Final[dict[str, pl.DataType]] = {
    # the first seven are the key, and the figure that is held against the target
    "framework_id": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "area_code": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "target_key": pl.String(),
    # of a gap the first group
    "breakdown": pl.String(),
    # a TargetKind
    "kind": pl.String(),
    # of a gap the other group, canonical text; of a benchmark a TargetMatch, and the code of an area above
    "compared_with": pl.String(),
    "compared_code": pl.String(),
    # of a baseline as now known its first day; null of one that is frozen in the agreement
    "baseline_start": pl.Date(),
    # the baseline, of a gap its size; then what the target expects at its end, where that follows from the baseline
    "baseline_value": pl.Float64(),
    "end_value": pl.Float64(),
    # of a gap its size now; otherwise null: it is the value that is held against the target
    "measured_value": pl.Float64(),
    # the 95 % limits of the distance (`amount` of the judgements)
    "lower_amount": pl.Float64(),
    "upper_amount": pl.Float64(),
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

GAP_COLUMNS: Final[dict[str, pl.DataType]] = {
    "framework_id": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "area_code": pl.String(),
    # of everybody, between whose groups the gap is
    "breakdown": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    # the dimension that is ordered by deprivation, how many groups it has, and its two ends; of a measure that is
    # itself a gap an empty text, 0, and null
    "dimension": pl.String(),
    "groups": pl.Int32(),
    "most_deprived_group": pl.String(),
    "least_deprived_group": pl.String(),
    "most_deprived_value": pl.Float64(),
    "least_deprived_value": pl.Float64(),
    # the most deprived less the least, on the printed scale; of a measure that is itself a gap, its value
    "absolute_gap": pl.Float64(),
    "absolute_gap_lower_ci_95": pl.Float64(),
    "absolute_gap_upper_ci_95": pl.Float64(),
    "absolute_gap_lower_ci_99_8": pl.Float64(),
    "absolute_gap_upper_ci_99_8": pl.Float64(),
    # the most deprived over the least
    "relative_gap": pl.Float64(),
    "relative_gap_lower_ci_95": pl.Float64(),
    "relative_gap_upper_ci_95": pl.Float64(),
    "relative_gap_lower_ci_99_8": pl.Float64(),
    "relative_gap_upper_ci_99_8": pl.Float64(),
    # of the current period: the line's height at the most deprived end less, or over, that at the least deprived
    "slope_index": pl.Float64(),
    "slope_index_lower_ci_95": pl.Float64(),
    "slope_index_upper_ci_95": pl.Float64(),
    "slope_index_lower_ci_99_8": pl.Float64(),
    "slope_index_upper_ci_99_8": pl.Float64(),
    "relative_index": pl.Float64(),
    "relative_index_lower_ci_95": pl.Float64(),
    "relative_index_upper_ci_95": pl.Float64(),
    "relative_index_lower_ci_99_8": pl.Float64(),
    "relative_index_upper_ci_99_8": pl.Float64(),
    # whether the period is one of the points that the change of the gap is told from
    "is_in_change": pl.Boolean(),
    # why there is no gap; with a gap, `detail` says why it has no interval
    "reason": pl.String(),
    "detail": pl.String(),
    # at the current period, why there is no slope index, or with one why it has no interval
    "slope_reason": pl.String(),
    "slope_detail": pl.String(),
}


OVERDUE_COLUMNS: Final[dict[str, pl.DataType]] = {
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "area_code": pl.String(),
    "breakdown": pl.String(),
    "period_kind": pl.String(),
    # of the current figure
    "period_start": pl.Date(),
    # the first period that is missing after it, canonical text
    "next_period": pl.String(),
    # the day that it was due; null where only other areas' figures say that it is
    "due_on": pl.Date(),
    # how many later figures should have come by now
    "missed": pl.Int32(),
    # a DueBy
    "due_by": pl.String(),
}


def without_targets(judgements: "Judgements", keys: Collection[str]) -> "Judgements":
    """Return judgements without those of some targets, such as those that a later agreement changed or dropped.

    Arguments:
        judgements: All of them.
        keys: Where these targets stand (`KnownTarget.key`).
    """
    is_other = ~pl.col("target_key").is_in(sorted(keys)).fill_null(value=False)
    return replace(judgements, frame=judgements.frame.filter(is_other)) if keys else judgements


@dataclass(frozen=True)
class Judgements:
    """Signals, kept apart.

    Attributes:
        frame: Columns `JUDGEMENT_COLUMNS`, sorted by framework, indicator, area, breakdown, signal and against.
        as_of: The date that they speak for.
        known_at: The ledger number that the figures are known at.
        process_points: Of each series whose framework asks for special cause, every period from where the series can
            be read on, with its process limits; columns `PROCESS_POINT_COLUMNS`, sorted by them.
        gaps: Of each series that is collected by deprivation, every period with a figure of a group: both ends and the
            gap between them; columns `GAP_COLUMNS`, sorted by them.
        targets: Of each figure and target that holds for it, what it was held against; columns `TARGET_COLUMNS`, sorted
            by them.
        overdue: Of each current figure that a later one should have followed by now, which and since when; columns
            `OVERDUE_COLUMNS`, sorted by them.
    """

    frame: pl.DataFrame
    as_of: date
    known_at: int = 0
    process_points: pl.DataFrame = field(default_factory=lambda: empty_table(PROCESS_POINT_COLUMNS))
    gaps: pl.DataFrame = field(default_factory=lambda: empty_table(GAP_COLUMNS))
    targets: pl.DataFrame = field(default_factory=lambda: empty_table(TARGET_COLUMNS))
    overdue: pl.DataFrame = field(default_factory=lambda: empty_table(OVERDUE_COLUMNS))

    def __post_init__(self) -> None:
        """Refuse a frame that is not of the judgements' table."""
        hold_to_table(self.frame, JUDGEMENT_COLUMNS, "judgements")
        hold_to_table(self.process_points, PROCESS_POINT_COLUMNS, "process points")
        hold_to_table(self.gaps, GAP_COLUMNS, "gaps")
        hold_to_table(self.targets, TARGET_COLUMNS, "targets")
        hold_to_table(self.overdue, OVERDUE_COLUMNS, "overdue figures")
