"""The list of findings as CSV: all of them, in pieces, harmless in a spreadsheet; and the schema of the JSON."""

import csv
import io
import json
from dataclasses import replace

import jsonschema
import pytest

from outcomes.exchange.check_json import check_document
from outcomes.exchange.check_schema import CHECK_SCHEMA_VERSION, SCHEMA_FILE, check_schema, schema_text
from outcomes.exchange.findings_csv import FINDING_COLUMNS, category_of, error_type_of, findings_csv
from outcomes.finding import Finding
from outcomes.intake.model import CheckResult
from outcomes.intake.rules import RULES
from outcomes.vocabulary import Severity
from tests.unit.intake.returns_world import CLEAN, HEADER, WORLD, sent, sheet


def rows_of(*results: CheckResult) -> list[dict[str, str]]:
    content = b"".join(findings_csv(results))
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def with_values(*values: str) -> CheckResult:
    findings = tuple(
        Finding(code="OUT-402", severity=Severity.ERROR, text="wrong", row=row, value=value, header=value, sheet=value)
        for row, value in enumerate(values, 2)
    )
    return replace(sent(HEADER + "\n" + CLEAN), findings=findings, every_finding=None)


def test_each_finding_is_a_row_under_the_published_columns() -> None:
    (first, *_) = found = rows_of(sent(sheet("stay,P1,2026-04,about 50,20")))
    assert tuple(first) == FINDING_COLUMNS
    assert first["record"] == "2"
    assert first["error_type"] == "record_failure"
    assert first["location"] == "D2"
    assert first["code"] == "OUT-402"
    assert (first["field"], first["value"], first["category"]) == ("numerator", "about 50", "Wrong format")
    assert first["file"] == "T1_return.csv"
    assert {one["error_type"] for one in found} <= {"record_failure", "submission_failure", "warning", "info"}


def test_the_list_is_whole_where_the_check_lists_only_twenty() -> None:
    result = sent(sheet(*(f"stay,P1,2026-04,bad{number},20" for number in range(1_234))))
    found = [row for row in rows_of(result) if row["code"] == "OUT-402"]
    assert [row["value"] for row in found] == [f"bad{number}" for number in range(1_234)]
    assert {row["further"] for row in found} == {"0"}


def test_the_list_is_made_a_piece_at_a_time() -> None:
    result = sent(sheet(*(f"stay,P1,2026-04,bad{number},20" for number in range(5_000))))
    pieces = list(findings_csv([result]))
    assert len(pieces) > 10
    assert max(map(len, pieces)) < 500_000


def test_several_files_stand_in_one_list() -> None:
    found = rows_of(sent(sheet("stay,P1,2026-04,x1,20"), file_name="T1_a.csv"), sent(b"", file_name="T1_b.csv"))
    assert list(dict.fromkeys(row["file"] for row in found)) == ["T1_a.csv", "T1_b.csv"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", " =HYPERLINK(1)", "＝1+1", "-", '=cmd|" /C calc"!A0']
)
def test_text_that_a_spreadsheet_would_run_is_led_by_an_apostrophe(text: str) -> None:
    (row,) = rows_of(with_values(text))
    for name in ("value", "header", "sheet", "location"):
        assert row[name].startswith("'"), name
    assert row["value"] == f"'{text}"


@pytest.mark.parametrize("text", ["-12", "+7", "-1,234.5", "-0.25%", "12", "about"])
def test_a_number_stays_a_number_though_it_is_negative(text: str) -> None:
    assert rows_of(with_values(text))[0]["value"] == text


def test_quotes_commas_and_line_ends_stay_in_their_cell() -> None:
    (row,) = rows_of(with_values('a,"b"\nc\rd'))
    assert row["value"] == 'a,"b"\nc·d'


def test_every_code_has_a_category() -> None:
    categories = {
        code: category_of(Finding(code=code, severity=rule.severity, text="x")) for code, rule in RULES.items()
    }
    assert set(categories.values()) == {"Blank", "Wrong format", "Bad value", "Bad file"}
    assert (categories["OUT-401"], categories["OUT-302"], categories["OUT-501"]) == (
        "Blank",
        "Wrong format",
        "Bad value",
    )
    assert error_type_of(Finding(code="x", severity=Severity.WARNING, text="x", fix="Nothing needs doing.")) == "info"
    assert error_type_of(Finding(code="x", severity=Severity.WARNING, text="x", fix="Check it.")) == "warning"


def test_the_same_findings_make_the_same_bytes() -> None:
    faulty = sheet("stay,P1,2026-04,about 50,20")
    assert b"".join(findings_csv([sent(faulty)])) == b"".join(findings_csv([sent(faulty)]))


def test_the_published_schema_is_current_and_says_its_version() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(), "python -m outcomes.exchange.check_schema"
    jsonschema.Draft202012Validator.check_schema(check_schema())
    assert check_schema()["$id"] == f"urn:outcomes:check:{CHECK_SCHEMA_VERSION}"


@pytest.mark.parametrize(
    "content",
    [
        HEADER + "\n" + CLEAN,
        "",
        sheet("stay,P1,2026-04,about 50,20", "half,P1,2026-04,1.5,20", "beds,P1,2026/27 Q1,-4,"),
        sheet("stay,P1,2026-04,[c],[c],Female,1,a note", header=HEADER + ",sex,deprivation_decile,comment"),
    ],
)
def test_what_a_check_prints_is_of_the_published_form(content: str) -> None:
    document = json.loads(json.dumps([check_document(sent(content), WORLD)]))
    jsonschema.Draft202012Validator(check_schema()).validate(document)


def test_the_schema_refuses_what_is_not_of_the_form() -> None:
    validator = jsonschema.Draft202012Validator(check_schema())
    good = check_document(sent(sheet("stay,P1,2026-04,about 50,20")), WORLD)
    assert validator.is_valid([good])
    for wrong in ({**good, "verdict": "fine"}, {**good, "more": 1}, {key: good[key] for key in good if key != "file"}):
        assert not validator.is_valid([wrong])
    message = {**good["messages"][0], "row": 0}
    assert not validator.is_valid([{**good, "messages": [message]}])
