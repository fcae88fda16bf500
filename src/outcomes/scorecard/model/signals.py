"""The five signals about a value, kept apart."""

from datetime import date

from outcomes.scorecard.model.base import Frozen
from outcomes.scorecard.model.values import ProcessPoint
from outcomes.vocabulary import AreaLevel, Assurance, BenchmarkKind, Certainty, Reached, Word

__all__ = [
    "Benchmark",
    "Comparison",
    "LimitsBegin",
    "NotBuilt",
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


class Comparison(Frozen):
    """The first signal: the value beside one benchmark."""

    word: Word
    benchmark: Benchmark | None = None
    distance: float | None = None
    because: str = ""


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
    """A change that was named: from its day on the process limits are worked out anew."""

    day: date
    because: str


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


class TargetSignal(Frozen):
    """The fourth signal: the value beside one target; `assurance` is what its process limits say of it."""

    word: Word
    set_by: AreaLevel | None = None
    expected: float | None = None
    target_period: str = ""
    target_value: float | None = None
    points: tuple[TargetLine, ...] = ()
    reached: Reached | None = None
    certainty: Certainty | None = None
    assurance: Assurance | None = None
    distance: float | None = None
    decision: str = ""
    agreed_on: date | None = None
    because: str = ""


class NotBuilt(Frozen):
    """A signal that this version does not compute for the measure, and the plain sentence that says so."""

    word: Word = Word.CANNOT_TELL
    because: str
