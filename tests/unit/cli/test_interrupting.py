"""Ctrl-C at any moment: exit 130, one plain message, a record that is whole, nothing half-written."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from enum import Enum
from pathlib import Path

import polars as pl
import pytest
from pydantic import create_model

from outcomes.cli.interruption import interruptions_heard
from outcomes.ledger.store import open_ledger
from outcomes.ledger.verifying import verify
from outcomes.workflows.example import EXAMPLE_AS_OF, ExampleRun
from tests.small_disks import tree_of
from tests.unit.cli.running import GOOD, PROGRAM, Done

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the signal is sent as POSIX sends it")

INTERRUPTED = "Interrupted; nothing is half-written.\n"


class Running:
    """A command in a process of its own, to be interrupted."""

    def __init__(self, folder: Path, *arguments: str | Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *map(str, arguments)],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        # before this, Python itself is still starting
        assert self.process.stderr.readline() == "ready\n"

    def until(self, *paths: Path) -> None:
        """Wait until one of these is there."""
        end = time.monotonic() + 60
        while not any(path.exists() for path in paths):
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() < end
            time.sleep(0.002)

    def interrupted(self) -> Done:
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=60)
        return Done(self.process.returncode, out, err)


def number_of(ledger: Path) -> int:
    """Hold a ledger to be whole, and return how many entries it has."""
    assert verify(open_ledger(ledger, create=False).folder) == ()
    assert not list((ledger / "incoming").glob("*"))
    return open_ledger(ledger, create=False).number


def test_a_demonstration_that_is_interrupted_has_a_whole_record_and_no_site(
    example: ExampleRun, tmp_path: Path
) -> None:
    running = Running(tmp_path, "demo", "--out", "demo")
    running.until(tmp_path / "demo/ledger/observations")
    assert running.interrupted() == Done(130, "", INTERRUPTED)
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == ["ledger", "reports"]
    assert number_of(tmp_path / "demo/ledger") < len(example.receipts)


# a little after it is ready: between that line and the first of the command nothing can answer a signal
@pytest.mark.parametrize("delay", [0.02, 0.04, 0.05, 0.07, 0.1, 0.15, 0.3])
def test_a_command_is_interrupted_as_plainly_while_it_starts(delay: float, tmp_path: Path) -> None:
    running = Running(tmp_path, "demo", "--out", "demo")
    time.sleep(delay)
    assert running.interrupted() == Done(130, "", INTERRUPTED)
    assert not (tmp_path / "demo/site").exists()


@pytest.mark.slow
def test_receiving_goes_on_where_it_was_interrupted(made: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(60):
        text = GOOD.replace("40,100", f"{number},100")
        (inbox / f"TRUST_{number:03d}.csv").write_text(text, encoding="utf-8")
    asked = ("receive", "inbox", "--partnership", made / "world", "--ledger", "ledger", "--as-of", "2026-11-22")
    running = Running(tmp_path, *asked, "--received-at", "2026-11-22T09:00:00+00:00")
    running.until(tmp_path / "ledger/observations")
    done = running.interrupted()
    reached = number_of(tmp_path / "ledger")
    assert reached < 60
    # between the record and the saying of it there is a moment
    said = int(done.err.split()[0]) if reached > 1 else 0
    assert reached - said in (0, 1)
    if said:
        are = "is" if said == 1 else "are"
        on_record = f"{said} of 60 files {are} on record by now; receive again to go on from there.\n"
        assert (done.code, done.err) == (130, f"{on_record}{INTERRUPTED}")
    assert done.out.count(": accepted") == said
    again = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, asked), "--received-at", "2026-11-22T10:00:00+00:00"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.returncode == 0, again.stderr
    assert again.stdout.count("received before, nothing changed") == reached
    assert number_of(tmp_path / "ledger") == 60


def test_a_build_that_is_interrupted_leaves_the_older_site_and_no_temporary_file(
    example: ExampleRun, tmp_path: Path
) -> None:
    from outcomes.bundled import bundled_folder

    site = tmp_path / "site"
    # a quick machine may be done before the first signal
    for delay in (1.0, 0.5, 0.2):
        shutil.rmtree(site, ignore_errors=True)
        site.mkdir()
        (site / "index.html").write_bytes(b"older")
        running = Running(
            tmp_path,
            *("build", "--partnership", bundled_folder("examples", "eastvale"), "--ledger", example.ledger),
            *("--as-of", EXAMPLE_AS_OF.isoformat(), "--policy", "hes-2018", "--out", "site"),
        )
        time.sleep(delay)
        done = running.interrupted()
        if done.code != 0:
            break
    assert done == Done(130, "", INTERRUPTED)
    assert tree_of(tmp_path) == {"site": None, "site/index.html": b"older"}


def test_a_first_partnership_that_is_interrupted_is_not_there(tmp_path: Path) -> None:
    running = Running(tmp_path, "init", "first")
    time.sleep(0.25)
    done = running.interrupted()
    # whole or not at all
    if done.code == 130:
        assert done == Done(130, "", INTERRUPTED)
        assert [path for path in tmp_path.iterdir() if path.name != "first"] == []
    else:
        assert done.code == 0
        assert (tmp_path / "first/partnership.yaml").is_file()


def test_an_interruption_waits_until_a_library_that_calls_back_is_left() -> None:
    done: list[int] = []

    def called_back(number: int) -> int:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.03)
        done.append(number)
        return number

    with pytest.raises(KeyboardInterrupt), interruptions_heard():
        pl.Series([1, 2, 3]).map_elements(called_back, return_dtype=pl.Int64)
        time.sleep(5.0)
        done.append(-1)
    assert sorted(set(done)) == [1, 2, 3]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_interruption_waits_until_a_model_is_built() -> None:
    done: list[str] = []

    class Asked(Enum):
        ONE = "one"

        # the compiled builder of a model looks here
        @classmethod
        def _missing_(cls, value: object) -> "Asked":
            if not done:
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(0.03)
            done.append("looked")
            return cls.ONE

    with pytest.raises(KeyboardInterrupt), interruptions_heard():
        model = create_model("Model", asked=(Asked, ...))
        model(asked="two")
        time.sleep(5.0)
        done.append("went on")
    assert set(done) == {"looked"}


def test_an_interruption_waits_until_another_failure_is_cleaned_up() -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt), interruptions_heard():
        try:
            raise OSError("no space left")
        except OSError:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.05)
            done.append("cleaned up")
        time.sleep(5.0)
        done.append("went on")
    assert done == ["cleaned up"]


def test_where_interruptions_are_ignored_they_stay_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interruptions_heard():
            os.kill(os.getpid(), signal.SIGINT)
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_what_runs_beside_the_main_thread_answers_no_signal() -> None:
    found: list[object] = []

    def beside() -> None:
        with interruptions_heard():
            found.append(signal.getsignal(signal.SIGINT))

    running = threading.Thread(target=beside)
    running.start()
    running.join()
    assert found == [signal.getsignal(signal.SIGINT)]
