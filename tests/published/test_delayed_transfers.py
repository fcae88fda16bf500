"""Delayed transfers of care 2013 to 2019, on pages of the councils of today: every published figure is reproduced."""

import re
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from examples.delayed_transfers.districts import main as districts
from examples.delayed_transfers.published import published_rows
from examples.delayed_transfers.run import main
from python_calamine import CalamineWorkbook

from outcomes.partnership.lint import lint_partnership
from outcomes.scorecard.reading import read_scorecard
from outcomes.vocabulary import AreaChange, Qualifier, Reason
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

DATA = (SHARED or Path()) / "data"
WORKBOOKS = [str(DATA / "nhs" / "dtoc" / f"{name}.xls") for name in ("May_13", "Jan_17", "April_18", "Dec_19")]
GEOGRAPHY = ["--geography", str(DATA / "geography")]
POPULATION = str(DATA / "population" / "ukpopestimatesmid2020on2021geography.xls")
# what is held, and how many figures of it were published
HELD = {
    "cells by type of care, as read": 1230,
    "cells by responsible organisation, as read": 1845,
    "cells by reason for delay, as read": 6457,
    "totals, as read": 615,
    "totals that are the same in all three sheets": 619,
    "totals that are the sum of their sheet's columns": 1857,
    "England less the sum of the councils is residents outside England": 74,
    "England's totals, added up here": 4,
    "England by reason for delay, added up here": 42,
    "beds a day: our days divided by the days of the month": 2158,
    "own figures of councils of today": 574,
    "figures of a former code": 12,
    "figures refused, for a former council was divided": 22,
    "first figures after a division, marked as a break": 2,
    "months in which the councils of then are those of today and those that were divided": 4,
}


