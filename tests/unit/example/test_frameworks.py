"""The bundled national frameworks: sound, honest about how far each row was checked, and one measure in two of them."""

import re
from pathlib import Path

import pytest

from outcomes.bundled import bundled_folder
from outcomes.errors import UnknownNameError
from outcomes.framework.loading import bundled_framework, lint_framework, load_framework
from outcomes.vocabulary import Tier

IDS = ("ascof", "bcf", "bcf-2023-25", "core20plus5", "lof", "nof", "nof-icb-2026-27", "phof")
DEFINITIONS = sorted(
    path.parent
    for root in (bundled_folder("frameworks"), bundled_folder("examples"))
    for path in root.rglob("framework.yaml")
)
# a set of national measures is people's own account in few of its outcomes, and lint says in which it is not
UNHEARD = {
    "ascof": ("independence", "continuity-and-quality"),
    "bcf": ("staying-well-at-home", "leaving-hospital"),
    "bcf-2023-25": ("avoidable-admissions", "falls", "discharge", "residential-admissions", "reablement"),
    "core20plus5": ("adults", "children"),
    "lof": (
        "housing",
        "homelessness",
        "multiple-disadvantage",
        "best-start",
        "achieving-and-thriving",
        "health-and-wellbeing",
        "adult-social-care",
        "transport",
        "contextual",
        "environment",
    ),
    # all its measures are operational, so that none of its outcomes is shared
    "nof": (),
    "nof-icb-2026-27": ("population-health", "community"),
    "phof": ("overarching", "health-improvement", "health-protection", "premature-mortality"),
}


@pytest.mark.parametrize("framework_id", IDS)
def test_a_bundled_framework_has_no_fault_and_no_advice_but_whom_it_does_not_hear(framework_id: str) -> None:
    said = lint_framework(bundled_folder("frameworks", framework_id))
    unheard = UNHEARD[framework_id]
    named = (
        f"of framework '{framework_id}' {len(unheard)} outcomes {', '.join(unheard)} have neither an experience "
        "measure nor an insight source: people's own account is missing."
    )
    expected = [("unheard-outcome", True, f"{framework_id}/framework.yaml", named)] if unheard else []
    assert [(fault.rule, fault.is_advice, fault.file, fault.message) for fault in said] == expected


@pytest.mark.parametrize("framework_id", IDS)
def test_a_bundled_framework_names_its_licence_and_attributes_its_source(framework_id: str) -> None:
    framework = bundled_framework(framework_id)
    assert framework.licence == "Open Government Licence v3.0"
    assert (
        "Contains public sector information licensed under the Open Government Licence v3.0." in framework.description
    )
    assert {indicator.licence for indicator in framework.indicators} == {"Open Government Licence v3.0"}


@pytest.mark.parametrize("framework_id", IDS)
def test_national_frameworks_set_no_target_and_crowd_out_no_local_tier(framework_id: str) -> None:
    inclusions = bundled_framework(framework_id).inclusions
    # what speaks for an organisation, and not for people, counts as no outcome
    tier = Tier.OPERATIONAL if framework_id == "nof" else Tier.NATIONAL
    assert {inclusion.tier for inclusion in inclusions} == {tier}
    assert [inclusion.indicator for inclusion in inclusions if inclusion.targets] == []


@pytest.mark.parametrize("folder", DEFINITIONS, ids=lambda folder: folder.name)
def test_how_far_a_definition_was_checked_is_said_in_words_for_a_board(folder: Path) -> None:
    indicators = load_framework(folder).indicators
    assert indicators
    # what a template defines as the partners' own is an example, to be agreed by those who begin with it
    is_template = "templates" in folder.parts
    for indicator in [one for one in indicators if not (is_template and one.licence == "Owned by the partners")]:
        assert indicator.verified, indicator.id
        text = indicator.verified.text
        assert re.match(r"(yes|partly): \w|to be confirmed against the official definition", text), indicator.id
        assert not re.search(r"memory|repository|\bscripts?\b|nhsd\.io|https?:", text), indicator.id


@pytest.mark.parametrize("framework_id", IDS)
def test_a_set_that_borrows_a_measure_says_how_far_its_own_claim_was_checked(framework_id: str) -> None:
    framework = bundled_framework(framework_id)
    own = {indicator.key for indicator in framework.indicators}
    borrowed = {inclusion.key: inclusion for inclusion in framework.inclusions if inclusion.key not in own}
    assert {(reference.id, reference.version) for reference in framework.includes} == set(borrowed)
    assert [key for key, inclusion in borrowed.items() if inclusion.verified is None] == []


def test_every_id_is_one_measure_over_all_sets_and_every_code_at_most_one_in_another_set() -> None:
    frameworks = [bundled_framework(name) for name in IDS]
    defined = [(framework.id, indicator) for framework in frameworks for indicator in framework.indicators]
    assert len({indicator.key for _, indicator in defined}) == len(defined)
    meant: dict[str, set[str]] = {}
    for _, indicator in defined:
        for name in (indicator.official_code, *indicator.aliases):
            meant.setdefault(name, set()).add(indicator.id)
    # PHOF itself gives these codes to two measures each
    assert {name for name, ids in meant.items() if name and len(ids) > 1} == {"A01b", "B01b"}
    assert set(meant) & {indicator.id for _, indicator in defined} <= {i.official_code for _, i in defined}


def test_what_may_be_the_same_measure_names_measures_that_there_are() -> None:
    indicators = [indicator for name in IDS for indicator in bundled_framework(name).indicators]
    there = {indicator.id for indicator in indicators}
    pairs = {(indicator.id, other) for indicator in indicators for other in indicator.overlaps_with}
    assert len(pairs) == 10
    assert {other for _, other in pairs} <= there
    assert [pair for pair in pairs if pair[::-1] in pairs] == []


def test_a_bundled_framework_can_be_taken_in_part() -> None:
    taken = bundled_framework("bcf", indicators=["22401", "bcf-emergency-admissions-65"])
    assert [inclusion.indicator for inclusion in taken.inclusions] == ["bcf-emergency-admissions-65", "22401"]
    assert [str(reference) for reference in taken.includes] == ["phof/22401@1"]
    assert [indicator.id for indicator in taken.indicators] == ["bcf-emergency-admissions-65"]
    # the measure that it is read beside is not taken
    assert taken.inclusions[0].balance == ""
    with pytest.raises(UnknownNameError, match="'phof' asks for no indicator '93086'; there are: 10301"):
        bundled_framework("phof", indicators=["93085", "93086"])


def test_falls_admissions_are_one_measure_in_two_frameworks() -> None:
    phof, bcf = bundled_framework("phof"), bundled_framework("bcf")
    assert "22401" in {indicator.id for indicator in phof.indicators}
    assert "22401" not in {indicator.id for indicator in bcf.indicators}
    assert "22401" in {inclusion.indicator for inclusion in bcf.inclusions}
    assert "phof/22401@1" in {str(reference) for reference in bcf.includes}


def test_a_measure_whose_definition_changed_has_two_versions_that_meet() -> None:
    versions = [indicator for indicator in bundled_framework("ascof").indicators if indicator.id == "ascof-2d-1"]
    assert [indicator.version for indicator in versions] == [1, 2]
    earlier, later = versions
    assert earlier.valid_to is not None
    assert later.valid_from is not None
    assert (later.valid_from - earlier.valid_to).days == 1
