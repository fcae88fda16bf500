"""Workbooks of Excel 97 to 2003: read where a layout says so, what the reader is silent about, and what is refused."""

import struct
from typing import Any

import pytest

from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult
from outcomes.intake.reading.grid import Grid, Refusal
from outcomes.intake.reading.old_workbook import read_old_workbook
from outcomes.partnership.layout import Layout, Limits
from outcomes.vocabulary import Verdict
from tests.shared import needs_shared, shared_path
from tests.unit.intake.old_excel import ErrorCell, FormulaCell, PercentCell, container, old_workbook
from tests.unit.intake.returns_world import AS_OF, HEADER, codes, found, returns_world

NAMES: list[Any] = HEADER.split(",")
P1: list[Any] = ["stay", "P1", "2026-04", 10.0, 20.0]
P2: list[Any] = ["stay", "P2", "2026-04", 11.0, 20.0]
PLAIN = old_workbook({"Data": [NAMES, P1, P2]})


def read(content: bytes, *, is_old_excel_read: bool = True, name: str = "T1_x.xls", **limits: int) -> CheckResult:
    layout = Layout(id="old", title="Old sheets", is_old_excel_read=is_old_excel_read, limits=Limits(**limits))
    partnership = returns_world(layouts={"old": layout})
    return check(content, partnership, partner="T1", as_of=AS_OF, layout="old", file_name=name)


def refused(content: bytes) -> tuple[str, str]:
    with pytest.raises(Refusal) as caught:
        read_old_workbook(content, Limits())
    return caught.value.remark.code, caught.value.remark.details.get("what", "")


def cells(*rows: list[Any]) -> Grid:
    (grid,) = read_old_workbook(old_workbook({"Data": rows}), Limits()).grids
    return grid


def test_an_old_workbook_is_read_where_its_layout_says_so() -> None:
    result = read(PLAIN)
    assert result.verdict is Verdict.ACCEPTED, result.findings
    assert result.frame.select("sheet", "row", "area_code", "numerator").rows() == [
        ("Data", 2, "P1", 10),
        ("Data", 3, "P2", 11),
    ]
    assert "OUT-055" in codes(read(PLAIN, name="T1_x.xlsx"))


def test_elsewhere_it_is_refused_with_the_reason_and_what_to_do() -> None:
    (finding,) = read(PLAIN, is_old_excel_read=False).findings
    assert finding.code == "OUT-005"
    assert "is in the old Excel format (.xls), which is read only where the layout of the sheet says so" in finding.text
    assert "save it as “Excel Workbook (.xlsx)”" in finding.fix


@pytest.mark.parametrize("is_old_excel_read", [True, False])
def test_a_password_is_named_whether_old_workbooks_are_read_or_not(is_old_excel_read: bool) -> None:
    locked = old_workbook({"Data": [NAMES, P1]}, has_password=True)
    newer = container({"EncryptionInfo": b"x", "EncryptedPackage": b"y"})
    for content in (locked, newer):
        (finding,) = (
            one for one in read(content, is_old_excel_read=is_old_excel_read).findings if one.code != "OUT-055"
        )
        assert (finding.code, "is protected by a password" in finding.text) == ("OUT-005", True)


def test_a_text_document_in_the_same_container_is_no_table() -> None:
    assert refused(container({"WordDocument": b"Dear partner"})) == (
        "OUT-003",
        "an old Office file without a worksheet",
    )


def test_an_error_is_an_error_and_no_empty_cell() -> None:
    grid = cells([1.0, ErrorCell(), FormulaCell(ErrorCell(0x2A))], [ErrorCell(0x24), FormulaCell(2.5), "x"])
    assert grid.cells.rows() == [("1", "#DIV/0!", "#N/A"), ("#NUM!", "2.5", "x")]
    assert [kinds.to_list() for kinds in grid.kinds.values()] == [
        ["number", "error"],
        ["error", "number"],
        ["error", "text"],
    ]
    (finding,) = found(read(old_workbook({"Data": [NAMES, P1, [*P2[:3], ErrorCell(), 20.0]]})), "OUT-411")
    assert (finding.row, finding.cell, finding.value) == (3, "D3", "#DIV/0!")


