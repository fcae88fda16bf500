"""Every finding can be had, those too that a check only counts; of a row about a person nothing is quoted anywhere."""

import io
from collections.abc import Sequence

import openpyxl
import polars as pl

from outcomes.finding import Finding
from outcomes.intake.excerpt import excerpts_of
from outcomes.intake.model import ABOUT, CheckResult
from outcomes.vocabulary import Severity
from tests.unit.intake.returns_world import CLEAN, HEADER, sent, sheet

NUMBER = "999 123 4578"


def order(finding: Finding) -> tuple[object, ...]:
    return (
        finding.severity is not Severity.ERROR,
        finding.sheet or "",
        finding.row or 0,
        finding.column or "",
        finding.code,
    )


def key(finding: Finding) -> tuple[object, ...]:
    return (finding.code, finding.sheet, finding.row, finding.column, finding.text.split(" The same holds")[0])


def many(faults: int) -> CheckResult:
    return sent(sheet(*(f"stay,P1,2026-04,x{number},20" for number in range(faults))))


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_where_each_finding_is_listed_all_are_the_listed_ones() -> None:
    result = many(20)
    assert result.every_finding is None
    assert tuple(result.all_findings()) == result.findings


def test_all_findings_are_given_in_order_though_only_the_first_twenty_are_listed() -> None:
    result = many(2_500)
    listed = [finding for finding in result.findings if finding.code == "OUT-402"]
    assert (len(listed), listed[-1].repeats) == (20, 2_480)
    every = list(result.all_findings())
    of_numbers = [finding for finding in every if finding.code == "OUT-402"]
    assert [(one.row, one.cell, one.value) for one in of_numbers] == [
        (number + 2, f"D{number + 2}", f"x{number}") for number in range(2_500)
    ]
    assert {one.repeats for one in of_numbers} == {0}
    assert every == sorted(every, key=order)
    # each listed one is among them, word for word
    assert {key(one) for one in result.findings} <= {key(one) for one in every}


def test_all_findings_can_be_gone_through_again() -> None:
    result = many(60)
    assert list(result.all_findings()) == list(result.all_findings())


def test_a_few_broken_rows_among_many_are_found_at_their_own_rows() -> None:
    rows = [f"stay,P1,20{20 + n // 12 % 6}-{n % 12 + 1:02d},{n % 90},100" for n in range(3_000)]
    for at in range(0, 3_000, 100):
        rows[at] = rows[at].rsplit(",", 2)[0] + f",bad{at},100"
    result = sent(sheet(*rows))
    found = [one for one in result.all_findings() if one.code == "OUT-402"]
    assert [(one.row, one.value) for one in found] == [(at + 2, f"bad{at}") for at in range(0, 3_000, 100)]


def test_a_warning_that_stays_a_warning_is_listed_in_full_as_one() -> None:
    result = sent(sheet(*(f"stay,P1,2026-04,{1000 + n},2000" for n in range(3)), "visits,P1,2026-04,+7,9"))
    assert [one.severity for one in result.all_findings()] == [one.severity for one in result.findings]


def test_every_row_with_an_nhs_number_is_named_beyond_the_first_twenty() -> None:
    rows = [f"stay,P1,2026-04,10,20,{NUMBER}" for _ in range(50)]
    result = sent(sheet(*rows, header=HEADER + ",comment"))
    listed = [one for one in result.findings if one.code == "OUT-701"]
    assert (len(listed), listed[-1].repeats) == (20, 30)
    every = [one for one in result.all_findings() if one.code == "OUT-701"]
    assert [one.row for one in every] == list(range(2, 52))
    assert {one.value for one in every} == {None}


def test_of_a_row_with_an_nhs_number_no_other_value_is_quoted() -> None:
    rows = [
        f"stay,P1,2026-04,seventeen,20,{NUMBER}",
        "stay,P2,2026-04,eighteen,20,fine",
        f"unheard-of,P2,2026-04,5,3,{NUMBER}",
    ]
    result = sent(sheet(*rows, header=HEADER + ",comment"))
    said = repr(result.findings) + repr(list(result.all_findings())) + repr(result.excerpts)
    assert "seventeen" not in said
    assert "unheard-of" not in said
    assert "eighteen" in said
    # that something is wrong there is still said, where
    assert {one.row for one in result.findings if one.code == "OUT-402"} == {2, 3}
    assert [row.is_withheld for row in result.excerpts[0].rows] == [False, True, False, True]


def test_the_same_row_of_another_sheet_is_shown() -> None:
    header = HEADER.split(",")
    content = workbook(
        Return=[header, ["stay", "P1", "2026-04", "what", 20]],
        Other=[["a"], [NUMBER]],
    )
    result = sent(content, file_name="T1.xlsx")
    assert [(one.sheet, one.value) for one in result.findings if one.code == "OUT-402"] == [("Return", "what")]
    by_sheet = {one.sheet: one for one in result.excerpts}
    assert set(by_sheet) == {"Return", "Other"}
    assert [row.is_withheld for row in by_sheet["Other"].rows] == [False, True]
    assert by_sheet["Return"].rows[1].cells[3] == "what"


