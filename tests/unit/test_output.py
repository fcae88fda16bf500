"""A set of files is written whole or not at all, and nothing but it."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from outcomes.errors import OutputError
from outcomes.output import write_files
from tests.small_disks import make_read_only, mounted_disk, tree_of

FILES = {"index.html": b"new front", "places/a.html": b"new a", "places/b.html": b"new b", "data/r.csv": b"1,2\n"}
OLD = {"index.html": b"old front", "places/a.html": b"old a", "notes.txt": b"mine"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with an older site and a file of the user's own."""
    folder = tmp_path / "out" / "site"
    for name, content in OLD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def refused(folder: Path, files: dict[str, bytes] | None = None) -> str:
    with pytest.raises(OutputError) as error:
        write_files(folder, FILES if files is None else files)
    return str(error.value)


def test_a_new_folder_holds_the_files_and_nothing_else(tmp_path: Path) -> None:
    paths = write_files(tmp_path / "deep" / "site", FILES)
    assert paths == tuple(tmp_path / "deep" / "site" / name for name in FILES)
    assert tree_of(tmp_path / "deep") == {"site": None, "site/places": None, "site/data": None} | {
        f"site/{name}": content for name, content in FILES.items()
    }


def test_a_folder_of_somebody_keeps_its_other_files(site: Path) -> None:
    write_files(site, FILES)
    assert tree_of(site) == {"places": None, "data": None, "notes.txt": b"mine", **FILES}
    # nothing is left beside it
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_writing_twice_is_writing_once(site: Path) -> None:
    write_files(site, FILES)
    first = tree_of(site)
    write_files(str(site), FILES)
    assert tree_of(site) == first


def test_the_working_directory_can_be_written_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert write_files(".", {"a.txt": b"1"}) == (Path("a.txt"),)
    assert tree_of(tmp_path) == {"a.txt": b"1"}


def test_no_file_at_all_makes_an_empty_folder(tmp_path: Path) -> None:
    assert write_files(tmp_path / "site", {}) == ()
    assert tree_of(tmp_path) == {"site": None}


@pytest.mark.skipif(os.name != "posix", reason="modes of files are those of POSIX")
def test_the_folder_is_as_open_as_the_user_makes_folders(tmp_path: Path) -> None:
    for mask, expected in ((0o022, 0o755), (0o077, 0o700)):
        before = os.umask(mask)
        try:
            folder = tmp_path / f"site{mask}"
            write_files(folder, FILES)
        finally:
            os.umask(before)
        assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "places")} == {expected}


@pytest.mark.parametrize(
    "name",
    ["../a", "a/../../b", "/etc/a", "//server/a", "", "/", "places/..", "..", "a\\b", "..\\a", "C:a", "C:/a", "a\0b"],
)
def test_a_path_outside_the_folder_is_refused_before_anything_is_written(name: str, tmp_path: Path) -> None:
    assert "is no file name inside the output folder, so nothing was written" in refused(
        tmp_path / "site", {"ok.txt": b"1", name: b"2"}
    )
    assert tree_of(tmp_path) == {}


def test_a_link_inside_the_folder_that_leads_outside_is_refused(site: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (site / "data").symlink_to(outside)
    before = tree_of(site)
    assert "is a link that leads outside; nothing in it was changed" in refused(site)
    assert tree_of(outside) == {}
    assert tree_of(site) == before


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "site").write_bytes(b"mine")
    assert refused(tmp_path / "site") == (
        f"{tmp_path / 'site'} is a file; a folder is expected: choose another name for the output"
    )
    assert tree_of(tmp_path) == {"site": b"mine"}


def test_a_file_in_place_of_a_folder_above_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    said = refused(tmp_path / "out" / "deep" / "site")
    assert said.endswith("out is a file, where a folder is needed; nothing in it was changed")
    assert tree_of(tmp_path) == {"out": b"mine"}


def test_a_file_where_a_subfolder_is_to_be_leaves_all_as_it_was(site: Path) -> None:
    (site / "data").write_bytes(b"mine")
    before = tree_of(site)
    assert "data is a file, where a folder is needed" in refused(site)
    assert tree_of(site) == before


