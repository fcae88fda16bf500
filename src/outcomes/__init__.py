"""outcomes: a shared outcomes framework tracker for the partners of a place.

Data walks one way; each stage is one verb, it takes a noun and returns the next:

    load_partnership → check → receive → roll_up → estimate → judge → protect → build_scorecards → write_html

Names are loaded when they are first used, so that `import outcomes` is quick and a portal that only reads a
scorecard loads neither polars nor pandera.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from outcomes.version import VERSION as __version__  # noqa: N811

if TYPE_CHECKING:
    from outcomes import statistics
    from outcomes.agreement.model import Agreement
    from outcomes.errors import (
        DefinitionError,
        Fault,
        LedgerBusyError,
        LedgerError,
        OutcomesError,
        OutputError,
        PublicationRefused,
        ReadbackError,
        SharedOutcomeError,
        SubsidiarityError,
        TableError,
        UnknownNameError,
        UnreadableFileError,
        VoluntaryMixedError,
    )
    from outcomes.estimates.estimating import estimate
    from outcomes.estimates.model import Estimates
    from outcomes.finding import Finding
    from outcomes.framework.catalogue import Catalogue
    from outcomes.framework.loading import bundled_framework, load_framework
    from outcomes.framework.model import Framework, Inclusion, Indicator
    from outcomes.intake.checking import check
    from outcomes.intake.from_frame import observations
    from outcomes.intake.model import CheckResult, Receipt
    from outcomes.intake.observations import Observations
    from outcomes.intake.schema import submission_failures, submission_schema
    from outcomes.intake.template.writing import write_template
    from outcomes.judgement.judging import judge
    from outcomes.judgement.model import Judgements
    from outcomes.ledger.expunging import expunge
    from outcomes.ledger.model import ReturnsStatus, Tombstone, Withdrawal
    from outcomes.ledger.moving import RecordChanges, record_changes
    from outcomes.ledger.retention import expunge_past_retention, past_retention
    from outcomes.ledger.status import returns_status
    from outcomes.ledger.store import Ledger, open_ledger
    from outcomes.ledger.upgrading import upgrade
    from outcomes.ledger.verifying import verify
    from outcomes.ledger.withdrawing import withdraw
    from outcomes.no_score import score_of_partner
    from outcomes.partnership.building import partnership_from
    from outcomes.partnership.lint import lint_partnership
    from outcomes.partnership.loading import load_partnership
    from outcomes.partnership.model import Partner, Partnership
    from outcomes.partnership.proposing import propose_version
    from outcomes.partnership.room import who_is_in_the_room
    from outcomes.partnership.scaffold import init_partnership
    from outcomes.period import Period
    from outcomes.profile.burden import Burden, burden
    from outcomes.profile.hearing import carried_up, voices_of
    from outcomes.profile.panel_answers import panel_estimates
    from outcomes.profile.panels import panel_against_population, panel_weights
    from outcomes.profile.voices import Voices
    from outcomes.protection.model import Protected
    from outcomes.protection.protecting import protect
    from outcomes.report.fragment import scorecard_repr_html, to_html_fragment
    from outcomes.report.printed import printed_figures
    from outcomes.report.site import write_html
    from outcomes.rollup.model import PlaceMeasures
    from outcomes.rollup.positions import disputes, partial_sums
    from outcomes.rollup.rolling import roll_up
    from outcomes.scorecard.assembly import build_scorecards
    from outcomes.scorecard.changes import changes
    from outcomes.scorecard.collection import Scorecards
    from outcomes.scorecard.model import Explanation, Scorecard
    from outcomes.scorecard.reading import read_scorecard, scorecard_json
    from outcomes.scorecard.statuses import statuses
    from outcomes.workflows.building import build_site
    from outcomes.workflows.cataloguing import catalogue, write_catalogue
    from outcomes.workflows.changing import changes_since
    from outcomes.workflows.evidence import write_evidence
    from outcomes.workflows.example import run_example
    from outcomes.workflows.explaining import explain
    from outcomes.workflows.exporting_statuses import write_statuses
    from outcomes.workflows.importing import ImportedHistory, import_history
    from outcomes.workflows.publishing import publish
    from outcomes.workflows.receiving import receive
    from outcomes.workflows.reporting import write_check_report
    from outcomes.workflows.scoring import scorecards
    from outcomes.workflows.trying import try_layout

# public name → the module that defines it; `statistics` is a room of its own
_HOME: dict[str, str] = {
    "Agreement": "agreement.model",
    "Burden": "profile.burden",
    "Catalogue": "framework.catalogue",
    "CheckResult": "intake.model",
    "DefinitionError": "errors",
    "Estimates": "estimates.model",
    "Explanation": "scorecard.model",
    "Fault": "errors",
    "Finding": "finding",
    "Framework": "framework.model",
    "ImportedHistory": "workflows.importing",
    "Inclusion": "framework.model",
    "Indicator": "framework.model",
    "Judgements": "judgement.model",
    "Ledger": "ledger.store",
    "LedgerBusyError": "errors",
    "LedgerError": "errors",
    "Observations": "intake.observations",
    "OutcomesError": "errors",
    "OutputError": "errors",
    "Partner": "partnership.model",
    "Partnership": "partnership.model",
    "Period": "period",
    "PlaceMeasures": "rollup.model",
    "Protected": "protection.model",
    "PublicationRefused": "errors",
    "ReadbackError": "errors",
    "Receipt": "intake.model",
    "RecordChanges": "ledger.moving",
    "ReturnsStatus": "ledger.model",
    "Scorecard": "scorecard.model",
    "Scorecards": "scorecard.collection",
    "SharedOutcomeError": "errors",
    "SubsidiarityError": "errors",
    "TableError": "errors",
    "Tombstone": "ledger.model",
    "UnknownNameError": "errors",
    "UnreadableFileError": "errors",
    "Voices": "profile.voices",
    "VoluntaryMixedError": "errors",
    "Withdrawal": "ledger.model",
    "build_scorecards": "scorecard.assembly",
    "build_site": "workflows.building",
    "bundled_framework": "framework.loading",
    "burden": "profile.burden",
    "carried_up": "profile.hearing",
    "catalogue": "workflows.cataloguing",
    "changes": "scorecard.changes",
    "changes_since": "workflows.changing",
    "check": "intake.checking",
    "disputes": "rollup.positions",
    "estimate": "estimates.estimating",
    "explain": "workflows.explaining",
    "expunge": "ledger.expunging",
    "expunge_past_retention": "ledger.retention",
    "import_history": "workflows.importing",
    "init_partnership": "partnership.scaffold",
    "judge": "judgement.judging",
    "lint_partnership": "partnership.lint",
    "load_framework": "framework.loading",
    "load_partnership": "partnership.loading",
    "observations": "intake.from_frame",
    "open_ledger": "ledger.store",
    "panel_against_population": "profile.panels",
    "panel_estimates": "profile.panel_answers",
    "panel_weights": "profile.panels",
    "partial_sums": "rollup.positions",
    "partnership_from": "partnership.building",
    "past_retention": "ledger.retention",
    "printed_figures": "report.printed",
    "propose_version": "partnership.proposing",
    "protect": "protection.protecting",
    "publish": "workflows.publishing",
    "read_scorecard": "scorecard.reading",
    "receive": "workflows.receiving",
    "record_changes": "ledger.moving",
    "returns_status": "ledger.status",
    "roll_up": "rollup.rolling",
    "run_example": "workflows.example",
    "score_of_partner": "no_score",
    "scorecard_json": "scorecard.reading",
    "scorecard_repr_html": "report.fragment",
    "scorecards": "workflows.scoring",
    "statuses": "scorecard.statuses",
    "submission_failures": "intake.schema",
    "submission_schema": "intake.schema",
    "to_html_fragment": "report.fragment",
    "try_layout": "workflows.trying",
    "upgrade": "ledger.upgrading",
    "verify": "ledger.verifying",
    "voices_of": "profile.hearing",
    "who_is_in_the_room": "partnership.room",
    "withdraw": "ledger.withdrawing",
    "write_catalogue": "workflows.cataloguing",
    "write_check_report": "workflows.reporting",
    "write_evidence": "workflows.evidence",
    "write_html": "report.site",
    "write_statuses": "workflows.exporting_statuses",
    "write_template": "intake.template.writing",
}

__all__ = [
    "Agreement",
    "Burden",
    "Catalogue",
    "CheckResult",
    "DefinitionError",
    "Estimates",
    "Explanation",
    "Fault",
    "Finding",
    "Framework",
    "ImportedHistory",
    "Inclusion",
    "Indicator",
    "Judgements",
    "Ledger",
    "LedgerBusyError",
    "LedgerError",
    "Observations",
    "OutcomesError",
    "OutputError",
    "Partner",
    "Partnership",
    "Period",
    "PlaceMeasures",
    "Protected",
    "PublicationRefused",
    "ReadbackError",
    "Receipt",
    "RecordChanges",
    "ReturnsStatus",
    "Scorecard",
    "Scorecards",
    "SharedOutcomeError",
    "SubsidiarityError",
    "TableError",
    "Tombstone",
    "UnknownNameError",
    "UnreadableFileError",
    "Voices",
    "VoluntaryMixedError",
    "Withdrawal",
    "__version__",
    "build_scorecards",
    "build_site",
    "bundled_framework",
    "burden",
    "carried_up",
    "catalogue",
    "changes",
    "changes_since",
    "check",
    "disputes",
    "estimate",
    "explain",
    "expunge",
    "expunge_past_retention",
    "import_history",
    "init_partnership",
    "judge",
    "lint_partnership",
    "load_framework",
    "load_partnership",
    "observations",
    "open_ledger",
    "panel_against_population",
    "panel_estimates",
    "panel_weights",
    "partial_sums",
    "partnership_from",
    "past_retention",
    "printed_figures",
    "propose_version",
    "protect",
    "publish",
    "read_scorecard",
    "receive",
    "record_changes",
    "returns_status",
    "roll_up",
    "run_example",
    "score_of_partner",
    "scorecard_json",
    "scorecard_repr_html",
    "scorecards",
    "statistics",
    "statuses",
    "submission_failures",
    "submission_schema",
    "to_html_fragment",
    "try_layout",
    "upgrade",
    "verify",
    "voices_of",
    "who_is_in_the_room",
    "withdraw",
    "write_catalogue",
    "write_check_report",
    "write_evidence",
    "write_html",
    "write_statuses",
    "write_template",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used."""
    if name == "statistics":
        return import_module("outcomes.statistics")
    if name in _HOME:
        found = getattr(import_module(f"outcomes.{_HOME[name]}"), name)
        globals()[name] = found
        return found
    raise AttributeError(f"module 'outcomes' has no attribute {name!r}")


def __dir__() -> list[str]:
    """Every public name."""
    return sorted(__all__)
