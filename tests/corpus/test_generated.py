"""The generated cases: each as the rule that it names says, by two checks; the same bytes each time they are made."""

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.checking import faults
from tests.corpus.generated.build import CATEGORIES, build
from tests.corpus.run import results
from tests.shared import SHARED

# once, on one Python, is enough of these
pytestmark = pytest.mark.slow

Expectations = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("generated")
    assert build(made) >= 1500
    return made


@pytest.fixture(scope="module")
def expectations(folder: Path) -> Expectations:
    lines = (folder / "expectations.jsonl").read_text(encoding="utf-8").splitlines()
    return {case["id"]: case for case in map(json.loads, lines)}


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, dict[str, Any]]:
    return {result["id"]: result for result in results(folder)}


def test_every_generated_case_is_as_its_rule_says(expectations: Expectations, told: dict[str, Any]) -> None:
    wrong = {name: found for name, case in expectations.items() if (found := faults(case, told[name]))}
    assert not wrong, "\n".join(f"{name} ({expectations[name]['reason']}): {found}" for name, found in wrong.items())


@pytest.mark.skipif(SHARED is None, reason="the corpus' own check is not here")
def test_the_corpus_own_check_says_the_same(folder: Path, told: dict[str, Any], tmp_path: Path) -> None:
    assert SHARED is not None
    shutil.copy(SHARED / "corpus" / "check.py", tmp_path / "check.py")
    shutil.copy(folder / "expectations.jsonl", tmp_path / "expectations.jsonl")
    # escaped: some texts hold line ends of other kinds
    (tmp_path / "results.jsonl").write_text("\n".join(map(json.dumps, told.values())), encoding="utf-8")
    said = subprocess.run(
        [sys.executable, str(tmp_path / "check.py"), str(tmp_path / "results.jsonl")],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert said.splitlines()[-1] == f"{len(told)} of {len(told)} right; wrongly let in: 0 []", said


def test_every_category_has_cases_and_every_case_names_its_rule(expectations: Expectations) -> None:
    counted = Counter(case["category"] for case in expectations.values())
    assert counted.keys() == CATEGORIES.keys()
    assert min(counted.values()) >= 10
    assert all(case["reason"].startswith("rule ") and len(case["reason"]) > 12 for case in expectations.values())
    verdicts = Counter(case["must_be"] for case in expectations.values())
    assert min(verdicts.values()) >= 120, verdicts


def test_few_cases_leave_more_than_one_verdict_open(expectations: Expectations) -> None:
    # accepted, with a warning or without, is left open more often; whether a file is let in is open for few
    open_ones = [
        name
        for name, case in expectations.items()
        if len({one == "rejected" for one in (case["must_be"], *case["also_ok"])}) == 2
    ]
    assert len(open_ones) <= 50, open_ones


def test_the_cases_are_the_same_bytes_each_time(expectations: Expectations) -> None:
    cheap = {"encoding", "numbers", "personal data", "parquet", "hostile file", "ledger"}
    for category in cheap:
        for case in CATEGORIES[category]():
            assert case.expectation()["sha256"] == expectations[case.id]["sha256"], case.id


def test_the_check_finds_what_is_wrong_with_a_result(expectations: Expectations, told: dict[str, Any]) -> None:
    case, result = expectations["num-good-numerator-comma"], told["num-good-numerator-comma"]
    assert not faults(case, result)
    assert faults(case, {**result, "verdict": "accepted"})
    assert faults(case, {**result, "loaded_rows": 5})
    assert faults(case, {**result, "messages": []})
    assert faults(case, {**result, "observations": result["observations"][1:]})
    changed = [{**result["observations"][0], "numerator": 311}, *result["observations"][1:]]
    assert faults(case, {**result, "observations": changed})
    assert faults(case, {**result, "seconds": 31})
    case, result = expectations["nhs-comment-plain"], told["nhs-comment-plain"]
    number = case["report_must_not_contain"][0]
    assert not faults(case, result)
    assert faults(case, {**result, "file": f"{number[:3]} {number[3:6]} {number[6:]}"})


def test_no_case_has_a_personal_number_that_could_be_real() -> None:
    for case in CATEGORIES["personal data"]():
        secrets = case.conditions.get("report_must_not_contain", ())
        assert all(secret.startswith("999") for secret in secrets), case.id
