"""Tests of whether a gap narrows or widens."""

from typing import Any

import numpy as np
import polars as pl
import pytest

from outcomes import statistics
from outcomes.errors import UnknownNameError
from outcomes.vocabulary import Detail, Reason


def change(gaps: list[float | None], half: float = 2.0, **options: Any) -> dict[str, Any]:
    frame = pl.DataFrame(
        {"series": ["E1"] * len(gaps), "year": list(range(2015, 2015 + len(gaps))), "gap": gaps},
        schema_overrides={"gap": pl.Float64},
    ).with_columns(lower_ci_95=pl.col("gap") - half, upper_ci_95=pl.col("gap") + half)
    return statistics.gap_trend(frame, by="series", order="year", gap="gap", **options).row(0, named=True)


@pytest.mark.parametrize(
    ("gaps", "word"),
    [
        ([4, 6, 7, 9, 12], "widening"),
        ([12, 9, 7, 6, 4], "narrowing"),
        # on the other side: the same words
        ([-4, -6, -7, -9, -12], "widening"),
        ([-12, -9, -7, -6, -4], "narrowing"),
        ([6, 7, 6, 8, 7], "no significant change"),
        # closed to within chance, or opened from there
        ([-9, -7, -5, -2, 1], "narrowing"),
        ([-1, 2, 5, 7, 9], "widening"),
        ([9, 7, 5, 2, -1], "narrowing"),
        # from one side to the other
        ([-9, -4, 0, 5, 9], "cannot tell"),
        ([4, 6, 7, 9], "cannot tell"),
    ],
)
def test_the_word_is_about_the_size_of_the_gap_and_not_its_sign(gaps: list[float | None], word: str) -> None:
    assert change(gaps)["change"] == word


def test_the_heights_are_those_of_the_weighted_line() -> None:
    gaps, halves = [4.0, 6.5, 7.0, 9.0, 12.0], [1.0, 2.0, 1.5, 3.0, 2.5]
    frame = pl.DataFrame({"area": ["E1"] * 5, "year": range(5), "value": gaps, "half": halves})
    frame = frame.with_columns(
        lower_ci_95=pl.col("value") - pl.col("half"), upper_ci_95=pl.col("value") + pl.col("half")
    )
    found = statistics.gap_trend(frame, by="area", order="year").row(0, named=True)
    slope, start = np.polyfit(range(5), gaps, 1, w=1.96 / np.array(halves))
    assert found["slope"] == pytest.approx(slope, rel=1e-12)
    assert found["first_height"] == pytest.approx(start, rel=1e-12)
    assert found["last_height"] == pytest.approx(start + 4 * slope, rel=1e-12)


def test_why_nothing_can_be_told_is_said() -> None:
    crossed = change([-9, -4, 0, 5, 9])
    assert (crossed["reason"], crossed["detail"], crossed["obstacle"]) == (
        Reason.NOT_COMPARABLE,
        None,
        "the gap changed sides",
    )
    # a line that may have begun and ended at no gap at all has not changed sides for sure
    near_none = change([-1.8, -1.5, 0.0, 1.5, 1.8])
    assert (near_none["change"], near_none["reason"], near_none["obstacle"]) == (
        "cannot tell",
        Reason.NOT_COMPARABLE,
        "the line changes sides, and chance could explain the gap at either end",
    )
    short = change([4, 6, 7, 9])
    assert (short["reason"], short["detail"]) == (Reason.CANNOT_BE_CALCULATED, Detail.TOO_FEW_POINTS)
    assert short["obstacle"] == "fewer than five points"
    assert short["first_height"] is None


def test_a_period_without_a_gap_stops_one_method_and_is_passed_over_by_the_other() -> None:
    gaps: list[float | None] = [4, 6, None, 7, 9, 12]
    assert change(gaps)["change"] == "cannot tell"
    found = change(gaps, method="gap_trend_fingertips_next")
    assert (found["change"], found["points"]) == ("widening", 5)
    without = change([4, 6, 7, 9, 12])
    assert found["last_height"] == pytest.approx(without["last_height"], rel=1e-14)


def test_only_the_newest_five_points_count() -> None:
    assert change([100, 50, 4, 6, 7, 9, 12])["change"] == "widening"


def test_a_gap_of_a_ratio_is_given_as_its_logarithm() -> None:
    ratios = [1.5, 1.8, 2.1, 2.4, 3.0]
    assert change([float(np.log(ratio)) for ratio in ratios], half=0.15)["change"] == "widening"
    assert change([float(np.log(1 / ratio)) for ratio in ratios], half=0.15)["change"] == "widening"


def test_series_stand_apart_in_any_order_and_may_have_any_name() -> None:
    rows = [
        (area, year, gap)
        for area, gaps in (("E2", [4, 6, 7, 9, 12]), (None, [12, 9, 7, 6, 4]))
        for year, gap in enumerate(gaps)
    ]
    frame = pl.DataFrame(rows, schema={"order": pl.String, "year": pl.Int64, "value": pl.Float64}, orient="row")
    frame = frame.with_columns(lower_ci_95=pl.col("value") - 2, upper_ci_95=pl.col("value") + 2)
    found = statistics.gap_trend(frame.rename({"order": "area"}).reverse(), by="area", order="year")
    assert found.select("area", "change").rows() == [(None, "narrowing"), ("E2", "widening")]


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="expected one of gap_trend_fingertips_2020"):
        change([1, 2, 3, 4, 5], method="trend_fingertips_2020")


def test_every_method_of_a_gaps_change_is_registered() -> None:
    from outcomes.statistics.gap_trends import GAP_TREND_METHODS

    for name in GAP_TREND_METHODS:
        assert statistics.method_named(name).signal == "inequality"
