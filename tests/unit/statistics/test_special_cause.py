"""Tests of process control charts and of seasons: input that is no series, and the numbers themselves."""

import math
from typing import Any

import numpy as np
import polars as pl
import pytest

from outcomes import statistics
from outcomes.errors import TableError, UnknownNameError
from outcomes.vocabulary import Polarity
from tests.shared import needs_shared, shared_path


def months(values: list[Any], **columns: Any) -> pl.DataFrame:
    series = pl.DataFrame({"value": values}, schema={"value": pl.Float64})
    return series.with_columns(
        pl.lit("R1").alias("trust"),
        pl.int_range(pl.len()).alias("month"),
        *(pl.lit(v).alias(k) for k, v in columns.items()),
    )


def points(frame: pl.DataFrame, **options: Any) -> pl.DataFrame:
    return statistics.special_cause_points(frame, by="trust", order="month", **options)


@needs_shared
def test_limits_of_real_monthly_series_equal_an_independent_computation() -> None:
    rows = pl.read_csv(shared_path("reference") / "spc_input.csv").filter(pl.col("series_id").str.starts_with("s-ae-"))
    assert rows["series_id"].n_unique() == 12
    for method in ("ptd", "nhse_excel"):
        charts = statistics.special_cause_points(rows, by="series_id", order="date", value="y", method=method)
        for (_,), chart in charts.group_by("series_id"):
            y = chart["y"].to_numpy()
            ranges = np.abs(np.diff(y))
            if method == "ptd":
                ranges = ranges[ranges < 3.267 * ranges.mean()]
            expected = (y.mean() - 2.66 * ranges.mean(), y.mean(), y.mean() + 2.66 * ranges.mean())
            found = chart.select("lower_process_limit", "process_mean", "upper_process_limit").row(0)
            assert found == pytest.approx(expected, rel=1e-12)
            outside = (y > expected[2]) | (y < expected[0])
            assert (chart["rule"] == "outside the limits").fill_null(value=False).to_list() == outside.tolist()


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e300])
def test_an_impossible_number_is_no_point_and_has_a_reason(value: float) -> None:
    table = points(months([50, 51, 50, value, 49, 50, 51]))
    row = table.row(3, named=True)
    assert (row["variation"], row["reason"], row["detail"]) == (None, "cannot be calculated", "impossible input")
    assert table["points"][0] == 6
    for name in ("process_mean", "lower_process_limit", "upper_process_limit"):
        assert table[name].is_finite().all()


def test_a_series_with_a_date_twice_or_without_one_is_refused_and_the_others_stand() -> None:
    good = months([50, 51, 50, 49, 60]).with_columns(pl.lit("R2").alias("trust"))
    twice = months([50, 51, 50, 49, 60]).with_columns(month=pl.Series([0, 1, 2, 2, 3]))
    without = twice.with_columns(month=pl.Series([0, 1, 2, None, 3]), trust=pl.lit("R3"))
    table = points(pl.concat([good, twice, without]))
    refused = table.filter(pl.col("trust") != "R2")
    assert refused["reason"].unique().to_list() == ["cannot be calculated"]
    assert refused["detail"].unique().to_list() == ["impossible input"]
    assert refused["process_mean"].is_null().all()
    alone = points(good)
    assert table.filter(trust="R2").equals(alone)


def test_one_point_or_two_apart_have_a_mean_and_no_limits() -> None:
    for values in ([50.0], [50.0, None, 60.0]):
        row = points(months(values)).row(-1, named=True)
        assert row["process_mean"] is not None
        assert (row["lower_process_limit"], row["detail"]) == (None, "too few points")


def test_an_empty_frame_gives_an_empty_table_of_the_same_columns() -> None:
    full, empty = points(months([50, 51])), points(months([]))
    assert empty.schema == full.schema
    assert statistics.variation_and_assurance(empty, by="trust").is_empty()


