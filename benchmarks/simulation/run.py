"""Runs the suite: `python -m benchmarks.simulation.run [--large] [--seed N] [--out docs/chance.md]`."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.simulation.comparison import comparison
from benchmarks.simulation.coverage_of_averages import coverage_of_averages
from benchmarks.simulation.coverage_of_counts import coverage_of_counts
from benchmarks.simulation.coverage_of_inequality import coverage_of_inequality
from benchmarks.simulation.coverage_of_standardised import coverage_of_standardised
from benchmarks.simulation.figures import Table
from benchmarks.simulation.inequality import inequality
from benchmarks.simulation.page import table_text, with_tables
from benchmarks.simulation.page_of_many import page_of_many
from benchmarks.simulation.plan import Plan
from benchmarks.simulation.special_cause import special_cause
from benchmarks.simulation.special_cause_over_time import special_cause_over_time
from benchmarks.simulation.target import target
from benchmarks.simulation.trend import trend

__all__ = ["EXPERIMENTS", "KEPT", "all_tables"]

KEPT: Final = Path(__file__).parents[1] / "results" / "chance.json"
"""The figures that the documentation prints."""

EXPERIMENTS: Final[tuple[Callable[[Plan], list[Table]], ...]] = (
    coverage_of_counts,
    coverage_of_standardised,
    coverage_of_averages,
    coverage_of_inequality,
    comparison,
    page_of_many,
    trend,
    special_cause,
    special_cause_over_time,
    target,
    inequality,
)


def all_tables(plan: Plan) -> Iterator[Table]:
    """Give every table of the suite, one experiment after the other; the seconds each took go to standard error."""
    for experiment in EXPERIMENTS:
        began, spent = time.perf_counter(), time.process_time()
        yield from experiment(plan)
        wall, processor = time.perf_counter() - began, time.process_time() - spent
        print(f"{experiment.__name__}: {wall:.1f} s, {processor:.1f} s of processors", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--small", action="store_true", help="half a minute: wide Monte Carlo errors (the default)")
    size.add_argument("--large", action="store_true", help="what the documentation prints: some minutes")
    parser.add_argument("--seed", type=int, default=1, help="where all draws begin")
    parser.add_argument("--out", type=Path, help="a page whose marked tables are written anew, with the JSON beside")
    given = parser.parse_args()
    tables = list(all_tables(Plan(given.seed, given.large)))
    for table in tables:
        print(f"\n{table.name}\n\n{table_text(table)}")
    if given.out:
        given.out.write_text(with_tables(given.out.read_text("utf-8"), tables), "utf-8")
        kept = {
            "seed": given.seed,
            "size": "large" if given.large else "small",
            "numpy": version("numpy"),
            "tables": {table.name: table.as_json() for table in tables},
        }
        KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
