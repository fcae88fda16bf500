"""The closed lists of words that the whole library shares.

Each enum is a `StrEnum`: its value is the very text used in YAML files, table columns, JSON and arguments.
A word has one meaning everywhere; GLOSSARY.md defines each. This module imports nothing but the standard library.
"""

from enum import StrEnum, unique
from typing import Final

__all__ = [
    "AS_PUBLISHED",
    "NOT_RELEASED",
    "NO_COMPARISON",
    "READY_PRIORITIES",
    "AgreementForm",
    "AgreementPart",
    "AreaChange",
    "AreaLevel",
    "Assurance",
    "Audience",
    "Basis",
    "BenchmarkKind",
    "Certainty",
    "ChallengeState",
    "Change",
    "Combine",
    "CommitmentState",
    "Consent",
    "ContractKind",
    "DataStatus",
    "DecisionResult",
    "DecisionState",
    "DelegationState",
    "DeprivationOrder",
    "Detail",
    "DisputeSubject",
    "DueBy",
    "InsightMethod",
    "Matter",
    "Measured",
    "MeetingPart",
    "NumeratorKind",
    "PanelVerdict",
    "PartnerType",
    "PeriodKind",
    "Polarity",
    "PopulationBasis",
    "PriorityState",
    "ProcessRule",
    "Qualifier",
    "QuantileRule",
    "Reached",
    "Reason",
    "Recruitment",
    "ReplyState",
    "Representation",
    "ResourceBasis",
    "ResourceKind",
    "Role",
    "RowStatus",
    "Severity",
    "SignOffRule",
    "Signal",
    "Statistic",
    "TargetKind",
    "TargetMatch",
    "Tier",
    "Variation",
    "Verdict",
    "VerificationState",
    "Word",
]

# the name of the method of every value that its publisher worked out
AS_PUBLISHED: Final = "as_published"
# what stands in place of words that nobody has let beyond the partners
NOT_RELEASED: Final = "(not released)"


@unique
class Statistic(StrEnum):
    """What an indicator's value is, statistically; it decides the method and what may be added to what."""

    PROPORTION = "proportion"
    CRUDE_RATE = "crude_rate"
    DIRECTLY_STANDARDISED_RATE = "directly_standardised_rate"
    INDIRECTLY_STANDARDISED_RATIO = "indirectly_standardised_ratio"
    MEAN = "mean"
    COUNT = "count"
    RATIO = "ratio"
    LIFE_EXPECTANCY = "life_expectancy"
    PUBLISHED_VALUE = "published_value"


