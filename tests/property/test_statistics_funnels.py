"""What must hold for any funnel, gap and slope index."""

import math
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from outcomes import statistics
from outcomes.statistics.funnel_positions import FUNNEL_METHODS

MOST = 10**12
MIRROR = {
    "much lower": "much higher",
    "lower": "higher",
    "similar": "similar",
    "higher": "lower",
    "much higher": "much lower",
    "not compared": "not compared",
}
any_float = st.floats(allow_nan=True, allow_infinity=True) | st.none()
methods = st.sampled_from(FUNNEL_METHODS)


@st.composite
def parts(draw: st.DrawFn) -> tuple[int, int]:
    whole = draw(st.integers(1, 60) | st.integers(1, MOST))
    return draw(st.integers(0, whole)), whole


areas = st.lists(parts(), min_size=1, max_size=16)


def funnel(rows: list[tuple[Any, Any]], kind: str, method: str, **options: Any) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema={"x": pl.Float64, "n": pl.Float64}, orient="row", strict=False)
    if kind == "ratio":
        return statistics.ratio_funnel(frame, observed="x", expected="n", method=method, **options)
    make = statistics.proportion_funnel if kind == "proportion" else statistics.rate_funnel
    return make(frame, numerator="x", denominator="n", method=method, **options)


kinds = st.sampled_from(["proportion", "rate", "ratio"])


@settings(max_examples=60, deadline=None)
@given(areas, kinds, methods, st.data())
def test_permuted_areas_have_the_same_funnel_to_the_bit(
    rows: list[tuple[int, int]], kind: str, method: str, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(rows))))
    found = funnel(rows, kind, method)
    assert_frame_equal(funnel([rows[i] for i in order], kind, method), found[order], check_exact=True)


@settings(max_examples=60, deadline=None)
@given(areas, kinds, methods)
def test_lines_hold_the_average_between_them_and_the_outer_hold_the_inner(
    rows: list[tuple[int, int]], kind: str, method: str
) -> None:
    for row in funnel(rows, kind, method).drop_nulls("lower_limit_95").rows(named=True):
        within = 1e-9 * max(row["average"], 1e-300)
        assert 0 <= row["lower_limit_99_8"] <= row["lower_limit_95"] + within
        assert row["lower_limit_95"] <= row["average"] + within
        assert row["average"] <= row["upper_limit_95"] + within
        assert row["upper_limit_95"] <= row["upper_limit_99_8"] + within
        if kind == "proportion":
            assert row["upper_limit_99_8"] <= 100


@settings(max_examples=60, deadline=None)
@given(areas, methods)
def test_those_without_the_property_have_the_mirrored_funnel(rows: list[tuple[int, int]], method: str) -> None:
    found = funnel(rows, "proportion", method)
    mirrored = funnel([(n - x, n) for x, n in rows], "proportion", method)
    clear = [
        math.isclose(one["value"], one[line] or 0.0, rel_tol=1e-9)
        for one in found.rows(named=True)
        for line in ("lower_limit_95", "upper_limit_95", "lower_limit_99_8", "upper_limit_99_8")
    ]
    if not any(clear):
        assert mirrored["position"].to_list() == [MIRROR[word] for word in found["position"]]


@settings(max_examples=60, deadline=None)
@given(areas, st.floats(1e-3, 1e6), methods)
def test_the_multiplier_scales_values_and_lines_and_changes_no_word(
    rows: list[tuple[int, int]], multiplier: float, method: str
) -> None:
    plain = funnel(rows, "rate", method, multiplier=1)
    scaled = funnel(rows, "rate", method, multiplier=multiplier)
    assert plain["position"].to_list() == scaled["position"].to_list()
    for name in ("value", "average", "lower_limit_95", "upper_limit_99_8"):
        for one, other in zip(plain[name], scaled[name], strict=True):
            assert (one is None) == (other is None)
            assert one is None or math.isclose(one * multiplier, other, rel_tol=1e-12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(any_float, any_float), min_size=1, max_size=14), kinds, methods)
def test_no_input_makes_nan_inf_or_an_unexplained_gap(rows: list[tuple[Any, Any]], kind: str, method: str) -> None:
    for row in funnel(rows, kind, method).drop("x", "n").rows(named=True):
        assert all(math.isfinite(number) for number in row.values() if isinstance(number, float))
        assert (row["value"] is None) == (row["reason"] is not None)
        assert row["position"] in MIRROR
        if row["value"] is None:
            assert row["position"] == "not compared"


def ends_of(draw: st.DrawFn, least: float) -> tuple[float, ...]:
    numbers = sorted(draw(st.lists(st.floats(least, 1e6), min_size=5, max_size=5)))
    return tuple(numbers)


@st.composite
def two_groups(draw: st.DrawFn, least: float = 1e-3) -> pl.DataFrame:
    columns: dict[str, list[float]] = {}
    for group in ("most_deprived", "least_deprived"):
        outer_low, low, value, high, outer_high = ends_of(draw, least)
        columns |= {
            f"{group}_value": [value],
            f"{group}_lower_ci_95": [low],
            f"{group}_upper_ci_95": [high],
            f"{group}_lower_ci_99_8": [outer_low],
            f"{group}_upper_ci_99_8": [outer_high],
        }
    return pl.DataFrame(columns)


