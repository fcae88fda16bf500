"""The ledger of a run is that of the files given to it, and no other is touched."""

from pathlib import Path

import pytest
from examples.evidence import ledger_of

import outcomes as oc


def _file(folder: Path, name: str, content: str) -> Path:
    (folder / name).write_text(content, encoding="utf-8")
    return folder / name


def _marked(out: Path) -> Path:
    """Leave something in the ledger, to see whether it is still there."""
    mark = out / "ledger" / "mark"
    mark.write_text("", encoding="utf-8")
    return mark


def test_the_same_files_again_go_into_the_same_ledger(tmp_path: Path) -> None:
    files = [_file(tmp_path, "b.csv", "2"), _file(tmp_path, "a.csv", "1")]
    assert isinstance(ledger_of(tmp_path / "out", files, also=["2020/21"]), oc.Ledger)
    mark = _marked(tmp_path / "out")
    ledger_of(tmp_path / "out", files[::-1], also=["2020/21"])
    assert mark.exists()


@pytest.mark.parametrize("changed", ["content", "name", "number", "period"])
def test_other_files_begin_it_anew(changed: str, tmp_path: Path) -> None:
    first = _file(tmp_path, "a.csv", "1")
    ledger_of(tmp_path / "out", [first], also=["2020/21"])
    mark = _marked(tmp_path / "out")
    second = _file(tmp_path, "b.csv" if changed == "name" else "a.csv", "2" if changed == "content" else "1")
    files = [first, _file(tmp_path, "c.csv", "3")] if changed == "number" else [second]
    ledger_of(tmp_path / "out", files, also=["2021/22" if changed == "period" else "2020/21"])
    assert not mark.exists()
    assert (tmp_path / "out" / "ledger").is_dir()


def test_a_ledger_that_no_run_began_is_left_alone(tmp_path: Path) -> None:
    oc.open_ledger(tmp_path / "ledger")
    mark = _marked(tmp_path)
    with pytest.raises(oc.TableError, match="this ledger is not of a run"):
        ledger_of(tmp_path, [_file(tmp_path, "a.csv", "1")])
    assert mark.exists()
