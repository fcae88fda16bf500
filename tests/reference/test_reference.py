"""Tests that the comparison with golden values passes, and that it can fail."""

import shutil
from pathlib import Path

import pytest

from tests.reference.checks import CHECKS, INPUTS, NOT_THERE_YET
from tests.reference.golden import Cell, agrees
from tests.reference.run import compare_file, main
from tests.shared import needs_shared, shared_path


@needs_shared
@pytest.mark.parametrize("file", sorted(CHECKS))
def test_every_golden_value_agrees_or_differs_as_written(file: str) -> None:
    outcome = compare_file(shared_path("reference"), file)
    assert outcome.unintended == []
    assert outcome.stale == []
    assert outcome.agreeing > 100


@needs_shared
def test_the_runner_counts_files_that_are_not_there_yet_and_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(shared_path("reference"))]) == 0
    lines = capsys.readouterr().out.splitlines()
    waiting = [file for file in NOT_THERE_YET if not file.endswith("_input.csv")]
    for file in waiting:
        assert f"{file}: not there yet ({NOT_THERE_YET[file]})" in lines
    assert lines[-1].endswith(f"no unintended difference; {len(waiting)} golden files not there yet")


@needs_shared
def test_every_file_of_the_folder_is_checked_an_input_or_named_as_not_there_yet() -> None:
    files = {path.name for path in shared_path("reference").glob("*.csv")}
    assert files == CHECKS.keys() | INPUTS | NOT_THERE_YET.keys()


@pytest.fixture
def copied_folder(tmp_path: Path) -> Path:
    copy = tmp_path / "reference"
    shutil.copytree(shared_path("reference"), copy)
    for path in [copy, *copy.iterdir()]:
        path.chmod(0o755)
    return copy


@needs_shared
def test_a_golden_value_changed_in_its_eleventh_digit_makes_the_runner_fail(
    copied_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = copied_folder / "rates.csv"
    text = file.read_text()
    changed = text.replace("0.025317807984289897", "0.025317807981289897", 1)
    assert changed != text
    file.write_text(changed)
    assert main([str(copied_folder)]) == 1
    assert "DIFFERS: s-rate-0001, lower95_0cl: expected 0.02531780798128989" in capsys.readouterr().out


@needs_shared
def test_an_absent_file_makes_the_runner_fail(copied_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied_folder / "means.csv").unlink()
    assert main([str(copied_folder)]) == 1
    assert "means.csv: ABSENT" in capsys.readouterr().out


@needs_shared
def test_an_intended_difference_that_no_longer_differs_makes_the_runner_fail(
    copied_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = copied_folder / "means.csv"
    file.write_text(file.read_text().replace("NaN,NaN,NaN,NaN", ",,,"))
    assert main([str(copied_folder)]) == 1
    assert "NOT AS WRITTEN: limits of s-mean-n1" in capsys.readouterr().out


@needs_shared
def test_an_unknown_file_makes_the_runner_fail(copied_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied_folder / "new_method.csv").write_text("case_id\n")
    assert main([str(copied_folder)]) == 1
    assert "new_method.csv: UNKNOWN" in capsys.readouterr().out


def test_the_runner_says_how_it_is_used_when_no_folder_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("expected", "found", "same"),
    [
        (1.0, 1.0 + 5e-13, True),
        (1.0, 1.0 + 5e-12, False),
        (1e-9, 1.01e-9, False),
        (0.0, 5e-13, True),
        (None, None, True),
        (None, 0.0, False),
        (float("nan"), float("nan"), False),
        ("similar", "similar", True),
        ("similar", "lower", False),
    ],
)
def test_cells_agree_to_the_tolerance_and_words_and_missing_exactly(
    expected: float | str | None, found: float | str | None, same: bool
) -> None:
    assert agrees(Cell("file", "case", "column", expected, found)) is same
