"""What roll_up takes, what it refuses, and what does not change its answer."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from outcomes.errors import TableError, UnknownNameError
from outcomes.intake.observations import KEY
from outcomes.rollup.model import PLACE_MEASURE_COLUMNS, PLACE_MEASURE_KEY
from outcomes.rollup.rolling import roll_up
from tests.unit.rollup.world import AS_OF, SEX, indicator, measured, observations, rolled, sent, world

ROWS = (sent("A", "N1", 1, 10), sent("A", "N2", 2, 20), sent("B", "N3", 3, 30))
LARGEST = 2**63 - 1


def test_observations_frames_and_lazy_frames_give_the_same_measures(tmp_path: Path) -> None:
    partnership = world(indicator())
    frame = observations(ROWS).frame
    lean = frame.select(*KEY, "numerator", "denominator")
    lean.write_parquet(tmp_path / "rows.parquet")
    expected = roll_up(frame, partnership, as_of=AS_OF).frame
    for given in (observations(ROWS), frame.lazy(), lean, pl.scan_parquet(tmp_path / "rows.parquet")):
        assert_frame_equal(roll_up(given, partnership, as_of=AS_OF).frame, expected)


def test_the_ledger_number_is_carried_on() -> None:
    assert measured(world(indicator()), *ROWS).known_at == 7


def test_codes_may_come_as_categories() -> None:
    partnership = world(indicator())
    texts = ("partner_code", "source_code", "indicator_id", "area_code", "period_kind", "breakdown")
    frame = observations(ROWS).frame.with_columns(pl.col(texts).cast(pl.Categorical))
    assert_frame_equal(roll_up(frame, partnership, as_of=AS_OF).frame, measured(partnership, *ROWS).frame)


def test_no_observations_make_no_measures() -> None:
    found = measured(world(indicator()))
    assert found.frame.is_empty()
    assert dict(found.frame.schema) == PLACE_MEASURE_COLUMNS


def test_measures_are_sorted_and_each_key_stands_once() -> None:
    rows = [
        sent("A", area, 1, 10, period=period, breakdown=breakdown)
        for area in ("N3", "N1")
        for period in ("2025/26", "2024/25")
        for breakdown in ("sex=Male", "sex=Female", "")
    ]
    frame = measured(world(indicator(breakdowns=(SEX,))), *rows).frame
    keys = frame.select(PLACE_MEASURE_KEY)
    assert keys.rows() == keys.sort(PLACE_MEASURE_KEY).rows()
    assert not keys.is_duplicated().any()


def test_the_order_of_rows_changes_nothing() -> None:
    partnership = world(indicator())
    assert_frame_equal(measured(partnership, *reversed(ROWS)).frame, measured(partnership, *ROWS).frame)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"indicator": "nonesuch"}, "indicator_id: nobody defined 'nonesuch'"),
        ({"version": 4}, "indicator_version: 1 to 1 is expected"),
        ({"area_code": "N9"}, "area_code: nobody defined 'N9'"),
        ({"period_kind": "fortnight"}, "period_kind: nobody defined 'fortnight'"),
        ({"status": "hidden"}, "status: nobody defined 'hidden'"),
        ({"value_status": "guessed"}, "value_status: nobody defined 'guessed'"),
    ],
)
def test_a_name_that_nobody_defined_is_named(more: dict[str, object], message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        rolled(world(indicator()), *ROWS, sent("A", "N1", 1, 10, period="2024/25") | _keyed(more))


def _keyed(more: dict[str, object]) -> dict[str, object]:
    names = {"indicator": "indicator_id", "version": "indicator_version"}
    return {names.get(name, name): value for name, value in more.items()}


def test_a_version_between_those_defined_is_named() -> None:
    partnership = world(indicator(version=1), indicator(version=3))
    with pytest.raises(UnknownNameError, match="indicator 'checks' has no version 2"):
        rolled(partnership, sent("A", "N1", 1, 10, version=2))


def test_versions_are_never_added_together() -> None:
    partnership = world(indicator(version=1), indicator(version=2))
    found = measured(partnership, sent("A", "N1", 1, 10), sent("B", "N1", 2, 20, version=2)).frame
    assert found.filter(pl.col("area_code") == "N1")["numerator"].to_list() == [1, 2]


def test_a_frame_without_its_key_is_refused_with_every_fault() -> None:
    frame = observations(ROWS).frame.drop("breakdown").with_columns(pl.col("numerator").cast(pl.Float64))
    with pytest.raises(TableError, match="breakdown is missing; numerator is Float64, expected whole numbers"):
        roll_up(frame, world(indicator()), as_of=AS_OF)


def test_an_empty_key_is_refused() -> None:
    frame = observations(ROWS).frame.with_columns(area_code=pl.lit(None, pl.String))
    with pytest.raises(TableError, match="area_code is empty"):
        roll_up(frame, world(indicator()), as_of=AS_OF)


def test_something_that_is_no_frame_is_refused() -> None:
    with pytest.raises(TableError, match="was given a list"):
        roll_up([], world(indicator()), as_of=AS_OF)  # type: ignore[arg-type]


@pytest.mark.parametrize("numbers", [(LARGEST, 1), (-LARGEST, -2)])
def test_a_sum_of_sources_that_would_wrap_is_refused(numbers: tuple[int, int]) -> None:
    summed = indicator(statistic="count", combine="sum_of_sources", allow_negative=True)
    with pytest.raises(TableError, match="numerator adds up to more than a table can hold"):
        rolled(world(summed), sent("A", "N1", numbers[0]), sent("B", "N1", numbers[1]))


def test_a_sum_of_areas_that_would_wrap_is_refused() -> None:
    with pytest.raises(TableError, match="denominator adds up to more than a table can hold"):
        rolled(world(indicator()), sent("A", "N1", 1, LARGEST), sent("A", "N2", 1, 1))


def test_the_largest_whole_number_is_held_exactly() -> None:
    found = rolled(world(indicator()), sent("A", "N1", 1, LARGEST - 1), sent("A", "N2", 1, 1))
    assert found["P1"]["denominator"] == LARGEST


_SCRIPT = """
import hashlib, io, sys
import polars as pl
from tests.unit.rollup.test_inputs import many_rows
from tests.unit.rollup.world import AS_OF, indicator, world
from outcomes.rollup.rolling import roll_up
assert pl.thread_pool_size() == int(sys.argv[1])
frame = roll_up(many_rows().lazy(), world(indicator(combine="sum_of_sources")), as_of=AS_OF).frame
print(hashlib.sha256(frame.write_ipc(None, compression="uncompressed").getvalue()).hexdigest(), frame.height)
"""


def many_rows() -> pl.DataFrame:
    """Two hundred thousand rows without any order: 25 sources, 3 areas, many periods."""
    places = pl.int_range(200_000, eager=True).alias("place")
    mixed = places.hash(seed=7) % 1000
    frame = pl.DataFrame({"place": places, "numerator": (mixed % 100).cast(pl.Int64)}).select(
        partner_code=pl.format("T{}", pl.col("place") % 25),
        source_code=pl.lit(""),
        indicator_id=pl.lit("checks"),
        indicator_version=pl.lit(1, pl.Int32),
        area_code=pl.format("N{}", pl.col("place") // 25 % 3 + 1),
        period_kind=pl.lit("financial_year"),
        period_start=pl.date(1 + pl.col("place") // 75, 4, 1),
        breakdown=pl.lit(""),
        numerator="numerator",
        denominator=pl.lit(100, pl.Int64),
    )
    return frame.sample(fraction=1.0, shuffle=True, seed=3)


@pytest.mark.slow
def test_the_same_bytes_come_at_any_number_of_threads() -> None:
    found = set()
    for threads in (1, 2, 8):
        environment = os.environ | {"POLARS_MAX_THREADS": str(threads)}
        run = subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(threads)], env=environment, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr
        found.add(run.stdout)
    assert len(found) == 1


def test_periods_of_every_kind_keep_their_days() -> None:
    monthly = indicator(period="month")
    rows = [sent("A", "N1", 1, 10, kind="month", period=period) for period in ("1999-12", "2026-02")]
    frame = measured(world(monthly), *rows).frame.filter(pl.col("area_code") == "N1")
    assert frame["period"].to_list() == ["1999-12", "2026-02"]
    assert frame["period_start"].to_list() == [date(1999, 12, 1), date(2026, 2, 1)]
    assert frame["period_end"].to_list() == [date(1999, 12, 31), date(2026, 2, 28)]
