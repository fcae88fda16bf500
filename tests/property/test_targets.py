"""Targets of every kind: mirrored data, other scales, other orders of rows, better values: what words must do."""

from datetime import date
from typing import Any, Final

import polars as pl
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from outcomes.estimates.model import Estimates
from outcomes.judgement.judging import judge
from tests.small_world import AREAS, Row, benchmark_series, estimates, inclusion, indicator, world

AS_OF: Final = date(2025, 11, 22)
SEXES: Final = [{"dimension": "sex", "categories": ("Female", "Male"), "is_full": True}]
MEN, WOMEN = "sex=Male", "sex=Female"
AGREED: Final[dict[str, Any]] = {
    "indicator": "smoking",
    "set_by": "place",
    "decision": "JC",
    "agreed_on": "2020-01-01",
}
BASELINE: Final = {"period": "2022/23"}
GAP: Final = {"kind": "gap", "group": MEN, "compared_with": WOMEN, "baseline": BASELINE, "due": "2024/25"}
CHANGE: Final = {"kind": "change", "baseline": BASELINE, "due": "2024/25"}
ON_PATH: Final = {"due": "2026/27", "has_path": True}
FROZEN: Final = {"baseline": {**BASELINE, "value": 30, "source": "Plan"}}
TARGETS: Final[tuple[dict[str, Any], ...]] = (
    {"kind": "level", "points": [{"period": "2024/25", "value": 24}]},
    {"kind": "path", "points": [{"period": "2022/23", "value": 30}, {"period": "2026/27", "value": 20}]},
    {**CHANGE, "by": {"per_cent": -20}},
    {**CHANGE, "by": {"points": -4}, **ON_PATH},
    {**CHANGE, "by": {"per_cent": -15}, **FROZEN},
    {"kind": "benchmark", "match": "nation", "due": "2024/25"},
    {"kind": "benchmark", "match": "median", "due": "2024/25"},
    {**GAP, "by": {"per_cent": -20}},
    {**GAP, "by": {"points": -2}, **ON_PATH},
    {**GAP, "by": {"per_cent": -30}, **FROZEN},
)
ORDER: Final = {"met": 2, "on track": 2, "cannot tell": 1, "not met": 0, "off track": 0}

values = st.integers(1, 99).map(float)
halves = st.integers(1, 6).map(float)
target_numbers = st.integers(0, len(TARGETS) - 1)


@st.composite
def figures(draw: st.DrawFn) -> list[Row]:
    """Castlewick now and in the baseline period, by sex too, and the other places."""
    wide = draw(halves)
    found: list[Row] = []
    for period in ("2024/25", "2022/23"):
        found += [_figure(draw(values), wide, period=period, breakdown=group) for group in ("", MEN, WOMEN)]
    others = [code for code, _, level in AREAS if level == "place" and code != "PL1"]
    return found + [_figure(draw(values), wide, area_code=code) for code in others]


def _figure(value: float, half: float, **terms: Any) -> Row:
    return {"value": value, "lower_ci_95": value - half, "upper_ci_95": value + half, **terms}


def _judged(
    target: dict[str, Any], rows: list[Row], *, england: float = 24.0, polarity: str = "", whole: float = 100.0
) -> Row:
    terms = {"polarity": polarity} if polarity else {}
    partnership = world(
        [indicator(breakdowns=SEXES, multiplier=whole)],
        [inclusion(targets=[{**AGREED, **target}], **terms)],
        series=[benchmark_series({"value": england})],
    )
    frame = judge(estimates(*rows), partnership, as_of=AS_OF).frame
    kept = frame.filter(pl.col("target_key").is_not_null(), area_code="PL1")
    (row,) = kept.iter_rows(named=True)
    return row


def _said(row: Row) -> tuple[Any, ...]:
    return row["word"], row["reached"], row["certainty"]


def _mirrored(rows: list[Row]) -> list[Row]:
    return [
        {
            **row,
            "value": 100 - row["value"],
            "lower_ci_95": 100 - row["upper_ci_95"],
            "upper_ci_95": 100 - row["lower_ci_95"],
        }
        for row in rows
    ]


@settings(deadline=None, max_examples=30)
@given(figures(), target_numbers)
def test_mirrored_data_with_mirrored_polarity_has_the_same_words(rows: list[Row], number: int) -> None:
    target = dict(TARGETS[number])
    by = target.get("by", {})
    # a share of a baseline has no mirror image, but a frozen one may be turned into points
    assume(not ("per_cent" in by and target["kind"] == "change"))
    mirrored = dict(target)
    if "points" in target:
        mirrored["points"] = [{**point, "value": 100 - point["value"]} for point in target["points"]]
    if target["kind"] == "change":
        mirrored["by"] = {"points": -by["points"]}
    one = _judged(target, rows)
    other = _judged(mirrored, _mirrored(rows), england=76.0, polarity="higher_is_better")
    assert _said(one) == _said(other)