def test_a_folder_where_a_file_is_to_be_leaves_all_as_it_was(site: Path) -> None:
    (site / "data" / "r.csv").mkdir(parents=True)
    before = tree_of(site)
    assert "r.csv is a folder, where a file is to be written; nothing in it was changed" in refused(site)
    assert tree_of(site) == before


def test_a_name_that_is_both_file_and_folder_is_refused(tmp_path: Path) -> None:
    assert "cannot be written" in refused(tmp_path / "site", {"a": b"1", "a/b": b"2"})
    assert tree_of(tmp_path) == {}


def test_folders_made_for_a_failed_write_are_removed_again(tmp_path: Path) -> None:
    refused(tmp_path / "one" / "two" / "site", {"a": b"1", "a/b": b"2"})
    assert tree_of(tmp_path) == {}


Failure = Callable[..., Any]


@pytest.fixture(params=[OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()], ids=["full", "ctrl-c"])
def failure(request: pytest.FixtureRequest) -> BaseException:
    """What comes between: a full disk, or the user."""
    assert isinstance(request.param, BaseException)
    return request.param


def after(calls: int, original: Failure, failure: BaseException) -> Failure:
    """Return a function that does what the original does so many times, then fails once."""
    counter: Iterator[int] = iter(range(1_000_000))

    def failing(*given: Any, **terms: Any) -> Any:
        if next(counter) == calls:
            raise failure
        return original(*given, **terms)

    return failing


@pytest.mark.parametrize("calls", range(len(FILES)))
@pytest.mark.parametrize("is_there", [True, False])
def test_what_fails_while_writing_leaves_all_as_it_was(
    calls: int, is_there: bool, failure: BaseException, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site if is_there else site.parent / "new" / "site"
    before = tree_of(site.parent)
    monkeypatch.setattr(Path, "write_bytes", after(calls, Path.write_bytes, failure))
    with pytest.raises(OutputError if isinstance(failure, OSError) else KeyboardInterrupt) as raised:
        write_files(folder, FILES)
    monkeypatch.undo()
    if isinstance(failure, OSError):
        assert str(raised.value) == f"{folder} cannot be written: No space left on device; nothing in it was changed"
    assert tree_of(site.parent) == before


# two of the four files replace old ones, which are first put aside
@pytest.mark.parametrize("calls", range(len(FILES) + 2))
def test_what_fails_while_files_are_moved_into_place_leaves_all_as_it_was(
    calls: int, failure: BaseException, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree_of(site.parent)
    monkeypatch.setattr(os, "replace", after(calls, os.replace, failure))
    with pytest.raises(OutputError if isinstance(failure, OSError) else KeyboardInterrupt):
        write_files(site, FILES)
    assert tree_of(site.parent) == before


def test_a_disk_that_is_full_leaves_all_as_it_was(tmp_path: Path) -> None:
    with mounted_disk(tmp_path / "disk", 256) as disk:
        write_files(disk / "site", FILES)
        before = tree_of(disk)
        said = refused(disk / "site", {"index.html": b"x", "big.bin": bytes(512 * 1024)})
        assert said == f"{disk / 'site'} cannot be written: No space left on device; nothing in it was changed"
        assert tree_of(disk) == before
        refused(disk / "other", {"index.html": b"x", "big.bin": bytes(512 * 1024)})
        assert tree_of(disk) == before


def test_a_disk_that_may_only_be_read_is_said(tmp_path: Path) -> None:
    with mounted_disk(tmp_path / "disk", 256) as disk:
        write_files(disk / "site", FILES)
        before = tree_of(disk)
        make_read_only(disk)
        for folder in (disk / "site", disk / "new", disk / "new" / "deep"):
            assert refused(folder) == (f"{folder} cannot be written: Read-only file system; nothing in it was changed")
        assert tree_of(disk) == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the modes of folders do not bind root")
def test_a_folder_that_may_not_be_written_is_said(site: Path) -> None:
    before = tree_of(site)
    site.chmod(0o555)
    try:
        assert "Permission denied; nothing in it was changed" in refused(site)
    finally:
        site.chmod(0o755)
    assert tree_of(site) == before
