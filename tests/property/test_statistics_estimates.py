"""What must hold for any proportion, rate, count, mean and standardised rate."""

import math
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from outcomes import statistics
from outcomes.vocabulary import Detail, Reason

LIMITS = ["lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8"]
MOST = 10**12

counts = st.integers(0, MOST)
small_counts = st.integers(0, 30)
any_float = st.floats(allow_nan=True, allow_infinity=True) | st.none()


@st.composite
def parts(draw: st.DrawFn) -> tuple[int, int]:
    whole = draw(st.integers(1, 60) | st.integers(1, MOST))
    return draw(st.integers(0, whole) | st.just(0) | st.just(whole)), whole


def table_of(rows: list[tuple[Any, Any]], expression: pl.Expr, dtype: Any = pl.Int64) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema={"x": dtype, "n": dtype}, orient="row")
    return frame.select(expression.struct.unnest())


ESTIMATES = {
    "proportion": statistics.proportion("x", "n"),
    "exact_or_byar": statistics.crude_rate("x", "n"),
    "exact": statistics.crude_rate("x", "n", method="exact"),
    "byar": statistics.crude_rate("x", "n", method="byar"),
    "count": statistics.count("x"),
}


@settings(max_examples=60, deadline=None)
@given(st.lists(parts(), min_size=1, max_size=8))
def test_every_interval_holds_its_value_and_the_wider_holds_the_narrower(rows: list[tuple[int, int]]) -> None:
    for name, expression in ESTIMATES.items():
        for row in table_of(rows, expression).rows(named=True):
            assert row["reason"] is None
            inner_lower, inner_upper, outer_lower, outer_upper = (row[limit] for limit in LIMITS)
            assert 0 <= outer_lower <= inner_lower <= row["value"] <= inner_upper <= outer_upper, name
            if name == "proportion":
                assert outer_upper <= 100


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(any_float, any_float), min_size=1, max_size=8))
def test_no_input_makes_nan_inf_or_a_missing_value_without_a_reason(rows: list[tuple[Any, Any]]) -> None:
    for expression in ESTIMATES.values():
        table = table_of(rows, expression, pl.Float64)
        for (x, n), row in zip(rows, table.rows(named=True), strict=True):
            results = [row["value"], *(row[limit] for limit in LIMITS)]
            if row["reason"] is None:
                assert row["detail"] is None
                assert all(math.isfinite(result) for result in results)
            else:
                assert results == [None] * 5
                assert row["reason"] in (Reason.MISSING, Reason.CANNOT_BE_CALCULATED)
                assert (row["detail"] is None) == (row["reason"] == Reason.MISSING)
            if x is None or (n is None and expression is not ESTIMATES["count"]):
                assert row["reason"] == Reason.MISSING


@settings(max_examples=60, deadline=None)
@given(st.lists(parts() | st.tuples(st.none(), counts), min_size=2, max_size=12), st.data())
def test_permuted_and_chunked_rows_give_the_same_bits(rows: list[tuple[Any, Any]], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(rows))))
    cut = data.draw(st.integers(0, len(rows)))
    frame = pl.DataFrame(rows, schema={"x": pl.Int64, "n": pl.Int64}, orient="row")
    chunked = pl.concat([frame.head(cut), frame.tail(len(rows) - cut)], rechunk=False)
    for expression in ESTIMATES.values():
        table = frame.select(expression.struct.unnest())
        assert_frame_equal(frame[order].select(expression.struct.unnest()), table[order], check_exact=True)
        assert_frame_equal(chunked.select(expression.struct.unnest()), table, check_exact=True)
        lazily = chunked.lazy().select(expression.struct.unnest()).collect(engine="streaming")
        assert_frame_equal(lazily, table, check_exact=True)


@settings(max_examples=60, deadline=None)
@given(parts(), st.floats(1e-3, 1e6))
def test_the_multiplier_scales_value_and_limits(row: tuple[int, int], multiplier: float) -> None:
    pairs = (
        (statistics.proportion("x", "n", multiplier=1), statistics.proportion("x", "n", multiplier=multiplier)),
        (statistics.crude_rate("x", "n", multiplier=1), statistics.crude_rate("x", "n", multiplier=multiplier)),
    )
    for plain, scaled in pairs:
        one, other = table_of([row], plain).row(0), table_of([row], scaled).row(0)
        for result, scaled_result in zip(one[:5], other[:5], strict=True):
            assert math.isclose(result * multiplier, scaled_result, rel_tol=1e-13)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 200) | st.integers(1, MOST), st.data())
def test_more_whole_events_never_lower_a_value_or_a_limit(n: int, data: st.DataObject) -> None:
    fewer = data.draw(st.integers(0, n - 1))
    rows = [(fewer, n), (data.draw(st.integers(fewer + 1, n)), n)]
    for name, expression in ESTIMATES.items():
        first, second = table_of(rows, expression).rows(named=True)
        for result in ("value", *LIMITS):
            # equal limits of near counts may differ in the last bit
            assert second[result] >= first[result] * (1 - 1e-14), (name, result)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 1000), st.data())
def test_a_larger_sample_of_the_same_proportion_has_a_narrower_interval(n: int, data: st.DataObject) -> None:
    x = data.draw(st.integers(0, n))
    smaller, larger = table_of([(x, n), (2 * x, 2 * n)], ESTIMATES["proportion"]).rows(named=True)
    assert larger["upper_ci_95"] - larger["lower_ci_95"] < smaller["upper_ci_95"] - smaller["lower_ci_95"]


