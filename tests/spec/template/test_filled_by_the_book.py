"""What a template asks for is let in as it was filled; what it asks for is what the calendar expects of the partner."""

import io
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.bundled import bundled_folder
from outcomes.errors import UnknownNameError
from outcomes.framework.model import Indicator
from outcomes.intake.checking import check
from outcomes.intake.template.asking import Asked, asked_of
from outcomes.intake.template.writing import template_workbook, write_template
from outcomes.partnership.calendar import Calendar
from outcomes.partnership.loading import load_partnership
from outcomes.partnership.model import Partnership
from outcomes.partnership.supplies import expected_figures
from outcomes.vocabulary import NumeratorKind, Statistic, Verdict
from tests.corpus.world import as_of, partnership_from, read_world
from tests.shared import needs_shared, shared_path
from tests.template_filling import filled, rows_to_fill
from tests.unit.intake.returns_world import BANDS, INDICATORS, indicator, returns_world

# once, on one Python, is enough of these
pytestmark = pytest.mark.slow

DAY = date(2026, 11, 22)
EASTVALE = ("EVH", "VCT", "PCC", "CWC", "EVC", "EMA", "MCA", "EHG", "EVP", "STA")
CORPUS = ("COUNCIL-B", "GPFED-C", "TRUST-A", "VCSE-D")
STANDARDISED = indicator(
    "deaths",
    statistic="directly_standardised_rate",
    multiplier=100_000,
    breakdowns=(BANDS,),
    strata="age_band",
    standard_population="esp2013",
)


@cache
def world(name: str) -> tuple[Partnership, date]:
    if name == "eastvale":
        return load_partnership(bundled_folder("examples", "eastvale")), DAY
    if name == "corpus":
        given_world = read_world(shared_path("corpus"))
        return partnership_from(given_world), as_of(given_world)
    return returns_world(indicators=(*INDICATORS, STANDARDISED)), DAY


@cache
def template(name: str, partner: str) -> tuple[Asked, bytes]:
    partnership, day = world(name)
    asked = asked_of(partnership, partner, as_of=day)
    return asked, template_workbook(asked)


CASES = (
    *(("eastvale", partner) for partner in EASTVALE),
    ("small", "T1"),
    *(pytest.param("corpus", partner, marks=needs_shared) for partner in CORPUS),
)


def numbers_for(draw: Any, one: Indicator, row: Mapping[str, Any]) -> dict[str, Any]:
    """Draw what a partner with figures would write into the open cells of a row."""
    may_be_open = {name for name, text in row.items() if text is None}
    written: dict[str, Any] = {}
    scale = one.numerator_scale if one.numerator is NumeratorKind.NUMBER and one.numerator_scale < 100 else 1
    if "denominator" in may_be_open:
        written["denominator"] = draw(st.integers(1, 5_000))
    if "numerator" in may_be_open:
        most = written.get("denominator", 900) if one.statistic is Statistic.PROPORTION else 900
        least = -20 if one.allow_negative else 0
        number = draw(st.integers(least * scale, most * scale))
        written["numerator"] = number // scale if number % scale == 0 else number / scale
    if "value" in may_be_open:
        written["value"] = draw(st.integers(0, 1_000)) / 10
        if draw(st.booleans()):
            # as people type it: a program writes no more than sixteen digits
            written |= {"lower_ci_95": round(written["value"] - 1, 1), "upper_ci_95": round(written["value"] + 1, 1)}
    if "value_status" in may_be_open and draw(st.booleans()):
        written["value_status"] = draw(st.sampled_from(["provisional", "revised", "estimated"]))
    if draw(st.booleans()):
        # text is text: months, codes and what looks like a number
        written["comment"] = draw(st.sampled_from(["2026-09", "0012", "new clinic opened in May", "1e5"]))
    return written