def test_a_number_that_is_shown_as_a_percentage_is_known_for_one() -> None:
    grid = cells([0.45, PercentCell(0.45)])
    assert [kinds.to_list() for kinds in grid.kinds.values()] == [["number"], ["percent"]]
    assert "OUT-410" in codes(read(old_workbook({"Data": [NAMES, [*P1[:3], PercentCell(0.5), 20.0]]})))


def test_a_hidden_row_is_said() -> None:
    assert [one.row for one in found(read(old_workbook({"Data": [NAMES, P1, P2]}, hidden=[3])), "OUT-162")] == [3]


def test_of_several_sheets_only_those_that_hold_something_are_there() -> None:
    reading = read_old_workbook(old_workbook({"Notes": [["Read me"]], "Nothing": [], "Data": [NAMES, P1]}), Limits())
    assert [grid.sheet for grid in reading.grids] == ["Notes", "Data"]
    assert refused(old_workbook({"Nothing": []}))[0] == "OUT-001"


def test_the_limits_hold_before_the_cells_are_read() -> None:
    assert "OUT-011" in codes(read(PLAIN, max_rows=1))
    assert "OUT-012" in codes(read(PLAIN, max_columns=4))
    assert "OUT-002" in codes(read(PLAIN, max_file_bytes=100))


def test_a_cell_far_away_in_every_sheet_is_refused_before_room_is_made_for_all_between() -> None:
    far = [NAMES, *[[] for _ in range(4_000)], [*[None] * 199, "x"]]
    assert "OUT-006" not in codes(read(old_workbook({"Data": far})))
    assert "OUT-006" in codes(read(old_workbook({f"Data {at}": far for at in range(5)})))


@pytest.mark.parametrize(
    "content",
    [
        PLAIN[:600],
        PLAIN[:-700],
        PLAIN.replace(struct.pack("<HH", 0x0809, 16), struct.pack("<HH", 0x0809, 6)),
        PLAIN.replace(struct.pack("<H", 0x0600), struct.pack("<H", 0x0200)),
        old_workbook({"Data": [NAMES, P1]}, dimensions=(70_000, 5)),
        old_workbook({"Data": [NAMES, P1]}, dimensions=(5, 60_000)),
        # room for so many texts would end the program, not only the reading
        old_workbook({"Data": [NAMES, P1]}, texts_claimed=0x7FFFFFFF),
        PLAIN[:44] + struct.pack("<I", 0x7FFFFFF0) + PLAIN[48:],
        PLAIN[:48] + struct.pack("<I", 3) + PLAIN[52:],
        PLAIN[:30] + struct.pack("<H", 13) + PLAIN[32:],
    ],
)
def test_a_damaged_or_lying_workbook_is_refused_before_the_reader_sees_it(content: bytes) -> None:
    code, what = refused(content)
    assert code == "OUT-007", what
    assert "damaged or cut off" in what


def test_a_table_whose_chain_runs_in_a_circle_is_refused() -> None:
    # the first sector of the stream follows itself
    at = PLAIN.index(struct.pack("<II", 1, 2))
    circle = PLAIN[:at] + struct.pack("<II", 0, 0) + PLAIN[at + 8 :]
    assert refused(circle)[0] == "OUT-007"


@needs_shared
@pytest.mark.parametrize("name", ["April_18", "Dec_19", "Jan_17", "May_13"])
def test_published_workbooks_of_four_years_are_read(name: str) -> None:
    content = shared_path("data", "nhs", "dtoc", f"{name}.xls").read_bytes()
    grids = {grid.sheet: grid for grid in read_old_workbook(content, Limits()).grids}
    england = grids["England"].cells
    # the banner names the period in C5, and the first numbers stand in D15
    assert england["1"][4] == "Period:"
    assert england["3"][14].isdigit()
    assert all(grid.kinds for grid in grids.values() if grid.sheet != "Data Quality")


