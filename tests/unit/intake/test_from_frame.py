"""An analyst's own frame becomes observations under the same rules, or every fault is listed."""

from typing import Any

import polars as pl
import pytest

from outcomes.errors import TableError, UnknownNameError
from outcomes.intake.from_frame import observations
from tests.unit.intake.returns_world import WORLD, sent


def frame(**columns: Any) -> pl.DataFrame:
    given: dict[str, Any] = {
        "indicator_id": ["stay", "stay"],
        "place_code": ["P1", "P2"],
        "period": ["2026-04", "2026-04"],
        "numerator": [10, 11],
        "denominator": [20, 20],
    }
    return pl.DataFrame({**given, **columns})


def test_a_partners_frame_gives_what_a_check_gives() -> None:
    assert observations(frame(), WORLD, partner="T1").frame.equals(sent(frame()).frame)


def test_nobodys_frame_may_name_any_place_and_any_indicator() -> None:
    made = observations(frame(indicator_id=["elsewhere", "stay"], place_code=["P9", "P1"]), WORLD)
    assert made.frame["partner_code"].to_list() == ["", ""]
    assert made.frame["area_code"].to_list() == ["P9", "P1"]


def test_the_librarys_own_word_for_a_place_is_read_too() -> None:
    assert observations(frame().rename({"place_code": "area_code"}), WORLD).frame.height == 2


def test_every_fault_is_listed_with_row_and_column() -> None:
    bad = frame(numerator=[30, 11], place_code=["P1", "P77"])
    with pytest.raises(TableError) as caught:
        observations(bad, WORLD)
    assert "2 faults" in str(caught.value)
    assert "OUT-501 row 2 numerator" in str(caught.value)
    assert "OUT-205 row 3 place_code" in str(caught.value)


@pytest.mark.parametrize("column", ["indicator_id", "period", "numerator", "denominator"])
def test_a_missing_column_is_named(column: str) -> None:
    with pytest.raises(TableError, match=f"column {column} is missing"):
        observations(frame().drop(column), WORLD)


def test_a_personal_number_is_refused_and_not_repeated() -> None:
    with pytest.raises(TableError) as caught:
        observations(frame(comment=["9991234578", None]), WORLD)
    assert "9991234578" not in str(caught.value)


def test_an_unknown_partner_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        observations(frame(), WORLD, partner="X")
