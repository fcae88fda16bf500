"""What must hold for any process control chart."""

import math
from collections.abc import Sequence
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from outcomes import statistics
from outcomes.vocabulary import Polarity

MIRROR = {"improvement": "concern", "concern": "improvement", "common cause": "common cause", None: None}
TURNED = {"up": "down", "down": "up", None: None}

# few distinct values, so that ties, runs and points on the mean come often
value = st.integers(-6, 6).map(float) | st.none()
series = st.lists(value, min_size=1, max_size=40)
methods = st.sampled_from(["ptd", "nhse_excel"])
WORDS = ["rule", "direction", "variation", "reason", "detail"]


def chart(
    values: Sequence[float | None], method: str = "ptd", polarity: Polarity = Polarity.HIGHER_IS_BETTER
) -> pl.DataFrame:
    frame = pl.DataFrame(
        {"trust": "R1", "month": list(range(len(values))), "value": list(values)},
        schema_overrides={"value": pl.Float64},
    )
    return statistics.special_cause_points(frame, by="trust", order="month", polarity=polarity, method=method)


def rules_by_hand(values: list[float], mean: float, width: float) -> list[str | None]:
    """The four rules as they are written, window by window."""
    found: list[str | None] = [None] * len(values)

    def mark(places: list[int], rule: str) -> None:
        for place in places:
            found[place] = rule

    beside = [number - mean for number in values]
    side = [0 if abs(number) < 1e-9 else (1 if number > 0 else -1) for number in beside]
    outside = [abs(number) > width + 1e-9 for number in beside]
    near = [abs(number) > width * 2 / 3 + 1e-9 and not out for number, out in zip(beside, outside, strict=True)]
    # the last that is marked takes precedence
    for end in range(7, len(values) + 1):
        if abs(sum(side[end - 7 : end])) == 7:
            mark(list(range(end - 7, end)), "seven on one side of the mean")
    for end in range(3, len(values) + 1):
        places = list(range(end - 3, end))
        if abs(sum(side[place] for place in places)) == 3 and sum(near[place] for place in places) >= 2:
            mark([place for place in places if near[place]], "two in three near a limit")
    for end in range(7, len(values) + 1):
        steps = [after - before for before, after in zip(values[end - 7 : end], values[end - 6 : end], strict=False)]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            mark(list(range(end - 7, end)), "seven in a trend")
    mark([place for place, is_out in enumerate(outside) if is_out], "outside the limits")
    return found


@settings(deadline=None)
@given(st.lists(st.integers(-9, 9).map(float), min_size=2, max_size=40), methods)
def test_the_rules_are_those_told_window_by_window(values: list[float], method: str) -> None:
    points = chart(values, method)
    limit = points["upper_process_limit"][0]
    mean = points["process_mean"][0]
    # without limits nothing lies beyond them, or near
    width = math.inf if limit is None else limit - mean
    assert points["rule"].to_list() == rules_by_hand(values, mean, width)


@settings(deadline=None)
@given(series, methods)
def test_the_mirror_image_has_the_mirrored_limits_and_words(values: list[float | None], method: str) -> None:
    points = chart(values, method)
    mirrored = chart([None if number is None else -number for number in values], method)
    for one, other in (("process_mean", "process_mean"), ("lower_process_limit", "upper_process_limit")):
        assert_frame_equal(points.select(a=one), mirrored.select(a=-pl.col(other)))
    assert points["rule"].to_list() == mirrored["rule"].to_list()
    assert [TURNED[word] for word in points["direction"]] == mirrored["direction"].to_list()
    assert [MIRROR[word] for word in points["variation"]] == mirrored["variation"].to_list()


@settings(deadline=None)
@given(series, methods, st.sampled_from([2.0**-20, 3.0, 1000.0, 1e11]))
def test_another_unit_changes_no_word(values: list[float | None], method: str, factor: float) -> None:
    points = chart(values, method)
    scaled = chart([None if number is None else number * factor for number in values], method)
    assert_frame_equal(points.select(WORDS), scaled.select(WORDS))
    limits = ["process_mean", "lower_process_limit", "upper_process_limit"]
    assert_frame_equal(
        points.select(pl.col(limits) * factor), scaled.select(limits), rel_tol=1e-12, abs_tol=factor * 1e-12
    )


@settings(deadline=None)
@given(series, st.randoms(use_true_random=False), methods)
def test_the_order_of_the_rows_and_the_other_series_change_nothing(
    values: list[float | None], chance: Any, method: str
) -> None:
    alone = chart(values, method)
    frame = pl.DataFrame(
        {
            "trust": ["R1"] * len(values) + ["R2"] * len(values),
            "month": list(range(len(values))) * 2,
            "value": values + values[::-1],
        },
        schema_overrides={"value": pl.Float64},
    )
    places = list(range(frame.height))
    chance.shuffle(places)
    both = statistics.special_cause_points(
        frame[places], by="trust", order="month", polarity=Polarity.HIGHER_IS_BETTER, method=method
    )
    assert_frame_equal(both.filter(trust="R1"), alone, check_exact=True)


@settings(deadline=None)
@given(series, methods)
def test_limits_hold_the_mean_and_a_point_has_a_variation_or_a_reason(values: list[float | None], method: str) -> None:
    points = chart(values, method)
    limits = points.select("lower_process_limit", "process_mean", "upper_process_limit").drop_nulls()
    assert limits.select((pl.col("lower_process_limit") < pl.col("process_mean")).all()).item()
    assert limits.select((pl.col("process_mean") < pl.col("upper_process_limit")).all()).item()
    assert (points["variation"].is_null() == points["reason"].is_not_null()).all()
    assert (points["rule"].is_null() == points["direction"].is_null()).all()
    assert points.filter(pl.col("value").is_null())["rule"].is_null().all()
