"""The period of a described sheet: a text around it, one cell above the header, a file that names none."""

from datetime import date
from typing import Any

import pytest

from tests.unit.intake.described import HEAD, ROWS, WIDE, read, where
from tests.unit.intake.returns_world import Record, codes, found, sheet
from tests.unit.intake.test_workbooks import workbook


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
