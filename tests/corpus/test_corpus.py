"""The corpus: every case as its expectation says, and nothing that should be refused is let in."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from outcomes.exchange.check_schema import check_schema
from tests.corpus.run import main, results
from tests.shared import needs_shared, shared_path

pytestmark = needs_shared


@pytest.fixture(scope="module")
def corpus_results() -> list[dict[str, Any]]:
    return list(results(shared_path("corpus")))


def test_every_case_of_the_corpus_is_as_expected(corpus_results: list[dict[str, Any]], tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    file.write_text("\n".join(json.dumps(result) for result in corpus_results), encoding="utf-8")
    script = shared_path("corpus", "check.py")
    told = subprocess.run([sys.executable, str(script), str(file)], capture_output=True, text=True, check=False)
    summary = told.stdout.splitlines()[-1]
    said = re.fullmatch(r"(\d+) of (\d+) right; wrongly let in: (\d+) \[.*\]", summary)
    assert said, told.stdout
    assert said[3] == "0", told.stdout
    assert (said[1], said[2]) == ("135", "135"), told.stdout


def test_every_result_is_of_the_published_form(corpus_results: list[dict[str, Any]]) -> None:
    validator = jsonschema.Draft202012Validator(check_schema())
    # the runner adds these two
    documents = [{key: result[key] for key in result if key not in ("id", "seconds")} for result in corpus_results]
    for result, document in zip(corpus_results, documents, strict=True):
        complaints = [error.message[:200] for error in validator.iter_errors([json.loads(json.dumps(document))])]
        assert complaints == [], (result["id"], complaints)


def test_a_rejected_case_hands_on_no_figure(corpus_results: list[dict[str, Any]]) -> None:
    rejected = [result for result in corpus_results if result["verdict"] == "rejected"]
    assert len(rejected) >= 60
    assert all(result["loaded_rows"] == 0 and result["observations"] == [] for result in rejected)


def test_every_message_says_what_is_wrong_and_what_to_do(corpus_results: list[dict[str, Any]]) -> None:
    for result in corpus_results:
        for message in result["messages"]:
            assert message["text"].strip(), result["id"]
            assert message["fix"].strip(), result["id"]
            # a gap that nothing filled
            assert "{" not in message["text"] or "{" in (message["value"] or ""), (result["id"], message["text"])
            assert "“”" not in message["text"], (result["id"], message)


def test_a_result_is_one_line_wherever_lines_are_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["UC01,E06000014,2024-04,412,480,a\u2028b\x85c", "UC01,E06000065,2024-04,871,1050,"]
    header = "indicator_id,place_code,period,numerator,denominator,comment"
    (tmp_path / "one.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    (tmp_path / "framework.json").write_bytes(shared_path("corpus", "framework.json").read_bytes())
    case = {"id": "one", "file": "one.csv", "partner": "TRUST-A", "reason": "a\u2028b"}
    (tmp_path / "expectations.jsonl").write_text(json.dumps(case, ensure_ascii=False) + "\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["run", str(tmp_path)])
    assert main() == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["observations"][0]["comment"] == "a\u2028b\x85c"
