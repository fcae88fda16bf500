"""Flips bytes of every file of a ledger: verify names the file, and no reading gives another number in silence."""

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import outcomes as oc
from benchmarks.ledger_stress.forking import finished
from benchmarks.ledger_stress.world import NOON, World
from outcomes.fingerprint import fingerprint_of
from outcomes.ledger.folder import LOG

__all__ = ["Flips", "flip_bytes"]


@dataclass
class Flips:
    """How many bytes were flipped in each kind of file, and what a reader got of them."""

    flips: Counter[str] = field(default_factory=Counter)
    readings: Counter[str] = field(default_factory=Counter)


def flip_bytes(world: World, folder: Path, most_a_file: int = 20_000, seed: int = 1) -> Flips:
    """Flip one bit of each byte of each file in turn (of larger files, of bytes drawn by chance).

    Raises:
        AssertionError: Verify found nothing or did not name the file, or a reading gave something else in silence.
    """
    ledger = folder / "flipped"
    shutil.rmtree(ledger, ignore_errors=True)
    for _, earlier, act in list(world.scenes())[2:4]:
        for step in (*(earlier if not ledger.exists() else ()), act):
            finished(step, ledger)
    return finished(_flipped, ledger, most_a_file, seed)


def _flipped(ledger: Path, most_a_file: int, seed: int) -> Flips:
    found = Flips()
    chosen = random.Random(seed)
    whole = _everything_read(ledger)
    if isinstance(whole, oc.OutcomesError) or oc.verify(ledger):
        raise AssertionError(f"{whole} {oc.verify(ledger)}")
    for path in sorted(path for path in ledger.rglob("*") if path.is_file()):
        content = path.read_bytes()
        places = list(range(len(content)))
        if len(places) > most_a_file:
            places = sorted(chosen.sample(places, most_a_file))
        kind = path.relative_to(ledger).parts[0]
        for place in places:
            flipped = bytearray(content)
            flipped[place] ^= 1 << chosen.randrange(8)
            path.write_bytes(flipped)
            where = f"{kind}, byte {place}"
            faults = oc.verify(ledger)
            names = {fault.file for fault in faults}
            # the log's last number vouches for the seal as much as the seal for it
            if not names & {path.relative_to(ledger).as_posix(), path.name, *([LOG] if kind == "ledger.seal" else ())}:
                raise AssertionError(f"{where}: verify says {faults}")
            read = _everything_read(ledger)
            if isinstance(read, oc.OutcomesError):
                found.readings["refused"] += 1
            elif read == whole:
                found.readings["the very same"] += 1
            else:
                raise AssertionError(f"{where}: read in silence: {read}")
            found.flips[kind] += 1
            for ending in ("-wal", "-shm", "-journal"):
                (ledger / f"{LOG}{ending}").unlink(missing_ok=True)
        path.write_bytes(content)
    if _everything_read(ledger) != whole or oc.verify(ledger):
        raise AssertionError("the ledger is not whole at the end")
    return found


def _everything_read(folder: Path) -> str | oc.OutcomesError:
    """Return a fingerprint of every number that is read of a ledger; or the refusal."""
    try:
        ledger = oc.open_ledger(folder, create=False)
        number = ledger.number
        read = [
            number,
            ledger.number_at(NOON),
            [list(row) for row in ledger.observations().frame.rows()],
            [list(row) for row in ledger.versions().rows()],
            [list(row) for row in ledger.observations(number - 1).frame.rows()],
            [list(receipt) for receipt in map(_receipt, ledger.receipts())],
            [[one.number, one.protected_sha256] for one in ledger.publications()],
        ]
    except oc.OutcomesError as error:
        return error
    return fingerprint_of(read)


def _receipt(receipt: oc.Receipt) -> tuple[object, ...]:
    return receipt.number, receipt.partner_code, receipt.sha256, receipt.received_at, repr(receipt.findings)
