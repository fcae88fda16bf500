"""The five signals about a value, kept apart."""

from datetime import date

from outcomes.scorecard.model.base import Frozen
from outcomes.scorecard.model.values import ProcessPoint
from outcomes.vocabulary import (
    AreaLevel,
    Assurance,
    BenchmarkKind,
    Certainty,
    Change,
    Reached,
    TargetKind,
    TargetMatch,
    Word,
)

__all__ = [
    "BaselineLine",
    "Benchmark",
    "Comparison",
    "LimitsBegin",
    "NotBuilt",
    "Overdispersion",
    "SpecialCause",
    "TargetLine",
    "TargetSignal",
    "Trend",
]


class Benchmark(Frozen):
    """What a value is compared with."""

    kind: BenchmarkKind
    name: str
    area_code: str = ""
    value: float | None = None
    source: str = ""


class Overdispersion(Frozen):
    """A comparison of a large area, judged again by limits that hold the usual differences of areas too.

    Attributes:
        word: By these limits; None where there are too few areas to tell how they differ.
        method, method_title: The named method.
        volume: The volume from which such limits are asked for.
        areas: Of how many areas of the level the limits are made; None where hidden counts leave that out.
        dispersion: How much more these areas differ than by chance: the mean square of their z-scores, 1 for chance.
        lower_limit, upper_limit: The 95 % limits around the benchmark for an area of this size.
        because: Why there is no word.
    """

    word: Word | None = None
    method: str
    method_title: str = ""
    volume: int
    areas: int | None = None
    dispersion: float | None = None
    lower_limit: float | None = None
    upper_limit: float | None = None
    because: str = ""


class Comparison(Frozen):
    """The first signal: the value beside one benchmark.

    Attributes:
        word: By the value's own 95 % and 99.8 % intervals.
        benchmark, distance: What it is compared with, and how far above it the value lies.
        p_value: One less the confidence level at which the interval just touches the benchmark; None where nothing is
            compared or the interval does not tell it.
        p_value_on_page: Of a line's first comparison: adjusted (Benjamini-Hochberg) for all first comparisons of the
            page. At most 0.05, the difference stays when the expected share of false ones is held to 5 %.
        overdispersion: Of a large area beside others: the word that allows for areas differing by more than chance.
        because: Why it is not compared, or what to know.
    """

    word: Word
    benchmark: Benchmark | None = None
    distance: float | None = None
    p_value: float | None = None
    p_value_on_page: float | None = None
    overdispersion: Overdispersion | None = None
    because: str = ""

    @property
    def first_word(self) -> Word:
        """The word that is read first: the one that allows for overdispersion, where there is one."""
        return self.overdispersion.word if self.overdispersion and self.overdispersion.word else self.word


class Trend(Frozen):
    """The second signal: the recent trend by the named national rule."""

    word: Word
    method: str = ""
    method_title: str = ""
    direction: str | None = None
    slope: float | None = None
    chi_square: float | None = None
    points: int = 0
    because: str = ""


class LimitsBegin(Frozen):
    """A change that was named: from its day on the process limits are worked out anew.

    `decision` is the reference of the place's own decision; empty where the framework names the change.
    """

    day: date
    because: str
    decision: str = ""


class SpecialCause(Frozen):
    """The third signal: the current value beside the limits of its own process.

    Attributes:
        word: Improving or getting worse; higher or lower where nobody judges; no significant change of common cause.
        method, method_title: The named method.
        direction: `up`, `down` or `level`; None where it cannot be told.
        process: The current point's limits and rule; None where it is on no chart.
        points: How many have a value since the limits began.
        is_seasonal: Whether the series goes up and down with the year; None where it is too short to tell.
        begin_anew: The changes from which the limits were worked out anew, earliest first.
        because: Why it cannot be told.
    """

    word: Word
    method: str
    method_title: str = ""
    direction: str | None = None
    process: ProcessPoint | None = None
    points: int = 0
    is_seasonal: bool | None = None
    begin_anew: tuple[LimitsBegin, ...] = ()
    because: str = ""


class TargetLine(Frozen):
    """One agreed point of a target."""

    period: str
    value: float


class BaselineLine(Frozen):
    """What a change or a gap is measured from; of a gap its size. `source` is of a value frozen in the agreement."""

    period: str
    value: float | None = None
    is_frozen: bool = False
    source: str = ""


class TargetSignal(Frozen):
    """The fourth signal: the value beside one target.

    Attributes:
        word: Met, not met, on track, off track, cannot tell, no target.
        set_by, decision, agreed_on: Who set it, by which decision, when.
        key: Where it stands in the partnership's files.
        kind: The kind of target; None without one.
        breakdown: The canonical text of the group whose figure is judged; of a gap the first group.
        group: That group as it is called; empty for everybody.
        compared_with: Of a gap the other group, empty for everybody; of a benchmark the area above.
        match, areas: Of a benchmark, what is matched; how many other areas are in the order.
        baseline: Of a change or a gap.
        by_points, by_per_cent: By how much it is to change, with its sign.
        has_path: Whether something is expected on the way.
        period: The period of the figure that is judged.
        measured: What is judged where that is not the line's value: the group's value, the size of a gap.
        expected: What it is held against.
        target_period, target_value: When it is due, and the level then; of a gap its size; of a benchmark none.
        points: Its levels on the indicator's own scale, where it has any: agreed, or from the baseline.
        reached: By the target-setter's own rule.
        certainty: Clear, or within chance.
        assurance: What the process limits say of it.
        distance, distance_lower_ci_95, distance_upper_ci_95: How far off it is, with the chance of all that enters.
        because: Why it cannot be told.
        change: Whether a later version of the agreement changed or dropped it; None of one that stands.
        replaced_by, replaced_decision, replaced_since: Which version did, by which decision, from which day.
    """

    word: Word
    set_by: AreaLevel | None = None
    key: str = ""
    kind: TargetKind | None = None
    breakdown: str = ""
    group: str = ""
    compared_with: str = ""
    match: TargetMatch | None = None
    areas: int | None = None
    baseline: BaselineLine | None = None
    by_points: float | None = None
    by_per_cent: float | None = None
    has_path: bool = False
    period: str = ""
    measured: float | None = None
    expected: float | None = None
    target_period: str = ""
    target_value: float | None = None
    points: tuple[TargetLine, ...] = ()
    reached: Reached | None = None
    certainty: Certainty | None = None
    assurance: Assurance | None = None
    distance: float | None = None
    distance_lower_ci_95: float | None = None
    distance_upper_ci_95: float | None = None
    decision: str = ""
    agreed_on: date | None = None
    because: str = ""
    change: Change | None = None
    replaced_by: int | None = None
    replaced_decision: str = ""
    replaced_since: date | None = None


class NotBuilt(Frozen):
    """A signal that this version does not compute for the measure, and the plain sentence that says so."""

    word: Word = Word.CANNOT_TELL
    because: str
