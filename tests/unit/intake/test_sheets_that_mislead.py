"""Sheets of other people that could be read wrongly without a word: each is refused, or named."""

from typing import Any

import pytest
from pydantic import ValidationError

from outcomes.intake.model import CheckResult
from outcomes.vocabulary import Verdict
from tests.unit.intake.described import figures, layout, read
from tests.unit.intake.returns_world import codes, found
from tests.unit.intake.test_workbooks import workbook

LONG: dict[str, Any] = {
    "constants": {"indicator_id": "stay"},
    "columns": {"Area": "place_code", "Month": "period", "Seen": "numerator", "Asked": "denominator"},
}
SUMS: dict[str, Any] = {
    "columns": {"Area": "place_code", "Month": "period"},
    "wide": [
        {
            "constants": {"indicator_id": "stay"},
            "cells": {"numerator": {"add": ["A", "B"]}, "denominator": {"add": ["C"], "less": ["D"]}},
        }
    ],
}
BANNER: dict[str, Any] = {
    "period": {"beside": "Period:"},
    "constants": {"indicator_id": "stay"},
    "columns": {"Area": "place_code", "Seen": "numerator", "Asked": "denominator"},
}
TWO_ROWS: dict[str, Any] = {
    "header_rows": 2,
    "columns": {"Code": "place_code", "Month": "period", "First Of": "numerator", "All Of": "denominator"},
    "constants": {"indicator_id": "stay"},
    "ignored_columns": ["First Seen", "All Seen"],
}
BLOCK = ",,First,,All,\nCode,Month,Seen,Of,Seen,Of\nP1,2026-04,1,2,3,4\n,,,,,\n"


def refused(result: CheckResult, code: str) -> list[tuple[int | None, str | None]]:
    assert result.verdict is Verdict.REJECTED
    assert result.frame.is_empty()
    return [(one.row, one.cell) for one in found(result, code)]


def test_a_part_below_zero_is_refused_though_the_sum_is_above() -> None:
    head = "Area,Month,A,B,C,D\n"
    result = read(head + "P1,2026-04,-1,5,20,0\nP2,2026-04,5,3,10,-10\n", SUMS)
    assert refused(result, "OUT-409") == [(2, "C2"), (3, "F3")]
    # what the layout reads as a marker is none, and what is taken off makes no part negative
    marked = read(head + "P1,2026-04,-1,5,20,0\nP2,2026-04,5,3,10,1\n", {**SUMS, "codes": {"numerator": {"-1": "[x]"}}})
    assert marked.frame.select("numerator", "denominator").rows() == [(None, 20), (8, 9)]
    many = read(head + "".join(f"P1,2026-{month:02},-1,5,20,0\n" for month in range(1, 10)) * 3, SUMS)
    assert sum(1 + one.repeats for one in found(many, "OUT-409")) == 27
    assert len(found(many, "OUT-409")) == 20


def test_an_indicator_that_may_be_negative_has_parts_below_zero() -> None:
    described = {
        "columns": {"Area": "place_code", "Quarter": "period"},
        "wide": [{"constants": {"indicator_id": "beds"}, "cells": {"numerator": {"add": ["A", "B"]}}}],
    }
    result = read("Area,Quarter,A,B\nP1,2026/27 Q1,-1,5\nP2,2026/27 Q1,-2,1\n", described)
    assert [row[2] for row in figures(result)] == [4, -1]


def test_two_alternatives_of_one_header_in_one_sheet_leave_open_which_is_meant() -> None:
    either = {**SUMS, "wide": [{**SUMS["wide"][0], "cells": {"numerator": {"add": ["Seen | People seen"]}}}]}
    text = "Area,Month,Seen,People seen\nP1,2026-04,1,10\n"
    assert refused(read(text, either), "OUT-103") == [(1, "D1")]
    columns = {"Area": "place_code", "Month": "period", "Seen | People seen": "numerator", "Asked": "denominator"}
    text = "Area,Month,Seen,People seen,Asked\nP1,2026-04,1,10,20\n"
    for is_first in (False, True):
        described = {**LONG, "columns": columns, "is_header_repeated_by_first": is_first}
        assert len(refused(read(text, described), "OUT-103")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Period:,April 2026,\nPeriod:,May 2026,\nArea,Seen,Asked\nP1,10,20\n",
        # the label stands in a column that is not read
        "Period:,April 2026,,,\nArea,Seen,Asked,,\nP1,10,20,,\n,,,Period:,May 2026\nArea,Seen,Asked,,\nP2,10,20,,\n",
    ],
)
def test_a_sheet_that_names_two_periods_is_refused(text: str) -> None:
    assert len(refused(read(text, BANNER), "OUT-306")) == 1
    assert "OUT-306" not in codes(read(text.replace("May", "April"), BANNER))


