"""Sheets of other people: several figures in a row, numbers below each other, other codes, contradictions."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from pydantic import ValidationError

from outcomes.geography.areas import AREA_COLUMNS, Areas
from outcomes.intake.checking import check
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import PartnerType, Verdict
from tests.unit.intake.described import HEAD, LONG, ROWS, WIDE, figures, layout, read, where, world
from tests.unit.intake.returns_world import AS_OF, codes, found, indicator, returns_world, sent, sheet


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
