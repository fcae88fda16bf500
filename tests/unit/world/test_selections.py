"""A partnership takes of a framework what it asks for, and says who takes a definition that is to be confirmed."""

from pathlib import Path

import pytest

from outcomes.bundled import bundled_folder
from outcomes.partnership.lint import lint_partnership
from outcomes.partnership.loading import load_partnership
from tests.world_folder import FILES, write_world

ONLY_FALLS = "selections:\n  - {framework: local, indicators: [falls]}\nseries:"


def test_only_what_is_selected_is_asked_for_and_a_balance_that_is_not_goes_too(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if not name.startswith(("agreements/", "series/england"))}
    partnership = files["partnership.yaml"].replace("series:", ONLY_FALLS, 1)
    files["partnership.yaml"] = (
        partnership[: partnership.index("  - id: england")] + partnership[partnership.index("  - id: esp") :]
    )
    files["partners.yaml"] = files["partners.yaml"].replace("[carers, falls]", "[falls]").replace("[carers]", "[falls]")
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [str(fault) for fault in lint_partnership(tmp_path) if not fault.is_advice] == []
    world = load_partnership(tmp_path)
    local, other = world.frameworks[:2]
    assert [(inclusion.indicator, inclusion.balance) for inclusion in local.inclusions] == [("falls", "")]
    assert [indicator.id for indicator in local.indicators] == ["falls"]
    # what it included and does not ask for any more is included by the other framework only
    assert (local.includes, [str(one) for one in other.includes]) == ((), ["shared/smoking@1"])
    assert sorted({name for name, _ in world.indicators}) == ["falls", "smoking"]


def test_what_is_not_selected_is_unknown_to_partners(tmp_path: Path) -> None:
    folder = write_world(tmp_path / "world", {"partnership.yaml": ("series:", ONLY_FALLS)})
    found = {(fault.rule, fault.file) for fault in lint_partnership(folder) if not fault.is_advice}
    assert ("unknown-indicator", "partners.yaml") in found


def test_a_definition_that_another_framework_includes_stays_when_its_own_is_cut_down() -> None:
    eastvale = load_partnership(bundled_folder("examples", "eastvale"))
    by_id = {framework.id: framework for framework in eastvale.frameworks}
    assert [len(by_id[name].inclusions) for name in ("phof", "ascof", "bcf")] == [9, 3, 4]
    assert sorted({indicator.id for indicator in by_id["phof"].indicators}) == sorted(
        inclusion.indicator for inclusion in by_id["phof"].inclusions
    )
    assert ("ascof-2d-1", 2) in eastvale.indicators


@pytest.mark.parametrize(("line", "is_said"), [("", True), ("    definition_agreed_by: Board\n", False)])
def test_a_definition_to_be_confirmed_is_advised_about_until_somebody_takes_it(
    tmp_path: Path, line: str, is_said: bool
) -> None:
    changes = {
        "frameworks/local/indicators.yaml": (
            "    strata: age_band\n",
            "    strata: age_band\n    verified: 'partly: x'\n",
        ),
        "frameworks/local/inclusions.yaml": ("    balance: carers\n", f"    balance: carers\n{line}"),
    }
    said = [str(fault) for fault in lint_partnership(write_world(tmp_path / "world", changes))]
    advice = [text for text in said if "definition-to-be-confirmed" in text]
    assert len(said) == len(advice) == int(is_said)
    assert all("of what 'local' asks for, 1 definition is to be confirmed: falls." in text for text in advice)
