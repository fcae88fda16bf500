"""Tests of means and their Student t intervals."""

import math
import random
import statistics as standard_library
from typing import Any

import polars as pl
import pytest

from outcomes import statistics
from outcomes.errors import TableError
from outcomes.statistics.means import student_quantile


def mean(total: Any, squares: Any, n: Any, **options: Any) -> dict[str, Any]:
    frame = pl.DataFrame({"total": [total], "squares": [squares], "n": [n]})
    return frame.select(statistics.mean("total", "squares", "n", **options).struct.unnest()).row(0, named=True)


def test_the_interval_is_students_own_sleep_data() -> None:
    # Student, Biometrika 1908;6:1-25: the extra sleep of ten patients; in tenths of an hour, differences of two drugs
    tenths = [12, 24, 13, 13, 0, 10, 18, 8, 46, 14]
    row = mean(sum(tenths), sum(t * t for t in tenths), len(tenths), multiplier=0.1)
    assert row["value"] == pytest.approx(1.58)
    assert (round(row["lower_ci_95"], 4), round(row["upper_ci_95"], 4)) == (0.7001, 2.4599)


def test_one_value_alone_has_a_mean_and_no_interval() -> None:
    row = mean(5, 25, 1)
    assert row == {
        "value": 5.0,
        "lower_ci_95": None,
        "upper_ci_95": None,
        "lower_ci_99_8": None,
        "upper_ci_99_8": None,
        "reason": None,
        "detail": "no spread",
    }


def test_without_a_sum_of_squares_there_is_a_mean_and_no_interval() -> None:
    frame = pl.DataFrame({"total": [12], "n": [4]})
    row = frame.select(statistics.mean("total", None, "n").struct.unnest()).row(0, named=True)
    assert (row["value"], row["lower_ci_95"], row["reason"], row["detail"]) == (3.0, None, None, "no spread")
    assert mean(12, None, 4)["detail"] == "no spread"


@pytest.mark.parametrize(
    ("total", "squares", "n", "reason", "detail"),
    [
        (None, 1, 2, "missing", None),
        (1, 1, None, "missing", None),
        (0, 0, 0, "cannot be calculated", "zero denominator"),
        (1, 1, -2, "cannot be calculated", "impossible input"),
        (1, None, -2, "cannot be calculated", "impossible input"),
        (1, None, 10**15 + 1, "cannot be calculated", "impossible input"),
        (1.0, 1.0, 2.5, "cannot be calculated", "impossible input"),
        (1, -1, 2, "cannot be calculated", "impossible input"),
        (float("nan"), 1.0, 2, "cannot be calculated", "impossible input"),
        (1.0, float("inf"), 2, "cannot be calculated", "impossible input"),
        # the sum of squares is never less than the square of the sum over n
        (10, 49, 2, "cannot be calculated", "impossible input"),
        (10.5, 40.25, 2, "cannot be calculated", "impossible input"),
        # one value's square is known
        (5, 26, 1, "cannot be calculated", "impossible input"),
    ],
)
def test_sums_that_cannot_be_are_refused(total: Any, squares: Any, n: Any, reason: str, detail: str | None) -> None:
    row = mean(total, squares, n)
    assert (row.pop("reason"), row.pop("detail")) == (reason, detail)
    assert set(row.values()) == {None}


def test_equal_whole_values_have_an_interval_without_width() -> None:
    row = mean(30, 300, 3)
    assert row["value"] == row["lower_ci_95"] == row["upper_ci_99_8"] == 10.0


