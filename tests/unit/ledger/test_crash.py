"""A writer killed at any point leaves the record as before or as after; writers at once lose nothing."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from outcomes.ledger.connection import read_log
from outcomes.ledger.durable import add_files
from outcomes.ledger.entries import Entry, read_entries
from outcomes.ledger.folder import INCOMING, LOG, content_path
from outcomes.ledger.recording import record
from outcomes.ledger.store import Ledger, open_ledger
from outcomes.ledger.verifying import verify
from tests.unit.ledger.handmade import NOON, accepted, figure
from tests.unit.ledger.writer import write

ROOT = Path(__file__).resolve().parents[3]


def start(folder: Path, partner: str, count: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.unit.ledger.writer", str(folder), partner, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def stray_files(ledger: Ledger) -> list[Path]:
    named = {ledger.folder / file for entry in _entries(ledger) for file in entry.files()}
    kept = [path for part in ("content", "observations", INCOMING) for path in (ledger.folder / part).rglob("*")]
    return [path for path in kept if path.is_file() and path not in named]


def _entries(ledger: Ledger) -> tuple[Entry, ...]:
    return read_log(ledger.folder, 5.0, lambda log: tuple(read_entries(log)))


@pytest.mark.slow
def test_four_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    writers = {partner: start(tmp_path / "ledger", partner, 10) for partner in ("RA", "RB", "RC", "RD")}
    acknowledged = {}
    for partner, writer in writers.items():
        said, _ = writer.communicate(timeout=120)
        assert writer.returncode == 0
        acknowledged[partner] = [int(number) for number in said.split()]
    ledger = open_ledger(tmp_path / "ledger", create=False)
    assert sorted(number for numbers in acknowledged.values() for number in numbers) == list(range(1, 41))
    assert {receipt.number: receipt.partner_code for receipt in ledger.receipts()} == {
        number: partner for partner, numbers in acknowledged.items() for number in numbers
    }
    # each: ten figures of their own and one revised nine times
    assert ledger.versions().height == 4 * 20
    assert ledger.observations().frame.height == 4 * 11
    assert verify(ledger) == ()
    assert stray_files(ledger) == []


@pytest.mark.slow
def test_twenty_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    acknowledged: list[int] = []
    for kill in range(20):
        writer = start(tmp_path / "ledger", f"R{kill}", 1000)
        assert writer.stdout is not None
        acknowledged.append(int(writer.stdout.readline()))
        time.sleep(0.003 * kill)
        writer.kill()
        acknowledged += [int(number) for number in writer.communicate()[0].split()]
        assert writer.returncode != 0
        ledger = open_ledger(tmp_path / "ledger", create=False)
        assert verify(ledger) == ()
        numbers = [receipt.number for receipt in ledger.receipts()]
        assert numbers == list(range(1, len(numbers) + 1))
        assert set(acknowledged) <= set(numbers)
        assert ledger.observations().known_at == len(numbers)
    record(ledger, accepted(figure(5)), b"a file", received_at=NOON)
    assert verify(ledger) == ()
    assert stray_files(ledger) == []


@pytest.mark.slow
def test_death_at_every_single_step_leaves_before_or_after(tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    write_one(folder, "R0")
    deaths = 0
    for step in range(60):
        partner = f"R{step + 1}"
        before = open_ledger(folder).number
        died = _dies(folder, partner, step)
        deaths += died
        ledger = open_ledger(folder, create=False)
        assert verify(ledger) == ()
        after = ledger.number
        assert after in (before, before + 1)
        # what is there is there whole: a submission with both its figures, or nothing of it
        mine = ledger.observations().frame.filter(partner_code=partner)
        assert mine.height == 2 * (after - before)
        if not died:
            break
        write_one(folder, partner)
        assert stray_files(ledger) == []
    assert not died
    assert deaths >= 12


@pytest.mark.slow
def test_death_while_the_ledger_is_made_leaves_none_or_a_whole_one(tmp_path: Path) -> None:
    for step in range(6):
        folder = tmp_path / str(step)
        assert _dies(folder, "RA", step)
        ledger = open_ledger(folder)
        assert verify(ledger) == ()
        write_one(folder, "RA")
        assert ledger.observations().frame.height == 2
        assert verify(ledger) == ()


def write_one(folder: Path, partner: str) -> None:
    write(str(folder), partner, 1)


def _dies(folder: Path, partner: str, step: int) -> bool:
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.ledger.writer", str(folder), partner, "1", str(step)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode in (0, 9), done.stderr
    return done.returncode == 9


def test_what_a_killed_writer_left_is_removed_by_the_next(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger")
    record(ledger, accepted(figure(5), content=b"kept"), b"kept", received_at=NOON)
    add_files(ledger.folder, {content_path("ab" * 32): b"bytes of a person that were never recorded"})
    (ledger.folder / INCOMING / "half.partial").write_bytes(b"half")
    assert verify(ledger) == ()
    record(ledger, accepted(figure(6), content=b"next"), b"next", received_at=NOON)
    assert stray_files(ledger) == []
    assert not (ledger.folder / content_path("ab" * 32)).exists()
    assert verify(ledger) == ()


def test_a_forged_note_of_a_killed_writer_removes_nothing_outside_the_files(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger")
    outside = tmp_path / "precious.txt"
    outside.write_text("kept")
    (ledger.folder / INCOMING / "intent").write_text(f'["../precious.txt", "{outside}", "{LOG}", "content/../{LOG}"]')
    record(ledger, accepted(figure(6), content=b"next"), b"next", received_at=NOON)
    assert outside.read_text() == "kept"
    assert verify(ledger) == ()


def test_writers_who_make_the_ledger_at_once_make_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        ledgers = list(pool.map(lambda _: open_ledger(tmp_path / "ledger"), range(16)))
    assert {ledger.number for ledger in ledgers} == {0}
    assert verify(ledgers[0]) == ()


def test_threads_of_one_program_may_share_a_ledger(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger")

    def send(place: int) -> int:
        content = str(place).encode()
        result = accepted(figure(place, area_code=f"area-{place}"), content=content)
        number = record(ledger, result, content, received_at=NOON).number
        assert ledger.observations(number).frame.height == number
        return number

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, range(16))) == list(range(1, 17))
    assert ledger.observations().frame.height == 16
    assert verify(ledger) == ()
