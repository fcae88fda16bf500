"""A partnership in a folder: what is written, what is read from it, and what is said when it does not hold together.

`outcomes init` writes a first folder; everything in it is text that people can read and sign.
"""

from datetime import date
from pathlib import Path

import pytest

import outcomes.partnership.lint as linting
from outcomes.errors import DefinitionError
from outcomes.partnership.loading import load_partnership
from outcomes.partnership.scaffold import init_partnership
from outcomes.partnership.supplies import expected_figures, supplies


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init_partnership(tmp_path / "ours")
    return tmp_path / "ours"


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_first_folder_loads_and_says_who_supplies_what(folder: Path) -> None:
    partnership = load_partnership(folder)
    assert supplies(partnership, date(2026, 6, 1)).rows() == [
        # partner, indicator, area, source
        ("COUNCIL", "local-02", "PLACE-A", ""),
        ("COUNCIL", "local-02", "PLACE-B", ""),
        ("TRUST", "local-01", "PLACE-A", ""),
        ("TRUST", "local-01", "PLACE-B", ""),
    ]


def test_what_is_expected_has_a_period_and_a_day_on_which_it_is_due(folder: Path) -> None:
    expected = expected_figures(load_partnership(folder), date(2026, 6, 30))
    assert expected.select("partner_code", "area_code", "period", "due_on").rows() == [
        ("COUNCIL", "PLACE-A", "2026/27 Q1", date(2026, 8, 14)),
        ("COUNCIL", "PLACE-B", "2026/27 Q1", date(2026, 8, 14)),
        ("TRUST", "PLACE-A", "2026/27 Q1", date(2026, 8, 14)),
        ("TRUST", "PLACE-B", "2026/27 Q1", date(2026, 8, 14)),
    ]


def test_a_mistake_is_named_by_file_line_and_rule_with_what_to_do(folder: Path) -> None:
    _replace(folder / "partners.yaml", '- "local-01"', '- "local-1"')
    with pytest.raises(DefinitionError) as raised:
        load_partnership(folder)
    assert str(raised.value) == (
        "1 fault in the definitions:\n"
        "  partners.yaml:11: unknown-indicator: no framework in use has an indicator 'local-1'. "
        "Name an indicator by its id, and include its framework."
    )


def test_a_target_is_set_before_the_data_it_judges(folder: Path) -> None:
    agreement = folder / "agreements" / "PLACE-A.yaml"
    _replace(
        agreement,
        "    responsibilities:\n",
        "    targets:\n"
        "      - indicator: local-01\n"
        "        area_code: PLACE-A\n"
        "        kind: level\n"
        "        points: [{period: 2026/27 Q1, value: 60}]\n"
        "        set_by: place\n"
        "        decision: Board 4\n"
        "        agreed_on: 2026-08-30\n"
        "    responsibilities:\n",
    )
    (fault,) = linting.lint_partnership(folder)
    assert (fault.rule, fault.file) == ("local-target", "agreements/PLACE-A.yaml")
    assert fault.message == (
        "the target was agreed on 2026-08-30, after 2026/27 Q1 had begun: after the data it judges."
    )
    _replace(agreement, "agreed_on: 2026-08-30", "agreed_on: 2026-03-30")
    assert linting.lint_partnership(folder) == ()


def test_a_target_needs_the_decision_behind_it(folder: Path) -> None:
    target = "{indicator: local-01, area_code: PLACE-A, kind: level, set_by: place, agreed_on: 2026-03-30}"
    _replace(
        folder / "agreements" / "PLACE-A.yaml",
        "    responsibilities:\n",
        f"    targets: [{target}]\n    responsibilities:\n",
    )
    rules = {(fault.rule, fault.message) for fault in linting.lint_partnership(folder)}
    assert ("missing-key", "targets[1].decision is missing.") in rules


def test_a_shared_outcome_with_one_owner_is_advised_on_and_loads(folder: Path) -> None:
    text = (folder / "agreements" / "PLACE-A.yaml").read_text(encoding="utf-8")
    (folder / "agreements" / "PLACE-A.yaml").write_text(
        text[: text.index("      - partner: COUNCIL\n        role: accountable")], encoding="utf-8"
    )
    found = linting.lint_partnership(folder)
    # one to answer for each of two measures; the second has nobody else to send it, so nobody else is in the room
    assert sorted(one.rule for one in found if one.is_advice) == ["one-in-the-room", "one-owner", "one-owner"]
    assert all(one.is_advice for one in found)
    assert "'local-01' is a shared outcome with one accountable partner, 'TRUST'." in "\n".join(map(str, found))
    assert load_partnership(folder).agreements


def test_a_memorandum_of_understanding_binds_nobody(folder: Path) -> None:
    agreement = folder / "agreements" / "PLACE-B.yaml"
    _replace(agreement, "decision: Partnership board, to be recorded", "decision: Binding decision of the board")
    assert [fault.rule for fault in linting.lint_partnership(folder)] == ["mou-binds"]
    _replace(agreement, "form: memorandum_of_understanding", "form: joint_committee")
    assert linting.lint_partnership(folder) == ()


@pytest.mark.parametrize(
    ("rule", "holds_for_who_has_not_signed"),
    [
        ("{rule: lead_only, lead: COUNCIL}", True),
        ("{rule: quorate, number: 1}", True),
        ("{rule: quorate, number: 2}", False),
        ("{rule: lead_only, lead: COUNCIL, required: [TRUST]}", False),
    ],
)
def test_a_memorandum_of_understanding_waits_for_all_however_it_asks_for_them(
    folder: Path, rule: str, holds_for_who_has_not_signed: bool
) -> None:
    agreement = folder / "agreements" / "PLACE-B.yaml"
    _replace(agreement, "form: memorandum_of_understanding", f"form: memorandum_of_understanding\n    sign_off: {rule}")
    found = [fault.rule for fault in linting.lint_partnership(folder) if fault.rule == "mou-binds"]
    assert bool(found) is holds_for_who_has_not_signed