def test_an_excerpt_is_bounded_and_holds_the_marked_rows_with_their_own_numbers() -> None:
    columns = ",".join(f"extra{n}" for n in range(40))
    end = "," + ",".join("y" * 99 for _ in range(40))
    rows = [f"stay,P1,{2013 + n // 12}-{n % 12 + 1:02d},{'what' if n % 10 == 0 else n},9999{end}" for n in range(160)]
    (excerpt,) = sent(sheet(*rows, header=f"{HEADER},{columns}")).excerpts
    assert len(excerpt.rows) <= 48
    assert len(excerpt.letters) == 12
    assert {"A", "B", "C", "D", "E"} <= set(excerpt.letters)
    assert excerpt.columns[:5] == tuple(HEADER.split(","))
    assert max(len(cell) for row in excerpt.rows for cell in row.cells) <= 32
    numbers = [row.row for row in excerpt.rows]
    assert set(range(2, 162, 10)) <= set(numbers)
    assert excerpt.rows_left_out == 161 - len(numbers)
    # what is left out between rows adds up
    shown = [row.row or 0 for row in excerpt.rows]
    assert [row.skipped for row in excerpt.rows] == [b - a - 1 for a, b in zip([0, *shown], shown, strict=False)]


def test_no_kind_takes_all_the_room_of_an_excerpt() -> None:
    rows = [f"stay,P1,{2013 + n // 12}-{n % 12 + 1:02d},what,100" for n in range(150)]
    rows[-1] = "unheard-of,P1,2026-04,4,100"
    (excerpt,) = sent(sheet(*rows)).excerpts
    assert {2, 151} <= {row.row for row in excerpt.rows}


def test_sheets_in_which_something_is_to_be_mended_come_first_and_there_are_never_more_than_six() -> None:
    header = HEADER.split(",")
    sheets = {f"S{number}": [["a title", NUMBER]] for number in range(9)}
    content = workbook(Return=[header, ["stay", "P1", "2026-04", "12", 20]], **sheets)
    found = [one.sheet for one in sent(content, file_name="T1.xlsx").excerpts]
    assert found == [f"S{number}" for number in range(6)]


def test_a_personal_number_in_a_column_that_is_not_shown_withholds_its_row() -> None:
    header = f"{HEADER}," + ",".join(f"extra{n}" for n in range(40))
    row = "stay,P1,2026-04,what,20," + ",".join(["y"] * 39 + [NUMBER])
    (excerpt,) = sent(sheet(row, header=header)).excerpts
    assert excerpt.rows[1].is_withheld
    assert set(excerpt.rows[1].cells) == {""}


def test_controls_and_marks_of_direction_are_made_visible() -> None:
    (excerpt,) = sent(sheet("stay,P1,2026-04,\u202e14\u200f\x07,20")).excerpts
    assert excerpt.rows[1].cells[3] == "·14··"


def test_a_clean_file_shows_its_first_rows_and_what_was_read() -> None:
    result = sent(HEADER + "\n" + CLEAN)
    (excerpt,) = result.excerpts
    assert [row.cells[0] for row in excerpt.rows] == ["indicator_id", "stay", "stay"]
    assert result.understood is None
    assert result.as_of is not None


def test_a_rejected_file_says_what_was_understood_of_it_and_no_number() -> None:
    result = sent(sheet("stay,P1,2026-04,what,20", "nonsense,P2,2026-04,4,20"))
    assert result.understood is not None
    assert result.understood.columns == [
        "row", "indicator_id", "period_kind", "period", "period_start", "period_end", "area_code",
    ]  # fmt: skip
    assert result.understood.select("row", "indicator_id", "area_code").rows() == [(2, "stay", "P1"), (3, None, "P2")]


def test_of_a_rejected_file_no_text_of_a_cell_is_held() -> None:
    result = sent(sheet("stay,P1,2026-04,my own words,20", "nonsense,P2,2026-04,4,20", f"stay,P2,2026-05,{NUMBER},20"))
    assert result.read is not None
    held = [result.read.rows, *result.read.tables.values()]
    assert not any(told in repr(one.to_dicts()) for one in held for told in ("my own words", "nonsense", NUMBER))
    # besides, there are only the whole numbers that say which row is about what
    assert set(result.read.columns) - {"row", *ABOUT} == set(result.read.tables)


def test_a_frame_and_a_file_without_any_table_have_excerpts_that_do_no_harm() -> None:
    frame = pl.DataFrame({"indicator_id": ["stay"], "place_code": ["P1"], "period": ["2026-04"], "numerator": ["x"],
                          "denominator": [20]})  # fmt: skip
    (excerpt,) = sent(frame).excerpts
    assert excerpt.rows[0].is_header
    assert excerpt.rows[0].row is None
    assert not excerpt.has_addresses
    assert sent(b"").excerpts == ()
    (nothing,) = sent("just,some\nwords,here\n").excerpts
    assert nothing.rows[0].cells == ("just", "some")
    assert excerpts_of((), (), ()) == ()
