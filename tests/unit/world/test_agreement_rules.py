"""Rules about agreements that need more than one file, or that are said together."""

from pathlib import Path

import pytest

from outcomes.errors import DefinitionError
from outcomes.partnership.lint import lint_partnership
from outcomes.partnership.loading import load_partnership
from tests.unit.world.agreement_cases import PL1, PRIORITY, RESPONSIBLE, SYS, TARGET, TEXT, THIRD, UPPER
from tests.world_folder import line_of, write_world

UPPER_PRIORITY = PRIORITY.replace("set_by: place", "set_by: system")


def _said(folder: Path) -> list[tuple[str, int, str]]:
    return [(fault.file, fault.line, fault.rule) for fault in lint_partnership(folder) if not fault.is_advice]


def test_a_priority_of_a_place_is_taken_over_above_as_it_stands_and_not_otherwise(tmp_path: Path) -> None:
    below = {PL1: (RESPONSIBLE, f"{PRIORITY}{RESPONSIBLE}")}
    inherited = UPPER.replace(RESPONSIBLE, f"{UPPER_PRIORITY}{RESPONSIBLE}")
    assert _said(write_world(tmp_path / "same", {**below, SYS: ("", inherited)})) == []
    other = inherited.replace("Carers rest", "Carers work")
    folder = write_world(tmp_path / "other", {**below, SYS: ("", other)})
    assert _said(folder) == [(SYS, line_of(folder, SYS, "id: p1"), "priority-of-a-lower-level")]
    (fault,) = (one for one in lint_partnership(folder) if one.rule == "priority-of-a-lower-level")
    assert "agreements/PL1.yaml, version 2" in fault.message


def test_a_system_sets_a_target_for_itself_which_is_added_up_from_its_places(tmp_path: Path) -> None:
    target = TARGET.replace("area_code: PL1", "area_code: SYS").replace("set_by: place", "set_by: system")
    folder = write_world(tmp_path / "world", {SYS: ("", f"{UPPER}    targets:\n{target}")})
    assert _said(folder) == []


def test_every_fault_of_a_third_version_is_said_at_once(tmp_path: Path) -> None:
    third = (
        THIRD.replace("value: 60", "value: 55").replace("    reason: We learned\n", "").replace("Board 3", "Board 2")
    )
    third = third.replace("supersedes: 2", "supersedes: 3").replace("2025/26 Q4", "2025/26 Q1")
    third = third.replace("2026-07-01", "2026-01-01").replace("agreed_on: 2026-03-20", "agreed_on: 2027-02-20")
    fourth = third.replace("version: 3", "version: 4").replace("supersedes: 3", "supersedes: 2")
    fourth = fourth.replace("number: 1", "number: 2").replace("2026-06-20", "2026-06-21")
    folder = write_world(tmp_path / "world", {PL1: ("", TEXT + third + fourth)})
    said = {fault.rule for fault in lint_partnership(folder)}
    assert {
        "agreement-supersedes",
        "change-without-reason",
        "change-without-decision",
        "overlapping-versions",
        "local-target",
        "lacks-signature",
    } <= said
    with pytest.raises(DefinitionError) as raised:
        load_partnership(folder)
    assert "change-without-reason" in str(raised.value)
    assert "overlapping-versions" in str(raised.value)


def test_the_number_of_signatures_is_written_as_a_sign_off_rule_now(tmp_path: Path) -> None:
    old = "sign_off: {rule: quorate, number: 1}"
    folder = write_world(tmp_path / "world", {PL1: (old, "required_signatures: 1")})
    (fault,) = (one for one in lint_partnership(folder) if not one.is_advice)
    assert (fault.rule, fault.line) == ("unknown-key", line_of(folder, PL1, "required_signatures"))
    assert fault.fix == "Write sign_off: {rule: quorate, number: …} in its place."


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("{rule: quorate}", "quorate needs number or sectors"),
        ("{rule: unanimous, number: 2}", "number and sectors go with rule: quorate"),
        ("{rule: lead_only}", "rule: lead_only and lead go together"),
        ("{lead: T1}", "rule: lead_only and lead go together"),
    ],
)
def test_a_sign_off_rule_has_the_keys_that_it_needs(tmp_path: Path, rule: str, says: str) -> None:
    old = "sign_off: {rule: quorate, number: 1}"
    folder = write_world(tmp_path / "world", {PL1: (old, f"sign_off: {rule}")})
    assert any(says in fault.message for fault in lint_partnership(folder))


def test_the_agreement_of_a_third_version_that_obeys_every_rule_loads(tmp_path: Path) -> None:
    lowered = THIRD.replace("value: 60", "value: 55")
    changed = lowered[: lowered.index("    targets:")] + lowered[lowered.index("    targets:") :].replace(
        "decision: Board 2\n        agreed_on: 2026-03-20", "decision: Board 3\n        agreed_on: 2026-06-18"
    )
    assert _said(write_world(tmp_path / "world", {PL1: ("", TEXT + changed)})) == []
