"""The commands of docs/import_history.md can be typed as they stand, and print what the page shows."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from outcomes.workflows.backtest_reasons import LikelyReason

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "import_history.md"


def typed(command: str, folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from outcomes.cli import main; main()",
            *shlex.split(command.replace("riverside/", f"{folder}/"))[1:],
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def test_the_example_can_be_typed_and_prints_what_the_page_shows(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    wet, dry = re.findall(r"```sh\n(.*?)\n```", text)
    shown = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
    assert len(shown) == 3
    code, printed = typed(wet, tmp_path)
    assert code == 1
    assert [block for block in shown if block not in printed] == []
    assert "About" in printed
    compared = (tmp_path / "compared.csv").read_text(encoding="utf-8").splitlines()
    assert len(compared) == 1 + 137
    code, printed = typed(dry, tmp_path)
    assert code == 0
    assert printed.startswith("A dry run: nothing was recorded.")
    assert not (tmp_path / "other").exists()


def test_every_likely_reason_is_told_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [reason.value for reason in LikelyReason if f"| {reason.value} |" not in text] == []
