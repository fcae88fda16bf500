"""Runs the campaign: `python -m benchmarks.ledger_stress [--small] [--out docs/record_under_stress.md]`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks.ledger_stress.disks import can_mount, fill_disks, read_only_disks
from benchmarks.ledger_stress.flips import flip_bytes
from benchmarks.ledger_stress.forking import can_step
from benchmarks.ledger_stress.kills import Kills, kill_at_every_call, kill_at_random
from benchmarks.ledger_stress.page import Campaign, page_of
from benchmarks.ledger_stress.places import visit_places
from benchmarks.ledger_stress.world import World
from benchmarks.ledger_stress.writers import write_together

T = TypeVar("T")


def main(arguments: list[str]) -> int:
    """Run every part, say each as it ends, and write the page where one is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger_stress", description=__doc__)
    parser.add_argument("--small", action="store_true", help="a few of each, in a minute")
    parser.add_argument("--out", type=Path, help="the page to write")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="ledger-stress-") as made:
        campaign = _run(Path(made), is_small=asked.small)
    if asked.out:
        asked.out.write_text(page_of(campaign), encoding="utf-8")
    return 0


def _run(folder: Path, *, is_small: bool) -> Campaign:
    world = World.load(folder / "files")
    kills = Kills()
    if can_step():
        kill_at_every_call(world, folder, kills, 151 if is_small else 1)
    kill_at_random(world, folder, kills, 4 if is_small else 600)
    print(f"kills: {kills}", flush=True)
    programs, each = (2, 3) if is_small else (8, 50)
    writers = [
        _said(
            f"{programs} programs of {threads} threads at once",
            lambda threads=threads: write_together(world, folder, programs, each, threads),  # type: ignore[misc]
        )
        for threads in (1, 3)
    ]
    return Campaign(
        kills=kills,
        writers=writers,
        full=_said("full disks", lambda: fill_disks(world, folder, 20 if is_small else 1)) if can_mount() else None,
        read_only=_said("read-only disks", lambda: read_only_disks(world, folder)) if can_mount() else None,
        flips=_said("flipped bytes", lambda: flip_bytes(world, folder, 4 if is_small else 2_000)),
        places=_said("clocks, paths and shares", lambda: visit_places(world, folder)),
    )


def _said(name: str, part: Callable[[], T]) -> T:
    found = part()
    print(f"{name}: {found}", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