@unique
class Polarity(StrEnum):
    """Which direction of a value is good. Agreed by people, never inherited silently."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"
    NO_JUDGEMENT = "no_judgement"


@unique
class Tier(StrEnum):
    """Who asks for an indicator. Local and national stand equal; operational measures stand apart."""

    LOCAL = "local"
    NATIONAL = "national"
    OPERATIONAL = "operational"


@unique
class NumeratorKind(StrEnum):
    """Whether a numerator is a whole count or any number (as for a mean: the sum of what was measured)."""

    COUNT = "count"
    NUMBER = "number"


@unique
class Measured(StrEnum):
    """Whether a value speaks for the whole of its period or for one moment in it."""

    OVER_PERIOD = "over_period"
    AT_POINT = "at_point"


@unique
class Combine(StrEnum):
    """How figures for one place key from several sources relate: one figure, or parts of a sum."""

    ONE_SOURCE = "one_source"
    SUM_OF_SOURCES = "sum_of_sources"


@unique
class DeprivationOrder(StrEnum):
    """In which order a breakdown by deprivation names its groups."""

    MOST_DEPRIVED_FIRST = "most_deprived_first"
    LEAST_DEPRIVED_FIRST = "least_deprived_first"


@unique
class Basis(StrEnum):
    """What a place measure rests on: counts, counts by stratum, or a published value."""

    COUNTS = "counts"
    STRATA = "strata"
    PUBLISHED = "published"


@unique
class PeriodKind(StrEnum):
    """The rhythm of a period."""

    MONTH = "month"
    QUARTER = "quarter"
    CALENDAR_YEAR = "calendar_year"
    FINANCIAL_YEAR = "financial_year"
    ACADEMIC_YEAR = "academic_year"
    THREE_CALENDAR_YEARS = "three_calendar_years"
    THREE_FINANCIAL_YEARS = "three_financial_years"


@unique
class AreaLevel(StrEnum):
    """The level of an area: five rungs of the hierarchy, the building blocks below it, and what holds several places.

    A police force area holds whole places, and no place is made of it: its figures are never taken as a place's.
    """

    NATION = "nation"
    REGION = "region"
    SYSTEM = "system"
    PLACE = "place"
    NEIGHBOURHOOD = "neighbourhood"
    WARD = "ward"
    LSOA = "lsoa"
    COUNCIL = "council"
    POLICE_FORCE_AREA = "police_force_area"
    OTHER = "other"


@unique
class PopulationBasis(StrEnum):
    """Whom a measure counts in an area: people who live there, or people registered with a practice there."""

    RESIDENT = "resident"
    REGISTERED = "registered"


@unique
class AreaChange(StrEnum):
    """What made an area of others that ended."""

    # it is all of one area, under another code
    RECODE = "recode"
    # all of several areas
    MERGER = "merger"
    # parts of areas, whose shares are given
    APPORTIONED = "apportioned"
    # parts of areas, and nobody says how large they are
    SPLIT = "split"
    # it existed before, and others became a part of it
    TAKEN_IN = "taken in"


@unique
class PartnerType(StrEnum):
    """What a partner is. All types have the same rights, deadlines, checks and visibility.

    A publisher (such as a national statistics body) supplies and signs nothing, and is counted in no breadth.
    """

    NHS_TRUST = "nhs_trust"
    INTEGRATED_CARE_BOARD = "integrated_care_board"
    PRIMARY_CARE = "primary_care"
    COUNCIL = "council"
    VOLUNTARY_SECTOR = "voluntary_sector"
    CARE_PROVIDER = "care_provider"
    HOUSING = "housing"
    POLICE = "police"
    EDUCATION = "education"
    RESIDENT_GROUP = "resident_group"
    HOSPICE = "hospice"
    PUBLISHER = "publisher"


@unique
class Role(StrEnum):
    """What a partner does for an indicator. The accountable partners are its owners."""

    ACCOUNTABLE = "accountable"
    CONTRIBUTES = "contributes"
    SUPPLIES_DATA = "supplies_data"
    CONSULTED = "consulted"


@unique
class AgreementForm(StrEnum):
    """The legal form of an agreement; each form says what it may bind."""

    MEMORANDUM_OF_UNDERSTANDING = "memorandum_of_understanding"
    FORMAL_DELEGATION = "formal_delegation"
    CONTRACT = "contract"
    COMMITTEES_IN_COMMON = "committees_in_common"
    JOINT_COMMITTEE = "joint_committee"
    JOINT_VENTURE = "joint_venture"
    MERGER = "merger"


@unique
class ContractKind(StrEnum):
    """What sort of contract a contractual agreement is."""

    # section 75 of the NHS Act 2006: a pooled fund, or functions exercised by a council for the NHS or the other way
    SECTION_75 = "section_75"
    # partners collaborate under agreed terms while each may hold a contract of its own
    ALLIANCE = "alliance"
    # one provider holds the contract and subcontracts parts of the service
    LEAD_PROVIDER = "lead_provider"


@unique
class Matter(StrEnum):
    """What a decision under an agreement may be about, where it binds the partners."""

    FUNCTIONS = "functions"
    POOLED_BUDGET = "pooled_budget"
    SERVICES = "services"
    PAYMENT = "payment"
    STAFF = "staff"
    ASSETS = "assets"


@unique
class SignOffRule(StrEnum):
    """Whose signatures make an agreement valid."""

    UNANIMOUS = "unanimous"
    QUORATE = "quorate"
    LEAD_ONLY = "lead_only"


@unique
class Change(StrEnum):
    """What became of something from one version of an agreement to the next."""

    SET = "set"
    CHANGED = "changed"
    DROPPED = "dropped"


@unique
class AgreementPart(StrEnum):
    """The parts of an agreement that are held against those of an earlier version."""

    TARGETS = "targets"
    PRIORITIES = "priorities"
    DEFINITIONS = "definitions"
    RESPONSIBILITIES = "responsibilities"
    PARTIES = "parties"
    SIGN_OFF = "sign_off"
    FORM = "form"
    BINDS = "binds"
    FRAMEWORKS = "frameworks"
    PURPOSE = "purpose"
    CONTRACTS = "contracts"
    MONEY = "money"
    CLOCKS = "clocks"
    LIMITS = "limits"
    DATES = "dates"


@unique
class PriorityState(StrEnum):
    """How ready a local priority is."""

    AGREED = "agreed"
    EVIDENCE_OVERDUE = "evidence overdue"
    NOT_AGREED = "not agreed"
    OVERDUE = "overdue"


# a priority that was agreed by a decision and signatures, whether or not its evidence is due for another look
READY_PRIORITIES: Final = frozenset({PriorityState.AGREED, PriorityState.EVIDENCE_OVERDUE})


@unique
class CommitmentState(StrEnum):
    """Where a commitment stands on a date."""

    KEPT = "kept"
    LATE = "late"
    NOT_KEPT = "not kept"
    NOT_YET_DUE = "not yet due"
    WITHDRAWN = "withdrawn"


@unique
class ChallengeState(StrEnum):
    """Where a challenge stands on a date, whoever raised it and whoever is to reply."""

    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered late"
    NOT_YET_DUE = "not yet due"


@unique
class ReplyState(StrEnum):
    """Where the reply to an unwelcome word stands on a date."""

    GIVEN = "given"
    OVERDUE = "overdue"
    NOT_YET_DUE = "not yet due"
    # the partners agreed on no number of days, or nobody knows when the figure came
    NO_DAY = "no day agreed"


@unique
class DisputeSubject(StrEnum):
    """What partners disagree on."""

    VALUE = "value"
    TARGET = "target"
    METHOD = "method"


@unique
class ResourceKind(StrEnum):
    """What an amount of money is: agreed beforehand, expected of the whole period, or spent."""

    PLAN = "plan"
    FORECAST = "forecast"
    ACTUAL = "actual"


@unique
class ResourceBasis(StrEnum):
    """On what basis money is counted; amounts of different bases are never added."""

    GROSS = "gross"
    NET = "net"
    CAPITAL = "capital"


@unique
class DelegationState(StrEnum):
    """Where a delegation stands on a date."""

    NOT_YET_BEGUN = "not yet begun"
    IN_FORCE = "in force"
    EXPIRED = "expired"


@unique
class MeetingPart(StrEnum):
    """Whether a part of a meeting is heard in public or in private."""

    PUBLIC = "public"
    PRIVATE = "private"


@unique
class DecisionResult(StrEnum):
    """What came of a decision that was sought."""

    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    DEFERRED = "deferred"


@unique
class DecisionState(StrEnum):
    """Where a decision stands on a date."""

    SOUGHT = "sought"
    AGREED = "agreed"
    NOT_AGREED = "not agreed"
    DEFERRED = "deferred"
    # the meeting is over, and nobody wrote down what came of it
    NOT_RECORDED = "not recorded"


@unique
class RowStatus(StrEnum):
    """What a partner's marker says in place of a number."""

    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"


