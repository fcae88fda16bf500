"""A workbook sent back, of every file of the corpus: each finding with a cell is marked, commented and linked."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine

from outcomes.errors import OutputError
from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult
from outcomes.report.fault_titles import fault_title
from outcomes.report.result_advice import as_said
from outcomes.report.result_groups import label_key, labels_of
from outcomes.vocabulary import Severity
from outcomes.workflows.returning import returned_workbook
from tests.corpus.world import as_of, partnership_from, read_world
from tests.shared import SHARED, needs_shared, shared_path
from tests.spec.template.marked import (
    LIST,
    links_of,
    listed,
    target,
    wrong,
)

# once, on one Python, is enough of these
pytestmark = pytest.mark.slow


# what cannot be opened without danger or doubt, holds nothing, or holds what must not be copied
NOT_RETURNED = {
    *("shape-010-empty-file", "xlsx-010-bomb-like", "xlsx-011-png-named-xlsx", "xlsx-105-ole-container"),
    *("txt-003-nhs-number", "txt-007-nhs-number-column", "file-001-html-named-csv", "file-003-truncated-parquet"),
    "file-106-truncated-xlsx",
}


def corpus() -> list[dict[str, Any]]:
    if SHARED is None:
        return []
    lines = shared_path("corpus", "expectations.jsonl").read_text(encoding="utf-8").splitlines()
    cases: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [case for case in cases if not case.get("generated")]


@pytest.fixture(scope="module")
def checked() -> Iterator[Any]:
    world = read_world(shared_path("corpus"))
    partnership, day = partnership_from(world), as_of(world)

    def check_case(case: dict[str, Any]) -> tuple[Path, CheckResult]:
        path = shared_path("corpus", *case["file"].split("/"))
        return path, check(path, partnership, partner=case["partner"], as_of=day)

    yield check_case


@needs_shared
@pytest.mark.parametrize("case", corpus(), ids=lambda case: case["id"])
def test_every_finding_of_the_corpus_is_marked_and_listed_and_nothing_else_is_changed(
    case: dict[str, Any], checked: Any
) -> None:
    path, result = checked(case)
    if case["id"] in NOT_RETURNED:
        with pytest.raises(OutputError) as refused:
            returned_workbook(path, result)
        assert path.name in str(refused.value)
        return
    content = returned_workbook(path, result)
    assert returned_workbook(path.read_bytes(), result) == content
    assert python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names[0].startswith(LIST)
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    _, problems = listed(page)
    findings = list(as_said(result.all_findings(), is_on_record=False))
    # the numbers and letters are those of the page about the file
    labels = labels_of(result.findings)
    assert sorted(str(row["No."] or "") for row in problems) == sorted(
        labels.get(label_key(finding), "") for finding in findings
    )
    said = sorted(f"{fault_title(finding)}.\n{finding.text}" for finding in findings)
    assert all(text.startswith(one) for text, one in zip(sorted(map(wrong, problems)), said, strict=True))
    # what is to be mended stands on top, what is about the whole file before its cells
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    kinds = [row["Cell"] == "whole file" for row in problems[:errors]]
    assert kinds == sorted(kinds, reverse=True)

    links = links_of(page)
    for row in problems:
        if row["Cell"] == "whole file":
            assert f"B{row['at']}" not in links
            continue
        cell = target(book, links[f"B{row['at']}"])
        assert cell.comment is not None
        assert wrong(row).partition("\n")[2][:100] in cell.comment.text or cell.comment.text.endswith("…")
        assert {cell.border.left.style, cell.border.right.style} <= {"thick", "mediumDashed"}
        assert cell.fill.fill_type == "solid"
        if not str(row["Cell"]).rpartition("\n")[2].startswith("row "):
            assert cell.coordinate == str(row["Cell"]).rpartition("\n")[2]
    for other in book.worksheets[1:]:
        for location in links_of(other).values():
            back = target(book, location)
            assert back.parent.title == page.title
            assert back.coordinate in {f"A{row['at']}" for row in problems}
    unchanged(path, book, {row["Cell"] for row in problems})


def unchanged(path: Path, book: Any, marked: set[Any]) -> None:
    if path.read_bytes()[:2] == b"PK":
        own = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
        assert book.sheetnames[1:] == own.sheetnames
        for page in own:
            copy = book[page.title]
            assert copy.dimensions == page.dimensions or marked
            assert str(copy.merged_cells) == str(page.merged_cells)
            assert copy.sheet_state == page.sheet_state
            assert str(copy.data_validations.dataValidation) == str(page.data_validations.dataValidation)
            for row in page.iter_rows():
                for cell in row:
                    there = copy[cell.coordinate]
                    assert (there.value, there.data_type) == (cell.value, cell.data_type), cell.coordinate
                    assert there.number_format == cell.number_format
                    assert repr(there.font) == repr(cell.font)
                    # the frame of a merged cell runs around all of it
                    if there.comment is None and type(cell).__name__ != "MergedCell":
                        assert repr((there.fill, there.border)) == repr((cell.fill, cell.border))
        return
    # a file without formats: every cell is the text that stood there, and no program takes it for a formula
    page = book.worksheets[1]
    assert all(isinstance(cell.value, str | None) and cell.data_type in ("s", "n") for row in page for cell in row)
    content = path.read_bytes()
    if path.suffix == ".csv" and content.isascii() and not set(b'";|\t') & set(content) and b"\r" not in content:
        there = [[cell.value or "" for cell in row] for row in page.iter_rows()]
        lines = [line.split(",") for line in content.decode("ascii").split("\n")]
        width = max(map(len, there), default=0)
        padded = [[*line, *([""] * (width - len(line)))] for line in lines[: len(there)]]
        assert [[_printable(text) for text in line] for line in padded] == there
        assert not any(map(any, lines[len(there) :]))


def _printable(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", text)
