"""A first partnership as `outcomes init` writes it, with a small ledger: one file accepted, one rejected."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outcomes.ledger.store import open_ledger
from outcomes.partnership.loading import load_partnership
from outcomes.partnership.scaffold import init_partnership
from outcomes.workflows.receiving import receive
from tests.unit.cli.running import BAD, GOOD, Command


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder `world`, `ledger` and two files; read only."""
    folder = tmp_path_factory.mktemp("cli")
    init_partnership(folder / "world")
    (folder / "TRUST_q1.csv").write_text(GOOD, encoding="utf-8")
    (folder / "COUNCIL_q1.csv").write_text(BAD, encoding="utf-8")
    receive(
        [folder / "TRUST_q1.csv", folder / "COUNCIL_q1.csv"],
        load_partnership(folder / "world"),
        open_ledger(folder / "ledger"),
        received_at=datetime(2026, 7, 20, 9, tzinfo=UTC),
        as_of=date(2026, 7, 20),
    )
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it that is the working directory, for a test to change."""
    shutil.copytree(made, tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path / "desk"


@pytest.fixture
def outcomes(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line."""
    return Command(capsys, monkeypatch)
