"""Runs the comparison with golden values: `python -m tests.reference.run FOLDER`."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.reference.checks import CHECKS, INPUTS, NOT_THERE_YET
from tests.reference.golden import Cell, agrees, relative_difference
from tests.reference.intended import INTENDED, IntendedDifference

__all__ = ["FileOutcome", "compare_file", "main"]

SHOWN = 20
"""How many unintended differences of one file are printed."""


@dataclass(slots=True)
class FileOutcome:
    """What the comparison of one golden file found."""

    file: str
    compared: int = 0
    agreeing: int = 0
    worst: float = 0.0
    intended: dict[IntendedDifference, int] = field(default_factory=dict)
    unintended: list[Cell] = field(default_factory=list)

    @property
    def stale(self) -> list[IntendedDifference]:
        """The written differences that did not occur just as often as written."""
        return [entry for entry, found in self.intended.items() if found != entry.count]


def compare_file(folder: Path, file: str) -> FileOutcome:
    """Return what the comparison of one golden file finds."""
    outcome = FileOutcome(file, intended={entry: 0 for entry in INTENDED if entry.file == file})
    for cell in CHECKS[file](folder):
        outcome.compared += 1
        if agrees(cell):
            outcome.agreeing += 1
            outcome.worst = max(outcome.worst, relative_difference(cell))
            continue
        entry = next((entry for entry in outcome.intended if entry.covers(cell)), None)
        if entry is None:
            outcome.unintended.append(cell)
        else:
            outcome.intended[entry] += 1
    return outcome


def print_outcome(outcome: FileOutcome) -> None:
    """Print one file's outcome."""
    intended = sum(outcome.intended.values())
    print(
        f"{outcome.file}: {outcome.compared} values compared, {outcome.agreeing} agree, "
        f"{intended} differ as intended, {len(outcome.unintended)} differ otherwise; "
        f"worst relative difference of those that agree {outcome.worst:.1e}"
    )
    for entry, found in outcome.intended.items():
        print(f"  intended ({found}): {entry.cells}. {entry.reason}")
    for entry in outcome.stale:
        found = outcome.intended[entry]
        print(f"  NOT AS WRITTEN: {entry.cells}: written for {entry.count} values, found in {found}")
    for cell in outcome.unintended[:SHOWN]:
        print(f"  DIFFERS: {cell.case}, {cell.column}: expected {cell.expected!r}, found {cell.found!r}")
    if len(outcome.unintended) > SHOWN:
        print(f"  … and {len(outcome.unintended) - SHOWN} more")


def main(arguments: Sequence[str]) -> int:
    """Compare every golden file of a folder; return 0, 1 on an unintended difference, 2 on wrong use."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m tests.reference.run FOLDER (a folder of golden files)", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    present = {path.name for path in folder.glob("*.csv")}
    absent = sorted((CHECKS.keys() | INPUTS) - present)
    unknown = sorted(present - CHECKS.keys() - INPUTS - NOT_THERE_YET.keys())
    failed = bool(absent or unknown)

    compared = agreeing = 0
    for file in sorted(CHECKS.keys() & present):
        outcome = compare_file(folder, file)
        print_outcome(outcome)
        compared += outcome.compared
        agreeing += outcome.agreeing
        failed = failed or bool(outcome.unintended or outcome.stale)
    for file in absent:
        print(f"{file}: ABSENT from the folder, so nothing was compared")
    for file in unknown:
        print(f"{file}: UNKNOWN: no check reads it, and it is not on the list of what is not there yet")

    waiting = sorted(NOT_THERE_YET.keys() & present)
    for file in waiting:
        print(f"{file}: not there yet ({NOT_THERE_YET[file]})")
    golden_waiting = [file for file in waiting if not file.endswith("_input.csv")]
    verdict = "differences found" if failed else "no unintended difference"
    print(
        f"{len(CHECKS.keys() & present)} golden files compared: {agreeing} of {compared} values agree, {verdict}; "
        f"{len(golden_waiting)} golden files not there yet"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
