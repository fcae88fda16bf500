"""What stands behind a comparison is worked out again from its printed text: benchmark, p-value and all."""

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from outcomes.geography.neighbours import NEIGHBOUR_COLUMNS, Neighbours
from outcomes.scorecard.model import ExplanationStep
from tests.small_world import Row, benchmark_series, inclusion, indicator, world
from tests.unit.workflows.explained_cases import BANDS, LIVES, STANDARD, case_of, holds, steps_of

AGES = [
    {"breakdown": "age_band=0-64", "numerator": 12, "denominator": 8000},
    {"breakdown": "age_band=65+", "numerator": 40, "denominator": 2000},
]
RATE = {"statistic": "crude_rate", "multiplier": 1000.0}
# method of the interval, terms, rows, and levels on both sides of the value and further off
COMPARED: list[tuple[str, Row, list[Row], list[float]]] = [
    ("wilson", {}, [{"numerator": 20, "denominator": 100}], [13.0, 20.0, 31.0, 90.0]),
    ("wilson", {"design_effect": 2.0}, [{"numerator": 40, "denominator": 200}], [13.0, 31.0]),
    ("exact_or_byar", RATE, [{"numerator": 7, "denominator": 2100}], [1.0, 3.0, 3.5, 9.0]),
    ("exact_or_byar", RATE, [{"numerator": 0, "denominator": 2100}], [1.0, 3.0]),
    ("exact_or_byar", RATE, [{"numerator": 70, "denominator": 21000}], [2.0, 3.3, 3.4, 5.0]),
    ("exact_or_byar", RATE | {"design_effect": 1.5}, [{"numerator": 70, "denominator": 21000}], [2.0, 5.0]),
    ("byar", RATE | {"method": "byar"}, [{"numerator": 7, "denominator": 2100}], [1.0, 9.0]),
    ("exact", RATE | {"method": "exact"}, [{"numerator": 70, "denominator": 21000}], [2.0, 5.0]),
    (
        "exact_or_byar",
        {"statistic": "count", "denominator": "none", "multiplier": 1.0},
        [{"numerator": 31}],
        [15.0, 31.0, 45.0],
    ),
    (
        "student_t",
        {"statistic": "mean", "numerator": "number", "numerator_scale": 10, "multiplier": 1.0},
        [{"numerator": 60, "denominator": 3, "sum_of_squares": 1400}],
        [0.1, 1.0, 9.0],
    ),
    (
        "dobson_byar",
        {
            "statistic": "directly_standardised_rate",
            "strata": "age_band",
            "standard_population": "esp2013",
            "breakdowns": BANDS,
            "multiplier": 100_000.0,
        },
        AGES,
        [300.0, 500.0, 900.0],
    ),
    (
        "exact_or_byar",
        {
            "statistic": "indirectly_standardised_ratio",
            "strata": "age_band",
            "standard_population": "standard",
            "breakdowns": BANDS,
        },
        AGES,
        [40.0, 61.0, 100.0],
    ),
    (
        "chiang_silcocks",
        {
            "statistic": "life_expectancy",
            "strata": "age_band",
            "breakdowns": [{"dimension": "age_band", "categories": LIVES}],
            "multiplier": 1.0,
        },
        [
            {"breakdown": f"age_band={band}", "numerator": 3 * place + (4 if place else 5), "denominator": 3000}
            for place, band in enumerate(LIVES)
        ],
        [60.0, 90.0],
    ),
    (
        "as_published",
        {"statistic": "published_value", "denominator": "none"},
        [{"basis": "published", "value": 2.0, "lower_ci_95": 1.0, "upper_ci_95": 4.0}],
        [0.7, 1.0, 5.0],
    ),
    (
        "as_published",
        {"statistic": "published_value", "denominator": "none"},
        [{"basis": "published", "value": 71.5, "lower_ci_95": 70.0, "upper_ci_95": 73.0}],
        [65.0, 71.0, 75.0],
    ),
]
EACH = [(method, terms, rows, level) for method, terms, rows, levels in COMPARED for level in levels]


def _step(terms: Row, given: Row, rows: list[Row], *, area_code: str = "PL1", **around: Any) -> ExplanationStep:
    case = case_of(world([indicator(**terms)], [inclusion(**given)], **around), rows, area_code)
    (step,) = steps_of(case, "comparison")
    return step


@pytest.mark.parametrize(("method", "terms", "rows", "level"), EACH)
def test_a_p_value_follows_from_what_is_printed(method: str, terms: Row, rows: list[Row], level: float) -> None:
    given: Row = {"benchmarks": ["fixed_value"], "benchmark_value": level}
    case = case_of(world([indicator(**terms)], [inclusion(**given)], series=[STANDARD]), rows)
    assert case.chosen["method"] == method
    (step,) = steps_of(case, "comparison")
    (row,) = case.judgements.frame.filter(signal="comparison").to_dicts()
    results = {working.what: working.result for working in step.workings}
    if row["p_value"] < 1:
        assert results["p"] == row["p_value"]
    assert dict(step.figures)["p-value"] == f"{row['p_value']:.10g}"
    for working in step.workings:
        holds(working)


