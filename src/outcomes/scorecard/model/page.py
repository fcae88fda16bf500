"""A whole page: Scorecard, its agreement, promises, returns and summary."""

from datetime import date

from outcomes.profile.model import AskedOfPartner, Coverage, Parity, ProfileLine
from outcomes.profile.voices import Voices
from outcomes.scorecard.model.agreement import AgreementRecord
from outcomes.scorecard.model.base import SCHEMA_VERSION, Frozen
from outcomes.scorecard.model.challenges import ChallengeLine, RoomLine
from outcomes.scorecard.model.line import IndicatorLine, OutcomeSection
from outcomes.scorecard.model.meetings import Board
from outcomes.scorecard.model.money import Money
from outcomes.scorecard.model.partner import PartnerLine
from outcomes.scorecard.model.purpose import PurposeTree
from outcomes.scorecard.model.responses import ResponseCounts
from outcomes.vocabulary import AgreementForm, AreaLevel, CommitmentState, PartnerType

__all__ = [
    "AgreementSummary",
    "CommitmentLine",
    "PartnerReturns",
    "PartyLine",
    "Place",
    "Scorecard",
    "Summary",
    "Versions",
]


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
    """One promise and where it stands; `agreed_on` is None of one made long ago."""

    id: str
    partner_code: str = ""
    partner: str
    what: str
    agreed_on: date | None = None
    due: date
    state: CommitmentState
    since: date | None = None
    days_late: int = 0
    evidence: str = ""
    decision: str = ""
    explanation: str = ""
    outcome: str = ""
    indicator: str = ""
    # that of the measure in use here: what is promised names none
    indicator_version: int | None = None
    is_released: bool = False


class SourceReturns(Frozen):
    """What came of one source whose figures a partner sends, such as a subcontractor, in numbers of figures.

    Attributes:
        code, name: Whose figures they are; the code where no name is given.
        expected, received, late, missing, not_yet_due: What became of them; late ones are among those received.
    """

    code: str
    name: str
    expected: int
    received: int = 0
    late: int = 0
    missing: int = 0
    not_yet_due: int = 0


class PartnerReturns(Frozen):
    """What was expected of one partner for this place and what came, in numbers of figures.

    A figure of several sources has come when any of them is in; `sources` says of each whether it is.
    """

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
    sources: tuple[SourceReturns, ...] = ()


class Summary(Frozen):
    """The first screen in words: lists of page names of lines, found by the same rule for good and bad.

    Attributes:
        better, worse, cannot_tell, no_difference: The local and national measures, by page name: the id, and of an
            earlier version of a measure of which the page has a later one too `<id>.<version>`.
        call_for_reply, with_reply: Of these, those with an unwelcome word; and of those, the ones that have a reply.
        reply_overdue, reply_not_yet_due: Of those without one, the ones whose day has passed, and the ones whose day is
            to come; of the rest nobody agreed on a day.
        compared: How many have a first comparison.
        differing: How many of these differ at the 95 % level, by their intervals.
        differing_by_chance: How many would if each truly equalled what it is compared with: 5 % of those compared.
        remaining: Those whose difference stays when the expected share of false differences on the page is held to
            5 % (Benjamini-Hochberg over the first comparisons).
        without_p_value: How many are compared and have no p-value, so that they cannot stay.
        trends_told: How many have a recent trend that can be told.
        trends_by_chance: How many of these chance alone would call a trend at most: 0.2 % of them.
    """

    better: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()
    cannot_tell: tuple[str, ...] = ()
    no_difference: tuple[str, ...] = ()
    call_for_reply: tuple[str, ...] = ()
    with_reply: tuple[str, ...] = ()
    reply_overdue: tuple[str, ...] = ()
    reply_not_yet_due: tuple[str, ...] = ()
    compared: int = 0
    differing: int = 0
    differing_by_chance: float = 0.0
    remaining: tuple[str, ...] = ()
    without_p_value: int = 0
    trends_told: int = 0
    trends_by_chance: float = 0.0


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
        agreement, record: None where no agreement is recorded; the record says everything that was agreed.
        summary, profile: The first screen, and the ten lines.
        parity, coverage: Local and national measures beside each other; which sectors took part, and which did not.
        asked: What each partner is asked for here, each measure once.
        purpose: The tree from purpose to measure.
        outcomes, operational: The lines; operational measures in a tier of their own.
        commitments: Late first, then kept, not kept, not yet due, withdrawn.
        challenges, responses: What one side asked of another, unanswered first; and what became of them, both ways.
        room: Who has which part in which measure, for which people.
        returns: Partner by partner.
        partners: What is each partner's own: its part in each measure, its returns, its promises.
        money: What stands beside the outcomes; None where nothing of it is agreed or recorded.
        board: What the next meeting has before it; None where no meeting is recorded.
        voices: What people said, and the panels that speak for them; None where nobody looked.
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
    record: AgreementRecord | None = None
    summary: Summary
    profile: tuple[ProfileLine, ...] = ()
    parity: Parity | None = None
    coverage: Coverage | None = None
    asked: tuple[AskedOfPartner, ...] = ()
    purpose: PurposeTree | None = None
    outcomes: tuple[OutcomeSection, ...] = ()
    operational: tuple[IndicatorLine, ...] = ()
    commitments: tuple[CommitmentLine, ...] = ()
    challenges: tuple[ChallengeLine, ...] = ()
    responses: tuple[ResponseCounts, ...] = ()
    room: tuple[RoomLine, ...] = ()
    returns: tuple[PartnerReturns, ...] = ()
    partners: tuple[PartnerLine, ...] = ()
    money: Money | None = None
    board: Board | None = None
    voices: Voices | None = None
    attributions: tuple[str, ...] = ()
    versions: Versions

    @property
    def lines(self) -> tuple[IndicatorLine, ...]:
        """Every line of the page, in its order."""
        in_outcomes = (line for section in self.outcomes for line in (*section.local, *section.national))
        return (*in_outcomes, *self.operational)
