"""Several tables of a described file, headers of two rows and repeated ones, columns joined, served twice, missing."""

from typing import Any

from outcomes.vocabulary import Verdict
from tests.unit.intake.described import HEAD, ROWS, WIDE, figures, read, where
from tests.unit.intake.returns_world import codes, found, sheet
from tests.unit.intake.test_workbooks import workbook

SHEETS: tuple[tuple[str, list[list[Any]]], ...] = (
    ("Notes", [["Nothing here"]]),
    ("By sex", [["Area", "Female", "Male"], ["P1", 4, 6], ["P2", 5, 5]]),
    ("All of them", [["Banner"], ["Area", "Seen", "Of"], ["P1", 10, 20], ["P2", 10, "ten"]]),
)
TABLES: dict[str, Any] = {
    "columns": {"Area": "place_code"},
    "constants": {"indicator_id": "beds", "period": "2025/26 Q4"},
    "tables": [
        {
            "sheet": "Whole | All of them",
            "columns": {"Area": "place_code", "Seen": "numerator", "Of": "denominator"},
            "constants": {"indicator_id": "stay", "period": "2026-04"},
        },
        {"sheet": "by sex", "wide": [{"cells": {"numerator": {"add": ["Female", "Male"]}}}]},
    ],
}


def test_several_tables_of_a_file_are_one_submission() -> None:
    sheets = (*SHEETS[:2], ("All of them", [*SHEETS[2][1][:3], ["P2", 10, 20]]))
    result = read(workbook(*sheets), TABLES)
    assert result.verdict is not Verdict.REJECTED, result.findings
    assert result.frame.select("sheet", "row", "indicator_id", "area_code", "numerator", "period").rows() == [
        ("By sex", 2, "beds", "P1", 10, "2025/26 Q4"),
        ("By sex", 3, "beds", "P2", 10, "2025/26 Q4"),
        ("All of them", 3, "stay", "P1", 10, "2026-04"),
        ("All of them", 4, "stay", "P2", 10, "2026-04"),
    ]
    assert result.indicator_ids == ("beds", "stay")


def test_a_finding_names_the_sheet_and_cell_of_its_own_table() -> None:
    result = read(workbook(*SHEETS), TABLES)
    assert where(result, "OUT-402") == [("All of them", 4, "C4", "denominator", "Of")]
    broken = (SHEETS[0], ("By sex", [*SHEETS[1][1][:2], ["P2", "many", 5]]), SHEETS[2])
    assert ("By sex", 3, "B3", "numerator", "Female") in where(read(workbook(*broken), TABLES), "OUT-402")


def test_rows_of_several_sheets_that_contradict_each_other_are_named_with_their_sheets() -> None:
    both = {**TABLES, "tables": [TABLES["tables"][0], {**TABLES["tables"][0], "sheet": "Other"}]}
    sheets: tuple[tuple[str, list[list[Any]]], ...] = (
        ("Whole", [["Area", "Seen", "Of"], ["P1", 1, 2]]),
        ("Other", [["Area", "Seen", "Of"], [], ["P1", 2, 2]]),
    )
    findings = found(read(workbook(*sheets), both), "OUT-505")
    assert {(one.sheet, one.row) for one in findings} == {("Whole", 2), ("Other", 3)}
    assert "2 of “Whole”, 3 of “Other”" in findings[0].text


def test_every_table_that_is_missing_is_said_and_one_without_rows_is_no_fault() -> None:
    result = read(workbook(SHEETS[0]), TABLES)
    assert [(one.code, one.sheet) for one in result.findings if one.code == "OUT-110"] == [
        ("OUT-110", "Whole | All of them"),
        ("OUT-110", "by sex"),
    ]
    empty: tuple[tuple[str, list[list[Any]]], ...] = (
        ("By sex", [["Area", "Female", "Male"]]),
        ("Whole", [["Area", "Seen", "Of"], ["P1", 1, 2]]),
    )
    result = read(workbook(*empty), TABLES)
    assert (result.loaded_rows, [one.sheet for one in found(result, "OUT-167")]) == (1, ["By sex"])
    assert "OUT-104" in codes(
        read(workbook(("By sex", [["Area", "Female", "Male"]]), ("Whole", [["Area", "Seen", "Of"]])), TABLES)
    )


def test_several_tables_may_read_one_sheet_and_then_its_columns_are_described_by_either() -> None:
    described = {
        "columns": {"Area": "place_code", "Month": "period"},
        "tables": [
            {"wide": [WIDE["wide"][1]]},
            {"wide": [{**WIDE["wide"][1], "constants": {"indicator_id": "stay"}, "cells": {
                "numerator": {"add": ["Late 2"]}, "denominator": {"add": ["Seen 2"]}}}]},
        ],
    }  # fmt: skip
    result = read(sheet("A banner,,,,,", HEAD, *ROWS, header="x,,,,,"), described)
    assert [row[:4] for row in figures(result)] == [
        ("stay", "P1", 2, 20),
        ("stay", "P2", 4, 40),
        ("visits", "P1", 1, 10),
        ("visits", "P2", 3, 30),
    ]
    assert not found(result, "OUT-164")
    assert [(one.row, one.repeats) for one in found(result, "OUT-151")] == [(1, 1)]