GAPS = (
    statistics.absolute_gap(),
    statistics.relative_gap(),
    statistics.relative_gap(method="gap_ratio_log"),
)


@settings(max_examples=100, deadline=None)
@given(two_groups())
def test_a_gap_lies_in_its_intervals_and_the_wider_holds_the_narrower(groups: pl.DataFrame) -> None:
    for expression in GAPS:
        row = groups.select(expression.struct.unnest()).row(0, named=True)
        if row["lower_ci_95"] is None:
            continue
        within = 1e-9 * max(abs(row["value"]), *(groups.row(0)))
        assert row["lower_ci_99_8"] <= row["lower_ci_95"] + within
        assert row["lower_ci_95"] <= row["value"] <= row["upper_ci_95"]
        assert row["upper_ci_95"] <= row["upper_ci_99_8"] * (1 + 1e-9) + within


@settings(max_examples=100, deadline=None)
@given(two_groups())
def test_groups_changed_about_turn_the_gap_about(groups: pl.DataFrame) -> None:
    forth = groups.select(GAPS[0].struct.unnest()).row(0, named=True)
    back = groups.select(statistics.absolute_gap("least_deprived", "most_deprived").struct.unnest()).row(0, named=True)
    assert forth["value"] == -back["value"]
    assert math.isclose(forth["lower_ci_95"], -back["upper_ci_95"], rel_tol=1e-12, abs_tol=1e-12)
    ratio = statistics.relative_gap("least_deprived", "most_deprived", method="gap_ratio_log")
    forth = groups.select(GAPS[2].struct.unnest()).row(0, named=True)
    back = groups.select(ratio.struct.unnest()).row(0, named=True)
    assert math.isclose(forth["lower_ci_95"] * back["upper_ci_95"], 1.0, rel_tol=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(any_float, any_float, any_float), min_size=2, max_size=2))
def test_no_pair_of_groups_makes_nan_inf_or_an_unexplained_gap(ends: list[tuple[Any, ...]]) -> None:
    columns: dict[str, list[Any]] = {}
    for group, numbers in zip(("most_deprived", "least_deprived"), ends, strict=True):
        for name, number in zip(("value", "lower_ci_95", "upper_ci_95"), numbers, strict=True):
            columns[f"{group}_{name}"] = [number]
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Float64))
    for make in (statistics.absolute_gap, statistics.relative_gap):
        row = frame.select(make(confidence=[0.95]).struct.unnest()).row(0, named=True)
        assert all(math.isfinite(number) for number in row.values() if isinstance(number, float))
        assert (row["value"] is None) == (row["reason"] is not None)


fifths = st.lists(
    st.tuples(st.integers(1, MOST), st.floats(1, 99), st.floats(0.1, 0.9), st.floats(0.1, 0.9)),
    min_size=5,
    max_size=5,
)


def index(groups: list[tuple[Any, ...]], **options: Any) -> dict[str, Any]:
    frame = pl.DataFrame(
        [
            ("E1", place, population, value, value - down, value + up)
            for place, (population, value, down, up) in enumerate(groups, start=1)
        ],
        schema=["area_code", "fifth", "population", "value", "lower_ci_95", "upper_ci_95"],
        orient="row",
    )
    frame = frame[options.pop("order", list(range(5)))]
    return statistics.slope_index_of_inequality(
        frame, by="area_code", group="fifth", population="population", **options
    ).row(0, named=True)


@settings(max_examples=60, deadline=None)
@given(fifths, st.permutations(range(5)), st.sampled_from(["own", "log"]), st.booleans())
def test_a_slope_index_lies_in_its_intervals_and_rows_may_stand_in_any_order(
    groups: list[tuple[Any, ...]], order: list[int], scale: str, is_fitted_on_scale: bool
) -> None:
    options = {"scale": scale, "is_fitted_on_scale": is_fitted_on_scale}
    found = index(groups, **options)
    assert found == index(groups, order=order, **options)
    for name in ("slope_index", "relative_index"):
        if found[f"{name}_lower_ci_95"] is not None:
            assert (
                found[f"{name}_lower_ci_99_8"]
                <= found[f"{name}_lower_ci_95"]
                <= found[name]
                <= found[f"{name}_upper_ci_95"]
                <= found[f"{name}_upper_ci_99_8"]
            )


@settings(max_examples=60, deadline=None)
@given(fifths, st.integers(1, 1000))
def test_mirrored_groups_have_the_mirrored_slope_and_more_people_the_same(
    groups: list[tuple[Any, ...]], factor: int
) -> None:
    found, mirrored = index(groups), index(groups[::-1])
    size = max(abs(value) for _, value, _, _ in groups) / min(share for share, *_ in groups) * sum(g[0] for g in groups)
    assert math.isclose(found["slope_index"], -mirrored["slope_index"], rel_tol=1e-6, abs_tol=1e-9 * size)
    more = index([(population * factor, *rest) for population, *rest in groups])
    assert math.isclose(found["slope_index"], more["slope_index"], rel_tol=1e-6, abs_tol=1e-9 * size)
