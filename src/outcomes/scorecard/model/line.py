"""One line of a page: one indicator for one place, with everything that is said of it."""

from datetime import date

from outcomes.scorecard.model.balance import BalanceBeside
from outcomes.scorecard.model.base import Frozen
from outcomes.scorecard.model.challenges import DisputeLine
from outcomes.scorecard.model.inequality import Inequality
from outcomes.scorecard.model.signals import Comparison, NotBuilt, SpecialCause, TargetSignal, Trend
from outcomes.scorecard.model.source import SourceFile
from outcomes.scorecard.model.values import FormerAreas, Point, Staleness, Value
from outcomes.vocabulary import AreaLevel, PeriodKind, Polarity, PopulationBasis, Statistic, Tier, Word

__all__ = [
    "AreaValue",
    "DefinitionBreak",
    "DefinitionSummary",
    "FormerPartners",
    "GroupValue",
    "IndicatorLine",
    "OutcomeSection",
    "ReplyLine",
    "WiderValue",
]


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


class WiderValue(Frozen):
    """The value of an area that holds the place, for which a measure is collected: that area's, and not the place's.

    Attributes:
        area_code, name, level: The area.
        period, value: The latest; empty and None where there is none.
    """

    area_code: str
    name: str
    level: AreaLevel
    period: str = ""
    value: Value | None = None


class FormerPartners(Frozen):
    """Partners of before that sent figures of a series.

    Attributes:
        names: What they were called.
        last: The day on which the last of them ended.
        now: The name of who stands in their place.
        is_renamed: It is one of them alone, under a new name or code; else the series has a break where it passes over.
    """

    names: tuple[str, ...]
    last: date
    now: str
    is_renamed: bool = False


class ReplyLine(Frozen):
    """What a partner says beside an unwelcome figure; on the public page only when it is released."""

    partner_code: str = ""
    partner: str
    given_on: date
    text: str
    is_released: bool = False


class DefinitionBreak(Frozen):
    """From a day on the measure is counted in another way; what is before and after does not compare."""

    day: date
    because: str


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
        breaks: The breaks in its series that the definition names, earliest first.
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
    population_basis: PopulationBasis | None = None
    verified: str
    is_to_be_confirmed: bool = False
    not_established: tuple[str, ...] = ()
    published_as: str = ""
    published_name: str = ""
    agreed_by: str = ""
    polarity_agreed_by: str = ""
    breaks: tuple[DefinitionBreak, ...] = ()


class IndicatorLine(Frozen):
    """One line of a page: one indicator for one place, on the terms of its first inclusion.

    Attributes:
        indicator_id, indicator_version, official_code, name, short_name: Which measure.
        is_earlier_version: Whether the page has a later version of it too, so that its id alone does not name it.
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
        wider: The areas that hold this one and for which the measure is collected, where none is made of it here.
        former_areas: What the points of before the area was there rest on, earliest first.
        former_partners: Who sent figures and has ended since, and who stands there now.
        replies: The right of reply; an unwelcome word without one is shown with an empty slot.
        reply_due: The day by which words beside an unwelcome figure are due; None where no clock was agreed, or it is
            not known when the figure came.
        is_reply_overdue: Whether that day has passed without a reply.
        disputes: What partners disagree on, every position.
        balance: The short name of the indicator to be read beside it.
        balance_beside: That indicator's own figure here, and whether the two move apart; None where it has no line.
        staleness: What should have followed the current figure by now; None where nothing.
        data_note: A sentence on the state of its data.
        risks: What limits the confidence in the current figure, in short sentences; never a score.
        sources: The files whose rows entered the current figure, as far as the record tells.
        definition: How it is defined and computed.
    """

    indicator_id: str
    indicator_version: int
    is_earlier_version: bool = False
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
    inequality: Inequality | NotBuilt | None = None
    groups: tuple[GroupValue, ...] = ()
    parts: tuple[AreaValue, ...] = ()
    wider: tuple[WiderValue, ...] = ()
    former_areas: tuple[FormerAreas, ...] = ()
    former_partners: tuple[FormerPartners, ...] = ()
    replies: tuple[ReplyLine, ...] = ()
    reply_due: date | None = None
    is_reply_overdue: bool = False
    disputes: tuple[DisputeLine, ...] = ()
    balance: str = ""
    balance_beside: BalanceBeside | None = None
    staleness: Staleness | None = None
    data_note: str = ""
    sources: tuple[SourceFile, ...] = ()
    risks: tuple[str, ...] = ()
    definition: DefinitionSummary

    @property
    def movements(self) -> frozenset[Word]:
        """What is said of whether it moves: the words of its trend and, where it is asked for, of its special cause."""
        cause = {self.special_cause.word} if isinstance(self.special_cause, SpecialCause) else set()
        return frozenset({self.trend.word, *cause})

    @property
    def key(self) -> tuple[str, int]:
        """Which measure it is, the same in every place: its id and version."""
        return self.indicator_id, self.indicator_version

    @property
    def page_name(self) -> str:
        """What names it among the lines of its place: its id, and of an earlier version `<id>.<version>`."""
        # an id has no point in it, so that no two names are alike
        return f"{self.indicator_id}.{self.indicator_version}" if self.is_earlier_version else self.indicator_id


class OutcomeSection(Frozen):
    """One outcome with its lines: local and national in equal tiers, local first."""

    id: str
    title: str
    description: str
    purpose: str = ""
    local: tuple[IndicatorLine, ...] = ()
    national: tuple[IndicatorLine, ...] = ()
