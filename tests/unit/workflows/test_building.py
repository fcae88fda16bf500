"""A site is written all or none, and protected pages never share a folder with unprotected ones."""

from datetime import date
from pathlib import Path

import pytest

import outcomes as oc
from outcomes.bundled import bundled_folder
from outcomes.workflows.example import ExampleRun


def cards(example: ExampleRun, policy: str) -> oc.Scorecards:
    partnership = oc.load_partnership(bundled_folder("examples", "eastvale"))
    ledger = oc.open_ledger(example.ledger, create=False)
    return oc.scorecards(partnership, ledger.observations(), as_of=date(2026, 11, 22), policy=policy)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_a_working_copy_is_not_written_over_a_draft(example: ExampleRun, tmp_path: Path) -> None:
    draft, working = cards(example, "hes-2018"), cards(example, "none")
    oc.build_site(draft, tmp_path / "site")
    before = contents(tmp_path / "site")
    with pytest.raises(oc.OutputError, match="holds a draft; a working copy must not lie in the same folder"):
        oc.build_site(working, tmp_path / "site")
    assert contents(tmp_path / "site") == before
    oc.build_site(working, tmp_path / "working")
    with pytest.raises(oc.OutputError, match="holds a working copy"):
        oc.build_site(draft, tmp_path / "working")


@pytest.mark.slow
def test_the_same_product_is_written_again_with_the_same_bytes(example: ExampleRun, tmp_path: Path) -> None:
    draft = cards(example, "hes-2018")
    oc.build_site(draft, tmp_path / "site")
    before = contents(tmp_path / "site")
    oc.build_site(draft, tmp_path / "site")
    assert contents(tmp_path / "site") == before
