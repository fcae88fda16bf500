"""Spec: a process control chart tells a signal from noise, by four rules, and says no more than it can."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from outcomes import statistics
from outcomes.vocabulary import Polarity

GOOD = Polarity.HIGHER_IS_BETTER
# neighbours differ by 1, so the average moving range is 1 and the limits lie 2.66 from the mean of 50
QUIET = [49.5, 50.5] * 6


def chart(values: list[Any], **options: Any) -> pl.DataFrame:
    months = pl.DataFrame(
        {"trust": "R1", "month": list(range(len(values))), "value": values}, schema_overrides={"value": pl.Float64}
    )
    return statistics.special_cause_points(months, by="trust", order="month", **options)


def icons(points: pl.DataFrame, polarity: Polarity = GOOD, **options: Any) -> dict[str, Any]:
    return statistics.variation_and_assurance(points, by="trust", polarity=polarity, **options).row(0, named=True)


def test_limits_lie_2_66_average_moving_ranges_from_the_mean() -> None:
    row = chart(QUIET).row(0, named=True)
    assert row["process_mean"] == 50.0
    assert (row["lower_process_limit"], row["upper_process_limit"]) == pytest.approx((47.34, 52.66), rel=1e-14)


def test_a_point_beyond_a_limit_is_flagged_whichever_side_and_polarity_says_whether_it_is_good() -> None:
    up = chart([*QUIET, 70.0], polarity=GOOD).row(-1, named=True)
    down = chart([*QUIET, 30.0], polarity=GOOD).row(-1, named=True)
    unjudged = chart([*QUIET, 30.0]).row(-1, named=True)
    assert (up["rule"], up["direction"], up["variation"]) == ("outside the limits", "up", "improvement")
    assert (down["rule"], down["direction"], down["variation"]) == ("outside the limits", "down", "concern")
    assert (unjudged["rule"], unjudged["variation"]) == ("outside the limits", "not judged")


def test_seven_points_that_each_rise_are_a_trend_and_all_seven_are_flagged() -> None:
    values = [50, 55, 45, 54, 46, 47, 48, 49, 50, 51, 52, 47, 55, 45]
    rules = chart(values)["rule"].to_list()
    assert rules == [None] * 4 + ["seven in a trend"] * 7 + [None] * 3
    # six are none
    assert "seven in a trend" not in chart([*values[:5], *values[6:]])["rule"].to_list()


def test_a_tie_or_a_missing_point_breaks_a_trend() -> None:
    assert chart([50, 55, 45, 46, 47, 48, 48, 49, 50, 51, 47, 55, 45])["rule"].drop_nulls().is_empty()
    assert chart([50, 55, 45, 46, 47, 48, None, 49, 50, 51, 47, 55, 45])["rule"].drop_nulls().is_empty()


def test_two_in_three_near_one_limit_are_flagged_and_the_third_is_not() -> None:
    rules = chart([*QUIET, 52.4, 50.6, 52.4, *QUIET])["rule"].to_list()
    assert rules[12:15] == ["two in three near a limit", None, "two in three near a limit"]
    # a point on the other side of the mean between them breaks it
    assert chart([*QUIET, 52.4, 49.6, 52.4, *QUIET])["rule"].drop_nulls().is_empty()


def test_seven_on_one_side_of_the_mean_are_flagged_and_a_point_on_the_mean_breaks_the_run() -> None:
    shifted = [49, 51, 48, 50, 49, 51, 48, 53, 54, 53.5, 54, 53, 54, 53.5, 50]
    rules = chart(shifted)["rule"].to_list()
    assert rules[7:14] == ["seven on one side of the mean"] * 7
    mirrored = [-1.0, -2, -1, 0, -2, -1, -2, 2, 1, 2, 0, 1, 2, 1]
    points = chart(mirrored)
    assert points["process_mean"][0] == 0.0
    assert points["rule"].drop_nulls().is_empty()


def test_a_point_under_several_rules_is_named_by_the_first() -> None:
    points = chart([50, 51, 49, 51, 49, 51, 49, 50, 51, 52, 53, 54, 60, 70])
    assert points["rule"].to_list()[-2:] == ["outside the limits", "outside the limits"]
    assert points["rule"].to_list()[6] == "seven in a trend"


def test_the_turning_point_of_a_rise_and_a_fall_goes_with_the_fall() -> None:
    # wide limits around it
    values = [30.0, 70.0, 30.0, 70.0, 30.0, 70.0, 50.0, 51, 52, 53, 54, 55, 56, 55, 54, 53, 52, 51, 50, 70.0]
    points = chart(values, polarity=GOOD)
    assert points.filter(rule="seven in a trend")["direction"].to_list() == ["up"] * 6 + ["down"] * 7


def test_the_screened_method_drops_the_ranges_of_an_outlier_and_the_other_keeps_them() -> None:
    values = [*QUIET, 70.0, *QUIET]
    screened, kept = (chart(values, method=method).row(0, named=True) for method in ("ptd", "nhse_excel"))
    assert screened["upper_process_limit"] - screened["process_mean"] == pytest.approx(2.66)
    assert kept["upper_process_limit"] - kept["process_mean"] == pytest.approx(2.66 * (22 + 20.5 + 19.5) / 24, rel=0.05)


def test_limits_begin_anew_where_a_change_was_named_and_nowhere_else() -> None:
    months = pl.DataFrame(
        {
            "trust": "R1",
            "month": pl.date_range(date(2024, 1, 1), date(2026, 2, 1), "1mo", eager=True),
            "value": [49.0, 51.0] * 6 + [59.0, 61.0] * 7,
        }
    ).with_columns(begins_anew=pl.col("month") == date(2025, 1, 1))
    whole = statistics.special_cause_points(months, by="trust", order="month")
    cut = statistics.special_cause_points(months, by="trust", order="month", begins_anew="begins_anew")
    assert whole["process_mean"].n_unique() == 1
    assert not whole["rule"].drop_nulls().is_empty()
    assert cut["rule"].drop_nulls().is_empty()
    assert cut.group_by("segment", maintain_order=True).agg(
        pl.col("process_mean", "points", "is_provisional").first()
    ).rows() == [(0, 50.0, 12, True), (1, 60.0, 14, False)]


def test_no_run_crosses_into_another_segment() -> None:
    months = pl.DataFrame({"trust": "R1", "month": range(26), "value": [49.0, 51.0] * 5 + list(range(50, 66))})
    cut = months.with_columns(begins_anew=pl.col("month") == 13)
    points = statistics.special_cause_points(cut, by="trust", order="month", begins_anew="begins_anew")
    assert points["rule"].to_list()[10:13] == [None, None, None]
    assert points["rule"][13] == "outside the limits" or points["rule"][13] == "seven in a trend"


def test_a_fixed_baseline_makes_the_limits_and_every_point_is_held_against_them() -> None:
    points = chart([*QUIET, *[58.0, 59.0] * 4], baseline_points=12, polarity=GOOD)
    assert points["process_mean"].unique().to_list() == [50.0]
    assert points["is_in_limits"].to_list() == [True] * 12 + [False] * 8
    assert points["variation"].to_list()[12:] == ["improvement"] * 8


def test_fewer_than_13_points_make_provisional_limits() -> None:
    assert chart(QUIET)["is_provisional"].all()
    assert not chart([*QUIET, 50.0])["is_provisional"].any()
    # a missing point makes no limits firmer
    assert chart([*QUIET, None])["is_provisional"].all()


def test_a_missing_point_voids_both_its_ranges_and_has_no_variation_but_a_reason() -> None:
    points = chart([*QUIET, None, 90.0, 91.0, 90.0, 91.0])
    row = points.row(12, named=True)
    assert (row["rule"], row["variation"], row["reason"], row["detail"]) == (None, None, "missing", None)
    assert row["upper_process_limit"] - row["process_mean"] == pytest.approx(2.66)


@pytest.mark.parametrize("values", [[50, 90, 50, 51, 52, None, 53, 54, 55, 56, 20, 80, 51], [None] * 12])
def test_series_on_which_the_reference_package_stops_flag_nothing(values: list[float | None]) -> None:
    points = chart(values)
    assert points["rule"].drop_nulls().is_empty()
    assert points.filter(pl.col("value").is_null())["reason"].unique().to_list() == ["missing"]


def test_a_last_point_that_is_missing_shows_neither_common_nor_special_cause() -> None:
    row = icons(chart([*QUIET, 54.0, None], polarity=GOOD), target=95.0)
    assert (row["variation"], row["reason"], row["special_causes"]) == (None, "missing", 1)
    assert row["assurance"] == "consistently misses"


@pytest.mark.parametrize("value", [50.0, 0.1, 1 / 3])
def test_a_series_that_does_not_vary_has_no_limits_and_no_flags(value: float) -> None:
    row = icons(chart([value] * 17, polarity=GOOD), target=99.0)
    assert (row["lower_process_limit"], row["upper_process_limit"], row["detail"]) == (None, None, "no spread")
    assert (row["variation"], row["special_causes"], row["assurance"]) == ("common cause", 0, "hit and miss")


@pytest.mark.parametrize(
    ("target", "polarity", "assurance"),
    [
        (60.0, Polarity.HIGHER_IS_BETTER, "consistently misses"),
        (60.0, Polarity.LOWER_IS_BETTER, "consistently meets"),
        (40.0, Polarity.HIGHER_IS_BETTER, "consistently meets"),
        (40.0, Polarity.LOWER_IS_BETTER, "consistently misses"),
        (51.0, Polarity.HIGHER_IS_BETTER, "hit and miss"),
        (60.0, Polarity.NO_JUDGEMENT, None),
        (None, Polarity.HIGHER_IS_BETTER, None),
    ],
)
def test_assurance_tells_where_the_target_lies_beside_the_limits(
    target: float | None, polarity: Polarity, assurance: str | None
) -> None:
    assert icons(chart(QUIET), polarity, target=target)["assurance"] == assurance


def test_a_target_on_a_limit_is_hit_and_miss() -> None:
    points = chart(QUIET)
    for limit in (points["lower_process_limit"][0], points["upper_process_limit"][0]):
        assert icons(points, target=limit)["assurance"] == "hit and miss"
