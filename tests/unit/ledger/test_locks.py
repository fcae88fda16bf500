"""A reading never takes away the lock under which another thread of the same program writes."""

import subprocess
import sys
from pathlib import Path

import pytest

from outcomes.ledger import connection as connection_module
from outcomes.ledger.connection import writing
from outcomes.ledger.entries import EntryKind, append_entry
from outcomes.ledger.recording import record
from outcomes.ledger.seal import seal_log
from outcomes.ledger.store import open_ledger
from outcomes.ledger.verifying import verify
from tests.unit.ledger.handmade import NOON, accepted, figure

ROOT = Path(__file__).resolve().parents[3]
# another program: it reads and closes the log, then tries to write for a moment
OTHER = """
import sys
from outcomes.errors import LedgerBusyError
from outcomes.ledger import connection
from outcomes.ledger.recording import record
from outcomes.ledger.store import open_ledger
from tests.unit.ledger.handmade import NOON, accepted, figure
if sys.argv[2] == "share":
    connection.is_on_local_disk = lambda folder: False
ledger = open_ledger(sys.argv[1], busy_seconds=0.2)
ledger.receipts()
try:
    print(record(ledger, accepted(figure(6), content=b"two"), b"two", received_at=NOON).number)
except LedgerBusyError:
    print("busy")
"""


@pytest.mark.parametrize("disk", ["local", "share"])
def test_a_reading_beside_a_writing_keeps_other_programs_out(
    tmp_path: Path, disk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if disk == "share":
        monkeypatch.setattr(connection_module, "is_on_local_disk", lambda _: False)
    ledger = open_ledger(tmp_path / "ledger")
    record(ledger, accepted(figure(5), content=b"one"), b"one", received_at=NOON)
    body = {"published_at": NOON.isoformat(), "as_of": "2026-07-20", "known_at": 1, "policy_id": "p", "decision": ""}
    with writing(ledger.folder, 1.0) as log:
        append_entry(log, EntryKind.PUBLICATION, body, sha256="0" * 64)
        # what another thread of this program does meanwhile: POSIX drops every lock of a program on a file when it
        # closes any handle of that file
        assert open_ledger(ledger.folder).number == 1
        said = subprocess.run(
            [sys.executable, "-c", OTHER, str(ledger.folder), disk],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        assert said.stdout.split() == ["busy"]
    seal_log(ledger.folder, 1.0)
    assert ledger.number == 2
    assert len(ledger.publications()) == 1
    assert verify(ledger) == ()
