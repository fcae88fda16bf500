"""An inbox sorts itself: a template that comes back tells whose it is, and what speaks against it is said."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from outcomes.bundled import bundled_folder
from outcomes.finding import Finding
from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult
from outcomes.intake.template.asking import asked_of
from outcomes.intake.template.mark import MARK_SHEET
from outcomes.intake.template.writing import template_workbook
from outcomes.ledger.store import open_ledger
from outcomes.partnership.layout import Layout
from outcomes.partnership.loading import load_partnership
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import Verdict
from outcomes.workflows.receiving import receive
from tests.template_filling import filled

DAY = date(2026, 11, 22)
HOUR = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def world() -> Partnership:
    return load_partnership(bundled_folder("examples", "eastvale"))


def numbers(row: int, known: Mapping[str, Any]) -> dict[str, int]:
    figures = {"numerator": row, "denominator": 100 + row}
    return {name: number for name, number in figures.items() if known.get(name, "") is None}


def sent_by(world: Partnership, partner: str) -> bytes:
    return filled(template_workbook(asked_of(world, partner, as_of=DAY)), numbers)


def with_mark(content: bytes, **said: str) -> bytes:
    """Return the workbook with another text in its hidden sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for key, cell in book[MARK_SHEET].iter_rows(max_col=2):
        if key.value in said:
            cell.value = said[str(key.value)]
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def only(result: CheckResult) -> Finding:
    (finding,) = result.findings
    return finding


