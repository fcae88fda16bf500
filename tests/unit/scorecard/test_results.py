"""The tidy results: one row for each figure under each framework, in one order, safe in a spreadsheet."""

import csv
import io
from dataclasses import replace

import polars as pl
import pytest

from outcomes.errors import TableError, UnknownNameError
from outcomes.exchange.tables import results_csv, results_parquet
from outcomes.geography.areas import Areas
from outcomes.scorecard.collection import RESULT_COLUMNS, Scorecards
from outcomes.scorecard.results import tidy_results
from tests.small_world import estimates, inclusion, indicator
from tests.unit.scorecard.card_world import AS_OF, cards, judgements, partnership

KEY = ["framework_id", "indicator_id", "indicator_version", "area_code", "period_start", "breakdown"]
VALUES = estimates(
    {"value": 20.0, "numerator": 20.0, "denominator": 100.0, "method": "wilson", "qualifiers": ["partial", "stale"]},
    {"period": "2023/24", "value": 21.0},
    {"area_code": "PL2", "reason": "cannot be calculated", "detail": "zero denominator"},
    {"breakdown": "sex=Male", "value": 22.0},
    {"indicator_id": "falls", "value": 5.0},
)
BOTH = partnership(
    indicators=[indicator(official_code="2D(1)"), indicator("falls")],
    local=[inclusion(benchmarks=("region", "nation")), inclusion("falls")],
    national=[inclusion(tier="national", outcome="money", benchmarks=("nation", "region"))],
)


def test_every_figure_has_one_row_under_each_framework_that_includes_it() -> None:
    frame = tidy_results(VALUES, judgements(), BOTH)
    assert dict(frame.schema) == dict(RESULT_COLUMNS)
    assert frame.height == 4 * 2 + 1
    assert frame.select(KEY).is_duplicated().any() is False
    assert frame.equals(frame.sort(KEY))
    pairs = frame.select("framework_id", "indicator_id").unique().sort(pl.all()).rows()
    assert pairs == [("local", "falls"), ("local", "smoking"), ("national", "smoking")]


def test_words_are_those_of_the_framework_the_area_and_the_current_period() -> None:
    words = judgements(
        {"signal": "comparison", "word": "better", "against": "region", "against_value": 25.0},
        {"signal": "comparison", "word": "worse", "against": "nation", "against_value": 15.0},
        {
            "signal": "comparison",
            "word": "worse",
            "against": "nation",
            "against_value": 15.0,
            "framework_id": "national",
        },
        {
            "signal": "comparison",
            "word": "better",
            "against": "region",
            "against_value": 25.0,
            "framework_id": "national",
        },
        {"signal": "trend", "word": "improving"},
        {"signal": "target", "word": "met", "against": "place", "target_value": 21.0},
        {"signal": "trend", "word": "decreasing", "breakdown": "sex=Male"},
        {"signal": "trend", "word": "cannot tell", "framework_id": "national"},
    )
    frame = tidy_results(VALUES, words, BOTH)
    current = frame.filter(area_code="PL1", indicator_id="smoking", period="2024/25", breakdown="")
    columns = [
        "framework_id",
        "outcome",
        "comparison",
        "benchmark",
        "benchmark_value",
        "trend",
        "target",
        "target_value",
    ]
    # each framework's own first choice of benchmark
    assert current.select(columns).rows() == [
        ("local", "health", "better", "region", 25.0, "improving", "met", 21.0),
        ("national", "money", "worse", "nation", 15.0, "cannot tell", None, None),
    ]
    rest = frame.filter((pl.col("period") == "2023/24") | (pl.col("area_code") == "PL2"))
    assert rest.select(pl.all_horizontal(pl.col("comparison", "trend", "target").is_null())).to_series().all()
    men = frame.filter(framework_id="local", breakdown="sex=Male")
    assert men["trend"].to_list() == ["decreasing"]


