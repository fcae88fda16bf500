"""Rules that need an agreement and its logs together: each broken once, and named at its line."""

from pathlib import Path

from outcomes.partnership.lint import lint_partnership
from tests.unit.world.meeting_cases import DECISIONS, HEAD, HELD, MEETINGS, ROW
from tests.unit.world.money_cases import BEFORE, LOG, PARTS, PL1, PLAN, TOTAL
from tests.unit.world.money_cases import HEAD as MONEY_HEAD
from tests.world_folder import write_world

# what a list of cases with one spoilt file each cannot break
BROKEN_HERE = {"decision-without-quorum", "decision-not-in-register", "resource-beyond-part"}


def _said(folder: Path, changes: dict[str, tuple[str, str]]) -> set[tuple[str, str, int, bool]]:
    return {
        (fault.rule, fault.file, fault.line, fault.is_advice)
        for fault in lint_partnership(write_world(folder, changes))
        if fault.rule in BROKEN_HERE
    }


def test_what_is_agreed_needs_a_quorum_and_a_number_of_those_present(tmp_path: Path) -> None:
    register = {DECISIONS: ("", HEAD + ROW.replace("B 2", "Board 2"))}
    assert _said(tmp_path / "held", {**register, MEETINGS: ("", HELD)}) == set()
    few = {**register, MEETINGS: ("", HELD.replace(",2,2", ",2,1"))}
    assert _said(tmp_path / "few", few) == {("decision-without-quorum", DECISIONS, 2, False)}
    nobody = {**register, MEETINGS: ("", HELD.replace(",2,2", ",2,"))}
    assert _said(tmp_path / "nobody", nobody) == {("decision-without-quorum", DECISIONS, 2, False)}
    # what was not agreed needs none
    refused = {**nobody, DECISIONS: ("", HEAD + ROW.replace("agreed", "not_agreed"))}
    assert _said(tmp_path / "refused", refused) == set()


def test_an_agreement_rests_on_a_decision_of_the_register_where_one_is_kept(tmp_path: Path) -> None:
    changes = {MEETINGS: ("", HELD), DECISIONS: ("", HEAD + ROW.replace("B 2", "Board 21"))}
    found = _said(tmp_path / "world", changes)
    assert {(rule, file, is_advice) for rule, file, _, is_advice in found} == {("decision-not-in-register", PL1, True)}


def test_plans_against_a_control_total_add_up_to_no_more_than_the_part(tmp_path: Path) -> None:
    agreed = {PL1: (BEFORE, f"    control_totals:\n{TOTAL}{BEFORE}")}
    assert PARTS in TOTAL
    within = {**agreed, LOG: ("", MONEY_HEAD + PLAN)}
    assert _said(tmp_path / "within", within) == set()
    beyond = {**agreed, LOG: ("", MONEY_HEAD + PLAN + PLAN.replace(",60,", ",1,").replace("2026/27", "2026/27 Q1"))}
    assert _said(tmp_path / "beyond", beyond) == {("resource-beyond-part", LOG, 2, False)}
    # a later report takes the place of the earlier one, so that a plan may be corrected
    corrected = {**agreed, LOG: ("", MONEY_HEAD + PLAN.replace(",60,", ",61,") + PLAN.replace("04-09", "04-19"))}
    assert _said(tmp_path / "corrected", corrected) == set()
