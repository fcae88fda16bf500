"""Changes files at random and holds the check to it: no exception, no waste, and no figure changed in silence.

usage: python -m tests.corpus.fuzz --minutes 20 [--seed 1] [--keep FOLDER] FOLDER...

Each FOLDER is laid out as the corpus is. Every trial is made from the seed and its number alone, so that it can be made
again. Trials run in a process of their own: one that takes the process down is counted and passed over.
"""

import argparse
import csv
import io
import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from outcomes.exchange.check_json import check_document
from outcomes.intake.checking import check
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import Verdict
from tests.corpus.mutations import MUTATIONS, other_form
from tests.corpus.plain_reading import lost_or_changed, plain_rows
from tests.corpus.world import as_of, partnership_from, read_world

__all__ = ["Source", "sources", "trial"]

_MOST_SECONDS: Final = 20
_MOST_BYTES: Final = 1_000_000
_MOST_SOURCE_BYTES: Final = 300_000


@dataclass(frozen=True)
class Source:
    """A file of a folder, with the world it is checked in."""

    id: str
    content: bytes
    file: str
    partner: str
    partnership: Partnership
    as_of: date
    is_clean: bool


@dataclass
class Told:
    """What came of a trial."""

    verdict: str
    kind: str
    wrong: list[str] = field(default_factory=list)
    compared: int = 0


def sources(folder: Path) -> Iterator[Source]:
    """Yield the files of a folder that are small enough."""
    world = read_world(folder)
    partnership, day = partnership_from(world), as_of(world)
    for line in (folder / "expectations.jsonl").read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        case = json.loads(line)
        file = folder / case["file"]
        if file.exists() and file.stat().st_size <= _MOST_SOURCE_BYTES:
            content = file.read_bytes()
            is_clean = case["must_be"] == "accepted" and file.suffix == ".csv" and not case["also_ok"]
            yield Source(case["id"], content, file.name, case["partner"], partnership, day, is_clean)


def trial(number: int, seed: int, known: list[Source]) -> tuple[Told, bytes]:
    """Return what came of one trial, and the bytes that were checked."""
    chance = random.Random(f"{seed}-{number}")
    source, other = chance.choice(known), chance.choice(known)
    clean = [one for one in known if one.is_clean]
    if clean and chance.random() < 0.15:
        return _of_form(chance.choice(clean), chance)
    fitting = ["flips", "cut", "pieces", "spliced", "inserted", "tail"]
    if source.file.endswith(".xlsx"):
        fitting += ["workbook"] * 10
    elif source.file.endswith((".csv", ".tsv")):
        fitting += ["cells"] * 8
    kind = chance.choice(fitting)
    content = MUTATIONS[kind](source.content, other.content, chance)
    told, _ = _checked(source, content, kind)
    return told, content


def _checked(source: Source, content: bytes, kind: str) -> tuple[Told, pl.DataFrame | None]:
    start = time.perf_counter()
    try:
        result = check(content, source.partnership, partner=source.partner, as_of=source.as_of, file_name=source.file)
        document = json.dumps(check_document(result, source.partnership))
    except Exception as error:
        return Told("escaped", kind, [f"{type(error).__name__}: {error}"[:400]]), None
    told = Told(result.verdict.value, kind)
    seconds = time.perf_counter() - start
    if seconds > _MOST_SECONDS:
        told.wrong.append(f"{seconds:.0f} seconds")
    size = len(json.dumps(json.loads(document)["messages"]))
    if size > _MOST_BYTES:
        told.wrong.append(f"messages of {size:,} bytes")
    if result.verdict is Verdict.REJECTED:
        if result.loaded_rows or not result.frame.is_empty():
            told.wrong.append("a rejected file hands something on")
        return told, None
    rows = plain_rows(content)
    if rows is not None:
        told.compared = result.frame.height
        scales = {one.id: one.numerator_scale for one in source.partnership.indicators.values()}
        named = {finding.row for finding in result.findings if finding.row is not None}
        if any(finding.repeats for finding in result.findings):
            named |= {row.row for row in rows}
        told.wrong += lost_or_changed(rows, result.frame, scales, named)[:5]
    return told, result.frame


_SAME: Final = ("row", "indicator_id", "area_code", "period", "breakdown", "numerator", "denominator", "status")


def _of_form(source: Source, chance: random.Random) -> tuple[Told, bytes]:
    lines = list(csv.reader(io.StringIO(source.content.decode("utf-8-sig"), newline="")))
    content = other_form(lines, chance)
    told, frame = _checked(source, content, "form")
    _, before = _checked(source, source.content, "form")
    if frame is None or before is None:
        told.wrong.append("the same figures in another form are rejected")
    elif not frame.select(_SAME).sort("row").equals(before.select(_SAME).sort("row")):
        told.wrong.append("the same figures in another form are other figures")
    return told, content


def _child(arguments: argparse.Namespace) -> int:
    known = [source for folder in arguments.folders for source in sources(Path(folder))]
    end = time.monotonic() + arguments.minutes * 60
    number = arguments.start
    while time.monotonic() < end and (arguments.trials is None or number < arguments.trials):
        print(json.dumps({"begun": number}), flush=True)
        told, content = trial(number, arguments.seed, known)
        if told.wrong and arguments.keep:
            Path(arguments.keep).mkdir(parents=True, exist_ok=True)
            (Path(arguments.keep) / f"{arguments.seed}-{number}.bin").write_bytes(content)
        said = {"number": number, "verdict": told.verdict, "kind": told.kind, "wrong": told.wrong}
        print(json.dumps({**said, "compared": told.compared}), flush=True)
        number += 1
    return 0


def main(words: list[str]) -> int:
    """Run trials for the given time; print every fault and the counts; return whether there was a fault."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("folders", nargs="+")
    reader.add_argument("--minutes", type=float, default=20)
    reader.add_argument("--trials", type=int)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--start", type=int, default=0)
    reader.add_argument("--keep")
    reader.add_argument("--child", action="store_true")
    arguments = reader.parse_args(words)
    if arguments.child:
        return _child(arguments)
    counts: Counter[str] = Counter()
    end = time.monotonic() + arguments.minutes * 60
    start, faults = arguments.start, 0
    while time.monotonic() < end and (arguments.trials is None or start < arguments.trials):
        left = (end - time.monotonic()) / 60
        command = [sys.executable, "-m", "tests.corpus.fuzz", "--child", *arguments.folders]
        command += ["--seed", str(arguments.seed), "--start", str(start), "--minutes", f"{left:.4f}"]
        command += ["--keep", arguments.keep] if arguments.keep else []
        command += ["--trials", str(arguments.trials)] if arguments.trials is not None else []
        begun = start - 1
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for line in child.stdout:
                said: dict[str, Any] = json.loads(line)
                if "begun" in said:
                    begun = said["begun"]
                    continue
                start = said["number"] + 1
                counts[f"verdict: {said['verdict']}"] += 1
                counts[f"kind: {said['kind']}"] += 1
                counts["figures compared"] += said["compared"]
                if said["wrong"]:
                    faults += 1
                    print(line.rstrip(), flush=True)
        if child.returncode:
            faults += 1
            print(json.dumps({"number": begun, "process ended with": child.returncode}), flush=True)
            counts["process taken down"] += 1
            start = begun + 1
    for name, number in sorted(counts.items()):
        print(f"{number:9,} {name}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
