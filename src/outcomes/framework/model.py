"""The nouns of a framework: Indicator, Inclusion, Outcome, Framework. Their field names are the YAML keys."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from outcomes.framework.series_break import SeriesBreak, break_faults
from outcomes.framework.verification import Verification
from outcomes.scalars import Day, Definition, Flag, PositiveNumber, PositiveWhole, Slug, Text, Whole, Words
from outcomes.status_table import StatusTable
from outcomes.target import Target
from outcomes.vocabulary import (
    AreaLevel,
    BenchmarkKind,
    Combine,
    DeprivationOrder,
    Measured,
    NumeratorKind,
    PeriodKind,
    Polarity,
    PopulationBasis,
    Statistic,
    Tier,
)

__all__ = [
    "SUBMITTED",
    "Breakdown",
    "Framework",
    "Inclusion",
    "Indicator",
    "IndicatorKey",
    "IndicatorReference",
    "Outcome",
    "Rebase",
    "Verification",
]

# the denominator comes with the numerator, in the partner's own row
SUBMITTED = "submitted"

# (id, version)
IndicatorKey = tuple[str, int]

# what the sources of a definition may leave open
_MAY_BE_OPEN = ("numerator_definition", "denominator_definition", "statistic", "multiplier", "unit", "period", "level")


class IndicatorReference(Definition):
    """A reference to an indicator of another framework, written `phof/20401@1`."""

    framework: Slug
    id: Slug
    version: PositiveWhole

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        framework, _, rest = given.partition("/")
        indicator, _, version = rest.partition("@")
        if not (framework and indicator and version):
            raise ValueError("a reference is expected, framework/indicator@version, such as phof/20401@1")
        return {"framework": framework, "id": indicator, "version": version}

    def __str__(self) -> str:
        """Return the reference as it is written in YAML."""
        return f"{self.framework}/{self.id}@{self.version}"


class Breakdown(Definition):
    """A partition of the people an indicator speaks for.

    Attributes:
        dimension: Its column, such as `sex`, `age_band` or `deprivation_decile`.
        categories: The spellings in their printed order; none where the sender only ever names the whole.
        whole: The spelling that means everybody whom the indicator speaks for, such as `All ages`, or `65+ yrs` of a
            measure of old people; a row with it (or none) speaks for the whole.
        is_full: Whether the categories together are everybody, so that parts add up to the whole.
        deprivation: Of fifths or tenths by deprivation: in which order the categories stand, `most_deprived_first` or
            `least_deprived_first`. The first and the last are then the two ends of the gap; nothing is guessed from
            their spelling. Left out where the groups are others.
    """

    dimension: Slug
    categories: tuple[Text, ...] = ()
    whole: Words = ""
    is_full: Flag = True
    deprivation: DeprivationOrder | None = None

    @model_validator(mode="after")
    def _categories_can_be_told_apart(self) -> Self:
        if not (self.categories or self.whole):
            raise ValueError("at least one of the categories is expected, or the whole")
        # "; " stands between the pairs of a breakdown's canonical text
        if any("; " in category for category in self.categories):
            raise ValueError("a category holds no semicolon followed by a blank; write it with a comma")
        if self.deprivation and len(self.categories) < 2:
            raise ValueError("groups ordered by deprivation are expected, two at least")
        return self

    @property
    def most_deprived_first(self) -> tuple[str, ...]:
        """The categories from the most to the least deprived; none where deprivation does not order them."""
        if self.deprivation is None:
            return ()
        is_turned = self.deprivation is DeprivationOrder.LEAST_DEPRIVED_FIRST
        return self.categories[::-1] if is_turned else self.categories


class Indicator(Definition):
    """What is measured: one definition, identified by id and version, whoever includes it.

    Attributes:
        id: Our slug, unique with the version over all frameworks of a partnership.
        version: 1, 2, …; a changed definition is a new version.
        name: The full name, as published; in our words where the published one misstates what is measured.
        published_name: The name as published, where `name` says it otherwise.
        short_name: A name that fits a narrow column.
        official_code: The code as published, free text such as `2D(1)`.
        aliases: The ids of the same measure in other sets; a partner may send any that is unambiguous.
        statistic: What the value is.
        published_as: What a published value is, such as `directly standardised rate` or `score`.
        numerator_definition: What is counted, in words.
        denominator_definition: Out of what, in words; none for a count.
        not_established: The keys that the sources seen leave open: numerator_definition, denominator_definition,
            statistic, multiplier, unit, period, level. A text among them stays empty; what stands in another is ours,
            until the publisher's definition was read.
        multiplier: What the quotient is multiplied by (100 for per cent).
        unit: The printed unit, such as `%` or `per 100,000`.
        decimals: Decimals on pages.
        numerator_scale, denominator_scale: Both are held as whole multiples of 1/scale (2 for half patients).
        numerator: `count` (whole) or `number`.
        allow_negative: Whether the numerator may be below zero.
        method: The named interval method; empty for the statistic's default.
        design_effect: How many of those counted stand for one independent observation (2 where children of one family
            are counted together): the interval of a proportion or crude rate is that of counts so much smaller.
        period: The rhythm in which it is sent.
        measured: Over the period, or at a point of it.
        level: The level at which it is collected, from which it is rolled up.
        population_basis: Whom it counts in an area: `resident` (who lives there) or `registered` (who is on the list
            of a practice there); printed beside its values. None where nobody says.
        breakdowns: The partitions it may be sent by.
        strata: The dimension that a standardised rate is standardised over; empty otherwise.
        standard_population: The id of the standard population for those strata.
        combine: Whether several sources of one key are a dispute or parts of a sum.
        denominator: `submitted`, or `reference:<series>` for a population taken once from a reference series,
            or `none` for a count.
        optional_columns: Further columns read from returns: sum_of_squares, effective_sample_size, lower_ci_95,
            upper_ci_95, value_status, source_code.
        valid_from, valid_to: The periods (by their last day) for which this version is used.
        breaks: The days from which it is counted in another way though the definition is the same, such as another
            collection, earliest first; a trend, a comparison with an earlier value or a line runs across none.
        published_because: Of a value that is taken as published: why it cannot be worked out from counts here, such as
            that the answers of a survey are weighted; printed as its method.
        limits_of_use: What the figures may not be used for; printed with them.
        comparable_with: What it may be compared with; empty for anything of the same definition.
        overlaps_with: The ids of indicators that ask for the same, or nearly, where the sources seen do not settle that
            they are one measure; a partnership that has both is advised to ask for one.
        is_proxy: A local variant of a national measure: never compared with the national figure.
        is_gap: Its value is itself a difference between the most and the least deprived (0 where there is none), such
            as a slope index of inequality: its own series tells whether the gap narrows.
        is_experience_measure: It is people's own account of their care or their life, such as whether they felt safe.
        source, licence, source_url: Where the definition, or the published data, comes from.
        verified: How far the definition was checked against its source; none where that is not said.
    """

    id: Slug
    version: PositiveWhole = 1
    name: Text
    published_name: Words = ""
    short_name: Words = ""
    official_code: Words = ""
    aliases: tuple[Text, ...] = ()
    statistic: Statistic
    published_as: Words = ""
    numerator_definition: Words = ""
    denominator_definition: Words = ""
    not_established: tuple[Text, ...] = ()
    multiplier: PositiveNumber = 1.0
    unit: Words = ""
    decimals: Whole = Field(default=1, ge=0, le=6)
    numerator_scale: PositiveWhole = 1
    denominator_scale: PositiveWhole = 1
    numerator: NumeratorKind = NumeratorKind.COUNT
    allow_negative: Flag = False
    method: Words = ""
    design_effect: PositiveNumber = 1.0
    period: PeriodKind
    measured: Measured = Measured.OVER_PERIOD
    level: AreaLevel
    population_basis: PopulationBasis | None = None
    breakdowns: tuple[Breakdown, ...] = ()
    strata: Words = ""
    standard_population: Words = ""
    combine: Combine = Combine.ONE_SOURCE
    denominator: Text = SUBMITTED
    optional_columns: tuple[Slug, ...] = ()
    valid_from: Day | None = None
    valid_to: Day | None = None
    breaks: tuple[SeriesBreak, ...] = ()
    published_because: Words = ""
    limits_of_use: Words = ""
    comparable_with: Words = ""
    overlaps_with: tuple[Slug, ...] = ()
    is_proxy: Flag = False
    is_gap: Flag = False
    is_experience_measure: Flag = False
    source: Text
    licence: Text
    source_url: Words = ""
    verified: Verification | None = None

    @property
    def key(self) -> IndicatorKey:
        """The identity: (id, version)."""
        return (self.id, self.version)

    def holds_on(self, day: date) -> bool:
        """Whether this version holds for a period that ends on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    @property
    def by_deprivation(self) -> dict[str, tuple[str, ...]]:
        """Of each dimension that deprivation orders, its categories from the most to the least deprived."""
        return {one.dimension: one.most_deprived_first for one in self.breakdowns if one.deprivation}

    @property
    def reference_denominator(self) -> str | None:
        """The id of the reference series that gives the denominator; None where it is submitted or there is none."""
        return self.denominator.partition(":")[2] or None

    @property
    def has_denominator(self) -> bool:
        """Whether a denominator belongs to the statistic at all."""
        return self.denominator != "none" and self.statistic not in (
            Statistic.COUNT,
            Statistic.PUBLISHED_VALUE,
        )

    @property
    def is_to_be_confirmed(self) -> bool:
        """Whether it is said that the definition was not, or only partly, seen at its source."""
        return self.verified is not None and not self.verified.is_official

    @model_validator(mode="after")
    def _parts_fit_statistic(self) -> Self:
        faults = self._open_parts()
        if self.denominator not in (SUBMITTED, "none") and not self.denominator.startswith("reference:"):
            faults.append("denominator is 'submitted', 'none' or 'reference:<series>'")
        if self.statistic is Statistic.DIRECTLY_STANDARDISED_RATE and not (self.strata and self.standard_population):
            faults.append("a directly standardised rate needs strata and a standard_population")
        if self.strata and self.strata not in {breakdown.dimension for breakdown in self.breakdowns}:
            faults.append(f"strata {self.strata!r} is none of the breakdowns")
        if self.has_denominator and not self.denominator_definition:
            faults.append("a denominator_definition is needed")
        if self.published_as and self.statistic is not Statistic.PUBLISHED_VALUE:
            faults.append("published_as belongs to a published_value")
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            faults.append("valid_from is after valid_to")
        faults += break_faults(self.breaks, self.valid_from, self.valid_to)
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _open_parts(self) -> list[str]:
        """What is wrong with what is open: a text that is open is empty, and one that is not is there."""
        faults = [
            f"not_established names {key!r}; it may name {', '.join(_MAY_BE_OPEN)}"
            for key in self.not_established
            if key not in _MAY_BE_OPEN
        ]
        for key in ("numerator_definition", "denominator_definition"):
            if key in self.not_established and getattr(self, key):
                faults.append(f"{key} is not established, and stands here")
        if not self.numerator_definition and "numerator_definition" not in self.not_established:
            faults.append("a numerator_definition is needed, or its name in not_established")
        if "numerator_definition" in self.not_established and self.statistic is not Statistic.PUBLISHED_VALUE:
            faults.append("what is counted is not established, so only a published_value can be taken")
        return faults


