"""What is sent back of text files and frames, never as a formula; what is not sent back, and why."""

import io
import sys
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from outcomes.errors import OutputError
from outcomes.intake.checking import check
from outcomes.workflows import returning
from outcomes.workflows.returning import returned_workbook
from tests.spec.template.marked import (
    HEADER,
    LIST,
    SMALL,
    listed,
    returned,
    small_check,
    words_above,
    workbook,
)
from tests.unit.intake.returns_world import AS_OF, WORLD

# once, on one Python, is enough of these
pytestmark = pytest.mark.slow


def test_of_a_text_file_a_workbook_is_made_with_every_cell_at_its_address() -> None:
    rows = ["indicator_id;place_code;period;numerator;denominator;comment"]
    rows += ["stay;P1;2026-04;30;20;=1+1", 'stay;P2;2026-04;11;20;"@a;b"', "", "stay;P9;2026-04;1;20;#N/A"]
    content = ("\r\n".join(rows) + "\r\n").encode()
    book = returned(content, "T1_return.csv")
    page = book["Your file"]
    assert [cell.value for cell in page[2]] == ["stay", "P1", "2026-04", "30", "20", "=1+1"]
    assert [cell.value for cell in page[3]] == ["stay", "P2", "2026-04", "11", "20", "@a;b"]
    assert [cell.value for cell in page[5]] == ["stay", "P9", "2026-04", "1", "20", "#N/A"]
    assert {cell.data_type for row in page for cell in row if cell.value is not None} == {"s"}
    assert page["F2"].quotePrefix
    assert page["D2"].comment.text.startswith("No. ")
    assert page["B5"].border.left.style == "thick"
    assert page["D1"].hyperlink.location.startswith(f"'{LIST}'!A")
    assert "made of the rows of your file, as texts" in words_above(book)


def test_of_a_frame_and_a_parquet_file_the_names_of_the_columns_are_row_one(tmp_path: Path) -> None:
    frame = pl.DataFrame(SMALL[1:], schema=HEADER, orient="row")
    frame.write_parquet(tmp_path / "T1_return.parquet")
    for content in (frame, tmp_path / "T1_return.parquet"):
        result = check(content, WORLD, partner="T1", as_of=AS_OF)
        book = openpyxl.load_workbook(io.BytesIO(returned_workbook(content, result)))
        page = book["Your file"]
        assert [cell.value for cell in page[1]] == HEADER
        assert [cell.value for cell in page[2]] == ["stay", "P1", "2026-04", "30", "20"]
        assert page["D2"].comment is not None


def test_what_a_partner_wrote_is_quoted_as_text_never_as_a_formula() -> None:
    rows: list[list[Any]] = [HEADER, ["=HYPERLINK(1)", "P1", "2026-04", 3, 20], ["@cmd", "P1", "2026-04", 4, 20]]

    def touch(book: Any) -> None:
        # text that looks like a formula, as a text cell
        book["Data"]["A2"].data_type = "s"

    book = returned(workbook(touch, Data=rows))
    assert (book["Data"]["A2"].value, book["Data"]["A2"].data_type) == ("=HYPERLINK(1)", "s")
    page = book[LIST]
    assert "=HYPERLINK(1)" in {row["What you wrote"] for row in listed(page)[1]}
    assert "f" not in {cell.data_type for row in page.iter_rows() for cell in row}


def test_a_file_with_an_nhs_number_is_not_sent_back_even_where_nobody_looked_for_one() -> None:
    content = workbook(None, Data=[*SMALL, ["stay", "9991234578", "2026-04", 1, 2]])
    result = small_check(content)
    with pytest.raises(OutputError, match="an NHS number stands in it") as refused:
        returned_workbook(content, result)
    assert "9991234578" not in str(refused.value)
    # of a file whose sender is unknown no cell was looked at
    unknown = check(content, WORLD, as_of=AS_OF, file_name="x.xlsx")
    assert {finding.code for finding in unknown.findings} == {"OUT-014"}
    with pytest.raises(OutputError, match="an NHS number stands in it"):
        returned_workbook(content, unknown)


def test_a_file_that_is_too_large_is_not_marked_and_the_message_says_what_to_ask_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(returning, "MOST_CELLS", 14)
    content = workbook(None, Data=SMALL)
    with pytest.raises(OutputError, match=r"15 cells, and at most 14 can be marked; .*--report"):
        returned_workbook(content, small_check(content))


def test_every_row_with_the_same_fault_is_marked_and_what_is_beyond_the_limit_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows: list[list[Any]] = [
        HEADER,
        *(["stay", "P1", f"{2020 + month // 12}-{month % 12 + 1:02}", 30, 20] for month in range(60)),
    ]
    content = workbook(None, Data=rows)
    book = returned(content)
    assert all(book["Data"].cell(row, 4).comment is not None for row in range(2, 62))
    monkeypatch.setattr(returning, "MOST_MARKED", 10)
    book = returned(content)
    assert [book["Data"].cell(row, 4).comment is not None for row in range(2, 62)].count(True) <= 10
    assert "more are not listed here" in words_above(book)


def test_without_the_extra_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(OutputError, match=r"pip install 'outcomes\[return-workbook\]'"):
        returned_workbook(b"", small_check(b""))
