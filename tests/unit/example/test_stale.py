"""What is stale on a page is stale in the results."""

import re

import polars as pl

import outcomes as oc
from outcomes.workflows.example import ExampleRun


def test_a_stale_value_is_stale_in_the_results_too(example: ExampleRun) -> None:
    results = pl.read_parquet(example.site / "data" / "results.parquet")
    said = {
        (row["indicator_id"], row["area_code"])
        for row in results.filter(pl.col("qualifiers").str.contains("stale")).iter_rows(named=True)
    }
    shown = set()
    for path in sorted((example.site / "scorecards").glob("*.json")):
        card = oc.read_scorecard(path)
        shown |= {
            (line.indicator_id, card.place.area_code)
            for line in card.lines
            if line.current and "stale" in line.current.value.qualifiers
        }
    assert said == shown != set()


def test_the_line_of_data_counts_the_measures_that_are_marked_on_the_page(example: ExampleRun) -> None:
    counted = {}
    for path in sorted((example.site / "scorecards").glob("*.json")):
        card = oc.read_scorecard(path)
        marked = {line.indicator_id for line in card.lines if line.current and "stale" in line.current.value.qualifiers}
        (told,) = (line.sentence for line in card.profile if line.id == "data")
        found = re.search(r"(\d+) measures? (?:is|are) stale", told)
        assert int(found[1] if found else 0) == len(marked), card.place.name
        counted[card.place.name] = len(marked)
    assert any(counted.values())