@unique
class Reason(StrEnum):
    """Why a value is missing. A missing value always has one; never 0, NaN, empty or a dash."""

    MISSING = "missing"
    NOT_AVAILABLE = "not available"
    NOT_APPLICABLE = "not applicable"
    NOT_YET_DUE = "not yet due"
    RETURN_REJECTED = "return rejected"
    CONFIDENTIAL = "confidential"
    NOT_COMPARABLE = "not comparable"
    CANNOT_BE_CALCULATED = "cannot be calculated"


@unique
class Detail(StrEnum):
    """Why a value cannot be calculated: the closed detail of `Reason.CANNOT_BE_CALCULATED`."""

    ZERO_DENOMINATOR = "zero denominator"
    TOO_FEW_EVENTS = "too few events"
    MISSING_STRATUM = "missing stratum"
    NO_SPREAD = "no spread"
    COVERAGE_TOO_LOW = "coverage too low"
    IMPOSSIBLE_INPUT = "impossible input"
    TOO_FEW_POINTS = "too few points"
    POPULATION_TOO_SMALL = "population too small"
    INTERVAL_TOO_WIDE = "interval too wide"


@unique
class Qualifier(StrEnum):
    """What to know about a value that is present. A qualifier is no verdict."""

    PROVISIONAL = "provisional"
    REVISED = "revised"
    ESTIMATED = "estimated"
    BREAK_IN_SERIES = "break in series"
    LOW_RELIABILITY = "low reliability"
    PARTIAL = "partial"
    STALE = "stale"
    APPORTIONED = "apportioned"
    FORMER_AREAS = "former areas"
    DISPUTED = "disputed"


