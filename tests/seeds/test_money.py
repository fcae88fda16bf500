"""Money, delegations and risk stand beside the outcomes, and never in one."""

import csv
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from outcomes.partnership.lint import lint_partnership
from tests.seeds.seed import nothing, seed
from tests.seeds.street import built, changed, copy_of_eastvale, text_of

CASTLEWICK = "agreements/EMX060002.yaml"
LOG = "agreements/EMX060002/resources.csv"


def rows(site: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table of a site."""
    with (site / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def without_money(text: str) -> str:
    """A file of definitions without its totals, risk shares and budgets."""
    sections = re.sub(r"^( *)(control_totals|risk_shares):\n(?:\1 .*\n)*", "", text, flags=re.MULTILINE)
    return re.sub(r"^ +(budget|control_total): .*\n", "", sections, flags=re.MULTILINE)


def rules_broken(folder: Path) -> set[str]:
    return {fault.rule for fault in lint_partnership(folder) if not fault.is_advice}


def outcome_results(site: Path) -> list[Any]:
    """Everything that the places' scorecards say of their outcomes."""
    cards = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((site / "scorecards").glob("*.json"))]
    return [(card["outcomes"], card["operational"], card["summary"]) for card in cards]


@seed(
    "Delegation register",
    seen="agreements/<area>.html, Money and risk; data/delegations.csv",
    behind="outcomes.scorecard.money:delegation_state",
    off=lambda _: lambda *_args: __import__("outcomes.vocabulary").vocabulary.DelegationState.IN_FORCE,
)
def test_delegation_register(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    site = built(folder, tmp_path / "site")
    found = {row["delegation"]: row for row in rows(site, "delegations") if row["area_code"] == "EMX060002"}
    assert found["carers"]["state"] == "expired"
    assert found["community-nursing"]["state"] == "in force"
    said = text_of(site / "agreements" / "EMX060002.html")
    assert "Expired: nobody may decide on it here any more" in said
    assert "Support for unpaid carers" in said
    assert "Scheme of reservation and delegation" in said
    # the delegated budgets of all places and what is kept make up the system's total
    held = sum(int(row["budget"]) for row in rows(site, "delegations") if row["control_total"] == "community-2026-27")
    assert held + 24_400_000 == 61_400_000
    changed(folder, {CASTLEWICK: ("budget: 3300000", "budget: 3300001")})
    assert rules_broken(folder) == {"delegations-reconcile"}


@seed(
    "Control totals",
    seen="agreements/<area>.html, Money and risk; data/control_totals.csv",
    behind="outcomes.agreement.money_rules:total_complaint",
    off=nothing(),
)
def test_control_totals(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    site = built(folder, tmp_path / "site")
    totals = [row for row in rows(site, "control_totals") if row["control_total"] == "falls-2025-26"]
    whole = next(row for row in totals if not row["partner_code"])
    assert sum(int(row["amount"]) for row in totals if row["partner_code"]) == int(whole["amount"]) == 11_900_000
    assert int(whole["outturn"]) - int(whole["amount"]) == int(whole["variance"]) == 264_955
    # without any money every outcome says the same
    bare = copy_of_eastvale(tmp_path / "bare")
    (bare / LOG).unlink()
    for path in [*bare.glob("agreements/*.yaml"), bare / "partnership.yaml"]:
        path.write_text(without_money(path.read_text(encoding="utf-8")), encoding="utf-8")
    without = built(bare, tmp_path / "without")
    assert not (without / "data" / "control_totals.csv").exists()
    assert outcome_results(without) == outcome_results(site)
    assert (without / "data" / "results.csv").read_bytes() == (site / "data" / "results.csv").read_bytes()
    changed(folder, {CASTLEWICK: ("{partner: EMA, amount: 750000}", "{partner: EMA, amount: 749999}")})
    # the parts no longer add up, and what the partner plans is a pound beyond its part
    assert rules_broken(folder) == {"control-total-parts", "resource-beyond-part"}


@seed(
    "Resource use and outcomes",
    seen="places/<area>.html, below each outcome; agreements/<area>.html, Money and risk; data/resources.csv",
    behind="outcomes.report.place_view:money_line",
    off=nothing(""),
)
def test_resource_use_and_outcomes(tmp_path: Path) -> None:
    site = built(copy_of_eastvale(tmp_path / "eastvale"), tmp_path / "site")
    page = text_of(site / "places" / "EMX060002.html")
    # beside the outcome, with its period and basis, and whose figure is missing
    told = (
        "Money, 2026/27, gross: plan £12,400,000; forecast £11,795,000 (without Eastvale and Moor Community Alliance)."
    )
    assert told in page
    assert "Money: nothing is recorded, which does not mean that nothing is spent." in page
    missing = [row for row in rows(site, "resources") if row["partner_code"] == "EMA" and row["reason"]]
    assert {(row["period"], row["kind"], row["reason"], row["amount"]) for row in missing} == {
        ("2026/27", "forecast", "missing", ""),
        ("2026/27 Q2", "actual", "not available", ""),
    }
    assert "£0" not in text_of(site / "agreements" / "EMX060002.html")


@seed(
    "Risk borne together",
    seen="agreements/<area>.html, Money and risk; data/control_totals.csv",
    behind="outcomes.scorecard.money:exposures",
    off=nothing({}),
)
def test_risk_borne_together(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    site = built(folder, tmp_path / "site")

    def of(total: str) -> Iterator[dict[str, str]]:
        return (row for row in rows(site, "control_totals") if row["control_total"] == total)

    variance = next(int(row["variance"]) for row in of("falls-2025-26") if not row["partner_code"])
    borne = {row["partner_code"]: row for row in of("falls-2025-26") if row["risk_share"]}
    assert sum(Fraction(row["risk_share"]) for row in borne.values()) == 1
    for row in borne.values():
        # share times variance, to the pound, and together all of it
        assert abs(int(row["exposure"]) - Fraction(row["risk_share"]) * variance) < 1
    assert sum(int(row["exposure"]) for row in borne.values()) == variance
    # of a year that nobody can tell yet, nobody is told what it bears
    assert {row["exposure"] for row in of("falls-2026-27")} == {""}
    assert "cannot tell yet" in text_of(site / "agreements" / "EMX060002.html")
    changed(folder, {CASTLEWICK: ("{partner: VCT, share: 0.1}", "{partner: VCT, share: 0.2}")})
    assert rules_broken(folder) == {"risk-shares-sum"}
