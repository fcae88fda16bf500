"""What ships with the library is found in a source tree and in an installed package."""

from pathlib import Path

import pytest

from outcomes import bundled
from outcomes.bundled import bundled_folder
from outcomes.errors import UnknownNameError

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("kind", ["frameworks", "reports", "examples"])
def test_each_kind_is_found_in_this_checkout(kind: str) -> None:
    assert bundled_folder(kind) == ROOT / kind


def test_an_entry_is_found_by_its_name() -> None:
    assert (bundled_folder("examples", "eastvale") / "partnership.yaml").is_file()


def test_an_unknown_entry_lists_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"no bundled entry 'pfoh' in frameworks; there are: .*\bphof\b"):
        bundled_folder("frameworks", "pfoh")


@pytest.mark.parametrize("name", ["../examples", "phof/..", ".", "", "/etc", "_eastvale", "build_eastvale.py"])
def test_a_name_cannot_lead_out_of_its_folder_or_to_what_is_no_entry(name: str) -> None:
    with pytest.raises(UnknownNameError, match="no bundled entry"):
        bundled_folder("examples", name)


def test_an_unknown_kind_is_said() -> None:
    with pytest.raises(UnknownNameError, match="no bundled folder 'palettes' is found"):
        bundled_folder("palettes")


def test_a_folder_of_the_working_directory_never_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "frameworks" / "phof").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert bundled_folder("frameworks", "phof") == ROOT / "frameworks" / "phof"


def test_an_installed_package_uses_its_own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "outcomes"
    for entry in ("phof", "_hidden", ".hidden"):
        (package / "_bundled" / "frameworks" / entry).mkdir(parents=True)
    # a folder of that name higher up is somebody else's
    (tmp_path / "frameworks" / "other").mkdir(parents=True)
    monkeypatch.setattr(bundled, "__file__", str(package / "bundled.py"))
    assert bundled_folder("frameworks", "phof") == package / "_bundled" / "frameworks" / "phof"
    with pytest.raises(UnknownNameError, match=r"there are: phof$"):
        bundled_folder("frameworks", "other")
