"""Rules that need an agreement and its logs together: each broken once, and named at its line."""

from pathlib import Path

from outcomes.partnership.lint import lint_partnership
from tests.unit.world.agreement_cases import PRIORITY, RESPONSIBLE
from tests.unit.world.meeting_cases import DECISIONS, HEAD, HELD, MEETINGS, ROW
from tests.unit.world.money_cases import BEFORE, LOG, PARTS, PL1, PLAN, TOTAL
from tests.unit.world.money_cases import HEAD as MONEY_HEAD
from tests.world_folder import line_of, write_world

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


def test_what_was_decided_before_the_register_began_is_not_looked_for_in_it_and_all_else_is(tmp_path: Path) -> None:
    """The second version takes effect on 1 April 2026; its target was agreed on 20 March, before it."""
    register = {DECISIONS: ("", HEAD + ROW.replace("B 2", "Board 2"))}
    other = {PL1: ("decision: Board 2\n        agreed_on", "decision: Board 9\n        agreed_on")}
    for day, is_asked in (("2026-03-18", True), ("2026-03-20", True), ("2026-03-21", False)):
        folder = tmp_path / day
        changes = {**register, MEETINGS: ("", HELD.replace("2026-03-18", day)), **other}
        said = _said(folder, changes)
        line = line_of(folder, PL1, "decision: Board 9")
        assert said == ({("decision-not-in-register", PL1, line, True)} if is_asked else set()), day


def test_a_priority_and_an_agreement_rest_on_decisions_of_the_register_from_its_first_meeting_on(
    tmp_path: Path,
) -> None:
    agreed = {PL1: (RESPONSIBLE, PRIORITY.replace("Board 2", "Board 9") + RESPONSIBLE)}
    register = {DECISIONS: ("", HEAD + ROW.replace("B 2", "Board 2"))}
    folder = tmp_path / "priority"
    said = _said(folder, {**agreed, **register, MEETINGS: ("", HELD)})
    assert said == {("decision-not-in-register", PL1, line_of(folder, PL1, "decision: Board 9"), True)}
    # the register began when the agreement already held: by what it was made stands nowhere in it
    began = {DECISIONS: ("", HEAD + ROW), MEETINGS: ("", HELD.replace("2026-03-18", "2026-06-18"))}
    assert _said(tmp_path / "began", began) == set()


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
