"""Runs a folder of cases and prints one line of JSON a case, in the form that the folder's own check.py reads.

usage: python -m tests.corpus.run FOLDER > results.jsonl

FOLDER holds framework.json, expectations.jsonl, files/ and prior/. Large cases that are not there are written to
a temporary folder by the folder's own make_large.py.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from outcomes.exchange.check_json import check_document
from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult, TakenBack
from outcomes.intake.observations import OBSERVATION_COLUMNS, Observations
from outcomes.partnership.model import Partnership
from outcomes.table import empty_table
from tests.corpus.world import as_of, partnership_from, read_world

__all__ = ["Memory", "results"]


@dataclass
class Memory:
    """A record in memory: what earlier submissions said."""

    frame: pl.DataFrame = field(default_factory=lambda: empty_table(OBSERVATION_COLUMNS))
    contents: dict[tuple[str, str], int] = field(default_factory=dict)

    def submission_of_content(self, sha256: str, partner_code: str, given_period: str = "") -> int | None:
        """Return the number under which the very same bytes were accepted before."""
        return self.contents.get((sha256, partner_code))

    def content_taken_back(self, sha256: str, partner_code: str, given_period: str = "") -> TakenBack | None:
        """Return None: nothing is ever taken back here."""
        return None

    def observations(self, known_at: int | None = None) -> Observations:
        """Return the figures as known."""
        return Observations(self.frame)

    def keep(self, result: CheckResult) -> None:
        """Keep an accepted submission."""
        self.frame = pl.concat([self.frame, result.frame])
        self.contents[result.sha256, result.partner_code] = len(self.contents) + 1


def results(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the result of each case of a folder, in the order of its expectations."""
    world = read_world(folder)
    partnership, day = partnership_from(world), as_of(world)
    # a text may hold characters at which splitlines would break a line as well
    lines = (folder / "expectations.jsonl").read_text(encoding="utf-8").split("\n")
    cases = [json.loads(line) for line in lines if line.strip()]
    with tempfile.TemporaryDirectory() as scratch:
        files = _with_large(folder, cases, Path(scratch))
        for case in cases:
            yield _result(case, files(case["file"]), folder, partnership, day)


def _with_large(folder: Path, cases: list[Mapping[str, Any]], scratch: Path) -> Any:
    missing = [case for case in cases if case.get("generated") and not (folder / case["file"]).exists()]
    if missing:
        shutil.copy(folder / "make_large.py", scratch / "make_large.py")
        subprocess.run([sys.executable, str(scratch / "make_large.py")], check=True, stdout=subprocess.DEVNULL)
    return lambda name: folder / name if (folder / name).exists() else scratch / name


def _result(case: Mapping[str, Any], file: Path, folder: Path, partnership: Partnership, day: date) -> dict[str, Any]:
    ledger = None
    if case.get("prior"):
        ledger = Memory()
        ledger.keep(check(folder / case["prior"], partnership, partner=case["partner"], as_of=day))
    start = time.perf_counter()
    result = check(file, partnership, partner=case["partner"], as_of=day, ledger=ledger)
    seconds = time.perf_counter() - start
    if result.loaded_rows > 10_000:
        # a million observations would be nothing to compare with
        result = replace(result, observations=Observations(result.frame.clear()))
    document = check_document(result, partnership)
    return {"id": case["id"], **document, "seconds": round(seconds, 3)}


def main() -> int:
    """Print the results of the folder named by the only argument."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    for result in results(Path(sys.argv[1])):
        # whoever reads it may break lines at more characters than at the line feed; in ASCII there is no other
        print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
