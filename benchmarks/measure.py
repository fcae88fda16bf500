"""Measures contenders in turn, round by round, and keeps their ratio to the baseline of the same round."""

import gc
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

__all__ = ["Measured", "interleaved", "machine", "peak_memory"]


@dataclass(frozen=True)
class Measured:
    """One contender: seconds, and the ratio to the baseline of the same round; each as median, least, greatest.

    Seconds of the wall are what a user waits; seconds of the processors are steadier on a machine that others use.
    """

    seconds: tuple[float, float, float]
    ratio: tuple[float, float, float]
    processor_seconds: tuple[float, float, float]
    processor_ratio: tuple[float, float, float]
    rounds: int

    def as_json(self) -> dict[str, Any]:
        return {name: [round(n, 4) for n in v] if isinstance(v, tuple) else v for name, v in asdict(self).items()}


def interleaved(contenders: Mapping[str, Callable[[], object]], baseline: str, rounds: int) -> dict[str, Measured]:
    """Run each contender once a round, every round in another order; the first round only warms up.

    Arguments:
        contenders: Name to what it does.
        baseline: The name of the one that the others are divided by.
        rounds: How many rounds count.
    """
    names = list(contenders)
    wall: dict[str, list[float]] = {name: [] for name in names}
    processor: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(rounds + 1):
        start = turn % len(names)
        for name in names[start:] + names[:start]:
            gc.collect()
            began, spent = time.perf_counter(), _processor_seconds()
            result = contenders[name]()
            seconds, of_processor = time.perf_counter() - began, _processor_seconds() - spent
            del result
            if turn:
                wall[name].append(seconds)
                processor[name].append(of_processor)
    return {
        name: Measured(
            _spread(wall[name]),
            _spread([mine / base for mine, base in zip(wall[name], wall[baseline], strict=True)]),
            _spread(processor[name]),
            _spread([mine / base for mine, base in zip(processor[name], processor[baseline], strict=True)]),
            rounds,
        )
        for name in names
    }


def _processor_seconds() -> float:
    """Of this process and of those that it waited for."""
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in spent)


def _spread(values: list[float]) -> tuple[float, float, float]:
    return median(values), min(values), max(values)


def peak_memory(statement: str) -> float:
    """Return the peak memory of a fresh process that runs a statement, in GiB; where the system does not say, NaN."""
    # the kernel's own high-water mark of this program alone: getrusage counts what the parent held, too
    script = f"{statement}\nfrom pathlib import Path\nprint(Path('/proc/self/status').read_text('utf-8'))"
    if not Path("/proc/self/status").exists():
        return float("nan")
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    line = next(line for line in run.stdout.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 2**20


def machine() -> dict[str, str]:
    """Say what it was measured on; no name of the machine."""
    return {
        "cores": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{package: version(package) for package in ("polars", "duckdb", "pydantic", "numpy")},
    }
