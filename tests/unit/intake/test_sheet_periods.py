"""Worksheets whose names name the period: which are read, which are said, and months that stand side by side."""

from typing import Any

import pytest
from pydantic import ValidationError

from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult
from outcomes.vocabulary import Verdict
from tests.unit.intake.described import layout, world
from tests.unit.intake.returns_world import AS_OF
from tests.unit.intake.test_workbooks import workbook

BY_MONTH: dict[str, Any] = {
    "columns": {"Area": "place_code"},
    "constants": {"indicator_id": "visits", "denominator": "100"},
    "period": {"sheet": "{period}"},
    "side_by_side": {"headers": ["Jan", "April", "Sept"], "becomes": "period"},
}
BY_SHEET: dict[str, Any] = {
    "columns": {"Area": "place_code", "Seen": "numerator"},
    "constants": {"indicator_id": "visits", "denominator": "100"},
    "period": {"sheet": "Month {period}"},
}
MONTHS = [["Area", "Jan", "April", "Sept"], ["P1", 1, 2, 3]]
SEEN = [["Area", "Seen"], ["P1", 5]]


def read(described: dict[str, Any], sheets: dict[str, Any]) -> CheckResult:
    return check(
        workbook(*sheets.items()), world(described), partner="T1", as_of=AS_OF, layout="theirs", file_name="theirs.xlsx"
    )


def figures(result: CheckResult) -> list[tuple[object, ...]]:
    return result.frame.sort("period").select("period", "numerator", "sheet").rows()


def test_months_side_by_side_are_those_of_the_worksheets_year() -> None:
    assert figures(read(BY_MONTH, {"2024-25": MONTHS, "2023": MONTHS})) == [
        ("2023-01", 1, "2023"),
        ("2023-04", 2, "2023"),
        ("2023-09", 3, "2023"),
        ("2024-04", 2, "2024-25"),
        ("2024-09", 3, "2024-25"),
        ("2025-01", 1, "2024-25"),
    ]


def test_every_worksheet_of_the_name_is_read_and_each_other_said() -> None:
    result = read(BY_SHEET, {"Month 2026-03": SEEN, "MONTH Apr 2026": SEEN, "Notes": [["Area", "Seen"], ["P1", 9]]})
    assert figures(result) == [("2026-03", 5, "Month 2026-03"), ("2026-04", 5, "MONTH Apr 2026")]
    (said,) = [finding for finding in result.findings if finding.code == "OUT-169"]
    assert "Notes" in said.text


def test_a_worksheet_of_the_name_whose_period_cannot_be_read_refuses_the_file() -> None:
    result = read(BY_SHEET, {"Month 2026-03": SEEN, "Month after": SEEN})
    assert result.verdict is Verdict.REJECTED
    (said,) = [finding for finding in result.findings if finding.code == "OUT-302"]
    assert said.sheet == "Month after"


def test_a_workbook_without_any_such_worksheet_is_refused_by_what_is_expected() -> None:
    result = read(BY_SHEET, {"Data": SEEN})
    (said,) = [finding for finding in result.findings if finding.code == "OUT-110"]
    assert "Month {period}" in said.text
    assert "Data" in said.text


def test_two_worksheets_of_one_period_that_differ_are_refused() -> None:
    result = read(BY_SHEET, {"Month 2026-04": SEEN, "Month Apr 2026": [["Area", "Seen"], ["P1", 6]]})
    assert result.verdict is Verdict.REJECTED


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"period": {"sheet": "Month"}}, "once"),
        ({"period": {"sheet": "{period}", "cell": "A1"}}, "no cell, beside or pattern"),
        ({"sheet": "Data"}, "keep one"),
        ({"constants": {"indicator_id": "visits", "period": "2026-04"}}, "keep one"),
        ({"columns": {"Area": "place_code", "Month": "period"}}, "keep one"),
    ],
)
def test_a_layout_that_says_the_period_twice_is_refused(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        layout(**{**BY_SHEET, **changed})