BLOCKS: list[list[Any]] = [
    ["Part A"],
    ["", "", "", "People", "", "", "Share"],
    ["", "Area", "Month", "Seen", "Of", "", "Seen"],
    ["", "P1", "2026-04", 1, 2, "", 0.5],
    ["", "", "", "", "", ""],
    ["", "All", "2026-04", 1, 2, "", 0.5],
    ["Part B"],
    ["", "", "", "People", "", "", "Share"],
    ["", "Area", "Month", "Seen", "Of", "", "Seen"],
    ["", "P2", "2026-04", 3, 4, "", 0.75],
]
OF_BLOCKS: dict[str, Any] = {
    "header_rows": 2,
    "columns": {"Area": "place_code", "Month": "period", "People Seen": "numerator", "People Of": "denominator"},
    "constants": {"indicator_id": "stay"},
    "ignored_columns": ["Share Seen"],
    "rows": [{"column": "place_code", "skip": ["All"], "because": "Added up here."}],
}


def test_a_header_of_two_rows_is_read_downwards_and_its_repeats_are_skipped() -> None:
    result = read(workbook(("Data", BLOCKS)), OF_BLOCKS)
    assert figures(result) == [("stay", "P1", 1, 2, 4), ("stay", "P2", 3, 4, 10)]
    assert [(one.row, one.repeats) for one in found(result, "OUT-155")] == [(8, 1)]
    assert codes(result) == {"OUT-151", "OUT-152", "OUT-154", "OUT-155", "OUT-159", "OUT-163"}


def test_of_a_header_that_stands_twice_the_first_counts_only_if_the_layout_says_so() -> None:
    one_row = {
        **OF_BLOCKS,
        "header_rows": 1,
        "columns": {"Area": "place_code", "Month": "period", "Seen": "numerator", "Of": "denominator"},
    }
    assert [one.column for one in found(read(workbook(("Data", BLOCKS)), one_row), "OUT-103")] == ["numerator"]
    first = {**one_row, "is_header_repeated_by_first": True}
    assert figures(read(workbook(("Data", BLOCKS)), first)) == [("stay", "P1", 1, 2, 4), ("stay", "P2", 3, 4, 10)]


def test_a_second_header_with_other_columns_is_refused() -> None:
    swapped = [*BLOCKS[:8], ["", "Area", "Month", "Of", "Seen", "", "Seen"], BLOCKS[9]]
    result = read(workbook(("Data", swapped)), OF_BLOCKS)
    assert [(one.row, one.code) for one in result.findings if one.code == "OUT-114"] == [(9, "OUT-114")]
    assert result.verdict is Verdict.REJECTED


def test_a_header_may_be_described_with_alternatives_and_by_our_own_name() -> None:
    described = {
        **WIDE,
        "columns": {"Area | Trust (1) | Trust": "place_code", "Month": "period"},
        "rows": [{"column": "place_code", "skip": ["XX"], "because": "Test rows."}],
    }
    for name in ("Area", "Trust (1)", "trust"):
        text = sheet(*ROWS, "XX,2026-04,1,1,1,1", header=HEAD.replace("Area", name))
        assert len(figures(read(text, described))) == 4


def test_texts_of_several_columns_are_joined_and_one_column_may_serve_twice() -> None:
    described = {
        "columns": {"Area": "place_code", "Month": "period", "N": "numerator", "Of": "denominator"},
        "joined": {"indicator_id": ["What", "Which"], "sex": ["Which"]},
        "codes": {"indicator_id": {"Stay men": "stay", "Stay all": "stay"}, "sex": {"men": "Male", "all": "Persons"}},
    }
    text = sheet("Stay,men,P1,2026-04,1,2", "Stay,all,P1,2026-04,2,4", header="What,Which,Area,Month,N,Of")
    result = read(text, described)
    assert result.frame.select("breakdown", "numerator").rows() == [("", 2), ("sex=Male", 1)]
    (finding,) = found(read(text.replace("Stay,men", "Go,men"), described), "OUT-201")
    assert (finding.value, finding.header) == ("Go men", "What + Which")


def test_a_described_column_that_is_missing_is_named() -> None:
    result = read(sheet("P1,2026-04,10,20,1", header="Area,Month,Seen 1,Seen 2,Late 1"), WIDE)
    assert ("late_2", 1) in {(one.column, one.row) for one in found(result, "OUT-102")}