@unique
class DueBy(StrEnum):
    """What says that a later figure should have come."""

    RETURNS = "returns"
    CALENDAR = "calendar"
    OTHER_AREAS = "other areas"
    USUAL_RELEASE = "usual release"


@unique
class Signal(StrEnum):
    """The five separate signals about one value. No stage adds them up."""

    COMPARISON = "comparison"
    TREND = "trend"
    SPECIAL_CAUSE = "special_cause"
    TARGET = "target"
    INEQUALITY = "inequality"


@unique
class Word(StrEnum):
    """Every word a signal may say."""

    MUCH_BETTER = "much better"
    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"
    MUCH_WORSE = "much worse"
    MUCH_HIGHER = "much higher"
    HIGHER = "higher"
    LOWER = "lower"
    MUCH_LOWER = "much lower"
    IMPROVING = "improving"
    GETTING_WORSE = "getting worse"
    INCREASING = "increasing"
    DECREASING = "decreasing"
    NO_SIGNIFICANT_CHANGE = "no significant change"
    MET = "met"
    NOT_MET = "not met"
    ON_TRACK = "on track"
    OFF_TRACK = "off track"
    NARROWING = "narrowing"
    WIDENING = "widening"
    IMPROVING_UNEQUALLY = "improving, unequally"
    CANNOT_TELL = "cannot tell"
    NOT_COMPARED = "not compared"
    NO_TARGET = "no target"
    NOT_ASKED = "not asked"


# what a comparison says that tells nothing
NO_COMPARISON: Final = frozenset({Word.NOT_COMPARED, Word.CANNOT_TELL})


@unique
class Reached(StrEnum):
    """Whether a target is reached by the target-setter's own rule, whatever chance says."""

    REACHED = "reached"
    NOT_REACHED = "not reached"


@unique
class Certainty(StrEnum):
    """Whether the interval holds the target: then the distance is within chance."""

    CLEAR = "clear"
    WITHIN_CHANCE = "within chance"


@unique
class ProcessRule(StrEnum):
    """Which rule of a process control chart a point is flagged by, in order of precedence."""

    OUTSIDE_LIMITS = "outside the limits"
    SEVEN_IN_A_TREND = "seven in a trend"
    TWO_IN_THREE = "two in three near a limit"
    SEVEN_ON_ONE_SIDE = "seven on one side of the mean"


@unique
class Variation(StrEnum):
    """What a point of a process control chart shows: the usual, or a special cause and whether it is good."""

    COMMON_CAUSE = "common cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    # a special cause where nobody has said which way is good
    NOT_JUDGED = "not judged"


@unique
class Assurance(StrEnum):
    """Whether a process, if nothing changes, will meet its target: by where the target lies beside its limits."""

    CONSISTENTLY_MEETS = "consistently meets"
    HIT_AND_MISS = "hit and miss"
    CONSISTENTLY_MISSES = "consistently misses"