@settings(deadline=None, max_examples=20)
@given(figures(), target_numbers, st.sampled_from([0.5, 10.0, 1000.0]))
def test_another_multiplier_changes_no_word(rows: list[Row], number: int, scale: float) -> None:
    target = dict(TARGETS[number])
    scaled = dict(target)
    if "points" in target:
        scaled["points"] = [{**point, "value": point["value"] * scale} for point in target["points"]]
    if "points" in target.get("by", {}):
        scaled["by"] = {"points": target["by"]["points"] * scale}
    if "value" in target.get("baseline", {}):
        scaled["baseline"] = {**target["baseline"], "value": target["baseline"]["value"] * scale}
    numbers = ("value", "lower_ci_95", "upper_ci_95")
    larger = [{**row, **{name: row[name] * scale for name in numbers}} for row in rows]
    assert _said(_judged(target, rows)) == _said(_judged(scaled, larger, england=24.0 * scale, whole=100.0 * scale))


@settings(deadline=None, max_examples=15)
@given(figures(), target_numbers, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[Row], number: int, random: Any) -> None:
    partnership = world(
        [indicator(breakdowns=SEXES)],
        [inclusion(targets=[{**AGREED, **TARGETS[number]}])],
        series=[benchmark_series({"value": 24.0})],
    )
    sorted_rows = estimates(*rows)
    order = list(range(sorted_rows.frame.height))
    random.shuffle(order)
    turned = Estimates(sorted_rows.frame[order])
    one, other = (judge(given_rows, partnership, as_of=AS_OF) for given_rows in (sorted_rows, turned))
    assert one.targets.equals(other.targets)
    assert one.frame.filter(signal="target").equals(other.frame.filter(signal="target"))


@settings(deadline=None, max_examples=30)
@given(figures(), target_numbers, st.integers(1, 30).map(float))
def test_a_better_value_never_gets_a_worse_word(rows: list[Row], number: int, better: float) -> None:
    target = TARGETS[number]
    if target["kind"] == "gap":
        # better is nearer to the other group; the same on whichever side it lies
        men, women = rows[1]["value"], rows[2]["value"]
        step = min(better, abs(men - women)) * (1 if women > men else -1)
        improved = [rows[0], _moved(rows[1], step), *rows[2:]]
    else:
        improved = [_moved(rows[0], -better), *rows[1:]]
    one, other = _judged(target, rows), _judged(target, improved)
    assert ORDER[other["word"]] >= ORDER[one["word"]]
    assert (other["reached"] == "reached") >= (one["reached"] == "reached")


def _moved(row: Row, step: float) -> Row:
    return {**row, **{name: row[name] + step for name in ("value", "lower_ci_95", "upper_ci_95")}}


@settings(deadline=None, max_examples=30)
@given(figures(), target_numbers)
def test_a_value_equal_to_what_is_expected_is_reached_and_within_chance(rows: list[Row], number: int) -> None:
    target = TARGETS[number]
    expected = _judged(target, rows)["against_value"]
    assume(expected is not None)
    place = 1 if target["kind"] == "gap" else 0
    level = expected + rows[2]["value"] if target["kind"] == "gap" else expected
    equal = [*rows]
    equal[place] = _moved(rows[place], level - rows[place]["value"])
    assume(abs(equal[place]["value"] - level) == 0)
    found = _judged(target, equal)
    assert (found["reached"], found["certainty"], found["word"]) == ("reached", "within chance", "cannot tell")


@settings(deadline=None, max_examples=20)
@given(figures(), target_numbers)
def test_the_interval_of_the_distance_holds_the_distance_and_decides_the_word(rows: list[Row], number: int) -> None:
    partnership = world(
        [indicator(breakdowns=SEXES)],
        [inclusion(targets=[{**AGREED, **TARGETS[number]}])],
        series=[benchmark_series({"value": 24.0})],
    )
    found = judge(estimates(*rows), partnership, as_of=AS_OF)
    held = found.targets.filter(area_code="PL1").row(0, named=True)
    word = found.frame.filter(pl.col("target_key").is_not_null(), area_code="PL1").row(0, named=True)
    if held["lower_amount"] is None:
        assert word["word"] == "cannot tell"
        return
    assert held["lower_amount"] <= word["amount"] + 1e-9
    assert word["amount"] <= held["upper_amount"] + 1e-9
    is_good, is_bad = held["upper_amount"] < 0, held["lower_amount"] > 0
    assert ORDER[word["word"]] == (2 if is_good else 0 if is_bad else 1)
