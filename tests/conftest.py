"""What several tests share: the example partnership, received and scored once."""

import shutil
from pathlib import Path

import pytest

from outcomes.workflows.example import ExampleRun, run_example


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> ExampleRun:
    """The bundled example, run once through the whole street. Read only: copy before you change."""
    return run_example(tmp_path_factory.mktemp("example"))


@pytest.fixture
def example_ledger(example: ExampleRun, tmp_path: Path) -> Path:
    """A copy of the example's ledger that a test may add to."""
    return Path(shutil.copytree(example.ledger, tmp_path / "ledger"))
