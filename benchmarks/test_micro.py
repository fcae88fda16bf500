"""Micro-benchmarks of the pieces of roll-up: `pytest benchmarks --benchmark-only --benchmark-enable`; small sizes."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from benchmarks.agreement import hold_to_one_answer
from benchmarks.contenders import Street, decode_observations
from benchmarks.generate import write_world
from benchmarks.world import AS_OF, Size
from outcomes.rollup.hierarchy import apportioned
from outcomes.rollup.ladder import WEIGHT_SCALE, Terrain
from outcomes.rollup.rolling import roll_up
from outcomes.vocabulary import AreaLevel

SMALL = Size(partners=5, neighbourhoods=25, indicators=10, years=6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("world")
    write_world(made, SMALL)
    return made


def test_the_contenders_give_one_answer(folder: Path) -> None:
    # 25 neighbourhoods, 5 places, 1 system, 1 region; two sexes and everybody
    assert hold_to_one_answer(folder, SMALL) == 32 * 10 * 6 * 3


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_world(tmp_path, SMALL)
    files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    assert len(files) == SMALL.partners + 3
    for file in files:
        assert (tmp_path / file).read_bytes() == (folder / file).read_bytes()


def test_decode(benchmark: Any, folder: Path) -> None:
    frame = benchmark(decode_observations(folder))
    assert frame.height == 1


def test_roll_up(benchmark: Any, folder: Path) -> None:
    measures = benchmark(Street.over(folder, SMALL).rolled_up)
    assert measures.frame.height == 32 * 10 * 6 * 3


def test_roll_up_of_a_frame_in_memory(benchmark: Any, folder: Path) -> None:
    street = Street.over(folder, SMALL)
    frame = pl.read_parquet(folder / "observations.parquet")
    measures = benchmark(lambda: roll_up(frame, street.partnership, as_of=AS_OF))
    assert measures.frame["denominator"].sum() == 2 * 4 * frame["denominator"].sum()


def test_roll_up_to_judgement(benchmark: Any, folder: Path) -> None:
    estimates, judgements = benchmark(Street.over(folder, SMALL).from_observations)
    assert estimates.frame.height == 32 * 10 * 6 * 3
    assert judgements.as_of == AS_OF


def test_a_ladder_of_four_levels(benchmark: Any, folder: Path) -> None:
    partnership = Street.over(folder, Size(1, 3000, 1, 1)).partnership

    def made() -> int:
        terrain = Terrain(partnership.areas, partnership.footprints)
        regime = terrain.regime_on(date(2026, 3, 31))
        return len(terrain.ladder(regime, AreaLevel.NEIGHBOURHOOD).rungs)

    assert benchmark(made) == 3


def test_splitting_ten_thousand_areas(benchmark: Any) -> None:
    number = 10_000
    areas = pl.int_range(number, eager=True, dtype=pl.UInt32)
    sums = pl.DataFrame({"area": areas, "numerator": pl.int_range(number, eager=True)}).with_columns(
        figure=pl.lit(0, pl.UInt32),
        denominator=pl.col("numerator") * 3,
        sum_of_squares=pl.lit(0, pl.Int64),
        is_proportion=pl.lit(True),
        flags=pl.lit(0, pl.UInt16),
    )
    thirds = pl.concat(
        pl.DataFrame({"area": areas}).with_columns(
            whole=pl.lit(number + place, pl.UInt32),
            split=pl.col("area"),
            weight=pl.lit(weight, pl.Int64),
            is_taken=pl.lit(True),
        )
        for place, weight in enumerate((WEIGHT_SCALE // 3, WEIGHT_SCALE // 3, WEIGHT_SCALE - 2 * (WEIGHT_SCALE // 3)))
    )
    pieces = benchmark(lambda: apportioned(sums, thirds))
    assert pieces["numerator"].sum() == sums["numerator"].sum()
