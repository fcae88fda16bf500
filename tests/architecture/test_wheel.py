"""The wheel works in a fresh environment: everything that the library needs is in it."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("uv") is None, reason="uv is not here: it builds and installs the wheel"),
]


def run(*command: str | Path, cwd: Path) -> str:
    # nothing of the checkout may be found by accident
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run("uv", "build", "--wheel", "--out-dir", folder, ROOT, cwd=folder)
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_definitions_pages_and_the_example(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "outcomes/py.typed",
        "outcomes/_bundled/frameworks/phof/indicators.yaml",
        "outcomes/_bundled/examples/eastvale/partnership.yaml",
        "outcomes/_bundled/examples/eastvale/returns/schedule.csv",
        "outcomes/partnership/policies/hes-2018.yaml",
    ):
        assert needed in names
    assert any(name.startswith("outcomes/_bundled/reports/") and name.endswith(".jinja") for name in names)
    assert any(name.endswith("licenses/NOTICE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/")) or name.endswith(".pyc")]


def test_a_fresh_environment_runs_the_demo_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "fresh"
    run("uv", "venv", "--python", sys.executable, environment, cwd=tmp_path)
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    settings = ROOT / "pyproject.toml"
    run(
        "uv",
        "pip",
        "install",
        "--config-file",
        _uv_settings(settings, tmp_path),
        "--python",
        python,
        wheel,
        cwd=tmp_path,
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    printed = run(python.parent / "outcomes", "demo", "--out", "made", cwd=elsewhere)
    assert (elsewhere / "made" / "site" / "index.html").is_file()
    assert "Open" in printed
    where = run(python, "-c", "import outcomes; print(outcomes.__file__)", cwd=elsewhere)
    assert str(environment) in where


def _uv_settings(pyproject: Path, folder: Path) -> Path:
    """The project's pin by date, for an install outside the project."""
    import tomllib

    pinned = tomllib.loads(pyproject.read_text(encoding="utf-8"))["tool"]["uv"]["exclude-newer"]
    path = folder / "uv.toml"
    path.write_text(f'exclude-newer = "{pinned}"\n', encoding="utf-8")
    return path
