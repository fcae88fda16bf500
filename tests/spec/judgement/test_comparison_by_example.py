"""Comparison told by example: the word beside each benchmark, and the sentence where there is none."""

from datetime import date
from typing import Any

import pytest

from outcomes.judgement.judging import judge
from outcomes.partnership.model import Partnership
from tests.small_world import AREAS, STEPS, Row, benchmark_series, estimates, inclusion, indicator, world

AS_OF = date(2025, 11, 22)


def _compared(partnership: Partnership, *rows: Row, area_code: str = "PL1", as_of: date = AS_OF) -> Row:
    frame = judge(estimates(*rows), partnership, as_of=as_of).frame
    (found,) = frame.filter(signal="comparison", area_code=area_code).iter_rows(named=True)
    return found


def _world(*benchmarks: str, terms: Row | None = None, **given: Any) -> Partnership:
    included = inclusion(benchmarks=benchmarks, **given.pop("inclusion", {}))
    return world([indicator(**(terms or {}))], [included], **given)


# the value is 20, its intervals 18 to 22 and 17 to 23
#   benchmark  lower is better   higher is better   no judgement
DRAWN = """
    12       | much worse      | much better      | much higher
    17       | worse           | better           | higher
    17.5     | worse           | better           | higher
    18       | similar         | similar          | similar
    20       | similar         | similar          | similar
    22       | similar         | similar          | similar
    22.5     | better          | worse            | lower
    23       | better          | worse            | lower
    23.5     | much better     | much worse       | much lower
"""
LINES = [[cell.strip() for cell in line.split("|")] for line in DRAWN.strip().splitlines()]


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_each_drawn_benchmark_has_the_drawn_word_for_each_polarity(line: list[str]) -> None:
    level, *words = line
    for polarity, word in zip(("lower_is_better", "higher_is_better", "no_judgement"), words, strict=True):
        terms = {"polarity": polarity, "benchmark_value": float(level)}
        found = _compared(_world("fixed_value", inclusion=terms), {"value": 20.0})
        assert (found["word"], found["against"], found["against_value"]) == (word, "fixed_value", float(level))
        assert found["amount"] == 20.0 - float(level)
        side = "down" if word.split()[-1] in ("better", "lower") else "up"
        if polarity == "lower_is_better":
            assert found["direction"] == ("level" if word == "similar" else side)


def test_the_published_figure_of_england_comes_before_our_own() -> None:
    rows: list[Row] = [{"value": 20.0}, {"area_code": "E92000001", "value": 30.0}]
    partnership = _world("nation", series=[benchmark_series({"value": 12.0})])
    assert _compared(partnership, *rows)["against_value"] == 12.0
    assert _compared(_world("nation"), *rows)["against_value"] == 30.0


def test_a_published_benchmark_of_counts_alone_is_divided_out() -> None:
    series = benchmark_series({"numerator": 3, "denominator": 25})
    assert _compared(_world("nation", series=[series]), {"value": 20.0})["against_value"] == 12.0


def test_a_series_released_after_the_date_is_not_known_yet() -> None:
    partnership = _world("nation", series=[benchmark_series({"value": 12.0, "period": "2022/23"})])
    row = {"value": 20.0, "period": "2022/23"}
    assert _compared(partnership, row, as_of=date(2025, 1, 1))["word"] == "much worse"
    assert _compared(partnership, row, as_of=date(2024, 12, 31))["word"] == "not compared"


@pytest.mark.parametrize(
    "other",
    [
        {"period": "2023/24"},
        {"indicator_version": 2},
        {"breakdown": "sex=Female"},
        {"indicator_id": "falls"},
    ],
)
def test_a_benchmark_of_another_period_version_group_or_measure_is_no_benchmark(other: Row) -> None:
    given = {"value": 20.0, "area_code": "SYS1", **other}
    assert _compared(_world("system"), {"value": 20.0}, given)["word"] == "not compared"


def test_the_other_places_are_their_sums_divided_once_without_the_place_itself() -> None:
    rows: list[Row] = [
        {"value": 20.0, "numerator": 20.0, "denominator": 100.0},
        {"area_code": "PL2", "value": 10.0, "numerator": 1.0, "denominator": 10.0},
        {"area_code": "PL3", "value": 40.0, "numerator": 36.0, "denominator": 90.0},
        # of another system, of another level
        {"area_code": "PL9", "value": 90.0, "numerator": 90.0, "denominator": 100.0},
        {"area_code": "SYS1", "value": 28.5, "numerator": 57.0, "denominator": 200.0},
    ]
    found = _compared(_world("other_places"), *rows)
    # not 25, the average of 10 and 40
    assert (found["against_value"], found["against_code"], found["word"]) == (37.0, "SYS1", "much better")
    assert found["because"] == ""


def test_other_places_without_figures_are_counted_beside_the_word() -> None:
    rows: list[Row] = [
        {"value": 20.0, "numerator": 20.0, "denominator": 100.0},
        {"area_code": "PL2", "reason": "missing"},
        {"area_code": "PL3", "value": 40.0, "numerator": 36.0, "denominator": 90.0},
    ]
    found = _compared(_world("other_places"), *rows)
    assert (found["word"], found["against_value"]) == ("much better", 40.0)
    assert found["because"] == "1 of the 2 others in Eastvale have figures for this period."


