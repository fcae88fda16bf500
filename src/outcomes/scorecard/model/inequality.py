"""The fifth signal of a line: the gap between the most and the least deprived, in figures and in a word."""

from outcomes.scorecard.model.base import Frozen
from outcomes.vocabulary import Detail, Reason, Word

__all__ = ["GapFigure", "Inequality"]


class GapFigure(Frozen):
    """A gap or an index with its intervals; None where there is none."""

    value: float | None = None
    lower_ci_95: float | None = None
    upper_ci_95: float | None = None
    lower_ci_99_8: float | None = None
    upper_ci_99_8: float | None = None


class Inequality(Frozen):
    """The fifth signal: how the gap by deprivation moves, and how wide it is now.

    Attributes:
        word: Narrowing, widening, improving unequally, no significant change; cannot tell with its Reason.
        method, method_title: The named method of the change.
        dimension: The breakdown that is ordered by deprivation; empty where the measure is itself a gap.
        groups: How many groups it has: 5 of fifths, 10 of tenths; 0 where the measure is itself a gap.
        most_deprived_group, least_deprived_group: The categories at its ends.
        most_deprived, least_deprived: Their values; None where there is none.
        absolute_gap: The most deprived less the least; relative_gap: the most over the least.
        slope_index, relative_index: The same of a line through all groups, weighted by their populations.
        slope_method, slope_method_title: The named method of the interval of both.
        slope_reason, slope_detail: Why there is no slope index, or (detail alone) why it has no interval.
        first_gap, first_relative_gap, first_period: Both gaps at the first of the periods that the change is told from;
            None where it is not told.
        slope: The gap's change a year, with its sign.
        chi_square, points: The test, and how many periods entered.
        direction: How the size of the gap moves: `up`, `down` or `level`; None where it is not told.
        worse_end: `most` or `least`: which end is worse off, beyond chance; None where that cannot be told.
        reason, detail, because: Why no word can be told.
    """

    word: Word
    method: str
    method_title: str = ""
    dimension: str = ""
    groups: int = 0
    most_deprived_group: str = ""
    least_deprived_group: str = ""
    most_deprived: float | None = None
    least_deprived: float | None = None
    absolute_gap: GapFigure = GapFigure()
    relative_gap: GapFigure = GapFigure()
    slope_index: GapFigure = GapFigure()
    relative_index: GapFigure = GapFigure()
    slope_method: str = ""
    slope_method_title: str = ""
    slope_reason: Reason | None = None
    slope_detail: Detail | None = None
    first_gap: float | None = None
    first_relative_gap: float | None = None
    first_period: str = ""
    slope: float | None = None
    chi_square: float | None = None
    points: int = 0
    direction: str | None = None
    worse_end: str | None = None
    reason: Reason | None = None
    detail: Detail | None = None
    because: str = ""
