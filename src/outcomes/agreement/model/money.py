"""The money beside the outcomes: control totals, delegations, risk shares and the log of what was planned and spent.

Amounts are whole pounds. No amount enters the value or the word of an outcome.
"""

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from outcomes.period import Period, period_from_text
from outcomes.scalars import Day, Definition, NotNegativeWhole, Slug, Text, Whole, Words
from outcomes.vocabulary import DelegationState, PeriodKind, ResourceBasis, ResourceKind, RowStatus

__all__ = [
    "AreaPart",
    "ControlTotal",
    "Delegation",
    "MoneyPeriod",
    "PartnerPart",
    "PartnerShare",
    "Resource",
    "RiskShare",
    "Share",
    "delegation_state",
    "fraction_of",
    "money_period",
]

_KINDS = (PeriodKind.FINANCIAL_YEAR, PeriodKind.QUARTER, PeriodKind.MONTH)
_SHARE = re.compile(r"(0\.\d{1,9}|[01]|\d{1,6}/[1-9]\d{0,5})\Z", re.ASCII)


def money_period(text: str) -> Period:
    """Return the period that money is planned or spent in: a financial year, a quarter or a month.

    Raises:
        ValueError: The text is the canonical form of none of them.

    >>> str(money_period("2026/27 Q2"))
    '2026/27 Q2'
    """
    for kind in _KINDS:
        try:
            return period_from_text(kind, text)
        except ValueError:
            continue
    raise ValueError(f"{text!r} is no period of money; write 2026/27, 2026/27 Q2 or 2026-09")


def _period_text(given: Any) -> Any:
    if isinstance(given, str):
        money_period(given)
    return given


def _share(given: Any) -> str:
    if isinstance(given, str) and _SHARE.match(given) and Fraction(given) <= 1:
        return given
    raise ValueError("a share of 1 is expected, such as 0.35 or 1/3")


def fraction_of(share: str) -> Fraction:
    """Return a share exactly, so that shares add up to 1 or do not.

    >>> fraction_of("0.1") + fraction_of("0.2") + fraction_of("0.7") == 1
    True
    >>> sum(fraction_of(share) for share in ("1/3", "1/3", "1/3"))
    Fraction(1, 1)
    """
    return Fraction(share)


MoneyPeriod = Annotated[Text, AfterValidator(_period_text)]
Share = Annotated[str, BeforeValidator(_share)]


class PartnerPart(Definition):
    """One partner's part of a control total.

    Attributes:
        partner: The partner's code.
        amount: In whole pounds.
    """

    partner: Slug
    amount: Whole


class AreaPart(Definition):
    """What of a control total is delegated to one place.

    Attributes:
        area_code: The place.
        amount: In whole pounds; the delegations of that place's agreement that name the total add up to it.
    """

    area_code: Text
    amount: Whole


class ControlTotal(Definition):
    """A sum that partners together may not exceed in a period, and how it is made up to the pound.

    Attributes:
        id: Its code; delegations, risk shares and the log of resources name it by this.
        title: What it is, as it is printed.
        period: The financial year, quarter or month that it is for.
        amount: In whole pounds.
        basis: Whether it is gross, net of income, or capital.
        decision: The reference of the decision that set it.
        parts: What each partner answers for.
        delegated: What is delegated to places; of a total of the whole system.
        retained: What is kept by the system, delegated to nobody.
    """

    id: Slug
    title: Text
    period: MoneyPeriod
    amount: Whole
    basis: ResourceBasis = ResourceBasis.GROSS
    decision: Text
    parts: tuple[PartnerPart, ...] = ()
    delegated: tuple[AreaPart, ...] = ()
    retained: Whole = 0

    @property
    def made_up_of(self) -> int:
        """What the parts, the delegated and the retained add up to, in whole pounds."""
        of_partners = sum(part.amount for part in self.parts)
        return of_partners + sum(part.amount for part in self.delegated) + self.retained


class Delegation(Definition):
    """A function that one body lets others decide on for it, with its money, for a time.

    Attributes:
        id: Its code.
        function: What is delegated.
        from_partner: The code of the partner that delegates.
        to_body: Who decides now, such as the joint committee of the place.
        budget: In whole pounds, over its control total's period; None where no money goes with it.
        control_total: The id of the control total of which the budget is a part; empty for none.
        from: The first day.
        to: The last day; None for until it is revoked.
        instrument: What it rests on, such as a scheme of delegation or a section 75 agreement.
        decision: The reference of the decision.
        outcomes: The ids of the outcomes that it serves.
    """

    id: Slug
    function: Text
    from_partner: Slug
    to_body: Text
    budget: NotNegativeWhole | None = None
    control_total: Words = ""
    from_day: Day = Field(alias="from")
    to_day: Day | None = Field(default=None, alias="to")
    instrument: Text
    decision: Text
    outcomes: tuple[Slug, ...] = ()


class PartnerShare(Definition):
    """One partner's share of a risk.

    Attributes:
        partner: The partner's code.
        share: A share of 1, such as 0.35 or 1/3.
    """

    partner: Slug
    share: Share


class RiskShare(Definition):
    """How partners bear together what is spent above a control total, or keep what is left of it.

    Attributes:
        control_total: The id of the control total, of this agreement.
        shares: What each bears; together exactly 1.
        terms: What was agreed, in words.
        decision: The reference of the decision.
    """

    control_total: Slug
    shares: tuple[PartnerShare, ...] = Field(min_length=1)
    terms: Words = ""
    decision: Text


class Resource(Definition):
    """What one partner planned, expects or spent for one outcome in one period; a row of `resources.csv`.

    A row without an amount says by its status why there is none; what has no row is missing, and never nought.

    Attributes:
        partner: The partner's code.
        outcome: The id of the outcome that the money serves.
        period: The financial year, quarter or month.
        kind: A plan, a forecast of the whole period, or what was spent.
        basis: Whether it is gross, net of income, or capital; only amounts of one basis are added.
        amount: In whole pounds.
        status: Why there is no amount: not_available or not_applicable.
        control_total: The id of the control total that it counts against; empty for none.
        reported_on: The day on which it was reported; what is reported later than a page's date is not yet known.
        note: The partner's words.
    """

    partner: Slug
    outcome: Slug
    period: MoneyPeriod
    kind: ResourceKind
    basis: ResourceBasis = ResourceBasis.GROSS
    amount: Whole | None = None
    status: RowStatus | None = None
    control_total: Words = ""
    reported_on: Day
    note: Words = ""


def delegation_state(delegation: Delegation, as_of: date) -> DelegationState:
    """Return where a delegation stands on a date: not yet begun, in force, or expired.

    >>> given = {"from": date(2025, 4, 1), "to": date(2026, 3, 31)}
    >>> told = {"id": "d1", "function": "Carers", "from_partner": "EMI", "to_body": "The committee"}
    >>> lapsed = Delegation(**told, **given, instrument="Scheme of delegation", decision="JC 1")
    >>> delegation_state(lapsed, date(2026, 4, 1)).value
    'expired'
    """
    if as_of < delegation.from_day:
        return DelegationState.NOT_YET_BEGUN
    if delegation.to_day is not None and as_of > delegation.to_day:
        return DelegationState.EXPIRED
    return DelegationState.IN_FORCE
