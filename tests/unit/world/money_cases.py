"""How rules about money are broken: rule, file, old, new, text on the line named, its file, whether the last."""

from typing import Final

__all__ = ["MONEY_ADVICE", "MONEY_FAULTS"]

PL1: Final = "agreements/PL1.yaml"
LOG: Final = "agreements/PL1/resources.csv"
WORLD: Final = "partnership.yaml"
BEFORE: Final = "    targets:\n"
PARTS: Final = "parts: [{partner: T1, amount: 60}, {partner: C1, amount: 40}]"
TOTAL: Final = f"      - {{id: pool, title: Pool, period: 2026/27, amount: 100, decision: B 3, {PARTS}}}\n"
SHARES: Final = "shares: [{partner: T1, share: 0.4}, {partner: C1, share: 0.6}]"
RISK: Final = f"      - {{control_total: pool, decision: B 3, {SHARES}}}\n"
GIVEN: Final = (
    "      - {id: d1, function: Carers, from_partner: T1, to_body: The committee, from: 2026-04-01, to: 2027-03-31, "
    "instrument: Scheme, decision: B 3, outcomes: [live-well]}\n"
)
HEAD: Final = "partner,outcome,period,kind,amount,status,control_total,reported_on\n"
PLAN: Final = "T1,live-well,2026/27,plan,60,,pool,2026-04-09\n"
AWAY: Final = "delegated: [{area_code: PL2, amount: 0}]"
SYSTEM: Final = (
    "control_totals:\n  - {id: all, title: All, period: 2026/27, amount: 100, decision: B 3, retained: 75,\n"
    "     delegated: [{area_code: PL1, amount: 25}]}\n"
)
BUDGET: Final = GIVEN.replace("from: ", "control_total: all, budget: 25, from: ")

Spoilt = tuple[str, str, str, str, str, str, bool]


def _agreed(rule: str, at: str, *, totals: str = TOTAL, risks: str = RISK, delegations: str = "") -> Spoilt:
    """An agreement with money in it."""
    keys = {"control_totals": totals, "risk_shares": risks, "delegations": delegations}
    text = "".join(f"    {key}:\n{entries}" for key, entries in keys.items() if entries)
    return rule, PL1, BEFORE, text + BEFORE, at, "", False


def _logged(rule: str, at: str, *rows: str) -> Spoilt:
    """A log of resources; none of the small world's agreements has a control total."""
    return rule, LOG, "", HEAD + "".join(row.replace("pool", "") for row in rows), at, "", True


MONEY_FAULTS: Final[tuple[Spoilt, ...]] = (
    _agreed("control-total-twice", "amount: 101", totals=TOTAL + TOTAL.replace("100", "101")),
    _agreed("control-total-parts", "amount: 101", totals=TOTAL.replace("100", "101")),
    _agreed("control-total-parts", "id: pool", totals=TOTAL.replace("partner: C1", "partner: T1")),
    _agreed("control-total-parts", "amount: 140", totals=TOTAL.replace("60", "140").replace(": 40", ": -40")),
    _agreed("control-total-parts", "id: pool", totals=TOTAL.replace("parts: [", f"{AWAY}, parts: [")),
    _agreed("unknown-money-partner", "id: pool", totals=TOTAL.replace("partner: C1", "partner: C7")),
    _agreed("unknown-money-partner", "control_total: pool", risks=RISK.replace("partner: C1", "partner: P1")),
    _agreed("unknown-money-partner", "id: d1", delegations=GIVEN.replace("T1", "T7")),
    _agreed("unknown-money-outcome", "id: d1", delegations=GIVEN.replace("live-well", "live-long")),
    _logged("unknown-money-outcome", "live-long", PLAN.replace("live-well", "live-long")),
    _agreed("unknown-control-total", "control_total: pond", risks=RISK.replace("pool", "pond")),
    ("unknown-control-total", LOG, "", HEAD + PLAN, "T1,", "", False),
    _agreed("risk-shares-sum", "control_total: pool", risks=RISK.replace("0.6", "0.5")),
    _agreed("risk-shares-sum", "control_total: pool", risks=RISK.replace("C1", "T1")),
    _agreed("delegation-dates", "id: d1", delegations=GIVEN.replace("2027-03-31", "2026-03-31")),
    _agreed("delegations-overlap", "id: d2", delegations=GIVEN + GIVEN.replace("d1", "d2")),
    _logged("resource-amount", "T1,", PLAN.replace(",60,", ",,")),
    _logged("resource-amount", "T1,", PLAN.replace(",60,,", ",60,not_available,")),
    _logged("resource-amount", "T1,", PLAN.replace(",60,,", ",,suppressed,")),
    _logged("resource-amount", "T1,", PLAN.replace("plan", "actual")),
    _logged("resource-amount", "T1,", PLAN.replace(",60,", ",-60,")),
    _logged("resource-twice", "T1,", PLAN, PLAN.replace("60", "61")),
    ("system-control-total", WORLD, "series:", SYSTEM.replace("75", "74") + "series:", "id: all", "", False),
    ("system-control-total", WORLD, "series:", SYSTEM.replace("PL1", "PL7") + "series:", "PL7", "", False),
    _agreed("delegation-of-total", "id: d1", delegations=BUDGET),
    ("delegations-reconcile", WORLD, "series:", SYSTEM + "series:", "PL1, amount: 25", "", False),
)  # fmt: skip
MONEY_ADVICE: Final[tuple[Spoilt, ...]] = (_agreed("no-risk-share-without-parts", "id: pool", risks=""),)