def test_a_level_that_no_interval_reaches_has_its_p_value_without_a_working() -> None:
    step = _step({}, {"benchmarks": ["fixed_value"], "benchmark_value": 120.0}, [{"numerator": 20, "denominator": 100}])
    assert dict(step.figures)["p-value"] == "0"
    assert [working.what for working in step.workings] == ["distance"]


def test_what_is_not_compared_has_no_p_value() -> None:
    step = _step({}, {"benchmarks": ["nation"]}, [{"numerator": 20, "denominator": 100}])
    assert "p-value" not in dict(step.figures)
    assert step.workings == ()


def test_the_method_of_the_p_value_has_its_references_numbered_with_the_others() -> None:
    rows: list[Row] = [{"numerator": 20, "denominator": 100}]
    partnership = world([indicator()], [inclusion(benchmarks=["fixed_value"], benchmark_value=13.0)])
    case = case_of(partnership, rows)
    (step,) = steps_of(case, "comparison")
    assert dict(step.figures)["p-value by"] == "P-value by inversion of the interval"
    assert len(set(step.references)) == len(step.references)
    said = [text for text, number in case.references.items() if number in step.references]
    assert any("Wilson" in text for text in said)


NEAR = Neighbours(
    pl.DataFrame(
        [("PL1", code, "CIPFA", "2024") for code in ("E06000099", "PL2", "PL9")],
        schema=NEIGHBOUR_COLUMNS,
        orient="row",
    )
)


def test_statistical_neighbours_are_named_and_their_sums_make_the_benchmark() -> None:
    elsewhere = [
        {"area_code": "E06000099", "numerator": 30, "denominator": 200},
        {"area_code": "PL2", "numerator": 999, "denominator": 1000},
    ]
    partnership = replace(
        world([indicator()], [inclusion(benchmarks=["statistical_neighbours"])], series=[benchmark_series(*elsewhere)]),
        neighbours=NEAR,
    )
    rows: list[Row] = [{"numerator": 18, "denominator": 100}, {"area_code": "PL2", "numerator": 10, "denominator": 100}]
    (step,) = steps_of(case_of(partnership, rows), "comparison")
    assert step.tables[0].rows == (
        ("E06000099", 30.0, 200.0, "as published"),
        ("Dunmere", 10.0, 100.0, "the figures received, added up"),
    )
    figures = dict(step.figures)
    assert figures["where the list comes from"] == "CIPFA 2024"
    assert figures["neighbours with a figure"] == "2 of 3"
    assert step.workings[0].result == pytest.approx(40 / 3)
    for working in step.workings:
        holds(working)


def test_an_own_earlier_value_is_shown_with_the_interval_of_the_difference_that_decides() -> None:
    rows: list[Row] = [
        {"numerator": 56, "denominator": 70},
        {"period": "2022/23", "numerator": 48, "denominator": 80},
        {"period": "2023/24", "numerator": 80, "denominator": 100},
    ]
    step = _step({}, {"benchmarks": ["own_earlier_value"], "periods_back": 2}, rows)
    assert step.method == "interval_of_difference"
    figures = dict(step.figures)
    assert figures["its period"] == "2022/23"
    # Newcombe 1998, table II (a), tenth method
    assert figures["95 % interval of the difference"].startswith("5.24")
    assert figures["95 % interval of the difference"].endswith("which leaves out 0")
    assert "95 % interval" not in figures
    results = {working.what: working.result for working in step.workings}
    assert results["lower 95 % limit of the difference"] == pytest.approx(5.24, abs=5e-3)
    assert results["upper 95 % limit of the difference"] == pytest.approx(33.39, abs=5e-3)
    for working in step.workings:
        holds(working)


def test_a_national_figure_published_as_counts_is_worked_out_from_them_and_a_published_value_is_not() -> None:
    rows: list[Row] = [{"numerator": 100, "denominator": 1000}]
    counts = benchmark_series({"numerator": 125, "denominator": 1000})
    step = _step({}, {"benchmarks": ["nation"]}, rows, series=[counts])
    assert [working.what for working in step.workings][:2] == ["benchmark", "distance"]
    assert step.workings[0].with_numbers == "100 × 125 / 1,000 = 12.5"
    value = benchmark_series({"value": 12.5, "numerator": 125, "denominator": 1003})
    assert _step({}, {"benchmarks": ["nation"]}, rows, series=[value]).workings[0].what == "distance"


