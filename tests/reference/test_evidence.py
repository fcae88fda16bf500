"""Every method names what it is held against, and what it names is there and is compared."""

from pathlib import Path

import pytest

from outcomes.statistics import METHODS
from outcomes.statistics.evidence import EVIDENCE, evidence_of
from tests.reference.checks import CHECKS
from tests.reference.run import compare_file
from tests.shared import SHARED, needs_shared

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(method.name for method in METHODS)
GOLDEN = sorted({file for evidence in EVIDENCE.values() for file in evidence.golden})
# what no other package computes, each for a reason that its own tests make up for by vectors and worked examples
WITHOUT_GOLDEN_FILE = sorted(name for name, evidence in EVIDENCE.items() if not evidence.golden)


def test_every_method_has_evidence_and_nothing_else_has() -> None:
    assert sorted(EVIDENCE) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_method_names_a_golden_file_or_a_page_of_examples(name: str) -> None:
    evidence = evidence_of(name)
    assert evidence.golden or evidence.pages
    for page in evidence.pages:
        assert (ROOT / page).is_file(), f"{name} names {page}, which is not there"


@pytest.mark.parametrize("name", WITHOUT_GOLDEN_FILE)
def test_a_method_without_a_golden_file_says_so_and_is_named_or_run_on_its_page(name: str) -> None:
    evidence = evidence_of(name)
    assert evidence.texts[0] == "no golden file"
    # a page may run it by its function's name, or ask for it by a key of the framework
    asked_as = {
        "benjamini_hochberg": "false_discovery",
        "gap_difference": "absolute_gap",
        "interval_of_difference": "own_earlier",
        "joint_ranks": "ranks",
        "p_by_inversion": "p_value",
        "p_by_normal_approximation": "p_value",
    }
    function = asked_as.get(name, name)
    assert any(function in (ROOT / page).read_text(encoding="utf-8") for page in evidence.pages)


@needs_shared
@pytest.mark.parametrize("file", GOLDEN)
def test_a_golden_file_that_is_named_is_compared_by_the_reference_run(file: str) -> None:
    assert file in CHECKS
    assert SHARED is not None
    outcome = compare_file(SHARED / "reference", file)
    assert outcome.compared > 0
    assert outcome.unintended == []


def test_every_golden_file_stands_behind_a_method() -> None:
    # what the reference packages refuse is no method's values
    assert sorted({*GOLDEN, "rejections.csv"}) == sorted(CHECKS)
