"""Runs commands as a user does, and holds every failure to the same few rules."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from outcomes.cli import main

PROGRAM = (
    "import sys; sys.argv[0] = 'outcomes'; from outcomes.cli import main; "
    "print('ready', file=sys.stderr, flush=True); main()"
)
DAY = ("--as-of", "2026-11-22")
HEADER = "indicator_id,place_code,period,numerator,denominator\n"
GOOD = HEADER + "local-01,PLACE-A,2026/27 Q1,40,100\nlocal-01,PLACE-B,2026/27 Q1,30,90\n"
REVISED = GOOD.replace("40,100", "41,100")
BAD = HEADER + "local-02,PLACE-A,2026/27 Q1,many,5000\n"


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code and what it said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Command:
    """Runs the command line within the test's own process: quick, and the same function that the script calls."""

    capture: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, *arguments: str | Path) -> Done:
        self.capture.readouterr()
        with self.monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["outcomes", *map(str, arguments)])
            try:
                main()
                code: object = 0
            except SystemExit as leaving:
                code = leaving.code or 0
        said = self.capture.readouterr()
        assert isinstance(code, int)
        return Done(code, said.out, said.err)


def run_program(*arguments: str | Path, cwd: Path | None = None, encoding: str = "utf-8") -> Done:
    """Run the command line in a process of its own, with every warning an error."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", "utf8=0", "-c", PROGRAM, *map(str, arguments)],
        cwd=cwd,
        env={"PYTHONIOENCODING": encoding, "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    out, err = (said.decode(encoding, errors="replace") for said in (done.stdout, done.stderr))
    return Done(done.returncode, out, err.removeprefix("ready\n"))


def assert_plain_failure(done: Done, code: int = 2) -> str:
    """Hold a failure to its rules, and return its message: one, on stderr, without a traceback."""
    assert done.code == code, (done.out, done.err)
    assert done.out == ""
    for word in ("Traceback", 'File "', "Error(", "sqlite3.", "pydantic", "polars", "errno"):
        assert word not in done.err
    message = done.err.strip()
    assert message
    # one message: none is said twice, and a list of faults is the only one of several lines
    lines = message.splitlines()
    assert len(set(lines)) == len(lines)
    assert len(lines) == 1 or "in the definitions:" in lines[0] or lines[0].startswith("Usage: "), message
    return message