class Rebase(Definition):
    """A change that was named and dated: the limits of a process control chart are worked out anew from there.

    Attributes:
        from: The day of the change; new limits begin with the first period that begins on it or after it.
        because: What changed, and who decided that the limits begin anew; printed with them.
    """

    from_day: Day = Field(alias="from")
    because: Text


class Inclusion(Definition):
    """A framework's terms for one indicator: under which outcome, in which tier, judged how.

    Attributes:
        indicator: The id of the indicator.
        version: The version of the indicator; 1 where not said.
        outcome: The id of the outcome it serves.
        tier: Local, national or operational.
        polarity: Which direction is good; agreed by people.
        polarity_agreed_by: The role or meeting that agreed it.
        name: The measure's name in this framework, where another framework defines it and calls it otherwise.
        official_code: Its code in this framework, where another framework defines it.
        verified: How far it was checked that this framework asks for the measure; none where the indicator's own says
            it.
        definition_agreed_by: The role or meeting that takes a definition that is to be confirmed as it stands.
        benchmarks: What it is compared with, first choice first; empty for no comparison. A count is compared with
            nothing but a fixed value or its own earlier one: it grows with the size of its area.
        benchmark_value: The level, where a fixed value is a benchmark.
        periods_back: Where an own earlier value is a benchmark: how many periods before, such as 12 for the same month
            of the year before.
        overdispersion: How a comparison with other areas allows for areas that differ by more than chance: `auto` (the
            method `funnel_additive_corrected`), the name of such a method, or `none`.
        overdispersion_from: The volume from which it does so: people in the denominator of a proportion, events of a
            rate. At 500 the 95 % limits of chance alone are within 4.4 percentage points, and within 9 % of a rate.
        trend: The named trend method; empty for none.
        special_cause: The named method of process control charts, for monthly and quarterly figures: `ptd` or
            `nhse_excel`; empty for none.
        inequality: The named method of the change of the gap by deprivation, told of every measure that has such a
            breakdown; empty for none.
        slope_index: The named method of the interval of the slope index of inequality: `slope_index_analytic` or
            `slope_index_simulated`; empty for no slope index.
        slope_index_seed: The seed of the simulated one, which must be given for it.
        rebased: The changes from which its limits are worked out anew, earliest first; never without a reason.
        order: The place of the line within its outcome.
        targets: National targets, which hold for every area.
        balance: The id of the indicator that would show a side effect; both are shown together.
    """

    indicator: Slug
    version: PositiveWhole = 1
    outcome: Slug
    tier: Tier
    polarity: Polarity
    polarity_agreed_by: Words = ""
    name: Words = ""
    official_code: Words = ""
    verified: Verification | None = None
    definition_agreed_by: Words = ""
    benchmarks: tuple[BenchmarkKind, ...] = ()
    benchmark_value: PositiveNumber | None = None
    periods_back: PositiveWhole | None = None
    overdispersion: Text = "auto"
    overdispersion_from: PositiveWhole = 500
    trend: Words = "trend_fingertips_2020"
    special_cause: Words = ""
    inequality: Words = "gap_trend_fingertips_2020"
    slope_index: Words = "slope_index_analytic"
    slope_index_seed: Whole | None = None
    rebased: tuple[Rebase, ...] = ()
    order: Whole = 0
    targets: tuple[Target, ...] = ()
    balance: Words = ""

    @property
    def key(self) -> IndicatorKey:
        """The identity of the included indicator."""
        return (self.indicator, self.version)


