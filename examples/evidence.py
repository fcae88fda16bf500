"""What every run on published data prints: what it cost, what was read, refused and reproduced, and what differs."""

import hashlib
import resource
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import polars as pl

import outcomes as oc

__all__ = ["Evidence", "Held", "ledger_of", "partnership_folder"]

_SHOWN = 12
# beside the ledger: of which files it is
_INPUTS = "inputs.txt"


@dataclass(frozen=True)
class Held:
    """How many published figures of one kind were reproduced.

    Attributes:
        kind: What was compared, such as "values of 93474".
        agreeing, published: How many agree, of how many.
        remark: The tolerance, and what explains the others.
        differences: One row a figure that differs, for those who want to see them.
        is_explained: Whether every difference is explained by the remark.
    """

    kind: str
    agreeing: int
    published: int
    remark: str = ""
    differences: pl.DataFrame | None = None
    is_explained: bool = False

    def __str__(self) -> str:
        """Return one printed line."""
        return f"{self.kind}: {self.agreeing:,} of {self.published:,}" + (f" ({self.remark})" if self.remark else "")


@dataclass
class Evidence:
    """What one run shows; used as a context, it measures the time between its beginning and its end.

    Attributes:
        title: What the run is of.
        held: What was compared, in order.
        lines: What else is to be said, in order.
    """

    title: str
    held: list[Held] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    seconds: float = 0.0
    _began: float = 0.0

    def __enter__(self) -> Self:
        """Begin to measure."""
        self._began = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        """End measuring."""
        self.seconds = time.perf_counter() - self._began

    def say(self, line: str) -> None:
        """Keep a line to be printed."""
        self.lines.append(line)

    def received(self, receipts: Iterable[oc.Receipt]) -> None:
        """Keep what was read of each file, and what was said of it."""
        for receipt in receipts:
            self.say(f"{receipt.file}: {receipt.verdict.value}, {receipt.loaded_rows:,} figures read")
            said: Counter[tuple[str, str, str]] = Counter()
            example: dict[tuple[str, str, str], str] = {}
            for finding in receipt.findings:
                key = (finding.severity.value, finding.code, finding.column or "")
                said[key] += 1 + finding.repeats
                example.setdefault(key, finding.text)
            for (severity, code, column), count in sorted(said.items()):
                where = f" {column}" if column else ""
                self.say(f"  {severity} {code}{where}, {count:,} times: {example[severity, code, column]}")

    def received_together(self, receipts: Sequence[oc.Receipt]) -> None:
        """Keep what was read of each of many files of one kind in a line, and what was said of all of them once."""
        said: dict[tuple[str, str, str], list[tuple[str, int, str]]] = {}
        for receipt in receipts:
            self.say(f"{receipt.file}: {receipt.verdict.value}, {receipt.loaded_rows:,} figures read")
            for finding in receipt.findings:
                key = (finding.severity.value, finding.code, finding.column or "")
                said.setdefault(key, []).append((receipt.file, 1 + finding.repeats, finding.text))
        for (severity, code, column), found in sorted(said.items()):
            where = f" {column}" if column else ""
            files, times = len({file for file, _, _ in found}), sum(count for _, count, _ in found)
            self.say(
                f"  {severity} {code}{where}, {times:,} times in {files} files, such as {found[0][0]}: {found[0][2]}"
            )

    def hold(self, *held: Held) -> None:
        """Keep comparisons with what was published."""
        self.held += held

    @property
    def is_reproduced(self) -> bool:
        """Whether every published figure is reproduced, or its difference explained."""
        return all(one.agreeing == one.published or one.is_explained for one in self.held)

    def show(self) -> int:
        """Print everything; return 0, or 1 where a published figure is neither reproduced nor explained."""
        print(self.title)
        for line in self.lines:
            print(f"  {line}")
        if self.held:
            print("Held against what was published:")
        for one in self.held:
            print(f"  {one}")
            if one.differences is not None and one.differences.height:
                for row in one.differences.head(_SHOWN).iter_rows(named=True):
                    print("    " + ", ".join(f"{name} {value}" for name, value in row.items()))
                if one.differences.height > _SHOWN:
                    print(f"    and {one.differences.height - _SHOWN:,} more")
        print(f"{self.seconds:.1f} s, at most {_peak_mebibytes():,.0f} MiB of memory")
        return 0 if self.is_reproduced else 1


def _peak_mebibytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # bytes on a Mac, KiB elsewhere
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def partnership_folder(
    definitions: Path, out: Path, *, tables: dict[str, pl.DataFrame], leave: Sequence[str] = ("run.py", "README.md")
) -> Path:
    """Write a partnership's folder from an example's own definitions and tables made of published look-ups.

    Arguments:
        definitions: The folder of the example, with partnership.yaml.
        out: Where to write the folder; what is there of an earlier run is replaced.
        tables: File name, such as areas.csv, to its rows.
        leave: Names that are not copied.

    Returns:
        The folder, to be loaded, and looked at with `outcomes lint`.
    """
    folder = out / "partnership"
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(definitions, folder, ignore=shutil.ignore_patterns(*leave, "__pycache__"))
    for name, table in tables.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        table.write_csv(folder / name)
    return folder


def ledger_of(out: Path, files: Iterable[Path], *, also: Sequence[str] = ()) -> oc.Ledger:
    """Open the ledger of a run; one that an earlier run filled from other files is begun anew.

    The figures of a month that was given last time and is not given now would else stand on the pages, and differ from
    everything that is published in the files at hand. The same files again are received again, and add nothing.

    Arguments:
        out: The run's folder; the ledger stands in it under that name.
        files: What the run receives.
        also: What else the figures depend on, such as the periods given for the files.

    Raises:
        TableError: A ledger stands there that no run has begun.
    """
    lines = sorted(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}" for file in files)
    said = "\n".join([*lines, *also, ""])
    inputs, folder = out / _INPUTS, out / "ledger"
    if folder.exists() and not inputs.is_file():
        raise oc.TableError(
            f"{folder}: this ledger is not of a run, and is left as it is; give another folder with --out"
        )
    if folder.exists() and inputs.read_text(encoding="utf-8") != said:
        shutil.rmtree(folder)
    out.mkdir(parents=True, exist_ok=True)
    inputs.write_text(said, encoding="utf-8")
    return oc.open_ledger(folder)
