"""The bundled example's generated files are exactly what its script writes: same figures, same bytes."""

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from outcomes.bundled import bundled_folder

COMMITTED = bundled_folder("examples", "eastvale")
ROOT = bundled_folder("examples").parent
SCRIPT = "examples.build_eastvale"
GENERATED = ("series/**/*", "returns/**/*", "panels/**/*.csv")


def files_of(folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path
        for part in GENERATED
        for path in sorted(folder.glob(part))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("rebuilt")
    subprocess.run([sys.executable, "-m", SCRIPT, "--out", str(folder)], check=True, capture_output=True, cwd=ROOT)
    return files_of(folder)


def test_the_script_writes_the_files_that_are_committed_and_no_other(rebuilt: dict[str, Path]) -> None:
    assert sorted(rebuilt) == sorted(files_of(COMMITTED))


def test_every_generated_file_has_the_committed_bytes(rebuilt: dict[str, Path]) -> None:
    committed = files_of(COMMITTED)
    # Parquet carries the version of its writer: its content is compared below
    compared = [name for name in rebuilt if not name.endswith(".parquet")]
    assert compared
    assert [name for name in compared if rebuilt[name].read_bytes() != committed[name].read_bytes()] == []


def test_every_parquet_file_has_the_committed_content(rebuilt: dict[str, Path]) -> None:
    committed = files_of(COMMITTED)
    compared = [name for name in rebuilt if name.endswith(".parquet")]
    assert compared
    for name in compared:
        assert_frame_equal(pl.read_parquet(rebuilt[name]), pl.read_parquet(committed[name]))


def test_the_example_is_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in COMMITTED.rglob("*") if path.is_file()) < 2_000_000
