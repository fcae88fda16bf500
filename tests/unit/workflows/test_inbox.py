"""Listing an inbox: which files are a partner's, in which order; what is passed over is told, never lost in silence."""

import os
from pathlib import Path

import pytest

from outcomes.errors import OutputError, UnreadableFileError
from outcomes.ledger.folder import SEAL
from outcomes.ledger.store import Ledger, open_ledger
from outcomes.ledger.verifying import verify
from outcomes.output import LEDGER_MARK, write_file, write_files
from outcomes.workflows.inbox import inbox_files, refuse_mixed_folders
from outcomes.workflows.receiving import receive
from tests.small_world import indicator, world
from tests.unit.ledger.handmade import NOON


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """What an inbox gathers."""
    folder = tmp_path / "inbox"
    (folder / "sub").mkdir(parents=True)
    for name in ("b.csv", "a.csv", "c.csv", ".hidden", "~$a.xlsx"):
        (folder / name).write_text("5")
    return folder


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(tmp_path / "ledger")


def _linked(link: Path, target: Path | str) -> None:
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("this system has no links")


def test_files_and_folders_may_be_named_together_and_a_file_counts_once(inbox: Path, tmp_path: Path) -> None:
    other = tmp_path / "aa.csv"
    other.write_text("9")
    found = inbox_files([inbox, other, inbox / "a.csv", str(other)])
    assert [path.name for path in found.files] == ["a.csv", "aa.csv", "b.csv", "c.csv"]
    assert [(one.path.name, one.is_usual) for one in found.passed_over] == [
        (".hidden", True),
        ("sub", False),
        ("~$a.xlsx", True),
    ]
    assert found.folders == (inbox,)
    # a hidden file is received when it is named itself
    assert inbox_files(inbox / ".hidden").files == (inbox / ".hidden",)


def test_numbers_in_names_count_by_their_size_so_that_the_tenth_version_comes_last(tmp_path: Path) -> None:
    names = ["falls_v1.csv", "falls_v2.csv", "falls_v2b.csv", "falls_v10.csv", "falls_v010.csv", "10.csv", "9.csv"]
    for name in names:
        (tmp_path / name).write_text("5")
    expected = ["9.csv", "10.csv", "falls_v1.csv", "falls_v2.csv", "falls_v2b.csv", "falls_v010.csv", "falls_v10.csv"]
    assert [path.name for path in inbox_files(tmp_path).files] == expected
    assert [path.name for path in inbox_files([tmp_path / name for name in names]).files] == expected


def test_a_corrected_copy_comes_after_the_file_that_it_corrects(tmp_path: Path) -> None:
    names = ["falls.csv", "falls (1).csv", "falls - Copy.csv", "falls corrected.csv", "falls-v2.csv", "falls_2.xlsx"]
    for name in names:
        (tmp_path / name).write_text("5")
    assert [path.name for path in inbox_files(tmp_path).files] == names


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_no_file(inbox: Path) -> None:
    os.mkfifo(inbox / "pipe")
    assert ("pipe", "no plain file") in [(one.path.name, one.because) for one in inbox_files(inbox).passed_over]
    with pytest.raises(UnreadableFileError, match="it is no file"):
        inbox_files(inbox / "pipe")


def test_links_that_lead_out_of_an_inbox_are_passed_over_and_told(inbox: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("Alice")
    links: dict[str, Path | str] = {
        "out.csv": secret,
        "up.csv": Path("..") / "secret.csv",
        "nowhere.csv": tmp_path / "gone",
        "loop": "loop",
    }
    for name, target in links.items():
        _linked(inbox / name, target)
    _linked(inbox / "to-a.csv", inbox / "a.csv")
    found = inbox_files(inbox)
    assert [path.name for path in found.files] == ["a.csv", "b.csv", "c.csv"]
    told = {one.path.name: one for one in found.passed_over if not one.is_usual}
    assert sorted(told) == sorted([*links, "sub"])
    assert all("leads out" in told[name].because for name in links)
    # whoever names a link means the file
    assert inbox_files(inbox / "out.csv").files == (inbox / "out.csv",)


def test_an_inbox_may_itself_be_a_link(inbox: Path, tmp_path: Path) -> None:
    _linked(tmp_path / "post", inbox)
    assert [path.name for path in inbox_files(tmp_path / "post").files] == ["a.csv", "b.csv", "c.csv"]


def test_reports_do_not_go_into_the_inbox_where_they_would_be_received(inbox: Path, ledger: Ledger) -> None:
    partnership = world([indicator("falls")])
    for reports in (inbox, inbox / "sub" / ".."):
        with pytest.raises(OutputError, match="is the inbox"):
            receive(inbox, partnership, ledger, reports=reports, received_at=NOON, as_of=NOON.date())
    assert ledger.number == 0
    assert {path.name for path in inbox.iterdir()} == {"b.csv", "a.csv", "c.csv", ".hidden", "~$a.xlsx", "sub"}
    # a folder in it is passed over, and one file alone is no inbox
    refuse_mixed_folders(inbox_files(inbox), ledger.folder, inbox / "sub")
    refuse_mixed_folders(inbox_files(inbox / "a.csv"), ledger.folder, inbox)


def test_a_ledger_is_no_inbox(ledger: Ledger) -> None:
    for given in (ledger.folder, next(path for path in ledger.folder.iterdir() if path.is_file())):
        with pytest.raises(OutputError, match="the ledger's own folder"):
            receive(given, world([indicator("falls")]), ledger, received_at=NOON, as_of=NOON.date())
    assert ledger.number == 0
    assert verify(ledger) == ()


def test_nothing_else_is_written_into_a_ledger(ledger: Ledger) -> None:
    assert LEDGER_MARK == SEAL
    for folder in (ledger.folder, ledger.folder / "content", ledger.folder / "new"):
        with pytest.raises(OutputError, match="is a ledger's folder"):
            write_files(folder, {"page.html": b"x"})
        with pytest.raises(OutputError, match="is a ledger's folder"):
            write_file(folder / "page.html", [b"x"])
    assert verify(ledger) == ()
