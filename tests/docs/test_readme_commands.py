"""The commands that README lists for each month can be typed as they stand, after the demo."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from outcomes.workflows.example import ExampleRun

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = {"check": 1, "receive": 1, "status": 0, "build": 0, "explain": 0, "verify": 0}


def test_the_month_of_readme_can_be_typed(example: ExampleRun, example_ledger: Path, tmp_path: Path) -> None:
    assert example.index.is_file()
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## Each month")[1].split("## ")[0]
    commands = re.findall(r"^    uv run outcomes (.+)$", section, flags=re.MULTILINE)
    assert [command.split()[0] for command in commands] == list(EXPECTED)
    for command in commands:
        typed = command.replace("outcomes-demo/ledger", str(example_ledger)).replace(
            "--out site", f"--out {tmp_path / 'site'}"
        )
        done = subprocess.run(
            [sys.executable, "-c", "from outcomes.cli import main; main()", *shlex.split(typed)],
            cwd=ROOT,
            env=os.environ | {"PYTHONWARNINGS": "error"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == EXPECTED[command.split()[0]], command + done.stdout + done.stderr
        assert "Traceback" not in done.stderr
    assert (tmp_path / "site" / "index.html").is_file()
