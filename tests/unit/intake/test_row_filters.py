"""Rows are left out by one column, or by one column where others say so; numbers with many decimals are compared."""

from typing import Any

from outcomes.intake.model import CheckResult
from outcomes.partnership.layout import Layout
from tests.unit.intake.returns_world import codes, found, indicator, returns_world, sent, sheet

HEADER = "indicator_id,place_code,period,numerator,denominator"
COLUMNS = {name: name for name in HEADER.split(",")}


def _sent(*rows: str, **row_filter: Any) -> CheckResult:
    layout = Layout.model_validate(
        {"id": "some", "title": "Some rows", "columns": COLUMNS, "rows": [{"because": "So.", **row_filter}]}
    )
    return sent(sheet(*rows, header=HEADER), partnership=returns_world(layouts={"some": layout}), layout="some")


def test_rows_are_left_out_only_where_the_other_column_says_so() -> None:
    rows = ("stay,P1,2026-04,,", "visits,P1,2026-04,1,9", "stay,P2,2026-04,2,9")
    result = _sent(*rows, column="numerator", skip=[""], where={"indicator_id": ["stay"]})
    assert result.frame.select("indicator_id", "area_code").rows() == [("stay", "P2"), ("visits", "P1")]
    (finding,) = found(result, "OUT-163")
    assert finding.text == "1 row was left out by the column numerator, as the description of this sheet says. So."


def test_what_is_kept_is_kept_only_where_the_other_column_says_so() -> None:
    rows = ("stay,P1,2026-04,1,9", "stay,P2,2026-04,2,9", "visits,P2,2026-04,3,9")
    result = _sent(*rows, column="place_code", keep=["P1"], where={"indicator_id": ["stay"]})
    assert result.frame.select("indicator_id", "area_code").rows() == [("stay", "P1"), ("visits", "P2")]


def test_capitals_and_blanks_around_a_text_make_no_difference() -> None:
    rows = ("stay,P1,2026-04,1,9", "STAY ,P2,2026-04,2,9")
    result = _sent(*rows, column="indicator_id", skip=[" Stay"])
    assert result.frame.is_empty()
    result = _sent("stay,p1,2026-04,1,9", column="place_code", keep=["P1"], where={"indicator_id": ["Stay"]})
    assert result.frame["area_code"].to_list() == ["P1"]


def test_a_column_that_is_not_there_is_named() -> None:
    result = _sent("stay,P1,2026-04,1,9", column="numerator", skip=[""], where={"kind": ["stay"]})
    assert [finding.column for finding in found(result, "OUT-111")] == ["kind"]


def test_numbers_with_many_decimals_are_compared_without_overflow() -> None:
    fine = indicator("fine", numerator="number", numerator_scale=10**12, denominator_scale=10**12)
    mixed = indicator("mixed", numerator="number", numerator_scale=10**12)
    world = returns_world(indicators=(fine, mixed))
    good = sheet("fine,P1,2026-04,61399.5,579995.25", "mixed,P1,2026-04,61399.5,579995")
    assert "OUT-501" not in codes(sent(good, partnership=world))
    bad = sheet("fine,P1,2026-04,579995.25,61399.5", "mixed,P1,2026-04,579995.25,61399")
    assert [finding.row for finding in found(sent(bad, partnership=world), "OUT-501")] == [2, 3]
