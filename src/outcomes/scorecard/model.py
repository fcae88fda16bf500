"""The frozen trees that pages, exports and other tools read: Scorecard and Explanation. Only pydantic is loaded here.

Every number in a scorecard is already protected, rounded by nobody, and stands beside its interval and period; every
missing one has a Reason. Field names are the keys of the published JSON; `schema_version` rises when they change.
"""

from datetime import date, datetime
from typing import Final

from pydantic import BaseModel, ConfigDict

from outcomes.profile.model import ProfileLine
from outcomes.vocabulary import (
    AgreementForm,
    AreaChange,
    AreaLevel,
    Assurance,
    BenchmarkKind,
    Certainty,
    CommitmentState,
    Detail,
    PartnerType,
    PeriodKind,
    Polarity,
    ProcessRule,
    Qualifier,
    Reached,
    Reason,
    Statistic,
    Tier,
    Variation,
    Word,
)

__all__ = [
    "SCHEMA_VERSION",
    "AgreementSummary",
    "AreaValue",
    "Benchmark",
    "CommitmentLine",
    "Comparison",
    "DefinitionSummary",
    "Explanation",
    "ExplanationStep",
    "FormerArea",
    "FormerAreas",
    "GroupValue",
    "IndicatorLine",
    "LimitsBegin",
    "NotBuilt",
    "OutcomeSection",
    "PartnerReturns",
    "PartyLine",
    "Place",
    "Point",
    "ProcessPoint",
    "ProfileLine",
    "ReplyLine",
    "Scorecard",
    "SourceRow",
    "SpecialCause",
    "SubmittedWhole",
    "Summary",
    "TargetLine",
    "TargetSignal",
    "Trend",
    "Value",
    "Versions",
]

SCHEMA_VERSION: Final = 2


