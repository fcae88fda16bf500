"""A breakdown may know nothing but the whole: the sender names it, and it is nobody's part."""

import polars as pl
import pytest

from outcomes.errors import TableError
from outcomes.framework.model import Breakdown
from outcomes.intake.from_frame import observations
from tests.small_world import indicator, world

OLD = indicator("falls", breakdowns=(Breakdown(dimension="age_band", whole="65+ yrs"),))


def _sent(age: str) -> pl.DataFrame:
    row = {"indicator_id": "falls", "place_code": "PL1", "period": "2025/26", "age_band": age}
    return pl.DataFrame([{**row, "numerator": 3, "denominator": 10}])


def test_the_whole_that_is_named_speaks_for_everybody() -> None:
    assert observations(_sent("65+ yrs"), world([OLD])).frame["breakdown"].to_list() == [""]


def test_another_category_is_none() -> None:
    with pytest.raises(TableError, match="OUT-221"):
        observations(_sent("85+ yrs"), world([OLD]))


def test_a_breakdown_without_categories_and_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="or the whole"):
        Breakdown(dimension="age_band")
