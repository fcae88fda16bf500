"""Every stage's frame is held to its one written table."""

import polars as pl
import pytest

from outcomes.errors import TableError
from outcomes.table import empty_table, hold_to_table

COLUMNS: dict[str, pl.DataType] = {
    "area_code": pl.String(),
    "numerator": pl.Int64(),
    "period_start": pl.Date(),
    "qualifiers": pl.List(pl.String()),
}


def test_an_empty_table_has_every_column_and_no_row() -> None:
    frame = empty_table(COLUMNS)
    assert frame.height == 0
    assert dict(frame.schema) == COLUMNS
    assert hold_to_table(frame, COLUMNS, "test").equals(frame)


def test_columns_come_back_in_their_written_order() -> None:
    frame = empty_table(COLUMNS).select(list(reversed(COLUMNS)))
    assert hold_to_table(frame, COLUMNS, "test").columns == list(COLUMNS)


def test_every_difference_is_named_at_once() -> None:
    frame = pl.DataFrame(
        schema={"area_code": pl.Categorical(), "numerator": pl.Int32(), "qualifiers": pl.String(), "extra": pl.Int8()}
    )
    with pytest.raises(TableError) as refused:
        hold_to_table(frame, COLUMNS, "roll-up")
    assert str(refused.value) == (
        "the table of roll-up does not hold: period_start is missing; extra is surplus; "
        "area_code is Categorical, expected String; numerator is Int32, expected Int64; "
        "qualifiers is String, expected List(String)"
    )


@pytest.mark.parametrize("column", list(COLUMNS))
def test_one_missing_column_is_enough(column: str) -> None:
    with pytest.raises(TableError, match=f"does not hold: {column} is missing$"):
        hold_to_table(empty_table(COLUMNS).drop(column), COLUMNS, "test")


def test_a_list_of_another_type_is_another_type() -> None:
    frame = empty_table(COLUMNS).with_columns(pl.lit([], dtype=pl.List(pl.Int64)).alias("qualifiers"))
    with pytest.raises(TableError, match=r"qualifiers is List\(Int64\), expected List\(String\)"):
        hold_to_table(frame, COLUMNS, "test")
