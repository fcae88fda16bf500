"""Runs the suite: `python -m benchmarks.simulation.run [--large] [--seed N] [--only NAME] [--out docs/chance.md]`."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Final

from benchmarks.simulation.comparison import comparison
from benchmarks.simulation.coverage_of_averages import coverage_of_averages
from benchmarks.simulation.coverage_of_counts import coverage_of_counts
from benchmarks.simulation.coverage_of_inequality import coverage_of_inequality
from benchmarks.simulation.coverage_of_standardised import coverage_of_standardised
from benchmarks.simulation.figures import Table
from benchmarks.simulation.inequality import inequality
from benchmarks.simulation.page import table_from_json, table_text, with_tables
from benchmarks.simulation.page_of_many import page_of_many
from benchmarks.simulation.plan import Plan
from benchmarks.simulation.seasons import seasons
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
    seasons,
    special_cause_over_time,
    target,
    inequality,
)


def all_tables(plan: Plan, only: Sequence[str] = ()) -> Iterator[Table]:
    """Give the tables of the suite, one experiment after the other; the seconds each took go to standard error.

    Arguments:
        plan: How often each is repeated, and the seed.
        only: The names of the experiments that are run; all, where none is named.
    """
    for experiment in EXPERIMENTS:
        if only and experiment.__name__ not in only:
            continue
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
    names = [experiment.__name__ for experiment in EXPERIMENTS]
    parser.add_argument("--only", action="append", default=[], choices=names, help="one experiment; may come again")
    parser.add_argument("--out", type=Path, help="a page whose marked tables are written anew, with the JSON beside")
    given = parser.parse_args()
    found = {table.name: table for table in all_tables(Plan(given.seed, given.large), given.only)}
    for table in found.values():
        print(f"\n{table.name}\n\n{table_text(table)}")
    if given.out:
        _keep(found, given.seed, "large" if given.large else "small", given.out, is_part=bool(given.only))


def _keep(found: dict[str, Table], seed: int, size: str, page: Path, *, is_part: bool) -> None:
    """Write the tables into a page and keep them as JSON; those of other experiments stay as they were kept."""
    if is_part:
        kept = json.loads(KEPT.read_text("utf-8"))
        if (kept["seed"], kept["size"]) != (seed, size):
            raise SystemExit(f"kept figures: found seed {kept['seed']}, {kept['size']}; run all, or with the same.")
        others = {name: table_from_json(name, given) for name, given in kept["tables"].items()}
        # a new table stands after the one before it, as in a run of all
        order = list(others)
        for before, name in pairwise(("", *found)):
            if name not in others:
                order.insert(order.index(before) + 1 if before else len(order), name)
        found = {name: found.get(name) or others[name] for name in order}
    figures = {name: table.as_json() for name, table in found.items()}
    # what is printed is what is kept, rounded alike
    printed = [table_from_json(name, given) for name, given in figures.items()]
    page.write_text(with_tables(page.read_text("utf-8"), printed), "utf-8")
    made = {"seed": seed, "size": size, "numpy": version("numpy"), "tables": figures}
    KEPT.write_text(json.dumps(made, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