@unique
class BenchmarkKind(StrEnum):
    """What a value is compared with."""

    NATION = "nation"
    REGION = "region"
    SYSTEM = "system"
    OTHER_PLACES = "other_places"
    # a named list of areas that are alike
    STATISTICAL_NEIGHBOURS = "statistical_neighbours"
    # the same area's value some periods before
    OWN_EARLIER_VALUE = "own_earlier_value"
    FIXED_VALUE = "fixed_value"


@unique
class TargetKind(StrEnum):
    """The kinds of target: a level, a path of levels, a gap reduced, a benchmark matched, an own baseline changed."""

    LEVEL = "level"
    PATH = "path"
    GAP = "gap"
    BENCHMARK = "benchmark"
    CHANGE = "change"


@unique
class TargetMatch(StrEnum):
    """What a benchmark target is to match: the area above, or a place in the order of the other areas of its level."""

    NATION = "nation"
    REGION = "region"
    SYSTEM = "system"
    BEST_QUARTILE = "best_quartile"
    MEDIAN = "median"


@unique
class QuantileRule(StrEnum):
    """The named rules that put areas into quarters; official tools differ by the areas that are left over."""

    PHE_QUANTILE = "phe_quantile"
    FINGERTIPS_QUINTILE = "fingertips_quintile"
    NTILE = "ntile"


@unique
class DataStatus(StrEnum):
    """Where an expected return stands on a date."""

    RECEIVED = "received"
    LATE = "late"
    REVISED = "revised"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPUNGED = "expunged"
    MISSING = "missing"
    NOT_YET_DUE = "not yet due"


@unique
class Severity(StrEnum):
    """How grave a finding is: any error rejects the file, a warning is only said."""

    WARNING = "warning"
    ERROR = "error"


@unique
class Verdict(StrEnum):
    """The verdict on one file, all or nothing."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNING = "accepted with warning"
    REJECTED = "rejected"


@unique
class VerificationState(StrEnum):
    """How far an entry was checked against its publisher: only `yes` is offered as official."""

    YES = "yes"
    PARTIAL = "partial"
    MEMORY = "memory"


@unique
class Audience(StrEnum):
    """For whom a page is written. Values are the same for all; order and wording differ."""

    PARTNERS = "partners"
    NATIONAL = "national"
    PUBLIC = "public"


@unique
class InsightMethod(StrEnum):
    """How people were listened to. Only the members of a panel may have been chosen; everybody else came forward."""

    PANEL = "panel"
    SURVEY = "survey"
    FOCUS_GROUP = "focus_group"
    INTERVIEWS = "interviews"
    CONVERSATIONS = "conversations"
    STORIES = "stories"
    COMPLAINTS = "complaints"
    WALK = "walk"
    PEER_RESEARCH = "peer_research"
    MEETING = "meeting"
    # what several records say together; it heard nobody itself
    SUMMARY = "summary"


@unique
class Consent(StrEnum):
    """What the people who were heard allow to be shown of what they said, and to whom."""

    # that they were heard, and about what; none of their words
    COUNT_ONLY = "count_only"
    PARTNERS = "partners"
    # to anybody, once a named role has released it
    PUBLIC = "public"


@unique
class Recruitment(StrEnum):
    """How the people of a panel or survey came to it: chosen so that they are like the population, or volunteers."""

    DEMOGRAPHICALLY_RECRUITED = "demographically_recruited"
    VOLUNTARY = "voluntary"


@unique
class Representation(StrEnum):
    """How a group's share of a panel stands to its share of the population."""

    IN_PROPORTION = "in proportion"
    UNDER_REPRESENTED = "under-represented"
    OVER_REPRESENTED = "over-represented"
    # so few members are expected that nothing could be seen
    CANNOT_TELL = "cannot tell"


@unique
class PanelVerdict(StrEnum):
    """What a panel's comparison with the population says of it."""

    REPRESENTATIVE = "representative"
    SKEWED = "skewed"
    CANNOT_TELL = "cannot tell"
    # nobody was chosen: no comparison makes a sample of them
    VOLUNTEERS = "volunteers"
