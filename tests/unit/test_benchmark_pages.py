"""The page of measurements can be made from the results that are kept, and says what was measured, nothing else."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from benchmarks import statistics_page
from benchmarks.intake.page import intake_page

KEPT: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "benchmarks" / "results" / "intake.json").read_text("utf-8")
)
ALONE = "its unique alone"


def test_the_page_can_be_made_from_the_results_that_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "benchmarks.md"
    monkeypatch.setattr(statistics_page, "_PAGE", page)
    statistics_page.write_page()
    said = page.read_text("utf-8")
    assert all(f"\n## {part}" in said for part in ("G3", "G1, G2 and G10", "G11 and G12"))


def test_a_part_of_panderas_time_is_told_only_where_it_was_measured() -> None:
    measured = deepcopy(KEPT)
    large = measured["G1 large"]
    large["14 rules and the key, pandera"]["processor_seconds"] = [6.0, 6.0, 6.0]
    large.pop(ALONE, None)
    said = intake_page(measured)
    assert "It took 6.00 processor seconds. A third of its time would be 2.00 seconds" in said
    assert "is_duplicated" not in said
    large[ALONE] = {**large["decode"], "processor_seconds": [4.25, 4.0, 4.5]}
    said = intake_page(measured)
    assert "four columns of text, with reading, took 4.25." in said
    assert f"| {ALONE} |" in said


@pytest.mark.parametrize(("wall", "processor"), [(2.5, 3.25), (0.75, 0.5)])
def test_reading_a_workbook_is_held_against_calamine_as_it_was_measured(wall: float, processor: float) -> None:
    measured = deepcopy(KEPT)
    measured["XLSX"]["calamine alone"] |= {"ratio": [1.0] * 3, "processor_ratio": [1.0] * 3}
    measured["XLSX"]["read"] |= {"ratio": [wall] * 3, "processor_ratio": [processor] * 3}
    said = intake_page(measured)
    assert f"took {wall:.2f} times as long as calamine alone by the clock, {processor:.2f} by the processor." in said
    assert "less than calamine" not in said
