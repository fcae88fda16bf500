"""The written list of intended differences from the golden values, each with its reason."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from tests.reference.golden import Cell

__all__ = ["INTENDED", "IntendedDifference"]


@dataclass(frozen=True, slots=True)
class IntendedDifference:
    """Cells of one golden file that differ on purpose, how many there are, and why."""

    file: str
    cells: str
    count: int
    reason: str
    covers: Callable[[Cell], bool]


def _refused_here(*cases: str) -> Callable[[Cell], bool]:
    return lambda cell: cell.case in cases and cell.found in (None, "error")


def _refused_there(*cases: str) -> Callable[[Cell], bool]:
    return lambda cell: cell.case in cases and cell.expected in (None, "error")


def _has_no_limits(case: str) -> Callable[[Cell], bool]:
    return lambda cell: (
        cell.case == case and isinstance(cell.expected, float) and math.isnan(cell.expected) and cell.found is None
    )


INTENDED: tuple[IntendedDifference, ...] = (
    IntendedDifference(
        file="dsr.csv",
        cells="vardsr of rates that are not given",
        count=27,
        reason="The variance of a rate that is withheld below 10 events would help to work it out.",
        covers=lambda cell: cell.column == "vardsr" and cell.expected is not None and cell.found is None,
    ),
    IntendedDifference(
        file="funnel_proportion_limits.csv",
        cells="upper limits above a proportion of 1",
        count=12,
        reason="No proportion lies above the whole, whatever the multiplier; the golden limits are held at 100 alone.",
        covers=lambda cell: (
            cell.case.startswith("s-fun-prop-mult1/")
            and isinstance(cell.expected, float)
            and cell.expected > 1.0
            and cell.found == 1.0
        ),
    ),
    *(
        IntendedDifference(
            file=file,
            cells="the upper 99.8 % line at 1 event",
            count=6,
            reason=(
                "One event expected -ln 0.999 = 0.00100050033 times has a chance of 0.001, to the last digit; the "
                "bisection behind the golden value stopped 5 in 100,000 away from it."
            ),
            covers=lambda cell: (
                cell.case.endswith("/1")
                and cell.column.startswith("upper_3s_")
                and isinstance(cell.expected, float)
                and isinstance(cell.found, float)
                and abs(cell.found / cell.expected - 1.0) < 5e-5
            ),
        )
        for file in ("funnel_rate_limits.csv", "funnel_ratio_limits.csv")
    ),
    IntendedDifference(
        file="life_expectancy.csv",
        cells="limits of life expectancies that are not given",
        count=960,
        reason=(
            "A value that is withheld because its interval is wider than 20 years, or without end, has no interval "
            "here either; the same limits before they are withheld are compared beside them, and agree."
        ),
        covers=lambda cell: (
            "cl" in cell.column
            and "before" not in cell.case
            and isinstance(cell.expected, float)
            and cell.found is None
        ),
    ),
    IntendedDifference(
        file="means.csv",
        cells="limits of s-mean-n1",
        count=4,
        reason="One value alone has no interval: a missing limit with the detail 'no spread', never NaN.",
        covers=lambda cell: (
            cell.case == "s-mean-n1"
            and isinstance(cell.expected, float)
            and math.isnan(cell.expected)
            and cell.found is None
        ),
    ),
    IntendedDifference(
        file="rejections.csv",
        cells="confidence of 90, 95 and 99.8",
        count=12,
        reason="A confidence level is a fraction; 95 read as 95 % would make 0.95 and 95 the same by guess.",
        covers=_refused_here("proportion/confidence_90", "proportion/confidence_95", "proportion/confidence_99.8"),
    ),
    IntendedDifference(
        file="rejections.csv",
        cells="confidence of 1 and 100",
        count=8,
        reason="Limits of 0 and 1 at full confidence say nothing; the level is refused.",
        covers=_refused_here("proportion/confidence_1", "proportion/confidence_100"),
    ),
    IntendedDifference(
        file="rejections.csv",
        cells="confidence of 0.89 and 0.5",
        count=8,
        reason="Any fraction from 0.5 to below 1 is a confidence level; R refuses those below 0.9 without need.",
        covers=_refused_there("proportion/confidence_0.89", "proportion/confidence_0.5"),
    ),
    IntendedDifference(
        file="spc_points.csv",
        cells="limits of s25-constant",
        count=32,
        reason="A series that does not vary has no limits: missing with the detail 'no spread', never NaN.",
        covers=_has_no_limits("s25-constant"),
    ),
    IntendedDifference(
        file="spc_series.csv",
        cells="limits of s25-constant",
        count=2,
        reason="A series that does not vary has no limits: missing with the detail 'no spread', never NaN.",
        covers=_has_no_limits("s25-constant"),
    ),
    IntendedDifference(
        file="spc_points.csv",
        cells="relative_to_mean of s22-rebase-twice",
        count=1,
        reason="The point 99.1 is the mean itself; R's mean lies one rounding above it. Rounding has no side.",
        covers=lambda cell: cell.case == "s22-rebase-twice" and cell.column == "relative_to_mean" and cell.found == 0.0,
    ),
    IntendedDifference(
        file="spc_points.csv",
        cells="point_type of a missing point of s20-missing-mid",
        count=1,
        reason="A point without a value shows neither common nor special cause: it has a Reason.",
        covers=lambda cell: cell.case == "s20-missing-mid" and cell.column == "point_type" and cell.found is None,
    ),
)
"""An entry that no longer differs in exactly `count` cells is itself a difference."""
