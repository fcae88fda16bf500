"""Tests of proportions and their Wilson intervals."""

import math
from typing import Any

import polars as pl
import pytest

from outcomes import statistics

Row = dict[str, Any]


def one(numerator: float | None, denominator: float | None, **options: Any) -> Row:
    frame = pl.DataFrame(
        {"numerator": [numerator], "denominator": [denominator]},
        schema={"numerator": pl.Float64, "denominator": pl.Float64},
    )
    return frame.select(statistics.proportion("numerator", "denominator", **options).struct.unnest()).row(0, named=True)


def test_the_interval_is_newcombes_for_81_of_263() -> None:
    # Newcombe RG, Statistics in Medicine 1998;17:857-72, table I: 0.2553 to 0.3662
    row = one(81, 263, multiplier=1)
    assert row["value"] == pytest.approx(0.307985, abs=1e-6)
    assert (round(row["lower_ci_95"], 4), round(row["upper_ci_95"], 4)) == (0.2553, 0.3662)


def test_the_fields_are_named_by_the_levels() -> None:
    assert list(one(1, 2)) == [
        "value", "lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8", "reason", "detail"
    ]  # fmt: skip
    assert list(one(1, 2, confidence=[0.9])) == ["value", "lower_ci_90", "upper_ci_90", "reason", "detail"]


def test_it_unnests_beside_the_columns_of_a_frame_eager_and_lazy() -> None:
    frame = pl.DataFrame({"numerator": [20], "denominator": [100]})
    expression = statistics.proportion("numerator", "denominator").struct.unnest()
    eager = frame.with_columns(expression)
    assert eager.columns[:3] == ["numerator", "denominator", "value"]
    assert frame.lazy().with_columns(expression).collect().equals(eager)


def test_expressions_and_column_names_mean_the_same() -> None:
    frame = pl.DataFrame({"cases": [3], "people": [8]})
    by_name = frame.select(statistics.proportion("cases", "people"))
    by_expression = frame.select(statistics.proportion(pl.col("cases"), pl.col("people")))
    assert by_name.equals(by_expression)


def test_none_of_them_has_a_lower_limit_of_0_and_all_of_them_an_upper_of_100() -> None:
    for denominator in (1, 3, 7, 49, 10**6, 10**12):
        none, everyone = one(0, denominator), one(denominator, denominator)
        assert none["value"] == none["lower_ci_95"] == none["lower_ci_99_8"] == 0.0
        assert everyone["value"] == everyone["upper_ci_95"] == everyone["upper_ci_99_8"] == 100.0


def test_whole_percentages_are_whole_to_the_last_bit() -> None:
    assert [one(numerator, 100)["value"] for numerator in range(101)] == [float(n) for n in range(101)]


@pytest.mark.parametrize(
    ("numerator", "denominator", "detail"),
    [
        (0, 0, "zero denominator"),
        (5, 0, "zero denominator"),
        (6, 5, "impossible input"),
        (-1, 5, "impossible input"),
        (-1, 0, "impossible input"),
        (1, -5, "impossible input"),
        (float("nan"), 5, "impossible input"),
        (1, float("nan"), "impossible input"),
        (1, float("inf"), "impossible input"),
        (float("-inf"), 5, "impossible input"),
        (1, 1e16, "impossible input"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_detail(numerator: float, denominator: float, detail: str) -> None:
    row = one(numerator, denominator)
    assert (row.pop("reason"), row.pop("detail")) == ("cannot be calculated", detail)
    assert set(row.values()) == {None}


@pytest.mark.parametrize(("numerator", "denominator"), [(None, 5), (5, None), (None, None), (None, 0), (-1, None)])
def test_a_missing_input_is_missing(numerator: float | None, denominator: float | None) -> None:
    row = one(numerator, denominator)
    assert (row.pop("reason"), row.pop("detail")) == ("missing", None)
    assert set(row.values()) == {None}


def test_one_refused_row_leaves_the_others_alone() -> None:
    frame = pl.DataFrame({"x": [1, None, 6, 2], "n": [5, 5, 5, 0]})
    table = frame.select(statistics.proportion("x", "n").struct.unnest())
    assert table["value"].to_list() == [20.0, None, None, None]
    assert table["reason"].to_list() == [None, "missing", "cannot be calculated", "cannot be calculated"]


def test_a_column_of_multipliers_is_taken_row_by_row() -> None:
    frame = pl.DataFrame({"x": [1] * 5, "n": [4] * 5, "per": [100.0, 1.0, None, 0.0, float("nan")]})
    table = frame.select(statistics.proportion("x", "n", multiplier="per").struct.unnest())
    assert table["value"].to_list() == [25.0, 0.25, None, None, None]
    assert table["detail"].to_list() == [None, None, None, "impossible input", "impossible input"]


@pytest.mark.parametrize("multiplier", [0, -1, float("nan"), float("inf")])
def test_a_multiplier_that_is_none_is_refused(multiplier: float) -> None:
    with pytest.raises(ValueError, match=r"multiplier: found .*, expected a number above 0"):
        statistics.proportion("x", "n", multiplier=multiplier)


@pytest.mark.parametrize("confidence", [(95,), (0,), (1,), (-0.5,), (float("nan"),), (), (0.95, 0.95)])
def test_a_confidence_level_that_is_none_is_refused(confidence: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="confidence: found"):
        statistics.proportion("x", "n", confidence=confidence)


def test_text_is_refused_and_never_parsed() -> None:
    frame = pl.DataFrame({"x": ["1"], "n": [4]})
    with pytest.raises(pl.exceptions.InvalidOperationError):
        frame.select(statistics.proportion("x", "n"))


@pytest.mark.parametrize("dtype", [pl.Int8, pl.UInt8, pl.Int32, pl.UInt64, pl.Float32, pl.Decimal(10, 2)])
def test_every_number_type_gives_the_same(dtype: Any) -> None:
    frame = pl.DataFrame({"x": [3], "n": [8]})
    expression = statistics.proportion("x", "n")
    assert frame.cast(dtype).select(expression).equals(frame.select(expression))


def test_an_empty_frame_and_a_column_of_nothing_but_missing_are_fine() -> None:
    empty = pl.DataFrame(schema={"x": pl.Int64, "n": pl.Int64})
    table = empty.select(statistics.proportion("x", "n").struct.unnest())
    assert table.schema["value"] == pl.Float64
    assert table.schema["reason"] == table.schema["detail"] == pl.String
    missing = pl.DataFrame({"x": [None], "n": [None]}, schema={"x": pl.Null, "n": pl.Null})
    assert missing.select(statistics.proportion("x", "n").struct.unnest())["reason"].to_list() == ["missing"]


def test_the_largest_multiplier_of_a_row_is_taken_and_any_larger_refused() -> None:
    frame = pl.DataFrame({"x": [1, 1], "n": [2, 2], "per": [1e15, math.nextafter(1e15, math.inf)]})
    table = frame.select(statistics.proportion("x", "n", multiplier="per").struct.unnest())
    assert table.select("value", "detail").rows() == [(5e14, None), (None, "impossible input")]