@pytest.mark.parametrize(("name", "partner"), CASES)
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_a_template_filled_by_the_book_is_plainly_accepted_and_read_as_it_was_filled(
    name: str, partner: str, data: st.DataObject
) -> None:
    asked, content = template(name, partner)
    rows = rows_to_fill(content)
    written = [numbers_for(data.draw, line.indicator, row) for line, row in zip(asked.rows, rows, strict=True)]

    result = check(filled(content, lambda row, _: written[row - 2]), world(name)[0], as_of=asked.as_of)

    assert (result.verdict, result.findings) == (Verdict.ACCEPTED, ())
    assert result.partner_code == partner
    read = {row["row"]: row for row in result.frame.iter_rows(named=True)}
    assert sorted(read) == list(range(2, len(rows) + 2))
    for at, (line, numbers) in enumerate(zip(asked.rows, written, strict=True), start=2):
        figure = read[at]
        assert (figure["indicator_id"], figure["area_code"]) == (line.indicator.id, line.area_code)
        assert figure["period"] == line.period
        assert figure["source_code"] == (line.source_code or partner)
        assert figure["breakdown"] == "; ".join(f"{dimension}={category}" for dimension, category in line.categories)
        for column, scale in (("numerator", line.indicator.numerator_scale), ("denominator", None)):
            factor = scale or line.indicator.denominator_scale
            assert figure[column] == (numbers[column] * factor if column in numbers else None)
        for column in ("value", "lower_ci_95", "upper_ci_95", "value_status", "comment"):
            assert figure[column] == numbers.get(column)


@pytest.mark.parametrize(("name", "partner"), CASES)
def test_a_blank_template_is_sent_back_for_its_blank_cells_and_for_nothing_else(name: str, partner: str) -> None:
    asked, content = template(name, partner)
    result = check(content, world(name)[0], as_of=asked.as_of)
    assert result.verdict is Verdict.REJECTED
    assert {finding.code for finding in result.findings} == {"OUT-401"}
    needed = {
        (row, column)
        for row, cells in enumerate(rows_to_fill(content), start=2)
        for column in ("numerator", "denominator", "value")
        if column in cells and cells[column] is None
    }
    assert {(finding.row, finding.column) for finding in result.all_findings()} == needed


@pytest.mark.parametrize(("name", "partner"), CASES)
def test_the_same_input_gives_the_same_bytes_and_no_formula(name: str, partner: str) -> None:
    asked, content = template(name, partner)
    assert template_workbook(asked_of(asked.partnership, partner, as_of=asked.as_of)) == content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)


def test_of_each_indicator_the_latest_period_that_the_calendar_expects_is_asked_for() -> None:
    partnership, day = world("eastvale")
    expected = expected_figures(partnership, day)
    for partner in EASTVALE:
        mine = expected.filter(expected["partner_code"] == partner)
        newest: dict[str, Any] = {}
        for row in mine.iter_rows(named=True):
            newest[row["indicator_id"]] = max(newest.get(row["indicator_id"], date.min), row["period_end"])
        wanted = {
            (row["indicator_id"], row["area_code"], row["period"], row["due_on"])
            for row in mine.iter_rows(named=True)
            if row["period_end"] == newest[row["indicator_id"]]
        }
        asked, _ = template("eastvale", partner)
        assert {(row.indicator.id, row.area_code, row.period, row.due_on) for row in asked.rows} == wanted


def test_a_named_period_is_asked_for_instead_and_only_of_the_indicators_of_its_rhythm() -> None:
    partnership, day = world("eastvale")
    asked = asked_of(partnership, "CWC", as_of=day, period="2025/26")
    assert {row.period for row in asked.rows} == {"2025/26"}
    assert {row.indicator.period.value for row in asked.rows} == {"financial_year"}
    numbers = ("numerator", "denominator", "value")
    content = filled(
        template_workbook(asked), lambda row, known: {name: 9 for name in numbers if known.get(name, "") is None}
    )
    result = check(content, partnership, as_of=day)
    assert (result.verdict, result.findings) == (Verdict.ACCEPTED, ())