@settings(max_examples=60, deadline=None)
@given(parts())
def test_the_others_proportion_is_the_mirror(row: tuple[int, int]) -> None:
    x, n = row
    one, other = table_of([(x, n), (n - x, n)], statistics.proportion("x", "n", multiplier=1)).rows(named=True)
    assert math.isclose(one["lower_ci_95"], 1 - other["upper_ci_95"], rel_tol=1e-9, abs_tol=1e-15)
    assert math.isclose(one["upper_ci_99_8"], 1 - other["lower_ci_99_8"], rel_tol=1e-9, abs_tol=1e-15)


whole_values = st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=30)


@settings(max_examples=60, deadline=None)
@given(whole_values, st.integers(-(10**6), 10**6))
def test_a_mean_moves_with_its_values_and_its_width_stays(values: list[int], shift: int) -> None:
    def sums(numbers: list[int]) -> dict[str, Any]:
        frame = pl.DataFrame({"t": [sum(numbers)], "q": [sum(n * n for n in numbers)], "n": [len(numbers)]})
        return frame.select(statistics.mean("t", "q", "n").struct.unnest()).row(0, named=True)

    here, there = sums(values), sums([value + shift for value in values])
    assert here["lower_ci_99_8"] <= here["lower_ci_95"] <= here["value"] <= here["upper_ci_95"] <= here["upper_ci_99_8"]
    assert math.isclose(here["value"] + shift, there["value"], rel_tol=1e-12, abs_tol=1e-9)
    width, shifted_width = (row["upper_ci_95"] - row["lower_ci_95"] for row in (here, there))
    assert math.isclose(width, shifted_width, rel_tol=1e-9, abs_tol=1e-9)


@settings(max_examples=60, deadline=None)
@given(any_float, any_float, any_float)
def test_no_sums_make_a_mean_of_nan_or_inf(total: float | None, squares: float | None, n: float | None) -> None:
    frame = pl.DataFrame({"t": [total], "q": [squares], "n": [n]}, schema=dict.fromkeys("tqn", pl.Float64))
    row = frame.select(statistics.mean("t", "q", "n").struct.unnest()).row(0, named=True)
    numbers = [row["value"], *(row[limit] for limit in LIMITS)]
    assert all(number is None or math.isfinite(number) for number in numbers)
    assert (row["value"] is None) == (row["reason"] is not None)
    if row["value"] is not None and row["lower_ci_95"] is None:
        assert row["detail"] == Detail.NO_SPREAD


measured = st.lists(st.tuples(st.sampled_from("ABC"), st.floats(-1e6, 1e6) | st.none()), min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(measured, st.data())
def test_means_of_permuted_values_have_the_same_bits(rows: list[tuple[str, float | None]], data: st.DataObject) -> None:
    frame = pl.DataFrame(rows, schema={"area_code": pl.String, "days": pl.Float64}, orient="row")
    permuted = frame[data.draw(st.permutations(range(len(rows))))]
    table = statistics.mean_of_values(frame, value="days", by="area_code")
    again = statistics.mean_of_values(permuted, value="days", by="area_code")
    assert_frame_equal(table, again, check_exact=True)
    assert table["area_code"].to_list() == sorted({area for area, _ in rows})
    for row in table.rows(named=True):
        has_missing = any(area == row["area_code"] and days is None for area, days in rows)
        assert (row["reason"] == Reason.MISSING) == has_missing


strata = st.lists(
    st.tuples(
        st.sampled_from(["E1", "E2"]),
        st.integers(0, 10**6) | st.floats(0, 100),
        st.integers(1, 10**9),
        st.integers(0, 10_000) | st.floats(0.5, 1),
    ),
    min_size=1,
    max_size=16,
)


def standardised(rows: list[tuple[str, Any, Any, Any]], **options: Any) -> pl.DataFrame:
    schema = {"area_code": pl.String, "x": pl.Float64, "n": pl.Float64, "w": pl.Float64}
    return statistics.directly_standardised_rate(
        pl.DataFrame(rows, schema=schema, orient="row", strict=False),
        numerator="x",
        denominator="n",
        standard_population="w",
        by="area_code",
        **options,
    )


@settings(max_examples=60, deadline=None)
@given(strata, st.data())
def test_standardised_rates_of_permuted_strata_have_the_same_bits(
    rows: list[tuple[str, Any, Any, Any]], data: st.DataObject
) -> None:
    permuted = [rows[position] for position in data.draw(st.permutations(range(len(rows))))]
    assert_frame_equal(standardised(rows), standardised(permuted), check_exact=True)


@settings(max_examples=60, deadline=None)
@given(strata, st.integers(1, 1000))
def test_standardised_rates_hold_their_value_scale_and_ignore_the_size_of_the_standard(
    rows: list[tuple[str, Any, Any, Any]], factor: int
) -> None:
    plain = standardised(rows, multiplier=1)
    scaled = standardised([(area, x, n, w * factor) for area, x, n, w in rows], multiplier=1000)
    assert plain["detail"].to_list() == scaled["detail"].to_list()
    for one, other in zip(plain.rows(named=True), scaled.rows(named=True), strict=True):
        if one["value"] is None:
            assert one["detail"] in (Detail.TOO_FEW_EVENTS, Detail.ZERO_DENOMINATOR)
            continue
        inner_lower, inner_upper, outer_lower, outer_upper = (one[limit] for limit in LIMITS)
        assert outer_lower <= inner_lower <= one["value"] <= inner_upper <= outer_upper
        for name in ("value", *LIMITS):
            assert math.isclose(one[name] * 1000, other[name], rel_tol=1e-9, abs_tol=1e-9 * one["value"] * 1000)
