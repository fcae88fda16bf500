"""Cancer waits workbooks: boards, England and half patients are reproduced; other months' forms; bad input."""

import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from examples.cancer_waits.run import main

from tests.shared import needs_shared, shared_path

pytestmark = needs_shared

COMMISSIONERS = ("OCTOBER-2023-CWT-CRS-COMMISSIONER", "MARCH-2025-CWT-CRS-COMMISSIONER")
PROVIDERS = "MARCH-2025-CWT-CRS-PROVIDER"
Sheets = dict[str, list[list[Any]]]


def _published(name: str) -> Path:
    return shared_path("data", "nhs", "cancer_waits", f"{name}-WORKBOOK-FINAL.xlsx")


def _ran(files: list[Path], out: Path) -> str:
    """What a run prints, after its exit code."""
    arguments = [*map(str, files), "--geography", str(shared_path("data", "geography")), "--out", str(out)]
    with redirect_stdout(StringIO()) as stream, redirect_stderr(stream):
        code = main(arguments)
    return f"exit {code}\n{stream.getvalue()}"


def _held(printed: str, kind: str) -> list[tuple[int, int]]:
    lines = [line for line in printed.splitlines() if re.search(rf"{re.escape(kind)}: [\d,]+ of [\d,]+", line)]
    pairs = [re.findall(r"([\d,]+) of ([\d,]+)", line)[-1] for line in lines]
    return [(int(one.replace(",", "")), int(other.replace(",", ""))) for one, other in pairs]


def _sheets(name: str) -> Sheets:
    book = python_calamine.CalamineWorkbook.from_path(str(_published(name)))
    return {title: book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in book.sheet_names}


def _written(path: Path, sheets: Sheets) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "mmm-yy"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, place, cell, day)
                    elif cell != "":
                        sheet.write(at, place, cell)
    return path


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cancer-waits")


@pytest.fixture(scope="module")
def printed(out: Path) -> str:
    return _ran([_published(name) for name in COMMISSIONERS], out)


@pytest.fixture(scope="module")
def october() -> Sheets:
    return _sheets(COMMISSIONERS[0])


def test_every_published_figure_is_reproduced(printed: str) -> None:
    assert printed.startswith("exit 0\n")
    held = [pair for line in printed.splitlines() for pair in re.findall(r": ([\d,]+) of ([\d,]+)(?: \(|\Z)", line)]
    assert len(held) > 40
    assert all(agreeing == published for agreeing, published in held)


def test_the_percentage_of_each_of_42_boards_is_that_published(printed: str) -> None:
    for standard in ("28-DAY FDS (ALL ROUTES)", "31-DAY (ALL CANCER)", "62-DAY (ALL CANCER)"):
        assert _held(printed, f"{standard}: percentages of boards") == [(42, 42)] * 2
        assert _held(printed, f"{standard}: England's percentage") == [(1, 1)] * 2


def test_england_is_the_published_row_in_every_sheet_and_part(printed: str) -> None:
    assert _held(printed, "every sheet and part: counts of England") == [(167, 167), (170, 170)]


def test_half_patients_are_exact(printed: str) -> None:
    assert _held(printed, "rows that count half patients") == [(12, 12)] * 2


def test_hubs_and_unknown_commissioners_count_in_england_and_are_not_judged(printed: str, out: Path) -> None:
    assert _held(printed, "hubs and unknown commissioners without page or word") == [(9, 9)]
    pages = {path.stem for path in (out / "commissioner" / "site" / "places").iterdir()}
    assert len(pages) == 50
    assert not pages & {"UNKNOWN", "14R", "13Q"}


def test_a_board_has_the_code_of_its_day(printed: str, out: Path) -> None:
    assert "NHS Sussex Integrated Care Board (QNX): E54000053 is E54000064 since 2023-04-01" in printed
    assert (out / "commissioner" / "site" / "places" / "E54000064.html").is_file()
    assert not (out / "commissioner" / "site" / "places" / "E54000053.html").exists()


@pytest.mark.slow
def test_receiving_the_same_workbooks_again_changes_nothing(printed: str, out: Path) -> None:
    page = out / "commissioner" / "site" / "places" / "E54000064.html"
    before = page.read_bytes()
    again = _ran([_published(name) for name in COMMISSIONERS], out)
    assert again.startswith("exit 0\n")
    assert page.read_bytes() == before