@needs_shared
@pytest.mark.parametrize("path", ["nhs/dtoc/April_18.xls", "population/ukpopestimatesmid2020on2021geography.xls"])
def test_no_part_of_a_published_workbook_is_taken_for_an_nhs_number(path: str) -> None:
    assert read_old_workbook(shared_path("data", *path.split("/")).read_bytes(), Limits()).remarks == ()


NUMBER = "999 123 4578"
SPELLINGS = {
    "one byte a letter": NUMBER.encode("cp1252"),
    "two bytes a letter": NUMBER.encode("utf-16-le"),
    "two bytes from an odd place": b"\x07" + NUMBER.replace(" ", "\u2011").encode("utf-16-le"),
    "with dashes of Windows": NUMBER.replace(" ", "\u2013").encode("cp1252"),
    "in UTF-8": NUMBER.replace(" ", "\u202f").encode("utf-8"),
    "without gaps": NUMBER.replace(" ", "").encode(),
}


def beside(name: str, part: bytes) -> bytes:
    """The plain workbook with another part."""
    return old_workbook({"Data": [NAMES, P1, P2]}, parts={name: b"\x01\x02 about " + part + b"\x00\xff"})


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_nhs_number_in_a_part_that_no_sheet_shows_is_found_and_never_said(spelling: str) -> None:
    result = read(beside("\x01Ole10Native", SPELLINGS[spelling]))
    (finding,) = found(result, "OUT-701")
    assert result.verdict is Verdict.REJECTED
    assert "in a part of the workbook that no worksheet shows" in finding.text
    assert "4578" not in repr(result.findings)


def test_it_is_said_whether_it_stands_in_the_properties_or_in_a_text_without_a_cell() -> None:
    (finding,) = found(read(beside("\x05SummaryInformation", SPELLINGS["one byte a letter"])), "OUT-701")
    assert "in the properties of the document (File, Info)" in finding.text
    header = old_workbook({"Data": [NAMES, P1, P2]}, page_header=f"&L{NUMBER}")
    (finding,) = found(read(header), "OUT-701")
    assert "in a comment, a text box, a page header, a formula or another text that no cell shows" in finding.text


def test_of_a_number_in_a_cell_the_cell_alone_is_named_and_other_parts_are_named_beside_it() -> None:
    rows = {"Data": [[*NAMES, "comment"], [*P1, NUMBER], P2]}
    (finding,) = found(read(old_workbook(rows)), "OUT-701")
    assert (finding.row, finding.cell) == (2, "F2")
    both = old_workbook(rows, parts={"Notes": SPELLINGS["two bytes a letter"]})
    assert sorted(one.cell or "" for one in found(read(both), "OUT-701")) == ["", "F2"]


def test_what_lies_between_the_parts_is_searched_too() -> None:
    result = read(PLAIN + NUMBER.encode("utf-16-le").ljust(512, b"\x00"))
    assert "in a part of the workbook that no worksheet shows" in found(result, "OUT-701")[0].text


@pytest.mark.parametrize(
    "part",
    [
        b"9991234579",
        b"99912345781",
        b"{99912345-7899-9123-4578-999123457812}",
        b"9991234578 00000 n",
        struct.pack("<90H", *range(110, 20, -1)),
    ],
    ids=["check digit", "eleven digits", "code", "offset", "places counted down"],
)
def test_ten_digits_that_are_no_nhs_number_or_a_programs_code_are_not_named(part: bytes) -> None:
    assert read(beside("Notes", part)).verdict is Verdict.ACCEPTED


def test_many_parts_that_lie_in_one_place_are_refused() -> None:
    # each line of the directory leads to the same sectors
    begins = struct.unpack_from("<I", PLAIN, 48)[0] * 512 + 512
    line = PLAIN[begins + 128 : begins + 256]
    again = b"".join(f"Copy {at}\x00".encode("utf-16-le").ljust(64, b"\x00") + line[64:] for at in range(2))
    crowded = PLAIN[: begins + 256] + again + PLAIN[begins + 512 :]
    assert refused(crowded) == ("OUT-007", "it is damaged or cut off (its parts are larger than the file)")
