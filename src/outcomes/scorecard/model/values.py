"""Values and points: a number beside its interval, period and Reason."""

from datetime import date

from outcomes.scorecard.model.base import Frozen
from outcomes.vocabulary import AreaChange, Detail, DueBy, ProcessRule, Qualifier, Reason, Variation

__all__ = [
    "FormerArea",
    "FormerAreas",
    "Point",
    "ProcessPoint",
    "Staleness",
    "SubmittedWhole",
    "Value",
]


class SubmittedWhole(Frozen):
    """What somebody gave for a whole whose value is the sum of its parts; shown beside it, never in its place.

    Attributes:
        value: On the indicator's printed scale; None where the counts behind it have no quotient.
        numerator, denominator: The counts, protected; None where only a value was given.
        value_difference, numerator_difference, denominator_difference: What was given, less what its parts add up to.
        partners: The names of those who gave it, sorted.
    """

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    value_difference: float | None = None
    numerator_difference: float | None = None
    denominator_difference: float | None = None
    partners: tuple[str, ...] = ()


class Value(Frozen):
    """A value with its interval, or the Reason why there is none.

    Attributes:
        value, lower_ci_95, …: On the indicator's printed scale; None where there is none.
        numerator, denominator: The counts behind it, protected; None where hidden, published only, or none.
        reason, detail: Why the value is missing; with a value, `detail` says why it has no interval.
        qualifiers: What to know about it.
        coverage: The share of the population whose figures entered, where it was rolled up.
        parts_expected, parts_contributed, missing_parts: How many parts, and which (names) are missing.
        submitted: Beside a value that is the sum of its parts: what somebody gave for the whole.
    """

    value: float | None = None
    lower_ci_95: float | None = None
    upper_ci_95: float | None = None
    lower_ci_99_8: float | None = None
    upper_ci_99_8: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    reason: Reason | None = None
    detail: Detail | None = None
    qualifiers: tuple[Qualifier, ...] = ()
    coverage: float | None = None
    parts_expected: int | None = None
    parts_contributed: int | None = None
    missing_parts: tuple[str, ...] = ()
    submitted: SubmittedWhole | None = None


class Staleness(Frozen):
    """What should have followed the current figure by now.

    Attributes:
        next_period: The first period that is missing after it.
        due_on: The day that its figure was due; None where only other areas' figures say that it is.
        missed: How many later figures should have come.
        due_by: What says so.
    """

    next_period: str
    due_on: date | None = None
    missed: int = 1
    due_by: DueBy


class ProcessPoint(Frozen):
    """A period on a process control chart.

    Attributes:
        segment: 0, 1, …: the limits begin anew with each.
        mean, lower, upper: The process mean and limits; None where there are none.
        is_provisional: Whether fewer points than are needed made the limits.
        rule, direction: The rule by which it is flagged and `up` or `down`; None of common cause or without a value.
        variation: What it shows; None without a value.
    """

    segment: int
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    is_provisional: bool = False
    rule: ProcessRule | None = None
    direction: str | None = None
    variation: Variation | None = None


class Point(Frozen):
    """One period of a series: its value and, where there is one, the benchmark's value and the process limits then."""

    period: str
    period_start: date
    period_end: date
    value: Value
    benchmark: float | None = None
    path: float | None = None
    process: ProcessPoint | None = None


class FormerArea(Frozen):
    """An area that ended, and the share of it (0 to 1; None where nobody says) that is in the area of the page."""

    area_code: str
    name: str
    share: float | None = None


class FormerAreas(Frozen):
    """What a stretch of a series rests on, where the area of the page was not there yet or was smaller.

    Attributes:
        change: How the former areas became this one.
        first, last: The days of the stretch; None where it has no known beginning.
        areas: The former areas, sorted by code.
        is_without_figures: Whether nothing can be made of their figures, so that the series begins after the stretch.
    """

    change: AreaChange
    first: date | None = None
    last: date
    areas: tuple[FormerArea, ...]
    is_without_figures: bool = False
