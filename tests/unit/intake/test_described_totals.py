"""Totals in described sheets: held against their parts, never taken for a place; rows about what is not asked for."""

from typing import Any

from outcomes.vocabulary import Verdict
from tests.unit.intake.described import HEAD, ROWS, WIDE, figures, read, where
from tests.unit.intake.returns_world import codes, found, sheet

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
