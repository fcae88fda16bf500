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


INTENDED: tuple[IntendedDifference, ...] = (
    IntendedDifference(
        file="dsr.csv",
        cells="vardsr of rates that are not given",
        count=27,
        reason="The variance of a rate that is withheld below 10 events would help to work it out.",
        covers=lambda cell: cell.column == "vardsr" and cell.expected is not None and cell.found is None,
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
        reason="Any fraction between 0 and 1 is a confidence level; R refuses those below 0.9 without need.",
        covers=_refused_there("proportion/confidence_0.89", "proportion/confidence_0.5"),
    ),
)
"""An entry that no longer differs in exactly `count` cells is itself a difference."""
