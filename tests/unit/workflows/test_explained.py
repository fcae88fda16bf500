"""Every number that is explained is worked out again from its printed text, method by method."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from outcomes.bundled import bundled_folder
from outcomes.cli.commands import app
from outcomes.ledger.store import open_ledger
from outcomes.partnership.loading import load_partnership
from outcomes.vocabulary import Signal
from outcomes.workflows.example import EXAMPLE_AS_OF, ExampleRun
from outcomes.workflows.explained.estimate import estimate_workings
from outcomes.workflows.explained.signals import EXPLAINED_BY
from outcomes.workflows.explaining import explain
from outcomes.workflows.scoring import scorecards
from tests.small_world import Row, benchmark_series, inclusion, indicator, world
from tests.unit.workflows.explained_cases import BANDS, LIVES, STANDARD, case_of, holds, steps_of

LIMITS = tuple(f"{side} {level} limit" for side in ("lower", "upper") for level in ("95 %", "99.8 %"))
ESTIMATED: list[tuple[str, Row, list[Row]]] = [
    ("wilson", {}, [{"numerator": 412, "denominator": 3871}]),
    ("wilson", {"design_effect": 2.0}, [{"numerator": 412, "denominator": 3871}]),
    ("wilson", {"numerator_scale": 10, "denominator_scale": 10}, [{"numerator": 4125, "denominator": 38715}]),
    ("wilson", {}, [{"numerator": 7, "denominator": 7}]),
    ("exact_or_byar", {"statistic": "crude_rate"}, [{"numerator": 7, "denominator": 21000}]),
    ("exact_or_byar", {"statistic": "crude_rate"}, [{"numerator": 0, "denominator": 21000}]),
    ("exact_or_byar", {"statistic": "crude_rate"}, [{"numerator": 70, "denominator": 21000}]),
    ("exact_or_byar", {"statistic": "crude_rate", "design_effect": 1.5}, [{"numerator": 70, "denominator": 21000}]),
    ("byar", {"statistic": "crude_rate", "method": "byar"}, [{"numerator": 7, "denominator": 21000}]),
    ("byar", {"statistic": "crude_rate", "method": "byar"}, [{"numerator": 2, "denominator": 21000}]),
    ("exact", {"statistic": "crude_rate", "method": "exact"}, [{"numerator": 70, "denominator": 21000}]),
    ("exact_or_byar", {"statistic": "count", "denominator": "none", "multiplier": 1.0}, [{"numerator": 31}]),
    (
        "student_t",
        {"statistic": "mean", "numerator": "number", "numerator_scale": 10, "multiplier": 1.0},
        [{"numerator": 60, "denominator": 3, "sum_of_squares": 1400}],
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
        [
            {"breakdown": "age_band=0-64", "numerator": 12, "denominator": 8000},
            {"breakdown": "age_band=65+", "numerator": 40, "denominator": 2000},
        ],
    ),
    (
        "exact_or_byar",
        {
            "statistic": "indirectly_standardised_ratio",
            "strata": "age_band",
            "standard_population": "standard",
            "breakdowns": BANDS,
        },
        [
            {"breakdown": "age_band=0-64", "numerator": 12, "denominator": 8000},
            {"breakdown": "age_band=65+", "numerator": 40, "denominator": 2000},
        ],
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
    ),
]


@pytest.mark.parametrize(("method", "terms", "rows"), ESTIMATED)
def test_a_value_and_both_its_intervals_follow_from_what_is_printed(method: str, terms: Row, rows: list[Row]) -> None:
    case = case_of(world([indicator(**terms)], [], series=[STANDARD]), rows)
    assert case.chosen["method"] == method
    _, workings = estimate_workings(case)
    results = {working.what: working.result for working in workings}
    assert results["value"] == case.chosen["value"]
    for what, column in zip(LIMITS, ("lower_ci_95", "lower_ci_99_8", "upper_ci_95", "upper_ci_99_8"), strict=True):
        assert results[what] == case.chosen[column]
    for working in workings:
        holds(working)


def test_a_published_value_is_not_worked_out_again() -> None:
    row = {"basis": "published", "value": 71.5, "lower_ci_95": 70.0, "upper_ci_95": 73.0}
    case = case_of(world([indicator(statistic="published_value", denominator="none")]), [row])
    assert case.chosen["value"] == 71.5
    assert estimate_workings(case) == ((), ())


def test_a_missing_value_has_no_working() -> None:
    assert estimate_workings(case_of(world([indicator()]), [{"reason": "missing"}])) == ((), ())


YEARS = [
    {"period": f"{2019 + place}/{20 + place}", "numerator": count, "denominator": 1000}
    for place, count in enumerate((100, 112, 128, 140, 161))
]


@pytest.mark.parametrize("method", ["trend_fingertips_2020", "trend_fingertips_next", "chi_square_proportions"])
def test_a_trend_follows_from_its_printed_points(method: str) -> None:
    case = case_of(world([indicator()], [inclusion(trend=method)]), YEARS)
    (step,) = steps_of(case, "trend")
    assert (step.method, len(step.tables[0].rows), step.evidence[0]) == (method, 5, "no golden file")
    slope, chi_square = step.workings
    (row,) = case.judgements.frame.filter(signal="trend").to_dicts()
    assert (slope.result, chi_square.result) == (row["amount"], row["test_statistic"])
    for working in step.workings:
        holds(working)


def test_the_weights_that_are_printed_are_those_of_the_intervals_and_give_the_sums() -> None:
    (step,) = steps_of(case_of(world([indicator()], [inclusion()]), YEARS), "trend")
    rows: list[Any] = list(step.tables[0].rows)
    weights = [(3.92 / (upper - lower)) ** 2 for _, _, lower, upper, _ in rows]
    assert [row[-1] for row in rows] == pytest.approx(weights, rel=1e-12)
    inputs = {one.name: one.value for one in step.workings[0].inputs}
    places = range(1, 6)
    assert inputs["S2"] == pytest.approx(sum(w * t * t for w, t in zip(weights, places, strict=True)))
    assert inputs["Y1"] == pytest.approx(sum(w * t * r[1] for w, t, r in zip(weights, places, rows, strict=True)))


def test_a_trend_that_cannot_be_told_shows_its_points_and_no_line() -> None:
    (step,) = steps_of(case_of(world([indicator()], [inclusion()]), YEARS[2:]), "trend")
    assert (len(step.tables[0].rows), step.workings) == (3, ())
    assert step.sentence.startswith("Cannot tell.")


def test_a_point_that_a_method_passes_over_is_not_among_those_printed() -> None:
    gap: Row = {"period": "2021/22", "reason": "missing"}
    rows = [{"period": "2018/19", "numerator": 90, "denominator": 1000}, *YEARS[:2], gap, *YEARS[3:]]
    (step,) = steps_of(case_of(world([indicator()], [inclusion(trend="trend_fingertips_next")]), rows), "trend")
    assert [row[0] for row in step.tables[0].rows] == ["2018/19", "2019/20", "2020/21", "2022/23", "2023/24"]
    assert len(step.workings) == 2


MONTHS = [
    {"period": f"2025-{month:02}", "period_kind": "month", "numerator": count, "denominator": 100}
    for month, count in enumerate((50, 52, 51, 49, 50, 51, 50, 52, 80, 51, 50, 52), 1)
]


@pytest.mark.parametrize(("method", "dropped"), [("ptd", "2"), ("nhse_excel", "0")])
def test_process_limits_follow_from_their_printed_points(method: str, dropped: str) -> None:
    case = case_of(world([indicator(period="month")], [inclusion(special_cause=method)]), MONTHS)
    (step,) = steps_of(case, "special_cause")
    assert dict(step.figures)["moving ranges dropped"] == dropped
    assert [row[3] for row in step.tables[0].rows].count("dropped") == int(dropped)
    results = {working.what: working.result for working in step.workings}
    chart = case.judgements.process_points.to_dicts()[-1]
    assert results["process mean"] == chart["process_mean"]
    assert results["lower process limit"] == chart["lower_process_limit"]
    assert results["upper process limit"] == chart["upper_process_limit"]
    for working in step.workings:
        holds(working)


def test_a_chart_is_explained_from_where_its_limits_began_anew() -> None:
    change = {"from": "2025-05-01", "because": "A new clinic (board, 2025)"}
    case = case_of(world([indicator(period="month")], [inclusion(special_cause="ptd", rebased=[change])]), MONTHS)
    (step,) = steps_of(case, "special_cause")
    assert [row[0] for row in step.tables[0].rows][:2] == ["2025-05-01", "2025-06-01"]
    assert dict(step.figures)["points with a value"] == "8"


def test_a_comparison_says_whose_figure_the_benchmark_is_and_who_published_it() -> None:
    published = benchmark_series({"indicator_id": "smoking", "value": 12.5})
    case = case_of(
        world([indicator()], [inclusion(benchmarks=["nation"])], series=[published]),
        [{"numerator": 100, "denominator": 1000}],
    )
    (step,) = steps_of(case, "comparison")
    figures = dict(step.figures)
    assert figures["whose figure it is"] == "England"
    assert figures["where it comes from"] == "Published figures (series england, released 2025-01-01): made up"
    assert figures["95 % interval"].endswith("which leaves out 12.5")
    assert step.evidence[0] == "golden comparisons.csv"
    assert [working.what for working in step.workings] == [
        "distance",
        "share of the benchmark",
        "z",
        "p",
    ]


def test_the_average_of_the_other_places_is_worked_out_from_their_sums() -> None:
    rows = [
        {"area_code": code, "numerator": count, "denominator": base}
        for code, count, base in (("PL1", 100, 1000), ("PL2", 90, 800), ("PL3", 61, 700), ("PL9", 5, 10))
    ]
    (step,) = steps_of(case_of(world([indicator()], [inclusion(benchmarks=["other_places"])]), rows), "comparison")
    assert step.tables[0].rows == (
        ("Dunmere", 90.0, 800.0, "the figures received, added up"),
        ("Fellgate", 61.0, 700.0, "the figures received, added up"),
    )
    benchmark, *others = step.workings
    assert benchmark.result == 100 * 151 / 1500
    for working in (benchmark, *others):
        holds(working)


def test_the_level_that_a_path_expects_is_worked_out_between_two_agreed_points() -> None:
    target = {
        "indicator": "smoking",
        "kind": "path",
        "points": [{"period": "2022/23", "value": 20}, {"period": "2027/28", "value": 10}],
        "set_by": "nation",
        "decision": "Plan 1",
        "agreed_on": "2022-01-09",
    }
    case = case_of(world([indicator()], [inclusion(targets=[target])]), [{"numerator": 100, "denominator": 1000}])
    (step,) = steps_of(case, "target")
    expected, distance = step.workings
    assert (expected.result, distance.result) == (16.0, -6.0)
    assert {one.name: one.value for one in expected.inputs}["periods gone"] == 2
    holds(expected)
    holds(distance)


def test_every_signal_has_its_own_explanation() -> None:
    assert set(EXPLAINED_BY) == set(Signal)


@pytest.mark.slow
def test_every_working_of_the_example_holds_and_says_the_numbers_of_the_page(example: ExampleRun) -> None:
    ledger, partnership = open_ledger(example.ledger), load_partnership(bundled_folder("examples", "eastvale"))
    cards = scorecards(partnership, ledger.observations(), as_of=EXAMPLE_AS_OF, policy="none", places=["EMX060002"])
    lines = [line for line in cards["EMX060002"].lines if line.current is not None]
    found = 0
    for line in lines:
        asked: dict[str, Any] = {"place": "EMX060002", "indicator": line.indicator_id, "as_of": EXAMPLE_AS_OF}
        told = explain(ledger, partnership, **asked, page=cards["EMX060002"])
        assert line.current is not None
        if told.period != line.current.period:
            continue
        shown = line.current.value
        assert (told.value.value, told.value.lower_ci_95, told.value.upper_ci_99_8) == (
            shown.value,
            shown.lower_ci_95,
            shown.upper_ci_99_8,
        )
        for step in told.steps:
            assert all(0 < number <= len(told.references) for number in step.references)
            assert bool(step.method) == bool(step.method_formula) == bool(step.evidence)
            for working in step.workings:
                holds(working)
                found += 1
        family = [one for step in told.steps for one in step.workings if one.what == "p-value among them"]
        adjusted = line.comparisons[0].p_value_on_page if line.comparisons else None
        assert [one.result for one in family] == ([] if adjusted is None else [adjusted])
        slopes = [one.result for step in told.steps for one in step.workings if one.what == "slope a year"]
        if line.trend.slope is not None:
            assert line.trend.slope in slopes
    assert found > 200


def test_the_family_of_a_difference_is_printed_in_its_order_and_only_where_it_is_asked_for(
    example: ExampleRun,
) -> None:
    folder = str(bundled_folder("examples", "eastvale"))
    asked = ["explain", "--partnership", folder, "--ledger", str(example.ledger), "--place", "EMX060002"]
    asked += ["--indicator", "92517", "--as-of", EXAMPLE_AS_OF.isoformat(), "--json"]
    alone, together = (CliRunner().invoke(app, [*asked, *more]) for more in ((), ("--family",)))
    assert (alone.exit_code, together.exit_code) == (0, 0)
    assert "p-value among them" not in alone.stdout
    steps = json.loads(together.stdout)["steps"]
    (step,) = (one for one in steps if any(working["what"] == "p-value among them" for working in one["workings"]))
    (family,) = (one["rows"] for one in step["tables"] if one["title"].startswith("The first comparison"))
    p_values = [row[1] for row in family]
    assert p_values == sorted(p_values)
    assert [row[2] for row in family] == list(range(1, len(family) + 1))
    # the differences that the step-up rule of Benjamini and Hochberg keeps, told a second way
    kept = max((place for place, p_value in enumerate(p_values, 1) if p_value <= 0.05 * place / len(family)), default=0)
    told = dict(step["figures"])
    place = p_values.index(float(told["p-value"])) + 1
    assert told["when false differences are held to 5%"] == ("it stays" if place <= kept else "it does not stay")


def test_the_terminal_prints_formula_numbers_references_and_evidence(example: ExampleRun) -> None:
    folder = str(bundled_folder("examples", "eastvale"))
    asked = ["explain", "--partnership", folder, "--ledger", str(example.ledger), "--place", "EMX060002"]
    asked += ["--indicator", "local-08", "--as-of", EXAMPLE_AS_OF.isoformat()]
    run = CliRunner().invoke(app, asked)
    assert run.exit_code == 0
    assert "value = multiplier × numerator / denominator\n    100 × 160 / 484 = 33.05785124" in run.stdout
    assert "held against: golden proportions.csv" in run.stdout
    assert "\nReferences:\n  [1] " in run.stdout
