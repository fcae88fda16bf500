"""The bundled national frameworks: sound, honest about how far each row was checked, and one measure in two of them."""

import csv
import re
from pathlib import Path

import pytest

from outcomes.bundled import bundled_folder
from outcomes.framework.loading import bundled_framework, lint_framework, load_framework
from outcomes.vocabulary import Polarity, Tier
from tests.shared import needs_shared, shared_path

IDS = ("ascof", "bcf", "phof")
DEFINITIONS = sorted(
    path.parent
    for root in (bundled_folder("frameworks"), bundled_folder("examples"))
    for path in root.rglob("framework.yaml")
)


@pytest.mark.parametrize("framework_id", IDS)
def test_a_bundled_framework_has_no_fault_and_no_advice(framework_id: str) -> None:
    assert lint_framework(bundled_folder("frameworks", framework_id)) == ()


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
    assert {inclusion.tier for inclusion in inclusions} == {Tier.NATIONAL}
    assert [inclusion.indicator for inclusion in inclusions if inclusion.targets] == []


@pytest.mark.parametrize("folder", DEFINITIONS, ids=lambda folder: folder.name)
def test_how_far_a_definition_was_checked_is_said_in_words_for_a_board(folder: Path) -> None:
    indicators = load_framework(folder).indicators
    assert indicators
    for indicator in indicators:
        assert re.match(r"(yes|partly): \w|to be confirmed against the official definition", indicator.verified), (
            indicator.id
        )
        assert not re.search(r"memory|repository|\bscripts?\b|nhsd\.io|https?:", indicator.verified), indicator.id


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


def reference_rows(name: str) -> list[dict[str, str]]:
    with shared_path("indicators", name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@needs_shared
def test_phof_ids_codes_and_polarity_agree_with_the_gathered_lists() -> None:
    gathered = {row["fingertips_id"]: row for row in reference_rows("phof.csv")}
    framework = bundled_framework("phof")
    directions = {"low_is_good": Polarity.LOWER_IS_BETTER, "high_is_good": Polarity.HIGHER_IS_BETTER}
    judged = {inclusion.indicator: inclusion.polarity for inclusion in framework.inclusions}
    for indicator in framework.indicators:
        row = gathered[indicator.id]
        assert indicator.official_code == row["id"], indicator.id
        assert indicator.name in row["name"], indicator.id
        assert indicator.multiplier == float(row["multiplier"]) or indicator.statistic == "published_value", (
            indicator.id
        )
        assert judged[indicator.id] is directions[row["polarity"]], indicator.id


@needs_shared
@pytest.mark.parametrize(("framework_id", "name"), [("phof", "phof.csv"), ("ascof", "ascof.csv"), ("bcf", "bcf.csv")])
def test_no_definition_claims_more_proof_than_the_gathered_lists_have(framework_id: str, name: str) -> None:
    proof: dict[str, set[str]] = {}
    for row in reference_rows(name):
        for code in (row["fingertips_id"], row["id"], f"BCF {row['id']}"):
            proof.setdefault(code, set()).add(row["verified"].partition(" ")[0])
    for indicator in bundled_framework(framework_id).indicators:
        states = proof.get(indicator.id) or proof[indicator.official_code]
        if indicator.verified.startswith("yes"):
            assert "yes" in states, indicator.id