def test_a_label_of_the_period_may_be_a_word_of_the_table() -> None:
    text = "Period:,April 2026,,\nArea,Seen,Asked,Period\nP1,10,20,\nArea,Seen,Asked,Period\nP2,10,20,\n"
    assert len(figures(read(text, {**BANNER, "ignored_columns": ["period"]}))) == 2


@pytest.mark.parametrize(
    "described",
    [
        {**LONG, "period": {"cell": "A1"}},
        {**BANNER, "constants": {"indicator_id": "stay", "period": "2026-04"}},
        {**BANNER, "joined": {"period": ["Month", "Year"]}},
        {**BANNER, "side_by_side": {"headers": ["April"], "becomes": "period"}},
        {**BANNER, "wide": [{"constants": {"period": "2026-04"}, "cells": {"numerator": {"add": ["Seen"]}}}]},
    ],
)
def test_a_period_is_named_by_one_cell_or_by_the_rows_and_not_by_both(described: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="one cell names the period"):
        layout(**described)


def test_a_second_block_whose_upper_header_differs_is_refused() -> None:
    same = BLOCK + ",,First,,All,\nCode,Month,Seen,Of,Seen,Of\nP2,2026-04,1,2,3,4\n"
    lower = BLOCK + "Code,Month,Seen,Of,Seen,Of\nP2,2026-04,1,2,3,4\n"
    for text in (same, lower):
        assert [row[1:4] for row in figures(read(text, TWO_ROWS))] == [("P1", 2, 4), ("P2", 2, 4)]
    other = BLOCK + ",,All,,First,\nCode,Month,Seen,Of,Seen,Of\nP2,2026-04,1,2,3,4\n"
    assert refused(read(other, TWO_ROWS), "OUT-114") == [(6, None)]


def test_a_header_in_another_order_is_seen_though_it_begins_with_an_unknown_word() -> None:
    described = {**LONG, "unlisted_places": "Others are not ours.", "ignored_columns": ["Note"]}
    text = "Area,Month,Seen,Asked,Note\nP1,2026-04,1,10,\n,,,,\nPlace,Month,Asked,Seen,Area\nP2,2026-04,2,20,Dunmere\n"
    assert refused(read(text, described), "OUT-114") == [(4, None)]


def test_a_number_of_a_workbook_is_recoded_to_a_marker() -> None:
    rows: list[list[Any]] = [["Area", "Month", "A", "B"], ["P1", "2026-04", -1, 2], ["P2", "2026-04", 3, 40]]
    described = {
        "columns": {"Area": "place_code", "Month": "period"},
        "wide": [
            {
                "constants": {"indicator_id": "stay"},
                "cells": {"numerator": {"add": ["A"]}, "denominator": {"add": ["A", "B"]}},
            }
        ],
        "codes": {"numerator": {"-1": "[x]"}, "denominator": {"-1": "[x]"}},
    }
    result = read(workbook(("Data", rows)), described)
    assert result.frame.select("numerator", "denominator").rows() == [(None, None), (3, 43)]
    assert [(one.cell, one.value) for one in found(result, "OUT-458")] == [("C2", "[x]"), ("C2", "[x]")]
    long = {**LONG, "columns": {"Area": "place_code", "Month": "period", "A": "numerator", "B": "denominator"}}
    long |= {"codes": {"numerator": {"-1": "[x]"}}}
    assert read(workbook(("Data", rows)), long).frame["numerator"].to_list() == [None, 3]


def test_a_sheet_that_the_description_names_too_and_that_is_not_read_is_said() -> None:
    described = {**LONG, "sheet": "New | Old", "rows": [{"column": "Kind", "keep": ["a"], "because": "Others not."}]}
    head: list[Any] = ["Area", "Month", "Seen", "Asked"]
    new: list[list[Any]] = [[*head, "Kind"], ["P1", "2026-04", 1, 2, "a"]]
    old: list[list[Any]] = [head, ["P2", "2026-04", 1, 3]]
    result = read(workbook(("New", new), ("Old", old)), described)
    assert [row[1] for row in figures(result)] == ["P1"]
    assert "Old" in found(result, "OUT-161")[0].text


def test_an_unlisted_place_that_is_a_slip_of_the_pen_is_named_before_all_others() -> None:
    others = "".join(f"A{number},2026-04,1,2\n" for number in range(20))
    described = {**LONG, "unlisted_places": "Others are not ours."}
    result = read("Area,Month,Seen,Asked\nP1,2026-04,1,10\n" + others + "P-2,2026-04,2,10\n", described)
    said = found(result, "OUT-255")[0].text
    assert "21 rows about 21 places (P-2, perhaps P2, A0, A1, A10," in said
    assert "and 11 more" in said
    alone = read("Area,Month,Seen,Asked\nP1,2026-04,1,10\nP-2,2026-04,2,10\n", described)
    assert "(P-2, perhaps P2)" in found(alone, "OUT-255")[0].text
