"""What is one partner's own in a place: its part in each measure, its returns, what was sent back, its promises."""

from datetime import date

from outcomes.scorecard.model.base import Frozen
from outcomes.vocabulary import PartnerType, PeriodKind, Role

__all__ = ["MeasureReturns", "PartnerLine", "PartnerPart", "SentBack"]


class PartnerPart(Frozen):
    """What a partner does for one measure, in its latest version here; a shared outcome is never scored by partner."""

    indicator: str
    indicator_version: int | None = None
    roles: tuple[Role, ...]


class MeasureReturns(Frozen):
    """What was expected of a partner of one measure for one period, and what came, in numbers of figures.

    Attributes:
        indicator, indicator_version, name, period, period_kind, period_start: Of what; the version is that which holds
            for the period.
        due_on: The day by which they were due.
        expected: How many figures; each is in one of the others, a revised one counts as on time.
        on_time, late, missing, rejected, not_yet_due: What became of them.
        revised: How many of those that came have replaced another.
        sent_back: The ledger number of the file that was not accepted; None where none.
        sources_missing, sources_late: Of figures that are sent for others, whose are missing and whose came late, by
            name; a figure has come when any of its sources is in.
    """

    indicator: str
    indicator_version: int | None = None
    name: str
    period: str
    period_kind: PeriodKind
    period_start: date
    due_on: date
    expected: int
    on_time: int = 0
    late: int = 0
    missing: int = 0
    rejected: int = 0
    not_yet_due: int = 0
    revised: int = 0
    sent_back: int | None = None
    sources_missing: tuple[str, ...] = ()
    sources_late: tuple[str, ...] = ()


class SentBack(Frozen):
    """A file that was not accepted and whose figures are still owed.

    Attributes:
        entry: Its ledger number.
        file: Its name.
        received_on: The day on which it came.
        codes: The codes of what was found in it.
        measures: The short names of the measures that wait for it.
        figures: How many figures wait for it.
    """

    entry: int
    file: str
    received_on: date
    codes: tuple[str, ...]
    measures: tuple[str, ...]
    figures: int


class PartnerLine(Frozen):
    """One partner of a place, with what is its own.

    Attributes:
        code, name, type: Who it is.
        signatory_role, signed_on: As a party of the agreement; the role is empty where it is none.
        is_party: Whether the agreement names it.
        parts: What it does for which measure, in the order of the ids.
        returns: What was expected of it, the latest period first; the last two that were due and what is due next.
        sent_back: What it is to mend.
        commitments: The ids of its promises.
    """

    code: str
    name: str
    type: PartnerType
    is_party: bool
    signatory_role: str = ""
    signed_on: date | None = None
    parts: tuple[PartnerPart, ...] = ()
    returns: tuple[MeasureReturns, ...] = ()
    sent_back: tuple[SentBack, ...] = ()
    commitments: tuple[str, ...] = ()