def test_who_is_asked_for_nothing_gets_no_template_and_is_told_why(tmp_path: Any) -> None:
    partnership, day = world("eastvale")
    with pytest.raises(UnknownNameError, match=r"Residents' Panel \(EMP\) is asked for no figure by 2026-11-22"):
        write_template(partnership, "EMP", tmp_path / "x.xlsx", as_of=day)
    with pytest.raises(UnknownNameError, match=r"for the period 2031-01"):
        write_template(partnership, "EVH", tmp_path / "x.xlsx", as_of=day, period="2031-01")
    with pytest.raises(UnknownNameError, match="no partner has the code 'NOBODY'"):
        write_template(partnership, "NOBODY", tmp_path / "x.xlsx", as_of=day)
    assert list(tmp_path.iterdir()) == []


def test_without_a_calendar_the_latest_period_of_each_rhythm_is_asked_for() -> None:
    asked, _ = template("small", "T1")
    assert asked.partnership.calendar == Calendar()
    periods = {row.indicator.id: row.period for row in asked.rows}
    assert periods["stay"] == "2026-10"
    assert periods["beds"] == "2026/27 Q2"
    assert periods["yearly"] == "2025/26"
    assert periods["span"] == "2023 to 2025"
    assert periods["changed"] == "2026-10"
    assert "ended" not in periods
    assert "elsewhere" not in periods
    # an area that is no more is not asked for
    assert {row.area_code for row in asked.rows} == {"P1", "P2", "0101", "1E03"}


def test_a_rate_that_is_standardised_is_asked_for_by_each_of_its_strata() -> None:
    asked, _ = template("small", "T1")
    rows = [row for row in asked.rows if row.indicator.id == "deaths" and row.area_code == "P1"]
    assert [row.categories for row in rows] == [(("age_band", band),) for band in BANDS.categories]


def test_only_the_columns_that_the_figures_need_are_there() -> None:
    asked, _ = template("eastvale", "EVP")
    assert asked.columns == (
        *("indicator_id", "indicator_name", "place_code", "place_name", "period"),
        *("numerator", "denominator", "comment"),
    )
    # what the population is for is asked of nobody
    assert {row.indicator.denominator for row in asked.rows if row.indicator.id == "op-04"} == {"reference:population"}
    asked, _ = template("eastvale", "MCA")
    assert "source_code" in asked.columns
    assert "sum_of_squares" in asked.columns


def test_figures_by_group_and_of_earlier_months_may_be_added_below_the_last_row() -> None:
    partnership, day = world("eastvale")
    asked, content = template("eastvale", "PCC")
    first = asked.rows[0]
    whole = {"numerator": 50, "denominator": 100}
    parts = [
        {
            "indicator_id": first.indicator.id,
            "place_code": first.area_code,
            "period": first.period,
            "sex": sex,
            "numerator": number,
            "denominator": 50,
        }
        for sex, number in (("Female", 30), ("Male", 20))
    ]
    result = check(filled(content, lambda row, known: whole, tuple(parts)), partnership, as_of=day)
    assert (result.verdict, result.findings) == (Verdict.ACCEPTED, ())
    assert result.frame.filter(result.frame["breakdown"] != "")["numerator"].to_list() == [30, 20]