@pytest.mark.slow
def test_the_provider_workbook_adds_up_to_the_same_england(tmp_path: Path) -> None:
    printed = _ran([_published(PROVIDERS)], tmp_path)
    assert printed.startswith("exit 0\n")
    assert _held(printed, "28-DAY FDS (ALL ROUTES): percentages of providers") == [(139, 139)]
    assert _held(printed, "every sheet and part: counts of England") == [(170, 170)]
    assert _held(printed, "rows that count half patients") == [(3999, 3999)]
    assert "in England but in no board's trusts: " in printed


def _as_another_issue(sheets: Sheets) -> Sheets:
    """Other footnotes, a true date, the columns of the counts in another order, one part without anybody."""
    found: Sheets = {}
    for title, rows in sheets.items():
        if title == "Frontpage":
            continue
        changed = [[_renumbered(cell) for cell in row] for row in rows]
        changed[1][0] = date(2023, 10, 1)
        total = next(row.index("TOTAL") for row in changed if "TOTAL" in row)
        found[title] = [[*row[:total], *reversed(row[total : total + 3]), *row[total + 3 :]] for row in changed]
    rows = found["62-DAY (ALL CANCER)"]
    found["62-DAY (ALL CANCER)"] = [row for row in rows if "Breast Symptomatic" not in row]
    for title in ("62-DAY (BY CANCER)", "62-DAY (BY TREATMENT MODALITY)"):
        found[title] = [row for row in found[title] if "Breast Symptomatic" not in row]
    return found


def _renumbered(cell: Any) -> Any:
    return (
        re.sub(r"(ODS CODE|CANCER TYPE|MODALITY|SYMPTOMATIC) \(\d\)\Z", r"\1", cell) if isinstance(cell, str) else cell
    )


def test_another_months_form_is_read_by_the_same_layout(october: Sheets, tmp_path: Path) -> None:
    sheets = _as_another_issue(october)
    # without those of one route, the rows of all routes would be more than their parts
    for title in ("62-DAY (ALL CANCER)", "62-DAY (BY CANCER)", "62-DAY (BY TREATMENT MODALITY)"):
        sheets[title] = [row for row in sheets[title] if "ALL ROUTES" not in row]
    printed = _ran([_written(tmp_path / "other.xlsx", sheets)], tmp_path / "out")
    assert printed.startswith("exit 0\n"), printed[-3000:]
    assert _held(printed, "31-DAY (ALL CANCER): percentages of boards") == [(42, 42)]


def _with(sheets: Sheets, title: str, is_meant: Callable[[list[Any]], bool], place: int, cell: object) -> Sheets:
    rows = [list(row) for row in sheets[title]]
    at = next(at for at, row in enumerate(rows) if is_meant(row))
    rows[at][place] = cell
    return {**sheets, title: rows}


def test_a_board_that_no_look_up_knows_is_refused_by_name(october: Sheets, tmp_path: Path) -> None:
    changed = _with(october, "28-DAY FDS (ALL ROUTES)", lambda row: row[1] == "QOX", 1, "QZZ")
    printed = _ran([_written(tmp_path / "new.xlsx", changed)], tmp_path / "out")
    assert printed.startswith("exit 1\n")
    assert "new.xlsx: rejected" in printed
    assert "QZZ" in printed


def test_a_total_that_is_not_the_sum_of_its_rows_is_found(october: Sheets, tmp_path: Path) -> None:
    def is_england(row: list[Any]) -> bool:
        return bool(row[2] == "ALL ENGLISH COMMISSIONERS")

    changed = _with(october, "28-DAY FDS (ALL ROUTES)", is_england, 5, 1)
    printed = _ran([_written(tmp_path / "wrong.xlsx", changed)], tmp_path / "out")
    assert printed.startswith("exit 1\n")
    assert "the total is" in printed
    assert _held(printed, "28-DAY FDS (ALL ROUTES): England's percentage") == [(1, 1)]
    assert _held(printed, "every sheet and part: counts of England") == [(166, 167)]


def test_what_is_no_such_workbook_ends_with_a_plain_message(tmp_path: Path) -> None:
    text, other = tmp_path / "notes.xlsx", tmp_path / "other.xlsx"
    text.write_text("not a workbook", encoding="utf-8")
    _written(other, {"Sheet1": [["a", "b"], [1, 2]]})
    for path, said in ((text, "cannot be opened"), (other, "no sheet for 28, 31 or 62 days"), (tmp_path, "notes.xlsx")):
        printed = _ran([path], tmp_path / "out")
        assert printed.startswith("exit 2\n")
        assert said in printed
        assert "Traceback" not in printed