def test_the_figure_of_the_system_is_ours_and_worked_out_from_its_counts() -> None:
    rows: list[Row] = [
        {"numerator": 100, "denominator": 1000},
        {"area_code": "SYS1", "numerator": 200, "denominator": 1600},
    ]
    published = benchmark_series({"area_code": "SYS1", "value": 99.0})
    step = _step({}, {"benchmarks": ["system"]}, rows, series=[published])
    assert dict(step.figures)["where it comes from"] == "the figures received, added up"
    assert step.workings[0].with_numbers == "100 × 200 / 1,600 = 12.5"


PLACES = [(f"P{number:02}", f"Place {number:02}", "place") for number in range(12)]
TWELVE: dict[str, Any] = {
    "areas": [("E92000001", "England", "nation"), ("SYS1", "Eastvale", "system"), *PLACES],
    "steps": [("E92000001", "SYS1"), *(("SYS1", code) for code, _, _ in PLACES)],
}
COUNTS = (8_000, 9_000, 10_000, 11_000, 11_500, 12_000, 12_000, 12_500, 13_000, 14_000, 15_000, 22_000)
METHODS = ("auto", "funnel_additive", "funnel_multiplicative")
STANDARDISED = ("directly_standardised_rate", "indirectly_standardised_ratio")
STATISTICS: list[tuple[Row, float]] = [
    ({}, 30.0),
    ({"design_effect": 1.7}, 30.0),
    (RATE, 300.0),
    ({**RATE, "design_effect": 1.7}, 300.0),
    *(
        (
            {
                "statistic": statistic,
                "strata": "age_band",
                "standard_population": "standard" if statistic.startswith("ind") else "esp2013",
                "breakdowns": BANDS,
                "multiplier": 1000.0,
            },
            level,
        )
        for statistic, level in zip(STANDARDISED, (300.0, 40_000.0), strict=True)
    ),
]


def _twelve(terms: Row, *, places: int = 12, spread: float = 1.0) -> list[Row]:
    is_made = terms.get("statistic") in STANDARDISED
    rows: list[Row] = []
    for place, ((code, _, _), count) in enumerate(list(zip(PLACES, COUNTS, strict=True))[:places]):
        # not all of one size
        size = 40_000 + 500 * place
        events = round(size * 0.3 + spread * (count - 12_000))
        groups = [("age_band=0-64", 1, 2), ("age_band=65+", 1, 2)] if is_made else [("", 1, 1)]
        rows += [
            {"area_code": code, "breakdown": group, "numerator": events * part // of, "denominator": size * part // of}
            for group, part, of in groups
        ]
    return rows


@pytest.mark.parametrize(("terms", "level"), STATISTICS)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("spread", [1.0, 0.002])
def test_the_word_that_allows_for_overdispersion_follows_from_the_areas_that_are_printed(
    method: str, terms: Row, level: float, spread: float
) -> None:
    given: Row = {"benchmarks": ["nation"], "overdispersion": method}
    series = [STANDARD, benchmark_series({"value": level})]
    partnership = world([indicator(**terms)], [inclusion(**given)], series=series, **TWELVE)
    case = case_of(partnership, _twelve(terms, spread=spread), "P11")
    (step,) = steps_of(case, "comparison")
    (row,) = case.judgements.frame.filter(signal="comparison", area_code="P11", breakdown="").to_dicts()
    figures = dict(step.figures)
    assert figures["word that allows for overdispersion"] == row["adjusted_word"]
    assert (figures["areas that entered"], len(step.tables[-1].rows)) == ("12", 12)
    results = {working.what: working.result for working in step.workings}
    assert results["φ"] == row["overdispersion"]
    assert results["lower limit of usual differences"] == row["lower_adjusted_limit"]
    assert results["upper limit of usual differences"] == row["upper_adjusted_limit"]
    if method == "funnel_additive":
        assert (results["τ²"] > 0) == (spread == 1.0)
    for working in step.workings:
        holds(working)
    # the scores that are printed give what is printed of them
    drawn: list[Any] = [score for *_, score in step.tables[-1].rows]
    inputs = {one.name: one.value for working in step.workings for one in working.inputs}
    assert inputs["sum of squares drawn in"] == pytest.approx(sum(score * score for score in drawn), rel=1e-9)


def test_of_fewer_than_ten_areas_those_that_there_are_stand_and_no_limits() -> None:
    partnership = world(
        [indicator()], [inclusion(benchmarks=["nation"])], series=[benchmark_series({"value": 30})], **TWELVE
    )
    (step,) = steps_of(case_of(partnership, _twelve({}, places=9), "P08"), "comparison")
    assert dict(step.figures)["word that allows for overdispersion"] == "none: fewer than ten areas have figures"
    assert len(step.tables[-1].rows) == 9
    assert "φ" not in {working.what for working in step.workings}
