"""The burden meter: one line a measure, its rows those of the template, its uses the sets that include it."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from outcomes.bundled import bundled_folder
from outcomes.errors import UnknownNameError
from outcomes.intake.template.asking import asked_of
from outcomes.partnership.loading import load_partnership
from outcomes.partnership.model import Partnership
from outcomes.profile.burden import BURDEN_COLUMNS, asked_in, burden
from outcomes.vocabulary import PartnerType

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def eastvale() -> Partnership:
    return load_partnership(bundled_folder("examples", "eastvale"))


def test_the_lines_are_the_rows_of_the_template(eastvale: Partnership) -> None:
    periods = {"month": "2026-09", "quarter": "2026/27 Q1", "financial_year": "2025/26", "calendar_year": "2025"}
    compared = 0
    for one in burden(eastvale, DAY).partners:
        for line in one.lines:
            period = periods.get(line.period_kind.value)
            if period is None:
                continue
            asked = asked_of(eastvale, one.partner_code, as_of=DAY, period=period).rows
            rows = [row for row in asked if row.indicator.id == line.indicator_id]
            assert len(rows) == line.lines, (one.partner_code, line.indicator_id)
            compared += 1
    assert compared > 20


def test_a_measure_of_several_sets_is_one_line_with_several_uses(eastvale: Partnership) -> None:
    frame = burden(eastvale, DAY).frame
    assert frame.columns == list(BURDEN_COLUMNS)
    assert not frame.select("partner_code", "indicator_id").is_duplicated().any()
    falls = frame.filter(pl.col("indicator_id") == "22401").row(0, named=True)
    assert (falls["uses"], falls["used_by"], falls["lines"]) == (3, "eastvale; phof; bcf", 24)
    assert falls["codes"].startswith("C29")


def test_everybody_has_a_row_but_publishers_and_idle_partners_are_asked_for_nothing(eastvale: Partnership) -> None:
    found = burden(eastvale, DAY).partners
    assert [one.partner for one in found] == sorted(one.partner for one in found)
    assert PartnerType.PUBLISHER not in {one.sector for one in found}
    assert len(found) == 13
    # nothing is asked of a partner that ended
    assert "MMH" not in {one.partner_code for one in found}
    before = burden(eastvale, date(2026, 6, 30)).partners
    assert "MMH" in {one.partner_code for one in before}


def test_the_places_add_up_to_the_whole(eastvale: Partnership) -> None:
    places = ["EMX060001", "EMX060002", "EMX060003", "EMX060004"]
    whole = sum(one.lines_a_year for one in burden(eastvale, DAY).partners)
    here = asked_in(eastvale, DAY, places)
    moor_edge = sum(one.lines_a_year for one in burden(eastvale, DAY, area_code="EMX060003").partners)
    assert moor_edge == sum(one.lines_a_year for one in here["EMX060003"])
    # what lies in two places is asked for in both
    assert sum(one.lines_a_year for code in places for one in here[code]) >= whole
    with pytest.raises(UnknownNameError, match="no area has the code 'NOWHERE'"):
        burden(eastvale, DAY, area_code="NOWHERE")


def test_what_every_set_would_ask_by_itself_is_said_beside(eastvale: Partnership) -> None:
    icb = next(one for one in burden(eastvale, DAY).partners if one.partner_code == "EMI")
    assert (icb.lines_a_year, icb.lines_a_year_without_sharing) == (32, 88)


def test_the_template_has_the_measure_once(eastvale: Partnership, tmp_path: Path) -> None:
    from outcomes.intake.template.writing import write_template

    path = tmp_path / "return.xlsx"
    write_template(eastvale, "EMI", path, as_of=DAY, period="2025/26")
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))["Return"]
    rows = [tuple(str(cell.value) for cell in row) for row in sheet.iter_rows(min_row=2)]
    assert sum(row[0] == "22401" for row in rows) == len({row for row in rows if row[0] == "22401"}) == 24
