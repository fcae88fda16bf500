"""Money: what partners bear adds up, shares are exact, and what is missing is never nought."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from outcomes.agreement.model import (
    Agreement,
    Delegation,
    Meeting,
    PartnerShare,
    Resource,
    delegation_state,
    fraction_of,
    money_period,
)
from outcomes.partnership.model import Partner, Partnership
from outcomes.scorecard.model import Money
from outcomes.scorecard.money import exposures, money_of
from outcomes.vocabulary import DelegationState, PartnerType, ResourceKind
from tests.small_world import inclusion, indicator, world

AS_OF = date(2026, 11, 22)


@given(
    variance=some.integers(-(10**12), 10**12),
    parts=some.lists(some.integers(0, 1000), min_size=1, max_size=12).filter(any),
)
def test_what_partners_bear_is_share_times_variance_and_adds_up(variance: int, parts: list[int]) -> None:
    shares = [(f"P{number:02}", f"{part}/{sum(parts)}") for number, part in enumerate(parts)]
    borne = exposures(variance, shares)
    assert sum(borne.values()) == variance
    for code, share in shares:
        assert abs(borne[code] - fraction_of(share) * variance) < 1
    mirrored = exposures(-variance, shares)
    assert mirrored == {code: -amount for code, amount in borne.items()}


@given(parts=some.lists(some.integers(1, 50), min_size=2, max_size=6), variance=some.integers(-(10**7), 10**7))
def test_the_order_of_shares_moves_no_pound(parts: list[int], variance: int) -> None:
    shares = [(f"P{number}", f"{part}/{sum(parts)}") for number, part in enumerate(parts)]
    assert exposures(variance, shares) == exposures(variance, shares[::-1])


@pytest.mark.parametrize("text", ["1.1", "-0.1", "50%", "2/1", "1/0", "nan", "0.", ".5", "1e-1", 0.5])
def test_a_share_that_is_none_is_refused(text: Any) -> None:
    with pytest.raises(ValidationError, match="a share of 1 is expected"):
        PartnerShare(partner="A", share=text)


def test_a_third_is_a_third() -> None:
    assert fraction_of("1/3") * 3 == 1
    assert fraction_of("0.1") == Fraction(1, 10)


@pytest.mark.parametrize("text", ["2026", "2026/28", "2026/27 Q5", "2026-13", "Q2", ""])
def test_a_period_of_money_is_a_financial_year_a_quarter_or_a_month(text: str) -> None:
    with pytest.raises(ValueError, match="no period of money"):
        money_period(text)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 3, 31), DelegationState.NOT_YET_BEGUN),
        (date(2026, 4, 1), DelegationState.IN_FORCE),
        (date(2027, 3, 31), DelegationState.IN_FORCE),
        (date(2027, 4, 1), DelegationState.EXPIRED),
    ],
)
def test_a_delegation_holds_on_its_first_and_last_day(day: date, state: DelegationState) -> None:
    told = {"id": "d", "function": "Carers", "from_partner": "T1", "to_body": "All", "instrument": "I", "decision": "D"}
    assert delegation_state(Delegation(**told, **{"from": "2026-04-01", "to": "2027-03-31"}), day) is state


def _world(*resources: dict[str, Any], **terms: Any) -> tuple[Agreement, Partnership]:
    agreement = Agreement.model_validate(
        {
            "area_code": "PL1",
            "version": 1,
            "title": "All",
            "form": "joint_committee",
            "frameworks": ["local"],
            "parties": [{"partner": code, "signatory_role": "Chair"} for code in ("A", "B")],
            "effective_from": "2026-04-01",
            "review_by": "2027-03-31",
            "decision": "D",
            "control_totals": [
                {
                    "id": "pool", "title": "Pool", "period": "2026/27", "amount": 100, "decision": "D",
                    "parts": [{"partner": "A", "amount": 60}, {"partner": "B", "amount": 40}],
                }
            ],
            "risk_shares": [
                {"control_total": "pool", "decision": "D", "shares": [{"partner": "A", "share": "1"}]}
            ],
            "resources": [
                {"outcome": "o", "period": "2026/27", "kind": "actual", "control_total": "pool",
                 "reported_on": "2026-10-01", **row}
                for row in resources
            ],
            **terms,
        }
    )  # fmt: skip
    partners = tuple(Partner(code=code, name=f"Partner {code}", type=PartnerType.COUNCIL) for code in "AB")
    return agreement, replace(world([indicator()], [inclusion()]), partners=partners)


def _total(*resources: dict[str, Any]) -> Money:
    agreement, there = _world(*resources)
    money = money_of(agreement, there, [("o", "Outcome")], area_code="PL1", as_of=AS_OF)
    assert money is not None
    return money


def test_a_total_of_which_one_partner_said_nothing_cannot_be_told() -> None:
    (total,) = _total({"partner": "A", "amount": 70}).control_totals
    assert (total.outturn, total.variance, total.waiting_for) == (None, None, ("Partner B",))
    assert [line.amount for line in total.exposures] == [None]


def test_a_status_is_no_nought() -> None:
    (total,) = _total({"partner": "A", "amount": 70}, {"partner": "B", "status": "not_available"}).control_totals
    assert (total.outturn, total.waiting_for) == (None, ("Partner B",))


def test_a_nought_that_was_reported_counts() -> None:
    (total,) = _total({"partner": "A", "amount": 70}, {"partner": "B", "amount": 0}).control_totals
    assert (total.outturn, total.outturn_kind, total.variance) == (70, ResourceKind.ACTUAL, -30)
    assert [line.amount for line in total.exposures] == [-30]


def test_a_forecast_stands_in_for_what_is_not_spent_yet_and_is_called_so() -> None:
    (total,) = _total({"partner": "A", "amount": 70}, {"partner": "B", "kind": "forecast", "amount": 45}).control_totals
    assert (total.outturn, total.outturn_kind, total.variance) == (115, ResourceKind.FORECAST, 15)


def test_what_is_reported_after_the_day_of_the_page_is_not_yet_known() -> None:
    money = _total({"partner": "A", "amount": 70, "reported_on": "2026-11-23"})
    assert money.resources == ()
    assert money.without_resources == (("o", "Outcome"),)


def test_a_later_report_takes_the_place_of_an_earlier_one() -> None:
    earlier = {"partner": "A", "amount": 70, "reported_on": "2026-09-01"}
    money = _total({"partner": "A", "amount": 71}, earlier)
    assert [line.total for line in money.resources] == [71]


def test_whoever_planned_is_missed_when_the_period_is_over() -> None:
    plan = {"kind": "plan", "period": "2025/26", "control_total": ""}
    money = _total({"partner": "A", "amount": 5, **plan}, {"partner": "B", "amount": 7, **plan})
    actual = next(line for line in money.resources if line.kind is ResourceKind.ACTUAL)
    assert actual.total is None
    assert {(part.partner_code, part.because) for part in actual.parts} == {("A", "missing"), ("B", "missing")}


def test_amounts_of_different_bases_are_never_added() -> None:
    rows = [{"partner": "A", "amount": 5, "basis": basis} for basis in ("gross", "net", "capital")]
    assert [line.total for line in _total(*rows).resources] == [5, 5, 5]


def test_an_amount_is_in_whole_pounds() -> None:
    with pytest.raises(ValidationError, match="a whole number is expected"):
        Resource.model_validate(
            {"partner": "A", "outcome": "o", "period": "2026/27", "kind": "plan", "amount": "12.50",
             "reported_on": "2026-04-01"}
        )  # fmt: skip


def test_no_budget_and_no_attendance_is_below_nought() -> None:
    told = {"id": "d", "function": "Carers", "from_partner": "T1", "to_body": "All", "instrument": "I", "decision": "D"}
    with pytest.raises(ValidationError, match="0 or more is expected"):
        Delegation(**told, **{"from": "2026-04-01", "budget": "-5"})
    with pytest.raises(ValidationError, match="0 or more is expected"):
        Meeting(id="m", body="Board", held_on="2026-04-01", quorum=3, present="-1")
