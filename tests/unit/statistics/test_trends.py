"""Tests of the recent trend."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from outcomes import statistics
from outcomes.errors import TableError, UnknownNameError
from outcomes.statistics.slopes import fit_to_counts
from outcomes.statistics.trends import CRITICAL_CHI_SQUARE

Point = tuple[int, float | None, float | None, float | None]

SCHEMA = {
    "area_code": pl.String,
    "year": pl.Int64,
    "value": pl.Float64,
    "lower_ci_95": pl.Float64,
    "upper_ci_95": pl.Float64,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
}


def series(points: list[Point], counts: Sequence[tuple[float | None, float | None]] | None = None) -> pl.DataFrame:
    pairs = counts or [(None, None)] * len(points)
    rows = [("E1", *point, *pair) for point, pair in zip(points, pairs, strict=True)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def around(values: list[float | None], half_width: float = 2.0, first: int = 2016) -> list[Point]:
    return [
        (first + step, value, *(None, None))
        if value is None
        else (first + step, value, value - half_width, value + half_width)
        for step, value in enumerate(values)
    ]


def trend(frame: pl.DataFrame, method: str = "trend_fingertips_2020", **options: Any) -> dict[str, Any]:
    table = statistics.recent_trend(frame, by="area_code", order="year", method=method, **options)
    assert table.height == 1
    return table.row(0, named=True)


def cannot_tell(frame: pl.DataFrame, method: str = "trend_fingertips_2020") -> tuple[str, str]:
    row = trend(frame, method)
    assert (row["direction"], row["reason"]) == ("cannot tell", "cannot be calculated")
    assert row["slope"] is None
    assert row["chi_square"] is None
    return row["detail"], row["obstacle"]


BOTH = pytest.mark.parametrize("method", ["trend_fingertips_2020", "trend_fingertips_next"])


@BOTH
def test_the_published_vector_increases_with_chi_squared_46_77(method: str) -> None:
    limits = [
        (24.67, 23.16, 26.25),
        (24.6, 23.15, 26.19),
        (28.0, 26.44, 29.64),
        (30.2, 28.63, 31.9),
        (30.6, 28.98, 32.25),
    ]
    row = trend(series([(2015 + step, *point) for step, point in enumerate(limits)]), method)
    assert row["direction"] == "increasing"
    assert round(row["chi_square"], 2) == 46.77


@BOTH
def test_the_vectors_with_limits_two_apart(method: str) -> None:
    rising = trend(series(around([50, 52, 53, 55, 58])), method)
    assert (rising["direction"], round(rising["slope"], 10), round(rising["chi_square"], 3)) == (
        "increasing",
        1.9,
        34.670,
    )
    level = trend(series(around([50, 51, 50, 52, 51])), method)
    assert (level["direction"], round(level["chi_square"], 3)) == ("no significant change", 0.864)
    falling = trend(series(around([58, 55, 53, 52, 50])), method)
    assert (falling["direction"], round(falling["slope"], 10)) == ("decreasing", -1.9)


def test_the_vector_of_counts_is_just_not_significant() -> None:
    counts = [(100, 1000), (110, 1000), (120, 1000), (130, 1000), (140, 1000)]
    frame = series([(2016 + step, None, None, None) for step in range(5)], counts)
    row = trend(frame, "chi_square_proportions")
    assert round(row["chi_square"], 4) == 9.4697
    assert row["slope"] == pytest.approx(0.01)
    assert row["direction"] == "no significant change"
    steeper = frame.with_columns(pl.Series("numerator", [100.0, 110, 120, 130, 141]))
    assert trend(steeper, "chi_square_proportions")["direction"] == "increasing"


def test_the_formulas_of_the_guidance_give_the_same_numbers() -> None:
    y, widths, t = [31.2, 29.8, 30.5, 27.1, 26.0], [3.1, 2.8, 3.6, 2.2, 2.9], [1, 2, 3, 4, 5]
    w = [(3.92 / width) ** 2 for width in widths]
    s0, s1, s2 = (sum(a * b**power for a, b in zip(w, t, strict=True)) for power in (0, 1, 2))
    y0 = sum(a * b for a, b in zip(w, y, strict=True))
    y1 = sum(a * b * c for a, b, c in zip(w, t, y, strict=True))
    slope = (s0 * y1 - s1 * y0) / (s0 * s2 - s1**2)
    chi_square = slope**2 * (s0 * s2 - s1**2) / s0
    points: list[Point] = [
        (2000 + step, value, value - 0.4 * width, value + 0.6 * width)
        for step, value, width in zip(t, y, widths, strict=True)
    ]
    row = trend(series(points))
    assert row["slope"] == pytest.approx(slope, rel=1e-12)
    assert row["chi_square"] == pytest.approx(chi_square, rel=1e-12)

    x, n = [310.0, 298, 305, 271, 260], [1000.0, 1010, 990, 1005, 1001]
    total_x, total_n = sum(x), sum(n)
    xt = sum(a * b for a, b in zip(x, t, strict=True))
    nt, ntt = (sum(a * b**power for a, b in zip(n, t, strict=True)) for power in (1, 2))
    by_counts = total_n * (total_n * xt - total_x * nt) ** 2 / (total_x * (total_n - total_x) * (total_n * ntt - nt**2))
    columns = {f"x_{i}": [a] for i, a in enumerate(x)} | {f"n_{i}": [a] for i, a in enumerate(n)}
    assert fit_to_counts(pl.DataFrame(columns), 5)["chi_square"].item() == pytest.approx(by_counts, rel=1e-11)


def test_a_trend_that_one_point_makes_alone_is_none() -> None:
    # chi-squared is far beyond the critical value; without the last point the line is level or falls
    row = trend(series(around([50, 49.9, 50, 49.9, 60])))
    assert row["chi_square"] > CRITICAL_CHI_SQUARE
    assert row["direction"] == "no significant change"
    level_without_it = trend(series(around([50, 50, 50, 50, 60])))
    assert level_without_it["direction"] == "no significant change"


def test_only_the_newest_five_count_whatever_the_order_of_the_rows() -> None:
    frame = series(around([90, 80, 70, 50, 52, 53, 55, 58]))
    row = trend(frame.reverse())
    assert (row["direction"], row["points"], row["first_order"], row["last_order"]) == ("increasing", 5, 2019, 2023)
    assert row == trend(frame.tail(5))


def test_a_gap_breaks_the_2020_reading_and_is_passed_over_by_the_next() -> None:
    with_missing_value = series(around([50, 52, None, 53, 55, 58]))
    with_missing_row = with_missing_value.filter(pl.col("value").is_not_null())
    for frame in (with_missing_value, with_missing_row):
        assert cannot_tell(frame) == ("too few points", "the newest five periods are not unbroken")
        row = trend(frame, "trend_fingertips_next")
        assert (row["direction"], round(row["slope"], 10), row["points"]) == ("increasing", 1.9, 5)
        assert (row["first_order"], row["last_order"]) == (2016, 2021)


def test_a_gap_before_the_newest_five_harms_neither() -> None:
    frame = series(around([10, None, 50, 52, 53, 55, 58]))
    for method in ("trend_fingertips_2020", "trend_fingertips_next"):
        assert trend(frame, method)["direction"] == "increasing"


def test_a_value_without_an_interval_is_a_gap() -> None:
    points = around([50, 52, 54, 53, 55, 58])
    points[2] = (2018, 54.0, None, None)
    assert cannot_tell(series(points))[1] == "the newest five periods are not unbroken"
    assert round(trend(series(points), "trend_fingertips_next")["slope"], 10) == 1.9


@BOTH
def test_fewer_than_five_points_cannot_tell(method: str) -> None:
    assert cannot_tell(series(around([50, 52, 53, 55])), method) == ("too few points", "fewer than five points")
    assert cannot_tell(series(around([None, None])), method) == ("too few points", "fewer than five points")


@BOTH
def test_an_interval_without_width_cannot_tell(method: str) -> None:
    points = around([50, 52, 53, 55, 58])
    points[1] = (2017, 52.0, 52.0, 52.0)
    assert cannot_tell(series(points), method) == ("no spread", "an interval has no width")


@BOTH
def test_a_count_that_equals_its_denominator_cannot_tell(method: str) -> None:
    counts = [(9, 10)] * 4 + [(10, 10)]
    assert cannot_tell(series(around([50, 52, 53, 55, 58]), counts), method) == (
        "no spread",
        "a count equals its denominator",
    )
    assert trend(series(around([50, 52, 53, 55, 58]), [(9, 10)] * 5), method)["direction"] == "increasing"


@BOTH
@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_an_impossible_number_cannot_tell(method: str, value: float) -> None:
    points = around([50, 52, 53, 55, 58])
    points[3] = (2019, value, 50.0, 60.0)
    assert cannot_tell(series(points), method) == ("impossible input", "a point has an impossible number")
    points[3] = (2019, 55.0, 60.0, 50.0)
    assert cannot_tell(series(points), method) == ("impossible input", "a point has an impossible number")


@BOTH
def test_a_period_that_comes_twice_or_has_no_number_cannot_tell(method: str) -> None:
    frame = series(around([50, 52, 53, 55, 58, 60]))
    twice = frame.with_columns(pl.col("year").replace(2021, 2020))
    numberless = frame.with_columns(pl.col("year").replace(2016, None))
    for wrong in (twice, numberless):
        assert cannot_tell(wrong, method) == ("impossible input", "a period comes twice or has no number")


@pytest.mark.parametrize(
    ("pair", "detail"),
    [((5.0, 0.0), "impossible input"), ((-1.0, 10.0), "impossible input"), ((11.0, 10.0), "impossible input"),
     ((10.0, 10.0), "no spread"), ((None, 10.0), "too few points"), ((float("nan"), 10.0), "impossible input")],
)  # fmt: skip
def test_counts_that_cannot_be_tested_cannot_tell(pair: tuple[float | None, float | None], detail: str) -> None:
    frame = series([(2016 + step, None, None, None) for step in range(5)], [(3.0, 10.0)] * 4 + [pair])
    assert cannot_tell(frame, "chi_square_proportions")[0] == detail


def test_the_test_on_counts_reads_neither_values_nor_limits() -> None:
    frame = series(around([50, 52, 53, 55, 58]), [(3.0, 10.0), (4.0, 10.0), (5.0, 10.0), (6.0, 10.0), (7.0, 10.0)])
    bare = frame.drop("value", "lower_ci_95", "upper_ci_95")
    assert trend(bare, "chi_square_proportions") == trend(frame, "chi_square_proportions")


def test_counts_of_nothing_but_zero_cannot_tell() -> None:
    frame = series([(2016 + step, None, None, None) for step in range(5)], [(0.0, 10.0)] * 5)
    assert cannot_tell(frame, "chi_square_proportions") == ("no spread", "all counts are 0")


def test_each_series_has_its_own_row_sorted_with_missing_keys_too() -> None:
    rising, level = series(around([50, 52, 53, 55, 58])), series(around([50, 51, 50, 52, 51]))
    frame = pl.concat([rising.with_columns(pl.lit(name).alias("area_code")) for name in ("E3", "E1")])
    frame = pl.concat([frame, level.with_columns(pl.lit(None, dtype=pl.String).alias("area_code"))])
    table = statistics.recent_trend(frame, by=["area_code"], order="year")
    assert table.select("area_code", "direction").rows() == [
        (None, "no significant change"), ("E1", "increasing"), ("E3", "increasing")
    ]  # fmt: skip


def test_an_empty_frame_has_no_series() -> None:
    assert statistics.recent_trend(series([]), by="area_code", order="year").height == 0


def test_wrong_arguments_are_refused() -> None:
    frame = series(around([50, 52, 53, 55, 58]))
    with pytest.raises(UnknownNameError, match="found 'national', expected one of trend_fingertips_2020"):
        trend(frame, "national")
    with pytest.raises(ValueError, match="chi_square_proportions found no counts"):
        trend(frame, "chi_square_proportions", numerator=None)
    with pytest.raises(TableError, match="column year: found Float64, expected whole running numbers"):
        trend(frame.cast({"year": pl.Float64}))
    with pytest.raises(TableError, match="column rate: found only area_code"):
        trend(frame, value="rate")


@pytest.mark.parametrize("method", ["trend_fingertips_2020", "trend_fingertips_next"])
def test_a_series_without_any_value_used_no_points(method: str) -> None:
    row = trend(series(around([None] * 6)), method)
    assert (row["direction"], row["points"], row["detail"]) == ("cannot tell", 0, "too few points")