class Outcome(Definition):
    """A group of indicators with a common end, in plain words.

    Attributes:
        id: Its code; inclusions and commitments name it by this.
        title: The end itself, as a heading.
        description: A sentence or two below the heading.
        purpose: What it is for, in the partners' words; empty for the framework's own purpose.
        heard_through: How people themselves are listened to about it, such as a panel or a yearly survey; empty where
            nobody says.
        order: The place of the outcome among the others.
    """

    id: Slug
    title: Text
    description: Words = ""
    purpose: Words = ""
    heard_through: Words = ""
    order: Whole = 0


class Framework(Definition):
    """A protocol: which outcomes, which indicators, on which terms.

    Attributes:
        id: Its code, which is also its folder's name; partnership.yaml and agreements name it by this.
        version: The edition that is held here, in its publisher's own manner of counting; printed with the figures.
        title, publisher, source, licence: Printed with every number made under it.
        description: What it is, in a sentence or two.
        purpose: What its outcomes are for, in one sentence; empty where nobody says it.
        includes: References to indicators that other frameworks define.
        outcomes: The outcomes, in order.
        indicators: The indicators defined here.
        inclusions: The terms for each indicator, defined here or included.
        statuses: How the signals read in another system's fixed statuses, in an export; none where it has none.
    """

    id: Slug
    version: Text
    title: Text
    publisher: Text
    source: Text
    licence: Text
    description: Words = ""
    purpose: Words = ""
    includes: tuple[IndicatorReference, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    inclusions: tuple[Inclusion, ...] = ()
    statuses: StatusTable | None = None

    def verification_of(self, inclusion: Inclusion) -> Verification | None:
        """How far it was checked that this framework asks for a measure; None where nothing is said.

        Arguments:
            inclusion: One of this framework's; where it says nothing itself, the indicator defined here says it.
        """
        own = next((one.verified for one in self.indicators if one.key == inclusion.key), None)
        return inclusion.verified or own

    @property
    def official(self) -> tuple[Inclusion, ...]:
        """The inclusions that were verified, and may be offered as official."""
        said = ((inclusion, self.verification_of(inclusion)) for inclusion in self.inclusions)
        return tuple(inclusion for inclusion, verified in said if verified and verified.is_official)
