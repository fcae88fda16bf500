"""Runs tests on one mutant after the other in one process: collected once, and only those that reach the mutant."""

import functools
import gc
import json
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TextIO

import pytest
from _pytest.doctest import DoctestItem
from mutmut.state import state

from benchmarks.mutation.mutated_modules import ORIGINAL, activate, function_of

__all__ = ["MutantRuns"]

RECORDING = "stats"
"""The name that makes mutmut's functions say who was called."""


class _TooSlow(BaseException):
    """A test took longer than it may; no `except Exception` of the library stops it."""


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooSlow

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _caches() -> list["functools._lru_cache_wrapper[object]"]:
    """Return the functions of the library that remember their answers."""
    caches = [each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper)]
    return [each for each in caches if str(each.__module__).startswith("outcomes")]


class MutantRuns:
    """A plugin of pytest that runs, in place of all tests once, those that reach a mutant, mutant after mutant."""

    def __init__(self, choose: Callable[[], Sequence[str]], source_of: Callable[[str], str], results: Path) -> None:
        self._choose = choose
        self._source_of = source_of
        self._results = results
        self._failed: str | None = None
        self._was_slow = False
        self._globals: dict[str, dict[str, object]] = {}
        self._caches: list[functools._lru_cache_wrapper[object]] = []
        self._seconds: dict[str, float] = {}
        self._reached: dict[str, list[pytest.Item]] = defaultdict(list)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Take away what prints each test's result: a mutant's failure is a line of results."""
        session.config.pluginmanager.unregister(name="terminalreporter")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Notice a failure of any phase of a test."""
        if report.failed:
            self._failed = f"{report.nodeid} ({report.when})"
            self._was_slow = "_TooSlow" in str(report.longrepr)

    def _fails(self, item: pytest.Item) -> bool:
        self._failed, self._was_slow = None, False
        if isinstance(item, DoctestItem):
            # a doctest empties its names when it has run
            item.dtest.globs = dict(self._globals[item.nodeid])
        allowed = 10 + 10 * self._seconds.get(item.nodeid, 30.0)
        with _at_most(allowed):
            item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        return self._failed is not None

    def _learn(self, items: Sequence[pytest.Item]) -> None:
        """Run every test once on the code as it is; remember how long it took and which functions it reached."""
        for item in items:
            if isinstance(item, DoctestItem):
                self._globals[item.nodeid] = dict(item.dtest.globs)
        for item in items:
            state()._stats.clear()
            activate(RECORDING)
            began = time.perf_counter()
            if self._fails(item):
                activate(ORIGINAL)
                pytest.exit(f"fails without any mutant: {self._failed}", returncode=4)
            self._seconds[item.nodeid] = time.perf_counter() - began
            activate(ORIGINAL)
            for function in state()._stats:
                self._reached[function].append(item)
        for reaching in self._reached.values():
            reaching.sort(key=lambda item: self._seconds[item.nodeid])
        self._caches = _caches()

    def _forget(self) -> None:
        """Empty what functions remember from another mutant."""
        for each in self._caches:
            each.cache_clear()

    def _judge(self, mutant: str) -> dict[str, object]:
        """Run the tests that reach a mutant until one fails: the one that failed last time, then the fastest first."""
        reaching = self._reached.get(function_of(mutant), [])
        if not reaching:
            return {"outcome": "no test"}
        self._forget()
        for position, item in enumerate(reaching):
            activate(mutant)
            noticed = self._fails(item)
            failed, slow = self._failed, self._was_slow
            activate(ORIGINAL)
            if noticed:
                self._forget()
                if self._fails(item):
                    pytest.exit(f"fails without {mutant} after it: {self._failed}", returncode=4)
                reaching.insert(0, reaching.pop(position))
                return {"outcome": "too slow" if slow else "noticed", "by": failed}
        return {"outcome": "survived", "tests": len(reaching)}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the mutants in place of the tests; one line of results each, written at once."""
        if session.testsfailed:
            pytest.exit("a test could not be collected", returncode=4)
        began = time.perf_counter()
        self._learn(session.items)
        print(f"{len(session.items)} tests pass without a mutant, {time.perf_counter() - began:.0f} s", flush=True)
        with self._results.open("a", encoding="utf-8") as results:
            for mutant in self._choose():
                self._run_one(mutant, results)
        return True

    def _run_one(self, mutant: str, results: TextIO) -> None:
        print(json.dumps({"mutant": mutant, "outcome": "began"}), file=results, flush=True)
        began = time.perf_counter()
        judged = self._judge(mutant)
        seconds = round(time.perf_counter() - began, 2)
        line = {"mutant": mutant, "source": self._source_of(mutant), **judged, "seconds": seconds}
        print(json.dumps(line), file=results, flush=True)
