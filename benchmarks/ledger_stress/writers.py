"""Programs write to one ledger at once, some by several threads, while another reads and never sees it torn."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import outcomes as oc
from benchmarks.ledger_stress.forking import Work, finished, run_together
from benchmarks.ledger_stress.world import NOON, World, look
from outcomes.ledger.recording import record

__all__ = ["Writers", "write_together"]


@dataclass(frozen=True)
class Writers:
    """What came of the writers at once."""

    programs: int
    threads: int
    submissions: int
    readings: int
    entries: int


def write_together(world: World, folder: Path, programs: int = 8, each: int = 50, threads: int = 1) -> Writers:
    """Let programs record files of their own on one new ledger, while a reader looks at it until they are done.

    Raises:
        AssertionError: A submission was lost, doubled or torn, or numbers have a gap.
    """
    ledger = folder / f"together-{threads}"
    prepared = []
    for program in range(programs):
        files = [
            world.file(f"writer-{threads}-{program}-{place}", [str(program), str(place), "1", "2"])
            for place in range(each)
        ]
        prepared.append(world.checked(files))
    done = folder / f"done-{threads}"
    works: list[Work] = [_writing(ledger, checked, threads) for checked in prepared]
    said = run_together([*works, _reading(ledger, done)], last_waits_for=done)
    acknowledged = [pair for one in said[:-1] for pair in one]
    readings = sum(said[-1])
    expected = programs * each
    numbers = [number for number, _ in acknowledged]
    if sorted(numbers) != list(range(1, expected + 1)):
        raise AssertionError(f"{expected} submissions were acknowledged by {len(set(numbers))} numbers: {numbers}")
    receipts = finished(lambda: [(one.number, one.sha256) for one in oc.open_ledger(ledger, create=False).receipts()])
    if sorted(acknowledged) != receipts:
        raise AssertionError("the record does not hold what was acknowledged")
    seen = finished(look, ledger)
    if seen is None or seen.faults or seen.left:
        raise AssertionError(f"{seen}")
    return Writers(programs, threads, expected, readings, len(seen.hashes))


def _writing(folder: Path, checked: list[tuple[oc.CheckResult, bytes]], threads: int) -> Work:
    def work(say: Callable[[Any], None]) -> None:
        ledger = oc.open_ledger(folder, busy_seconds=120.0)

        def send(one: tuple[oc.CheckResult, bytes]) -> tuple[int, str]:
            receipt = record(ledger, *one, received_at=NOON)
            if threads > 1:
                # what a portal does beside: it closes a file of its own each time
                ledger.receipts()
            return receipt.number, receipt.sha256

        if threads == 1:
            for one in checked:
                say(send(one))
        else:
            with ThreadPoolExecutor(threads) as pool:
                for pair in pool.map(send, checked):
                    say(pair)

    return work


def _reading(folder: Path, done: Path) -> Work:
    """Look at the ledger from new again and again: numbers only grow, and what was there stays as it was."""

    def work(say: Callable[[Any], None]) -> None:
        before: tuple[tuple[int, str], ...] = ()
        while not done.exists():
            if not folder.exists():
                time.sleep(0.01)
                continue
            ledger = oc.open_ledger(folder, busy_seconds=120.0)
            number = ledger.number
            receipts = tuple((one.number, one.sha256) for one in ledger.receipts(number))
            versions = ledger.versions(number)
            if [one for one, _ in receipts] != list(range(1, number + 1)) or receipts[: len(before)] != before:
                raise AssertionError(f"a reader saw {receipts} after {before}")
            expected = sum(one.new_observations for one in ledger.receipts(number))
            if versions.height != expected:
                raise AssertionError(f"a reader saw {versions.height} figures of {expected}")
            before = receipts
            say(1)
            time.sleep(0.05)

    return work
