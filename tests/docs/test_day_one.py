"""The scripts that three people write on their first day, run as they are."""

import shutil
import subprocess
import sys
from pathlib import Path

from outcomes.bundled import bundled_folder
from outcomes.workflows.example import ExampleRun

SCRIPTS = Path(__file__).resolve().parents[2] / "docs" / "day_one"


def run(script: str, *arguments: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", str(SCRIPTS / script), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_icb_analyst_runs_the_month(example_ledger: Path, tmp_path: Path) -> None:
    partnership = bundled_folder("examples", "eastvale")
    inbox = tmp_path / "inbox"
    newest = sorted(folder for folder in (partnership / "returns").iterdir() if folder.is_dir())[-1]
    shutil.copytree(partnership / "returns" / "history" if newest.name == "history" else newest, inbox)
    # a figure that moves: the first CSV of the newest returns, one count corrected
    printed = run("icb_analyst.py", partnership, inbox, example_ledger, tmp_path / "site")
    assert "accepted" in printed
    assert (tmp_path / "site" / "index.html").is_file()
    assert "Open" in printed


def test_an_icb_analyst_starts_from_an_empty_record(tmp_path: Path) -> None:
    partnership = bundled_folder("examples", "eastvale")
    printed = run(
        "icb_analyst.py", partnership, partnership / "returns" / "history", tmp_path / "new", tmp_path / "site"
    )
    assert "added" in printed


def test_a_council_analyst_uses_her_own_frame(tmp_path: Path) -> None:
    printed = run("council_analyst.py", tmp_path / "site")
    assert "2025/26" in printed
    assert "wilson" in printed
    # 214/2105 to 128/2064 over five years: a significant fall, and less smoking is better
    assert "improving" in printed
    page = (tmp_path / "site" / "places" / "X01.html").read_text(encoding="utf-8")
    assert "No agreement is recorded" in page


def test_a_portal_developer_embeds_a_measure(example: ExampleRun, tmp_path: Path) -> None:
    card = sorted((example.site / "scorecards").glob("*.json"))[0]
    printed = run("portal_developer.py", card, "93085", tmp_path / "tile.html")
    assert "nothing heavy" in printed
    tile = (tmp_path / "tile.html").read_text(encoding="utf-8")
    assert "Smoking" in tile
    assert "<script" not in tile
