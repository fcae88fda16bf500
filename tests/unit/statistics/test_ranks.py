"""Tests of ranks and of the interval of a rank."""

import random
from typing import Any

import polars as pl
import pytest

from outcomes import statistics
from outcomes.errors import TableError
from outcomes.statistics.confidence import normal_quantile


def areas(*rows: tuple[float | None, float | None]) -> pl.DataFrame:
    """One area a row: its value and half the width of its 95 % interval."""
    return pl.DataFrame(
        [(value, *(None if None in (value, half) else end for end in _ends(value, half))) for value, half in rows],
        schema={"value": pl.Float64, "lower_ci_95": pl.Float64, "upper_ci_95": pl.Float64},
        orient="row",
    )


def _ends(value: float | None, half: float | None) -> tuple[float, float]:
    return (value or 0.0) - (half or 0.0), (value or 0.0) + (half or 0.0)


def ranked(frame: pl.DataFrame, **options: Any) -> pl.DataFrame:
    return statistics.ranks(frame, value="value", lower="lower_ci_95", upper="upper_ci_95", **options)


def test_ties_share_their_ranks_in_words_and_numbers() -> None:
    table = ranked(areas((9, 1), (7, 1), (7, 1), (7, 1), (1, 1)))
    assert table["rank"].to_list() == ["1st", *["joint 2nd–4th"] * 3, "5th"]
    assert table.select("rank_first", "rank_last").row(1) == (2, 4)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(1, 1, "1st"), (3, 3, "3rd"), (11, 13, "joint 11th–13th"), (101, 112, "joint 101st–112th"), (22, 22, "22nd")],
)
def test_ordinals_are_english(first: int, last: int, words: str) -> None:
    assert statistics.rank_words(first, last) == words


def test_areas_far_apart_have_certain_ranks_and_those_that_overlap_any_of_theirs() -> None:
    table = ranked(areas((100, 1), (50, 5), (49, 5), (10, 1)))
    assert table.select("rank_lower", "rank_upper").rows() == [(1, 1), (2, 3), (2, 3), (4, 4)]
    lowest = ranked(areas((100, 1), (50, 5), (49, 5), (10, 1)), highest_first=False)
    assert lowest.select("rank_lower", "rank_upper").rows() == [(4, 4), (2, 3), (2, 3), (1, 1)]
    assert lowest["rank"].to_list() == ["4th", "3rd", "2nd", "1st"]


def test_the_limits_are_widened_for_all_areas_at_once() -> None:
    # 3.0 apart with half-widths of 1.4: apart at 95 % each, but not both at once with 95 %
    gap, half = 3.0, 1.4
    stretch = normal_quantile(0.95**0.5) / normal_quantile(0.95)
    assert 2 * half < gap < 2 * half * stretch
    assert ranked(areas((gap, half), (0, half)))["rank_upper"].to_list() == [2, 2]
    assert ranked(areas((gap, half), (0, half)), joint_confidence=0.9)["rank_upper"].to_list() == [1, 2]


def test_limits_at_another_level_give_the_same_interval() -> None:
    frame = areas((3, 1.4), (0.5, 1.0), (-4, 2.0))
    factor = normal_quantile(0.998) / normal_quantile(0.95)
    wide = areas((3, 1.4 * factor), (0.5, 1.0 * factor), (-4, 2.0 * factor))
    assert (
        ranked(wide, confidence=0.998)
        .drop("lower_ci_95", "upper_ci_95")
        .equals(ranked(frame).drop("lower_ci_95", "upper_ci_95"))
    )


def test_an_area_without_a_value_has_no_rank_and_one_without_an_interval_may_be_anywhere() -> None:
    frame = areas((9, 1), (None, None), (5, None), (1, 1), (float("nan"), 1))
    table = ranked(frame)
    assert table.select("rank", "rank_lower", "rank_upper", "reason", "detail").rows() == [
        ("1st", 1, 2, None, None),
        (None, None, None, "missing", None),
        ("2nd", None, None, None, "no spread"),
        ("3rd", 2, 3, None, None),
        (None, None, None, "cannot be calculated", "impossible input"),
    ]


def test_an_interval_that_does_not_hold_its_value_is_not_used() -> None:
    frame = areas((9, 1), (5, 1)).with_columns(upper_ci_95=pl.Series([8.5, 6.0]))
    table = ranked(frame)
    assert table.select("rank", "rank_lower", "detail").rows() == [("1st", None, "impossible input"), ("2nd", 1, None)]


def test_areas_are_ranked_within_their_groups_and_stay_in_their_rows() -> None:
    frame = areas((1, 0.1), (5, 0.1), (9, 0.1), (2, 0.1)).with_columns(region=pl.Series(["N", "S", "N", "S"]))
    table = ranked(frame, by="region")
    assert table.columns[: len(frame.columns)] == frame.columns
    assert table["rank"].to_list() == ["2nd", "1st", "1st", "2nd"]


def test_a_frame_without_rows_stays_without() -> None:
    assert ranked(areas()).height == 0
    assert ranked(areas()).columns[-2:] == ["reason", "detail"]
    assert ranked(areas().with_columns(region=pl.lit("N")), by="region").height == 0


def test_wrong_arguments_are_refused() -> None:
    frame = areas((1, 1))
    with pytest.raises(ValueError, match="confidence: found 95"):
        ranked(frame, confidence=95)
    with pytest.raises(TableError, match="column rank: found already"):
        ranked(frame.with_columns(rank=pl.lit(1)))
    with pytest.raises(TableError, match="column region: found only"):
        ranked(frame, by="region")


def test_all_true_ranks_lie_in_their_intervals_together_as_often_as_promised() -> None:
    draw = random.Random(20)
    truth = [draw.gauss(0, 2) for _ in range(12)]
    true_rank = {place: 1 + sum(other > value for other in truth) for place, value in enumerate(truth)}
    half = normal_quantile(0.95)
    samples = 400
    held = 0
    narrow = 0
    for _ in range(samples):
        table = ranked(areas(*((draw.gauss(value, 1), half) for value in truth)))
        rows = table.select("rank_lower", "rank_upper").rows()
        held += all(low <= true_rank[place] <= high for place, (low, high) in enumerate(rows))
        narrow += sum(high - low < 11 for low, high in rows)
    # three standard errors of 95 % in 400 samples are 3.3 %
    assert held / samples >= 0.95 - 0.033
    # and the intervals say something
    assert narrow / (12 * samples) > 0.5
