"""What README promises is what happens."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)


def test_there_are_examples_to_run() -> None:
    assert len(BLOCKS) >= 2


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_an_example_of_readme_runs(number: int, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", BLOCKS[number]], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "shape:" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_first_scorecard_takes_under_ten_statements() -> None:
    import ast

    statements = [node for node in ast.parse(BLOCKS[0]).body if not isinstance(node, ast.Import | ast.ImportFrom)]
    assert len(statements) < 10


def test_the_two_commands_stand_first() -> None:
    commands = [line.strip() for line in README.splitlines() if line.startswith("    ")]
    assert commands[:2] == ["pip install uv && uv run outcomes demo", "uv run pytest"]


def test_the_checks_call_the_same_test_command() -> None:
    assert "uv run pytest" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_command_that_readme_names_exists() -> None:
    named = set(re.findall(r"outcomes ([a-z]+)(?= |`|\n)", README)) - {"of"}
    from outcomes.cli.commands import app

    known = {command.callback.__name__ for command in app.registered_commands if command.callback}
    assert {name for name in named if name in {"receive", "status", "build", "explain", "verify", "demo", "lint"}}
    assert named & known == {
        "receive",
        "status",
        "build",
        "explain",
        "verify",
        "demo",
        "init",
        "lint",
        "check",
        "catalogue",
    }


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_every_link_of_readme_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
