"""The money beside the outcomes of a place: what a page says of plans, spending, totals, delegations and risk."""

from datetime import date

from outcomes.scorecard.model.base import Frozen
from outcomes.vocabulary import DelegationState, ResourceBasis, ResourceKind

__all__ = ["ControlTotalLine", "DelegationLine", "ExposureLine", "Money", "PartnerAmount", "ResourceLine"]


class PartnerAmount(Frozen):
    """One partner's amount; where there is none, why.

    Attributes:
        partner_code, partner: Whose it is.
        amount: In whole pounds; None where none is known, which is not nought.
        because: Why there is none: `missing`, `not available` or `not applicable`; empty where there is one.
        note: The partner's words.
    """

    partner_code: str
    partner: str
    amount: int | None = None
    because: str = ""
    note: str = ""


class ResourceLine(Frozen):
    """What was planned, forecast or spent for one outcome in one period, on one basis.

    Attributes:
        outcome_id, outcome: What the money serves.
        period, basis, kind: Only amounts that are alike in all three are added.
        total: Their sum in whole pounds; None where nobody's is known.
        is_partial: Whether an amount that was expected is missing, so that the whole is more than the total.
        parts: Partner by partner; whoever planned something is expected to say what was spent.
    """

    outcome_id: str
    outcome: str
    period: str
    basis: ResourceBasis
    kind: ResourceKind
    total: int | None = None
    is_partial: bool = False
    parts: tuple[PartnerAmount, ...] = ()


class ExposureLine(Frozen):
    """What one partner bears of a risk.

    Attributes:
        partner: Its name.
        share: As agreed, such as 0.35 or 1/3.
        amount: The share times the variance, in whole pounds, positive where it pays; None where that cannot be told.
    """

    partner_code: str
    partner: str
    share: str
    amount: int | None = None


class ControlTotalLine(Frozen):
    """A sum that partners together may not exceed, and what came of it.

    Attributes:
        id, title, period, basis, amount, decision: As agreed.
        parts: What each partner answers for.
        delegated: Area name and what of the total is delegated there; of a total of the system.
        retained: What the system keeps.
        is_of_system: Whether it is the system's, of which this place holds a part.
        outturn: What the whole period cost, or is forecast to; None where not every partner has said.
        outturn_kind: Whether that is spent or forecast.
        variance: The outturn less the amount: positive where more is spent.
        waiting_for: Names of the partners who have said neither.
        exposures: Who bears what of the variance; empty where nothing was agreed.
        terms: What was agreed about the risk, in words.
    """

    id: str
    title: str
    period: str
    basis: ResourceBasis
    amount: int
    decision: str
    parts: tuple[PartnerAmount, ...] = ()
    delegated: tuple[tuple[str, int], ...] = ()
    retained: int = 0
    is_of_system: bool = False
    outturn: int | None = None
    outturn_kind: ResourceKind | None = None
    variance: int | None = None
    waiting_for: tuple[str, ...] = ()
    exposures: tuple[ExposureLine, ...] = ()
    terms: str = ""


class DelegationLine(Frozen):
    """A function that another body decides on here, and where the delegation stands."""

    id: str
    function: str
    from_partner: str
    to_body: str
    budget: int | None = None
    control_total: str = ""
    from_day: date
    to_day: date | None = None
    instrument: str
    decision: str
    outcomes: tuple[tuple[str, str], ...] = ()
    state: DelegationState


class Money(Frozen):
    """All money beside the outcomes of a place; no amount enters the value or word of an outcome.

    Attributes:
        resources: By outcome, period, basis and kind.
        control_totals: Of the place, and those of the system of which it holds a part.
        delegations: In order of their function; expired ones too.
        without_resources: Titles of the page's outcomes of which no money is recorded: missing, not nought.
    """

    resources: tuple[ResourceLine, ...] = ()
    control_totals: tuple[ControlTotalLine, ...] = ()
    delegations: tuple[DelegationLine, ...] = ()
    without_resources: tuple[tuple[str, str], ...] = ()