def test_whole_sums_are_exact_where_floats_lose_the_spread() -> None:
    # a thousand values of a thousand million, half of them one more: in Float64 the spread is noise
    base, size = 10**7, 10_000
    total = base * size + size // 2
    squares = (size // 2) * base**2 + (size // 2) * (base + 1) ** 2
    row = mean(total, squares, size)
    half_width = 1.9602012 * math.sqrt((size / 4) / (size - 1)) / math.sqrt(size)
    assert row["upper_ci_95"] - row["value"] == pytest.approx(half_width, rel=1e-6)
    assert n_squared_in_floats(total, squares, size) != size * squares - total**2


def n_squared_in_floats(total: int, squares: int, size: int) -> float:
    return float(size) * float(squares) - float(total) * float(total)


def test_products_beyond_64_bits_do_not_wrap() -> None:
    total, size = 9 * 10**14, 9 * 10**8
    squares = total**2 // size + 9 * 10**17
    row = mean(total, squares, size)
    assert row["value"] == 1_000_000.0
    assert row["upper_ci_95"] - row["value"] == pytest.approx(1.959964 * math.sqrt(10**9 / size), rel=1e-5)


def test_a_spread_that_rounding_could_have_made_gives_no_interval() -> None:
    values = [1e6 + 0.1, 1e6 + 0.2, 1e6 + 0.3]
    row = mean(math.fsum(values), math.fsum(v * v for v in values), 3)
    assert (row["value"], row["upper_ci_95"], row["detail"]) == (pytest.approx(1e6 + 0.2), None, "no spread")
    # the values themselves keep it
    frame = pl.DataFrame({"area_code": ["A"] * 3, "value": values}).rename({"value": "days"})
    table = statistics.mean_of_values(frame, value="days", by="area_code")
    assert table["standard_deviation"].item() == pytest.approx(0.1, rel=1e-8)
    assert table["detail"].to_list() == [None]


def test_fractions_with_enough_spread_have_their_interval() -> None:
    values = [1.5, 2.25, 4.125, 8.0]
    row = mean(math.fsum(values), math.fsum(v * v for v in values), 4)
    error = standard_library.stdev(values) / 2
    assert row["upper_ci_95"] - row["value"] == pytest.approx(3.182446305284 * error, rel=1e-10)


def test_means_of_values_and_of_their_sums_agree() -> None:
    chance = random.Random(7)
    rows = [(area, chance.randint(0, 500)) for area in ("A", "B", "C") for _ in range(chance.randint(2, 40))]
    frame = pl.DataFrame(rows, schema={"area_code": pl.String, "days": pl.Int64}, orient="row")
    from_values = statistics.mean_of_values(frame, value="days", by="area_code")
    sums = frame.group_by("area_code").agg(
        pl.col("days").sum().alias("total"), (pl.col("days") ** 2).sum().alias("squares"), pl.len().alias("n")
    )
    from_sums = sums.sort("area_code").select(statistics.mean("total", "squares", "n").struct.unnest())
    for name in ("value", "lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8"):
        assert from_values[name].to_list() == pytest.approx(from_sums[name].to_list(), rel=1e-12)


def test_a_missing_value_makes_its_groups_mean_missing_and_no_other() -> None:
    frame = pl.DataFrame({"area_code": ["B", "B", "A", "A"], "days": [1.0, None, 2.0, 4.0]})
    table = statistics.mean_of_values(frame, value="days", by=["area_code"])
    assert table.select("area_code", "value", "reason").rows() == [("A", 3.0, None), ("B", None, "missing")]


def test_a_value_that_is_not_finite_is_impossible() -> None:
    frame = pl.DataFrame({"area_code": ["A", "A", "B"], "days": [1.0, float("nan"), float("inf")]})
    table = statistics.mean_of_values(frame, value="days", by="area_code")
    assert table["detail"].to_list() == ["impossible input"] * 2
    assert table["value"].to_list() == [None, None]


def test_a_column_that_is_absent_or_text_or_taken_is_refused() -> None:
    frame = pl.DataFrame({"area_code": ["A"], "days": ["1"], "value": [1]})
    with pytest.raises(TableError, match="column stays: found only area_code, days, value, expected stays"):
        statistics.mean_of_values(frame, value="stays", by="area_code")
    with pytest.raises(TableError, match="column days: found String, expected numbers"):
        statistics.mean_of_values(frame, value="days", by="area_code")
    with pytest.raises(TableError, match="by: found value, expected names that no result has"):
        statistics.mean_of_values(frame, value="value", by=["value"])
    with pytest.raises(TableError, match="by: found no column"):
        statistics.mean_of_values(frame, value="value", by=[])


def test_each_row_may_have_a_multiplier_of_its_own() -> None:
    frame = pl.DataFrame({"total": [60, 60], "squares": [1300, 1300], "n": [3, 3], "per": [0.1, 1.0]})
    own = frame.select(statistics.mean("total", "squares", "n", multiplier="per").struct.unnest())
    alone = [mean(60, 1300, 3, multiplier=multiplier) for multiplier in (0.1, 1.0)]
    assert own.rows(named=True) == alone
    refused = frame.with_columns(per=pl.Series([0.0, -1.0]))
    table = refused.select(statistics.mean("total", "squares", "n", multiplier="per").struct.unnest())
    assert table["detail"].to_list() == ["impossible input"] * 2


def test_sums_may_be_given_as_one_number_for_all_rows() -> None:
    assert pl.select(statistics.mean(6, 14, 3).struct.unnest()).row(0, named=True) == mean(6, 14, 3)


def test_two_values_are_enough_for_an_interval() -> None:
    row = mean(10, 52, 2)
    # t of one degree of freedom is the tangent of a quarter of the circle's share
    assert row["upper_ci_95"] - row["value"] == pytest.approx(math.tan(math.pi * 0.475), rel=1e-12)
    frame = pl.DataFrame({"area_code": ["A", "A"], "days": [4.0, 6.0]})
    of_values = statistics.mean_of_values(frame, value="days", by="area_code").row(0, named=True)
    assert of_values["upper_ci_95"] == pytest.approx(row["upper_ci_95"], rel=1e-12)


def test_a_spread_of_fractions_counts_from_a_thousand_millionth_of_their_squares() -> None:
    def of_distance(distance: float, size: int = 1000) -> dict[str, Any]:
        values = [1.5 - distance, 1.5 + distance] * (size // 2)
        return mean(math.fsum(values), math.fsum(value * value for value in values), size)

    # n·Σx² − (Σx)² is n² times the squared distance, n·Σx² about n² times 2.25
    assert of_distance(1.5 * math.sqrt(0.9e-9))["detail"] == "no spread"
    assert of_distance(1.5 * math.sqrt(1.1e-9))["detail"] is None


@pytest.mark.parametrize("column", ["total", "squares", "n", "multiplier"])
def test_the_largest_sums_are_taken_and_any_larger_refused(column: str) -> None:
    largest = 1e30 if column == "squares" else 1e15

    def detail(number: float) -> str | None:
        given = {"total": 0.0, "squares": None, "n": 4.0, "multiplier": 1.0, column: number}
        frame = pl.DataFrame(given, schema=dict.fromkeys(given, pl.Float64))
        estimate = statistics.mean("total", "squares", "n", multiplier="multiplier")
        found: str | None = frame.select(estimate.struct.field("detail")).item()
        return found

    assert detail(largest) != "impossible input"
    assert detail(math.nextafter(largest, math.inf)) == "impossible input"


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_largest_value_of_a_group_is_taken_and_any_larger_refused(sign: float) -> None:
    frame = pl.DataFrame({"area_code": ["A", "A", "B", "B"], "days": [1e15, 0.0, math.nextafter(1e15, math.inf), 0.0]})
    table = statistics.mean_of_values(frame.with_columns(pl.col("days") * sign), value="days", by="area_code")
    assert table["detail"].to_list() == [None, "impossible input"]


def test_what_the_rounded_mean_left_in_the_distances_is_taken_out_of_the_spread() -> None:
    # the mean falls between two numbers of this size: all distances to the nearest are off by the same
    values = [2.0**49 + step / 8 for step in (0, 1, 1)]
    frame = pl.DataFrame({"area_code": ["A"] * 3, "days": values})
    table = statistics.mean_of_values(frame, value="days", by="area_code")
    assert table["standard_deviation"].item() == pytest.approx(standard_library.stdev([0.0, 1 / 8, 1 / 8]), rel=1e-12)


def test_a_table_without_any_value_or_row_has_no_mean() -> None:
    frame = pl.DataFrame({"area_code": ["A"], "days": [None]}, schema={"area_code": pl.String, "days": pl.Float64})
    assert statistics.mean_of_values(frame, value="days", by="area_code")["reason"].to_list() == ["missing"]
    assert statistics.mean_of_values(frame.clear(), value="days", by="area_code").height == 0


def test_an_expression_may_stand_for_a_column() -> None:
    frame = pl.DataFrame({"total": [3], "squares": [7], "n": [1]})
    doubled = statistics.mean(2 * pl.col("total"), 2 * pl.col("squares"), 3 * pl.col("n"))
    assert frame.select(doubled.struct.unnest()).row(0, named=True) == mean(6, 14, 3)


def test_students_t_has_no_quantile_below_one_degree_of_freedom() -> None:
    degrees = pl.DataFrame({"degrees": [0.0, 0.999, 1.0, 1e15, 1e16, None]})
    found = degrees.select(student_quantile(pl.col("degrees"), 0.95)).to_series().to_list()
    assert [number is None for number in found] == [True, True, False, False, True, True]
