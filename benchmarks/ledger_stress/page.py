"""Writes the page of the campaign: what was done to the ledger, and what was seen. No times: they are a machine's."""

import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.ledger_stress.disks import Disks
from benchmarks.ledger_stress.flips import Flips
from benchmarks.ledger_stress.kills import AT_RANDOM, Kills
from benchmarks.ledger_stress.places import Places
from benchmarks.ledger_stress.writers import Writers

__all__ = ["Campaign", "page_of"]

_WIDTH = 170
_HEAD = """\
# The record under stress

Written by `python -m benchmarks.ledger_stress --out docs/record_under_stress.md`. It stops at the first thing that is
not held; a small run of it is among the tests. Counts are of one run.
"""


@dataclass(frozen=True)
class Campaign:
    """What every part of the campaign found."""

    kills: Kills
    writers: list[Writers]
    full: Disks | None
    read_only: int | None
    flips: Flips
    places: Places


def page_of(campaign: Campaign) -> str:
    """Return the page."""
    parts = (
        [_HEAD],
        _kills(campaign.kills),
        _writers(campaign.writers),
        _disks(campaign),
        _flips(campaign.flips),
        _places(campaign.places),
        _limits(),
    )
    paragraphs = "\n".join(line for part in parts for line in part).split("\n")
    return "\n".join(line if line.startswith(("|", "#")) else _wrapped(line) for line in paragraphs).rstrip() + "\n"


def _wrapped(line: str) -> str:
    after = "  " if line.startswith("- ") else "> " if line.startswith("> ") else ""
    return textwrap.fill(line, _WIDTH, subsequent_indent=after, break_long_words=False, break_on_hyphens=False)


def _kills(kills: Kills) -> Iterator[str]:
    yield f"## {kills.kills:,} kills\n"
    yield (
        "A process at work on a ledger was ended by `kill -9`: before each of its system calls that make, "
        "change, rename, remove, sync or lock a file, one after the "
        "other, and two processes at once at random moments. After each kill the folder was opened and "
        "verified whole; everything that had been acknowledged was there; what "
        "had not been was there wholly or not at all (before a system call: the record was exactly as before "
        "the act or as after it, hash by hash); and the next act went on "
        "to the same record as if nothing had happened, and left nothing behind.\n"
    )
    yield "| act | kills |\n| --- | ---: |"
    for name, count in kills.by_act.items():
        yield f"| {name} | {count:,} |"
    yield f"\nOf the two programs {kills.acknowledged:,} files were acknowledged before the kills; none was lost.\n"
    yield "| killed before | times | | killed before | times |\n| --- | ---: | --- | --- | ---: |"
    calls = [f"`{name}` | {count:,}" for name, count in _by_count(kills.before_calls)]
    half = (len(calls) + 1) // 2
    for first, second in zip(calls[:half], [*calls[half:], " | "][:half], strict=False):
        yield f"| {first} | | {second} |"
    yield "\n| state of the folder after a kill | times |\n| --- | ---: |"
    for name, count in _by_count(kills.states):
        yield f"| {name} | {count:,} |"
    yield f"\n“Entered”: the act is in the record. “At random”: the act “{AT_RANDOM}”.\n"


def _writers(writers: list[Writers]) -> Iterator[str]:
    yield "## Programs at once\n"
    for one in writers:
        threads = "" if one.threads == 1 else f", each with {one.threads} threads that also read"
        yield (
            f"- {one.programs} programs{threads}, {one.submissions} submissions to one new ledger: "
            f"{one.entries} entries, numbered without a gap; every acknowledged "
            "number is that file's, none lost, none twice; the chain whole. A reader meanwhile looked "
            f"{one.readings:,} times: numbers only grew, every submission was there "
            "with all its figures, and what was there before was as before."
        )
    yield ""


def _disks(campaign: Campaign) -> Iterator[str]:
    yield "## Full and read-only disks\n"
    full, read_only = campaign.full, campaign.read_only
    if full is None or read_only is None:
        yield "Not tried: no small disk may be mounted on this machine.\n"
        return
    yield (
        "Each act was done on a disk with no free block, then one, two and so on until it went through: "
        f"{sum(full.refused.values())} times it was refused, with the "
        "record as before, and went through once there was room. What was said:\n"
    )
    for text, count in _by_count(full.messages):
        yield f"> {text} ({count} times)\n"
    yield (
        "On a disk turned read-only the record is read and verified as before, and "
        f"{read_only} kinds of act are refused in one sentence.\n"
    )


def _flips(flips: Flips) -> Iterator[str]:
    yield "## Flipped bits\n"
    yield (
        f"One bit of a byte was flipped, {sum(flips.flips.values()):,} times: in every byte of each small file, "
        "in bytes drawn by chance of larger ones. `verify` named the file "
        "each time. Whoever read all figures, versions, receipts and findings got the very same "
        f"({flips.readings['the very same']:,} times: the byte was not read) or a refusal "
        f"({flips.readings['refused']:,} times); never another number.\n"
    )
    yield "| file | flips |\n| --- | ---: |"
    for name, count in sorted(flips.flips.items()):
        yield f"| `{name}` | {count:,} |"
    yield ""


def _places(places: Places) -> Iterator[str]:
    yield "## Clocks, paths, shares\n"
    yield (
        f"- {places.clocks} files whose clocks go back, stand still, or are of other zones: the numbers alone "
        "are the order, and each time is kept as it was given.\n"
        f"- {places.paths} paths with blanks, quotes, `?`, `#`, `%`, letters beyond ASCII, line breaks, and "
        "symbolic links to them: each its own ledger.\n"
        f"- {places.shares} kinds of network share, and kinds of disk that are not known: written with the "
        f"rollback journal, never in WAL mode. {places.moves} moves of one folder "
        "between a local disk and a share: read at once, and turned by the next entry."
    )
    if places.is_immutable_tried:
        yield "- A folder marked as immutable, which binds even root: read as before, each act refused in one sentence."
    yield ""


def _limits() -> Iterator[str]:
    yield "## What this does not show\n"
    yield (
        "A kill ends a program, not the machine: what the program had written is still in memory and reaches "
        "the disk. That a power cut leaves before or after rests on the order "
        "of `fsync` and rename in `ledger/durable.py` and on SQLite's own (`synchronous` FULL or EXTRA), which "
        "no test here cuts. The shares are told by what the system says of "
        "its disks, not by a real share."
    )
    yield ""


def _by_count(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
