"""Kills a process that writes to a ledger: before each of its system calls, and at random moments."""

import os
import random
import shutil
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import outcomes as oc
from benchmarks.ledger_stress.forking import Work, both_killed, finished, stepped
from benchmarks.ledger_stress.world import NOON, Act, Seen, World, look
from outcomes.ledger.folder import INCOMING, LOG, SEAL
from outcomes.ledger.recording import record
from outcomes.ledger.seal import read_seal

AT_RANDOM: Final = "two programs, at random"

__all__ = ["AT_RANDOM", "Kills", "kill_at_every_call", "kill_at_random"]


@dataclass
class Kills:
    """How many processes were killed, where, and in which state each left the ledger."""

    kills: int = 0
    by_act: Counter[str] = field(default_factory=Counter)
    before_calls: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0


def kill_at_every_call(world: World, folder: Path, found: Kills, every: int = 1) -> None:
    """Kill each act before every `every`-th system call that changes a file, and hold what is left to before or after.

    Raises:
        AssertionError: Something was lost, half there, or in the way of the next.
    """
    for name, earlier, act in world.scenes():
        base, after = folder / "base", folder / "after"
        for path in (base, after):
            shutil.rmtree(path, ignore_errors=True)
        for step in earlier:
            finished(step, base)
        before_seen = finished(look, base) if earlier else None
        if earlier:
            shutil.copytree(base, after)
        calls = stepped(_acting(act, after), None).calls
        after_seen = finished(look, after)
        assert after_seen is not None
        _hold(after_seen.faults == () and after_seen.left == (), name, "unharmed", after_seen)
        for call in range(1, calls + 1, every):
            struck = folder / "struck"
            shutil.rmtree(struck, ignore_errors=True)
            if earlier:
                shutil.copytree(base, struck)
            ended = stepped(_acting(act, struck), call)
            if not ended.was_killed:
                break
            found.kills += 1
            found.by_act[name] += 1
            found.before_calls[ended.call] += 1
            _hold_struck(name, f"call {call} ({ended.call})", struck, act, before_seen, after_seen, found, ended.said)


def _hold_struck(
    name: str,
    where: str,
    struck: Path,
    act: Act,
    before: Seen | None,
    after: Seen,
    found: Kills,
    said: tuple[Any, ...],
) -> None:
    traces = _traces(struck)
    seen = finished(look, struck) if struck.is_dir() else None
    if seen is None:
        _hold(before is None and not said, name, where, None)
        found.states["no ledger yet"] += 1
    else:
        # what is to be destroyed once its tombstone stands, the next act destroys
        left = [fault for fault in seen.faults if name != "expunge" or "expunge-unfinished" not in fault]
        _hold(not left, name, where, seen)
        traces += ", not all destroyed yet" if seen.faults else ""
        is_after = seen.record == after.record
        is_before = seen.hashes == () if before is None else seen.record == before.record
        # what was acknowledged is there
        _hold(is_after or (is_before and not said), name, where, seen)
        found.states[("entered; " if is_after else "not entered; ") + traces] += 1
    finished(act, struck)
    again = finished(look, struck)
    assert again is not None
    _hold(again.record == after.record and again.faults == () and again.left == (), name, f"again after {where}", again)


def kill_at_random(world: World, folder: Path, found: Kills, kills: int, seed: int = 1) -> None:
    """Kill two processes that receive one file after the other, each at a random moment, again and again."""
    moments = random.Random(seed)
    files = [
        world.file(f"random-{place}", [str(100 + place), str(200 + place % 3), "7", "9"], f"2025-{1 + place % 12:02}")
        for place in range(60)
    ]
    files[7::10] = [world.file(f"random-wrong-{place}", ["1", f"x{place}", "2", "3"]) for place in range(6)]
    # checked before, so that a process spends its time in the ledger
    checked = world.checked(files)
    ledger = folder / "random"
    said: list[tuple[str, int]] = []
    known: set[int] = set()
    round_number = 0
    while found.by_act[AT_RANDOM] < kills:
        if round_number % 25 == 0:
            # a ledger of hundreds of entries would only make each look slower
            shutil.rmtree(ledger, ignore_errors=True)
            said, known = [], set()
        order = moments.sample(checked, len(checked))
        ended = both_killed(
            [_sending(ledger, order[:30]), _sending(ledger, order[30:])],
            [moments.uniform(0.02, 0.25), moments.uniform(0.02, 0.4)],
        )
        struck = sum(one.was_killed for one in ended)
        found.kills += struck
        found.by_act[AT_RANDOM] += struck
        said_now = [one for end in ended for one in end.said]
        said += said_now
        round_number += 1
        where = f"round {round_number}"
        traces = _traces(ledger) if ledger.is_dir() else ""
        seen = finished(look, ledger) if ledger.is_dir() else None
        if seen is None:
            _hold(not said, AT_RANDOM, where, None)
            found.states["no ledger yet"] += struck
            continue
        found.states[f"at random; {traces}"] += struck
        _hold(seen.faults == (), AT_RANDOM, where, seen)
        numbers = finished(_numbers, ledger)
        for sha256, number in said:
            _hold(numbers.get(number) == sha256, AT_RANDOM, f"{where}: entry {number}", seen)
        found.acknowledged += len(said_now)
        # of each program one file may be in that it had no time to acknowledge
        unsaid = set(numbers) - {number for _, number in said} - known
        _hold(len(unsaid) <= 2, AT_RANDOM, f"{where}: {len(unsaid)} not acknowledged", seen)
        known = set(numbers)
    finished(lambda: world.receiving(files[0], is_made=True)(ledger))
    last = finished(look, ledger)
    _hold(last is not None and last.faults == () and last.left == (), AT_RANDOM, "at the end", last)


def _numbers(folder: Path) -> dict[int, str]:
    return {receipt.number: receipt.sha256 for receipt in oc.open_ledger(folder, create=False).receipts()}


def _sending(folder: Path, checked: list[tuple[oc.CheckResult, bytes]]) -> Work:
    def work(say: Callable[[Any], None]) -> None:
        ledger = oc.open_ledger(folder)
        for result, content in checked:
            receipt = record(ledger, result, content, received_at=NOON)
            say((receipt.sha256, receipt.number))

    return work


def _acting(act: Act, folder: Path) -> Work:
    def work(say: Callable[[Any], None]) -> None:
        os.kill(os.getpid(), signal.SIGSTOP)
        say(act(folder))

    return work


def _traces(folder: Path) -> str:
    """Say what a killed process left beside the record."""
    journals = [folder / f"{LOG}{ending}" for ending in ("-wal", "-journal")]
    incoming = folder / INCOMING
    left = sorted(path.name for path in incoming.iterdir()) if incoming.is_dir() else []
    said = []
    if any(path.exists() and path.stat().st_size for path in journals):
        said.append("a journal")
    if any(name.endswith(".partial") for name in left):
        said.append("half a file on its way in")
    if "intent" in left:
        said.append("a note of files")
    try:
        is_sealed = (folder / SEAL).exists() and read_seal(folder) is not None
    except ValueError:
        is_sealed = False
    if not is_sealed:
        said.append("no seal yet")
    return ", ".join(said) or "nothing left behind"


def _hold(is_held: bool, name: str, where: str, seen: Seen | None) -> None:
    if not is_held:
        raise AssertionError(f"{name}, {where}: {seen}")