def test_the_first_target_stands_there_though_another_is_set_by_a_level_that_is_also_a_benchmark() -> None:
    words = judgements(
        {"signal": "target", "word": "met", "against": "place", "target_value": 21.0},
        {"signal": "target", "word": "not met", "against": "region", "target_value": 18.0},
    )
    current = tidy_results(VALUES, words, BOTH).filter(
        framework_id="local", area_code="PL1", indicator_id="smoking", period="2024/25", breakdown=""
    )
    assert current.select("target", "target_value").rows() == [("met", 21.0)]


def test_a_missing_value_stands_beside_its_reason_and_names_are_said() -> None:
    frame = tidy_results(VALUES, judgements(), BOTH)
    row = frame.filter(area_code="PL2", framework_id="local").row(0, named=True)
    assert (row["value"], row["reason"], row["detail"]) == (None, "cannot be calculated", "zero denominator")
    assert (row["area"], row["level"], row["indicator"], row["official_code"]) == (
        "Dunmere",
        "place",
        "Smoking",
        "2D(1)",
    )
    assert frame.filter(pl.col("value").is_null() & pl.col("reason").is_null()).is_empty()
    current = frame.filter(
        area_code="PL1", framework_id="local", period="2024/25", indicator_id="smoking", breakdown=""
    )
    assert current["qualifiers"].to_list() == ["partial; stale"]


def test_the_results_do_not_hang_on_the_order_of_the_rows() -> None:
    frame = tidy_results(VALUES, judgements(), BOTH)
    shuffled = type(VALUES)(VALUES.frame.reverse())
    assert tidy_results(shuffled, judgements(), BOTH).equals(frame)


def test_no_figure_at_all_is_an_empty_table() -> None:
    frame = tidy_results(estimates(), judgements(), BOTH)
    assert frame.height == 0
    assert dict(frame.schema) == dict(RESULT_COLUMNS)


FORMULAS = ("=1+1", "+44", "-5", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://example.org","x")')


@pytest.mark.parametrize("name", FORMULAS)
def test_a_spreadsheet_runs_no_name_as_a_formula(name: str) -> None:
    whole = partnership(indicators=[indicator(official_code=name.strip(), unit=name.strip())])
    areas = whole.areas.frame.with_columns(pl.when(area_code="PL1").then(pl.lit(name)).otherwise("name").alias("name"))
    whole = replace(whole, areas=Areas(areas))
    made = cards(estimates({"value": -20.0}), of=whole)
    rows = list(csv.DictReader(io.StringIO(results_csv(made).decode(), newline="")))
    assert rows[0]["area"] == f"'{name}"
    assert rows[0]["official_code"] == f"'{name.strip()}"
    # a number below zero is a number, and the table itself keeps the name
    assert float(rows[0]["value"]) == -20.0
    assert made.results()["area"].to_list() == [name]


def test_csv_and_parquet_hold_the_same_rows() -> None:
    made = cards(VALUES, of=BOTH)
    rows = list(csv.DictReader(io.StringIO(results_csv(made).decode(), newline="")))
    assert pl.read_parquet(io.BytesIO(results_parquet(made))).equals(made.results())
    assert len(rows) == made.results().height
    assert list(rows[0]) == list(RESULT_COLUMNS)
    assert [row["value"] for row in rows] == ["" if v is None else str(v) for v in made.results()["value"]]
    assert b"\r" not in results_csv(made)
    assert (results_csv(made), results_parquet(made)) == (results_csv(made), results_parquet(made))


def test_a_frame_of_another_form_is_refused() -> None:
    with pytest.raises(TableError, match=r"the table of scorecards does not hold: .*value is missing"):
        Scorecards("t", (), cards().frame.drop("value"), AS_OF, 0, "none")


def test_a_place_is_found_by_its_code() -> None:
    made = cards()
    assert len(made) == 4
    assert made["PL1"].place.name == "Castlewick"
    assert [card.place.area_code for card in made] == ["PL1", "PL2", "PL9", "PL3"]
    with pytest.raises(UnknownNameError, match="no place 'PL7' among these scorecards; there are: PL1, PL2, PL9, PL3"):
        made["PL7"]
