"""A small run of the campaign that docs/record_under_stress.md is written by: kills, writers, disks, flips, paths."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the campaign steps processes as Linux lets it")
def test_a_small_campaign_is_held_to_its_end(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.ledger_stress", "--small", "--out", str(page)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    # all that the failing process said, not an end of it
    assert not done.stderr, f"{done.stdout}\n{done.stderr}"
    assert done.returncode == 0, done.stdout
    text = page.read_text(encoding="utf-8")
    committed = (ROOT / "docs" / "record_under_stress.md").read_text(encoding="utf-8")

    def headings(page: str) -> list[str]:
        return [line.lstrip("#0123456789, ") for line in page.splitlines() if line.startswith("#")]

    assert headings(text) == headings(committed)
