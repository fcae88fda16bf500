"""What must hold for any comparison with a benchmark and any recent trend."""

from typing import Any

import polars as pl
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from outcomes import statistics
from outcomes.vocabulary import Polarity, Word

MIRROR = {
    "much better": "much worse",
    "better": "worse",
    "worse": "better",
    "much worse": "much better",
    "similar": "similar",
    "not compared": "not compared",
}
BARE = {"much higher": "much better", "higher": "better", "lower": "worse", "much lower": "much worse"}
RANK = ["much lower", "lower", "similar", "higher", "much higher"]

cell = st.floats(-1e9, 1e9) | st.none() | st.just(float("nan"))
limits = st.lists(st.floats(-1e9, 1e9), min_size=5, max_size=5).map(sorted)


def words(rows: list[tuple[Any, ...]], polarity: Polarity) -> list[str]:
    names = ["lower_ci_99_8", "lower_ci_95", "value", "upper_ci_95", "upper_ci_99_8", "benchmark"]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Float64), orient="row")
    return frame.select(statistics.compare_with_benchmark(polarity=polarity)).to_series().to_list()


@settings(deadline=None)
@given(st.lists(st.tuples(cell, cell, cell, cell, cell, cell), min_size=1, max_size=10))
def test_turned_polarity_turns_the_words_and_missing_is_never_similar(rows: list[tuple[float | None, ...]]) -> None:
    higher, lower, bare = (words(rows, polarity) for polarity in Polarity)
    assert [MIRROR[word] for word in higher] == lower
    assert [BARE.get(word, word) for word in bare] == higher
    for row, word in zip(rows, higher, strict=True):
        if any(row[position] is None or row[position] != row[position] for position in (1, 2, 3, 5)):
            assert word == "not compared"


@settings(deadline=None)
@given(limits, st.floats(-1e9, 1e9), st.floats(0, 1e9))
def test_a_higher_benchmark_never_makes_a_value_look_higher(
    interval: list[float], compared_with: float, step: float
) -> None:
    rows = [(*interval, compared_with), (*interval, compared_with + step)]
    first, second = words(rows, Polarity.NO_JUDGEMENT)
    assert RANK.index(second) <= RANK.index(first)


value = st.floats(0, 1000, allow_subnormal=False)
point = st.tuples(value | st.none(), st.floats(0.01, 100))
history = st.lists(point, min_size=1, max_size=9)

COLUMNS = ["area_code", "year", "value", "lower_ci_95", "upper_ci_95", "numerator", "denominator"]
METHODS = ["trend_fingertips_2020", "trend_fingertips_next"]


def series(points: list[tuple[float | None, float]], area_code: str = "E1") -> pl.DataFrame:
    rows = [
        (area_code, 2000 + step, *(None, None, None), None, None)
        if middle is None
        else (area_code, 2000 + step, middle, middle - width, middle + width, None, None)
        for step, (middle, width) in enumerate(points)
    ]
    schema = {name: pl.Float64 for name in COLUMNS} | {"area_code": pl.String, "year": pl.Int64}  # noqa: C420
    return pl.DataFrame(rows, schema={name: schema[name] for name in COLUMNS}, orient="row")


def trends(frame: pl.DataFrame, method: str) -> pl.DataFrame:
    return statistics.recent_trend(frame, by="area_code", order="year", method=method)


@settings(max_examples=40, deadline=None)
@given(st.lists(history, min_size=1, max_size=3), st.data(), st.sampled_from(METHODS))
def test_a_trend_does_not_depend_on_the_order_of_rows_or_on_other_series(
    histories: list[list[tuple[float | None, float]]], data: st.DataObject, method: str
) -> None:
    parts = [series(points, f"E{number}") for number, points in enumerate(histories)]
    frame = pl.concat(parts)
    permuted = frame[data.draw(st.permutations(range(frame.height)))]
    table = trends(permuted, method)
    assert_frame_equal(table, trends(frame, method), check_exact=True)
    assert_frame_equal(table, pl.concat([trends(part, method) for part in parts]), check_exact=True)


@settings(max_examples=40, deadline=None)
@given(history, st.sampled_from(METHODS))
def test_a_trend_is_told_or_has_a_reason(points: list[tuple[float | None, float]], method: str) -> None:
    row = trends(series(points), method).row(0, named=True)
    cannot_tell = row["direction"] == Word.CANNOT_TELL
    assert cannot_tell == (row["reason"] is not None) == (row["detail"] is not None) == (row["obstacle"] is not None)
    assert cannot_tell == (row["slope"] is None) == (row["chi_square"] is None)
    enough = sum(middle is not None for middle, _ in points) >= 5
    if method == "trend_fingertips_next":
        assert cannot_tell != enough
    else:
        assert cannot_tell != (len(points) >= 5 and all(middle is not None for middle, _ in points[-5:]))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 100)), min_size=5, max_size=5), st.integers(1, 16))
def test_a_turned_or_scaled_series_has_the_turned_or_same_trend(points: list[tuple[int, int]], power: int) -> None:
    # whole numbers and powers of two: no rounding stands between the two
    plain = [(float(middle), float(width)) for middle, width in points]
    row, turned, scaled = (
        trends(series(list(variant)), METHODS[0]).row(0, named=True)
        for variant in (
            plain,
            [(1000 - middle, width) for middle, width in plain],
            [(middle * 2**power, width * 2**power) for middle, width in plain],
        )
    )
    opposite = {
        "increasing": "decreasing",
        "decreasing": "increasing",
        "no significant change": "no significant change",
    }
    assume(abs(row["chi_square"] - 9.54953570608324) > 1e-6)
    assert turned["direction"] == opposite[row["direction"]]
    assert scaled["direction"] == row["direction"]
    assert abs(scaled["chi_square"] - row["chi_square"]) <= 1e-9 * row["chi_square"]
    assert abs(scaled["slope"] - row["slope"] * 2**power) <= 1e-9 * abs(scaled["slope"])
