"""Every rule says what it takes to be broken, and the schemas are made of all that a frame alone can break."""

from collections import Counter

import pytest

from outcomes.intake.rules import RULES, Rule
from outcomes.intake.rules import reach as reach_module
from outcomes.intake.rules.reach import Reach, reach_of
from outcomes.intake.schema import submission_schema
from outcomes.vocabulary import Severity
from tests.unit.intake.returns_world import AS_OF, WORLD

LISTED = [code for codes in reach_module._LISTED.values() for code in codes]
ON_FRAMES = (Reach.CELLS, Reach.TABLE, Reach.LAYOUT)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_is_of_exactly_one_reach(rule: Rule) -> None:
    assert isinstance(reach_of(rule), Reach)
    assert LISTED.count(rule.code) <= 1


def test_no_list_names_a_rule_that_there_is_not_or_that_looks_at_cells() -> None:
    assert set(LISTED) <= set(RULES)
    assert [code for code, count in Counter(LISTED).items() if count > 1] == []
    # what a template asked for no frame says
    assert [code for code in LISTED if RULES[code].checks] == ["OUT-354"]


def test_the_schemas_are_made_of_all_that_a_frame_can_break_and_of_nothing_else() -> None:
    told: dict[Severity, set[str]] = {}
    for severity in Severity:
        schema = submission_schema(WORLD, partner="T1", as_of=AS_OF, severity=severity)
        told[severity] = {str(check.error) for check in schema.checks}
        on_cells = {str(check.error) for column in schema.columns.values() for check in column.checks}
        assert on_cells <= told[severity]
    assert told[Severity.ERROR] & told[Severity.WARNING] == {"OUT-701"}
    assert set().union(*told.values()) == {code for code, rule in RULES.items() if reach_of(rule) in ON_FRAMES}


def test_what_no_schema_can_hold_is_on_files_or_on_what_was_sent_before() -> None:
    left = {code for code, rule in RULES.items() if reach_of(rule) not in ON_FRAMES}
    assert {code[:5] for code in left} == {"OUT-0", "OUT-1", "OUT-3", "OUT-6"}
    assert left & {"OUT-001", "OUT-105", "OUT-353", "OUT-651"} == {"OUT-001", "OUT-105", "OUT-353", "OUT-651"}
