"""Sheets of other people: several figures in a row, numbers below each other, totals, banners, several tables."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from pydantic import ValidationError

from outcomes.geography.areas import AREA_COLUMNS, Areas
from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult
from outcomes.partnership.layout import Layout
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import PartnerType, Verdict
from tests.unit.intake.returns_world import AS_OF, Record, codes, found, indicator, returns_world, sent, sheet
from tests.unit.intake.test_workbooks import workbook

HEAD = "Area,Month,Seen 1,Seen 2,Late 1,Late 2"
ROWS = ("P1,2026-04,10,20,1,2", "P2,2026-04,30,40,3,4")
WIDE: dict[str, Any] = {
    "columns": {"Area": "place_code", "Month": "period"},
    "wide": [
        {
            "constants": {"indicator_id": "stay"},
            "cells": {
                "numerator": {"add": ["Seen 1", "Seen 2"], "less": ["Late 1", "Late 2"]},
                "denominator": {"add": ["Seen 1", "Seen 2"]},
            },
        },
        {
            "constants": {"indicator_id": "visits"},
            "cells": {"numerator": {"add": ["Late 1"]}, "denominator": {"add": ["Seen 1"]}},
        },
    ],
}
LONG: dict[str, Any] = {
    "columns": {"Area": "place_code", "Year": "period"},
    "constants": {"indicator_id": "printed"},
    "one_below_the_other": {
        "column": "Kind",
        "value": "Number",
        "figures": {"Value": "value", "Margin": "margin_95"},
        "skip": ["Base"],
    },
}


def layout(**described: Any) -> Layout:
    return Layout(**{"id": "theirs", "title": "Their sheet", **described})


def world(described: dict[str, Any], partnership: Partnership | None = None, **partner: Any) -> Partnership:
    return replace(
        partnership or returns_world(**partner),
        layouts={"theirs": layout(**described), "native": Layout(id="native", title="native")},
    )


def read(content: str | bytes, described: dict[str, Any], **terms: Any) -> CheckResult:
    partnership = world(described, terms.pop("partnership", None), **terms.pop("partner", {}))
    period = terms.pop("period", None)
    given, name = (content.encode(), "T1_x.csv") if isinstance(content, str) else (content, "T1_x.xlsx")
    return check(given, partnership, partner="T1", as_of=AS_OF, layout="theirs", file_name=name, period=period, **terms)


def figures(result: CheckResult) -> list[tuple[Any, ...]]:
    assert result.verdict is not Verdict.REJECTED, result.findings
    return result.frame.select("indicator_id", "area_code", "numerator", "denominator", "row").rows()


def where(result: CheckResult, code: str) -> list[tuple[Any, ...]]:
    return [(one.sheet, one.row, one.cell, one.column, one.header) for one in found(result, code)]


def test_a_row_may_hold_several_figures_each_of_several_cells() -> None:
    assert figures(read(sheet(*ROWS, header=HEAD), WIDE)) == [
        ("stay", "P1", 27, 30, 2),
        ("stay", "P2", 63, 70, 3),
        ("visits", "P1", 1, 10, 2),
        ("visits", "P2", 3, 30, 3),
    ]


def test_a_sum_is_exact_where_its_cells_have_decimals() -> None:
    cells = {"numerator": {"add": ["Seen 1", "Seen 2"], "less": ["Late 1"]}, "denominator": {"add": ["Late 2"]}}
    halves = {**WIDE, "wide": [{"constants": {"indicator_id": "half"}, "cells": cells}]}
    result = read(sheet("P1,2026-04,0.1,20.4,0,2", "P2,2026-04,155.5,0.5,1,3", header=HEAD), halves)
    # a tenth and four tenths are a half, which the scale of 2 holds; floats would say 20.499999999999996 of some
    assert result.frame["numerator"].to_list() == [41, 310]
    (finding,) = found(read(sheet("P1,2026-04,0.1,20.3,0,2", ROWS[1], header=HEAD), halves), "OUT-407")
    assert (finding.value, finding.header) == ("20.4", "Seen 1 + Seen 2 − Late 1")


@pytest.mark.parametrize(
    ("cell", "code", "value"),
    [("", "OUT-401", None), ("[c]", "OUT-458", "[c]"), ("ten", "OUT-402", "ten"), ("5%", "OUT-402", "5% in a sum")],
)
def test_a_part_that_is_no_number_makes_the_whole_so_and_its_own_cell_is_named(
    cell: str, code: str, value: str | None
) -> None:
    result = read(sheet(f"P1,2026-04,10,{cell},1,2", ROWS[1], header=HEAD), WIDE)
    (first, second) = sorted(found(result, code), key=lambda one: one.column or "")
    assert (first.row, first.cell, first.column, first.header, first.value) == (2, "D2", "denominator", "Seen 2", value)
    assert (second.cell, second.column) == ("D2", "numerator")


def test_a_fault_of_a_sum_as_such_names_all_of_its_headers() -> None:
    (finding,) = found(read(sheet("P1,2026-04,1,1,5,5", ROWS[1], header=HEAD), WIDE), "OUT-409")
    assert (finding.row, finding.cell, finding.column) == (2, None, "numerator")
    assert finding.header == "Seen 1 + Seen 2 − Late 1 − Late 2"


def test_the_spelling_of_a_part_is_said_though_only_its_sum_is_read() -> None:
    result = read(sheet('P1,2026-04,"1,000",20,1,2', ROWS[1], header=HEAD), WIDE)
    assert {(one.row, one.cell, one.value) for one in found(result, "OUT-451")} == {(2, "C2", "1,000")}
    assert result.frame["denominator"].to_list() == [1020, 70, 1000, 30]


def test_a_figure_is_left_out_where_all_its_cells_are_blank_only_if_the_layout_says_so() -> None:
    text = sheet("P1,2026-04,10,20,1,2", "P2,2026-04,,40,,4", header=HEAD)
    second = {**WIDE["wide"][1], "is_left_out_where_blank": True}
    only = {**WIDE, "wide": [second]}
    assert figures(read(text, only)) == [("visits", "P1", 1, 10, 2)]
    assert "OUT-401" in codes(read(text, {**WIDE, "wide": [WIDE["wide"][1]]}))


def test_codes_are_read_in_wide_cells_and_constants_may_be_numbers() -> None:
    described = {
        "columns": {"Area": "place_code", "Month": "period"},
        "codes": {"numerator": {"A": "1", "-": "0"}},
        "wide": [
            {"constants": {"indicator_id": "stay", "denominator": "1"}, "cells": {"numerator": {"add": ["Rank"]}}},
        ],
    }
    text = sheet("P1,2026-04,A", "P2,2026-04,-", header="Area,Month,Rank")
    assert figures(read(text, described)) == [("stay", "P1", 1, 1, 2), ("stay", "P2", 0, 1, 3)]


def test_columns_side_by_side_hold_one_number_for_several_categories() -> None:
    described: dict[str, Any] = {
        "columns": {"Area": "place_code", "Month": "period"},
        "constants": {"indicator_id": "births"},
        "codes": {"sex": {"Women": "Female"}},
        "side_by_side": {"pattern": r"Seen \((.*)\)", "becomes": "sex"},
    }
    text = sheet("P1,2026-04,1,2,3", header="Area,Month,Seen (Women),Seen (male),Seen (Persons)")
    result = read(text, described)
    assert result.frame.select("breakdown", "numerator").rows() == [("", 3), ("sex=Female", 1), ("sex=Male", 2)]
    (finding,) = found(read(text.replace(",2,3", ",two,3"), described), "OUT-402")
    assert (finding.cell, finding.header) == ("D2", "Seen (male)")
    (finding,) = found(read(text.replace("Seen (", "Met ("), described), "OUT-101")
    assert "place_code" not in finding.fix
    assert r"area, month, Seen \((.*)\)" in finding.fix
    more = {**described, "columns": {**described["columns"], "Asked": "denominator"}}
    text = text.replace("Seen (", "Met (").replace("Month,", "Month,Asked,").replace("2026-04,", "2026-04,9,")
    assert "OUT-102" in codes(read(text, more))


def test_periods_may_stand_side_by_side() -> None:
    described = {
        "columns": {"Area": "place_code"},
        "constants": {"indicator_id": "beds"},
        "side_by_side": {"headers": ["2025/26 Q1", "2025/26 Q2"], "becomes": "period", "is_left_out_where_blank": True},
    }
    result = read(sheet("P1,5,6", "P2,7,", header="Area,2025/26 Q1,2025/26 Q2"), described)
    assert result.frame.select("area_code", "period", "numerator").rows() == [
        ("P1", "2025/26 Q1", 5),
        ("P1", "2025/26 Q2", 6),
        ("P2", "2025/26 Q1", 7),
    ]


def test_numbers_one_below_the_other_make_one_figure_with_its_interval() -> None:
    text = sheet(
        "P1,2025,Value,19.6", "P1,2025,Margin,0.35", "P1,2025,Base,12", "P2,2025,margin,[x]", "P2,2025,value,20",
        header="Area,Year,Kind,Number",
    )  # fmt: skip
    result = read(text, LONG)
    assert result.frame.select("area_code", "value", "lower_ci_95", "upper_ci_95", "row").rows() == [
        ("P1", 19.6, 19.25, 19.95, 2),
        ("P2", 20.0, None, None, 6),
    ]
    assert "Numbers that are not read: Base." in found(result, "OUT-163")[0].text


def test_a_number_one_below_the_other_is_named_at_its_own_row() -> None:
    text = sheet("P1,2025,Value,20", "P1,2025,Margin,wide", header="Area,Year,Kind,Number")
    result = read(text, LONG)
    assert where(result, "OUT-402") == [
        (None, 3, "D3", "lower_ci_95", "Number"),
        (None, 3, "D3", "upper_ci_95", "Number"),
    ]


def test_two_rows_for_one_number_are_a_fault_unless_they_agree() -> None:
    rows = ("P1,2025,Value,20", "P1,2025,Margin,1", "P1,2025,Value,{}", "P2,2025,Value,3", "P2,2025,Margin,1")
    head = "Area,Year,Kind,Number"
    (finding,) = found(read(sheet(*rows, header=head).format(21), LONG), "OUT-509")
    assert (finding.row, finding.cell, finding.column, finding.value) == (4, "D4", "value", "21")
    assert "Rows 2, 4" in finding.text
    result = read(sheet(*rows, header=head).format(20), LONG)
    assert (result.verdict, result.loaded_rows) == (Verdict.ACCEPTED_WITH_WARNING, 2)
    assert [one.row for one in found(result, "OUT-557")] == [4]


def test_a_kind_of_number_that_nobody_described_is_refused() -> None:
    rows = ("P1,2025,Value,20", "P1,2025,Median,20", "P2,2025,Median,20")
    (finding,) = found(read(sheet(*rows, header="Area,Year,Kind,Number"), LONG), "OUT-113")
    assert (finding.row, finding.cell, finding.value, finding.repeats) == (3, "C3", "Median", 1)


TOTALS: dict[str, Any] = {**WIDE, "totals": [{"column": "Area", "texts": ["total"], "because": "The nation."}]}


def test_a_total_is_held_against_its_parts_and_never_a_place() -> None:
    result = read(sheet(*ROWS, " TOTAL ,2026-04,40,60,4,6", header=HEAD), TOTALS)
    assert {area for _, area, *_ in figures(result)} == {"P1", "P2"}
    assert [one.text for one in found(result, "OUT-165")] == [
        "1 row is a total and belongs to no place, as the description of this sheet says; 4 numbers were compared with "
        "the sum of the parts, and 4 agree. The nation."
    ]


def test_a_total_that_differs_is_named_with_the_difference_and_may_be_let_in() -> None:
    text = sheet(*ROWS, "Total,2026-04,40,55,4,6", header=HEAD)
    result = read(text, TOTALS)
    assert result.verdict is Verdict.REJECTED
    assert where(result, "OUT-508") == [(None, 4, "D4", "seen_2", "Seen 2")]
    (finding,) = found(result, "OUT-508")
    assert "The total of “Seen 2” is 55; its 2 parts add up to 60: the total is 5 less." in finding.text
    let_in = read(text, {**TOTALS, "tolerated": {"OUT-508": "Published so."}})
    assert (let_in.verdict, let_in.loaded_rows) == (Verdict.ACCEPTED_WITH_WARNING, 4)


def test_a_total_that_is_described_and_not_found_is_said() -> None:
    (finding,) = found(read(sheet(*ROWS, header=HEAD), TOTALS), "OUT-168")
    assert finding.text.startswith("No row has “total” in the column Area, by which")
    assert not found(read(sheet(*ROWS, header=HEAD), TOTALS), "OUT-165")


def test_a_total_with_a_marked_part_cannot_be_compared() -> None:
    result = read(sheet("P1,2026-04,10,[c],1,2", ROWS[1], "Total,2026-04,40,60,4,6", header=HEAD), TOTALS)
    (finding,) = found(result, "OUT-556")
    assert (finding.row, finding.cell) == (4, "D4")
    assert "of its 2 parts 1 holds no number (row 2)" in finding.text
    assert not found(result, "OUT-508")
    (finding,) = found(read(sheet(*ROWS, "Total,2026-04,,60,4,6", header=HEAD), TOTALS), "OUT-556")
    assert "it holds no number itself" in finding.text


def test_totals_are_held_against_the_parts_of_their_group_unlisted_places_among_them() -> None:
    described = {
        **TOTALS,
        "totals": [{"column": "Area", "texts": ["total"], "within": ["Month"]}],
        "unlisted_places": "Patients from abroad.",
    }
    rows = (*ROWS, "ZZ,2026-04,1,1,0,0", "Total,2026-04,41,61,4,6", "P1,2026-05,1,1,0,0", "Total,2026-05,1,1,0,0")
    result = read(sheet(*rows, header=HEAD), described)
    assert "8 numbers were compared with the sum of the parts, and 8 agree" in found(result, "OUT-165")[0].text
    assert [one.text for one in found(result, "OUT-255")] == [
        "Rows about places that this partnership does not know were left out: 2 rows about 1 place (ZZ). "
        "Patients from abroad."
    ]


def test_totals_of_numbers_below_each_other_are_held_number_by_number() -> None:
    described = {
        "columns": {"Area": "place_code", "Month": "period"},
        "constants": {"indicator_id": "stay"},
        "one_below_the_other": {
            "column": "Kind", "value": "Number", "figures": {"Of": "denominator", "With": "numerator", "Rate": "value"},
        },
        "totals": [{"column": "Area", "texts": ["All of us"]}],
    }  # fmt: skip
    rows = [f"{area},2026-04,{kind},{number}" for area, numbers in
            (("P1", (10, 5, 50)), ("P2", (10, 2, 20)), ("all of us", (20, 8, 40)))
            for kind, number in zip(("Of", "With", "Rate"), numbers, strict=True)]  # fmt: skip
    result = read(sheet(*rows, header="Area,Month,Kind,Number"), described)
    # the denominators agree, the numerators do not, and rates do not add up
    (finding,) = found(result, "OUT-508")
    assert (finding.row, finding.cell) == (9, "D9")
    assert "is 8; its 2 parts add up to 7: the total is 1 more" in finding.text


def test_a_number_where_the_total_is_known_by_a_column_that_is_missing_is_refused() -> None:
    described = {**WIDE, "totals": [{"column": "Level", "texts": ["all"]}]}
    assert [one.column for one in found(read(sheet(*ROWS, header=HEAD), described), "OUT-111")] == ["Level"]


def test_rows_about_unlisted_indicators_are_counted_and_a_file_of_nothing_else_is_refused() -> None:
    described = {
        "columns": {
            "What": "indicator_id", "Area": "place_code", "Month": "period", "N": "numerator", "Of": "denominator",
        },
        "unlisted_indicators": "Not shared here.",
    }  # fmt: skip
    head = "What,Area,Month,N,Of"
    rows = ("stay,P1,2026-04,1,2", "other,P1,2026-04,x,2", "Total,P1,2026-04,1,2")
    result = read(sheet(*rows, header=head), described)
    assert figures(result) == [("stay", "P1", 1, 2, 2)]
    assert "2 rows about 2 indicators (Total, other)" in found(result, "OUT-256")[0].text
    assert "OUT-112" in codes(read(sheet(rows[1], header=head), described))
    # without a reason such rows are refused, and a blank is never unlisted
    assert "OUT-201" in codes(read(sheet(*rows, header=head), {**described, "unlisted_indicators": ""}))
    assert "OUT-203" in codes(read(sheet(*rows, ",P2,2026-04,1,2", header=head), described))


def test_the_text_around_a_period_is_described() -> None:
    described = {**WIDE, "period": {"pattern": "MSit-{period}"}}
    text = sheet(*ROWS, header=HEAD).replace("2026-04", "msit-APRIL-2026")
    result = read(text, described)
    assert set(result.frame["period"]) == {"2026-04"}
    assert "OUT-351" not in codes(result)
    findings = found(read(text.replace("msit-APRIL-2026", "APRIL-2026", 1), described), "OUT-302")
    assert {one.row for one in findings} == {2}
    assert "MSit-{period}" in findings[0].text


BANNER: list[list[Any]] = [
    ["Waiting times"],
    ["Period:", "", "April 2026"],
    [],
    ["Area", "Seen", "Of"],
    ["P1", 1, 2],
    ["P2", 3, 4],
]
OF_BANNER: dict[str, Any] = {
    "columns": {"Area": "place_code", "Seen": "numerator", "Of": "denominator"},
    "constants": {"indicator_id": "stay"},
}


@pytest.mark.parametrize("reading", [{"cell": "C2"}, {"beside": "period"}, {"beside": "Time | Period:"}])
def test_one_cell_above_the_header_names_the_period_of_the_sheet(reading: dict[str, str]) -> None:
    result = read(workbook(("Data", BANNER)), {**OF_BANNER, "period": reading})
    assert result.frame.select("area_code", "period", "row").rows() == [("P1", "2026-04", 5), ("P2", "2026-04", 6)]


def test_the_cell_of_the_period_may_hold_a_date() -> None:
    rows = [[date(2026, 4, 1)], *BANNER[3:]]
    content = workbook(
        ("Data", rows),
        touch=lambda book, page: page.write_datetime(0, 0, date(2026, 4, 1), book.add_format({"num_format": "mmm-yy"})),
    )
    assert set(read(content, {**OF_BANNER, "period": {"cell": "A1"}}).frame["period"]) == {"2026-04"}  # fmt: skip


def test_a_period_that_one_cell_names_wrongly_is_said_once_at_that_cell() -> None:
    rows = [["Period:", "", "some time"], *BANNER[2:]]
    result = read(workbook(("Data", rows)), {**OF_BANNER, "period": {"beside": "Period:"}})
    assert where(result, "OUT-302") == [("Data", 1, "C1", "period", None)]
    for reading in ({"cell": "B2"}, {"cell": "ZZ99"}, {"beside": "Month"}):
        result = read(workbook(("Data", BANNER)), {**OF_BANNER, "period": reading})
        assert codes(result) == {"OUT-305"}, result.findings


def test_a_sheet_that_names_no_period_takes_the_one_that_is_given() -> None:
    content = workbook(("Data", BANNER))
    result = read(content, OF_BANNER, period="2026-05")
    assert set(result.frame["period"]) == {"2026-05"}
    assert "--period" in found(read(content, OF_BANNER), "OUT-102")[0].text
    (finding,) = found(read(content, OF_BANNER, period="2026/27"), "OUT-302")
    assert finding.value == "2026/27"
    # the sheet's own period counts
    result = read(content, {**OF_BANNER, "period": {"cell": "C2"}}, period="2026-05")
    assert set(result.frame["period"]) == {"2026-04"}
    assert found(result, "OUT-353")
    with pytest.raises(ValueError, match="no period"):
        read(content, OF_BANNER, period="some day")


def test_a_file_without_a_period_is_another_submission_with_each_period() -> None:
    record, content = Record(), workbook(("Data", BANNER))
    record.keep(read(content, OF_BANNER, period="2026-04"))
    assert found(read(content, OF_BANNER, period="2026-04", ledger=record), "OUT-652")
    assert not found(read(content, OF_BANNER, period="2026-05", ledger=record), "OUT-652")


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


def coded_world(*dated: tuple[str, date | None, date | None]) -> Partnership:
    partnership = returns_world(footprint=("P1", "P2", "OLD", "E1"))
    rows: list[tuple[Any, ...]] = [
        (code, code, "place" if code != "E1" else "nation", begins, ends, []) for code, begins, ends in dated
    ]
    areas = pl.DataFrame([*rows, ("S1", "System", "system", None, None, [])], schema=AREA_COLUMNS, orient="row")
    others = {code: ("Q1", "q 2") if code == "P1" else ("Q1",) for code, *_ in dated if code != "E1"}
    return replace(partnership, areas=Areas(areas.sort("area_code"), other_codes=others))


def test_a_place_may_be_named_by_another_of_its_codes_whichever_holds_in_the_period() -> None:
    partnership = coded_world(("P1", None, date(2026, 3, 31)), ("P2", date(2026, 4, 1), None))
    text = sheet("stay,q1,2026-03,1,2", "stay,Q1,2026-04,3,4", "stay,Q 2,2026-03,1,2")
    result = sent(text, partnership=partnership)
    assert result.frame.select("area_code", "period", "numerator").rows() == [
        ("P1", "2026-03", 1),
        ("P2", "2026-04", 3),
    ]
    findings = found(result, "OUT-257")
    assert [(one.row, one.value, one.repeats) for one in findings] == [(2, "q1", 2)]
    # in a period of neither the later one says when it exists
    partnership = coded_world(("P1", None, date(2025, 3, 31)), ("P2", date(2026, 4, 1), None))
    assert "OUT-207" in codes(sent(sheet("stay,Q1,2025-06,1,2"), partnership=partnership))


def test_a_publishers_whole_is_let_in_beside_its_parts_and_nobody_elses() -> None:
    text = sheet("stay,P1,2026-04,1,2", "stay,P2,2026-04,1,2", "stay,E1,2026-04,9,20")
    footprint = ("P1", "P2", "E1")
    result = sent(text, partnership=returns_world(type=PartnerType.PUBLISHER, footprint=footprint))
    assert (result.verdict, result.loaded_rows) == (Verdict.ACCEPTED_WITH_WARNING, 3)
    assert [(one.row, one.value) for one in found(result, "OUT-258")] == [(4, "E1")]
    assert [one.row for one in found(sent(text, partnership=returns_world(footprint=footprint)), "OUT-209")] == [4]
    # what is below the level stays refused, and a file of wholes alone lacks no part
    below = sheet("stay,0101,2026-04,1,2")
    publisher = returns_world(type=PartnerType.PUBLISHER, footprint=footprint)
    assert "OUT-209" in codes(sent(below, partnership=publisher))
    assert "OUT-555" not in codes(sent(sheet("stay,E1,2026-04,9,20"), partnership=publisher))


@pytest.mark.parametrize(
    "described",
    [
        {**WIDE, "one_below_the_other": LONG["one_below_the_other"]},
        {**WIDE, "wide": [{"cells": {"nominator": {"add": ["x"]}}}]},
        {**WIDE, "wide": [{"constants": {"period": "2025"}, "cells": {"numerator": {"add": ["x"]}}}]},
        {**WIDE, "wide": [{"constants": {"numerator": "1"}, "cells": {"numerator": {"add": ["x"]}}}]},
        {**WIDE, "wide": [{"cells": {"numerator": {"add": ["x"] * 101}}}]},
        {"side_by_side": {"becomes": "sex"}},
        {"side_by_side": {"becomes": "sex", "headers": ["a"], "pattern": "a"}},
        {"side_by_side": {"becomes": "sex", "pattern": "(a"}},
        {"side_by_side": {"becomes": "sex", "pattern": "(a)(b)"}},
        {"side_by_side": {"becomes": "value", "headers": ["a"]}},
        {"one_below_the_other": {"column": "a", "value": "b", "figures": {"x": "margin_95"}}},
        {"one_below_the_other": {"column": "a", "value": "b", "figures": {"x": "value"}, "skip": ["X"]}},
        {"one_below_the_other": {"column": "a", "value": "b", "figures": {"x": "vlaue"}}},
        {"period": {"pattern": "April"}},
        {"period": {"cell": "2A"}},
        {"period": {"cell": "A2", "beside": "Period"}},
        {"columns": {"a": "sex"}, "joined": {"sex": ["b"]}},
    ],
)
def test_a_description_that_contradicts_itself_is_refused_when_it_is_made(described: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        layout(**described)


def test_a_long_and_a_wide_sheet_are_read_as_one_frame_of_the_same_bytes_each_time() -> None:
    wide = sheet(*(f"P{1 + at % 2},2026-0{1 + at % 9},{at},{at + 1},0,0" for at in range(18)), header=HEAD)
    first, second = (read(wide, WIDE).frame for _ in range(2))
    assert first.equals(second)
    assert first.height == 36


def test_figures_of_a_parquet_file_are_read_by_a_layout_too() -> None:
    frame = pl.DataFrame({"Area": ["P1", "P2"], "Month": ["2026-04"] * 2, "Seen 1": [1, 3], "Seen 2": [1, 1],
                          "Late 1": [0, 1], "Late 2": [0, 0]})  # fmt: skip
    partnership = world(WIDE, returns_world())
    result = check(frame, partnership, partner="T1", as_of=AS_OF, layout="theirs")
    assert figures(result)[:2] == [("stay", "P1", 2, 2, 2), ("stay", "P2", 3, 4, 3)]


def test_the_indicator_of_a_described_sheet_is_named_though_the_file_is_refused() -> None:
    result = read(sheet("P1,2026-04,ten,20,1,2", header=HEAD), WIDE)
    assert (result.verdict, result.indicator_ids) == (Verdict.REJECTED, ("stay", "visits"))


def test_a_measure_that_nobody_sends_in_the_file_is_not_invented_by_a_sum() -> None:
    assert "OUT-401" in codes(read(sheet("P1,2026-04,,,,", header=HEAD), WIDE))
    assert indicator("x").level.value == "place"