def test_unsorted_rows_of_many_series_come_back_sorted_with_their_own_columns() -> None:
    frame = pl.concat([months([50, 51, 49], note="a"), months([3, 4, 5], note="b").with_columns(trust=pl.lit("R0"))])
    table = points(frame.reverse())
    assert table.select("trust", "month", "note").rows() == [
        *(("R0", month, "b") for month in range(3)),
        *(("R1", month, "a") for month in range(3)),
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"value": "values"}, "column values"),
        ({"begins_anew": "rebased"}, "column rebased"),
        ({"polarity": "goodness"}, "column goodness"),
        ({"baseline_points": "baseline"}, "column baseline"),
    ],
)
def test_a_column_that_is_not_there_is_refused_by_name(options: dict[str, str], message: str) -> None:
    with pytest.raises(TableError, match=message):
        points(months([50, 51]), **options)


def test_a_column_named_as_a_result_and_an_unknown_method_are_refused() -> None:
    with pytest.raises(TableError, match="found rule, expected names that no result has"):
        points(months([50, 51], rule="x"))
    with pytest.raises(UnknownNameError, match="found 'shewhart', expected one of nhse_excel, ptd"):
        points(months([50, 51]), method="shewhart")


def test_a_polarity_that_is_none_is_not_judged() -> None:
    frame = months([50, 51, 50, 51, 50, 51, 90]).with_columns(which=pl.lit("good"))
    assert points(frame, polarity="which")["variation"][-1] == "not judged"
    assert points(frame, polarity=Polarity.LOWER_IS_BETTER)["variation"][-1] == "concern"


def wave(amplitude: float, years: int, seed: int = 3) -> list[float]:
    noise = np.random.default_rng(seed).normal(size=12 * years)
    return [100 + noise[month] + amplitude * math.sin(month * math.pi / 6) for month in range(12 * years)]


def test_a_yearly_wave_is_seasonal_and_noise_or_a_drift_is_not() -> None:
    def told(values: list[Any]) -> Any:
        return statistics.seasonal_series(months(values), by="trust", order="month")["is_seasonal"].item()

    assert told(wave(3, 3)) is True
    assert told(wave(0, 3)) is False
    assert told([float(month) for month in range(36)]) is False
    assert told([50.0] * 36) is False
    # twelve pairs a year apart: 24 months tell, 23 do not, nor do 24 of which one is missing
    assert told(wave(3, 2)) is True
    assert told(wave(3, 2)[:-1]) is None
    assert told([*wave(3, 2)[:-1], None]) is None


def test_seasonal_differences_are_taken_by_date_not_by_row() -> None:
    full = months(wave(3, 4))
    gaps = full.filter(~pl.col("month").is_in([5, 17, 30]))
    row = statistics.seasonal_series(gaps, by="trust", order="month").row(0, named=True)
    values = dict(gaps.select("month", "value").iter_rows())
    apart = {
        steps: [abs(value - values[month - steps]) for month, value in values.items() if month - steps in values]
        for steps in (12, 6)
    }
    assert row["pairs"] == len(apart[12])
    assert row["ratio"] == pytest.approx(float(np.mean(apart[12]) / np.mean(apart[6])), rel=1e-12)


def test_quarters_have_four_periods_a_year_and_odd_years_are_refused() -> None:
    quarters = months([math.sin(quarter * math.pi / 2) + quarter % 3 * 0.1 for quarter in range(16)])
    found = statistics.seasonal_series(quarters, by="trust", order="month", periods_a_year=4)
    assert found.select("is_seasonal", "pairs").row(0) == (True, 12)
    with pytest.raises(ValueError, match="expected an even number"):
        statistics.seasonal_series(quarters, by="trust", order="month", periods_a_year=3)
    with pytest.raises(TableError, match="expected whole running numbers"):
        statistics.seasonal_series(
            quarters.with_columns(pl.col("month").cast(pl.Float64)), by="trust", order="month", periods_a_year=4
        )