def test_every_sheet_but_the_cover_is_one_table_without_gaps_and_what_is_given_is_locked() -> None:
    _, content = template("eastvale", "EVH")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Cover", "Return", "Indicators", "Places", "Markers", "Categories", "outcomes_template"]
    assert book["outcomes_template"].sheet_state == "veryHidden"
    for page in book:
        assert page.protection.sheet, page.title
        assert not page.protection.password
        assert not page.merged_cells.ranges
    for name in ("Indicators", "Places", "Markers", "Categories"):
        page = book[name]
        (table,) = page.tables.values()
        cells = [cell for row in page[table.ref] for cell in row]
        assert all(cell.value not in (None, "") for cell in cells), name
        assert all(cell.protection.locked for cell in cells)
    page = book["Return"]
    assert page.freeze_panes == "B2"
    assert all(cell.comment is not None for cell in page[1])
    header = [cell.value for cell in page[1]]
    for column in ("indicator_id", "indicator_name", "place_code", "place_name", "period", "age_band"):
        cells = [page.cell(row, header.index(column) + 1) for row in range(1, page.max_row + 1)]
        assert all(cell.protection.locked and cell.value for cell in cells)
    # what is given is text, so that no program makes a date of a month
    assert all(page.cell(row, header.index("period") + 1).number_format == "@" for row in range(2, page.max_row + 1))


def test_the_workbook_opens_in_another_reader_and_hides_whose_it_is() -> None:
    asked, content = template("eastvale", "EVH")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_name("outcomes_template").to_python()
    said = {str(row[0]): str(row[1]) for row in rows if row[0] != "asks"}
    assert said == {"template_version": "1", "partnership": "eastvale", "partner": "EVH"}
    assert {(row[1], row[2]) for row in rows if row[0] == "asks"} == {
        (row.indicator.id, row.period) for row in asked.rows
    }


def test_the_cover_says_whom_to_ask_and_how_to_unlock_and_the_lists_what_kind_of_number() -> None:
    asked, content = template("eastvale", "EVH")
    book = openpyxl.load_workbook(io.BytesIO(content))
    cover = " ".join(str(cell.value) for (cell,) in book["Cover"].iter_rows() if cell.value)
    assert asked.partnership.description.contact
    assert asked.partnership.description.contact in cover
    assert "choose Review, then Unprotect Sheet; there is no password" in cover
    # nobody can find a name in a comment: only what is looked for is said to be refused
    assert "A file with an NHS number is not kept." in cover
    others = openpyxl.load_workbook(io.BytesIO(template("eastvale", "STA")[1]))["Cover"]
    more = next(str(cell.value) for (cell,) in others.iter_rows() if str(cell.value).startswith("5. "))
    assert re.search(r"add rows for it below the last row; write it like 20[0-9]{2}", more)
    notes = [cell.comment.text for cell in book["Return"][1] if str(cell.value).endswith("_name")]
    assert ["the name is only compared with it" in note for note in notes] == [True, True]
    head, *rows = book["Indicators"].iter_rows(min_row=3, values_only=True)
    written = {row[0]: row[head.index("It is written as")] for row in rows}
    assert set(written.values()) == {"A whole number, 0 or more", "A number in steps of 0.5, 0 or more"}


def test_lists_of_what_may_be_chosen_are_named_and_point_at_their_cells() -> None:
    _, content = template("eastvale", "EVH")
    book = openpyxl.load_workbook(io.BytesIO(content))
    chosen = {}
    for name, defined in book.defined_names.items():
        ((sheet, cells),) = defined.destinations
        chosen[name] = [row[0].value for row in book[sheet][cells.replace("$", "")]] if ":" in cells else [
            book[sheet][cells.replace("$", "")].value
        ]  # fmt: skip
    assert chosen["list_age_band"] == ["0-17", "18-64", "65+", "All ages"]
    assert "[c]" in chosen["list_markers"]
    assert chosen["list_place_code"] == ["EMX060001", "EMX060002", "EMX060003", "EMX060004"]
    used = {one.formula1 for one in book["Return"].data_validations.dataValidation if one.type == "list"}
    assert used == {"list_indicator_id", "list_place_code", "list_age_band", "list_value_status"}
    # a program that shows no more than 255 letters refuses the whole workbook when there are more
    for one in book["Return"].data_validations.dataValidation:
        assert len(one.prompt or "") <= 255
        assert len(one.error or "") <= 255
        assert len(one.promptTitle or "") <= 32
        assert len(one.formula1 or "") <= 255