class Frozen(BaseModel):
    """The base of every part of a scorecard: frozen, closed, without inf or NaN."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


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


class GroupValue(Frozen):
    """The value of one group of people, such as a sex or an age band."""

    dimension: str
    category: str
    value: Value


class AreaValue(Frozen):
    """The value of one part of the place, such as a neighbourhood; a remainder is counted in it, and is no place."""

    area_code: str
    name: str
    value: Value
    comparison: Comparison | None = None
    is_remainder: bool = False


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


class ReplyLine(Frozen):
    """What a partner says beside an unwelcome figure."""

    partner: str
    given_on: date
    text: str


class DefinitionSummary(Frozen):
    """How the measure is defined and computed.

    Attributes:
        verified: How far the definition was checked, in words; empty where nothing is said.
        is_to_be_confirmed: Whether it was checked only partly, or not at all.
        not_established: The parts of the definition that its sources leave open.
        published_as: What a published value is, such as a score.
        published_name: The name as published, where the measure is called otherwise here.
        agreed_by: Who takes a definition that is to be confirmed as it stands.
        polarity_agreed_by: Who agreed which way is good; empty where nobody is named.
    """

    numerator: str
    denominator: str
    unit: str
    multiplier: float
    statistic: Statistic
    method: str
    method_title: str
    measured: str
    level: AreaLevel
    source: str
    source_url: str
    licence: str
    limits_of_use: str
    comparable_with: str
    verified: str
    is_to_be_confirmed: bool = False
    not_established: tuple[str, ...] = ()
    published_as: str = ""
    published_name: str = ""
    agreed_by: str = ""
    polarity_agreed_by: str = ""


class IndicatorLine(Frozen):
    """One line of a page: one indicator for one place, on the terms of its first inclusion.

    Attributes:
        indicator_id, indicator_version, official_code, name, short_name: Which measure.
        framework_id, framework_title: The inclusion whose terms hold here.
        defined_in: The title of the framework that defines the measure and gives it its official code.
        also_in: Titles of the other frameworks that include the same measure.
        tier, polarity: The inclusion's terms.
        unit, decimals: How its values are printed.
        period_kind: Its rhythm.
        owners: Names of the accountable partners, sorted.
        suppliers: Names of the partners that send it, sorted.
        current: The current point; its period is the latest that should be judged on the page's date.
        points: Every period, earliest first, the current one last.
        drawn_benchmark: The name of the area whose values stand beside the points; empty where none does. It is the
            first benchmark that is one area, so not always the one that is compared first.
        comparisons: One for each benchmark of the inclusion, first choice first.
        trend, targets, special_cause, inequality: The other signals.
        groups, parts: By group of people, and by part of the place.
        former_areas: What the points of before the area was there rest on, earliest first.
        replies: The right of reply; an unwelcome word without one is shown with an empty slot.
        balance: The short name of the indicator to be read beside it.
        data_note: A sentence on the state of its data.
        definition: How it is defined and computed.
    """

    indicator_id: str
    indicator_version: int
    official_code: str
    name: str
    short_name: str
    framework_id: str
    framework_title: str
    defined_in: str = ""
    also_in: tuple[str, ...] = ()
    tier: Tier
    polarity: Polarity
    unit: str
    decimals: int
    period_kind: PeriodKind
    owners: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    current: Point | None = None
    points: tuple[Point, ...] = ()
    drawn_benchmark: str = ""
    comparisons: tuple[Comparison, ...] = ()
    trend: Trend
    targets: tuple[TargetSignal, ...] = ()
    special_cause: SpecialCause | NotBuilt | None = None
    inequality: NotBuilt | None = None
    groups: tuple[GroupValue, ...] = ()
    parts: tuple[AreaValue, ...] = ()
    former_areas: tuple[FormerAreas, ...] = ()
    replies: tuple[ReplyLine, ...] = ()
    balance: str = ""
    data_note: str = ""
    definition: DefinitionSummary


class OutcomeSection(Frozen):
    """One outcome with its lines: local and national in equal tiers, local first."""

    id: str
    title: str
    description: str
    local: tuple[IndicatorLine, ...] = ()
    national: tuple[IndicatorLine, ...] = ()


class PartyLine(Frozen):
    """One party of the agreement."""

    partner: str
    type: PartnerType
    signatory_role: str
    signed_on: date | None = None


class AgreementSummary(Frozen):
    """The agreement that the page stands on."""

    title: str
    version: int
    form: AgreementForm
    effective_from: date
    review_by: date
    decision: str
    is_in_force: bool
    parties: tuple[PartyLine, ...]


class CommitmentLine(Frozen):
    """One promise and where it stands."""

    id: str
    partner: str
    what: str
    due: date
    state: CommitmentState
    since: date | None = None
    days_late: int = 0
    evidence: str = ""
    explanation: str = ""
    outcome: str = ""
    indicator: str = ""


class PartnerReturns(Frozen):
    """What was expected of one partner for this place and what came, in numbers of figures."""

    partner: str
    type: PartnerType
    expected: int
    received: int
    late: int
    missing: int
    rejected: int
    revised: int
    not_yet_due: int
    note: str = ""


class Summary(Frozen):
    """The first screen in words: lists of indicator ids, found by the same rule for good and bad."""

    better: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()
    cannot_tell: tuple[str, ...] = ()
    no_difference: tuple[str, ...] = ()
    compared: int = 0
    differing: int = 0
    differing_by_chance: float = 0.0


class Place(Frozen):
    """The area that a scorecard is for."""

    area_code: str
    name: str
    level: AreaLevel
    population: int | None = None
    population_note: str = ""
    within: tuple[str, ...] = ()
    part_names: tuple[str, ...] = ()


class Versions(Frozen):
    """Everything needed to make the same page again."""

    library: str
    schema_version: int = SCHEMA_VERSION
    ledger_number: int
    partnership_fingerprint: str
    frameworks: tuple[str, ...]
    policy_id: str
    policy_title: str
    policy_fingerprint: str
    protected_sha256: str


class Scorecard(Frozen):
    """Everything that one place's page says.

    Attributes:
        partnership_id, partnership_title, is_fictional: Whose page it is.
        place: The area.
        as_of: The date that it speaks for.
        product: `draft` (protected, marked) or `working copy` (unprotected, for partners only, watermarked).
        draft_reasons: Why it is a draft, in plain sentences.
        agreement: None where no agreement is recorded.
        summary, profile: The first screen, and the ten lines.
        outcomes, operational: The lines; operational measures in a tier of their own.
        commitments: Late first, then kept, not kept, not yet due, withdrawn.
        returns: Partner by partner.
        versions: What it was made from.
    """

    schema_version: int = SCHEMA_VERSION
    partnership_id: str
    partnership_title: str
    is_fictional: bool
    place: Place
    as_of: date
    product: str
    draft_reasons: tuple[str, ...] = ()
    agreement: AgreementSummary | None = None
    summary: Summary
    profile: tuple[ProfileLine, ...] = ()
    outcomes: tuple[OutcomeSection, ...] = ()
    operational: tuple[IndicatorLine, ...] = ()
    commitments: tuple[CommitmentLine, ...] = ()
    returns: tuple[PartnerReturns, ...] = ()
    attributions: tuple[str, ...] = ()
    versions: Versions

    @property
    def lines(self) -> tuple[IndicatorLine, ...]:
        """Every line of the page, in its order."""
        in_outcomes = (line for section in self.outcomes for line in (*section.local, *section.national))
        return (*in_outcomes, *self.operational)


class SourceRow(Frozen):
    """One row of a partner's file that entered a figure."""

    partner_code: str
    partner: str
    area_code: str
    area: str
    breakdown: str
    numerator: float | None
    denominator: float | None
    value: float | None
    status: str | None
    submission: int
    file: str
    sheet: str | None
    row: int | None
    received_at: datetime | None
    sha256: str
    is_revision: bool


class ExplanationStep(Frozen):
    """One stage of the street: what it did with this figure, and the figures that it used."""

    stage: str
    sentence: str
    figures: tuple[tuple[str, str], ...] = ()


class Explanation(Frozen):
    """From one number back to the rows that it came from. Works on the record; never public."""

    indicator_id: str
    indicator_version: int
    name: str
    area_code: str
    area: str
    period: str
    as_of: date
    known_at: int
    value: Value
    definition: DefinitionSummary
    formula: str
    references: tuple[str, ...]
    steps: tuple[ExplanationStep, ...]
    rows: tuple[SourceRow, ...]
