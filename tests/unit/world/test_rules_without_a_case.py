"""Every rule that one piece of text in one file cannot break: the test that breaks it does, and names it."""

import importlib
import inspect
from pathlib import Path

import pytest

from outcomes.errors import Fault
from tests.unit.world.test_rules_of_two_files import BROKEN_HERE

# the module and the test of each
BROKEN_BY = {
    "agreed-before-its-decision": (
        "test_ways_round_the_rules",
        "test_a_target_is_not_dated_before_the_meeting_that_decided_it",
    ),
    "balance-of-another-basis": (
        "test_population_basis",
        "test_a_balance_that_counts_other_people_is_advised_against",
    ),
    "count-compared": (
        "test_lint_rules",
        "test_a_count_is_compared_with_nothing_but_a_fixed_value_or_its_own_earlier_one",
    ),
    "decision-not-in-register": (
        "test_rules_of_two_files",
        "test_an_agreement_rests_on_a_decision_of_the_register_where_one_is_kept",
    ),
    "decision-without-quorum": (
        "test_rules_of_two_files",
        "test_what_is_agreed_needs_a_quorum_and_a_number_of_those_present",
    ),
    "insight-circle": ("test_insights_and_panels", "test_summaries_that_sum_up_each_other_are_a_circle"),
    "priority-of-a-lower-level": (
        "test_agreement_rules",
        "test_a_priority_of_a_place_is_taken_over_above_as_it_stands_and_not_otherwise",
    ),
    "resource-beyond-part": (
        "test_rules_of_two_files",
        "test_plans_against_a_control_total_add_up_to_no_more_than_the_part",
    ),
    "superseded-twice": (
        "test_lint_rules",
        "test_two_targets_for_one_period_and_two_successors_of_one_version_are_refused",
    ),
    "target-signed-after-its-data": (
        "test_ways_round_the_rules",
        "test_a_new_target_that_nobody_had_signed_before_its_data_is_not_older_than_its_first_signature",
    ),
    "target-twice": (
        "test_lint_rules",
        "test_two_targets_for_one_period_and_two_successors_of_one_version_are_refused",
    ),
    "unheard-outcome": ("test_insights_and_panels", "test_a_framework_whose_outcomes_hear_nobody_is_named"),
    "unread-file": ("test_lint_rules", "test_a_file_that_nothing_reads_is_advised_on"),
    "voluntary-mixed": (
        "test_insights_and_panels",
        "test_volunteers_among_chosen_people_are_refused_where_they_stand",
    ),
}


def test_what_two_files_break_together_is_cited() -> None:
    assert set(BROKEN_BY) >= BROKEN_HERE


@pytest.mark.parametrize("rule", BROKEN_BY)
def test_a_rule_without_a_case_is_broken_and_named_by_the_test_that_is_cited(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module_name, name = BROKEN_BY[rule]
    module = importlib.import_module(f"tests.unit.world.{module_name}")
    cited = getattr(module, name)
    assert f'"{rule}"' in inspect.getsource(cited)
    broken: set[str] = set()
    lint = module.lint_partnership

    def listening(folder: Path) -> tuple[Fault, ...]:
        found: tuple[Fault, ...] = lint(folder)
        broken.update(fault.rule for fault in found)
        return found

    monkeypatch.setattr(module, "lint_partnership", listening)
    cited(tmp_path)
    assert rule in broken
