"""Would the tests notice? Runs the mutants of some files: `python -m benchmarks.mutation.run FILE[=SIZE] …`."""

import argparse
import difflib
import hashlib
import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.mutation.mutant_runs import MutantRuns
from benchmarks.mutation.mutated_modules import SOURCE, MutatedModules, activate, file_of, module_of

__all__ = ["main"]

SEED = 2026
RESULTS = Path("mutants/results.jsonl")
OPTIONS = ["-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:pytest_cov"]
OPTIONS += ["-o", "addopts=--strict-markers --doctest-modules --tb=line -qq --no-header"]
TESTS = {
    "statistics": [
        "tests/unit/statistics",
        "tests/spec/statistics",
        "tests/reference/test_reference.py::test_every_golden_value_agrees_or_differs_as_written",
        "tests/reference/test_published_trends.py",
        "src/outcomes/statistics",
    ],
    "judgement": ["tests/unit/judgement", "tests/spec/judgement"],
}
"""The tests that must notice the mutants of a room."""
LEFT_OUT = "not test_every_example_in_the_documentation_runs and (not __mutmut_ or __mutmut_orig)"
"""Examples in the documentation are run one by one, of the code as it is."""


def _outcomes(results: Path) -> dict[str, dict[str, object]]:
    """Return the last line of results of each mutant; one that only began ended the process with it."""
    if not results.exists():
        return {}
    lines = [json.loads(line) for line in results.read_text("utf-8").splitlines()]
    return {line["mutant"]: line for line in lines}


def _source_of(mutant: str) -> str:
    """Return a fingerprint of the file that a mutant changes: names of mutants say nothing once it is another."""
    return hashlib.sha256((SOURCE / file_of(mutant.rpartition(".")[0])).read_bytes()).hexdigest()[:16]


def _keep_noticed(results: Path) -> None:
    """Keep the mutants of the files as they are that were noticed; all others are run again, as tests may be new."""
    kept = [line for name, line in _outcomes(results).items() if line["outcome"] == "noticed"]
    kept = [line for line in kept if line.get("source") == _source_of(str(line["mutant"]))]
    results.parent.mkdir(parents=True, exist_ok=True)
    results.write_text("".join(json.dumps(line) + "\n" for line in kept), "utf-8")


def _sample(names: Sequence[str], size: int | None) -> list[str]:
    """Return a sample of the names, the same each time, in their order; all of them without a size."""
    if size is None or size >= len(names):
        return list(names)
    chosen = set(random.Random(SEED).sample(list(names), size))
    return [name for name in names if name in chosen]


def _room_of(file: str) -> str:
    return file.partition("/")[0]


def _run_room(sizes: dict[str, int | None], results: Path) -> int:
    """Run the mutants of one room's files in this process, without those that have an outcome."""
    modules = MutatedModules(list(sizes))
    modules.install()
    room = _room_of(next(iter(sizes)))

    def choose() -> list[str]:
        done = _outcomes(results)
        return [
            name
            for file, size in sizes.items()
            for name in _sample(list(modules.mutants(file, with_strings=size is None)), size)
            if name not in done
        ]

    tests = [*TESTS[room], "-k", LEFT_OUT]
    code = pytest.main([*OPTIONS, *tests], plugins=[MutantRuns(choose, _source_of, results)])
    # tests that failed on a mutant are what is wanted
    return 0 if code == pytest.ExitCode.TESTS_FAILED else int(code)


def _run_alone(mutant: str, tests: Sequence[str]) -> int:
    """Run tests on one mutant that is active from the start, so that what is computed while loading counts."""
    modules = MutatedModules([file_of(mutant.rpartition(".")[0])])
    modules.install()
    original, changed = (text.splitlines() for text in modules.texts(mutant))
    print("\n".join(difflib.unified_diff(original, changed, "as it is", mutant, n=2, lineterm="")))
    if not tests:
        return 0
    activate(mutant)
    return int(pytest.main([*OPTIONS, "-x", "--tb=short", *tests]))


def _summary(files: Sequence[str], results: Path) -> str:
    outcomes = _outcomes(results)
    lines = []
    for file in files:
        of_file = [line for name, line in outcomes.items() if name.rpartition(".")[0] == module_of(file)]
        counts = Counter(str(line["outcome"]) for line in of_file)
        lines.append(f"{file}: {len(of_file)} run, " + ", ".join(f"{n} {what}" for what, n in sorted(counts.items())))
        lines += [f"    {line['outcome']}: {line['mutant']}" for line in of_file if line["outcome"] != "noticed"]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Run the mutants of the files named and say which were not noticed; show one mutant, or run tests on it alone."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation.run", description=__doc__)
    parser.add_argument("files", nargs="*", metavar="FILE[=SIZE]", help="statistics/rates.py, or a sample: …=40")
    parser.add_argument("--results", type=Path, default=RESULTS, help="what was noticed is not run again")
    parser.add_argument("--show", metavar="MUTANT", help="show one mutant; tests named as FILES are run on it alone")
    parser.add_argument("--in-this-process", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.show:
        return _run_alone(given.show, given.files)
    sizes = {file: int(size) if size else None for file, _, size in (each.partition("=") for each in given.files)}
    missing = [file for file in sizes if not (SOURCE / file).is_file() or _room_of(file) not in TESTS]
    if not sizes or missing:
        parser.error(f"files below {SOURCE} in {' or '.join(TESTS)} are wanted; not found: {', '.join(missing) or '-'}")
    if given.in_this_process:
        return _run_room(sizes, given.results)
    _keep_noticed(given.results)
    code = 0
    for room in TESTS:
        files = [each for each in given.files if _room_of(each) == room]
        while files:
            before = len(_outcomes(given.results))
            command = [sys.executable, "-m", "benchmarks.mutation.run", "--in-this-process", "--results", given.results]
            ended = subprocess.run([*command, *files], env={"POLARS_MAX_THREADS": "1", **os.environ}, check=False)
            code = ended.returncode
            # a mutant that ends the whole process has its line "began": go on behind it
            if code == 0 or len(_outcomes(given.results)) == before:
                break
    print(_summary(list(sizes), given.results))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