def _share_told(pattern: Any, length: int = 24, charts: int = 400, a_year: int = 12) -> float:
    """The share of drawn charts that are said to have a season: a pattern, in standard deviations, and noise."""
    noise = np.random.default_rng(20261122).normal(size=(charts, length))
    values = noise + np.array([pattern(period) for period in range(length)])
    frame = pl.DataFrame(
        {
            "trust": np.repeat(np.arange(charts), length),
            "month": np.tile(np.arange(length), charts),
            "value": values.ravel(),
        }
    )
    told = statistics.seasonal_series(frame, by="trust", order="month", periods_a_year=a_year)
    return float(told["is_seasonal"].mean() or 0.0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("what", "pattern", "at_least"),
    [
        ("a yearly wave", lambda month: 2 * math.cos(math.pi * month / 6), 0.85),
        ("two waves a year", lambda month: 2 * math.cos(math.pi * month / 3), 0.6),
        ("a wave a quarter", lambda month: 3.0 * (month % 3 == 2), 0.6),
        ("an odd month", lambda month: 5.0 * (month % 12 == 11), 0.3),
    ],
)
def test_any_pattern_that_comes_again_each_year_is_found_as_often_as_is_said(
    what: str, pattern: Any, at_least: float
) -> None:
    assert _share_told(pattern) > at_least, what


def test_series_without_a_season_are_warned_about_no_more_often_than_is_said() -> None:
    assert _share_told(lambda _: 0.0, charts=1200) < 0.025
    assert _share_told(lambda _: 0.0, length=36) < 0.01
    assert _share_told(lambda _: 0.0, length=16, charts=1200, a_year=4) < 0.035
    assert _share_told(lambda month: 0.1 * month) < 0.01


def test_a_series_that_only_goes_to_and_fro_has_no_season() -> None:
    frame = months([50.0, 52.0] * 18)
    assert statistics.seasonal_series(frame, by="trust", order="month")["is_seasonal"].item() is False


def test_yearly_differences_take_the_season_out_and_leave_what_is_odd() -> None:
    values = [100 + 20 * math.sin(month * math.pi / 6) + month % 2 for month in range(36)]
    values[30] += 40
    frame = months(values)
    differences = statistics.yearly_differences(frame, by="trust", order="month")
    assert differences.columns == [*frame.columns, "yearly_difference"]
    assert differences["yearly_difference"].null_count() == 12
    charted = statistics.special_cause_points(
        differences.drop("value"), by="trust", order="month", value="yearly_difference", method="nhse_excel"
    )
    flagged = charted.filter(pl.col("rule") == "outside the limits")["month"].to_list()
    assert flagged == [30]
    with pytest.raises(TableError, match="yearly_difference"):
        statistics.yearly_differences(differences, by="trust", order="month")


def test_a_yearly_difference_is_missing_where_either_value_is() -> None:
    frame = months([1.0, None, *[2.0] * 11, 5.0, None])
    found = statistics.yearly_differences(frame, by="trust", order="month")["yearly_difference"].to_list()
    assert found == [None] * 12 + [1.0, None, None]


def near_a_limit(*places: int, length: int = 20) -> list[int]:
    """The places flagged as two in three near a limit, of a series with points near the upper limit at the places."""
    # limits of the first 12 points: 50 ± 2.66 · 2
    values = [49.0, 51.0] * 6 + [50.5] * (length - 12)
    for place in places:
        values[place] = 54.5
    charted = points(months(values), baseline_points=12)
    assert charted["upper_process_limit"][0] == pytest.approx(50 + 2.66 * 2)
    return charted.filter(pl.col("rule") == "two in three near a limit")["month"].to_list()


def test_two_points_near_a_limit_are_told_together_whether_they_end_the_series_or_not() -> None:
    assert near_a_limit(14, 15) == [14, 15]
    assert near_a_limit(14, 16) == [14, 16]
    assert near_a_limit(18, 19) == [18, 19]
    assert near_a_limit(19) == []


def test_one_point_near_a_limit_is_nothing_though_none_comes_before_it() -> None:
    charted = points(months([55.0, *[49.0, 51.0] * 10]))
    mean, upper = charted.select("process_mean", "upper_process_limit").row(0)
    assert mean + (upper - mean) * 2 / 3 < 55.0 < upper
    assert charted["rule"].null_count() == charted.height
