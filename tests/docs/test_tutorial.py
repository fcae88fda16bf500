"""The tutorial is run from its start to its end: every command, file and change, in order, in an empty folder."""

import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.seeds.street import text_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorial.md"
_BLOCK = re.compile(r"^```(console|diff|text|python)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def _changed(path: Path, hunk: str) -> None:
    """Apply one hunk: lines that begin with - become those that begin with +, once."""
    old = "".join(f"{line[1:]}\n" for line in hunk.splitlines() if line.startswith("-"))
    new = "".join(f"{line[1:]}\n" for line in hunk.splitlines() if line.startswith("+"))
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path}: {old!r} stands {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def _commanded(line: str, folder: Path) -> str:
    words = shlex.split(line.removeprefix("$ "))
    assert words[0] == "outcomes"
    done = subprocess.run(
        [sys.executable, "-c", "from outcomes.cli import main; main()", *words[1:]],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The folder after the last step, and what each command said."""
    folder = tmp_path_factory.mktemp("tutorial")
    said: dict[str, str] = {}
    for kind, name, body in _BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "console":
            for line in body.splitlines():
                said[line] = said.get(line, "") + _commanded(line, folder)
        elif kind == "python":
            done = subprocess.run([sys.executable, "-c", body], cwd=folder, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
        elif kind == "diff":
            _changed(folder / name, body)
        else:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
    return folder, said


def _fingerprint(page: Path) -> str:
    found = re.search(r"[0-9A-F]{4}(?:-[0-9A-F]{4}){3}", text_of(page).partition("ingerprint of what was agreed")[2])
    assert found, f"{page} prints no fingerprint of what was agreed"
    return found[0]


def test_every_step_runs_and_the_lint_has_no_fault(walked: tuple[Path, dict[str, str]]) -> None:
    _, said = walked
    # a fault would have ended the command with 1; what is said is advice
    lines = said["$ outcomes lint our-place"].splitlines()
    assert lines
    assert all("(advice)" in line for line in lines)


def test_the_first_scorecard_is_of_a_signed_agreement(walked: tuple[Path, dict[str, str]]) -> None:
    folder, _ = walked
    page = text_of(folder / "first" / "places" / "PLACE-A.html")
    assert "Fernbrook" in page
    assert "4 of 4" in page
    assert "Die well" in page


def test_new_people_leave_what_was_agreed_as_it_is(walked: tuple[Path, dict[str, str]]) -> None:
    folder, _ = walked
    first, between, second = (
        _fingerprint(folder / site / "agreements" / "PLACE-A.html") for site in ("first", "between", "second")
    )
    assert first == between
    assert second != first


def test_what_was_dropped_is_shown_as_dropped(walked: tuple[Path, dict[str, str]]) -> None:
    folder, _ = walked
    page = text_of(folder / "second" / "places" / "PLACE-A.html")
    assert re.search(r"dropped", page, re.IGNORECASE)
    record = text_of(folder / "second" / "agreements" / "PLACE-A.html")
    assert "Loneliness comes before carers' breaks now." in record
    assert "PB 2027/02" in record


def test_the_promise_that_was_not_kept_stands_with_its_words(walked: tuple[Path, dict[str, str]]) -> None:
    folder, _ = walked
    page = text_of(folder / "second" / "places" / "PLACE-A.html")
    assert "Not kept" in page
    assert "Nobody applied; we ask the board for another way." in page
    pack = text_of(folder / "second" / "meetings" / "PLACE-A.html")
    assert "dropping carers' breaks when they get rarer is the wrong year to look away" in pack
    assert "Who pays for breaks of carers whom no service knows?" in pack


def test_the_evidence_holds_both_versions(walked: tuple[Path, dict[str, str]]) -> None:
    folder, _ = walked
    with zipfile.ZipFile(folder / "fernbrook.zip") as archive:
        agreement = archive.read("definitions/agreements/PLACE-A.yaml").decode()
    assert "version: 1" in agreement
    assert "version: 2" in agreement