@pytest.fixture(scope="module")
def printed_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the run prints, and the folder that it wrote."""
    out = tmp_path_factory.mktemp("delayed-transfers")
    with redirect_stdout(StringIO()) as stream:
        assert main([*WORKBOOKS, *GEOGRAPHY, "--out", str(out)]) == 0
    return stream.getvalue(), out


@pytest.fixture
def said(printed_in: tuple[str, Path]) -> str:
    return printed_in[0]


@pytest.fixture
def ran(printed_in: tuple[str, Path]) -> Path:
    return printed_in[1]


def test_every_published_figure_is_reproduced(said: str) -> None:
    for kind, number in HELD.items():
        assert f"{kind}: {number:,} of {number:,}" in said
    assert "Isles of Scilly (E06000053)" in said
    # what is left of England once the councils are added up, month by month
    for left in ("119,898 is 652", "196,762 is 749", "144,424 is 923", "147,357 is 744"):
        assert left in said
    assert re.findall(r"(\S+): accepted with warning, ([\d,]+) figures", said) == [
        ("April_18.xls", "2,618"),
        ("Dec_19.xls", "2,601"),
        ("Jan_17.xls", "2,464"),
        ("May_13.xls", "2,464"),
    ]


def test_the_partnership_that_was_made_is_free_of_faults(ran: Path) -> None:
    assert [fault for fault in lint_partnership(ran / "partnership") if not fault.is_advice] == []


def test_a_council_with_a_new_code_has_the_series_of_its_county(ran: Path) -> None:
    (line,) = read_scorecard(ran / "site" / "scorecards" / "E06000065.json").lines
    known = {point.period_start: point.value for point in line.points if point.value.value is not None}
    published = published_rows(map(Path, WORKBOOKS)).filter(
        (pl.col("name") == "North Yorkshire") & (pl.col("category") == "Total") & (pl.col("sheet") == "type_of_care")
    )
    assert {month: value.value for month, value in known.items()} == dict(published.select("month", "days").iter_rows())
    assert len(known) == 4
    # the series ended in 2019: its last figure is stale
    *before, last = (known[month].qualifiers for month in sorted(known))
    assert {*before} == {(Qualifier.FORMER_AREAS,)}
    assert last == (Qualifier.FORMER_AREAS, Qualifier.STALE)
    (stretch,) = line.former_areas
    assert (stretch.change, [area.area_code for area in stretch.areas]) == (AreaChange.RECODE, ["E10000023"])
    page = (ran / "site" / "places" / "E06000065.html").read_text(encoding="utf-8")
    assert "Figures up to 31 March 2023 are those of North Yorkshire (E10000023), which became this area." in page


def test_a_council_made_of_parts_shows_a_break_and_its_cause(ran: Path) -> None:
    (line,) = read_scorecard(ran / "site" / "scorecards" / "E06000058.json").lines
    refused = [point.period for point in line.points if point.value.reason is Reason.NOT_COMPARABLE]
    assert refused == ["2013-05", "2017-01", "2018-04"]
    assert line.current is not None
    assert line.current.value.value == 924
    assert line.current.value.qualifiers == (Qualifier.BREAK_IN_SERIES, Qualifier.STALE)
    page = (ran / "site" / "places" / "E06000058.html").read_text(encoding="utf-8")
    assert "this area was made of a part of Dorset (E10000009), all of Bournemouth (E06000028) and all of Poole" in page


def test_a_council_of_which_nothing_is_comparable_says_why(ran: Path) -> None:
    (line,) = read_scorecard(ran / "site" / "scorecards" / "E06000061.json").lines
    assert all(point.value.value is None for point in line.points)
    assert line.current is not None
    assert line.current.value.reason is Reason.NOT_COMPARABLE


def test_districts_become_the_councils_of_today_and_no_person_is_lost(capsys: pytest.CaptureFixture[str]) -> None:
    assert districts([POPULATION, *GEOGRAPHY]) == 0
    said = capsys.readouterr().out
    assert "England: sums of districts: 1 of 1" in said
    assert "regions: sums of districts: 9 of 9" in said
    assert "counties: sums of districts: 24 of 24" in said
    assert "councils of today, of which some were made of districts since: 296 of 296" in said
    assert "counties replaced since: published, and as the councils of today: 3 of 3" in said


@pytest.mark.parametrize(
    ("workbook", "message"),
    [
        (POPULATION, "no sheet is named LA - by type of care"),
        (str(DATA / "geography" / "la_all_codes.csv"), "cannot be opened as an Excel workbook"),
        ("no-such.xls", "no-such.xls"),
    ],
)
def test_another_file_is_a_fault_of_input_in_plain_words(
    workbook: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([workbook, *GEOGRAPHY, "--out", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert "Traceback" not in said


Cells = list[list[object]]


def _changed(folder: Path, change: Callable[[str, Cells], None]) -> str:
    """December 2019 as a workbook of our own, each of its sheets changed."""
    published = CalamineWorkbook.from_path(WORKBOOKS[-1])
    path = folder / "changed.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in published.sheet_names:
            cells: Cells = [list(row) for row in published.get_sheet_by_name(name).to_python(skip_empty_area=False)]
            change(name, cells)
            sheet = book.add_worksheet(name)
            for number, row in enumerate(cells):
                sheet.write_row(number, 0, row)
    return str(path)


def _as_older_months_were(name: str, cells: Cells) -> None:
    """Numbers as text with separators, other words in headers and titles, a note that stands where codes do."""
    for row in cells:
        for place, cell in enumerate(row):
            if isinstance(cell, float) and cell >= 1000 and cell.is_integer():
                row[place] = f"{cell:,.0f}"
            elif cell in ("Region", "Derby UA"):
                row[place] = {"Region": "SHA", "Derby UA": "Derby"}[str(cell)]
            elif cell == "December 2019":
                row[place] = "Dec  2019 "


def test_months_that_are_written_otherwise_are_read_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook = _changed(tmp_path, _as_older_months_were)
    assert main([workbook, *GEOGRAPHY, "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "accepted with warning, 2,601 figures" in said
    assert "England's totals, added up here: 1 of 1" in said
    assert "totals that are the same in all three sheets: 154 of 154" in said


def test_a_published_total_that_is_not_the_sum_is_shown_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(name: str, cells: Cells) -> None:
        for row in cells if name.endswith("care") else []:
            if row[4:5] == ["England"]:
                row[5] = 95683.0

    assert main([_changed(tmp_path, change), *GEOGRAPHY, "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().out
    assert "its 153 parts add up to 95682: the total is 1 more" in said
    assert "England by type of care, added up here: 1 of 2" in said


@pytest.mark.parametrize(
    ("place", "cell", "message"),
    [
        ((4, 2), "November 2019", "name different months beside Period:"),
        ((4, 2), "the last month", "'the last month' stands beside Period:, where a month such as May 2013 should"),
        ((20, 5), "*", "row 21, Acute: '*' stands where a whole number of days, or -, is expected"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(
    place: tuple[int, int], cell: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(name: str, cells: Cells) -> None:
        if name == "LA - by type of care":
            cells[place[0]][place[1]] = cell

    assert main([_changed(tmp_path, change), *GEOGRAPHY, "--out", str(tmp_path / "out")]) == 2
    assert message in capsys.readouterr().err


def test_a_missing_look_up_is_a_fault_of_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*WORKBOOKS[:1], "--geography", str(tmp_path), "--out", str(tmp_path)]) == 2
    assert districts([POPULATION, "--geography", str(tmp_path)]) == 2
    assert districts([*WORKBOOKS[:1], *GEOGRAPHY]) == 2
    said = capsys.readouterr().err
    assert said.count("no look-up named ltla_*_history.csv is there") == 2
    assert "no sheet MYE2 - Persons can be read" in said