def test_an_inbox_of_templates_sorts_itself_whatever_the_files_are_called(world: Partnership, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, partner in (("return.xlsx", "STA"), ("return (2).xlsx", "EVH"), ("VCT_november.xlsx", "VCT")):
        (inbox / name).write_bytes(sent_by(world, partner))
    (inbox / "notes.csv").write_text("indicator_id,place_code,period\n", encoding="utf-8")
    ledger = open_ledger(tmp_path / "ledger", create=True)
    receipts = receive(inbox, world, ledger, received_at=HOUR, as_of=DAY)
    assert [(one.file, one.partner_code, one.verdict.value, one.codes) for one in receipts] == [
        ("VCT_november.xlsx", "VCT", "accepted", ()),
        ("notes.csv", "", "rejected", ("OUT-014",)),
        ("return.xlsx", "STA", "accepted", ()),
        ("return (2).xlsx", "EVH", "accepted", ()),
    ]
    before = ledger.observations().frame
    again = receive(inbox, world, ledger, received_at=HOUR, as_of=DAY)
    assert [(one.number, one.is_repeat, one.new_observations) for one in again] == [
        (one.number, True, one.new_observations) for one in receipts
    ]
    assert ledger.observations().frame.equals(before)


def test_who_is_given_and_who_made_it_must_not_differ(world: Partnership) -> None:
    content = sent_by(world, "STA")
    assert check(content, world, partner="STA", as_of=DAY).verdict is Verdict.ACCEPTED
    result = check(content, world, partner="EVH", as_of=DAY)
    assert (result.verdict, result.partner_code, only(result).code) == (Verdict.REJECTED, "", "OUT-017")
    assert only(result).text == (
        "The workbook was made as the template of STA, but the sender was given as EVH. It cannot be told whose "
        "figures these are."
    )
    assert "template that was made for EVH" in only(result).fix


def test_the_name_of_the_file_must_not_speak_for_another_partner(world: Partnership) -> None:
    content = sent_by(world, "STA")
    assert check(content, world, as_of=DAY, file_name="STA_q2.xlsx").verdict is Verdict.ACCEPTED
    assert check(content, world, as_of=DAY, file_name="final final.xlsx").verdict is Verdict.ACCEPTED
    result = check(content, world, as_of=DAY, file_name="EVH_2026-09.xlsx")
    assert only(result).code == "OUT-017"
    assert "the name of the file is one of EVH" in only(result).text


def test_a_name_that_fits_several_partners_is_settled_by_the_template(world: Partnership) -> None:
    partners = tuple(
        replace_pattern(partner, "*_q2.xlsx") if partner.code in ("STA", "EVH") else partner
        for partner in world.partners
    )
    shared = replace(world, partners=partners)
    result = check(sent_by(shared, "STA"), shared, as_of=DAY, file_name="any_q2.xlsx")
    assert (result.verdict, result.partner_code) == (Verdict.ACCEPTED, "STA")


def replace_pattern(partner: Any, pattern: str) -> Any:
    return partner.model_copy(update={"file_pattern": pattern})


@pytest.mark.parametrize(
    ("said", "code", "named"),
    [
        ({"partner": "XYZ"}, "OUT-016", "“XYZ”"),
        ({"partner": "9991234578"}, "OUT-016", "[number removed]"),
        ({"template_version": "0"}, "OUT-018", "version “0”; version 1 is read"),
        ({"template_version": ""}, "OUT-018", "version “”; version 1 is read"),
        ({"partnership": "westvale"}, "OUT-019", "“westvale”, not of Eastvale and Moor"),
    ],
)
def test_a_template_of_somebody_or_something_else_is_said(
    world: Partnership, said: dict[str, str], code: str, named: str
) -> None:
    content = with_mark(sent_by(world, "STA"), **said)
    for partner in (None, "STA"):
        result = check(content, world, partner=partner, as_of=DAY, file_name="STA_q2.xlsx")
        assert result.verdict is Verdict.REJECTED
        assert only(result).code == code
        assert named in only(result).text
        assert only(result).fix


def test_a_template_is_read_as_one_although_its_partner_has_a_layout_of_its_own(world: Partnership) -> None:
    other = Layout.model_validate({"id": "other", "title": "Another sheet", "columns": {"where": "place_code"}})
    partners = tuple(one.model_copy(update={"layout": "other"}) if one.code == "STA" else one for one in world.partners)
    described = replace(world, partners=partners, layouts={**world.layouts, "other": other})
    result = check(sent_by(described, "STA"), described, as_of=DAY)
    assert (result.verdict, result.findings) == (Verdict.ACCEPTED, ())
    # said by the caller, the layout counts
    assert check(sent_by(described, "STA"), described, as_of=DAY, layout="other").verdict is Verdict.REJECTED


def test_the_mark_is_only_read_of_a_workbook_that_was_found_safe(world: Partnership) -> None:
    content = sent_by(world, "STA")
    result = check(content[: len(content) // 2], world, as_of=DAY, file_name="return.xlsx")
    assert {finding.code for finding in result.findings} == {"OUT-014"}
    result = check(content[: len(content) // 2], world, partner="STA", as_of=DAY)
    assert {finding.code for finding in result.findings} == {"OUT-007"}


def test_a_template_that_lost_its_hidden_sheet_is_read_as_any_workbook_in_the_long_form(world: Partnership) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sent_by(world, "STA")))
    del book[MARK_SHEET]
    buffer = io.BytesIO()
    book.save(buffer)
    result = check(buffer.getvalue(), world, as_of=DAY, file_name="STA_q2.xlsx")
    assert (result.partner_code, result.verdict) == ("STA", Verdict.ACCEPTED_WITH_WARNING)
    assert {finding.code for finding in result.findings} == {"OUT-158", "OUT-161"}
    assert result.loaded_rows == 14


@pytest.mark.parametrize("is_hidden", [False, True])
def test_a_template_with_another_sheet_of_figures_is_sent_back(is_hidden: bool, world: Partnership) -> None:
    content = sent_by(world, "STA")
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.copy_worksheet(book["Return"]).title = "September"
    if is_hidden:
        book["Return"].sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    finding = only(check(buffer.getvalue(), world, as_of=DAY, file_name="return.xlsx"))
    assert (finding.code, "Return, September" in finding.text) == ("OUT-105", True)
    # notes of one's own are none, nor is the list of problems of a time before
    del book["September"]
    notes = book.create_sheet("Notes")
    notes.append(["indicator_id", "place_code", "what we did"])
    buffer = io.BytesIO()
    book.save(buffer)
    assert check(buffer.getvalue(), world, as_of=DAY, file_name="return.xlsx").verdict is Verdict.ACCEPTED
