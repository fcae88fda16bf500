"""A small run of the fuzzing campaign, frames of any types, and proof that the comparison sees what is changed."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing.parametric import column, dataframes

from outcomes.intake.checking import check
from outcomes.vocabulary import Verdict
from tests.corpus.fuzz import Source, trial
from tests.corpus.generated.build import CATEGORIES
from tests.corpus.generated.description import COLUMNS, DESCRIPTION
from tests.corpus.generated.sheet import months
from tests.corpus.generated.writing import csv_bytes, parquet_bytes, xlsxwriter_bytes
from tests.corpus.plain_reading import lost_or_changed, plain_rows
from tests.corpus.world import partnership_from

# once, on one Python, is enough of these
pytestmark = pytest.mark.slow

DAY = date(2026, 2, 10)
WORLD = partnership_from(DESCRIPTION)
TRIALS = 120


@pytest.fixture(scope="module")
def known() -> list[Source]:
    cases = [case for name in ("xlsx", "parquet", "encoding", "ledger") for case in CATEGORIES[name]()]
    return [
        Source(
            case.id,
            case.content,
            f"{case.id}.{case.suffix}",
            case.partner,
            WORLD,
            DAY,
            case.must_be == "accepted" and case.suffix == "csv" and not case.also_ok,
        )
        for case in cases
        if len(case.content) < 100_000
    ]


def test_a_changed_file_never_breaks_the_check_and_no_figure_changes_in_silence(known: list[Source]) -> None:
    wrong = {number: told.wrong for number in range(TRIALS) if (told := trial(number, 7, known)[0]).wrong}
    assert not wrong


def test_a_trial_can_be_made_again(known: list[Source]) -> None:
    assert trial(3, 7, known) == trial(3, 7, known)
    assert trial(3, 7, known)[1] != trial(4, 7, known)[1]


@pytest.mark.parametrize("written", [csv_bytes, xlsxwriter_bytes, parquet_bytes])
def test_the_comparison_sees_a_figure_that_was_changed_or_lost(written: object, tmp_path: Path) -> None:
    assert callable(written)
    content = written(months())
    assert isinstance(content, bytes)
    rows = plain_rows(content)
    assert rows is not None
    frame = check(content, WORLD, partner="INFIRMARY-P", as_of=DAY, file_name="return").frame
    assert frame.height == 6
    assert lost_or_changed(rows, frame, {}, set()) == []
    turned = pl.when(pl.col("row") == 3).then(pl.col("numerator") + 1).otherwise(pl.col("numerator"))
    assert len(lost_or_changed(rows, frame.with_columns(turned.alias("numerator")), {}, set())) == 1
    assert len(lost_or_changed(rows, frame.filter(pl.col("row") != 3), {}, set())) == 1
    assert lost_or_changed(rows, frame.filter(pl.col("row") != 3), {}, {3}) == []
    swapped = frame.with_columns(pl.col("area_code").reverse())
    assert len(lost_or_changed(rows, swapped, {}, set())) >= 4


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(dataframes(cols=[column(name) for name in COLUMNS], max_size=6, allow_null=True))
def test_a_frame_of_any_types_is_judged(frame: pl.DataFrame) -> None:
    result = check(frame, WORLD, partner="INFIRMARY-P", as_of=DAY)
    assert result.verdict is Verdict.REJECTED


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(("tdv-1", "hrs-2")), st.floats(), st.integers(-5, 10**19), st.text(max_size=12)),
        min_size=1,
        max_size=5,
    )
)
def test_a_frame_of_any_numbers_is_let_in_as_it_is_or_not_at_all(rows: list[tuple[str, float, int, str]]) -> None:
    frame = pl.DataFrame(
        {
            "indicator_id": [row[0] for row in rows],
            "place_code": ["W06000081"] * len(rows),
            "period": ["2025-04"] * len(rows),
            "numerator": pl.Series([row[1] for row in rows], dtype=pl.Float64),
            "denominator": pl.Series([row[2] for row in rows], dtype=pl.Int128),
            "comment": [row[3] for row in rows],
        }
    )
    result = check(frame, WORLD, partner="INFIRMARY-P", as_of=DAY)
    for one in result.frame.iter_rows(named=True):
        sent = rows[one["row"] - 2]
        scale = 10**9 if one["indicator_id"] == "hrs-2" else 1
        assert one["denominator"] == sent[2]
        assert one["numerator"] / scale == pytest.approx(sent[1], rel=1e-15, abs=0)
