"""The number of a row orders and tells apart as its columns do."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from outcomes import ordering
from outcomes.ordering import in_order, order_numbers

SCHEMA = {"area_code": pl.String(), "period_start": pl.Date(), "version": pl.Int64(), "share": pl.Float64()}
COLUMNS = list(SCHEMA)

rows = st.lists(
    st.tuples(
        st.none() | st.sampled_from(["", "A", "a", "Ä", "AB", "é", "😀"]),
        st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
        st.none() | st.sampled_from([-(2**63), -1, 0, 1, 2**62, 2**63 - 1]),
        st.none() | st.sampled_from([-1.5, 0.0, 0.25]),
    ),
    max_size=30,
)


def _frame(found: list[tuple[object, ...]]) -> pl.DataFrame:
    return pl.DataFrame(found, schema=SCHEMA, orient="row").with_row_index("came")


@given(rows)
def test_rows_in_order_are_rows_sorted_by_the_columns_and_equal_ones_stay_as_they_came(
    found: list[tuple[object, ...]],
) -> None:
    frame = _frame(found)
    assert_frame_equal(in_order(frame, COLUMNS), frame.sort(COLUMNS, maintain_order=True))


@given(rows)
def test_two_rows_have_one_number_only_where_all_their_columns_are_equal(found: list[tuple[object, ...]]) -> None:
    numbers = order_numbers(_frame(found), COLUMNS).to_list()
    for mine, my_number in zip(found, numbers, strict=True):
        for other, other_number in zip(found, numbers, strict=True):
            assert (mine == other) == (my_number == other_number)


@given(rows)
def test_the_order_is_the_same_where_the_numbers_would_not_fit_one_integer(found: list[tuple[object, ...]]) -> None:
    frame = _frame(found)
    with pytest.MonkeyPatch.context() as patched:
        # every further column is then too many
        patched.setattr(ordering, "_ROOM", 1)
        assert_frame_equal(in_order(frame, COLUMNS), frame.sort(COLUMNS, maintain_order=True))


def test_rows_that_are_in_order_are_not_moved() -> None:
    frame = pl.DataFrame({"area_code": ["A", "A", "B"]})
    assert in_order(frame, ["area_code"]) is frame


def test_a_frame_without_rows_has_no_numbers() -> None:
    assert order_numbers(pl.DataFrame(schema=SCHEMA), COLUMNS).to_list() == []


def test_without_columns_all_rows_are_equal() -> None:
    assert order_numbers(pl.DataFrame({"area_code": ["A", "B"]}), []).to_list() == [0, 0]