def test_scaled_figures_of_the_other_places_are_summed_in_their_own_unit() -> None:
    rows: list[Row] = [
        {"value": 20.0, "numerator": 20.0, "denominator": 100.0},
        {"area_code": "PL2", "value": 35.0, "numerator": 10.5, "denominator": 30.0},
    ]
    terms = {"statistic": "crude_rate", "numerator_scale": 2, "denominator_scale": 10}
    assert _compared(_world("other_places", terms=terms), *rows)["against_value"] == 35.0


CASES: list[tuple[str, Row, Row, str, str]] = [
    ("nation", {}, {"value": 20.0}, "not available", "England has no figure for 2024/25."),
    (
        "nation",
        {},
        {"value": 20.0, "area_code": "E92000001"},
        "not applicable",
        "England is not compared with itself.",
    ),
    (
        "nation",
        {"is_proxy": True},
        {"value": 20.0},
        "not comparable",
        "It is a local variant of a national measure, never compared with the national figure.",
    ),
    ("system", {}, {"value": 20.0, "area_code": "SYS1"}, "not applicable", "Eastvale is not compared with itself."),
    ("system", {}, {"value": 20.0, "area_code": "REG1"}, "not available", "No system is recorded that North lies in."),
    ("nation", {}, {"reason": "return rejected"}, "return rejected", "There is no value for 2024/25: return rejected."),
    (
        "fixed_value",
        {},
        {"value": 20.0},
        "not available",
        "The framework gives no level for its fixed benchmark.",
    ),
    (
        "other_places",
        {},
        {"value": 20.0},
        "not available",
        "No other place in Eastvale has a figure for 2024/25.",
    ),
    (
        "other_places",
        {"statistic": "count", "denominator": "none"},
        {"value": 20.0},
        "not comparable",
        "A count grows with the size of the area, so it is not compared with another area's.",
    ),
    (
        "system",
        {"statistic": "count", "denominator": "none"},
        {"value": 20.0},
        "not comparable",
        "A count grows with the size of the area, so it is not compared with another area's.",
    ),
]


@pytest.mark.parametrize(("against", "terms", "row", "reason", "because"), CASES)
def test_what_is_not_compared_says_why_in_a_plain_sentence(
    against: str, terms: Row, row: Row, reason: str, because: str
) -> None:
    found = _compared(_world(against, terms=terms), row, area_code=row.get("area_code", "PL1"))
    assert (found["word"], found["reason"], found["because"]) == ("not compared", reason, because)
    assert found["against_value"] is None
    assert found["amount"] is None


def test_a_value_without_an_interval_is_not_compared_but_its_distance_is_given() -> None:
    limits = dict.fromkeys(("lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8"))
    partnership = _world("fixed_value", inclusion={"benchmark_value": 18.0})
    found = _compared(partnership, {"value": 20.0, "detail": "no spread", **limits})
    assert (found["word"], found["reason"], found["detail"]) == ("not compared", "cannot be calculated", "no spread")
    assert (found["against_value"], found["amount"]) == (18.0, 2.0)


def test_a_place_across_a_border_is_not_compared_with_one_side_of_it() -> None:
    partnership = _world("system", steps=[*STEPS, ("SYS2", "PL1")])
    rows: list[Row] = [{"value": 20.0}, {"area_code": "SYS1", "value": 30.0}]
    assert _compared(partnership, *rows)["because"] == "Castlewick lies in more than one system."


def test_an_area_that_no_footprint_leads_to_a_nation_lies_in_the_only_one_there_is() -> None:
    series = [benchmark_series({"value": 12.0})]
    assert _compared(_world("nation", steps=(), series=series), {"value": 20.0})["against_code"] == "E92000001"
    two = [*AREAS, ("W92000004", "Wales", "nation")]
    found = _compared(_world("nation", steps=(), series=series, areas=two), {"value": 20.0})
    assert found["because"] == "No nation is recorded that Castlewick lies in."


def test_footprints_that_run_in_a_circle_do_not_hang() -> None:
    partnership = _world("system", steps=[*STEPS, ("PL1", "SYS1")])
    rows: list[Row] = [{"value": 20.0}, {"area_code": "SYS1", "value": 30.0}]
    assert _compared(partnership, *rows)["against_value"] == 30.0


def test_an_inclusion_without_benchmarks_says_so_in_one_row() -> None:
    found = _compared(_world(), {"value": 20.0})
    assert (found["word"], found["against"], found["against_code"]) == ("not compared", "", "")
    assert found["because"] == "The framework that includes it names no benchmark."


def test_the_current_period_is_the_latest_that_had_ended_whether_it_has_a_value_or_a_reason() -> None:
    rows: list[Row] = [
        {"value": 20.0, "period": "2023/24"},
        {"reason": "missing", "period": "2024/25"},
        {"value": 5.0, "period": "2025/26"},
    ]
    partnership = _world("fixed_value", inclusion={"benchmark_value": 18.0})
    found = _compared(partnership, *rows)
    assert (found["period"], found["word"], found["reason"]) == ("2024/25", "not compared", "missing")
    assert _compared(partnership, *rows, as_of=date(2025, 3, 30))["period"] == "2023/24"
    assert _compared(partnership, *rows, as_of=date(2026, 3, 31))["word"] == "much better"


def test_an_indicator_that_no_framework_includes_is_not_judged() -> None:
    partnership = world([indicator(), indicator("other")], [inclusion()])
    frame = judge(estimates({"indicator_id": "other", "value": 20.0}), partnership, as_of=AS_OF).frame
    assert frame.is_empty()
