"""The frozen trees that pages, exports and other tools read: Scorecard and Explanation. Only pydantic is loaded here.

Every number in a scorecard is already protected, rounded by nobody, and stands beside its interval and period; every
missing one has a Reason. Field names are the keys of the published JSON; `schema_version` rises when they change.
"""

from outcomes.profile.model import ProfileLine
from outcomes.scorecard.model.base import SCHEMA_VERSION
from outcomes.scorecard.model.explanation import (
    Explanation,
    ExplanationStep,
    ExplanationTable,
    SourceRow,
    Working,
    WorkingInput,
)
from outcomes.scorecard.model.inequality import GapFigure, Inequality
from outcomes.scorecard.model.line import (
    AreaValue,
    DefinitionSummary,
    GroupValue,
    IndicatorLine,
    OutcomeSection,
    ReplyLine,
)
from outcomes.scorecard.model.money import (
    ControlTotalLine,
    DelegationLine,
    ExposureLine,
    Money,
    PartnerAmount,
    ResourceLine,
)
from outcomes.scorecard.model.page import (
    AgreementSummary,
    CommitmentLine,
    PartnerReturns,
    PartyLine,
    Place,
    Scorecard,
    Summary,
    Versions,
)
from outcomes.scorecard.model.signals import (
    BaselineLine,
    Benchmark,
    Comparison,
    LimitsBegin,
    NotBuilt,
    Overdispersion,
    SpecialCause,
    TargetLine,
    TargetSignal,
    Trend,
)
from outcomes.scorecard.model.values import (
    FormerArea,
    FormerAreas,
    Point,
    ProcessPoint,
    Staleness,
    SubmittedWhole,
    Value,
)

__all__ = [
    "SCHEMA_VERSION",
    "AgreementSummary",
    "AreaValue",
    "BaselineLine",
    "Benchmark",
    "CommitmentLine",
    "Comparison",
    "ControlTotalLine",
    "DefinitionSummary",
    "DelegationLine",
    "Explanation",
    "ExplanationStep",
    "ExplanationTable",
    "ExposureLine",
    "FormerArea",
    "FormerAreas",
    "GapFigure",
    "GroupValue",
    "IndicatorLine",
    "Inequality",
    "LimitsBegin",
    "Money",
    "NotBuilt",
    "OutcomeSection",
    "Overdispersion",
    "PartnerAmount",
    "PartnerReturns",
    "PartyLine",
    "Place",
    "Point",
    "ProcessPoint",
    "ProfileLine",
    "ReplyLine",
    "ResourceLine",
    "Scorecard",
    "SourceRow",
    "SpecialCause",
    "Staleness",
    "SubmittedWhole",
    "Summary",
    "TargetLine",
    "TargetSignal",
    "Trend",
    "Value",
    "Versions",
    "Working",
    "WorkingInput",
]
