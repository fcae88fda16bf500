"""What the stressed ledger receives: a real partnership, files of every kind, and each act as one call."""

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import outcomes as oc
from benchmarks.ledger_stress.forking import finished
from outcomes.fingerprint import fingerprint_of
from outcomes.intake.checking import check
from outcomes.ledger.connection import read_log
from outcomes.ledger.entries import read_entries
from outcomes.ledger.expunging import expunge
from outcomes.ledger.folder import LOG
from outcomes.ledger.recording import record
from outcomes.ledger.withdrawing import withdraw
from outcomes.workflows.receiving import receive

__all__ = ["AS_OF", "NOON", "Act", "Seen", "World", "look"]

# loaded before the first fork: otherwise each of hundreds of processes would load it anew, from files that may change
_USED: Final = (check, receive, oc.open_ledger, oc.verify)

NOON: Final = datetime(2026, 6, 10, 12, tzinfo=UTC)
AS_OF: Final = date(2026, 6, 10)
_PLACES: Final = ("EMX060001", "EMX060002", "EMX060003", "EMX060004")
_LOADING: Final = """
import pickle, sys
import outcomes as oc
sys.stdout.buffer.write(pickle.dumps(oc.load_partnership(sys.argv[1])))
"""

Act = Callable[[Path], int]


@dataclass(frozen=True)
class World:
    """A partnership, and a folder in which files for it are made."""

    partnership: oc.Partnership
    folder: Path

    @classmethod
    def load(cls, folder: Path) -> "World":
        """Load the example partnership, in a process of its own: this one is to be forked."""
        example = Path(__file__).resolve().parents[2] / "examples" / "eastvale"
        done = subprocess.run([sys.executable, "-c", _LOADING, str(example)], stdout=subprocess.PIPE, check=True)
        folder.mkdir(parents=True, exist_ok=True)
        return cls(pickle.loads(done.stdout), folder)

    def file(self, name: str, numbers: list[str], period: str = "2026-04") -> Path:
        """Write a return of the alliance: the numerator of each place, or what stands in place of one."""
        rows = [f"local-09,{place},{period},{number},1000" for place, number in zip(_PLACES, numbers, strict=False)]
        path = self.folder / f"EMA_{name}.csv"
        # a column that nobody reads is said, so that there is a file of findings too
        rows = [f"{row},seen" for row in rows]
        path.write_text("\n".join(("indicator_id,place_code,period,numerator,denominator,remark", *rows)) + "\n")
        return path

    def receiving(self, path: Path, *, is_made: bool = False, received_at: datetime = NOON) -> Act:
        """Return the act of receiving one file into a ledger's folder; it gives the number of the receipt."""

        def act(folder: Path) -> int:
            ledger = oc.open_ledger(folder, create=is_made)
            (receipt,) = receive(path, self.partnership, ledger, received_at=received_at, as_of=AS_OF, partner="EMA")
            return receipt.number

        return act

    def checked(self, paths: list[Path]) -> list[tuple[oc.CheckResult, bytes]]:
        """Return what the check finds in each file, made in a process of its own."""
        return finished(
            lambda: [(check(path, self.partnership, partner="EMA", as_of=AS_OF), path.read_bytes()) for path in paths]
        )

    def recording(self, path: Path, *, is_made: bool = False) -> Act:
        """Return the act of recording one file that was checked before: what `receive` does with the ledger alone."""
        ((result, content),) = self.checked([path])

        def act(folder: Path) -> int:
            return record(oc.open_ledger(folder, create=is_made), result, content, received_at=NOON).number

        return act

    def scenes(self) -> Iterator[tuple[str, list[Act], Act]]:
        """Yield each kind of act by its name, with what was done to the ledger before it."""
        first = self.file("first", ["25", "41", "14", "11"])
        earlier = self.file("earlier", ["20", "31", "19", "8"], "2026-03")
        revised = self.file("revised", ["26", "41", "15", "11"])
        wrong = self.file("wrong", ["26", "forty", "15", "11"])
        begin = [self.receiving(first, is_made=True), self.receiving(earlier)]
        yield "make a ledger and record", [], self.recording(first, is_made=True)
        yield "record, accepted", begin[:1], self.recording(earlier)
        yield "record, revised", begin, self.recording(revised)
        yield "record, rejected", begin, self.recording(wrong)
        yield "record, sent before", begin, self.recording(earlier)
        again = self.recording(first)
        three = [*begin, self.receiving(revised)]
        yield "withdraw", three, _taken_back(withdraw, again)
        yield "expunge", three, _taken_back(partial(expunge, authority="the keeper of the record"), again)


def _taken_back(act: Callable[..., object], otherwise: Act) -> Act:
    """Return the act of taking back the third submission; once that is done, another act, which mends what was left."""

    def acting(folder: Path) -> int:
        ledger = oc.open_ledger(folder, create=False)
        if ledger.number > 3:
            otherwise(folder)
        else:
            act(ledger, 3, reason="sent by mistake", at=NOON)
        return ledger.number

    return acting


@dataclass(frozen=True)
class Seen:
    """What a ledger gives to one who looks: every entry's hash, its figures and receipts, and what verify finds."""

    hashes: tuple[str, ...]
    figures: str
    receipts: str
    faults: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def record(self) -> tuple[Any, ...]:
        """What is recorded, whatever a killed writer left beside it."""
        return self.hashes, self.figures, self.receipts


def look(folder: Path) -> Seen | None:
    """Read a ledger in every way, and verify it; None where its making was broken off before there was one."""
    faults = tuple(str(fault) for fault in oc.verify(folder))
    # what was begun of it is rolled back by whoever opens it first
    if not (folder / LOG).exists() or not (folder / LOG).stat().st_size:
        return None
    ledger = oc.open_ledger(folder, create=False)
    entries = read_log(folder, 5.0, lambda log: tuple(read_entries(log)))
    named = {file for entry in entries for file in entry.files()}
    kept = (
        path.relative_to(folder)
        for part in ("content", "observations", "findings", "incoming")
        for path in _in(folder / part)
    )
    return Seen(
        hashes=tuple(entry.entry_hash for entry in entries),
        figures=fingerprint_of([list(row) for row in ledger.versions().rows()]),
        receipts=fingerprint_of([[r.number, r.sha256, r.verdict, r.new_observations] for r in ledger.receipts()]),
        faults=faults,
        left=tuple(sorted(path.as_posix() for path in kept if path not in named)),
    )


def _in(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
