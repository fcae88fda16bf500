"""Parquet files and frames: types are seen and not trusted."""

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from outcomes.partnership.layout import Limits
from outcomes.vocabulary import Verdict
from tests.unit.intake.returns_world import WORLD, codes, found, returns_world, row_of, sent

CLEAN: dict[str, list[Any]] = {
    "indicator_id": ["stay", "stay"],
    "place_code": ["P1", "P2"],
    "period": ["2026-04", "2026-04"],
    "numerator": [10, 11],
    "denominator": [20, 20],
}


def frame(**columns: Any) -> pl.DataFrame:
    return pl.DataFrame({**CLEAN, **columns})


def parquet(table: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.write_parquet(buffer)
    return buffer.getvalue()


def test_a_frame_and_its_parquet_file_say_the_same() -> None:
    from_frame, from_file = sent(frame()), sent(parquet(frame()), file_name="T1_return.parquet")
    assert from_frame.verdict is from_file.verdict is Verdict.ACCEPTED
    assert from_frame.frame.equals(from_file.frame)
    assert from_frame.frame["row"].to_list() == [2, 3]


def test_the_same_frame_has_the_same_hash_and_another_has_another() -> None:
    assert sent(frame()).sha256 == sent(frame()).sha256
    assert sent(frame()).sha256 != sent(frame(numerator=[10, 12])).sha256
    nothing, empty = frame(comment=pl.Series([None, None], dtype=pl.String)), frame(comment=["", ""])
    assert sent(nothing).sha256 != sent(empty).sha256


@pytest.mark.parametrize(
    ("numerator", "code"),
    [
        ([float("nan"), 1.0], "OUT-404"),
        ([float("inf"), 1.0], "OUT-404"),
        ([1.5, 1.0], "OUT-406"),
        ([-1, 1], "OUT-409"),
        ([date(2026, 4, 1)] * 2, "OUT-413"),
        ([True, False], "OUT-413"),
        ([1e300, 1.0], "OUT-408"),
    ],
)
def test_a_type_is_no_promise(numerator: list[Any], code: str) -> None:
    result = sent(frame(numerator=numerator))
    assert result.verdict is Verdict.REJECTED
    assert (2, "numerator") in {(finding.row, finding.column) for finding in found(result, code)}


def test_whole_counts_in_a_float_column_are_read_and_said() -> None:
    result = sent(frame(numerator=[10.0, 11.0]))
    assert codes(result) == {"OUT-452"}
    assert result.frame["numerator"].to_list() == [10, 11]


def test_decimals_are_read_exactly() -> None:
    table = frame(indicator_id=["half", "half"], numerator=[Decimal("155.5"), Decimal("2.0")])
    assert sent(table).frame["numerator"].to_list() == [311, 4]


def test_a_missing_number_is_blank_and_not_zero() -> None:
    result = sent(frame(numerator=[None, 1]))
    assert [(finding.row, finding.column) for finding in found(result, "OUT-401")] == [(2, "numerator")]


@pytest.mark.parametrize(
    ("period", "form"),
    [([date(2026, 4, 1)] * 2, True), ([date(2026, 4, 30)] * 2, True), ([date(2026, 4, 2)] * 2, False),
     ([datetime(2026, 4, 1)] * 2, True), ([datetime(2026, 4, 1, 8)] * 2, False), ([202604, 202604], False)],
)  # fmt: skip
def test_a_typed_date_is_a_month_only_at_its_ends_and_at_midnight(period: list[Any], form: bool) -> None:
    result = sent(frame(period=period))
    assert codes(result) == ({"OUT-351"} if form else {"OUT-302"})


def test_a_column_of_lists_is_refused() -> None:
    assert codes(sent(frame(numerator=[[1], [2]]))) == {"OUT-109"}


def test_categories_are_text() -> None:
    assert sent(frame(place_code=pl.Series(["P1", "P2"], dtype=pl.Categorical))).verdict is Verdict.ACCEPTED


def test_too_many_rows_or_columns_are_refused() -> None:
    small = WORLD.layouts["native"].model_copy(update={"limits": Limits(max_rows=1, max_columns=6)})
    partnership = returns_world(layouts={"native": small})
    assert codes(sent(frame(), partnership=partnership)) == {"OUT-011"}
    assert codes(sent(parquet(frame()), partnership=partnership, file_name="T1.parquet")) == {"OUT-011"}
    wide = frame(a=[1, 2], b=[1, 2])[:1]
    assert codes(sent(wide, partnership=partnership)) == {"OUT-012"}


def test_a_packed_table_of_countless_cells_is_refused_before_it_is_read() -> None:
    columns = [pl.lit(None, dtype=pl.String).alias(f"c{number}") for number in range(150)]
    table = pl.select(pl.repeat("x", 1_500_000).alias("x")).with_columns(columns)
    content = parquet(table)
    assert len(content) < 5_000_000
    assert codes(sent(content, file_name="T1.parquet")) == {"OUT-011"}


@pytest.mark.parametrize("cut", [4, 12, 60, 400])
def test_a_parquet_file_that_is_cut_off_is_refused(cut: int) -> None:
    content = parquet(frame())
    assert codes(sent(content[:-cut], file_name="T1.parquet")) == {"OUT-008"}
    # a whole tail on a broken body
    broken = content[:40] + bytes(len(content) - 80) + content[-40:]
    assert sent(broken, file_name="T1.parquet").verdict is Verdict.REJECTED


def test_a_parquet_file_named_as_text_is_read_and_said() -> None:
    assert codes(sent(parquet(frame()), file_name="T1_return.csv")) == {"OUT-055"}


def test_messages_on_a_frame_have_rows_and_no_cell_addresses() -> None:
    (finding,) = found(sent(frame(numerator=[30, 1])), "OUT-501")
    assert (finding.row, finding.column, finding.cell) == (2, "numerator", None)


def test_a_decile_in_a_float_column_is_the_whole_number() -> None:
    result = sent(frame(deprivation_decile=[1.0, None]))
    assert row_of(result, 2)["breakdown"] == "deprivation_decile=1"
    assert row_of(result, 3)["breakdown"] == ""
